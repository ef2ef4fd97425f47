"""Direct messages: their length, their links, and whether this person may be written to by that way."""

import re
from collections.abc import Iterator

from agent.domain.channel import Channel, direct_messages_on
from agent.domain.draft import Finding
from agent.domain.gate.numbers import lowered
from agent.domain.gate.reading import Reading, Rule, block, warn

FIRST_MESSAGE = (25, 40, 110, 140)
"""Words of a first message: too short below the first, good between the second and the third, too long
above the last. What is read on a telephone without scrolling is shorter than a letter."""
NEXT_MESSAGE = (10, 20, 60, 90)
ANSWER_MESSAGE = (8, 15, 120, 160)
"""An answer in a conversation that they are having with us: as long as what they asked needs."""

_LINK = re.compile(r"://|\bwww\.")


def message_length(reading: Reading) -> Iterator[Finding]:
    """Block messages that are longer than one message of the platform may be, legal lines included."""
    case = reading.case
    platform = direct_messages_on(case.creator.platform)
    if case.channel is not Channel.DM or platform is None or len(case.body) <= platform.most:
        return
    surely = "" if platform.is_documented else " (it publishes no limit; this is a cautious one)"
    advice = (
        f"With its legal lines the message has {len(case.body)} characters, and {platform.platform} takes "
        f"{platform.most}{surely}: shorten it."
    )
    yield block("shape.dm_length", "", advice)


def message_links(reading: Reading) -> Iterator[Finding]:
    """Block links anywhere in a message, legal lines included, where the platform does not welcome them."""
    case = reading.case
    platform = direct_messages_on(case.creator.platform)
    if case.channel is not Channel.DM or platform is None or platform.links:
        return
    if (found := _LINK.search(lowered(case.body))) is not None:
        advice = f"{platform.platform} does not welcome links from strangers: take it out."
        yield block("addresses.dm_link", found[0], advice)


def message_person(reading: Reading) -> Iterator[Finding]:
    """Block people whom no direct message may go to, and brands whose whole notice stands nowhere.

    A message in an app's inbox is electronic mail as an e-mail is (directive 2002/58, art. 2(h); CPCE
    L. 34-5): the profession of the one who gets it decides, not the way.
    """
    case = reading.case
    if case.channel is not Channel.DM:
        return
    if direct_messages_on(case.creator.platform) is None:
        yield block(
            "law.no_dm",
            "",
            f"No direct messages are known on {case.creator.platform}: find a business address instead.",
        )
    if case.creator.business_contact is False:
        yield block(
            "law.private_profile",
            "",
            "This creator is noted as not open to business: do not write to them.",
        )
    elif case.creator.business_contact is None:
        yield warn(
            "law.unconfirmed_profile",
            "",
            "Nobody has confirmed yet that this profile invites business messages: look and note it.",
        )
    if case.brand.privacy_url is None:
        yield block(
            "law.no_full_notice",
            "",
            "The message can only carry the short notice, and the brand has no privacy page with the whole "
            "one: put one on its website and note it as privacy_url.",
        )


RULES: tuple[Rule, ...] = (message_length, message_links, message_person)
