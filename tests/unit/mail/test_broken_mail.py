"""Mails broken on purpose are read like any other; `python -m bench mail` breaks ten times as many."""

from agent.domain.inbound import parse
from agent.domain.reading import read
from bench.broken_mail import WAYS, broken
from tests.unit.mail.samples import SAMPLES
from tests.unit.mail.test_reading import TODAY


def test_two_hundred_broken_mails_are_read() -> None:
    mails = list(broken(SAMPLES, seed=1, count=200))
    assert mails == list(broken(SAMPLES, seed=1, count=200))
    assert len(WAYS) == 12
    for mail in mails:
        found = parse(mail)
        assert "\0" not in found.text
        read(found, today=TODAY)
