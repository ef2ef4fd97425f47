"""Strangers: what somebody else would have us say, about rivals, other people and nothing of ours."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from agent.domain.creator import BIO
from agent.domain.draft import Finding
from agent.domain.gate.line import small_words
from agent.domain.gate.numbers import lowered
from agent.domain.gate.orders import orders
from agent.domain.gate.ordinary import ORDINARY
from agent.domain.gate.plain import bare
from agent.domain.gate.reading import Line, Reading, Rule, Slot, block, offer_texts, stems, warn
from agent.domain.gate.receipts import LEANING
from agent.domain.gate.sought import Sought
from agent.domain.gate.vocabulary import (
    COMMON_NAMES,
    COMMON_STEMS,
    CONTRACTS,
    EXCLUSIVE,
    FUNCTION_WORDS,
    PROMISES,
    alternatives,
)
from agent.domain.letter import Receipt, ReceiptKind

_FOREIGN = 4  # small words of another language in one clause, none of its own
_CLAUSE = re.compile(r"[,;:()]|\s-+\s")
_OCCASION = re.compile(
    r"\b(?:for|to go with|after|before|pour|avec|apres|avant) (?:the|that|this|le|la|les|l'|ce|cette|ces)\s?"
    r"[\w'-]+(?: [\w'-]+)?(?=\s*\?)"
)
_POINTING = re.compile(r"\b(?:that|this|it|one|them|cela|ca|ceci|celui|celle|en)\b")  # back at what was said
_SHORT = re.compile(r"\b[a-z]{3,4}\b")
_STEM = 5  # letters, as in `stems`
_KNOWN = {
    language: frozenset(word[:_STEM] for word in words | FUNCTION_WORDS[language])
    for language, words in ORDINARY.items()
}
_CALENDAR = (
    "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre "
    "lundi mardi mercredi jeudi vendredi samedi dimanche"
)
_NAMED = frozenset(name[:_STEM] for name in (*COMMON_NAMES, *_CALENDAR.split()))
_NONE: frozenset[str] = frozenset()
_STRAY = 4  # words of nobody's in one sentence; three are a way of speaking
_STRAY_SUBJECT = 2
_STRAY_CLAUSE = 3
_STRAY_SHARE = 0.5  # of a sentence's words that mean something
_ECHO = 2  # rare words that an order and a letter share
_LONG_NAME = 7  # letters; a shorter word with a noun's ending may be a name: `Wilding`
_NOUN_ENDS = re.compile(r"(?:ing|ity|ness|tion|sion|ment|ance|ence|ude|age|ure|ite|ité)s?\Z")
_SHORT_NAME = 4  # letters up to which a rival's name is an ordinary word

# Words that make a text worth looking at whole, before its sentences are
_HINT = re.compile(
    r"\b(?:assistant|robot|bot|ia|ai|llm|gpt|chatgpt|mod[eè]le|model|r[ée]dact\w+|writer|instructions?|"
    r"consignes?|lettre|letter|e-?mail|mail|courriel|objet|subject|r[ée]ponds|[ée]cris|dis|write|say|"
    r"prompt)\b",
    re.IGNORECASE,
)
# Its words, in lower case without accents: most texts hold none, and that is seen at once
_HINT_WORDS = frozenset((
    "assistant", "robot", "bot", "ia", "ai", "llm", "gpt", "chatgpt", "modele", "model", "writer", "say",
    "instruction", "instructions", "consigne", "consignes", "lettre", "letter", "email", "mail", "write",
    "courriel", "objet", "subject", "reponds", "ecris", "dis", "prompt",
))  # fmt: skip
_OTHER_CASES = re.compile("[\u0130\u0131\u017f\u212a]")
_WORD = re.compile(r"\w+")
_BETTER = alternatives(
    "best|better|finest|greatest|superior|number one|gold standard|no match|reference|prefers?|"
    "preferred|recommends?|admires?|love[sd]? more|cheaper|worth more|more serious|"
    "meilleure?s?|mieux|superieure?s?|prefere\\w*|recommand\\w+|conseill\\w+|admir\\w+|plus serieuse?s?|"
    "valent pas|vaut pas|moins cher\\w*|la plus belle|le plus beau"
)
_BUY = alternatives(
    r"(?:buy|order|shop|get|purchase|go) (?:\w+ ){0,3}(?:from|at|with|to)|over at|free at|"
    r"(?:achet\w+|command\w+|choisi\w+|all\w+|fil\w+|pass\w+) (?:\w+ ){0,3}chez|de chez|chez"
)
_BELITTLED = alternatives(
    r"(?:our|notre|nos) (?:\w+ ){1,3}(?:(?:is|are|est|sont|ne sont|n'est|smells?|sent|sentent|taste\w*) )"
    r"(?:\w+ ){0,3}(?:worst|worse|bad|no match|pires?|mauvais\w*|nul\w*|moins bon\w*|cardboard|carton)|"
    r"(?:than|(?<!est-ce\s)que) (?:ours|we do|le notre|la notre|les notres)\b|plutot que (?:chez )?nous|"
    r"(?:we are|we're|nous) (?:closing|fermons|fermerons)|(?:better|mieux|"
    r"meilleure?s?) [^.]{0,40}(?:than|que) "
    r"(?:ours|us|we|nous|les? notres?|la notre)"
)
_SECRETS = alternatives(
    "mots? de passe|passwords?|passcodes?|iban|rib|account number|bank (?:details|account)|routing number|"
    "(?:photo|copy|scan|copie) (?:of|de) (?:your|votre|ta) (?:id|passport|licen[cs]e|carte|passeport)|"
    "carte d'identite|carte bancaire|credit card|social security|securite sociale|date of birth|"
    "date de naissance|verification code|code de verification|verifiez votre identite|verify your identity"
)
# What nobody may tell of anybody unless they said it themselves (GDPR, art. 9), and prizes
_PRIVATE = alternatives(
    r"allerg\w+|malad\w+|illness\w*|disease\w*|cancer\w*|diabet\w+|depress\w+|pregnan\w+|enceinte|"
    r"divorc\w+|handicap\w*|disab\w+|surgery|operee?|religio\w+|(?<!hope\s)you won(?!')|you have won|"
    r"award\w*|remporte\w*|gagnee?"
)
# What others would get who are not written to, and what a person would give of their own
_TO_OTHERS = alternatives(
    r"(?:every|each|all)(?: of)?(?: your)? (?:followers?|subscribers?|readers?|friends?|fans?)[^.]{0,40} "
    r"(?:gets?|receives?|wins?|too)|"
    r"(?:chaque|tou(?:te)?s) (?:(?:vos|tes|les) )?(?:abonnee?s?|lect\w+|amie?s?|fans?)[^.]{0,40} "
    r"(?:recevr\w+|recoi\w+|aur\w+|gagn\w+)|"
    r"(?:enough|plenty|assez|de quoi)[^.]{0,30} (?:for|pour) (?:all|each|everyone|everybody|both of|the "
    r"whole|tous|"
    r"toutes|chacune?|toute)\b|"
    r"(?:give|offer|lend|leave) you my (?!word|hand|thanks|attention|best|phone)\w+|"
    r"(?:offre|donne|cede|prete|laisse) (?:mon|ma|mes) (?!mot|parole|main|avis|attention)\w+|"
    r"(?:get|receive|send|recev\w+|aur\w+|envo\w+)[^.]{0,40} (?:for|pour) (?:your|vos|tes|ta|votre) "
    r"(?:friends?|followers?|community|amie?s?|abonnee?s?|communaute)|(?:\w+-)?(?:night|weekend|"
    r"overnight) stays?|"
    r"prise?s? en charge|(?:your|votre|ton) (?:rent|loyer|bills|factures|mortgage|credit)"
)
# Who is named first and then does something: a person or a company that no record of ours holds
_SUBJECT_NAME = re.compile(
    r"\A\W*([A-Z\u00c0-\u00de][\w\u00c0-\u024f]{3,})(?: [A-Z\u00c0-\u00de][\w\u00c0-\u024f]+)? "
    r"(?:is|was|has|had|says?|said|makes?|made|does|did|will|gets?|got|takes?|took|wants?|charges?|"
    r"est|etait|a|avait|fait|dit|sera|fera|touche|gagne|prend|veut|va|n'|ne)\b"
)
_SALUTATION = re.compile(
    r"\A\W*(?:dear|hi|hello|hey|bonjour|bonsoir|salut|chere?s?|madame|monsieur|mesdames|maitre|counselor|"
    r"to the|to whom|re|tr|fwd?|objet|subject)\b(?![^,:]{0,40}\b(?:is|are|was|were|point|"
    r"table)\b)[^,.:;!?]{0,50}[,:]"
)
_PASS_ON = re.compile(
    r"\b(?:(?:please )?forward this|pass (?:this|it) on to|a transferer|transferez|faites suivre|merci de "
    r"transmettre)\b"
)
_SIGN_OFF = re.compile(
    r"(?:\A|[.!?]\s)\W*(?:cordialement|bien (?:a vous|cordialement)|sinceres? salutations|regards|"
    r"(?:best|kind|warm) regards|sincerely|yours truly|respectfully)\b"
)
# `clarisse_au_bain`, `lea.naturel`: words joined as only names of accounts are
_ACCOUNT = re.compile(r"(?<![\w@./-])(?:\w+_\w+|[a-z]{3,}\.[a-z]{4,}(?:\.[a-z]+)?)(?![\w@/-]|\.\w)")
# What a creator who tells of themselves does not say: what is ours, a tie, somebody else's letter or list
_IN_OUR_NAME = re.compile(
    r"\b(?:you(?: (?:become|are|will be|get|receive)|'re)|vous (?:devenez|etes|serez|recevez|recevrez)|"
    r"tu (?:deviens|es|seras|recois|recevras)) (?:our|notre|nos)\b|\A\W*(?:counselor|maitre,|to whom)\b|"
    r"\b(?:previous|next|last) creator\b|\b(?:creatrice|createur) (?:precedente?|suivante?)\b"
)
_TIES = re.compile(rf"(?<![\w-])(?:{CONTRACTS}|{EXCLUSIVE}|{PROMISES})(?![\w-])")
_FIRST_PERSON = re.compile(r"\b(?:i|my|me|mine|we|je|mon|ma|mes|moi|on)\b|\b[jm]'")
_NAME = re.compile(r"[A-Z\u00c0-\u00de][\w\u00c0-\u024f]+")


def obeyed(reading: Reading) -> Iterator[Finding]:
    """Block letters that rest on a text which orders something of its writer, or that echo such an order."""
    rests_on: dict[str, list[Receipt]] = {}
    for receipt in reading.case.letter.receipts:
        if receipt.about_creator:
            rests_on.setdefault(receipt.ref, []).append(receipt)
    for ref, text in _texts(reading):
        if ref not in rests_on and not _may_order(text):
            continue
        found = orders(text)
        if found and any(_overlaps(receipt.quote, found) for receipt in rests_on.get(ref, ())):
            yield block(
                "hidden.instructions",
                "",
                f"Quoted words of “{ref}” order something of whoever writes (“{found[0][:60]}”): rest the "
                "letter on others.",
            )
        elif found:
            yield from _echoes(reading, ref, found)


def stray_words(reading: Reading) -> Iterator[Finding]:
    """Block sentences whose words come neither from the creator, nor from the brand, nor from any letter."""
    spoken = reading.case.creator.language
    foreign = spoken is not None and spoken != reading.case.letter.language
    ours = _our_stems(reading)
    told = stems(" ".join(line.own for line in reading.sentences if line.about_creator and line.is_grounded))
    given = reading.case.campaign.offer.gift
    gift = frozenset(bare(given.name).split()) if given is not None else _NONE
    for line in (reading.subject, *reading.sentences):
        if line.slot is Slot.SENTENCE and any(r.kind is ReceiptKind.OFFER for r in line.receipts):
            continue
        said = line.own_stems
        stray = said - ours - _KNOWN.get(reading.case.language, _NONE) - _NAMED
        if len(stray) < (1 if "?" in line.low_own else _STRAY_SUBJECT):
            continue
        asked_for = "?" in line.low_own and not gift.isdisjoint(re.split(r"\W+", line.low_own))
        if asked_for and len(stray) <= _STRAY_SUBJECT:
            continue  # what the gift is for may be said in words of one's own
        proofs = " ".join(line.proofs if line.about_creator else reading.proofs)
        stray -= _in_both_numbers(proofs)
        if line.slot is Slot.SENTENCE and not line.about_creator:
            stray -= told
        # a post of pictures is told in words of one's own
        pictures = 0 if proofs.isascii() else sum(unicodedata.category(char) == "So" for char in proofs)
        most = pictures + (_STRAY_SUBJECT if line.slot is Slot.SUBJECT else _STRAY)
        leans = line.is_grounded or line.first(LEANING) is not None
        bound = (
            most if leans else pictures + _STRAY_SUBJECT
        )  # what leans on nobody and rests on nothing is a fragment
        odd = len(stray) >= bound and len(stray) >= _STRAY_SHARE * len(said)
        if odd or (
            not pictures
            and (len(stray) >= _STRAY_CLAUSE or "?" in line.low_own)
            and any(_is_stray_clause(clause, stray, gift) for clause in _CLAUSE.split(line.low_own))
        ):
            tell = warn if foreign else block
            yield tell(
                "receipts.stray",
                line.plain.shown,
                "This is about something that neither the creator's quoted words nor the brand's records "
                "hold: say what they say, or delete it.",
            )


def rivals(reading: Reading) -> Iterator[Finding]:
    """Block competitors by name, praise of other sellers, and what makes ours small."""
    brand = reading.case.brand
    known = tuple(name for name in brand.competitors if len(name) > _SHORT_NAME)
    ours = frozenset(bare(f"{brand.name} {brand.sender.name} {reading.case.creator.name or ''}").split())
    belittled = reading.written_by_line(_BELITTLED_WORDS)
    praising = reading.written_by_line(_BETTER_WORDS, _BUY_WORDS)
    for number, line in enumerate(reading.lines):
        for name in known:
            for found in re.finditer(rf"(?<!\w){re.escape(bare(name))}(?!\w)", line.low):
                yield block(
                    "strangers.rival",
                    line.span(found),
                    "A letter of ours names no competitor: take the name out.",
                )
        for found in belittled.get(number, ()):
            yield block(
                "strangers.belittled",
                line.span(found),
                "This makes ours small beside others: say what ours is, from a fact.",
            )
        if number not in praising:
            continue
        for named in _NAME.finditer(line.plain.text):
            if _begins(line.plain.text, named.start()) or bare(named[0]) in ours:
                continue
            if _is_seller(reading, line, named):
                yield block(
                    "strangers.praise",
                    line.span(named),
                    "This recommends somebody else: a letter speaks of the creator and of the brand.",
                )


def private_matters(reading: Reading) -> Iterator[Finding]:
    """Block illness, faith, family matters and prizes that the quoted words do not hold."""
    for line, found in reading.own(_PRIVATE_WORDS):
        if found[0][:_STEM] not in bare(" ".join(line.quotes)) and line.slot is not Slot.GREETING:
            yield block(
                "strangers.private",
                line.span(found),
                "The quoted words do not say this of the creator: delete it.",
            )


def gifts_to_others(reading: Reading) -> Iterator[Finding]:
    """Block what would be given to people who are not written to, or be given by one of us personally."""
    for line, found in reading.written(_TO_OTHERS_WORDS):
        yield block(
            "strangers.gift",
            line.span(found),
            "The offer holds nothing of the kind, and it is made to one person: take it out.",
        )


def named_first(reading: Reading) -> Iterator[Finding]:
    """Block sentences about a person or company that neither the creator nor the brand names."""
    for line in (reading.subject, *reading.sentences):
        found = line.asked(_named_first)
        if found is None:
            continue
        name = bare(found[1])
        proofs = line.proofs if line.about_creator else reading.proofs
        told = bare(" ".join((*proofs, *_our_texts(reading)))).replace("'", " ")
        known = _KNOWN.get(reading.case.language, _NONE)
        ordinary = name[:_STEM] in known or name[:_STEM] in COMMON_STEMS or name in COMMON_NAMES
        if ordinary or _is_a_noun(found[1]) or name in re.split(r"\W+", told):
            continue
        yield block(
            "strangers.person",
            found[1],
            "Neither the quoted posts nor the brand's records hold this name: take it out.",
        )


def secrets_asked(reading: Reading) -> Iterator[Finding]:
    """Block requests for passwords, papers and bank details: nobody is asked for them in a letter."""
    for line, found in reading.written(_SECRETS_WORDS):
        yield block(
            "strangers.secrets",
            line.span(found),
            "A letter asks for no password, paper or bank details: take it out.",
        )


def other_letters(reading: Reading) -> Iterator[Finding]:
    """Block a second salutation or signature inside the letter: it would be somebody else's letter."""
    for line in (reading.subject, *reading.sentences):
        yield from line.told(_other_letter_of)


