"""Answers to creators: what they say, to whom, once, and what becomes of them when something newer comes."""

import re
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.policy import SMTP

import pytest

from agent.adapters.clock import FixedClock
from agent.adapters.offline import OfflineWriter
from agent.domain.brand import Fact, Pacing, Rights, Window
from agent.domain.draft import Draft, DraftStatus, RejectionReason, Severity
from agent.domain.errors import BadInput, NotApprovable, NotFound
from agent.domain.ids import OutreachId, ReplyId
from agent.domain.letter import ReceiptKind
from agent.domain.outreach import OutreachStatus
from agent.usecases.drafting_answers import draft_answer, draft_answers, propose_answers
from agent.usecases.reading import fetch_mail
from agent.usecases.reviewing import approve, edit, reject, review
from agent.usecases.sending import send_due
from tests.builders import NOW, a_brand, euros
from tests.fakes import ListMailbox, make_ports, quiet
from tests.unit.usecases.talking import (
    HANDLE,
    QUESTION,
    YES,
    answered,
    approved_answer,
    hears,
    offering,
    replies,
    the_draft,
    wrote_back,
)
from tests.unit.usecases.world import (
    CAMPAIGN,
    READER,
    a_world,
    accepted,
    an_answer,
    approved,
    sent,
    the_campaign,
)

OUTREACH = OutreachId(f"o-{HANDLE}")


def codes(draft: Draft) -> set[str]:
    return {finding.code for finding in draft.findings}


def test_a_question_about_the_offer_is_answered_from_the_offer() -> None:
    ports, _ = wrote_back(QUESTION)
    draft = answered(ports)
    assert draft.status is DraftStatus.PENDING
    assert draft.answers == replies(ports)[0].id
    assert any(
        phrase in draft.letter.text
        for phrase in ("rien à publier", "Aucune publication", "Rien ne vous oblige")
    )


def test_a_question_about_the_brand_is_answered_with_its_fact() -> None:
    ports, _ = wrote_back("Bonjour, combien de temps sèchent vos savons ?")
    draft = answered(ports)
    assert "pain sèche six semaines" in draft.letter.text
    assert [r.ref for r in draft.letter.receipts if r.kind is ReceiptKind.FACT] == ["cure"]


def test_each_of_several_questions_is_answered() -> None:
    ports, _ = wrote_back("Bonjour, faut-il publier quelque chose ? Et combien de temps sèche le savon ?")
    draft = answered(ports)
    assert draft.status is DraftStatus.PENDING
    assert "six semaines" in draft.letter.text
    assert any(word in draft.letter.text for word in ("publier", "publication", "en parler"))


def test_a_question_that_nothing_on_file_answers_blocks_until_a_person_answers_it() -> None:
    ports, _ = wrote_back("Bonjour, la livraison est-elle possible en point relais ?")
    draft = answered(ports)
    assert draft.status is DraftStatus.BLOCKED
    assert codes(draft) == {"answers.open"}
    assert "point relais" in draft.findings[0].advice
    assert "[?" in draft.letter.text
    gone = re.sub(r"\[\?[^]]*\]", "Oui, la livraison en point relais est possible.", draft.letter.text)
    shown = edit(ports, draft.id, subject=draft.letter.subject, text=gone, by=READER)
    assert "answers.open" not in codes(shown.draft)
    assert shown.draft.status is DraftStatus.PENDING, shown.draft.findings


def test_a_person_may_answer_what_no_record_says_but_promises_no_money() -> None:
    ports, _ = wrote_back("Bonjour, la livraison est-elle possible en point relais ?")
    draft = answered(ports)
    answer = "Oui, la livraison en point relais est possible, et nous vous payons 50 €."
    gone = re.sub(r"\[\?[^]]*\]", answer, draft.letter.text)
    shown = edit(ports, draft.id, subject=draft.letter.subject, text=gone, by=READER)
    blocking = {f.code for f in shown.draft.findings if f.severity is Severity.BLOCK}
    assert "commitments.amount" in blocking
    assert not blocking & {"receipts.stray", "receipts.brand_claim"}


