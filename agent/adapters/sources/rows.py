"""From the raw fields of a line to a record, with a sentence for everything that was left out."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import TypeVar

from agent.adapters.sources import dates, places, profiles, values
from agent.adapters.sources.values import BadValue
from agent.domain.creator import Provenance
from agent.domain.records import CreatorRecord, PostRecord

T = TypeVar("T")
Raw = Mapping[str, object]


class Fields:
    """The raw fields of one thing; a value that cannot be read is left out and leaves a sentence."""

    def __init__(self, raw: Raw, notes: list[str], *, where: str = "") -> None:
        self.notes = notes
        self._raw = raw
        self._where = where

    def take(self, name: str, parse: Callable[[object], T]) -> T | None:
        """Return a field as `parse` reads it, None where the file says nothing or nothing readable."""
        value = self._raw.get(name)
        if values.is_nothing(value):
            return None
        try:
            return parse(value)
        except BadValue as reason:
            self.note(name, str(reason))
            return None

    def text(self, name: str) -> str:
        """Return a text as written, "" for none; unlike elsewhere, `-` is a text."""
        value = self._raw.get(name)
        try:
            return "" if value is None else values.written(value)
        except BadValue as reason:
            self.note(name, str(reason))
            return ""

    def note(self, name: str, reason: str) -> None:
        """Leave a sentence about a field."""
        self.notes.append(f"{self._where}{name}: {reason}; left out.")


def creator_of(raw: Raw, *, day_first: bool | None = None) -> tuple[CreatorRecord, tuple[str, ...]]:
    """Return the creator that raw fields describe, and what was left out of them.

    Raises BadValue where platform or handle is missing.
    """
    fields = Fields(raw, [])
    url = fields.take("url", values.web_address)
    handle = _handle(raw, url)
    platform = _platform(raw, url, handle)
    email = fields.take("email", values.email)
    record = CreatorRecord(
        platform=platform,
        handle=handle,
        url=url or _profile_url(raw),
        name=fields.take("name", values.label),
        language=fields.take("language", places.language),
        country=fields.take("country", places.country) or fields.take("market", places.country),
        followers=fields.take("followers", values.count),
        bio=fields.text("bio"),
        email=email,
        email_source=_source(raw, fields.notes, day_first=day_first) if email else None,
        business_contact=fields.take("business_contact", values.yes_or_no),
        posts=_posts(raw, fields.notes, day_first=day_first),
    )
    return record, tuple(fields.notes)


def post_of(
    raw: Raw, notes: list[str], *, where: str = "", day_first: bool | None = None
) -> PostRecord | None:
    """Return the post that raw fields describe; None, with a note, where it has neither id nor text."""
    fields = Fields(raw, notes, where=where)
    published = "published_at" if not values.is_nothing(raw.get("published_at")) else "published"
    post = PostRecord(
        id=fields.take("id", values.label),
        text=fields.text("text"),
        kind=fields.take("kind", values.label),
        published_on=fields.take(published, _day(day_first)),
        likes=fields.take("likes", values.count),
        comments=fields.take("comments", values.count),
        views=fields.take("views", values.count),
        url=fields.take("url", values.web_address),
    )
    if post.id is None and not post.text:
        notes.append(f"{where.removesuffix('.') or 'The post'} has neither id nor text; left out.")
        return None
    return post


def handle_and_platform(raw: Raw) -> tuple[str, str | None]:
    """Return whose post a row of a posts file is, the platform None where the row does not tell it.

    Raises BadValue where the handle is missing.
    """
    handle = _handle(raw, None)
    for name in ("platform", "url", "handle"):
        value = raw.get(name)
        if not values.is_nothing(value):
            found = profiles.platform(value) if name == "platform" else profiles.platform_of(str(value))
            if found is not None:
                return handle, found
    return handle, None


def _handle(raw: Raw, url: str | None) -> str:
    value = raw.get("handle")
    if value is None or not str(value).strip():
        found = profiles.handle_of(url) if url else None
        if found is None:
            raise BadValue("there is no handle, and every creator needs one")
        return found
    try:
        return profiles.handle(value)
    except BadValue as reason:
        raise BadValue(f"handle: {reason}") from reason


def _platform(raw: Raw, url: str | None, handle: str) -> str:
    value = raw.get("platform")
    if not values.is_nothing(value):
        try:
            return profiles.platform(value)
        except BadValue as reason:
            raise BadValue(f"platform: {reason}") from reason
    found = (url and profiles.platform_of(url)) or profiles.platform_of(str(raw.get("handle") or ""))
    if not found:
        raise BadValue(
            f"nothing tells the platform of “{handle}”; add a platform column, a profile's address, "
            "or constants: {platform: instagram} in a mapping file"
        )
    return found


def _profile_url(raw: Raw) -> str | None:
    value = str(raw.get("handle") or "")
    if "/" not in value:
        return None
    try:
        return values.web_address(value)
    except BadValue:
        return None


def _source(raw: Raw, notes: list[str], *, day_first: bool | None) -> Provenance | None:
    value = raw.get("email_source")
    given = _object(value) or _flat_source(raw)
    fields = Fields(given, notes, where="email_source.")
    kind = fields.take("kind", values.label)
    url = fields.take("url", values.web_address)
    found_on = fields.take("found_at", _day(day_first))
    if kind is None and url is None:
        return None
    return Provenance(kind=kind or "page", url=url, found_on=found_on)


def _object(value: object) -> dict[str, object] | None:
    """Return a group of fields, also where a spreadsheet holds it as JSON in one cell."""
    if isinstance(value, str) and value.lstrip().startswith("{"):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            return None
    return value if isinstance(value, dict) else None


def _flat_source(raw: Raw) -> dict[str, object]:
    given = {name: raw.get(f"email_source_{name}") for name in ("kind", "url", "found_at")}
    value = raw.get("email_source")
    if not values.is_nothing(value):
        is_url = str(value).strip().lower().startswith(("http://", "https://", "www."))
        name = "url" if is_url else "kind"
        given[name] = given[name] or value
    return given


def _posts(raw: Raw, notes: list[str], *, day_first: bool | None) -> tuple[PostRecord, ...]:
    single = raw.get("post")
    if isinstance(single, dict):
        found = post_of(single, notes, day_first=day_first)
        return () if found is None else (found,)
    given = raw.get("posts")
    if given is None:
        return ()
    if not isinstance(given, list):
        notes.append("posts: is no list; left out.")
        return ()
    posts: list[PostRecord] = []
    for number, item in enumerate(given, start=1):
        post = _listed_post(item, notes, where=f"posts[{number - 1}].")
        if post is not None:
            posts.append(post)
    return tuple(posts)


def _listed_post(item: object, notes: list[str], *, where: str) -> PostRecord | None:
    match item:
        case str():
            return post_of({"text": item}, notes, where=where)
        case dict():
            return post_of(item, notes, where=where)
        case _:
            notes.append(f"{where.removesuffix('.')}: {values.shown(item)} is no post; left out.")
            return None


def _day(day_first: bool | None) -> Callable[[object], date]:  # noqa: FBT001 - three answers: yes, no, nobody knows
    return partial(dates.day, day_first=day_first)
