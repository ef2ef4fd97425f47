"""The only place that chooses adapters."""

import os
import socket
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from agent.adapters.clock import SystemClock
from agent.adapters.eml_folder import EmlFolder
from agent.adapters.home_files import FolderFiles
from agent.adapters.kept_expansions import ExpansionFolder
from agent.adapters.languages import Lingua
from agent.adapters.law import LawFile
from agent.adapters.mailbox_file import NAME as MAILBOXES
from agent.adapters.mailbox_file import MailboxAccount, read_mailboxes
from agent.adapters.mailbox_routes import MailerPerSender, SentFolders
from agent.adapters.mark_file import MarkFile
from agent.adapters.names import KeyedHashes, RandomIds, SignedLinks, fresh_key
from agent.adapters.offline import OfflineWriter
from agent.adapters.passwords import Argon2Passwords
from agent.adapters.public_holidays import public_holiday
from agent.adapters.sense import learned_sense
from agent.adapters.similarity import VectorIndex, library_of
from agent.adapters.sources.written import YamlBrands
from agent.adapters.typeset import TypstTypesetter
from agent.domain.errors import BadInput, Unavailable
from agent.domain.taken import Manners
from agent.ports import (
    Briefing,
    Ceiling,
    Clock,
    Expanding,
    Labeller,
    Mailer,
    MailReader,
    Ports,
    SentMail,
    Store,
    Writer,
    unsigned,
)
from agent.settings import Settings
from agent.usecases.spending import StorePurse

if TYPE_CHECKING:
    from agent.adapters.dkim_signer import DkimSigner
    from agent.adapters.imap import ImapReader, ImapServer
    from agent.adapters.llm import Endpoint, Line
    from agent.adapters.smtp import SmtpMailer

_KEY_FILE = "secret.key"
_VECTORS = "vectors"
_EXPANSIONS = "expansions"
_MARK = "outbox.mark"
_SHORTEST_KEY = 32


def build(settings: Settings, *, clock: Clock | None = None, with_ray: bool = False) -> Ports:
    """Return the ports for these settings; a home that does not exist yet is made.

    With Ray, an index is built on all the machines that RAY_ADDRESS names, or on all cores of this one.
    Raises BadInput where a setting cannot be used, Unavailable where disk or database do not let us in.
    """
    prepare_home(settings)
    key = secret_key(settings)
    clock = clock or SystemClock()
    store = _store(settings)
    line = _line(settings, store, clock) if settings.model_is_configured else None
    return Ports(
        clock=clock,
        ids=RandomIds(),
        links=SignedLinks(public_url=settings.public_url, key=key),
        fingerprints=KeyedHashes(key),
        passwords=Argon2Passwords(),
        languages=Lingua(),
        store=store,
        similarity=_similarity(settings, with_ray=with_ray),
        home_files=_home_files(settings),
        writers=_writers(settings, line),
        mailer=_mailer(settings),
        mail_reader=_mail_reader(settings),
        more_readers=tuple(_reader(server) for server in _more_imap_servers(settings)),
        sent_mail=_sent_mail(settings),
        expanding=_expanding(settings, line),
        labeller=_labeller(settings, line),
        sense=learned_sense,
        closers=(line.close,) if line is not None else (),
        marks=MarkFile(settings.home / _MARK, expected=settings.database_url is None),
        briefing=Briefing(law=LawFile(), typesetter=TypstTypesetter()),
        brand_files=YamlBrands(),
        holiday=public_holiday,
        sign=dkim_signer(settings) or unsigned,
        manners=_manners(settings),
        worker=f"{socket.gethostname()}-{os.getpid()}-{RandomIds().new('w')}",
    )


def prepare_home(settings: Settings) -> str:
    """Make the home, its secret key and its database, and bring the schema up to date where it is new.

    Safe to repeat. Returns the schema's revision, or nothing where the database was there already.
    """
    fresh = settings.database_url is None and not (settings.home / "nanoreach.sqlite").exists()
    try:
        settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        _make_key(settings, fresh=fresh)
    except OSError as error:
        raise Unavailable(
            f"The home {settings.home} cannot be used: {error.strerror}. Choose another with --home or "
            "NANOREACH_HOME."
        ) from error
    return migrate(settings) if fresh else ""


