"""Files of creators in whatever shape they come, as one stream of rows."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from agent.adapters.sources.files import read_bytes, readable
from agent.adapters.sources.jsonlines import JsonLines
from agent.adapters.sources.mapping import ColumnMap, read_mapping
from agent.adapters.sources.spreadsheets import PostRow, Sheet, open_sheet
from agent.domain.errors import BadInput
from agent.domain.records import CreatorRecord, Problem, SourceRow

_JSON = frozenset({".jsonl", ".ndjson", ".json"})
_TABLES = frozenset({".csv", ".tsv", ".txt"})
_MARKS = b"\xef\xbb\xbf \t\r\n"

Person = tuple[str, str]


def read_creators(paths: Sequence[Path], *, mapping: Path | None = None) -> Iterator[SourceRow]:
    """Return the creators of JSONL and CSV files, and the posts that further CSV files hold by handle.

    Every line gives a record or a problem; posts come right after the creator they belong to. Raises
    BadInput, before the first row, for what no row can be read from: a missing, empty or undecodable file,
    a folder, columns that two meanings claim, no handle column, a mapping that names unknown fields.
    """
    if not paths:
        raise BadInput("Name at least one file of creators: nanoreach import creators FILE")
    plan = read_mapping(mapping) if mapping else ColumnMap()
    sources = [_opened(path, plan) for path in paths]
    sheets = [source for source in sources if isinstance(source, Sheet)]
    if sheets and len(sheets) == len(sources):
        plan.refuse_unknown(title for sheet in sheets for title in sheet.table.header)
    for sheet in sheets:
        sheet.refuse_nameless()
    posts = [sheet for sheet in sheets if sheet.holds_posts]
    profiles = [source for source in sources if not (isinstance(source, Sheet) and source.holds_posts)]
    return _with_posts(profiles, posts) if posts else _creators(profiles)


def _opened(path: Path, plan: ColumnMap) -> JsonLines | Sheet:
    suffix = path.suffix.lower()
    start = _start(path)
    if suffix in _JSON or (suffix not in _TABLES and start.startswith(b"{")):
        if start.startswith(b"["):
            raise BadInput(
                f"{path.name} is one JSON list; write one object per line instead: jq -c '.[]' {path.name}"
            )
        return JsonLines(path=path, plan=plan)
    return open_sheet(path, plan)


def _start(path: Path) -> bytes:
    with readable(path), path.open("rb") as file:
        start = file.read(4096).lstrip(_MARKS)
    return start or read_bytes(path).lstrip(_MARKS)


def _creators(sources: Sequence[JsonLines | Sheet]) -> Iterator[SourceRow]:
    for source in sources:
        yield from source.creators()


def _with_posts(profiles: Sequence[JsonLines | Sheet], sheets: Sequence[Sheet]) -> Iterator[SourceRow]:
    rows = list(_creators(profiles))
    platforms: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        if isinstance(row.found, CreatorRecord):
            platforms[row.found.handle.casefold()].add(row.found.platform)
    posts: defaultdict[Person, list[SourceRow]] = defaultdict(list)
    problems: list[Problem] = []
    for sheet in sheets:
        for gathered in _gathered(sheet, platforms, problems):
            if isinstance(gathered.found, CreatorRecord):
                posts[_person(gathered.found)].append(gathered)
    for row in rows:
        yield row
        if isinstance(row.found, CreatorRecord):
            yield from posts.pop(_person(row.found), ())
    for left in posts.values():
        yield from left
    for problem in sorted(problems, key=lambda each: (each.file, each.line)):
        yield SourceRow(file=problem.file, line=problem.line, found=problem)


def _gathered(sheet: Sheet, platforms: dict[str, set[str]], problems: list[Problem]) -> Iterator[SourceRow]:
    """Yield one row per person of a posts file; rows that nobody can be found for become problems."""
    found: list[tuple[Person, PostRow]] = []
    for row in sheet.posts():
        if isinstance(row, Problem):
            problems.append(row)
            continue
        known = platforms.get(row.handle.casefold(), set())
        platform = row.platform or (min(known) if len(known) == 1 else None)
        if platform is None:
            problems.append(sheet.problem(row.line, _nobody(row.handle, known)))
        else:
            found.append(((platform, row.handle.casefold()), row))
    found.sort(key=lambda each: each[0])  # stable: a person's posts stay in the order of the file
    for (platform, _), group in groupby(found, key=lambda each: each[0]):
        yield _row(sheet, platform, [row for _, row in group])


def _row(sheet: Sheet, platform: str, posts: list[PostRow]) -> SourceRow:
    first, *others = posts
    record = CreatorRecord(
        platform=platform, handle=first.handle, posts=tuple(row.post for row in posts), only_posts=True
    )
    return SourceRow(
        file=str(sheet.path),
        line=first.line,
        found=record,
        notes=tuple(note for row in posts for note in row.notes),
        more_lines=tuple(row.line for row in others),
    )


def _nobody(handle: str, platforms: set[str]) -> str:
    if platforms:
        places = " and on ".join(sorted(platforms))
        return f"“{handle}” is on {places}; add a platform column that says whose post this is"
    return (
        f"no creator in these files has the handle “{handle}”; import the creator too, "
        "or add a platform column where an earlier import knows the person"
    )


def _person(record: CreatorRecord) -> Person:
    return record.platform, record.handle.casefold()
