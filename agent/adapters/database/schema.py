"""Which schema a database has, and whether this version can work with it."""

from sqlalchemy import Connection, inspect, text

from agent.domain.errors import BadInput

SCHEMA = "0022"
"""The newest file in `versions/`; numbers go up, so that a newer database is known as one."""

_TABLE = "alembic_version"


def revision_of(connection: Connection) -> str | None:
    """Return the schema's number, None for a database that has none of our tables."""
    if not inspect(connection).has_table(_TABLE):
        return None
    return connection.execute(text(f"SELECT version_num FROM {_TABLE}")).scalar()  # noqa: S608 - a constant


def require_ours(connection: Connection, *, name: str) -> None:
    """Raise BadInput where the database belongs to something else or to a newer nanoreach."""
    revision = revision_of(connection)
    if revision is None and inspect(connection).get_table_names():
        raise BadInput(
            f"{name} is the database of another program; give nanoreach one of its own. Nothing was changed."
        )
    if revision is not None and revision > SCHEMA:
        raise BadInput(
            f"{name} was written by a newer nanoreach (schema {revision}, this version knows {SCHEMA}); "
            "upgrade nanoreach. Nothing was changed."
        )


def require_current(connection: Connection, *, name: str) -> None:
    """Raise BadInput where the database is not ours or has not been brought to the present schema."""
    require_ours(connection, name=name)
    revision = revision_of(connection)
    if revision is None:
        raise BadInput(f"{name} is empty; run `nanoreach init` first.")
    if revision < SCHEMA:
        raise BadInput(
            f"{name} has schema {revision} and this version needs {SCHEMA}; run `nanoreach init`, which "
            "keeps all data."
        )
