"""`nanoreach shortlist`."""

from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

import typer

from agent.cli.indexing import show_matches
from agent.cli.options import By, Home, Json, decider, ports_of, settings_of
from agent.cli.output import emit_json, remark, say
from agent.cli.plans import (
    plain_chosen,
    plain_figures,
    remark_notes,
    say_change,
    say_gains,
    say_left_out,
    show_figures,
)
from agent.cli.searching import plain_searched, remark_searched

if TYPE_CHECKING:
    from agent.domain.brand import Money
    from agent.settings import Settings
    from agent.usecases.shortlisting import ShortlistReport, WhatIf
    from agent.usecases.wishes import Habits

PARTLY = 3
NOTHING = 4


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("shortlist")(shortlist)


def shortlist(
    campaign: Annotated[str, typer.Argument(help="The campaign's id.")],
    *,
    limit: Annotated[int, typer.Option(min=1, help="How many creators to choose.")] = 30,
    budget: Annotated[
        str | None,
        typer.Option(help='What the offers may cost together: "3000 EUR".', show_default=False),
    ] = None,
    minutes: Annotated[
        float | None,
        typer.Option(min=0, help="How long reading the letters may take together.", show_default=False),
    ] = None,
    quota: Annotated[
        list[str] | None,
        typer.Option(
            help="tier:nano=60%.., country:FR=5..10, language:en=..40%, platform:tiktok=3; repeatable.",
            show_default=False,
        ),
    ] = None,
    seed: Annotated[int, typer.Option(help="Orders creators who are equal.")] = 0,
    with_concerns: Annotated[
        bool, typer.Option("--with-concerns", help="Also those with a concern.")
    ] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Say what each one adds, with figures.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Store nothing; show what these options would change.")
    ] = False,
    no_learning: Annotated[
        bool, typer.Option("--no-learning", help="Rank as if nobody had decided about creators before.")
    ] = False,
    by: By = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Choose creators who together cover the brand's values; says who was left out and why."""
    from agent.domain.ids import CampaignId
    from agent.domain.portfolio import parse_quota
    from agent.usecases.shortlisting import shortlist as choose
    from agent.usecases.shortlisting import what_if
    from agent.usecases.wishes import Wishes

    wishes = Wishes(
        budget=_money(budget) if budget is not None else None,
        minutes=Decimal(str(minutes)) if minutes is not None else None,
        quotas=tuple(parse_quota(text) for text in quota or ()),
        seed=seed,
        with_concerns=with_concerns,
        learn=not no_learning,
    )
    ports, habits, name = ports_of(home), habits_of(settings_of(home)), CampaignId(campaign)
    if dry_run:
        changes = what_if(ports, name, limit=limit, wishes=wishes, habits=habits)
        _tell_change(changes, campaign, explain=explain, as_json=as_json)
        made = changes.proposed
    else:
        report = choose(ports, name, limit=limit, by=decider(by), wishes=wishes, habits=habits)
        _tell(report, campaign, explain=explain, as_json=as_json)
        made = report.plan
    if not made.chosen:
        raise typer.Exit(NOTHING)
    if made.is_short_of_quotas:
        raise typer.Exit(PARTLY)


def _money(text: str) -> "Money":
    import yaml

    from agent.adapters.sources.terms import money
    from agent.adapters.sources.values import BadValue
    from agent.domain.errors import BadInput

    try:
        return money(yaml.ScalarNode("tag:yaml.org,2002:str", text))
    except BadValue as error:
        raise BadInput(f"--budget: {error}.") from error


def habits_of(settings: "Settings") -> "Habits":
    """Return how the house counts, from its settings."""
    from agent.usecases.wishes import Habits

    return Habits(
        minutes_per_letter=settings.minutes_per_letter,
        tiers=settings.tiers,
        months=settings.exposure_months,
        floor=settings.fit_floor,
    )


def _tell(report: "ShortlistReport", campaign: str, *, explain: bool, as_json: bool) -> None:
    if as_json:
        emit_json(
            {
                "chosen": [plain_chosen(each) for each in report.plan.chosen],
                "without_address": report.without_address,
                "left_out": report.left_out,
                "ruled_out": report.ruled_out,
                "figures": plain_figures(report.plan),
                "notes": report.plan.notes,
                "searched": plain_searched(report.searched),
            }
        )
    else:
        show_matches(report.chosen)
        if explain:
            say_gains(report.plan.chosen)
            show_figures(("figure", "this list"), (report.plan,))
        say(f"{len(report.chosen)} creators shortlisted for {campaign}.")
        say_left_out(report.left_out, "left out")
    remark_notes(report.plan)
    remark_searched(report.searched)
    if report.without_address:
        remark(
            f"{len(report.without_address)} have no e-mail address; import addresses with their source, "
            "or let the campaign write direct messages where the platform has them (channels: [email, dm])."
        )


def _tell_change(changes: "WhatIf", campaign: str, *, explain: bool, as_json: bool) -> None:
    if as_json:
        emit_json(
            {
                "dry_run": True,
                "chosen": [plain_chosen(each) for each in changes.proposed.chosen],
                "added": [each.match.creator.person for each in changes.added],
                "dropped": changes.dropped,
                "left_out": changes.proposed.left_out,
                "ruled_out": changes.ruled_out,
                "figures": plain_figures(changes.proposed),
                "present_figures": plain_figures(changes.present),
                "notes": changes.proposed.notes,
                "searched": plain_searched(changes.searched),
            }
        )
    else:
        show_matches(tuple(each.match for each in changes.proposed.chosen))
        if explain:
            say_gains(changes.proposed.chosen)
        say_change(changes)
        show_figures(("figure", "without options", "with these"), (changes.present, changes.proposed))
        if explain:
            say_left_out(changes.proposed.left_out, "left out")
        say(
            f"{len(changes.proposed.chosen)} creators would be shortlisted for {campaign}; nothing is stored."
        )
    remark_notes(changes.proposed)
    remark_searched(changes.searched)
