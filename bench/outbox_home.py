"""A home with approved letters in its outbox, as many as a bench wants and quickly made.

Words and gate are other benches' matter: every letter says the same three sentences, and nobody judges them.
Approval, seal, bytes and outbox are the product's own.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from agent.bootstrap import build, migrate
from agent.domain.brand import Pacing, Window
from agent.domain.draft import Draft, DraftStatus, Finding, Origin
from agent.domain.ids import DraftId
from agent.domain.letter import Letter, Receipt, ReceiptKind, Sentence
from agent.domain.outreach import Outreach
from agent.ports import Ports
from agent.settings import Settings
from agent.usecases.reviewing import approve, review
from bench.draft_home import CAMPAIGN, shortlist

BY = "bench"


def settings(home: Path, *, smtp_port: int, database: str | None = None) -> Settings:
    """Return settings for a home that sends to a sink on loopback."""
    given: dict[str, object] = {
        "NANOREACH_HOME": home,
        "NANOREACH_SMTP_URL": f"smtp://127.0.0.1:{smtp_port}",
        "NANOREACH_DATABASE_URL": database,
    }
    return Settings(_env_file=None, **given)  # type: ignore[call-arg,arg-type]  # pydantic-settings' own keywords


def opened(home: Path, *, smtp_port: int, database: str | None = None, migrated: bool = False) -> Ports:
    """Return the product's own ports for a home; its database is made unless it is `migrated`."""
    chosen = settings(home, smtp_port=smtp_port, database=database)
    if database is not None and not migrated:
        migrate(chosen)
    return build(chosen)


def fill(ports: Ports, count: int) -> None:
    """Store so many creators with an approved letter each, with no pacing between them."""
    shortlist(ports, count)
    with ports.store.write() as tx:
        campaign = tx.brands.campaign(CAMPAIGN)
        assert campaign is not None
        brand = tx.brands.get(campaign.brand_id)
        assert brand is not None
        unpaced = Pacing(per_day=10**6, gap=timedelta(0), window=Window(always=True))
        tx.brands.save(replace(brand, sender=replace(brand.sender, pacing=unpaced)))
        tx.brands.save_campaign(replace(campaign, per_day=None))
        waiting = tx.outreach.of_campaign(CAMPAIGN)
    unjudged = replace(ports, judge=_say_nothing)
    for outreach in sorted(waiting, key=lambda each: each.id):
        draft = _draft(ports, outreach)
        with ports.store.write() as tx:
            tx.drafts.save(draft)
        approve(unjudged, draft.id, seal=str(review(ports, draft.id).seal), by=BY)


def _say_nothing(_draft: Draft, _look: Callable[[], tuple[Finding, ...]]) -> tuple[Finding, ...]:
    return ()


def _draft(ports: Ports, outreach: Outreach) -> Draft:
    reason = outreach.fit.reasons[0]
    quoted = Receipt(
        kind=ReceiptKind.POST, ref=reason.ref, quote=reason.quote, published_on=reason.published_on
    )
    at = ports.clock.now()
    return Draft(
        id=DraftId(ports.ids.new("d")),
        outreach_id=outreach.id,
        touch=1,
        letter=Letter(
            language="en",
            subject="the notebook, and a mending kit",
            greeting="Hello,",
            paragraphs=(
                (Sentence(text=f"You wrote: “{reason.quote}”", receipts=(quoted,)),),
                (Sentence(text="We pack every kit by hand in a former upholstery shop."),),
                (Sentence(text="Shall I pack one up for you?"),),
            ),
            closing="Tom Whitaker\nSecond Evening",
        ),
        origin=Origin(writer="bench", model="bench-1", prompt="bench@1"),
        status=DraftStatus.PENDING,
        created_at=at,
        updated_at=at,
    )
