"""Creators, brands and campaigns, in memory."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from agent.adapters.memory.tables import Tables, require
from agent.domain.brand import Brand, Campaign
from agent.domain.creator import Creator
from agent.domain.ids import BrandId, CampaignId, CreatorId, OutreachId, normal_handle, normal_platform
from agent.ports import CreatorColumns


class MemoryCreators:
    """Creators with their posts."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def get(self, creator_id: CreatorId) -> Creator | None:
        """Return a creator with posts in the order of import."""
        return self._tables.creators.get(creator_id)

    def with_ids(
        self, creator_ids: Iterable[CreatorId], *, posts: Collection[str] | None = None
    ) -> Mapping[CreatorId, Creator]:
        """Return those of these creators that are known, with the posts of these keys; with all for None."""
        known = self._tables.creators
        found = {creator_id: known[creator_id] for creator_id in creator_ids if creator_id in known}
        if posts is None:
            return found
        return {
            creator_id: replace(creator, posts=tuple(post for post in creator.posts if post.key in posts))
            for creator_id, creator in found.items()
        }

    def without_posts(self, creator_ids: Iterable[CreatorId]) -> Mapping[CreatorId, Creator]:
        """Return those of these creators that are known, each without posts."""
        return {known.id: replace(known, posts=()) for known in self.with_ids(creator_ids).values()}

    def find(self, person: str) -> Creator | None:
        """Return the creator named `platform:handle`, or by a handle that only one creator has."""
        platform, colon, handle = person.partition(":")
        key = normal_handle(handle if colon else person).casefold()
        found = [
            creator
            for creator in self._tables.creators.values()
            if creator.handle.casefold() == key
            and (not colon or creator.platform == normal_platform(platform))
        ]
        return found[0] if len(found) == 1 else None

    def save(self, creator: Creator) -> None:
        """Insert or replace a creator with its posts; raise BadInput where two posts share a key."""
        keys = {post.key for post in creator.posts}
        require(
            len(keys) == len(creator.posts),
            f"Creator {creator.person} has two posts with the same key; give each its own.",
        )
        self._tables.creators[creator.id] = creator

    def delete(self, creator_id: CreatorId) -> None:
        """Remove a creator and all that depends on it; mails of theirs keep their place without text."""
        tables = self._tables
        outreach = {row.id for row in tables.outreach.values() if row.creator_id == creator_id}
        if creator_id in tables.creators:
            del tables.creators[creator_id]
        for outreach_id in outreach:
            del tables.outreach[outreach_id]
        self._forget_letters(outreach)
        self._forget_briefs(outreach)
        for mail_id in [key for key, reply in tables.replies.items() if reply.outreach_id in outreach]:
            del tables.replies[mail_id]
            tables.mails.pop(mail_id, None)

    def stream(self) -> Iterator[Creator]:
        """Yield every creator by id."""
        creators = self._tables.creators
        return (creators[key] for key in sorted(creators))

    def columns(self) -> Iterator[CreatorColumns]:
        """Yield what the filters need of every creator, by id."""
        for creator in self.stream():
            yield CreatorColumns(
                id=creator.id,
                platform=creator.platform,
                handle=creator.handle,
                language=creator.language,
                country=creator.country,
                followers=creator.followers,
            )

    def versions(self) -> Iterator[tuple[CreatorId, datetime]]:
        """Yield every creator's id and when it last changed, by id."""
        return ((creator.id, creator.updated_at) for creator in self.stream())

    def same_person(self, creator_ids: Iterable[CreatorId]) -> Mapping[CreatorId, frozenset[CreatorId]]:
        """Return with each of these creators all who are reached at the same address, itself included."""
        keys = {each.id: each.address.email.casefold() for each in self.stream() if each.address is not None}
        at = defaultdict[str, set[CreatorId]](set)
        for creator_id, key in keys.items():
            at[key].add(creator_id)
        return {each: frozenset({each, *at.get(keys.get(each, ""), ())}) for each in creator_ids}

    def with_email(self, email: str) -> tuple[Creator, ...]:
        """Return the creators who are reached at this address, by id, whatever its case."""
        key = email.casefold()
        return tuple(
            creator
            for creator in self.stream()
            if creator.address is not None and creator.address.email.casefold() == key
        )

    def count(self) -> int:
        """Return how many creators are known."""
        return len(self._tables.creators)

    def _forget_letters(self, outreach: set[OutreachId]) -> None:
        tables = self._tables
        drafts = {draft.id for draft in tables.drafts.values() if draft.outreach_id in outreach}
        for draft_id in drafts:
            del tables.drafts[draft_id]
            tables.rejections.pop(draft_id, None)
            tables.assigned.pop(draft_id, None)
            tables.open_letters.pop(draft_id, None)
        for approval in [row for row in tables.approvals.values() if row.draft_id in drafts]:
            del tables.approvals[approval.id]
        for delivery in [row for row in tables.deliveries.values() if row.outreach_id in outreach]:
            del tables.deliveries[delivery.id]
        for answer in [row for row in tables.answers.values() if row.outreach_id in outreach]:
            del tables.answers[answer.key]
        for handover in [row for row in tables.handovers.values() if row.outreach_id in outreach]:
            del tables.handovers[handover.id]

    def _forget_briefs(self, outreach: set[OutreachId]) -> None:
        tables = self._tables
        for outreach_id in outreach:
            tables.agreements.pop(outreach_id, None)
        for brief_id in [row.id for row in tables.briefs.values() if row.outreach_id in outreach]:
            del tables.briefs[brief_id]
            tables.brief_approvals.pop(brief_id, None)
            for answer in [row for row in tables.brief_answers.values() if row.brief_id == brief_id]:
                del tables.brief_answers[answer.id]


class MemoryBrands:
    """Brands and their campaigns."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def get(self, brand_id: BrandId) -> Brand | None:
        """Return a brand."""
        return self._tables.brands.get(brand_id)

    def save(self, brand: Brand) -> None:
        """Insert or replace a brand."""
        self._tables.brands[brand.id] = brand

    def all(self) -> tuple[Brand, ...]:
        """Return every brand by id."""
        return tuple(sorted(self._tables.brands.values(), key=lambda brand: brand.id))

    def campaign(self, campaign_id: CampaignId) -> Campaign | None:
        """Return a campaign."""
        return self._tables.campaigns.get(campaign_id)

    def save_campaign(self, campaign: Campaign) -> None:
        """Insert or replace a campaign; raise BadInput where its brand is unknown."""
        require(
            campaign.brand_id in self._tables.brands,
            f"Campaign “{campaign.id}” belongs to brand “{campaign.brand_id}”, which is not stored.",
        )
        self._tables.campaigns[campaign.id] = campaign

    def campaigns(self) -> tuple[Campaign, ...]:
        """Return every campaign by id."""
        return tuple(sorted(self._tables.campaigns.values(), key=lambda campaign: campaign.id))
