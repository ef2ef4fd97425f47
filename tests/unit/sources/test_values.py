from datetime import date

import pytest

from agent.adapters.sources import dates, places, profiles, values
from agent.adapters.sources.values import BadValue


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("4,2k", 4200), ("4.2K", 4200), ("4 200", 4200), ("12 345", 12345), ("12\u202f345", 12345),
        ("12\u00a0345 abonnés", 12345), ("12,345", 12345), ("12.345", 12345), ("1,234,567", 1_234_567),
        ("4200.0", 4200), ("1,2M", 1_200_000), ("10k+", 10_000), ("12'345", 12345), (4200, 4200),
        (4200.0, 4200), ("0", 0), ("2 Mio", 2_000_000),
    ],
)  # fmt: skip
def test_counts_are_read_as_people_write_them(written: object, number: int) -> None:
    assert values.count(written) == number


@pytest.mark.parametrize(
    "written",
    [
        "beaucoup",
        "4,2",
        "1,234k",
        "-5",
        "1e400",
        "9" * 400,
        float("inf"),
        float("nan"),
        True,
        10**30,
        "1.2.3",
        "²",
    ],
)
def test_counts_that_mean_two_things_or_nothing_are_refused(written: object) -> None:
    with pytest.raises(BadValue):
        values.count(written)


@pytest.mark.parametrize(
    ("written", "answer"),
    [("yes", True), ("Oui", True), (" TRUE ", True), ("1", True), (1, True), (True, True), ("x", True),
     ("no", False), ("NON", False), ("faux", False), (0, False), (False, False)],
)  # fmt: skip
def test_answers_are_read(written: object, answer: bool) -> None:  # noqa: FBT001 - an expected value
    assert values.yes_or_no(written) is answer


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("Bonjour@EXEMPLE.example", "Bonjour@exemple.example"),
        ("Léa <lea@essais.example>", "lea@essais.example"),
        ("mailto:lea@essais.example", "lea@essais.example"),
        (" lea@exämple.de ", "lea@exämple.de"),
    ],
)
def test_addresses_are_read(written: str, address: str) -> None:
    assert values.email(written) == address


@pytest.mark.parametrize(
    "written",
    ["lea", "lea@localhost", "é@essais.example", "a@b.example, c@d.example", "=lea", "a\nb@c.example"],
)
def test_what_is_no_address_is_refused(written: str) -> None:
    with pytest.raises(BadValue, match="is no e-mail address"):
        values.email(written)


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("https://a.example/x?y=1", "https://a.example/x?y=1"),
        ("instagram.com/lea", "https://instagram.com/lea"),
    ],
)
def test_web_addresses_are_read(written: str, address: str) -> None:
    assert values.web_address(written) == address


@pytest.mark.parametrize(
    "written",
    ["javascript:alert(1)", "ftp://a.example", "https://a b.example", "https://", "lea", "https://u:p@a.example",
     "https://<b>.example", "https://[::1", "data:text/html,x", "https://a.example/\u202ex"],
)  # fmt: skip
def test_what_is_no_web_address_is_refused(written: str) -> None:
    with pytest.raises(BadValue, match="is no web address"):
        values.web_address(written)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("FR", "FR"), ("fr", "FR"), ("FRA", "FR"), ("France", "FR"), ("UK", "GB"), ("Royaume-Uni", "GB"),
        ("États-Unis", "US"), ("etats unis", "US"), ("USA", "US"), ("U.S.", "US"), ("United States", "US"),
        ("Turkey", "TR"), ("Allemagne", "DE"), ("Germany", "DE"), ("Hong Kong SAR China", "HK"), ("NA", "NA"),
        ("Côte d'Ivoire", "CI"), ("Corée du Sud", "KR"), ("Czech Republic", "CZ"), ("angleterre", "GB"),
    ],
)  # fmt: skip
def test_countries_are_known_by_code_and_name(written: str, code: str) -> None:
    assert places.country(written) == code


@pytest.mark.parametrize("written", ["Atlantide", "EU", "ZZ", "001", "X"])
def test_unknown_countries_are_refused(written: str) -> None:
    with pytest.raises(BadValue, match="is no country"):
        places.country(written)


