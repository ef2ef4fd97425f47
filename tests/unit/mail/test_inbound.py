"""What is read out of raw mail: the new words, automatic mail, bounces, complaints; and no crash ever."""

import random
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.domain.inbound import parse
from agent.domain.reading import read
from agent.domain.reading.ours import without_ours
from agent.domain.reading.quoting import new_text
from agent.domain.replies import Blame, ReplyKind
from tests.unit.mail.samples import ARF, DSN, EXIM, GMAIL_HTML, OUTLOOK_FR, QMAIL, SAMPLES


def _mail(body: str, *, charset: str = "utf-8", **headers: str) -> bytes:
    message = EmailMessage()
    message["From"] = "Léa <Lea@Creator.example>"
    message["To"] = "anna@brand.example"
    message["Subject"] = "Re: Une idée"
    for name, value in headers.items():
        del message[name.replace("_", "-")]
        message[name.replace("_", "-")] = value
    message.set_content(body, charset=charset)
    return message.as_bytes()


def test_the_deciding_parts_are_read() -> None:
    raw = _mail(
        "Oui !",
        Message_ID="<2@creator.example>",
        In_Reply_To="<1@brand.example>",
        References="<0@brand.example> <1@brand.example>",
        Date="Fri, 20 Feb 2026 23:30:00 -0500",
    )
    mail = parse(raw)
    assert mail.message_id == "<2@creator.example>"
    assert mail.in_reply_to == ("<1@brand.example>",)
    assert mail.references == ("<0@brand.example>", "<1@brand.example>")
    assert (mail.from_name, mail.from_address) == ("Léa", "lea@creator.example")
    assert mail.subject == "Re: Une idée"
    assert mail.sent_on == date(2026, 2, 20)
    assert mail.text == "Oui !"
    assert not mail.is_automatic
    assert mail.failed == ()
    assert mail.original_message_id is None


QUOTATIONS = [
    "On Fri, Feb 20, 2026 at 9:00 AM Anna <anna@brand.example> wrote:\n\n> stop\n> not interested",
    "On Fri, Feb 20, 2026 at 9:00 AM Anna <\nanna@brand.example> wrote:\n\nstop unquoted",
    "On 20 Feb 2026, at 09:00, Anna wrote:\n> stop",
    "Le ven. 20 févr. 2026 à 09:00, Anna <anna@brand.example> a écrit :\n\n> stop",
    "Le 20/02/2026 à 09:00, Anna a écrit :\n> stop",
    "Le ven. 20 févr. 2026 à 09:00, Anna - Brand <anna@brand.example>\na écrit :\n\nstop",
    "> Le 20 févr. 2026 à 09:00, Anna <anna@brand.example> a écrit :\n> stop",
    "-----Original Message-----\nFrom: Anna\nstop",
    "-------- Message d'origine --------\nDe : Anna\nstop",
    "____________\nDe : Anna\nEnvoyé : vendredi 20 février 2026 09:00\nÀ : Léa\nObjet : Une idée\n\nstop",
    "From: Anna <anna@brand.example>\nSent: Friday, February 20, 2026\nTo: Lea\nSubject: An idea\n\nstop",
    "*From:* Anna\n*Date:* Friday\n*To:* Lea\n\nstop",
    "Am Fr., 20. Feb. 2026 um 09:00 Uhr schrieb Anna <anna@brand.example>:\n\n> stop",
    "El vie, 20 feb 2026 a las 9:00, Anna (<anna@brand.example>) escribió:\n\n> stop",
    "Il giorno ven 20 feb 2026 alle ore 09:00 Anna <anna@brand.example> ha scritto:\n\n> stop",
    "Op vr 20 feb 2026 om 09:00 schreef Anna <anna@brand.example>:\n\n> stop",
    "Em sex., 20 de fev. de 2026 às 09:00, Anna <anna@brand.example> escreveu:\n\n> stop",
    "Den fre 20 feb. 2026 kl 09:00 skrev Anna <anna@brand.example>:\n\n> stop",
    "pe 20. helmik. 2026 klo 9.00 Anna (anna@brand.example) kirjoitti:\n\n> stop",
    "pt., 20 lut 2026 o 09:00 Anna <anna@brand.example> napisał(a):\n\n> stop",
    "пт, 20 февр. 2026 г. в 09:00, Anna <anna@brand.example>:\n\n> stop",
    '20.02.2026, 09:00, "Anna" <anna@brand.example>:\n> stop',
    "---------- Forwarded message ---------\nFrom: Anna\nstop",
    "-- \nLéa\nstop pub",
    "Sent from my iPhone\n\n> On 20 Feb 2026, at 09:00, Anna wrote:\n> stop",
    "Envoyé de mon iPhone",
    "Envoyé à partir de Outlook pour iOS<https://aka.ms/o0ukef>",
    "Get Outlook for Android<https://aka.ms/x>",
]


