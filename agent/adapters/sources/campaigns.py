"""Campaigns of a brand file: whom they look for, what they offer, how they follow up."""

from datetime import timedelta

import yaml

from agent.adapters.sources import profiles, terms
from agent.adapters.sources.values import BadValue
from agent.adapters.sources.yamltree import Section, label, quoted, text
from agent.domain.brand import Affiliate, Cadence, Campaign, Gift, ModelBudget, Offer, Rights
from agent.domain.channel import Channel
from agent.domain.ids import BrandId, CampaignId


def campaign_of(section: Section, brand_id: BrandId) -> Campaign:
    """Return one campaign; what is wrong with it is complained about in the section's file."""
    campaign = Campaign(
        id=CampaignId(section.need("id", _name, instead="")),
        brand_id=brand_id,
        objective=section.need("objective", text, instead=""),
        category=section.take("category", text),
        languages=section.each("languages", terms.language),
        countries=section.each("countries", terms.country),
        followers=section.take("followers", terms.bounds) or (None, None),
        platforms=section.each("platforms", _platform),
        offer=_offer(section.section("offer")),
        cadence=_cadence(section.section("cadence")),
        per_day=_quota(section.section("quotas")),
        channels=tuple(dict.fromkeys(section.each("channels", _channel))) or (Channel.EMAIL,),
        models=_models(section.section("models")),
        draft_answers=section.take("draft_answers", terms.yes_or_no) or False,
    )
    section.refuse_the_rest()
    return campaign


def _offer(section: Section | None) -> Offer:
    if section is None:
        return Offer()
    offer = Offer(
        gift=_gift(section.section("gift")),
        cash=section.take("cash", terms.money),
        affiliate=_affiliate(section.section("affiliate")),
        deliverables=section.each("deliverables", text),
        rights=_rights(section.section("rights")),
        deadline=section.take("deadline", terms.day),
    )
    section.refuse_the_rest()
    return offer


def _gift(section: Section | None) -> Gift | None:
    if section is None:
        return None
    gift = Gift(name=section.need("name", label, instead=""), value=section.take("value", terms.money))
    section.refuse_the_rest()
    return gift


def _affiliate(section: Section | None) -> Affiliate | None:
    if section is None:
        return None
    affiliate = Affiliate(rate=section.need("rate", terms.rate, instead=""), code=section.take("code", text))
    section.refuse_the_rest()
    return affiliate


def _rights(section: Section | None) -> Rights | None:
    if section is None:
        return None
    rights = Rights(months=section.need("months", terms.positive, instead=1))
    section.refuse_the_rest()
    return rights


def _cadence(section: Section | None) -> Cadence:
    usual = Cadence()
    if section is None:
        return usual
    waits = section.each("wait_days", terms.positive)
    stale = section.take("stale_after_days", terms.positive)
    evidence = section.take("evidence_days", terms.positive)
    rest = section.take("rest_days", terms.positive)
    cadence = Cadence(
        touches=section.take("touches", terms.positive) or usual.touches,
        wait=tuple(timedelta(days=days) for days in waits) or usual.wait,
        stale_after=usual.stale_after if stale is None else timedelta(days=stale),
        evidence_for=usual.evidence_for if evidence is None else timedelta(days=evidence),
        rest=None if rest is None else timedelta(days=rest),
    )
    section.refuse_the_rest()
    return cadence


def _quota(section: Section | None) -> int | None:
    if section is None:
        return None
    per_day = section.take("per_day", terms.positive)
    section.refuse_the_rest()
    return per_day


def _models(section: Section | None) -> ModelBudget:
    if section is None:
        return ModelBudget()
    budget = ModelBudget(
        cost=section.take("budget", terms.sum_of_money), tokens=section.take("tokens", terms.positive)
    )
    section.refuse_the_rest()
    return budget


def _name(node: yaml.Node) -> str:
    name = text(node)
    if not name or any(char.isspace() for char in name):
        raise BadValue(f"{quoted(node)} is no id; write one word, as in savon-printemps")
    return name


def _platform(node: yaml.Node) -> str:
    return profiles.platform(text(node))


def _channel(node: yaml.Node) -> Channel:
    try:
        return Channel(text(node).lower())
    except ValueError as error:
        raise BadValue(f"{quoted(node)} is no channel; write email or dm") from error
