"""Addresses: a letter carries no link, e-mail, phone number or handle that we did not put into its footer."""

import html
import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from agent.domain.draft import Finding
from agent.domain.gate.numbers import lowered
from agent.domain.gate.plain import Plain
from agent.domain.gate.reading import Reading, Rule, block, warn
from agent.domain.gate.sought import Sought
from agent.domain.gate.vocabulary import CHANNELS, DIGIT_WORDS, SPELLED_TLDS, STRONG_TLDS, TLDS, phrases

# Endings that are also small words, which a missing space after a full stop would make into a domain
_WORDS = phrases(
    "it|me|in|so|my|to|us|at|is|no|be|es|de|la|il|et|ma|li|au|re|sa|se|si|ne|ai|as|do|am|"
    "by|ci|sn|art|bar|live|life|today|"
    "work|men|date|name|help|page|rest|top|space|world|fun|win|bio|eco|pro|mail|green|"
    "fashion|beauty|support|country|review|"
    "party|trade|faith|paris|quest|social|media|email|store|shop|test|cat|example|site|"
    "web|app|moi|country|blog|online|link"
)
# Any scheme that a mail program or a browser acts on, however its letters are starred out
_SCHEME = Sought(
    r"\b(?:h\s?[tx*]{2}\s?ps?|ftps?|ws|file)\s*:\s*[/\\]|\b(?:javascript|vbscript)\s*:|"
    r"\bdata\s*:\s*[\w-]{1,20}/[\w-]{1,40}|\b(?:mailto|tel|sms|geo|intent)\s*:\s*[\w+]"
    r"|\bwww\d?\s?\.\s?\w|:\s?//\s?\w|\bh(?:tt|xx)ps?\b"
)
# name@host, with space around the sign or brackets about it
_MAIL = re.compile(r"[\w.+%-]{1,64}\s?@\s?[\w-]{1,63}(?:\s?\.\s?[\w-]{1,63}){1,6}")
# `at` and « arobase » in brackets or spelled between two words
_AT = re.compile(
    r"[\[({<]\s?(?:at|@|arobase|arrobase|a commercial)\s?[\])}>]|\barr?obase\b|\b\w{1,40} "
    r"at \w{1,40} dot \w|\bat sign\b"
)
_HANDLE = re.compile(r"(?<![\w.])@\s?(\w[\w.]{1,60})")
# A bare domain: labels and a known ending
_DOMAIN = re.compile(
    rf"(?<![\w@.-])((?:[\w-]{{1,63}}\.){{1,6}})("
    rf"{'|'.join(sorted(TLDS, key=len, reverse=True))}|xn--[\w-]{{2,59}})(?![\w-]|"
    rf"\.\w)(/[\w?#&=.%-]*)?"
)
# Space, brackets or another dot where the dot should be, before an ending that no sentence begins with
_SPLIT = re.compile(
    rf"[\w-]{{2,63}}(?:\s?[\[({{]\s?(?:\.|dot|point|punto)\s?[\])}}]\s?|\s+\.\s?|\.\s+|"
    rf"\s?[·•∙⋅]\s?|\s?,(?=com\b))(?:{STRONG_TLDS})(?!\w)"
)
_SPELLED = re.compile(
    rf"[\w-]{{2,63}}\s(?:dot|point|punto)\s(?:{SPELLED_TLDS})(?!\w)|\b(?:dot|point)[ -]?com\b"
)
_SPACED = re.compile(
    r"\.\s?c\s+o\s?m\b|\.\s?c\s?o\s+m\b|\.\s?n\s+e\s?t\b|\.\s?o\s+r\s?g\b|"
    r"\.\s?f\s+r\b(?=\W*(?:/|$))|(?:\b\w\s){4,60}\w\s?\.\s?(?:\w\s?){2,3}\b"
)
_WITH_PATH = re.compile(r"(?<![\w.])(?=[\w-]*[a-z])[\w-]{2,63}\.(?=\w*[a-z])\w{2,10}/\w")
_BRACKET_DOT = re.compile(r"\w\s?[\[({]\s?(?:\.|dot|point)\s?[\])}]\s?\w")
_IP = re.compile(r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.]*\d)|\b(?:[0-9a-f]{1,4}:){4,7}[0-9a-f]{1,4}\b")
# Nine digits and more with any marks between, seven as in 555-0123, ten or more digit words in a row
_PHONE = re.compile(
    r"(?<![\w.,])(?:\+|00)?\(?\d(?:[ .\-()/\u00b7]{0,2}[\doO]){8,17}(?!\w)|"
    r"(?<![\d\w.-])\d{3}[ .-]\d{4}(?![\w-])"
)
_SPOKEN = Sought(rf"\b(?:{DIGIT_WORDS})(?:[\s,.-]{{1,2}}(?:{DIGIT_WORDS})){{5,20}}\b")
# Markdown links and images, link definitions, tags of HTML
_MARKDOWN = re.compile(
    r"\]\s?\([^()\s]{0,300}|!\[|\]\s?\[[^\[\]]{0,80}\]|^\s*\[[^\[\]]{1,80}\]\s?:\s?\S", re.MULTILINE
)
_TAG = re.compile(
    r"<\s?[/!?]?\s?[a-zA-Z][^<>]{0,300}>?|&(?:#x?[0-9a-f]{1,6}|[a-z]{2,10});|\bon(?:error|"
    r"click|load|mouseover)\s?=|\bstyle\s?=\s?[\"']",
    re.IGNORECASE,
)
_BLOB = re.compile(r"(?=[A-Za-z+/=_-]{0,80}\d)[\w+/=-]{28,}")  # encoded matter: long, with a digit, no space
_IBAN = re.compile(
    r"\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){3,7}(?:\s?[A-Z0-9]{1,3})?\b|\b(?:0x[0-9a-fA-F]{20,}|bc1\w{20,})"
)
_CHANNEL = Sought(rf"\b{CHANNELS}(?!\w)")
# A house number before or after the word for a street
_STREETS = (
    "rue|avenue|boulevard|impasse|chemin|allee|quai|route de|place de|traverse|square|"
    "streets?|lane|avenue|road|drive|court|boulevard|blvd|highway"
)
_POSTAL = re.compile(
    rf"\b\d{{1,5}}(?: ?(?:bis|ter))?,? (?:[a-z]+ )?(?:{_STREETS})\b|"
    rf"\b\d{{1,5}} (?:[a-z]+ ){{1,3}}(?:{_STREETS})\b|"
    r"\b(?:p\.? ?o\.? box|boite postale|cedex) ?\d"
)
_TLD_SEPARATOR = re.compile(r"[.\s]")

