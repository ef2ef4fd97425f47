"""The whole road on real creators: from files to sent letters, follow-ups and an answer."""

import json
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from agent.bootstrap import build
from agent.domain.mime import read_body
from agent.ports import Ports
from agent.settings import Settings
from agent.usecases.outbox import outbox
from tests.cli import ROOT, command, environment, run
from tests.e2e.conftest import Visitor
from tests.integration.mail_servers import PASSWORD, USER, Dovecot, dovecot_server

pytestmark = [pytest.mark.browser, pytest.mark.data]

FIXTURES = ROOT / "tests" / "fixtures" / "walk"
CAMPAIGN = "levain-maison"
CHOSEN = 30
Save = Callable[..., Path]
Shown = tuple[str, str, str]
"""Address, subject and body, as a page showed them."""


def test_from_files_to_an_answer(
    tmp_path: Path, shared_data: Path, browser_page: Callable[..., Visitor], screenshot: Save
) -> None:
    home = tmp_path / "home"
    creators = shared_data / "match" / "creators.jsonl"
    assert run(home, "init").code == 0
    for brand in ("pain-vivant.yaml", "north-trail.yaml"):
        assert run(home, "import", "brand", FIXTURES / brand).code == 0
    imported = run(home, "import", "creators", creators, "--json").json
    assert (imported["added"], len(imported["skipped"])) == (2849, 0)

    build_with_an_interruption(home)
    assert run(home, "index", "verify").code == 0
    for campaign in (CAMPAIGN, "north-walks"):
        matches = run(home, "match", campaign, "--limit", "5", "--json").json
        assert len(matches) == 5
        assert all(match["reasons"] for match in matches)

    sure = run(home, "shortlist", CAMPAIGN, "--limit", str(CHOSEN), "--dry-run", "--json").json
    assert 0 < len(sure["chosen"]) < CHOSEN, "few bakers write French: the list is not filled with others"
    shortlist = run(
        home, "shortlist", CAMPAIGN, "--limit", str(CHOSEN), "--json", NANOREACH_FIT_FLOOR="0"
    ).json
    chosen = [each["creator"] for each in shortlist["chosen"]]
    assert len(chosen) == CHOSEN
    assert sorted(shortlist["without_address"]) == sorted(chosen)

    second = run(home, "import", "creators", addresses_for(chosen, tmp_path), "--json").json
    assert (second["added"], second["updated"]) == (0, CHOSEN)

    drafted = run(home, "draft", CAMPAIGN, "--json").json
    assert drafted["writer"] == "offline"
    assert drafted["pending"] >= 3
    assert drafted["pending"] + drafted["blocked"] + len(drafted["failed"]) == CHOSEN

    shown = approve_three_in_the_browser(home, browser_page(), screenshot)
    sent = run(home, "send", "--json").json
    assert len(sent["sent"]) == 3
    the_files_hold_exactly_what_was_approved(home, shown)

    six_days_on = datetime.now(UTC) + timedelta(days=6)
    proposed = run(home, "tick", "--at", six_days_on.isoformat(), "--json").json
    assert len(proposed["follow_ups"]["proposed"]) + len(proposed["follow_ups"]["blocked"]) == 3
    assert len(proposed["follow_ups"]["proposed"]) == 3
    assert proposed["sent"]["sent"] == []

    with dovecot_server() as mailbox:
        an_answer_stops_one_of_them(home, mailbox)
    assert len(letters(home)) == 3


