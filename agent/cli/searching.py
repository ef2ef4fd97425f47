"""Saying what a ranking was searched with besides the campaign's own text."""

from typing import TYPE_CHECKING

from agent.cli.output import remark, say

if TYPE_CHECKING:
    from agent.usecases.expanding import Searched


def plain_searched(searched: "Searched") -> dict[str, object]:
    """Return it as JSON: tokens and cost are those of the calls that were made for this ranking."""
    return {
        "query": searched.query,
        "expansions": searched.expansions,
        "problem": searched.problem,
        "calls": searched.calls,
        "usage": searched.usage,
    }


def show_searched(searched: "Searched") -> None:
    """Print the query, and what a model imagined that a fitting creator would write."""
    say(f"Searched: {searched.query}")
    for each in searched.expansions:
        say(f"  + {each.kind.value} ({each.language}): {each.text}")
    say()


def remark_searched(searched: "Searched") -> None:
    """Say on stderr that a model's words counted, and what went wrong; nothing where it was not asked for."""
    if searched.expansions:
        usage = searched.usage
        spent = (
            f"asked now, for {usage.input_tokens + usage.output_tokens} tokens, cost {usage.cost:f}"
            if searched.calls
            else "kept from before"
        )
        remark(
            f"searched also with {len(searched.expansions)} texts that a model imagined ({spent}); "
            "nanoreach match --explain-query shows them."
        )
    if searched.problem:
        remark(searched.problem)
