"""Creators with their posts, in SQL.

An import saves tens of thousands: statements are made once and run without the object mapper, and only what
differs from the stored rows is written.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row as Record
from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlmodel import col

from agent.adapters.database.statements import MANY, batches, changed
from agent.adapters.database.tables import CreatorRow, InboundRow, OutreachRow, ReplyRow, Row
from agent.adapters.database.work import Work
from agent.domain.creator import Address, Creator, Post
from agent.domain.errors import BadInput
from agent.domain.ids import CreatorId, normal_handle, normal_platform
from agent.ports import CreatorColumns

BATCH = 500
NARROW_BATCH = 5_000

_CREATORS = Row.metadata.tables["creators"]
_POSTS = Row.metadata.tables["posts"]
_THIS_CREATOR = _CREATORS.c.id == bindparam("this_creator")
_THIS_POST = (_POSTS.c.creator_id == bindparam("this_creator"), _POSTS.c.key == bindparam("this_key"))
_OF_THESE = _POSTS.c.creator_id.in_(bindparam("these", expanding=True))

_CREATOR = select(_CREATORS).where(_THIS_CREATOR)
_THESE_CREATORS = select(_CREATORS).where(_CREATORS.c.id.in_(bindparam("these", expanding=True)))
_POSTS_OF = select(_POSTS).where(_OF_THESE).order_by(_POSTS.c.creator_id, _POSTS.c.position)
_SOME_POSTS_OF = _POSTS_OF.where(_POSTS.c.key.in_(bindparam("keys", expanding=True)))
_OTHERS = _CREATORS.alias()
_SAME_PERSON = (
    select(_CREATORS.c.id.label("this"), _OTHERS.c.id.label("other"))
    .join(_OTHERS, _OTHERS.c.email_key == _CREATORS.c.email_key)
    .where(_CREATORS.c.id.in_(bindparam("these", expanding=True)))
)
_ADD_CREATOR = insert(_CREATORS)
_CHANGE_CREATOR = update(_CREATORS).where(_THIS_CREATOR)
_ADD_POST = insert(_POSTS)
_CHANGE_POST = update(_POSTS).where(*_THIS_POST)
_REMOVE_POST = delete(_POSTS).where(*_THIS_POST)


class SqlCreators:
    """Creators with their posts."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._connection = work.connection()

    def get(self, creator_id: CreatorId) -> Creator | None:
        """Return a creator with posts in the order of import."""
        rows = self._connection.execute(_CREATOR, {"this_creator": creator_id}).all()
        return next(self._whole(rows), None)

    def with_ids(
        self, creator_ids: Iterable[CreatorId], *, posts: Collection[str] | None = None
    ) -> Mapping[CreatorId, Creator]:
        """Return those of these creators that are known, with the posts of these keys; with all for None."""
        found: dict[CreatorId, Creator] = {}
        for some in batches(set(creator_ids)):
            rows = self._connection.execute(_THESE_CREATORS, {"these": some}).all()
            found |= {creator.id: creator for creator in self._whole(rows, posts)}
        return found

    def without_posts(self, creator_ids: Iterable[CreatorId]) -> Mapping[CreatorId, Creator]:
        """Return those of these creators that are known, each without posts."""
        rows = (
            row
            for some in batches(set(creator_ids))
            for row in self._connection.execute(_THESE_CREATORS, {"these": some})
        )
        return {CreatorId(row.id): _creator_of(row, ()) for row in rows}

    def find(self, person: str) -> Creator | None:
        """Return the creator named `platform:handle`, or by a handle that only one creator has."""
        platform, colon, handle = person.partition(":")
        key = normal_handle(handle if colon else person).casefold()
        query = select(_CREATORS).where(_CREATORS.c.handle_key == key)
        if colon:
            query = query.where(_CREATORS.c.platform == normal_platform(platform))
        rows = self._connection.execute(query.limit(2)).all()
        return next(self._whole(rows), None) if len(rows) == 1 else None

    def save(self, creator: Creator) -> None:
        """Insert or replace a creator with its posts; raise BadInput where two posts share a key."""
        if len({post.key for post in creator.posts}) != len(creator.posts):
            raise BadInput(f"Creator {creator.person} has two posts with the same key; give each its own.")
        known = self.get(creator.id)
        if known is None:
            self._connection.execute(_ADD_CREATOR, _values_of(creator))
        elif known != creator:
            self._connection.execute(_CHANGE_CREATOR, {"this_creator": creator.id, **_values_of(creator)})
        self._save_posts(creator.id, known.posts if known else (), creator.posts)

    def delete(self, creator_id: CreatorId) -> None:
        """Remove a creator and all that depends on it; mails of theirs keep their place without text."""
        theirs = (
            select(col(ReplyRow.inbound_id))
            .join(OutreachRow, col(OutreachRow.id) == col(ReplyRow.outreach_id))
            .where(col(OutreachRow.creator_id) == creator_id)
        )
        emptied = update(InboundRow).where(col(InboundRow.id).in_(theirs)).values(raw=None)
        changed(self._work, emptied)
        changed(self._work, delete(CreatorRow).where(col(CreatorRow.id) == creator_id))

    def stream(self) -> Iterator[Creator]:
        """Yield every creator by id, in batches that fit memory."""
        last = -1
        query = select(_CREATORS).order_by(_CREATORS.c.id).limit(BATCH)
        while rows := self._connection.execute(query.where(_CREATORS.c.id > last)).all():
            last = rows[-1].id
            yield from self._whole(rows)

    def columns(self) -> Iterator[CreatorColumns]:
        """Yield what the filters need of every creator, by id."""
        for row in self._narrow("id", "platform", "handle", "language", "country", "followers"):
            yield CreatorColumns(
                id=CreatorId(row.id),
                platform=row.platform,
                handle=row.handle,
                language=row.language,
                country=row.country,
                followers=row.followers,
            )

    def versions(self) -> Iterator[tuple[CreatorId, datetime]]:
        """Yield every creator's id and when it last changed, by id."""
        for row in self._narrow("id", "updated_at"):
            yield CreatorId(row.id), row.updated_at

    def same_person(self, creator_ids: Iterable[CreatorId]) -> Mapping[CreatorId, frozenset[CreatorId]]:
        """Return with each of these creators all who are reached at the same address, itself included."""
        found: dict[CreatorId, set[CreatorId]] = {each: {each} for each in creator_ids}
        for some in batches(found):
            for row in self._connection.execute(_SAME_PERSON, {"these": some}):
                found[CreatorId(row.this)].add(CreatorId(row.other))
        return {creator_id: frozenset(others) for creator_id, others in found.items()}

    def with_email(self, email: str) -> tuple[Creator, ...]:
        """Return the creators who are reached at this address, by id, whatever its case."""
        query = select(_CREATORS).where(_CREATORS.c.email_key == email.casefold())
        return tuple(self._whole(self._connection.execute(query.order_by(_CREATORS.c.id)).all()))

    def count(self) -> int:
        """Return how many creators are known."""
        return self._connection.execute(select(func.count()).select_from(_CREATORS)).scalar_one()

    def _save_posts(self, creator_id: CreatorId, known: tuple[Post, ...], given: tuple[Post, ...]) -> None:
        if known == given:
            return
        before = {post.key: (place, post) for place, post in enumerate(known)}
        after = {post.key: (place, post) for place, post in enumerate(given)}
        new = [_post_values(creator_id, *after[key]) for key in after if key not in before]
        other = [
            {"this_creator": creator_id, "this_key": key, **_post_values(creator_id, *after[key])}
            for key in after
            if key in before and before[key] != after[key]
        ]
        gone = [{"this_creator": creator_id, "this_key": key} for key in before if key not in after]
        for statement, rows in ((_REMOVE_POST, gone), (_CHANGE_POST, other), (_ADD_POST, new)):
            if rows:
                self._connection.execute(statement, rows)

    def _whole(self, rows: Sequence[Record[Any]], keys: Collection[str] | None = None) -> Iterator[Creator]:
        posts: dict[int, list[Post]] = {row.id: [] for row in rows}
        if posts:
            for post in self._posts_of(list(posts), keys):
                posts[post.creator_id].append(_post_of(post))
        return (_creator_of(row, tuple(posts[row.id])) for row in rows)

    def _posts_of(self, these: list[int], keys: Collection[str] | None) -> Iterable[Record[Any]]:
        if keys is None:
            return self._connection.execute(_POSTS_OF, {"these": these})
        if len(keys) > MANY:
            rows = self._connection.execute(_POSTS_OF, {"these": these})
            return (row for row in rows if row.key in keys)
        return self._connection.execute(_SOME_POSTS_OF, {"these": these, "keys": list(keys)})

    def _narrow(self, *names: str) -> Iterator[Record[Any]]:
        last = -1
        query = select(*(_CREATORS.c[name] for name in names)).order_by(_CREATORS.c.id).limit(NARROW_BATCH)
        while rows := self._connection.execute(query.where(_CREATORS.c.id > last)).all():
            last = rows[-1].id
            yield from rows


