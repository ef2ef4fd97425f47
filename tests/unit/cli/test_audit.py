"""`nanoreach audit` on a real home: intact, listed, changed past the program, cut, and chained late."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from agent.bootstrap import build
from agent.settings import Settings
from agent.usecases.freezing import watch
from tests.builders import NOW, an_entry
from tests.cli import CommandLine

LATER = NOW + timedelta(minutes=1)


@pytest.fixture
def home(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """A home with three rows in its journal, the last of which it remembers."""
    nanoreach = CommandLine(tmp_path / "home", capsys, monkeypatch)
    assert nanoreach("init").code == 0
    ports = build(Settings.load(home=nanoreach.home))
    with ports.store.write() as tx:
        tx.journal.add(an_entry(), an_entry(who="Paul", what="rejected:tone", subject="d-2", why="text ab"))
        tx.journal.add(an_entry(at=LATER, what="sent"))
    assert watch(ports) == ""
    ports.close()
    return nanoreach


def change(home: CommandLine, statement: str) -> None:
    """Change the journal in the database's file, without its triggers."""
    with closing(sqlite3.connect(home.home / "nanoreach.sqlite")) as connection:
        for what in ("update", "delete"):
            connection.execute(f"DROP TRIGGER IF EXISTS journal_refuses_{what}")
        assert connection.execute(statement).rowcount > 0
        connection.commit()


def test_an_intact_journal_names_its_head(home: CommandLine) -> None:
    told = home("audit", "verify", "--json").json
    assert (told["intact"], told["rows"], told["blanked"], told["faults"]) == (True, 3, 0, [])
    said = home("audit", "verify", "--kept", told["head"])
    assert (said.code, told["head"] in said.out) == (0, True)


def test_a_changed_row_is_named(home: CommandLine) -> None:
    change(home, "UPDATE journal SET who = 'nobody' WHERE number = 2")
    said = home("audit", "verify")
    assert (said.code, said.out) == (1, "")
    assert "Row 2 is not as it was written" in said.err
    told = home("audit", "verify", "--json")
    assert (told.code, told.json["intact"], [fault["number"] for fault in told.json["faults"]]) == (
        1,
        False,
        [2],
    )


def test_an_end_that_was_cut_is_found_by_the_home_and_by_what_was_kept(home: CommandLine) -> None:
    head = home("audit", "verify", "--json").json["head"]
    change(home, "DELETE FROM journal WHERE number = 3")
    assert "this home remembers" in home("audit", "verify").err
    (home.home / "outbox.mark").unlink()
    assert home("audit", "verify").code == 0
    assert "Row 3 is missing" in home("audit", "verify", "--kept", head).err


def test_a_place_that_is_none_is_refused(home: CommandLine) -> None:
    said = home("audit", "verify", "--kept", "3")
    assert (said.code, "NUMBER:HASH" in said.err) == (1, True)


def test_rows_are_listed_by_who_what_about_and_since(home: CommandLine) -> None:
    def numbers(*options: str) -> list[int]:
        return [row["number"] for row in home("audit", "list", "--json", *options).json]

    assert numbers() == [1, 2, 3]
    assert numbers("--who", "Paul") == numbers("--what", "rejected") == numbers("--about", "d-2") == [2]
    assert numbers("--since", LATER.isoformat()) == numbers("--limit", "1") == [3]
    assert "rejected:tone" in home("audit", "list").out
    assert home("audit", "list", "--who", "nobody").code == 4


def test_a_row_is_shown_with_its_hashes(home: CommandLine) -> None:
    first, second = (home("audit", "show", str(number), "--json").json for number in (1, 2))
    assert second["before"] == first["own"]
    assert "Paul" in home("audit", "show", "2").out
    assert home("audit", "show", "9").code == 1


def test_rows_of_before_there_was_a_chain_get_theirs(home: CommandLine) -> None:
    from alembic import command
    from alembic.config import Config
    from sqlalchemy import create_engine

    import agent.adapters.database

    engine = create_engine(f"sqlite:///{home.home / 'nanoreach.sqlite'}")
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(Path(agent.adapters.database.__file__).parent))
        config.attributes["connection"] = connection
        command.downgrade(config, "0016")
    engine.dispose()
    assert home("init").code == 0
    told = home("audit", "verify", "--json").json
    assert (told["intact"], told["rows"]) == (True, 3)
    with (
        pytest.raises(sqlite3.IntegrityError, match="only grows"),
        sqlite3.connect(home.home / "nanoreach.sqlite") as raw,
    ):
        raw.execute("UPDATE journal SET who = 'nobody'")
