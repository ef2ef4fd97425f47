"""`nanoreach user`: added, listed, given a new password, logged out and taken away."""

import getpass
from pathlib import Path

import pytest

from agent.bootstrap import build
from agent.settings import Settings
from agent.usecases.accounts import authenticate
from tests.cli import CommandLine

ANNA = "anna@brand.example"
FIRST, SECOND = "quatre savons au grenier", "une poubelle par trimestre"


def test_an_account_from_its_first_password_to_its_end(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = FIRST
    monkeypatch.setattr(getpass, "getpass", lambda *_, **__: typed)
    nanoreach = CommandLine(tmp_path / "home", capsys, monkeypatch)
    assert nanoreach("init").code == 0
    assert nanoreach("user", "list", "--json").json == []
    assert "may log in as viewer" in nanoreach("user", "add", ANNA, "--role", "viewer").out
    assert nanoreach("user", "list", "--json").json == [{"email": ANNA, "name": ANNA, "role": "viewer"}]
    assert "viewer" in nanoreach("user", "list").out
    typed = SECOND
    assert "new password" in nanoreach("user", "password", ANNA).out
    ports = build(Settings.load(home=tmp_path / "home"))
    assert authenticate(ports, email=ANNA, password=FIRST) is None
    assert authenticate(ports, email=ANNA, password=SECOND) is not None
    ports.close()
    assert "logged out everywhere" in nanoreach("user", "logout", ANNA).out
    assert "may not log in any more" in nanoreach("user", "remove", ANNA).out
    assert nanoreach("user", "list", "--json").json == []
    for verb in ("logout", "remove", "password"):
        refused = nanoreach("user", verb, ANNA)
        assert refused.code == 1
        assert SECOND not in refused.out + refused.err