def other_voices(reading: Reading) -> Iterator[Finding]:
    """Block quotations that tell nothing of the creator: they speak in our name, or to somebody else."""
    for line in (reading.subject, *reading.sentences):
        for quoted in line.plain.quoted:
            low = lowered(quoted.words)
            if _IN_OUR_NAME.search(low) or (_TIES.search(low) and not _FIRST_PERSON.search(low)):
                yield block(
                    "strangers.voice",
                    line.plain.span(quoted.start, quoted.end),
                    "The quoted words could be read as a promise of ours, or as a letter to somebody else: "
                    "quote what the creator tells.",
                )


def accounts(reading: Reading) -> Iterator[Finding]:
    """Block words that are built like the name of an account, other than the creator's own."""
    own = reading.case.creator.handle.casefold()
    known = bare(" ".join((*reading.case.allowed_links, reading.case.brand.name, *reading.fact_texts)))
    for line in reading.lines:
        for found in _ACCOUNT.finditer(line.own):
            name = found[0].casefold()
            inclusive = reading.case.letter.language == "fr" and re.fullmatch(
                r"\w+\.(?:e|es|s|se|ne|ses)", name
            )
            if name != own and name not in known and not inclusive:
                yield block(
                    "strangers.account",
                    line.span(found),
                    "This looks like the name of an account: a letter names no other account.",
                )