def migrate(settings: Settings) -> str:
    """Bring the database's schema up to date and return its revision."""
    from agent.adapters.database import migrate as migrate_database

    return migrate_database(settings.store_url)


def secret_key(settings: Settings) -> bytes:
    """Return the key that signs links and sessions; raises BadInput where the file holds none."""
    path = settings.secret_key_file or settings.home / _KEY_FILE
    key = _read(path, "NANOREACH_SECRET_KEY_FILE")
    if len(key) < _SHORTEST_KEY:
        raise BadInput(f"The key in {path} is shorter than {_SHORTEST_KEY} characters; make a longer one.")
    return key.encode()


def _make_key(settings: Settings, *, fresh: bool) -> None:
    path = settings.home / _KEY_FILE
    if settings.secret_key_file is not None or path.exists():
        return
    if settings.database_url is None and not fresh:
        # under another key nobody who objected would be recognised any more
        raise BadInput(
            f"The database in {settings.home} is there, but its key {path} is not. Restore the key that "
            "belongs to it: without it, people who asked not to be written to are not recognised."
        )
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(fresh_key())
    except FileExistsError:
        return  # another process made it between our look and our try


def _store(settings: Settings) -> Store:
    from agent.adapters.database import open_store

    return open_store(settings.store_url)


def _manners(settings: Settings) -> Manners:
    return Manners(
        answer_within=timedelta(days=settings.answer_days), rest=timedelta(days=settings.cool_down_days)
    )


def _similarity(settings: Settings, *, with_ray: bool) -> VectorIndex:
    token = settings.vectors_token_file
    library = library_of(
        settings.vectors,
        settings.home / _VECTORS,
        token=_read(token, "NANOREACH_VECTORS_TOKEN_FILE") if token is not None else None,
    )
    return VectorIndex(library, model=settings.embedding_model, with_ray=with_ray)


def _home_files(settings: Settings) -> FolderFiles:
    database = "nanoreach.sqlite"
    if settings.database_url is not None and settings.database_url.startswith("sqlite"):
        database = Path(settings.database_url.partition(":///")[2]).name
    database_files = (f"{database}{suffix}" for suffix in ("", "-wal", "-shm", "-journal"))
    return FolderFiles(settings.home, ours=(_KEY_FILE, _VECTORS, MAILBOXES, *database_files))


def _writers(settings: Settings, line: "Line | None") -> dict[str, Writer]:
    writers: dict[str, Writer] = {"offline": OfflineWriter()}
    if line is not None:
        from agent.adapters.llm import OpenAIWriter

        writers["openai"] = OpenAIWriter(line, most_tokens=settings.tokens_per_letter)
    return writers


def _expanding(settings: Settings, line: "Line | None") -> Expanding | None:
    if not settings.expand_queries:
        return None
    kept = ExpansionFolder(settings.home / _EXPANSIONS)
    if line is None:
        return Expanding(expander=None, kept=kept)
    from agent.adapters.llm import OpenAIExpander

    return Expanding(expander=OpenAIExpander(line), kept=kept)


def _labeller(settings: Settings, line: "Line | None") -> Labeller | None:
    if line is None or not settings.label_replies:
        return None
    from agent.adapters.llm import OpenAILabeller

    return OpenAILabeller(line)


def _line(settings: Settings, store: Store, clock: Clock) -> "Line":
    from agent.adapters.llm import Line, Pace, Patience

    ceiling = Ceiling(cost=settings.budget_per_day, tokens=settings.tokens_per_day)
    return Line(
        _endpoint(settings),
        purse=StorePurse(store=store, clock=clock, zone=settings.zone, per_day=ceiling),
        pace=Pace(
            requests_per_minute=settings.requests_per_minute, tokens_per_minute=settings.tokens_per_minute
        ),
        patience=Patience(),
        slots=settings.calls_at_once,
    )


def _endpoint(settings: Settings) -> "Endpoint":
    from agent.adapters.llm import Endpoint

    key = settings.openai_api_key
    return Endpoint(
        model=settings.model,
        api_key=key.get_secret_value() if key is not None else None,
        base_url=settings.openai_base_url,
        timeout=settings.model_timeout,
        input_price=settings.input_price,
        output_price=settings.output_price,
        cached_price=settings.cached_price,
        bounded=_is_own_server(settings.openai_base_url),
    )


