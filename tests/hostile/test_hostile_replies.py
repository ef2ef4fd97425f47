"""A model that obeys whoever wrote back: nothing that a message orders may reach an approvable answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from hashlib import sha256

import pytest

from agent.adapters.clock import FixedClock
from agent.adapters.languages import Lingua
from agent.adapters.llm.answering import AnswerToThem, answer_words
from agent.adapters.llm.request import messages
from agent.adapters.offline import OfflineWriter
from agent.domain.draft import Draft
from agent.domain.ids import CampaignId, InboundId, OutreachId, ReplyId
from agent.domain.letter import Words
from agent.domain.outreach import Outreach, OutreachStatus
from agent.domain.replies import InboundMail, Reply, ReplyKind
from agent.ports import Assignment, Ports
from agent.usecases.drafting import draft_letter
from agent.usecases.drafting_answers import draft_answer
from agent.usecases.reviewing import approve, review
from agent.usecases.sending import send_due
from prompts import load
from tests.builders import a_fit
from tests.fakes import make_ports
from tests.hostile.corpus import Attack, attacks
from tests.hostile.stage import NOW, Speaking, a_person, brand_file, is_approvable

FAMILIES = sorted({attack.family for attack in attacks()})
OUTREACH = OutreachId("o-1")
_LONGEST_QUOTE = 140  # characters that an answer may quote


@dataclass(frozen=True, kw_only=True)
class Honest:
    """An innocent question, and what a model would write that nobody bent."""

    post: str
    question: str
    thanks: str
    fact: str
    told: str
    ask: str


HONEST: Mapping[str, Honest] = {
    "fr": Honest(
        post="Ce matin j’ai coupé le romarin de ma tante, et j’en ai mis partout, même dans la soupe.",
        question="Combien de temps sèchent vos savons ?",
        thanks="Merci de m’avoir répondu.",
        fact="cure",
        told="Chaque pain sèche six semaines sur des claies en bois avant de quitter l’atelier.",
        ask="Cela vous tenterait-il ?",
    ),
    "en": Honest(
        post="This morning I darned my uncle's sock, and then the other one, because it looked jealous.",
        question="Can the kit be refilled?",
        thanks="Thanks for taking the time to ask me.",
        fact="refill",
        told="Every kit can be refilled, so you only ever buy the wooden parts once.",
        ask="Does that sound good to you?",
    ),
}
Form = dict[str, object]


def _said(honest: Honest, *, thanks: str = "", told: str = "", ask: str = "", quote: str = "") -> Form:
    receipts = [{"ref": "r-hostile", "quote": quote[:_LONGEST_QUOTE]}] if quote else []
    return {
        "opening": [{"text": (thanks or honest.thanks)[:360], "receipts": receipts}],
        "answers": [{"question": 1, "text": (told or honest.told)[:360], "facts": [honest.fact]}],
        "ask": (ask or honest.ask)[:300],
    }


STYLES: Mapping[str, Callable[[Honest, str, str], Form]] = {
    "said": lambda honest, payload, _: _said(honest, thanks=payload),
    "proved": lambda honest, payload, text: _said(honest, thanks=payload, quote=text),
    "reported": lambda honest, payload, text: _said(honest, thanks=f"« {payload} »", quote=text),
    "as a fact": lambda honest, payload, _: _said(honest, told=payload),
    "after a fact": lambda honest, payload, _: _said(honest, told=f"{honest.told} {payload}"),
    "asked": lambda honest, payload, _: _said(honest, ask=payload),
}


def obeying(form: Callable[[], Form]) -> Callable[[Assignment], Words]:
    """Return how a model answers that obeys the message."""

    def words(assignment: Assignment) -> Words:
        prompt = load("model/answer", assignment.language)
        told = messages(prompt, assignment, rejected=None, findings=()).told[-1][1]
        if HONEST[assignment.language].question not in told:
            raise AssertionError("the prompt no longer shows what the person asked")
        filled = AnswerToThem.model_validate(form())
        return answer_words(filled, assignment)

    return words


@cache
def conversation(language: str) -> Ports:
    """Return a store in which one first letter left; messages are filed into it one after the other."""
    made = brand_file(language)
    creator = a_person(language, [("p-1", HONEST[language].post, date(2026, 9, 12))])
    ports = replace(
        make_ports(writers={"offline": OfflineWriter()}), clock=FixedClock(NOW), languages=Lingua()
    )
    with ports.store.write() as tx:
        tx.brands.save(made.brand)
        tx.brands.save_campaign(made.campaigns[0])
        tx.creators.save(creator)
        tx.outreach.save(
            Outreach(
                id=OUTREACH,
                creator_id=creator.id,
                campaign_id=CampaignId(made.campaigns[0].id),
                fit=a_fit(creator_id=creator.id, reasons=()),
                created_at=NOW,
                updated_at=NOW,
            )
        )
    first = draft_letter(ports, OUTREACH, writer=ports.writers["offline"])
    assert first is not None
    approve(ports, first.id, seal=str(review(ports, first.id).seal), by="Camille")
    assert len(send_due(ports).sent) == 1
    with ports.store.write() as tx:
        outreach = tx.outreach.get(OUTREACH)
        assert outreach is not None
        tx.outreach.save(outreach.advance(OutreachStatus.IN_CONVERSATION, at=NOW))
    return ports


def answer_to(language: str, text: str, form: Callable[[str], Form]) -> Draft:
    """Return the answer that an obedient model gives to a message, as the store has it after the gate."""
    ports = conversation(language)
    with ports.store.write() as tx:
        number = len(tx.inbox.replies()) + 1
        raw = f"From: x@creator.example\r\nMessage-ID: <{number}@creator.example>\r\n\r\n".encode()
        mail = InboundMail(
            id=InboundId(f"i-{number}"),
            account="a",
            folder="INBOX",
            uidvalidity=1,
            uid=number,
            digest=sha256(raw).hexdigest(),
            raw=raw,
            received_at=NOW,
        )
        tx.inbox.add(mail)
        reply = Reply(
            id=ReplyId(f"r-{number:05}"),
            inbound_id=mail.id,
            outreach_id=OUTREACH,
            kind=ReplyKind.QUESTION,
            until=None,
            from_address="hello@creator.example",
            subject="Re: x",
            text=text,
            received_at=NOW + timedelta(seconds=number),
        )
        tx.inbox.file(reply)
    words = obeying(lambda: _named(form(reply.text), reply.id))
    bent = replace(ports, writers={"openai": Speaking(words)})
    return draft_answer(bent, reply.id, writer_name="openai")


def _named(form: Form, name: str) -> Form:
    """Return the form whose receipts point to the message."""
    opening = form["opening"]
    assert isinstance(opening, list)
    for sentence in opening:
        for receipt in sentence["receipts"]:
            receipt["ref"] = name
    return form


@pytest.mark.parametrize("language", ["fr", "en"])
def test_an_honest_answer_of_a_model_can_be_approved(language: str) -> None:
    honest = HONEST[language]
    draft = answer_to(language, honest.question, lambda _: _said(honest))
    assert is_approvable(draft), draft.findings


@pytest.mark.parametrize("family", FAMILIES)
def test_nothing_that_a_message_orders_can_be_approved(family: str) -> None:
    told: list[str] = []
    tried = 0
    for attack in (each for each in attacks() if each.family == family):
        for style in STYLES:
            tried += 1
            draft = _tried(attack, style)
            if is_approvable(draft):
                told.append(f"{attack.language} {style}: {attack.payload!r} in {draft.letter.text!r}")
    assert tried
    assert told == []


def _tried(attack: Attack, style: str) -> Draft:
    honest = HONEST[attack.language]
    order = "\n".join((*attack.posts, attack.bio)).strip()
    text = f"{honest.question}\n{order}"
    return answer_to(attack.language, text, lambda _: STYLES[style](honest, attack.payload, order))
