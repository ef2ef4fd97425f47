"""Approved letters for mailers to hand over."""

from hashlib import sha256

from agent.domain.seal import ApprovedLetter
from tests.builders import a_delivery, an_approval

RAW = (
    b"Message-ID: <1.abc@brand.example>\r\nFrom: anna@brand.example\r\nTo: lea@creator.example\r\n"
    b"Subject: Une =?utf-8?q?id=C3=A9e?=\r\n\r\nBonjour,\r\n.\r\n..deux points\r\n. un\r\nAnna\r\n"
)


def approved(
    raw: bytes = RAW,
    *,
    message_id: str = "<1.abc@brand.example>",
    to: str = "lea@creator.example",
    sender: str = "anna@brand.example",
) -> ApprovedLetter:
    approval = an_approval()
    delivery = a_delivery(
        approval_id=approval.id,
        seal=approval.seal,
        message_id=message_id,
        envelope_from=sender,
        envelope_to=to,
        raw=raw,
        digest=sha256(raw).hexdigest(),
    )
    return ApprovedLetter(delivery, approval)
