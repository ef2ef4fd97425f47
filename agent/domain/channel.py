"""Channels: by which way a creator is written to, and what a platform's direct messages can hold.

An e-mail leaves by itself once a person has approved it. A direct message (DM) is copied by hand into the
platform's own app: Meta and TikTok forbid automated first messages.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from agent.domain.creator import Creator


class Channel(StrEnum):
    """The way by which a letter reaches its reader."""

    EMAIL = "email"
    DM = "dm"


CAUTIOUS = 1_000
"""Characters where a platform publishes no limit: the least that one of the large ones documents."""


@dataclass(frozen=True, kw_only=True)
class DirectMessages:
    """What a first direct message on a platform can hold, and where that is written.

    `most` counts Unicode code points of one message. `links` says whether a link in a message from a
    stranger is welcome; where that is not known it is False. `is_documented` is False where `most` is
    CAUTIOUS for want of a published figure. `read_on` is when the source was read.
    """

    platform: str
    most: int
    links: bool
    is_documented: bool
    source: str
    read_on: date


_READ = date(2026, 11, 22)
PLATFORMS: tuple[DirectMessages, ...] = (
    DirectMessages(
        platform="instagram",
        most=1_000,
        links=False,
        is_documented=True,
        source="developers.chatwoot.com/self-hosted/supported-features: Instagram 1000; strangers arrive in "
        "Requests (developers.facebook.com, Instagram API, Inbox limitations)",
        read_on=_READ,
    ),
    DirectMessages(
        platform="facebook",
        most=2_000,
        links=False,
        is_documented=True,
        source="developers.chatwoot.com/self-hosted/supported-features: Facebook 2000",
        read_on=_READ,
    ),
    DirectMessages(
        platform="tiktok",
        most=CAUTIOUS,
        links=False,
        is_documented=False,
        source="the app publishes none; business accounts may answer with 6000 "
        "(infobip.com/docs/tiktok/message-types)",
        read_on=_READ,
    ),
    DirectMessages(
        platform="x",
        most=10_000,
        links=False,
        is_documented=True,
        source="charactercounterpro.com/blog/social-media-character-limits: direct messages 10,000",
        read_on=_READ,
    ),
    DirectMessages(
        platform="twitter",
        most=10_000,
        links=False,
        is_documented=True,
        source="the former name of X",
        read_on=_READ,
    ),
    DirectMessages(
        platform="pinterest",
        most=CAUTIOUS,
        links=False,
        is_documented=False,
        source="none published",
        read_on=_READ,
    ),
    DirectMessages(
        platform="linkedin",
        most=CAUTIOUS,
        links=True,
        is_documented=False,
        source="none published for messages; professional pages expect a link to who is writing",
        read_on=_READ,
    ),
)
"""Platforms on which one can write to a creator. YouTube, blogs and podcasts have no direct messages."""
_BY_PLATFORM = {each.platform: each for each in PLATFORMS}


def direct_messages_on(platform: str) -> DirectMessages | None:
    """Return what a platform's direct messages can hold; None where it is not known to have any."""
    return _BY_PLATFORM.get(platform)


def channel_for(creator: Creator, allowed: Collection[Channel]) -> Channel | None:
    """Return how a creator is written to for the first time, among the campaign's channels; None: not at all.

    An e-mail goes where a business address with its source is on file, else a direct message where the
    platform has them. Whoever is known not to be open to business gets neither.
    """
    if creator.business_contact is False:
        return None
    if Channel.EMAIL in allowed and _has_sourced_address(creator):
        return Channel.EMAIL
    if Channel.DM in allowed and direct_messages_on(creator.platform) is not None:
        return Channel.DM
    return None


def _has_sourced_address(creator: Creator) -> bool:
    origin = creator.address.provenance if creator.address is not None else None
    return origin is not None and bool(origin.kind.strip())
