"""Another version of a letter, because a person said what to change; the version before stays on file."""

from dataclasses import replace
from datetime import datetime

from agent.domain.draft import WAITING, Draft, DraftStatus, Finding, Severity
from agent.domain.errors import BadInput, NotApprovable, StaleReview
from agent.domain.ids import DraftId
from agent.domain.letter import Letter, Sentence, Words
from agent.domain.people import Entry
from agent.ports import Assignment, Ports, Transaction
from agent.usecases.drafting import choose_writer
from agent.usecases.drafting_answers import assignment_for_answer
from agent.usecases.gating import gated
from agent.usecases.lookup import Context, the_context_of, the_draft
from agent.usecases.making import OFFLINE, Asked, assignment_for, records_of, write_assigned
from agent.usecases.prompting import keep_texts
from agent.usecases.thread import earlier_letters
from prompts import Texts

LONGEST_WISH = 300
"""Characters; a wish is a sentence, and what takes more is written faster by editing."""


def takes_wishes(ports: Ports) -> bool:
    """Return whether a wish can be read; without a model another version is another choice of words."""
    return any(name != OFFLINE for name in ports.writers)


def revise(
    ports: Ports, draft_id: DraftId, *, wish: str, seen: str, by: str, writer_name: str = "auto"
) -> Draft:
    """Have a letter written again as a person wishes, and put the new version in its place.

    `seen` is the digest of the text that they read. The writer is asked without holding the store; what it
    wrote passes the gate like any draft, and takes the place of the old version in the queue. Costs count for
    the new version.

    Raises StaleReview where the letter is another one by now, NotApprovable after a decision, BadInput for a
    wish that is empty or too long, or where the writer has no other words; the letter stays as it was then.
    """
    writer = choose_writer(ports, writer_name)
    asked_for = _checked(wish, is_read=writer.name != OFFLINE)
    at = ports.clock.now()
    with ports.store.read() as tx:
        draft = the_draft(tx, draft_id)
        _require_unread_change(draft, seen=seen)
        context = the_context_of(tx, draft)
        assignment = _assignment(ports, tx, draft, context, at=at)
        if writer.name == OFFLINE:
            assignment = _other_choices(tx, draft, assignment)
    finding = Finding(code="person.wish", severity=Severity.BLOCK, span="", advice=asked_for)
    finished = write_assigned(
        ports,
        records_of(context, assignment),
        assignment,
        writer=writer,
        at=at,
        asked=Asked(words=_words_of(draft.letter), findings=(finding,) if asked_for else ()),
    )
    new = replace(
        finished.draft, touch=draft.touch, revises=draft.id, note=asked_for, created_at=draft.created_at
    )
    is_same = new.letter.digest == draft.letter.digest
    with ports.store.write() as tx:
        if writer.name != OFFLINE:
            # used, or of no use: the same answer would be given to the same wish again
            tx.answers.discard(draft.outreach_id)
        if not is_same:
            return _stored(ports, tx, draft, new, texts=assignment.texts, by=by, at=at)
    raise BadInput(
        "The writer came back with the very same letter, so nothing was changed; say it in other words, "
        "or edit the letter."
    )


def _stored(
    ports: Ports, tx: Transaction, old: Draft, new: Draft, *, texts: Texts, by: str, at: datetime
) -> Draft:
    """Put the new version in the place of the old one, with whoever was to read that."""
    _replace(ports, tx, old, new, by=by, at=at)
    stored = gated(ports, tx, new, at=at)
    tx.drafts.save(stored)
    tx.drafts.assign([stored.id], to=tx.drafts.assignee(old.id))
    keep_texts(tx, stored.origin, texts, at=at)
    return stored


def _checked(wish: str, *, is_read: bool) -> str:
    """Return the wish in one line; empty where nobody reads one."""
    text = " ".join(wish.split())
    if not is_read:
        return ""
    if not text:
        raise BadInput("Say in a sentence what to change; nothing was changed.")
    if len(text) > LONGEST_WISH:
        raise BadInput(
            f"A wish has {LONGEST_WISH} characters at the most, this one has {len(text)}: say it shorter, or "
            "edit the letter. Nothing was changed."
        )
    return text


def _require_unread_change(draft: Draft, *, seen: str) -> None:
    if draft.status not in WAITING:
        raise NotApprovable(f"Letter {draft.id} is {draft.status.value}; it cannot be changed any more.")
    if draft.letter.digest != seen:
        raise StaleReview(draft.id)


def _assignment(ports: Ports, tx: Transaction, draft: Draft, context: Context, *, at: datetime) -> Assignment:
    if draft.answers is None:
        thread = earlier_letters(tx, draft.outreach_id, before_touch=draft.touch)
        assignment = assignment_for(tx, context, touch=draft.touch, thread=thread, at=at)
    elif context.answered is None:
        raise NotApprovable("The message that this letter answers is gone; reject the letter.")
    else:
        assignment = assignment_for_answer(ports, tx, context, context.answered)
    return replace(
        assignment, outreach_id=draft.outreach_id, answers=tx.answers.of_outreach(draft.outreach_id)
    )


def _other_choices(tx: Transaction, draft: Draft, assignment: Assignment) -> Assignment:
    """Return the assignment for a writer that only chooses: no two versions choose alike."""
    versions = sum(each.touch == draft.touch for each in tx.drafts.of_outreach(draft.outreach_id))
    return replace(assignment, turn=None, seed=assignment.seed + versions)


def _words_of(letter: Letter) -> Words:
    """Return what a writer contributed to a letter, as it stands now, in one piece."""
    return Words(subject=letter.subject, opening=letter.sentences, bridge=(), ask=Sentence(text=""))


def _replace(ports: Ports, tx: Transaction, old: Draft, new: Draft, *, by: str, at: datetime) -> None:
    """Take the old version out of the queue; a decision or an edit that came meanwhile wins."""
    now = the_draft(tx, old.id)
    if now.letter != old.letter:
        raise StaleReview(old.id)
    superseded = now.advance(DraftStatus.SUPERSEDED, at=at) if now.status in WAITING else None
    if superseded is None or not tx.drafts.settle(superseded, expected=now.status):
        raise NotApprovable(f"Letter {old.id} was decided while another version was being written.")
    texts = f"text {old.letter.digest} became {new.letter.digest}"
    why = f"{texts}: {new.note}" if new.note else texts
    tx.journal.add(Entry(at=at, who=by, what="had written again", subject=old.id, why=why))
    tx.journal.add(Entry(at=at, who=ports.worker, what="drafted again", subject=new.id, why=f"for {old.id}"))
