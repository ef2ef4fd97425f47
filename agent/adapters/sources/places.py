"""Countries and languages, by code or by name in French and English."""

import unicodedata
from functools import cache

from babel import Locale
from babel.core import get_global

from agent.adapters.sources.values import BadValue, shown

_NAMED_IN = ("en", "fr")
_NO_COUNTRIES = frozenset({"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"})
# names in use that the locale data does not carry
_OTHER_COUNTRIES = {
    "etats unis d amerique": "US", "united states of america": "US", "america": "US", "u s a": "US",
    "u s": "US", "great britain": "GB", "england": "GB", "scotland": "GB", "wales": "GB",
    "northern ireland": "GB", "grande bretagne": "GB", "angleterre": "GB", "ecosse": "GB",
    "pays de galles": "GB", "u k": "GB", "turkey": "TR", "czech republic": "CZ", "republique tcheque": "CZ",
    "viet nam": "VN", "burma": "MM", "birmanie": "MM", "hong kong": "HK", "macao": "MO", "macau": "MO",
    "ivory coast": "CI", "holland": "NL", "hollande": "NL", "the netherlands": "NL",
    "republic of ireland": "IE", "republic of korea": "KR", "russian federation": "RU",
    "federation de russie": "RU", "cape verde": "CV", "swaziland": "SZ", "macedonia": "MK",
    "macedoine": "MK", "palestine": "PS", "reunion": "RE", "la reunion": "RE", "uae": "AE",
}  # fmt: skip
_UNKNOWN_LANGUAGES = frozenset({"und", "mul", "zxx", "unknown", "inconnu", "inconnue", "other", "autre"})


def country(value: object) -> str:
    """Return ISO 3166-1 alpha-2 for a code of two or three letters, or for a name."""
    text = str(value).strip()
    code = text.upper()
    if code in _countries():
        return code
    aliases = get_global("territory_aliases").get(code) or []
    if len(aliases) == 1 and aliases[0] in _countries():
        return str(aliases[0])
    found = _country_names().get(_folded(text))
    if found is None:
        raise BadValue(f"{shown(value)} is no country that is known by this name")
    return found


def language(value: object) -> str | None:
    """Return ISO 639-1 for a code (`fr`, `fra`, `fr-FR`) or a name; None where it says “unknown”."""
    text = str(value).strip()
    code = text.replace("_", "-").split("-")[0].lower()
    if text.lower() in _UNKNOWN_LANGUAGES:
        return None
    code = get_global("language_aliases").get(code, code)
    if code in _languages():
        return str(code)
    found = _language_names().get(_folded(text))
    if found is None:
        raise BadValue(f"{shown(value)} is no language that is known by this name")
    return found


@cache
def _countries() -> frozenset[str]:
    retired = set(get_global("territory_aliases"))
    codes = (str(code) for code in Locale("en").territories)
    return frozenset(code for code in codes if _is_alpha_2(code) and code not in _NO_COUNTRIES | retired)


@cache
def _country_names() -> dict[str, str]:
    names = {
        _folded(name): str(code)
        for locale in _NAMED_IN
        for code, name in Locale(locale).territories.items()
        if code in _countries()
    }
    return names | _OTHER_COUNTRIES


@cache
def _languages() -> frozenset[str]:
    return frozenset(str(code) for code in Locale("en").languages if _is_alpha_2(str(code)))


@cache
def _language_names() -> dict[str, str]:
    names = {
        _folded(name): str(code)
        for locale in _NAMED_IN
        for code, name in Locale(locale).languages.items()
        if code in _languages()
    }
    own = {_folded(Locale(code).language_name or ""): code for code in ("de", "es", "it", "nl", "pt")}
    return own | names


def _is_alpha_2(code: str) -> bool:
    return len(code) == 2 and code.isalpha()  # noqa: PLR2004 - two letters


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = (char if char.isalnum() else " " for char in plain if not unicodedata.combining(char))
    return " ".join("".join(kept).split())
