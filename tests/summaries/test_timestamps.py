"""Seals with a timestamp (PAdES B-T), from a timestamp authority that runs on loopback."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from asn1crypto import keys, tsp
from asn1crypto import x509 as asn1_x509
from certomancer.services import TimeStamper
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from django.test import Client
from pyhanko.sign.timestamps import TimeStamper as PdfTimeStamper
from pytest_django import Settings

from agreements.summaries.models import Summary
from agreements.summaries.store import read_summary, summary_for
from agreements.summaries.verify import Finding, verify_pdf
from tests.published import first_agreement, publish

pytestmark = pytest.mark.django_db

STAMPED = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)


def time_stamper() -> TimeStamper:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "A timestamp authority")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(STAMPED - timedelta(days=1))
        .not_valid_after(STAMPED + timedelta(days=3650))
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return TimeStamper(
        asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER)),
        keys.PrivateKeyInfo.load(private),
        fixed_dt=STAMPED,
    )


class NearStamper(PdfTimeStamper):
    """The authority's answers without a connection to it."""

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        return time_stamper().request_tsa_response(req)


def near_stamper() -> PdfTimeStamper:
    return NearStamper()  # type: ignore[no-untyped-call]  # the library leaves it untyped


@pytest.fixture
def timestamp_authority(settings: Settings) -> Iterator[None]:
    stamper = time_stamper()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write(stamper.request_tsa_response(asked).dump())

        def log_message(self, *args: object) -> None:
            """Not into the tests' output."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.TIMESTAMP_URL = f"http://127.0.0.1:{server.server_port}/"
    yield
    server.shutdown()
    server.server_close()


@pytest.mark.usefixtures("timestamp_authority")
def test_a_summary_sealed_with_a_timestamp_says_so_and_carries_the_authority_s_time(noon: datetime) -> None:
    summary = summary_for(publish(first_agreement(), at=noon), "en", at=noon)

    verdict = verify_pdf(read_summary(summary))

    assert summary.level == "B-T"
    assert (verdict.finding, verdict.level, verdict.sealed_at) == (Finding.GENUINE, "B-T", STAMPED)


def test_readers_are_told_when_the_timestamp_authority_is_away(
    client: Client, noon: datetime, settings: Settings
) -> None:
    edition = publish(first_agreement(), at=noon)
    settings.TIMESTAMP_URL = "http://127.0.0.1:1/"

    answer = client.get(f"/ckb/agreements/{edition.register_number}/editions/1/summary.pdf")

    assert answer.status_code == 503
    assert "127.0.0.1:1" not in answer.content.decode()
    assert not Summary.objects.exists()
