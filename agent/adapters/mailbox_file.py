"""The file of a home that says by which servers each mailbox writes and is read; it holds no password.

```yaml
- address: camille@savon-du-sud.example
  smtp: smtp+starttls://camille@mail.savon-du-sud.example:587
  smtp_password: CAMILLE_PASSWORD      # the variable that holds it, in the environment or in .env
  imap: imaps://camille@mail.savon-du-sud.example/INBOX
  imap_password: CAMILLE_PASSWORD
```
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from agent.domain.errors import BadInput

NAME = "mailboxes.yaml"
_KEYS = frozenset({"address", "smtp", "smtp_password", "imap", "imap_password"})

Variable = Callable[[str], str | None]
"""Returns what a variable holds, None where it is not set."""


@dataclass(frozen=True, kw_only=True)
class MailboxAccount:
    """How a mailbox writes and, where it is read apart, how. `told_as` names it in sentences for people."""

    address: str
    smtp: str
    smtp_password: str | None = field(default=None, repr=False)
    imap: str | None = None
    imap_password: str | None = field(default=None, repr=False)
    told_as: str


def read_mailboxes(path: Path, variable: Variable) -> tuple[MailboxAccount, ...]:
    """Return the mailboxes of a file, none where there is no file.

    Raises BadInput, naming the mailbox and no secret, where it cannot be used.
    """
    try:
        tree = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{path} cannot be read: {error}.") from error
    except yaml.YAMLError as error:
        raise BadInput(f"{path} is no YAML; see docs/sending.md for how it is written.") from error
    if not isinstance(tree, list) or not all(isinstance(each, dict) for each in tree):
        raise BadInput(f"{path} must be a list of mailboxes; see docs/sending.md for how it is written.")
    accounts = tuple(_account(path, number, each, variable) for number, each in enumerate(tree, start=1))
    _refuse_twins(path, accounts)
    return accounts


def _account(path: Path, number: int, entry: Mapping[Any, Any], variable: Variable) -> MailboxAccount:
    address = entry.get("address")
    if not isinstance(address, str) or "@" not in address:
        raise BadInput(f"{path}: mailbox {number} has no address.")
    told_as = f"{path.name}, {address}"
    for problem in _problems(entry):
        raise BadInput(f"{told_as}: {problem}")
    return MailboxAccount(
        address=address,
        smtp=entry["smtp"],
        smtp_password=_secret(entry, "smtp_password", told_as, variable),
        imap=entry.get("imap"),
        imap_password=_secret(entry, "imap_password", told_as, variable),
        told_as=told_as,
    )


def _problems(entry: Mapping[Any, Any]) -> Iterator[str]:
    for key, value in entry.items():
        if key not in _KEYS:
            yield f"“{key}” means nothing here; known: {', '.join(sorted(_KEYS))}."
        if not isinstance(value, str):
            yield f"“{key}” must be a text."
    if "smtp" not in entry:
        yield "it names no server to write by (smtp: smtps://user@mail.example.org)."
    for key in ("smtp", "imap"):
        if _holds_password(str(entry.get(key, ""))):
            yield f"a password stands in {key}; name the variable that holds it instead ({key}_password)."


def _holds_password(url: str) -> bool:
    try:
        return urlsplit(url).password is not None
    except ValueError:
        return False  # who reads the URL says what is wrong with it


def _secret(entry: Mapping[Any, Any], key: str, told_as: str, variable: Variable) -> str | None:
    name = entry.get(key)
    if name is None:
        return None
    value = variable(name)
    if not value:
        # the name is not repeated: somebody may have written the password itself here
        raise BadInput(f"{told_as}: the variable that {key} names is not set, in the environment or in .env.")
    return value


def _refuse_twins(path: Path, accounts: tuple[MailboxAccount, ...]) -> None:
    seen: set[str] = set()
    for account in accounts:
        if account.address.casefold() in seen:
            raise BadInput(f"{path} has {account.address} twice.")
        seen.add(account.address.casefold())
