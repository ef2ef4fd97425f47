"""Slips of a fluent pen: a plan told as a deed, a soft number, hearsay, little stock, a promise of ours.

The sentence rests on something real and says another thing. Each rule knows the words by which a slip of its
kind shows, and lets them stand where what the sentence rests on says them, too.
"""

import re
from collections.abc import Iterator

from agent.domain.draft import Finding
from agent.domain.gate.ordinary import ORDINARY
from agent.domain.gate.plain import bare
from agent.domain.gate.reading import Reading, Rule, block, offer_texts, roots, stems
from agent.domain.gate.sought import Sought
from agent.domain.gate.vocabulary import alternatives, listed
from agent.domain.letter import ReceiptKind

_STEM = 5  # letters, as in `stems`
_SHORT = 4  # a tense changes the fifth letter: « descendre », « descente »
_SENTENCE = re.compile(r"[.!?…]+\s+|\n+")
_LEAST_SHARED = 2  # words that tell which plan is meant, beside a quotation
# What a text says of something that was not done, or not yet
_UNREAL = re.compile(
    r"\b"
    + alternatives(
        r"someday|some day|one day|next (?:year|summer|spring|fall|winter|month|week|time)|i'll|i will|"
        r"i'd (?:like|love)|i (?:want|hope|plan|wish|mean|dream|nearly|almost)|going to|"
        r"(?<!asked\s)(?<!asks\s)(?<!ask\s)(?<!know\s)(?<!wonder\s)(?<!see\s)if (?:i|we|he|she|they|the)|"
        r"un jour|bientot|l'(?:annee|ete|hiver|automne) prochaine?|"
        r"(?:printemps|mois) prochain|semaine prochaine|j'aimerais|je voudrais|j'ai (?:failli|presque)|"
        r"si (?:je|j'|on|nous|tu)|je reve|j'espere|je (?:\w+ )?\w+(?:erai|irai|drai|rrai)|je ferai|j'\w+rai"
    )
    + r"(?![\w-])"
)
_HEDGED = re.compile(
    r"\b"
    + alternatives(
        r"will|would|want\w*|wish\w*|hop(?:e|ed|ing)|plan\w*|dream\w*|someday|some day|one day|next|if|"
        r"nearly|"
        r"almost|might|could|may|soon|meant|intend\w*|going to|ready to|still to|yet|when|promis\w+|"
        r"voul\w+|voudr\w+|aimer\w+|rev\w+|envie|projet\w*|esper\w+|un jour|bientot|prochaine?|si(?! (?:je|"
        r"j'))|failli|"
        r"presque|peut-etre|quand|prevoy\w+|comptez|comptes|promett\w+|\w+(?:rez|riez|ras|rais|rait|ront)"
    )
    + r"(?![\w-])|\b\w+(?:'d|'ll)(?!\w)"
)
_YOU = re.compile(r"\b(?:you|your|you've|vous|votre|vos|tu|ton|ta|tes|t')(?=\W)")
_SOFT = re.compile(
    r"\b"
    + alternatives(
        r"(?:nearly|almost|practically) (?:all|every\w*|none)|most of|the majority|a majority|"
        r"a (?:good|solid) (?:dozen|hundred|half)|a handful|only a few|hardly any|"
        r"la plupart|la majorite|presque tou\w+|quasiment tou\w+|une poignee|une bonne (?:dizaine|moitie)|"
        r"a peine (?:un|une|deux|trois|quelques)"
    )
    + r"\b"
)
_AROUND = Sought(
    r"\b(?:un|une)? ?(?:dizaine|douzaine|quinzaine|vingtaine|trentaine|quarantaine|cinquantaine|soixantaine|"
    r"centaine) d(?:e\b|')|\b(?:a |couple of )?(?:dozens?|scores?) (?:of )?\w+"
)
_DIGIT = re.compile(r"\d")
_HOW_OFTEN = Sought(
    r"\b"
    + alternatives(
        r"(?:every|each) (?:single )?(?:day|week|month|season|year|morning|evening)|daily|weekly|monthly|"
        r"yearly|"
        r"once a (?:day|week|month|year)|(?:chaque|tous les|toutes les) (?:jours?|semaines?|mois|saisons?|"
        r"annees?|ans|matins?|soirs?)|quotidien\w*|hebdomadaire\w*|mensuel\w*"
    )
    + r"\b"
)
_NEAR = Sought(
    r"\b(?:a (?:short|quick) (?:walk|drive|ride|hop)|a stone's throw|(?:just )?(?:around the corner|down "
    r"the street|"
    r"next door)|a deux pas|a quelques (?:pas|minutes|rues|metres)|juste a cote|au coin de la rue)\b"
)
_HEARSAY = Sought(
    r"\b"
    + alternatives(
        r"(?:m'a|m'ont|nous a|nous ont) (?:\w+ )?(?:parle|dit du bien) de (?:vous|toi)|"
        r"(?:told|tipped) (?:us|me) (?:off )?(?:that )?(?:about )?you|(?:recommended|suggested|mentioned) "
        r"you|"
        r"(?:friends?|customers?|readers?|followers?|colleagues?) of (?:yours|ours)|"
        r"une? amie? (?:a|de) (?:vous|toi)|(?:une?|plusieurs|certaines?) de (?:vos|tes|nos) (?:amie?s?|"
        r"abonnee?s?|"
        r"clientes?|clients?|collegues?|lect\w+)|"
        r"(?:recommande|conseille|souffle|donne|signale|glisse) (?:votre|ton) nom|"
        r"(?:gave|passed) (?:us|me) your name|swears? by you|(?:suggested|said) that (?:we|i) (?:get in "
        r"touch|"
        r"write)|(?:word|rumou?r) has it|on (?:m'a|nous a) (?:\w+ )?(?:parle|recommande|conseille)"
    )
    + r"\b"
)
_STOCK = Sought(
    r"\b"
    + alternatives(
        r"sells? out|selling (?:out|fast)|sold out|spoken for|running (?:out|low)|not for long|"
        r"(?:there (?:are|is)|we have|only|just) (?:only |just )?(?:\w+ ){0,6}left|(?:last|final) (?:few|"
        r"ones?|boxes|kits)|"
        r"(?:hold|keep|save|set) (?:\w+ ){0,3}(?:aside |back )?(?:for you )?(?:but )?(?:only )?(?:until|"
        r"till)|"
        r"while (?:they|it|stocks?) lasts?|won't last|"
        r"only (?:make|made|have|had) (?:a )?(?:handful|few|dozen)|goes? (?:very )?(?:fast|quickly)|"
        r"part(?:ent)? (?:tres |si )?vite|ne pas (?:attendre|tarder)|il n'en reste|il ne reste|"
        r"c'est l[ae] derniere? (?:de|du|des)|(?:dernieres?|derniers) (?:pieces?|exemplaires?|boites?)|"
        r"(?:mis|mise|gardee?|reservee?)s? (?:de cote )?que pour|il ne manque (?:plus )?que (?:toi|vous)|"
        r"bientot (?:epuisee?s?|fini\w*)|stock\w* (?:limite\w*|s'epuise\w*)"
    )
    + r"\b"
)
# Ours doing something for the reader that is neither sending nor asking
_WE_PROMISE = re.compile(
    r"\b(?:our|notre|nos)\b[^.;:!?]{0,50}?(?:"
    r"\b(?:will|would|'ll|'d)\b (?:\w+ly )?(?!be (?:glad|happy|delighted|pleased)|like|love|go|suit|fit|hold|"
    r"keep|help|look|feel|make|say|agree|tell|show|know|find|ask|wait)(\w+)[^.;:!?]*\byou[r]?\b|"
    r"\b(?:t'|vous |te )(?!plai|ir|conviendr|aider|ser[ao]|fer[ao]|tiendr|dir[ao]|rendr)(\w+(?:era|eront|"
    r"ira|iront|dra|dront|"
    r"erait|eraient|irait|iraient|drait|draient))\b)"
)
# A word that is said of ours: « nos sacoches sont étanches », “so everything is dishwasher safe”
_OURS_IS = re.compile(
    r"\b(?:(?:our|all our|nos|notre|toutes? nos|tous nos|our whole)\b[^.,;:!?]{0,40}?|everything|tout(?:es)?|"
    r"all of (?:it|them)|they|ils|elles) (?:is|are|est|sont) ((?:\w+[ -]?){1,3})"
)
_WHICH = re.compile(r"(?:,? (?:ce qui|which|so that|donc|si bien que)|, (?:so|et|and)|;) ([^.;!?]+)")
_LISTED = re.compile(r"\b(?:is|are|est|sont) (\w[^.;!?]*)")
_AND = re.compile(r",| and | et ")
_SINCE = re.compile(
    r"\bas \w+ (?:\w+ )?have for (?:a |an )?\w+|\bfor (?:a |an )?(?:centur\w+|decades?|generations?)\b|"
    r"\bdepuis (?:des|un|une|plusieurs|deux|trois|quatre|cinq|dix) (?:siecles?|generations?|decennies?|"
    r"annees?)\b|"
    r"\bsince (?:it|they|the|our) [^.,;:!?]*|\bdepuis (?:toujours\b|l'ouverture\b|le (?:debut|premier)\b|"
    r"que nous\b)"
)
# Ours as the subject of a clause: what it is or does is told as a fact
_OURS_FIRST = re.compile(
    r"\A\W*(?:(?:and|et|que|that|so|because|parce que|ou|where|puisque) )?(?:(?:all|toutes?|tous) )?"
    r"(?:our|ours|notre|nos|l[ea] notre|les notres)\b(?!.*\b(?:own|propres?|too|aussi|as well)\b)"
)
_CLAUSE = re.compile(r"[.,;:!?()]|\s-+\s|\b(?:and|but|et|mais)\b")
_OURS = frozenset({"ours", "notre"})
# What every house has
_ANY_HOUSE = listed(
    "door desk team side turn kitchen office studio workshop shop porte bureau equipe cote tour "
    "cuisine atelier aussi"
)
_OUR_THING = re.compile(r"\b(?:our|notre|nos) ([a-z]{4,})")
_OUR_PAST = re.compile(
    r"\b(?:nous|on) (?:y|nous) (?!\w*rions\b)\w+(?:ions|ait)\b|\bwe (?:were|sat|stood|stayed|lived|shared|"
    r"had a)\b"
)
# What we would do for the reader beyond sending, writing and agreeing
_WE_WOULD = re.compile(
    r"\bnous (?:(?:le|la|les|vous|te|en|y|lui|leur) |[lt]')*(?!(?:ser|pour|aimer|voudr|souhaiter|enver|"
    r"enverr|expedier|"
    r"conviendr|parler|decider|laisser|comprendr|repondr|attendr|ecrir|saur|aur|joindr|glisser|adresser|"
    r"offrir|"
    r"preparer|en)r?(?:ions|ons)\b)(?!ferions parvenir)(\w+r(?:ions|ons))\b|"
    r"\b(?:votre|vos|ton|ta|tes|your) (\w+) (?:sera|serait|seront|seraient|would be|will be) "
    r"(?!bien|welcome|lue?s?\b|attendu|respecte)\w+(?:e|i|u|ed|en|wn)e?s?\b|"
    r"\bwe(?:'ll|'d| will| would) (?:\w+ly )?(?!like|love|be|send|mail|pack|put|ship|write|agree|talk|ask|"
    r"enjoy|"
    r"understand|leave|never|not|only|want|wait|choose|decide|rather|then)(\w+)\b[^.;:!?]*\byou(?:rs?)?\b"
)
_KNOWN = {language: frozenset(word[:_STEM] for word in words) for language, words in ORDINARY.items()}
_KNOWN_SHORT = {language: frozenset(word[:_SHORT] for word in words) for language, words in ORDINARY.items()}


