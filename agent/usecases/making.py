"""A letter from its records to the store: read, written, judged, stored; each step for one or for several."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b

from agent.domain.brand import Brand, Campaign
from agent.domain.channel import Channel, channel_for
from agent.domain.draft import Draft, DraftStatus, Finding, Severity
from agent.domain.errors import BadInput, NanoreachError
from agent.domain.ids import CampaignId, DraftId, OutreachId
from agent.domain.letter import Letter, Words, reply_subject
from agent.domain.outreach import Outreach
from agent.domain.people import Entry
from agent.ports import Assignment, Earlier, KeptAnswer, Ports, Transaction, Writer, Written
from agent.usecases import composing, composing_answers, dm
from agent.usecases.drafting_report import Made
from agent.usecases.gating import gated, judged, letter_language
from agent.usecases.lookup import Context, the_campaign, the_contexts
from agent.usecases.prompting import keep_texts, origin_with, texts_for, usable_texts
from agent.usecases.thread import earlier_letters
from prompts import Texts

LIVE = frozenset({DraftStatus.WRITTEN, DraftStatus.BLOCKED, DraftStatus.PENDING, DraftStatus.APPROVED})
"""What a touch that needs no other draft has one of."""

OFFLINE = "offline"
"""The writer that asks no model."""

Desk = AbstractContextManager[object]
_FREE: Desk = nullcontext()
PlaceOf = Callable[[Transaction, Outreach], int]


@dataclass(frozen=True, kw_only=True)
class Records:
    """All that a letter is made of, as it stood in one moment."""

    context: Context
    thread: tuple[Earlier, ...]
    answers: tuple[KeptAnswer, ...]
    texts: Texts
    turn: int


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a person wants changed: the words that they read, and their wish as a finding about them."""

    words: Words
    findings: tuple[Finding, ...]


@dataclass(frozen=True, kw_only=True)
class Finished:
    """A draft with what the gate says about it, the attempts of each answer, and what it was made of."""

    records: Records
    draft: Draft
    findings: tuple[Finding, ...]
    attempts: tuple[int, ...]
    by_model: bool

    @property
    def outreach(self) -> Outreach:
        """The outreach as it was when the letter was begun."""
        return self.records.context.outreach


# --- reading --------------------------------------------------------------------------------------


def place_of(tx: Transaction, outreach: Outreach) -> int:
    """Return how many letters of the campaign come before this one's."""
    return tx.outreach.place(outreach)


def read(
    tx: Transaction, outreach_ids: Sequence[OutreachId], *, place: PlaceOf = place_of
) -> Mapping[OutreachId, Records | NanoreachError]:
    """Return the records of each letter, or why it cannot be begun."""
    texts: dict[CampaignId, Texts | NanoreachError] = {}
    found: dict[OutreachId, Records | NanoreachError] = {}
    answers = tx.answers.of_outreach(*outreach_ids)
    for outreach_id, context in the_contexts(tx, outreach_ids).items():
        if isinstance(context, NanoreachError):
            found[outreach_id] = context
            continue
        campaign = context.campaign
        if campaign.id not in texts:
            texts[campaign.id] = _texts_or_error(tx, campaign)
        holding = texts[campaign.id]
        if isinstance(holding, NanoreachError):
            found[outreach_id] = holding
            continue
        touch = context.outreach.touches_sent + 1
        found[outreach_id] = Records(
            context=context,
            thread=earlier_letters(tx, outreach_id, before_touch=touch),
            answers=tuple(answer for answer in answers if answer.outreach_id == outreach_id),
            texts=holding,
            turn=place(tx, context.outreach),
        )
    return found


def _texts_or_error(tx: Transaction, campaign: Campaign) -> Texts | NanoreachError:
    try:
        return texts_for(tx, campaign)
    except NanoreachError as error:
        return error


def records_of(context: Context, assignment: Assignment) -> Records:
    """Return the records behind an assignment that was made for one letter by itself."""
    return Records(
        context=context,
        thread=assignment.thread,
        answers=assignment.answers,
        texts=assignment.texts,
        turn=assignment.turn or 0,
    )


