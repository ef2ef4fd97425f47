"""Which drafts the queue asks for, as statements along its two indexes; each is made once and kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from json import loads
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    Text,
    and_,
    bindparam,
    func,
    select,
    tuple_,
    type_coerce,
)
from sqlalchemy import Row as Record

from agent.adapters.database.columns import Instant, Name
from agent.adapters.database.statements import batches
from agent.adapters.database.tables import Row
from agent.domain.channel import Channel
from agent.domain.draft import DraftKind, DraftStatus, kind_of
from agent.domain.ids import CampaignId, DraftId
from agent.ports import DraftFilter, DraftKey, DraftLine

_DRAFTS = Row.metadata.tables["drafts"]
_OUTREACH = Row.metadata.tables["outreach"]
_CREATORS = Row.metadata.tables["creators"]
_KEY = (_DRAFTS.c.created_at, _DRAFTS.c.id)


def _key(name: str) -> ColumnElement[Any]:
    return tuple_(bindparam(f"{name}_at", type_=Instant()), bindparam(f"{name}_id", type_=Name))


# not read as what they are: a list shows one line of a letter, and how many findings there are
_LETTER = type_coerce(_DRAFTS.c.letter, Text).label("letter")
_FINDINGS = type_coerce(_DRAFTS.c.findings, Text).label("findings")
_LINES: Select[Any] = (
    select(
        *_KEY,
        *(
            _DRAFTS.c[name]
            for name in ("touch", "channel", "answers", "status", "campaign_id", "language", "assigned_to")
        ),
        _LETTER,
        _FINDINGS,
        _CREATORS.c.name,
        _CREATORS.c.handle,
    )
    .join(_OUTREACH, _OUTREACH.c.id == _DRAFTS.c.outreach_id)
    .join(_CREATORS, _CREATORS.c.id == _OUTREACH.c.creator_id)
    .where(_DRAFTS.c.id.in_(bindparam("these", expanding=True)))
    .order_by(*_KEY)
)

_CONDITIONS: dict[str, ColumnElement[bool]] = {
    "campaign": _DRAFTS.c.campaign_id == bindparam("campaign"),
    "language": _DRAFTS.c.language == bindparam("language"),
    "has_findings": _DRAFTS.c.has_findings == bindparam("has_findings"),
    "assigned_to": _DRAFTS.c.assigned_to == bindparam("assigned_to"),
    "assigned": _DRAFTS.c.assigned_to.is_not(None),
    "unassigned": _DRAFTS.c.assigned_to.is_(None),
    "until": _DRAFTS.c.created_at <= bindparam("until"),
    "after": tuple_(*_KEY) > _key("after"),
    "before": tuple_(*_KEY) < _key("before"),
    DraftKind.FIRST: and_(_DRAFTS.c.answers.is_(None), _DRAFTS.c.touch == 1),
    DraftKind.FOLLOW_UP: and_(_DRAFTS.c.answers.is_(None), _DRAFTS.c.touch > 1),
    DraftKind.ANSWER: _DRAFTS.c.answers.is_not(None),
}


@dataclass(frozen=True, kw_only=True)
class Conditions:
    """The names of what is asked, and the values that go with them."""

    names: frozenset[str]
    values: dict[str, Any]


def queue_conditions(
    only: DraftFilter, *, after: DraftKey | None = None, before: DraftKey | None = None
) -> Conditions:
    """Return what a filter and a key ask for."""
    asked = {
        "campaign": only.campaign,
        "language": only.language,
        "has_findings": only.has_findings,
        "assigned_to": only.assigned_to,
        "until": only.until,
    }
    values: dict[str, Any] = {name: value for name, value in asked.items() if value is not None}
    names = {*values} | ({only.kind.value} if only.kind is not None else set())
    if only.is_assigned is not None:
        names.add("assigned" if only.is_assigned else "unassigned")
    for name, key in (("after", after), ("before", before)):
        if key is not None:
            names.add(name)
            values |= {f"{name}_at": key[0], f"{name}_id": key[1]}
    return Conditions(names=frozenset(names), values=values)


@cache
def queue_keys(names: frozenset[str]) -> Select[Any]:
    """Return the first `limit` keys of one status under these conditions; backwards before a key."""
    ordered = [column.desc() for column in _KEY] if "before" in names else list(_KEY)
    return select(*_KEY).where(*_fitting(names)).order_by(*ordered).limit(bindparam("limit", type_=Integer))


@cache
def queue_count(names: frozenset[str], at_most: int | None) -> Select[Any]:
    """Return how many have one status under these conditions; nothing is read beyond `at_most`."""
    found = select(_DRAFTS.c.id).where(*_fitting(names)).limit(at_most)
    return select(func.count()).select_from(found.subquery())


def queue_lines(connection: Connection, keys: Iterable[DraftKey]) -> tuple[DraftLine, ...]:
    """Return the drafts with these keys as lines of a list, in order."""
    rows = (
        row
        for some in batches(draft_id for _, draft_id in sorted(keys))
        for row in connection.execute(_LINES, {"these": some}).all()
    )
    return tuple(_line_of(row) for row in rows)


def _line_of(row: Record[Any]) -> DraftLine:
    return DraftLine(
        id=DraftId(row.id),
        title=_title(loads(row.letter)),
        language=row.language,
        kind=kind_of(touch=row.touch, is_answer=row.answers is not None),
        touch=row.touch,
        channel=Channel(row.channel),
        status=DraftStatus(row.status),
        findings=len(loads(row.findings)),
        campaign=CampaignId(row.campaign_id),
        name=row.name,
        handle=row.handle,
        assigned_to=row.assigned_to,
        created_at=row.created_at,
    )


def _title(letter: Mapping[str, Any]) -> str:
    """Return the same as `Letter.title`, of a letter's JSON."""
    sentences = (sentence["text"] for paragraph in letter["paragraphs"] for sentence in paragraph)
    return str(letter["subject"]) or next(sentences, "")


def _fitting(names: frozenset[str]) -> tuple[ColumnElement[bool], ...]:
    return (_DRAFTS.c.status == bindparam("status"), *(_CONDITIONS[name] for name in sorted(names)))
