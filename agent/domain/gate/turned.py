"""Turned round: a post's own words in a sentence that says the reverse, why, or more than the post.

Every word may stand in the post and the sentence be false all the same: who did it to whom, whether it was
done at all, whether it is over. So the clause of the post that a sentence leans on is read beside it.
"""

import re
import unicodedata
from collections.abc import Iterator

from agent.domain.draft import Finding
from agent.domain.gate.ordinary import ORDINARY
from agent.domain.gate.plain import bare
from agent.domain.gate.reading import Line, Reading, Rule, block, offer_texts, roots, stems
from agent.domain.gate.vocabulary import COMMON_STEMS, FUNCTION_WORDS, listed

_SHORT = 4  # a tense changes the fifth letter: « corrigé », « corrige »
_CLAUSE = re.compile(r"[.,;:!?()…\n]|\s-+\s|\b(?:and|but|et|mais|or|then|puis)\b")
_TOKEN = re.compile(r"[a-z0-9]+")
_MANY_SHARED = 3  # of the post's words for one of nobody's: then a post is told
_FEW = 2  # words of our own beside “you wrote that”
_LEAST_SHARED = 2  # words by which a clause of the post is known
_ADDRESSED = re.compile(r"\b(?:you|your|vous|votre|vos|tu|ton|ta|tes)\b|\bt'")
_FIRST_PERSON = re.compile(r"\b(?:i|we|our|ours|my|mine|me|us|je|nous|notre|nos|mon|ma|mes|moi)\b|\b[jm]'")
# What the reader does: the verb after `you`, past its helpers and pronouns
_DOES = re.compile(
    r"(?:\A\W*|[,;:.] |\b(?:that|when|as|because|since|if|where|while|how|what|which|who|\d+) )"
    r"you(?:'ve|'d| have| had)? ([a-z]{4,})|"
    r"\bvous (?:(?:avez|aviez) (?:l'|le |la |les |lui |leur |en |y )?([a-z]{3,}[eiu]e?s?)\b|"
    r"(?:l'|le |la |les |lui |leur |en |y )?([a-z]{2,}ez)\b)|"
    r"\btu (?:(?:as|avais) (?:l'|le |la |les |lui |leur |en |y )?([a-z]{3,}[eiu]e?s?)\b|"
    r"(?:l'|le |la |les |lui |leur |en |y )?([a-z]{3,}s)\b)"
)
_HELPERS = listed("have were avez aviez etes etiez avais etais")
_OWN_DEED = listed("i we je j nous on")
_ANOTHER_BEGINS = listed(
    "the a an my our his her their this that one some le la les l un une des mon ma mes notre nos ce "
    "cet cette son sa ses he she they il elle ils elles"
)
_SUBJECT = 2  # words at least: an article and its noun, or a pronoun and what elides before the verb
_NOT = re.compile(
    r"\b(?:no|not|never|without|nothing|nobody|none|neither|nor|hardly|cannot|zero|0|refus\w*|stop\w*|"
    r"instead|avoid\w*|quit|missed|failed|almost|nearly|\w+n't|pas|jamais|aucune?|sans|rien|personne|ni|"
    r"guere|"
    r"presque|rate\w*|manqu\w*|failli|arret\w+|cess\w+|evit\w+|plus (?:une?|de|d')|non)\b|\bn(?:e\b|')"
)
_ONLY = re.compile(r"\bn(?:e\b|')[^.;!?]*\bqu(?:e\b|')")  # « on ne m'a mordue qu'une fois » denies nothing
_NONE_OF = re.compile(
    r"\b(?:no|without(?: any| a)?|not (?:a|one)(?: single)?|zero|0|aucune?|sans|pas (?:un seul|une seule|"
    r"de|d'))"
    r" ?([a-z]{4,})"
)
_ENDED = re.compile(
    r"\b(?:sold|quit|left|retired|resigned|closed|turned in|gave (?:up|away|back)|threw (?:out|away)|stopped|"
    r"lost|quitte|vendu|rendu|demissionne|ferme|jete|arrete|perdu|cede|abandonne)(?:e|s|es)?\b"
)
_STILL = re.compile(
    r"\b(?:you (?:still )?(?:wear|work|have|own|keep|drive|run|live|use|teach|play|ride|make|sell|grow)|"
    r"vous (?!avez \w+(?:e|i|u)e?s?\b)(?!\w+iez\b)\w+ez|tu (?!as \w+(?:e|i|u)e?s?\b)(?!\w+ais\b)\w+s)\b"
)
# Why somebody did something, which only they can tell
_PURPOSE = re.compile(
    r"\b(?:pour|afin de|afin d'|histoire de) (?:(?:les?|la|l'|y|en|se|s'|ne pas|ne plus|mieux) ?)*"
    r"(?!(?:votre|notre|autre|entre|encore|hier|quatre|aller)\b)([a-z]+(?:er|ir|re|oir))\b|\b(?:you|vous|"
    r"tu) [a-z']+ (?:(?:it|them|the \w+|your \w+) )?"
    r"(?:in order |so as )?to (be|have|make|keep|save|avoid|become|stay|give|help)\b"
)
_BECAUSE = re.compile(
    r"(?:\bbecause\b(?! of)|\bso that\b|\bthanks to\b|\bparce qu(?:e\b|')|\bpuisqu(?:e\b|')|\bgrace (?:a|"
    r"au|aux)\b|"
    r"\ba cause d|\bfaute d|\ba force d)([^.,;:!?]*)"
)
_KNOWN = {
    language: frozenset(word[:_SHORT] for word in words | FUNCTION_WORDS[language] | COMMON_STEMS)
    for language, words in ORDINARY.items()
}
_SMALL = {
    language: frozenset(word[:_SHORT] for word in words | COMMON_STEMS)
    for language, words in FUNCTION_WORDS.items()
}
_TELLS = re.compile(
    r"\b(?:disiez|ecriviez|racontiez|notiez|precisiez|disais|ecrivais|racontais|(?:avez|as) (?:dit|ecrit|"
    r"raconte)|"
    r"you (?:wrote|said|told|posted|noted|added))\b"
)
_TELLING = stems(
    "citiez citais cite racontiez raconte montriez evoquiez parliez notiez mentionniez annonciez publiez "
    "partagiez decriviez posted shared described quoted mentioned"
)
_NOBODY: frozenset[str] = frozenset()