@pytest.mark.parametrize("quotation", QUOTATIONS)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_only_the_new_words_are_theirs(quotation: str, ends: str) -> None:
    raw = _mail(f"Oui avec plaisir !\nLéa\n\n{quotation}\n").replace(b"\n", ends.encode())
    assert parse(raw).text == "Oui avec plaisir !\nLéa"


def _quotations() -> list[tuple[str, str]]:
    blocks = (Path(__file__).parent / "quotations.txt").read_text(encoding="utf-8").split("##### ")[1:]
    return [(name, head.rstrip("\n")) for name, _, head in (block.partition("\n") for block in blocks)]


@pytest.mark.parametrize("head", [head for _, head in _quotations()], ids=[name for name, _ in _quotations()])
@pytest.mark.parametrize("mark", ["", "> "], ids=["bare", "marked"])
def test_a_quotation_is_known_by_its_head_in_every_language(head: str, mark: str) -> None:
    letter = (
        "Bonjour Léa,\nvotre post sur le levain nous a touchés.\n\nRépondez STOP pour ne plus rien recevoir."
    )
    quoted = "\n".join(f"{mark}{line}" for line in letter.split("\n"))
    for gap in ("\n", "\n\n"):
        assert new_text(f"Merci, je réfléchis.\n\n{head}{gap}{quoted}\n") == "Merci, je réfléchis."


def test_the_broken_end_of_a_quoted_line_is_no_answer() -> None:
    text = (
        "Oui !\n\nLe 20/02/2026 à 09:00, Anna a écrit :\n"
        "> Nous aimons vos pains et votre manière de parler du temps long,\n"
        "et votre patience.\n> Anna\n"
    )
    assert new_text(text) == "Oui !"
    inline = "> Combien ?\n150 euros\n> Quand ?\nen mars\n"
    assert new_text(inline) == "150 euros\nen mars"


def test_our_own_letter_is_ours_even_where_nothing_marks_it() -> None:
    letter = (
        "Bonjour Léa,\n\nvotre post sur le levain nous a touchés, et nous aimerions vous envoyer un pain.\n\n"
        "Pour ne plus recevoir de message, répondez STOP.\n\nAnna"
    )
    answer = (
        "Oui volontiers, combien de temps ai-je ?\n\nBonjour Léa,\n"
        "votre post sur le levain nous a touchés, et nous\n"
        "aimerions vous envoyer un pain.\nPour ne plus recevoir de message, répondez STOP.\n\nAnna"
    )
    assert without_ours(answer, [letter]) == "Oui volontiers, combien de temps ai-je ?\n\nBonjour Léa,"
    assert without_ours("Oui\nAnna", [letter]) == "Oui\nAnna"
    assert without_ours(answer, []) == answer


@pytest.mark.parametrize(
    "text",
    [
        "On Thursday I am free.\nOn the other hand, no.",
        "Sent from my desk, is much easier than from a phone.",
        "I wrote to them: no answer.",
        "Le 3 mars à 10h me va.",
        "De : nulle part",
        "Voici mes points :\n-- le premier\n-- le second",
    ],
)
def test_ordinary_sentences_stay(text: str) -> None:
    assert parse(_mail(text)).text == text


def test_answers_between_and_below_quoted_lines_are_kept() -> None:
    body = "On Fri, Feb 20, 2026, Anna wrote:\n> Would you?\n\nYes!\n\n> And a story?\n\nStop writing to me."
    assert parse(_mail(body)).text == "Yes!\n\nStop writing to me."


def test_html_is_read_as_its_reader_sees_it() -> None:
    assert parse(GMAIL_HTML).text == "Non merci & bonne journée\nLéa"
    assert parse(OUTLOOK_FR).text == "Je suis intéressée.\n\nLéa"


