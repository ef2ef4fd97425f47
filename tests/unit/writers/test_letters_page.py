"""The page of letters that anybody can judge is what the writer writes today."""

from pathlib import Path

from bench.letters_page import page

PAGE = Path(__file__).parents[3] / "docs" / "letters.md"


def test_the_page_of_letters_is_what_the_writer_writes_today() -> None:
    advice = "the letters changed: python -m bench.letters_page > docs/letters.md"
    assert PAGE.read_text(encoding="utf-8") == page(), advice
