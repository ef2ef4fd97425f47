import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import UTC, date, datetime, timedelta
from importlib.resources import as_file
from typing import Any

import pytest

from agent import samples
from agent.adapters.sources import read_brand, read_creators
from agent.domain.creator import Address, Creator
from agent.domain.errors import BadInput
from agent.domain.merging import Change
from agent.domain.records import BrandFile, CreatorRecord, Note, PostRecord, Problem, SourceRow
from agent.ports import Ports
from agent.usecases import importing
from agent.usecases.importing import ImportReport, import_brand, import_creators
from tests.builders import NOW, a_brand, a_campaign
from tests.fakes import later, make_ports
from tests.unit.sources.reading import FIXTURES

TOMORROW = NOW + timedelta(days=1)


def row(handle: str = "lea", *, line: int = 1, **fields: Any) -> SourceRow:
    record = CreatorRecord(platform="instagram", handle=handle, **fields)
    return SourceRow(file="c.csv", line=line, found=record)


def lea(ports: Ports) -> Creator:
    with ports.store.read() as tx:
        found = tx.creators.find("instagram:lea")
    assert found is not None
    return found


def counts(report: ImportReport) -> tuple[int, int, int, int]:
    return report.added, report.updated, report.unchanged, report.merged


def test_creators_are_added_then_unchanged_then_updated() -> None:
    ports = make_ports()

    assert counts(import_creators(ports, [row(bio="savon"), row("zoe")])) == (2, 0, 0, 0)
    assert counts(import_creators(later(ports, TOMORROW), [row(bio="savon"), row("zoe")])) == (0, 0, 2, 0)
    assert lea(ports).updated_at == NOW
    assert counts(import_creators(later(ports, TOMORROW), [row(bio="lin"), row("zoe")])) == (0, 1, 1, 0)
    assert (lea(ports).bio, lea(ports).updated_at) == ("lin", TOMORROW)


def test_problems_are_reported_and_block_nobody() -> None:
    problem = Problem(file="c.csv", line=2, sentence="there is no handle")
    bad = SourceRow(file="c.csv", line=2, found=problem)

    report = import_creators(make_ports(), [row(), bad, row("zoe", line=3)])

    assert (report.added, report.skipped) == (2, (problem,))
    assert str(report.skipped[0]) == "c.csv line 2: there is no handle"
    assert json.loads(json.dumps(asdict(report)))["skipped"][0]["line"] == 2


def test_rows_that_name_one_creator_twice_are_merged_and_stable() -> None:
    ports = make_ports()
    rows = [row(bio="a", name="Léa"), row("LEA", line=2, bio="b")]

    assert counts(import_creators(ports, rows)) == (1, 0, 0, 1)
    assert (lea(ports).bio, lea(ports).name) == ("b", "Léa")
    assert counts(import_creators(later(ports, TOMORROW), rows)) == (0, 0, 1, 1)
    assert lea(ports).updated_at == NOW


@pytest.mark.parametrize("dry_run", [False, True])
def test_batches_make_no_difference(monkeypatch: pytest.MonkeyPatch, dry_run: bool) -> None:  # noqa: FBT001 - both
    monkeypatch.setattr(importing, "BATCH", 2)
    told: list[tuple[int, int]] = []
    rows = [row(), row("zoe"), row("max"), row(name="Léa"), row("ida")]

    report = import_creators(
        make_ports(), rows, dry_run=dry_run, progress=lambda done, total: told.append((done, total))
    )

    assert counts(report) == (4, 0, 0, 1)
    assert told == [(2, 0), (4, 0), (5, 0)]


def test_a_later_batch_that_changes_a_creator_counts_as_an_update(monkeypatch: pytest.MonkeyPatch) -> None:
    ports = make_ports()
    import_creators(ports, [row()])
    monkeypatch.setattr(importing, "BATCH", 1)

    assert counts(import_creators(ports, [row(), row(name="Léa")])) == (0, 1, 0, 1)


def test_posts_stay_in_the_batch_of_their_creator(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "BATCH", 1)
    ports = make_ports()
    posts = row(posts=(PostRecord(text="un texte"),), only_posts=True)

    assert counts(import_creators(ports, [row(), posts, row("zoe")])) == (2, 0, 0, 0)
    assert (lea(ports).language, len(lea(ports).posts)) == ("fr", 1)


def test_a_dry_run_reports_the_same_and_writes_nothing() -> None:
    ports = make_ports()

    report = import_creators(ports, [row(), row("zoe")], dry_run=True)

    assert (counts(report), report.dry_run) == ((2, 0, 0, 0), True)
    with ports.store.read() as tx:
        assert tx.creators.count() == 0


def test_a_language_that_nobody_said_is_told_from_the_words() -> None:
    ports = make_ports(language="fr")

    import_creators(ports, [row(bio="Le savon de ma voisine"), row("zoe", language="en", bio="soap")])

    with ports.store.read() as tx:
        found = {creator.handle: creator.language for creator in tx.creators.stream()}
    assert found == {"lea": "fr", "zoe": "en"}


