"""The one error of texts."""


class PromptError(ValueError):
    """A text, or the values for it, cannot be used; the message is a sentence that names text and line."""


class Fault(Exception):
    """What is wrong with a template or a piece of YAML, and in which line; it stays in this package."""

    def __init__(self, what: str, *, line: int) -> None:
        super().__init__(what)
        self.what = what
        self.line = line
