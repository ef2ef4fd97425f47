"""Expansions in files: kept, replaced whole, and never trusted."""

from pathlib import Path

import pytest

from agent.adapters.kept_expansions import ExpansionFolder
from agent.domain.errors import Unavailable
from agent.domain.ids import CampaignId
from agent.domain.imagined import Imagined, Kind
from agent.ports import Kept

SPRING, ODD = CampaignId("spring"), CampaignId("../../etc/spring")
KEPT = (
    Kept(
        key="a" * 32,
        texts=(
            Imagined(kind=Kind.BIO, language="fr", text="Prof de yoga à Annecy, « tisane et tapis »"),
            Imagined(kind=Kind.POST, language="fr", text="Dix minutes au soleil ce matin."),
        ),
    ),
)


def test_what_is_kept_is_there_again_for_another_process(tmp_path: Path) -> None:
    ExpansionFolder(tmp_path / "expansions").keep(SPRING, KEPT)
    assert ExpansionFolder(tmp_path / "expansions").of(SPRING) == KEPT


def test_nothing_is_kept_before_and_after(tmp_path: Path) -> None:
    folder = ExpansionFolder(tmp_path / "expansions")
    assert folder.of(SPRING) == ()
    folder.keep(SPRING, ())
    folder.keep(SPRING, KEPT)
    folder.keep(SPRING, ())
    assert folder.of(SPRING) == ()
    assert list((tmp_path / "expansions").iterdir()) == []


def test_one_campaign_is_one_file_under_a_harmless_name(tmp_path: Path) -> None:
    folder = ExpansionFolder(tmp_path / "expansions")
    folder.keep(ODD, KEPT)
    folder.keep(ODD, KEPT)
    folder.keep(SPRING, KEPT)
    assert folder.of(ODD) == folder.of(SPRING) == KEPT
    files = sorted(tmp_path.rglob("*.json"))
    assert len(files) == 2
    assert {file.parent for file in files} == {tmp_path / "expansions"}
    assert not list(tmp_path.rglob("*.tmp"))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe",
        b'{"campaign": "spring", "expansions": [{"key": "x"}]}',
        b'{"campaign": "spring", "expansions": [], "more": 1}',
        b'{"campaign": "autumn", "expansions": []}',
        b'{"campaign": "spring", "expansions": [{"key": "k", "texts": [{"kind": "ad", "text": "x"}]}]}',
        b" " * 100_000,
    ],
)
def test_a_damaged_file_holds_nothing_and_is_replaced(tmp_path: Path, content: bytes) -> None:
    folder = ExpansionFolder(tmp_path)
    folder.keep(SPRING, KEPT)
    (file,) = tmp_path.glob("*.json")
    file.write_bytes(content)
    assert folder.of(SPRING) == ()
    folder.keep(SPRING, KEPT)
    assert folder.of(SPRING) == KEPT


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    folder = ExpansionFolder(tmp_path / "file" / "expansions")
    assert folder.of(SPRING) == ()
    with pytest.raises(Unavailable, match=r"cannot be written: Not a directory\. "):
        folder.keep(SPRING, KEPT)
