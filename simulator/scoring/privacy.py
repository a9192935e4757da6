"""Find personal data in a text, so that it can be masked, kept out of a public reply, or taken off a public page.

Kinds that name or reach a person or their money are `EXPOSING`; an order or booking number alone is milder.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import phonenumbers

from simulator.scoring.model import Span
from simulator.scoring.sieve import Sieve
from simulator.scoring.text import KEPT_LENGTH, POSTS_KEPT

EXPOSING = frozenset({"email", "phone", "card", "iban", "identity_number", "birth_date", "address", "secret", "bank_account"})
"""Kinds that do harm where strangers can read them; `order_number` is left out."""

_DIGIT = re.compile(r"\d")
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63})+(?![\w@])")
_CARD = re.compile(r"(?<![\w-])\d(?:[ -]?\d){12,18}(?![\w-])")
_IBAN = re.compile(r"(?<!\w)[A-Za-z]{2}\d{2}(?: ?[A-Za-z0-9]){11,30}(?!\w)")
_PHONE = re.compile(r"(?<![\w.,/:£$€#-])(?:\+|00)?\(?\d(?:[ ()./-]{0,2}\d){6,14}(?![\w%]|[.,:/]\d)")
_PHONE_WORDS = re.compile(r"(?:\b(?:phone|tel|telephone|mobile|cell|whatsapp|number|call|ring|text|sms|reach)\b[^\d\n]{0,25}|☎|📞)$", re.I)
_NUMBER_WORDS = (
    r"order|booking|reservation|ref|reference|ticket|case|claim|account|acct|acc|a/c|student|policy|tracking|invoice|confirmation|pnr|customer|"
    r"member|membership|parcel|consignment|meter|patient|contract|loyalty|employee|rma"
)
_ORDER = re.compile(
    rf"\b(?:{_NUMBER_WORDS})s?(?: is)?(?:[ .:]*(?:no|nr|num|number|id|code|ref)\b)?[ .:#=-]*"
    r"(?P<value>(?=(?:[A-Z/-]*\d){2})[A-Z0-9](?:[A-Z0-9]|[-/](?=[A-Z0-9])){3,23})\b",
    re.I,
)
_IDENTITY = re.compile(
    r"\b(?:passport|driving licen[cs]e|driver'?s? licen[cs]e|national insurance|ni|ssn|social security|medicare|nhs|id card|tax id)"
    r"(?:[ .:]*(?:no|nr|num|number)\b)?(?: is)?[ .:#=-]*"
    r"(?P<value>(?=[A-Z0-9 -]*\d{2})[A-Z0-9](?:[A-Z0-9]|[ -](?=\d)|-(?=[A-Z0-9])){5,17})\b",
    re.I,
)
_BANK = re.compile(r"\b(?:sort ?code|routing(?: number)?|bsb)[ :#]*(?:is )?(?P<value>\d{2}[ -]?\d{2}[ -]?\d{2}(?:\d{3})?)\b", re.I)
_SECRET = re.compile(
    r"\b(?:password|passcode|pass ?word|pin|cvv|cvc|security code|otp)(?: (?:is|was)|:|=)? +(?P<value>(?=\S*\d)[^\s,;.]{3,30})", re.I
)
_BORN = re.compile(
    r"\b(?:dob|d\.o\.b\.?|born(?: on)?|birth ?date|date of birth)[ :]*(?P<value>\d{1,2}[./ -](?:\d{1,2}|[a-z]{3,9})[./ -]\d{2,4})\b", re.I
)
_STREETS = (
    r"(?:street|st|road|rd|lane|ln|avenue|ave|drive|dr|close|court|ct|crescent|terrace|mews|way|place|gardens|grove|cottages|walk|row)"
)
_ADDRESS = re.compile(
    r"(?<![\w£$€.:])(?P<value>(?:(?:flat|apt|unit) ?\w{1,4},? )?\d{1,4}[a-z]? (?:[A-Z][a-z'’]+ ){1,3}"
    rf"(?i:{_STREETS})\b(?:,? [A-Z]{{1,2}}\d[A-Z\d]? ?\d[A-Z]{{2}}\b)?)"
)
_POSTCODE = re.compile(r"(?<!\w)(?P<value>[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2})(?!\w)")
_FEWEST_POSTCODE, _FEWEST_IBAN, _FEWEST_PHONE, _FEWEST_CARD = 2, 2, 7, 13
"""So many figures stand in a text that has one of these, as the patterns above say; most replies have fewer."""
_DATE_OR_TIME = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{1,2}[:.]\d{2}")
_CARD_WORDS = re.compile(r"\b(?:card|cvv|cvc|visa|mastercard|debit|credit|exp)\b", re.I)


@dataclass(frozen=True, slots=True)
class PersonalData:
    """One piece of personal data: its kind and where it stands, `(start, end)` in characters."""

    kind: str
    span: Span


def find_personal_data(text: str) -> tuple[PersonalData, ...]:
    """Return the personal data in `text`, in order and without overlap; the graver kind wins a contested place.

    Kinds: email, card (Luhn), iban (checksum), bank_account (sort code), phone, identity_number,
    secret (password, PIN), birth_date, address, order_number (milder).
    """
    return (_find_once if len(text) <= KEPT_LENGTH else _find)(text)


def _find(text: str) -> tuple[PersonalData, ...]:
    taken: list[PersonalData] = []
    for kind, span in _candidates(text):
        if all(span[1] <= other.span[0] or span[0] >= other.span[1] for other in taken):
            taken.append(PersonalData(kind, span))
    return tuple(sorted(taken, key=lambda one: one.span))


_find_once = lru_cache(maxsize=POSTS_KEPT)(_find)


def mask(text: str) -> str:
    """Return `text` with each piece of personal data replaced by its kind in brackets, as in `[phone]`."""
    while found := find_personal_data(text):
        for one in reversed(found):
            start, end = one.span
            text = f"{text[:start]}[{one.kind.replace('_', ' ')}]{text[end:]}"
    return text


_NAMED = (
    ("identity_number", _IDENTITY),
    ("bank_account", _BANK),
    ("secret", _SECRET),
    ("birth_date", _BORN),
    ("order_number", _ORDER),
)
_NAMED_SIEVE = Sieve([pattern for _, pattern in _NAMED])


def _candidates(text: str) -> Iterator[tuple[str, Span]]:
    """Yield what could be personal data, gravest kinds first."""
    if "@" in text:
        yield from (("email", match.span()) for match in _EMAIL.finditer(text))
    figures = len(_DIGIT.findall(text))
    if not figures:
        return
    if figures >= _FEWEST_IBAN:
        yield from (("iban", match.span()) for match in _IBAN.finditer(text) if _iban_holds(match.group()))
    if figures >= _FEWEST_CARD:
        yield from (("card", match.span()) for match in _CARD.finditer(text) if _is_card(text, match))
    for number in sorted(_NAMED_SIEVE.possible(text)):
        yield from _valued(*_NAMED[number], text)
    if figures >= _FEWEST_PHONE:
        yield from (("phone", match.span()) for match in _PHONE.finditer(text) if _is_phone(text, match))
    yield from _valued("address", _ADDRESS, text)
    if figures >= _FEWEST_POSTCODE:
        yield from _valued("address", _POSTCODE, text)


def _valued(kind: str, pattern: re.Pattern[str], text: str) -> Iterator[tuple[str, Span]]:
    yield from ((kind, match.span("value")) for match in pattern.finditer(text))


def luhn_holds(digits: str) -> bool:
    """Tell whether the last digit of a card number fits the others (Luhn, ISO/IEC 7812-1)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _is_card(text: str, match: re.Match[str]) -> bool:
    digits = re.sub(r"\D", "", match.group())
    if len(set(digits)) == 1:
        return False
    if luhn_holds(digits):
        return True
    # A slip of one digit is still a card number: four groups of four beside the word "card".
    near = text[max(0, match.start() - 40) : match.end() + 25]
    return re.fullmatch(r"\d{4}([ -]\d{4}){3}", match.group()) is not None and _CARD_WORDS.search(near) is not None