def plans(reading: Reading) -> Iterator[Finding]:
    """Block what a post only plans, wishes or nearly did, where the letter tells it as done."""
    for line in reading.sentences:
        low = line.low_own
        quoted = line.low != low and _HEDGED.search(line.low) is not None and _HEDGED.search(low) is None
        if not line.about_creator or _YOU.search(low) is None or quoted:
            continue
        plain = (clause for clause in _CLAUSE.split(low) if _HEDGED.search(clause) is None)
        told = roots(" . ".join(plain))
        least = _LEAST_SHARED if line.own != line.plain.text else 1
        for proof in line.proofs:
            said = [(piece, roots(piece)) for piece in _SENTENCE.split(bare(proof))]
            done = frozenset[str]().union(*(words for piece, words in said if _UNREAL.search(piece) is None))
            if any(
                _UNREAL.search(piece) is not None and len(told & words - done) >= least
                for piece, words in said
            ):
                yield block(
                    "receipts.plan",
                    line.plain.shown,
                    "The post only plans, wishes or nearly does this: say so, or quote it.",
                )
                return


def softened(reading: Reading) -> Iterator[Finding]:
    """Block words that round a number which the post or the fact gives, up or down."""
    for line in reading.sentences:
        held = bare(" ".join((*line.proofs, *line.facts)))
        if not _DIGIT.search(held) and not line.facts:
            continue
        found = _SOFT.search(line.low_own)
        if found is not None and found[0] not in held and (line.about_creator or line.facts):
            yield block(
                "receipts.softened",
                line.span(found),
                "This rounds a number that the record gives: say the number, or leave it out.",
            )


