"""Bounces: which recipients failed, and whose fault it is.

Reports in the standard form (RFC 3464) are read by their fields; the dialects of servers that write prose by
where addresses stand in it. A letter of ours has one recipient, so the returned letter's own To is the last
resort.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from agent.domain.reading.blame import blame_of, enhanced_status
from agent.domain.reading.decoding import Mail, Part, address_of, addresses_of, children, header
from agent.domain.replies import Blame, FailedRecipient

_MAX_NOTICE = 60_000
_MAX_RECIPIENTS = 50
_MAX_REASON = 300

_STATUS_TYPES = frozenset({"message/delivery-status", "message/global-delivery-status"})
_WENT_ON = ("delivered", "relayed", "expanded")
_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.\-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")
_SENDER = re.compile(
    r"mailer[-_ ]?daemon|postmaster|mail[ .]?delivery|delivery ?(system|subsystem|service)|mdaemon"
    r"|mail[-_ ]?(system|admin)"
    r"|administrateur de messagerie|service de messagerie|content[- ]filter|messaggio|systemadministrator"
    r"|mail ?service|microsoftexchange|smtp ?(gateway|server)|e500_smtp|jetmail|^\"?<>|bounce",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"undeliver(able|ed)|returned (mail|to sender)|mail returned|failure notice|deliver[yi]\w* (status"
    r"|fail|problem|error"
    r"|notif|report|has failed|incomplete|delayed|attempt|to the following)|(mail|message|permanent"
    r"|nondeliverable|e-?mail)"
    r"\W+(system )?(deliver\w* )?(error|fail\w*|problem|not (be )?deliver\w*|could not|undeliver\w*"
    r"|bounced?|rejected|refused)"
    r"|not delivered|could not (be )?(deliver|send)|cannot (be )?(deliver|send)|failed mail"
    r"|failed to deliver|unable to deliver"
    r"|delivery delayed|(message|mail) (has been )?delayed|delayed \d+ hours|warning: (message"
    r"|could not)|rejected mail"
    r"|non[- ]?(remis|distribu|delivery)|[eé]chec de (la )?(remise|distribution|livraison|l'envoi)"
    r"|unzustellbar"
    r"|(remise|distribution|message) (diff[eé]r[eé]e?|retard[eé]e?|impossible)|erreur de (remise"
    r"|distribution)"
    r"|considered (unsolicited|spam)|mancata consegna|niet bezorgd|n[aã]o entregue|no entregado|failed mail"
    r"|nicht zugestellt|not deliverable"
    r"|onbestelbaar|nie (mog|dostarcz)|user unknown|unknown user|no such user|no se puede|devuelto"
    r"|avis de non|mailbox full"
    r"|message status|message you sent|your message to|mail delivery|blocked by|spam|virus",
    re.IGNORECASE,
)
_RETURNED = re.compile(
    r"^[\s>|]{0,20}[-=*_#]{2,80}[ \w,.'\"()/&;:-]{0,70}"
    r"\b((copy|header|text|content|body|original|returned|unsent|undelivered)\w*\b[ \w]{0,30}"
    r"\b(message|mail|e-?mail|follow|below|attached)|message (header|body|text)|original|(message"
    r"|mail) follows)"
    r"|^[\s>]{0,20}(below (this line|is)|this is a copy of|(the )?(original|returned|unsent) (message"
    r"|mail)\b[ \w]{0,40}"
    r"(:|follows|below|headers?)|the following is a copy|message contents follow|here is a copy"
    r"|received: |return-path: )",
    re.IGNORECASE | re.MULTILINE,
)
_FAILURE = re.compile(
    r"(not|n't|un|never|cannot be|could not be|failed to( be)?) ?(be |been |yet been )?(deliver|accept"
    r"|reach|receiv|sent|able to)"
    r"|fail(ed|ure)|undeliver|unknown|delayed|no such|rejected|refused|returned|permanent|fatal|error"
    r"|exceed|quota|does not exist"
    r"|doesn't exist|blocked|not (a )?(valid|known)|problem|postponed|5\d\d |4\d\d |5\.\d\.\d|invalid"
    r"|unavailable|not recogni[sz]ed|nicht|nie |warning|spam|loops? back|expired|timed out|unsolicited"
    r"|not accept"
    r"|n['’](a|ont|est) pas (pu|[eé]t[eé]|parvenu|accept)|introuvable|inconnue?\b|n['’]existe|[eé]chec"
    r"|pleine|satur[eé]e"
    r"|diff[eé]r[eé]e|retard[eé]e|refus[eé]e?|rejet[eé]e?|quota|impossible de|limite de stockage"
    r"|no matches|not (exactly )?match",
    re.IGNORECASE,
)
_REFUSAL = re.compile(
    r"(could|can|did|was|were|has|have|is|been|be|yet) ?(not|n't) (been |be |yet been )?(deliver"
    r"|accept|reach|receiv|sent|able)"
    r"|n['’](a|ont|est) pas (pu|[eé]t[eé]|parvenu)|introuvable|[eé]chec de|a [eé]t[eé] (refus|rejet)[eé]"
    r"|undeliver|unable to|fail(ed|ure)|rejected|returned|unknown user|user unknown|not (a )?valid"
    r"|delayed|postponed|blocked",
    re.IGNORECASE,
)
_DELAYED = re.compile(
    r"\bdelayed\b|not yet been delivered|still (trying|in the queue|being)|will (continue"
    r"|keep) (to try|trying|be)"
    r"|attempts will continue|do not need to resend|don't need to resend|no action is required"
    r"|warning message only"
    r"|temporarily|will (try|retry|be retried)|transient|deferred|postponed"
    r"|diff[eé]r[eé]e|retard[eé]e|nouvelles? tentatives?|r[eé]essay(er|é)|n['’]a pas encore [eé]t[eé] "
    r"(remis|distribu)",
    re.IGNORECASE,
)
_CODE = re.compile(r"(?<![\d.])(5\d\d|5\.\d{1,3}\.\d{1,3})(?![\d.]*\d)")
"""What a server refused with (RFC 5321, RFC 3463)."""
_ROLE = re.compile(
    r"^(postmaster|mailer-daemon|abuse|webmaster|hostmaster|help ?desk|support|admin(istrator)?|noc"
    r"|mdaemon|daemon)@",
    re.IGNORECASE,
)
_NOISE = re.compile(
    r"^(message-?id|received|id|x-[\w-]+|reply-to|from|sender|to|cc|subject|return-path|errors-to"
    r"|mail from|contact|references)\b\W",
    re.IGNORECASE,
)
CHALLENGE = re.compile(
    r"(click|follow|visit|cliqu|suiv)\w*[^.!?]{0,60}\b(link|lien|url|below|ci-dessous|ici"
    r"|here)\b[^.!?]{0,60}\b(to|pour|afin)\b"
    r"[^.!?]{0,60}\b(allow|deliver|guest list|verif|confirm|authenti|d[eé]livr|remis|be added"
    r"|have your address)"
    r"|waitlisted|guest list|mail ?in ?black|\bboxbe\b|protected by [\w ]{0,20}(anti-?spam|bluebottle"
    r"|spamarrest|filter)"
    r"|(pour que|afin que) votre (message|mail|e-?mail)[^.!?]{0,60}(remis|d[eé]livr|transmis|parvien)",
    re.IGNORECASE,
)
"""A program that asks the sender to prove to be a person."""
_FROM_WHOM = re.compile(r"\b(mail|messages?|sent|sender) from:? ?<?$", re.IGNORECASE)
_FIELD = re.compile(r"^([A-Za-z-]+):[ \t]*(.*(?:\n[ \t]+.*)*)", re.MULTILINE)
_MESSAGE_ID = re.compile(r"^[\s>|]*message-id:\s*(<[^<>\s]+>)", re.IGNORECASE | re.MULTILINE)
_BRACKETED = re.compile(r"<[^<>\s]+@[^<>\s]+>|<[^<>\s]+>")


@dataclass(frozen=True, kw_only=True)
class Report:
    """What a bounce says. `about`: the Message-ID of the letter that came back, where it can be read.

    `is_bounce` without anybody failed: a bounce that names nobody.
    """

    is_bounce: bool = False
    failed: tuple[FailedRecipient, ...] = ()
    about: str | None = None


def read_report(message: Mail, parts: Sequence[Part], notice: str) -> Report:
    """Return who failed according to a bounce; nobody for mail that is none.

    `notice` is the text a person would read, the returned letter included where it stands in the same text.
    """
    split = _RETURNED.search(notice)
    words, below = (notice[: split.start()], notice[split.start() :]) if split else (notice, "")
    words = words[:_MAX_NOTICE]
    standard = list(_standard(parts, words))
    if CHALLENGE.search(words) and not _SENDER.search(header(message, "From")):
        return Report()  # some dress their question as a delivery report
    if not standard and (_only_delivered(parts) or not _looks_like_bounce(message, parts, words)):
        return Report()
    failed = standard or list(_failed_header(message, words)) or list(_prose(message, parts, words, below))
    told = tuple(_each_once(failed))
    return Report(
        is_bounce=bool(told) or _is_report(message), failed=told, about=_returned_id(message, parts, below)
    )


def about(parts: Sequence[Part]) -> str | None:
    """Return the Message-ID of a message returned inside another one."""
    for part in parts:
        if part.returned or part.media_type in {
            "message/rfc822",
            "text/rfc822-headers",
            "message/rfc822-headers",
        }:
            found = _message_id_of(part)
            if found:
                return found
    return None


# --- the standard form: RFC 3464 ------------------------------------------------------------------


def _standard(parts: Sequence[Part], words: str) -> Iterator[FailedRecipient]:
    for part in parts:
        if part.media_type in _STATUS_TYPES and not part.returned:
            for fields in field_groups(part):
                found = _recipient(fields, words)
                if found is not None:
                    yield found


def _only_delivered(parts: Sequence[Part]) -> bool:
    """Return whether a report says of its recipients that the letter went on (RFC 3464 2.3.3)."""
    actions = [
        fields["action"].lower()
        for part in parts
        if part.media_type in _STATUS_TYPES and not part.returned
        for fields in field_groups(part)
        if "action" in fields
    ]
    return bool(actions) and all(action.startswith(_WENT_ON) for action in actions)


def field_groups(part: Part) -> Iterator[Mapping[str, str]]:
    """Yield the fields of each group, which the parser makes a message of, or leaves as text."""
    inner = children(part.message)
    texts = [_fields_text(child) for child in inner] if inner else re.split(r"\n\s*\n", part.text)
    for text in texts:
        fields = {m[1].lower(): " ".join(m[2].split()) for m in _FIELD.finditer(text.replace("\r\n", "\n"))}
        if fields:
            yield fields


def _fields_text(child: Mail) -> str:
    lines = [f"{name}: {value}" for name, value in child.items()]
    payload = child.get_payload()
    return "\n".join([*lines, payload if isinstance(payload, str) else ""])


def _recipient(fields: Mapping[str, str], words: str) -> FailedRecipient | None:
    address = next(
        (
            found[0]
            for name in ("original-recipient", "final-recipient", "x-actual-recipient")
            if (found := _ADDRESS.search(_untyped(fields.get(name, ""))))
        ),
        None,
    )
    action = fields.get("action", "").lower().split(" ")[0].strip("()")
    if address is None or action in _WENT_ON:
        return None
    diagnostic = _untyped(fields.get("diagnostic-code", ""))
    status = enhanced_status(fields.get("status", ""))
    if status and status.startswith("2."):
        return None
    blame = Blame.TEMPORARY if action == "delayed" else _blame(status, diagnostic, words)
    original = _untyped(fields.get("original-recipient", ""))
    if blame is Blame.PERMANENT and original and not _ADDRESS.search(original):
        blame = Blame.TEMPORARY  # the server made this address up out of a bare name
    reason = " ".join(filter(None, (status, diagnostic or _untyped(fields.get("status", "")))))
    return FailedRecipient(address=address, blame=blame, reason=_short(reason or words))


def _blame(status: str | None, diagnostic: str, words: str) -> Blame:
    """Return whose it is; the server's own words say more than a general status."""
    said = enhanced_status(diagnostic)
    if said and (status is None or status.endswith(".0.0") or status.startswith("5.0")):
        status = said
    return blame_of(status, diagnostic or words)


