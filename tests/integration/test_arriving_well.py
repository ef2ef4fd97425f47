"""Signatures that receivers verify, and what `doctor mail` says of a domain, against a DNS on loopback."""

import socket
import subprocess
import threading
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import dkim
import dns.message
import dns.rdatatype
import dns.resolver
import dns.rrset
import pytest

from agent.adapters.dkim_signer import DkimSigner
from agent.adapters.dns_texts import DnsTexts
from agent.bootstrap import build
from agent.cli.doctor_mail import examine_mail
from agent.domain.errors import BadInput, Unavailable
from agent.settings import Settings
from agent.usecases.outbox import outbox
from agent.usecases.sending import send_due
from tests.builders import a_brand
from tests.integration.mail_servers import smtp_sink
from tests.unit.usecases.world import a_world, accepted, approved

DOMAIN = "savon-du-sud.example"
SPF = "v=spf1 include:provider.example -all"
DMARC = f"v=DMARC1; p=none; rua=mailto:anna@{DOMAIN}"


@dataclass(frozen=True)
class Key:
    """A private key in PEM and the record that publishes its other half."""

    pem: bytes
    record: str


def a_key(bits: int) -> Key:
    # Debian's openssl comes with its Dovecot, which the tests need anyway
    made = subprocess.run(["openssl", "genrsa", "-traditional", str(bits)], capture_output=True, check=True)
    asked = ["openssl", "rsa", "-pubout", "-outform", "DER"]
    public = subprocess.run(asked, input=made.stdout, capture_output=True, check=True).stdout
    return Key(pem=made.stdout, record=f"v=DKIM1; k=rsa; p={b64encode(public).decode()}")


@pytest.fixture(scope="module")
def key() -> Key:
    return a_key(2048)


@pytest.fixture
def signer(key: Key) -> DkimSigner:
    return DkimSigner(domain=DOMAIN, selector="nanoreach", key=key.pem)


class Zone:
    """A name server that knows texts; a name that maps to None gets no answer at all."""

    def __init__(self) -> None:
        self.texts: dict[str, str | None] = {}
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self._socket.settimeout(0.1)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self) -> None:
        while not self._over.is_set():
            try:
                wire, client = self._socket.recvfrom(4096)
            except TimeoutError:
                continue
            asked = dns.message.from_wire(wire)
            name = asked.question[0].name
            known = name.to_text(omit_final_dot=True)
            if self.texts.get(known, "") is None:
                continue
            answer = dns.message.make_response(asked)
            text = self.texts.get(known)
            if text:
                parts = [f'"{text[start : start + 200]}"' for start in range(0, len(text), 200)]
                answer.answer.append(dns.rrset.from_text(name, 60, "IN", "TXT", " ".join(parts)))
            self._socket.sendto(answer.to_wire(), client)

    def close(self) -> None:
        self._over.set()
        self._thread.join()
        self._socket.close()

    @property
    def lookups(self) -> DnsTexts:
        resolver = dns.resolver.Resolver(configure=False)
        resolver.nameservers, resolver.port = ["127.0.0.1"], self._socket.getsockname()[1]
        return DnsTexts(resolver, patience=1.0)


@pytest.fixture
def zone() -> Iterator[Zone]:
    opened = Zone()
    yield opened
    opened.close()


def test_what_leaves_carries_a_signature_over_what_was_approved(signer: DkimSigner, key: Key) -> None:
    ports = replace(a_world(), sign=signer)
    delivery = approved(ports)
    send_due(ports)
    (raw,) = accepted(ports)
    assert raw == delivery.raw
    published = key.record.encode()
    assert dkim.verify(raw, dnsfunc=lambda *_, **__: published)
    signed = raw.partition(b"\r\n\r\n")[0].lower()
    assert b"list-unsubscribe" in signed.partition(b"h=")[2].partition(b";")[0].replace(b"\r\n", b"")
    for forged in (
        raw.replace(b"Subject: ", b"Subject: Re: ", 1),
        b"Subject: another\r\n" + raw,
        b"Reply-To: mallory@x.example\r\n" + raw,
        raw.replace(b"To: ", b"To: mallory@x.example, ", 1),
        raw.replace(b"List-Unsubscribe: ", b"List-Unsubscribe: <https://x.example>, ", 1),
    ):
        assert forged != raw
        assert not dkim.verify(forged, dnsfunc=lambda *_, **__: published)


def test_a_sender_at_another_domain_is_not_signed_for(signer: DkimSigner) -> None:
    assert (
        signer(b"From: a@x.example\r\n\r\nhello\r\n", "a@x.example") == b"From: a@x.example\r\n\r\nhello\r\n"
    )


