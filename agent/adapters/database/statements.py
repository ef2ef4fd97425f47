"""The few statements that every repository is made of, each made once and kept compiled."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import CursorResult, Delete, Insert, Select, Table, Update, bindparam, insert, select, update
from sqlalchemy import Row as Record
from sqlalchemy.exc import IntegrityError

from agent.adapters.database.tables import Row
from agent.adapters.database.work import Work
from agent.domain.errors import BadInput

Item = TypeVar("Item")

MANY = 500
"""How many keys one statement names: below every engine's limit of parameters."""


def fetch(work: Work, table: type[Row], *key: str | int) -> Record[Any] | None:
    """Return the row with this primary key as it is stored now; its fields have the columns' names."""
    given = dict(zip(_key_names(_table(table)), key, strict=True))
    return work.connection().execute(_by_key(_table(table)), given).first()


def put(work: Work, row: Row, *, otherwise: str) -> None:
    """Replace the row with this primary key, or insert it; raise BadInput where a constraint refuses."""
    put_values(work, _table(type(row)), values(row), otherwise=otherwise)


def put_values(work: Work, table: Table, given: Mapping[str, Any], *, otherwise: str) -> None:
    """Do the same for a row that is given by its columns' names."""
    same = {key: given[column.name] for key, column in zip(_key_names(table), table.primary_key, strict=True)}
    with _refusing_one(work, otherwise):
        if changed(work, _replacing(table), {**given, **same}) == 0:
            work.connection().execute(_inserting(table), given)


def add(work: Work, row: Row, *, otherwise: str) -> None:
    """Insert the row; raise BadInput where a constraint refuses."""
    add_values(work, _table(type(row)), values(row), otherwise=otherwise)


def add_values(work: Work, table: Table, given: Mapping[str, Any], *, otherwise: str) -> None:
    """Do the same for a row that is given by its columns' names."""
    with _refusing_one(work, otherwise):
        work.connection().execute(_inserting(table), given)


def changed(work: Work, statement: Update | Delete, given: Mapping[str, Any] | None = None) -> int:
    """Execute an UPDATE or DELETE and return how many rows it met."""
    result = work.connection().execute(statement, given)
    assert isinstance(result, CursorResult)  # noqa: S101 - an UPDATE has no other kind of result
    return result.rowcount


@contextmanager
def refusing(work: Work, otherwise: str) -> Iterator[None]:
    """Turn a constraint's refusal into BadInput with this sentence; the transaction goes on without it."""
    try:
        with work.connection().begin_nested():
            yield
    except IntegrityError as error:
        raise BadInput(otherwise) from error


@contextmanager
def _refusing_one(work: Work, otherwise: str) -> Iterator[None]:
    """Do the same around a single row: in SQLite a refused statement leaves no trace, without a savepoint."""
    if work.connection().dialect.name != "sqlite":
        with refusing(work, otherwise):
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


def _table(row: type[Row]) -> Table:
    return Row.metadata.tables[str(row.__tablename__)]


@cache
def _key_names(table: Table) -> tuple[str, ...]:
    return tuple(f"this_{column.name}" for column in table.primary_key)


@cache
def _by_key(table: Table) -> Select[Any]:
    return select(table).where(*_same_key(table))


@cache
def _replacing(table: Table) -> Update:
    return update(table).where(*_same_key(table))


@cache
def _inserting(table: Table) -> Insert:
    return insert(table)


def _same_key(table: Table) -> tuple[Any, ...]:
    return tuple(
        column == bindparam(key) for key, column in zip(_key_names(table), table.primary_key, strict=True)
    )