def test_someone_who_objected_is_not_imported_with_an_address() -> None:
    ports = make_ports()
    with ports.store.write() as tx:
        tx.suppressions.add(ports.fingerprints.of("lea@essais.example"), reason="objection", at=NOW)

    report = import_creators(ports, [row(email="LEA@essais.example", bio="savon")])

    assert (lea(ports).address, lea(ports).bio) == (None, "savon")
    sentence = "The person asked not to be written to; the address was left out."
    assert report.notes == (Note(file="c.csv", line=1, sentence=sentence),)


def test_dates_in_the_future_are_dropped_with_a_note() -> None:
    ports = make_ports()

    report = import_creators(ports, [row(posts=(PostRecord(id="a", published_on=date(2027, 1, 1)),))])

    assert lea(ports).posts[0].published_on is None
    assert [str(note) for note in report.notes] == [
        "c.csv line 1: Post 1 is dated 2027-01-01, in the future; it keeps no date."
    ]


def test_posts_reach_a_creator_of_an_earlier_import_and_nobody_else() -> None:
    ports = make_ports()
    import_creators(ports, [row()])
    posts = PostRecord(text="un"), PostRecord(text="deux")
    orphan = replace(row("zoe", line=5, posts=posts, only_posts=True), more_lines=(8,))

    report = import_creators(ports, [row(line=2, posts=posts, only_posts=True), orphan])

    assert counts(report) == (0, 1, 0, 0)
    assert len(lea(ports).posts) == 2
    assert [str(problem) for problem in report.skipped] == [
        "c.csv line 5: this post is by instagram:zoe, whom no import has brought in yet",
        "c.csv line 8: this post is by instagram:zoe, whom no import has brought in yet",
    ]


def test_each_change_has_a_row_in_the_journal_without_a_name() -> None:
    ports = make_ports()
    import_creators(ports, [row(line=7)])
    import_creators(ports, [row(line=7)])

    with ports.store.read() as tx:
        (entry,) = tx.journal.of(f"creator {lea(ports).id}")
    assert (entry.what, entry.who, entry.why) == ("imported", "worker-1", "line 7 of c.csv")


def test_what_was_written_before_a_source_fails_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "BATCH", 1)
    ports = make_ports()

    def rows() -> Iterator[SourceRow]:
        yield row()
        yield row("zoe")
        raise BadInput("c.csv cannot be read: the disk is gone.")

    with pytest.raises(BadInput, match="the disk is gone"):
        import_creators(ports, rows())

    assert lea(ports).handle == "lea"


def test_addresses_imported_later_keep_bio_and_posts() -> None:
    ports = make_ports()
    import_creators(ports, read_creators([FIXTURES / "excel-francais.csv", FIXTURES / "publications.csv"]))
    with ports.store.read() as tx:
        before = tx.creators.find("instagram:lison.essais")

    report = import_creators(later(ports, TOMORROW), read_creators([FIXTURES / "emails-later.csv"]))

    with ports.store.read() as tx:
        after = tx.creators.find("instagram:lison.essais")
    assert counts(report) == (0, 1, 0, 0)
    assert before is not None
    assert after is not None
    assert (after.bio, after.posts, len(after.posts)) == (before.bio, before.posts, 2)
    assert isinstance(after.address, Address)
    assert after.address.email == "bonjour@essais.example"


def test_the_sample_creators_come_in_without_a_problem() -> None:
    ports = make_ports(at=datetime(2026, 12, 1, tzinfo=UTC))  # after the last sample post
    with as_file(samples.creators_file()) as path:
        first = import_creators(ports, read_creators([path]))
        second = import_creators(ports, read_creators([path]))

    assert (first.skipped, first.notes) == ((), ())
    assert first.added > 40
    assert counts(second) == (0, 0, first.added, 0)


def test_the_sample_brands_come_in_once() -> None:
    ports = make_ports()
    for traversable in samples.brand_files():
        with as_file(traversable) as path:
            found = read_brand(path)
        assert import_brand(ports, found).change is Change.ADDED
        assert import_brand(ports, found).change is Change.UNCHANGED


def test_a_brand_report_names_what_changed() -> None:
    ports = make_ports()
    brand, campaign = a_brand(), a_campaign()
    import_brand(ports, BrandFile(brand=brand, campaigns=(campaign,)))

    changed = replace(campaign, objective="Autre chose.")
    report = import_brand(ports, BrandFile(brand=brand, campaigns=(changed, a_campaign("neuve"))))

    assert (report.brand, report.campaigns) == ("savon-du-sud", ("second-evening", "neuve"))
    assert report.change is Change.UPDATED
    assert report.added == ("campaign neuve",)
    assert report.updated == ("campaign second-evening",)
    assert report.unchanged == ("brand savon-du-sud",)


def test_a_campaign_of_another_brand_is_refused_and_nothing_is_written() -> None:
    ports = make_ports()
    import_brand(ports, BrandFile(brand=a_brand(), campaigns=(a_campaign(),)))
    other = a_brand("autre")
    theirs = replace(a_campaign(), brand_id=other.id)

    with pytest.raises(BadInput, match="The campaign “second-evening” belongs to the brand savon-du-sud"):
        import_brand(ports, BrandFile(brand=other, campaigns=(theirs,)))

    with ports.store.read() as tx:
        assert [brand.id for brand in tx.brands.all()] == ["savon-du-sud"]