def test_a_key_that_cannot_sign_is_told_at_start(tmp_path: Path) -> None:
    file = tmp_path / "key.pem"
    file.write_text("no key at all")
    given = {"NANOREACH_DKIM_DOMAIN": DOMAIN, "NANOREACH_DKIM_SELECTOR": "s", "NANOREACH_DKIM_KEY_FILE": file}
    settings = Settings(_env_file=None, NANOREACH_HOME=tmp_path / "home", **given)  # type: ignore[call-arg,arg-type]  # pydantic-settings' own keywords
    with pytest.raises(BadInput, match="openssl genrsa") as told:
        build(settings)
    assert "no key at all" not in str(told.value)
    with pytest.raises(BadInput, match="bits"):
        DkimSigner(domain=DOMAIN, selector="s", key=a_key(1016).pem).check()


def test_half_a_signature_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NANOREACH_DKIM_DOMAIN", DOMAIN)
    with pytest.raises(BadInput, match="belong together"):
        Settings.load()


def test_texts_are_joined_missing_names_are_empty_and_silence_is_told(zone: Zone) -> None:
    zone.texts = {"long.example": "x" * 450, "silent.example": None}
    assert zone.lookups("long.example") == ("x" * 450,)
    assert zone.lookups("nothing.example") == ()
    with pytest.raises(Unavailable, match=r"does not answer about silent\.example"):
        zone.lookups("silent.example")


def settings_for(home: Path, key: Key, **more: object) -> Settings:
    file = home.parent / "key.pem"
    file.write_bytes(key.pem)
    given = {
        "NANOREACH_HOME": home,
        "NANOREACH_DKIM_DOMAIN": DOMAIN,
        "NANOREACH_DKIM_SELECTOR": "nanoreach",
        "NANOREACH_DKIM_KEY_FILE": file,
    } | more
    return Settings(_env_file=None, **given)  # type: ignore[call-arg,arg-type]  # pydantic-settings' own keywords


def with_a_brand(settings: Settings) -> Settings:
    ports = build(settings)
    with ports.store.write() as tx:
        tx.brands.save(a_brand())
    ports.close()
    return settings


def test_a_domain_in_order_passes_every_look(tmp_path: Path, zone: Zone, key: Key) -> None:
    zone.texts = {
        DOMAIN: SPF,
        f"_dmarc.{DOMAIN}": DMARC,
        f"nanoreach._domainkey.{DOMAIN}": key.record,
    }
    with smtp_sink() as server:
        settings = with_a_brand(settings_for(tmp_path / "home", key, NANOREACH_SMTP_URL=server.url))
        checks = examine_mail(settings, zone.lookups)
    assert [check.name for check in checks if not check.is_well] == []
    said = {check.name: check.sentence for check in checks}
    assert "unprotected, on this machine only, without a log-in" in said["server"]
    assert said[f"SPF of {DOMAIN}"] == SPF
    assert server.accepted == []


@pytest.mark.parametrize(
    ("name", "text", "look", "said"),
    [
        (DOMAIN, "", "SPF", "has no SPF record"),
        (DOMAIN, "v=spf1 +all", "SPF", "lets any server write"),
        (f"_dmarc.{DOMAIN}", "", "DMARC", "has no DMARC record"),
        (f"nanoreach._domainkey.{DOMAIN}", "", "DKIM", "publish the public key there"),
        (
            f"nanoreach._domainkey.{DOMAIN}",
            "v=DKIM1; k=rsa; p=AAAA",
            "DKIM",
            "is not the one that we sign with",
        ),
        (DOMAIN, None, "SPF", "does not answer"),
    ],
)
def test_each_fault_of_a_domain_is_one_sentence(
    tmp_path: Path, zone: Zone, key: Key, name: str, text: str | None, look: str, said: str
) -> None:
    zone.texts = {DOMAIN: SPF, f"_dmarc.{DOMAIN}": DMARC, f"nanoreach._domainkey.{DOMAIN}": key.record}
    zone.texts[name] = text
    checks = examine_mail(with_a_brand(settings_for(tmp_path / "home", key)), zone.lookups)
    unwell = [check for check in checks if not check.is_well]
    assert [check.name for check in unwell] == [f"{look} of {DOMAIN}"]
    assert said in unwell[0].sentence


def test_a_server_that_is_not_there_and_a_home_without_a_brand_are_told(
    tmp_path: Path, zone: Zone, key: Key
) -> None:
    settings = settings_for(tmp_path / "home", key, NANOREACH_SMTP_URL="smtp://127.0.0.1:1")
    said = {check.name: check for check in examine_mail(settings, zone.lookups)}
    assert "could not be used" in said["server"].sentence
    assert "import brand" in said["senders"].sentence
    assert outbox(build(settings)) == ()
