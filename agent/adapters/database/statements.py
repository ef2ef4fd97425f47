"""The few statements that every repository is made of."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from sqlalchemy import CursorResult, Executable, insert, inspect, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from agent.adapters.database.tables import Row
from agent.domain.errors import BadInput

Item = TypeVar("Item")
Found = TypeVar("Found", bound=Row)

MANY = 500
"""How many keys one statement names: below every engine's limit of parameters."""


def fetch(session: Session, table: type[Found], key: str | int) -> Found | None:
    """Return the row with this primary key as it is stored now."""
    return session.get(table, key, populate_existing=True)


def put(session: Session, row: Row, *, otherwise: str) -> None:
    """Replace the row with this primary key, or insert it; raise BadInput where a constraint refuses."""
    given = values(row)
    same = [col(column) == given[column.key] for column in inspect(type(row)).primary_key]
    with _refusing_one(session, otherwise):
        if changed(session, update(type(row)).where(*same).values(given)) == 0:
            session.execute(insert(type(row)), given)


def add(session: Session, row: Row, *, otherwise: str) -> None:
    """Insert the row; raise BadInput where a constraint refuses."""
    with _refusing_one(session, otherwise):
        session.execute(insert(type(row)), values(row))


def changed(session: Session, statement: Executable) -> int:
    """Execute an UPDATE or DELETE and return how many rows it met."""
    # no row held in memory has to be kept in step: each read fills its rows anew
    result = session.execute(statement, execution_options={"synchronize_session": False})
    assert isinstance(result, CursorResult)  # noqa: S101 - an UPDATE has no other kind of result
    return result.rowcount


@contextmanager
def refusing(session: Session, otherwise: str) -> Iterator[None]:
    """Turn a constraint's refusal into BadInput with this sentence; the transaction goes on without it."""
    try:
        with session.begin_nested():
            yield
    except IntegrityError as error:
        raise BadInput(otherwise) from error


@contextmanager
def _refusing_one(session: Session, otherwise: str) -> Iterator[None]:
    """Do the same around a single row: in SQLite a refused statement leaves no trace, without a savepoint."""
    if session.get_bind().dialect.name != "sqlite":
        with refusing(session, otherwise):
            yield
        return
    try:
        yield
    except IntegrityError as error:
        raise BadInput(otherwise) from error


def values(row: Row) -> dict[str, Any]:
    """Return the row's fields by column name."""
    return {name: getattr(row, name) for name in type(row).model_fields}


def batches(items: Iterable[Item], size: int = MANY) -> Iterator[Sequence[Item]]:
    """Yield the items in lists of at most `size`."""
    everything = tuple(items)
    for start in range(0, len(everything), size):
        yield everything[start : start + size]
