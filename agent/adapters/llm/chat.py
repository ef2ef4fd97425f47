"""Has a model fill in a form: what it is told, and what its answer is taken for. No tools."""

import json
import threading
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from agent.adapters.llm.completion import Choice, Completion, Details, Tokens
from agent.adapters.llm.failures import Errand, filtered, refusal, too_long, unusable
from agent.adapters.llm.line import Call, Line
from agent.adapters.llm.pacing import Estimate
from agent.domain.draft import Usage
from agent.domain.ids import OutreachId
from agent.ports import Allowance, KeptAnswer

Form = TypeVar("Form", bound=BaseModel)

_PATH = "/chat/completions"
_FOR_TRACING = "ls_"  # what langchain tells its own tracing, and no endpoint


@dataclass(frozen=True, kw_only=True)
class For:
    """Whom a call is for. With an outreach its answer is kept until a draft is made of it.

    `asked` tells one question from another: everything that shapes the answer, and nothing that is random.
    `allowance` is the campaign's that pays; `answers` are those that were bought before; `slots` is held
    while the model is asked.
    """

    outreach_id: OutreachId | None = None
    asked: str = ""
    allowance: Allowance | None = None
    answers: tuple[KeptAnswer, ...] = ()
    slots: AbstractContextManager[object] = field(default_factory=nullcontext)


NOBODY = For()


@dataclass(frozen=True, kw_only=True)
class FilledIn(Generic[Form]):
    """A form as the model filled it in; no attempts for an answer that was bought before."""

    form: Form
    usage: Usage
    attempts: int


