"""The drawing of the map: everything inside its frame, and no name on another one."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.ports import NicheShare
from agent.usecases.niche_map import Area, Spot
from agent.web.mapview import HEIGHT, ROWS, WIDTH, Name, draw


def a_niche(number: int) -> NicheShare:
    names = {"en": f"Niche number {number}", "fr": f"Niche numéro {number}"}
    return NicheShare(id=f"n{number}", names=names, share=1.0, x=0.5, y=0.5)


def a_spot(number: int, x: float, y: float, *, is_listed: bool = False) -> Spot:
    return Spot(person=f"blog:{x}-{y}", x=x, y=y, niche=a_niche(number), is_listed=is_listed)


def areas_of(spots: list[Spot]) -> tuple[Area, ...]:
    groups: dict[str, list[Spot]] = {}
    for spot in spots:
        groups.setdefault(spot.niche.id, []).append(spot)
    areas = (
        Area(
            id=name,
            names=group[0].niche.names,
            x=group[0].x,
            y=group[0].y,
            creators=len(group),
            listed=sum(spot.is_listed for spot in group),
        )
        for name, group in groups.items()
    )
    return tuple(sorted(areas, key=lambda area: (-area.creators, area.id)))


SPOTS = st.lists(
    st.builds(a_spot, st.integers(0, 30), st.floats(0, 1), st.floats(0, 1), is_listed=st.booleans()),
    min_size=1,
    max_size=80,
)


@given(SPOTS)
def test_everything_stands_inside_the_frame(spots: list[Spot]) -> None:
    view = draw(spots, areas_of(spots), "en")
    assert len(view.dots) == len(spots)
    assert all(0 <= dot.x <= WIDTH and 0 <= dot.y <= HEIGHT for dot in view.dots)
    assert all(0 <= name.x <= WIDTH and 0 < name.y <= HEIGHT for name in (*view.wide, *view.narrow))


@given(SPOTS)
def test_no_name_stands_on_another_one(spots: list[Spot]) -> None:
    view = draw(spots, areas_of(spots), "en")
    for names, size in ((view.wide, 14.0), (view.narrow, 30.0)):
        assert not [pair for pair in combinations(names, 2) if collide(*pair, size=size)]


def collide(one: Name, other: Name, *, size: float) -> bool:
    wide = (len(one.text) + len(other.text)) * size / 4  # half an em for a letter, and half of each name
    return abs(one.x - other.x) < wide and abs(one.y - other.y) < size


@given(SPOTS)
def test_the_table_counts_everybody(spots: list[Spot]) -> None:
    view = draw(spots, areas_of(spots), "en")
    assert sum(row.creators for row in view.rows) + view.other_creators == len(spots)
    assert sum(row.listed for row in view.rows) + view.other_listed == view.listed
    assert len(view.rows) <= ROWS


def test_listed_creators_are_drawn_last_so_that_nothing_hides_them() -> None:
    spots = [a_spot(0, 0.5, 0.5, is_listed=True), a_spot(0, 0.5, 0.5)]
    assert [dot.is_listed for dot in draw(spots, areas_of(spots), "en").dots] == [False, True]


@pytest.mark.parametrize(("language", "name"), [("fr", "Niche numéro 3"), ("de", "Niche number 3")])
def test_names_are_in_the_readers_language_else_in_english(language: str, name: str) -> None:
    spots = [a_spot(3, 0.4, 0.4), a_spot(3, 0.41, 0.4)]
    view = draw(spots, areas_of(spots), language)
    assert [each.text for each in view.wide] == [name]
    assert view.rows[0].name == name


def test_one_creator_alone_stands_in_the_middle_without_a_name() -> None:
    view = draw([a_spot(0, 0.9, 0.1)], areas_of([a_spot(0, 0.9, 0.1)]), "en")
    assert (view.dots[0].x, view.dots[0].y) == (WIDTH / 2, HEIGHT / 2)
    assert view.wide == ()
