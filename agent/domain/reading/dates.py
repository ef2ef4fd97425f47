"""Dates in French and English mail: the first day on which somebody is there again.

“Until the 3rd” and « jusqu'au 3 » name the last day of an absence, so the day after counts; “back on the 4th”
and « de retour le 4 » name the first day. Of a vague span, the first day.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum

from agent.domain.almanac import MONTHS, WEEKDAYS
from agent.domain.reading.language import is_french, plain

_SHORT_DAYS = {"mon": 0, "tues": 1, "tue": 1, "wed": 2, "thurs": 3, "thu": 3, "fri": 4, "sat": 5, "sun": 6}
_WEEKDAYS = WEEKDAYS | _SHORT_DAYS
_COUNTS = {
    name: number
    for number, names in enumerate(
        (
            "",
            "a an one un une",
            "two deux",
            "three trois",
            "four quatre",
            "five cinq",
            "six",
            "seven sept",
            "eight huit",
        )
    )
    for name in names.split()
}
# meteorological seasons, as people mean them; « la rentrée » is 1 September
_SEASONS = {
    "spring": 3,
    "printemps": 3,
    "summer": 6,
    "ete": 6,
    "fall": 9,
    "autumn": 9,
    "automne": 9,
    "rentree": 9,
    "winter": 12,
    "hiver": 12,
}

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DAY = r"(?P<day>[12]\d|3[01]|0?[1-9])"
_WEEKDAY = "|".join(name for name in _WEEKDAYS if name.endswith(("day", "di", "manche")))
_SEASON = "|".join(_SEASONS)
_NTH = r"(?:st|nd|rd|th|er|e)?"
_YEAR = r"(?:,? (?:de |of )?(?P<year>20\d\d))?(?!\d)"
_WEEKDAY_BEFORE = rf"(?:(?:{'|'.join(_WEEKDAYS)})\.?,? (?:the |le )?)?"
_COUNT = rf"(?P<count>\d{{1,2}}|{'|'.join(_COUNTS)})"

_AGO = timedelta(days=60)
"""A date without a year that is further back than this is meant for next year."""
_TWO_DIGITS = 100
_LAST_MONTH = 12
_END_BEGINS = 21
"""The day on which the end of a month begins."""


class _Cue(Enum):
    """How a date is spoken of."""

    RETURN = 1
    LAST_DAY = 2
    AFTER = 3
    PLAIN = 4
    START = 5


@dataclass(frozen=True, kw_only=True)
class _Found:
    start: int
    end: int
    first: date
    last: date
    named: str = ""
    cue: _Cue = _Cue.PLAIN


_MONDAYS = frozenset({"monday", "next monday", "lundi", "lundi prochain"})
_RETURN = re.compile(
    r"\b(back|return(ing)?|retour\w*|reviens|reviendrai|reviendrons|rentre(rai)?|reprends?|reprendrai"
    r"|reprise|again|available"
    r"|disponible|joignable|resume|resuming|from|starting|as of|a partir (de|du|d')|a compter du|des"
    r"|not before|pas avant"
    r"|avant|before|reopen\w*|reouvr\w*|rouvr\w*)\b[^.!?;\n]{0,32}$"
)
_LAST = re.compile(
    r"\b(until|til|till|thru|through|to|jusqu'?\s?(a|au|aux|en|a la)?|au|a|up to|and)\b\s*(the|le"
    r"|and including|(dimanche|samedi"
    r"|vendredi|jeudi|mercredi|mardi|lundi)( soir)?)?\s*$|(\d|" + _MONTH + r")\s*(-|to|au|a)\s*$"
)
_UNTIL_RETURN = re.compile(r"(until|til|till|jusqu'?a)\s+(i|we|my|mon|notre|je)\b[^.!?;\n]{0,30}$")
_AFTER = re.compile(r"\b(after|apres|past)\b\s*(the|le|around)?\s*$")
_OFF_ON = re.compile(
    r"\b(out of (the )?office|absente?|away|off|closed|fermee?|ferme|indisponible"
    r"|unavailable)( from work)?( on| le| this| ce)? *$"
)
_START = re.compile(r"\b(from|du|between|entre|depuis|since|starting|beginning)\b\s*(the|le)?\s*$")
_GOES_ON = re.compile(r"\s*(to|au|a|until|through|thru|-|and|et)\s*(the |le )?(\d|" + _MONTH + ")")
_INCLUSIVE = re.compile(r"^[\s,(]*(inclus\w*|compris\w*|inclusive|included)")
_WHOLE = re.compile(
    r"\b(all|toute|entire|whole|cette|this|the rest of( the| this)?|le reste de( la)?|on vacation"
    r"|en conges?)\s*(la |the )?$"
)


def available_from(text: str, *, today: date) -> date | None:
    """Return the first day somebody is there again according to a text, None where it gives none.

    `today` is the day of the mail, for years that are left out and for “next Monday”.
    """
    content = plain(text)
    found = _without_overlaps(list(_dates(content, today)))
    cued = [_with_cue(content, item) for item in found]
    if not cued:
        return None
    for cue in (_Cue.RETURN, _Cue.AFTER, _Cue.LAST_DAY):
        days = [_first_free_day(item) for item in cued if item.cue is cue]
        if days:
            return max(days)
    open_ended = [item for item in cued if item.cue is not _Cue.START]
    return max((_first_free_day(item) for item in open_ended), default=None)


def _first_free_day(found: _Found) -> date:
    if found.cue in {_Cue.LAST_DAY, _Cue.AFTER}:
        return found.last + timedelta(days=1)
    return found.first


def _with_cue(content: str, found: _Found) -> _Found:
    if found.cue is not _Cue.PLAIN:
        return found
    before = content[max(0, found.start - 60) : found.start].replace("\n", " ")
    after = content[found.end : found.end + 20]
    return replace(found, cue=_cue(before, after, found))


def _cue(before: str, after: str, found: _Found) -> _Cue:
    single = found.first == found.last
    until = bool(_LAST.search(before))
    # until a span that is only named by its month or week: its first day; and nobody is away until a Monday
    # and comes back on the Tuesday
    through = until and (single or _reaches_an_end(found)) and found.named not in _MONDAYS
    whole = bool(_OFF_ON.search(before)) or (not single and bool(_WHOLE.search(before)))
    ladder = (
        (bool(_INCLUSIVE.match(after)), _Cue.LAST_DAY),
        (bool(_UNTIL_RETURN.search(before)), _Cue.RETURN),
        (bool(_AFTER.search(before)), _Cue.AFTER),
        (until, _Cue.LAST_DAY if through else _Cue.RETURN),
        (bool(_GOES_ON.match(after)), _Cue.START),
        (whole, _Cue.LAST_DAY),
        (bool(_RETURN.search(before)), _Cue.RETURN),
        (bool(_START.search(before)), _Cue.START),
    )
    return next((cue for holds, cue in ladder if holds), _Cue.PLAIN)


def _reaches_an_end(found: _Found) -> bool:
    """Return whether a span is the end of a month: being away until then means through it."""
    return found.first.day == _END_BEGINS and (found.last + timedelta(days=1)).day == 1


# --- finding dates --------------------------------------------------------------------------------


def _dates(content: str, today: date) -> Iterator[_Found]:
    for pattern, reading in _FORMS:
        for match in pattern.finditer(content):
            try:
                days = reading(match, today)
            except (ValueError, OverflowError):
                continue  # 31 February
            if days is not None:
                cue = _Cue.LAST_DAY if reading is _day_of_range else _Cue.PLAIN
                yield _Found(
                    start=match.start(), end=match.end(), first=days[0], last=days[1], named=match[0], cue=cue
                )
    yield from _numeric(content, today)


def _without_overlaps(found: list[_Found]) -> list[_Found]:
    """Keep the longest reading of each place in the text."""
    kept: list[_Found] = []
    for item in sorted(found, key=lambda f: (f.start - f.end, f.start)):
        if all(item.end <= other.start or item.start >= other.end for other in kept):
            kept.append(item)
    return sorted(kept, key=lambda f: f.start)


_Days = tuple[date, date]


def _day_and_month(match: re.Match[str], today: date) -> _Days:
    return _single(_nearest(int(match["day"]), MONTHS[match["month"]], match["year"], today))


def _day_of_range(match: re.Match[str], today: date) -> _Days:
    """Return the end of “August 10-24”, « 10-24 août »."""
    last = _nearest(int(match["day"]), MONTHS[match["month"]], match["year"], today)
    return last, last


def _numeric(content: str, today: date) -> Iterator[_Found]:
    french = is_french(content)
    for match in re.finditer(r"(?<![\d./-])(20\d\d)-(\d\d)-(\d\d)(?![\d-])", content):
        yield from _checked(match, int(match[1]), int(match[2]), int(match[3]))
    form = (
        r"(?<![\d./,-])(\d{1,2})([./-])(\d{1,2})(?:\2(\d{4}|\d\d))?(?![\d/%€$]|[.,]\d| ?(?:euros?|eur|k|%))"
    )
    for match in re.finditer(form, content):
        first, separator, second, year = int(match[1]), match[2], int(match[3]), match[4]
        if year is None and (separator == "." or not _expects_date(content[: match.start()])):
            continue
        # Americans put the month first; a point between the figures is European
        day_first = french or separator == "." or first > _LAST_MONTH
        day, month = (first, second) if day_first and second <= _LAST_MONTH else (second, first)
        if month > _LAST_MONTH:
            day, month = month, day
        try:
            full = (
                int(year) + (2000 if int(year) < _TWO_DIGITS else 0)
                if year
                else _nearest(day, month, None, today).year
            )
        except ValueError:
            continue
        yield from _checked(match, full, month, day)


def _checked(match: re.Match[str], year: int, month: int, day: int) -> Iterator[_Found]:
    try:
        found = date(year, month, day)
    except ValueError:
        return
    yield _Found(start=match.start(), end=match.end(), first=found, last=found)


_BEFORE_FIGURES = re.compile(
    r"\b(on|until|till|til|from|to|the|back|le|du|au|des|avant|apres|after|before|jusqu'au|retour|return"
    r"|returning|reviens|and)\s*(le |the |\w+day |\w+di )?$|\d[/.-]\d{1,2} ?- ?$"
)


def _expects_date(before: str) -> bool:
    return bool(_BEFORE_FIGURES.search(before[-40:]))


def _nearest(day: int, month: int, year: str | None, today: date) -> date:
    if year:
        return date(int(year), month, day)
    this_year = date(today.year, month, day)
    return date(today.year + 1, month, day) if this_year < today - _AGO else this_year


def _month_alone(match: re.Match[str], today: date) -> _Days:
    first = _nearest(1, MONTHS[match["month"]], match["year"], today)
    if not match["year"] and _end_of_month(first) < today:
        first = date(first.year + 1, first.month, 1)
    return first, _end_of_month(first)


def _month_after_in(match: re.Match[str], today: date) -> _Days:
    """Return the month of “in May”, « en mai »: names that are words of their own elsewhere."""
    month = MONTHS[match["month"] or match["month2"]]
    first = _nearest(1, month, match["year"] if match["month"] else None, today)
    return first, _end_of_month(first)


def _part_of_month(match: re.Match[str], today: date) -> _Days:
    """Beginning, middle and end of a month: from the 1st, the 15th (as « mi-mars » says), the 21st."""
    named = match["month"]
    first = _month_alone(match, today)[0] if named else today.replace(day=1)
    last = _end_of_month(first)
    part = match["part"].strip("- ")
    if part in {"fin", "end", "late", "fin de", "the end"}:
        return first.replace(day=_END_BEGINS), last
    if part in {"mi", "mid", "middle", "milieu"}:
        return first.replace(day=15), first.replace(day=20)
    return first, first.replace(day=10)


def _weekday(match: re.Match[str], today: date) -> _Days:
    ahead = (_WEEKDAYS[match["weekday"]] - today.weekday() - 1) % 7 + 1
    return _single(today + timedelta(days=ahead))


def _next_week(_match: re.Match[str], today: date) -> _Days:
    monday = today + timedelta(days=7 - today.weekday())
    return monday, monday + timedelta(days=6)


def _this_week(_match: re.Match[str], today: date) -> _Days:
    monday = today - timedelta(days=today.weekday())
    return monday, monday + timedelta(days=6)


def _next_month(_match: re.Match[str], today: date) -> _Days:
    first = _end_of_month(today) + timedelta(days=1)
    return first, _end_of_month(first)


def _next_year(_match: re.Match[str], today: date) -> _Days:
    return date(today.year + 1, 1, 1), date(today.year + 1, 12, 31)


def _tomorrow(_match: re.Match[str], today: date) -> _Days:
    return _single(today + timedelta(days=1))


def _after_tomorrow(_match: re.Match[str], today: date) -> _Days:
    return _single(today + timedelta(days=2))


def _in_some_time(match: re.Match[str], today: date) -> _Days:
    count = int(match["count"]) if match["count"].isdigit() else _COUNTS[match["count"]]
    unit = match["unit"]
    if unit.startswith(("day", "jour")):
        return _single(today + timedelta(days=count))
    if unit.startswith(("week", "semaine")):
        return _single(today + timedelta(weeks=count))
    months = today.month - 1 + count
    year, month = today.year + months // 12, months % 12 + 1
    return _single(date(year, month, min(today.day, _end_of_month(date(year, month, 1)).day)))


def _season(match: re.Match[str], today: date) -> _Days:
    month = _SEASONS[match["season"]]
    first = date(today.year, month, 1)
    return _single(first if first > today else date(today.year + 1, month, 1))


def _after_holidays(_match: re.Match[str], today: date) -> _Days:
    """After the festive season, which ends with New Year's Day."""
    return _single(date(today.year + 1, 1, 2))


