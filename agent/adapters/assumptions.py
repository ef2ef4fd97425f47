"""What a rehearsal assumes about people, from YAML."""

from collections.abc import Mapping

import yaml

from agent.domain.errors import BadInput
from agent.domain.rehearsal.outcomes import Assumptions, Outcome, Share


def parse_assumptions(text: str, *, where: str) -> Assumptions:
    """Return the assumptions of a file; `where` names it for people.

    Raises BadInput, naming the key, for a file that is none or holds something else than shares.
    """
    try:
        whole = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise BadInput(f"{where} is no YAML: {error}.") from error
    found = _mapping(whole, where)
    letters = _mapping(found.get("answers_by_letter"), f"{where}: answers_by_letter")
    return Assumptions(
        shares={
            _outcome(name, where): _share(each, f"{where}: shares.{name}")
            for name, each in _mapping(found.get("shares"), f"{where}: shares").items()
        },
        by_letter=_numbers(letters.get("shares"), f"{where}: answers_by_letter.shares"),
        by_letter_source=str(letters.get("source", "")),
        rejected=_share(found.get("rejected"), f"{where}: rejected"),
    )


def _outcome(name: object, where: str) -> Outcome:
    try:
        return Outcome(str(name))
    except ValueError as error:
        known = ", ".join(each.value for each in Outcome if each is not Outcome.SILENCE)
        raise BadInput(f"{where}: shares has no “{name}”; there are {known}.") from error


def _share(value: object, where: str) -> Share:
    given = _mapping(value, where)
    return Share(share=_numbers([given.get("share")], where)[0], source=str(given.get("source", "")))


def _numbers(value: object, where: str) -> tuple[float, ...]:
    given = value if isinstance(value, list) else [None]
    numbers = [float(each) for each in given if isinstance(each, int | float) and not isinstance(each, bool)]
    if len(numbers) < len(given):
        raise BadInput(f"{where} wants numbers between 0 and 1.")
    return tuple(numbers)


def _mapping(value: object, where: str) -> Mapping[object, object]:
    if not isinstance(value, Mapping):
        raise BadInput(f"{where} is missing or no list of names and values; compare the file in the package.")
    return value
