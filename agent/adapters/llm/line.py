"""The one way to a model: everything in a process that asks it goes through here, whatever it asks for.

Here is bounded how many calls are in flight, how many begin a minute, what they may cost, and how often one
that failed is tried again. The SDK's own retries are off: every attempt is counted by us.
"""

import gc
import random
import sys
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal, NoReturn
from urllib.parse import urlsplit, urlunsplit

from agent.adapters.llm.failures import Busy, Refused, Silent, Unusable, failure
from agent.adapters.llm.pacing import Pace
from agent.adapters.llm.patience import ONCE, Patience
from agent.adapters.llm.wire import Wire
from agent.domain.draft import Usage
from agent.domain.errors import NanoreachError, Unavailable
from agent.domain.ids import OutreachId
from agent.ports import Allowance, Purse, Reservation

Method = Literal["json_schema", "json_mode", "function_calling"]
"""How the answer's form is asked for; `json_schema` works with OpenAI and llama.cpp alike."""

OPENAI = "https://api.openai.com/v1"
_MILLION = Decimal(1_000_000)
_SLOTS = 64
# an upper bound in practice: English and French take four to five bytes a token, emoji two
_BYTES_PER_TOKEN = 2


@dataclass(frozen=True, kw_only=True)
class Endpoint:
    """A model behind an endpoint; prices are for a million tokens, `cached_price` where it is another one.

    `bounded` sends lengths with the schema, for servers of one's own whose grammar holds a model to them.
    """

    model: str
    api_key: str | None = field(default=None, repr=False)
    base_url: str | None = None
    timeout: float = 60.0
    input_price: Decimal = Decimal(0)
    output_price: Decimal = Decimal(0)
    cached_price: Decimal | None = None
    method: Method = "json_schema"
    bounded: bool = False

    def cost(self, *, input_tokens: int, output_tokens: int, cached_tokens: int = 0) -> Usage:
        """Return what so many tokens cost."""
        cached_price = self.input_price if self.cached_price is None else self.cached_price
        paid = (
            (input_tokens - cached_tokens) * self.input_price
            + cached_tokens * cached_price
            + output_tokens * self.output_price
        )
        return Usage(
            input_tokens=input_tokens,
            output_tokens=output_tokens,
            cached_tokens=cached_tokens,
            cost=paid / _MILLION,
        )

    def most(self, size: int, most_tokens: int) -> Usage:
        """Return what a call with so many bytes of text and schema may cost at most."""
        return self.cost(input_tokens=size // _BYTES_PER_TOKEN, output_tokens=most_tokens)


@dataclass(frozen=True, kw_only=True)
class Call:
    """One errand: what the model is told, what it may cost, and for whom it is.

    `attempts` bounds the tries of somebody who can do without. An answer with a `key` for an outreach is kept
    in the store before anybody uses it. `slots` is held while the model is asked, and by nobody who waits for
    the store or for another try.
    """

    most: Usage
    tokens: int
    attempts: int | None = None
    allowance: Allowance | None = None
    outreach_id: OutreachId | None = None
    key: str = ""
    slots: AbstractContextManager[object] = field(default_factory=nullcontext)


@dataclass(frozen=True, kw_only=True)
class Taken:
    """An answer: its text, what it cost, and in how many attempts."""

    content: str
    usage: Usage
    attempts: int


@dataclass(frozen=True, kw_only=True)
class Connected:
    """langchain's chat model, which says how things are asked for, and the wire that its requests go over."""

    chat: Any  # ChatOpenAI, which is not imported yet
    wire: Wire


class Line:
    """A connection to one model, shared by all that ask it. langchain loads with the first request."""

    def __init__(
        self,
        endpoint: Endpoint,
        *,
        purse: Purse | None = None,
        pace: Pace | None = None,
        patience: Patience = ONCE,
        slots: int = _SLOTS,
    ) -> None:
        self.endpoint = endpoint
        self._base_url = endpoint.base_url or OPENAI
        self._shown = _shown(self._base_url)
        self._purse = purse
        self._pace = pace
        self._patience = patience
        self._slots = threading.BoundedSemaphore(slots)
        self._lock = threading.Lock()
        self._connected: Connected | None = None
        self._client: Any = None

    def ask(self, call: Call, send: Callable[[], bytes], read: Callable[[bytes], tuple[str, Usage]]) -> Taken:
        """Return the answer to a call.

        `send` makes the request, `read` returns text and usage of a usable answer or raises. Raises
        Unavailable (Busy, Silent, Unusable, BudgetSpent) after the last attempt, BadInput for a refusal.
        """
        attempt = 1
        while True:
            try:
                content, usage = self._attempt(call, send, read)
            except (Busy, Silent) as error:
                self._wait(call, attempt, error)
                attempt += 1
            except Unavailable as error:
                error.attempts = attempt
                raise
            else:
                return Taken(content=content, usage=usage, attempts=attempt)

    def connected(self) -> Connected:
        """Return the chat model and its wire; they are made with the first call, and again after `close`."""
        with self._lock:
            if self._connected is None:
                self._connected = self._connect()
            return self._connected

    def close(self) -> None:
        """End the connections, where there are any."""
        with self._lock:
            if self._connected is not None:
                self._connected.wire.close()
            if self._client is not None:
                self._client.close()
            self._connected = self._client = None

    # --- one attempt ------------------------------------------------------------------------------

    def _attempt(
        self, call: Call, send: Callable[[], bytes], read: Callable[[bytes], tuple[str, Usage]]
    ) -> tuple[str, Usage]:
        reservation = None
        try:
            with call.slots, self._slots:
                self._take_turn(call)
                reservation = self._reserve(call)
                raw = self._sent(send)
            content, usage = read(raw)
        except NanoreachError as error:
            self._settle_failure(call, reservation, error)
            raise
        self._settle(call, reservation, usage, content=content)
        return content, usage

    def _sent(self, send: Callable[[], bytes]) -> bytes:
        import openai

        try:
            return send()
        except openai.OpenAIError as error:
            self._fail(error)

    def _fail(self, error: Exception) -> NoReturn:
        endpoint = self.endpoint
        raise failure(error, endpoint=self._shown, model=endpoint.model, timeout=endpoint.timeout) from error

    def _wait(self, call: Call, attempt: int, error: Busy | Silent) -> None:
        """Wait before the next attempt; raise the error where there is none."""
        error.attempts = attempt
        if attempt == call.attempts or (isinstance(error, Busy) and not error.passes):
            raise error
        seconds = self._patience.wait(
            attempt,
            silent=isinstance(error, Silent),
            retry_after=error.retry_after if isinstance(error, Busy) else None,
            chance=random.random(),  # noqa: S311 - spreads callers, guards nothing
        )
        if seconds is None:
            raise error
        time.sleep(seconds)

    # --- turns and money --------------------------------------------------------------------------

    def _take_turn(self, call: Call) -> None:
        if self._pace is not None:
            now = time.monotonic()
            if (seconds := self._pace.take(call.tokens, now=now) - now) > 0:
                time.sleep(seconds)

    def _reserve(self, call: Call) -> Reservation | None:
        if self._purse is None:
            return None
        return self._purse.reserve(call.most, allowance=call.allowance)

    def _settle_failure(self, call: Call, reservation: Reservation | None, error: NanoreachError) -> None:
        if isinstance(error, Silent) and reservation is not None:
            # nobody knows whether it was answered: what was reserved for it stays counted
            self._settle(call, reservation, reservation.taken)
        else:
            self._settle(
                call, reservation, error.usage if isinstance(error, (Refused, Unusable)) else Usage()
            )

    def _settle(self, call: Call, reservation: Reservation | None, used: Usage, *, content: str = "") -> None:
        if self._pace is not None:
            self._pace.correct(used.tokens - call.tokens)
        if self._purse is None or reservation is None:
            return
        self._purse.settle(
            reservation,
            used,
            key=call.key if content else "",
            outreach_id=call.outreach_id,
            content=content,
            model=self.endpoint.model,
        )

    def _connect(self) -> Connected:
        is_new = "langchain_openai" not in sys.modules
        import openai
        from langchain_openai import ChatOpenAI
        from pydantic import SecretStr

        if is_new:
            # what these bring stays until the end: to walk over all of it, which the collector of garbage
            # does in every longer run, takes as long as a dozen letters
            gc.freeze()
        endpoint = self.endpoint
        # our own client, since langchain's cached one outlives us and is shared with strangers
        self._client = openai.DefaultHttpxClient(timeout=endpoint.timeout)
        chat = ChatOpenAI(
            model=endpoint.model,
            api_key=SecretStr(endpoint.api_key or "none"),
            base_url=self._base_url,
            timeout=endpoint.timeout,
            max_retries=0,  # every attempt is counted and paid by the one who asked for it
            http_client=self._client,
            use_responses_api=False,
            cache=False,
        )
        return Connected(chat=chat, wire=Wire(chat.root_client, timeout=endpoint.timeout))


def _shown(url: str) -> str:
    """Return the URL as it may be told: without user, password and query."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))