def _nth(match: re.Match[str], today: date) -> _Days:
    """Return this month's “15th”, « le 15 », or the next one's when that is over."""
    day = int(match["day"])
    found = today.replace(day=day)
    if found < today:
        found = (_end_of_month(today) + timedelta(days=1)).replace(day=day)
    return _single(found)


def _single(day: date) -> _Days:
    return day, day


def _end_of_month(day: date) -> date:
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return following - timedelta(days=1)


_Reading = Callable[[re.Match[str], date], _Days | None]
_FORMS: tuple[tuple[re.Pattern[str], _Reading], ...] = tuple(
    (re.compile(pattern), reading)
    for pattern, reading in (
        (
            rf"\b{_WEEKDAY_BEFORE}(?:the |le )?{_DAY}{_NTH} (?:of |de )?(?P<month>{_MONTH})\b\.?{_YEAR}",
            _day_and_month,
        ),
        (
            rf"\b{_WEEKDAY_BEFORE}(?P<month>{_MONTH})\b\.? (?:the )?{_DAY}{_NTH}\b(?![:h]\d){_YEAR}",
            _day_and_month,
        ),
        (
            rf"\b(?P<month>{_MONTH})\b\.? \d{{1,2}}{_NTH} ?(?:-|to|through|until) ?{_DAY}{_NTH}\b{_YEAR}",
            _day_of_range,
        ),
        (rf"\b\d{{1,2}}{_NTH} ?- ?{_DAY}{_NTH} (?P<month>{_MONTH})\b\.?{_YEAR}", _day_of_range),
        (rf"\b(?P<month>(?!mar\b|may\b|sept\b|sep\b|mai\b|jan\b|dec\b)(?:{_MONTH}))\b{_YEAR}", _month_alone),
        (
            rf"(?<=\bin )(?P<month>{_MONTH})\b{_YEAR}|(?<=\ben )(?P<month2>mai)\b",
            _month_after_in,
        ),
        (
            (
                r"\b(?P<part>debut|mi|milieu|fin|fin de|early|mid|middle|late|end|the end|beginning"
                r"|start)[- ]?(?:of |de |du |d')?"
                rf"(?:the |le )?(?:(?P<month>{_MONTH})\b|month\b|mois\b){_YEAR}"
            ),
            _part_of_month,
        ),
        (
            rf"\b(?:next |this |ce )?(?P<weekday>{_WEEKDAY})\b(?: prochain)?",
            _weekday,
        ),
        (
            r"\b(?:the )?(?:following week|next week|semaine prochaine|semaine suivante|week after)\b",
            _next_week,
        ),
        (r"\b(?:this week|cette semaine|the week|(?:toute |all )(?:la )?(?:semaine|week))\b", _this_week),
        (r"\b(?:next month|mois prochain)\b", _next_month),
        (r"\b(?:next year|new year|annee prochaine|an prochain|nouvelle annee)\b", _next_year),
        (r"\b(?:tomorrow|demain)\b", _tomorrow),
        (r"\b(?:day after tomorrow|apres[- ]demain)\b", _after_tomorrow),
        (
            (
                rf"\b(?:in|dans|d'ici)(?: about| environ)? {_COUNT} (?P<unit>days?|jours?|weeks?|semaines?"
                r"|months?|mois)\b"
            ),
            _in_some_time,
        ),
        (
            rf"\b(?:in (?:the )?|next |this |au |en |cet |a la |l')(?P<season>{_SEASON})\b(?: prochaine?)?",
            _season,
        ),
        (r"\bafter the holidays|apres les fetes", _after_holidays),
        (
            (
                rf"\b(?:the |le |au ){_DAY}(?:st|nd|rd|th|er)?\b(?! ?(?:{_MONTH})\b|[/.:h-]\d| ?(?:h|%|€"
                r"|euros?|heures|personnes|posts?|stories)\b)"
            ),
            _nth,
        ),
    )
)
