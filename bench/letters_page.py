"""Prints the page `docs/letters.md`: letters of the offline writer, as they are today, and a model's.

`python -m bench.letters_page > docs/letters.md` writes the page anew; a test compares the two.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import as_file
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from agent import samples
from agent.adapters.memory import MemoryStore
from agent.adapters.offline import OfflineWriter
from agent.adapters.sources.brand import read_brand
from agent.bootstrap import build
from agent.domain.brand import AddressForm, Brand, Campaign
from agent.domain.creator import Address, Creator, Post, Provenance
from agent.domain.draft import Draft, Origin, Severity
from agent.domain.fit import Fit, Reason
from agent.domain.ids import DraftId, OutreachId, creator_id
from agent.domain.letter import Letter, reply_subject
from agent.domain.outreach import Outreach
from agent.domain.text import normal
from agent.ports import Assignment, Earlier, Ports
from agent.settings import Settings
from agent.usecases.composing import assemble
from agent.usecases.gating import judged
from agent.usecases.lookup import Context
from bench.local_model import FULL_NAME
from bench.recorded import read_answers
from prompts import FILES, Texts

TODAY = date(2026, 11, 22)
_APART = timedelta(days=6)
_PEOPLE = Path(__file__).parent / "letters_page.json"
ANSWERS = Path(__file__).parent / "letters_page_answers.jsonl"
"""What the model answered, recorded by `bench/letters_by_model.py`."""
_INTRODUCTION = """\
# Letters to judge

Eighteen letters as the offline writer makes them, without a language model: from what a creator posted, the
facts and the offer of the brand, and the phrases in `prompts/letters`. Below them, ten by a language model of
the smallest kind, with what the gate says of each. Everybody in them is invented:
the brands are the samples, the creators live on this page only. Above each first letter stands what the
creator had published. The footer with the legal lines is left out here.

What to look for: one true detail with its date, the gift and its strings said plainly, one question, a way
to say no. A second letter brings another detail of theirs, a third something of ours, and none quotes
anything twice.

This page is not written by hand: `python -m bench.letters_page > docs/letters.md` makes it, and a test
compares.
"""
_BY_MODEL = """\
# By a small language model

First letters to the same people by {model}, which fits in a hundred megabytes and knows
hardly any French: a model of the size that people pay for writes far better. Its words stand here as they
came, before the one repair that the gate's findings are sent back for; greeting, offer and closing are
ours. It was given three examples of other brands (in `bench/reality_prompts`), and often writes those down
again. What counts here is the last line of each: whether it would have reached a reviewer, and why not.
"""
_NAMES = {"fr": "French", "en": "English"}


@dataclass(frozen=True, kw_only=True)
class Made:
    """A letter and which of its thread it is."""

    touch: int
    letter: Letter


def page() -> str:
    """Return the page in Markdown."""
    return "\n".join((_INTRODUCTION, *_letters(), _BY_MODEL.format(model=FULL_NAME), *_model_letters()))


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


def _model_letters() -> Iterator[str]:
    known = _brands()
    answers = {each.to: each for each in read_answers(ANSWERS) if each.words is not None}
    people = [person for person in _people() if person["handle"] in answers]
    with TemporaryDirectory() as home:
        ports = replace(build(Settings(_env_file=None, NANOREACH_HOME=Path(home))), store=MemoryStore())  # type: ignore[call-arg]  # pydantic-settings' own keyword
        for number, person in enumerate(people, start=1):
            brand, campaign = _theirs(known, person)
            assignment = _assignment(brand, campaign, _creator(person), touch=1, thread=(), today=TODAY)
            words = answers[person["handle"]].words
            if words is not None:
                letter = assemble(words, assignment)
                title = f"## M{number}. {_NAMES[person['language']]}{_form(person)}: to {person['name']}"
                yield "\n".join(
                    (title, "", _as_quotation(letter), "", _verdict(ports, assignment, letter), "")
                )


def _verdict(ports: Ports, assignment: Assignment, letter: Letter) -> str:
    """Return what the gate says: its first finding that blocks, as a reviewer would read it."""
    at = datetime.combine(TODAY, time(9), tzinfo=UTC)
    creator, brand, campaign = assignment.creator, assignment.brand, assignment.campaign
    outreach = Outreach(
        id=OutreachId("o-1"),
        campaign_id=campaign.id,
        creator_id=creator.id,
        fit=Fit(creator_id=creator.id, score=0.5, similarity=0.5, reasons=assignment.reasons),
        created_at=at,
        updated_at=at,
    )
    draft = Draft(
        id=DraftId("d-1"),
        outreach_id=outreach.id,
        touch=1,
        letter=letter,
        origin=Origin(writer="openai", model=FULL_NAME, prompt="model/first_touch"),
        created_at=at,
        updated_at=at,
    )
    context = Context(outreach=outreach, creator=creator, campaign=campaign, brand=brand)
    findings = judged(ports, context, (), draft, at=at)
    first = next((each for each in findings if each.severity is Severity.BLOCK), None)
    if first is None:
        return "The gate: lets it through, to a person who reads it."
    return f"The gate: **blocked**, among others because of `{first.code}`: {first.advice}"


def _form(person: dict[str, Any]) -> str:
    return f", {person['form']}" if person["language"] == "fr" else ""


def _as_quotation(letter: Letter) -> str:
    blocks = (f"**{letter.subject}**", *letter.text.split("\n\n"))
    return "\n>\n".join("> " + block.replace("\n", "  \n> ") for block in blocks)


def _letter(number: int, person: dict[str, Any], made: Made) -> str:
    kind = "first letter" if made.touch == 1 else f"letter {made.touch} of the thread"
    lines = [f"## {number}. {_NAMES[person['language']]}{_form(person)}: {kind} to {person['name']}", ""]
    if made.touch == 1:
        told = [f"- {day}, {person['platform']}: {text}" for day, text in person["posts"]]
        told += [f"- bio: {person['bio']}"] * bool(person["bio"])
        lines += [*told, ""]
    return "\n".join((*lines, _as_quotation(made.letter), ""))


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
        address=Address(
            email=f"{person['handle']}@creator.example",
            provenance=Provenance(
                kind="bio", url=f"https://social.example/{person['handle']}", found_on=TODAY
            ),
        ),
        business_contact=True,
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