def test_the_plain_part_wins_unless_it_is_empty() -> None:
    message = EmailMessage()
    message.set_content("plain words")
    message.add_alternative("<p>html words</p>", subtype="html")
    assert parse(message.as_bytes()).text == "plain words"
    message = EmailMessage()
    message.set_content(" \n")
    message.add_alternative("<p>html words</p><script>stop()</script>", subtype="html")
    assert parse(message.as_bytes()).text == "html words"


@pytest.mark.parametrize("charset", ["iso-8859-1", "windows-1252", "utf-8"])
def test_charsets_are_read(charset: str) -> None:
    raw = _mail("déjà intéressée", charset=charset)
    assert parse(raw).text == "déjà intéressée"


def test_a_wrong_charset_is_read_as_well_as_it_can_be() -> None:
    raw = b"Content-Type: text/plain; charset=nonsense\r\n\r\nint\xe9ress\xe9e\r\n"
    assert parse(raw).text == "intéressée"
    raw = b"Content-Type: text/plain; charset=us-ascii\r\n\r\n" + "intéressée".encode()
    assert parse(raw).text == "intéressée"


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": "auto-generated (failure)"},
        {"Precedence": "auto_reply"},
        {"X_Autoreply": "yes"},
        {"X_Autorespond": "vacation"},
        {"Subject": "Automatic reply: An idea"},
        {"Subject": "Réponse automatique : Une idée"},
        {"Subject": "Out of Office: An idea"},
        {"Subject": "Absence du bureau"},
        {"Subject": "Absence : Une idée"},
        {"Return_Path": "<>"},
    ],
)
def test_automatic_mail_is_known(headers: dict[str, str]) -> None:
    assert parse(_mail("I will be back.", **headers)).is_automatic


@pytest.mark.parametrize(
    "headers",
    [
        {"X_Auto_Response_Suppress": "All"},
        {"Auto_Submitted": "no"},
        {"Subject": "Re: Absence de réponse"},
        {"Subject": "Absence de réponse de votre part"},
        {"Precedence": "list"},
    ],
)
def test_what_a_person_wrote_is_not_called_automatic(headers: dict[str, str]) -> None:
    assert not parse(_mail("Oui", **headers)).is_automatic


# --- bounces and complaints -----------------------------------------------------------------------


def _dsn(action: str, status: str, diagnostic: str) -> bytes:
    return (
        DSN.replace(b"ACTION", action.encode())
        .replace(b"STATUS", status.encode())
        .replace(b"DIAGNOSTIC", diagnostic.encode())
    )


@pytest.mark.parametrize(
    ("action", "status", "diagnostic", "blame"),
    [
        ("failed", "5.1.1", "550 5.1.1 user unknown", Blame.PERMANENT),
        ("failed", "5.1.2", "550 host unknown", Blame.PERMANENT),
        ("failed", "5.1.6", "551 has moved", Blame.PERMANENT),
        ("failed", "5.0.0", "550 no such user here", Blame.PERMANENT),
        ("failed", "5.4.4", "550 5.4.4 Host or domain name not found", Blame.PERMANENT),
        ("failed", "5.0.0", "550 5.1.1 <lea@creator.example>: Recipient address rejected", Blame.PERMANENT),
        ("delayed", "4.4.1", "connection timed out", Blame.TEMPORARY),
        ("delayed", "5.1.1", "user unknown", Blame.TEMPORARY),
        ("failed", "4.4.7", "delivery time expired", Blame.TEMPORARY),
        ("failed", "5.2.2", "552 mailbox full", Blame.TEMPORARY),
        ("failed", "5.1.1", "550 5.1.1 over quota", Blame.TEMPORARY),
        ("failed", "5.2.1", "550 mailbox disabled", Blame.TEMPORARY),
        ("failed", "5.0.0", "554 service currently unavailable", Blame.TEMPORARY),
        ("failed", "5.7.1", "550 5.7.1 rejected", Blame.OURS),
        ("failed", "5.0.0", "550 looks like spam", Blame.OURS),
        ("failed", "5.0.0", "554 blocked using zen.spamhaus.org", Blame.OURS),
        ("failed", "5.2.3", "552 message too large", Blame.OURS),
        ("failed", "5.1.8", "553 sender's domain does not exist", Blame.OURS),
        ("failed", "5.1.1", "550 5.1.1 message refused as spam", Blame.OURS),
    ],
)
def test_a_bounce_says_whose_fault_it_is(action: str, status: str, diagnostic: str, blame: Blame) -> None:
    mail = parse(_dsn(action, status, diagnostic))
    (failed,) = mail.failed
    assert failed.address == "lea@creator.example"
    assert failed.blame is blame
    assert status in failed.reason
    assert mail.original_message_id == "<1.abc@brand.example>"
    assert read(mail, today=date(2026, 2, 20)).kind is ReplyKind.BOUNCE


