"""A desk on a small world, for every test of the web."""

import pytest

from agent.domain.people import Role
from tests.unit.web.world import World, a_world


@pytest.fixture
def world() -> World:
    return a_world()


@pytest.fixture(params=[Role.MANAGER, Role.OPERATOR])
def decider(request: pytest.FixtureRequest) -> Role:
    return Role(request.param)


@pytest.fixture(params=[Role.BRAND, Role.VIEWER])
def reader(request: pytest.FixtureRequest) -> Role:
    return Role(request.param)
