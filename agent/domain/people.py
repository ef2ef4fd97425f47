"""People on our side, and the rows that say who did what."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """What an account may do."""

    MANAGER = "manager"
    BRAND = "brand"
    OPERATOR = "operator"
    VIEWER = "viewer"


MAY_DECIDE = frozenset({Role.MANAGER, Role.OPERATOR})
"""Roles that approve, edit and reject letters."""


@dataclass(frozen=True, kw_only=True)
class Account:
    """Someone who may log in to the desk. The hash is argon2's and never shown."""

    email: str
    name: str
    role: Role
    password_hash: str = field(repr=False)
    created_at: datetime


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One row of the journal: who did what to which thing, when and why."""

    at: datetime
    who: str
    what: str
    subject: str
    why: str = ""
