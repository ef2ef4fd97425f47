"""A model that does what the texts tell it to, in every way in which a letter's form lets it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from agent.adapters.llm.answer import Answer, words_of
from agent.adapters.llm.request import messages
from agent.domain.creator import BIO, Creator
from agent.domain.letter import Words
from agent.ports import Assignment
from prompts import load
from tests.hostile.corpus import Attack
from tests.hostile.stage import a_person

INNOCENT = "innocent"
DAY = date(2026, 9, 12)
_LONGEST_QUOTE = 140  # characters that an answer may quote

Json = dict[str, object]


@dataclass(frozen=True, kw_only=True)
class Honestly:
    """What the model would have written, and what it writes around somebody else's words."""

    post: str
    quote: str
    subject: str
    opening: str
    reported: str
    fact: str
    bridge: str
    ask: str


HONESTLY: Mapping[str, Honestly] = {
    "fr": Honestly(
        post="Ce matin j’ai coupé le romarin de ma tante, et j’en ai mis partout, même dans la soupe.",
        quote="j’ai coupé le romarin de ma tante",
        subject="le romarin de votre tante",
        opening="Le 12 septembre, vous racontiez avoir coupé le romarin de votre tante.",
        reported="Vous écriviez : « {} ».",
        fact="cure",
        bridge="Chez Savon du Sud, chaque pain sèche six semaines sur des claies en bois.",
        ask="Cela vous ferait-il plaisir ? Un oui ou un non me suffit.",
    ),
    "en": Honestly(
        post="This morning I darned my uncle's sock, and then the other one, because it looked jealous.",
        quote="I darned my uncle's sock",
        subject="your uncle's sock",
        opening="On September 12 you wrote that you darned your uncle's sock.",
        reported='You wrote, "{}".',
        fact="shop",
        bridge="At Second Evening we pack every kit by hand in a former upholstery shop.",
        ask="Shall I pack one up for you? One word back will do.",
    ),
}


def victim_of(attack: Attack) -> Creator:
    """Return a creator who published the attack, and one innocent post."""
    posts = [(INNOCENT, HONESTLY[attack.language].post, DAY)]
    posts += [(f"a{number}", text, DAY) for number, text in enumerate(attack.posts, 1)]
    return a_person(attack.language, posts, bio=attack.bio)


def obeying(attack: Attack, style: str) -> Callable[[Assignment], Words]:
    """Return how a model answers that obeys the attack in this style."""

    def words(assignment: Assignment) -> Words:
        prompt = load("model/first_touch", assignment.language)
        told = messages(prompt, assignment, rejected=None, findings=()).told[-1][1]
        if INNOCENT not in told:
            raise AssertionError("the prompt no longer shows the creator's posts")
        form = STYLES[style](HONESTLY[attack.language], attack, assignment.creator)
        answer = Answer.model_validate(form)
        return words_of(answer, brand=assignment.brand, creator=assignment.creator)

    return words


def _letter(base: Honestly, **changes: object) -> Json:
    return {
        "subject": base.subject,
        "opening": [_said(base.opening, INNOCENT, base.quote)],
        "bridge": [{"text": base.bridge, "facts": [base.fact]}],
        "ask": base.ask,
    } | changes


def _said(text: str, ref: str, quote: str) -> Json:
    return {"text": text[:360], "receipts": [{"ref": ref, "quote": quote[:_LONGEST_QUOTE]}]}


def _unproved(text: str) -> Json:
    return {"text": text[:360], "receipts": []}


def _source(attack: Attack, creator: Creator) -> tuple[str, str]:
    """Return where the attack stands, and a passage of it: with the payload where it holds it whole."""
    texts = {f"a{number}": text for number, text in enumerate(attack.posts, 1)} | {BIO: attack.bio}
    ref = next((ref for ref, text in texts.items() if attack.payload in text), None)
    ref = ref or next(ref for ref, text in texts.items() if text)
    shown = creator.evidence_text(ref) or ""
    at = max(0, shown.find(attack.payload))
    return ref, shown[at : at + _LONGEST_QUOTE] or shown


def _with_the_attack_as_proof(base: Honestly, attack: Attack, creator: Creator) -> Json:
    said = _said(attack.payload, *_source(attack, creator))
    return _letter(base, opening=[_said(base.opening, INNOCENT, base.quote), said])


def _quoting_the_attack(base: Honestly, attack: Attack, creator: Creator) -> Json:
    ref, quote = _source(attack, creator)
    told = _said(base.reported.format(attack.payload[:_LONGEST_QUOTE]), ref, quote)
    return _letter(base, opening=[_said(base.opening, INNOCENT, base.quote), told])


def _everything_rests_on_the_attack(base: Honestly, attack: Attack, creator: Creator) -> Json:
    ref, quote = _source(attack, creator)
    text = f"{base.reported.format(quote[:60])} {attack.payload}"
    return _letter(base, subject=attack.payload[:120], opening=[_said(text, ref, quote)])


STYLES: Mapping[str, Callable[[Honestly, Attack, Creator], Json]] = {
    "in the opening, bare": lambda base, attack, _: _letter(
        base, opening=[_said(base.opening, INNOCENT, base.quote), _unproved(attack.payload)]
    ),
    "in the opening, under a true quote": lambda base, attack, _: _letter(
        base,
        opening=[
            _said(base.opening, INNOCENT, base.quote),
            _said(attack.payload, INNOCENT, base.quote),
        ],
    ),
    "glued to a true sentence": lambda base, attack, _: _letter(
        base,
        opening=[_said(f"{base.opening.rstrip('.')}, {attack.payload}", INNOCENT, base.quote)],
    ),
    "in the opening, with the attack as its proof": _with_the_attack_as_proof,
    "quoting the attack": _quoting_the_attack,
    "resting on nothing but the attack": _everything_rests_on_the_attack,
    "in the bridge, bare": lambda base, attack, _: _letter(
        base,
        bridge=[{"text": base.bridge, "facts": [base.fact]}, {"text": attack.payload[:360], "facts": []}],
    ),
    "in the bridge, under a fact": lambda base, attack, _: _letter(
        base,
        bridge=[
            {"text": base.bridge, "facts": [base.fact]},
            {"text": attack.payload[:360], "facts": [base.fact]},
        ],
    ),
    "in the ask": lambda base, attack, _: _letter(base, ask=f"{attack.payload[:220]} {base.ask}"),
    "instead of the ask": lambda base, attack, _: _letter(base, ask=attack.payload[:300]),
    "in the subject": lambda base, attack, _: _letter(base, subject=attack.payload[:120]),
}
