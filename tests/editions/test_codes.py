"""Short codes, as people type them from paper."""

import re

from hypothesis import given
from hypothesis import strategies as st

from agreements.editions.codes import code_for, normalise_code

HASHES = st.binary(min_size=32, max_size=32).map(bytes.hex)


class TestCodes:
    @given(HASHES)
    def test_have_twelve_letters_that_nobody_misreads(self, entry_hash: str) -> None:
        assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){2}[0-9A-HJKMNP-TV-Z]{4}", code_for(entry_hash))

    @given(HASHES, st.sampled_from(["", " ", "-", " - ", "\u2011"]), st.booleans())
    def test_are_known_however_they_are_typed(self, entry_hash: str, between: str, lower: bool) -> None:
        code = code_for(entry_hash)
        typed = code.replace("-", between).replace("0", "O").replace("1", "l")

        assert normalise_code(typed.lower() if lower else typed) == code

    @given(st.text(max_size=40))
    def test_are_never_made_of_other_text(self, typed: str) -> None:
        code = normalise_code(typed)
        assert code is None or normalise_code(code) == code
