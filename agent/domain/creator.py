"""Creators: people who post, with what they said and how they may be reached."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from agent.domain.ids import CreatorId, PostId, post_id

BIO = "bio"
"""The key under which a receipt points to the bio instead of a post."""


class Tier(StrEnum):
    """How large an audience is; comparisons stay inside a tier."""

    NANO = "nano"
    MICRO = "micro"
    LARGER = "larger"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class Provenance:
    """Where an address was found: an address without it cannot be written to (CNIL, SAN-2024-020)."""

    kind: str
    url: str | None = None
    found_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Address:
    """An e-mail address, in ASCII or with an internationalised domain, and where it comes from."""

    email: str
    provenance: Provenance | None = None


@dataclass(frozen=True, kw_only=True)
class Post:
    """One thing a creator published.

    `original` is the text as imported (repaired where its encoding was broken); `text` is the same in
    NFKC without hidden characters, and the only form that is embedded, quoted or shown as evidence.
    """

    key: str
    original: str
    text: str
    kind: str = "post"
    published_on: date | None = None
    likes: int | None = None
    comments: int | None = None
    views: int | None = None
    url: str | None = None

    @property
    def is_quotable(self) -> bool:
        """Whether a letter may quote it: a list of hashtags gathered by a directory is no post."""
        return self.kind != "top_hashtags" and bool(self.text)


@dataclass(frozen=True, kw_only=True)
class Creator:
    """A person on one platform. Only platform and handle are sure; what is missing narrows what can be done.

    `language` is ISO 639-1, `country` ISO 3166-1 alpha-2. `business_contact` says whether the creator
    publishes the address for business: None where nobody has looked yet.
    """

    id: CreatorId
    platform: str
    handle: str
    url: str | None = None
    name: str | None = None
    language: str | None = None
    country: str | None = None
    followers: int | None = None
    bio_original: str = ""
    bio: str = ""
    address: Address | None = None
    business_contact: bool | None = None
    posts: tuple[Post, ...] = ()
    updated_at: datetime

    @property
    def person(self) -> str:
        """The name by which people call this creator on the command line: `platform:handle`."""
        return f"{self.platform}:{self.handle}"

    @property
    def whole_text(self) -> str:
        """Bio and posts as one text, for the vector that stands for the whole creator."""
        return "\n".join(text for text in (self.bio, *(post.text for post in self.posts)) if text)

    def recent(self, oldest: date) -> "Creator":
        """Return the creator without posts from before a day; with all where nothing else would be left."""
        posts = tuple(p for p in self.posts if p.published_on is None or p.published_on >= oldest)
        return replace(self, posts=posts) if posts or self.bio else self

    def post(self, key: str) -> Post | None:
        """Return the post with this key, or None."""
        return next((post for post in self.posts if post.key == key), None)

    def post_number(self, key: str) -> PostId:
        """Return the number under which the index knows the post with this key, or the bio."""
        return post_id(self.id, key)

    def evidence_text(self, key: str) -> str | None:
        """Return the text that a receipt with this reference points to: the bio's or a quotable post's."""
        if key == BIO:
            return self.bio or None
        post = self.post(key)
        return post.text if post is not None and post.is_quotable else None


def tier_of(followers: int | None, *, nano_below: int = 10_000, micro_to: int = 50_000) -> Tier:
    """Return the tier for a number of followers; the bounds are settings per market (default: France)."""
    if followers is None:
        return Tier.UNKNOWN
    if followers < nano_below:
        return Tier.NANO
    return Tier.MICRO if followers <= micro_to else Tier.LARGER
