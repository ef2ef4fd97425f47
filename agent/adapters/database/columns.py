"""Column types: instants in UTC, nested values as JSON, names in one order everywhere, large numbers."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cached_property, lru_cache
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import BigInteger, DateTime, Dialect, Integer, String, Text
from sqlalchemy.types import TypeDecorator

# names are compared by code point, as Python and SQLite do, whatever the server's locale
Name = String().with_variant(String(collation="C"), "postgresql")

# 63 bits; in SQLite only a column called INTEGER can be the row's own number
Whole = BigInteger().with_variant(Integer(), "sqlite")


class Instant(TypeDecorator[datetime]):
    """An aware datetime, kept and given back in UTC; a naive one is refused with ValueError."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Return the value in UTC."""
        if value is not None and value.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Return the stored value as aware; SQLite keeps no zone, and all that is stored is UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], Any] | None:
        """Return what makes a parameter of a value; in SQLite the same text as the layers below would."""
        if dialect.name != "sqlite":
            return super().bind_processor(dialect)
        return lambda value: _text_of(
            value if value is None or value.tzinfo is UTC else self.process_bind_param(value, dialect)
        )

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:
        """Return what makes a value of a result; SQLite has several for each letter."""
        return _value_of if dialect.name == "sqlite" else super().result_processor(dialect, coltype)


def _text_of(value: datetime | None) -> str | None:
    return value.isoformat(" ", "microseconds").removesuffix("+00:00") if value is not None else None


def _value_of(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text).replace(tzinfo=UTC) if text is not None else None


class Nested(TypeDecorator[Any]):
    """A value of the domain as JSON text, exactly as it was: Decimals as strings, durations in ISO 8601.

    Text and not the engine's JSON type: nobody searches inside, and engines rewrite numbers and key order.
    """

    impl = Text
    cache_ok = True

    def __init__(self, of: Any) -> None:  # noqa: ANN401 - any type, also `tuple[Fact, ...]`
        super().__init__()
        self.of = of

        # frozen values: the same text stands for the same value, and a brand is read for each of its letters
        self._read = lru_cache(maxsize=256)(self._validated)

    @cached_property
    def _adapter(self) -> TypeAdapter[Any]:
        return TypeAdapter(self.of)

    def process_bind_param(self, value: object, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Return the value as JSON."""
        return self._adapter.dump_json(value).decode() if value is not None else None

    def process_result_value(self, value: str | None, dialect: Dialect) -> object:  # noqa: ARG002 - SQLAlchemy's signature
        """Return the value that the JSON stands for; anything that does not fit its type is an error."""
        return self._read(value) if value is not None else None

    def _validated(self, value: str) -> object:
        return self._adapter.validate_json(value, strict=True)