def beyond_the_record(reading: Reading) -> Iterator[Finding]:
    """Block how often, how many, how near and how long in a sentence about us, where no record says it."""
    ours = bare(" ".join((*reading.fact_texts, *offer_texts(reading.case.campaign.offer), *reading.proofs)))
    for pattern in (_AROUND, _HOW_OFTEN, _NEAR):
        for line, found in reading.own(pattern):
            said = found[0].strip().removeprefix("once ")
            if line.facts and not line.about_creator and said not in ours and not _as_often(said, ours):
                yield _more_than_the_fact(line.span(found))
    for line in reading.sentences:
        since = _SINCE.search(line.low_own) if line.facts else None
        if since is not None and since[0] not in ours:
            yield _more_than_the_fact(line.span(since))


def told_of_ours(reading: Reading) -> Iterator[Finding]:
    """Block a clause whose subject is ours and that says what no record holds."""
    # the brand's part is the same for each of its letters, and kept
    held = roots(_held(reading)) | roots(" ".join(reading.proofs))
    known = _KNOWN.get(reading.case.letter.language, frozenset())
    for line in reading.sentences:
        if not line.facts or line.about_creator:
            continue
        for clause in _CLAUSE.split(line.low_own):
            news = (word for word in stems(clause) - _OURS if word not in known and word[:_SHORT] not in held)
            if _OURS_FIRST.search(clause) is not None and any(news):
                yield _more_than_the_fact(line.plain.shown)
                break