def reversed_deeds(reading: Reading) -> Iterator[Finding]:
    """Block what somebody did to the creator, told as what the creator did: a post's subject is read."""
    for line in _about(reading):
        for found in _DOES.finditer(line.low_own):
            verb = next(filter(None, found.groups()))
            if verb not in _HELPERS and any(_is_anothers(verb[:_SHORT], proof) for proof in line.proofs):
                yield _turned(line, "The post tells this deed of somebody else: say who did it, or quote it.")
                break


def denied(reading: Reading) -> Iterator[Finding]:
    """Block what a post denies and the letter affirms."""
    for line in _about(reading):
        if _NOT.search(line.low) is not None:
            continue
        told = [words for clause in _CLAUSE.split(line.low_own) if (words := roots(clause))]
        if any(_is_denied(words, proof) for words in told for proof in line.proofs):
            yield _turned(line, "The post says that this was not so: say what it says, or quote it.")


def over(reading: Reading) -> Iterator[Finding]:
    """Block what a post tells as ended and the letter as lasting."""
    for line in _about(reading):
        if _STILL.search(line.low_own) is None or _ENDED.search(line.low_own) is not None:
            continue
        told = roots(line.own)
        ended = (clause for proof in line.proofs for clause in _CLAUSE.split(bare(proof)) if _ends(clause))
        if any(told & roots(clause) for clause in ended):
            yield _turned(line, "The post tells this as ended: say so, or quote it.")


def reasons(reading: Reading) -> Iterator[Finding]:
    """Block the reason for a deed where the post gives none."""
    for line in _about(reading):
        held = bare(" ".join(line.proofs))
        words = frozenset(word[:_SHORT] for word in _TOKEN.findall(held))
        purpose = next(
            (m for m in _PURPOSE.finditer(line.low_own) if (m[1] or m[2])[:_SHORT] not in words), None
        )
        cause = next(
            (m for m in _BECAUSE.finditer(line.low_own) if _news(m[1], held, reading.case.language)), None
        )
        found = purpose or cause
        if found is not None and not _FIRST_PERSON.search(line.low_own[: found.start()]):
            yield block(
                "receipts.reason",
                line.span(found),
                "The post does not say why: leave the reason out, or quote the one that it gives.",
            )


