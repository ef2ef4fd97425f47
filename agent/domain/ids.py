"""Names of things. Creators and posts carry 63-bit numbers, because a vector index wants numbers."""

from hashlib import blake2b
from typing import NewType

CreatorId = NewType("CreatorId", int)
PostId = NewType("PostId", int)
BrandId = NewType("BrandId", str)
CampaignId = NewType("CampaignId", str)
OutreachId = NewType("OutreachId", str)
DraftId = NewType("DraftId", str)
ApprovalId = NewType("ApprovalId", str)
BriefId = NewType("BriefId", str)
DeliveryId = NewType("DeliveryId", str)
HandoverId = NewType("HandoverId", str)
InboundId = NewType("InboundId", str)
ReplyId = NewType("ReplyId", str)
Seal = NewType("Seal", str)


def creator_id(platform: str, handle: str) -> CreatorId:
    """Return the creator's number: the same for the same platform and handle, whatever their case.

    Both arguments are as `normal_platform` and `normal_handle` leave them.
    """
    return CreatorId(_number(f"creator\0{platform}\0{handle.casefold()}"))


def post_id(creator: CreatorId, key: str) -> PostId:
    """Return the number of a creator's post, from its key at the source."""
    return PostId(_number(f"post\0{creator}\0{key}"))


def normal_platform(platform: str) -> str:
    """Return the platform's name in lower case without surrounding space."""
    return platform.strip().lower()


def normal_handle(handle: str) -> str:
    """Return the handle without surrounding space and without its leading @."""
    return handle.strip().removeprefix("@").strip()


def _number(text: str) -> int:
    # 63 bits: positive in every signed 64-bit column and index; two of ten million collide with p = 5e-6
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big") >> 1
