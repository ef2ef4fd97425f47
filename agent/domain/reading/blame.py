"""Whose a refusal is: the address is gone, the server asks for patience, or it is about us.

An address is given up for ever only where the words say that user or host are unknown or have moved;
whatever is unclear counts as temporary.
"""

import re

from agent.domain.replies import Blame

# RFC 3463: class.subject.detail; the figures of an address such as 5.1.1.10 are no status
_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.]*\d)")

_UNKNOWN_STATUS = frozenset({"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10"})
_SENDER_STATUS = frozenset({"5.1.7", "5.1.8"})
_SIZE_STATUS = frozenset({"5.2.3", "5.3.4"})
_SIZE_EXCEEDED = 552

_FULL = re.compile(
    r"quota|(mail ?box|mail ?folder|in ?box|account|drop|storage|disk"
    r"|message store)[\w' ]{0,25}\bfull\b|full mail ?box"
    r"|exceeded (its |the |their )?(storage|allocated|disk)|(disk|mail ?box|box) space"
    r"|insufficient (disk|system|storage)"
    r"|not enough (space|storage)|too many messages|mailbox (size|exceeds|has exceeded)|storage (limit"
    r"|allocation)"
    r"|bo[iî]te[\w' ]{0,60}(pleine|satur[eé]e|limite)|limite de stockage|stockage (insuffisant|d[eé]pass[eé])"
    r"|(espace|quota)[\w' ]{0,20}(insuffisant|d[eé]pass[eé]|atteint)|postfach[\w' ]{0,20}voll|zuviele mails",
    re.IGNORECASE,
)
_SIZE = re.compile(
    r"(message|mail|size|attachment)[\w' ()]{0,40}(too (large|big|long)|exceeds?|exceeded|larger than)"
    r"|exceeds? [\w' ]{0,20}(size|limit)|too large|size limit|maximum (message )?size|message length",
    re.IGNORECASE,
)
_STRONG_POLICY = re.compile(
    r"\bspam|unsolicited|black ?list|block ?list|\brbl\b|dnsbl|uribl|spamhaus|spamcop|\bspf\b|dkim"
    r"|dmarc|relay(ing)? (access )?denied",
    re.IGNORECASE,
)
_POLICY = re.compile(
    r"\bspam|unsolicited|junk|\bbulk\b|black ?list|block ?(ed|list)|\brbl\b|dnsbl|uribl|surbl|spamhaus"
    r"|spamcop"
    r"|reputation|banned|\bvirus|malware|phish|polic(y|ies)|prohibit|not accepting mail from"
    r"|relay(ing)?( access)? (is )?(denied|not (allowed|permitted))|not a(n open)? relay|unable to relay"
    r"|\brelaying\b|rcpthosts|not permitted to relay|access denied|not authori[sz]ed"
    r"|authentication (is )?required"
    r"|sender (address )?(rejected|denied|refused|verify)|content (was )?(rejected|blocked|denied)"
    r"|refused by|rejected (by|due to|because of|for) [\w' ]{0,20}(filter|content|polic|spam)"
    r"|message (content )?rejected"
    r"|\bspf\b|dkim|dmarc|unacceptable|offensive|forbidden (content|attachment|file)|with attachments?"
    r"|open (mail )?(relay|proxy)|dynamic ip|resent-from|no reverse dns"
    r"|(permanently )?rejected message|whitelist"
    r"|requires confirmation|greylist|ind[eé]sirable|courrier (publicitaire|non sollicit[eé])|\bube\b"
    r"|refus[eé]e? (par|car|en raison)|rejet[eé]e? (par|car|en raison)|service refus[eé]|manually blocked"
    r"|blocked sender",
    re.IGNORECASE,
)
_UNKNOWN = re.compile(
    r"(user|userid|account|recipient|addressee|mail ?box|address|customer|member|name|domain"
    r"|host(name)?|login|person)s?"
    r"( address| name)?[\w'<>@.:\- ()\"]{0,60}?"
    r"(\bunknown|not (be )?found|not known|does(n't| not) (exist|have)|do(n't| not) exist|not exist"
    r"|\binvalid|not valid"
    r"|no longer (valid|exist|in use|here|with|work)|not (a )?(valid|local|listed|recogni[sz]ed|our"
    r"|known|an active)"
    r"|un(recogni[sz]ed|routeable)|(been |is |was |now )(closed|deleted|removed|terminated|cancelled|retired)"
    r"|isn't here|has (been )?moved|has left|non ?existent|\bwrong\b)"
    r"|(unknown|no such|invalid|illegal|\bbad|non-?existent|no valid|unrecogni[sz]ed|undefined|unroutea?ble"
    r"|not a valid|\bno) (virtual |local |destination |final |delivery |e-?mail |mail |smtp )*"
    r"(user|userid|account|recipient|addressee|mail ?box|address|domain|host|name|login|person)"
    r"|this user doesn't have|not our customer|not listed in|no mailbox here|not recogni[sz]ed|not a known"
    r"|couldn't find any host|name service error|address lookup .{0,30}failed|name or service not known"
    r"|could not find a gateway|nie (istnieje|ma takiego)|nieznany"
    r"|(utilisateur|destinataire|adresse|domaine)[\w' ]{0,40}(inconnue?|introuvable|invalide)"
    r"|n['’]existe (pas|plus)|(adresse|destinataire|bo[iî]te)[\w',’ ]{0,60}(introuvable|inconnue?|invalide)"
    r"|null ?mx|domain [\w.-]{1,80} does not accept mail|(could|was|is)n['’]t be found|wasn['’]t found"
    r"|no matches"
    r"|not exactly match|no route found to domain"
    r"|(unbekannt|nicht gefunden)|mail ?box (is )?unavailable|moved to|5\.1\.1",
    re.IGNORECASE,
)
_NAMED_UNKNOWN = re.compile(
    r"\b(unknown (user|recipient|mailbox|account)|(user|recipient|mailbox|account) unknown|no such (user"
    r"|recipient|mailbox)|user not found"
    r"|utilisateur inconnu|destinataire inconnu|bo[iî]te inconnue)\b",
    re.IGNORECASE,
)
# the sender, the machine that spoke for it, or what the message holds is unknown, invalid or unwanted
_ABOUT_US = re.compile(
    r"\b(unknown|unverified|invalid|bad|no valid) (envelope )?(sender|helo|ehlo|client|header)"
    r"|\b(unknown|invalid|bad) (content|link|url)"
    r"|\bsender['’]?s? (verif|domain|(e-?mail )?address|is|was|name|not|unknown|rejected)|of sender address"
    r"|verification failed for|of the sender\b|\benvelope[- ]sender"
    r"|\b(helo|ehlo|client host|reverse (dns|host\w*|lookup)|return[- ]path|\bptr\b|from:? header)\b"
    r"|\byour (ip|ip address|domain|host|server|network|sender\w*|mail server)\b"
    r"|\b(message|mail|body)s? contains? [\w' ]{0,20}\b(invalid|bad|suspicious|malformed|unknown)\b",
    re.IGNORECASE,
)
_CONTENT = re.compile(
    r"\b(message|mail|content|body|header|link|url|attachment)s?[\w' ]{0,20}"
    r"\b(suspicious|not accepted|is invalid|malformed|unacceptable)\b",
    re.IGNORECASE,
)
# whatever else is said, it may pass: another server's 4xx inside, waiting lists, limits
_MAY_PASS = re.compile(
    r"temporar|gr[ea]y ?list|rate[- ]limit|too many (connections|messages|recipients|invalid recipients)"
    r"|(try|come back|again) later|\bretry\b|r[eé]essayer|plus tard|said: 4\d\d|\b4\d\d[ -]4\.\d",
    re.IGNORECASE,
)
_PATIENCE = re.compile(
    r"\bdelayed\b|still (trying|being|in the queue)|not yet been delivered|will (continue|keep"
    r"|be retried|retry)"
    r"|temporar|transient|timed? ?out|could ?n[o']t connect|connection (refused|dropped|failed|reset)"
    r"|deferred"
    r"|not respond|not reachable|unreachable|try again|too many hops|loops? back|mail loop|disabled"
    r"|suspended|inactive|deactivated|locked|postponed"
    r"|expired|queue (time|too long)|4\d\d[ -]4\.|retry time",
    re.IGNORECASE,
)


