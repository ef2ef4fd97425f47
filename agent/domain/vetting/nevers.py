"""What a brand says it never does, out of its own sentences."""

import re
from dataclasses import dataclass

from agent.domain.brand import Value
from agent.domain.vetting.lines import bared
from agent.domain.vetting.patterns import listed

_NEVER = re.compile(r"\b(?:never|jamais)\b(?P<thing>[^.,;:!?()…]{3,80})")
_ENDS = re.compile(
    r"\s(?:and|but|or|because|so|that|who|when|where|if|than|in|for|et|mais|ou|car|parce|qui|que|quand|si|"
    r"dans|pour|chez)\s"
)
_A_THING = re.compile(r"\s(?:d'|de |du |des |any |use |a |an )")
_WORD = re.compile(r"[a-zœ]{4,}")
# Verbs of making and words of every promise: they say nothing about what is never done
_EMPTY = listed(
    "the any our your their his her its this that these those for with from into onto over under about "
    "use used uses using make made makes making sell sold sells selling add added adds adding put puts "
    "work works working test buy bought tested ask asks tell tells say says said let lets give gives take "
    "takes want wants need needs have has had been being will would should could can may out again ever "
    "more less quality compromise promise promises anything anyone nobody people you them les des une aux "
    "nos vos mes ses leur leurs notre votre cette ces avec pour dans sur chez entre utiliser utilisons "
    "utilise faire faisons fait vendre vendons vend ajouter ajoutons travailler travaillons travaille "
    "mettre mettons met teste testons tester acheter achetons demander demandons dire disons dit "
    "promettre promettons promesse promesses qualite compromis avoir avons etre sommes sera plus moins "
    "tout toute tous toutes rien aucun aucune personne vous nous elle elles ils leur trop tres bien autre "
    "autres chose choses "
)
_STEM = 5
_APART = 60
_LONE = 6


@dataclass(frozen=True, kw_only=True)
class Never:
    """Something never done, as the stems (first five letters) of the words that name it."""

    stems: tuple[str, ...]

    def place(self, bare: str) -> tuple[int, int] | None:
        """Return where a bare sentence names the same thing: all of its stems close together."""
        found = [re.search(rf"(?<![\w-]){re.escape(stem)}", bare) for stem in self.stems]
        spans = [match.span() for match in found if match is not None]
        if len(spans) < len(self.stems):
            return None
        start, end = min(span[0] for span in spans), max(span[1] for span in spans)
        return (start, end) if end - start <= _APART else None


def nevers_of(value: Value) -> tuple[Never, ...]:
    """Return what the value's text says is never done: `jamais d’huile de palme`, `we never use palm oil`.

    A thing named by a single word counts where it is plainly a thing (`jamais de paraffine`).
    """
    found = []
    for match in _NEVER.finditer(bared(value.text)):
        thing = _ENDS.split(match["thing"])[0]
        named = [word for word in _WORD.findall(thing) if word not in _EMPTY]
        stems = tuple(dict.fromkeys(word[:_STEM] for word in named))
        is_thing = _A_THING.match(thing) is not None and any(len(word) >= _LONE for word in named)
        if len(stems) > 1 or is_thing:
            found.append(Never(stems=stems))
    return tuple(found)
