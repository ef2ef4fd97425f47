"""Bringing creators and brands in from files."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from agent.domain.brand import Brand, Campaign
from agent.domain.creator import Creator
from agent.domain.errors import BadInput
from agent.domain.ids import CreatorId, creator_id
from agent.domain.merging import Change, Merged, merge, without_future_dates
from agent.domain.people import Entry
from agent.domain.records import BrandFile, CreatorRecord, Note, Problem, SourceRow
from agent.ports import Ports, Progress, Transaction
from agent.usecases.privacy import erased_among

BATCH = 500
"""Rows per transaction: long enough to be fast, short enough that letters go out meanwhile."""


@dataclass(frozen=True, kw_only=True)
class ImportReport:
    """What an import did. Creators are counted once each; `merged` counts rows that named one again.

    `skipped` are the lines that gave nothing, `notes` what was left out of lines that gave something.
    """

    added: int
    updated: int
    unchanged: int
    merged: int
    skipped: tuple[Problem, ...] = ()
    notes: tuple[Note, ...] = ()
    dry_run: bool = False


@dataclass(frozen=True, kw_only=True)
class BrandReport:
    """What a brand file did: the ids in it, and what was added, updated and left as it was.

    `change` sums it up: added where the brand is new, unchanged where the store already said all of it.
    """

    brand: str
    campaigns: tuple[str, ...]
    change: Change
    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()


_Named = tuple[SourceRow, CreatorRecord]


@dataclass(kw_only=True)
class _Tally:
    changes: dict[CreatorId, Change] = field(default_factory=dict)
    merged: int = 0
    skipped: list[Problem] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def import_creators(
    ports: Ports, rows: Iterable[SourceRow], *, dry_run: bool = False, progress: Progress | None = None
) -> ImportReport:
    """Store what the rows say of each creator; a bad row is reported and never blocks another.

    A second import of the same rows changes nothing. `dry_run` reports the same and writes nothing.
    `progress` gets the rows done and 0, since nobody has counted them.
    """
    at = ports.clock.now()
    tally = _Tally()
    done = 0
    for batch in _batches(rows):
        with ports.store.read() if dry_run else ports.store.write() as tx:
            _take(ports, tx, batch, tally, at=at, dry_run=dry_run)
        done += len(batch)
        if progress is not None:
            progress(done, 0)
    counted = Counter(tally.changes.values())
    return ImportReport(
        added=counted[Change.ADDED],
        updated=counted[Change.UPDATED],
        unchanged=counted[Change.UNCHANGED],
        merged=tally.merged,
        skipped=tuple(tally.skipped),
        notes=tuple(tally.notes),
        dry_run=dry_run,
    )


def import_brand(ports: Ports, brand_file: BrandFile) -> BrandReport:
    """Store a brand and its campaigns; raises BadInput where a campaign's id is another brand's."""
    with ports.store.write() as tx:
        return store_brand(tx, brand_file, at=ports.clock.now(), by=ports.worker)


def store_brand(tx: Transaction, brand_file: BrandFile, *, at: datetime, by: str) -> BrandReport:
    """Store them in this transaction, under this name in the journal; raises as `import_brand` does."""
    changes: dict[str, Change] = {}
    brand = brand_file.brand
    changes[f"brand {brand.id}"] = _save_brand(tx, brand)
    for campaign in brand_file.campaigns:
        changes[f"campaign {campaign.id}"] = _save_campaign(tx, campaign)
    for subject, change in changes.items():
        if change is not Change.UNCHANGED:
            tx.journal.add(Entry(at=at, who=by, what=f"import:{change.value}", subject=subject))
    return BrandReport(
        brand=brand.id,
        campaigns=tuple(campaign.id for campaign in brand_file.campaigns),
        change=_summed_up(tuple(changes.values())),
        added=_named(changes, Change.ADDED),
        updated=_named(changes, Change.UPDATED),
        unchanged=_named(changes, Change.UNCHANGED),
    )


def _batches(rows: Iterable[SourceRow]) -> Iterator[list[SourceRow]]:
    batch: list[SourceRow] = []
    for row in rows:
        # posts stay with their creator, so that the language is told from all of the words
        if len(batch) >= BATCH and not _is_posts(row):
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch


def _take(
    ports: Ports, tx: Transaction, batch: Sequence[SourceRow], tally: _Tally, *, at: datetime, dry_run: bool
) -> None:
    people: dict[CreatorId, list[_Named]] = {}
    for row in batch:
        match row.found:
            case Problem() as problem:
                tally.skipped.append(problem)
            case CreatorRecord() as record:
                people.setdefault(creator_id(record.platform, record.handle), []).append((row, record))
    forgotten = erased_among(ports, tx, {name for named in people.values() for name in _names(named)})
    for number, named in people.items():
        known = tx.creators.get(number)
        if known is None and not forgotten.isdisjoint(_names(named)):
            tally.skipped.extend(problem for row, _ in named for problem in _of_the_forgotten(row))
            continue
        if known is None and number not in tally.changes and all(record.only_posts for _, record in named):
            tally.skipped.extend(problem for row, record in named for problem in _of_nobody(row, record))
            continue
        records = [_accepted(ports, tx, row, record, tally, at=at) for row, record in named]
        merged = with_language(ports, known, merge(known, *records, at=at, again=number in tally.changes))
        if merged.creator != known and not dry_run:
            tx.creators.save(merged.creator)
            tx.journal.add(_entry(ports, merged.creator, named[0][0], at=at))
        _count(tally, merged, known, rows=sum(not record.only_posts for record in records))


def _names(named: Sequence[_Named]) -> set[str]:
    # by which a forgotten person is recognised: the profile, or the address under another handle
    return {
        name.casefold() for _, record in named for name in (record.person, record.email) if name is not None
    }


def _of_the_forgotten(row: SourceRow) -> Iterator[Problem]:
    for line in (row.line, *row.more_lines):
        sentence = "this person asked to be forgotten, and stays out; take them out of your file as well"
        yield Problem(file=row.file, line=line, sentence=sentence)


def _accepted(
    ports: Ports, tx: Transaction, row: SourceRow, record: CreatorRecord, tally: _Tally, *, at: datetime
) -> CreatorRecord:
    """Return a record without what must not be kept, and note what that was."""
    record, sentences = without_future_dates(record, at=at)
    tally.notes.extend(row.notes)
    if record.email is not None and tx.suppressions.has(ports.fingerprints.of(record.email)):
        record = replace(record, email=None, email_source=None)
        sentences += ("The person asked not to be written to; the address was left out.",)
    tally.notes.extend(Note(file=row.file, line=row.line, sentence=sentence) for sentence in sentences)
    return record


def with_language(ports: Ports, known: Creator | None, merged: Merged) -> Merged:
    """Return the creator with the language of the bio and posts, where nobody said it."""
    creator = merged.creator
    if creator.language is not None or creator == known:
        return merged
    return replace(merged, creator=replace(creator, language=ports.languages.detect(creator.whole_text)))


def _count(tally: _Tally, merged: Merged, known: Creator | None, *, rows: int) -> None:
    number = merged.creator.id
    if merged.change is not Change.MERGED:
        tally.changes[number] = merged.change
        tally.merged += max(rows - 1, 0)
        return
    tally.merged += rows
    if tally.changes[number] is Change.UNCHANGED and merged.creator != known:
        tally.changes[number] = Change.UPDATED


def _entry(ports: Ports, creator: Creator, row: SourceRow, *, at: datetime) -> Entry:
    # the number, not the name: the journal outlives a person who asks to be forgotten
    subject = f"creator {creator.id}"
    return Entry(
        at=at, who=ports.worker, what="imported", subject=subject, why=f"line {row.line} of {row.file}"
    )


def _is_posts(row: SourceRow) -> bool:
    return isinstance(row.found, CreatorRecord) and row.found.only_posts


def _of_nobody(row: SourceRow, record: CreatorRecord) -> Iterator[Problem]:
    for line in (row.line, *row.more_lines):
        sentence = f"this post is by {record.person}, whom no import has brought in yet"
        yield Problem(file=row.file, line=line, sentence=sentence)


def _save_brand(tx: Transaction, brand: Brand) -> Change:
    known = tx.brands.get(brand.id)
    if known == brand:
        return Change.UNCHANGED
    tx.brands.save(brand)
    return Change.ADDED if known is None else Change.UPDATED


def _save_campaign(tx: Transaction, campaign: Campaign) -> Change:
    known = tx.brands.campaign(campaign.id)
    if known == campaign:
        return Change.UNCHANGED
    if known is not None and known.brand_id != campaign.brand_id:
        raise BadInput(
            f"The campaign “{campaign.id}” belongs to the brand {known.brand_id}; "
            f"give the one of {campaign.brand_id} an id of its own. Nothing was imported."
        )
    tx.brands.save_campaign(campaign)
    return Change.ADDED if known is None else Change.UPDATED


def _summed_up(changes: Sequence[Change]) -> Change:
    brand, *_ = changes
    if brand is Change.ADDED:
        return brand
    return Change.UNCHANGED if set(changes) == {Change.UNCHANGED} else Change.UPDATED


def _named(changes: dict[str, Change], wanted: Change) -> tuple[str, ...]:
    return tuple(name for name, change in changes.items() if change is wanted)
