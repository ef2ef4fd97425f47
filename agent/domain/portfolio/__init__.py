"""The shortlist as a portfolio: choosing creators who together cover what a brand stands for."""

from agent.domain.portfolio.candidate import NO_OPINION, Candidate, Gains, Left, Pick, Why
from agent.domain.portfolio.choosing import GIVE, Selection, choose
from agent.domain.portfolio.figures import Figures, Pool, entropy, figures, gini
from agent.domain.portfolio.objective import TASTE, Objective, Taste, carriers
from agent.domain.portfolio.quotas import Bound, Quota, check_quotas, parse_quota
from agent.domain.portfolio.room import Limits

__all__ = [
    "GIVE",
    "NO_OPINION",
    "TASTE",
    "Bound",
    "Candidate",
    "Figures",
    "Gains",
    "Left",
    "Limits",
    "Objective",
    "Pick",
    "Pool",
    "Quota",
    "Selection",
    "Taste",
    "Why",
    "carriers",
    "check_quotas",
    "choose",
    "entropy",
    "figures",
    "gini",
    "parse_quota",
]