# --- writing --------------------------------------------------------------------------------------


def write(ports: Ports, records: Records, *, writer: Writer, desk: Desk = _FREE) -> Finished:
    """Return a letter of the writer with what the gate says about it; the store is not held meanwhile.

    What a model wrote goes back to it once where the gate blocks it. `desk` is held while a letter is put
    together and judged.
    """
    at = ports.clock.now()
    assignment = replace(
        _assignment(records, at=at), outreach_id=records.context.outreach.id, answers=records.answers
    )
    return write_assigned(ports, records, assignment, writer=writer, at=at, desk=desk)


def write_assigned(
    ports: Ports,
    records: Records,
    assignment: Assignment,
    *,
    writer: Writer,
    at: datetime,
    desk: Desk = _FREE,
    asked: Asked | None = None,
) -> Finished:
    """Return what a writer makes of an assignment, with what the gate says about it.

    With `asked` it is another version of words that a person read.
    """
    wishes = asked.findings if asked is not None else ()
    with usable_texts():
        written = writer.write(
            assignment, rejected=asked.words if asked is not None else None, findings=wishes
        )
        with desk:
            first = _finished(ports, writer, records, assignment, written, at=at)
        blocking = tuple(f for f in first.findings if f.severity is Severity.BLOCK)
        if not blocking or not first.by_model:
            return first
        again = writer.write(assignment, rejected=written.words, findings=(*wishes, *blocking))
        both = replace(again, usage=written.usage + again.usage)
        attempts = (written.attempts, again.attempts)
        with desk:
            second = _finished(ports, writer, records, assignment, both, at=at)
        return replace(second, attempts=attempts)


def _finished(
    ports: Ports,
    writer: Writer,
    records: Records,
    assignment: Assignment,
    written: Written,
    *,
    at: datetime,
) -> Finished:
    context = records.context
    draft = Draft(
        id=DraftId(ports.ids.new("d")),
        outreach_id=context.outreach.id,
        touch=assignment.touch,
        channel=assignment.channel,
        answers=assignment.answering.reply.id if assignment.answering is not None else None,
        letter=letter_from(written.words, assignment),
        origin=origin_with(written.origin, assignment.texts, assignment.language),
        usage=written.usage,
        created_at=at,
        updated_at=at,
    )
    return Finished(
        records=records,
        draft=draft,
        findings=ports.judge(
            draft, lambda: judged(ports, context, assignment.thread, draft, at=at, texts=assignment.texts)
        ),
        attempts=(written.attempts,),
        by_model=writer.name != OFFLINE,
    )


def assignment_for(
    tx: Transaction, context: Context, *, touch: int, thread: tuple[Earlier, ...], at: datetime
) -> Assignment:
    """Return what a writer may know for a letter; nothing of its answer will be kept.

    Raises BadInput where the campaign has no way to write to this creator.
    """
    records = Records(
        context=context,
        thread=thread,
        answers=(),
        texts=texts_for(tx, context.campaign),
        turn=tx.outreach.place(context.outreach),
    )
    return replace(_assignment(records, at=at), touch=touch, seed=_seed(context, touch))


def _assignment(records: Records, *, at: datetime) -> Assignment:
    context = records.context
    touch = context.outreach.touches_sent + 1
    return Assignment(
        brand=context.brand,
        campaign=context.campaign,
        creator=context.creator.recent(at.date() - context.campaign.cadence.evidence_for),
        reasons=context.outreach.fit.reasons,
        language=letter_language(context),
        touch=touch,
        thread=records.thread,
        today=at.date(),
        seed=_seed(context, touch),
        turn=records.turn,
        texts=records.texts,
        channel=_channel(context, records.thread),
    )


