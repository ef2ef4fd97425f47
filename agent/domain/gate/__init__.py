"""The gate: what may reach a person, decided from the letter and the records alone.

The model that wrote a letter is taken to have obeyed whoever wrote the posts. Every rule is a pure function
in a table; `check` runs them all, and the same case always gives the same findings in the same order.
"""

from itertools import chain

from agent.domain.draft import Finding, Severity
from agent.domain.gate.addresses import RULES as ADDRESSES
from agent.domain.gate.answering import RULES as ANSWERING
from agent.domain.gate.answering import unanswered, vouched
from agent.domain.gate.case import Case
from agent.domain.gate.commitments import RULES as COMMITMENTS
from agent.domain.gate.direct import RULES as DIRECT
from agent.domain.gate.evidence import RULES as EVIDENCE
from agent.domain.gate.gender import RULES as GENDER
from agent.domain.gate.hidden import RULES as HIDDEN
from agent.domain.gate.language import RULES as LANGUAGE
from agent.domain.gate.law import RULES as LAW
from agent.domain.gate.likeness import RULES as LIKENESS
from agent.domain.gate.likeness import Sketch, order_runs, sketch
from agent.domain.gate.native import RULES as NATIVE
from agent.domain.gate.overreach import RULES as OVERREACH
from agent.domain.gate.reading import Reading, Rule
from agent.domain.gate.receipts import RULES as RECEIPTS
from agent.domain.gate.sentences import RULES as SENTENCES
from agent.domain.gate.shape import RULES as SHAPE
from agent.domain.gate.signs import RULES as SIGNS
from agent.domain.gate.slips import RULES as SLIPS
from agent.domain.gate.strangers import RULES as STRANGERS
from agent.domain.gate.turned import RULES as TURNED
from agent.domain.gate.typography import RULES as TYPOGRAPHY

__all__ = ["LONGEST", "RULES", "Case", "Sketch", "check", "order_runs", "sketch", "unanswered", "vouched"]

RULES: tuple[Rule, ...] = (
    *RECEIPTS,
    *EVIDENCE,
    *OVERREACH,
    *SLIPS,
    *TURNED,
    *COMMITMENTS,
    *ADDRESSES,
    *LANGUAGE,
    *GENDER,
    *NATIVE,
    *TYPOGRAPHY,
    *SHAPE,
    *SENTENCES,
    *SIGNS,
    *LAW,
    *DIRECT,
    *HIDDEN,
    *STRANGERS,
    *LIKENESS,
    *ANSWERING,
)


LONGEST = 10_000
"""Characters: five times the longest letter that passes; what is longer costs time and is never right."""


def check(case: Case) -> tuple[Finding, ...]:
    """Return what is wrong with a letter: blocks first, then warnings, each in the order of the rules."""
    if len(case.letter.text) + len(case.letter.subject) > LONGEST:
        advice = f"The letter has more than {LONGEST} characters and was not read further: write it again."
        return (Finding(code="shape.endless", severity=Severity.BLOCK, span="", advice=advice),)
    reading = Reading(case)
    found = dict.fromkeys(chain.from_iterable(rule(reading) for rule in RULES))
    return tuple(sorted(found, key=lambda finding: finding.severity is not Severity.BLOCK))
