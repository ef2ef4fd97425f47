"""An invented overview for the page of patterns."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from agent.domain.mailbox import Mailbox
from agent.usecases.overview import DAYS, Funnel, Load, Overview, Today
from agent.web.sample import sample_review

_DAY = date(2026, 10, 12)


def sample_overview() -> Overview:
    """Return what a desk in the middle of a campaign shows."""
    paused = Mailbox(
        address="tom@second-evening.example",
        paused_at=datetime(2026, 10, 11, 8, tzinfo=UTC),
        reason="paused by the pattern page",
    )
    return Overview(
        today=Today(to_read=37, to_copy=2, to_answer=4, uncertain=1, bounced=3, paused=(paused,)),
        funnels=(_funnel(),),
        load=tuple(
            Load(day=_DAY + timedelta(days=number), leaving=20 - 2 * number, following=number * 3 % 8)
            for number in range(DAYS)
        ),
    )


def _funnel() -> Funnel:
    return Funnel(
        campaign=sample_review().campaign,
        shortlisted=120,
        written=104,
        approved=90,
        sent=82,
        answered=19,
        agreed=7,
        declined=5,
        decided=131,
        minutes=58,
        cost=Decimal("1.90"),
    )
