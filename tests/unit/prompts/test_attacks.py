"""Whatever a template, a file or a name tries: it is refused, in one sentence that says where.

The attacks run in a process of their own with bounded memory. One that never ends is a test that fails, not
one that hangs: the process is ended and the next attack gets a new one.
"""

import json
import queue
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest

import prompts
from bench.attacks import ATTACKS, FRONT, PLAIN
from tests.cli import ROOT, environment

DEADLINE = 30
"""Seconds after which an attack counts as one that does not end."""
LONGEST = 300


class Cell:
    """A process that runs attacks, and is replaced by a new one when it does not answer."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None
        self._answers: queue.Queue[str] = queue.Queue()

    def ask(self, name: str) -> Any:
        """Return what became of an attack; fails where nothing is answered in time."""
        process = self._process or self._started()
        assert process.stdin is not None
        process.stdin.write(json.dumps({"name": name, "plainly": False}) + "\n")
        process.stdin.flush()
        try:
            line = self._answers.get(timeout=DEADLINE)
        except queue.Empty:
            line = ""
        if not line:
            self.close()
            pytest.fail(f"{name}: no answer within {DEADLINE} seconds and the memory allowed")
        return json.loads(line)

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None
        self._answers = queue.Queue()

    def _started(self) -> "subprocess.Popen[str]":
        self._process = process = subprocess.Popen(
            [sys.executable, "-m", "bench.attacks"],
            cwd=ROOT,
            env=environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        threading.Thread(target=self._read, args=(process, self._answers), daemon=True).start()
        return process

    @staticmethod
    def _read(process: "subprocess.Popen[str]", answers: "queue.Queue[str]") -> None:
        assert process.stdout is not None
        while line := process.stdout.readline():
            answers.put(line)
        answers.put("")


@pytest.fixture(scope="module")
def cell() -> Iterator[Cell]:
    made = Cell()
    yield made
    made.close()


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_refused_in_one_sentence(cell: Cell, name: str) -> None:
    answer = cell.ask(name)
    told = answer["told"]
    assert answer["refused"], told
    assert re.fullmatch(r"[^\n]+[.]", told)
    assert len(told) < LONGEST
    assert "Traceback" not in told


@pytest.mark.parametrize("name", [name for name, attack in ATTACKS.items() if attack.kind == "template"])
def test_a_refused_template_is_named_with_its_line_or_its_slot(name: str) -> None:
    attack = ATTACKS[name]
    with pytest.raises(prompts.PromptError) as refused:
        attack.run()
    lines = r"Prompt t\.en, line \d+: "
    slots = rf"Prompt t\.en: ({'|'.join(PLAIN)}) is "
    assert re.match(rf"{lines}|{slots}|A prompt of \d+ characters", str(refused.value))


def test_the_line_is_the_one_of_the_file() -> None:
    body = "Hello\n{{ who }}\n\n{% if count %}\n{{ part.nobody }}\n{% endif %}\n"
    with pytest.raises(
        prompts.PromptError, match=r"^Prompt t\.en, line 12: nothing is called nobody here\.$"
    ):
        prompts.parse(FRONT + body).render(**PLAIN)
    with pytest.raises(prompts.PromptError, match=r"line 9: a call is not allowed"):
        prompts.parse(FRONT + "Hello\n{{ who.upper() }}\n")
    long = "{% for a in items %}\n{{ who }}\n{% endfor %}"
    with pytest.raises(prompts.PromptError, match=r"line 9: the text grew beyond 60000 characters"):
        prompts.parse(FRONT + long).render(**{**PLAIN, "who": "x" * 9_000, "items": [1] * 9})


def test_the_line_of_a_phrase_is_the_one_of_the_file() -> None:
    held = prompts.phrases_of(prompts.parse(FRONT + "\na:\n  - fine\n  - {vous: '{{ part.nobody }}'}\n"))
    (form,) = (form for form in held.sections["a"] if "vous" in form.texts)
    with pytest.raises(
        prompts.PromptError, match=r"^Prompt t\.en, line 11: nothing is called nobody here\.$"
    ):
        held.render(form.sentences("vous")[0], PLAIN)


@pytest.mark.parametrize(
    ("body", "made"),
    [
        ("Hi {{ who }}, {{ count }}", "Hi Léa, 3"),
        ("{{ who | upper }} {{ who | lower | capitalize }} {{ ' a ' | trim }}", "LÉA Léa a"),
        (
            "{{ items | join(' and ') }}, {{ items | first }}{{ items | last }}, {{ items | length }}",
            "a and b, ab, 2",
        ),
        ("{% if count > 2 and not who == 'Tom' %}many{% elif count %}few{% else %}none{% endif %}", "many"),
        (
            "{% for a in items %}{{ loop.index }}{{ a }}{% if not loop.last %}, {% endif %}{% endfor %}",
            "1a, 2b",
        ),
        ("{% for a in items %}{% for b in items %}{{ a }}{{ b }} {% endfor %}{% endfor %}", "aa ab ba bb "),
        ("{% for a in items if a != 'a' %}{{ a }}{% else %}none{% endfor %}", "b"),
        ("{{ part.name }}{{ part['name'] }}{{ items[1] }}", "nnb"),
        (
            "{{ 'known' if part.name is defined else 'new' }} {{ 'x' if part.other is not defined }}",
            "known x",
        ),
        ("{# a remark #}{% raw %}{{ braces }}{% endraw %}{{ '{{' }}", "{{ braces }}{{"),
        ("Élodie écrit : « savon » 🙂 👩‍🌾", "Élodie écrit : « savon » 🙂 👩‍🌾"),
    ],
)
def test_what_a_brand_team_needs_is_allowed(body: str, made: str) -> None:
    assert prompts.parse(FRONT + body).render(**PLAIN) == made


def test_line_ends_and_marks_of_other_editors_are_taken_for_ours() -> None:
    source = FRONT + "Hi {{ who }}\n"
    ours = prompts.parse(source)
    for other in (source.replace("\n", "\r\n"), "\ufeff" + source, source.replace("\n", "\r")):
        assert prompts.parse(other) == ours


def test_a_condition_that_is_one_word_is_one_condition() -> None:
    held = prompts.phrases_of(prompts.parse(FRONT + "a:\n  - {when: dated, text: 'x'}\n"))
    assert held.sections["a"][0].when == {"dated"}