def test_with_the_fact_added_to_the_brand_the_question_is_answered() -> None:
    ports, _ = wrote_back("Bonjour, la livraison est-elle possible en point relais ?")
    first = answered(ports)
    reject(ports, first.id, reason=RejectionReason.OTHER, by=READER)
    relay = Fact(id="relais", text="Nos colis sont livrés à domicile ou en point relais.")
    with ports.store.write() as tx:
        tx.brands.save(a_brand(facts=(*a_brand().facts, relay)))
    assert relay.text in answered(ports).letter.text


def test_a_yes_is_answered_with_the_terms_the_next_step_and_the_disclosure() -> None:
    ports, _ = wrote_back(YES)
    offering(ports, rights=Rights(months=6))
    text = answered(ports).letter.text
    assert "savon à froid au romarin" in text
    assert "9\u202f€" in text
    assert "Collaboration commerciale" in text
    assert "6\u202fmois" in text or "6 mois" in text
    assert "adresse" in text
    assert "page" in text


def test_who_gave_an_address_is_not_asked_for_it_again() -> None:
    ports, _ = wrote_back("Oui, avec plaisir ! Mon adresse : 12 rue des Lilas, 69003 Lyon.")
    text = answered(ports).letter.text
    assert "dresse postale" in text
    assert "Lilas" not in text
    assert not any(asks in text for asks in ("puis-je", "il me faut", "Il me manque", "Pourriez-vous"))


def test_where_nothing_is_sent_no_address_is_asked_for() -> None:
    ports, _ = wrote_back(YES)
    offering(ports, gift=None, cash=euros("150"), deliverables=("une vidéo",))
    draft = answered(ports)
    assert "adresse" not in draft.letter.text
    assert "150\u202f€" in draft.letter.text
    assert "une vidéo" in draft.letter.text
    shown = edit(
        ports,
        draft.id,
        subject=draft.letter.subject,
        text=f"{draft.letter.text}\n\nQuelle est votre adresse postale ?\n\nCamille",
        by=READER,
    )
    assert "answers.address" in codes(shown.draft)


def test_whoever_asks_for_the_source_of_the_address_gets_the_whole_notice_again() -> None:
    ports, _ = wrote_back("Bonjour, comment avez-vous trouvé mon adresse ?")
    draft = answered(ports)
    assert draft.status is DraftStatus.PENDING, draft.findings
    shown = review(ports, draft.id)
    assert shown.outgoing is not None
    assert "https://instagram.example/lison.sans.flacon" in shown.outgoing.body
    assert "1er octobre 2026" in shown.outgoing.body


def test_an_answer_goes_into_their_thread_under_its_subject() -> None:
    ports = a_world()
    delivery, _ = sent(ports)
    theirs = f"Re: {message_from_bytes(delivery.raw, policy=SMTP)['Subject']}"
    told = hears(ports, delivery, QUESTION, subject=theirs)
    draft = answered(told)
    approved_answer(told, draft)
    send_due(told)
    mail = message_from_bytes(accepted(told)[-1], policy=SMTP)
    assert isinstance(told.mail_reader, ListMailbox)
    question = message_from_bytes(told.mail_reader.messages[0], policy=SMTP)
    assert mail["In-Reply-To"] == question["Message-ID"]
    assert mail["References"].split() == [delivery.message_id, question["Message-ID"]]
    assert mail["Subject"] == theirs
    assert mail["To"] == question["From"] or question["From"] in mail["To"]


def test_a_message_id_that_a_stranger_bent_is_not_repeated() -> None:
    ports = a_world()
    delivery, _ = sent(ports)
    told = hears(ports, delivery, QUESTION, headers={"References": f"<{'x' * 400}@far.example>"})
    shown = review(told, answered(told).id)
    assert shown.outgoing is not None
    assert all(len(each) < 100 for each in shown.outgoing.references)


