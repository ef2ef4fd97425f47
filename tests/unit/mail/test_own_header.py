"""Mail whose text begins with a block of headers, and mail that holds nothing but a quotation."""

from datetime import date

import pytest

from agent.domain.inbound import parse
from agent.domain.reading import read
from agent.domain.reading.quoting import new_text
from agent.domain.replies import ReplyKind

TODAY = date(2026, 2, 20)
WHO = "Léa <lea@creator.example>"
# the words for From, Sent, To, Subject in thirteen languages
BLOCKS = {
    "English": ("From", "Sent", "To", "Subject"),
    "French": ("De", "Envoyé", "À", "Objet"),
    "German": ("Von", "Gesendet", "An", "Betreff"),
    "Spanish": ("De", "Enviado el", "Para", "Asunto"),
    "Italian": ("Da", "Inviato", "A", "Oggetto"),
    "Dutch": ("Van", "Verzonden", "Aan", "Onderwerp"),
    "Portuguese": ("De", "Enviado", "Para", "Assunto"),
    "Polish": ("Od", "Wysłano", "Do", "Temat"),
    "Danish": ("Fra", "Sendt", "Til", "Emne"),
    "Swedish": ("Från", "Skickat", "Till", "Ämne"),
    "Finnish": ("Lähettäjä", "Lähetetty", "Vastaanottaja", "Aihe"),
    "Russian": ("От", "Отправлено", "Кому", "Тема"),
    "Czech": ("Od", "Datum", "Komu", "Předmět"),
}


def _block(language: str, sender: str) -> str:
    words = BLOCKS[language]
    return "\n".join(
        f"{word}: {value}"
        for word, value in zip(words, (sender, "20.02.2026 09:00", "anna", "Re: x"), strict=True)
    )


def _mail(body: str, extra: str = "") -> bytes:
    head = f"From: {WHO}\nTo: anna@brand.example\nSubject: Re: x\n{extra}"
    return f"{head}Content-Type: text/plain; charset=utf-8\n\n{body}".encode()


@pytest.mark.parametrize("language", BLOCKS)
def test_headers_that_the_senders_own_program_put_above_the_text_are_no_quotation(language: str) -> None:
    ours = f"{_block(language, 'Anna <anna@brand.example>')}\n\nOur letter."
    body = f"{_block(language, WHO)}\n\nNon merci.\n\n{ours}"
    found = parse(_mail(body))
    assert found.text == "Non merci."
    assert not found.is_only_quoted
    assert new_text(f"{_block(language, WHO)}\n\nNon merci.\n") == "Non merci."


@pytest.mark.parametrize(
    "body",
    [
        f"{_block('French', 'Anna <anna@brand.example>')}\n\nUn simple oui suffit. Stop.",
        "> Un simple oui suffit.\n> Stop.",
        "Le 20/02/2026 à 09:00, Anna <anna@brand.example> a écrit :\n\nUn simple oui suffit. Stop.",
    ],
    ids=["a block", "marked", "a line above"],
)
def test_a_mail_with_nothing_but_a_quotation_is_shown_and_is_nobodys_answer(body: str) -> None:
    found = parse(_mail(body))
    assert "Un simple oui suffit." in found.text
    assert found.is_only_quoted
    assert read(found, today=TODAY).kind is ReplyKind.OTHER
    automatic = parse(_mail(body, "Auto-Submitted: auto-replied\n"))
    assert read(automatic, today=TODAY).kind is ReplyKind.AUTO


def test_an_empty_mail_stays_empty() -> None:
    found = parse(_mail(" \n"))
    assert (found.text, found.is_only_quoted) == ("", False)
