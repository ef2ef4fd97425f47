import json
import random

import pytest

from bench.__main__ import BENCHES, main
from bench.posts import posts


def test_an_unknown_bench_is_answered_with_the_names_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["nope"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert all(name in said.err for name in BENCHES)


def test_the_last_line_of_a_bench_is_its_result(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bench.embed.run", lambda full: {"full": full, "pass": False})
    assert main(["embed", "--full"]) == 1
    said = capsys.readouterr()
    assert json.loads(said.out.splitlines()[-1]) == {"bench": "embed", "full": True, "pass": False}
    assert "full" in said.err


def test_made_posts_are_the_same_for_the_same_seed_and_differ_from_each_other() -> None:
    made = posts(50, random.Random(1))
    assert made == posts(50, random.Random(1))
    assert len(set(made)) == 50
