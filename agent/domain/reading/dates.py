"""Dates in French and English mail: the first day on which somebody is there again.

“Until the 3rd” and « jusqu'au 3 » name the last day of an absence, so the day after counts; “back on the 4th”
and « de retour le 4 » name the first day. Of a vague span, the first day.
"""

import re
from dataclasses import replace
from datetime import date, timedelta

from agent.domain.reading.date_forms import AFTER, END_BEGINS, MONTH, Cue, Found, dates_in
from agent.domain.reading.language import plain

_FIRST_YEAR, _LAST_YEAR = 1970, 9990

_MONDAY = re.compile(r"(next )?(monday|lundi|mon)\b")
_RETURN = re.compile(
    r"\b(back|return(ing)?|retour\w*|reviens|reviendrai|reviendrons|rentre(rai)?|reprends?|reprendrai"
    r"|reprise|again|available"
    r"|disponible|joignable|resume|resuming|from|starting|as of|a partir (de|du|d')|a compter du|des"
    r"|not before|pas avant"
    r"|recontact\w*|reecri\w*|relanc\w*|revene[zr]|reparle\w*|e-?mail me|contact me|write me|ask me"
    r"|ping me|try me|check back"
    r"|hit me up|circle back|reach out"
    r"|avant|before|reopen\w*|reouvr\w*|rouvr\w*)\b[^.!?;\n]{0,32}$"
)
_LAST = re.compile(
    r"\b(until|til|till|thru|through|to|jusqu'?\s?(a|au|aux|en|a la)?|au|a|up to|and)\b\s*(the|le"
    r"|and including|(dimanche|samedi"
    r"|vendredi|jeudi|mercredi|mardi|lundi)( soir)?)?\s*$|(\d|" + MONTH + r")\s*(-|to|au|a)\s*$"
)
_UNTIL_RETURN = re.compile(r"(until|til|till|jusqu'?a)\s+(i|we|my|mon|notre|je)\b[^.!?;\n]{0,30}$")
_THROUGH = re.compile(r"\b(through|thru)\s*(the )?$")
_NOT_UNTIL = re.compile(
    r"\b(not|\w+n'?t|ne|n'\w+)\b[^.!?;\n]{0,50}\b(until|till|til|before|avant)\s*(the|le)?\s*$"
)
_AWAY_FROM = re.compile(
    r"\b(out|off|away|leave|closed|unavailable|holidays?|vacation|absente?s?|conges?|vacances|fermee?s?"
    r"|indisponible)\b[^.!?;\n]{0,30}\b(from|starting|beginning|as of|a partir d[ue]|a compter d[ue]"
    r"|des)\s*(the|le)?\s*$"
)
_OFF_ON = re.compile(
    r"\b(out of (the )?office|absente?|away|off|closed|fermee?|ferme|indisponible"
    r"|unavailable)( from work)?( on| le| this| ce)? *$"
)
_START = re.compile(r"\b(from|du|between|entre|depuis|since|starting|beginning)\b\s*(the|le)?\s*$")
_GOES_ON = re.compile(r"\s*(to|au|a|until|through|thru|-|and|et)\s*(the |le )?(\d|" + MONTH + ")")
_INCLUSIVE = re.compile(r"^[\s,(]*(inclus\w*|compris\w*|inclusive|included)")
_WHOLE = re.compile(
    r"\b(all|toute|entire|whole|cette|this|the rest of( the| this)?|le reste de( la)?|on vacation"
    r"|en conges?)\s*(la |the )?$"
)


def available_from(text: str, *, today: date) -> date | None:
    """Return the first day somebody is there again according to a text, None where it gives none.

    `today` is the day of the mail, for years that are left out and for “next Monday”.
    """
    if not _FIRST_YEAR <= today.year <= _LAST_YEAR:
        return None  # a clock that is off by that much says nothing
    content = plain(text)
    found = dates_in(content, today=today)
    cued = [_with_cue(content, item) for item in found]
    if not cued:
        return None
    for cue in (Cue.RETURN, Cue.AFTER, Cue.LAST_DAY):
        days = [_first_free_day(item) for item in cued if item.cue is cue]
        if days:
            return max(days)
    open_ended = [item for item in cued if item.cue is not Cue.START]
    return max((_first_free_day(item) for item in open_ended), default=None)


def _first_free_day(found: Found) -> date:
    if found.cue in {Cue.LAST_DAY, Cue.AFTER}:
        return found.last + timedelta(days=1)
    return found.first


def _with_cue(content: str, found: Found) -> Found:
    if found.cue is not Cue.PLAIN:
        return found
    before = content[max(0, found.start - 60) : found.start].replace("\n", " ")
    after = content[found.end : found.end + 20]
    return replace(found, cue=_cue(before, after, found))


def _cue(before: str, after: str, found: Found) -> Cue:
    single = found.first == found.last
    until = bool(_LAST.search(before))
    # until a span that is only named by its month or week: its first day; and nobody is away until a Monday
    # and comes back on the Tuesday
    through = until and (single or _reaches_an_end(found)) and not _MONDAY.match(found.named)
    whole = bool(_OFF_ON.search(before)) or (not single and bool(_WHOLE.search(before)))
    ladder = (
        (bool(_INCLUSIVE.match(after)), Cue.LAST_DAY),
        (bool(_UNTIL_RETURN.search(before) or _NOT_UNTIL.search(before)), Cue.RETURN),
        (bool(_AWAY_FROM.search(before)), Cue.START),
        (bool(AFTER.search(before)), Cue.AFTER),
        (bool(_THROUGH.search(before)), Cue.LAST_DAY),
        (until, Cue.LAST_DAY if through else Cue.RETURN),
        (bool(_GOES_ON.match(after)), Cue.START),
        (whole, Cue.LAST_DAY),
        (bool(_RETURN.search(before)), Cue.RETURN),
        (bool(_START.search(before)), Cue.START),
    )
    return next((cue for holds, cue in ladder if holds), Cue.PLAIN)


def _reaches_an_end(found: Found) -> bool:
    """Return whether a span is the end of a month: being away until then means through it."""
    return found.first.day == END_BEGINS and (found.last + timedelta(days=1)).day == 1
