"""A text is measured by the shipped one before it may take its place."""

import re

import pytest

import prompts
from agent.domain.errors import BadInput
from agent.usecases.prompting_rules import is_tunable, validated

MODEL = prompts.load("model/first_touch", "fr").source
OFFLINE = prompts.load("letters/first_touch", "en").source
FRAME = prompts.load("letters/frame", "fr").source
NATIVE = prompts.load("letters/native", "fr").source


@pytest.mark.parametrize("title", [title for title in prompts.names() if is_tunable(title[0])])
def test_every_shipped_text_could_be_published(title: tuple[str, str]) -> None:
    source = prompts.load(*title).source
    assert validated(source).source == source


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("legal/footer", "a matter of law"),
        ("letters/quoting", "what may be quoted"),
        ("model/expansion", "serves the search"),
    ],
)
def test_some_texts_stay_as_they_are(name: str, reason: str) -> None:
    with pytest.raises(BadInput, match=f"{name} stays as it is: .*{reason}"):
        validated(prompts.load(name, "fr").source)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("slots: [register,", "slots: [register, mood,", "nothing fills mood"),
        (" last,", "", "its slots do not name last"),
        ("{{ boundary }}\n{% for", "{% for", "stands between two"),
        ("{% for fact in facts %}", "{% for fact in values %}", "leaves out {{ facts }}"),
        ("\n%%\n", "\n", "one line %% divides"),
        ("\n%%\n", "\n%%\n%%\n", "one line %% divides"),
        ("Tu écris, pour", "{{ platform }} Tu écris, pour", "platform changes from person to person"),
        ("{{ brand }}", "{{ brand.name }}", "brand has no part name"),
        ("{{ brand }}", "{{ facts[0].date }}", r"facts\[\] has no part date; there are id, text"),
        ("{{ brand }}", "{{ values }}", "values is a list or has parts: it cannot be printed as a whole"),
        ("{{ brand }}", "{% for v in values %}{{ v }}{% endfor %}", r"values\[\] is a list or has parts"),
        ("{{ brand }}", "{% for v in brand %}{{ v }}{% endfor %}", "brand is no list"),
        ("{{ brand }}", "{{ brand if brand else voice }}", "voice is a list or has parts"),
        ("{{ brand }}", "{brand}", "a slot has two braces, {{ brand }}"),
        ("{% for fact in facts %}", "{% for fact in facts %}{% if fact %}", "{% endif %} is missing here"),
        ("{% if voice.banned %}", "{% if “voice.banned” %}", "the sign '“' cannot stand in braces"),
        ("{{ brand }}", "{{ brand.upper() }}", r"line \d+: a call is not allowed"),
        ("{{ brand }}", "{{ brand }}" * 600, "more than 500 pairs of braces"),
        ("{{ brand }}", "x" * 60_000, "too long"),
        ("name: model/first_touch", "name: model/second_touch", "no prompt model/second_touch"),
    ],
)
def test_a_prompt_for_a_model_that_cannot_be_used_is_refused(old: str, new: str, reason: str) -> None:
    assert old in MODEL
    with pytest.raises(BadInput, match=reason):
        validated(MODEL.replace(old, new, 1))


@pytest.mark.parametrize(
    ("source", "old", "new", "reason"),
    [
        (FRAME, "closing:", "farewell:", "sections closing are missing; nothing reads the sections farewell"),
        (FRAME, "when: [named]", "when: [famous]", r"line \d+ \(greeting\): nothing is ever famous"),
        (FRAME, "unless: [named]", "when: [named]", "greeting has no form for: nothing special is the case"),
        (FRAME, "{when: [named], text: ", "{text: ", "name is filled only when named: say so in when"),
        (
            FRAME,
            "{{ brand }}",
            "{{ name }}",
            r"\(closing\): name is not filled here; there are brand, sender",
        ),
        (FRAME, '"Bonjour,"', '"Bonjour, {{ sender }},"', r"\(greeting\): sender is not filled here"),
        (FRAME, 'text: "Bonjour,"', 'toi: "Bonjour,"', "toi is no register here"),
        (FRAME, "{{ brand }}", "{{ brand.name }}", "brand has no part name"),
        (FRAME, '"{{ sender }}"', "{{ sender }}", "stands in quotes"),
        (OFFLINE, "{{ quote }}", "{{ quote | upper | }}", r"line \d+: this is no template"),
    ],
)
def test_phrases_that_cannot_be_used_are_refused(source: str, old: str, new: str, reason: str) -> None:
    assert old in source
    with pytest.raises(BadInput, match=reason):
        validated(source.replace(old, new, 1))


def test_a_section_that_has_nothing_to_say_in_a_register_is_refused() -> None:
    source = prompts.load("letters/offer", "fr").source
    only_vous = re.sub(r', tu: "[^"]*"', "", source)
    assert only_vous != source
    with pytest.raises(BadInput, match=r"has no form for: .*\(tu\)"):
        validated(only_vous)


@pytest.mark.parametrize(
    "text",
    [
        "{{ brand | upper }}, {{ voice['do'] | join(', ') }}, {{ voice.dont | length }}",
        "{{ (facts | first).text }} {{ facts[0].id }} {{ values[1]['name'] }}",
        "{% for line in voice.do %}{{ line }}{% if not loop.last %}; {% endif %}{% endfor %}",
        "{% for value in values if value.text %}{{ value.name if value.name else brand }}{% endfor %}",
        "{% if rejected %}{% for finding in rejected.findings %}{{ finding.advice }}{% endfor %}{% endif %}",
    ],
)
def test_slots_may_be_used_in_every_way_that_fits_them(text: str) -> None:
    assert text in validated(MODEL.replace("\n%%\n", f"\n%%\n{text}\n", 1)).body


@pytest.mark.parametrize("sought", ["coup de coeur|coups de coeur", "revien* vers vous", "c'est top"])
def test_a_table_of_wordings_takes_plain_words(sought: str) -> None:
    source = NATIVE.replace("calques:\n", f'calques:\n  - {{text: ["{sought}", "mieux"]}}\n', 1)
    assert sought in validated(source).body


@pytest.mark.parametrize(
    ("form", "reason"),
    [
        ('["(a*)*b", "mieux"]', "what is looked for is words in small letters"),
        ('["a*b*c*", "mieux"]', "what is looked for is words in small letters"),
        ('["(", "mieux"]', "what is looked for is words in small letters"),
        ('["Élan", "mieux"]', "what is looked for is words in small letters"),
        ('["un mot"]', "a form has 2 texts here"),
        ('["un mot", "mieux", "encore"]', "a form has 2 texts here"),
    ],
)
def test_a_table_of_wordings_takes_no_patterns_of_ones_own(form: str, reason: str) -> None:
    with pytest.raises(BadInput, match=reason):
        validated(NATIVE.replace("calques:\n", f"calques:\n  - {{text: {form}}}\n", 1))


def test_more_forms_and_other_words_are_welcome() -> None:
    warmer = FRAME.replace('"Bonjour,"}', '"Bonjour,"}\n  - {unless: [named], text: "Bien le bonjour,"}', 1)
    assert validated(warmer).version != prompts.load("letters/frame", "fr").version
