"""Passwords through argon2id, with the parameters that its library recommends."""

from pwdlib import PasswordHash
from pwdlib.exceptions import UnknownHashError
from pwdlib.hashers.argon2 import Argon2Hasher


class Argon2Passwords:
    """Salted argon2id hashes in the PHC string format."""

    def __init__(self, hasher: Argon2Hasher | None = None) -> None:
        self._hashes = PasswordHash((hasher or Argon2Hasher(),))

    def hash(self, password: str) -> str:
        """Return a salted hash."""
        return self._hashes.hash(password)

    def matches(self, password: str, hashed: str) -> bool:
        """Return whether the password made this hash; a hash of another kind matches nothing."""
        try:
            return self._hashes.verify(password, hashed)
        except UnknownHashError:
            return False
