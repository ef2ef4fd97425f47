"""Embedding with a real Ray of this machine, at a small size."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest

from index import load_embedder
from index.build import VECTORS, build
from index.contents import survey
from index.vectors import VectorCache
from tests.cli import ROOT
from tests.integration.ray_program import BATCH, SIZE
from tests.unit.index.fakes import village


@pytest.fixture
def scratch() -> Iterator[Path]:
    """Lend a folder with a name so short that Ray's sockets fit in it."""
    with TemporaryDirectory(prefix="nrt-", dir="/tmp") as folder:
        yield Path(folder)


def test_ray_embeds_what_is_missing_keeps_what_an_interruption_left_and_is_gone_afterwards(
    tmp_path: Path, scratch: Path
) -> None:
    answer = subprocess.run(
        [sys.executable, "-m", "tests.integration.ray_program", str(tmp_path / "vectors")],
        cwd=ROOT,
        env=os.environ | {"TMPDIR": str(scratch), "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    said = json.loads(answer.stdout[answer.stdout.index('{"interrupted"') :])  # Ray may have spoken before
    _, texts = survey(village(SIZE))
    assert said["interrupted"] is True
    assert said["told"][0] == [BATCH, len(texts)]
    assert said["rest"] == len(texts) - BATCH
    assert said["told"][-1] == [len(texts) - BATCH, len(texts) - BATCH]
    assert said["again"] == 0
    assert said["open"] == [], "Ray waited for connections from other machines"
    assert list(scratch.glob("nr-*")) == []
    assert not (tmp_path / ".ray").exists()
    _wait_until_gone(str(scratch))
    _assert_the_vectors_are_those_of_an_ordinary_build(tmp_path)


def test_a_folder_whose_name_is_too_long_for_ray_is_named(tmp_path: Path) -> None:
    long = tmp_path / ("x" * 60)
    long.mkdir()
    program = (
        "import sys\n"
        "from index import IndexUnavailable, build\nfrom index.ray_embedding import RayEmbedder\n"
        "from tests.unit.index.fakes import WordEmbedder, village\n"
        "from pathlib import Path\n"
        "try:\n    build(Path(sys.argv[1]), village(), RayEmbedder(WordEmbedder(), WordEmbedder))\n"
        "except IndexUnavailable as error:\n    print(error)"
    )
    answer = _python(program, str(tmp_path / "vectors"), TMPDIR=str(long))
    assert "Ray cannot start on this machine" in answer.stdout, answer.stderr
    assert "length" in answer.stdout
    assert list(long.iterdir()) == []


def test_without_ray_one_sentence_says_what_to_install(tmp_path: Path) -> None:
    program = (
        "import sys\nsys.modules['ray'] = None\n"
        "from index import EmbedderUnavailable, build\nfrom index.ray_embedding import RayEmbedder\n"
        "from tests.unit.index.fakes import WordEmbedder, village\n"
        "from pathlib import Path\n"
        "try:\n    build(Path(sys.argv[1]), village(), RayEmbedder(WordEmbedder(), WordEmbedder))\n"
        "except EmbedderUnavailable as error:\n    print(error)"
    )
    answer = _python(program, str(tmp_path / "vectors"))
    assert answer.stdout.strip().endswith("pip install 'nanoreach[ray]'"), answer.stderr


def test_ray_loads_when_it_embeds_and_not_before() -> None:
    answer = _python("import sys, index.ray_embedding\nprint({'ray', 'pyarrow'} & set(sys.modules))")
    assert answer.stdout.strip() == "set()", answer.stderr


def _assert_the_vectors_are_those_of_an_ordinary_build(folder: Path) -> None:
    embedder = load_embedder()
    _, texts = survey(village(SIZE))
    by_ray = VectorCache(
        folder / "vectors" / VECTORS, identity=embedder.identity, dimensions=embedder.dimensions
    ).take(list(texts))
    report = build(folder / "ordinary", village(SIZE), embedder)
    assert report.embedded == len(texts)
    ordinary = VectorCache(
        folder / "ordinary" / VECTORS, identity=embedder.identity, dimensions=embedder.dimensions
    ).take(list(texts))
    assert np.vecdot(by_ray, ordinary).min() >= 0.999999
    assert build(folder / "vectors", village(SIZE), embedder).embedded == 0


def _wait_until_gone(mark: str) -> None:
    """Wait for processes that have the mark among their variables; they notice Ray's end by themselves."""
    until = time.monotonic() + 60
    while left := _alive_with(mark):
        if time.monotonic() > until:
            pytest.fail(f"processes of Ray are still there: {left}")
        time.sleep(0.2)


def _alive_with(mark: str) -> list[int]:
    found = []
    for environ in Path("/proc").glob("[0-9]*/environ"):
        try:
            if mark.encode() in environ.read_bytes():
                found.append(int(environ.parent.name))
        except OSError:
            continue  # somebody else's, or it ended meanwhile
    return found


def _python(program: str, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", program, *words],
        env=os.environ | {"PYTHONPATH": str(ROOT)} | variables,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
