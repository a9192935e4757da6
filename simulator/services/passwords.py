"""Know which passwords will do, and keep them as Argon2id hashes."""

from __future__ import annotations

import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import Type

from simulator.core.refusal import Refusal, RefusalCode

SHORTEST = 10
LONGEST = 200
_COMMON = frozenset(
    """
    0123456789 1234567890 12345678910 123456789a 1234567891 0987654321 9876543210 1111111111 0000000000 1122334455 1q2w3e4r5t
    1q2w3e4r5t6y 1qaz2wsx3edc qwertyuiop qwertyuiop1 qwertyuiop123 qwerty123456 qwerty12345 qwertz1234 azertyuiop asdfghjkl1 asdfghjkl123
    zxcvbnm123 q1w2e3r4t5 q1w2e3r4t5y6 password12 password123 password1234 password12345 password123456 password1! password01
    passw0rd123 p@ssw0rd123 p@ssword123 passwordpassword mypassword mypassword1 changeme123 changemenow letmein123 letmeinnow iloveyou12
    iloveyou123 iloveyou1234 welcome123 welcome1234 welcome2024 welcome2025 welcome2026 administrator admin12345 admin123456 adminadmin
    rootrootroot football12 football123 baseball12 baseball123 basketball superman12 superman123 sunshine12 sunshine123 princess12
    princess123 dragon1234 monkey1234 master1234 shadow1234 michael123 jennifer12 trustno1234 liverpool1 liverpool123 manchester chelsea123
    arsenal123 abc1234567 abcd123456 abcd1234567 abcdefghij abcdefghijk abc123abc123 aaaaaaaaaa test123456 testtest12 testtest123 secret1234
    summer2024 summer2025 summer2026 winter2024 winter2025 winter2026 spring2025 spring2026 autumn2025 autumn2026 company123 customer123
    composure1 composure123 composure1234 customercare socialmedia
    """.split()
)


class Passwords:
    """Hash and check passwords with Argon2id: 19 MiB, two passes, one lane (OWASP's first choice), about 20 ms.

    Tests, which make many accounts, take cheaper ones.
    """

    def __init__(self, *, passes: int = 2, memory_kib: int = 19_456) -> None:
        self._hasher = PasswordHasher(time_cost=passes, memory_cost=memory_kib, parallelism=1, type=Type.ID)
        self._nobody = self._hasher.hash("nobody has this password")

    def fault(self, password: str, *, email: str, name: str) -> Refusal | None:
        """Say why `password` won't do, or return None."""
        plain = _plain(password)
        words = plain.casefold()
        if len(plain) < SHORTEST:
            return _weak(f"Use at least {SHORTEST} characters; a few words in a row are easy to remember.", SHORTEST)
        if len(plain) > LONGEST:
            return _weak(f"Use at most {LONGEST} characters.", LONGEST)
        if words in {email.casefold(), email.partition("@")[0].casefold(), name.casefold(), name.casefold().replace(" ", "")}:
            return _weak("Your name and your e-mail address are the first things anybody would try; choose something else.")
        if words in _COMMON or len(set(words)) < 4:
            return _weak("This password is among the first that anybody would try; choose something else.")
        return None

    def hash(self, password: str) -> str:
        """Return the hash to store."""
        return self._hasher.hash(_plain(password))

    def fits(self, password: str, stored: str | None) -> bool:
        """Tell whether `password` belongs to the `stored` hash; without a hash it does the same work and says no."""
        if len(password) > 4 * LONGEST:
            return False
        try:
            return self._hasher.verify(stored or self._nobody, _plain(password)) and stored is not None
        except (VerificationError, InvalidHashError):
            return False

    def is_dated(self, stored: str) -> bool:
        """Tell whether `stored` was made with weaker settings than today's."""
        return self._hasher.check_needs_rehash(stored)


def _plain(password: str) -> str:
    # The same password typed on another keyboard may come as other code points (NIST SP 800-63B, 5.1.1.2).
    return unicodedata.normalize("NFKC", password)


def _weak(message: str, limit: int | None = None) -> Refusal:
    return Refusal(RefusalCode.WEAK_PASSWORD, message, "password", {} if limit is None else {"limit": limit})
