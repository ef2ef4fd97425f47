"""Mails broken as the world breaks them, from a seed: the same seed gives the same mails."""

import random
from collections.abc import Callable, Iterator, Sequence

_CHARSETS = (
    b"utf-8",
    b"iso-2022-jp",
    b"utf-16",
    b"utf-7",
    b"unicode-1-1-utf-7",
    b"x-none",
    b"big5",
    b"hz",
    b"",
)
_ENCODINGS = (b"base64", b"quoted-printable", b"x-uuencode", b"8bit", b"nonsense")
_DEEP = 60
_HUGE = 200_000


def broken(mails: Sequence[bytes], *, seed: int, count: int) -> Iterator[bytes]:
    """Yield so many of the mails, each broken in one to three ways."""
    chance = random.Random(seed)
    for _ in range(count):
        mail = chance.choice(mails)
        for way in chance.sample(WAYS, chance.randint(1, 3)):
            mail = way(mail, chance)
        yield mail


def _cut(mail: bytes, chance: random.Random) -> bytes:
    return mail[: chance.randrange(len(mail) + 1)]


def _flipped(mail: bytes, chance: random.Random) -> bytes:
    content = bytearray(mail)
    for _ in range(min(len(content), chance.randint(1, 60))):
        content[chance.randrange(len(content))] = chance.randrange(256)
    return bytes(content)


def _wrong_charset(mail: bytes, chance: random.Random) -> bytes:
    named = b"Content-Type: text/plain; charset=" + chance.choice(_CHARSETS) + b"\r\n"
    return named + mail if chance.random() < 0.5 else mail.replace(b"utf-8", chance.choice(_CHARSETS))


def _wrong_encoding(mail: bytes, chance: random.Random) -> bytes:
    return b"Content-Transfer-Encoding: " + chance.choice(_ENCODINGS) + b"\r\n" + mail


def _boundaries(mail: bytes, chance: random.Random) -> bytes:
    lines = mail.split(b"\n")
    marked = [number for number, line in enumerate(lines) if line.startswith(b"--")]
    for number in chance.sample(marked, min(len(marked), 2)):
        lines[number] = chance.choice((b"", lines[number][:-2], lines[number] + b"--", b"--" + lines[number]))
    return b"\n".join(lines)


def _nested(mail: bytes, chance: random.Random) -> bytes:
    kind = chance.choice((b"message/rfc822", b"message/delivery-status", b"multipart/mixed; boundary=x"))
    return (b"Content-Type: " + kind + b"\r\n\r\n--x\r\n") * chance.randint(2, _DEEP) + mail


def _huge_header(mail: bytes, chance: random.Random) -> bytes:
    name = chance.choice(
        (b"Subject", b"References", b"From", b"Content-Type", b"Date", b"X-Failed-Recipients")
    )
    filling = chance.choice((b"a@b.example, ", b"=?utf-8?q?=C3=A9?= ", b"<1@x> ", b"(", b'"', b";a=b"))
    return name + b": " + filling * (_HUGE // len(filling)) + b"\r\n" + mail


def _with_nulls(mail: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(mail) + 1)
    return mail[:at] + b"\0" * chance.randint(1, 500) + mail[at:]


def _without_headers(mail: bytes, chance: random.Random) -> bytes:
    head, _, body = mail.partition(b"\n\n")
    kept = [line for line in head.split(b"\n") if chance.random() < 0.6]
    return b"\n".join(kept) + b"\n\n" + body


def _repeated(mail: bytes, chance: random.Random) -> bytes:
    return mail * chance.randint(2, 6)


def _line_ends(mail: bytes, chance: random.Random) -> bytes:
    return mail.replace(b"\n", chance.choice((b"\r", b"\r\r\n", b"\n\r", b"\x85", b"")))


def _half_letters(mail: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(mail) + 1)
    return (
        mail[:at]
        + chance.choice((b"\xed\xa0\x80", b"\xff\xfe", b"\xc3", b"=ED=A0=80", b"\xf5\x80"))
        + mail[at:]
    )


WAYS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _cut,
    _flipped,
    _wrong_charset,
    _wrong_encoding,
    _boundaries,
    _nested,
    _huge_header,
    _with_nulls,
    _without_headers,
    _repeated,
    _line_ends,
    _half_letters,
)
