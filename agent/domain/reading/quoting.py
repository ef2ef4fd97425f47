"""What a person newly wrote, without quoted mail, our own letter, signatures and a phone's advertisement."""

import re
import unicodedata
from collections.abc import Sequence

_MAX_LINES = 4_000
_MAX_LINE = 2_000
_HEADER_LINES = 4
"""A client wraps the line above a quotation into at most so many lines."""
_BLOCK_LINES = 7
_SIGNATURE_LINES = 15

_QUOTED = re.compile(r"\s{0,3}(>|&gt;)")
_WEEKDAY = (
    r"mon|tue|wed|thu|fri|sat|sun|lun|mar|mer|jeu|ven|sam|dim|mi[eé]|jue|s[aá]b|dom|gio|mo|di|mi|do|fr"
    r"|sa|so|ma|ti|"
    r"ke|to|pe|la|su|man|tir|ons|tor|tors|fre|l[oø]r|s[oø]n|пн|вт|ср|чт|пт|сб|вс|pon|wt|śr|czw|pt|sob"
    r"|niedz|zo|wo|vr|za"
)
_STARTS = re.compile(
    r"[\s>*_-]*((on|le|am|el|il|op|em|den|dnia|w dniu|in data|в|от)\s"
    rf"|({_WEEKDAY})\w*[.,]*\s|\d)",
    re.IGNORECASE,
)
_VERB = (
    r"\b(wrote|writes|a écrit|schrieb|escribi[oó]|ha scritto|schreef|escreveu|skrev|kirjoitti"
    r"|napisał(\(a\)|a)?|написал(а|\(а\))?|пишет|написав|napsal(a)?|a scris|írta|yazd[ıi]|έγραψε|pisze)(?!\w)"
)
_WROTE = re.compile(rf"({_VERB}).{{0,160}}[:：]\s*(-+\s*)?$|({_VERB})\s*(-+\s*)?$", re.IGNORECASE | re.DOTALL)
# Gmail without a verb: a date with a time, a name, an address in angle brackets, a colon
_DATED_ADDRESS = re.compile(r"\d{1,2}\s?[:.h]\s?\d{2}\b.{0,160}<[^<>\s]+@[^<>\s]+>\s*[:：]\s*$", re.DOTALL)
_OLD_GMAIL = re.compile(r"\s*\d{4}/\d{1,2}/\d{1,2}\s.{1,120}<[^<>\s]+@[^<>\s]+>\s*$")
_SEPARATOR = re.compile(
    r"[\s>*]*[-_=—]{2,}\s*(original (message|appointment)|message (d.origine|original|initial"
    r"|transf[eé]r[eé]|suivi)"
    r"|(urspr[uü]ngliche|weitergeleitete) nachricht|mensaje (original|reenviado)|messaggio (originale"
    r"|inoltrato)"
    r"|(oorspronkelijk|doorgestuurd) bericht|mensagem (original|encaminhada)|oprindelig (meddelelse|besked)"
    r"|(originalmeddelande|ursprungligt meddelande|vidarebefordrat)|opprinnelig melding|wiadomość oryginalna"
    r"|alkuperäinen viesti|исходное сообщение|(пересылаемое|пересланное) сообщение|forwarded (message|by)"
    r"|reply message|courriel original|e-?mail original|begin forwarded)",
    re.IGNORECASE,
)
_FORWARD = re.compile(
    r"[\s*]*original message processed by\b.*"
    r"|[\s*]*(begin forwarded message|d[eé]but du message (r[eé]exp[eé]di[eé]|transf[eé]r[eé])"
    r"|inizio messaggio inoltrato"
    r"|anfang der weitergeleiteten nachricht)\s*:?\s*$",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"[\s>*]*(from|de|von|da|van|od|fra|från|lähettäjä|от|от кого|expéditeur|remitente|mittente|afzender"
    r"|message du|发件人|差出人|寄件者)\s*\*?\s*[:：]",
    re.IGNORECASE,
)
_FIELD = re.compile(
    r"[\s>*]*(sent|date|to|subject|cc|envoy[eé]( le)?|[aà]|objet|gesendet|datum|an|betreff"
    r"|enviado( el)?|fecha|para"
    r"|asunto|inviato|data|a|oggetto|verzonden|aan|onderwerp|assunto|sendt|til|emne|skickat|till"
    r"|[aä]mne|wysłano|do"
    r"|temat|lähetetty|vastaanottaja|aihe|отправлено|дата|кому|тема|发送时间|收件人|主题|reply-to|importance"
    r"|pour|de|sujet|copie [aà])"
    r"\s*\*?\s*[:：]",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(r"\s*(--|—+-?|–+|__)\s*$")
_SENT_FROM = re.compile(
    r"[\s*\[]*((sent|envoy[eé]|gesendet|enviado|inviato|verzonden|verstuurd|skickat|sendt|wysłan[oe]"
    r"|lähetetty|отправлено)"
    r"\s+(from|via|using|with|by|de|depuis|[aà] partir|avec|via|von|mit|meinem|desde|con|do|da|dal|van"
    r"|vanaf|met|från|fra|z|ze|из|с)\b[^,;!?<>]{1,90}(<[^<>]*>)?"
    r"|(get|t[eé]l[eé]charge[rz]?|obtene[rz]|hol) outlook (for|pour|f[uü]r).{0,80}"
    r"|provenance ?: courrier.{0,60}|yahoo mail ?: .{0,80}|\[?(image|cid) ?:[^\]]*\]?)\s*$",
    re.IGNORECASE,
)
_NOTICE = re.compile(
    r"[\s*]*(disclaimer|confidentiality notice|avis de confidentialit[eé]"
    r"|mentions? de confidentialit[eé])\s*:?\s*$"
    r"|[\s*]*(this (e-?mail|message|communication)|ce (message|courriel|mail)"
    r"|the information contained in this)\b.{0,90}"
    r"(confidential|confidentiel|intended (solely|only)|destin[eé]s? exclusivement)",
    re.IGNORECASE,
)
_BANNER = re.compile(
    r"[\s*\[]*(caution|external( e-?mail| sender)?|attention|warning|avertissement)\]?\s*[:!-].{0,200}"
    r"(originated|outside|externe|ext[eé]rieur|external)",
    re.IGNORECASE,
)
_ONLY_RULES = re.compile(r"[\s>*_=\-—–]*$")


def new_text(text: str) -> str:
    """Return only what the sender newly wrote, trimmed; empty where nothing of it can be told apart.

    Text between and below marked quotations is kept; an unmarked quotation reaches to the end.
    """
    lines = _lines(text)
    kept: list[str] = []
    index = 0
    while index < len(lines):
        line = lines[index]
        header = _quote_header(lines, index)
        if header:
            if not _followed_by_quote(lines, index + header):
                break
            index += header
        elif _QUOTED.match(line):
            index += 1
        elif _ends_the_new(lines, index, has_text=_has_text(kept)):
            break
        else:
            if not _SENT_FROM.match(line) and not _BANNER.match(line):
                kept.append(line)
            index += 1
    return _trimmed(kept)


def _lines(text: str) -> list[str]:
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ").replace("\u202f", " ")
    # clients strew byte-order and direction marks over quotations
    text = "".join(char for char in text if char == "\u200d" or unicodedata.category(char) != "Cf")
    return [line[:_MAX_LINE].rstrip() for line in text.split("\n")[:_MAX_LINES]]


def _quote_header(lines: Sequence[str], start: int) -> int:
    """Return how many lines the header above a quotation takes from here, 0 where there is none."""
    if not _STARTS.match(lines[start]):
        return 0
    joined = ""
    for count, line in enumerate(lines[start : start + _HEADER_LINES], start=1):
        wrapped_address = joined.count("<") > joined.count(">")
        quoted = bool(_QUOTED.match(line)) and not _QUOTED.match(lines[start]) and not wrapped_address
        if not line.strip() or quoted:
            return 0
        if count > 1 and _STARTS.match(line) and _is_header(line):
            return 0  # the header begins further down
        joined = f"{joined} {line}".strip()
        if _is_header(joined):
            return count
    return 0


def _is_header(text: str) -> bool:
    if not any(char.isdigit() for char in text):
        return False
    return bool(_WROTE.search(text) or _DATED_ADDRESS.search(text) or _OLD_GMAIL.match(text))


def _followed_by_quote(lines: Sequence[str], start: int) -> bool:
    following = next((line for line in lines[start:] if line.strip()), "")
    return bool(_QUOTED.match(following))


def _ends_the_new(lines: Sequence[str], index: int, *, has_text: bool) -> bool:
    line = lines[index]
    if _SEPARATOR.match(line) or _FORWARD.match(line) or _is_block(lines, index):
        return True
    if has_text and _NOTICE.match(line):
        return True
    if not _SIGNATURE.match(line):
        return False
    rest = [following for following in lines[index + 1 :] if following.strip()]
    until_quote = next(
        (
            number
            for number, following in enumerate(rest)
            if _QUOTED.match(following) or _FROM.match(following)
        ),
        len(rest),
    )
    return until_quote <= _SIGNATURE_LINES


def _is_block(lines: Sequence[str], index: int) -> bool:
    """Return whether From, Sent, To, Subject begin here, as Outlook puts them above what it quotes."""
    if not _FROM.match(lines[index]):
        return False
    fields = sum(1 for line in lines[index + 1 : index + _BLOCK_LINES] if _FIELD.match(line))
    return fields >= 2  # noqa: PLR2004 - one alone may be a sentence


def _has_text(kept: Sequence[str]) -> bool:
    return any(line.strip() for line in kept)


def _trimmed(kept: list[str]) -> str:
    while kept and (not kept[-1].strip() or _ONLY_RULES.match(kept[-1])):
        kept.pop()
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()
