"""The creator's side: read the approved brief behind an unguessable link, accept it, ask, or propose."""

from dataclasses import dataclass
from datetime import datetime

from agent.domain.brand import Brand
from agent.domain.brief import AgreementStatus, AnswerKind, BriefAnswer, BriefLetter, BriefVersion
from agent.domain.errors import BadInput, NotApprovable
from agent.domain.ids import OutreachId
from agent.domain.outreach import FINAL_NO
from agent.domain.people import Entry
from agent.domain.text import visible
from agent.ports import Ports, Transaction
from agent.usecases.lookup import the_context

LONGEST = 4000
"""Characters that an answer may have."""
MOST = 50
"""Answers that one outreach may hold: a link that leaked must not fill the disk."""


@dataclass(frozen=True, kw_only=True)
class BriefPage:
    """What the link shows. `letter` and `pdf` are None while no approved version is the newest.

    `accepted` says that this very version was accepted.
    """

    brand: Brand
    language: str
    version: BriefVersion
    letter: BriefLetter | None
    pdf: bytes | None
    answers: tuple[BriefAnswer, ...]
    is_open: bool

    @property
    def accepted(self) -> bool:
        """Whether the version shown was accepted."""
        return any(
            each.kind is AnswerKind.ACCEPTS and each.brief_id == self.version.id for each in self.answers
        )


def brief_page(ports: Ports, token: str) -> BriefPage | None:
    """Return what a link shows; None for a link that is not ours, whose brief is gone or was withdrawn."""
    outreach_id = ports.links.briefed_by(token)
    if outreach_id is None:
        return None
    with ports.store.read() as tx:
        return _page(tx, outreach_id)


def answer_brief(ports: Ports, token: str, *, kind: AnswerKind, text: str) -> BriefPage | None:
    """Store what the creator says, in their words, and journal it; nothing else happens by itself.

    Accepting a second time changes nothing. Raises BadInput for a question or proposal without words or with
    too many, NotApprovable where nothing is open to be answered.
    """
    outreach_id = ports.links.briefed_by(token)
    if outreach_id is None:
        return None
    words = visible(text.replace("\r\n", "\n")).strip()
    at = ports.clock.now()
    with ports.store.write() as tx:
        page = _page(tx, outreach_id)
        if page is None:
            return None
        if page.letter is None or not page.is_open:
            raise NotApprovable("This brief is being changed or is settled; nothing was stored.")
        if kind is AnswerKind.ACCEPTS and page.accepted:
            return page
        _require_room(kind, words, page)
        answer = BriefAnswer(id=ports.ids.new("n"), brief_id=page.version.id, kind=kind, text=words, at=at)
        tx.briefs.answer(answer)
        why = f"{kind.value} version {page.version.number}"
        tx.journal.add(Entry(at=at, who="creator", what="brief answered", subject=page.version.id, why=why))
        return _page(tx, outreach_id)


def page_to_show(tx: Transaction, outreach_id: OutreachId) -> datetime | None:
    """Return since when a creator can be shown the newest brief; None where there is no approved one."""
    page = _page(tx, outreach_id)
    approval = tx.briefs.approval(page.version.id) if page is not None else None
    return approval.at if approval is not None else None


def _require_room(kind: AnswerKind, words: str, page: BriefPage) -> None:
    if kind is not AnswerKind.ACCEPTS and not words:
        raise BadInput("Write a word or two, so that we know what you mean; nothing was stored.")
    if len(words) > LONGEST:
        raise BadInput(
            f"Your message has {len(words)} characters and {LONGEST} fit; shorten it or write to us by mail."
        )
    if len(page.answers) >= MOST:
        raise BadInput("There are too many messages here already; please write to us by mail.")


def _page(tx: Transaction, outreach_id: OutreachId) -> BriefPage | None:
    outreach, version = tx.outreach.get(outreach_id), tx.briefs.latest(outreach_id)
    agreement = tx.briefs.agreement(outreach_id)
    if outreach is None or version is None or agreement is None:
        return None  # never briefed, or erased since
    if agreement.status is AgreementStatus.WITHDRAWN or outreach.status in FINAL_NO:
        return None
    versions = tx.briefs.versions(outreach_id)
    if not any(tx.briefs.approval(each.id) is not None for each in versions):
        return None  # nothing was ever approved, so nobody has the link from us
    approval = tx.briefs.approval(version.id)
    return BriefPage(
        brand=the_context(tx, outreach_id).brand,
        language=version.language,
        version=version,
        letter=approval.letter if approval is not None else None,
        pdf=approval.released() if approval is not None else None,
        answers=tx.briefs.answers(each.id for each in versions),
        is_open=agreement.status is AgreementStatus.BRIEFED,
    )