def _untyped(value: str) -> str:
    return re.sub(r"^\s*(rfc822|smtp|utf-8|x-[\w-]+|lotus)\s*;\s*", "", value, flags=re.IGNORECASE)


# --- prose ----------------------------------------------------------------------------------------


def _looks_like_bounce(message: Mail, parts: Sequence[Part], words: str) -> bool:
    """Return whether sender or subject, and the words or a returned message, say so."""
    if header(message, "X-Failed-Recipients") or _is_report(message):
        return True
    if any(part.media_type == "message/delivery-status" for part in parts):
        return True
    sender = header(message, "From")
    return_path = header(message, "Return-Path")
    from_server = bool(_SENDER.search(sender)) or bool(_SENDER.search(return_path)) or return_path == "<>"
    if not from_server and (
        header(message, "In-Reply-To") or not _SUBJECT.search(header(message, "Subject"))
    ):
        return False
    if re.match(r"\s*auto-replied", header(message, "Auto-Submitted"), re.IGNORECASE) and not _SENDER.search(
        sender
    ):
        return False
    speaks = bool(_FAILURE.search(words)) or any(part.returned for part in parts)
    return speaks if from_server else bool(_REFUSAL.search(words))


def _is_report(message: Mail) -> bool:
    """Return whether the mail calls itself a delivery report, whatever came of its parts."""
    said = header(message, "Content-Type").lower()
    return (
        "report-type" in said and "delivery-status" in said and bool(_SENDER.search(header(message, "From")))
    )


