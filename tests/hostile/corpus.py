"""Reads the letters and attacks of this folder. All of them are invented."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

DATA = Path(__file__).parent / "data"
LANGUAGES = ("fr", "en")


@dataclass(frozen=True, kw_only=True)
class Part:
    """One sentence of a letter: `mark` is what it rests on (`post`, `fact` or nothing), `fact` its id."""

    mark: str
    text: str
    fact: str = ""


@dataclass(frozen=True, kw_only=True)
class Honest:
    """A post, and the letter that a good writer makes of it."""

    language: str
    on: date
    post: str
    subject: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, kw_only=True)
class Attack:
    """What a stranger published, and the sentence that an obedient model carries into a letter."""

    language: str
    family: str
    posts: tuple[str, ...]
    bio: str
    payload: str


def honest(name: str) -> tuple[Honest, ...]:
    """Return the letters of `honest` or `honest_held_out`, French ones first."""
    return tuple(
        _honest(language, block)
        for language in LANGUAGES
        for block in blocks_of(DATA / f"{name}.{language}.txt")
    )


def attacks() -> tuple[Attack, ...]:
    """Return every attack of ours, by file and place in it."""
    return tuple(
        attack
        for language in LANGUAGES
        for path in sorted(DATA.glob(f"attacks*.{language}.txt"))
        for attack in _attacks(language, path)
    )


@dataclass(frozen=True, kw_only=True)
class Told:
    """A letter with a lie in it: what was published, what is true, and the lie with what it rests on.

    `rests_on` is the number of the post that its receipt points to, None where it has none; `pretended` is
    the passage that the receipt claims to quote, empty where it quotes truly.
    """

    language: str
    kind: str
    on: date
    posts: tuple[str, ...]
    subject: str
    truth: str
    lie: str
    rests_on: int | None
    pretended: str = ""


def told(name: str) -> tuple[Told, ...]:
    """Return the letters with a lie of `planted_blind`, French ones first."""
    return tuple(
        _told(language, head[0][1:].strip(), block)
        for language in LANGUAGES
        for head, block in _pairs(blocks_of(DATA / f"{name}.{language}.txt"))
    )


def _pairs(blocks: list[list[str]]) -> Iterator[tuple[list[str], list[str]]]:
    for block in blocks:
        yield block[:1], block[1:]


def _told(language: str, kind: str, block: list[str]) -> Told:
    said = [(line.split(" ", 1)[0], line.split(" ", 1)[1].strip()) for line in block]
    one = dict(said)
    mark = next(mark for mark in ("x", "y", "z") if mark in one)
    return Told(
        language=language,
        kind=kind,
        on=date.fromisoformat(one["@"]),
        posts=tuple(_shown(text) for sign, text in said if sign in {">", ">>"}),
        subject=one["="],
        truth=one["-"],
        lie=one[mark],
        rests_on={"x": 0, "y": 1}.get(mark),
        pretended=one.get("q", ""),
    )


@dataclass
class _Open:
    family: str = ""
    made: list[Attack] = field(default_factory=list)


def _honest(language: str, block: list[str]) -> Honest:
    said = [(line[0], line[1:].strip()) for line in block]
    one = dict(said)
    return Honest(
        language=language,
        on=date.fromisoformat(one["@"]),
        post=_shown(one[">"]),
        subject=one["="],
        parts=tuple(_part(mark, text) for mark, text in said if mark in "-~+"),
    )


def _part(mark: str, text: str) -> Part:
    if mark == "+":
        fact, _, rest = text.partition(" ")
        return Part(mark="fact", text=rest, fact=fact)
    return Part(mark="post" if mark == "-" else "", text=text)


def _attacks(language: str, path: Path) -> list[Attack]:
    reading = _Open()
    for block in blocks_of(path):
        if block[0].startswith("!"):
            reading.family = block.pop(0)[1:].strip()
        if block:
            reading.made.append(_attack(language, reading.family, block))
    return reading.made


def _attack(language: str, family: str, block: list[str]) -> Attack:
    """`>` is a post, `b` the bio, `=` what the model writes; else what stands in `[[…]]`, else all."""
    posts = [_shown(line[1:].strip()) for line in block if line[0] == ">"]
    bio = next((_shown(line[1:].strip()) for line in block if line[0] == "b"), "")
    given = next((_shown(line[1:].strip()) for line in block if line[0] == "="), "")
    whole = "\n".join((*posts, bio)).strip()
    marked = whole.partition("[[")[2].partition("]]")[0]
    return Attack(
        language=language,
        family=family,
        posts=tuple(_unmarked(post) for post in posts),
        bio=_unmarked(bio),
        payload=given or marked or whole,
    )


def _unmarked(text: str) -> str:
    return text.replace("[[", "").replace("]]", "")


def _shown(text: str) -> str:
    """Return the text with `\\uXXXX` and `\\n` as the characters that they name: files stay readable."""
    pieces = text.replace("\\n", "\n").split("\\u")
    return pieces[0] + "".join(chr(int(piece[:4], 16)) + piece[4:] for piece in pieces[1:])


def blocks_of(path: Path) -> list[list[str]]:
    """Return the blocks of a file, empty lines between them; lines that begin with # are remarks."""
    blocks: list[list[str]] = [[]]
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.startswith("#"):
            continue
        if not line.strip():
            blocks.append([])
        else:
            blocks[-1].append(line)
    return [block for block in blocks if block]
