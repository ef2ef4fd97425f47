"""What engines say when something is wrong, in sentences of ours."""

from sqlite3 import Error as SqliteError

from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import OperationalError

from agent.domain.errors import BadInput, NanoreachError, Unavailable

A_VIEW_CHANGES_NOTHING = "A view of the store changes nothing; open write() for that."

# by the beginning of SQLite's name for the error: https://www.sqlite.org/rescode.html
_SQLITE: dict[str, tuple[type[NanoreachError], str]] = {
    "SQLITE_BUSY": (
        Unavailable,
        (
            "The database {name} is busy: another process has been writing for longer than we wait. "
            "Nothing of this step was stored; try again."
        ),
    ),
    "SQLITE_LOCKED": (Unavailable, "The database {name} is locked by another connection; try again."),
    "SQLITE_FULL": (
        Unavailable,
        (
            "There is no room left for the database {name}. Nothing of this step was stored and nothing from "
            "before is lost; free some space and try again."
        ),
    ),
    "SQLITE_READONLY": (
        Unavailable,
        "The database {name} may only be read: check the permissions of the file and of its folder.",
    ),
    "SQLITE_CANTOPEN": (
        Unavailable,
        "The database {name} cannot be opened: check that its folder exists and may be written to.",
    ),
    "SQLITE_IOERR": (
        Unavailable,
        "The disk failed while the database {name} was used. Nothing of this step was stored.",
    ),
    "SQLITE_NOTADB": (
        BadInput,
        (
            "{name} is not a database: another file lies where the store should be. Move it away, or point "
            "NANOREACH_HOME elsewhere."
        ),
    ),
    "SQLITE_CORRUPT": (BadInput, "The database {name} is damaged. Put the last backup in its place."),
}

# by the beginning of the SQLSTATE: https://www.postgresql.org/docs/current/errcodes-appendix.html
_POSTGRESQL: dict[str, tuple[type[NanoreachError], str]] = {
    "08": (Unavailable, "The connection to the database {name} was lost; try again."),
    "28": (Unavailable, "The database {name} refuses our name or password; check its URL."),
    "3D": (Unavailable, "The server knows no database {name}; create it first."),
    "40": (
        Unavailable,
        "Two processes changed the same rows of {name} at once; nothing was stored. Try again.",
    ),
    "53": (
        Unavailable,
        "The database {name} has run out of disk, memory or connections; nothing was stored.",
    ),
    "55P03": (Unavailable, "The database {name} is busy: a lock was not given in time. Try again."),
    "57": (Unavailable, "The database {name} is shutting down or starting; try again."),
}
_WRITING_IN_A_VIEW = frozenset({"SQLITE_READONLY", "25006"})


def in_our_words(name: str, context: ExceptionContext) -> Exception | None:
    """Return our error for the one that an engine raised, None where it says nothing about the world.

    `name` is how people know the database, without a password. Constraints are left to the repositories,
    mistakes in SQL to the programmer.
    """
    error = context.original_exception
    if isinstance(error, UnicodeEncodeError):
        return BadInput(
            f"A text holds half a character (U+{ord(error.object[error.start]):04X}), which cannot be stored."
        )
    if isinstance(error, SqliteError):
        return _known(_SQLITE, getattr(error, "sqlite_errorname", ""), name, context)
    code = getattr(error, "sqlstate", None)
    if code is None and isinstance(context.sqlalchemy_exception, OperationalError):
        return Unavailable(f"The database {name} does not answer; check that its server runs.")
    return _known(_POSTGRESQL, code or "", name, context)


def told(error: SqliteError, *, name: str) -> Exception | None:
    """Do the same for an error of SQLite's that came before a transaction began."""
    return _sentence(_SQLITE, getattr(error, "sqlite_errorname", ""), name)


def _known(
    table: dict[str, tuple[type[NanoreachError], str]], code: str, name: str, context: ExceptionContext
) -> Exception | None:
    if code in _WRITING_IN_A_VIEW and _is_view(context):
        return RuntimeError(A_VIEW_CHANGES_NOTHING)
    return _sentence(table, code, name)


def _sentence(table: dict[str, tuple[type[NanoreachError], str]], code: str, name: str) -> Exception | None:
    for beginning, (kind, sentence) in table.items():
        if code.startswith(beginning):
            return kind(sentence.format(name=name))
    return None


def _is_view(context: ExceptionContext) -> bool:
    connection = context.connection
    return connection is not None and connection.get_execution_options().get("view", False)
