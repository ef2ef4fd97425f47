"""A creator without the posts that are too old to write about."""

from datetime import date

from tests.builders import a_creator, a_post

DAY = date(2026, 1, 10)


def test_posts_from_before_the_day_are_left_out_and_undated_ones_stay() -> None:
    posts = (
        a_post("old", published_on=date(2026, 1, 9)),
        a_post("new", published_on=DAY),
        a_post("undated", published_on=None),
    )
    assert [post.key for post in a_creator(posts=posts).recent(DAY).posts] == ["new", "undated"]


def test_the_bio_alone_is_enough_to_write_about() -> None:
    creator = a_creator(posts=(a_post(published_on=date(2020, 1, 1)),), bio="Savons, romarin.")
    assert creator.recent(DAY).posts == ()


def test_old_posts_stay_where_nothing_else_would_be_left() -> None:
    creator = a_creator(posts=(a_post(published_on=date(2020, 1, 1)),), bio="", bio_original="")
    assert creator.recent(DAY) == creator
