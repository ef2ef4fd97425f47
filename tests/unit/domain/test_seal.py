"""The seal covers everything, and only the sealed bytes become an approved letter."""

from dataclasses import fields, replace
from typing import Any

import pytest

from agent.domain.channel import Channel
from agent.domain.errors import NotReleased
from agent.domain.ids import ApprovalId, Seal
from agent.domain.seal import ApprovedLetter, Attachment, Correspondent, Outgoing, seal_of
from tests.builders import a_delivery, an_approval

OUTGOING = Outgoing(
    to=Correspondent(name="Léa", email="lea@creator.example"),
    sender=Correspondent(name="Camille, Savon du Sud", email="camille@savon.example"),
    reply_to="camille@savon.example",
    subject="votre savon",
    body="Bonjour Léa,\n",
    language="fr",
    attachments=(Attachment(filename="a.pdf", media_type="application/pdf", content=b"%PDF"),),
    unsubscribe_url="https://desk.example/unsubscribe/x",
    in_reply_to="<1@savon.example>",
    references=("<1@savon.example>",),
    offer="gift",
    evidence=("post:1:ab",),
    prompt="first_touch.fr@0",
    model="offline",
)
SEALED_BEFORE = "a8a96c92f95823b1af6f3fd3a7852408340b0a8218ad6cdbb35cc9762d9af678"
CHANGED: dict[str, Any] = {
    "channel": Channel.DM,
    "person": "instagram:lea",
    "profile_url": "https://instagram.example/lea",
    "to": Correspondent(name="Léa", email="lea@attacker.example"),
    "sender": Correspondent(name="Camille", email="camille@savon.example"),
    "reply_to": "else@savon.example",
    "subject": "votre savon ",
    "body": "Bonjour Léa,\n\n",
    "language": "en",
    "attachments": (Attachment(filename="a.pdf", media_type="application/pdf", content=b"%PDG"),),
    "unsubscribe_url": None,
    "in_reply_to": None,
    "references": (),
    "offer": "gift and cash",
    "evidence": ("post:1:ac",),
    "prompt": "first_touch.fr@1",
    "model": "other",
    "answers": "r-1:ab",
}


@pytest.mark.parametrize("field", [field.name for field in fields(Outgoing)])
def test_changing_any_field_changes_the_seal(field: str) -> None:
    assert seal_of(replace(OUTGOING, **{field: CHANGED[field]})) != seal_of(OUTGOING)


def test_a_letter_that_was_sealed_before_there_were_channels_keeps_its_seal() -> None:
    # computed by the release before: an upgrade must not send a full outbox back to review
    assert seal_of(OUTGOING) == SEALED_BEFORE


def test_the_same_message_has_the_same_seal() -> None:
    assert seal_of(replace(OUTGOING)) == seal_of(OUTGOING)


def test_fields_do_not_run_into_each_other() -> None:
    one = replace(OUTGOING, subject="ab", reply_to="c")
    other = replace(OUTGOING, subject="a", reply_to="bc")
    assert seal_of(one) != seal_of(other)


def test_a_delivery_and_its_approval_make_an_approved_letter() -> None:
    delivery, approval = a_delivery(), an_approval()
    letter = ApprovedLetter(delivery, approval)
    assert letter.raw == delivery.raw
    assert letter.envelope_to == delivery.envelope_to


def test_one_changed_byte_is_not_released() -> None:
    tampered = replace(a_delivery(), raw=a_delivery().raw + b" ")
    with pytest.raises(NotReleased, match="changed after the approval"):
        ApprovedLetter(tampered, an_approval())


@pytest.mark.parametrize(
    "approval",
    [replace(an_approval(), id=ApprovalId("a-other")), replace(an_approval(), seal=Seal("0" * 64))],
)
def test_somebody_elses_approval_releases_nothing(approval: Any) -> None:
    with pytest.raises(NotReleased, match="does not belong"):
        ApprovedLetter(a_delivery(), approval)
