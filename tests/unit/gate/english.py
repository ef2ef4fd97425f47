"""Honest English letters, some of them about strange but innocent posts."""

from dataclasses import replace
from datetime import date
from typing import Any

from agent.domain.creator import Creator, Post
from agent.domain.gate import Case
from tests.unit.gate.letters import (
    EVENING,
    KETTLE,
    Part,
    Said,
    a_creator,
    written,
)

EVENING_GIFT: tuple[Part, ...] = (
    ("I'd like to send you our Sunday mending kit ($28 value) to try.", ("offer", "gift")),
    ("No post expected.", ("offer", "gift")),
    (
        'If one day you wanted to show it, we\'d talk it over before, with a clear "ad" label on it.',
        ("offer", "disclosure"),
    ),
    (
        "We'd never reuse your pictures without your OK, and then for no longer than six months.",
        ("offer", "rights"),
    ),
)
EVENING_ASK: tuple[Part, ...] = (
    "Shall I pack one up for you?",
    "One word back will do; if it is no, that is the end of it from me.",
)
KETTLE_GIFT: tuple[Part, ...] = (
    ("We'd be glad to send you our sourdough jar (worth $34).", ("offer", "gift")),
    ("It's a gift; nobody's counting posts, and feel free to keep it to yourself.", ("offer", "gift")),
    ('If you did share it one day, it would simply carry a clear "ad" label.', ("offer", "disclosure")),
)
KETTLE_ASK: tuple[Part, ...] = ("Would you like one?", "Yes or no is all I need.")


def an_american(name: str, *said: Said, **fields: Any) -> Creator:
    return a_creator(name, *said, language="en", **fields)


def priya() -> Case:
    creator = an_american(
        "Priya",
        Said(
            key="p1",
            text="The left cuff of my uncle's jacket took four tries and one very long phone call.",
            on=date(2026, 10, 4),
        ),
        Said(key="p2", text="Found a button jar at the flea market.", on=date(2026, 9, 1)),
    )
    return written(
        EVENING,
        creator,
        "your jacket cuff from October",
        [
            (
                (
                    "You wrote on October 4 that the left cuff of your uncle's jacket took \"four "
                    'tries and one very long phone call".'
                ),
                ("post", "p1", creator.posts[0].text),
            ),
            "That patience is the reason for this note.",
            (
                "We pack every kit by hand in a former upholstery shop in southeast Portland.",
                ("fact", "shop"),
            ),
        ],
        EVENING_GIFT,
        EVENING_ASK,
    )


def walt_ignores_the_pattern() -> Case:
    creator = an_american(
        "Walt",
        Said(
            key="w1",
            text="Ignore the pattern. Ignore your sister. Trust the hole: it tells you which way to weave.",
            on=date(2026, 9, 15),
        ),
    )
    return written(
        EVENING,
        creator,
        "which way to weave",
        [
            (
                'On September 15 you told people to "trust the hole: it tells you which way to weave."',
                ("post", "w1", creator.posts[0].text),
            ),
            "I read that out loud at the packing table and got three nods and a groan.",
        ],
        [
            (
                (
                    "Our Sunday mending kit holds a wooden darning mushroom, three needles, and six "
                    "colors of wool."
                ),
                ("fact", "kit"),
            )
        ],
        EVENING_GIFT,
        EVENING_ASK,
    )


def rosa_gives_it_away_free() -> Case:
    creator = an_american(
        "Rosa",
        Said(
            key="r1",
            text="Free to a good home: one bag of wool scraps, scent-free, smoke-free, cat-free (mostly).",
            on=date(2026, 8, 2),
        ),
    )
    return written(
        EVENING,
        creator,
        "cat-free (mostly)",
        [
            (
                (
                    'On August 2 you were giving wool scraps away: "Free to a good home," and the part '
                    'that got me, "cat-free (mostly)."'
                ),
                ("post", "r1", creator.posts[0].text),
            ),
            "That is the most honest product description I've come across this year.",
        ],
        [
            (
                "The wool in our kits is mill ends, bought as leftovers from two Oregon spinning mills.",
                ("fact", "wool"),
            )
        ],
        EVENING_GIFT,
        EVENING_ASK,
    )


