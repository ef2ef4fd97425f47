"""`nanoreach index`, `match`, `shortlist` and `bench match`."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agent.cli.options import By, Home, Json, decider, ports_of, settings_of
from agent.cli.output import emit_json, progress, remark, say, show, table

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
    app.command("shortlist")(shortlist)
    bench = typer.Typer(help="Measure on a folder of labelled data.", no_args_is_help=True)
    bench.callback()(_benches)
    bench.command("match")(bench_match)
    app.add_typer(bench, name="bench")


def _benches() -> None:
    """Keep `bench match` a command of its own, also while it is the only one."""


def build(home: Home = None, as_json: Json = False) -> None:
    """Embed what is new or changed; Ctrl-C keeps what is done, the next run goes on there."""
    from agent.usecases.indexing import build_index

    ports = ports_of(home)
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
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Rank creators for a campaign, with the words that show the fit."""
    from agent.domain.ids import CampaignId
    from agent.usecases.matching import match as rank

    report = rank(ports_of(home), CampaignId(campaign), limit=limit)
    if as_json:
        emit_json([_plain(each) for each in report.matches])
    else:
        _show_matches(report.matches)
        say(f"{len(report.matches)} of {report.considered} creators that pass the campaign's rules.")
    for rule, count in sorted(report.left_out.items(), key=lambda pair: -pair[1]):
        remark(f"left out: {count} ({rule})")


def shortlist(
    campaign: Campaign,
    limit: Annotated[int, typer.Option(min=1, help="How many creators to choose.")] = 30,
    by: By = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Choose creators who together cover the brand's values; says who was left out and why."""
    from agent.domain.ids import CampaignId
    from agent.usecases.shortlisting import shortlist as choose

    report = choose(ports_of(home), CampaignId(campaign), limit=limit, by=decider(by))
    if as_json:
        emit_json(
            {
                "chosen": [_plain(each) for each in report.chosen],
                "without_address": report.without_address,
                "left_out": report.left_out,
                "ruled_out": report.ruled_out,
            }
        )
    else:
        _show_matches(report.chosen)
        say(f"{len(report.chosen)} creators shortlisted for {campaign}.")
        for left in report.left_out:
            say(f"  left out: {left.person}: {left.reason}")
    if report.without_address:
        remark(
            f"{len(report.without_address)} have no e-mail address; import addresses with their source to "
            "write to them."
        )
    if not report.chosen:
        raise typer.Exit(4)


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


def _plain(each: "Match") -> dict[str, object]:
    return {
        "creator": each.creator.person,
        "handle": each.creator.handle,
        "score": round(each.fit.score, 6),
        "similarity": round(each.fit.similarity, 6),
        "reasons": [
            {
                "value": reason.value,
                "post_id": reason.ref,
                "quote": reason.quote,
                "score": round(reason.score, 6),
            }
            for reason in each.fit.reasons
        ],
    }


def _show_matches(matches: "tuple[Match, ...]") -> None:
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
