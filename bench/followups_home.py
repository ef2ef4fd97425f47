"""A store with many conversations that wait for their next letter, made with few statements."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import insert

from agent.adapters.database import SqlStore, migrate, open_store
from agent.adapters.database.tables import Row
from agent.domain.outreach import OutreachStatus
from tests.builders import a_brand, a_campaign, a_creator, a_fit
from tests.postgres import throwaway

AT = datetime(2026, 10, 5, 9, tzinfo=UTC)
"""A moment in the past: the rival's jobs are due by the clock on the wall."""
_CAMPAIGN_SIZE = 10_000
_TOGETHER = 5_000
_TABLES = Row.metadata.tables


@contextmanager
def database(kind: str) -> Iterator[str]:
    """Give the URL of a new, migrated database whose commits reach the disk."""
    if kind == "postgresql":
        with throwaway(durable=True) as url:
            migrate(url)
            yield url
        return
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'store.db'}"
        migrate(url)
        yield url


def fill(url: str, count: int, *, due_at: datetime) -> None:
    """Store so many conversations, one creator in at most one conversation of each campaign."""
    store = open_store(url)
    campaigns = [f"c-{number}" for number in range(-(-count // _CAMPAIGN_SIZE))]
    with store.write() as tx:
        tx.brands.save(a_brand())
        for name in campaigns:
            tx.brands.save_campaign(a_campaign(name))
    creators = min(count, _CAMPAIGN_SIZE)
    _insert(store, "creators", (_creator(number) for number in range(creators)))
    _insert(store, "outreach", (_outreach(number, due_at) for number in range(count)))
    store.close()


def _insert(store: SqlStore, table: str, rows: Iterator[dict[str, object]]) -> None:
    some: list[dict[str, object]] = []
    for row in rows:
        some.append(row)
        if len(some) == _TOGETHER:
            _write(store, table, some)
            some = []
    if some:
        _write(store, table, some)


def _write(store: SqlStore, table: str, rows: list[dict[str, object]]) -> None:
    with store._engine.begin() as connection:  # noqa: SLF001 - a million rows, past the port that checks each
        connection.execute(insert(_TABLES[table]), rows)


def _creator(number: int) -> dict[str, object]:
    return {
        "id": number + 1,
        "platform": "instagram",
        "handle": f"h{number}",
        "handle_key": f"h{number}",
        "bio_original": "",
        "bio": "",
        "updated_at": AT,
    }


def _outreach(number: int, due_at: datetime) -> dict[str, object]:
    return {
        "id": f"o-{number:07d}",
        "campaign_id": f"c-{number // _CAMPAIGN_SIZE}",
        "creator_id": number % _CAMPAIGN_SIZE + 1,
        "score": 0.5,
        "fit": a_fit(creator_id=a_creator().id),
        "status": OutreachStatus.CONTACTED.value,
        "touches_sent": 1,
        "next_touch_at": due_at + timedelta(seconds=number % 600),
        "reason": "",
        "created_at": AT - timedelta(days=5),
        "updated_at": AT - timedelta(days=5),
    }
