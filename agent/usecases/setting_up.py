"""Setting a brand and its campaigns up by hand: what a change would touch, and keeping it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from hashlib import sha256

from agent.domain.brand import Brand, Campaign
from agent.domain.delivery import DeliveryState
from agent.domain.draft import Draft
from agent.domain.errors import BadInput, NanoreachError, NotApprovable, NotFound
from agent.domain.handover import HandoverState
from agent.domain.ids import BrandId, CampaignId, DraftId, Seal
from agent.domain.records import BrandFile
from agent.domain.seal import seal_of
from agent.ports import Ports, Transaction
from agent.usecases.importing import BrandReport, store_brand
from agent.usecases.lookup import Context, the_campaign, the_contexts
from agent.usecases.outgoing import outgoing_for


class SealsTouched(NanoreachError):
    """A change would void approvals that nobody has agreed to lose; nothing was kept."""

    def __init__(self, letters: int) -> None:
        super().__init__(f"This change voids the approval of {letters} letters that have not left yet.")
        self.letters = letters


@dataclass(frozen=True, kw_only=True)
class Setup:
    """A brand with campaigns as stored, and the mark by which a change knows what it was made on."""

    file: BrandFile
    mark: str


def brand_setup(ports: Ports, brand_id: BrandId, *, campaigns: bool = False) -> Setup:
    """Return a brand, alone or with all its campaigns; raises NotFound."""
    with ports.store.read() as tx:
        brand = _the_brand(tx, brand_id)
        listed = tuple(each for each in tx.brands.campaigns() if each.brand_id == brand_id)
    return _setup(ports, BrandFile(brand=brand, campaigns=listed if campaigns else ()))


def campaign_setup(ports: Ports, campaign_id: CampaignId) -> Setup:
    """Return a campaign with its brand; raises NotFound."""
    with ports.store.read() as tx:
        campaign, brand = the_campaign(tx, campaign_id)
    return _setup(ports, BrandFile(brand=brand, campaigns=(campaign,)))


def keep_setup(ports: Ports, file: BrandFile, *, mark: str, agreed: int, by: str) -> BrandReport:
    """Store what was typed as an import would, in this person's name.

    `mark` is that of what the person saw, empty for what is new: raises BadInput where it is something else
    by now. Raises SealsTouched where more than `agreed` approvals would be void.
    """
    at = ports.clock.now()
    with ports.store.write() as tx:
        if _mark(ports, _stored(tx, file)) != mark:
            raise BadInput(_CHANGED if mark else _THERE)
        letters = approvals_touched(ports, tx, file)
        if letters > agreed:
            raise SealsTouched(letters)
        return store_brand(tx, file, at=at, by=by)


def approvals_touched(ports: Ports, tx: Transaction, file: BrandFile) -> int:
    """Return how many approved letters and messages that have not left would not be approved any more."""
    waiting = dict(_waiting(tx))
    drafts = tx.drafts.with_ids(waiting)
    contexts = the_contexts(tx, {draft.outreach_id for draft in drafts.values()})
    count = 0
    for draft in drafts.values():
        known = contexts[draft.outreach_id]
        if isinstance(known, NanoreachError) or known.campaign.brand_id != file.brand.id:
            continue
        seal = waiting[draft.id]
        is_good = _seal(ports, tx, draft, known) == seal
        count += is_good and _seal(ports, tx, draft, _as_in(file, known)) != seal
    return count


_CHANGED = (
    "Somebody changed this in the meantime, so nothing was saved. Open the page again in another window, "
    "compare, and save your words there."
)
_THERE = "There is one with this name already. Choose another name, or open that one and change it."


def _waiting(tx: Transaction) -> Iterable[tuple[DraftId, Seal]]:
    for delivery in tx.deliveries.list(states=[DeliveryState.QUEUED]):
        yield delivery.draft_id, delivery.seal
    for handover in tx.handovers.list(states=[HandoverState.WAITING]):
        yield handover.draft_id, handover.seal


def _seal(ports: Ports, tx: Transaction, draft: Draft, context: Context) -> Seal | None:
    try:
        return seal_of(outgoing_for(ports, tx, draft, known=context))
    except NotApprovable:
        return None


def _as_in(file: BrandFile, known: Context) -> Context:
    changed = next((each for each in file.campaigns if each.id == known.campaign.id), known.campaign)
    return replace(known, campaign=changed, brand=file.brand.written_by(known.outreach.sender))


def _stored(tx: Transaction, file: BrandFile) -> BrandFile | None:
    """Return what the store holds in the place of what was typed; None where the main thing is new."""
    brand = tx.brands.get(file.brand.id)
    known = tuple(tx.brands.campaign(each.id) for each in file.campaigns)
    campaigns = tuple(each for each in known if each is not None)
    if brand is None or (file.campaigns and not campaigns):
        return None
    return BrandFile(brand=brand, campaigns=campaigns)


def _setup(ports: Ports, file: BrandFile) -> Setup:
    return Setup(file=file, mark=_mark(ports, file))


def _mark(ports: Ports, file: BrandFile | None) -> str:
    return "" if file is None else sha256(ports.brand_files.text(file).encode()).hexdigest()[:32]


def _the_brand(tx: Transaction, brand_id: BrandId) -> Brand:
    brand = tx.brands.get(brand_id)
    if brand is None:
        raise NotFound("brand", brand_id, known=tuple(each.id for each in tx.brands.all()))
    return brand


def campaigns_of(tx: Transaction) -> dict[BrandId, list[Campaign]]:
    """Return every brand's campaigns, by id; none for a brand that has none yet."""
    found: dict[BrandId, list[Campaign]] = {brand.id: [] for brand in tx.brands.all()}
    for campaign in tx.brands.campaigns():
        found[campaign.brand_id].append(campaign)
    return found
