"""What is agreed with one creator, as typed values: the only source of a brief letter."""

import json
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256

from agent.domain.brand import Affiliate, Gift, Money


class Format(StrEnum):
    """In which form a deliverable is published; rules of disclosure differ between picture and sound."""

    PHOTO = "photo"
    VIDEO = "video"
    STORY = "story"
    LIVE = "live"
    AUDIO = "audio"
    ARTICLE = "article"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class Deliverable:
    """Something the creator publishes: what, in which form, how many, and by which day."""

    what: str
    format: Format = Format.OTHER
    count: int = 1
    due_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class UsageRights:
    """What the brand may do with the content, from the first day to the last, both included."""

    scope: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, kw_only=True)
class Exclusivity:
    """For what the creator works with nobody else, from the first day to the last, both included."""

    field: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, kw_only=True)
class Contact:
    """Whom the creator asks."""

    name: str
    email: str


@dataclass(frozen=True, kw_only=True)
class Terms:
    """Everything a brief letter says that is not the brand's standing text.

    `objective` is the promotional objective that the yearly ledger counts by. `audience_country` is where
    most of the creator's audience is, None where that is where the creator lives. `disclosure` are the words
    that mark each publication. `contract` is the reference of a signed contract, empty for none. `note` is a
    personal word of the brand's to this creator.
    """

    objective: str
    contact: Contact
    gift: Gift | None = None
    cash: Money | None = None
    affiliate: Affiliate | None = None
    deliverables: tuple[Deliverable, ...] = ()
    rights: UsageRights | None = None
    exclusivity: Exclusivity | None = None
    key_messages: tuple[str, ...] = ()
    must_nots: tuple[str, ...] = ()
    approval_steps: tuple[str, ...] = ()
    disclosure: tuple[str, ...] = ()
    audience_country: str | None = None
    contract: str = ""
    note: str = ""

    @property
    def benefits(self) -> frozenset[str]:
        """What the creator receives: of `gift`, `cash` and `affiliate`."""
        held = {"gift": self.gift, "cash": self.cash, "affiliate": self.affiliate}
        return frozenset(name for name, term in held.items() if term is not None)

    @property
    def formats(self) -> frozenset[Format]:
        """The forms in which something is published."""
        return frozenset(each.format for each in self.deliverables)

    @property
    def texts(self) -> tuple[str, ...]:
        """Every text that a person typed, for the checks."""
        return tuple(_texts(self))


def canonical(terms: Terms) -> str:
    """Return the terms as one line of JSON: the same for the same terms, another for any other."""
    return json.dumps(_plain(terms), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def content_hash(terms: Terms) -> str:
    """Return the SHA-256 of the canonical form, in hexadecimal."""
    return sha256(canonical(terms).encode()).hexdigest()


def _plain(value: object) -> object:
    match value:
        case Decimal():
            return format(value.normalize(), "f")
        case date():
            return value.isoformat()
        case StrEnum():
            return value.value
        case tuple():
            return [_plain(item) for item in value]
        case _ if is_dataclass(value):
            return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
        case _:
            return value


def _texts(value: object) -> list[str]:
    match value:
        case StrEnum():
            return []
        case str():
            return [value]
        case tuple():
            return [text for item in value for text in _texts(item)]
        case _ if is_dataclass(value):
            return [text for field in fields(value) for text in _texts(getattr(value, field.name))]
        case _:
            return []
