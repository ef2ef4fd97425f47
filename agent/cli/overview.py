"""`nanoreach overview`: what there is to do, how far campaigns are, what the coming days bring."""

from typing import TYPE_CHECKING, Annotated

import typer

from agent.cli.options import Home, Json, ports_of, settings_of
from agent.cli.output import emit_json, remark, say, show, table

if TYPE_CHECKING:
    from agent.domain.rates import Share
    from agent.usecases.overview import Funnel, Overview


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("overview")(overview)


def overview(
    campaign: Annotated[
        str | None, typer.Option(help="Only this campaign's funnel.", show_default=False)
    ] = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Show what waits for a person, each campaign's funnel with its rates, and the load of seven days."""
    from zoneinfo import ZoneInfo

    from agent.domain.ids import CampaignId
    from agent.usecases.lookup import the_campaign
    from agent.usecases.overview import overview as look

    ports, settings = ports_of(home), settings_of(home)
    only = CampaignId(campaign) if campaign else None
    if only is not None:
        with ports.store.read() as tx:
            the_campaign(tx, only)
    seen = look(
        ports,
        zone=ZoneInfo(settings.zone),
        seconds_per_letter=float(settings.minutes_per_letter * 60),
        campaign_id=only,
    )
    if as_json:
        emit_json(_plain(seen))
        return
    _print(seen)


def _print(seen: "Overview") -> None:
    today = seen.today
    say(
        f"To read {today.to_read}, to answer {today.to_answer}, to copy {today.to_copy}, uncertain "
        f"{today.uncertain}, bounced in seven days {today.bounced}."
    )
    for mailbox in today.paused:
        say(f"Nothing leaves from {mailbox.address} since {mailbox.paused_at:%Y-%m-%d}: {mailbox.reason}")
    if not seen.funnels:
        remark("No campaign yet: nanoreach import brand FILE.yaml brings one.")
    steps = table("campaign", "listed", "written", "approved", "sent", "wrote back", "yes", "no")
    for each in seen.funnels:
        counts = (each.shortlisted, each.written, each.approved, each.sent, each.answered, each.agreed)
        steps.add_row(each.campaign.id, *map(str, (*counts, each.declined)))
    if seen.funnels:
        show(steps)
    for each in seen.funnels:
        reading = f"{each.decided} letters decided, about {each.minutes} minutes"
        say(
            f"{each.campaign.id}: wrote back {_share(each.reply_rate)}; said yes "
            f"{_share(each.agreement_rate)}; {reading}; models {each.cost:.2f}."
        )
    days = table("day", "may leave", "follow-ups due")
    for load in seen.load:
        days.add_row(f"{load.day:%a %Y-%m-%d}", str(load.leaving), str(load.following))
    show(days)


def _share(share: "Share") -> str:
    if share.interval is None:
        return "nobody yet"
    low, high = share.interval
    return f"{share.count} of {share.of} (between {low:.0%} and {high:.0%})"


def _plain(seen: "Overview") -> dict[str, object]:
    today = seen.today
    return {
        "to_read": today.to_read,
        "to_answer": today.to_answer,
        "to_copy": today.to_copy,
        "uncertain": today.uncertain,
        "bounced": today.bounced,
        "paused": [{"mailbox": each.address, "reason": each.reason} for each in today.paused],
        "campaigns": [_funnel(each) for each in seen.funnels],
        "load": [
            {"day": each.day, "leaving": each.leaving, "follow_ups": each.following} for each in seen.load
        ],
    }


def _funnel(funnel: "Funnel") -> dict[str, object]:
    return {
        "campaign": funnel.campaign.id,
        "shortlisted": funnel.shortlisted,
        "written": funnel.written,
        "approved": funnel.approved,
        "sent": funnel.sent,
        "answered": funnel.answered,
        "agreed": funnel.agreed,
        "declined": funnel.declined,
        "reply_rate": _rate(funnel.reply_rate),
        "agreement_rate": _rate(funnel.agreement_rate),
        "letters_decided": funnel.decided,
        "minutes_of_reading": funnel.minutes,
        "model_cost": funnel.cost,
    }


def _rate(share: "Share") -> dict[str, object]:
    return {"count": share.count, "of": share.of, "value": share.value, "interval": share.interval}
