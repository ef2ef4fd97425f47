"""The commands on an index in Milvus: build, status, verify, match, doctor; and on one that is down."""

from collections.abc import Iterator
from importlib.resources import as_file, files
from pathlib import Path

import pytest

from tests.cli import CommandLine

CAMPAIGN = "savon-printemps"


@pytest.fixture
def nanoreach(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[CommandLine]:
    from milvus_lite.server_manager import server_manager_instance

    path = str(tmp_path / "lite.db")
    command_line = CommandLine(tmp_path / "home", capsys, monkeypatch)
    command_line.set("NANOREACH_VECTORS", path)
    with as_file(files("agent.samples")) as samples:
        assert command_line("import", "brand", samples / "savon-du-sud.yaml").code == 0
        assert command_line("import", "creators", samples / "creators.jsonl").code == 0
    yield command_line
    server_manager_instance.release_server(path)


def test_every_command_works_on_milvus_as_it_does_on_files(nanoreach: CommandLine, tmp_path: Path) -> None:
    assert nanoreach("index", "verify").code == 1
    built = nanoreach("index", "build", "--json").json
    assert built["creators"] > 0
    assert built["embedded"] > 0
    status = nanoreach("index", "status", "--json").json
    assert status["is_current"] is True
    assert status["status"]["where"] == f"Milvus Lite in {tmp_path / 'lite.db'}"
    assert nanoreach("index", "verify").code == 0
    again = nanoreach("index", "build", "--json").json
    assert (again["embedded"], again["reused"]) == (0, built["embedded"])
    in_milvus = nanoreach("match", CAMPAIGN, "--json").json
    checks = {check["name"]: check for check in nanoreach("doctor", "--json").json}
    assert "Milvus Lite" in checks["index"]["sentence"]
    nanoreach.set("NANOREACH_VECTORS", "faiss")
    assert nanoreach("index", "build", "--json").json["embedded"] == 0
    in_files = nanoreach("match", CAMPAIGN, "--json").json
    assert [each["creator"] for each in in_milvus] == [each["creator"] for each in in_files]
    assert [each["score"] for each in in_milvus] == pytest.approx(
        [each["score"] for each in in_files], abs=1e-4
    )
    assert in_milvus[0]["reasons"] == in_files[0]["reasons"]


def test_a_server_that_is_down_is_one_sentence_everywhere_and_no_advice_to_build(
    nanoreach: CommandLine, tmp_path: Path
) -> None:
    token = tmp_path / "token"
    token.write_text("root:correct horse\n", "utf-8")
    nanoreach.set("NANOREACH_VECTORS", "http://127.0.0.1:9")
    nanoreach.set("NANOREACH_VECTORS_TOKEN_FILE", str(token))
    for words in (("index", "build"), ("index", "verify"), ("match", CAMPAIGN), ("doctor",)):
        run = nanoreach(*words)
        told = run.out + run.err
        assert run.code != 0
        assert "Milvus at http://127.0.0.1:9 does not answer" in told
        assert "horse" not in told
        assert "Traceback" not in told
        assert "Run: nanoreach index build" not in told


@pytest.mark.parametrize(
    ("vectors", "said"),
    [
        ("ftp://milvus.example", "is no address of Milvus"),
        ("http://root:hunter2@milvus.example", "must not hold a password"),
    ],
)
def test_an_address_that_cannot_be_used_names_its_variable(
    nanoreach: CommandLine, vectors: str, said: str
) -> None:
    nanoreach.set("NANOREACH_VECTORS", vectors)
    run = nanoreach("index", "status")
    assert run.code != 0
    assert "NANOREACH_VECTORS" in run.err
    assert said in run.err
    assert "hunter2" not in run.err
