"""A forgotten creator is in no file of the home, wherever a command was killed.

Every command runs in a process of its own; what kills it is SIGKILL. What is looked for was there before.
"""

import fcntl
import json
import random
import shutil
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import as_file
from pathlib import Path

import pytest

from agent import samples
from agent.adapters.database import SqlStore
from agent.adapters.mail_folder import MailFolder
from agent.bootstrap import build
from agent.domain.creator import Creator
from agent.settings import Settings
from agent.usecases.reading import fetch_mail
from tests.cli import run
from tests.integration.dying import End, Undertaker
from tests.integration.remnants import Remnants, remnants_of

PERSON = "blog:le-banc-du-savonnier"
ADDRESS = "baptiste@banc-du-savonnier.example"
OTHERS = ("lison.sans.flacon", "ortie.et.romarin", "la.petite.buanderie", "cosmeto.au.calme")
OLD_BIO = "Ancienne présentation. " * 400
"""Was replaced, and is still in the database's log."""
ANSWER = "Avec joie, mais pas avant que la cave ait séché."
KILLED = -9
CLEAN = "the person is in no file"


@pytest.fixture(scope="module")
def undertaker() -> Iterator[Undertaker]:
    with Undertaker() as process:
        yield process


@pytest.fixture(scope="module")
def lived_in(undertaker: Undertaker, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which the person was found, written to, and answered."""
    folder = tmp_path_factory.mktemp("lived-in")
    home = folder / "home"
    for brand in samples.brand_files():
        with as_file(brand) as path:
            done(undertaker.run(home, "import", "brand", path))
    new, old = creators_file(folder / "new.jsonl"), creators_file(folder / "old.jsonl", bio=OLD_BIO)
    done(undertaker.run(home, "import", "creators", new))
    done(undertaker.run(home, "index", "build"))
    done(undertaker.run(home, "shortlist", "savon-printemps", "--limit", "4"))
    done(undertaker.run(home, "draft", "savon-printemps", "--writer", "offline"))
    letters = json.loads(done(undertaker.run(home, "review", "list", "--json")).out)
    letter = next(each for each in letters if each["to"] == ADDRESS)
    done(undertaker.run(home, "review", "approve", letter["id"], "--seal", letter["seal"], "--by", "Camille"))
    done(undertaker.run(home, "send"))
    receive_mail(home, folder / "mailbox")
    for version in (old, new):
        done(undertaker.run(home, "import", "creators", version))
    (sent,) = (home / "outbox").glob("*.eml")
    (home / "outbox" / ".writing-whole.tmp").write_bytes(sent.read_bytes())
    (home / "outbox" / ".writing-torn.tmp").write_bytes(b"Message-ID: <m-" + ADDRESS.encode())
    return home


@pytest.fixture(scope="module")
def remnants(lived_in: Path, tmp_path_factory: pytest.TempPathFactory) -> Remnants:
    # read from a copy: whoever closes a database empties its log, which is to be looked through as well
    copy = Path(shutil.copytree(lived_in, tmp_path_factory.mktemp("read") / "home"))
    return remnants_of(the_creator(copy), copy, OLD_BIO, ANSWER, "de Baptiste, par ailleurs")


@pytest.fixture
def home(lived_in: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(lived_in, tmp_path / "home"))


@pytest.fixture(scope="module")
def forgetting(undertaker: Undertaker, lived_in: Path, tmp_path_factory: pytest.TempPathFactory) -> End:
    """A forgetting that nobody interrupts, with its steps that reach the disk and its seconds."""
    copies = tmp_path_factory.mktemp("uninterrupted")
    timed, counted = (Path(shutil.copytree(lived_in, copies / name)) for name in ("timed", "counted"))
    seconds = done(undertaker.run(timed, "privacy", "forget", PERSON)).seconds
    return replace(done(undertaker.run(counted, "privacy", "forget", PERSON, counted=True)), seconds=seconds)


@pytest.fixture(scope="module")
def building(undertaker: Undertaker, lived_in: Path, tmp_path_factory: pytest.TempPathFactory) -> End:
    """A build from nothing that nobody interrupts, with its steps that reach the disk."""
    copy = Path(shutil.copytree(lived_in, tmp_path_factory.mktemp("built") / "home"))
    shutil.rmtree(copy / "vectors")
    return done(undertaker.run(copy, "index", "build", counted=True))


def creators_file(path: Path, *, bio: str | None = None) -> Path:
    """Write the person and a few others to a file; with another bio where one is given."""
    lines = samples.creators_file().read_text(encoding="utf-8").splitlines()
    chosen = [row for row in map(json.loads, lines) if row["handle"] in {*OTHERS, PERSON.partition(":")[2]}]
    for row in chosen:
        if bio is not None and row["platform"] == "blog":
            row["bio"] = bio
    path.write_text("".join(json.dumps(row) + "\n" for row in chosen), encoding="utf-8")
    return path


def receive_mail(home: Path, mailbox: Path) -> None:
    """File an answer of the person's, and a stranger's mail that names them where only decoding shows it."""
    mailbox.mkdir()
    answer = f"From: {ADDRESS}\r\nSubject: Re: savon\r\nMessage-ID: <1@x.example>\r\n\r\n{ANSWER}\r\n"
    named = b64encode(f"Une lettre de Baptiste, par ailleurs {ADDRESS}, nous est revenue.".encode())
    coded = b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n" + named
    (mailbox / "1.eml").write_bytes(answer.encode())
    (mailbox / "2.eml").write_bytes(b"From: poste@ailleurs.example\r\nSubject: Retour\r\n" + coded)
    ports = replace(build(Settings.load(home=home)), mail_reader=MailFolder(mailbox))
    assert fetch_mail(ports).new == 2
    closed(ports.store)


def the_creator(home: Path) -> Creator:
    ports = build(Settings.load(home=home))
    with ports.store.read() as tx:
        creator = tx.creators.find(PERSON)
    closed(ports.store)
    assert creator is not None
    return creator


def closed(store: object) -> None:
    assert isinstance(store, SqlStore)
    store.close()


def done(end: End) -> End:
    assert end.code == 0, end
    return end


def forget(undertaker: Undertaker, home: Path) -> End:
    end = undertaker.run(home, "privacy", "forget", PERSON)
    assert end.code in {0, 4}, end
    return end


def index_agrees(undertaker: Undertaker, home: Path) -> None:
    """Verify the index; where it says that a build is needed, build and verify again."""
    end = undertaker.run(home, "index", "verify")
    if end.code:
        assert "nanoreach index build" in end.err
        done(undertaker.run(home, "index", "build"))
        done(undertaker.run(home, "index", "verify"))


def test_what_is_looked_for_was_there(lived_in: Path, remnants: Remnants) -> None:
    found = remnants.found(lived_in)
    expected = """
        handle in UTF-8, address in UTF-8, name in UTF-8, text 0 in UTF-8, text 1 in UTF-8, post banc-0322,
        number as text, outreach 0, draft 0, delivery 0, reply 0, key of creator as SQLite writes it,
        key of creator as the index writes it, digest 0 of bio, digest 5 of passages, signature,
        vector 0 of whole, vector 0 of bio, vector 5 of passages
    """
    wanted = {" ".join(name.split()) for name in expected.split(",")}
    assert wanted - set(found) == set()
    assert any(name.startswith("text 2 in base64") for name in found)
    assert any(name.startswith("address in base64") for name in found)
    assert {"nanoreach.sqlite-wal", ".writing-whole.tmp"} < set(found["message 0"])
    assert any(name.endswith(".vectors") for name in found["vector 0 of bio"])


def test_a_forgotten_creator_is_in_no_file(undertaker: Undertaker, home: Path, remnants: Remnants) -> None:
    ended = run(home, "privacy", "forget", PERSON, "--json")
    assert ended.code == 0, ended
    removed = {place["name"]: place["removed"] for place in json.loads(ended.out)["places"]}
    assert removed["store"]["creators"] == removed["store"]["deliveries"] == 1
    assert removed["store"]["mails"] == 2
    assert removed["letters"] == {"letters": 1, "half-written letters": 2}
    assert removed["index"] == {"creators": 1}
    assert remnants.found(home) == {}, CLEAN
    index_agrees(undertaker, home)
    assert remnants.found(home) == {}, CLEAN


def test_forgetting_again_looks_again_and_finds_nothing(
    undertaker: Undertaker, home: Path, remnants: Remnants
) -> None:
    forget(undertaker, home)
    again = undertaker.run(home, "privacy", "forget", PERSON)
    assert again.code == 4
    assert "forgotten before" in again.out
    assert remnants.found(home) == {}, CLEAN


def test_an_import_does_not_bring_a_forgotten_person_back(
    undertaker: Undertaker, home: Path, remnants: Remnants
) -> None:
    forget(undertaker, home)
    again = undertaker.run(home, "import", "creators", creators_file(home.parent / "again.jsonl"))
    assert again.code == 3
    assert "asked to be forgotten" in again.err
    assert remnants.found(home) == {}, CLEAN


# the first steps, the last ones, and some between: a number, or a share of the way
PLACES = (0, 1, 2, -4, -3, -2, -1, *(number / 6 for number in range(1, 6)))


@pytest.mark.parametrize("place", PLACES)
def test_forgetting_that_is_killed_before_a_step_is_finished_by_the_next(
    undertaker: Undertaker, home: Path, remnants: Remnants, forgetting: End, place: float
) -> None:
    step = step_at(place, forgetting)
    assert undertaker.run(home, "privacy", "forget", PERSON, before_step=step).code == KILLED
    forget(undertaker, home)
    assert remnants.found(home) == {}, CLEAN


@pytest.mark.parametrize("seed", range(4))
def test_forgetting_that_is_killed_at_any_moment_is_finished_by_the_next(
    undertaker: Undertaker, home: Path, remnants: Remnants, forgetting: End, seed: int
) -> None:
    moment = random.Random(seed).uniform(0.2, 1.0) * forgetting.seconds
    undertaker.run(home, "privacy", "forget", PERSON, after_seconds=moment)
    forget(undertaker, home)
    assert remnants.found(home) == {}, CLEAN


@pytest.mark.parametrize(
    ("place", "words"),
    [(2, ("tick",)), (-3, ("tick",)), (0.5, ("index", "build")), (0.5, ("privacy", "forget", ADDRESS))],
)
def test_another_command_finishes_what_was_killed(
    undertaker: Undertaker,
    home: Path,
    remnants: Remnants,
    forgetting: End,
    place: float,
    words: tuple[str, ...],
) -> None:
    step = step_at(place, forgetting)
    assert undertaker.run(home, "privacy", "forget", PERSON, before_step=step).code == KILLED
    assert remnants.found(home) != {}
    assert undertaker.run(home, *words).code in {0, 4}
    assert remnants.found(home) == {}, CLEAN


@pytest.mark.parametrize("place", [0.5, -1])
def test_a_build_that_is_killed_keeps_nobody_who_is_forgotten_then(
    undertaker: Undertaker, home: Path, remnants: Remnants, building: End, place: float
) -> None:
    shutil.rmtree(home / "vectors")
    step = step_at(place, building)
    assert undertaker.run(home, "index", "build", before_step=step).code == KILLED
    forget(undertaker, home)
    assert remnants.found(home) == {}, CLEAN
    index_agrees(undertaker, home)
    assert remnants.found(home) == {}, CLEAN


@pytest.mark.parametrize("place", [0.5, -1])
def test_a_build_that_is_killed_is_finished_by_the_next(
    undertaker: Undertaker, home: Path, building: End, place: float
) -> None:
    shutil.rmtree(home / "vectors")
    step = step_at(place, building)
    assert undertaker.run(home, "index", "build", before_step=step).code == KILLED
    index_agrees(undertaker, home)


def test_a_forgetting_waits_for_a_builder_and_is_finished_then(
    undertaker: Undertaker, home: Path, remnants: Remnants
) -> None:
    with (home / "vectors" / "build.lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # stands for a build that takes its time
        waiting = undertaker.run(home, "privacy", "forget", PERSON)
    assert waiting.code == 1
    assert "out of the store" in waiting.err
    assert "being built" in waiting.err
    assert len(waiting.err.splitlines()) == 1
    forget(undertaker, home)
    assert remnants.found(home) == {}, CLEAN


def step_at(place: float, end: End) -> int:
    """Return a step of a command: counted from its first or its last, or some way through it."""
    if not float(place).is_integer():
        return int(place * end.steps)
    return int(place) if place >= 0 else end.steps + int(place)
