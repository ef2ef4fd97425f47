"""Uniting what a file says about a creator with what is known."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from agent.domain.creator import BIO, Address, Creator, Post
from agent.domain.ids import creator_id
from agent.domain.records import CreatorRecord, PostRecord
from agent.domain.text import normal, text_key

_LONGEST_KEY = 200
_FIRST_ZONE = timedelta(hours=14)  # where a day begins first: UTC+14


class Change(StrEnum):
    """What an import did to a creator."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    MERGED = "merged"


@dataclass(frozen=True, kw_only=True)
class Merged:
    """A creator after the import, and what the import did to it."""

    creator: Creator
    change: Change


def merge(known: Creator | None, *records: CreatorRecord, at: datetime, again: bool = False) -> Merged:
    """Return the creator that the records, all of one person and in the order of the import, make of `known`.

    What a later record says wins, what it leaves out erases nothing, and posts are united by their keys.
    `updated_at` moves only where something else did. The change is MERGED where `again` says that an
    earlier part of the same import named this creator.
    """
    creator = known or _blank(records[0], at=at)
    for record in records:
        creator = _with(creator, record)
    if known is None:
        return Merged(creator=creator, change=Change.MERGED if again else Change.ADDED)
    changed = creator != known
    if changed:
        creator = replace(creator, updated_at=at)
    if again:
        return Merged(creator=creator, change=Change.MERGED)
    return Merged(creator=creator, change=Change.UPDATED if changed else Change.UNCHANGED)


def without_future_dates(record: CreatorRecord, *, at: datetime) -> tuple[CreatorRecord, tuple[str, ...]]:
    """Return the record without the dates that nowhere on earth have come, and a sentence for each."""
    today = (at + _FIRST_ZONE).date()
    sentences: list[str] = []
    posts: list[PostRecord] = []
    for number, post in enumerate(record.posts, start=1):
        if post.published_on is not None and post.published_on > today:
            sentences.append(f"Post {number} is dated {post.published_on}, in the future; it keeps no date.")
            posts.append(replace(post, published_on=None))
        else:
            posts.append(post)
    source = record.email_source
    if source is not None and source.found_on is not None and source.found_on > today:
        sentences.append(
            f"The address was found on {source.found_on}, in the future; its source keeps no date."
        )
        source = replace(source, found_on=None)
    return replace(record, posts=tuple(posts), email_source=source), tuple(sentences)


def _blank(record: CreatorRecord, *, at: datetime) -> Creator:
    number = creator_id(record.platform, record.handle)
    return Creator(id=number, platform=record.platform, handle=record.handle, updated_at=at)


def _with(creator: Creator, record: CreatorRecord) -> Creator:
    address = _address(creator.address, record)
    has_new_bio = bool(record.bio) and record.bio != creator.bio_original
    return replace(
        creator,
        url=record.url or creator.url,
        name=record.name or creator.name,
        language=record.language or creator.language,
        country=record.country or creator.country,
        followers=creator.followers if record.followers is None else record.followers,
        bio_original=record.bio if has_new_bio else creator.bio_original,
        bio=normal(record.bio) if has_new_bio else creator.bio,
        address=address,
        business_contact=_business_contact(creator, record, address),
        posts=_united(creator.posts, record.posts),
    )


def _address(known: Address | None, record: CreatorRecord) -> Address | None:
    if record.email is None:
        return known
    is_same = known is not None and known.email.casefold() == record.email.casefold()
    if known is not None and is_same:
        return replace(known, provenance=record.email_source or known.provenance)
    return Address(email=record.email, provenance=record.email_source)


def _business_contact(creator: Creator, record: CreatorRecord, address: Address | None) -> bool | None:
    if record.business_contact is not None:
        return record.business_contact
    before = creator.address.email if creator.address else None
    # the answer was about the address it came with: another address asks the question anew
    if before is not None and address is not None and address.email != before:
        return None
    return creator.business_contact


def _united(known: tuple[Post, ...], records: tuple[PostRecord, ...]) -> tuple[Post, ...]:
    posts = {post.key: post for post in known}
    for key, record in _keyed(records):
        posts[key] = _post(key, record, posts.get(key))
    return tuple(posts.values())


def _keyed(records: tuple[PostRecord, ...]) -> list[tuple[str, PostRecord]]:
    seen: Counter[str] = Counter()
    keyed = []
    for record in records:
        if _is_key(record.id):
            keyed.append((record.id or "", record))
            continue
        key = text_key(record.text)
        seen[key] += 1
        keyed.append((key if seen[key] == 1 else f"{key}-{seen[key]}", record))
    return keyed


def _is_key(name: str | None) -> bool:
    # the bio's key is taken: a receipt for the bio must never point to a post
    return bool(name) and name != BIO and len(name or "") <= _LONGEST_KEY


def _post(key: str, record: PostRecord, known: Post | None) -> Post:
    before = known or Post(key=key, original="", text="")
    is_new = bool(record.text) and record.text != before.original
    return replace(
        before,
        original=record.text if is_new else before.original,
        text=normal(record.text) if is_new else before.text,
        kind=record.kind or before.kind,
        published_on=record.published_on or before.published_on,
        likes=before.likes if record.likes is None else record.likes,
        comments=before.comments if record.comments is None else record.comments,
        views=before.views if record.views is None else record.views,
        url=record.url or before.url,
    )