def foreign_clauses(reading: Reading) -> Iterator[Finding]:
    """Block a part of a sentence that is in another language, the creator's own words aside."""
    for line in (reading.subject, *reading.sentences):
        yield from line.told(_foreign_clause_of, reading.case.language)


RULES: tuple[Rule, ...] = (
    obeyed,
    stray_words,
    foreign_clauses,
    rivals,
    named_first,
    gifts_to_others,
    private_matters,
    secrets_asked,
    other_letters,
    other_voices,
    accounts,
)

_BETTER_WORDS = Sought(rf"(?<![\w-]){_BETTER}(?![\w-])")
_BUY_WORDS = Sought(rf"(?<![\w-]){_BUY}(?![\w-])")
_BUY_VERBS = re.compile(rf"(?<![\w-])(?!(?:de )?chez){_BUY}(?![\w-])")
_BELITTLED_WORDS = Sought(rf"(?<![\w-]){_BELITTLED}(?![\w-])")
_PRIVATE_WORDS = Sought(rf"(?<![\w-]){_PRIVATE}(?![\w-])")
_TO_OTHERS_WORDS = Sought(rf"(?<![\w-]){_TO_OTHERS}(?![\w-])")
_SECRETS_WORDS = Sought(rf"(?<![\w-]){_SECRETS}(?![\w-])")


