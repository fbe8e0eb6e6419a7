"""Signed notes: the published example, and everything that is not one of ours."""

import base64
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis.strategies import integers, text

from agreements.editions.errors import NoteNotGenuine
from agreements.editions.notes import Opened, VerifierKey, open_checkpoint, write_checkpoint
from tests.offline import verify_moc

GO_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_NOTE = (
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n"
    "\N{EM DASH} PeterNeumann "
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
"""The example in the documentation of golang.org/x/mod/sumdb/note."""

SIGNER, AT = Ed25519PrivateKey.generate(), datetime(2026, 11, 26, 9, 0, 5, tzinfo=UTC)
KEY = VerifierKey("register.example/log", SIGNER.public_key().public_bytes_raw())
NOTE = write_checkpoint(KEY.origin, size=12, root=bytes(32), at=AT, sign_with=SIGNER)


class TestNotes:
    def test_reads_and_writes_keys_as_others_do(self) -> None:
        assert str(VerifierKey.parse(GO_KEY)) == GO_KEY

    @pytest.mark.parametrize("wrong", ["", "a", "a+b+c", GO_KEY.replace("c74f", "c74e"), GO_KEY[:-4], f"x{GO_KEY}"])
    def test_refuses_what_is_no_key(self, wrong: str) -> None:
        with pytest.raises(ValueError):  # noqa: PT011  # base64's own, or ours
            VerifierKey.parse(wrong)

    def test_opens_what_it_wrote_with_its_moment_as_the_script_does(self) -> None:
        keys = verify_moc.read_keys(f"{GO_KEY}\n{KEY}\n")

        assert open_checkpoint(NOTE, [VerifierKey.parse(GO_KEY), KEY]) == Opened(KEY.origin, 12, bytes(32), AT)
        assert verify_moc.open_checkpoint(NOTE, keys) == (12, bytes(32), AT)

    def test_a_forged_moment_beyond_all_calendars_is_refused_in_words(self) -> None:
        start, signed = NOTE.rstrip("\n").rsplit(" ", 1)
        blob = base64.b64decode(signed)
        forged = f"{start} {base64.b64encode(blob[:4] + bytes([255] * 8) + blob[12:]).decode()}\n"

        with pytest.raises(NoteNotGenuine):
            open_checkpoint(forged, [KEY])
        with pytest.raises(verify_moc.DoesNotHold):
            verify_moc.open_checkpoint(forged, verify_moc.read_keys(str(KEY)))

    def test_a_signature_of_somebody_else_beside_ours_counts_for_nothing(self) -> None:
        assert open_checkpoint(f"{NOTE}\N{EM DASH} witness.example AAAA\n", [KEY]).size == 12

    def test_knows_a_foreign_note_that_is_genuine_and_no_checkpoint(self) -> None:
        # Its key's name is not its first line, as that of a log's is.
        with pytest.raises(NoteNotGenuine):
            open_checkpoint(GO_NOTE, [VerifierKey.parse(GO_KEY)])

    @settings(max_examples=40)
    @given(place=integers(0, len(NOTE) - 1), instead=text(alphabet="\n 1Az=\N{EM DASH}", max_size=2))
    def test_an_altered_one_is_never_taken_for_another_log(self, place: int, instead: str) -> None:
        altered = NOTE[:place] + instead + NOTE[place + 1 :]
        try:
            opened = open_checkpoint(altered, [KEY])
        except NoteNotGenuine:
            return
        # One of the two signatures may be gone, but what is signed is what was signed.
        assert (opened.size, opened.root) == (12, bytes(32))