def test_an_answer_is_sent_and_counted_like_any_letter() -> None:
    ports, _ = wrote_back(YES)
    approved_answer(ports, answered(ports))
    report = send_due(ports)
    assert len(report.sent) == 1
    with ports.store.read() as tx:
        outreach = tx.outreach.get(OUTREACH)
    assert outreach is not None
    assert (outreach.touches_sent, outreach.status) == (2, OutreachStatus.IN_CONVERSATION)
    assert outreach.next_touch_at is None


def test_a_reply_is_answered_once() -> None:
    ports, _ = wrote_back(QUESTION)
    answered(ports)
    with pytest.raises(BadInput, match="waits for a decision"):
        answered(ports)
    assert draft_answers(ports, CAMPAIGN, progress=quiet).written == 0


def test_a_sent_answer_is_not_drafted_again() -> None:
    ports, _ = wrote_back(QUESTION)
    approved_answer(ports, answered(ports))
    with pytest.raises(BadInput, match="on its way"):
        answered(ports)
    send_due(ports)
    with pytest.raises(BadInput, match="answered already"):
        answered(ports)


def test_a_rejected_answer_can_be_drafted_again() -> None:
    ports, _ = wrote_back(QUESTION)
    reject(ports, answered(ports).id, reason=RejectionReason.TASTE, by=READER)
    assert answered(ports).status is DraftStatus.PENDING


@pytest.mark.parametrize(
    ("newer", "why"),
    [
        ("Finalement, faut-il une mention particulière ?", "they wrote again"),
        ("Non merci, finalement ce n’est pas pour moi.", "an answer came in"),
        ("Merci de ne plus m’écrire et de retirer mon adresse de votre fichier.", ""),
    ],
)
def test_whatever_they_write_next_withdraws_an_open_answer(newer: str, why: str) -> None:
    ports, delivery = wrote_back(QUESTION)
    draft = answered(ports)
    hears(ports, delivery, newer)
    stored = the_draft(ports, draft)
    assert stored.status is DraftStatus.SUPERSEDED
    assert why in stored.note
    assert stored.note
    with pytest.raises(NotApprovable):
        approve(ports, draft.id, seal=str(review(ports, draft.id).seal), by=READER)


def test_an_approved_answer_that_has_not_left_is_called_off_by_a_newer_message() -> None:
    ports, delivery = wrote_back(QUESTION)
    approved_answer(ports, answered(ports))
    told = hears(ports, delivery, "Encore une chose : quand partirait-il ?")
    report = send_due(told)
    assert not report.sent
    with told.store.read() as tx:
        states = {each.touch: each for each in tx.deliveries.of_outreach(OUTREACH)}
    assert states[2].state.value == "cancelled"
    assert "wrote again" in states[2].reason


def test_an_absence_note_changes_nothing_about_an_answer() -> None:
    ports, delivery = wrote_back(QUESTION)
    draft = answered(ports)
    hears(ports, delivery, "Je suis absente jusqu’au 7 décembre 2026 inclus.", subject="Réponse automatique")
    assert the_draft(ports, draft).status is DraftStatus.PENDING


def test_only_the_newest_message_is_answered() -> None:
    ports, _ = wrote_back(QUESTION, "Et combien de temps sèche le savon ?")
    with pytest.raises(BadInput, match="wrote again"):
        answered(ports, 0)
    assert answered(ports, 1).status is DraftStatus.PENDING


def test_a_changed_reply_voids_the_seal() -> None:
    ports, _ = wrote_back(QUESTION)
    draft = answered(ports)
    seal = str(review(ports, draft.id).seal)
    reply = replies(ports)[0]
    with ports.store.write() as tx:
        tx.inbox.file(replace(reply, text="Bonjour, est-ce rémunéré ?"))
    assert review(ports, draft.id).seal != seal


def test_without_its_reply_an_answer_cannot_leave() -> None:
    ports, _ = wrote_back(QUESTION)
    draft = answered(ports)
    reply = replies(ports)[0]
    with ports.store.write() as tx:
        tx.inbox.file(replace(reply, id=ReplyId("r-other")))
    shown = review(ports, draft.id)
    assert shown.seal is None
    assert "not on file any more" in shown.problem