def _other_letter_of(line: Line) -> Iterator[Finding]:
    low = line.low_own
    found = _SALUTATION.search(low) or _SIGN_OFF.search(low) or _PASS_ON.search(low)
    if found is not None:
        yield block(
            "strangers.letter",
            line.span(found),
            "A salutation or signature stands inside the letter: we write both, once.",
        )


def _foreign_clause_of(line: Line, language: str) -> Iterator[Finding]:
    own = FUNCTION_WORDS.get(language, frozenset())
    others = _of_others(language)
    if max(len(line.small_words & small) for small in others) < _FOREIGN:
        return
    for clause in _CLAUSE.split(line.low_own):
        said = small_words(clause)
        if not said & own and max(len(said & small) for small in others) >= _FOREIGN:
            yield block(
                "language.line",
                line.plain.shown,
                f"A part of this is not in “{language}”: translate it or delete it.",
            )
            return


@lru_cache(maxsize=32)
def _of_others(language: str) -> tuple[frozenset[str], ...]:
    """Return for every other language the small words that this one does not have."""
    own = FUNCTION_WORDS.get(language, _NONE)
    return tuple(small - own for name, small in FUNCTION_WORDS.items() if name != language)


def _is_a_noun(word: str) -> bool:
    # “Knitting is”, “Flexibility is”: no name, whatever begins the sentence
    return len(word) > _LONG_NAME and _NOUN_ENDS.search(word.lower()) is not None


