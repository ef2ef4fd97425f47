"""How plans of shortlists are printed: what each creator adds, who is left out, figures side by side."""

from typing import TYPE_CHECKING

from agent.cli.indexing import plain_match
from agent.cli.output import plain, remark, say, show, table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from agent.usecases.planning import Chosen, LeftOut, Plan
    from agent.usecases.shortlisting import WhatIf


_LITTLE = 0.01


def say_change(changes: "WhatIf") -> None:
    """Print who comes in and who goes out, each with the reason."""
    if not changes.added and not changes.dropped:
        say("The same creators as without options.")
    for each in changes.added:
        say(f"  added: {each.match.creator.person}: {_gains(each)}")
    say_left_out(changes.dropped, "dropped")


def say_left_out(left_out: "Iterable[LeftOut]", word: str) -> None:
    """Print whom a plan left out, one line each."""
    for left in left_out:
        say(f"  {word}: {left.person}: {left.reason}")


def say_gains(chosen: "Iterable[Chosen]") -> None:
    """Print what each one adds, in the order of choice."""
    for place, each in enumerate(chosen, start=1):
        say(f"  {place}. {each.match.creator.person} ({each.tier.value}): {_gains(each)}")


def _gains(each: "Chosen") -> str:
    """Say what a creator adds, in shares of what it adds by being who it is; little things are left out."""
    gains = each.gains
    parts = {
        "fit": gains.fit,
        **{f"value “{name}”": gain for name, gain in gains.values.items()},
        **{f"niche {name}": gain for name, gain in gains.niches.items()},
        f"tier {each.tier.value}": gains.tier,
    }
    total = sum(parts.values()) or 1.0
    ordered = sorted(parts.items(), key=lambda pair: -pair[1])
    said = [f"{name} {gain / total:.0%}" for name, gain in ordered if gain >= _LITTLE * total]
    if each.exposure:
        said.append(f"on {each.exposure} other lists lately")
    return ", ".join(said)


def plain_chosen(each: "Chosen") -> dict[str, object]:
    """Return a chosen creator as JSON."""
    gains = each.gains
    return plain_match(each.match) | {
        "tier": each.tier.value,
        "exposure": each.exposure,
        "gains": {
            "fit": round(gains.fit, 6),
            "values": {name: round(gain, 6) for name, gain in gains.values.items()},
            "niches": {name: round(gain, 6) for name, gain in gains.niches.items()},
            "tier": round(gains.tier, 6),
            "standing": round(gains.standing, 6),
        },
    }


def plain_figures(made: "Plan") -> dict[str, object]:
    """Return a plan's figures as JSON."""
    figures: dict[str, object] = plain(made.figures)
    return figures | {"currency": made.currency, "plain_fit": round(made.plain_fit, 6)}


def show_figures(columns: tuple[str, ...], plans: "tuple[Plan, ...]") -> None:
    """Print the figures of plans side by side; the first column is for their names."""
    shown = table(*columns)
    for name, *cells in zip(*(_figure_cells(made) for made in plans), strict=True):
        shown.add_row(name[0], name[1], *(cell[1] for cell in cells))
    show(shown)


def _figure_cells(made: "Plan") -> tuple[tuple[str, str], ...]:
    figures = made.figures
    tiers = sorted({*figures.tiers, *figures.pool_tiers})
    mixed = ", ".join(
        f"{name} {figures.tiers.get(name, 0):.0%} ({figures.pool_tiers.get(name, 0):.0%})" for name in tiers
    )
    cost = "unknown" if figures.cost is None else f"{figures.cost} {made.currency or ''}".strip()
    return (
        ("creators", str(figures.creators)),
        ("mean fit (of fit alone)", f"{figures.mean_fit:.3f} ({made.plain_fit:.3f})"),
        ("values covered", f"{figures.values_covered} of {len(figures.values)}"),
        (
            "niches (entropy in bits)",
            f"{figures.niches} ({figures.entropy:.2f})" if figures.niches else "unknown",
        ),
        ("tiers (of all who pass the rules)", mixed),
        ("cost", cost),
        ("minutes to read", str(figures.minutes)),
        ("exposure: Gini of lists over people", f"{figures.gini:.3f}"),
        ("exposure: on another list lately", str(figures.repeated)),
    )


def remark_notes(made: "Plan") -> None:
    """Print what a plan could not keep, beside the result."""
    for note in made.notes:
        remark(note)
