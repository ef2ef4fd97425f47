"""Stand-ins that do their work in memory: fakes with behaviour, not mocks of our own names."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from agent.adapters.clock import FixedClock
from agent.adapters.law import LawFile
from agent.adapters.memory import MemoryStore
from agent.adapters.names import KeyedHashes, SignedLinks
from agent.adapters.sources import YamlBrands
from agent.adapters.typeset import TypstTypesetter
from agent.domain.creator import BIO, Creator
from agent.domain.draft import Finding, Origin, Usage
from agent.domain.errors import Unavailable
from agent.domain.filters import Filters, refusal
from agent.domain.ids import CreatorId
from agent.domain.letter import Words
from agent.domain.seal import ApprovedLetter
from agent.ports import (
    Assignment,
    Attempt,
    Briefing,
    BuildReport,
    Fetched,
    FilesSearched,
    IndexStatus,
    LettersRemoved,
    NicheShare,
    Outcome,
    Passage,
    Ports,
    Progress,
    Ranked,
    Store,
    Writer,
    Written,
)
from tests.builders import NOW

KEY = b"a key of tests, and of nothing else"


def quiet(_done: int, _total: int) -> None:
    """Take progress and say nothing."""


class CountingIds:
    """Names in order, so that a test can read them."""

    def __init__(self) -> None:
        self._made = 0

    def new(self, prefix: str) -> str:
        self._made += 1
        return f"{prefix}-{self._made:05d}"


class PlainPasswords:
    """Passwords without the cost of argon2."""

    def hash(self, password: str) -> str:
        return f"plain:{password}"

    def matches(self, password: str, hashed: str) -> bool:
        return hashed == f"plain:{password}"


@dataclass
class FixedLanguages:
    """Every text is in one language."""

    language: str | None = "fr"

    def detect(self, text: str) -> str | None:
        return self.language if text.strip() else None


class WordIndex:
    """Ranks by shared words: no model, and an order that a test can foresee.

    `known_niches` is what a test says that creators are about.
    """

    def __init__(self) -> None:
        self.known_niches: dict[CreatorId, tuple[NicheShare, ...]] = {}
        self._creators: dict[CreatorId, Creator] = {}
        self._source = ""

    def build(self, creators: Iterable[Creator], *, source: str, progress: Progress) -> BuildReport:
        self._creators = {creator.id: creator for creator in creators}
        self._source = source
        progress(len(self._creators), len(self._creators))
        count = len(self._creators)
        return BuildReport(embedded=count, reused=0, removed=0, creators=count, seconds=0.0)

    def forget(self, creator_ids: Iterable[CreatorId]) -> int:
        return sum(self._creators.pop(name, None) is not None for name in creator_ids)

    def status(self) -> IndexStatus:
        return IndexStatus(
            exists=bool(self._source),
            model="words",
            creators=len(self._creators),
            passages=0,
            source=self._source,
        )

    def search(
        self,
        query: str,
        *,
        expansions: Sequence[str] = (),
        filters: Filters,
        excluded: Collection[CreatorId] = (),
        liked: Collection[CreatorId] = (),
        disliked: Collection[CreatorId] = (),
        limit: int,
    ) -> tuple[Ranked, ...]:
        sought = " ".join((query, *expansions))
        taken = " ".join(self._creators[name].whole_text for name in liked)
        turned_down = " ".join(self._creators[name].whole_text for name in disliked)
        scored = [
            (
                _overlap(sought, creator.whole_text)
                + _overlap(taken, creator.whole_text)
                - _overlap(turned_down, creator.whole_text),
                creator.id,
            )
            for creator in self._creators.values()
            if creator.id not in excluded and not _refused(filters, creator)
        ]
        scored.sort(key=lambda pair: (-pair[0], pair[1]))
        return tuple(Ranked(creator_id=name, score=score, similarity=score) for score, name in scored[:limit])

    def evidence(
        self, queries: Sequence[str], creator_ids: Sequence[CreatorId], *, limit: int
    ) -> Mapping[CreatorId, tuple[tuple[Passage, ...], ...]]:
        return {
            name: tuple(self._passages(query, self._creators[name])[:limit] for query in queries)
            for name in creator_ids
            if name in self._creators
        }

    def niches(self, creator_ids: Sequence[CreatorId]) -> Mapping[CreatorId, tuple[NicheShare, ...]]:
        known = self.known_niches
        return {name: known[name] for name in creator_ids if name in known and name in self._creators}

    def _passages(self, query: str, creator: Creator) -> tuple[Passage, ...]:
        texts = {creator.post_number(post.key): post.text for post in creator.posts}
        texts[creator.post_number(BIO)] = creator.bio
        found = [Passage(number=number, score=_overlap(query, text)) for number, text in texts.items()]
        return tuple(sorted(found, key=lambda passage: -passage.score))


def _refused(filters: Filters, creator: Creator) -> str:
    return refusal(
        filters,
        language=creator.language,
        country=creator.country,
        followers=creator.followers,
        platform=creator.platform,
    )


def _overlap(one: str, other: str) -> float:
    ours, theirs = set(one.casefold().split()), set(other.casefold().split())
    return len(ours & theirs) / (len(ours) or 1)


@dataclass
class ScriptedWriter:
    """Writes the given words, one after the other; an exception in the list is raised."""

    script: list[Words | Exception]
    name: str = "openai"
    asked: list[tuple[Assignment, Words | None, tuple[Finding, ...]]] = field(default_factory=list)

    def write(
        self, assignment: Assignment, *, rejected: Words | None = None, findings: Sequence[Finding] = ()
    ) -> Written:
        self.asked.append((assignment, rejected, tuple(findings)))
        step = self.script.pop(0) if len(self.script) > 1 else self.script[0]
        if isinstance(step, Exception):
            raise step
        return Written(
            words=step,
            origin=Origin(writer=self.name, model="scripted", prompt="model/first_touch.fr@000000000000"),
            usage=Usage(input_tokens=100, output_tokens=50),
        )


@dataclass
class RecordingMailer:
    """Keeps what it is handed; the script says what the server answers, the last answer for ever."""

    script: list[Attempt] = field(default_factory=lambda: [Attempt(outcome=Outcome.SENT)])
    accepted: list[ApprovedLetter] = field(default_factory=list)
    told: list[ApprovedLetter | None] = field(default_factory=list)
    before_fence: Callable[[], None] = lambda: None
    after_fence: Callable[[], None] = lambda: None
    where: str = "a recording"
    closed: int = 0

    def send(
        self, letter: ApprovedLetter, *, fence: Callable[[], bool], following: ApprovedLetter | None = None
    ) -> Attempt:
        self.told.append(following)
        self.before_fence()
        if not fence():
            return Attempt(outcome=Outcome.LOST_LEASE)
        answer = self.script.pop(0) if len(self.script) > 1 else self.script[0]
        if answer.outcome in {Outcome.SENT, Outcome.UNKNOWN}:
            self.accepted.append(letter)
        self.after_fence()
        return answer

    def close(self) -> None:
        self.closed += 1


@dataclass
class ListMailbox:
    """A mailbox of raw messages; `broken` makes it unreadable after the messages before it."""

    messages: list[bytes] = field(default_factory=list)
    broken: str = ""
    account: str = "inbox@savon-du-sud.example"

    def fetch(self, last_uid: Callable[[str, int], int]) -> Iterator[Fetched]:
        known = last_uid("INBOX", 7)
        for uid, raw in enumerate(self.messages, start=1):
            if uid > known:
                yield Fetched(folder="INBOX", uidvalidity=7, uid=uid, raw=raw)
        if self.broken:
            raise Unavailable(self.broken)


@dataclass
class NoFiles:
    """A home with letters that are known by their Message-IDs, and nothing else in it."""

    letters: set[str] = field(default_factory=set)
    where: str = "nowhere"

    def remove_letters(self, message_ids: Collection[str]) -> LettersRemoved:
        found = self.letters & set(message_ids)
        self.letters -= found
        return LettersRemoved(letters=len(found))

    def search(self, words: Collection[str]) -> FilesSearched:
        return FilesSearched(files=len(self.letters))


def make_ports(
    *,
    store: Store | None = None,
    writers: Mapping[str, Writer] | None = None,
    at: datetime = NOW,
    language: str | None = "fr",
    public_url: str | None = None,
) -> Ports:
    """Return ports with nothing behind them but memory; replace what a test is about."""
    return Ports(
        clock=FixedClock(at),
        ids=CountingIds(),
        links=SignedLinks(public_url=public_url, key=KEY),
        fingerprints=KeyedHashes(KEY),
        passwords=PlainPasswords(),
        languages=FixedLanguages(language),
        store=store or MemoryStore(),
        similarity=WordIndex(),
        home_files=NoFiles(),
        writers=writers or {},
        mailer=RecordingMailer(),
        mail_reader=None,
        worker="worker-1",
        briefing=Briefing(law=LawFile(), typesetter=TypstTypesetter()),
        brand_files=YamlBrands(),
    )


def later(ports: Ports, at: datetime, *, worker: str = "") -> Ports:
    """Return the same ports at another moment, in the hands of another worker where one is named."""
    return replace(ports, clock=FixedClock(at), worker=worker or ports.worker)
