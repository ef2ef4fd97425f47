"""Every phrase has its French, and no French is left over."""

import re
from io import BytesIO

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from agent.web.translations import negotiate
from tests.unit.web.messages import WEB, asked_for

PLACEHOLDER = re.compile(r"%\((\w+)\)s")
BARE_MARK = re.compile(r"(?<!\u202f)[;:!?»](?=\s|$)|«(?!\u202f)")


@pytest.fixture(scope="module")
def french() -> Catalog:
    return read_po(BytesIO((WEB / "translations" / "fr.po").read_bytes()), locale="fr", abort_invalid=True)


def test_every_phrase_is_translated(french: Catalog) -> None:
    missing = [f"{file}:{line} {message!r}" for file, line, message in asked_for() if message not in french]
    assert missing == []


def test_no_translation_is_left_over_unsure_or_empty(french: Catalog) -> None:
    asked = {message for _, _, message in asked_for()}
    listed = [message for message in french if message.id]
    assert [message.id for message in listed if _key(message.id) not in asked] == []
    assert [message.id for message in listed if message.fuzzy or not all(_forms(message.string))] == []


def test_translations_keep_their_placeholders(french: Catalog) -> None:
    for message in (message for message in french if message.id):
        wanted = {name for form in _forms(message.id) for name in PLACEHOLDER.findall(form)}
        for form in _forms(message.string):
            assert set(PLACEHOLDER.findall(form)) == wanted, message.id


def test_french_marks_are_kept_from_their_words_by_a_narrow_space(french: Catalog) -> None:
    for message in (message for message in french if message.id):
        for form in _forms(message.string):
            assert not BARE_MARK.search(form), form
            assert "'" not in form, form


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("fr-FR,fr;q=0.9,en;q=0.8", "fr"),
        ("en-GB,fr;q=0.5", "en"),
        ("en;q=0.4, fr-CA;q=0.9", "fr"),
        ("de", "en"),
        ("", "en"),
        ("fr;q=0, en;q=0.1", "en"),
        ("fr;q=nonsense", "en"),
        ("x" * 5000, "en"),
    ],
)
def test_the_browsers_language_is_spoken_where_we_know_it(accepted: str, language: str) -> None:
    assert negotiate(accepted) == language


def _forms(text: object) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text) if isinstance(text, list | tuple) else ()


def _key(text: object) -> object:
    return tuple(text) if isinstance(text, list) else text
