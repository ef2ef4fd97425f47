"""Vetting on real profiles and posts: how often it speaks, and that it quotes exactly."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.adapters.sources import read_creators
from agent.domain.brand import Value
from agent.domain.creator import Creator
from agent.domain.vetting import Known, against, peers_of, signals_of, sponsored_posts
from agent.usecases.importing import import_creators
from tests.builders import NOW, a_brand
from tests.fakes import make_ports

pytestmark = pytest.mark.data

EVERY_STANCE = Value(
    name="v",
    text=(
        "Vegan and cruelty-free. Slow fashion. Zero waste. Low-carbon travel. Alcohol-free. No filter. "
        "Body neutral. Inclusive. For kids. Handmade."
    ),
)


@pytest.fixture(scope="module")
def creators(shared_data: Path) -> tuple[Creator, ...]:
    ports = make_ports(language=None)
    import_creators(ports, read_creators([shared_data / "match" / "creators.jsonl"]))
    with ports.store.read() as tx:
        return tuple(tx.creators.stream())


def quotes(creator: Creator) -> Iterator[tuple[str, str]]:
    brand = a_brand(values=(EVERY_STANCE,))
    yield from ((found.ref, found.quote) for found in against(brand, creator))
    for signal in signals_of(creator, Known(today=NOW.date(), brand=brand)):
        yield from ((quotation.ref, quotation.quote) for quotation in signal.evidence)


def test_every_quote_stands_in_the_text_it_points_to(creators: tuple[Creator, ...]) -> None:
    checked = 0
    for creator in creators:
        for ref, quote in quotes(creator):
            assert quote in (creator.evidence_text(ref) or "")
            checked += 1
    assert checked > 100


def test_contradictions_are_rare_even_for_a_brand_that_stands_for_everything(
    creators: tuple[Creator, ...],
) -> None:
    brand = a_brand(values=(EVERY_STANCE,))
    kinds: Counter[str] = Counter()
    for creator in creators:
        kinds.update({found.kind for found in against(brand, creator) if found.kind != "banned"})
    # read one by one: 11 drink, 7 lose weight, 5 are nothing for families …; a rule gone wild shows here
    assert 15 <= kinds.total() <= 40
    assert kinds["alcohol_free"] >= 8
    assert kinds["slow_fashion"] >= 2


def test_who_announces_sponsors_is_seen_to_do_so(creators: tuple[Creator, ...]) -> None:
    paid = [creator for creator in creators if sponsored_posts(creator)]
    assert 7 <= len(paid) <= 12


def test_peers_are_those_whose_posts_have_likes(creators: tuple[Creator, ...]) -> None:
    assert {platform for platform, _ in peers_of(creators).rates} == {"pinterest"}
