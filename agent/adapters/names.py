"""Fresh names, signed links and keyed hashes."""

import hmac
import secrets
from hashlib import sha256

from itsdangerous import BadSignature, URLSafeSerializer

from agent.domain.ids import OutreachId

_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # without 0 o 1 l i: names are read out and typed
_LENGTH = 11  # 54 bits
_NAMES = len(_ALPHABET) ** _LENGTH
_KEY_BYTES = 32


class RandomIds:
    """Names that nobody can guess."""

    def new(self, prefix: str) -> str:
        """Return `prefix-` and eleven random characters."""
        number, characters = secrets.randbelow(_NAMES), []
        for _ in range(_LENGTH):
            number, place = divmod(number, len(_ALPHABET))
            characters.append(_ALPHABET[place])
        return f"{prefix}-{''.join(characters)}"


class SignedLinks:
    """Links below the public URL, each kind with its own salt; a signed token holds no personal data."""

    def __init__(self, *, public_url: str | None, key: bytes) -> None:
        self._public_url = public_url
        self._serializer = URLSafeSerializer(key, salt="unsubscribe")
        self._briefs = URLSafeSerializer(key, salt="brief")

    def unsubscribe(self, outreach_id: OutreachId) -> str | None:
        """Return the link for one outreach; None where no public URL is configured."""
        if self._public_url is None:
            return None
        token = str(self._serializer.dumps(outreach_id))
        return f"{self._public_url}/unsubscribe/{token}"

    def outreach_of(self, token: str) -> OutreachId | None:
        """Return whose link this is; None where the signature is not ours."""
        return _signed(self._serializer, token)

    def brief(self, outreach_id: OutreachId) -> str | None:
        """Return the link to one outreach's brief letter; None where no public URL is configured."""
        if self._public_url is None:
            return None
        return f"{self._public_url}/brief/{self._briefs.dumps(outreach_id)}"

    def briefed_by(self, token: str) -> OutreachId | None:
        """Return whose brief this link opens; None where the signature is not ours."""
        return _signed(self._briefs, token)


class KeyedHashes:
    """HMAC-SHA-256: without the key nobody can try addresses against them, or make one for another text."""

    def __init__(self, key: bytes) -> None:
        self._key = hmac.digest(key, b"suppression", "sha256")
        self._proving = hmac.digest(key, b"approved", "sha256")

    def of(self, email: str) -> str:
        """Return the keyed hash of an address in lower case."""
        return hmac.new(self._key, email.strip().casefold().encode(), sha256).hexdigest()

    def proof(self, text: str) -> str:
        """Return the keyed hash of a text, under a key of its own."""
        return hmac.new(self._proving, text.encode(), sha256).hexdigest()


def _signed(serializer: URLSafeSerializer, token: str) -> OutreachId | None:
    try:
        return OutreachId(str(serializer.loads(token)))
    except BadSignature:
        return None


def fresh_key() -> str:
    """Return a new secret key in hexadecimal."""
    return secrets.token_hex(_KEY_BYTES)
