"""`nanoreach` after a backup was put back: nothing leaves until `outbox resume`."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from agent.bootstrap import build
from agent.settings import Settings
from tests.cli import CommandLine
from tests.unit.usecases.world import a_world, approved

Damage = Callable[[Path, Path], None]


@pytest.fixture
def nanoreach(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> CommandLine:
    """A home with one approved letter that has not left."""
    command = CommandLine(tmp_path / "home", capsys, monkeypatch)
    assert command("init").code == 0
    ports = a_world(ports=build(Settings.load(home=tmp_path / "home")))
    approved(ports)
    ports.close()
    return command


def _the_database(home: Path, backup: Path) -> None:
    for path in home.glob("nanoreach.sqlite*"):
        path.unlink()
    shutil.copytree(backup, home, dirs_exist_ok=True)


def _the_database_in_a_new_home(home: Path, backup: Path) -> None:
    key = (home / "secret.key").read_bytes()
    shutil.rmtree(home)
    home.mkdir()
    shutil.copytree(backup, home, dirs_exist_ok=True)
    (home / "secret.key").write_bytes(key)


def _backed_up(home: Path, name: str) -> Path:
    backup = home.parent / name
    backup.mkdir()
    for path in home.glob("nanoreach.sqlite*"):
        shutil.copy2(path, backup)
    return backup


@pytest.mark.parametrize("how", [_the_database, _the_database_in_a_new_home])
def test_after_a_restore_nothing_leaves_until_a_person_confirms(nanoreach: CommandLine, how: Damage) -> None:
    before = _backed_up(nanoreach.home, "before")
    assert nanoreach("send", "--once").code == 0
    after = _backed_up(nanoreach.home, "after")
    sent = nanoreach("outbox", "list", "--json").json
    assert [each["state"] for each in sent] == ["sent"]
    how(nanoreach.home, before if how is _the_database else after)
    refused = nanoreach("send", "--once")
    assert refused.code == 1
    assert "sending is frozen" in refused.err
    assert "sending is frozen" in nanoreach("outbox", "list").err
    assert "sending is frozen" in nanoreach("tick").err
    assert nanoreach("outbox", "resume", "--by", "Camille").code == 0
    assert nanoreach("outbox", "resume").code == 4
    assert "sending is frozen" not in nanoreach("send", "--once").err
