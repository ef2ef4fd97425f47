"""Whether mail of ours arrives well: SPF, DKIM, DMARC, the server, its log-in, in plain sentences."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

from agent.adapters.dkim_signer import Texts
from agent.bootstrap import build, dkim_signer, mailboxes, mailer_of, smtp_mailer
from agent.cli.doctor import Check
from agent.domain.errors import NanoreachError, Unavailable
from agent.ports import MailReader, Ports
from agent.settings import Settings

if TYPE_CHECKING:
    from agent.adapters.smtp import SmtpMailer

_TOO_OPEN = ("+all", "?all")


def examine_mail(settings: Settings, texts: Texts) -> tuple[Check, ...]:
    """Return every check, domain by domain; one that fails never hides the next."""
    try:
        ports = build(settings)
    except NanoreachError as error:
        return (Check(name="set-up", is_well=False, sentence=str(error)),)
    with ports.store.read() as tx:
        senders = sorted({sender.email for brand in tx.brands.all() for sender in brand.senders})
    domains = sorted({sender.rpartition("@")[2].casefold() for sender in senders})
    looks = [("server", partial(_server, ports, settings)), ("unsubscribe", partial(_unsubscribe, settings))]
    accounts = mailboxes(settings)
    looks += [(f"server of {each.address}", partial(_greeted, mailer_of(each))) for each in accounts]
    looks += [(f"reading {each.account}", partial(_read, each)) for each in ports.readers]
    for domain in domains:
        looks += [
            (f"SPF of {domain}", partial(_spf, domain, texts)),
            (f"DKIM of {domain}", partial(_dkim, domain, settings, texts)),
            (f"DMARC of {domain}", partial(_dmarc, domain, texts)),
        ]
    if not domains:
        looks.append(("senders", partial(_no_sender)))
    return tuple(_look(name, look) for name, look in looks)


def _look(name: str, look: Callable[[], str]) -> Check:
    try:
        return Check(name=name, is_well=True, sentence=look())
    except NanoreachError as error:
        return Check(name=name, is_well=False, sentence=str(error))


def _server(ports: Ports, settings: Settings) -> str:
    mailer = smtp_mailer(settings)
    if mailer is None:
        if mailboxes(settings):
            return "each mailbox of mailboxes.yaml writes by its own server; other letters become files."
        return f"letters become files in {ports.mailer.where}; set NANOREACH_SMTP_URL to send them."
    return _greeted(mailer)


def _greeted(mailer: "SmtpMailer") -> str:
    try:
        return mailer.greet()
    finally:
        mailer.close()


def _read(reader: MailReader) -> str:
    newest = 2**32 - 1
    for _mail in reader.fetch(lambda _folder, _validity: newest):
        break
    return "it can be read."


def _spf(domain: str, texts: Texts) -> str:
    found = _records(texts(domain), "v=spf1")
    if not found:
        raise Unavailable(
            f"{domain} has no SPF record, so that receivers cannot know which servers write for it. Publish "
            f"a TXT record at {domain}, such as “v=spf1 include:your-provider.example -all”."
        )
    if len(found) > 1:
        raise Unavailable(
            f"{domain} has {len(found)} SPF records; receivers treat that as an error. Join them into one."
        )
    if any(word in _TOO_OPEN or word == "all" for word in found[0].casefold().split()):
        raise Unavailable(f"{domain} lets any server write for it (“{found[0]}”); end the record with -all.")
    return found[0]


def _dkim(domain: str, settings: Settings, texts: Texts) -> str:
    signer = dkim_signer(settings)
    if signer is None or signer.domain.casefold() != domain:
        return (
            "nanoreach does not sign for it; fine where your mail server does. Otherwise set "
            "NANOREACH_DKIM_DOMAIN, NANOREACH_DKIM_SELECTOR and NANOREACH_DKIM_KEY_FILE."
        )
    problem = signer.published(texts)
    if problem:
        raise Unavailable(f"Signatures cannot be verified: {problem}.")
    return f"letters are signed with {signer.selector}._domainkey.{domain}, and the published key fits."


def _dmarc(domain: str, texts: Texts) -> str:
    found = _records(texts(f"_dmarc.{domain}"), "v=dmarc1")
    if not found:
        raise Unavailable(
            f"{domain} has no DMARC record; large receivers ask bulk senders for one. Publish a TXT record "
            f"at _dmarc.{domain}, to begin with “v=DMARC1; p=none; rua=mailto:you@{domain}”."
        )
    return found[0]


def _unsubscribe(settings: Settings) -> str:
    if settings.public_url is None:
        return "people object by answering STOP; set NANOREACH_PUBLIC_URL for a one-click link."
    return f"one click at {settings.public_url}/unsubscribe/…, and by answering STOP."


def _no_sender() -> str:
    raise Unavailable(
        "No brand is imported yet, so there is no sender to look at: nanoreach import brand FILE"
    )


def _records(texts: Iterable[str], version: str) -> list[str]:
    return [text for text in texts if text.casefold().startswith(version)]