# Nearly every letter lacks what such an address needs; to see that is quicker than to look for it
_OF_MAIL = Sought("@")
_OF_AT = Sought(r"\b(?:arr?obase|dot|sign)\b")
_OF_SPLIT = re.compile(rf"(?:[\])}}·•∙⋅]\s?|\.\s*|,)(?:{STRONG_TLDS})(?!\w)")
_OF_SPELLED = Sought(r"\b(?:dot|point|punto)")
_OF_PATH = Sought("/")
_OF_MARKUP = Sought(r"\[|\]|<|&|=")
_OF_STREET = Sought(rf"\b(?:{_STREETS}|p\.? ?o|boite|cedex)")
_BRACKET_AT = re.compile(r"[\[({<]\s?[a@]")
_BRACKET_POINT = re.compile(r"[\[({]\s?(?:\.|dot|point|punto)")
_OF_DOMAIN = re.compile(r"\.\w")
_OF_SPACED = re.compile(r"[.](?:\s?(?:[cnof]\s|co\s|c\so))|[\s]\w\s\w\s\w\s")
_OF_IP = re.compile(r"\.\d|:[0-9a-f]")
_OF_PHONE = re.compile(r"\d(?:[ .\-()/\u00b7]{0,2}[\doO]){6}")
_OF_IBAN = re.compile(r"[A-Z][A-Z]\d\d|0x|bc1")
_OF_POSTAL = re.compile(r"\d")
_LEAST_BLOB = 28  # characters


