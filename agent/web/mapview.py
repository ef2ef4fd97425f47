"""The map of niches as a drawing: dots and names in the units of its frame, ready for a template."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from agent.usecases.niche_map import Area, Spot

WIDTH, HEIGHT = 720.0, 520.0
_MARGIN = 28.0
_LEAST_SPAN = 0.2
"""So much of the map is shown at least: a few creators of one niche do not fill the picture."""
_NAMED = 2
"""From so many creators on a niche gets its name into the picture."""
_EDGE = 8.0
"""How far a name keeps from the frame."""
_ABOUT = 48.0
"""How near to the middle of a niche its creators are when the name stands above them."""
_LARGE = 4
"""A niche of so many creators keeps its name also where there is room for it only on a mark."""
_MARK = 9.0
"""Half the width of a listed creator's mark."""
_GLYPH = 0.56
"""The width of a mean letter in parts of the font's size, on the wide side."""
ROWS = 12
"""So many niches are listed beside the picture; the others are summed up."""


_Box = tuple[float, float, float, float]
"""Left, upper, right and lower edge."""


@dataclass(frozen=True, kw_only=True)
class Lettering:
    """How names are set, in units of the frame: size, distance above the creators, and the most of them."""

    size: float
    above: float
    most: int


# on a phone the frame is less than half as wide, so letters are twice as large and names fewer
_WIDE = Lettering(size=14.0, above=13.0, most=18)
_NARROW = Lettering(size=30.0, above=20.0, most=6)


@dataclass(frozen=True, kw_only=True)
class Dot:
    """One creator in the picture."""

    x: float
    y: float
    person: str
    niche: str
    is_listed: bool


@dataclass(frozen=True, kw_only=True)
class Name:
    """A niche's name, centred at x, with its foot on the line y."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of the table beside the picture."""

    name: str
    creators: int
    listed: int


@dataclass(frozen=True, kw_only=True)
class MapView:
    """Dots (listed ones last, on top), names for wide and for narrow screens, and the table."""

    width: float
    height: float
    dots: tuple[Dot, ...]
    wide: tuple[Name, ...]
    narrow: tuple[Name, ...]
    rows: tuple[Row, ...]
    other_niches: int
    other_creators: int
    other_listed: int
    listed: int


def draw(spots: Sequence[Spot], areas: Sequence[Area], language: str) -> MapView:
    """Return the drawing of at least one spot and its areas, with names in a language, else in English."""
    frame = _Frame.around([(spot.x, spot.y) for spot in spots])
    names = {area.id: _called(area, language) for area in areas}
    dots = sorted(
        (
            Dot(
                x=frame.x(spot.x),
                y=frame.y(spot.y),
                person=spot.person,
                niche=names[spot.niche.id],
                is_listed=spot.is_listed,
            )
            for spot in spots
        ),
        key=lambda dot: dot.is_listed,
    )
    named = [_titled(names[area.id], frame, area, spots) for area in areas if area.creators >= _NAMED]
    marks = [(dot.x - _MARK, dot.y - _MARK, dot.x + _MARK, dot.y + _MARK) for dot in dots if dot.is_listed]
    rest = areas[ROWS:]
    return MapView(
        width=WIDTH,
        height=HEIGHT,
        dots=tuple(dots),
        wide=_lettered(named, marks, _WIDE),
        narrow=_lettered(named, marks, _NARROW),
        rows=tuple(
            Row(name=names[area.id], creators=area.creators, listed=area.listed) for area in areas[:ROWS]
        ),
        other_niches=len(rest),
        other_creators=sum(area.creators for area in rest),
        other_listed=sum(area.listed for area in rest),
        listed=sum(dot.is_listed for dot in dots),
    )


@dataclass(frozen=True, kw_only=True)
class _Title:
    """A name to be placed at x, above `top` or below `bottom`, of a niche with so many creators."""

    text: str
    creators: int
    x: float
    top: float
    bottom: float


@dataclass(frozen=True, kw_only=True)
class _Frame:
    """The part of the map that is shown: its corner, and units of the frame for a unit of the map."""

    left: float
    top: float
    scale: float

    @classmethod
    def around(cls, places: Sequence[tuple[float, float]]) -> "_Frame":
        xs, ys = [x for x, _ in places], [y for _, y in places]
        inner_width, inner_height = WIDTH - 2 * _MARGIN, HEIGHT - 2 * _MARGIN
        scale = min(
            inner_width / max(max(xs) - min(xs), _LEAST_SPAN),
            inner_height / max(max(ys) - min(ys), _LEAST_SPAN),
        )
        middle = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
        return cls(left=middle[0] - WIDTH / 2 / scale, top=middle[1] - HEIGHT / 2 / scale, scale=scale)

    def x(self, place: float) -> float:
        return round((place - self.left) * self.scale, 1)

    def y(self, place: float) -> float:
        return round((place - self.top) * self.scale, 1)


def _titled(name: str, frame: _Frame, area: Area, spots: Iterable[Spot]) -> _Title:
    """Return a niche's name with the edges of the creators who stand about the middle of the niche."""
    x, y = frame.x(area.x), frame.y(area.y)
    theirs = ((frame.x(spot.x), frame.y(spot.y)) for spot in spots if spot.niche.id == area.id)
    about = [down for across, down in theirs if abs(across - x) <= _ABOUT and abs(down - y) <= _ABOUT]
    return _Title(text=name, creators=area.creators, x=x, top=min(about), bottom=max(about))


def _called(area: Area, language: str) -> str:
    return area.names.get(language) or area.names.get("en") or area.id


def _lettered(named: Iterable[_Title], marks: Sequence[_Box], how: Lettering) -> tuple[Name, ...]:
    """Return the names that find room, those of larger niches first.

    A name never covers another one, and a listed creator's mark only where its niche is a large one.
    """
    placed: list[Name] = []
    taken: list[_Box] = []
    for title in named:
        half = len(title.text) * how.size * _GLYPH / 2
        if len(placed) == how.most or 2 * (half + _EDGE) > WIDTH:
            continue
        x = min(max(title.x, half + _EDGE), WIDTH - half - _EDGE)
        lines = (title.top - how.above, title.bottom + how.above + 0.7 * how.size)
        boxes = [_box(x, _inside(line, how), half, how) for line in lines]
        free = [box for box in boxes if not _hits(box, taken)]
        clear = [box for box in free if not _hits(box, marks)]
        may_cover = title.creators >= _LARGE
        for box in (clear or (free if may_cover else []))[:1]:
            taken.append(box)
            placed.append(Name(x=round(x, 1), y=round(box[3] - how.size / 3, 1), text=title.text))
    return tuple(placed)


def _inside(line: float, how: Lettering) -> float:
    return min(max(line, how.size), HEIGHT - how.size / 3)


def _box(x: float, line: float, half: float, how: Lettering) -> _Box:
    return (x - half, line - how.size, x + half, line + how.size / 3)


def _hits(box: _Box, others: Iterable[_Box]) -> bool:
    return any(_overlap(box, other) for other in others)


def _overlap(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
