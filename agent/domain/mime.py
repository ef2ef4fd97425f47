"""The exact bytes of a letter on the wire: one recipient, plain text, no header that a stranger can bend."""

import re
import unicodedata
from datetime import datetime
from email import message_from_bytes
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from agent.domain.errors import NotApprovable
from agent.domain.seal import Correspondent, Outgoing

_SIGNATURE = re.compile(rb"(?:DKIM-Signature: [^\r\n]*\r\n(?:[ \t][^\r\n]*\r\n)*)?")
"""One header field with its folded lines, or nothing."""
_BREAKS = frozenset("\u2028\u2029\u0085")


def compose(outgoing: Outgoing, *, message_id: str, at: datetime) -> bytes:
    """Return the message as RFC 5322 bytes with CRLF line ends; `at` is aware and becomes its Date.

    Raises NotApprovable, naming the header, where one holds a control character or an address that is
    none (CVE-2024-6923 and CVE-2026-1299: the standard library alone is no guard).
    """
    message = EmailMessage(policy=SMTP.clone(cte_type="7bit", max_line_length=76))
    message["Date"] = format_datetime(at)
    message["From"] = _address("From", outgoing.sender)
    message["To"] = _address("To", outgoing.to)
    if outgoing.reply_to != outgoing.sender.email:
        message["Reply-To"] = _address("Reply-To", Correspondent(name="", email=outgoing.reply_to))
    message["Subject"] = _clean("Subject", outgoing.subject)
    message.set_content(
        outgoing.body.rstrip("\n") + "\n", subtype="plain", charset="utf-8", cte="quoted-printable"
    )
    message["Content-Language"] = _clean("Content-Language", outgoing.language)
    for attachment in outgoing.attachments:
        maintype, _, subtype = attachment.media_type.partition("/")
        message.add_attachment(
            attachment.content,
            maintype=maintype,
            subtype=subtype,
            filename=_clean("filename", attachment.filename),
        )
    return _exact_headers(outgoing, message_id) + message.as_bytes()


def read_body(raw: bytes) -> str:
    """Return the plain text that a message of ours carries, with LF line ends."""
    # the parts alone: a policy that understands every header takes five times as long
    parts = (part for part in message_from_bytes(raw).walk() if part.get_content_type() == "text/plain")
    part = next((each for each in parts if each.get_content_disposition() != "attachment"), None)
    payload = part.get_payload(decode=True) if part is not None else None
    if part is None or not isinstance(payload, bytes):
        return ""
    text = payload.decode(part.get_content_charset("utf-8"), errors="replace")
    return text.replace("\r\n", "\n")


def is_signed_or_plain(raw: bytes, composed: bytes) -> bool:
    """Return whether these are the composed bytes, with nothing before them but one DKIM signature."""
    if not raw.endswith(composed):
        return False
    return _SIGNATURE.fullmatch(raw.removesuffix(composed)) is not None


def has_control(value: str) -> bool:
    """Return whether a header value holds a C0 or C1 control, any line break or a lone surrogate."""
    if value.isprintable():  # nothing of the kind prints
        return False
    return any(unicodedata.category(char) in {"Cc", "Cs"} or char in _BREAKS for char in value)


def _exact_headers(outgoing: Outgoing, message_id: str) -> bytes:
    """Return the headers that machines compare, folded at spaces alone.

    The library would break a long token or address in two or write it as an encoded word, which RFC 2369 and
    RFC 5322 3.6.4 do not know: one click would lead nowhere, and a thread would fall apart.
    """
    headers = {"Message-ID": [message_id]}
    if outgoing.in_reply_to:
        headers["In-Reply-To"] = [outgoing.in_reply_to]
        headers["References"] = list(outgoing.references)
    answers = _address("Reply-To", Correspondent(name="", email=outgoing.reply_to)).addr_spec
    mailto = f"<mailto:{answers}?subject=STOP>"
    if outgoing.unsubscribe_url is None:
        headers["List-Unsubscribe"] = [mailto]
    else:
        # RFC 8058: the https target takes one POST; without one, no -Post header
        headers["List-Unsubscribe"] = [f"<{outgoing.unsubscribe_url}>,", mailto]
        headers["List-Unsubscribe-Post"] = ["List-Unsubscribe=One-Click"]
    folded = {name: "\r\n ".join(_ascii(name, word) for word in words) for name, words in headers.items()}
    return "".join(f"{name}: {value}\r\n" for name, value in folded.items()).encode("ascii")


def _ascii(header: str, word: str) -> str:
    if not word.isascii() or any(char.isspace() for char in _clean(header, word)):
        raise NotApprovable(f"The {header} of this letter would hold “{word}”, which is not one plain word.")
    return word


def _address(header: str, correspondent: Correspondent) -> Address:
    name, email = _clean(header, correspondent.name), _clean(header, correspondent.email)
    local, at, domain = email.rpartition("@")
    if not at or not local or not domain or not local.isascii() or any(char.isspace() for char in email):
        raise NotApprovable(
            f"The {header} address “{email}” cannot be written to: it needs one @, no spaces and an ASCII "
            "name before the @. Correct it in the import."
        )
    try:
        wire_domain = domain.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise NotApprovable(f"The domain of the {header} address “{email}” is not valid.") from error
    return Address(display_name=name, username=local, domain=wire_domain)


def _clean(header: str, value: str) -> str:
    if has_control(value):
        raise NotApprovable(f"The {header} of this letter holds a control character or a line break.")
    return value
