"""Brief letters: the terms that were agreed, as typed values, and what may be said about them.

The letter only renders terms. Each change of a term is a new version; a person approves one version, and the
creator sees that one, byte for byte.
"""

from agent.domain.brief.agreement import Agreement, AgreementStatus, said_yes
from agent.domain.brief.checks import BriefCase, findings_of
from agent.domain.brief.disclosure import Disclosure, DisclosureRule, Duty, disclosure_for
from agent.domain.brief.ledger import ContractRule, Ledger, worth
from agent.domain.brief.letter import BriefLetter, Row, Section
from agent.domain.brief.terms import (
    Contact,
    Deliverable,
    Exclusivity,
    Format,
    Terms,
    UsageRights,
    canonical,
    content_hash,
)
from agent.domain.brief.version import AnswerKind, BriefAnswer, BriefApproval, BriefVersion

__all__ = [
    "Agreement",
    "AgreementStatus",
    "AnswerKind",
    "BriefAnswer",
    "BriefApproval",
    "BriefCase",
    "BriefLetter",
    "BriefVersion",
    "Contact",
    "ContractRule",
    "Deliverable",
    "Disclosure",
    "DisclosureRule",
    "Duty",
    "Exclusivity",
    "Format",
    "Ledger",
    "Row",
    "Section",
    "Terms",
    "UsageRights",
    "canonical",
    "content_hash",
    "disclosure_for",
    "findings_of",
    "said_yes",
    "worth",
]
