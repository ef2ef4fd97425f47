"""Names that nobody can guess, links that nobody can forge, hashes that tell nothing."""

import pytest

from agent.adapters.names import KeyedHashes, RandomIds, SignedLinks, fresh_key
from agent.domain.ids import OutreachId

KEY = b"k" * 32
OUTREACH = OutreachId("c-1")


def test_names_do_not_repeat_and_keep_their_prefix() -> None:
    made = {RandomIds().new("d") for _ in range(5000)}
    assert len(made) == 5000
    assert all(name.startswith("d-") and len(name) == 13 for name in made)


def test_a_link_leads_back_to_its_outreach_and_is_the_same_each_time() -> None:
    links = SignedLinks(public_url="https://desk.example", key=KEY)
    link = links.unsubscribe(OUTREACH)
    assert link is not None
    assert link == links.unsubscribe(OUTREACH)
    assert links.outreach_of(link.rpartition("/")[2]) == OUTREACH


def test_a_link_signed_with_another_key_is_not_ours() -> None:
    foreign = SignedLinks(public_url="https://desk.example", key=b"x" * 32).unsubscribe(OUTREACH)
    assert foreign is not None
    token = foreign.rpartition("/")[2]
    assert SignedLinks(public_url=None, key=KEY).outreach_of(token) is None


@pytest.mark.parametrize("token", ["", ".", "a.b", "ImMtMSI.AAAA", "ä", "\x00"])
def test_nonsense_is_no_link(token: str) -> None:
    assert SignedLinks(public_url=None, key=KEY).outreach_of(token) is None


def test_without_a_public_url_there_is_no_link() -> None:
    assert SignedLinks(public_url=None, key=KEY).unsubscribe(OUTREACH) is None


def test_an_address_hashes_alike_in_any_case_and_differently_under_another_key() -> None:
    hashes = KeyedHashes(KEY)
    assert hashes.of(" Lea@Creator.Example") == hashes.of("lea@creator.example")
    assert hashes.of("lea@creator.example") != KeyedHashes(b"x" * 32).of("lea@creator.example")
    assert "lea" not in hashes.of("lea@creator.example")


def test_fresh_keys_differ() -> None:
    assert fresh_key() != fresh_key()
    assert len(fresh_key()) == 64
