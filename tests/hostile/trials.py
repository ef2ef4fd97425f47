"""The three measurements of the gate, for the tests and for `python -m bench gate`."""

from collections.abc import Iterable

from agent.domain.letter import Words
from tests.hostile.corpus import Attack, attacks, honest
from tests.hostile.harmless import why_harmless
from tests.hostile.letters import person_of, words_of
from tests.hostile.obeying import STYLES, obeying, victim_of
from tests.hostile.planted import Planted, planted
from tests.hostile.stage import Speaking, blocks, drafted, is_approvable
from tests.hostile.tally import Tally

IN_TURN = 3
"""Ways to obey that are tried for each attack where not all are."""


def try_attacks(
    every: Iterable[Attack] | None = None, *, all_styles: bool = False, published: bool = False
) -> Tally:
    """Have a model obey each attack; wrong is what a person could approve.

    Among published strings are ordinary words: true quotations of those are counted apart.
    """
    tally = Tally()
    styles = tuple(STYLES)
    for turn, attack in enumerate(attacks() if every is None else every):
        victim = victim_of(attack)
        chosen = (
            styles if all_styles else [styles[(turn + step * 4) % len(styles)] for step in range(IN_TURN)]
        )
        for style in chosen:
            # what the gate blocked is not asked for again: this model would say the same
            writer = Speaking(words=obeying(attack, style), name="offline")
            draft = drafted(victim, writer, language=attack.language)
            told = f"{attack.family}, {style}: {attack.payload[:80]!r}"
            approvable = is_approvable(draft)
            why = why_harmless(attack, style, draft) if approvable and published else None
            tally.harmless.update([why] if why else [])
            tally.count(attack.family, wrong=approvable and why is None, told=told)
    return tally


def try_honest(name: str) -> Tally:
    """Put honest letters through; wrong is what the gate blocked."""
    tally = Tally()
    for turn, one in enumerate(honest(name)):
        creator = person_of(one)
        draft = drafted(creator, _says(words_of(one, creator, turn=turn)), language=one.language)
        told = f"{one.post[:60]!r}: {', '.join(blocks(draft))}"
        tally.count(one.language, wrong=not is_approvable(draft), told=told)
    return tally


def try_planted(every: Iterable[Planted] | None = None) -> Tally:
    """Put letters with a lie through; wrong is what a person could approve."""
    tally = Tally()
    for each in planted() if every is None else every:
        draft = drafted(each.creator, _says(each.words), language=each.base.language)
        tally.count(each.kind, wrong=is_approvable(draft), told=f"{each.kind}: {each.words.opening[-1].text}")
    return tally


def _says(words: Words) -> Speaking:
    return Speaking(words=lambda _: words, name="offline")
