"""argon2, for once with the real library."""

from argon2 import Type
from pwdlib.hashers.argon2 import Argon2Hasher

from agent.adapters.passwords import Argon2Passwords


def test_only_the_right_password_matches() -> None:
    passwords = Argon2Passwords(Argon2Hasher(time_cost=1, memory_cost=64, parallelism=1, type=Type.ID))
    first, second = passwords.hash("une phrase courte"), passwords.hash("une phrase courte")
    assert first.startswith("$argon2id$")
    assert first != second
    assert passwords.matches("une phrase courte", first)
    assert not passwords.matches("une phrase longue", first)


def test_a_hash_of_another_kind_matches_nothing() -> None:
    assert not Argon2Passwords().matches("x", "md5:9dd4e461268c8034f5c8564e155c67a6")
    assert not Argon2Passwords().matches("x", "")
