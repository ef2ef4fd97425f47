"""Values as people write them: numbers, answers, addresses. Each parser says why it cannot read one."""

import re
from urllib.parse import urlsplit

from email_validator import EmailNotValidError, validate_email

from agent.adapters.sources.texts import one_line, repaired

_NOTHING = frozenset({"", "-", "–", "—", "n/a", "null", "none", "nan", "undefined"})
_YES = frozenset({"yes", "y", "oui", "o", "true", "vrai", "1", "x"})
_NO = frozenset({"no", "n", "non", "false", "faux", "0"})
_NUMBER = re.compile(r"(?P<digits>\d[\d.,]*)(?P<unit>k|m|mio)?\+?", re.IGNORECASE)
_GROUPED = re.compile(r"\d{1,3}([.,])\d{3}(\1\d{3})*")
_UNITS = {"": 1, "k": 1_000, "m": 1_000_000, "mio": 1_000_000}
_PEOPLE = re.compile(r"(followers|abonn[ée]s|subscribers|fans)$", re.IGNORECASE)
_MOST = 10**11  # views of everything on earth; more is a mistake, and no column holds more
_LONGEST_SHOWN = 60
_NAMED = re.compile(r"[^<>]*<\s*([^<>\s]+)\s*>")
_LONGEST_URL = 2_000
_HOST = re.compile(r"[\w-]+(\.[\w-]+)+")


class BadValue(ValueError):
    """A value cannot be read; the text says why, as the end of a sentence about it."""


def is_nothing(value: object) -> bool:
    """Return whether a cell or a JSON value says nothing."""
    return value is None or (isinstance(value, str) and value.strip().lower() in _NOTHING)


def shown(value: object) -> str:
    """Return a value in quotation marks, on one line and short, for a sentence."""
    text = one_line(str(value))
    return f"“{text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + '…'}”"


def written(value: object) -> str:
    """Return a text as written, repaired; a number counts as its digits."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise BadValue(f"{shown(value)} is no text")
    return repaired(str(value))


def label(value: object) -> str:
    """Return a name, kind or key: one line in its normal form."""
    return one_line(written(value))


def count(value: object) -> int:
    """Return a number of people or things: `4200`, `4 200`, `12,345`, `4,2k`, `1.2M`."""
    if isinstance(value, bool):
        raise BadValue(f"{shown(value)} is no number")
    number = _counted(value)
    if number is None or not 0 <= number <= _MOST or number != int(number):
        raise BadValue(f"{shown(value)} is no whole number of people or things")
    return int(number)


def _counted(value: object) -> float | None:
    if isinstance(value, int | float):
        # refuses infinity and not-a-number as well
        return value if 0 <= value <= _MOST else None
    text = _PEOPLE.sub("", "".join(str(value).split())).replace("'", "").replace("’", "")
    found = _NUMBER.fullmatch(text)
    if found is None:
        return None
    digits, unit = found["digits"], (found["unit"] or "").lower()
    grouped = _GROUPED.fullmatch(digits)
    if grouped and (not unit or digits.count(grouped[1]) > 1):
        return float(re.sub(r"[.,]", "", digits)) * _UNITS[unit]
    if grouped:
        return None  # “1,234k” is one million here and one thousand there
    try:
        return round(float(digits.replace(",", ".")) * _UNITS[unit], 6)
    except ValueError:
        return None


def yes_or_no(value: object) -> bool:
    """Return an answer: yes, oui, true, vrai, 1 or x; no, non, false, faux or 0."""
    if isinstance(value, bool):
        return value
    answer = str(value).strip().lower()
    if answer in _YES:
        return True
    if answer in _NO:
        return False
    raise BadValue(f"{shown(value)} is neither yes nor no")


def email(value: object) -> str:
    """Return an e-mail address in its normal form; `Name <address>` and `mailto:` are understood."""
    text = one_line(str(value)).removeprefix("mailto:")
    named = _NAMED.fullmatch(text)
    address = named[1] if named else text
    try:
        return validate_email(address, check_deliverability=False, allow_smtputf8=False).normalized
    except EmailNotValidError as error:
        raise BadValue(f"{shown(value)} is no e-mail address") from error


def web_address(value: object) -> str:
    """Return an http or https address; one without scheme gets https."""
    text = str(value).strip()
    address = text if "://" in text else f"https://{text}"
    is_plain = len(text) <= _LONGEST_URL and text.isprintable() and not any(char.isspace() for char in text)
    try:
        parts = urlsplit(address)
        is_host = _HOST.fullmatch(parts.hostname or "") is not None and parts.username is None
    except ValueError as error:
        raise BadValue(f"{shown(value)} is no web address") from error
    if parts.scheme not in {"http", "https"} or not is_host or not is_plain:
        raise BadValue(f"{shown(value)} is no web address")
    return address
