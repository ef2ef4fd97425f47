"""The bytes on the wire: exact, one recipient, no header that a stranger can bend."""

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import SMTP

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.domain.errors import NotApprovable
from agent.domain.mime import compose, has_control, is_signed_or_plain, read_body
from agent.domain.seal import Correspondent
from tests.unit.domain.test_seal import OUTGOING

AT = datetime(2026, 11, 22, 16, 0, tzinfo=UTC)
PLAIN = replace(OUTGOING, attachments=())


def composed(**changes: object) -> bytes:
    return compose(replace(PLAIN, **changes), message_id="<m-1@savon.example>", at=AT)  # type: ignore[arg-type]  # a test's own names


@given(
    st.text(
        st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), include_characters="\n\t"), max_size=400
    )
)
def test_the_body_comes_back_as_it_was_written(body: str) -> None:
    assert read_body(composed(body=body)).rstrip("\n") == body.rstrip("\n")


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=200))
def test_the_wire_is_ascii_in_short_lines_with_crlf_alone(body: str) -> None:
    raw = composed(body=body)
    raw.decode("ascii")
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert b"\r" not in raw.replace(b"\r\n", b"")
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998  # RFC 5322 2.1.1


@pytest.mark.parametrize("break_", ["\r", "\n", "\r\n", "\u2028", "\u2029", "\x00", "\x1b", "\x85"])
@pytest.mark.parametrize("field", ["subject", "to", "sender", "reply_to", "unsubscribe_url"])
def test_a_line_break_in_any_header_is_refused(field: str, break_: str) -> None:
    hostile = f"a{break_}Bcc: victim@other.example"
    person = Correspondent(name=hostile, email="a@b.example")
    value = person if field in {"to", "sender"} else hostile
    with pytest.raises(NotApprovable):
        composed(**{field: value})


def test_there_is_one_recipient_and_no_copy() -> None:
    message = message_from_bytes(composed(), policy=SMTP)
    assert len(message["To"].addresses) == 1
    assert message["Cc"] is None
    assert message["Bcc"] is None


def test_a_follow_up_points_to_the_letter_before_it() -> None:
    message = message_from_bytes(composed(), policy=SMTP)
    assert message["In-Reply-To"] == "<1@savon.example>"
    assert message["References"] == "<1@savon.example>"


def test_one_click_is_offered_only_where_there_is_a_link() -> None:
    with_link = message_from_bytes(composed(), policy=SMTP)
    without = message_from_bytes(composed(unsubscribe_url=None), policy=SMTP)
    assert with_link["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert without["List-Unsubscribe-Post"] is None
    assert without["List-Unsubscribe"].startswith("<mailto:")


def test_what_machines_compare_is_never_encoded_or_broken_in_two() -> None:
    long = "d" * 60
    raw = composed(
        unsubscribe_url=f"https://desk.{long}.example/unsubscribe/{'t' * 120}",
        in_reply_to=f"<m-1@{long}.example>",
        references=(f"<m-1@{long}.example>", f"<m-2@{long}.example>", f"<m-3@{long}.example>"),
        reply_to=f"camille@{long}.example",
    )
    head = raw.partition(b"\r\n\r\n")[0].replace(b"\r\n ", b" ")
    for line in head.split(b"\r\n"):
        if line.startswith((b"List-", b"In-Reply-To", b"References", b"Message-ID")):
            assert b"=?" not in line
    assert (
        f"<https://desk.{long}.example/unsubscribe/{'t' * 120}>, <mailto:camille@{long}.example".encode()
        in head
    )
    assert f"References: <m-1@{long}.example> <m-2@{long}.example> <m-3@{long}.example>".encode() in head


def test_an_international_domain_goes_out_in_its_ascii_form() -> None:
    raw = composed(to=Correspondent(name="", email="lea@exämple.example"))
    assert b"lea@xn--exmple-cua.example" in raw


@pytest.mark.parametrize("email", ["léa@b.example", "no-at", "a b@c.example", "@b.example", "a@"])
def test_an_address_that_cannot_be_written_to_is_refused_in_words(email: str) -> None:
    with pytest.raises(NotApprovable, match="address"):
        composed(to=Correspondent(name="Léa", email=email))


def test_letters_and_typography_are_no_controls() -> None:
    assert not has_control("Bonjour Léa\u202f: « ça va\u00a0» 🌿")


def test_nothing_but_one_signature_may_stand_before_what_was_composed() -> None:
    composed = b"Subject: a\r\n\r\nhello\r\n"
    signature = b"DKIM-Signature: v=1; a=rsa-sha256;\r\n b=abc\r\n\tdef\r\n"
    assert is_signed_or_plain(composed, composed)
    assert is_signed_or_plain(signature + composed, composed)
    for before in (b"Bcc: x@x.example\r\n", signature + b"Bcc: x@x.example\r\n", signature * 2, b" \r\n"):
        assert not is_signed_or_plain(before + composed, composed)
    assert not is_signed_or_plain(composed + b"more", composed)
