"""What commands print, and what an installation says about itself."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from agent.cli.doctor import check_names, examine
from agent.cli.options import moment
from agent.cli.output import plain
from agent.domain.draft import DraftStatus
from agent.domain.errors import BadInput
from agent.settings import Settings


@dataclass(frozen=True)
class Thing:
    name: str
    secret: str = field(repr=False)


def test_every_kind_of_value_has_a_json_form() -> None:
    at = datetime(2026, 11, 22, 16, 0, tzinfo=UTC)
    assert plain({"a": (1, 2.5, None, True), "b": {"x"}}) == {"a": [1, 2.5, None, True], "b": ["x"]}
    assert plain([at, date(2026, 1, 2)]) == ["2026-11-22T16:00:00+00:00", "2026-01-02"]
    assert plain([Decimal("9.50"), Path("/x"), DraftStatus.PENDING]) == ["9.50", "/x", "pending"]
    assert plain(timedelta(minutes=1)) == 60.0


def test_what_is_hidden_from_a_repr_is_hidden_from_json() -> None:
    assert plain(Thing(name="a", secret="s")) == {"name": "a"}


def test_a_value_without_a_form_is_an_error_not_a_guess() -> None:
    with pytest.raises(TypeError, match="object has no JSON form"):
        plain(object())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-28", datetime(2026, 11, 28, tzinfo=UTC)),
        ("2026-11-28T09:00", datetime(2026, 11, 28, 9, tzinfo=UTC)),
        ("2026-11-28T09:00+01:00", datetime(2026, 11, 28, 8, tzinfo=UTC)),
    ],
)
def test_a_moment_is_read_as_utc_without_a_zone(text: str, expected: datetime) -> None:
    assert moment(text) == expected


def test_a_moment_that_is_none_is_a_sentence() -> None:
    with pytest.raises(BadInput, match="“soon” is no time"):
        moment("soon")


def test_the_doctor_names_another_distribution_that_owns_one_of_our_names() -> None:
    clash = check_names(
        {"agent": ["nanoreach"], "jobs": ["django-jobs", "nanoreach"], "index": ["nanoreach"]}
    )
    assert not clash.is_well
    assert "django-jobs owns “jobs”" in clash.sentence
    assert "environment of its own" in clash.sentence
    assert check_names({"agent": ["nanoreach"]}).is_well


def test_a_fresh_home_is_well(tmp_path: Path) -> None:
    checks = examine(Settings.load(home=tmp_path / "home"))
    assert {check.name: check.is_well for check in checks} == dict.fromkeys(
        ("names", "database", "index", "writer", "sending", "mailbox", "unsubscribe link"), True
    )


def test_a_mailbox_that_cannot_be_read_is_told_without_its_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NANOREACH_IMAP_URL", "imap://camille:hush@127.0.0.1:9/INBOX")
    checks = {check.name: check for check in examine(Settings.load(home=tmp_path / "home"))}
    assert not checks["mailbox"].is_well
    assert "hush" not in checks["mailbox"].sentence
    assert checks["sending"].is_well
