"""What a text must be before a brand may put it in the place of the shipped one.

The shipped file is the measure: its slots are what the program fills, its sections and conditions are what
the program asks for, and its required slots are what no letter can do without.
"""

import functools
import operator
import re
from collections.abc import Iterator

import prompts
from agent.domain.errors import BadInput
from prompts import Form, Phrases, Prompt, PromptError
from prompts.uses import Uses, strange

_MODEL, _LETTERS, _BRIEF = "model/", "letters/", "brief/"
# Why these stay as they are shipped
_FIXED = {
    "letters/quoting": "it decides what may be quoted of a person at all",
    "model/expansion": "it serves the search, and letters do not come from it",
}
_TABLE = "letters/native"
_SOUGHT = re.compile(r"[a-z0-9œæ'’-]{1,40}\*?")
_MOST_SOUGHT = 8
_DIVIDER = "%%"
_STRANGERS = frozenset({"boundary", "evidence", "platform", "query", "reasons", "rejected", "thread"})
_FENCE, _FENCED = "boundary", "evidence"


def is_tunable(name: str) -> bool:
    """Return whether a brand may publish a text of its own under this name."""
    return name.startswith((_MODEL, _LETTERS, _BRIEF)) and name not in _FIXED


def is_for_letters(name: str) -> bool:
    """Return whether letters to creators are made of a text, so that it can be tried on some."""
    return is_tunable(name) and not name.startswith(_BRIEF) and name != _TABLE


def is_for_models(name: str) -> bool:
    """Return whether a text is a prompt for a model; the others are phrases."""
    return name.startswith(_MODEL)


def validated(source: str) -> Prompt:
    """Return the text that a file holds, fit for publishing.

    Raises BadInput with every reason that speaks against it.
    """
    try:
        prompt = prompts.parse(source)
        require_tunable(prompt.name)
        shipped = prompts.load(prompt.name, prompt.language)
        told = (*_slots(prompt, shipped), *_body(prompt, shipped))
    except PromptError as error:
        raise BadInput(str(error)) from error
    if told:
        raise BadInput(f"{prompt.title} cannot be used: {'; '.join(told)}.")
    return prompt


def require_tunable(name: str) -> None:
    """Raise BadInput for a text that stays as it is shipped, with the reason."""
    if not is_tunable(name):
        reason = _FIXED.get(name, "what it says is a matter of law, or of the product, and not of tone")
        raise BadInput(f"{name} stays as it is: {reason}.")


# --- slots ----------------------------------------------------------------------------------------


def _slots(prompt: Prompt, shipped: Prompt) -> Iterator[str]:
    unknown = [slot for slot in prompt.slots if slot not in shipped.slots]
    missing = [slot for slot in shipped.slots if slot not in prompt.slots]
    if unknown:
        yield f"nothing fills {', '.join(unknown)}; there are {', '.join(shipped.slots)}"
    if missing:
        yield f"its slots do not name {', '.join(missing)}"


def _body(prompt: Prompt, shipped: Prompt) -> Iterator[str]:
    lone = re.search(rf"(?<!{{){{\s*({'|'.join(prompt.slots)})\s*}}(?!}})", prompt.body)
    if lone:
        yield f"{lone[0]} is printed as it stands: a slot has two braces, {{{{ {lone[1]} }}}}"
    if is_for_models(prompt.name):
        yield from _of_model(prompt, shipped)
    else:
        yield from _of_phrases(prompts.phrases_of(prompt), prompts.phrases_of(shipped))


# --- prompts for a model --------------------------------------------------------------------------


def _of_model(prompt: Prompt, shipped: Prompt) -> Iterator[str]:
    line = prompt.first_line
    named = prompt.slots_of(prompt.body, line=line)
    yield from strange(
        prompt.uses_of(prompt.body, line=line), shipped.uses_of(shipped.body, line=shipped.first_line)
    )
    left_out = [slot for slot in shipped.required if slot not in named]
    if left_out:
        yield f"its text leaves out {', '.join(f'{{{{ {slot} }}}}' for slot in left_out)}"
    lines = prompt.body.split("\n")
    if lines.count(_DIVIDER) != 1:
        yield f"one line {_DIVIDER} divides what is the same for everybody from what is about one person"
        return
    above = "\n".join(lines[: lines.index(_DIVIDER)])
    private = sorted(_STRANGERS.intersection(prompt.slots_of(above, line=prompt.first_line)))
    if private:
        yield f"{', '.join(private)} changes from person to person and stands below the line {_DIVIDER}"
    if not left_out and not _is_fenced(named):
        yield f"{_FENCED} stands between two {{{{ {_FENCE} }}}} lines: nobody's posts are to pass for orders"


def _is_fenced(named: tuple[str, ...]) -> bool:
    if _FENCED not in named or _FENCE not in named:
        return True  # the shipped text does not require it
    fences = [place for place, slot in enumerate(named) if slot == _FENCE]
    fenced = [place for place, slot in enumerate(named) if slot == _FENCED]
    return fences[0] < fenced[0] and fenced[-1] < fences[-1]


