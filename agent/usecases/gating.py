"""Putting a written draft through the gate."""

from dataclasses import replace
from datetime import datetime
from functools import cache

import prompts
from agent.domain.answering import Answered, without_gaps
from agent.domain.channel import Channel
from agent.domain.draft import Draft, Finding, Severity
from agent.domain.gate import Case, Sketch, check, order_runs, sketch, unanswered, vouched
from agent.ports import Earlier, Ports, Transaction
from agent.usecases.composing import LANGUAGES
from agent.usecases.lookup import Context, the_context_of
from agent.usecases.native import native_table
from agent.usecases.outgoing import body_of, footer_of, legal_lines_for
from agent.usecases.prompting import texts_for
from agent.usecases.thread import earlier_letters
from prompts import FILES, Texts

_TOLD = ("model/first_touch", "model/follow_up", "model/answer")
_SYSTEM_END = "\n%%\n"  # above it stands what is the same for all letters


def gated(ports: Ports, tx: Transaction, draft: Draft, *, at: datetime, is_kept: bool = True) -> Draft:
    """Return the written draft as the gate leaves it: blocked or pending, with its findings.

    One that is not kept is only tried: other letters are not compared with it afterwards.
    """
    return draft.gated(findings_for(ports, tx, draft, at=at, is_kept=is_kept), at=at)


def findings_for(
    ports: Ports,
    tx: Transaction,
    draft: Draft,
    *,
    at: datetime,
    known: Context | None = None,
    is_kept: bool = True,
) -> tuple[Finding, ...]:
    """Return what the gate says about a draft, from the store as it is now.

    `known` is the draft's outreach with all who take part, where this transaction has read it already.
    """

    def look() -> tuple[Finding, ...]:
        context = the_context_of(tx, draft, known=known)
        ports.recall.read(tx, context.campaign.id)
        thread = earlier_letters(tx, draft.outreach_id, before_touch=draft.touch)
        texts = texts_for(tx, context.campaign)
        return judged(ports, context, thread, draft, at=at, texts=texts, is_kept=is_kept)

    return ports.judge(draft, look)


def judged(
    ports: Ports,
    context: Context,
    thread: tuple[Earlier, ...],
    draft: Draft,
    *,
    at: datetime,
    texts: Texts = FILES,
    is_kept: bool = True,
) -> tuple[Finding, ...]:
    """Return what the gate says about a draft, from these records of it and the wordings of `texts`."""
    letter, gaps = without_gaps(draft.letter) if draft.answers is not None else (draft.letter, ())
    draft = replace(draft, letter=letter)
    unsubscribe = ports.links.unsubscribe(draft.outreach_id)
    legal_lines = legal_lines_for(context, draft, unsubscribe)
    footer = footer_of(draft, legal_lines)
    case = Case(
        letter=draft.letter,
        body=body_of(draft, footer),
        footer=footer,
        creator=context.creator,
        brand=context.brand,
        campaign=context.campaign,
        touch=draft.touch,
        language=letter_language(context),
        detected_language=ports.languages.detect(_own_words(draft)),
        legal_lines=legal_lines,
        allowed_links=_our_links(ports, context, draft, unsubscribe),
        earlier=tuple(letter.body for letter in thread),
        today=at.date(),
        thread_subject=thread[0].subject if thread else "",
        neighbours=_neighbours(ports, context),
        writer_orders=_writer_orders(draft.letter.language),
        channel=draft.channel,
        native=native_table(draft.letter.language, texts),
        answered=_answered(context, draft),
        subject_by_person=_has_a_persons_subject(draft),
        opening_by_person=_has_a_persons_opening(draft),
    )
    found = (*unanswered(gaps), *check(case))
    if draft.answers is not None and draft.first_letter is not None and draft.edited_by is not None:
        found = vouched(found, written=draft.first_letter.text)
    if gaps:
        # what is to be written yet counts for the length
        found = tuple(finding for finding in found if finding.code != "shape.length")
    if not is_kept:
        return found
    if any(finding.severity is Severity.BLOCK for finding in found):
        # what was stopped is told to nobody: of two letters alike one may stay
        ports.recall.forget(context.campaign.id, context.outreach.id)
    else:
        ports.recall.keep(context.campaign.id, context.outreach.id, sketch(draft.letter))
    return found


def _has_a_persons_subject(draft: Draft) -> bool:
    first = draft.first_letter
    return draft.edited_by is not None and first is not None and first.subject != draft.letter.subject


def _has_a_persons_opening(draft: Draft) -> bool:
    first = draft.first_letter
    return (
        draft.edited_by is not None
        and first is not None
        and first.paragraphs[:1] != draft.letter.paragraphs[:1]
    )


def _answered(context: Context, draft: Draft) -> Answered | None:
    if context.answered is None:
        return None
    return Answered(reply=context.answered, by_person=draft.edited_by is not None)


def letter_language(context: Context) -> str:
    """Return the language to write in: the creator's where the campaign speaks it, else the brand's."""
    language = context.creator.language
    spoken = context.campaign.languages
    if language is not None and (not spoken or language in spoken):
        return language
    return spoken[0] if spoken else context.brand.language


def _neighbours(ports: Ports, context: Context) -> tuple[Sketch, ...]:
    campaign = context.campaign.id
    if not ports.recall.knows(campaign):
        with ports.store.read() as tx:
            ports.recall.read(tx, campaign)
    return ports.recall.others(campaign, context.outreach.id)


@cache
def _writer_orders(language: str) -> Sketch:
    """Return the runs of what the files tell a model to do; none in a language without such texts."""
    if language not in LANGUAGES:
        return frozenset()
    told = (prompts.load(name, language).body.partition(_SYSTEM_END)[0] for name in _TOLD)
    return frozenset(run for text in told for run in order_runs(text))


def _own_words(draft: Draft) -> str:
    text = draft.letter.text
    for receipt in draft.letter.receipts:
        if receipt.about_creator and receipt.quote:
            text = text.replace(receipt.quote, "")
    return text


def _our_links(ports: Ports, context: Context, draft: Draft, unsubscribe: str | None) -> tuple[str, ...]:
    if draft.channel is Channel.DM:
        return ()  # a message's own words hold no link; its legal lines hold one where it is welcome
    links = (
        context.brand.website,
        context.brand.privacy_url,
        context.brand.sender.email,
        unsubscribe,
        ports.links.brief(context.outreach.id) if context.answered is not None else None,
        context.creator.address.provenance.url
        if context.creator.address and context.creator.address.provenance
        else None,
    )
    return tuple(link for link in links if link)
