"""Signals: engagement among peers, time, languages, topics, safety, and their sentences."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from string import Formatter
from typing import Any

import pytest

from agent.domain.creator import Creator, Post
from agent.domain.fit import Level, Quotation, Reason
from agent.domain.ids import creator_id
from agent.domain.vetting import LEAST_PEERS, Kind, Known, Signal, peers_of, rate_of, signals_of
from agent.domain.vetting.wording import AGAINST, SENTENCES, about
from tests.builders import a_creator, a_post

TODAY = date(2026, 10, 6)


def posts(likes: Sequence[int], *, comments: int | None = 5, every: int = 7) -> tuple[Post, ...]:
    return tuple(
        a_post(
            f"p-{n}",
            f"Jour {n} au jardin",
            likes=count,
            comments=comments,
            published_on=TODAY - timedelta(days=every * n),
        )
        for n, count in enumerate(likes)
    )


def a_crowd(count: int, **fields: Any) -> list[Creator]:
    """Creators of 1,000 followers whose rates run from 1 % upwards in steps of a tenth."""
    return [
        a_creator(
            f"peer-{n}",
            id=creator_id("instagram", f"peer-{n}"),
            followers=1000,
            posts=posts([10 + n] * 3, comments=0),
            **fields,
        )
        for n in range(count)
    ]


def signal(creator: Creator, key: str, **known: Any) -> Signal:
    (found,) = [each for each in signals(creator, **known) if each.key == key]
    return found


def signals(creator: Creator, **known: Any) -> tuple[Signal, ...]:
    return signals_of(creator, Known(today=TODAY, **known))


def test_a_rate_is_the_median_over_posts_of_likes_and_comments_per_follower() -> None:
    assert rate_of(a_creator(followers=1000, posts=posts([45, 95, 9_000]))) == pytest.approx(0.1)


@pytest.mark.parametrize(
    "creator",
    [
        a_creator(followers=None, posts=posts([45, 95, 100])),
        a_creator(followers=0, posts=posts([45, 95, 100])),
        a_creator(followers=1000, posts=posts([45, 95])),
    ],
)
def test_without_followers_or_enough_posts_there_is_no_rate(creator: Creator) -> None:
    assert rate_of(creator) is None


def test_a_creator_stands_among_the_others_and_not_among_itself() -> None:
    creator = a_creator(followers=1000, posts=posts([30] * 3, comments=0))
    peers = peers_of([*a_crowd(40), creator])
    told = signal(creator, "engagement.compared", peers=peers)
    assert told.figures == {"rate": 3.0, "posts": 3, "n": 40, "platform": "instagram", "percentile": 50}
    assert told.level is Level.FINE


def test_too_few_peers_are_said_to_be_too_few() -> None:
    creator = a_creator(followers=1000, posts=posts([30] * 3))
    told = signal(creator, "engagement.few_peers", peers=peers_of(a_crowd(LEAST_PEERS - 1)))
    assert told.figures["n"] == LEAST_PEERS - 1


@pytest.mark.parametrize("other", [{"platform": "tiktok"}, {"followers": 30_000}])
def test_other_platforms_and_tiers_are_no_peers(other: dict[str, Any]) -> None:
    fields: dict[str, Any] = {"followers": 1000, "posts": posts([30] * 3)} | other
    creator = a_creator(**fields)
    assert signal(creator, "engagement.few_peers", peers=peers_of(a_crowd(40))).figures["n"] == 0


def test_the_lowest_of_the_tier_asks_for_a_look() -> None:
    creator = a_creator(followers=1000, posts=posts([1] * 3, comments=0))
    assert signal(creator, "engagement.compared", peers=peers_of(a_crowd(40))).level is Level.LOOK


IRREGULAR = {
    "irregular.spike": posts([20, 22, 25, 30, 900]),
    "irregular.constant": posts([200, 201, 199, 200, 202, 200]),
    "irregular.silent": posts([900, 1_100, 1_400], comments=0),
}


@pytest.mark.parametrize("key", IRREGULAR)
def test_reactions_that_look_arranged_ask_for_a_look(key: str) -> None:
    assert signal(a_creator(posts=IRREGULAR[key]), key).level is Level.LOOK


def test_far_more_than_the_tier_asks_for_a_look() -> None:
    creator = a_creator(followers=1000, posts=posts([600] * 3))
    assert signal(creator, "irregular.far_above", peers=peers_of(a_crowd(40))).figures["times"] == 21


@pytest.mark.parametrize(
    "ordinary",
    [
        posts([120, 90, 240, 60, 180, 300]),
        posts([0, 1, 0, 2, 1, 0], comments=0),
        posts([3, 3, 3, 3, 3, 3], comments=0),
        posts([900, 1_100, 1_400], comments=None),
    ],
)
def test_ordinary_reactions_are_no_signal(ordinary: tuple[Post, ...]) -> None:
    assert [each for each in signals(a_creator(posts=ordinary)) if each.kind is Kind.IRREGULAR] == []


@pytest.mark.parametrize(("days", "level"), [(90, Level.FINE), (91, Level.LOOK), (366, Level.CONCERN)])
def test_silence_grows_from_a_look_to_a_concern(days: int, level: Level) -> None:
    creator = a_creator(posts=(a_post(published_on=TODAY - timedelta(days=days)),))
    told = signal(creator, "activity.recent")
    assert (told.level, told.figures["days"]) == (level, days)


def test_the_rhythm_is_the_median_gap_between_days_of_posting() -> None:
    assert signal(a_creator(posts=posts([1] * 6, every=7)), "activity.rhythm").figures["gap"] == 7


def test_posts_without_dates_are_said_to_be_undated() -> None:
    assert signal(a_creator(posts=(a_post(published_on=None),)), "activity.unknown").level is Level.FINE


@pytest.mark.parametrize(("days", "level"), [(365, Level.FINE), (366, Level.LOOK)])
def test_old_quotes_are_stale_when_the_newest_of_them_is(days: int, level: Level) -> None:
    old, newest = TODAY - timedelta(days=900), TODAY - timedelta(days=days)
    more = (Quotation(ref="p", quote="q", published_on=newest),)
    reason = Reason(value="v", ref="o", quote="o", score=0.5, published_on=old, more=more)
    assert signal(a_creator(), "stale.quotes", reasons=(reason,)).level is level


def test_posts_in_other_languages_than_the_profile_ask_for_a_look() -> None:
    creator = a_creator(posts=posts([1] * 4))
    mixed = signal(creator, "language.mixed", detect=lambda text: "en" if "0" not in text else "fr")
    assert (mixed.level, mixed.figures["mix"]) == (Level.LOOK, "en 3, fr 1")
    assert signal(creator, "language.as_profile", detect=lambda _: "fr").level is Level.FINE


def test_posts_near_to_no_value_are_counted_with_the_farthest_as_evidence() -> None:
    creator = a_creator(posts=posts([1] * 5))
    cosines = {"p-0": 0.4, "p-1": 0.05, "p-2": -0.1, "p-3": 0.0, "p-4": 0.3}
    told = signal(creator, "off_topic.share", cosines=cosines, near=0.12)
    assert (told.level, told.figures) == (Level.LOOK, {"off": 3, "posts": 5})
    assert [quotation.ref for quotation in told.evidence] == ["p-2", "p-3", "p-1"]


def test_where_no_cosine_separates_nothing_is_said_of_topics() -> None:
    creator = a_creator(posts=posts([1] * 5))
    cosines = dict.fromkeys(("p-0", "p-1", "p-2", "p-3", "p-4"), 0.0)
    assert [each for each in signals(creator, cosines=cosines) if each.kind is Kind.OFF_TOPIC] == []


@pytest.mark.parametrize(
    ("category", "text", "level"),
    [
        ("adult", "OF link in bio", Level.CONCERN),
        ("hate", "Go back to your country", Level.CONCERN),
        ("gambling", "Mes pronos foot du soir", Level.LOOK),
        ("drugs", "Cannabis connoisseur", Level.LOOK),
        ("nicotine", "Dégustation de cigares", Level.LOOK),
        ("money", "Passive income with crypto", Level.LOOK),
        ("violence", "I'll kill you", Level.LOOK),
        ("profanity", "Quelle merde ce temps", Level.FINE),
    ],
)
def test_content_is_flagged_by_category(category: str, text: str, level: Level) -> None:
    creator = a_creator(bio="", posts=(a_post("p", text),))
    told = signal(creator, f"safety.{category}")
    assert (told.level, told.evidence[0].quote) == (level, text)


@pytest.mark.parametrize(
    "text",
    [
        "Pique-nique au parc #foodporn",
        "I quit smoking weed two years ago",
        "Prévention : les dangers du vapotage",
        "Je ne parie jamais, les paris sportifs sont un fléau",
        "Crypto : histoire d’une arnaque",
        "They told me “go back to your country”, a word I won’t forget",
        "Le puffin est un oiseau",
        "Courses chez Casino",
    ],
)
def test_harmless_words_are_not_flagged(text: str) -> None:
    told = signal(a_creator(bio="", posts=(a_post("p", text),)), "safety.none")
    assert told.level is Level.FINE


def test_cursing_as_a_habit_asks_for_a_look() -> None:
    curses = ("Putain de pluie", "Quelle merde", "What the fuck")
    creator = a_creator(posts=tuple(a_post(f"p-{n}", text) for n, text in enumerate(curses)))
    assert signal(creator, "safety.profanity").level is Level.LOOK


def test_beliefs_in_a_bio_are_never_read() -> None:
    creator = a_creator(bio="Jesus first · vote pour Macron", posts=())
    assert [each for each in signals(creator) if each.kind is Kind.SENSITIVE] == []


def test_sensitive_subjects_of_posts_are_to_know_and_not_to_judge() -> None:
    creator = a_creator(posts=(a_post("p", "Ramadan : nos recettes de famille"),))
    assert signal(creator, "sensitive.religion").level is Level.FINE


def test_the_gravest_come_first() -> None:
    creator = a_creator(bio="OF link in bio", posts=(a_post(published_on=TODAY - timedelta(days=100)),))
    levels = [each.level for each in signals(creator)]
    order = [Level.CONCERN, Level.LOOK, Level.FINE]
    assert levels == sorted(levels, key=order.index)
    assert set(levels) == set(order)


def test_a_creator_without_anything_still_has_honest_signals() -> None:
    nobody = replace(a_creator(), bio="", posts=(), followers=None)
    assert {each.key for each in signals(nobody)} == {
        "safety.none",
        "engagement.no_followers",
        "activity.unknown",
    }


def test_every_sentence_has_the_same_figures_in_both_languages() -> None:
    for key, (english, french) in SENTENCES.items():
        assert _figures(english) == _figures(french), key
        assert english != french
    assert all(english and french for english, french in AGAINST.values())


def test_a_sentence_is_said_in_french_with_a_comma() -> None:
    creator = a_creator(followers=1000, posts=posts([30] * 3, comments=0))
    told = signal(creator, "engagement.few_peers")
    assert "3,0 %" in told.said("fr")
    assert "3.0 %" in told.text


def test_an_unknown_kind_of_contradiction_is_called_by_its_name() -> None:
    assert about("of_another_version", "fr") == "of_another_version"
    assert about("vegan", "fr") == "viande, cuir ou fourrure"


def _figures(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}
