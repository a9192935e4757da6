"""Personal data is found where it stands, everyday numbers are left alone, and a mask leaves nothing behind."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.scoring.privacy import find_personal_data, luhn_holds, mask


def kinds_in(text: str) -> list[str]:
    """Name the kinds found in `text`, in order."""
    return [one.kind for one in find_personal_data(text)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("write to jo.bloggs+shop@mail.example please", "email"),
        ("call me on 07700 900461", "phone"),
        ("+44 7700 900123 any time", "phone"),
        ("my cell is (312) 555-0142", "phone"),
        ("ring 555-0142", "phone"),
        ("card 4111 1111 1111 1111 was declined", "card"),
        ("pay to GB82 WEST 1234 5698 7654 32", "iban"),
        ("passport A09314422", "identity_number"),
        ("my password Mango1987", "secret"),
        ("born 14/02/1991", "birth_date"),
        ("I live at 40 Carder Street", "address"),
        ("sort code 20-11-43", "bank_account"),
        ("order BZ-90217 never came", "order_number"),
        ("booking ref: QXJ7T4", "order_number"),
    ],
)
def test_personal_data_is_found(text: str, kind: str) -> None:
    assert kinds_in(text) == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "£1,234,567.00 on 2026-11-21 at 14:30-15:30",
        "from 2019 2020 2021 the prices rose",
        "the 23:52 and the 0:05",
        "10 000 000 people saw it",
        "412,000 miles, 3.5 stars, 58 in here",
        "flight 1234567890",
        "repair 7-10 days",
        "@jo_bloggs are you there",
        "pin it on the board, password reset failed",
        "GB82 WEST 1234 5698 7654 33",
        "0000 0000 0000 0000",
    ],
)
def test_everyday_numbers_are_left_alone(text: str) -> None:
    assert kinds_in(text) == []


def test_luhn_catches_a_slip_of_one_digit() -> None:
    assert luhn_holds("4111111111111111")
    assert not luhn_holds("4111111111111112")


def test_a_mask_says_what_stood_there() -> None:
    assert mask("ring 07700 900461 or jo@mail.example") == "ring [phone] or [email]"


PIECES = st.sampled_from(
    [
        "07700 900461",
        "jo@mail.example",
        "4111 1111 1111 1111",
        "order 90217",
        "GB82 WEST 1234 5698 7654 32",
        "pin 4711",
        "dob 1/2/1990",
        "call",
        "ref",
        "password",
        " ",
        "\n",
        ".",
        "£",
        "-",
        "5",
        "12:30",
        "İ",
        "😂",
        "٣٤٥٦٧٨٩٠١٢",
    ]
)


@given(st.lists(PIECES | st.text(max_size=8), max_size=12).map("".join))
def test_spans_lie_inside_apart_and_a_mask_leaves_nothing(text: str) -> None:
    spans = [one.span for one in find_personal_data(text)]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    assert find_personal_data(mask(text)) == ()
