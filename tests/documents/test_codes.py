"""The verification code betrays typing errors and cannot be guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.documents.codes import ALPHABET, LENGTH, code_error, new_code, normalise, spaced

codes = st.builds(new_code)


@given(codes, st.integers(0, LENGTH - 1), st.sampled_from(ALPHABET))
def test_every_single_wrong_sign_is_found(code: str, place: int, sign: str) -> None:
    typed = code[:place] + sign + code[place + 1 :]
    assert (code_error(typed) is None) == (typed == code)


@given(codes, st.integers(0, LENGTH - 1), st.integers(0, LENGTH - 1))
def test_every_exchange_of_two_signs_is_found(code: str, one: int, other: int) -> None:
    signs = list(code)
    signs[one], signs[other] = signs[other], signs[one]
    typed = "".join(signs)
    assert (code_error(typed) is None) == (typed == code)


@given(codes)
def test_a_code_is_taken_as_people_type_it(code: str) -> None:
    typed = spaced(code).lower().replace("-", " — ")
    full_width = "".join(chr(ord(sign) + 0xFEE0) for sign in code)
    assert code_error(typed) is None
    assert normalise(full_width) == code


@pytest.mark.parametrize("sign", "01BILOU")
def test_signs_that_are_misread_on_paper_are_not_used_and_named_when_typed(sign: str) -> None:
    assert sign not in ALPHABET
    assert sign in str(code_error(sign + new_code()[1:]))


def test_a_code_of_the_wrong_length_is_told_so() -> None:
    assert "11" in str(code_error(new_code()[:-1]))


def test_no_two_of_many_codes_are_alike() -> None:
    assert len({new_code() for _number in range(20_000)}) == 20_000
