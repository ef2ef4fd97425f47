"""The first day somebody is there again, in the forms in which people write it."""

from datetime import date
from pathlib import Path

import pytest

from agent.domain.reading.dates import available_from

FRIDAY = date(2026, 2, 20)

FORMS = [
    ("I am back on 3 March", "2026-03-03"),
    ("Back March 3rd, 2026.", "2026-03-03"),
    ("Out of office until March 2", "2026-03-03"),
    ("until 2 March inclusive", "2026-03-03"),
    ("I'm away through Sunday, March 1", "2026-03-02"),
    ("the office is closed on March 5", "2026-03-06"),
    ("I will be out of the office from March 2 to March 9, returning Tuesday, March 10.", "2026-03-10"),
    ("On vacation Aug 10-24", "2026-08-25"),
    ("I'm out Feb 16 - Feb 27", "2026-02-28"),
    ("back Monday", "2026-02-23"),
    ("I'm off until Monday", "2026-02-23"),
    ("back at my desk on Monday the 2nd of March", "2026-03-02"),
    ("back on the 3rd", "2026-03-03"),
    ("back on 03/04/2026", "2026-03-04"),
    ("I return 3/9", "2026-03-09"),
    ("until 2026-03-10", "2026-03-11"),
    ("next week", "2026-02-23"),
    ("away until next week", "2026-02-23"),
    ("next month", "2026-03-01"),
    ("in two weeks", "2026-03-06"),
    ("maybe in March", "2026-03-01"),
    ("until March", "2026-03-01"),
    ("in May", "2026-05-01"),
    ("you may write", None),
    ("after March 15", "2026-03-16"),
    ("I'll be back in January 2027", "2027-01-01"),
    ("jusqu'au 3 mars inclus", "2026-03-04"),
    ("absente jusqu'au 3 mars", "2026-03-04"),
    ("jusqu'au 3 mars. Je reviens le 4 mars", "2026-03-04"),
    ("Absence jusqu'au 02.03.2026", "2026-03-03"),
    ("Je serai de retour le 4 mars.", "2026-03-04"),
    ("retour le lundi 2 mars 2026", "2026-03-02"),
    ("Je suis en congés du 20 février au 3 mars", "2026-03-04"),
    ("du 1er au 15 mars", "2026-03-16"),
    ("absent du 10/03 au 17/03", "2026-03-18"),
    ("absent le 3 mars", "2026-03-04"),
    ("de retour le 03/04/2026", "2026-04-03"),
    ("je reprends le travail le 9 mars", "2026-03-09"),
    ("de retour lundi prochain", "2026-02-23"),
    ("Je suis absente aujourd'hui, de retour demain", "2026-02-21"),
    ("la semaine prochaine", "2026-02-23"),
    ("en congé toute la semaine prochaine", "2026-03-02"),
    ("dans un mois", "2026-03-20"),
    ("après le 15 mars", "2026-03-16"),
    ("pas avant le 15 mars", "2026-03-15"),
    ("recontactez-moi en mars", "2026-03-01"),
    ("en mai", "2026-05-01"),
    ("début avril", "2026-04-01"),
    ("mi-mars", "2026-03-15"),
    ("fin mars", "2026-03-21"),
    ("jusqu'à fin mars", "2026-04-01"),
    ("congé maternité jusqu'en septembre", "2026-09-01"),
    ("à la rentrée", "2026-09-01"),
    ("au printemps", "2026-03-01"),
    ("janvier", "2027-01-01"),
    ("99/99/2026", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "day"), FORMS, ids=[text for text, _ in FORMS])
def test_the_first_free_day_is_found(text: str, day: str | None) -> None:
    found = available_from(text, today=FRIDAY)
    assert (found.isoformat() if found else None) == day


@pytest.mark.parametrize(
    "today", [date(2028, 2, 29), date(2026, 12, 31), date(2026, 1, 31), date(9999, 12, 31)]
)
def test_no_day_of_the_year_breaks_a_form(today: date) -> None:
    for text, _ in FORMS:
        available_from(text, today=today)


def _absences() -> list[tuple[date, str, date | None]]:
    lines = (Path(__file__).parent / "absences.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split(" |") for line in lines if not line.startswith("#")]
    return [
        (date.fromisoformat(day), text.strip(), date.fromisoformat(back.strip()) if back.strip() else None)
        for day, text, back in rows
    ]


@pytest.mark.parametrize(("today", "text", "back"), _absences(), ids=[row[1] for row in _absences()])
def test_an_absence_ends_on_the_day_that_its_writer_meant(today: date, text: str, back: date | None) -> None:
    assert available_from(text, today=today) == back


@pytest.mark.parametrize("today", [date(1, 1, 1), date(2028, 2, 29), date(9999, 12, 31)])
def test_no_day_of_the_year_breaks_an_absence(today: date) -> None:
    for _, text, _ in _absences():
        available_from(text, today=today)