def ben_bakes() -> Case:
    creator = an_american(
        "Ben",
        Said(
            key="be1",
            text="500 g flour, 375 g water, 10 g salt. 75% hydration, 100% stubborn. It sat 18 hours "
            "and I sat with it.",
            on=date(2026, 9, 27),
        ),
    )
    return written(
        KETTLE,
        creator,
        "18 hours with a dough",
        [
            (
                (
                    'Your September 27 dough was "75% hydration, 100% stubborn," and you sat with it for '
                    "18 hours."
                ),
                ("post", "be1", creator.posts[0].text),
            ),
            "I know that chair. It's why I'm writing to you and not to somebody with a bread machine.",
        ],
        [
            (
                (
                    "Our sourdough jar is blown by one glassblower in Vermont, and no two lids are quite "
                    "the same."
                ),
                ("fact", "jar"),
            ),
            ("The lid is cork, so it breathes and never clatters.", ("fact", "cork")),
        ],
        KETTLE_GIFT,
        KETTLE_ASK,
    )


def dot_since_2015() -> Case:
    creator = an_american(
        "Dot",
        Said(
            key="d1",
            text="Same coat since 2015. Polka dot lining, fourth set of cuffs. It will outlive me.",
            on=date(2026, 4, 11),
        ),
    )
    return written(
        EVENING,
        creator,
        "the coat that will outlive us",
        [
            (
                (
                    "Back in April you showed the coat you've worn since 2015: \"fourth set of cuffs. It "
                    'will outlive me."'
                ),
                ("post", "d1", creator.posts[0].text),
            ),
            "I've thought about those cuffs more often than is reasonable.",
        ],
        [
            (
                (
                    "Our Sunday mending kit holds a wooden darning mushroom, three needles, and six "
                    "colors of wool."
                ),
                ("fact", "kit"),
            )
        ],
        EVENING_GIFT,
        EVENING_ASK,
    )


def mei_with_emoji() -> Case:
    creator = an_american(
        "Mei",
        Said(
            key="m1",
            text="🧵✨ visible mending club tonight ✨🧵 bring a sock, leave with a friend 🧦❤️‍🔥",
            on=date(2026, 10, 9),
        ),
    )
    return written(
        EVENING,
        creator,
        "bring a sock",
        [
            (
                (
                    'Your visible mending club on October 9 had the best invitation: "bring a sock, leave '
                    'with a friend."'
                ),
                ("post", "m1", creator.posts[0].text),
            ),
            (
                (
                    "We do something like it: on the first Sunday of every month we clear the packing "
                    "table and teach darning for free."
                ),
                ("fact", "class"),
            ),
        ],
        [
            (
                (
                    "Our Sunday mending kit holds a wooden darning mushroom, three needles, and six "
                    "colors of wool."
                ),
                ("fact", "kit"),
            )
        ],
        EVENING_GIFT,
        EVENING_ASK,
    )


def grace_asks() -> Case:
    creator = an_american(
        "Grace",
        Said(
            key="g1",
            text="Why is it always the left sock? Is it me? Is it the shoe? Anyway, darned it again on "
            "the bus.",
            on=date(2026, 7, 19),
        ),
    )
    return written(
        EVENING,
        creator,
        "the left sock",
        [
            (
                (
                    'On July 19 you asked, "Why is it always the left sock? Is it me? Is it the shoe?" '
                    "and then darned it again on the bus."
                ),
                ("post", "g1", creator.posts[0].text),
            ),
            "Nobody here knows either, and we've looked at a great many socks.",
        ],
        [
            (
                "The wool in our kits is mill ends, bought as leftovers from two Oregon spinning mills.",
                ("fact", "wool"),
            )
        ],
        EVENING_GIFT,
        EVENING_ASK,
    )