def links(reading: Reading) -> Iterator[Finding]:
    """Block web addresses with a scheme, however it is written."""
    advice = "Take the link out: links stand in the footer, and we write it."
    yield from _told(reading, "addresses.url", reading.whole(_SCHEME), advice)


def mails(reading: Reading) -> Iterator[Finding]:
    """Block e-mail addresses, written or spelled."""
    advice = "Take the e-mail address out: answers come to the address that the letter is sent from."
    yield from _found(reading, "addresses.email", _OF_MAIL, _MAIL, advice)
    yield from _found(reading, "addresses.email", _OF_AT, _AT, advice, also=_BRACKET_AT)


def handles(reading: Reading) -> Iterator[Finding]:
    """Block @handles other than the creator's own."""
    own = reading.case.creator.handle.casefold()
    for text in reading.texts:
        for found in _HANDLE.finditer(text.text) if "@" in text.text else ():
            if found[1].rstrip(".").casefold() != own and not _is_ours(reading, found[0]):
                yield block(
                    "addresses.handle",
                    _span(text, found),
                    "Take the handle out: a letter names no other account.",
                )


def domains(reading: Reading) -> Iterator[Finding]:
    """Block domain names without a scheme, split, spelled, in other alphabets or in punycode."""
    advice = "Take the domain name out: mail programs make a link of it."
    for text, low in _texts(reading):
        for found in _DOMAIN.finditer(low) if _OF_DOMAIN.search(low) else ():
            shown = _span(text, found)
            if _is_ours(reading, shown):
                continue
            if not found[3] and (
                _is_run_on(text.text[found.start() : found.end()], found[2])
                or _is_inclusive(reading, found[2])
            ):
                yield warn(
                    "addresses.run_on",
                    shown,
                    "A space is missing after the full stop: some programs make a link of this.",
                )
            else:
                yield block("addresses.domain", shown, advice)
    yield from _found(reading, "addresses.domain", None, _SPLIT, advice, also=_OF_SPLIT)
    yield from _found(reading, "addresses.domain", _OF_SPELLED, _SPELLED, advice)
    yield from _found(reading, "addresses.domain", None, _SPACED, advice, also=_OF_SPACED)
    yield from _found(reading, "addresses.domain", None, _BRACKET_DOT, advice, also=_BRACKET_POINT)
    yield from _found(reading, "addresses.domain", _OF_PATH, _WITH_PATH, advice)
    yield from _found(reading, "addresses.ip", None, _IP, advice, also=_OF_IP)


def phones(reading: Reading) -> Iterator[Finding]:
    """Block phone numbers in digits or words."""
    advice = "Take the phone number out: whoever wants to call will ask."
    for text in reading.texts:
        for found in _PHONE.finditer(text.text) if _OF_PHONE.search(text.text) else ():
            if not _is_ours(reading, found[0]):
                yield block("addresses.phone", _span(text, found), advice)
    yield from _told(reading, "addresses.phone", reading.whole(_SPOKEN), advice)


def postal(reading: Reading) -> Iterator[Finding]:
    """Block postal addresses: ours stands in the footer, and nobody else's belongs into a letter."""
    advice = "Take the postal address out: ours stands in the footer, nobody else's belongs here."
    if any(_OF_POSTAL.search(low) for low in reading.whole_page.texts):
        yield from _found(reading, "addresses.postal", _OF_STREET, _POSTAL, advice)