@pytest.mark.parametrize("action", ["delivered", "relayed", "expanded"])
def test_a_receipt_of_delivery_is_no_bounce(action: str) -> None:
    assert parse(_dsn(action, "2.0.0", "250 ok")).failed == ()


def test_servers_that_write_prose_are_understood() -> None:
    (exim,) = parse(EXIM).failed
    assert (exim.address, exim.blame) == ("lea@creator.example", Blame.PERMANENT)
    assert parse(EXIM).original_message_id == "<1.abc@brand.example>"
    (qmail,) = parse(QMAIL).failed
    assert (qmail.address, qmail.blame) == ("lea@creator.example", Blame.TEMPORARY)


def test_a_person_who_writes_about_a_failed_delivery_is_no_bounce() -> None:
    mail = parse(_mail("Ma boîte était pleine, le mail à zoe@creator.example n'a pas pu être délivré. Oui !"))
    assert mail.failed == ()


def test_a_complaint_is_known_by_its_form() -> None:
    mail = parse(ARF)
    assert mail.is_complaint
    assert mail.failed == ()
    assert mail.original_message_id == "<1.abc@brand.example>"
    assert not parse(ARF.replace(b"Feedback-Type: abuse", b"Feedback-Type: not-spam")).is_complaint


# --- no bytes break it ----------------------------------------------------------------------------


def test_two_thousand_broken_mails_are_read() -> None:
    chance = random.Random(7)
    for number in range(2_000):
        raw = bytearray(SAMPLES[number % len(SAMPLES)])
        for _ in range(chance.randint(1, 30)):
            _break(raw, chance)
        mail = parse(bytes(raw))
        read(mail, today=date(2026, 2, 20))


def _break(raw: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(raw) + 1)
    match chance.randrange(5):
        case 0:
            raw[at : at + 1] = bytes([chance.randrange(256)])
        case 1:
            del raw[at : at + chance.randint(1, 40)]
        case 2:
            raw[at:at] = chance.choice(
                [b"=?utf-8?b?/?=", b"\x00", b"\r\n\r\n", b'"', b"--", b"\xff\xfe", b"=?x?q?=E9?="]
            )
        case 3:
            raw[at:at] = raw[at : at + chance.randint(1, 200)]
        case _:
            raw[at:at] = b"Content-Type: multipart/mixed; boundary=\r\n"


@given(st.binary(max_size=2_000))
def test_no_bytes_at_all_break_it(raw: bytes) -> None:
    read(parse(raw), today=date(2026, 2, 20))


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\r\n\r\n",
        b"Content-Type: message/rfc822\r\n\r\n" * 3_000,
        b"".join(
            b"Content-Type: multipart/mixed; boundary=%d\r\n\r\n--%d\r\n" % (n, n) for n in range(2_000)
        ),
        b"Subject: " + b"=?utf-8?q?x?= " * 20_000 + b"\r\n\r\nx",
        b"From: " + b"(" * 50_000 + b"\r\n\r\nx",
        b"To: x\r\n\r\n" + b">" * 200_000,
        b"Content-Type: text/html\r\n\r\n" + b"<div><blockquote>" * 30_000,
        b"Content-Type: text/html\r\n\r\n" + b"<" * 100_000,
        b"From: mailer-daemon@x\r\nSubject: failure notice\r\n\r\nfailed " + b"a@" * 50_000,
        b"\r\n\r\n" + b"on 1 wrote " * 20_000,
        b"\r\n\r\n" + b"On 1\n" * 20_000,
        b"\r\n\r\n" + b"user " * 20_000,
        b"\r\n\r\n" + b"-" * 100_000 + b"x",
        b"\r\n\r\n" + b"not " * 20_000,
        b"Date: Fri, 99 Xxx 99999 99:99:99 +9999\r\n\r\nback on 99 March",
    ],
    ids=range(16),
)
def test_extremes_are_read_in_a_moment(raw: bytes) -> None:
    read(parse(raw), today=date(2026, 2, 20))
