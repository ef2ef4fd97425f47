"""Several mailboxes behind one door: each letter by its sender's own server, each sent folder looked into."""

from collections.abc import Callable, Collection, Mapping, Sequence

from agent.domain.errors import Unavailable
from agent.domain.seal import ApprovedLetter
from agent.ports import Attempt, Mailer, SentMail, SentSearch


class MailerPerSender:
    """Hands each letter to the mailer of its envelope's sender; any other sender's to the usual one.

    `own` is by address in lower case.
    """

    def __init__(self, own: Mapping[str, Mailer], *, usual: Mailer) -> None:
        self._own = own
        self._usual = usual

    @property
    def where(self) -> str:
        """Every place that letters go to, once."""
        places = [mailer.where for mailer in self._own.values()]
        return ", ".join(dict.fromkeys((*places, self._usual.where)))

    def send(
        self, letter: ApprovedLetter, *, fence: Callable[[], bool], following: ApprovedLetter | None = None
    ) -> Attempt:
        """Try once, by the sender's server, which hears nothing of another server's letters."""
        mailer = self._of(letter)
        is_its = following is not None and self._of(following) is mailer
        return mailer.send(letter, fence=fence, following=following if is_its else None)

    def _of(self, letter: ApprovedLetter) -> Mailer:
        return self._own.get(letter.envelope_from.casefold(), self._usual)

    def close(self) -> None:
        """End every connection."""
        for mailer in (*self._own.values(), self._usual):
            mailer.close()


class SentFolders:
    """Looks for letters in several places."""

    def __init__(self, places: Sequence[SentMail]) -> None:
        self._places = places

    def search(self, message_ids: Collection[str]) -> SentSearch:
        """Look in every place; raise Unavailable where one cannot be read and a letter was found in none."""
        found: dict[str, str] = {}
        looked_in: list[str] = []
        problems: list[Unavailable] = []
        for place in self._places:
            try:
                search = place.search([name for name in message_ids if name not in found])
            except Unavailable as error:
                problems.append(error)
                continue
            found |= search.found
            looked_in.append(search.looked_in)
        if problems and not found:
            raise problems[0]
        return SentSearch(looked_in=", ".join(each for each in looked_in if each), found=found)
