"""Whatever is put together from pieces of templates, YAML and noise: a text, or one clear refusal."""

import contextlib

from hypothesis import given, settings
from hypothesis import strategies as st

import prompts
from bench.attacks import FRONT, PLAIN
from prompts.limits import MAX_OUTPUT

PIECES = st.sampled_from(
    (
        *(
            "{{ ",
            " }}",
            "{% ",
            " %}",
            "{# ",
            " #}",
            "{%- ",
            " -%}",
            "for ",
            "a ",
            "in ",
            "items ",
            "if ",
            "who ",
        ),
        *(
            "endfor ",
            "endif ",
            "else ",
            "elif ",
            "part",
            ".name",
            "count ",
            "loop",
            ".index ",
            "[0]",
            "['name']",
        ),
        *(
            " | upper",
            " | join(', ')",
            " | length",
            " | first",
            " == ",
            " > ",
            "3",
            "'x'",
            "not ",
            "and ",
            "or ",
        ),
        *(
            "(",
            ")",
            "is defined",
            "none",
            "true",
            "raw ",
            "endraw ",
            "set ",
            "macro ",
            "~",
            "**",
            "\\",
            "\n",
            "é",
        ),
        *("{{ who }}", "{% for a in items %}", "{% endfor %}", "{% if who %}", "{% endif %}", "{{ a }}", "x"),
    )
)
YAML = st.sampled_from(
    (
        *(
            "a",
            ": ",
            "- ",
            "\n",
            "  ",
            "[",
            "]",
            "{",
            "}",
            "&x ",
            "*x",
            "!t ",
            "'",
            '"',
            "|",
            ">",
            "#",
            ",",
            "?",
        ),
        *("when", "unless", "text", "vous", "{{ who }}", "{% if who %}", "%", "@", "`", "\t", "...", "---\n"),
    )
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)


@given(st.lists(PIECES, max_size=30).map("".join), st.lists(VALUES, max_size=5), VALUES)
@settings(deadline=None)
def test_a_template_of_any_pieces_makes_a_text_or_is_refused(
    body: str, items: list[object], who: object
) -> None:
    with contextlib.suppress(prompts.PromptError):
        made = prompts.parse(FRONT + body).render(**{**PLAIN, "items": items, "who": who})
        assert len(made) <= MAX_OUTPUT


@given(st.lists(YAML, max_size=30).map("".join))
@settings(deadline=None)
def test_phrases_of_any_pieces_are_phrases_or_are_refused(body: str) -> None:
    with contextlib.suppress(prompts.PromptError):
        held = prompts.phrases_of(prompts.parse(FRONT + body))
        held.check()
        assert all(form.texts for forms in held.sections.values() for form in forms)


@given(st.lists(YAML, max_size=30).map("".join), st.text(max_size=50))
@settings(deadline=None)
def test_any_front_matter_is_front_matter_or_is_refused(front: str, body: str) -> None:
    with contextlib.suppress(prompts.PromptError):
        assert prompts.parse(f"---\n{front}\n---\n{body}").slots is not None


@given(st.text(max_size=60), st.text(max_size=4))
@settings(deadline=None)
def test_any_name_is_a_name_or_is_refused(name: str, language: str) -> None:
    with contextlib.suppress(prompts.PromptError):
        prompts.load(name, language)
