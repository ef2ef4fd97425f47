"""`nanoreach check`: the gate alone, over the lines of a file."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.cli import CommandLine

CREATOR = {
    "platform": "instagram",
    "handle": "lea.mousse",
    "name": "Léa",
    "language": "fr",
    "country": "FR",
    "followers": 4200,
    "email": "lea@mousse.example",
    "email_source": {"kind": "bio", "url": "https://social.example/lea", "found_at": "2026-10-01"},
    "business_contact": True,
    "posts": [
        {
            "id": "p1",
            "text": "J’ai cousu quatre pochettes à savon dans un vieux rideau de lin.",
            "published_at": "2026-06-02",
        }
    ],
}
BRAND = {
    "brand": {
        "name": "Le Vieux Moulin",
        "language": "fr",
        "address_form": "vous",
        "postal_address": "Le Vieux Moulin, 3 rue du Puits, 04000 Digne, France",
        "website": "https://vieux-moulin.example",
        "privacy_url": "https://vieux-moulin.example/donnees",
    },
    "sender": {"name": "Camille Aubert", "email": "camille@vieux-moulin.example"},
    "values": [{"name": "Rien à jeter", "text": "Nous utilisons les chutes et les restes.", "weight": 1}],
    "facts": [{"id": "cure", "text": "Chaque pain sèche six semaines sur des claies.", "source": "atelier"}],
}
CAMPAIGN = {
    "id": "essais",
    "objective": "Faire essayer le savon.",
    "category": "cosmetics",
    "languages": ["fr"],
    "countries": ["FR"],
    "offer": {"gift": {"name": "savon au romarin", "value": "9 EUR"}},
}
BODY_BLOCKS = (
    "Bonjour Léa,",
    "Le 2 juin, vous écriviez : « J’ai cousu quatre pochettes à savon dans un vieux rideau de lin ».",
    "J’écris pour Le Vieux Moulin. Chaque pain sèche six semaines sur des claies.",
    (
        "Nous aimerions vous envoyer notre savon au romarin (valeur 9 €), à essayer, sans contrepartie. "
        "Si vous vouliez un jour en parler, nous en conviendrions ensemble, et la publication porterait la "
        "mention « Collaboration commerciale »."
    ),
    "Cela vous ferait-il plaisir ? Un oui ou un non me suffit, et les deux me vont.",
    "Camille Aubert, Le Vieux Moulin",
)
BODY = "\n\n".join(BODY_BLOCKS)
QUOTE = {
    "kind": "post",
    "ref": "p1",
    "quote": "J’ai cousu quatre pochettes à savon dans un vieux rideau de lin",
    "published_on": "2026-06-02",
}


def line(body: str = BODY, **changes: Any) -> str:
    draft = {"subject": "Votre publication du 2 juin", "body": body, "receipts": [QUOTE]}
    row: Mapping[str, Any] = {"draft": draft, "creator": CREATOR, "brand": BRAND, "campaign": CAMPAIGN}
    return json.dumps(dict(row) | changes, ensure_ascii=False)


@pytest.fixture
def check(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., tuple[int, list[dict[str, Any]], str]]:
    nanoreach = CommandLine(tmp_path / "home", capsys, monkeypatch)

    def checked(*lines: str) -> tuple[int, list[dict[str, Any]], str]:
        file = tmp_path / "cases.jsonl"
        file.write_text("\n".join(lines), encoding="utf-8")
        done = nanoreach("check", file, "--json")
        return done.code, [json.loads(each) for each in done.out.splitlines()], done.err

    return checked


def codes(answer: Mapping[str, Any]) -> set[str]:
    return {finding["code"] for finding in answer["findings"] if finding["severity"] == "block"}


def test_an_honest_letter_passes_as_a_body_with_its_receipts(check: Any) -> None:
    code, (answer,), _ = check(line())
    assert (code, answer["verdict"], codes(answer)) == (0, "pass", set())


@pytest.mark.parametrize(
    ("true", "false", "family"),
    [
        ("quatre pochettes", "cinq pochettes", "receipts"),
        ("Le 2 juin", "Le 3 juin", "receipts"),
        ("(valeur 9 €)", "(valeur 90 €)", "commitments"),
        ("sans contrepartie", "sans contrepartie, avec 50 € en plus", "commitments"),
        ("six semaines", "six semaines et soigne l’eczéma", "receipts"),
        ("Un oui ou un non", "Réponds sur bit.ly/savon : un oui ou un non", "addresses"),
        ("vous ferait-il", "te ferait-il", "language"),
    ],
)
def test_one_false_word_blocks_with_its_code(check: Any, true: str, false: str, family: str) -> None:
    assert true in BODY
    _, (answer,), _ = check(line(BODY.replace(true, false)))
    assert answer["verdict"] == "block"
    assert family in {code.partition(".")[0] for code in codes(answer)}


def test_a_letter_slot_by_slot_is_judged_as_it_stands(check: Any) -> None:
    sentence = {"text": "Le 2 juin, vous cousiez.", "receipts": [QUOTE | {"ref": "p9"}]}
    letter = {
        "subject": "Un mot",
        "greeting": "Bonjour Léa,",
        "paragraphs": [[sentence]],
        "closing": "Camille",
    }
    _, (answer,), _ = check(line(draft={"letter": letter}))
    assert "receipts.unknown" in codes(answer)


def test_one_bad_line_never_blocks_another(check: Any) -> None:
    broken = line(brand={"brand": {"name": "X", "language": "fr"}})
    code, answers, told = check("no json", line(), broken, '{"draft": "Bonjour"}')
    assert code == 3
    assert [(each["line"], each["verdict"]) for each in answers] == [
        (1, "block"), (2, "pass"), (3, "block"), (4, "block"),
    ]  # fmt: skip
    assert [codes(each) for each in answers[::2]] == [{"input.unread"}, {"input.unread"}]
    assert "line 1: not JSON" in told
    assert "line 3: brand.postal_address: is missing" in told
    assert "line 4: creator is no object" in told


def test_an_empty_file_is_nothing_to_do_and_a_missing_one_refused(
    check: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert check("")[0] in {1, 4}
    assert CommandLine(tmp_path / "home", capsys, monkeypatch)("check", tmp_path / "none.jsonl").code == 1