def things_of_ours(reading: Reading) -> Iterator[Finding]:
    """Block what we would have or have done where a sentence rests on nothing: a porch, an evening."""
    held = roots(_held(reading)) | roots(" ".join(reading.proofs))
    known = _KNOWN_SHORT.get(reading.case.letter.language, frozenset())
    for line in reading.sentences:
        if line.receipts or line.paragraph != 0 or "?" in line.low_own:
            continue
        thing = next(
            (
                m
                for m in _OUR_THING.finditer(line.low_own)
                if m[1] not in _ANY_HOUSE and not _stands_in(m[1], held | known)
            ),
            None,
        )
        found = thing or _OUR_PAST.search(line.low_own)
        if found is not None:
            yield block(
                "receipts.brand_claim",
                line.span(found),
                "This speaks about us without a receipt: point to one of the brand's facts, or delete it.",
            )


def said_of_ours(reading: Reading) -> Iterator[Finding]:
    """Block a quality that a sentence gives to ours beside the fact that it rests on."""
    language = reading.case.letter.language
    held = _held(reading)
    known = _KNOWN.get(language, frozenset()) | stems(held) | stems(" ".join(reading.proofs))
    words = frozenset(re.split(r"\W+", bare(held)))
    for line in reading.sentences:
        if not line.facts or line.about_creator:
            continue
        for found in _qualities(line.low_own):
            if any(_is_news(quality, known, words) for quality in _AND.split(found)):
                yield _more_than_the_fact(line.plain.shown)
                break


