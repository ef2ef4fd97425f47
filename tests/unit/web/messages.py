"""Every phrase that the desk's code and templates ask a translation for."""

from collections.abc import Iterator
from pathlib import Path

from babel.messages.extract import extract_from_dir

WEB = Path(__file__).parents[3] / "agent" / "web"
Message = str | tuple[str, ...]

_METHODS = [("**.py", "python"), ("templates/**.html", "jinja2.ext:babel_extract")]
_OPTIONS = {"templates/**.html": {"trimmed": "false", "silent": "false"}}
_KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "mark": None}


def asked_for() -> Iterator[tuple[str, int, Message]]:
    """Yield file, line and message; a plural is a pair."""
    found = extract_from_dir(
        WEB, method_map=_METHODS, options_map=_OPTIONS, keywords=_KEYWORDS, comment_tags=()
    )
    for file, line, message, *_ in found:
        yield file, line, message
