"""Creators as JSONL: one JSON object a line; a broken line never takes another with it."""

import codecs
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from agent.adapters.sources import rows
from agent.adapters.sources.files import encoding_of, readable
from agent.adapters.sources.mapping import ColumnMap
from agent.adapters.sources.values import BadValue
from agent.domain.records import Note, Problem, SourceRow

_EXPECTED = re.compile(r"Expecting (.*?)(?: delimiter)?")
_PLAIN = {
    "Extra data": "something follows the object",
    "Unterminated string starting at": "a text is opened and never closed",
    "Invalid control character at": "a line break or control character stands inside a text",
    "Invalid \\escape": "a backslash is followed by something that is no escape",
}
_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, kw_only=True)
class JsonLines:
    """A file of creators, read line by line as it is asked for."""

    path: Path
    plan: ColumnMap = field(default_factory=ColumnMap)

    def creators(self) -> Iterator[SourceRow]:
        """Yield each line's creator or problem; empty lines are passed over."""
        for number, line in enumerate(self._lines(), start=1):
            if line.strip():
                yield self._row(number, line)

    def _lines(self) -> Iterator[bytes]:
        with readable(self.path), self.path.open("rb") as file:
            start = file.read(4)
            file.seek(0)
            if start.startswith(_WIDE_MARKS):
                content = file.read()
                text = content.decode(encoding_of(content) or "utf-16", errors="replace")
                yield from (line.encode("utf-8", errors="replace") for line in text.split("\n"))
            else:
                yield from file

    def _row(self, number: int, line: bytes) -> SourceRow:
        file = str(self.path)
        try:
            record, sentences = rows.creator_of(self._renamed(_object(line)))
        except BadValue as reason:
            problem = Problem(file=file, line=number, sentence=str(reason))
            return SourceRow(file=file, line=number, found=problem)
        notes = tuple(Note(file=file, line=number, sentence=sentence) for sentence in sentences)
        return SourceRow(file=file, line=number, found=record, notes=notes)

    def _renamed(self, given: dict[str, object]) -> dict[str, object]:
        renamed = ((self.plan.columns.get(name, name), value) for name, value in given.items())
        return {**self.plan.constants, **{name: value for name, value in renamed if name is not None}}


def _object(line: bytes) -> dict[str, object]:
    try:
        found = json.loads(line.decode("utf-8-sig").rstrip("\r\n"))
    except UnicodeDecodeError as error:
        raise BadValue(f"not UTF-8 at byte {error.start + 1}; save the file as UTF-8") from error
    except json.JSONDecodeError as error:
        raise BadValue(f"not JSON: {_plain(error.msg)} at column {error.colno}") from error
    except (ValueError, RecursionError) as error:
        raise BadValue("not JSON: it holds a number or a nesting beyond reason") from error
    if not isinstance(found, dict):
        raise BadValue("is no creator; write one JSON object in braces on each line")
    return found


def _plain(message: str) -> str:
    expected = _EXPECTED.fullmatch(message)
    if expected is None:
        return _PLAIN.get(message, message[:1].lower() + message[1:])
    thing = expected[1]
    return f"expected {'a value' if thing == 'value' else thing}"
