"""Platforms and handles: by name, and as a profile's address tells them."""

import re
from urllib.parse import unquote, urlsplit

from agent.adapters.sources.texts import one_line
from agent.adapters.sources.values import BadValue, shown, web_address, written
from agent.domain.ids import normal_handle, normal_platform

_HOSTS = {
    "instagram": re.compile(r"(^|\.)(instagram\.com|instagr\.am)$"),
    "tiktok": re.compile(r"(^|\.)tiktok\.com$"),
    "youtube": re.compile(r"(^|\.)(youtube\.com|youtu\.be)$"),
    "pinterest": re.compile(r"(^|\.)pinterest(\.[a-z]{2,3}){1,2}$"),
    "twitch": re.compile(r"(^|\.)twitch\.tv$"),
    "x": re.compile(r"(^|\.)(x|twitter)\.com$"),
    "facebook": re.compile(r"(^|\.)facebook\.com$"),
    "threads": re.compile(r"(^|\.)threads\.(net|com)$"),
    "linkedin": re.compile(r"(^|\.)linkedin\.com$"),
}
_OTHER_NAMES = {
    "ig": "instagram", "insta": "instagram", "tik tok": "tiktok", "tt": "tiktok", "yt": "youtube",
    "you tube": "youtube", "twitter": "x", "fb": "facebook",
}  # fmt: skip
# first parts of a path that are followed by a name, or that are no name at all
_BEFORE_NAME = frozenset({"user", "c", "channel", "stories", "in"})
_NO_NAME = frozenset(
    {"p", "reel", "reels", "tv", "explore", "watch", "shorts", "pin", "video", "hashtag", "tag"}
)
_LONGEST_HANDLE = 100


def platform(value: object) -> str:
    """Return a platform's name in its normal form; usual short names and addresses are understood."""
    name = normal_platform(one_line(written(value)))
    if not name:
        raise BadValue("is empty")
    return _OTHER_NAMES.get(name) or platform_of(name) or name


def handle(value: object) -> str:
    """Return a handle without its @; a profile's address gives the handle in it."""
    text = written(value)
    if _is_address(text):
        return _shown_by(text)
    name = normal_handle(one_line(text))
    if not name or "\n" in text or len(name) > _LONGEST_HANDLE:
        raise BadValue(f"{shown(value)} is no handle")
    return name


def platform_of(url: str) -> str | None:
    """Return the platform whose site an address belongs to, or None."""
    host = _host(url)
    return next((name for name, pattern in _HOSTS.items() if pattern.search(host)), None)


def handle_of(url: str) -> str | None:
    """Return the handle that a profile's address on a known platform names, or None."""
    if platform_of(url) is None:
        return None
    parts = [unquote(part) for part in urlsplit(web_address(url)).path.split("/") if part]
    if len(parts) > 1 and parts[0].lower() in _BEFORE_NAME:
        parts = parts[1:]
    if not parts or parts[0].lower() in _NO_NAME:
        return None
    return normal_handle(one_line(parts[0])) or None


def _is_address(text: str) -> bool:
    has_scheme = text.lower().startswith(("https://", "http://", "www."))
    return has_scheme or ("/" in text and platform_of(text) is not None)


def _shown_by(url: str) -> str:
    if platform_of(url) is not None:
        name = handle_of(url)
        if name is None:
            raise BadValue(f"{shown(url)} is the address of a post, not of a profile")
        return name
    host = urlsplit(web_address(url)).hostname or ""
    return host.removeprefix("www.")  # a blog is called by its host


def _host(url: str) -> str:
    try:
        return urlsplit(web_address(url)).hostname or ""
    except BadValue:
        return ""
