"""The texts in `prompts/`: what a template may be, and what the shipped ones are."""

import pytest
import yaml

import prompts

FRONT = "---\nname: t\npurpose: p\nlanguage: en\nslots: [who, items]\nschema: 1\n---\n"


def text(body: str) -> str:
    return FRONT + body


def test_every_shipped_text_loads_under_the_name_in_its_front_matter() -> None:
    known = prompts.names()
    assert ("model/first_touch", "fr") in known
    assert {language for _, language in known} == {"en", "fr"}
    for name, language in known:
        found = prompts.load(name, language)
        assert (found.name, found.language) == (name, language)
        assert found.purpose
        assert found.reference == f"{name}.{language}@{found.version}"
        assert len(found.version) == 12


def test_every_text_exists_in_both_languages() -> None:
    known = set(prompts.names())
    assert {(name, "fr") for name, language in known if language == "en"} == {
        (name, "fr") for name, language in known if language == "fr"
    }


def test_every_form_of_every_phrase_file_is_a_template_over_its_slots() -> None:
    for name, language in prompts.names():
        if name.startswith("model/"):
            continue
        held = prompts.phrases(name, language)
        values = dict.fromkeys(held.prompt.slots, "Mot")
        for forms in held.sections.values():
            for form in forms:
                for texts in form.texts.values():
                    assert all(held.render(each, values) for each in texts)


def test_a_text_is_versioned_by_its_content() -> None:
    one, same, other = (
        prompts.parse(text(body)) for body in ("Hi {{ who }}", "Hi {{ who }}", "Ho {{ who }}")
    )
    assert one.version == same.version != other.version


def test_a_template_that_was_filled_before_is_filled_with_what_it_is_given_now() -> None:
    held = prompts.parse(text("Hi {{ who }}"))

    def filled(who: object) -> str:
        return held.fill_used("Hi {{ who }}", {"who": who}, line=1)

    for who in ("Ana", "Bo", "Cy", "Di", "Eva", "Ana"):
        assert filled(who) == f"Hi {who}"
    assert filled(1) == "Hi 1"
    for other in (True, None, ["1"]):
        with pytest.raises(prompts.PromptError, match="cannot be printed"):
            filled(other)


def test_exactly_the_slots_are_filled() -> None:
    prompt = prompts.parse(text("Hi {{ who }}{% for item in items %}, {{ item.name }}{% endfor %}"))
    assert prompt.render(who="Léa", items=[{"name": "a"}, {"name": "b"}]) == "Hi Léa, a, b"
    with pytest.raises(prompts.PromptError, match="no value for items"):
        prompt.render(who="Léa")
    with pytest.raises(prompts.PromptError, match="no slot named more"):
        prompt.render(who="Léa", items=[], more=1)
    with pytest.raises(prompts.PromptError, match="who is a Sneaky, not a plain value"):
        prompt.render(who=Sneaky(), items=[])


def test_what_a_value_holds_is_never_a_template() -> None:
    prompt = prompts.parse(text("Hi {{ who }}"))
    assert prompt.render(who="{{ items }}{% raw %}", items=[]) == "Hi {{ items }}{% raw %}"


class Sneaky:
    """Not a plain value."""


@pytest.mark.parametrize(
    "body",
    [
        "{{ who.__class__.__mro__ }}",
        "{{ ''.__class__ }}",
        "{{ who.upper() }}",
        "{{ 'a' * 1000000000 }}",
        "{{ who ~ who }}",
        "{% set a = who %}",
        "{% macro m() %}{% endmacro %}",
        "{% include 'x' %}",
        "{% for a in range(1000000000) %}x{% endfor %}",
        "{{ who | center(1000000000) }}",
        "{% for a in items %}{% for b in items %}{% for c in items %}x{% endfor %}{% endfor %}{% endfor %}",
        "{{ stranger }}",
        "{{ who",
    ],
)
def test_a_template_that_does_more_than_fill_slots_is_refused(body: str) -> None:
    with pytest.raises(prompts.PromptError):
        prompts.parse(text(body)).render(who="x", items=[])


def test_a_text_that_grows_too_long_is_stopped() -> None:
    prompt = prompts.parse(text("{% for a in items %}{% for b in items %}{{ who }}{% endfor %}{% endfor %}"))
    with pytest.raises(prompts.PromptError, match="grew beyond"):
        prompt.render(who="x" * 100, items=list(range(1000)))
    with pytest.raises(prompts.PromptError, match="too long"):
        prompts.parse(text("x" * 100_000))


def test_an_unknown_text_is_told_with_those_that_exist() -> None:
    with pytest.raises(prompts.PromptError, match=r"no prompt poem\.fr; there are .*legal/footer\.en"):
        prompts.load("poem", "fr")


@pytest.mark.parametrize(
    "source",
    [
        "no front matter",
        "---\nname: [\n---\nx",
        "---\nname: t\n---\nx",
        FRONT.replace("schema: 1", "schema: 9") + "x",
    ],
)
def test_incomplete_front_matter_is_refused(source: str) -> None:
    with pytest.raises(prompts.PromptError):
        prompts.parse(source)


def test_words_that_yaml_takes_for_booleans_stay_words() -> None:
    assert "on" in prompts.phrases("letters/quoting", "fr").words("we")
    assert yaml.safe_load("on") is True


def test_forms_are_chosen_by_their_conditions() -> None:
    form = prompts.Form(texts={"": ("x",)}, when=frozenset({"a"}), unless=frozenset({"b"}))
    assert form.fits({"a", "c"})
    assert not form.fits({"c"})
    assert not form.fits({"a", "b"})
