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
_BROKEN_AT = 60
"""Characters of a quoted line from which a mail program may have broken it."""

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
# whatever the language: an address, a day and a time, and a colon at the end
_ADDRESS = re.compile(r"[<(（][^<>()\s]+@[^<>()\s]+[>)）]")
_TIME = re.compile(r"(?<!\d)\d{1,2}\s?[:.h：]\s?\d{2}(?!\d)")
_DAY = re.compile(r"(?<!\d)20\d\d(?!\d)|(?<!\d)\d{1,2}[./]\d{1,2}")
_ENDS_OPEN = re.compile(r"[:：]\s*$")
_LONGEST_HEADER = 300
_OLD_GMAIL = re.compile(r"\s*\d{4}/\d{1,2}/\d{1,2}\s.{1,120}<[^<>\s]+@[^<>\s]+>\s*$")
_SEPARATOR = re.compile(
    r"[\s>*]*[-_=—]{2,}\s*(original (message|appointment)|message (d.origine|original|initial"
    r"|transf[eé]r[eé]|suivi)"
    r"|(urspr[uü]ngliche|weitergeleitete) nachricht|mensaje (original|reenviado)|messaggio (originale"
    r"|inoltrato)"
    r"|(oorspronkelijk|doorgestuurd) bericht|mensagem (original|encaminhada)|oprindelig (meddelelse|besked)"
    r"|(originalmeddelande|ursprungligt meddelande|vidarebefordrat)|opprinnelig melding|wiadomość oryginalna"
    r"|alkuperäinen viesti|исходное сообщение|(пересылаемое|пересланное) сообщение|forwarded (message|by)"
    r"|reply message|courriel original|e-?mail original|begin forwarded|mail original|原始邮件"
    r"|邮件原件|原始郵件|元のメッセージ|転送メッセージ|원본 메일|원본 메시지|původní zpráva"
    r"|eredeti üzenet|mesaj original"
    r"|orijinal (mesaj|ileti)|αρχικό μήνυμα|missatge original)",
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
    r"|message du|发件人|差出人|寄件者|보낸 사람|odesílatel|gönderen|feladó|từ)\s*\*?\s*[:：]",
    re.IGNORECASE,
)
_FIELD = re.compile(
    r"[\s>*]*(sent|date|to|subject|cc|envoy[eé]( le)?|[aà]|objet|gesendet|datum|an|betreff"
    r"|enviado( el)?|fecha|para"
    r"|asunto|inviato|data|a|oggetto|verzonden|aan|onderwerp|assunto|sendt|til|emne|skickat|till"
    r"|[aä]mne|wysłano|do"
    r"|temat|lähetetty|vastaanottaja|aihe|отправлено|дата|кому|тема|发送时间|收件人|主题|日期|抄送|送信日時|宛先|件名|日時"
    r"|보낸 날짜|받는 사람|제목|날짜|komu|předmět|gönderme tarihi|kime|konu|reply-to|importance"
    r"|pour|de|sujet|copie [aà])"
    r"\s*\*?\s*[:：]",
    re.IGNORECASE,
)
_ORANGE = re.compile(r"\s*> Message du \d{1,2}/\d{1,2}/\d{2,4}\b")
_SIGNATURE = re.compile(r"\s*(--|—+-?|–+|__)\s*$")
_SENT_FROM = re.compile(
    r"[\s*\[]*((sent|envoy[eé]|gesendet|enviado|inviato|verzonden|verstuurd|skickat|sendt|wysłan[oe]"
    r"|lähetetty|отправлено)"
    r"\s+(from|via|using|with|by|de|depuis|[aà] partir|avec|via|von|mit|meinem|desde|con|do|da|dal|van"
    r"|vanaf|met|från|fra|z|ze|из|с)\b[^,;!?<>]{1,90}(<[^<>]*>)?"
    r"|von (meinem|meiner)\b.{1,60}\bgesendet|l[aä]hetetty \w+(sta|stä|lta|ltä)\b.{0,40}"
    r"|.{1,40}から送信(されました)?|发自我的.{0,40}|從我的.{0,40}傳送|나의 .{1,40}에서 보냄"
    r"|.{1,40}['’]\w+ gönderildi|odesl[aá]no z .{1,60}|trimis de pe .{1,60}|.{1,40} eszközömről küldve"
    r"|στάλθηκε από .{1,60}"
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


def new_text(text: str, *, sender: Sequence[str] = ()) -> str:
    """Return only what the sender newly wrote, trimmed; empty where nothing of it can be told apart.

    Text between and below marked quotations is kept; an unmarked quotation reaches to the end. `sender` holds
    the sender's address and name: a block of headers above everything else that names them, or where nobody
    knows them, is their own mail's and no quotation.
    """
    lines = _lines(text)
    kept: list[str] = []
    index = _own_header(lines, [name.casefold() for name in sender if name])
    while index < len(lines):
        line = lines[index]
        if _QUOTED.match(line) and _heads_unmarked(lines, index):
            break
        header = _quote_header(lines, index)
        if header:
            if not _followed_by_quote(lines, index + header):
                break
            index += header
        elif _QUOTED.match(line) or _is_rest_of_quote(lines, index):
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


def _own_header(lines: Sequence[str], sender: Sequence[str]) -> int:
    """Return at which line the text begins below headers that the sender's own program put there."""
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    if not lines or _QUOTED.match(lines[first]) or not _is_block(lines, first):
        return 0
    end = next((at for at in range(first, len(lines)) if not _is_field(lines[at])), len(lines))
    names = " ".join(line for line in lines[first:end] if _FROM.match(line)).casefold()
    return end if not sender or any(name in names for name in sender) else 0


def _is_field(line: str) -> bool:
    return bool(_FROM.match(line) or _FIELD.match(line) or (line[:1].isspace() and line.strip()))


def _quote_header(lines: Sequence[str], start: int) -> int:
    """Return how many lines the header above a quotation takes from here, 0 where there is none."""
    first = lines[start]
    if not (_STARTS.match(first) or _ADDRESS.search(first) or _DAY.search(first)):
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
    if _WROTE.search(text) or _DATED_ADDRESS.search(text) or _OLD_GMAIL.match(text):
        return True
    dated = _ADDRESS.search(text) and _TIME.search(text) and _DAY.search(text)
    return bool(dated and len(text) < _LONGEST_HEADER and (_ENDS_OPEN.search(text) or "のメール" in text))


def _followed_by_quote(lines: Sequence[str], start: int) -> bool:
    following = next((line for line in lines[start:] if line.strip()), "")
    return bool(_QUOTED.match(following))


def _ends_the_new(lines: Sequence[str], index: int, *, has_text: bool) -> bool:
    line = lines[index]
    if has_text and _SENT_FROM.match(line) and _nothing_marked_below(lines, index):
        return True  # what a phone leaves below its own line is the letter it answers
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
        return _begins_with_another_field(lines, index)
    fields = sum(1 for line in lines[index + 1 : index + _BLOCK_LINES] if _FIELD.match(line))
    return fields >= 2  # noqa: PLR2004 - one alone may be a sentence


def _begins_with_another_field(lines: Sequence[str], index: int) -> bool:
    if not _FIELD.match(lines[index]):
        return False
    following = lines[index + 1 : index + _BLOCK_LINES]
    fields = sum(1 for line in following if _FIELD.match(line))
    return fields >= 2 and any(_FROM.match(line) for line in following)  # noqa: PLR2004 - as above


def _heads_unmarked(lines: Sequence[str], index: int) -> bool:
    """Return whether only the header of a quotation is marked here, as Orange does, and its text is not."""
    if not (_ORANGE.match(lines[index]) or _is_block(lines, index)):
        return False
    end = index + 1
    while end < len(lines) and _QUOTED.match(lines[end]):
        bare = lines[end].lstrip("> ")
        if bare and not _FROM.match(bare) and not _FIELD.match(bare):
            return False
        end += 1
    return any(line.strip() for line in lines[end:])


def _is_rest_of_quote(lines: Sequence[str], index: int) -> bool:
    """Return whether a program broke a long quoted line and left its end without a mark."""
    if not 0 < index < len(lines) - 1:
        return False
    before, line, after = lines[index - 1 : index + 2]
    broken = bool(_QUOTED.match(before)) and len(before) >= _BROKEN_AT and line[:1].islower()
    return broken and bool(_QUOTED.match(after))


def _nothing_marked_below(lines: Sequence[str], index: int) -> bool:
    return not any(_QUOTED.match(line) or _FROM.match(line) for line in lines[index + 1 :])


def _has_text(kept: Sequence[str]) -> bool:
    return any(line.strip() for line in kept)


def _trimmed(kept: list[str]) -> str:
    while kept and (not kept[-1].strip() or _ONLY_RULES.match(kept[-1])):
        kept.pop()
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()