def _named_first(line: Line) -> re.Match[str] | None:
    return _SUBJECT_NAME.search(line.plain.text)


def _may_order(text: str) -> bool:
    """Return whether a text holds a word that makes it worth looking at whole."""
    if _OTHER_CASES.search(text) is None:  # else only the pattern knows what is a capital of what
        low = lowered(text)
        if _HINT_WORDS.isdisjoint(_WORD.findall(low)) and "redact" not in low:
            return False
    return _HINT.search(text) is not None


def _texts(reading: Reading) -> Iterator[tuple[str, str]]:
    creator = reading.case.creator
    if creator.bio:
        yield BIO, creator.bio
    for post in creator.posts:
        yield post.key, post.text


def _in_both_numbers(text: str) -> frozenset[str]:
    # what the post has one of, the letter may speak of in general: moth, moths; car, cars
    short = frozenset(f"{word}s" for word in _SHORT.findall(bare(text)))
    held = stems(text)
    return held | short | {stem.removesuffix("s") for stem in held}


def _is_stray_clause(clause: str, stray: frozenset[str], gift: frozenset[str]) -> bool:
    said = stems(clause)
    if gift & frozenset(re.split(r"\W+", clause)) and (occasion := _OCCASION.search(clause)) is not None:
        # « un savon pour l'atelier ? »: what the gift is for may be said in words of one's own
        return len((said & stray) - stems(occasion[0])) * 2 > len(said)
    if said and clause.rstrip().endswith("?") and not _POINTING.search(clause):
        # a question about what the letter does not speak of
        return len(said & stray) * 2 > len(said)
    return len(said) >= _STRAY_CLAUSE and said <= stray and LEANING.pattern.search(clause) is None


