"""A text is tried on a campaign's own creators beside the one that holds, and nothing is stored."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

import prompts
from agent.adapters.offline import OfflineWriter
from agent.domain.draft import Finding, Origin, Usage
from agent.domain.errors import BadInput, NotFound, Unavailable
from agent.domain.letter import Words
from agent.ports import Assignment, Ports, Written
from agent.usecases.prompting_lab import Title
from agent.usecases.prompting_publishing import Decision, publish
from agent.usecases.prompting_trial import Trial, evaluate
from tests.fakes import make_ports, quiet
from tests.unit.usecases.world import CAMPAIGN, GOOD_WORDS, a_world, written

FRAME = prompts.load("letters/frame", "fr").source
WARMER = FRAME.replace("Bonjour", "Bien le bonjour")
MODEL = prompts.load("model/first_touch", "fr").source
LOUD = "Écris fort."


class Reader:
    """A model that does what one line of its prompt says, and counts a token for each word it reads."""

    name = "openai"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def write(
        self, assignment: Assignment, *, rejected: Words | None = None, findings: Sequence[Finding] = ()
    ) -> Written:
        prompt = assignment.texts.prompt("model/first_touch", assignment.language)
        self.asked.append(assignment.creator.handle)
        if "Refuse." in prompt.body:
            raise Unavailable("The model refused.")
        ask = GOOD_WORDS.ask
        if LOUD in prompt.body:
            ask = replace(ask, text="Cela vous ferait-il plaisir, vraiment, aujourd’hui et pas demain ?!")
        return Written(
            words=replace(GOOD_WORDS, ask=ask),
            origin=Origin(writer="openai", model="reader", prompt=prompt.reference),
            usage=Usage(input_tokens=len(prompt.body.split()), output_tokens=10, cost=Decimal("0.01")),
        )


def with_a_model(*handles: str) -> Ports:
    return a_world(*handles, ports=make_ports(writers={"offline": OfflineWriter(), "openai": Reader()}))


def tried(
    ports: Ports,
    source: str = WARMER,
    name: str = "letters/frame",
    *,
    limit: int = 10,
    writer: str = "auto",
    campaign: str | None = None,
) -> Trial:
    return evaluate(
        ports,
        Title.of(name),
        source,
        campaign=campaign,
        limit=limit,
        writer_name=writer,
        progress=quiet,
    )


def test_old_and_new_are_written_to_the_same_creators() -> None:
    trial = tried(a_world("une", "deux", "trois"))
    assert [pair.person for pair in trial.pairs] == ["instagram:deux", "instagram:trois", "instagram:une"]
    for pair in trial.pairs:
        assert pair.old.letter is not None
        assert pair.new.letter is not None
        assert pair.new.body == pair.old.body.replace("Bonjour", "Bien le bonjour", 1)
    assert trial.writer == "offline"
    assert trial.old.letters == trial.new.letters == 3
    assert trial.old.words is not None
    assert trial.new.words == trial.old.words + 2
    assert (trial.old_text, trial.new_text) == tuple(
        prompts.parse(each).reference for each in (FRAME, WARMER)
    )


def test_the_old_letter_is_the_one_that_drafting_writes() -> None:
    ports = a_world()
    trial = tried(ports)
    assert trial.pairs[0].old.letter == written(ports).letter


def test_a_trial_stores_nothing() -> None:
    ports = a_world("une", "deux")
    tried(ports)
    with ports.store.read() as tx:
        for outreach in tx.outreach.of_campaign(CAMPAIGN):
            assert tx.drafts.of_outreach(outreach.id) == ()
        assert tx.texts.publications() == ()
        assert tx.texts.versions("letters/frame", "fr") == ()


def test_the_old_side_is_the_text_that_holds_for_the_campaign() -> None:
    ports = a_world()
    given = Decision(brand=None, campaign=CAMPAIGN, by="Camille", reason="warmer")
    publish(ports, Title.of("letters/frame"), WARMER, given)
    trial = tried(ports, FRAME)
    assert trial.old_text == prompts.parse(WARMER).reference
    assert "Bien le bonjour" in trial.pairs[0].old.body
    assert "Bien le bonjour" not in trial.pairs[0].new.body


def test_a_model_is_asked_with_both_and_its_figures_are_side_by_side() -> None:
    ports = with_a_model("une", "deux")
    trial = tried(ports, MODEL.replace("\n%%\n", f"\n{LOUD}\n%%\n"), "model/first_touch")
    assert trial.writer == "openai"
    assert (trial.old.letters, trial.new.letters) == (2, 2)
    assert trial.new.input_tokens == trial.old.input_tokens + 2 * len(LOUD.split())
    assert trial.old.cost == trial.new.cost == Decimal("0.02")
    for side in (trial.old, trial.new):
        assert side.likest is not None
        assert side.likest == side.likeness
        assert 0.3 < side.likest < 0.7  # the same words around two different offers
    assert sum(trial.new.findings.values()) >= sum(trial.old.findings.values())
    assert trial.new.reading_ease != trial.old.reading_ease


def test_one_letter_that_cannot_be_written_is_told_and_the_others_count() -> None:
    trial = tried(with_a_model("une"), MODEL.replace("\n%%\n", "\nRefuse.\n%%\n"), "model/first_touch")
    assert (trial.new.letters, trial.new.failed) == (0, 1)
    assert trial.pairs[0].new.failed == "The model refused."
    assert (trial.old.letters, trial.old.failed) == (1, 0)
    assert trial.new.words is trial.new.reading_ease is trial.new.likeness is None


def test_who_is_left_out_is_counted_by_reason() -> None:
    ports = a_world("une", "deux", "trois")
    with ports.store.write() as tx:
        creator = next(each for each in tx.creators.stream() if each.handle == "une")
        tx.creators.save(replace(creator, language="en"))
        found = tx.brands.campaign(CAMPAIGN)
        assert found is not None
        tx.brands.save_campaign(replace(found, languages=("fr", "en")))
    trial = tried(ports, limit=1)
    assert len(trial.pairs) == 1
    assert trial.left_out == {"written to in en": 1, "beyond --limit 1": 1}


def test_a_follow_up_is_tried_on_first_letters_that_are_only_written_yet() -> None:
    ports = a_world("une", "deux")
    written(ports, "une")
    source = prompts.load("letters/follow_up", "fr").source
    trial = tried(ports, source, "letters/follow_up")
    assert [pair.person for pair in trial.pairs] == ["instagram:une"]
    assert trial.left_out == {"without a first letter": 1}
    assert trial.pairs[0].new.letter is not None


@pytest.mark.parametrize(
    ("source", "name", "writer", "reason"),
    [
        (MODEL, "model/first_touch", "auto", "is read by a model, and none is configured"),
        (FRAME, "letters/frame", "quill", "no writer named “quill”"),
        (FRAME, "letters/offer", "auto", "a text for letters/frame.fr, not for letters/offer"),
        (FRAME.replace("{{ brand }}", "{{ brand() }}"), "letters/frame", "auto", "a call is not allowed"),
        (
            prompts.load("brief/letter", "fr").source,
            "brief/letter",
            "auto",
            "Letters are not made of brief/letter",
        ),
        (
            prompts.load("letters/frame", "en").source,
            "letters/frame",
            "auto",
            "nobody in campaign .*: 1 written to in fr",
        ),
    ],
)
def test_what_cannot_be_tried_is_told(source: str, name: str, writer: str, reason: str) -> None:
    with pytest.raises(BadInput, match=reason):
        tried(a_world(), source, name, writer=writer)


def test_a_writer_who_does_not_read_the_text_is_refused() -> None:
    with pytest.raises(BadInput, match="does not read model/first_touch; try it with --writer openai"):
        tried(with_a_model(), MODEL, "model/first_touch", writer="offline")
    with pytest.raises(BadInput, match="does not read letters/first_touch; try it with --writer offline"):
        tried(
            with_a_model(),
            prompts.load("letters/first_touch", "fr").source,
            "letters/first_touch",
            writer="openai",
        )


def test_the_campaign_may_be_left_out_where_there_is_one() -> None:
    ports = a_world()
    assert tried(ports).campaign == CAMPAIGN
    with ports.store.write() as tx:
        found = tx.brands.campaign(CAMPAIGN)
        assert found is not None
        tx.brands.save_campaign(replace(found, id=type(CAMPAIGN)("another")))
    with pytest.raises(BadInput, match="--campaign; there are another, second-evening"):
        tried(ports)
    with pytest.raises(NotFound):
        tried(ports, campaign="none")


def test_an_empty_shortlist_is_told() -> None:
    ports = a_world()
    with ports.store.write() as tx:
        for creator in list(tx.creators.stream()):
            tx.creators.delete(creator.id)
    with pytest.raises(BadInput, match="its shortlist is empty"):
        tried(ports)