def _failed_header(message: Mail, words: str) -> Iterator[FailedRecipient]:
    """Exim and Gmail name the recipients in a header."""
    named = dict.fromkeys(_ADDRESS.findall(header(message, "X-Failed-Recipients")))
    for address in list(named)[:_MAX_RECIPIENTS]:
        yield _prose_recipient(address, words, hearsay=False)


def _prose(message: Mail, parts: Sequence[Part], words: str, below: str) -> Iterator[FailedRecipient]:
    ours = {
        email.lower()
        for name in ("To", "Delivered-To", "From", "Reply-To")
        for _, email in addresses_of(message, name)
    }
    written_to = _returned_recipients(parts, below)
    named = [
        address
        for address in _addresses(words)
        if not _ROLE.match(address) and (address.lower() not in ours or address.lower() in written_to)
    ]
    named = named or list(_bare_names(message, words)) or [a for a in written_to if a not in ours]
    named = named or [a for a in _recipients_line(words) if a.lower() not in ours]
    hearsay = _is_hearsay(message, words)
    for address in named[:_MAX_RECIPIENTS]:
        yield _prose_recipient(address, words, hearsay=hearsay)


def _addresses(words: str) -> Iterator[str]:
    seen: set[str] = set()
    for line in words.split("\n"):
        if _NOISE.match(line.strip()):
            continue
        for found in _ADDRESS.finditer(line):
            if _FROM_WHOM.search(line[max(0, found.start() - 40) : found.start()]):
                continue
            address = found[0].removeprefix("SMTP=").rsplit("=", 1)[-1].strip("'`.")
            if "@" in address and address.lower() not in seen:
                seen.add(address.lower())
                yield address