def _overlaps(quote: str, found: tuple[str, ...]) -> bool:
    quoted = bare(quote).strip(" .,;:!?…")
    return bool(quoted) and any(quoted in order or order.strip(" .,;:!?…") in quoted for order in found)


def _echoes(reading: Reading, ref: str, found: tuple[str, ...]) -> Iterator[Finding]:
    text = " ".join(found)
    rare = (
        stems(text)
        - _KNOWN.get(reading.case.language, _NONE)
        - _our_stems(reading)
        - stems(" ".join(reading.proofs))
    )
    for line in (reading.subject, *reading.sentences):
        if len(rare & line.stems) >= _ECHO:
            yield block(
                "hidden.obeyed",
                line.plain.shown,
                f"This repeats what the creator's text “{ref}” orders of whoever writes: delete it.",
            )


def _our_stems(reading: Reading) -> frozenset[str]:
    creator = reading.case.creator
    return _stems_of(_brand_texts(reading)) | stems(f"{creator.name or ''} {creator.platform}")


@lru_cache(maxsize=32)  # of brands and campaigns, the same for each of their letters
def _stems_of(texts: tuple[str, ...]) -> frozenset[str]:
    return stems(" ".join(texts))


def _our_texts(reading: Reading) -> tuple[str, ...]:
    creator = reading.case.creator
    return (creator.name or "", creator.platform, *_brand_texts(reading))


def _brand_texts(reading: Reading) -> tuple[str, ...]:
    brand, campaign = reading.case.brand, reading.case.campaign
    return (
        brand.name,
        brand.sender.name,
        *reading.fact_texts,
        *reading.told_values,
        *brand.voice.examples,
        *offer_texts(campaign.offer),
        campaign.objective,
        campaign.category or "",
    )


def _begins(text: str, at: int) -> bool:
    # what begins a sentence or a quotation has its capital from there, and is no name
    return not text[:at].rstrip() or text[:at].rstrip()[-1] in "«“\"'.!?…:"


def _is_seller(reading: Reading, line: Line, name: re.Match[str]) -> bool:
    # the name of somebody whom the creator quotes sells nothing, unless we tell people to go there
    if line.about_creator and bare(name[0]) in bare(" ".join(line.quotes)):
        return bool(orders(line.plain.text)) or _BUY_VERBS.search(line.low_own) is not None
    if bare(name[0]) in COMMON_NAMES:
        return False
    return bare(name[0]) not in bare(" ".join((*reading.fact_texts, *line.proofs)))
