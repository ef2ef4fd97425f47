import json
from datetime import date
from pathlib import Path

import pytest

from agent.domain.creator import Provenance
from tests.unit.sources.reading import notes, only, problems, records, rows_of, write

LEA = {"platform": "instagram", "handle": "lea"}


def test_a_full_line_is_read(tmp_path: Path) -> None:
    line = LEA | {
        "id": "x1",
        "url": "https://instagram.com/lea",
        "name": "Léa",
        "language": "fr",
        "country": "Germany",
        "followers": 4200,
        "bio": "savon",
        "email": "lea@essais.example",
        "email_source": {"kind": "bio", "url": "https://instagram.com/lea", "found_at": "2026-10-01"},
        "business_contact": True,
        "posts": [
            {"id": 7, "text": "un", "published": "2026-09-12", "kind": "video", "likes": 1, "views": None},
            {"text": "deux", "published_at": "2026-09-13T08:00:00Z"},
            {"text": "trois", "published_at": 1789000000},
        ],
    }
    record = only(rows_of(write(tmp_path, "c.jsonl", json.dumps(line))))

    assert (record.country, record.followers, record.business_contact) == ("DE", 4200, True)
    assert record.email_source == Provenance(
        kind="bio", url="https://instagram.com/lea", found_on=date(2026, 10, 1)
    )
    assert [(post.id, post.kind, post.published_on) for post in record.posts] == [
        ("7", "video", date(2026, 9, 12)),
        (None, None, date(2026, 9, 13)),
        (None, None, date(2026, 9, 10)),
    ]


def test_a_market_stands_in_for_a_country(tmp_path: Path) -> None:
    record = only(rows_of(write(tmp_path, "c.jsonl", json.dumps(LEA | {"market": "FR", "country": None}))))

    assert record.country == "FR"


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ('{"platform": "instagram", "handle" "lea"}', "not JSON: expected ':' at column 36"),
        ('{"platform": "instagram" "handle": "x"}', "not JSON: expected ',' at column 26"),
        ('{"platform": }', "not JSON: expected a value at column 14"),
        ('{platform: "x"}', "not JSON: expected property name enclosed in double quotes at column 2"),
        ('{"platform": "inst', "not JSON: a text is opened and never closed at column 14"),
        ("{} {}", "not JSON: something follows the object at column 4"),
        ("[1, 2]", "is no creator; write one JSON object in braces on each line"),
        ("[" * 100_000, "not JSON: it holds a number or a nesting beyond reason"),
        ('{"followers": ' + "9" * 5000 + "}", "not JSON: it holds a number or a nesting beyond reason"),
        ('{"platform": "instagram"}', "there is no handle, and every creator needs one"),
        ('{"platform": "instagram", "handle": "  "}', "there is no handle, and every creator needs one"),
        ('{"platform": "instagram", "handle": ["x"]}', "handle: “['x']” is no text"),
        ('{"platform": true, "handle": "x"}', "platform: “True” is no text"),
    ],
)
def test_a_broken_line_is_a_problem_and_the_others_go_on(tmp_path: Path, line: str, sentence: str) -> None:
    good = json.dumps(LEA)
    rows = rows_of(write(tmp_path, "c.jsonl", f"{good}\n\n{line}\n{good}\n"))

    assert problems(rows) == [(3, sentence)]
    assert [row.line for row in rows] == [1, 3, 4]


def test_a_line_that_is_no_utf_8_is_a_problem(tmp_path: Path) -> None:
    content = b'{"handle": "l\xe9a"}\n' + json.dumps(LEA).encode()
    rows = rows_of(write(tmp_path, "c.jsonl", content))

    assert problems(rows) == [(1, "not UTF-8 at byte 14; save the file as UTF-8")]
    assert len(records(rows)) == 1


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_is_no_obstacle(tmp_path: Path, encoding: str) -> None:
    content = (json.dumps(LEA | {"bio": "été"}, ensure_ascii=False) + "\n").encode(encoding)

    assert only(rows_of(write(tmp_path, "c.jsonl", content))).bio == "été"


def test_what_cannot_be_used_is_left_out_with_a_note(tmp_path: Path) -> None:
    line = LEA | {
        "followers": -3,
        "country": "Atlantide",
        "language": "und",
        "url": "javascript:alert(1)",
        "business_contact": "maybe",
        "name": {"first": "Léa"},
        "email": "lea at essais",
        "posts": [{"text": "un", "published_at": "0001-01-01", "likes": True}, 3, {"likes": 4}],
    }
    rows = rows_of(write(tmp_path, "c.jsonl", json.dumps(line)))

    assert len(only(rows).posts) == 1
    assert [sentence for _, sentence in notes(rows)] == [
        "url: “javascript:alert(1)” is no web address; left out.",
        "email: “lea at essais” is no e-mail address; left out.",
        "name: “{'first': 'Léa'}” is no text; left out.",
        "country: “Atlantide” is no country that is known by this name; left out.",
        "followers: “-3” is no whole number of people or things; left out.",
        "business_contact: “maybe” is neither yes nor no; left out.",
        "posts[0].published_at: “0001-01-01” is too long ago to be right; left out.",
        "posts[0].likes: “True” is no number; left out.",
        "posts[1]: “3” is no post; left out.",
        "posts[2] has neither id nor text; left out.",
    ]


def test_captions_keep_what_their_author_wrote_and_lose_what_transport_broke(tmp_path: Path) -> None:
    written = "“L’été” ﬁn ＡＢＣ &amp; 𝓼𝓪𝓿𝓸𝓷 \u202edroite"
    line = LEA | {"bio": "Ã©tÃ©", "posts": [{"text": written}, {"text": "nul\0\ud800"}]}
    record = only(rows_of(write(tmp_path, "c.jsonl", json.dumps(line))))

    assert record.bio == "été"
    assert [post.text for post in record.posts] == [written, "nul\ufffd"]
