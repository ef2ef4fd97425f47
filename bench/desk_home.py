"""A home with as many letters to read as wanted: some that the product wrote, and copies of their rows."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from agent.adapters.database import SqlStore
from agent.bootstrap import build
from agent.domain.people import Role
from agent.ports import Ports
from agent.settings import Settings
from agent.usecases.accounts import register
from agent.usecases.drafting import draft_campaign
from agent.usecases.lookup import grouped
from bench.draft_home import CAMPAIGN, shortlist

_TABLES = ("creators", "posts", "outreach", "drafts")
_TOGETHER = 2_000
_OLDEST = datetime(2026, 9, 1, tzinfo=UTC)
_Row = dict[str, Any]
_Pattern = dict[str, list[_Row]]
"""The rows of one letter, by table."""


def settings(home: Path) -> Settings:
    """Return settings for a home without a model: the product's own writer writes."""
    return Settings(_env_file=None, NANOREACH_HOME=home)  # type: ignore[call-arg]  # pydantic-settings' own words


def fill(home: Path, letters: int, *, written: int, reviewers: Sequence[str]) -> None:
    """Make a home with so many waiting letters, `written` of them by the product, and these accounts.

    A copied letter has a creator, posts and an outreach of its own and is older than those written. Its JSON
    is a text of its own, as every post has its own key: what is remembered of one row serves no other.
    """
    ports = build(settings(home))
    shortlist(ports, written)
    draft_campaign(ports, CAMPAIGN, writer_name="offline", progress=lambda *_: None)
    for email in reviewers:
        register(ports, email=email, name="Reviewer", role=Role.MANAGER, password="a bench's password")
    _copy(ports, letters - written)
    ports.close()


def _copy(ports: Ports, count: int) -> None:
    assert isinstance(ports.store, SqlStore)
    engine = ports.store._engine  # noqa: SLF001 - a hundred thousand rows, past the port that checks each
    with engine.begin() as connection:
        patterns = _patterns(connection)
    for start in range(0, count, _TOGETHER):
        numbers = range(start, min(start + _TOGETHER, count))
        copies = [_numbered(patterns[number % len(patterns)], number) for number in numbers]
        with engine.begin() as connection:
            for table in _TABLES:
                _insert(connection, table, [row for copy in copies for row in copy[table]])


def _patterns(connection: Connection) -> list[_Pattern]:
    creators = {row["id"]: row for row in _all(connection, "creators")}
    outreach = {row["id"]: row for row in _all(connection, "outreach")}
    posts = grouped(_all(connection, "posts"), lambda row: row["creator_id"])
    found = []
    for draft in _all(connection, "drafts"):
        mine = outreach[draft["outreach_id"]]
        who = mine["creator_id"]
        found.append(
            {"creators": [creators[who]], "posts": posts[who], "outreach": [mine], "drafts": [draft]}
        )
    return found


def _all(connection: Connection, table: str) -> list[_Row]:
    # as it is stored, JSON as text
    rows = connection.exec_driver_sql(f"SELECT * FROM {table}").mappings()
    return [dict(row) for row in rows]


def _insert(connection: Connection, table: str, rows: list[_Row]) -> None:
    names = ", ".join(rows[0])
    given = ", ".join(f":{name}" for name in rows[0])
    connection.exec_driver_sql(f"INSERT INTO {table} ({names}) VALUES ({given})", rows)


def _numbered(pattern: _Pattern, number: int) -> _Pattern:
    handle, outreach_id = f"copy.{number:06d}", f"oc-{number:06d}"
    email, at = f"{handle}@creator.example", f"{_OLDEST + timedelta(seconds=number):%Y-%m-%d %H:%M:%S.%f}"
    new: dict[str, _Row] = {
        "creators": {"id": number + 1, "handle": handle, "handle_key": handle} | _both(email),
        "posts": {"creator_id": number + 1},
        "outreach": {"id": outreach_id, "creator_id": number + 1},
        "drafts": {"id": f"dc-{number:06d}", "outreach_id": outreach_id, "created_at": at, "updated_at": at},
    }
    old_key = pattern["posts"][0]["key"].partition("-")[0]
    return {
        table: [_renamed(row, f"{old_key}-", f"c{number}-") | new[table] for row in rows]
        for table, rows in pattern.items()
    }


def _both(email: str) -> _Row:
    return {"email": email, "email_key": email}


def _renamed(row: _Row, old: str, new: str) -> _Row:
    return {name: value.replace(old, new) if isinstance(value, str) else value for name, value in row.items()}