def enhanced_status(text: str) -> str | None:
    """Return the first enhanced status code in a server's words (RFC 3463), None where it gives none."""
    found = _STATUS.search(text)
    return found[1] if found else None


def concerns_mailbox(text: str) -> bool:
    """Return whether a permanent refusal is about us: policy, reputation, sender, relaying.

    An enhanced status decides where there is one (5.7.x: security or policy; 5.1.7 and 5.1.8: the sender),
    the words elsewhere.
    """
    status = enhanced_status(text)
    if status and status != "5.0.0":
        return status.startswith("5.7.") or status in _SENDER_STATUS
    return bool(_POLICY.search(text)) and not _UNKNOWN.search(text) and not _SIZE.search(text)


def concerns_message(code: int, text: str) -> bool:
    """Return whether a permanent refusal is about this one message: its size or its form."""
    status = enhanced_status(text) or ""
    return code == _SIZE_EXCEEDED or status in _SIZE_STATUS or status.startswith(("5.3.", "5.6."))


def blame_of(status: str | None, words: str) -> Blame:
    """Return whose a failed delivery is, from its status code (RFC 3463) and the server's words.

    Servers write 5.1.1 also where they mean a full mailbox or spam; the words then win.
    """
    words = words.replace("_", " ")
    if status:
        decided = _by_status(status, words)
        if decided is not None:
            return decided
    return _by_words(words)


def _by_status(status: str, words: str) -> Blame | None:
    if status.startswith("4.") or status == "5.2.2":
        return Blame.TEMPORARY
    if status in _SIZE_STATUS:
        return Blame.OURS
    if status.startswith(("5.7.", "5.6.")) or status in _SENDER_STATUS:
        return Blame.TEMPORARY if _FULL.search(words) else Blame.OURS
    if status in _UNKNOWN_STATUS:
        if _FULL.search(words) or _MAY_PASS.search(words):
            return Blame.TEMPORARY
        return Blame.OURS if _is_wrongly_unknown(words) else Blame.PERMANENT
    return None


def _is_wrongly_unknown(words: str) -> bool:
    """Return whether the words of a refusal with the code of an unknown user are about us all the same."""
    if _SIZE.search(words) or _STRONG_POLICY.search(words) or _ABOUT_US.search(words):
        return True
    return bool(_CONTENT.search(words)) and not _NAMED_UNKNOWN.search(words)


def _by_words(words: str) -> Blame:
    """Return the first blame whose words are there, the most certain first."""
    ladder = (
        ((_FULL,), Blame.TEMPORARY),
        ((_STRONG_POLICY, _SIZE), Blame.OURS),
        ((_MAY_PASS,), Blame.TEMPORARY),
        ((_ABOUT_US,), Blame.OURS),
        ((_NAMED_UNKNOWN,), Blame.PERMANENT),
        ((_POLICY, _CONTENT), Blame.OURS),
        ((_PATIENCE,), Blame.TEMPORARY),
        ((_UNKNOWN,), Blame.PERMANENT),
    )
    held = (blame for patterns, blame in ladder if any(pattern.search(words) for pattern in patterns))
    return next(held, Blame.TEMPORARY)
