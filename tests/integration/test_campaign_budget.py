"""A campaign's budget for models holds for all processes together, and stops a run in one sentence."""

import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from agent.adapters.database import migrate, open_store
from agent.domain.brand import ModelBudget
from agent.domain.ids import CampaignId
from agent.usecases.spending import campaign_scope, spent_by
from tests.integration.test_llm_line import a_campaign_with, a_line, drafted
from tests.stub_llm import good, stub_model
from tests.unit.usecases.world import CAMPAIGN

_SPENDER = """
import sys
from decimal import Decimal
from agent.adapters.clock import SystemClock
from agent.adapters.database import open_store
from agent.domain.draft import Usage
from agent.domain.errors import BudgetSpent
from agent.domain.ids import CampaignId
from agent.ports import Allowance, Ceiling
from agent.usecases.spending import StorePurse

store = open_store(sys.argv[1])
purse = StorePurse(store=store, clock=SystemClock(), zone="Europe/Paris", per_day=Ceiling())
mine = Allowance(campaign_id=CampaignId("spring"), ceiling=Ceiling(cost=Decimal(1)))
call = Usage(input_tokens=100, output_tokens=100, cost=Decimal("0.02"))
sys.stdin.readline()
taken = 0
try:
    while True:
        purse.reserve(call, allowance=mine)
        taken += 1
except BudgetSpent:
    print(taken)
"""


def test_two_processes_that_spend_at_once_stop_at_the_same_sum(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'home.sqlite'}"
    migrate(url)
    both = [
        subprocess.Popen(
            [sys.executable, "-c", _SPENDER, url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    for process in both:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    taken = [int(process.communicate(timeout=120)[0]) for process in both]
    assert sum(taken) == 50
    store = open_store(url)
    with store.read() as tx:
        assert tx.spending.of(campaign_scope(CampaignId("spring"))).usage.cost == Decimal(1)
    store.close()


def test_a_campaign_stops_before_the_call_that_might_go_beyond_its_budget() -> None:
    with stub_model(good()) as stub:
        ports = a_campaign_with(lambda purse: a_line(stub, purse=purse), count=3)
        with ports.store.write() as tx:
            campaign = tx.brands.campaign(CAMPAIGN)
            assert campaign is not None
            tx.brands.save_campaign(replace(campaign, models=ModelBudget(tokens=6_000)))
        report = drafted(ports)
    assert (report.written, report.left) == (len(stub.requests), 3 - len(stub.requests))
    assert report.left
    assert report.stopped.startswith(f"The budget for models of campaign {CAMPAIGN} is used up (")
    spent = spent_by(ports, CAMPAIGN)
    assert spent.spent.calls == report.written
    assert spent.spent.usage.tokens == report.usage.tokens <= 6_000
    assert spent.budget == ModelBudget(tokens=6_000)
