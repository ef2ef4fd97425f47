"""What an endpoint's failures mean to the person who started the run: one sentence, and what to do.

A provider's own words are never repeated: they may hold the key, the prompt or somebody's data.
"""

import re
from dataclasses import dataclass

from agent.adapters.llm.patience import moment_of, seconds_of
from agent.domain.draft import Usage
from agent.domain.errors import BadInput, NanoreachError, Unavailable

_CODE = re.compile(r"[a-z_]{3,40}")


@dataclass(frozen=True, kw_only=True)
class Errand:
    """What a model is asked for: its schema's title, its name in a sentence, and what to do without it."""

    title: str
    noun: str
    instead: str


class Busy(Unavailable):
    """The endpoint asks for patience; `retry_after` is how long in seconds, where it says so.

    `passes` is whether waiting helps: an account without money stays one.
    """

    def __init__(self, told: str, *, retry_after: float | None, passes: bool = True) -> None:
        super().__init__(told)
        self.retry_after = retry_after
        self.passes = passes


class Silent(Unavailable):
    """The endpoint gave no answer: none in time, or none at all. What was asked may have to be paid."""


class Refused(BadInput):
    """A model does not want to; `usage` is what saying so cost."""

    def __init__(self, told: str, *, usage: Usage) -> None:
        super().__init__(told)
        self.usage = usage


class Unusable(Unavailable):
    """A model answered, and not what it was asked for; `usage` is what it cost all the same."""

    def __init__(self, told: str, *, usage: Usage) -> None:
        super().__init__(told)
        self.usage = usage


def failure(  # noqa: PLR0911 - one for each kind of failure
    error: Exception, *, endpoint: str, model: str, timeout: float
) -> NanoreachError:
    """Return what a vendor's error means. Errors that are not the endpoint's are raised again."""
    import openai

    match error:
        case openai.APITimeoutError():
            return Silent(
                f"The model at {endpoint} gave no answer within {timeout:g} seconds; try again, or raise "
                "NANOREACH_MODEL_TIMEOUT."
            )
        case openai.APIConnectionError():
            return Silent(
                f"The model endpoint {endpoint} cannot be reached; check OPENAI_BASE_URL and that it runs."
            )
        case openai.AuthenticationError() | openai.PermissionDeniedError():
            return Unavailable(f"The endpoint {endpoint} refuses the key; check OPENAI_API_KEY.")
        case openai.NotFoundError():
            return Unavailable(
                f"The endpoint {endpoint} knows no model “{model}”; check NANOREACH_MODEL, and that "
                "OPENAI_BASE_URL ends as the provider says (often in /v1)."
            )
        case openai.RateLimitError():
            return _busy(error, endpoint)
        case openai.BadRequestError() | openai.UnprocessableEntityError():
            return BadInput(
                f"The endpoint {endpoint} does not accept the request{_code(error)}; the text may be too "
                "long for the model, or the model may not fill schemas: choose another model."
            )
        case openai.APIStatusError():
            return Busy(
                f"The endpoint {endpoint} failed with status {error.status_code}; try again later.",
                retry_after=_patience(error),
            )
        case openai.APIError():
            return Unavailable(f"The endpoint {endpoint} gave a strange answer; try again later.")
    raise error


def unusable(problem: str, model: str, usage: Usage) -> Unusable:
    """Return that a model's answer is not what it was asked for."""
    return Unusable(
        f"Model “{model}” {problem}; try again, or choose a model that fills JSON schemas.", usage=usage
    )


def refusal(errand: Errand, model: str, usage: Usage) -> Refused:
    """Return that a model does not want to."""
    return Refused(f"Model “{model}” refuses this {errand.noun}; {errand.instead}.", usage=usage)


def filtered(errand: Errand, usage: Usage) -> Refused:
    """Return that the provider's filter stopped a model."""
    return Refused(f"The provider's filter stopped this {errand.noun}; {errand.instead}.", usage=usage)


def too_long(most_tokens: int, errand: Errand) -> str:
    """Return what is wrong with an answer that was cut off."""
    return f"needs more than {most_tokens} tokens for a {errand.noun}"


def _busy(error: Exception, endpoint: str) -> Busy:
    if getattr(error, "code", None) == "insufficient_quota":
        told = f"The budget at {endpoint} is used up; top it up with the provider."
        return Busy(told, retry_after=None, passes=False)
    seconds = _patience(error)
    wait = f"wait {seconds:g} seconds" if seconds is not None else "wait a little"
    return Busy(
        f"The endpoint {endpoint} gets too many requests; {wait}, and ask for less at a time.",
        retry_after=seconds,
    )


def _patience(error: Exception) -> float | None:
    headers = getattr(getattr(error, "response", None), "headers", {})
    # against the answer's own Date, so that no two clocks need agree
    return seconds_of(headers.get("retry-after", ""), now=moment_of(headers.get("date", "")))


def _code(error: Exception) -> str:
    code = getattr(error, "code", None)
    return f" ({code})" if isinstance(code, str) and _CODE.fullmatch(code) else ""