def _is_own_server(base_url: str | None) -> bool:
    # small models behind llama.cpp and its like run on for ever unless the schema bounds each text
    return base_url is not None and "api.openai.com" not in base_url


def mailboxes(settings: Settings) -> tuple[MailboxAccount, ...]:
    """Return the mailboxes that write by servers of their own; raises BadInput where one cannot be used."""
    return read_mailboxes(settings.home / MAILBOXES, settings.variable)


def mailer_of(account: MailboxAccount) -> "SmtpMailer":
    """Return what writes from a mailbox."""
    from agent.adapters.smtp import SmtpMailer, parse_smtp_url

    return SmtpMailer(parse_smtp_url(account.smtp, account.smtp_password, setting=account.told_as))


def sends_letters(settings: Settings) -> bool:
    """Return whether letters go to a server, and not only into the home's folder."""
    return settings.smtp_url is not None or bool(mailboxes(settings))


def _mailer(settings: Settings) -> Mailer:
    usual = smtp_mailer(settings) or EmlFolder(settings.home / "outbox")
    own = {account.address.casefold(): mailer_of(account) for account in mailboxes(settings)}
    return MailerPerSender(own, usual=usual) if own else usual


def smtp_mailer(settings: Settings) -> "SmtpMailer | None":
    """Return the mailer of the configured server, None where letters become files."""
    if settings.smtp_url is None:
        return None
    from agent.adapters.smtp import SmtpMailer, parse_smtp_url

    password = _password(settings.smtp_password_file, "NANOREACH_SMTP_PASSWORD_FILE")
    return SmtpMailer(parse_smtp_url(settings.smtp_url.get_secret_value(), password))


def dkim_signer(settings: Settings) -> "DkimSigner | None":
    """Return what signs letters, None where nothing is configured; raise BadInput where the key cannot."""
    if settings.dkim_domain is None or settings.dkim_selector is None or settings.dkim_key_file is None:
        return None
    from agent.adapters.dkim_signer import DkimSigner

    key = _read(settings.dkim_key_file, "NANOREACH_DKIM_KEY_FILE").encode()
    signer = DkimSigner(domain=settings.dkim_domain, selector=settings.dkim_selector, key=key)
    signer.check()
    return signer


def _mail_reader(settings: Settings) -> MailReader | None:
    server = _imap_server(settings)
    return _reader(server) if server is not None else None


def _reader(server: "ImapServer") -> "ImapReader":
    from agent.adapters.imap import ImapReader

    return ImapReader(server)


def _sent_mail(settings: Settings) -> SentMail | None:
    usual = _usual_sent_mail(settings)
    more = _more_imap_servers(settings)
    if not more:
        return usual
    from agent.adapters.imap import ImapSent

    return SentFolders((*((usual,) if usual is not None else ()), *map(ImapSent, more)))


def _usual_sent_mail(settings: Settings) -> SentMail | None:
    if settings.smtp_url is None:
        return EmlFolder(settings.home / "outbox")
    server = _imap_server(settings)
    if server is None:
        return None
    from agent.adapters.imap import ImapSent

    return ImapSent(server)


def _more_imap_servers(settings: Settings) -> "tuple[ImapServer, ...]":
    """Return the servers of the mailboxes that are read apart, each folder once."""
    read_apart = [account for account in mailboxes(settings) if account.imap is not None]
    if not read_apart:
        return ()
    from agent.adapters.imap import parse_imap_url

    servers = (
        parse_imap_url(account.imap or "", account.imap_password, setting=account.told_as)
        for account in read_apart
    )
    return tuple({(each.host, each.port, each.user, each.folder): each for each in servers}.values())


def _imap_server(settings: Settings) -> "ImapServer | None":
    if settings.imap_url is None:
        return None
    from agent.adapters.imap import parse_imap_url

    password = _password(settings.imap_password_file, "NANOREACH_IMAP_PASSWORD_FILE")
    return parse_imap_url(settings.imap_url.get_secret_value(), password)


def _password(path: Path | None, variable: str) -> str | None:
    return _read(path, variable) if path is not None else None


def _read(path: Path, variable: str) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise BadInput(f"{variable}: {path} cannot be read: {error.strerror}.") from error
