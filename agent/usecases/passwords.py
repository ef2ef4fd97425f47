"""Passwords: which can be used, and a new one in the place of the old."""

from dataclasses import replace

from agent.domain.errors import BadInput, NotFound
from agent.domain.people import Account, Entry
from agent.ports import Ports

SHORTEST_PASSWORD = 12
"""NIST SP 800-63B-4 asks for 15 where a password stands alone and 8 beside a second factor; we throttle."""
LONGEST_PASSWORD = 1024
_FEWEST_GUESSES = 10**8
"""What the throttle lets through in a year is 3.5 million."""
_LOOKED_AT = 72
"""Characters that the estimate reads; it takes long for more."""


def require_usable(password: str, *, email: str, name: str) -> None:
    """Raise BadInput for a password that is too short or guessed first; any characters may be in it."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise BadInput(
            f"A password needs at least {SHORTEST_PASSWORD} characters; a short sentence is easy to remember."
        )
    if _guesses(password, (*email.replace("@", " ").split(), *name.split())) < _FEWEST_GUESSES:
        raise BadInput("This password is one of those that are guessed first; take a short sentence.")


def change_password(ports: Ports, email: str, *, current: str, new: str) -> Account:
    """Put a new password in the place of the one that its owner gives; every session of before ends.

    Raises BadInput where the current one is wrong or the new one cannot be used, NotFound.
    """
    account = _the_account(ports, email)
    if len(current) > LONGEST_PASSWORD or not ports.passwords.matches(current, account.password_hash):
        raise BadInput("The current password is another one; nothing was changed.")
    return set_password(ports, email, new, by=account.email)


def set_password(ports: Ports, email: str, new: str, *, by: str) -> Account:
    """Give an account a new password; every session of before ends. Raises BadInput, NotFound."""
    account = _the_account(ports, email)
    require_usable(new, email=account.email, name=account.name)
    # a session carries a stamp of the hash, and each hash has a salt of its own
    changed = replace(account, password_hash=ports.passwords.hash(new))
    at = ports.clock.now()
    with ports.store.write() as tx:
        tx.accounts.save(changed)
        tx.journal.add(Entry(at=at, who=by, what="password changed", subject=f"account:{account.email}"))
    return changed


def _the_account(ports: Ports, email: str) -> Account:
    with ports.store.read() as tx:
        account = tx.accounts.get(email)
    if account is None:
        raise NotFound("account", email)
    return account


def _guesses(password: str, known: tuple[str, ...]) -> float:
    from zxcvbn import zxcvbn  # type: ignore[import-untyped]  # it has no types

    return float(zxcvbn(password[:_LOOKED_AT], user_inputs=list(known))["guesses"])
