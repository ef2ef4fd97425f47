"""`nanoreach prompts evaluate`, `publish` and `rollback`: a text is tried, put in force, and taken back."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agent.cli.options import By, Home, Json, WriterName, decider, ports_of
from agent.cli.output import emit_json, progress, remark, say, show, table

if TYPE_CHECKING:
    from agent.domain.published import KeptText
    from agent.usecases.prompting_publishing import Change
    from agent.usecases.prompting_trial import Pair, Trial, Tried
    from agent.usecases.trial_figures import Figures

FAILED, PARTLY, NOTHING_TO_DO = 1, 3, 4

Name = Annotated[str, typer.Argument(help="The text's name: model/first_touch, or model/first_touch.fr.")]
With = Annotated[Path, typer.Option("--with", help="A file with the new text, front matter and all.")]
Brand = Annotated[str | None, typer.Option(help="The brand's id.", show_default=False)]
Campaign = Annotated[str | None, typer.Option(help="The campaign's id.", show_default=False)]
Reason = Annotated[str, typer.Option(help="Why; it stands in the text's history.")]


def register(group: typer.Typer) -> None:
    """Add the commands to the group of the other ones."""
    group.command("evaluate")(evaluate)
    group.command("publish")(publish)
    group.command("rollback")(rollback)


def evaluate(
    name: Name,
    *,
    new: With,
    campaign: Campaign = None,
    limit: Annotated[int, typer.Option(min=1, help="Try it on so many creators.")] = 10,
    writer: WriterName = "auto",
    letters: Annotated[bool, typer.Option("--letters", help="Print every letter, old and new.")] = False,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Write to a campaign's creators with the text that holds and with a new one; nothing is stored."""
    from agent.usecases.prompting_lab import Title
    from agent.usecases.prompting_trial import evaluate as compare

    with progress("Writing", unit="letters") as tell:
        trial = compare(
            ports_of(home),
            Title.of(name),
            source_of(new),
            campaign=campaign,
            limit=limit,
            writer_name=writer,
            progress=tell,
        )
    if as_json:
        emit_json(trial)
    else:
        if letters:
            for pair in trial.pairs:
                _say_pair(pair)
        _show_trial(trial)
    for why, count in trial.left_out.items():
        remark(f"left out: {count} {why}")
    if trial.new.failed:
        for pair in trial.pairs:
            if pair.new.failed:
                remark(f"not written: {pair.person}: {pair.new.failed}")
        raise typer.Exit(PARTLY if trial.new.letters else FAILED)


def publish(
    name: Name,
    *,
    new: With,
    reason: Reason,
    brand: Brand = None,
    campaign: Campaign = None,
    by: By = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would change.")] = False,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Put a text in force for a brand or one campaign; shows what changes, refuses what cannot be used."""
    from agent.usecases.prompting_lab import Title
    from agent.usecases.prompting_publishing import Decision
    from agent.usecases.prompting_publishing import publish as put_in_force

    decision = Decision(brand=brand, campaign=campaign, by=decider(by), reason=reason)
    change = put_in_force(ports_of(home), Title.of(name), source_of(new), decision, dry_run=dry_run)
    _tell(change, as_json=as_json, is_trial=dry_run)


def rollback(
    name: Name,
    *,
    to: Annotated[str, typer.Option(help="A version, or the word file: withdraw what was published.")],
    reason: Reason,
    brand: Brand = None,
    campaign: Campaign = None,
    by: By = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Put an earlier version in force again; letters that are written already stay as they are."""
    from agent.usecases.prompting_lab import Title
    from agent.usecases.prompting_publishing import Decision, roll_back

    decision = Decision(brand=brand, campaign=campaign, by=decider(by), reason=reason)
    change = roll_back(ports_of(home), Title.of(name), to, decision)
    _tell(change, as_json=as_json, is_trial=False)


# --- files ----------------------------------------------------------------------------------------


def source_of(path: Path) -> str:
    """Return what a file holds; raises BadInput where it cannot be read, or is no text in UTF-8."""
    from agent.domain.errors import BadInput

    try:
        return path.read_bytes().decode("utf-8")
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise BadInput(f"{path}, line {line}, is not in UTF-8; save it in that encoding.") from error


def draft_of(path: Path, *, now: datetime) -> "KeptText":
    """Return a file as the version that it would be."""
    import prompts
    from agent.domain.errors import BadInput
    from agent.usecases.prompting import kept

    try:
        return kept(prompts.parse(source_of(path)), at=now)
    except prompts.PromptError as error:
        raise BadInput(f"{path}: {error}") from error


# --- telling --------------------------------------------------------------------------------------


def _tell(change: "Change", *, as_json: bool, is_trial: bool) -> None:
    if as_json:
        emit_json(
            {
                "scope": str(change.scope),
                "before": change.before.reference,
                "after": change.after.reference,
                "published": change.publication is not None,
                "lines": change.lines,
            }
        )
    else:
        for line in change.lines:
            say(line)
        if change.publication is not None:
            say(
                f"{change.after.reference} holds for {change.scope} from now on, "
                f"instead of {change.before.reference}."
            )
            say("Letters that are written already stay as they are.")
        elif is_trial:
            say(f"{change.after.reference} would hold for {change.scope}; nothing is stored.")
    if change.publication is None and not is_trial:
        remark(f"Nothing to do: {change.after.reference} holds for {change.scope} already.")
        raise typer.Exit(NOTHING_TO_DO)


def _show_trial(trial: "Trial") -> None:
    made = table("figure", "old", "new")
    for label, old, new in zip(_LABELS, _figures(trial.old), _figures(trial.new), strict=True):
        made.add_row(label, old, new)
    codes = sorted({*trial.old.findings, *trial.new.findings})
    for code in codes:
        made.add_row(f"  {code}", str(trial.old.findings.get(code, 0)), str(trial.new.findings.get(code, 0)))
    show(made)
    say(
        f"old: {trial.old_text}   new: {trial.new_text}   campaign: {trial.campaign}   writer: {trial.writer}"
    )
    say("Each letter is the writer's first answer; no draft was stored.")


_LABELS = (
    "letters",
    "blocked by the gate",
    "not written",
    "words (median)",
    "words (least to most)",
    "reading ease (median)",
    "alike (mean share of runs of 3 words)",
    "alike (the likest two)",
    "tokens in + out",
    "cost",
    "findings",
)


def _figures(side: "Figures") -> tuple[str, ...]:
    return (
        str(side.letters),
        str(side.blocked),
        str(side.failed),
        _number(side.words),
        f"{_number(side.shortest)} to {_number(side.longest)}",
        _number(side.reading_ease),
        _number(side.likeness),
        _number(side.likest),
        f"{side.input_tokens} + {side.output_tokens}",
        str(side.cost),
        str(sum(side.findings.values())),
    )


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:g}"


def _say_pair(pair: "Pair") -> None:
    say(f"=== {pair.person}")
    for label, tried in (("old", pair.old), ("new", pair.new)):
        say(f"--- {label}{_codes(tried)}")
        say(f"{tried.letter.subject}\n\n{tried.body}" if tried.letter is not None else tried.failed)
        say()


def _codes(tried: "Tried") -> str:
    codes = ", ".join(finding.code for finding in tried.findings)
    return f": {codes}" if codes else ""
