"""Every error that a user may meet, each with one clear sentence: what, where, what to do next."""


class NanoreachError(Exception):
    """Base of the errors that are told to a person as they stand; `str()` is a full sentence."""


class InvalidTransition(NanoreachError):
    """A lifecycle was asked for a step that its table does not hold."""

    def __init__(self, noun: str, was: str, wanted: str) -> None:
        super().__init__(f"A {noun} that is {was} cannot become {wanted}.")


class NotFound(NanoreachError):
    """Something was asked for by a name that the store does not know."""

    def __init__(self, noun: str, name: str, *, known: tuple[str, ...] = (), hint: str = "") -> None:
        listed = f" Known: {', '.join(known)}." if known else ""
        advice = f" {hint}" if hint else ""
        super().__init__(f"There is no {noun} named “{name}”.{listed}{advice}")


class StaleReview(NanoreachError):
    """An approval came with a seal that is not the letter's any more."""

    def __init__(self, draft: str) -> None:
        super().__init__(
            f"This is not the text you read: letter {draft} or what it rests on changed since. "
            "Nothing was approved; read it again and decide then."
        )


class NotApprovable(NanoreachError):
    """An approval was asked for a draft that cannot be approved: blocked, decided or without address."""


class NotReleased(NanoreachError):
    """A delivery does not carry the letter that was approved, so nothing may leave."""


class BadInput(NanoreachError):
    """A file, row or value given by a person cannot be used; the sentence says where and why."""


class BadFields(BadInput):
    """Some fields of what a person gave cannot be used; `fields` are their paths, each with what is wrong."""

    def __init__(self, sentence: str, fields: tuple[tuple[str, str], ...]) -> None:
        super().__init__(sentence)
        self.fields = fields


class Unavailable(NanoreachError):
    """Something outside (a server, a disk, a model) did not do its part; trying later may help.

    `attempts` is how often it was tried before giving up.
    """

    attempts: int = 1


class BudgetSpent(Unavailable):
    """A call to a model might cost more than what is left to spend; nothing was asked."""
