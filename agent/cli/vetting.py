"""`nanoreach vet`, and how what speaks for and against a creator is printed."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from agent.cli.options import Home, Json, ports_of
from agent.cli.output import emit_json, plain, remark, say

if TYPE_CHECKING:
    from agent.domain.fit import Against, Quotation, Reason
    from agent.domain.vetting import Signal
    from agent.usecases.vetting import Vetting

_FINE = "fine"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("vet")(vet)


def vet(
    person: Annotated[str, typer.Argument(help="The creator as platform:handle.")],
    campaign: Annotated[
        str | None,
        typer.Option("--campaign", help="Also: what fits and contradicts its brand.", show_default=False),
    ] = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Show what is known about a creator before writing: each signal with its words, and no total score."""
    from agent.domain.ids import CampaignId
    from agent.usecases.vetting import vet as look_at

    named = CampaignId(campaign) if campaign is not None else None
    found = look_at(ports_of(home), person, campaign_id=named)
    if as_json:
        emit_json(_plain(found, campaign))
    else:
        _show(found)
    if found.problem:
        remark(f"No reasons: {found.problem}")


def plain_reason(reason: "Reason") -> dict[str, object]:
    """Return a reason as JSON: its best passage, and the others under `more`."""
    return {
        "value": reason.value,
        "post_id": reason.ref,
        "quote": reason.quote,
        "score": round(reason.score, 6),
        "published_on": plain(reason.published_on),
        "more": [
            _quoted(quotation) | {"score": round(quotation.score or 0.0, 6)}
            for quotation in reason.quotations[1:]
        ],
    }


def plain_against(found: "Against") -> dict[str, object]:
    """Return a contradiction as JSON."""
    return {
        "kind": found.kind,
        "value": found.value,
        "level": found.level.value,
        "post_id": found.ref,
        "quote": found.quote,
        "published_on": plain(found.published_on),
    }


def plain_signal(signal: "Signal") -> dict[str, object]:
    """Return a signal as JSON: its sentence in English, and key and figures to word it otherwise."""
    return {
        "kind": signal.kind.value,
        "level": signal.level.value,
        "text": signal.text,
        "key": signal.key,
        "figures": plain(signal.figures),
        "evidence": [_quoted(quotation) for quotation in signal.evidence],
    }


def remarkable(against: "Iterable[Against]", signals: "Iterable[Signal]") -> Iterator[str]:
    """Yield a line for everything that asks for a look, the contradictions first."""
    yield from (_contradiction(found) for found in against if found.level.value != _FINE)
    yield from (f"{signal.level.value}: {signal.text}" for signal in signals if signal.level.value != _FINE)


def _plain(found: "Vetting", campaign: str | None) -> dict[str, object]:
    return {
        "creator": found.creator.person,
        "handle": found.creator.handle,
        "campaign": campaign,
        "reasons": [plain_reason(reason) for reason in found.reasons],
        "against": [plain_against(each) for each in found.against],
        "signals": [plain_signal(signal) for signal in found.signals],
        "problem": found.problem,
    }


def _quoted(quotation: "Quotation") -> dict[str, object]:
    return {
        "post_id": quotation.ref,
        "quote": quotation.quote,
        "published_on": plain(quotation.published_on),
    }


def _show(found: "Vetting") -> None:
    say(found.creator.person)
    for reason in found.reasons:
        say(f"  for: {reason.value} {reason.score:.2f}")
        for quotation in reason.quotations:
            _say_quote(quotation)
    for each in found.against:
        say(f"  {_contradiction(each)}")
    for signal in found.signals:
        say(f"  {signal.level.value}: {signal.text}")
        for quotation in signal.evidence:
            _say_quote(quotation)


def _say_quote(quotation: "Quotation") -> None:
    when = f", {quotation.published_on}" if quotation.published_on else ""
    say(f"      “{quotation.quote}” ({quotation.ref}{when})")


def _contradiction(found: "Against") -> str:
    from agent.domain.vetting import about

    value = f"“{found.value}”" if found.value else "your voice"
    place = f"{found.ref}, {found.published_on}" if found.published_on else found.ref
    what = about(found.kind, "en")
    return f"{found.level.value}: against {value} ({what}): “{found.quote}” ({place})"
