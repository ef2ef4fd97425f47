"""The texts of a rehearsal: the product's own reader takes each as it is meant."""

from datetime import UTC, date, datetime

import pytest

from agent.domain.inbound import parse
from agent.domain.reading import read
from agent.domain.replies import Blame, ReplyKind
from agent.usecases.rehearsing_mails import Received, absence, answer, bounce, complaint, texts
from tests.builders import NOW, a_delivery

AT = datetime(2026, 10, 8, 9, 0, tzinfo=UTC)
MEANT = {
    "interested": ReplyKind.INTERESTED,
    "question": ReplyKind.QUESTION,
    "declined": ReplyKind.DECLINED,
    "manager": ReplyKind.MANAGER,
    "late": ReplyKind.INTERESTED,
    "stop": ReplyKind.OPTED_OUT,
}
EVERY_TEXT = [
    (kind, language, variant)
    for kind in MEANT
    for language in ("fr", "en")
    for variant in range(2 * len(texts(kind, language)))  # each in plain text and with HTML beside it
]


def received(language: str) -> Received:
    return Received(
        delivery=a_delivery(),
        name="Solène Petit-Jean",
        language=language,
        country=None,
        subject="votre savon au romarin",
        sender="Camille Aubert",
    )


@pytest.mark.parametrize(("kind", "language", "variant"), EVERY_TEXT)
def test_an_answer_is_read_as_it_is_meant(kind: str, language: str, variant: int) -> None:
    parsed = parse(answer(received(language), kind=kind, variant=variant, at=AT, serial=1))
    assert read(parsed, today=AT.date()).kind is MEANT[kind], parsed.text
    assert parsed.in_reply_to == (a_delivery().message_id,)
    assert "{" not in parsed.text


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("kind", [*MEANT, "away"])
def test_there_are_several_of_each_kind_in_both_languages(kind: str, language: str) -> None:
    assert len(set(texts(kind, language))) >= 3


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("variant", range(3))
def test_an_absence_names_a_day_near_the_return(language: str, variant: int) -> None:
    back, last = date(2026, 10, 20), date(2026, 10, 19)
    raw = absence(received(language), variant=variant, back=back, last=last, at=AT, serial=1)
    reading = read(parse(raw), today=AT.date())
    assert reading.kind is ReplyKind.OUT_OF_OFFICE
    assert reading.until in {back, date(2026, 10, 21)}


@pytest.mark.parametrize(("is_permanent", "blame"), [(True, Blame.PERMANENT), (False, Blame.TEMPORARY)])
def test_a_bounce_says_whose_it_is(is_permanent: bool, blame: Blame) -> None:  # noqa: FBT001 - a case of a table
    parsed = parse(bounce(received("fr"), is_permanent=is_permanent, at=AT, serial=1))
    assert read(parsed, today=AT.date()).kind is ReplyKind.BOUNCE
    assert [each.blame for each in parsed.failed] == [blame]
    assert parsed.original_message_id == a_delivery().message_id


def test_a_complaint_comes_from_the_provider() -> None:
    parsed = parse(complaint(received("en"), at=NOW, serial=1))
    assert parsed.is_complaint
    assert read(parsed, today=NOW.date()).kind is ReplyKind.COMPLAINT