def _iban_holds(written: str) -> bool:
    """Tell whether the check digits fit (ISO 13616, mod 97)."""
    compact = written.replace(" ", "").upper()
    if not 15 <= len(compact) <= 34 or not compact.isascii():
        return False
    turned = compact[4:] + compact[:4]
    return int("".join(str(int(char, 36)) for char in turned)) % 97 == 1


def _is_phone(text: str, match: re.Match[str]) -> bool:
    """Tell a phone number from prices, times, dates and bare counts.

    International or trunk prefix: must be a possible number somewhere. Without one it needs either a usual grouping (North America,
    India) or a word such as "call" in front.
    """
    written = match.group()
    digits = re.sub(r"\D", "", written)
    if _DATE_OR_TIME.fullmatch(written.strip()) or not digits.isascii():
        return False
    told = _PHONE_WORDS.search(text[max(0, match.start() - 40) : match.start()]) is not None
    if told and len(digits) >= 7 and not re.match(r"(?:19|20)\d\d[ -](?:19|20)\d\d", written):
        return True
    if len(digits) < 9:
        return re.fullmatch(r"555[- ]\d{4}", written) is not None
    if written.startswith(("+", "00")):
        return _parses(written, "ZZ" if written.startswith("+") else "GB", strict=False)
    grouped = re.search(r"\d[ ().-]+\d", written) is not None
    if digits.startswith("0"):
        return any(_parses(written, region, strict=not grouped) for region in ("GB", "IE", "ZA", "AU", "DE"))
    north_american = re.fullmatch(r"(?:1[ .-]?)?\(?[2-9]\d\d\)?[ .-]{1,2}[2-9]\d\d[ .-]\d{4}", written) is not None
    return north_american or re.fullmatch(r"[6-9]\d{4} \d{5}", written) is not None


def _parses(written: str, region: str, *, strict: bool) -> bool:
    try:
        number = phonenumbers.parse(written, region)
    except phonenumbers.NumberParseException:
        return False
    return bool(phonenumbers.is_valid_number(number) if strict else phonenumbers.is_possible_number(number))
