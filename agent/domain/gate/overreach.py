"""Overreach: true quotations beside a word too many, as a fluent model writes them.

A sentence may point to a real post and still say what nobody said: a deed of somebody else's, a guess, a
habit made of one evening, a past that we never shared, an audience, more than a fact holds, a hint at more
than the offer. Each rule looks for the word that says more, and lets it stand where the evidence says it.
"""

import re
from collections.abc import Iterator

from agent.domain.draft import Finding
from agent.domain.gate.ordinary import ORDINARY
from agent.domain.gate.plain import bare
from agent.domain.gate.reading import Line, Reading, Rule, block, offer_texts, roots, stems
from agent.domain.gate.receipts import names_a_value
from agent.domain.gate.sought import Sought
from agent.domain.gate.vocabulary import alternatives

_STEM = 5  # letters, as in `stems`
_CLAUSE = re.compile(r"[.,;:!?()]|\s-+\s|\b(?:and|but|et|mais)\b")
_YOU = re.compile(r"\b(?:you|you've|you'd|your|vous|votre|vos|tu|ton|ta|tes|t')(?=\W)")
_ACTING = re.compile(r"\b(?:you|you've|you'd|vous|tu|t')(?=\W)")
# Who is told to have said it is not told to have done it
_TAG = re.compile(
    r"\b(?:disiez|ecriviez|racontiez|notiez|precisiez|ajoutiez|concluiez|resumiez|disais|ecrivais|racontais)"
    r"-(?:vous|tu)\b|, you (?:wrote|said|told|noted|added|posted)\b"
)
_OWN_SPEECH = re.compile(r"\b(?:i|i'm|i've|we|je|nous|on|moi)\b|\bj'")
# Who acts in a clause of a post that is not its author: kin and neighbours, or anybody who says something
_KIN = alternatives(
    "mother|mom|mum|father|dad|parents|sister|brother|aunt|uncle|cousin|nephew|niece|son|daughter|kids?|"
    "husband|wife|partner|friend|friends|neighbors?|neighbours?|roommate|teacher|boss|grandmother|grandma|"
    "grandfather|grandpa|colleague|"
    "mere|maman|pere|papa|parents|soeur|frere|tante|oncle|cousine?|neveu|niece|fils|fille|enfants|mari|"
    "femme|compagne|compagnon|amie?s?|voisine?s?|coloc(?:ataire)?|prof|patronne?|grand-mere|mamie|grand-pere|"
    "papi|collegue|copine|copain"
)
_BY_KIN = re.compile(rf"^\W*(?:the|my|our|la|le|les|ma|mon|mes|notre|nos) (?:\w+[ -])?({_KIN})\b")
_BY_SAYER = re.compile(
    r"^\W*(?:the |my |our |l'|le |la |les |ma |mon |mes )(\w+)(?: \w+){0,3} "
    r"(?:m'a dit|m'ont dit|nous a dit|told me|tells me|told us|says?|said|claims?|claimed|promised?|"
    r"promises|dit|disait|disent|promet|promettait|annonce|annoncait)\b"
)
# What a sayer says may follow a colon: it is said by them all the same
_SAYS = re.compile(r"\b(says?|said|tells me|told me|dit|disait|disent|repete|repetait)\s*[:,]\s+(?=\S)")
# Somebody who does something to the post's author, told as if the author had done it
_TO_ME = re.compile(
    r"^\W*(?:une?|an?|the|le|la|les|des|some|two|deux) [\w'-]+(?: [\w'-]+){0,3}? (?:m'a|m'ont|nous a|nous "
    r"ont|"
    r"(?:gave|lent|sold|brought|taught|left|told|sent|showed|\w+ed) (?:me|us)) "
)
_TO_YOU = re.compile(
    r"\b(?:t'|te )\w+|(?<![,;:] )\b(?!(?:que|quand|ou|dont|comme|et|si|lorsque|puis|mais) )\w{2,} vous \w+|"
    r"\b(?:gave|lent|sold|brought|taught|left|told|sent|showed|gives|asks?|waves?|says?|\w+ed) (?:\w+ )?you\b"
)
_BY_PRONOUN = re.compile(r"^\W*(?:and |et )?(she|he|they|elle|elles|ils|il) (?!faut|pleut|y a|fait|est)")
_LEAST_SHARED = 2  # words that tell which deed is meant, where only a pronoun says whose it was
_THIRD = re.compile(r"\b(?:she|he|they|her|his|their|elles?|ils?|sa|son|ses|leurs?)\b")

