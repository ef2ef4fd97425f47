"""Letters go by the Message-ID inside them; what people put into a home is looked at and left."""

from pathlib import Path

import pytest

from agent.adapters.eml_folder import EmlFolder
from agent.adapters.home_files import FolderFiles
from agent.domain.errors import Unavailable
from agent.domain.seal import ApprovedLetter
from agent.ports import FilesSearched, LettersRemoved, Outcome
from tests.builders import a_delivery, an_approval

MINE, OTHER = "<m-1@savon.example>", "<m-2@savon.example>"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "outbox").mkdir()
    return tmp_path


@pytest.fixture
def files(home: Path) -> FolderFiles:
    return FolderFiles(home, ours=("secret.key", "vectors"))


def letter(home: Path, name: str, message_id: str, *, more: str = "") -> Path:
    path = home / "outbox" / name
    path.write_bytes(f"Message-ID: {message_id}\r\n{more}Subject: Bonjour\r\n\r\nBonjour\r\n".encode())
    return path


def test_only_the_letters_that_are_named_go(home: Path, files: FolderFiles) -> None:
    letter(home, "mine.eml", MINE)
    other = letter(home, "other.eml", OTHER, more=f"References: {MINE}\r\n")
    assert files.remove_letters([MINE]) == LettersRemoved(letters=1)
    assert list((home / "outbox").iterdir()) == [other]


def test_what_the_mailer_wrote_is_found(home: Path, files: FolderFiles) -> None:
    delivery = a_delivery(message_id=MINE, raw=f"Message-ID: {MINE}\r\n\r\nBonjour\r\n".encode())
    mailer = EmlFolder(home / "outbox")
    assert mailer.send(ApprovedLetter(delivery, an_approval()), fence=lambda: True).outcome is Outcome.SENT
    assert files.remove_letters([MINE]) == LettersRemoved(letters=1)


def test_a_half_written_letter_goes_unless_it_is_surely_another(home: Path, files: FolderFiles) -> None:
    letter(home, ".writing-a.tmp", MINE)
    other = letter(home, ".writing-b.tmp", OTHER)
    (home / "outbox" / ".writing-c.tmp").write_bytes(b"Message-ID: <m-2@sav")
    (home / "outbox" / ".writing-d.tmp").touch()
    assert files.remove_letters([MINE]) == LettersRemoved(half_written=3)
    assert list((home / "outbox").iterdir()) == [other]


def test_a_home_without_letters_is_no_error(tmp_path: Path) -> None:
    assert FolderFiles(tmp_path, ours=()).remove_letters([MINE]) == LettersRemoved()


def test_files_of_others_are_read_in_every_folder_and_left(home: Path, files: FolderFiles) -> None:
    (home / "lists").mkdir()
    named = home / "lists" / "été.csv"
    named.write_bytes("nom,adresse\nLéa,LÉA@X.example\n".encode())
    (home / "other.bin").write_bytes(b"\xff\xfe nothing")
    (home / "secret.key").write_text("léa@x.example")
    (home / "vectors").mkdir()
    (home / "vectors" / "CURRENT").write_text("léa@x.example")
    assert files.search({"léa@x.example"}) == FilesSearched(files=2, naming=(str(named),))
    assert files.search(set()) == FilesSearched(files=2)
    assert named.exists()


def test_a_file_that_cannot_be_removed_is_named(home: Path, files: FolderFiles) -> None:
    (home / "outbox" / "folder.eml").mkdir()
    with pytest.raises(Unavailable, match=r"folder\.eml cannot be read or removed"):
        files.remove_letters([MINE])
