"""What an answer sounds like beside what its rules say; it can only calm a conversation.

Rules know wordings. A sense has learned from many answers how people sound who want to be left alone, and
hears it in words that no rule has. Neither gives way to the other where that would make a conversation more
active: a no that a rule read stays one.
"""

from collections.abc import Mapping

from agent.domain.replies import ReplyKind

_SURE = 0.65
"""Where no rule knew the answer: a person who is not written to again loses less than one who is."""
_SURE_AGAINST = 0.95
"""Where a rule heard a yes or a question: it is left to a person then."""
_SURE_OF_LEAVING = 0.8
"""Where a rule heard a no or a not now, and it is more than that."""
_HEARD_ACTIVE = frozenset({ReplyKind.INTERESTED, ReplyKind.QUESTION, ReplyKind.NEGOTIATES})
_HEARD_CALM = frozenset({ReplyKind.DECLINED, ReplyKind.NOT_NOW})


def second_thought(kind: ReplyKind, shares: Mapping[ReplyKind, float]) -> ReplyKind:
    """Return the kind of an answer, after the rules' kind and what it sounds like."""
    leaving, no = shares[ReplyKind.OPTED_OUT], shares[ReplyKind.OPTED_OUT] + shares[ReplyKind.DECLINED]
    if kind is ReplyKind.OTHER and no >= _SURE:
        return ReplyKind.OPTED_OUT if leaving >= shares[ReplyKind.DECLINED] else ReplyKind.DECLINED
    if kind is ReplyKind.OTHER and shares[ReplyKind.NOT_NOW] >= _SURE:
        return ReplyKind.NOT_NOW
    if kind in _HEARD_ACTIVE and no >= _SURE_AGAINST:
        return ReplyKind.OTHER
    if kind in _HEARD_CALM and leaving >= _SURE_OF_LEAVING:
        return ReplyKind.OPTED_OUT
    return kind
