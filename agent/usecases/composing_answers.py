"""Puts answers together: what a writer found, what the offer and the records say, and what stays open.

A question that nothing on file answers becomes a gap, `[? … ]`, that only a person can fill: the gate blocks
the letter until then.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from agent.domain.answering import gap
from agent.domain.channel import Channel, direct_messages_on
from agent.domain.letter import Letter, Paragraph, Receipt, ReceiptKind, Sentence, Words, reply_subject
from agent.ports import Assignment
from agent.usecases import composing
from agent.usecases.asking import SETTLED_BY_YES, WHOLE_OFFER, Resolved, plan, said_yes, tags

_RESTS_ON: Mapping[str, str] = {"cash": "cash", "affiliate": "affiliate", "commission": "affiliate",
                                "deliverables": "deliverables", "rights": "rights",
                                "disclosure": "disclosure"}  # fmt: skip
_OTHERWISE = "obligation"
_BY_SLOT: Mapping[str, str] = {"gift": "gift", "value": "gift", "cash": "cash", "rate": "affiliate",
                               "deliverables": "deliverables", "months": "rights",
                               "deadline": "deadline"}  # fmt: skip
# which of a letter's slots a section shares its draw with, so that no two letters of a campaign are alike
_DRAWN_AS: Mapping[str, str] = {"parcel": "reason", "brief": "bridge"}
_ABOUT_NOBODY = frozenset({"who", "stop"})
_IN_THE_NOTICE = frozenset({"source", "data"})
# a street and a postcode, as people write them: whoever gave an address is not asked for it again
_POSTAL = re.compile(
    r"\b\d{1,5}\s?(?:bis|ter)?,?\s+(?:rue|avenue|av\.?|boulevard|bd|chemin|place|impasse|all[ée]e|route|quai|"
    r"cours|square)\b|\b\d{1,5}\s+(?:\w+\s+){1,4}(?:street|st|avenue|ave|road|rd|lane|ln|drive|dr|boulevard|"
    r"blvd|court|ct|way|place|pl)\b|\bp\.?\s?o\.?\s?box\s+\d+",
    re.IGNORECASE,
)


def assemble(words: Words, assignment: Assignment) -> Letter:
    """Return the answer: thanks, what was asked, after a yes the terms and what happens next, closing."""
    language = composing.known_language(assignment.language)
    ours = tuple(_answers(assignment))
    # who writes comes before what the brand is
    first = tuple(each for each in ours if not each.receipts)
    rest = tuple(each for each in ours if each.receipts)
    answers = (*first, *words.bridge, *rest, *(Sentence(text=gap(text)) for text in words.open))
    ending: tuple[Paragraph, ...] = ((words.ask,),)
    if said_yes(assignment):
        ending = (tuple(_terms(assignment)), (*_next(assignment), words.ask))
    paragraphs = (words.opening, answers, *ending)
    direct = assignment.channel is Channel.DM
    made = Letter(
        language=language,
        subject="",
        greeting=composing.greeting(assignment.creator, language=language, texts=assignment.texts),
        paragraphs=tuple(paragraph for paragraph in paragraphs if paragraph),
        closing=composing.signature(assignment.brand) if direct else composing.closing(assignment),
    )
    # the thread's subject to the letter: theirs, if they changed it, is a stranger's text
    return replace(composing.set_in_type(made, assignment.creator), subject=_subject(assignment))


def _subject(assignment: Assignment) -> str:
    first = next((earlier.subject for earlier in assignment.thread if earlier.subject), "")
    return reply_subject(first) if first and assignment.channel is Channel.EMAIL else ""


def _answers(assignment: Assignment) -> Iterator[Sentence]:
    """Yield what the records say to each question, each topic once, in the order of the questions."""
    settled = SETTLED_BY_YES if said_yes(assignment) else frozenset[str]()
    topics = dict.fromkeys(topic for each in plan(assignment) for topic in each.topics)
    for topic in topics:
        if topic not in settled:
            yield from _topic(topic, assignment)


def _topic(topic: str, assignment: Assignment) -> Paragraph:
    if topic != WHOLE_OFFER:
        return tuple(_told(topic, assignment))
    # in other words than the first letter's
    again = replace(assignment, touch=1, attempt=assignment.attempt + 1, turn=None)
    return composing.offer_sentences(again)


def _terms(assignment: Assignment) -> Iterator[Sentence]:
    offer = assignment.campaign.offer
    held = (
        ("gift", offer.gift is not None),
        ("cash", offer.cash is not None),
        ("affiliate", offer.affiliate is not None),
        ("deliverables", bool(offer.deliverables)),
        ("disclosure", True),
        # a message has little room, and the page with the terms repeats them
        ("rights", offer.rights is not None and assignment.channel is Channel.EMAIL),
    )
    for section, is_held in held:
        if is_held:
            yield from _told(section, assignment)


def _next(assignment: Assignment) -> Iterator[Sentence]:
    if assignment.campaign.offer.gift is not None:
        yield from _told("parcel", assignment)
    yield from _told("brief", assignment)


def _told(section: str, assignment: Assignment) -> Iterator[Sentence]:
    phrases = assignment.texts.phrases("letters/terms", assignment.language)
    form = composing.register(assignment)
    forms = phrases.forms(section, tags(assignment) | _reply_tags(assignment), register=form)
    fitting = composing.unbanned(forms, assignment)
    if not fitting:
        return
    chosen = composing.chosen(fitting, assignment, _DRAWN_AS.get(section, section))
    values = _values(assignment)
    for text in chosen.sentences(form):
        receipts = () if section in _ABOUT_NOBODY else (_receipt(section, text, assignment),)
        yield Sentence(text=phrases.render(text, values), receipts=receipts)


def _reply_tags(assignment: Assignment) -> set[str]:
    answering = assignment.answering
    if answering is None:
        return set()
    given = {"address_given"} if _POSTAL.search(answering.reply.text) else set()
    return given | ({"link"} if _link(assignment) else set())


def _link(assignment: Assignment) -> str:
    answering = assignment.answering
    room = direct_messages_on(assignment.creator.platform)
    if answering is None or (assignment.channel is Channel.DM and (room is None or not room.links)):
        return ""
    return answering.brief_url or ""


def _receipt(section: str, text: str, assignment: Assignment) -> Receipt:
    if section in _IN_THE_NOTICE:
        return Receipt(kind=ReceiptKind.NOTICE, ref="notice")
    offer = assignment.campaign.offer
    slots = re.findall(r"{{\s*(\w+)", text)
    term = next((_BY_SLOT[slot] for slot in slots if slot in _BY_SLOT), _RESTS_ON.get(section, _OTHERWISE))
    is_there = term in {"deliverables", "disclosure", _OTHERWISE} or getattr(offer, term) is not None
    return Receipt(kind=ReceiptKind.OFFER, ref=term if is_there else _OTHERWISE)


def _values(assignment: Assignment) -> dict[str, object]:
    offer, brand = assignment.campaign.offer, assignment.brand
    names = assignment.texts.phrases("letters/offer", assignment.language)
    deadline = (
        composing.date_words(
            offer.deadline, assignment.language, today=assignment.today, country=assignment.creator.country
        )
        if offer.deadline is not None
        else ""
    )
    return composing.offer_values(offer, assignment, names) | {
        "deadline": deadline,
        "link": _link(assignment),
        "brand": brand.name,
        "sender": brand.sender.name,
    }


def open_questions(resolved: tuple[Resolved, ...]) -> tuple[str, ...]:
    """Return the questions that nothing on file answers, as they stand in the message."""
    return tuple(each.question.text for each in resolved if each.is_open)
