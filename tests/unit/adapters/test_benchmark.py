"""Ranking a labelled folder: filters hold, labels are never looked at."""

import json
from pathlib import Path
from typing import Any

import pytest

from agent.adapters.benchmark import rank_folder
from agent.domain.errors import BadInput
from tests.fakes import quiet


def creator(name: str, bio: str, **fields: Any) -> dict[str, Any]:
    row = {"id": name, "track": "profile", "market": "FR", "followers": 5000, "bio": bio, "posts": []}
    return row | fields


CREATORS = [
    creator("knitter", "I knit wool sweaters and darn socks", niche="wrong", labels=["gaming"]),
    creator("gamer", "Streaming video games every night", niche="knitting", labels=["knitting"]),
    creator("far", "Knitting wool by the sea", market="US"),
    creator("loud", "Knitting wool for millions", followers=2_000_000),
    creator("quiet", "Knitting wool in secret", followers=None),
    creator("other", "Knitting wool posts", track="content"),
]
QUERIES = [
    {
        "id": "q1",
        "track": "profile",
        "text": "People who knit and mend wool.",
        "filters": {},
        "niche": "gaming",
    },
    {
        "id": "q2",
        "track": "profile",
        "text": "People who knit and mend wool.",
        "filters": {"market": "FR", "followers_min": 1000, "followers_max": 10000},
    },
]


def folder(place: Path, creators: list[dict[str, Any]]) -> Path:
    for name, rows in (("creators", creators), ("queries", QUERIES)):
        (place / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return place


def test_a_ranking_keeps_track_and_filters_and_puts_the_fitting_first(tmp_path: Path) -> None:
    plain, filtered = rank_folder(folder(tmp_path, CREATORS), model="multilingual-use-v3", progress=quiet)
    assert plain["query"] == "q1"
    assert sorted(plain["ranking"]) == ["far", "gamer", "knitter", "loud", "quiet"]  # type: ignore[call-overload]  # JSON
    assert plain["ranking"][-1] == "gamer"  # type: ignore[index]  # JSON
    assert filtered["ranking"] == ["knitter", "gamer"]


def test_labels_change_nothing(tmp_path: Path) -> None:
    bare = [{key: value for key, value in row.items() if key not in {"niche", "labels"}} for row in CREATORS]
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    with_labels = list(
        rank_folder(folder(tmp_path / "a", CREATORS), model="multilingual-use-v3", progress=quiet)
    )
    without = list(rank_folder(folder(tmp_path / "b", bare), model="multilingual-use-v3", progress=quiet))
    assert with_labels == without


def test_a_missing_or_broken_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"creators\.jsonl"):
        list(rank_folder(tmp_path, model="multilingual-use-v3", progress=quiet))
    folder(tmp_path, CREATORS)
    (tmp_path / "queries.jsonl").write_text("{\n")
    with pytest.raises(BadInput, match=r"queries\.jsonl line 1"):
        list(rank_folder(tmp_path, model="multilingual-use-v3", progress=quiet))
