"""Brief letters: open one after a yes, change its terms, read it, approve it, follow what becomes of it."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from agent.domain.brief import (
    Agreement,
    AgreementStatus,
    BriefAnswer,
    BriefApproval,
    BriefCase,
    BriefLetter,
    BriefVersion,
    Disclosure,
    Terms,
    canonical,
    content_hash,
    findings_of,
    said_yes,
)
from agent.domain.brief.agreement import EDITABLE, MAY_HAVE_SAID_YES
from agent.domain.draft import Finding, Severity
from agent.domain.errors import NotApprovable, NotFound, StaleReview
from agent.domain.ids import BriefId, CampaignId, OutreachId, Seal
from agent.domain.outreach import OutreachStatus
from agent.domain.people import Entry
from agent.domain.seal import Attachment, Correspondent, Outgoing, seal_of
from agent.ports import Ports, Transaction
from agent.usecases.briefing_ledger import ledger_for
from agent.usecases.briefing_letter import brief_letter, texts_reference
from agent.usecases.briefing_terms import brief_language, disclosure_of, first_terms
from agent.usecases.composing import signature
from agent.usecases.lookup import Context, the_context
from agent.usecases.prompting import texts_for, usable_texts
from agent.usecases.quieting import hush


@dataclass(frozen=True, kw_only=True)
class BriefReview:
    """Everything needed to decide about one brief. `seal` is over exactly the letter and the PDF shown.

    Of an approved version, letter and PDF are those that were approved, whatever changed since.
    """

    version: BriefVersion
    agreement: Agreement
    context: Context
    letter: BriefLetter
    pdf: bytes
    seal: Seal
    disclosure: Disclosure
    findings: tuple[Finding, ...]
    approval: BriefApproval | None
    answers: tuple[BriefAnswer, ...]
    link: str | None

    @property
    def is_blocked(self) -> bool:
        """Whether a finding forbids the approval."""
        return any(finding.severity is Severity.BLOCK for finding in self.findings)


@dataclass(frozen=True, kw_only=True)
class BriefItem:
    """One line of the list: somebody who said yes, and how far the brief has come."""

    context: Context
    agreement: Agreement | None
    version: BriefVersion | None
    is_approved: bool
    answers: int


def agreed(ports: Ports, *, campaign_id: CampaignId | None = None) -> tuple[BriefItem, ...]:
    """Return everybody with a yes on file or a brief, campaign by campaign, best fit first."""
    with ports.store.read() as tx:
        briefed = {each.outreach_id for each in tx.briefs.agreements()}
        talking = tx.outreach.in_states(MAY_HAVE_SAID_YES, campaign_id=campaign_id)
        agreeing = [
            row.id
            for row in talking
            if row.id in briefed or said_yes(row, tx.inbox.replies(outreach_id=row.id))
        ]
        over = (tx.outreach.get(each) for each in sorted(briefed - {row.id for row in talking}))
        ended = [row.id for row in over if row is not None and campaign_id in {None, row.campaign_id}]
        return tuple(_item(tx, each) for each in (*agreeing, *ended))


def note_yes(ports: Ports, outreach_id: OutreachId, *, by: str) -> None:
    """Note that the creator said yes where no rule could read it; what was still to be sent is called off.

    Raises NotFound for an unknown outreach, InvalidTransition where nobody was written to or it is over.
    """
    at, why = ports.clock.now(), f"{by} noted a yes"
    with ports.store.write() as tx:
        outreach = the_context(tx, outreach_id).outreach
        if outreach.status is OutreachStatus.AGREED:
            return
        tx.outreach.save(outreach.advance(OutreachStatus.AGREED, at=at, reason=why))
        hush(ports, tx, outreach_id, at=at, why=why)
        tx.journal.add(Entry(at=at, who=by, what="agreed", subject=outreach_id))


def open_brief(ports: Ports, outreach_id: OutreachId, *, by: str) -> BriefVersion:
    """Return the newest version of the brief; the first one is made of what the campaign offers.

    Raises NotFound for an unknown outreach, NotApprovable where the creator has not said yes.
    """
    at = ports.clock.now()
    with ports.store.write() as tx:
        context = the_context(tx, outreach_id)
        known = tx.briefs.latest(outreach_id)
        if known is not None:
            return known
        _require_yes(tx, context)
        offered = Agreement(
            outreach_id=outreach_id, status=AgreementStatus.OFFERED, created_at=at, updated_at=at
        )
        tx.briefs.save_agreement(offered.advance(AgreementStatus.ACCEPTED, at=at))
        with usable_texts():
            terms = first_terms(ports, context, texts_for(tx, context.campaign), on=at.date())
        return _freeze(ports, tx, context, terms, number=1, by=by, at=at)


def review_brief(ports: Ports, outreach_id: OutreachId) -> BriefReview:
    """Return the newest version with all that its reader needs; raises NotFound where there is no brief."""
    with ports.store.read() as tx:
        return _review(ports, tx, outreach_id)


def change_terms(
    ports: Ports, outreach_id: OutreachId, terms: Terms, *, instead_of: str, by: str
) -> BriefVersion:
    """Freeze changed terms as the next version; the same terms again change nothing.

    `instead_of` is the digest of the version that the person saw: raises StaleReview where it is not the
    newest any more. An approval of an earlier version no longer opens the link. Raises NotApprovable where
    the agreement is past changing.
    """
    at = ports.clock.now()
    with ports.store.write() as tx:
        context = the_context(tx, outreach_id)
        newest = _newest(tx, outreach_id)
        if newest.digest != instead_of:
            raise StaleReview(f"brief of {outreach_id}")
        if newest.digest == content_hash(terms):
            return newest
        agreement = _agreement(tx, outreach_id)
        if agreement.status not in EDITABLE:
            raise NotApprovable(f"The agreement is {agreement.status.value}; its terms stay as they are.")
        if agreement.status is AgreementStatus.BRIEFED:
            tx.briefs.save_agreement(agreement.advance(AgreementStatus.ACCEPTED, at=at))
        return _freeze(ports, tx, context, terms, number=newest.number + 1, by=by, at=at)


def approve_brief(ports: Ports, outreach_id: OutreachId, *, seal: str, by: str) -> BriefApproval:
    """Approve exactly the letter and the PDF whose seal the reader saw.

    Raises StaleReview where the seal is not that of what would be shown now, NotApprovable where a finding
    blocks, the version is approved already, or the creator has said no since.
    """
    at = ports.clock.now()
    with ports.store.write() as tx:
        review = _review(ports, tx, outreach_id)
        if review.approval is not None:
            raise NotApprovable(f"Version {review.version.number} of this brief is approved already.")
        _require_yes(tx, review.context)
        if review.seal != seal:
            raise StaleReview(f"brief of {outreach_id}")
        if review.is_blocked:
            raise NotApprovable(f"The brief cannot be approved: {review.findings[0].advice}")
        approval = BriefApproval(
            brief_id=review.version.id,
            seal=review.seal,
            letter=review.letter,
            pdf=review.pdf,
            pdf_digest=sha256(review.pdf).hexdigest(),
            by=by,
            at=at,
        )
        tx.briefs.approve(approval)
        tx.briefs.save_agreement(review.agreement.advance(AgreementStatus.BRIEFED, at=at))
        outreach = review.context.outreach
        if outreach.status is not OutreachStatus.AGREED:
            tx.outreach.save(outreach.advance(OutreachStatus.AGREED, at=at, reason="brief approved"))
        why = f"seal {approval.seal}"
        tx.journal.add(Entry(at=at, who=by, what="brief approved", subject=approval.brief_id, why=why))
    return approval


def move_agreement(
    ports: Ports, outreach_id: OutreachId, status: AgreementStatus, *, why: str = "", by: str
) -> Agreement:
    """Note that something was delivered, checked or withdrawn; raises InvalidTransition elsewhere."""
    at = ports.clock.now()
    with ports.store.write() as tx:
        moved = _agreement(tx, outreach_id).advance(status, at=at)
        tx.briefs.save_agreement(moved)
        what = f"agreement {status.value}"
        tx.journal.add(Entry(at=at, who=by, what=what, subject=outreach_id, why=why.strip()))
    return moved


def _item(tx: Transaction, outreach_id: OutreachId) -> BriefItem:
    versions = tx.briefs.versions(outreach_id)
    newest = versions[-1] if versions else None
    return BriefItem(
        context=the_context(tx, outreach_id),
        agreement=tx.briefs.agreement(outreach_id),
        version=newest,
        is_approved=newest is not None and tx.briefs.approval(newest.id) is not None,
        answers=len(tx.briefs.answers(version.id for version in versions)),
    )


def _review(ports: Ports, tx: Transaction, outreach_id: OutreachId) -> BriefReview:
    context = the_context(tx, outreach_id)
    version = _newest(tx, outreach_id)
    at = ports.clock.now()
    disclosure = disclosure_of(ports, context, version.terms, on=at.date())
    approval = tx.briefs.approval(version.id)
    texts = texts_for(tx, context.campaign)
    with usable_texts():
        wording = texts_reference(texts, version.language)
        letter = brief_letter(version, context, disclosure, texts) if approval is None else approval.letter
    typesetter = ports.briefing.typesetter
    pdf = typesetter.pdf(letter, at=version.frozen_at) if approval is None else approval.released()
    case = BriefCase(
        terms=version.terms,
        disclosure=disclosure,
        ledger=ledger_for(ports, tx, context, version, on=at.date()),
        banned=context.brand.voice.banned,
        today=at.date(),
    )
    origins = (*disclosure.references, wording, typesetter.reference)
    outgoing = _outgoing(context, version, letter, pdf, origins)
    return BriefReview(
        version=version,
        agreement=_agreement(tx, outreach_id),
        context=context,
        letter=letter,
        pdf=pdf,
        seal=approval.seal if approval is not None else seal_of(outgoing),
        disclosure=disclosure,
        findings=findings_of(case),
        approval=approval,
        answers=tx.briefs.answers(each.id for each in tx.briefs.versions(outreach_id)),
        link=ports.links.brief(outreach_id),
    )


def _outgoing(
    context: Context, version: BriefVersion, letter: BriefLetter, pdf: bytes, origins: tuple[str, ...]
) -> Outgoing:
    """Return what the seal covers: reader, sender, every word, the PDF's bytes, terms, rules and layout."""
    address, brand = context.creator.address, context.brand
    return Outgoing(
        to=Correspondent(name=context.creator.name or "", email=address.email if address else ""),
        sender=Correspondent(name=signature(brand), email=brand.sender.email),
        reply_to=version.terms.contact.email,
        subject=letter.title,
        body=letter.text,
        language=version.language,
        attachments=(Attachment(filename=pdf_name(version), media_type="application/pdf", content=pdf),),
        offer=canonical(version.terms),
        evidence=(version.id, *origins),
    )