def embroidered(reading: Reading) -> Iterator[Finding]:
    """Block words that are not the post's in a sentence that neither quotes it nor names its day.

    What a post says is best told by its words and its date. A sentence that rests on a post and does neither
    says what the writer made of it: only as our own impression may it add to the post's words.
    """
    spoken = reading.case.creator.language
    language = reading.case.letter.language
    if spoken is not None and spoken != language:
        return  # they are paraphrased, and a person compares
    if reading.case.answered is not None:
        return  # what an answer takes up was said in the mail before it
    ours = _ours(reading)
    for line in _about(reading):
        if line.own != line.plain.text or line.is_dated or line.receipts != _of_posts(line):
            continue
        if _FIRST_PERSON.search(line.low_own) or "?" in line.low_own or _shows_pictures(line):
            continue
        held = bare(" ".join(line.proofs))
        known = roots(held) | roots(ours) | _SMALL.get(language, _NOBODY)
        news = frozenset(word for word in stems(line.low_own) - _TELLING if word[:_SHORT] not in known)
        shared = len(roots(line.own) & roots(held))
        if (
            news
            and shared < _MANY_SHARED * len(news)
            and not (_TELLS.search(line.low_own) and len(news) <= _FEW)
        ):
            yield block(
                "receipts.embroidered",
                line.plain.shown,
                f"Nothing on file holds “{min(news)}…” here: quote the post, or say it in its words.",
            )


RULES: tuple[Rule, ...] = (reversed_deeds, denied, over, reasons, embroidered)


def _about(reading: Reading) -> Iterator[Line]:
    return (line for line in reading.sentences if line.about_creator and line.proofs)


def _of_posts(line: Line) -> tuple[object, ...]:
    return tuple(receipt for receipt in line.receipts if receipt.about_creator)


def _shows_pictures(line: Line) -> bool:
    return any(not proof.isascii() and any(map(_is_picture, proof)) for proof in line.proofs)


def _is_picture(char: str) -> bool:
    return unicodedata.category(char) == "So"


def _is_anothers(verb: str, proof: str) -> bool:
    """Return whether each clause of a post with this verb has a subject, and one that is not its author."""
    clauses = [_TOKEN.findall(clause) for clause in _CLAUSE.split(bare(proof))]
    before = [
        tokens[:at]
        for tokens in clauses
        for at, token in enumerate(tokens)
        if len(token) >= _SHORT and token[:_SHORT] == verb
    ]
    return bool(before) and all(
        len(words) >= _SUBJECT and words[0] in _ANOTHER_BEGINS and _OWN_DEED.isdisjoint(words)
        for words in before
    )


def _is_denied(told: frozenset[str], proof: str) -> bool:
    clauses = [clause for clause in _CLAUSE.split(bare(proof)) if clause]
    affirmed = _NOBODY.union(*(roots(clause) for clause in clauses if not _denies(clause)))
    for clause in filter(_denies, clauses):
        absent = frozenset(found[1][:_SHORT] for found in _NONE_OF.finditer(clause))
        shared = told & roots(_denied_part(clause))
        if (len(shared) >= _LEAST_SHARED and shared - affirmed) or told & absent - affirmed:
            return True
    return False


def _denies(clause: str) -> bool:
    return _NOT.search(clause) is not None and _ONLY.search(clause) is None


def _denied_part(clause: str) -> str:
    # « le vélo me regarde comme un chien pas promené » denies the walk alone
    found = _NOT.search(clause)
    return clause[found.start() :] if found is not None else ""


def _ends(clause: str) -> bool:
    tokens = _TOKEN.findall(clause)
    theirs = bool(tokens) and tokens[0] in _ANOTHER_BEGINS and _OWN_DEED.isdisjoint(tokens)
    return _ENDED.search(clause) is not None and not theirs and not _NOT.search(clause)


def _news(text: str, held: str, language: str) -> frozenset[str]:
    """Return what of a text stands neither in what is held nor among ordinary words, as stems."""
    known = roots(held) | _KNOWN.get(language, _NOBODY)
    return frozenset(word for word in stems(text) if word[:_SHORT] not in known)


def _ours(reading: Reading) -> str:
    case = reading.case
    brand, campaign = case.brand, case.campaign
    return bare(
        " ".join(
            (
                brand.name,
                brand.sender.name,
                case.creator.name or "",
                *reading.fact_texts,
                *reading.told_values,
                *offer_texts(campaign.offer),
            )
        )
    )


def _turned(line: Line, advice: str) -> Finding:
    return block("receipts.turned", line.plain.shown, advice)