class Chat(Generic[Form]):
    """Asks for one kind of form."""

    def __init__(
        self,
        form: type[Form],
        errand: Errand,
        line: Line,
        *,
        most_tokens: int,
        attempts: int | None = None,
    ) -> None:
        self._form = form
        self._errand = errand
        self._line = line
        self._endpoint = line.endpoint
        self._most_tokens = most_tokens
        self._attempts = attempts
        self._schema = schema(form, title=errand.title, bounded=self._endpoint.bounded)
        self._schema_text = json.dumps(self._schema, ensure_ascii=False)
        self._estimate = Estimate()
        self._lock = threading.Lock()
        self._made: tuple[Any, tuple[str, ...], dict[str, Any]] | None = None

    @property
    def model(self) -> str:
        """The model's name."""
        return self._endpoint.model

    def ask(self, told: list[tuple[str, str]], *, on_behalf: For = NOBODY) -> FilledIn[Form]:
        """Return the form as the model filled it in, and what that consumed.

        Raises Unavailable (Busy, Silent, Unusable, BudgetSpent) for a failing endpoint, an answer that is no
        such form or an empty purse, BadInput where the model refuses.
        """
        key = self._key(on_behalf)
        for kept in on_behalf.answers:
            if kept.key == key:
                return FilledIn(form=self._filled_in(kept.content, kept.usage), usage=kept.usage, attempts=0)
        texts = (self._schema_text, *(text for _, text in told))
        size = sum(map(len, texts))
        call = Call(
            most=self._endpoint.most(sum(len(text.encode()) for text in texts), self._most_tokens),
            tokens=self._estimate.of(size),
            attempts=self._attempts,
            allowance=on_behalf.allowance,
            outreach_id=on_behalf.outreach_id,
            key=key,
            slots=on_behalf.slots,
        )
        taken = self._line.ask(call, lambda: self._sent(told), lambda raw: self._read(raw, size))
        return FilledIn(
            form=self._filled_in(taken.content, taken.usage), usage=taken.usage, attempts=taken.attempts
        )

    def close(self) -> None:
        """End the connections, where there are any."""
        self._line.close()

    # --- the request ------------------------------------------------------------------------------

    def _sent(self, told: list[tuple[str, str]]) -> bytes:
        connected = self._line.connected()
        body = self._body(connected.chat, tuple(role for role, _ in told))
        messages = [
            shape | {"content": text} for shape, (_, text) in zip(body["messages"], told, strict=True)
        ]
        return connected.wire.post(_PATH, body | {"messages": messages})

    def _body(self, chat: Any, roles: tuple[str, ...]) -> dict[str, Any]:  # noqa: ANN401 - langchain's ChatOpenAI
        """Return langchain's request for the form, made once; its messages are empty."""
        with self._lock:
            if self._made is None or self._made[:2] != (chat, roles):
                method = self._endpoint.method
                strict = None if method == "json_mode" else True
                asking = chat.with_structured_output(self._schema, method=method, strict=strict).first.kwargs
                form = {name: value for name, value in asking.items() if not name.startswith(_FOR_TRACING)}
                empty = [(role, "") for role in roles]
                body = chat._get_request_payload(  # noqa: SLF001 - langchain has no public way to its request
                    empty, max_completion_tokens=self._most_tokens, **form
                )
                self._made = (chat, roles, body)
            return self._made[2]

    def _key(self, on_behalf: For) -> str:
        if on_behalf.outreach_id is None:
            return ""
        asked = (
            self.model,
            self._endpoint.method,
            str(self._most_tokens),
            self._schema_text,
            on_behalf.asked,
        )
        return sha256("\0".join((*asked, on_behalf.outreach_id)).encode()).hexdigest()

    # --- the answer -------------------------------------------------------------------------------

    def _read(self, raw: bytes, size: int) -> tuple[str, Usage]:
        """Return text and usage of an answer that is the form; raise for any other."""
        try:
            completion = Completion.model_validate_json(raw)
        except ValidationError as error:
            raise unusable("sent no chat completion", self.model, Usage()) from error
        usage = self._usage(completion.usage or Tokens())
        self._estimate.learn(size, input_tokens=usage.input_tokens, output_tokens=usage.output_tokens)
        choice = completion.choices[0]
        if choice.message.refusal:
            raise refusal(self._errand, self.model, usage)
        self._finished(choice, usage)
        as_function = self._endpoint.method == "function_calling"
        content = choice.message.arguments if as_function else choice.message.text
        self._filled_in(content, usage)
        return content, usage

    def _finished(self, choice: Choice, usage: Usage) -> None:
        match choice.finish_reason:
            case "length":
                raise unusable(too_long(self._most_tokens, self._errand), self.model, usage)
            case "content_filter":
                raise filtered(self._errand, usage)

    def _filled_in(self, content: str, usage: Usage) -> Form:
        try:
            return self._form.model_validate_json(content)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"])
            problem = (
                f"did not fill in “{where}” as asked" if where else "answered with something that is no JSON"
            )
            raise unusable(problem, self.model, usage) from None

    def _usage(self, tokens: Tokens) -> Usage:
        details = tokens.prompt_tokens_details or Details()
        return self._endpoint.cost(
            input_tokens=tokens.prompt_tokens or 0,
            output_tokens=tokens.completion_tokens or 0,
            cached_tokens=details.cached_tokens or 0,
        )


def schema(form: type[BaseModel], *, title: str, bounded: bool) -> dict[str, Any]:
    """Return the JSON schema that goes with the request: closed objects, every field required.

    With `bounded` it carries the lengths too, which keep a small model on a server of one's own from
    rambling; OpenAI refuses some of them. They are checked in any case when the answer is read.
    """
    left_out = {"title"} if bounded else {"title", "maxLength", "minLength", "maxItems", "minItems"}
    made: dict[str, Any] = _without(form.model_json_schema(), left_out)
    return made | {"title": title}


def _without(node: Any, names: set[str]) -> Any:  # noqa: ANN401 - JSON is any of its types
    if isinstance(node, dict):
        return {key: _without(value, names) for key, value in node.items() if key not in names}
    return [_without(item, names) for item in node] if isinstance(node, list) else node