def build_with_an_interruption(home: Path) -> None:
    """Build the index, press Ctrl-C in the middle, and build again."""
    builder = subprocess.Popen(
        command(home, "index", "build"),
        env=environment(),
        cwd=home.parent,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    vectors = home / "vectors"
    deadline = time.monotonic() + 120
    while size_of(vectors) < 1_000_000 and time.monotonic() < deadline:
        assert builder.poll() is None, "the build ended before it could be interrupted"
        time.sleep(0.02)
    builder.send_signal(signal.SIGINT)
    _, err = builder.communicate(timeout=120)
    assert builder.returncode == 3, err
    assert "kept" in err
    again = run(home, "index", "build", "--json").json
    assert again["reused"] > 0
    assert again["embedded"] > 0
    assert again["creators"] == 2849
    assert run(home, "index", "build", "--json").json["embedded"] == 0


def size_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def addresses_for(chosen: list[str], folder: Path) -> Path:
    """Return a second file: addresses with their source, for creators who are known already."""
    rows = []
    for number, person in enumerate(chosen):
        platform, _, handle = person.partition(":")
        rows.append(
            {
                "platform": platform,
                "handle": handle.upper() if number == 0 else handle,
                "email": f"creator{number}@example.org",
                "email_source": {"kind": "bio", "url": f"https://{platform}.example/{handle}"},
                "business_contact": True,
            }
        )
    path = folder / "addresses.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def approve_three_in_the_browser(
    home: Path, visitor: Visitor, screenshot: Save
) -> list[tuple[str, str, str]]:
    """Make the first account through the link that `serve` prints, and approve three letters with a key.

    Return address, subject and body of each as the page showed them.
    """
    page = visitor.page
    with serving(home) as link:
        page.goto(link)
        screenshot(page, "walk-set-up")
        page.get_by_label("Your name").fill("Inès")
        page.get_by_label("E-mail address").fill("ines@pain-vivant.example")
        page.get_by_label("Password").fill("une phrase facile à retenir")
        page.get_by_role("button", name="Make the account").click()
        expect(page.get_by_role("heading", name="letters to read")).to_be_visible()
        page.goto(f"{link.partition('/setup')[0]}/?status=pending")
        screenshot(page, "walk-queue")
        page.locator("a[href^='/drafts/']").first.click()
        expect(page.get_by_role("article", name="The letter")).to_be_visible()
        screenshot(page, "walk-letter")
        shown = [approve_what_is_shown(page) for _ in range(3)]
    assert visitor.complaints == []
    return shown


def approve_what_is_shown(page: Page) -> Shown:
    letter = page.get_by_role("article", name="The letter")
    expect(page.get_by_role("button", name="Approve")).to_be_visible()
    here = page.url
    shown = (
        letter.locator(".address").first.inner_text(),
        letter.locator(".letter__subject").inner_text(),
        letter.locator(".letter__body").inner_text(),
    )
    page.keyboard.press("a")
    page.wait_for_url(lambda url: url != here)
    return shown


@contextmanager
def serving(home: Path) -> Iterator[str]:
    """Serve the desk as `nanoreach serve` does; give the link that it prints."""
    desk = subprocess.Popen(
        command(home, "serve", "--port", "0"),
        env=environment(PYTHONUNBUFFERED="1"),
        cwd=home.parent,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert desk.stdout is not None
        yield desk.stdout.readline().strip()
    finally:
        desk.terminate()
        desk.communicate(timeout=30)


def ports_at(home: Path) -> Ports:
    return build(Settings.load(home=home))


def letters(home: Path) -> list[bytes]:
    return [path.read_bytes() for path in sorted((home / "outbox").glob("*.eml"))]


def the_files_hold_exactly_what_was_approved(home: Path, shown: list[Shown]) -> None:
    files = letters(home)
    deliveries = outbox(ports_at(home))
    assert sorted(files) == sorted(delivery.raw for delivery in deliveries)
    assert len(files) == 3
    seen = {to.strip("<>").rpartition("<")[2]: (subject, body) for to, subject, body in shown}
    for raw in files:
        message = message_from_bytes(raw, policy=SMTP)
        subject, body = seen[message["To"].addresses[0].addr_spec]
        assert str(message["Subject"]) == subject
        assert words_of(read_body(raw)) == words_of(body)


def words_of(text: str) -> list[str]:
    return text.split()


def an_answer_stops_one_of_them(home: Path, mailbox: Dovecot) -> None:
    first = outbox(ports_at(home))[0]
    answer = EmailMessage(policy=SMTP)
    answer["From"] = first.envelope_to
    answer["To"] = first.mailbox
    answer["Subject"] = "Re: votre lettre"
    answer["Message-ID"] = "<answer@example.org>"
    answer["In-Reply-To"] = first.message_id
    answer.set_content("Bonjour, non merci, ce n’est pas pour moi.\n")
    mailbox.append(answer.as_bytes())
    imap = f"imap://{quote(USER, safe='')}:{quote(PASSWORD, safe='')}@127.0.0.1:{mailbox.port}/INBOX"
    fetched = run(home, "mail", "fetch", "--json", NANOREACH_IMAP_URL=imap).json
    assert fetched["kinds"] == {"declined": 1}
    waiting = run(home, "review", "list", "--status", "pending", "--json").json
    follow_ups = [letter for letter in waiting if letter["touch"] == 2]
    assert len(follow_ups) == 2
    assert first.envelope_to not in {letter["to"] for letter in follow_ups}