def test_an_answer_waits_for_no_gap_but_for_the_window() -> None:
    ports, _ = wrote_back(QUESTION)
    slow = a_brand(
        sender=replace(a_brand().sender, pacing=Pacing(gap=timedelta(hours=3), window=Window(always=True)))
    )
    with ports.store.write() as tx:
        tx.brands.save(slow)
    approved_answer(ports, answered(ports))
    assert len(send_due(ports).sent) == 1
    asleep, delivery = wrote_back(QUESTION)
    with asleep.store.write() as tx:
        tx.brands.save(a_brand(sender=replace(a_brand().sender, pacing=Pacing(window=Window()))))
    approved_answer(asleep, answered(asleep))
    night = replace(asleep, clock=FixedClock(NOW.replace(hour=23)))
    assert [line.reason for line in send_due(night).held]
    assert delivery.touch == 1


def test_an_answer_leaves_before_letters_that_have_waited_longer() -> None:
    ports = a_world(HANDLE, "margot", "jeanne")
    delivery, _ = sent(ports)
    approved(ports, "margot")
    approved(ports, "jeanne")
    told = hears(replace(ports, clock=FixedClock(NOW + timedelta(minutes=5))), delivery, QUESTION)
    approved_answer(told, answered(told))
    assert send_due(told).sent[0].to == delivery.envelope_to


def test_an_answer_to_another_address_than_theirs_is_pointed_out() -> None:
    ports = a_world()
    delivery, _ = sent(ports)
    told = hears(ports, delivery, QUESTION, sender="lison@home.example")
    draft = answered(told)
    assert codes(draft) == {"answers.another_address"}
    assert draft.status is DraftStatus.PENDING
    assert approved_answer(told, draft).envelope_to == delivery.envelope_to


def test_a_no_is_not_answered_and_an_unknown_reply_is_told() -> None:
    ports, _ = wrote_back("Non merci, ce n’est pas pour moi.")
    with pytest.raises(BadInput, match="a person's own words"):
        answered(ports)
    with pytest.raises(NotFound):
        draft_answer(ports, ReplyId("r-nobody"))


def test_answers_of_a_campaign_are_drafted_together_and_reported() -> None:
    handles = ("a", "b", "c")
    ports = a_world(*handles)
    raws = []
    for handle, text in zip(handles, (YES, QUESTION, "Livrez-vous en point relais ?"), strict=True):
        delivery, _ = sent(ports, handle)
        raws.append(an_answer(delivery, text))
    told = replace(ports, mail_reader=ListMailbox(raws))
    fetch_mail(told)
    report = draft_answers(told, CAMPAIGN, progress=quiet)
    assert (report.pending, report.blocked, report.failed) == (2, 1, [])


def test_in_the_background_only_campaigns_that_say_so_are_answered() -> None:
    ports, _ = wrote_back(QUESTION)
    assert not propose_answers(ports).proposed
    with ports.store.write() as tx:
        tx.brands.save_campaign(the_campaign(draft_answers=True))
    assert len(propose_answers(ports).proposed) == 1
    assert not propose_answers(ports).proposed


def test_a_yes_that_waits_for_an_answer_is_not_thanked_for() -> None:
    ports, _ = wrote_back("Oui peut-être, mais avant de dire oui : faut-il publier quelque chose ?")
    assert "oui, " not in answered(ports).letter.text.split("\n\n")[1].casefold()


def test_answers_in_one_campaign_differ() -> None:
    handles = tuple(f"h{number:02}" for number in range(12))
    ports = a_world(*handles, ports=make_ports(writers={"offline": OfflineWriter()}))
    texts = []
    for handle in handles:
        delivery, _ = sent(ports, handle)
        ports = hears(ports, delivery, YES)
        texts.append(answered(ports).letter.text)
    assert len(set(texts)) == len(texts)