_GUESS = Sought(
    r"\b"
    + alternatives(
        r"it must be|that must be|must have (?:been|seen|heard|read)|you must (?:be|have|live|love)|"
        r"i bet you|i'm sure you|"
        r"no doubt you|you surely|you probably|you clearly|"
        r"(?:your|votre|vos|ton|ta|tes) \w+ (?:must|doit|doivent) (?!be\b|etre|have)|(?:vous devez|tu "
        r"dois) (?:etre|avoir|vivre|aimer|adorer|habiter)|ce doit etre|cela doit etre|"
        r"ca doit etre|sans doute (?:vous|votre|que vous)|vous (?:etes|avez) (?:surement|sans doute|"
        r"certainement)|"
        r"(?:a|ont) du (?:voir|lire|entendre|etre|faire)|je parie que (?:vous|tu)|je suis sure? que "
        r"(?:vous|tu)"
    )
)
_MORE = Sought(
    r"\b"
    + alternatives(
        r"you (?:have |'ve )?(?:never|always|master(?:ed)?|only ever)|you've (?:never|always|mastered)|"
        r"you know (?:every|everything|all)|(?:every|all the) \w+ there (?:is|are)|by heart|"
        r"(?:vous|tu) \w+ tout ce (?:qui|que)|sur le bout des doigts|par coeur|"
        r"a whole (?:neighborhood|neighbourhood|village|town|community|street)|the whole (?:town|village)|"
        r"(?:vous|tu) (?:n')?(?:ne )?(?:\w+ )?(?:\w+ )?jamais|(?:vous|tu) (?:\w+ )?toujours|(?:vous|"
        r"tu) maitris\w+|"
        r"tout un (?:village|quartier)|toute une (?:ville|rue|communaute)|"
        r"(?:your|vos|tes) [^.;:!?]{0,30}\b(?:always|never|every time|toujours|jamais|a chaque fois)|"
        r"(\b(?:post|video|week|story|publication|semaine|photo)) (?:after|apres) (?:post|video|week|story|"
        r"publication|"
        r"semaine|photo)"
    )
)
_PAST = Sought(
    r"\b"
    + alternatives(
        r"following up on|first message to|premier message|(?:your|votre|ta) reponse a (?:notre|mon)|"
        r"your (?:answer|reply) to (?:our|my)|(?:vous|toi) et moi|you and i\b|"
        r"i was (?:there|in the (?:back|front|room|audience|crowd|line)|at the|among|sitting|standing) |"
        r"i (?:waved|passed|walked|drove|sat|stood|ran) (?:\w+ )?(?:at|by|past|near|behind|next to|from) |"
        r"(?:on|nous) (?:\w+ ){0,3}(?:se |nous )(?:crois|rencontr)\w+|je passais (?:par|devant)|"
        r"j'etais (?:la\b|dans la|present|parmi|au premier|au fond)|"
        r"(?:avons|avions|on a|on avait) (?:\w+ ){1,6}ensemble|(?:s'y |s'|nous nous |nous y )?(?:est|"
        r"sommes|etions) "
        r"(?:\w+ )?(?:croises|rencontres|deja vus|parle)|our (?:chat|talk|call|exchange|meeting)|"
        r"last time|as i (?:told|said|mentioned|wrote)|as we (?:discussed|said|agreed)|when we (?:met|"
        r"spoke|talked)|"
        r"(?:we|you and i) (?:spent|met|shared|had|talked|spoke) (?!up)|our (?:last|previous) (?:chat|"
        r"talk|call|"
        r"conversation|meeting)|(?:good|nice|great|lovely|a pleasure|a joy) to (?:have|host) you|"
        r"good to (?:see|meet|talk|speak) (?:to |with )?you again|"
        r"la derniere fois|comme (?:je|nous) (?:vous|te|l'|t')? ?(?:le )?(?:disais|disions|ai dit|avons dit|"
        r"ecrivais)|comme convenu|passee? ensemble|passees? ensemble|quand nous nous sommes|lors de notre|"
        r"notre (?:derniere|precedente) (?:conversation|rencontre|discussion)|(?:ravie?|"
        r"heureu\w+) de vous revoir"
    )
)
_FAME = Sought(
    r"\b"
    + alternatives(
        r"(?:everybody|everyone|people|the (?:whole|entire) \w+)(?! would)(?: \w+){0,4} "
        r"(?:talks?|talking|knows?|loves?|raves?)|"
        r"(?:went|gone|going|travell?ed|reached) (?:much |a lot |way )?(?:further|farther|far)|"
        r"made the rounds|"
        r"(?:half|all of) the (?:internet|country|town|world)|la moitie d(?:'internet|u pays|e la ville)|"
        r"tout le (?:petit )?monde(?: \w+){0,4} (?:parle|connait|adore|aime)|(?:les gens|"
        r"beaucoup) (?:parlent|adorent)|"
        r"fait (?:plus de|du|bien du|beaucoup de) chemin|fait parler|fait le tour"
    )
)
_BEYOND = re.compile(
    r"\b"
    + alternatives(
        "for life|for ever|forever|lifetime|a vie|pour toujours|certified|certifiee?s?|"
        "hundreds|thousands|dozens|millions|centaines|milliers|dizaines|plusieurs|"
        "(?:from|on|in|with|by|of) our own|propres|everyone|"
        "everybody|"
        "anywhere|nowhere|than any|than others|than most|partout|ailleurs|que les autres|que tous"
    )
    + r"\b"
)
_HINT = Sought(
    r"\b"
    + alternatives(
        r"(?:a little|a bit|something|somewhat) (?:more|extra)[^.]{0,30}(?:than|box|parcel|package)|"
        r"more (?:than you (?:expect|think)|to come|where that came from)|"
        r"(?:thank|reward|repay)\w* (?:people |you |them )?(?:properly|well|generously|handsomely)|"
        r"(?:find|have) a way to (?:thank|reward|repay)|worth your while|(?:won't|not) (?:regret|be sorry)|"
        r"(?:un peu|quelque chose de|bien) plus (?:que|dans)|remerci\w+ (?:\w+ )*comme il (?:se doit|faut)|"
        r"(?:savons|saurons|saurai) (?:vous )?remercier|y (?:trouver\w*|gagner\w*) (?:\w+ )?compte|"
        r"there (?:could|might|may|would|will) be (?:\w+ )?more|"
        r"(?<!miles\s)(?<!minutes\s)(?<!blocks\s)(?<!just\s)down the road|in the long run|"
        r"(?:il y aur\w+|y avoir|il y a) (?:\w+ )?(?:plus|de quoi)|a terme|"
        r"ne (?:le )?regrett\w+ pas"
    )
)
_BEST = Sought(
    r"\b"
    + alternatives(
        r"(?:we are|we're|our (?:\w+ ){1,3}(?:is|are)) (?:\w+ ){0,4}(?:best|finest|greatest|leading|number "
        r"one)|"
        r"also the best|"
        r"(?:nous sommes|notre (?:\w+ ){1,3}est|nos (?:\w+ ){1,3}sont) (?:\w+ ){0,4}(?:meilleure?s?|"
        r"leaders?|numero un)"
    )
)
_KNOWN = {language: frozenset(word[:_STEM] for word in words) for language, words in ORDINARY.items()}
# What we believe is no fact, and nobody takes it for one
_OPINION = re.compile(
    r"\bnous (?:(?:le|la|les|y|en) )?(?:croyons|esperons|trouvons|pensons)\b|\bwe (?:think|believe|hope|"
    r"trust)\b"
)
_US = re.compile(r"\b(?:we|us|our|ours|nous|nos|notre)\b")


