from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from agent.domain.creator import BIO, Address, Provenance
from agent.domain.merging import Change, merge, without_future_dates
from agent.domain.records import CreatorRecord, PostRecord
from agent.domain.text import text_key
from tests.builders import NOW, a_creator, a_post, an_address

LATER = NOW + timedelta(days=1)
BIO_SOURCE = Provenance(kind="bio", url="https://instagram.example/lison", found_on=date(2026, 10, 1))


def a_record(**fields: Any) -> CreatorRecord:
    given: dict[str, Any] = {"platform": "instagram", "handle": "lison.sans.flacon"}
    return CreatorRecord(**(given | fields))


def test_an_unknown_creator_is_added() -> None:
    record = a_record(followers=4200, bio="𝓈avon\u200b", posts=(PostRecord(id="p1", text="ﬁn"),))

    merged = merge(None, record, at=NOW)

    creator = merged.creator
    assert merged.change is Change.ADDED
    assert (creator.person, creator.followers) == ("instagram:lison.sans.flacon", 4200)
    assert (creator.bio_original, creator.bio) == ("𝓈avon\u200b", "savon")
    assert [(post.key, post.original, post.text) for post in creator.posts] == [("p1", "ﬁn", "fin")]
    assert creator.updated_at == NOW


def test_the_same_again_changes_nothing() -> None:
    record = a_record(
        bio="savon",
        email="a@b.example",
        posts=(PostRecord(id="p1", text="un"), PostRecord(text="deux"), PostRecord(text="deux")),
    )
    known = merge(None, record, at=NOW).creator

    merged = merge(known, record, record, at=LATER)

    assert (merged.change, merged.creator) == (Change.UNCHANGED, known)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"name": "Lise"}, {"name": "Lise"}),
        ({"url": "https://x.example"}, {"url": "https://x.example"}),
        ({"language": "en"}, {"language": "en"}),
        ({"country": "BE"}, {"country": "BE"}),
        ({"followers": 0}, {"followers": 0}),
        ({"bio": "Lin"}, {"bio": "Lin", "bio_original": "Lin"}),
        ({"business_contact": False}, {"business_contact": False}),
    ],
)
def test_what_a_file_says_wins_and_the_rest_stays(said: dict[str, Any], expected: dict[str, Any]) -> None:
    known = a_creator()

    merged = merge(known, a_record(**said), at=LATER)

    assert merged.change is Change.UPDATED
    assert merged.creator == replace(known, **expected, updated_at=LATER)


def test_a_file_that_says_nothing_erases_nothing() -> None:
    known = a_creator()

    merged = merge(known, a_record(handle="LISON.Sans.Flacon"), at=LATER)

    assert (merged.change, merged.creator) == (Change.UNCHANGED, known)


def test_addresses_for_a_shortlist_keep_bio_and_posts() -> None:
    known = a_creator(address=None, business_contact=None)
    record = a_record(email="bonjour@sans-flacon.example", email_source=BIO_SOURCE, business_contact=True)

    merged = merge(known, record, at=LATER)

    assert merged.creator == replace(
        known,
        address=Address(email="bonjour@sans-flacon.example", provenance=BIO_SOURCE),
        business_contact=True,
        updated_at=LATER,
    )


def test_an_address_keeps_its_source_until_another_comes() -> None:
    known = a_creator(address=an_address("bonjour@sans-flacon.example"))
    source = Provenance(kind="website", url="https://sans-flacon.example/contact")

    same = merge(known, a_record(email="Bonjour@sans-flacon.example"), at=LATER)
    sourced = merge(known, a_record(email="bonjour@sans-flacon.example", email_source=source), at=LATER)

    assert same.change is Change.UNCHANGED
    assert sourced.creator.address == Address(email="bonjour@sans-flacon.example", provenance=source)


def test_another_address_has_its_own_source_and_asks_again_whether_it_is_for_business() -> None:
    known = a_creator(business_contact=True)

    creator = merge(known, a_record(email="autre@sans-flacon.example"), at=LATER).creator

    assert creator.address == Address(email="autre@sans-flacon.example", provenance=None)
    assert creator.business_contact is None


def test_posts_are_united_by_their_key() -> None:
    known = a_creator(posts=(a_post("a", "un", likes=3), a_post("b", "deux")))
    record = a_record(posts=(PostRecord(id="b", text="deux bis"), PostRecord(id="c", text="trois", views=9)))

    creator = merge(known, record, at=LATER).creator

    assert [(post.key, post.text, post.likes) for post in creator.posts] == [
        ("a", "un", 3),
        ("b", "deux bis", 342),
        ("c", "trois", None),
    ]
    assert creator.posts[1].published_on == date(2026, 6, 2)


def test_a_post_without_id_has_a_key_that_lasts_and_repeats_are_told_apart() -> None:
    record = a_record(posts=(PostRecord(text="un"), PostRecord(text="deux"), PostRecord(text="un")))

    keys = [post.key for post in merge(None, record, at=NOW).creator.posts]

    assert keys == [text_key("un"), text_key("deux"), f"{text_key('un')}-2"]


@pytest.mark.parametrize("name", [BIO, "x" * 201, ""])
def test_a_post_never_takes_a_key_that_cannot_be_its_own(name: str) -> None:
    record = a_record(posts=(PostRecord(id=name, text="un"),))

    assert merge(None, record, at=NOW).creator.posts[0].key == text_key("un")


def test_later_rows_of_one_import_win_over_earlier_ones() -> None:
    first, second = a_record(name="Lise", followers=1), a_record(name="Lison")

    creator = merge(None, first, second, at=NOW).creator

    assert (creator.name, creator.followers) == ("Lison", 1)


def test_a_row_that_names_a_creator_of_the_same_import_is_merged() -> None:
    known = a_creator()

    assert merge(known, a_record(name="Lise"), at=LATER, again=True).change is Change.MERGED
    assert merge(known, a_record(), at=LATER, again=True).creator == known
    assert merge(None, a_record(), at=LATER, again=True).change is Change.MERGED


def test_dates_that_have_not_come_anywhere_are_dropped() -> None:
    today = NOW.date()
    record = a_record(
        email="a@b.example",
        email_source=replace(BIO_SOURCE, found_on=date(2027, 1, 1)),
        posts=(
            PostRecord(id="a", published_on=today),
            PostRecord(id="b", published_on=today + timedelta(days=1)),
        ),
    )

    cleaned, sentences = without_future_dates(record, at=NOW)

    assert [post.published_on for post in cleaned.posts] == [today, None]
    assert cleaned.email_source == replace(BIO_SOURCE, found_on=None)
    assert sentences == (
        "Post 2 is dated 2026-10-07, in the future; it keeps no date.",
        "The address was found on 2027-01-01, in the future; its source keeps no date.",
    )
    assert without_future_dates(a_record(), at=NOW) == (a_record(), ())
