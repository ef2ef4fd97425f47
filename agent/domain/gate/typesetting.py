"""How a text is set in type where it is read: one table, by which the gate finds slips and we mend them.

French: narrow no-break spaces before ; : ! ? and inside « », apostrophe ’, « » for quotations, capitals with
their accents, « 35 € », « 18 h 30 », « 1er octobre » (Lexique des règles typographiques en usage à
l'Imprimerie nationale). Quebec: no space before ; ! ? and plain no-break spaces elsewhere (Office québécois
de la langue française, Banque de dépannage linguistique). English: no space before a mark, `$28`.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from agent.domain.gate.plain import Plain

NARROW = "\u202f"
NO_BREAK = "\u00a0"
_SPACE = "[ \u00a0\u202f]"
_MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_MONTH_CAPITALS = frozenset(_MONTHS.upper()) - {"|"} | {"İ"}  # a month without any is set as it should be
# What is no prose: links, addresses, handles
# bounded, and begun only where a word begins: no text may keep it busy
_TECHNICAL = re.compile(
    r"https?://\S+|www\.\S+|(?<![^\s(<])[^\s@]{1,64}@[^\s@]{1,200}|(?<!\w)@[\w.]+|"
    r"(?<![\w.-])[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/\S*"
)
_BEGINS = r"(?:(?<=[.!?…] )|(?<=[.!?…:]\u202f)|(?<=[«:]\u202f)|(?<=\n)|\A)"
_BARE_CAPITALS = {
    rf"A(?={_SPACE}[a-zà-ÿ«])": "À",
    r"Ca(?= )": "Ça",
    r"Etes(?=[ -])": "Êtes",
    r"Etre\b": "Être",
    r"E(?=(?:cri[rstv]|cout|nergi|quip|tap[ea]|tud[ei]|tant\b|t[ée]\b|videm|galem|conom|poque|cole))": "É",
}

_Put = Callable[[re.Match[str]], str]


@dataclass(frozen=True, kw_only=True)
class Slip:
    """Something set wrongly: which rule says so, where it stands, and what belongs there."""

    rule: str
    start: int
    end: int
    put: str


@dataclass(frozen=True, kw_only=True)
class _Repair:
    """A pattern of one rule, and what takes the place of what it finds.

    A text that holds none of `needs`, a character or two each, does not hold the pattern.
    """

    rule: str
    needs: tuple[str, ...]
    pattern: re.Pattern[str]
    put: _Put

    def may_stand_in(self, text: str) -> bool:
        """Return whether the text holds what the pattern needs."""
        return any(need in text for need in self.needs)


def slips(
    text: str, language: str, country: str | None = None, *, keep: Sequence[str] = ()
) -> Iterator[Slip]:
    """Yield what is set wrongly; words in `keep` (a creator's own) and links are left as they are."""
    kept: tuple[tuple[int, int], ...] | None = None
    for repair in _table(language, country):
        for found in repair.pattern.finditer(text) if repair.may_stand_in(text) else ():
            put = repair.put(found)
            if put == found[0]:
                continue
            kept = _kept(text, keep) if kept is None else kept
            if not _touches(found, kept):
                yield Slip(rule=repair.rule, start=found.start(), end=found.end(), put=put)


def typeset(text: str, language: str, country: str | None = None, *, keep: Sequence[str] = ()) -> str:
    """Return the text as a printer of that place would set it; a second time changes nothing."""
    return _typeset(text, language, country, tuple(keep))


@lru_cache(maxsize=4096)  # letters of a campaign share most of their sentences
def _typeset(text: str, language: str, country: str | None, keep: tuple[str, ...]) -> str:
    for repair in _table(language, country):
        text = _mended(text, repair, keep)
    if language != "fr":
        return text
    return _mended(text, _QUEBEC_SPACES if country == "CA" else _SPACES, keep)


def quotations(text: str) -> tuple[str, ...]:
    """Return what stands between quotation marks, as it stands."""
    return quotations_of(Plain(text))


def quotations_of(plain: Plain) -> tuple[str, ...]:
    """Return what stands between quotation marks, as it stands."""
    inside = (plain.span(quoted.start + 1, quoted.end - 1).strip() for quoted in plain.quoted)
    return tuple(words for words in inside if words)


def _mended(text: str, repair: _Repair, keep: Sequence[str]) -> str:
    if not repair.may_stand_in(text) or repair.pattern.search(text) is None:
        return text
    kept = _kept(text, keep)

    def mend(found: re.Match[str]) -> str:
        return found[0] if _touches(found, kept) else repair.put(found)

    return repair.pattern.sub(mend, text)


def _kept(text: str, keep: Iterable[str]) -> tuple[tuple[int, int], ...]:
    stretches = [(found.start(), found.end()) for found in _TECHNICAL.finditer(text)]
    for words in keep:
        start = text.find(words)
        while start >= 0:
            stretches.append((start, start + len(words)))
            start = text.find(words, start + len(words))
    return tuple(stretches)


def _touches(found: re.Match[str], kept: Iterable[tuple[int, int]]) -> bool:
    # what is put between two characters touches nothing at the edge of a stretch
    first, last = found.span()
    if first == last:
        return any(start < first < end for start, end in kept)
    return any(first < end and start < last for start, end in kept)


def _table(language: str, country: str | None) -> tuple[_Repair, ...]:
    if language == "en":
        return _ENGLISH
    if language != "fr":
        return ()
    return _QUEBEC if country == "CA" else _FRENCH


def _repair(rule: str, needs: Iterable[str], pattern: str, put: str | _Put) -> _Repair:
    if isinstance(put, str):
        text = put
        return _repair(rule, needs, pattern, lambda found: found.expand(text))
    return _Repair(rule=rule, needs=tuple(needs), pattern=re.compile(pattern), put=put)


def _opening(put: str) -> _Put:
    # “ ” inside « » is a quotation within a quotation, and right
    return lambda found: found[0] if _inside(found) else put


def _closing(put: str) -> _Put:
    def marked(found: re.Match[str]) -> str:
        since = found.string[: found.start()].rpartition("«")[2]
        return found[0] if _inside(found) and ("“" in since or '"' in since) else put

    return marked


def _inside(found: re.Match[str]) -> bool:
    before = found.string[: found.start()]
    return before.count("«") > before.count("»")


def _time(found: re.Match[str]) -> str:
    if " h" in found[0] and (not found[2] or found[0][-3] == " "):
        return found[0]  # ordinary spaces are forgiven: they show only where a line breaks
    minutes = f"{NO_BREAK}{found[2]}" if found[2] else ""
    return f"{int(found[1])}{NO_BREAK}h{minutes}"


def _common_french(space: str) -> tuple[_Repair, ...]:
    return (
        _repair("apostrophe", "'", "'", "’"),
        _repair("quotes", '"', r'(?<![\w.,!?…»)])"(?=\S)', _opening(f"«{space}")),
        _repair("quotes", '"', r'(?<=[\w.,!?…»)])"', _closing(f"{space}»")),
        _repair("quotes", "“", "“ ?", _opening(f"«{space}")),
        _repair("quotes", "”", " ?”", _closing(f"{space}»")),
        _repair("spacing", ("  ",), r"(?<=\S)  +(?=\S)", " "),
        _repair("comma", (" ,",), r"(?<! ) +,", ","),
        _repair("comma", ",", r"(?<=[^\W\d_]),(?=[^\W\d_])", ", "),
        _repair("spacing", "«", r"« ?(?=[^\s\u00a0\u202f])", f"«{space}"),
        _repair("spacing", "»", r"(?<=[^\s\u00a0\u202f]) ?»", f"{space}»"),
        _repair("spacing", ":", r"(?<=[\w»)’%€]) ?:(?=\s|\Z|«)", f"{space}:"),
        _repair(
            "money",
            "€",
            rf"(?:(?<!\d)€|(?<!\d)(?<!\d{_SPACE})€{_SPACE})(\d+(?:[.,]\d+)?)(?!\d)",
            rf"\1{NARROW}€",
        ),
        _repair("money", "€E", r"(?<=\d) ?(?:€|EUR\b)", f"{NARROW}€"),
        _repair("money", "%", r"(?<=\d) ?%", f"{NARROW}%"),
        _repair("time", "h", r"\b([01]?\d|2[0-3]) ?h(?: ?([0-5]\d))?(?![\w/])", _time),
        _repair("date", "1", rf"\b1(?={_SPACE}(?i:{_MONTHS})\b)", "1er"),
        _repair(
            "date",
            _MONTH_CAPITALS,
            rf"(?:(?<=\d{_SPACE})|(?<=\der{_SPACE}))(?i:{_MONTHS})\b",
            lambda found: found[0].lower(),
        ),
        _repair("date", "1", r"\b1ère(s?)\b", r"1re\1"),
        _repair("date", "eè", r"(?<=\d)[eè]me(s?)\b", r"e\1"),
        *(_repair("accent", bare[0], _BEGINS + bare, put) for bare, put in _BARE_CAPITALS.items()),
    )


# Before a mark: an ordinary space after anything, or none after what ends a word
_BEFORE_MARK = r"(?:(?<=[^\s«(]) |(?<=[\w»)’%€…]))(?=[;!?]+(?:\s|\Z|»)|[!?]+\))"
_FRENCH: tuple[_Repair, ...] = (
    *_common_french(NARROW),
    _repair("spacing", ";!?", _BEFORE_MARK, NARROW),
)
_QUEBEC: tuple[_Repair, ...] = (
    *_common_french(NO_BREAK),
    _repair("spacing", ";!?", rf"(?<=[\w»)’%€$]){_SPACE}+(?=[;!?])", ""),
    _repair("money", "$", r"\$(\d+(?:[.,]\d+)?)(?!\d)", rf"\1{NO_BREAK}$"),
    _repair("money", "$", r"(?<=\d)(?=\$)", NO_BREAK),
)
_ENGLISH: tuple[_Repair, ...] = (
    _repair("spacing", ("  ",), r"(?<=\S)  +(?=\S)", " "),
    _repair("spacing", (" ,", " ;", " :", " !", " ?"), r"(?<=\w) +(?=[,;:!?](?:\s|\Z))", ""),
    _repair("money", "$£", r"(?<![\d.,])(\d+(?:[.,]\d+)*) ?([$£])(?!\d)", r"\2\1"),
)
_NO_BREAKS = (NO_BREAK, NARROW)
# No slips, but set alike: one kind of no-break space
_SPACES = _repair(
    "spacing", "\u00a0\u202f", r"(?<=\S)[\u00a0\u202f](?=[;:!?»€%])|(?<=«)[\u00a0\u202f]", NARROW
)
_QUEBEC_SPACES = _repair(
    "spacing", "\u00a0\u202f", r"(?<=\S)[\u00a0\u202f](?=[:»€%$])|(?<=«)[\u00a0\u202f]", NO_BREAK
)
