"""Whether a raw mail names somebody, however its sender encoded it."""

from collections.abc import Collection, Iterator

from agent.domain.reading.decoding import Mail, headers, leaves, message_of

_SOFT_BREAKS = (b"=\r\n", b"=\n")  # quoted-printable cuts a line, and an address in it, where it likes


def names_any(raw: bytes, words: Collection[str]) -> bool:
    """Return whether one of the case-folded words stands anywhere in a raw mail, headers and parts alike."""
    if not words:
        return False
    plain = raw
    for soft_break in _SOFT_BREAKS:
        plain = plain.replace(soft_break, b"")
    plain = plain.lower()
    if any(word.encode() in plain for word in words):
        return True
    if not any(code in plain for code in (b"base64", b"quoted-printable", b"=?")):
        return False  # nothing is encoded, so that there is nothing to decode
    return any(word in text.casefold() for text in _texts(message_of(raw)) for word in words)


def _texts(message: Mail) -> Iterator[str]:
    for part in (message, *(leaf.message for leaf in leaves(message))):
        for name in set(part.keys()):
            yield from headers(part, name)
    for leaf in leaves(message):
        yield leaf.text