@pytest.mark.parametrize(
    ("written", "code"),
    [("fr", "fr"), ("FR", "fr"), ("fr-CA", "fr"), ("fra", "fr"), ("français", "fr"), ("French", "fr"),
     ("anglais", "en"), ("Deutsch", "de"), ("und", None), ("unknown", None)],
)  # fmt: skip
def test_languages_are_known_by_code_and_name(written: str, code: str | None) -> None:
    assert places.language(written) == code


def test_unknown_languages_are_refused() -> None:
    with pytest.raises(BadValue, match="“klingonais” is no language"):
        places.language("klingonais")


@pytest.mark.parametrize(
    ("written", "platform", "handle"),
    [
        ("https://www.instagram.com/lea.naturel/?hl=fr", "instagram", "lea.naturel"),
        ("instagram.com/lea", "instagram", "lea"),
        ("https://www.tiktok.com/@lea/video/123", "tiktok", "lea"),
        ("https://youtube.com/@Lea", "youtube", "Lea"),
        ("https://www.youtube.com/channel/UC123", "youtube", "UC123"),
        ("https://fr.pinterest.com/lea/", "pinterest", "lea"),
        ("https://twitter.com/lea", "x", "lea"),
    ],
)
def test_a_profile_tells_platform_and_handle(written: str, platform: str, handle: str) -> None:
    assert profiles.platform_of(written) == platform
    assert profiles.handle_of(written) == handle
    assert profiles.handle(written) == handle


def test_a_lookalike_host_is_no_platform() -> None:
    assert profiles.platform_of("https://instagram.com.evil.example/lea") is None
    assert profiles.platform_of("https://notinstagram.com/lea") is None


@pytest.mark.parametrize(
    ("written", "handle"),
    [
        (" @Léa ", "Léa"),
        (123, "123"),
        ("l\u200bea", "lea"),
        ("https://mon-blog.example/", "mon-blog.example"),
    ],
)
def test_handles_are_read(written: object, handle: str) -> None:
    assert profiles.handle(written) == handle


@pytest.mark.parametrize("written", ["@", "a\nb", "x" * 101, "https://www.instagram.com/p/AAA/", "\u200b"])
def test_what_is_no_handle_is_refused(written: str) -> None:
    with pytest.raises(BadValue):
        profiles.handle(written)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-09-12", date(2026, 9, 12)),
        ("2026-09-12 23:30", date(2026, 9, 12)),
        ("2026-09-12T23:30:00+02:00", date(2026, 9, 12)),
        ("12.09.2026", date(2026, 9, 12)),
        ("24/03/2026", date(2026, 3, 24)),
        ("03/24/2026 10:15", date(2026, 3, 24)),
        ("05/05/2026", date(2026, 5, 5)),
        ("12 septembre 2026", date(2026, 9, 12)),
        ("1er févr. 2026", date(2026, 2, 1)),
        ("Sep 12, 2026", date(2026, 9, 12)),
        ("September 12th, 2026 at 10:00", date(2026, 9, 12)),
        (1789000000, date(2026, 9, 10)),
        ("1789000000000", date(2026, 9, 10)),
    ],
)  # fmt: skip
def test_dates_are_read(written: object, day: date) -> None:
    assert dates.day(written) == day


@pytest.mark.parametrize(
    "written", ["03/04/2026", "hier", "2026-02-31", "31/02/2026", "12/09/26", "0000-00-00", "1970-01-01", {}]
)
def test_dates_that_mean_two_things_or_nothing_are_refused(written: object) -> None:
    with pytest.raises(BadValue):
        dates.day(written)


def test_a_column_tells_which_number_is_the_day() -> None:
    assert dates.writes_day_first(["03/04/2026", "24/03/2026"]) is True
    assert dates.writes_day_first(["03/04/2026", "03/24/2026"]) is False
    assert dates.writes_day_first(["03/04/2026"]) is None
    assert dates.writes_day_first(["24/03/2026", "03/24/2026"]) is None
    assert dates.day("03/04/2026", day_first=True) == date(2026, 4, 3)
    assert dates.day("03/04/2026", day_first=False) == date(2026, 3, 4)
