"""What of a model's sentences would pass, had it proved them well: each alone in an otherwise honest letter.

A model of the smallest kind cannot even copy the reference of a post, and that alone blocks its letters. A
better one could. So each of its sentences is put into the offline writer's letter to the same person, with
that letter's own true receipts, and what it adds to the gate's findings is counted.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from agent.adapters.offline import OfflineWriter
from agent.domain.draft import Draft, Origin, Severity
from agent.domain.errors import NanoreachError
from agent.domain.ids import CampaignId, DraftId
from agent.domain.letter import Sentence, Words
from agent.domain.outreach import Outreach
from agent.ports import Assignment, Ports
from agent.usecases.gating import judged
from agent.usecases.lookup import Context, the_context
from agent.usecases.making import assignment_for, letter_from
from bench.recorded import Answer


@dataclass(frozen=True, kw_only=True)
class Tried:
    """A sentence of a model, where it stood, and the codes that it brought; none where it would pass."""

    to: str
    place: str
    text: str
    codes: tuple[str, ...]


def try_sentences(
    ports: Ports, campaigns: Sequence[CampaignId], answers: Sequence[Answer]
) -> Iterator[Tried]:
    """Try every sentence of the answers once, in the letter that the offline writer has for the person."""
    said: dict[str, list[Words]] = {}
    for answer in answers:
        if answer.words is not None:
            said.setdefault(answer.to, []).append(answer.words)
    with ports.store.read() as tx:
        everybody = [each for campaign in campaigns for each in tx.outreach.of_campaign(campaign)]
    for outreach in everybody:
        yield from _of_person(ports, outreach, said)


def _of_person(ports: Ports, outreach: Outreach, said: dict[str, list[Words]]) -> Iterator[Tried]:
    at = ports.clock.now()
    with ports.store.read() as tx:
        context = the_context(tx, outreach.id)
        told = said.get(context.creator.handle, ())
        if not told:
            return
        assignment = assignment_for(tx, context, touch=1, thread=(), at=at)
    try:
        base = OfflineWriter().write(assignment).words
    except NanoreachError:
        return  # nothing of theirs can be quoted
    known = _blocking(ports, context, assignment, base)
    tried: set[tuple[str, str]] = set()
    for words in told:
        for place, sentence, whole in _planted(base, words):
            if (place, sentence) in tried:
                continue
            tried.add((place, sentence))
            codes = _blocking(ports, context, assignment, whole) - known
            yield Tried(
                to=context.creator.handle,
                place=place,
                text=sentence,
                codes=tuple(sorted({code for code, _ in codes})),
            )


def _planted(base: Words, words: Words) -> Iterator[tuple[str, str, Words]]:
    for one in words.opening:
        proven = Sentence(text=one.text, receipts=base.opening[0].receipts)
        yield "opening", one.text, replace(base, opening=(*base.opening, proven))
    for one in words.bridge:
        receipts = next((each.receipts for each in base.bridge if each.receipts), ())
        yield (
            "bridge",
            one.text,
            replace(base, bridge=(*base.bridge, Sentence(text=one.text, receipts=receipts))),
        )
    yield "ask", words.ask.text, replace(base, ask=words.ask)


def _blocking(
    ports: Ports, context: Context, assignment: Assignment, words: Words
) -> frozenset[tuple[str, str]]:
    at = ports.clock.now()
    draft = Draft(
        id=DraftId("d-1"),
        outreach_id=context.outreach.id,
        touch=1,
        letter=letter_from(words, assignment),
        origin=Origin(writer="openai", model="", prompt=""),
        created_at=at,
        updated_at=at,
    )
    found = judged(ports, context, (), draft, at=at)
    return frozenset((each.code, each.span) for each in found if each.severity is Severity.BLOCK)