def _values_of(creator: Creator) -> dict[str, Any]:
    address = creator.address
    return {
        "id": creator.id,
        "platform": creator.platform,
        "handle": creator.handle,
        "handle_key": creator.handle.casefold(),
        "url": creator.url,
        "name": creator.name,
        "language": creator.language,
        "country": creator.country,
        "followers": creator.followers,
        "bio_original": creator.bio_original,
        "bio": creator.bio,
        "email": address.email if address else None,
        "email_key": address.email.casefold() if address else None,
        "provenance": address.provenance if address else None,
        "business_contact": creator.business_contact,
        "updated_at": creator.updated_at,
    }


def _post_values(creator_id: CreatorId, position: int, post: Post) -> dict[str, Any]:
    return {
        "creator_id": creator_id,
        "key": post.key,
        "position": position,
        "original": post.original,
        "text": post.text,
        "kind": post.kind,
        "published_on": post.published_on,
        "likes": post.likes,
        "comments": post.comments,
        "views": post.views,
        "url": post.url,
    }


def _creator_of(row: Record[Any], posts: tuple[Post, ...]) -> Creator:
    return Creator(
        id=CreatorId(row.id),
        platform=row.platform,
        handle=row.handle,
        url=row.url,
        name=row.name,
        language=row.language,
        country=row.country,
        followers=row.followers,
        bio_original=row.bio_original,
        bio=row.bio,
        address=None if row.email is None else Address(email=row.email, provenance=row.provenance),
        business_contact=row.business_contact,
        posts=posts,
        updated_at=row.updated_at,
    )


def _post_of(row: Record[Any]) -> Post:
    return Post(
        key=row.key,
        original=row.original,
        text=row.text,
        kind=row.kind,
        published_on=row.published_on,
        likes=row.likes,
        comments=row.comments,
        views=row.views,
        url=row.url,
    )