def _recipients_line(words: str) -> Iterator[str]:
    """Content filters quote the recipients as the envelope had them."""
    for line in re.findall(r"^[ \t]*to:(.{1,300})$", words, re.IGNORECASE | re.MULTILINE):
        for found in _ADDRESS.finditer(line):
            yield found[0]


def _bare_names(message: Mail, words: str) -> Iterator[str]:
    """AOL names its own people without the domain, each on an indented line of its own."""
    domain = address_of(message, "From")[1].rpartition("@")[2]
    if domain and re.search(r"following recipients? [^:]{0,200}:", words):
        for found in re.finditer(r"^[ \t]+([\w.-]+)[ \t]*$", words, re.MULTILINE):
            yield f"{found[1]}@{domain}"


def _is_hearsay(message: Mail, words: str) -> bool:
    """Return whether a program answered, with no server's code for what it says."""
    answers = header(message, "Auto-Submitted").strip().lower().startswith("auto-replied")
    return answers and bool(header(message, "In-Reply-To")) and not _CODE.search(words)


def _prose_recipient(address: str, words: str, *, hearsay: bool) -> FailedRecipient:
    said = _around(address, words)
    blame = blame_of(enhanced_status(said), said)
    if blame is not Blame.OURS and (hearsay or _DELAYED.search(words)):
        blame = Blame.TEMPORARY
    return FailedRecipient(address=address, blame=blame, reason=_short(said))


def _around(address: str, words: str) -> str:
    """Return what the notice says about an address: from it on, else all of it."""
    start = words.find(address)
    after = words[start + len(address) : start + 1_200] if start >= 0 else ""
    return after if _FAILURE.search(after) else words


def _returned_recipients(parts: Sequence[Part], below: str) -> list[str]:
    found: list[str] = []
    for part in parts:
        inner = children(part.message) if part.media_type == "message/rfc822" else []
        for returned in inner:
            found.extend(email for _, email in addresses_of(returned, "To"))
    to = re.search(r"^[\s>|]*To:\s*(.{1,300})$", below, re.IGNORECASE | re.MULTILINE)
    if to:
        found.extend(match[0] for match in _ADDRESS.finditer(to[1]))
    return [email.lower() for email in found]


# --- what came back -------------------------------------------------------------------------------


def _returned_id(message: Mail, parts: Sequence[Part], below: str) -> str | None:
    found = about(parts)
    if found:
        return found
    inline = _MESSAGE_ID.search(below)
    if inline:
        return inline[1]
    answered = _BRACKETED.search(header(message, "In-Reply-To") or header(message, "References"))
    return answered[0] if answered else None


def _message_id_of(part: Part) -> str | None:
    for holder in (*children(part.message), part.message):
        if holder is part.message and not part.returned:
            break
        found = _BRACKETED.search(header(holder, "Message-ID"))
        if found:
            return found[0]
    inline = _MESSAGE_ID.search(part.text)
    return inline[1] if inline else None


def _each_once(failed: Iterable[FailedRecipient]) -> Iterator[FailedRecipient]:
    seen: set[str] = set()
    for recipient in failed:
        if recipient.address.lower() not in seen:
            seen.add(recipient.address.lower())
            yield recipient


def _short(words: str) -> str:
    return " ".join(words.split())[:_MAX_REASON]
