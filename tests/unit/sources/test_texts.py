"""What is repaired in a stranger's text, and what stays as it was written."""

import pytest

from agent.adapters.sources.texts import repaired


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("c&oelig;ur &eacute;t&#233;", "cœur été"),
        ("Salut&hellip;", "Salut…"),
        ("&lt;script&gt; &#60;b&#x3E; &amp;", "&lt;script&gt; &#60;b&#x3E; &amp;"),
        ("AT&T; &nonsense;", "AT&T; &nonsense;"),
        ("lÃ©a", "léa"),
        ("«\u202fok\u202f» 𝓯𝓪𝓷𝓬𝔂", "«\u202fok\u202f» 𝓯𝓪𝓷𝓬𝔂"),
    ],
)
def test_damage_of_transport_is_repaired_and_nothing_else(text: str, expected: str) -> None:
    assert repaired(text) == expected
