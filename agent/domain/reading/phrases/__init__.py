"""What people say in French and English, as patterns over plain text (small letters, no accents).

One list per meaning; `MASKS` are turns of phrase that only look like one of them.
"""

from agent.domain.reading.phrases.agreeing import GREETING, WARM, WHAT_IF, YES
from agent.domain.reading.phrases.declining import (
    ABOUT_ME,
    ASKS_LEAVE,
    BETWEEN_US,
    DENIAL,
    REMOVES,
    SAYS_NO,
    SHORT,
    THEIR_HABITS,
)
from agent.domain.reading.phrases.leaving import (
    ABOUT_WORK,
    BULK_HINTS,
    DENIES,
    FOOTERS,
    MASKS,
    MESSAGES,
    MINE,
    OPTED_OUT,
    REACHES_ME,
    STOP_FILLERS,
    STOP_SIGNS,
    STOP_WORDS,
    STOPS,
    TAKES_OUT,
    UNLESS,
)
from agent.domain.reading.phrases.refusing import BESIDE, COLD, DECLINED, INVITES_AGAIN, PARTING, SOFT_NO
from agent.domain.reading.phrases.talking import ASKS, INTERROGATIVE, MANAGER, NEGOTIATES, RHETORICAL
from agent.domain.reading.phrases.threatening import ABOUT_TERMS, HAS_ENOUGH
from agent.domain.reading.phrases.waiting import AUTO, LATER, NOT_NOW, OUT_OF_OFFICE

__all__ = [
    "ABOUT_ME",
    "ABOUT_TERMS",
    "ABOUT_WORK",
    "ASKS",
    "ASKS_LEAVE",
    "AUTO",
    "BESIDE",
    "BETWEEN_US",
    "BULK_HINTS",
    "COLD",
    "DECLINED",
    "DENIAL",
    "DENIES",
    "FOOTERS",
    "GREETING",
    "HAS_ENOUGH",
    "INTERROGATIVE",
    "INVITES_AGAIN",
    "LATER",
    "MANAGER",
    "MASKS",
    "MESSAGES",
    "MINE",
    "NEGOTIATES",
    "NOT_NOW",
    "OPTED_OUT",
    "OUT_OF_OFFICE",
    "PARTING",
    "REACHES_ME",
    "REMOVES",
    "RHETORICAL",
    "SAYS_NO",
    "SHORT",
    "SOFT_NO",
    "STOPS",
    "STOP_FILLERS",
    "STOP_SIGNS",
    "STOP_WORDS",
    "TAKES_OUT",
    "THEIR_HABITS",
    "UNLESS",
    "WARM",
    "WHAT_IF",
    "YES",
]