def pdf_name(version: BriefVersion) -> str:
    """Return the name under which a creator finds the file again."""
    return f"brief-{version.outreach_id}-v{version.number}.pdf"


def _freeze(
    ports: Ports, tx: Transaction, context: Context, terms: Terms, *, number: int, by: str, at: datetime
) -> BriefVersion:
    version = BriefVersion(
        id=BriefId(ports.ids.new("b")),
        outreach_id=context.outreach.id,
        number=number,
        language=brief_language(context),
        terms=terms,
        digest=content_hash(terms),
        by=by,
        frozen_at=at.replace(microsecond=0),  # a PDF's date has whole seconds
    )
    tx.briefs.add(version)
    why = f"version {number}, {version.digest[:12]}"
    tx.journal.add(Entry(at=at, who=by, what="brief frozen", subject=version.id, why=why))
    return version


def _require_yes(tx: Transaction, context: Context) -> None:
    outreach = context.outreach
    if not said_yes(outreach, tx.inbox.replies(outreach_id=outreach.id)):
        raise NotApprovable(
            f"{context.creator.person} has not said yes (the conversation is {outreach.status.value}), so "
            "there is nothing to brief about. A brief follows an answer that says yes."
        )


def _newest(tx: Transaction, outreach_id: OutreachId) -> BriefVersion:
    version = tx.briefs.latest(outreach_id)
    if version is None:
        raise NotFound("brief of outreach", outreach_id, hint=f"Open one: nanoreach brief {outreach_id}")
    return version


def _agreement(tx: Transaction, outreach_id: OutreachId) -> Agreement:
    agreement = tx.briefs.agreement(outreach_id)
    if agreement is None:
        raise NotFound("agreement of outreach", outreach_id, hint=f"Open it: nanoreach brief {outreach_id}")
    return agreement
