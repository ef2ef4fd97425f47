"""What the gate is asked about: one letter, with everything that it may rest on."""

from dataclasses import dataclass, field
from datetime import date

from agent.domain.answering import Answered
from agent.domain.brand import Brand, Campaign
from agent.domain.channel import Channel
from agent.domain.creator import Creator
from agent.domain.gate.wording import Native
from agent.domain.letter import Letter, reply_subject


@dataclass(frozen=True, kw_only=True)
class Case:
    """A letter before the gate.

    `body` is the exact text that would leave, with its `footer`. `language` is the one that the creator is
    written to in, `detected_language` that of the letter's own text as a detector sees it (None: it cannot
    say). `legal_lines` must stand in the body; `allowed_links` are the addresses that we render ourselves.
    `earlier` are the bodies of our letters before this one, `touch` counts from 1. `thread_subject` is the
    subject under which the thread runs: repeated as `Re: …` it was judged with the first letter already.
    `native` are tables of wordings in the letter's language; without them none is judged.
    `neighbours` are the sketches of the campaign's other letters, `writer_orders` the runs of what the
    writer was told (see `likeness`). `answered` is the reply that the letter answers: its text then stands
    among the creator's posts, under the reply's id. `subject_by_person` and `opening_by_person`
    say that a person wrote the subject, or chose words of the first paragraph.
    """

    letter: Letter
    body: str
    footer: str
    creator: Creator
    brand: Brand
    campaign: Campaign
    touch: int
    language: str
    detected_language: str | None
    legal_lines: tuple[str, ...]
    allowed_links: tuple[str, ...]
    earlier: tuple[str, ...]
    today: date
    thread_subject: str = ""
    channel: Channel = Channel.EMAIL
    native: Native = field(default_factory=dict)
    neighbours: tuple[frozenset[int], ...] = ()
    writer_orders: frozenset[int] = frozenset()
    answered: Answered | None = None
    subject_by_person: bool = False
    opening_by_person: bool = False

    @property
    def is_in_another_language(self) -> bool:
        """Whether a detector sees another language than the letter says: its forms mean nothing then."""
        return self.detected_language not in {None, self.letter.language}

    @property
    def new_subject(self) -> str:
        """The subject as far as it is new: nothing where it only repeats the thread's."""
        repeats = self.thread_subject and self.letter.subject == reply_subject(self.thread_subject)
        return "" if repeats else self.letter.subject
