"""Accounts: who may log in, how the first of them comes to be, and links that work once."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Literal

from email_validator import EmailNotValidError, validate_email
from itsdangerous import BadSignature, URLSafeSerializer

from agent.domain.errors import BadInput, NotFound
from agent.domain.people import Account, Entry, Role
from agent.ports import Ports, Transaction
from agent.usecases.assigning import give_back
from agent.usecases.leaving import note_sessions_ended
from agent.usecases.passwords import LONGEST_PASSWORD, require_usable

SETUP_LIFETIME = timedelta(hours=1)
LOGIN_LIFETIME = timedelta(minutes=30)

_LINK_ENDED = "This link has ended: it was used before, or its time is over. Ask for a new one: {how}."
_USED = "login link used"
_Purpose = Literal["setup", "enter"]


def register(ports: Ports, *, email: str, name: str, role: Role, password: str) -> Account:
    """Make an account; raises BadInput where a value cannot be used or the address has one already."""
    account = _new_account(ports, email=email, name=name, role=role, password=password)
    with ports.store.write() as tx:
        if tx.accounts.get(account.email) is not None:
            raise BadInput(f"{account.email} has an account already.")
        _store(tx, account)
    return account


def authenticate(ports: Ports, *, email: str, password: str) -> Account | None:
    """Return the account that these words open, or None; as much work for an address that nobody has."""
    with ports.store.read() as tx:
        account = tx.accounts.get(email.strip())
    if account is None or len(password) > LONGEST_PASSWORD:
        # costs what a comparison costs: time tells nobody who has an account
        ports.passwords.hash(password[:LONGEST_PASSWORD])
        return None
    return account if ports.passwords.matches(password, account.password_hash) else None


def accounts(ports: Ports) -> tuple[Account, ...]:
    """Return everybody who may log in, by address."""
    with ports.store.read() as tx:
        return tx.accounts.all()


def remove_account(ports: Ports, email: str, *, by: str) -> Account:
    """Take an account away and end its sessions; what it decided stays on file. Raises NotFound.

    Raises BadInput for the last operator: nobody could look after the installation from the desk any more.
    """
    at = ports.clock.now()
    with ports.store.write() as tx:
        account = tx.accounts.get(email)
        if account is None:
            raise NotFound("account", email)
        others = [each for each in tx.accounts.all() if each.email != account.email]
        if account.role is Role.OPERATOR and not any(each.role is Role.OPERATOR for each in others):
            raise BadInput(f"{account.email} is the only operator; add another one first.")
        tx.accounts.remove(account.email)
        give_back(tx, account.email)
        # somebody who comes back under the same address gets none of the old sessions back
        note_sessions_ended(tx, account.email, by=by, at=at, why="account removed")
        subject = f"account:{account.email}"
        tx.journal.add(Entry(at=at, who=by, what="account removed", subject=subject))
    return account


def create_setup_link(ports: Ports, *, key: bytes, base_url: str) -> str | None:
    """Return a link under which the first account is made; None where there is one already."""
    with ports.store.read() as tx:
        if tx.accounts.count():
            return None
    return _link(ports, "setup", key=key, base_url=base_url, lifetime=SETUP_LIFETIME)


def setup_is_open(ports: Ports, token: str, *, key: bytes) -> bool:
    """Return whether this token may still make the first account."""
    with ports.store.read() as tx:
        return _read(ports, "setup", token, key=key) is not None and not tx.accounts.count()


def accept_setup(ports: Ports, token: str, *, key: bytes, email: str, name: str, password: str) -> Account:
    """Make the first account, an operator's, whose password nobody else ever knew; raises BadInput."""
    account = _new_account(ports, email=email, name=name, role=Role.OPERATOR, password=password)
    with ports.store.write() as tx:
        if _read(ports, "setup", token, key=key) is None or tx.accounts.count():
            raise BadInput(_LINK_ENDED.format(how="start nanoreach serve again"))
        _store(tx, account)
    return account


def create_login_link(ports: Ports, *, key: bytes, base_url: str, email: str) -> str:
    """Return a link that logs one account in, once; raises NotFound."""
    with ports.store.read() as tx:
        if tx.accounts.get(email) is None:
            raise NotFound("account", email)
    return _link(ports, "enter", key=key, base_url=base_url, lifetime=LOGIN_LIFETIME, email=email)


def login_link_is_open(ports: Ports, token: str, *, key: bytes) -> bool:
    """Return whether this token may still log somebody in."""
    claim = _read(ports, "enter", token, key=key)
    if claim is None:
        return False
    with ports.store.read() as tx:
        return not _was_used(tx, claim["id"])


def accept_login_link(ports: Ports, token: str, *, key: bytes) -> Account:
    """Use a log-in link up and return whose it is; raises BadInput where it has ended."""
    at = ports.clock.now()
    claim = _read(ports, "enter", token, key=key)
    with ports.store.write() as tx:
        account = tx.accounts.get(claim["email"]) if claim is not None else None
        if claim is None or account is None or _was_used(tx, claim["id"]):
            raise BadInput(_LINK_ENDED.format(how="start the demo again"))
        tx.journal.add(Entry(at=at, who=account.email, what=_USED, subject=_subject(claim["id"])))
    return account


def _new_account(ports: Ports, *, email: str, name: str, role: Role, password: str) -> Account:
    require_usable(password, email=email, name=name)
    if not name.strip():
        raise BadInput("An account needs a name: it stands beside every decision.")
    return Account(
        email=_address(email),
        name=name.strip(),
        role=role,
        password_hash=ports.passwords.hash(password),
        created_at=ports.clock.now(),
    )


def _address(email: str) -> str:
    try:
        return validate_email(
            email.strip(), check_deliverability=False, globally_deliverable=False
        ).normalized
    except EmailNotValidError as error:
        raise BadInput(f"“{email}” is no e-mail address: {error}") from error


def _store(tx: Transaction, account: Account) -> None:
    tx.accounts.save(account)
    tx.journal.add(
        Entry(
            at=account.created_at,
            who=account.email,
            what=f"account made: {account.role.value}",
            subject=f"account:{account.email}",
        )
    )


def _link(
    ports: Ports, purpose: _Purpose, *, key: bytes, base_url: str, lifetime: timedelta, email: str = ""
) -> str:
    until = ports.clock.now() + lifetime
    claim = {"id": ports.ids.new("k"), "until": until.timestamp(), "email": email}
    return f"{base_url.rstrip('/')}/{purpose}/{_serializer(purpose, key).dumps(claim)}"


def _read(ports: Ports, purpose: _Purpose, token: str, *, key: bytes) -> dict[str, str] | None:
    try:
        claim = _serializer(purpose, key).loads(token)
    except BadSignature:
        return None
    ended = datetime.fromtimestamp(claim["until"], UTC) <= ports.clock.now()
    return None if ended else claim


def _serializer(purpose: _Purpose, key: bytes) -> URLSafeSerializer:
    return URLSafeSerializer(key, salt=f"nanoreach {purpose} link", signer_kwargs={"digest_method": sha256})


def _was_used(tx: Transaction, link: str) -> bool:
    return any(entry.what == _USED for entry in tx.journal.of(_subject(link)))


def _subject(link: str) -> str:
    return f"link:{link}"
