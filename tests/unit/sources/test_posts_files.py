from datetime import date
from pathlib import Path

from agent.domain.records import CreatorRecord
from tests.unit.sources.reading import FIXTURES, notes, problems, records, rows_of, write


def test_posts_come_right_after_their_creator() -> None:
    rows = rows_of(FIXTURES / "publications.csv", FIXTURES / "excel-francais.csv")

    found = [(row.found.handle, row.found.only_posts) for row in rows if isinstance(row.found, CreatorRecord)]
    assert found == [
        ("lison.essais", False),
        ("lison.essais", True),
        ("prunelle.recup", False),
        ("prunelle.recup", True),
        ("dune.atelier", False),
    ]
    posts = rows[1]
    assert isinstance(posts.found, CreatorRecord)
    assert (posts.line, posts.more_lines) == (2, (5,))
    first, second = posts.found.posts
    assert first.text == "Deux ans sans flacon.\nLa poubelle reste vide."
    assert (first.published_on, first.likes, first.views) == (date(2026, 3, 24), 434, None)
    assert (second.published_on, second.comments) == (None, 3)
    assert (5, "published_at: “31/02/2026” is no date that can be read in one way only; left out.") in notes(
        rows
    )


def test_the_day_comes_first_where_one_date_of_the_column_proves_it() -> None:
    rows = rows_of(FIXTURES / "publications.csv", FIXTURES / "excel-francais.csv")

    (post,) = records(rows)[3].posts
    assert (post.published_on, post.likes) == (date(2026, 4, 5), 1200)


def test_posts_of_nobody_are_problems_with_their_lines() -> None:
    rows = rows_of(FIXTURES / "publications.csv", FIXTURES / "excel-francais.csv")

    line, sentence = problems(rows)[-1]
    assert line == 6
    assert sentence.startswith("no creator in these files has the handle “personne.ici”")


def test_a_handle_on_two_platforms_needs_a_platform_column(tmp_path: Path) -> None:
    people = write(tmp_path, "c.csv", "handle,platform\nlea,instagram\nlea,tiktok\n")
    vague = write(tmp_path, "p.csv", "handle,text\nlea,un\n")
    exact = write(tmp_path, "q.csv", "handle,text,platform\nlea,un,tiktok\n")

    assert problems(rows_of(people, vague)) == [
        (2, "“lea” is on instagram and on tiktok; add a platform column that says whose post this is")
    ]
    assert records(rows_of(people, exact))[-1].platform == "tiktok"


def test_posts_alone_are_for_creators_of_an_earlier_import(tmp_path: Path) -> None:
    path = write(tmp_path, "p.csv", "handle,text,url,id\nlea,un,https://www.instagram.com/p/AA/,AA\n")

    (record,) = records(rows_of(path))
    assert (record.person, record.only_posts) == ("instagram:lea", True)
    assert (record.posts[0].id, record.posts[0].url) == ("AA", "https://www.instagram.com/p/AA/")


def test_a_post_without_text_and_id_is_a_problem(tmp_path: Path) -> None:
    people = write(tmp_path, "c.csv", "handle,platform\nlea,instagram\n")
    posts = write(tmp_path, "p.csv", "handle,text,likes\nlea,,3\n,text,3\n")

    assert problems(rows_of(people, posts)) == [
        (2, "the post has neither id nor text"),
        (3, "there is no handle, and every creator needs one"),
    ]
