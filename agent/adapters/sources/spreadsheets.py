"""Creators and posts as CSV: what each column means, and what each row says."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from agent.adapters.sources import rows
from agent.adapters.sources.dates import writes_day_first
from agent.adapters.sources.fields import assigned, guessed, plain_title
from agent.adapters.sources.files import read_text
from agent.adapters.sources.mapping import ColumnMap
from agent.adapters.sources.tables import Broken, Table, read_table
from agent.adapters.sources.values import BadValue
from agent.domain.errors import BadInput
from agent.domain.records import Note, PostRecord, Problem, SourceRow

_OF_PROFILES = frozenset({"followers", "bio", "email"})
_DATES = frozenset({"published_at", "email_source_found_at"})
_OF_A_POST = {"post_id": "id", "post_url": "url"} | {
    name: name for name in ("text", "kind", "published_at", "likes", "comments", "views")
}


@dataclass(frozen=True, kw_only=True)
class PostRow:
    """One row of a posts file: the post, whose it is, and the platform where the row tells it."""

    line: int
    handle: str
    platform: str | None
    post: PostRecord
    notes: tuple[Note, ...]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A CSV file with the meaning of its columns, by position.

    `day_first` says how its dates are written: the day or the month before, None where no date tells.
    """

    path: Path
    table: Table
    fields: dict[int, str]
    plan: ColumnMap
    day_first: bool | None

    @property
    def holds_posts(self) -> bool:
        """Whether its rows are posts of creators who are described elsewhere."""
        found = set(self.fields.values())
        return {"text", "handle"} <= found and not found & _OF_PROFILES

    def refuse_nameless(self) -> None:
        """Raise BadInput where no column can say whose row it is."""
        found = set(self.fields.values())
        if "handle" in found or ("url" in found and "text" not in found):
            return
        handles = ("handle", "username", "pseudo")
        header = self.table.header
        near = [title for title in header if get_close_matches(plain_title(title), handles)]
        example = (*near, *header, "Account")[0]
        titles = ", ".join(f"“{title}”" for title in header) or "none"
        raise BadInput(
            f"{self.path.name}: no column looks like a handle (found: {titles}). "
            "Say which one it is in a mapping file, and import with --map FILE that holds "
            f'columns: {{"{example}": handle}}'
        )

    def creators(self) -> Iterator[SourceRow]:
        """Yield each row's creator or problem; a row that holds a post's text gives the creator that post."""
        for line, cells in self.table.rows:
            try:
                record, sentences = rows.creator_of(self._creator(cells), day_first=self.day_first)
            except BadValue as reason:
                problem = self.problem(line, str(reason))
                yield SourceRow(file=problem.file, line=line, found=problem)
            else:
                yield SourceRow(
                    file=str(self.path), line=line, found=record, notes=self._notes(line, sentences)
                )

    def posts(self) -> Iterator[PostRow | Problem]:
        """Yield each row's post or problem."""
        for line, cells in self.table.rows:
            sentences: list[str] = []
            try:
                raw = self._raw(cells)
                handle, platform = rows.handle_and_platform(raw)
                post = rows.post_of(self._post(raw), sentences, day_first=self.day_first)
            except BadValue as reason:
                yield self.problem(line, str(reason))
                continue
            if post is None:
                yield self.problem(line, "the post has neither id nor text")
            else:
                notes = self._notes(line, sentences)
                yield PostRow(line=line, handle=handle, platform=platform, post=post, notes=notes)

    def problem(self, line: int, reason: str) -> Problem:
        """Return a problem with a line of this file."""
        return Problem(file=str(self.path), line=line, sentence=reason)

    def _notes(self, line: int, sentences: Sequence[str]) -> tuple[Note, ...]:
        return tuple(Note(file=str(self.path), line=line, sentence=sentence) for sentence in sentences)

    def _creator(self, cells: Sequence[str] | Broken) -> dict[str, object]:
        raw = self._raw(cells)
        return {**raw, "post": self._post(raw)} if "text" in raw else raw

    def _post(self, raw: dict[str, object]) -> dict[str, object]:
        post = {ours: raw[name] for name, ours in _OF_A_POST.items() if name in raw}
        # beside a profile, `id` and `url` are the profile's
        alone = {name: raw[name] for name in ("id", "url") if name in raw and self.holds_posts}
        return alone | post

    def _raw(self, cells: Sequence[str] | Broken) -> dict[str, object]:
        if isinstance(cells, Broken):
            raise BadValue(cells.reason)
        named = {self.fields[at]: cell for at, cell in enumerate(cells) if at in self.fields}
        return {**self.plan.constants, **{name: cell for name, cell in named.items() if cell.strip()}}


def open_sheet(path: Path, plan: ColumnMap) -> Sheet:
    """Return a CSV file with its columns understood; raises BadInput where two claim the same field."""
    table = read_table(read_text(path), weigh=lambda titles: _weight(titles, plan))
    fields = assigned(table.header, plan.columns, constants=plan.constants, file=path.name)
    day_first = writes_day_first(_dates(table, fields))
    return Sheet(path=path, table=table, fields=fields, plan=plan, day_first=day_first)


def _dates(table: Table, fields: dict[int, str]) -> Iterator[str]:
    dated = [at for at, field in fields.items() if field in _DATES]
    for _, cells in table.rows:
        if not isinstance(cells, Broken):
            yield from (cells[at] for at in dated if at < len(cells))


def _weight(titles: Sequence[str], plan: ColumnMap) -> int:
    chosen = {plain_title(title) for title in plan.columns}
    return sum(plain_title(title) in chosen or guessed(title) is not None for title in titles)