def _channel(context: Context, thread: tuple[Earlier, ...]) -> Channel:
    """Return the way that the thread goes already, else the creator's among the campaign's.

    An e-mail to nobody is written all the same: the gate says what is missing. Raises BadInput where the
    campaign writes direct messages only and the creator can get none.
    """
    if thread:
        return thread[-1].channel
    allowed = context.campaign.channels
    found = channel_for(context.creator, allowed)
    if found is None and Channel.EMAIL not in allowed:
        raise BadInput(
            f"{context.creator.person} can be sent no direct message, and campaign {context.campaign.id} "
            "writes nothing else; allow e-mail in its brand file (channels: [email, dm]) or leave them out."
        )
    return found or Channel.EMAIL


def letter_from(words: Words, assignment: Assignment) -> Letter:
    """Return the letter or the message that a writer's words become on its channel."""
    if assignment.answering is not None:
        return composing_answers.assemble(words, assignment)
    if assignment.channel is Channel.DM:
        return dm.assemble(words, assignment)
    return _threaded(composing.assemble(words, assignment), assignment)


def _threaded(letter: Letter, assignment: Assignment) -> Letter:
    # a follow-up answers our first letter: mail programs file it there by its subject and references
    if not assignment.thread:
        return letter
    return replace(letter, subject=reply_subject(assignment.thread[0].subject))


def _seed(context: Context, touch: int) -> int:
    """Return the number that settles choices among equal forms: the same for the same letter."""
    name = f"{context.campaign.id}\0{context.creator.id}\0{touch}"
    return int.from_bytes(blake2b(name.encode(), digest_size=4).digest(), "big")


# --- storing --------------------------------------------------------------------------------------


def store(ports: Ports, tx: Transaction, letters: Sequence[Finished]) -> tuple[Made, ...]:
    """Store the letters that are still wanted, and say of each what became of it.

    An answer, an objection, an erasure, an import or another worker may have come while the writer was at
    work: a letter whose outreach is not as it was is dropped, and one whose records changed is judged anew.
    """
    ids = [each.outreach.id for each in letters]
    # used, or of no use any more: what they say of a person goes
    tx.answers.discard(*(each.outreach.id for each in letters if each.by_model))
    standing = tx.outreach.with_ids(ids)
    creators = tx.creators.with_ids(each.creator_id for each in standing.values())
    campaigns = {name: the_campaign(tx, name) for name in {each.campaign_id for each in standing.values()}}
    drafted = set(tx.drafts.touches(ids, statuses=LIVE))
    made: list[Made] = []
    for each in letters:
        outreach, draft = each.outreach, each.draft
        if standing.get(outreach.id) != outreach or (outreach.id, draft.touch) in drafted:
            made.append(Made(draft=None, attempts=each.attempts))
            continue
        drafted.add((outreach.id, draft.touch))
        if draft.touch > 1:
            tx.outreach.save(outreach.proposed_next(None, at=draft.created_at))
        campaign, brand = campaigns[outreach.campaign_id]
        now = (creators.get(outreach.creator_id), campaign, brand.written_by(outreach.sender))
        made.append(Made(draft=_gated(ports, tx, each, now), attempts=each.attempts))
    _save(ports, tx, letters, made)
    return tuple(made)


def _gated(ports: Ports, tx: Transaction, letter: Finished, now: tuple[object, Campaign, Brand]) -> Draft:
    context, at = letter.records.context, letter.draft.created_at
    if now == (context.creator, context.campaign, context.brand):
        return letter.draft.gated(letter.findings, at=at)
    return gated(ports, tx, letter.draft, at=at)


def _save(ports: Ports, tx: Transaction, letters: Iterable[Finished], made: Iterable[Made]) -> None:
    both = zip(letters, made, strict=True)
    new = [(each.draft, letter.records.texts) for letter, each in both if each.draft is not None]
    tx.drafts.add(draft for draft, _ in new)
    kept: set[str] = set()
    for draft, texts in new:
        if draft.origin.prompt not in kept:
            keep_texts(tx, draft.origin, texts, at=draft.created_at)
            kept.add(draft.origin.prompt)
    tx.journal.add(*(_entry(draft, who=ports.worker) for draft, _ in new))


def _entry(draft: Draft, *, who: str) -> Entry:
    return Entry(at=draft.created_at, who=who, what=f"drafted:{draft.status.value}", subject=draft.id)