def misattributed(reading: Reading) -> Iterator[Finding]:
    """Block what a post tells of somebody else and the letter tells of its reader."""
    for line in reading.sentences:
        said = _TAG.sub(" ", line.low_own)
        if not line.about_creator or _YOU.search(said) is None:
            continue
        told = roots(line.own)
        # beside a quotation, one word in common may only name its topic
        least = _LEAST_SHARED if line.own != line.plain.text else 1
        for proof in line.proofs:
            for clause in map(str.strip, _CLAUSE.split(_SAYS.sub(r"\1 ", bare(proof)))):
                shared = len(told & roots(clause))
                if shared >= least and _is_anothers(clause, said, shared):
                    yield block(
                        "receipts.attribution",
                        line.plain.shown,
                        "The post tells this of somebody else: say whose it is, or quote the post.",
                    )
                    return


def guesses(reading: Reading) -> Iterator[Finding]:
    """Block guesses at a life that no post tells of."""
    yield from _too_much(
        reading, _GUESS, "receipts.guess", "This guesses at the creator's life: say only what a post says."
    )


def exaggerations(reading: Reading) -> Iterator[Finding]:
    """Block habits and mastery that no post claims."""
    yield from _too_much(
        reading,
        _MORE,
        "receipts.exaggerated",
        "No post says so much: one evening is no habit, and a try no mastery. Say what the post says.",
    )


def fame(reading: Reading) -> Iterator[Finding]:
    """Block talk of how well known a post or a person is: nobody measured it."""
    yield from _too_much(
        reading, _FAME, "receipts.fame", "Nothing on file says how far this went: leave it out."
    )


def shared_past(reading: Reading) -> Iterator[Finding]:
    """Block what we would have done or said together, in a first letter: there was nothing before it."""
    if reading.case.touch > 1 or reading.case.earlier:
        return
    yield from _too_much(
        reading,
        _PAST,
        "receipts.past",
        "This is the first letter: nothing was said or done together before it. Leave it out.",
    )