# --- phrases --------------------------------------------------------------------------------------


def _of_phrases(own: Phrases, shipped: Phrases) -> Iterator[str]:
    own.check()
    yield from strange(_all_uses(own), _all_uses(shipped))
    missing = [name for name in shipped.sections if name not in own.sections]
    unknown = [name for name in own.sections if name not in shipped.sections]
    if missing:
        yield f"the sections {', '.join(missing)} are missing"
    if unknown:
        yield f"nothing reads the sections {', '.join(unknown)}; there are {', '.join(shipped.sections)}"
    known = _conditions(shipped)
    for name, forms in own.sections.items():
        if name in shipped.sections:
            yield from _section(name, forms, shipped.sections[name], own, shipped, known)
    if own.prompt.name == _TABLE:
        yield from _patterns(own, shipped)


def _section(
    name: str,
    own: tuple[Form, ...],
    shipped: tuple[Form, ...],
    mine: Phrases,
    theirs: Phrases,
    known: frozenset[str],
) -> Iterator[str]:
    needs = _needs(shipped, theirs)
    registers = frozenset(key for form in shipped for key in form.texts)
    shift = mine.prompt.first_line - 1
    lengths = {len(texts) for form in shipped for texts in form.texts.values()}
    for form in own:
        where = f"line {form.line + shift} ({name})"
        strange = sorted((form.when | form.unless | form.says) - known)
        if strange:
            yield f"{where}: nothing is ever {', '.join(strange)}; there are {', '.join(sorted(known))}"
        if form.texts.keys() - registers - {""}:
            told = ", ".join(sorted(form.texts.keys() - registers - {""}))
            yield f"{where}: {told} is no register here"
        if len(lengths) == 1 and lengths != {1} and {len(texts) for texts in form.texts.values()} != lengths:
            yield f"{where}: a form has {max(lengths)} texts here, as in the shipped file"
        yield from _unmet(where, form, needs, mine)
    yield from _gaps(name, own, shipped)


def _patterns(own: Phrases, shipped: Phrases) -> Iterator[str]:
    """Tell what cannot be looked for: a pattern of one's own could keep the gate busy for ever."""
    known = {text for forms in shipped.sections.values() for form in forms for text in form.sentences("")[:1]}
    for form in (form for forms in own.sections.values() for form in forms):
        sought = form.sentences("")[0] if form.sentences("") else ""
        where = f"line {form.line + own.prompt.first_line - 1}"
        variants = [variant.split() for variant in sought.split("|")]
        is_plain = all(
            0 < len(words) <= _MOST_SOUGHT and all(map(_SOUGHT.fullmatch, words)) for words in variants
        )
        if sought not in known and not is_plain:
            yield (
                f"{where}: what is looked for is words in small letters without accents, variants between |, "
                f"with * for any ending"
            )


def _unmet(where: str, form: Form, needs: dict[str, frozenset[str]], mine: Phrases) -> Iterator[str]:
    """Tell slots that are empty whenever a form of the shipped file does not say under which condition."""
    for template in (text for texts in form.texts.values() for text in texts):
        for slot in dict.fromkeys(mine.prompt.slots_of(template, line=form.line)):
            if slot not in needs:
                there = ", ".join(sorted(needs)) or "no slots"
                yield f"{where}: {slot} is not filled here; there are {there}"
            elif not needs[slot] <= form.when:
                yield f"{where}: {slot} is filled only when {', '.join(sorted(needs[slot]))}: say so in when"


def _gaps(name: str, own: tuple[Form, ...], shipped: tuple[Form, ...]) -> Iterator[str]:
    """Tell the first situation in which the shipped file has something to say and this one has nothing."""
    for form in shipped:
        for register in form.texts:
            if not any(each.fits(form.when) and each.sentences(register) for each in own):
                told = ", ".join(sorted(form.when)) or "nothing special is the case"
                yield f"{name} has no form for: {told}{f' ({register})' if register else ''}"
                return


def _all_uses(phrases: Phrases) -> Uses:
    everything = (phrases.prompt.uses_of(template, line=line) for template, line in phrases.lines.items())
    return functools.reduce(operator.or_, everything, Uses(frozenset(), frozenset()))


def _conditions(phrases: Phrases) -> frozenset[str]:
    forms = [form for forms in phrases.sections.values() for form in forms]
    return frozenset(tag for form in forms for tag in form.when | form.unless | form.says)


def _needs(forms: tuple[Form, ...], phrases: Phrases) -> dict[str, frozenset[str]]:
    """Return, for each slot that the shipped forms name, the conditions that all of them set for it."""
    needs: dict[str, frozenset[str]] = {}
    for form in forms:
        for template in (text for texts in form.texts.values() for text in texts):
            for slot in phrases.prompt.slots_of(template, line=form.line):
                needs[slot] = needs.get(slot, form.when) & form.when
    return needs
