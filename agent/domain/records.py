"""What files of creators and brands say, as plain values, before it meets what is known."""

from dataclasses import dataclass
from datetime import date

from agent.domain.brand import Brand, Campaign
from agent.domain.channel import Channel
from agent.domain.creator import Provenance
from agent.domain.letter import Letter


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Why a line of a file could not be used. Lines count from 1, as in an editor."""

    file: str
    line: int
    sentence: str

    def __str__(self) -> str:
        return f"{self.file} line {self.line}: {self.sentence}"


@dataclass(frozen=True, kw_only=True)
class Note:
    """What was left out of a line that was used otherwise, and why."""

    file: str
    line: int
    sentence: str

    def __str__(self) -> str:
        return f"{self.file} line {self.line}: {self.sentence}"


@dataclass(frozen=True, kw_only=True)
class PostRecord:
    """One post of a file. `text` is as written, repaired where its encoding was broken; None: not said."""

    id: str | None = None
    text: str = ""
    kind: str | None = None
    published_on: date | None = None
    likes: int | None = None
    comments: int | None = None
    views: int | None = None
    url: str | None = None


@dataclass(frozen=True, kw_only=True)
class CreatorRecord:
    """One creator of a file; None and empty: the file does not say.

    `platform`, `handle`, `language` (ISO 639-1) and `country` (ISO 3166-1 alpha-2) are in their normal
    forms, `bio` is as written. `only_posts` marks posts from a file of their own: they need a creator who
    is known already.
    """

    platform: str
    handle: str
    url: str | None = None
    name: str | None = None
    language: str | None = None
    country: str | None = None
    followers: int | None = None
    bio: str = ""
    email: str | None = None
    email_source: Provenance | None = None
    business_contact: bool | None = None
    posts: tuple[PostRecord, ...] = ()
    only_posts: bool = False

    @property
    def person(self) -> str:
        """The name by which people call this creator: `platform:handle`."""
        return f"{self.platform}:{self.handle}"


@dataclass(frozen=True, kw_only=True)
class SourceRow:
    """One creator of a file, or the problem that stands in its place.

    `line` is where it starts; `more_lines` are the others it was gathered from (posts by handle).
    """

    file: str
    line: int
    found: CreatorRecord | Problem
    notes: tuple[Note, ...] = ()
    more_lines: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class BrandFile:
    """A brand with its campaigns, as one file describes them."""

    brand: Brand
    campaigns: tuple[Campaign, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CaseRow:
    """A letter with all that it may rest on, as one line of a file describes it."""

    line: int
    letter: Letter
    touch: int
    channel: Channel
    creator: CreatorRecord
    brand: Brand
    campaign: Campaign