def beyond_the_fact(reading: Reading) -> Iterator[Finding]:
    """Block what a sentence adds to the fact that it rests on: its first clause may lead up to the fact."""
    language = reading.case.letter.language
    held = f"{_held(reading)} {' '.join(reading.proofs)}"
    for line in reading.sentences:
        if line.facts and not line.about_creator:
            yield from line.told(_beyond, held, language)


def hints(reading: Reading) -> Iterator[Finding]:
    """Block hints at more than the offer holds, however softly."""
    for line in reading.sentences:
        found = line.first(_HINT)
        if found is not None and found[0] not in reading.offer_words:
            yield block(
                "commitments.hint",
                line.span(found),
                "This hints at more than the offer holds: say what the offer says, or nothing.",
            )


def boasts(reading: Reading) -> Iterator[Finding]:
    """Block what we would be best at, wherever it stands, unless a fact of the brand says so."""
    held = bare(_held(reading))
    for line in reading.sentences:
        found = line.first(_BEST)
        if found is not None and found[0] not in held:
            yield block(
                "receipts.brand_claim",
                line.span(found),
                "No fact of the brand says this: add the fact to the brand with its source, or delete it.",
            )


def tales(reading: Reading) -> Iterator[Finding]:
    """Block sentences that claim a post as their proof, share no word with it and say something new."""
    spoken = reading.case.creator.language
    language = reading.case.letter.language
    if spoken is not None and spoken != language:
        return  # they are paraphrased, and a person compares
    for line in reading.sentences:
        if not line.about_creator or not line.quotes or line.is_grounded or names_a_value(reading, line):
            continue
        known = _KNOWN.get(language, frozenset()) | stems(_held(reading)) | stems(" ".join(reading.proofs))
        if line.own_stems - known:
            yield block(
                "receipts.unrelated",
                line.plain.shown,
                "The receipt has no word in common with this sentence: say what the post says, or quote it.",
            )


RULES: tuple[Rule, ...] = (
    boasts,
    tales,
    misattributed,
    guesses,
    exaggerations,
    fame,
    shared_past,
    beyond_the_fact,
    hints,
)


def _beyond(line: Line, held: str, language: str) -> Iterator[Finding]:
    known = stems(held) | _KNOWN.get(language, frozenset())
    facts = bare(" ".join(line.facts))
    text = line.low_own
    more = next((m for m in _BEYOND.finditer(text) if m[0] not in facts), None)
    clauses = [clause for clause in map(str.strip, _CLAUSE.split(text)) if clause]
    if more is not None or any(_adds(clause, known, stems(facts)) for clause in clauses[1:]):
        yield block(
            "receipts.beyond_fact",
            line.span(more) if more is not None else line.plain.shown,
            "This says more than the fact that it rests on: say what the fact says, or add the fact.",
        )


def _too_much(reading: Reading, sought: Sought, code: str, advice: str) -> Iterator[Finding]:
    for line in reading.sentences:
        if line.paragraph != 0 and not line.about_creator and line.receipts:
            continue  # a fact or the offer answers for it
        found = line.first(sought)
        if found is not None and not _is_told(line, found[0]):
            yield block(code, line.span(found), advice)


def _is_told(line: Line, words: str) -> bool:
    return any(words in bare(proof) for proof in (*line.proofs, *line.facts))


def _is_anothers(clause: str, said: str, shared: int) -> bool:
    """Return whether a clause of a post tells of somebody whom the letter's sentence does not name."""
    if _OWN_SPEECH.search(clause) is not None:
        return False
    if shared >= _LEAST_SHARED and _TO_ME.search(clause) is not None:
        return _TO_YOU.search(said) is None and _THIRD.search(said) is None
    who = _BY_KIN.search(clause) or _BY_SAYER.search(clause)
    if who is not None:
        return who[1][:_STEM] not in said and _THIRD.search(said) is None
    if _ACTING.search(said) is None:
        return False
    return shared >= _LEAST_SHARED and _BY_PRONOUN.search(clause) is not None and _THIRD.search(said) is None


def _adds(clause: str, known: frozenset[str], facts: frozenset[str]) -> bool:
    """Return whether a clause about us says something new, and nothing of the fact."""
    told = stems(clause)
    if _OPINION.search(clause) is not None:
        return False
    return bool(told - known) and not told & facts and _US.search(clause) is not None


def _held(reading: Reading) -> str:
    case = reading.case
    offer = offer_texts(case.campaign.offer)
    return " ".join(
        (*reading.fact_texts, *reading.told_values, *offer, case.brand.name, case.campaign.objective)
    )
