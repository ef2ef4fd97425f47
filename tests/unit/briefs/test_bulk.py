"""Briefs by the hundred: progress, a kill at any moment, nothing twice; and what the terminal says."""

import json
import os
import signal
import subprocess
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from agent.adapters.database import migrate, open_store
from agent.adapters.pdf_folder import PdfFolder
from agent.domain.brief import AgreementStatus
from agent.domain.errors import Unavailable
from agent.domain.ids import CampaignId, OutreachId
from agent.domain.outreach import OutreachStatus
from agent.usecases.briefing import move_agreement, open_brief, review_brief
from agent.usecases.briefing_bulk import write_briefs
from tests.cli import CommandLine, command, environment
from tests.fakes import make_ports, quiet
from tests.unit.briefs.agreed import OUTREACH, PUBLIC, READER, agreed_world, approved, changed

CAMPAIGN = CampaignId("second-evening")


@pytest.fixture
def nanoreach(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> CommandLine:
    line = CommandLine(tmp_path / "home", capsys, monkeypatch)
    assert line("init").code == 0
    return line


def fill(home: Path, people: int) -> None:
    """Store people who said yes in a home's database."""
    migrate(f"sqlite:///{home / 'nanoreach.sqlite'}")
    store = open_store(f"sqlite:///{home / 'nanoreach.sqlite'}")
    agreed_world(people=people, ports=make_ports(store=store, public_url=PUBLIC))
    store.close()


def test_everybody_who_said_yes_gets_one_file_and_progress_is_told(tmp_path: Path) -> None:
    ports, told = agreed_world(people=3), list[tuple[int, int]]()
    approved(ports)
    report = write_briefs(
        ports, CAMPAIGN, PdfFolder(tmp_path), by=READER, progress=lambda *pair: told.append(pair)
    )
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]
    assert (len(report.written), report.there, report.approved, report.failed) == (3, 0, 1, ())
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(report.written)
    assert sum(name.endswith("-draft.pdf") for name in report.written) == 2


def test_a_second_run_writes_only_what_changed(tmp_path: Path) -> None:
    ports, folder = agreed_world(people=3), PdfFolder(tmp_path)
    write_briefs(ports, CAMPAIGN, folder, by=READER, progress=quiet)
    assert write_briefs(ports, CAMPAIGN, folder, by=READER, progress=quiet).written == ()
    changed(ports, note="Un mot.")
    (name,) = write_briefs(ports, CAMPAIGN, folder, by=READER, progress=quiet).written
    assert "-v2-" in name
    assert (tmp_path / name).read_bytes() == review_brief(ports, OUTREACH).pdf


def test_who_withdrew_or_said_no_gets_no_file(tmp_path: Path) -> None:
    ports = agreed_world(people=3)
    for name in ("o-1", "o-2"):
        open_brief(ports, OutreachId(name), by=READER)
    move_agreement(ports, OUTREACH, AgreementStatus.WITHDRAWN, by=READER)
    with ports.store.write() as tx:
        outreach = tx.outreach.get(OutreachId("o-2"))
        assert outreach is not None
        tx.outreach.save(replace(outreach, status=OutreachStatus.DECLINED))
    (name,) = write_briefs(ports, CAMPAIGN, PdfFolder(tmp_path), by=READER, progress=quiet).written
    assert "-o-3-" in name


def test_a_handle_cannot_leave_the_folder(tmp_path: Path) -> None:
    ports = agreed_world()
    with ports.store.write() as tx:
        creator = tx.creators.find("instagram:lison.1")
        assert creator is not None
        tx.creators.save(replace(creator, handle="../../evil/\x00name"))
    out = tmp_path / "out"
    write_briefs(ports, CAMPAIGN, PdfFolder(out), by=READER, progress=quiet)
    assert [path.parent for path in tmp_path.rglob("*.pdf")] == [out]


def test_one_that_cannot_be_written_does_not_block_the_others(tmp_path: Path) -> None:
    class Full(PdfFolder):
        def put(self, name: str, content: bytes) -> None:
            if "o-2" in name:
                raise Unavailable("The disk is full.")
            super().put(name, content)

    report = write_briefs(agreed_world(people=3), CAMPAIGN, Full(tmp_path), by=READER, progress=quiet)
    assert (len(report.written), [each.reason for each in report.failed]) == (2, ["The disk is full."])


@pytest.mark.parametrize("after", [1, 6])
def test_a_run_that_was_killed_goes_on_where_it_stopped(after: int, tmp_path: Path) -> None:
    home, out, people = tmp_path / "home", tmp_path / "out", 12
    home.mkdir()
    fill(home, people)
    (home / "secret.key").write_text("k" * 64)
    child = subprocess.Popen(
        command(home, "briefs", CAMPAIGN, "--out", out),
        env=environment(),
        cwd=tmp_path,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(out, after, child)
    finally:
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
    before = {path.name: path.stat().st_mtime_ns for path in out.glob("*.pdf")}
    done = subprocess.run(
        command(home, "briefs", CAMPAIGN, "--out", out, "--json"),
        env=environment(),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    report = json.loads(done.stdout)
    assert after <= len(before)
    assert report["there"] == len(before)
    assert len(report["written"]) + report["there"] == people
    after_all = {path.name: path.stat().st_mtime_ns for path in out.glob("*.pdf")}
    assert len(after_all) == people
    assert {name: after_all[name] for name in before} == before
    store = open_store(f"sqlite:///{home / 'nanoreach.sqlite'}")
    with store.read() as tx:
        numbers = [len(tx.briefs.versions(row.id)) for row in tx.outreach.of_campaign(CAMPAIGN)]
    store.close()
    assert numbers == [1] * people


def _wait_for(out: Path, count: int, child: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 120
    while len(list(out.glob("*.pdf"))) < count and child.poll() is None:
        assert time.monotonic() < deadline, "the run wrote nothing"
        time.sleep(0.005)


# --- the terminal ---------------------------------------------------------------------------------


def test_a_brief_is_shown_approved_and_written(nanoreach: CommandLine, tmp_path: Path) -> None:
    fill(nanoreach.home, 1)
    nanoreach.set("NANOREACH_PUBLIC_URL", PUBLIC)
    told: Any = nanoreach("brief", "o-1", "--json").json
    assert (told["approved"], told["link"], told["version"]) == (False, None, 1)
    assert "Collaboration commerciale" in told["text"]
    refused = nanoreach("brief", "o-1", "--approve", "f" * 64)
    assert (refused.code, "not the text you read" in refused.err) == (1, True)
    pdf = tmp_path / "lison.pdf"
    done = nanoreach("brief", "o-1", "--approve", told["seal"], "--pdf", pdf)
    assert done.code == 0, done.err
    assert f"{PUBLIC}/brief/" in done.out
    assert pdf.read_bytes().startswith(b"%PDF")


def test_what_cannot_be_briefed_is_told_in_a_sentence(nanoreach: CommandLine, tmp_path: Path) -> None:
    assert nanoreach("brief", "o-9").code == 1
    unknown = nanoreach("briefs", "nothing", "--out", tmp_path / "out")
    assert (unknown.code, "no campaign" in unknown.err) == (1, True)
    fill(nanoreach.home, 2)
    assert nanoreach("briefs", CAMPAIGN, "--out", tmp_path / "out").code == 0
    again = nanoreach("briefs", CAMPAIGN, "--out", tmp_path / "out")
    assert (again.code, "every brief is there" in again.err) == (4, True)
