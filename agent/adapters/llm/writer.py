"""The writer behind an OpenAI-compatible endpoint: one request, one letter, no tools, no retries."""

import threading
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Literal, Self
from urllib.parse import urlsplit, urlunsplit

from pydantic import ValidationError

import prompts
from agent.adapters.llm.answer import Answer, schema, words_of
from agent.adapters.llm.failures import failure, unusable
from agent.adapters.llm.request import messages
from agent.domain.draft import Finding, Origin, Usage
from agent.domain.errors import BadInput
from agent.domain.letter import Words
from agent.ports import Assignment, Written
from agent.usecases.composing import LANGUAGES

Method = Literal["json_schema", "json_mode", "function_calling"]
"""How the answer's form is asked for; `json_schema` works with OpenAI and llama.cpp alike."""

OPENAI = "https://api.openai.com/v1"
_MILLION = Decimal(1_000_000)


class OpenAIWriter:
    """Asks a model for words; prices are for a million tokens. langchain loads at the first letter.

    `bounded` sends lengths with the schema, for servers of one's own whose grammar holds a model to them.
    """

    name = "openai"

    def __init__(  # noqa: PLR0913 - each is a setting of its own
        self,
        *,
        model: str,
        api_key: str | None = None,
        base_url: str | None = None,
        timeout: float = 60.0,
        input_price: Decimal = Decimal(0),
        output_price: Decimal = Decimal(0),
        method: Method = "json_schema",
        most_tokens: int = 1500,
        bounded: bool = False,
        load: Callable[[str, str], prompts.Prompt] = prompts.load,
    ) -> None:
        self._model = model
        self._api_key = api_key or "none"
        self._base_url = base_url or OPENAI
        self._endpoint = _shown(self._base_url)
        self._timeout = timeout
        self._prices = (input_price, output_price)
        self._method: Method = method
        self._most_tokens = most_tokens
        self._bounded = bounded
        self._load = load
        self._lock = threading.Lock()
        self._chain: Any = None
        self._client: Any = None

    def write(
        self, assignment: Assignment, *, rejected: Words | None = None, findings: Sequence[Finding] = ()
    ) -> Written:
        """Return the model's words as they came; the receipts are its claims, for the gate to verify.

        Raises Unavailable (Busy, Unusable) for a failing endpoint or an answer that is no letter, BadInput
        for a letter that cannot be asked for or that the model refuses to write.
        """
        if assignment.language not in LANGUAGES:
            raise BadInput(
                f"There is no prompt in language “{assignment.language}”; there are "
                f"{' and '.join(LANGUAGES)}."
            )
        name = "model/first_touch" if assignment.touch == 1 else "model/follow_up"
        prompt = self._load(name, assignment.language)
        raw = self._ask(messages(prompt, assignment, rejected=rejected, findings=findings))
        usage = self._usage(raw)
        answer = self._answer(raw, usage)
        return Written(
            words=words_of(answer, brand=assignment.brand, creator=assignment.creator),
            origin=Origin(writer=self.name, model=self._model, prompt=prompt.reference),
            usage=usage,
        )

    def close(self) -> None:
        """End the connections, where there are any."""
        with self._lock:
            if self._client is not None:
                self._client.close()
            self._chain = self._client = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- the request ------------------------------------------------------------------------------

    def _ask(self, told: list[tuple[str, str]]) -> Any:  # noqa: ANN401 - langchain's AIMessage, not imported yet
        import openai
        from langsmith import tracing_context

        chain = self._connected()
        try:
            # a tracing variable left in the environment must not carry a creator's data elsewhere
            with tracing_context(enabled=False):
                return chain.invoke(told)["raw"]
        except openai.LengthFinishReasonError as error:
            problem = f"needs more than {self._most_tokens} tokens for a letter"
            raise unusable(problem, self._model, _spent(error.completion, self._prices)) from error
        except openai.OpenAIError as error:
            raise failure(error, endpoint=self._endpoint, model=self._model, timeout=self._timeout) from error
        except (ValueError, TypeError, AttributeError, LookupError) as error:
            # langchain takes any answer for a completion and trips over one that is none
            raise unusable("sent no chat completion", self._model, Usage()) from error

    def _connected(self) -> Any:  # noqa: ANN401 - a langchain Runnable, not imported yet
        with self._lock:
            if self._chain is None:
                self._chain = self._connect()
            return self._chain

    def _connect(self) -> Any:  # noqa: ANN401 - as above
        import openai
        from langchain_openai import ChatOpenAI
        from pydantic import SecretStr

        # our own client, since langchain's cached one outlives us and is shared with strangers
        self._client = openai.DefaultHttpxClient(timeout=self._timeout)
        chat = ChatOpenAI(
            model=self._model,
            api_key=SecretStr(self._api_key),
            base_url=self._base_url,
            timeout=self._timeout,
            max_retries=0,  # every attempt is counted and paid by the one who asked for it
            max_completion_tokens=self._most_tokens,
            http_client=self._client,
            use_responses_api=False,
            cache=False,
        )
        strict = None if self._method == "json_mode" else True
        return chat.with_structured_output(
            schema(bounded=self._bounded), method=self._method, include_raw=True, strict=strict
        )

    # --- the answer -------------------------------------------------------------------------------

    def _answer(self, raw: Any, usage: Usage) -> Answer:  # noqa: ANN401 - as above
        if raw.additional_kwargs.get("refusal"):
            raise BadInput(f"Model “{self._model}” refuses this letter; write it by hand or offline.")
        try:
            if self._method == "function_calling":
                return Answer.model_validate(raw.tool_calls[0]["args"] if raw.tool_calls else {})
            return Answer.model_validate_json(raw.content if isinstance(raw.content, str) else "")
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"])
            problem = (
                f"did not fill in “{where}” as asked" if where else "answered with something that is no JSON"
            )
            raise unusable(problem, self._model, usage) from None

    def _usage(self, raw: Any) -> Usage:  # noqa: ANN401 - as above
        told: Mapping[str, int] = raw.usage_metadata or {}
        return _used(told.get("input_tokens", 0), told.get("output_tokens", 0), self._prices)


def _shown(url: str) -> str:
    """Return the URL as it may be told: without user, password and query."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))


def _spent(completion: Any, prices: tuple[Decimal, Decimal]) -> Usage:  # noqa: ANN401 - openai's ChatCompletion
    usage = completion.usage
    return _used(usage.prompt_tokens, usage.completion_tokens, prices) if usage else Usage()


def _used(input_tokens: int, output_tokens: int, prices: tuple[Decimal, Decimal]) -> Usage:
    cost = (input_tokens * prices[0] + output_tokens * prices[1]) / _MILLION
    return Usage(input_tokens=input_tokens, output_tokens=output_tokens, cost=cost)
