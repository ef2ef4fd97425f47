"""Looking at an installation: what works, what does not, and what to do about it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import packages_distributions

from agent.bootstrap import build, sends_letters
from agent.domain.errors import NanoreachError, Unavailable
from agent.ports import Ports
from agent.settings import Settings
from agent.usecases.freezing import frozen
from agent.usecases.indexing import verify_index
from agent.usecases.mailboxes import paused_mailboxes

OUR_NAMES = ("agent", "index", "jobs", "prompts")
OUR_DISTRIBUTION = "nanoreach"


@dataclass(frozen=True, kw_only=True)
class Check:
    """One look at one thing, in a plain sentence."""

    name: str
    is_well: bool
    sentence: str


def examine(settings: Settings) -> tuple[Check, ...]:
    """Return every check; one that fails never hides the next."""
    names = check_names(packages_distributions())
    try:
        ports = build(settings)
    except NanoreachError as error:
        return (names, Check(name="set-up", is_well=False, sentence=str(error)))
    looks: Iterable[tuple[str, Callable[[Ports, Settings], str]]] = (
        ("database", _database),
        ("index", _index),
        ("writer", _writer),
        ("sending", _sending),
        ("mailbox", _mailbox),
        ("unsubscribe link", _link),
    )
    return (names, *(_look(name, look, ports, settings) for name, look in looks))


def check_names(owners: Mapping[str, list[str]]) -> Check:
    """Return whether another distribution owns one of our import names, from name → distributions."""
    others = {
        name: sorted({owner for owner in owners.get(name, ()) if owner != OUR_DISTRIBUTION})
        for name in OUR_NAMES
    }
    clashes = [f"{' and '.join(owner)} owns “{name}”" for name, owner in others.items() if owner]
    if clashes:
        return Check(
            name="names",
            is_well=False,
            sentence=f"{'; '.join(clashes)}. Install nanoreach in an environment of its own.",
        )
    return Check(name="names", is_well=True, sentence=f"{', '.join(OUR_NAMES)} are ours alone.")


def _look(name: str, look: Callable[[Ports, Settings], str], ports: Ports, settings: Settings) -> Check:
    try:
        return Check(name=name, is_well=True, sentence=look(ports, settings))
    except NanoreachError as error:
        return Check(name=name, is_well=False, sentence=str(error))


def _database(ports: Ports, _: Settings) -> str:
    with ports.store.read() as tx:
        return f"{tx.creators.count()} creators, {len(tx.brands.campaigns())} campaigns."


def _index(ports: Ports, _: Settings) -> str:
    found = verify_index(ports)
    if found.problem and found.store_creators:
        raise Unavailable(found.problem)
    status = found.status
    return found.problem or f"{status.creators} creators, model {status.model}, in {status.where}."


def _writer(ports: Ports, settings: Settings) -> str:
    if "openai" not in ports.writers:
        return "the offline writer writes; set OPENAI_API_KEY or OPENAI_BASE_URL for a model."
    return f"{settings.model} at {settings.openai_base_url or 'the default endpoint'}."


def _sending(ports: Ports, settings: Settings) -> str:
    why = frozen(ports)
    if why:
        raise Unavailable(why)
    paused = paused_mailboxes(ports)
    if paused:
        raise Unavailable("; ".join(f"{each.address} is paused: {each.reason}" for each in paused))
    if not sends_letters(settings):
        return f"letters become files in {ports.mailer.where}; set NANOREACH_SMTP_URL to send them."
    return f"letters go to {ports.mailer.where}."


def _mailbox(ports: Ports, _: Settings) -> str:
    if not ports.readers:
        return "no mailbox is read; set NANOREACH_IMAP_URL so that answers are seen."
    newest = 2**32 - 1
    for reader in ports.readers:
        for _mail in reader.fetch(lambda _folder, _validity: newest):
            break
    return f"{', '.join(reader.account for reader in ports.readers)} can be read."


def _link(_: Ports, settings: Settings) -> str:
    if settings.public_url is None:
        return "people object by answering STOP; set NANOREACH_PUBLIC_URL for a one-click link."
    return f"{settings.public_url}/unsubscribe/…"
