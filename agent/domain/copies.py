"""Copies of frozen values, where there are many of them for each letter."""

from typing import TypeVar

Value = TypeVar("Value")


def altered(value: Value, **fields: object) -> Value:
    """Return a copy of a frozen dataclass with these fields, as `dataclasses.replace` does.

    That one gives every field anew, one after the other, which takes longer than what a letter's states are
    about. For classes whose values are only their fields: without slots, `__post_init__` or anything cached.
    """
    copy: Value = object.__new__(type(value))
    vars(copy).update(vars(value), **fields)
    return copy
