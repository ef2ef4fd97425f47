"""Bad input gets one clear sentence, and nothing is lost."""

import json
import subprocess
import sys
import time
from collections.abc import Sequence
from importlib.resources import as_file
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from agent import samples
from agent.bootstrap import build
from agent.domain.draft import DraftStatus
from agent.domain.fit import Fit, Reason
from agent.domain.ids import CampaignId, OutreachId
from agent.domain.outreach import Outreach
from agent.ports import Ports
from agent.settings import Settings
from agent.usecases.drafting import draft_campaign
from agent.usecases.outbox import outbox
from agent.usecases.reviewing import approve, queue, review
from index import DiskFull, Embedder, load_embedder
from tests.cli import CommandLine, Run, command, environment
from tests.fakes import quiet
from tests.stub_llm import failing, stub_model

CAMPAIGN = "savon-printemps"
GUEST = "instagram:lison.sans.flacon"


@pytest.fixture
def nanoreach(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> CommandLine:
    return CommandLine(tmp_path / "home", capsys, monkeypatch)


def the_sentence(run: Run, *, code: int = 1) -> str:
    """Return the only line that stands on stderr after a refusal."""
    assert run.code == code, run
    assert "Traceback" not in run.err
    lines = run.err.strip().splitlines()
    assert len(lines) == 1, run.err
    return lines[0]


def import_samples(nanoreach: CommandLine) -> None:
    for brand in samples.brand_files():
        with as_file(brand) as path:
            assert nanoreach("import", "brand", path).code == 0
    with as_file(samples.creators_file()) as path:
        assert nanoreach("import", "creators", path).code == 0


def ports_at(nanoreach: CommandLine) -> Ports:
    return build(Settings.load(home=nanoreach.home))


def shortlist_one(nanoreach: CommandLine) -> Ports:
    """Put one creator on the shortlist, without a model."""
    ports = ports_at(nanoreach)
    at = ports.clock.now()
    with ports.store.write() as tx:
        creator = tx.creators.find(GUEST)
        assert creator is not None
        reasons = tuple(
            Reason(value="v", ref=post.key, quote=post.text, score=0.5, published_on=post.published_on)
            for post in creator.posts
        )
        fit = Fit(creator_id=creator.id, score=1.0, similarity=0.5, reasons=reasons)
        tx.outreach.save(
            Outreach(
                id=OutreachId("c-guest"),
                campaign_id=CampaignId(CAMPAIGN),
                creator_id=creator.id,
                fit=fit,
                created_at=at,
                updated_at=at,
            )
        )
    return ports


def test_a_missing_file_is_named(nanoreach: CommandLine, tmp_path: Path) -> None:
    sentence = the_sentence(nanoreach("import", "creators", tmp_path / "nowhere.jsonl"))
    assert "nowhere.jsonl" in sentence


def test_a_broken_line_is_skipped_and_named_and_the_others_come_in(
    nanoreach: CommandLine, tmp_path: Path
) -> None:
    rows = [json.dumps({"platform": "instagram", "handle": f"creator.{n}"}) for n in range(1, 10)]
    rows[6] = '{"platform": "instagram", "handle": '
    file = tmp_path / "creators.jsonl"
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    run = nanoreach("import", "creators", file, "--json")
    assert "line 7" in the_sentence(run, code=3)
    assert run.json["added"] == 8
    assert [problem["line"] for problem in run.json["skipped"]] == [7]


def test_two_handle_columns_are_both_named(nanoreach: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "creators.csv"
    file.write_text("platform;handle;username\ninstagram;lea;lea.b\n", encoding="utf-8")
    sentence = the_sentence(nanoreach("import", "creators", file))
    assert "handle" in sentence
    assert "username" in sentence
    assert "--map" in sentence


def test_a_brand_without_postal_address_is_refused_with_its_place(
    nanoreach: CommandLine, tmp_path: Path
) -> None:
    source = samples.brand_files()[0].read_text(encoding="utf-8")
    kept = [line for line in source.splitlines() if "postal_address" not in line]
    file = tmp_path / "brand.yaml"
    file.write_text("\n".join(kept), encoding="utf-8")
    sentence = the_sentence(nanoreach("import", "brand", file))
    assert "postal_address" in sentence
    assert "brand.yaml" in sentence
    with ports_at(nanoreach).store.read() as tx:
        assert tx.brands.all() == ()


@pytest.mark.parametrize("words", [("match", "spring"), ("shortlist", "spring"), ("draft", "spring")])
def test_an_unknown_campaign_is_told_with_those_there_are(
    nanoreach: CommandLine, words: tuple[str, str]
) -> None:
    import_samples(nanoreach)
    sentence = the_sentence(nanoreach(*words))
    assert "“spring”" in sentence
    assert CAMPAIGN in sentence


def test_an_endpoint_that_is_down_loses_no_draft_and_is_tried_again_later(nanoreach: CommandLine) -> None:
    import_samples(nanoreach)
    ports = shortlist_one(nanoreach)
    nanoreach.set("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    sentence = the_sentence(nanoreach("draft", CAMPAIGN, "--writer", "openai"))
    assert "127.0.0.1:9" in sentence
    assert nanoreach("draft", CAMPAIGN, "--writer", "offline").code == 0
    assert queue(ports).total == 1


def test_a_refused_key_is_a_sentence_without_the_key(nanoreach: CommandLine) -> None:
    import_samples(nanoreach)
    shortlist_one(nanoreach)
    with stub_model(failing(401, code="invalid_api_key", message="bad key sk-very-secret")) as stub:
        nanoreach.set("OPENAI_BASE_URL", stub.url)
        nanoreach.set("OPENAI_API_KEY", "sk-very-secret")
        run = nanoreach("draft", CAMPAIGN, "--writer", "openai")
    sentence = the_sentence(run)
    assert "OPENAI_API_KEY" in sentence
    assert "sk-very-secret" not in run.out + run.err


def test_a_model_that_is_not_set_up_is_a_sentence(nanoreach: CommandLine) -> None:
    import_samples(nanoreach)
    assert "OPENAI_API_KEY" in the_sentence(nanoreach("draft", CAMPAIGN, "--writer", "openai"))


def test_a_mail_server_that_is_down_keeps_the_letter_queued(nanoreach: CommandLine) -> None:
    import_samples(nanoreach)
    ports = shortlist_one(nanoreach)
    draft_campaign(ports, CampaignId(CAMPAIGN), writer_name="offline", progress=quiet)
    (item,) = queue(ports, statuses=frozenset({DraftStatus.PENDING})).items
    delivery = approve(ports, item.draft.id, seal=str(review(ports, item.draft.id).seal), by="Camille")
    nanoreach.set("NANOREACH_SMTP_URL", "smtp://camille:hush@127.0.0.1:9")
    run = nanoreach("send", "--once", "--json")
    assert run.code in {0, 1}
    assert "hush" not in run.out + run.err
    (held,) = run.json["held"]
    assert held["id"] == delivery.id
    assert [each.state.value for each in outbox(ports)] == ["queued"]


def test_an_index_of_another_model_is_not_searched(
    nanoreach: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_samples(nanoreach)
    assert nanoreach("index", "build").code == 0
    _pretend_another_model(monkeypatch)
    sentence = the_sentence(nanoreach("match", CAMPAIGN))
    assert "another model" in sentence or "was made with the model" in sentence
    assert nanoreach("index", "build").code == 0
    assert nanoreach("match", CAMPAIGN).code == 0


def _pretend_another_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.load_embedder", lambda _name, **_: AnotherModel(load_embedder()))


class AnotherModel:
    """The built-in embedder under another name, with other vectors."""

    identity = "another-model"

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self.dimensions = embedder.dimensions

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        return np.ascontiguousarray(self._embedder.encode(texts)[:, ::-1])


def test_matching_before_there_is_an_index_says_how_to_make_one(nanoreach: CommandLine) -> None:
    import_samples(nanoreach)
    assert "index" in the_sentence(nanoreach("match", CAMPAIGN))


def test_a_full_disk_leaves_the_index_that_was_in_use(
    nanoreach: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_samples(nanoreach)
    assert nanoreach("index", "build").code == 0
    with ports_at(nanoreach).store.write() as tx:
        creator = tx.creators.find(GUEST)
        assert creator is not None
        tx.creators.delete(creator.id)

    def full(*_: object, **__: object) -> None:
        raise DiskFull("The disk under the index is full; the index in use stays. Make room and try again.")

    with monkeypatch.context() as patch:
        patch.setattr(sys.modules["index.build"], "write_snapshot", full)
        assert "full" in the_sentence(nanoreach("index", "build"))
    found = [row["creator"] for row in nanoreach("match", CAMPAIGN, "--json").json]
    assert len(found) > 10
    assert GUEST not in found


def test_a_home_that_cannot_be_made_is_a_sentence(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("not a folder")
    nanoreach = CommandLine(tmp_path / "file" / "home", capsys, monkeypatch)
    assert "--home" in the_sentence(nanoreach("init"))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("NANOREACH_PUBLIC_URL", "ftp://desk.example"),
        ("NANOREACH_ZONE", "Mars/Olympus"),
        ("NANOREACH_MODEL_TIMEOUT", "soon"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named_without_its_value(
    nanoreach: CommandLine, name: str, value: str
) -> None:
    nanoreach.set(name, value)
    sentence = the_sentence(nanoreach("init"))
    assert name in sentence
    assert value not in sentence


def test_pretending_another_time_is_refused_where_real_letters_would_leave(nanoreach: CommandLine) -> None:
    nanoreach.set("NANOREACH_SMTP_URL", "smtp://127.0.0.1:9")
    assert "NANOREACH_SMTP_URL" in the_sentence(nanoreach("tick", "--at", "2027-01-01"))


def test_a_database_without_its_key_is_not_given_another_one(nanoreach: CommandLine) -> None:
    assert nanoreach("init").code == 0
    (nanoreach.home / "secret.key").unlink()
    assert "secret.key" in the_sentence(nanoreach("outbox", "list"))
    assert not (nanoreach.home / "secret.key").exists()


def test_a_second_worker_stands_by_and_takes_over(nanoreach: CommandLine) -> None:
    import_samples(nanoreach)
    first = _start_worker(nanoreach.home)
    try:
        assert "Working as" in _next_line(first)
        second = _start_worker(nanoreach.home)
        try:
            lines = [_next_line(second), _next_line(second)]
            assert any("Another worker" in line and "stands by" in line for line in lines)
            _end(first)
            assert first.returncode == 0
        finally:
            _end(second)
        assert second.returncode == 0
    finally:
        _end(first)


def _start_worker(home: Path) -> subprocess.Popen[str]:
    worker = subprocess.Popen(
        command(home, "work", "--every", "1"),
        env=environment(),
        cwd=home.parent,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    time.sleep(0.1)
    return worker


def _next_line(worker: subprocess.Popen[str]) -> str:
    assert worker.stderr is not None
    return worker.stderr.readline()


def _end(worker: subprocess.Popen[str]) -> None:
    if worker.poll() is None:
        worker.terminate()
        worker.wait(60)
    if worker.stderr is not None:
        worker.stderr.close()