def hattie_from_her_bio() -> Case:
    creator = an_american("Hattie", bio="Slow stitches, fast coffee. Will mend for pie. | Ohio")
    return written(
        EVENING,
        creator,
        "will mend for pie",
        [
            (
                'Your bio says "Will mend for pie," which is a better business plan than most I hear.',
                ("bio", "Will mend for pie"),
            ),
            "I can't offer pie, so here is what I have instead.",
        ],
        [
            (
                (
                    "Our Sunday mending kit holds a wooden darning mushroom, three needles, and six "
                    "colors of wool."
                ),
                ("fact", "kit"),
            )
        ],
        EVENING_GIFT,
        EVENING_ASK,
    )


def ben_again() -> Case:
    first = ben_bakes()
    creator = replace(
        first.creator,
        posts=(
            *first.creator.posts,
            Post(
                key="be2",
                original="Named the starter Gerald. Gerald overflowed.",
                text="Named the starter Gerald. Gerald overflowed.",
                published_on=date(2026, 10, 16),
            ),
        ),
    )
    return written(
        KETTLE,
        creator,
        "Gerald",
        [
            (
                'Since my October 8 note you\'ve introduced the starter: "Gerald overflowed."',
                ("post", "be2", "Named the starter Gerald. Gerald overflowed."),
            ),
            (
                "For what it's worth, the lid of our jar is cork, so it breathes and never clatters.",
                ("fact", "cork"),
            ),
        ],
        ["Shall I send one for Gerald?", "If it's not for you, a word is enough and I'll leave it there."],
        touch=2,
        earlier=(first.body,),
    )


def priya_third() -> Case:
    first = priya()
    return written(
        EVENING,
        first.creator,
        "a button jar",
        [
            (
                'One last line, because of the button jar you found "at the flea market" on September 1.',
                ("post", "p2", first.creator.posts[1].text),
            ),
            (
                "The wool in our kits is bought the same way, as leftovers from two Oregon spinning mills.",
                ("fact", "wool"),
            ),
        ],
        ["Would a kit be welcome?", "Whatever the answer, this is my last note."],
        touch=3,
        earlier=(first.body,),
    )


def june_in_may() -> Case:
    creator = an_american(
        "June",
        Said(
            key="ju1",
            text="May is for moths. Lost two sweaters, saved one, learned duplicate stitch out of spite.",
            on=date(2026, 5, 22),
        ),
    )
    return written(
        EVENING,
        creator,
        "Out of Spite",
        [
            (
                (
                    "On May 22 you lost two sweaters to moths and \u201clearned duplicate stitch out of "
                    "spite.\u201d"
                ),
                ("post", "ju1", creator.posts[0].text),
            ),
            "Spite is underrated as a teacher, and I may have it printed above the packing table.",
        ],
        [("We pack every kit by hand in a former upholstery shop in southeast Portland.", ("fact", "shop"))],
        EVENING_GIFT,
        EVENING_ASK,
    )


def sam_pays_more() -> Case:
    creator = an_american(
        "Sam",
        Said(
            key="sa1",
            text="I will pay you $20 for this exact jar lid. Promise. Exclusive offer. The starter is "
            "escaping.",
            on=date(2026, 9, 30),
        ),
    )
    return written(
        KETTLE,
        creator,
        "the escaping starter",
        [
            (
                (
                    'On September 30 you wrote, "I will pay you $20 for this exact jar lid," because the '
                    "starter was escaping."
                ),
                ("post", "sa1", creator.posts[0].text),
            ),
            "Keep the twenty. I have a lid, and it happens to come with a jar underneath.",
        ],
        [
            (
                (
                    "Our sourdough jar is blown by one glassblower in Vermont, and no two lids are quite "
                    "the same."
                ),
                ("fact", "jar"),
            ),
            ("The lid is cork, so it breathes and never clatters.", ("fact", "cork")),
        ],
        KETTLE_GIFT,
        KETTLE_ASK,
    )


ENGLISH = (
    priya,
    walt_ignores_the_pattern,
    rosa_gives_it_away_free,
    ben_bakes,
    dot_since_2015,
    mei_with_emoji,
    grace_asks,
    hattie_from_her_bio,
    ben_again,
    priya_third,
    june_in_may,
    sam_pays_more,
)
