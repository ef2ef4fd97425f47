"""Prints the page `docs/letters.md`: sixteen letters of the offline writer, as they come out of it today.

`python -m bench.letters_page > docs/letters.md` writes the page anew; a test compares the two.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import as_file
from pathlib import Path
from typing import Any

from agent import samples
from agent.adapters.offline import OfflineWriter
from agent.adapters.sources.brand import read_brand
from agent.domain.brand import AddressForm, Brand, Campaign
from agent.domain.creator import Creator, Post
from agent.domain.fit import Reason
from agent.domain.ids import creator_id
from agent.domain.letter import Letter, reply_subject
from agent.domain.text import normal
from agent.ports import Assignment, Earlier
from agent.usecases.composing import assemble
from prompts import FILES, Texts

TODAY = date(2026, 11, 22)
_APART = timedelta(days=6)
_PEOPLE = Path(__file__).parent / "letters_page.json"
_INTRODUCTION = """\
# Letters to judge

Letters as the offline writer makes them, without a language model: from what a creator posted, the
facts and the offer of the brand, and the phrases in `prompts/letters`. Everybody in them is invented:
the brands are the samples, the creators live on this page only. Above each first letter stands what the
creator had published. The footer with the legal lines is left out here.

What to look for: one true detail with its date, the gift and its strings said plainly, one question, a way
to say no. A second letter brings another detail of theirs, a third something of ours, and none quotes
anything twice.

This page is not written by hand: `python -m bench.letters_page > docs/letters.md` makes it, and a test
compares.
"""
_NAMES = {"fr": "French", "en": "English"}


@dataclass(frozen=True, kw_only=True)
class Made:
    """A letter and which of its thread it is."""

    touch: int
    letter: Letter


def page() -> str:
    """Return the page in Markdown."""
    return "\n".join((_INTRODUCTION, *_letters()))


def first_assignments(*, texts: Texts = FILES) -> Iterator[Assignment]:
    """Return what a writer is told for the first letter to everybody on the page."""
    known = _brands()
    for person in _people():
        brand, campaign = _theirs(known, person)
        yield _assignment(brand, campaign, _creator(person), touch=1, thread=(), today=TODAY, texts=texts)


def _people() -> list[dict[str, Any]]:
    people: list[dict[str, Any]] = json.loads(_PEOPLE.read_text(encoding="utf-8"))
    return people


def _theirs(known: Mapping[str, tuple[Brand, Campaign]], person: dict[str, Any]) -> tuple[Brand, Campaign]:
    brand, campaign = known[person["language"]]
    return replace(brand, address_form=AddressForm(person["form"])), campaign


def _letters() -> Iterator[str]:
    known = _brands()
    number = 0
    for person in _people():
        brand, campaign = _theirs(known, person)
        for made in _thread(brand, campaign, _creator(person), person["letters"]):
            number += 1
            yield _letter(number, person, made)


def _letter(number: int, person: dict[str, Any], made: Made) -> str:
    form = f", {person['form']}" if person["language"] == "fr" else ""
    kind = "first letter" if made.touch == 1 else f"letter {made.touch} of the thread"
    lines = [f"## {number}. {_NAMES[person['language']]}{form}: {kind} to {person['name']}", ""]
    if made.touch == 1:
        told = [f"- {day}, {person['platform']}: {text}" for day, text in person["posts"]]
        told += [f"- bio: {person['bio']}"] * bool(person["bio"])
        lines += [*told, ""]
    subject = f"**{made.letter.subject}**"
    quoted = "\n>\n".join(
        "> " + block.replace("\n", "  \n> ") for block in (subject, *made.letter.text.split("\n\n"))
    )
    return "\n".join((*lines, quoted, ""))


def _creator(person: dict[str, Any]) -> Creator:
    posts = tuple(
        Post(key=f"p{n}", original=text, text=normal(text), published_on=date.fromisoformat(day))
        for n, (day, text) in enumerate(person["posts"])
    )
    return Creator(
        id=creator_id(person["platform"], person["handle"]),
        platform=person["platform"],
        handle=person["handle"],
        name=person["name"],
        language=person["language"],
        country="FR" if person["language"] == "fr" else "US",
        bio_original=person["bio"],
        bio=normal(person["bio"]),
        posts=posts,
        updated_at=datetime.combine(TODAY, time(), tzinfo=UTC),
    )


def _thread(brand: Brand, campaign: Campaign, creator: Creator, letters: int) -> Iterator[Made]:
    earlier: tuple[Earlier, ...] = ()
    for touch in range(1, letters + 1):
        day = TODAY + _APART * (touch - 1)
        assignment = _assignment(brand, campaign, creator, touch=touch, thread=earlier, today=day)
        letter = assemble(OfflineWriter().write(assignment).words, assignment)
        if earlier:
            letter = replace(letter, subject=reply_subject(earlier[0].subject))
        yield Made(touch=touch, letter=letter)
        sent_at = datetime.combine(day, time(9), tzinfo=UTC)
        earlier += (Earlier(touch=touch, sent_at=sent_at, subject=letter.subject, body=letter.text),)


def _assignment(
    brand: Brand,
    campaign: Campaign,
    creator: Creator,
    *,
    touch: int,
    thread: tuple[Earlier, ...],
    today: date,
    texts: Texts = FILES,
) -> Assignment:
    """Return what the writer is told, with the creator's newest posts as reasons."""
    found = sorted(creator.posts, key=lambda post: post.published_on or date.min, reverse=True)
    reasons = tuple(
        Reason(
            value=brand.values[number % len(brand.values)].name,
            ref=post.key,
            quote=post.text,
            score=0.5,
            published_on=post.published_on,
        )
        for number, post in enumerate(found[:3])
    )
    return Assignment(
        brand=brand,
        campaign=campaign,
        creator=creator,
        reasons=reasons,
        language=brand.language,
        touch=touch,
        thread=thread,
        today=today,
        seed=0,
        texts=texts,
    )


def _brands() -> Mapping[str, tuple[Brand, Campaign]]:
    """Return the sample brands with their first campaign, by language."""
    found: dict[str, tuple[Brand, Campaign]] = {}
    for traversable in samples.brand_files():
        with as_file(traversable) as path:
            read = read_brand(path)
        found[read.brand.language] = (read.brand, read.campaigns[0])
    return found


if __name__ == "__main__":
    sys.stdout.write(page())
