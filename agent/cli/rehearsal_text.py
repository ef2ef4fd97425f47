"""How a rehearsal is printed."""

from typing import TYPE_CHECKING

from agent.cli.output import say, show, table

if TYPE_CHECKING:
    from agent.domain.rehearsal.figures import Day, Rehearsal, Span, Trouble

_FUNNEL = (
    ("shortlisted", "on the list"),
    ("written_to", "written to"),
    ("answered", "answered"),
    ("interested", "  said yes or named terms"),
    ("questions", "  asked something"),
    ("managers", "  a manager answered"),
    ("declined", "  said no"),
    ("asked_to_stop", "asked to be left alone"),
    ("bounced", "cannot be reached"),
    ("silent", "stayed silent"),
    ("letters", "letters in all"),
)


def show_rehearsal(done: "Rehearsal") -> None:
    """Print calendar, load, funnel, cost and what would go wrong."""
    _calendar(done)
    say(" ".join(_sentences(done)))
    _funnel(done)
    say(_cost(done))
    say()
    say_troubles(done)
    say()
    say("Assumed of people, each with its source: nanoreach rehearse … --json, or docs/rehearsal.md.")


def say_troubles(done: "Rehearsal") -> None:
    """Print what would go wrong and what to do, then what is worth knowing."""
    if not done.troubles:
        say("Nothing would go wrong.")
    else:
        say(f"What would go wrong ({len(done.troubles)}):")
    for trouble in done.troubles:
        say(f"  ! {trouble.sentence}{_how_often(trouble, done.runs)}")
        say(f"    {trouble.advice}")
    for remark in done.remarks:
        say(f"  · {remark.sentence} {remark.advice}")


def spread(figure: "Span") -> str:
    """Return a span for people: `12 (8 to 17)`."""
    if figure.low == figure.high:
        return f"{figure.median:.0f}"
    return f"{figure.median:.0f} ({figure.low:.0f} to {figure.high:.0f})"


def _calendar(done: "Rehearsal") -> None:
    made = table(
        "Day",
        "To read",
        "Read",
        "Turned down",
        "Left over",
        "Sent",
        "Mailbox",
        "Answers",
        "Follow-ups",
        "Minutes",
    )
    for day in done.days:
        if not day.is_quiet:
            made.add_row(*_row(day, done))
    if made.row_count:
        show(made)


def _row(day: "Day", done: "Rehearsal") -> tuple[str, ...]:
    figures = (day.to_read, day.decided, day.rejected, day.carried, day.sent)
    return (
        f"{day.on:%a %d %b}{f', {day.note}' if day.note else ''}",
        *(str(figure or "") for figure in figures),
        f"{day.mailbox} of {done.per_day}" if day.mailbox else "",
        *(str(figure or "") for figure in (day.answers, day.follow_ups, round(day.minutes))),
    )


def _sentences(done: "Rehearsal") -> "list[str]":
    staff = done.staff
    minutes = f"{staff.reviewers * staff.minutes_a_day} minutes"
    told = [
        f"Read on working days: {staff.letters_a_day} letters in {minutes}, {staff.minutes_per_letter} each."
    ]
    if done.first_sent_on is not None:
        told.append(f"First letter on {done.first_sent_on}, last on {done.last_sent_on}.")
    told.append(f"The days are those of seed {done.seed}; the figures below are of {done.runs} runs.")
    return told


def _funnel(done: "Rehearsal") -> None:
    made = table("Creators", "expected (nine runs in ten lie between)")
    for name, words in _FUNNEL:
        made.add_row(words, spread(done.funnel[name]))
    show(made)


def _cost(done: "Rehearsal") -> str:
    cost = done.cost
    tokens = f"{cost.input_tokens:,} tokens read and {cost.output_tokens:,} written"
    price = f", {cost.money:.2f} at the prices that are set" if cost.money else "; no price is set"
    return (
        f"By a model, {cost.letters} letters would take about {tokens}{price}. "
        f"Reviewers: {spread(cost.reviewer_minutes)} minutes."
    )


def _how_often(trouble: "Trouble", runs: int) -> str:
    if trouble.runs is None or trouble.runs == runs:
        return f" [{trouble.count}]" if trouble.runs and trouble.count > 1 else ""
    return f" [{trouble.count} in {trouble.runs} of {runs} runs]"
