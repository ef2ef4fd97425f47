"""The desk's languages: English as written in the code, others from a .po file beside this module."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from io import BytesIO

from babel import Locale
from babel.core import negotiate_locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

LANGUAGES = ("en", "fr")
"""Languages in which the desk can be read; the first one is the default."""


@dataclass(frozen=True, kw_only=True)
class Tongue:
    """One language of the desk."""

    language: str
    locale: Locale
    gettext: Callable[[str], str]
    ngettext: Callable[[str, str, int], str]


def mark(message: str) -> str:
    """Return the message as it is: this only tells that it has a translation."""
    return message


def tongues() -> dict[str, Tongue]:
    """Read every language."""
    return {language: _tongue(language) for language in LANGUAGES}


def negotiate(accepted: str) -> str:
    """Return the language that an Accept-Language header asks for, as far as there is one."""
    wanted = sorted(_ranges(accepted), key=lambda pair: -pair[1])
    chosen = negotiate_locale([name for name, weight in wanted if weight > 0], LANGUAGES, sep="-")
    return chosen or LANGUAGES[0]


def _tongue(language: str) -> Tongue:
    messages = _catalog(language)
    # Babel's British English has the order of day and month that the rest of the desk uses
    locale = Locale.parse("en_GB" if language == "en" else language)
    return Tongue(language=language, locale=locale, gettext=messages.gettext, ngettext=messages.ngettext)


def _catalog(language: str) -> NullTranslations:
    if language == LANGUAGES[0]:
        return NullTranslations()
    source = files(__name__).joinpath(f"{language}.po").read_bytes()
    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(source), locale=language))
    compiled.seek(0)
    return Translations(compiled)


def _ranges(accepted: str) -> list[tuple[str, float]]:
    return [_range(part) for part in accepted[:200].split(",") if part.strip()]


def _range(part: str) -> tuple[str, float]:
    name, _, quality = part.partition(";")
    try:
        weight = float(quality.strip().removeprefix("q=")) if quality.strip() else 1.0
    except ValueError:
        weight = 0.0
    return name.strip(), weight
