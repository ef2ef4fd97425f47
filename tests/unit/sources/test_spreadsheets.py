from datetime import date
from pathlib import Path

import pytest

from agent.domain.creator import Provenance
from agent.domain.errors import BadInput
from tests.unit.sources.reading import FIXTURES, notes, only, problems, records, rows_of, write


def test_a_french_excel_file_is_read_with_the_lines_of_the_file() -> None:
    rows = rows_of(FIXTURES / "excel-francais.csv")

    lison, prunelle, dune = records(rows)
    assert (lison.platform, lison.handle, lison.name) == ("instagram", "lison.essais", "Lison")
    assert (lison.followers, lison.country, lison.language) == (4200, "FR", "fr")
    assert lison.bio == "Savon, lin et\nvinaigre – « tout ça » pour 5 €"
    assert lison.email == "lison@essais.example"
    assert lison.email_source == Provenance(kind="page", url="https://essais.example/contact")
    assert lison.business_contact is True
    assert (prunelle.platform, prunelle.followers, prunelle.country) == ("instagram", 4200, "BE")
    assert (prunelle.email, prunelle.email_source, prunelle.business_contact) == (None, None, False)
    assert prunelle.bio == "L’été, je récupère"
    assert (dune.country, dune.language, dune.bio) == ("US", "en", "=SOMME(A1:A3)")
    assert [row.line for row in rows] == [3, 6, 7, 8]
    assert problems(rows) == [(8, "there is no handle, and every creator needs one")]
    assert notes(rows) == [(6, "email: “prunelle(at)recup” is no e-mail address; left out.")]


def test_the_unicode_text_of_excel_is_read_and_the_address_tells_the_platform() -> None:
    sage, brook = records(rows_of(FIXTURES / "excel-unicode.txt"))

    assert (sage.platform, sage.handle, sage.followers) == ("instagram", "sage.mends", 12345)
    assert (sage.url, sage.bio) == ("https://www.instagram.com/sage.mends/", "Darning — slowly 🧵")
    assert (brook.platform, brook.followers) == ("tiktok", 1200)


def test_rows_with_a_profile_and_a_post_give_the_creator_that_post() -> None:
    rows = rows_of(FIXTURES / "scraper-rows.csv", mapping=FIXTURES / "scraper-map.yaml")

    first, second = records(rows)
    assert first.person == second.person == "instagram:sage.mends"
    (post,) = first.posts
    assert (post.id, post.text) == ("AAA", 'Third sock of the week, "done"')
    assert post.published_on == date(2026, 9, 12)  # the author's own day
    assert (post.likes, post.comments, post.url) == (31, 4, "https://www.instagram.com/p/AAA/")
    assert second.posts[0].comments is None


def test_broken_quotes_cost_their_own_line_only() -> None:
    rows = rows_of(FIXTURES / "broken-quotes.csv")

    assert [record.handle for record in records(rows)] == ["second", "fifth"]
    assert problems(rows) == [
        (
            2,
            "a quotation mark closes inside a cell; write it twice there, or end the cell with “,”",
        ),
        (4, "4 cells under 3 titles; a text that holds the separator needs quotes"),
        (5, "a quotation mark opens here and is never closed"),
    ]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_told_from_the_titles(tmp_path: Path, separator: str) -> None:
    cells = ["handle", "platform", "bio"], ["lea", "instagram", "savon"]
    path = write(tmp_path, "c.csv", "\n".join(separator.join(row) for row in cells))

    assert only(rows_of(path)).bio == "savon"


def test_two_columns_that_claim_one_field_are_refused_with_the_way_out(tmp_path: Path) -> None:
    path = write(tmp_path, "c.csv", "Username,Platform,Compte\nlea,instagram,lea2\n")

    with pytest.raises(BadInput) as caught:
        rows_of(path)

    assert str(caught.value) == (
        "c.csv: the columns “Username” (number 1) and “Compte” (number 3) both look like handle. "
        "Say which one it is in a mapping file, and import with --map FILE that holds "
        'columns: {"Compte": handle}'
    )


def test_a_file_without_handles_is_refused_with_what_it_has(tmp_path: Path) -> None:
    path = write(tmp_path, "c.csv", "Prix,Ville\n3,Lyon\n")

    with pytest.raises(BadInput, match=r"c\.csv: no column looks like a handle \(found: “Prix”, “Ville”\)"):
        rows_of(path)


def test_profile_addresses_alone_are_enough(tmp_path: Path) -> None:
    path = write(tmp_path, "c.csv", "Link\nhttps://www.tiktok.com/@lea?lang=fr\nhttps://example.org/x\n")
    rows = rows_of(path)

    assert [record.person for record in records(rows)] == ["tiktok:lea"]
    assert problems(rows) == [(3, "there is no handle, and every creator needs one")]


def test_a_row_whose_platform_nothing_tells_is_a_problem(tmp_path: Path) -> None:
    rows = rows_of(write(tmp_path, "c.csv", "handle\nlea\n"))

    ((line, sentence),) = problems(rows)
    assert line == 2
    assert sentence.startswith("nothing tells the platform of “lea”; add a platform column")


@pytest.mark.parametrize("payload", ["=1+1", "+1", "-1+2", '=cmd|"/C calc"!A0', "@SUM(1+9)"])
def test_formulas_are_data(tmp_path: Path, payload: str) -> None:
    quoted = payload.replace('"', '""')
    path = write(tmp_path, "c.csv", f'handle,platform,bio\nlea,instagram,"{quoted}"\n')

    assert only(rows_of(path)).bio == payload


def test_source_columns_and_json_names_of_an_address_are_understood(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "c.csv",
        "platform,handle,email,email_source.kind,email_source.url,email_source.found_at\n"
        "instagram,lea,lea@essais.example,bio,instagram.com/lea,2026-10-01\n",
    )

    assert only(rows_of(path)).email_source == Provenance(
        kind="bio", url="https://instagram.com/lea", found_on=date(2026, 10, 1)
    )


def test_a_source_may_stand_as_json_in_one_cell(tmp_path: Path) -> None:
    cell = '"{""kind"": ""bio"", ""found_at"": ""2026-10-01""}"'
    path = write(
        tmp_path, "c.csv", f"platform,handle,email,email_source\ninstagram,lea,lea@essais.example,{cell}\n"
    )

    assert only(rows_of(path)).email_source == Provenance(kind="bio", found_on=date(2026, 10, 1))
