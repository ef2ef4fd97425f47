"""What there is to do, how far campaigns are, and what the coming days bring."""

from collections.abc import Iterator

from fastapi import APIRouter
from fastapi.responses import Response

from agent.usecases.overview import Overview, overview
from agent.usecases.reviewing import pace_of
from agent.web.csvtext import csv_text
from agent.web.desk import Visit, Visiting

router = APIRouter()

_COLUMNS = (
    "campaign", "shortlisted", "written", "approved", "sent", "answered", "agreed", "declined",
    "reply_rate", "reply_rate_low", "reply_rate_high",
    "agreement_rate", "agreement_rate_low", "agreement_rate_high",
    "letters_decided", "minutes_of_reading", "model_cost",
)  # fmt: skip


@router.get("/overview")
def show(visit: Visiting) -> Response:
    """Show the overview at the pace of whoever reads."""
    return visit.page("overview.html", seen=_seen(visit))


@router.get("/overview.csv")
def table(visit: Visiting) -> Response:
    """Give the campaigns' figures as a table."""
    return Response(
        csv_text([_COLUMNS, *_rows(_seen(visit))]),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="overview.csv"'},
    )


def _seen(visit: Visit) -> Overview:
    config = visit.desk.config
    with visit.ports.store.read() as tx:
        pace = pace_of(tx, visit.person.email)
    seconds = pace.seconds if pace is not None else config.seconds_per_letter
    return overview(visit.ports, zone=config.zone, seconds_per_letter=seconds)


def _rows(seen: Overview) -> Iterator[tuple[str | int | float | None, ...]]:
    for funnel in seen.funnels:
        rates = [
            figure
            for share in (funnel.reply_rate, funnel.agreement_rate)
            for figure in (share.value, *(share.interval or (None, None)))
        ]
        yield (
            funnel.campaign.id,
            funnel.shortlisted,
            funnel.written,
            funnel.approved,
            funnel.sent,
            funnel.answered,
            funnel.agreed,
            funnel.declined,
            *(None if figure is None else round(figure, 4) for figure in rates),
            funnel.decided,
            funnel.minutes,
            float(funnel.cost),
        )
