"""One finished trial, so that the page of insights shows what it is for."""

import jobs
from analytics.models import Run
from analytics.services import runs
from config.demo.cast import Cast
from negotiation.models import Contract

PLAYBOOK = "saas-customer"


def try_playbook(cast: Cast) -> Run:
    """The SaaS playbook over every contract of the story that it governs."""
    version = cast.playbooks[PLAYBOOK]
    contracts = Contract.objects.filter(organisation=cast.organisation, playbook_version=version)
    run = runs.start_backtest(
        version=version, against=None, contracts=contracts, by=cast.members["alice"], at=cast.at(-1)
    )
    jobs.drain()
    return run
