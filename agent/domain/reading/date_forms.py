"""The forms in which French and English mail writes dates, and the days that each of them means."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from agent.domain.almanac import MONTHS, WEEKDAYS
from agent.domain.reading.feasts import DAYS, feast
from agent.domain.reading.language import is_french

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
            "nine neuf",
            "ten dix",
        )
    )
    for name in names.split()
} | {"couple of": 2, "douze": 12, "quinze": 15, "vingt": 20}
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

MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DAY = r"(?P<day>[12]\d|3[01]|0?[1-9])"
_WEEKDAY = "|".join(name for name in _WEEKDAYS if name.endswith(("day", "di", "manche")))
_SEASON = "|".join(_SEASONS)
_NTH = r"(?:st|nd|rd|th|er|e)?"
_YEAR = r"(?:,? (?:de |of )?(?P<year>20\d\d))?(?!\d)"
_WEEKDAY_BEFORE = rf"(?:(?:{'|'.join(_WEEKDAYS)})\.?,? (?:the |le )?)?"
_COUNT = rf"(?:a )?(?P<count>\d{{1,2}}|{'|'.join(sorted(_COUNTS, key=len, reverse=True))})"
_UNIT = r"(?P<unit>days?|jours?|weeks?|semaines?|months?|mois)"

_AGO = timedelta(days=60)
"""A date without a year that is further back than this is meant for next year."""
_TWO_DIGITS = 100
_LAST_MONTH = 12
END_BEGINS = 21
"""The day on which the end of a month begins."""


class Cue(Enum):
    """How a date is spoken of."""

    RETURN = 1
    LAST_DAY = 2
    AFTER = 3
    PLAIN = 4
    START = 5


@dataclass(frozen=True, kw_only=True)
class Found:
    """A date in a text: where it stands, the days it spans, and how it is spoken of where its form tells."""

    start: int
    end: int
    first: date
    last: date
    named: str = ""
    cue: Cue = Cue.PLAIN


AFTER = re.compile(r"\b(after|apres|passe|past)\b\s*(the|les?|around)?\s*$")


def dates_in(content: str, *, today: date) -> list[Found]:
    """Return every date in a plain text in its order, of those that overlap the longest."""
    return _without_overlaps(list(_dates(content, today)))


def _dates(content: str, today: date) -> Iterator[Found]:
    for pattern, reading in _FORMS:
        for match in pattern.finditer(content):
            try:
                days = reading(match, today)
            except (ValueError, OverflowError):
                continue  # 31 February
            if days is not None:
                cue = _cue_of_form(reading, match[0])
                yield Found(
                    start=match.start(), end=match.end(), first=days[0], last=days[1], named=match[0], cue=cue
                )
    yield from _numeric(content, today)


def _cue_of_form(reading: "_Reading", named: str) -> Cue:
    if reading is _lasting:
        return Cue.RETURN
    if reading is _in_some_time and named.startswith(("for", "pendant", "pour")):
        return Cue.RETURN  # how long an absence lasts
    return Cue.LAST_DAY if reading is _day_of_range else Cue.PLAIN


def _without_overlaps(found: list[Found]) -> list[Found]:
    """Keep the longest reading of each place in the text."""
    kept: list[Found] = []
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


_FIGURES = re.compile(
    r"(?:(?<![\d./,-])|(?<=/\d\d-)|(?<=/\d-))(\d{1,2})([./-])(\d{1,2})(?:\2(\d{4}|\d\d))?"
    r"(?![\d/%€$]|[.,]\d| ?(?:euros?|eur|k|%))"
)


def _numeric(content: str, today: date) -> Iterator[Found]:
    french = is_french(content)
    for match in re.finditer(r"(?<![\d./-])(20\d\d)-(\d\d)-(\d\d)(?![\d-])", content):
        yield from _checked(match, int(match[1]), int(match[2]), int(match[3]))
    for match in _FIGURES.finditer(content):
        first, separator, second, year = int(match[1]), match[2], int(match[3]), match[4]
        if year is None and not _expects_date(content[: match.start()], match):
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


def _checked(match: re.Match[str], year: int, month: int, day: int) -> Iterator[Found]:
    try:
        found = date(year, month, day)
    except ValueError:
        return
    yield Found(start=match.start(), end=match.end(), first=found, last=found)


_BEFORE_FIGURES = re.compile(
    r"\b(on|until|till|til|through|thru|starting|from|to|the|back|le|du|au|des|avant|apres|after|before"
    r"|jusqu'au|retour"
    r"|return|returning|reviens|and|ooo|off|out|away)\s*(le |the |\w+day |\w+di )?$|\d[/.-]\d{1,2} ?- ?$"
)


def _expects_date(before: str, match: re.Match[str]) -> bool:
    if match[2] == "." and len(match[3]) == 1:
        return False  # 2.5 is a number
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
        return first.replace(day=END_BEGINS), last
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


_ABSENT = (
    r"absente?s?|indisponibles?|en conges?|en vacances|en deplacement|en arret|away|out"
    r"|out of (?:the )?office|off"
    r"|on (?:annual |sick )?leave|on vacation|on holiday|gone|unavailable"
)


def _lasting(match: re.Match[str], today: date) -> _Days:
    """Return the day on which an absence that begins with the mail is over: « absente deux semaines »."""
    return _in_some_time(match, today)


def _fortnight(_match: re.Match[str], today: date) -> _Days:
    return _single(today + timedelta(weeks=2))


def _next_quarter(_match: re.Match[str], today: date) -> _Days:
    month = 3 * ((today.month - 1) // 3 + 1) + 1
    first = date(today.year + month // (_LAST_MONTH + 1), (month - 1) % _LAST_MONTH + 1, 1)
    return first, _end_of_month(first + timedelta(days=70))


def _summer_holidays(_match: re.Match[str], today: date) -> _Days:
    """Return July and August, the school holidays of both countries as people mean them."""
    year = today.year + (today > date(today.year, 8, 31))
    return date(year, 7, 1), date(year, 8, 31)


def _season(match: re.Match[str], today: date) -> _Days:
    """Return the season that begins next; of “after the summer” the one that ends next."""
    month = _SEASONS[match["season"]]
    ends = bool(AFTER.search(match.string[: match.start()]))
    spans = (_season_of(year, month) for year in (today.year - 1, today.year, today.year + 1))
    return next(span for span in spans if span[1 if ends else 0] > today)


def _season_of(year: int, month: int) -> _Days:
    first = date(year, month, 1)
    return first, _end_of_month(first + timedelta(days=70))


def _feast_day(match: re.Match[str], today: date) -> _Days:
    return _single(feast(match["feast"], today=today))


_QUARTERS = {
    name: number
    for number, names in enumerate(
        (
            "1 1er premier first",
            "2 deuxieme second 2e 2eme",
            "3 troisieme third 3e 3eme",
            "4 quatrieme dernier fourth last 4e 4eme",
        )
    )
    for name in names.split()
}


def _quarter(match: re.Match[str], today: date) -> _Days:
    first = date(today.year, 3 * _QUARTERS[match["quarter"]] + 1, 1)
    first = first if first >= today - timedelta(days=90) else date(today.year + 1, first.month, 1)
    return first, _end_of_month(first + timedelta(days=70))


def _week_of(match: re.Match[str], today: date) -> _Days:
    first = _nearest(int(match["day"]), MONTHS[match["month"]], match["year"], today)
    return first, first + timedelta(days=6)


def _second_half(match: re.Match[str], today: date) -> _Days:
    first, last = _month_alone(match, today)
    return first.replace(day=16), last


def _weekend(_match: re.Match[str], today: date) -> _Days:
    saturday = today + timedelta(days=(5 - today.weekday()) % 7)
    return saturday, saturday + timedelta(days=1)


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
            rf"\b{_WEEKDAY_BEFORE}(?:the |le )?{_DAY}{_NTH} (?:of |de )?(?P<month>{MONTH})\b\.?{_YEAR}",
            _day_and_month,
        ),
        (
            rf"\b{_WEEKDAY_BEFORE}(?P<month>{MONTH})\b\.? (?:the )?{_DAY}{_NTH}\b(?![:h]\d){_YEAR}",
            _day_and_month,
        ),
        (
            rf"\b(?P<month>{MONTH})\b\.? \d{{1,2}}{_NTH} ?(?:-|to|through|until) ?{_DAY}{_NTH}\b{_YEAR}",
            _day_of_range,
        ),
        (rf"\b\d{{1,2}}{_NTH} ?- ?{_DAY}{_NTH} (?P<month>{MONTH})\b\.?{_YEAR}", _day_of_range),
        (rf"\b(?P<month>(?!mar\b|may\b|sept\b|sep\b|mai\b|jan\b|dec\b)(?:{MONTH}))\b{_YEAR}", _month_alone),
        (
            (
                rf"(?<=\bin )(?P<month>{MONTH})\b{_YEAR}|(?:(?<=\ben )|(?<=\bmois de )|(?<=\bavant )|"
                r"(?<=\bapres )|(?<=\bcourant )"
                r"|(?<=\bjusqu'en )|(?<=\buntil )|(?<=\bbefore )|(?<=\bafter )|(?<=\bfin ))"
                r"(?P<month2>mai|may)\b"
            ),
            _month_after_in,
        ),
        (
            (
                r"\b(?P<part>debut|mi|milieu|fin|fin de|early|mid|middle|late|end|the end|beginning"
                r"|start)[- ]?(?:of |de |du |d')?"
                rf"(?:the |le )?(?:(?P<month>{MONTH})\b|month\b|mois\b){_YEAR}"
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
            (rf"\b(?:in|dans|d'ici|for|pendant|pour)(?: about| environ| the next| les)? {_COUNT} {_UNIT}\b"),
            _in_some_time,
        ),
        (
            rf"\b{_COUNT} {_UNIT} (?:from (?:now|today)|a compter (?:d'aujourd'hui|de ce jour))\b",
            _in_some_time,
        ),
        (rf"\b(?:{_ABSENT}) (?:for |pendant |pour )?{_COUNT} {_UNIT}\b", _lasting),
        (
            r"\b(?:in a fortnight|(?:dans|d'ici) une quinzaine|sous quinzaine)\b",
            _fortnight,
        ),
        (r"\b(?:next quarter|(?:trimestre|quarter) (?:prochain|suivant))\b", _next_quarter),
        (
            r"\b(?:vacances d'ete|grandes vacances|summer (?:holidays?|break|vacation|vacances))\b",
            _summer_holidays,
        ),
        (
            (
                r"\b(?:in (?:the )?|the |next |this |au |en |cet |cette |a la |la |l')"
                rf"(?P<season>{_SEASON})\b(?: prochaine?)?"
            ),
            _season,
        ),
        (r"\bafter the holidays|apres les fetes", _after_holidays),
        (rf"\b(?P<feast>{'|'.join(DAYS)})\b", _feast_day),
        (r"\b(?:q|t)(?P<quarter>[1-4])\b", _quarter),
        (
            (
                r"\b(?P<quarter>1er|premier|first|deuxieme|second|2e|2eme|troisieme|third|3e|3eme|quatrieme"
                r"|dernier|fourth|last|4e|4eme) (?:trimestre|quarter)\b"
            ),
            _quarter,
        ),
        (
            (
                rf"\b(?:the week|la semaine|semaine|week) (?:of|du)(?: the)? {_DAY}{_NTH} "
                rf"(?P<month>{MONTH})\b{_YEAR}"
            ),
            _week_of,
        ),
        (rf"\b(?:the week|week) of (?P<month>{MONTH})\.? {_DAY}{_NTH}\b{_YEAR}", _week_of),
        (
            (
                r"\b(?:second half|latter half|deuxieme moitie|seconde moitie|deuxieme quinzaine"
                "|seconde quinzaine)"
                rf" (?:of |de |d')(?P<month>{MONTH})\b{_YEAR}"
            ),
            _second_half,
        ),
        (r"\b(?:ce week-?end|this weekend)\b", _weekend),
        (
            (
                rf"(?:(?<=\bthe )|(?<=\ble )|(?<=\bau )|(?<=\bpartir du )|(?<=\bcompter du )){_DAY}(?:st"
                rf"|nd|rd|th|er)?\b(?! ?(?:{MONTH})\b|[/.:h-]\d| ?(?:h|%|€"
                r"|euros?|heures|personnes|posts?|stories)\b)"
            ),
            _nth,
        ),
    )
)
