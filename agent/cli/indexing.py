"""`nanoreach index`, `match` and `bench match`."""

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agent.cli.options import Home, Json, ports_of, settings_of
from agent.cli.output import emit_json, progress, remark, say, show, table
from agent.cli.searching import plain_searched, remark_searched, show_searched
from agent.cli.vetting import plain_against, plain_reason, plain_signal, remarkable

if TYPE_CHECKING:
    from agent.usecases.matching import Match

PARTLY = 3
FAILED = 1
Campaign = Annotated[str, typer.Argument(help="The campaign's id.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(help="The index over creators.", no_args_is_help=True)
    group.command("build")(build)
    group.command("status")(status)
    group.command("verify")(verify)
    app.add_typer(group, name="index")
    app.command("match")(match)
    bench = typer.Typer(help="Measure on a folder of labelled data.", no_args_is_help=True)
    bench.callback()(_benches)
    bench.command("match")(bench_match)
    app.add_typer(bench, name="bench")


def _benches() -> None:
    """Keep `bench match` a command of its own, also while it is the only one."""


class Engine(StrEnum):
    """What embeds: this process and its helpers, or Ray."""

    LOCAL = "local"
    RAY = "ray"


def build(
    engine: Annotated[
        Engine, typer.Option(help="What embeds: local, or ray for the machines of RAY_ADDRESS.")
    ] = Engine.LOCAL,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Embed what is new or changed; Ctrl-C keeps what is done, the next run goes on there."""
    from agent.usecases.indexing import build_index

    ports = ports_of(home, with_ray=engine is Engine.RAY)
    try:
        with progress("Embedding", unit="texts") as tell:
            report = build_index(ports, progress=tell)
    except KeyboardInterrupt:
        remark("Stopped. What was embedded is kept; run nanoreach index build again to go on.")
        raise typer.Exit(PARTLY) from None
    if as_json:
        emit_json(report)
        return
    say(
        f"{report.creators} creators in the index: {report.embedded} texts embedded, {report.reused} known, "
        f"{report.removed} dropped, in {report.seconds:.1f} s."
    )


def status(home: Home = None, as_json: Json = False) -> None:
    """Say what the index holds."""
    from agent.usecases.indexing import verify_index

    found = verify_index(ports_of(home))
    if as_json:
        emit_json(found)
        return
    if found.status.exists:
        say(
            f"{found.status.creators} creators, {found.status.passages} passages, model {found.status.model}."
        )
        if found.status.memory_bytes:
            say(f"An open index takes {found.status.memory_bytes / 1e6:,.0f} MB of memory.")
    say(found.problem or "The index is the store's present state.")


def verify(home: Home = None, as_json: Json = False) -> None:
    """Compare the index with the store; exit code 1 where they differ."""
    from agent.usecases.indexing import verify_index

    found = verify_index(ports_of(home))
    if as_json:
        emit_json(found)
    elif found.is_current:
        say(f"Index and store agree on {found.store_creators} creators.")
    if not found.is_current:
        remark(f"nanoreach: {found.problem}")
        raise typer.Exit(FAILED)


def match(
    campaign: Campaign,
    limit: Annotated[int, typer.Option(min=1, help="How many creators to show.")] = 20,
    explain_query: Annotated[
        bool, typer.Option("--explain-query", help="Show what was searched with; JSON becomes an object.")
    ] = False,
    no_learning: Annotated[
        bool, typer.Option("--no-learning", help="Rank as if nobody had decided about creators before.")
    ] = False,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Rank creators for a campaign, with the words that show the fit."""
    from agent.domain.ids import CampaignId
    from agent.usecases.matching import match as rank

    report = rank(ports_of(home), CampaignId(campaign), limit=limit, learn=not no_learning)
    if as_json:
        matches = [plain_match(each) for each in report.matches]
        searched = plain_searched(report.searched)
        emit_json({"searched": searched, "matches": matches} if explain_query else matches)
    else:
        if explain_query:
            show_searched(report.searched)
        show_matches(report.matches)
        say(f"{len(report.matches)} of {report.considered} creators that pass the campaign's rules.")
    remark_searched(report.searched)
    if report.decisions.count:
        taken, turned_down = len(report.decisions.liked), len(report.decisions.disliked)
        remark(f"learned from {taken} creators taken and {turned_down} turned down (--no-learning: without)")
    for rule, count in sorted(report.left_out.items(), key=lambda pair: -pair[1]):
        remark(f"left out: {count} ({rule})")


def bench_match(
    folder: Annotated[Path, typer.Argument(help="A folder with creators.jsonl and queries.jsonl.")],
    out: Annotated[
        Path | None, typer.Option("--out", help="Write rankings here (default: stdout).", show_default=False)
    ] = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Rank a benchmark folder: one JSON line per query, best creators first."""
    from agent.adapters.benchmark import rank_folder

    model = settings_of(home).embedding_model
    with progress("Embedding", unit="texts") as tell:
        lines = list(rank_folder(folder, model=model, progress=tell))
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    if out is None:
        typer.echo(text, nl=False)
        return
    out.write_text(text, encoding="utf-8")
    if as_json:
        emit_json({"queries": len(lines), "out": str(out)})
    else:
        say(f"{len(lines)} rankings written to {out}.")


def plain_match(each: "Match") -> dict[str, object]:
    """Return a match as JSON."""
    return {
        "creator": each.creator.person,
        "handle": each.creator.handle,
        "score": round(each.fit.score, 6),
        "similarity": round(each.fit.similarity, 6),
        "reasons": [plain_reason(reason) for reason in each.fit.reasons],
        "against": [plain_against(found) for found in each.fit.against],
        "signals": [plain_signal(signal) for signal in each.signals],
    }


def show_matches(matches: "tuple[Match, ...]") -> None:
    """Print a table of matches, and under it what asks for a look."""
    made = table("Creator", "Score", "Followers", "Value", "In their own words")
    for each in matches:
        first = each.fit.reasons[0] if each.fit.reasons else None
        made.add_row(
            each.creator.person,
            f"{each.fit.score:.2f}",
            f"{each.creator.followers:,}" if each.creator.followers is not None else "?",
            f"{first.value} {first.score:.2f}" if first else "",
            f"“{first.quote}”" if first else "",
        )
    show(made)
    for each in matches:
        for line in remarkable(each.fit.against, each.signals):
            say(f"  {each.creator.person} · {line}")
