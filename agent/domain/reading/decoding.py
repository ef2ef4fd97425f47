"""Headers and parts of mail from strangers, decoded leniently: whatever the bytes are, text comes back."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.parser import BytesHeaderParser
from email.policy import compat32
from email.utils import getaddresses, parsedate_to_datetime
from typing import TypeAlias

Mail: TypeAlias = "Message[str, str]"

# what the standard library raises on malformed mail; nesting without end becomes a RecursionError
BROKEN = (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError, MessageError)

_MAX_DEPTH = 40
_CHARSET_ALIASES = {"iso-8859-8-i": "iso-8859-8", "x-unknown": "utf-8", "unknown-8bit": "utf-8"}
_MAX_HEADER = 20_000
"""Characters of a header that are read: a thread of some hundred letters."""
# the standard library takes quadratic time over parameters, for every time one of them is asked for
_TYPE_HEADER = re.compile(
    rb"^content-(?:type|disposition):(?:[^\r\n]|\r?\n[ \t])*", re.IGNORECASE | re.MULTILINE
)
_MAX_TYPE = 4_000
_ENCODED_WORD = re.compile(r"=\?[^?\s]+\?[bqBQ]\?[^?]*\?=")
_FOLDING = re.compile(r"[\r\n]+[ \t]*")


@dataclass(frozen=True, kw_only=True)
class Part:
    """A leaf of a message. `returned`: it belongs to a message inside this message."""

    media_type: str
    attached: bool
    returned: bool
    message: Mail

    @property
    def text(self) -> str:
        """The part's text, whatever its charset claims."""
        return text_of(self.message)


def message_of(raw: bytes) -> Mail:
    """Return the message with the old policy, whose headers are plain strings.

    The newer `policy.default` parses each header on access and crashes on some malformed ones; what it adds
    is not needed here. Where even the structure defeats the parser, the body stays one text.
    """
    raw = _TYPE_HEADER.sub(lambda found: found[0][:_MAX_TYPE], raw)
    try:
        return message_from_bytes(raw, policy=compat32)
    except BROKEN:
        return BytesHeaderParser(policy=compat32).parsebytes(raw)


def leaves(message: Mail) -> Iterator[Part]:
    """Yield the message's parts that hold no others, in order; the parts of messages inside it too."""
    pending: list[tuple[Mail, int, bool]] = [(message, 0, False)]
    while pending:
        part, depth, returned = pending.pop()
        inner = children(part)
        if inner and depth < _MAX_DEPTH:
            inside = returned or part.get_content_maintype() == "message"
            pending.extend((child, depth + 1, inside) for child in reversed(inner))
        if not inner or part.get_content_maintype() == "message":
            yield Part(
                media_type=part.get_content_type(), attached=_attached(part), returned=returned, message=part
            )


def children(message: Mail) -> list[Mail]:
    """Return the parts directly inside a part."""
    payload = message.get_payload()
    if not isinstance(payload, list):
        return []
    return [child for child in payload if isinstance(child, Message)]


def text_of(message: Mail) -> str:
    """Return a leaf's text; broken base64, unknown charsets and stray bytes do not stop it."""
    payload: object = None
    with suppress(*BROKEN):
        payload = message.get_payload(decode=True)
    if not isinstance(payload, bytes):
        with suppress(*BROKEN):
            payload = message.get_payload()
        return _scalar(payload) if isinstance(payload, str) else ""
    charset = ""
    with suppress(*BROKEN):
        charset = str(message.get_content_charset() or "")
    return decode(payload, charset)


def decode(content: bytes, charset: str) -> str:
    """Return bytes as text: by the charset claimed, else as UTF-8, else as Windows Latin."""
    for name in (_CHARSET_ALIASES.get(charset, charset), "utf-8"):
        with suppress(LookupError, ValueError):
            return content.decode(name)
    return content.decode("cp1252", "replace")


def header(message: Mail, name: str) -> str:
    """Return a header in Unicode on one line, empty where there is none."""
    values = headers(message, name)
    return values[0] if values else ""


def headers(message: Mail, name: str) -> list[str]:
    """Return every header of that name, decoded."""
    try:
        found = message.get_all(name) or []
    except BROKEN:
        return []
    return [_decoded(str(value)[:_MAX_HEADER]) for value in found]


def address_of(message: Mail, name: str) -> tuple[str, str]:
    """Return (name, address) of the first mailbox in a header, both empty where there is none."""
    found = addresses_of(message, name)
    return found[0] if found else ("", "")


def addresses_of(message: Mail, name: str) -> list[tuple[str, str]]:
    """Return (name, address) of each mailbox in the headers of that name.

    Addresses are taken before encoded words are decoded: a decoded name may hold commas and angle brackets.
    """
    try:
        raw = [_FOLDING.sub(" ", _scalar(str(value)[:_MAX_HEADER])) for value in message.get_all(name) or []]
        pairs = getaddresses(raw)
    except BROKEN:
        return []
    return [(_decoded(display).strip(), email.strip()) for display, email in pairs if "@" in email]


def day_of(message: Mail) -> date | None:
    """Return the day of the Date header as the sender's clock wrote it."""
    try:
        return parsedate_to_datetime(header(message, "Date")).date()
    except BROKEN:
        return None


def _attached(part: Mail) -> bool:
    try:
        return part.get_content_disposition() == "attachment"
    except BROKEN:
        return False


def _decoded(value: str) -> str:
    value = _FOLDING.sub(" ", value)
    # RFC 2047 6.2: white space between two encoded words is not shown
    value = re.sub(r"(\?=)\s+(?==\?)", r"\1", value)
    return _scalar(_ENCODED_WORD.sub(_word, value)).strip()


def _word(match: re.Match[str]) -> str:
    try:
        (content, charset), *_ = decode_header(match[0])
    except BROKEN:
        return match[0]
    return content if isinstance(content, str) else decode(content, (charset or "").lower())


def _scalar(text: str) -> str:
    """Return the text without lone surrogates, under which the parser keeps bytes beyond ASCII."""
    if text.isascii():
        return text
    try:
        return decode(text.encode("ascii", "surrogateescape"), "")
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode("utf-8")
