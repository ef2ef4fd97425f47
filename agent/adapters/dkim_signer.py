"""DKIM signatures (RFC 6376) over approved letters; the only module that imports dkim."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol

from agent.domain.errors import BadInput

# present or not, these are signed once more than they occur: nobody can add another one (RFC 6376 8.15)
_ONCE = ("from", "reply-to", "subject", "date", "to", "message-id", "in-reply-to", "references")
# RFC 8058 4: both must be covered
_AS_THEY_ARE = (
    "list-unsubscribe",
    "list-unsubscribe-post",
    "mime-version",
    "content-type",
    "content-transfer-encoding",
    "content-language",
)
_FEWEST_BITS = 1024
"""RFC 8301 3.2: shorter keys must not be used for signing."""


class Texts(Protocol):
    """Text records of a name in the DNS."""

    def __call__(self, name: str) -> tuple[str, ...]:
        """Return the texts, none where the name has none; raise Unavailable where nobody answers."""


@dataclass(frozen=True, kw_only=True)
class DkimSigner:
    """Signs letters whose sender is at `domain`, with an RSA key in PEM."""

    domain: str
    selector: str
    key: bytes = field(repr=False)

    def __call__(self, raw: bytes, sender: str) -> bytes:
        """Return the letter with its signature before it; as it is where the sender is at another domain."""
        if sender.rpartition("@")[2].casefold() != self.domain.casefold():
            return raw
        import dkim

        signature: bytes = dkim.sign(
            raw,
            self.selector.encode("ascii"),
            self.domain.encode("idna"),
            self.key,
            canonicalize=(b"relaxed", b"relaxed"),
            include_headers=self._headers(raw),
        )
        return signature + raw

    def check(self) -> None:
        """Raise BadInput where the key cannot sign."""
        bits = self._bits
        if bits < _FEWEST_BITS:
            raise BadInput(
                f"NANOREACH_DKIM_KEY_FILE holds a key of {bits} bits; make one of 2048: openssl genrsa 2048"
            )

    def published(self, texts: Texts) -> str:
        """Return why receivers could not verify our signatures, empty where they can."""
        import dkim

        name = f"{self.selector}._domainkey.{self.domain}"
        records = texts(name)
        if not records:
            return f"{name} has no record; publish the public key there"
        probe = b"From: <probe@" + self.domain.encode("idna") + b">\r\nSubject: probe\r\n\r\nprobe\r\n"
        signed = self(probe, f"probe@{self.domain}")
        is_well = dkim.verify(signed, dnsfunc=lambda *_, **__: records[0].encode())
        return "" if is_well else f"the key at {name} is not the one that we sign with"

    @cached_property
    def _bits(self) -> int:
        from dkim.crypto import UnparsableKeyError, parse_pem_private_key

        try:
            parsed: dict[str, Any] = parse_pem_private_key(self.key)
        except UnparsableKeyError as error:
            raise BadInput(
                "NANOREACH_DKIM_KEY_FILE holds no RSA key in PEM; make one with: openssl genrsa 2048"
            ) from error
        return int(parsed["modulus"]).bit_length()

    @staticmethod
    def _headers(raw: bytes) -> list[bytes]:
        lines = raw.partition(b"\r\n\r\n")[0].split(b"\r\n")
        present = [line.partition(b":")[0].lower() for line in lines if line[:1] not in {b" ", b"\t"}]
        once = [name.encode() for name in _ONCE]
        listed = [name.encode() for name in _AS_THEY_ARE if name.encode() in present]
        return [*(name for name in once if name in present), *listed, *once]
