"""All honest letters by name: what the gate must let through."""

from tests.unit.gate.english import ENGLISH
from tests.unit.gate.french import FRENCH

HONEST = {make.__name__: make() for make in (*FRENCH, *ENGLISH)}
