"""The same questions asked by others: a loop, langchain's `abatch`, the bare client. They judge nothing."""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from agent.adapters.llm.answer import Answer
from agent.adapters.llm.chat import schema
from agent.adapters.llm.request import messages
from agent.ports import Assignment, Ports
from agent.usecases.gating import letter_language
from agent.usecases.lookup import the_context
from agent.usecases.prompting import texts_for
from bench.draft_home import CAMPAIGN

Told = list[tuple[str, str]]
_KEY = "sk-bench"


def questions(ports: Ports, count: int) -> list[Told]:
    """Return what the product tells its model for the first creators of the shortlist."""
    made = []
    with ports.store.read() as tx:
        for outreach in tx.outreach.of_campaign(CAMPAIGN)[:count]:
            context = the_context(tx, outreach.id)
            assignment = Assignment(
                brand=context.brand,
                campaign=context.campaign,
                creator=context.creator,
                reasons=outreach.fit.reasons,
                language=letter_language(context),
                touch=1,
                thread=(),
                today=ports.clock.now().date(),
                seed=0,
                texts=texts_for(tx, context.campaign),
            )
            prompt = assignment.texts.prompt("model/first_touch", assignment.language)
            made.append(messages(prompt, assignment, rejected=None, findings=()).told)
    return made


@dataclass(frozen=True, kw_only=True)
class Pace:
    """Answers per second, and milliseconds of this process's own time for each."""

    per_second: float
    cpu_ms: float


def rates(url: str, told: Sequence[Told], *, at_once: int) -> dict[str, Pace]:
    """Return how fast each rival gets answers."""
    few = told[:6]
    return {
        "one_after_the_other": _timed(lambda: _sequential(url, few), len(few)),
        "langchain_abatch": _timed(lambda: asyncio.run(_langchain(url, told, at_once)), len(told)),
        "openai_client": _timed(lambda: asyncio.run(_openai(url, told, at_once)), len(told)),
    }


def _timed(work: Callable[[], None], count: int) -> Pace:
    began, busy = time.perf_counter(), time.process_time()
    work()
    return Pace(
        per_second=count / (time.perf_counter() - began),
        cpu_ms=(time.process_time() - busy) / count * 1000,
    )


def _chain(url: str) -> Any:  # noqa: ANN401 - a langchain Runnable
    from langchain_openai import ChatOpenAI

    chat = ChatOpenAI(model="stub", api_key=lambda: _KEY, base_url=url, max_retries=0)
    return chat.with_structured_output(_form(), method="json_schema", strict=True)


def _sequential(url: str, told: Sequence[Told]) -> None:
    chain = _chain(url)
    for one in told:
        chain.invoke(one)


async def _langchain(url: str, told: Sequence[Told], at_once: int) -> None:
    await _chain(url).abatch(list(told), config={"max_concurrency": at_once})


async def _openai(url: str, told: Sequence[Told], at_once: int) -> None:
    from openai import AsyncOpenAI

    slots = asyncio.Semaphore(at_once)
    async with AsyncOpenAI(api_key=_KEY, base_url=url, max_retries=0) as client:

        async def ask(one: Told) -> Any:  # noqa: ANN401 - the client's own type
            async with slots:
                form = {"name": "letter", "schema": _form(), "strict": True}
                body: dict[str, Any] = {
                    "model": "stub",
                    "messages": [{"role": role, "content": text} for role, text in one],
                    "response_format": {"type": "json_schema", "json_schema": form},
                }
                return await client.chat.completions.create(**body)

        await asyncio.gather(*(ask(one) for one in told))


def _form() -> dict[str, Any]:
    return schema(Answer, title="letter", bounded=True)
