"""The rules against answers as people write them, with a figure per kind."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from agent.domain.reading import read
from agent.domain.replies import Blame, FailedRecipient, ParsedMail, ReplyKind

TODAY = date(2026, 2, 20)
NO = {ReplyKind.DECLINED, ReplyKind.OPTED_OUT}


@dataclass(frozen=True)
class Answer:
    kind: ReplyKind
    text: str
    until: date | None


def _answers() -> list[Answer]:
    files = sorted(Path(__file__).parent.glob("answers*.txt"))
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    return [_answer(line) for line in lines if line.strip() and not line.startswith("#")]


def _answer(line: str) -> Answer:
    kind, text, *until = (cell.strip() for cell in line.split(" | "))
    return Answer(
        kind=ReplyKind(kind),
        text=text.replace("\\n", "\n"),
        until=date.fromisoformat(until[0]) if until else None,
    )


def _mail(text: str, *, subject: str = "Re: Une idée pour vous", **given: object) -> ParsedMail:
    fields: dict[str, object] = {
        "message_id": "<answer@creator.example>",
        "in_reply_to": ("<letter@brand.example>",),
        "references": ("<letter@brand.example>",),
        "from_address": "lea@creator.example",
        "from_name": "Léa",
        "subject": subject,
        "sent_on": None,
        "text": text,
        "is_automatic": False,
    }
    return ParsedMail(**{**fields, **given})  # type: ignore[arg-type]  # one dict for all fields


ANSWERS = _answers()


def test_nine_in_ten_answers_are_read_right(capsys: pytest.CaptureFixture[str]) -> None:
    total: Counter[ReplyKind] = Counter()
    right: Counter[ReplyKind] = Counter()
    wrong: list[str] = []
    for answer in ANSWERS:
        found = read(_mail(answer.text), today=TODAY).kind
        total[answer.kind] += 1
        right[answer.kind] += found is answer.kind
        if found is not answer.kind:
            wrong.append(f"{answer.kind}, read as {found}: {answer.text}")
    with capsys.disabled():
        figures = ", ".join(f"{kind} {right[kind]}/{total[kind]}" for kind in total)
        print(f"\n{sum(right.values())}/{sum(total.values())} answers: {figures}")  # noqa: T201 - a figure to read
    assert len(ANSWERS) >= 120
    assert sum(right.values()) / sum(total.values()) >= 0.9, "\n".join(wrong)


@pytest.mark.parametrize(
    "answer", [a for a in ANSWERS if a.kind is ReplyKind.OPTED_OUT], ids=lambda a: a.text
)
def test_every_wish_to_be_left_alone_is_heard(answer: Answer) -> None:
    assert read(_mail(answer.text), today=TODAY).kind is ReplyKind.OPTED_OUT


@pytest.mark.parametrize("answer", [a for a in ANSWERS if a.kind is ReplyKind.DECLINED], ids=lambda a: a.text)
def test_nothing_goes_on_after_a_no(answer: Answer) -> None:
    assert read(_mail(answer.text), today=TODAY).kind in NO


@pytest.mark.parametrize(
    "answer", [a for a in ANSWERS if a.kind not in NO and a.kind is not ReplyKind.OTHER], ids=lambda a: a.text
)
def test_nobody_is_silenced_who_did_not_say_no(answer: Answer) -> None:
    assert read(_mail(answer.text), today=TODAY).kind not in NO


@pytest.mark.parametrize("answer", [a for a in ANSWERS if a.until], ids=lambda a: a.text)
def test_the_first_day_they_are_available_is_found(answer: Answer) -> None:
    assert read(_mail(answer.text), today=TODAY).until == answer.until


@pytest.mark.parametrize(
    "subject", ["STOP", "Re: stop", "Unsubscribe", "Désinscription", "désabonnement svp"]
)
@pytest.mark.parametrize("automatic", [False, True])
def test_a_subject_alone_can_end_it(subject: str, *, automatic: bool) -> None:
    mail = _mail("", subject=subject, is_automatic=automatic)
    assert read(mail, today=TODAY).kind is ReplyKind.OPTED_OUT


def test_a_newsletter_with_an_unsubscribe_link_is_no_opt_out() -> None:
    footer = (
        "Our spring collection is here!\n\nShop now\n\nYou are receiving this because you bought from us.\n"
        "View in your browser | Manage preferences | Unsubscribe\nTo unsubscribe, click here: https://shop.example/u\n"
        "© 2026 Shop. All rights reserved.\nUnsubscribe"
    )
    assert read(_mail(footer, is_automatic=True), today=TODAY).kind is ReplyKind.AUTO
    assert read(_mail(footer), today=TODAY).kind is not ReplyKind.OPTED_OUT


def test_our_own_footer_is_not_their_wish() -> None:
    quoted = "Oui avec plaisir !\n\nPour ne plus recevoir de message, répondez STOP."
    assert read(_mail(quoted), today=TODAY).kind is ReplyKind.INTERESTED


def test_automatic_mail_with_an_absence_waits_and_other_automatic_mail_is_only_noted() -> None:
    absent = _mail("Merci, je reviens le 9 mars.", subject="Réponse automatique : Absence", is_automatic=True)
    assert read(absent, today=TODAY).kind is ReplyKind.OUT_OF_OFFICE
    assert read(absent, today=TODAY).until == date(2026, 3, 9)
    assert read(_mail("Ticket #12 created.", is_automatic=True), today=TODAY).kind is ReplyKind.AUTO


def test_bounces_and_complaints_are_told_by_their_form() -> None:
    failed = (FailedRecipient(address="lea@creator.example", blame=Blame.PERMANENT, reason="5.1.1"),)
    assert read(_mail("stop", failed=failed), today=TODAY).kind is ReplyKind.BOUNCE
    assert read(_mail("", is_complaint=True), today=TODAY).kind is ReplyKind.COMPLAINT


def test_a_mail_that_was_read_late_is_read_by_its_own_day() -> None:
    mail = _mail("Je suis en vacances, de retour lundi.", sent_on=date(2026, 2, 11))
    assert read(mail, today=TODAY).until == date(2026, 2, 16)


@pytest.mark.parametrize(
    "text",
    [
        "We refuse plastic at home, so yes, count me in",
        "I decided to skip coffee this year so your tea is perfect, yes please",
        "It doesn't feel like work at all, I'd love to",
    ],
)
def test_a_yes_beside_what_may_be_a_no_waits_for_a_person(text: str) -> None:
    assert read(_mail(text), today=TODAY).kind is ReplyKind.OTHER
