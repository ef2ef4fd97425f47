"""Has a model fill in a form behind an OpenAI-compatible endpoint: one request, no tools, no retries."""

import threading
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Generic, Literal, TypeVar
from urllib.parse import urlsplit, urlunsplit

from pydantic import BaseModel, ValidationError

from agent.adapters.llm.failures import Errand, failure, refusal, unusable
from agent.domain.draft import Usage

Method = Literal["json_schema", "json_mode", "function_calling"]
"""How the answer's form is asked for; `json_schema` works with OpenAI and llama.cpp alike."""

OPENAI = "https://api.openai.com/v1"
_MILLION = Decimal(1_000_000)

Form = TypeVar("Form", bound=BaseModel)


@dataclass(frozen=True, kw_only=True)
class Endpoint:
    """A model behind an endpoint; prices are for a million tokens.

    `bounded` sends lengths with the schema, for servers of one's own whose grammar holds a model to them.
    """

    model: str
    api_key: str | None = field(default=None, repr=False)
    base_url: str | None = None
    timeout: float = 60.0
    input_price: Decimal = Decimal(0)
    output_price: Decimal = Decimal(0)
    method: Method = "json_schema"
    bounded: bool = False


class Chat(Generic[Form]):
    """Asks for one kind of form. langchain loads with the first request."""

    def __init__(self, form: type[Form], errand: Errand, endpoint: Endpoint, *, most_tokens: int) -> None:
        self._form = form
        self._errand = errand
        self._endpoint = endpoint
        self._base_url = endpoint.base_url or OPENAI
        self._shown = _shown(self._base_url)
        self._most_tokens = most_tokens
        self._lock = threading.Lock()
        self._chain: Any = None
        self._client: Any = None

    @property
    def model(self) -> str:
        """The model's name."""
        return self._endpoint.model

    def ask(self, told: list[tuple[str, str]]) -> tuple[Form, Usage]:
        """Return the form as the model filled it in, and what that consumed.

        Raises Unavailable (Busy, Unusable) for a failing endpoint or an answer that is no such form, BadInput
        where the model refuses.
        """
        raw = self._invoke(told)
        usage = self._usage(raw)
        return self._filled_in(raw, usage), usage

    def close(self) -> None:
        """End the connections, where there are any."""
        with self._lock:
            if self._client is not None:
                self._client.close()
            self._chain = self._client = None

    # --- the request ------------------------------------------------------------------------------

    def _invoke(self, told: list[tuple[str, str]]) -> Any:  # noqa: ANN401 - langchain's AIMessage, not imported yet
        import openai
        from langsmith import tracing_context

        chain = self._connected()
        try:
            # a tracing variable left in the environment must not carry anybody's data elsewhere
            with tracing_context(enabled=False):
                return chain.invoke(told)["raw"]
        except openai.LengthFinishReasonError as error:
            problem = f"needs more than {self._most_tokens} tokens for a {self._errand.noun}"
            raise unusable(problem, self.model, self._spent(error.completion)) from error
        except openai.OpenAIError as error:
            raise failure(
                error, self._errand, endpoint=self._shown, model=self.model, timeout=self._endpoint.timeout
            ) from error
        except (ValueError, TypeError, AttributeError, LookupError) as error:
            # langchain takes any answer for a completion and trips over one that is none
            raise unusable("sent no chat completion", self.model, Usage()) from error

    def _connected(self) -> Any:  # noqa: ANN401 - a langchain Runnable, not imported yet
        with self._lock:
            if self._chain is None:
                self._chain = self._connect()
            return self._chain

    def _connect(self) -> Any:  # noqa: ANN401 - as above
        import openai
        from langchain_openai import ChatOpenAI
        from pydantic import SecretStr

        endpoint = self._endpoint
        # our own client, since langchain's cached one outlives us and is shared with strangers
        self._client = openai.DefaultHttpxClient(timeout=endpoint.timeout)
        chat = ChatOpenAI(
            model=endpoint.model,
            api_key=SecretStr(endpoint.api_key or "none"),
            base_url=self._base_url,
            timeout=endpoint.timeout,
            max_retries=0,  # every attempt is counted and paid by the one who asked for it
            max_completion_tokens=self._most_tokens,
            http_client=self._client,
            use_responses_api=False,
            cache=False,
        )
        form = schema(self._form, title=self._errand.title, bounded=endpoint.bounded)
        strict = None if endpoint.method == "json_mode" else True
        return chat.with_structured_output(form, method=endpoint.method, include_raw=True, strict=strict)

    # --- the answer -------------------------------------------------------------------------------

    def _filled_in(self, raw: Any, usage: Usage) -> Form:  # noqa: ANN401 - as above
        if raw.additional_kwargs.get("refusal"):
            raise refusal(self._errand, self.model)
        try:
            if self._endpoint.method == "function_calling":
                return self._form.model_validate(raw.tool_calls[0]["args"] if raw.tool_calls else {})
            return self._form.model_validate_json(raw.content if isinstance(raw.content, str) else "")
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"])
            problem = (
                f"did not fill in “{where}” as asked" if where else "answered with something that is no JSON"
            )
            raise unusable(problem, self.model, usage) from None

    def _usage(self, raw: Any) -> Usage:  # noqa: ANN401 - as above
        told: dict[str, int] = raw.usage_metadata or {}
        return self._used(told.get("input_tokens", 0), told.get("output_tokens", 0))

    def _spent(self, completion: Any) -> Usage:  # noqa: ANN401 - openai's ChatCompletion
        usage = completion.usage
        return self._used(usage.prompt_tokens, usage.completion_tokens) if usage else Usage()

    def _used(self, input_tokens: int, output_tokens: int) -> Usage:
        paid = input_tokens * self._endpoint.input_price + output_tokens * self._endpoint.output_price
        return Usage(input_tokens=input_tokens, output_tokens=output_tokens, cost=paid / _MILLION)


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


def _shown(url: str) -> str:
    """Return the URL as it may be told: without user, password and query."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))
