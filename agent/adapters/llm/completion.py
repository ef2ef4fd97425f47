"""What an endpoint answers, as far as anybody here looks at it: OpenAI's chat completion."""

import json
from typing import Any

from pydantic import BaseModel, Field


class Function(BaseModel):
    """The form as a function's arguments: JSON as text, with some servers JSON itself."""

    arguments: Any = "{}"


class ToolCall(BaseModel):
    """A function that the model fills in."""

    function: Function


class Message(BaseModel):
    """What the model says."""

    content: Any = None
    refusal: str | None = None
    tool_calls: list[ToolCall] | None = None

    @property
    def text(self) -> str:
        """The content, empty where it is no text."""
        return self.content if isinstance(self.content, str) else ""

    @property
    def arguments(self) -> str:
        """What the first function was filled in with, as JSON."""
        given = self.tool_calls[0].function.arguments if self.tool_calls else {}
        return given if isinstance(given, str) else json.dumps(given, ensure_ascii=False)


class Choice(BaseModel):
    """One answer, and why it ended there."""

    message: Message
    finish_reason: str | None = None


class Details(BaseModel):
    """What of the prompt the provider had read before."""

    cached_tokens: int | None = None


class Tokens(BaseModel):
    """What a call took; servers leave out what they do not count."""

    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    prompt_tokens_details: Details | None = None


class Completion(BaseModel):
    """An endpoint's answer; anything else in it is nobody's business."""

    choices: list[Choice] = Field(min_length=1)
    usage: Tokens | None = None
