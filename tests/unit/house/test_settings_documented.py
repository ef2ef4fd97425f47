"""`.env.example` names every setting, and nothing that is none."""

import re
from itertools import pairwise

from tests.unit.house.tree import ROOT

# A setting stands on a line of its own, commented out where it has a default.
SETTING = re.compile(r"#? ?([A-Z][A-Z0-9_]+)=(.*)")


def test_the_example_documents_each_setting_once() -> None:
    from agent.settings import Settings

    named = [match[1] for line in _example() if (match := SETTING.fullmatch(line))]
    assert sorted(named) == sorted(Settings.env_names())


def test_each_setting_or_group_of_settings_is_explained_above() -> None:
    lines = ["", *_example()]
    silent = [
        line for above, line in pairwise(lines) if SETTING.fullmatch(line) and not above.startswith("#")
    ]
    assert silent == []


def test_the_example_holds_no_secret() -> None:
    named = [match for line in _example() if (match := SETTING.fullmatch(line))]
    secret = re.compile(r"KEY|PASSWORD|SECRET|TOKEN(?!S_PER_)")
    filled = [
        match[1] for match in named if secret.search(match[1]) and not match[1].endswith("_FILE") and match[2]
    ]
    assert filled == []


def _example() -> list[str]:
    return (ROOT / ".env.example").read_text("utf-8").splitlines()