def hearsay(reading: Reading) -> Iterator[Finding]:
    """Block somebody who would have told us of the creator: no record names such a person."""
    for line, found in reading.own(_HEARSAY):
        yield block(
            "receipts.hearsay",
            line.span(found),
            "No record says that anybody told us of this person: leave it out.",
        )


def stock(reading: Reading) -> Iterator[Finding]:
    """Block hints that there is little left, or little time: nobody is pressed in a letter of ours."""
    for line, found in reading.own(_STOCK):
        if found[0] in reading.offer_words or (
            line.about_creator and found[0] in bare(" ".join(line.proofs))
        ):
            continue
        yield block(
            "commitments.scarcity",
            line.span(found),
            "No record says that there is little left: nobody is pressed in a letter of ours.",
        )


def promises_of_ours(reading: Reading) -> Iterator[Finding]:
    """Block what ours would do for the reader beyond being sent, unless the offer or a fact holds it."""
    for line in reading.sentences:
        if not line.facts or "?" in line.low_own:
            continue
        found = _WE_PROMISE.search(line.low_own)
        verb = (found[1] or found[2])[:_STEM] if found is not None else ""
        held = f"{verb} you" if found is not None and f"{verb} you" in found[0] else verb
        if found is not None and held not in reading.offer_words:
            yield _promise(line.span(found))


def promised_freely(reading: Reading) -> Iterator[Finding]:
    """Block what we would do for the reader in a sentence that rests on no term of the offer."""
    if reading.case.answered is not None:
        return  # what was asked about terms is answered from the records, or by a person
    for line in reading.sentences:
        kinds = {receipt.kind for receipt in line.receipts}
        if kinds & {ReceiptKind.OFFER, ReceiptKind.FACT, ReceiptKind.NOTICE}:
            continue
        found = _WE_WOULD.search(line.low_own)
        if found is not None and _YOU.search(f"{line.low_own} ") is not None:
            yield _promise(line.span(found))


RULES: tuple[Rule, ...] = (
    plans,
    softened,
    beyond_the_record,
    told_of_ours,
    things_of_ours,
    said_of_ours,
    hearsay,
    stock,
    promises_of_ours,
    promised_freely,
)


def _stands_in(thing: str, words: frozenset[str]) -> bool:
    # « our firing » is told by “we fire one kiln a week”
    root = thing.removesuffix("ing")[:_SHORT]
    return any(word.startswith(root) for word in words)


def _as_often(said: str, ours: str) -> bool:
    # « toutes les semaines » is « chaque semaine »
    unit = re.escape(said.rsplit(maxsplit=1)[-1].removesuffix("s"))
    return re.search(rf"\b(?:every|each|per|an?|chaque|par|tous les|toutes les) {unit}", ours) is not None


def _qualities(text: str) -> Iterator[str]:
    """Yield what is said of ours: after `is` and `are`, and in a clause of consequence."""
    for found in _OURS_IS.finditer(text):
        listed = _LISTED.search(text, found.start())
        yield listed[1] if listed is not None else found[1]
    for found in _WHICH.finditer(text):
        if (listed := _LISTED.search(found[1])) is not None:
            yield listed[1]
        elif found[0].lstrip(" ,").startswith(("ce qui", "which")):
            yield found[1]


def _is_news(quality: str, known: frozenset[str], words: frozenset[str]) -> bool:
    """Return whether none of a quality's words stands in a record."""
    said = stems(quality)
    if said:
        return bool(said - known) and not said & known
    return quality.strip() in {"bio", "eco", "pure", "pur", "vegan"} and quality.strip() not in words


def _more_than_the_fact(span: str) -> Finding:
    return block(
        "receipts.beyond_fact",
        span,
        "This says more than the fact that it rests on: say what the fact says, or add the fact.",
    )


def _promise(span: str) -> Finding:
    return block(
        "commitments.promise", span, "The offer does not hold this: say what the offer says, or nothing."
    )


def _held(reading: Reading) -> str:
    case = reading.case
    return " ".join(
        (
            case.brand.name,
            case.brand.sender.name,
            *reading.fact_texts,
            *reading.told_values,
            *offer_texts(case.campaign.offer),
            case.campaign.objective,
        )
    )
