"""Forgetting a person: out of the store at once, then out of every file; finished after any interruption.

The order is the guarantee. One transaction takes the person out of the store and leaves a note of what is
still in files, without a name or an address. Then letters and vectors go, the note loses its numbers, the
database is written anew, and the note goes. Whoever is interrupted is finished by the next run of this
command, by a tick or by building the index.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from agent.domain.chain import FORGETTING
from agent.domain.delivery import DeliveryState
from agent.domain.errors import BadInput, NotFound, Unavailable
from agent.domain.people import Entry
from agent.ports import FORGOTTEN, Erasure, Ports, Transaction
from agent.usecases.privacy import (
    Asked,
    Dossier,
    Mails,
    asked_for,
    dossier_of,
    erased_among,
    erased_mark,
    mails_about,
    traces_of,
)
from agent.usecases.quieting import never_again
from agent.usecases.sending import recover

_LEAVING = frozenset({DeliveryState.HANDSHAKE, DeliveryState.DATA})
_SHORTEST_HANDLE = 4
"""Shorter ones stand in too many words to be looked for."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """Somewhere that was looked at: what was taken out of it, and what still names the person there."""

    name: str
    where: str
    removed: Mapping[str, int] = field(default_factory=dict)
    left: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Kept:
    """Something that stays, and the rule that asks for it."""

    what: str
    source: str


@dataclass(frozen=True, kw_only=True)
class ForgetReport:
    """What a forgetting did. `left` are sentences about what a person has to look at.

    `before` says that the person had been forgotten already; then everything was looked at once more.
    """

    person: str
    before: bool
    places: tuple[Place, ...]
    kept: tuple[Kept, ...]
    left: tuple[str, ...]

    @property
    def removed(self) -> int:
        """How many things were taken out, everywhere together."""
        return sum(count for place in self.places for count in place.removed.values())


KEPT = (
    Kept(
        what="keyed hashes of the profiles and addresses, so that nobody writes again and no import brings "
        "the person back",
        source="GDPR art. 21(2)-(3); CNIL, liste repoussoir, 27 January 2022",
    ),
    Kept(
        what="journal rows that say who did what and when, without whom it was about",
        source="GDPR art. 5(2)",
    ),
    Kept(
        what="the place and SHA-256 of each mail, without its text, so that it is not read in again",
        source="GDPR art. 17(1), 25(2)",
    ),
)


@dataclass(frozen=True, kw_only=True)
class _TakenOut:
    dossier: Dossier
    before: bool
    rows: Mapping[str, int]
    sharing: tuple[str, ...]


def forget(ports: Ports, person: str, *, by: str) -> ForgetReport:
    """Take a person out of the store and out of every file of the home.

    Raises BadInput where a letter to the person is leaving at this moment, NotFound where nothing is known
    of the person, Unavailable where a file cannot be cleaned now; the last is finished by the next run.
    """
    asked = asked_for(person)
    with ports.store.read() as tx:
        # mails are read through before anything is locked: there may be many
        dossier = dossier_of(tx, asked)
        mails = mails_about(tx, dossier)
    if any(delivery.state in _LEAVING for delivery in dossier.deliveries):
        recover(ports)  # a worker that is dead keeps nobody waiting
    with ports.store.write() as tx:
        taken = _take_out(ports, tx, dossier_of(tx, asked), mails, by=by)
    words = _words(taken.dossier)
    with ports.store.read() as tx:
        mentions = Counter(tx.privacy.mentions(words)) + Counter({"mails": mails.of_others})
    try:
        cleaned = finish_forgetting(ports)
    except Unavailable as error:
        raise Unavailable(
            f"{asked.name} is out of the store, and not yet out of every file: {error} Run the command again "
            "then; nanoreach tick and nanoreach index build finish it as well."
        ) from error
    found = ports.home_files.search(words)
    return ForgetReport(
        person=asked.name,
        before=taken.before,
        places=(
            Place(name="store", where="the database", removed=taken.rows, left=mentions),
            *cleaned,
            Place(
                name="other files",
                where=f"{found.files} files of {ports.home_files.where}",
                left={"files": len(found.naming)} if found.naming else {},
            ),
        ),
        kept=KEPT,
        left=_sentences(taken, mentions, found.naming),
    )


def finish_forgetting(ports: Ports) -> tuple[Place, ...]:
    """Finish what was begun and interrupted; return the places that were cleaned, none where nothing was.

    Raises Unavailable where a file cannot be cleaned now.
    """
    with ports.store.read() as tx:
        waiting = tx.privacy.unfinished()
    if not waiting:
        return ()
    letters: Counter[str] = Counter()
    vectors = 0
    for erasure in waiting:
        removed = ports.home_files.remove_letters(erasure.message_ids)
        letters.update({"letters": removed.letters, "half-written letters": removed.half_written})
        # a builder that began before the person was taken out holds the index until it is done
        vectors += ports.similarity.forget(erasure.creators)
        with ports.store.write() as tx:
            tx.privacy.save(replace(erasure, creators=(), message_ids=()))
    ports.store.compact()
    at = ports.clock.now()
    with ports.store.write() as tx:
        for erasure in waiting:
            tx.privacy.finish(erasure.id)
            tx.journal.add(Entry(at=at, who=ports.worker, what="forgotten", subject=erasure.id))
    return (
        Place(name="letters", where=f"{ports.home_files.where}/outbox", removed=dict(letters)),
        Place(name="index", where="snapshots and kept vectors", removed={"creators": vectors}),
        Place(name="database files", where="written anew, log emptied"),
    )


def _take_out(ports: Ports, tx: Transaction, dossier: Dossier, mails: Mails, *, by: str) -> _TakenOut:
    """Take the person out of the store and note what is left to do, in one transaction."""
    asked = dossier.asked
    before = bool(erased_among(ports, tx, [asked.name]))
    if not (before or dossier.creators or mails.theirs or _is_suppressed(ports, tx, asked)):
        raise NotFound("person", asked.name, hint="Nothing about them is on file.")
    leaving = next((delivery for delivery in dossier.deliveries if delivery.state in _LEAVING), None)
    if leaving is not None:
        raise BadInput(
            f"A letter to {asked.name} is leaving at this moment (delivery {leaving.id}), so nothing was "
            "forgotten. Run the command again when it has left."
        )
    at = ports.clock.now()
    numbers = {creator.id for creator in dossier.creators} | {asked.creator}
    erasure = Erasure(
        id=ports.ids.new("e"),
        creators=tuple(sorted(number for number in numbers if number is not None)),
        message_ids=tuple(delivery.message_id for delivery in dossier.deliveries),
        begun_at=at,
    )
    rows = tx.privacy.erase(traces_of(ports, tx, dossier, mails))
    tx.privacy.save(erasure)
    tx.journal.add(Entry(at=at, who=by, what=FORGETTING, subject=erasure.id, why=FORGOTTEN))
    sharing = _remember_not_to_write(ports, tx, dossier, at=at)
    return _TakenOut(dossier=dossier, before=before, rows=rows, sharing=sharing)


def _is_suppressed(ports: Ports, tx: Transaction, asked: Asked) -> bool:
    return asked.address is not None and tx.suppressions.has(ports.fingerprints.of(asked.address))


def _remember_not_to_write(
    ports: Ports, tx: Transaction, dossier: Dossier, *, at: datetime
) -> tuple[str, ...]:
    """Keep the keyed hashes; return the profiles of others who are reached at one of the addresses."""
    sharing = {address: tx.creators.with_email(address) for address in dossier.addresses}
    for address in sorted(dossier.addresses):
        never_again(ports, tx, address, at=at, why=FORGOTTEN)
    # an address of others names them too: nobody writes there, but it does not keep them from coming in
    alone = dossier.names - {address for address, others in sharing.items() if others}
    for name in sorted(alone):
        tx.suppressions.add(erased_mark(ports.fingerprints, name), reason=FORGOTTEN, at=at)
    return tuple(sorted({creator.person for others in sharing.values() for creator in others}))


def _words(dossier: Dossier) -> frozenset[str]:
    """Return what may name the person in the words of others: addresses, and handles as people write them."""
    handles = (creator.handle.casefold() for creator in dossier.creators)
    written = {f"@{handle}" for handle in handles if len(handle) >= _SHORTEST_HANDLE}
    return dossier.addresses | written


def _sentences(taken: _TakenOut, mentions: Mapping[str, int], files: tuple[str, ...]) -> tuple[str, ...]:
    return (
        *(
            f"{person} has the same address and stays; nobody writes there any more. To forget them too, "
            "name the address."
            for person in taken.sharing
        ),
        *(
            f"{count} of the {table} of others name the person; nothing of theirs was changed."
            for table, count in sorted(mentions.items())
        ),
        *(f"{path} names the person and was not made by nanoreach; look at it." for path in files),
    )
