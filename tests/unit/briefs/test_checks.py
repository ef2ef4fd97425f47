"""What stands against a brief: disclosure, the yearly ledger, texts, dates."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from agent.domain.brand import Affiliate, Gift, Money
from agent.domain.brief import Contact, Deliverable, Exclusivity, Format, UsageRights, findings_of
from tests.builders import euros, some_terms
from tests.unit.briefs.agreed import LAW, TODAY, a_case, a_ledger, codes, law_of

DAY = timedelta(days=1)


def test_terms_with_the_literal_french_words_have_nothing_against_them() -> None:
    assert findings_of(a_case(some_terms())) == ()
    assert findings_of(a_case(some_terms(disclosure=("publicité",)))) == ()


def test_a_brief_without_its_disclosure_is_blocked_and_told_the_usual_words() -> None:
    (finding,) = findings_of(a_case(some_terms(disclosure=())))
    assert (finding.code, finding.severity.value) == ("brief.disclosure.missing", "block")
    assert "“Collaboration commerciale”" in finding.advice


@pytest.mark.parametrize("words", ["#ad", "ad", "sponsorisé", "#partenariat", "produit offert", "collab"])
def test_in_france_a_hashtag_or_a_euphemism_alone_is_not_enough(words: str) -> None:
    (finding,) = findings_of(a_case(some_terms(disclosure=(words,))))
    assert (finding.code, finding.severity.value) == ("brief.disclosure.not_enough", "block")
    assert f"“{words}” alone is not enough" in finding.advice
    assert "loi n° 2023-451" in finding.advice


def test_a_hashtag_beside_the_literal_words_is_welcome() -> None:
    assert findings_of(a_case(some_terms(disclosure=("#ad", "Collaboration commerciale")))) == ()


@pytest.mark.parametrize(
    ("country", "words", "found"),
    [
        ("US", "Ad", {}),
        ("US", "#ad", {}),
        ("US", "#sp", {"brief.disclosure.not_enough": "block"}),
        ("US", "Collaboration commerciale", {"brief.disclosure.not_enough": "block"}),
        ("GB", "Ad", {}),
        ("GB", "gifted", {"brief.disclosure.not_enough": "block"}),
        ("GB", "sponsored", {"brief.disclosure.not_enough": "block"}),
        ("NL", "Advertentie", {"brief.disclosure.country": "warn"}),
    ],
)
def test_each_country_takes_its_own_words(country: str, words: str, found: dict[str, str]) -> None:
    assert codes(findings_of(a_case(some_terms(disclosure=(words,)), country))) == found


def test_creator_and_audience_in_two_countries_are_held_to_both_the_strictest_first() -> None:
    terms = some_terms(deliverables=(Deliverable(what="vidéo", format=Format.VIDEO),))
    both = law_of("US", "FR", terms=terms)
    assert [rule.country for rule in both.rules] == ["FR", "US"]
    assert both.usual_words == ("Collaboration commerciale", "Ad")
    assert codes(findings_of(a_case(terms, "US", "FR")))["brief.disclosure.not_enough"] == "block"
    duties = both.duties(terms, platform="instagram", language="fr")
    assert any("dite de vive voix" in duty for duty in duties)
    assert any("pendant toute la durée" in duty for duty in duties)


def test_two_countries_that_take_the_same_word_are_served_by_it_once() -> None:
    assert law_of("US", "GB", terms=some_terms()).usual_words == ("Ad",)


def test_duties_depend_on_platform_form_and_benefit() -> None:
    gift, cash = some_terms(), some_terms(gift=None, cash=euros("50.00"))
    american = law_of("US", terms=gift)
    on_tiktok = american.duties(gift, platform="tiktok", language="en")
    on_a_blog = american.duties(gift, platform="blog", language="en")
    paid = american.duties(cash, platform="blog", language="en")
    assert any("shown in the picture and said out loud" in duty for duty in on_tiktok)
    assert not any("said out loud" in duty for duty in on_a_blog)
    assert any("free product" in duty for duty in on_a_blog)
    assert not any("free product" in duty for duty in paid)


def test_a_rule_holds_from_its_day_on() -> None:
    (rule,) = (rule for rule in LAW.disclosures if rule.country == "FR")
    assert law_of("FR", terms=some_terms(), day=rule.since).rules == (rule,)
    assert law_of("FR", terms=some_terms(), day=rule.since - DAY).uncovered == ("FR",)


def test_every_rule_of_the_file_says_its_source_and_is_worded_in_both_languages() -> None:
    for rule in LAW.disclosures:
        assert rule.source
        assert rule.labels
        assert not {label.casefold() for label in rule.labels} & set(rule.not_enough)
        for duty in rule.duties:
            assert set(duty.wording) == {"en", "fr"}


# --- the ledger -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("total", "found"),
    [
        ("799.99", {}),
        ("800.00", {"brief.ledger.near": "warn"}),
        ("999.99", {"brief.ledger.near": "warn"}),
        ("1000.00", {"brief.ledger.contract": "block"}),
        ("1000.01", {"brief.ledger.contract": "block"}),
    ],
)
def test_the_ledger_warns_at_four_fifths_and_blocks_at_a_thousand(total: str, found: dict[str, str]) -> None:
    assert codes(findings_of(a_case(some_terms(), ledger=a_ledger(total)))) == found


def test_a_contract_reference_settles_the_ledger_and_blanks_do_not() -> None:
    reached = a_ledger("4000.00")
    assert findings_of(a_case(some_terms(contract="SDS-2026-14"), ledger=reached)) == ()
    assert "brief.ledger.contract" in codes(findings_of(a_case(some_terms(contract="  "), ledger=reached)))


def test_what_cannot_be_counted_blocks_until_a_person_answers_for_it() -> None:
    dollars = Money(amount=Decimal(20), currency="USD")
    foreign = a_case(some_terms(), ledger=a_ledger("9.00", foreign=(dollars,)))
    unvalued = a_case(some_terms(gift=Gift(name="un savon")), ledger=a_ledger("0"))
    shared = a_case(some_terms(affiliate=Affiliate(rate="10%")), ledger=a_ledger("9.00"))
    assert codes(findings_of(foreign)) == {"brief.ledger.currency": "block"}
    assert codes(findings_of(unvalued))["brief.ledger.gift_value"] == "block"
    assert codes(findings_of(shared)) == {"brief.ledger.affiliate": "warn"}


# --- texts and dates ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "message",
    [
        "J’adore ce savon, il a changé ma vie !",
        "Je l’utilise tous les jours.",
        "I love it",
        "It’s my favourite",
    ],
)
def test_a_sentence_for_the_creators_mouth_is_no_key_message(message: str) -> None:
    assert codes(findings_of(a_case(some_terms(key_messages=(message,)))))["brief.text.dictated"] == "block"


@pytest.mark.parametrize("message", ["Quatre ingrédients, tous d’ici.", "Mending takes an evening."])
def test_what_matters_to_the_brand_may_be_said(message: str) -> None:
    assert findings_of(a_case(some_terms(key_messages=(message,)))) == ()


@pytest.mark.parametrize(
    ("note", "code"),
    [
        ("un mot\u202e caché", "brief.text.hidden"),
        ("Bonjour {{ name }}", "brief.text.placeholder"),
        ("un miracle en pain", "brief.text.banned"),
    ],
)
def test_no_text_hides_or_forgets_anything(note: str, code: str) -> None:
    assert code in codes(findings_of(a_case(some_terms(note=note))))


def test_dates_that_cannot_be_kept_block() -> None:
    gone = Deliverable(what="post", due_on=TODAY - DAY)
    backwards = UsageRights(scope="reposts", starts_on=TODAY + DAY, ends_on=TODAY)
    over = Exclusivity(field="savons", starts_on=date(2026, 1, 1), ends_on=date(2026, 2, 1))
    assert codes(findings_of(a_case(some_terms(deliverables=(gone,))))) == {"brief.date.past": "block"}
    assert codes(findings_of(a_case(some_terms(rights=backwards)))) == {"brief.date.backwards": "block"}
    assert codes(findings_of(a_case(some_terms(exclusivity=over)))) == {
        "brief.date.past": "block",
        "brief.exclusivity.unpaid": "warn",
    }


def test_a_brief_names_somebody_to_ask_and_what_it_is_for() -> None:
    nobody = some_terms(contact=Contact(name="Camille", email="camille"), objective=" ")
    assert codes(findings_of(a_case(nobody))) == {
        "brief.contact.missing": "block",
        "brief.objective.missing": "block",
    }


def test_what_blocks_comes_first() -> None:
    terms = some_terms(note="un miracle", disclosure=(), deliverables=(Deliverable(what="post"),))
    severities = [finding.severity.value for finding in findings_of(a_case(terms))]
    assert severities == sorted(severities)
    assert severities[0] == "block"