def markup(reading: Reading) -> Iterator[Finding]:
    """Block HTML, Markdown links and encoded matter: a letter is plain text."""
    for text in reading.texts:
        for pattern in (_MARKDOWN, _TAG) if reading.whole_page.may_hold(_OF_MARKUP) else ():
            for found in pattern.finditer(text.text):
                yield block(
                    "addresses.markup",
                    _span(text, found),
                    "A letter is plain text: take tags and link marks out.",
                )
        is_long = any(len(word) >= _LEAST_BLOB for word in text.text.split())
        for pattern in ((_BLOB,) if is_long else ()) + ((_IBAN,) if _OF_IBAN.search(text.text) else ()):
            for found in pattern.finditer(text.text):
                if not _is_ours(reading, found[0]):
                    yield block(
                        "addresses.blob",
                        _span(text, found),
                        "Nobody reads this; take the string of signs out.",
                    )


def other_channels(reading: Reading) -> Iterator[Finding]:
    """Block invitations to go on somewhere else."""
    advice = "The conversation stays in this thread: take the invitation to another place out."
    yield from _told(reading, "addresses.channel", reading.whole(_CHANNEL), advice)


def encoded(reading: Reading) -> Iterator[Finding]:
    """Block addresses that appear when entities and percent signs are decoded."""
    for text in reading.texts:
        if "%" not in text.text and "&" not in text.text:
            continue
        decoded = lowered(unquote(html.unescape(text.text)))
        if decoded == lowered(text.text):
            continue
        found = _SCHEME.pattern.search(decoded) or _MAIL.search(decoded) or _DOMAIN.search(decoded)
        if found is not None:
            yield block("addresses.encoded", "", f"Decoded, the letter holds “{found[0][:80]}”: take it out.")


RULES: tuple[Rule, ...] = (links, mails, handles, domains, phones, postal, markup, other_channels, encoded)


def _texts(reading: Reading) -> Iterator[tuple[Plain, str]]:
    return zip(reading.texts, reading.whole_page.texts, strict=True)


def _found(
    reading: Reading,
    code: str,
    hint: Sought | None,
    pattern: re.Pattern[str],
    advice: str,
    *,
    also: re.Pattern[str] | None = None,
) -> Iterator[Finding]:
    """Block what the pattern finds, where the letter may hold what it needs: one of both hints."""
    hinted = hint is not None and reading.whole_page.may_hold(hint)
    if hinted or (also is not None and any(also.search(low) for low in reading.whole_page.texts)):
        places = ((text, found) for text, low in _texts(reading) for found in pattern.finditer(low))
        yield from _told(reading, code, places, advice)


def _told(
    reading: Reading, code: str, places: Iterable[tuple[Plain, re.Match[str]]], advice: str
) -> Iterator[Finding]:
    for text, found in places:
        if not _is_ours(reading, found[0]):
            yield block(code, _span(text, found), advice)


def _span(text: Plain, found: re.Match[str]) -> str:
    return text.span(found.start(), found.end()).strip()


def _is_ours(reading: Reading, address: str) -> bool:
    wanted = address.strip(" .,;:!?()").casefold()
    ours = (reading.case.brand.name, reading.case.brand.sender.name, *reading.case.allowed_links)
    return any(wanted == known.casefold() or wanted == _host(known) for known in ours)


def _host(link: str) -> str:
    return link.casefold().partition("://")[2].rstrip("/")


def _is_inclusive(reading: Reading, ending: str) -> bool:
    # « intéressé.es », « curieux.se »
    return reading.case.letter.language == "fr" and ending in {"es", "se"}


def _is_run_on(text: str, ending: str) -> bool:
    # `fini.Il y a`: a small word with a capital after a word without one
    last = text[-len(ending) :]
    return (
        ending in _WORDS
        and last[:1].isupper()
        and last[1:] == ending[1:]
        and not _TLD_SEPARATOR.search(text.rpartition(".")[0])
    )
