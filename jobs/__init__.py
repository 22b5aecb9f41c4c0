"""Background work: a Job row is written in the business transaction and a worker does it afterwards.

    @jobs.register("versions.process")
    def process_version(job: jobs.JobContext) -> jobs.Effect | None:
        version_id = job.args["version"]
        ...  slow work, outside any transaction; job.progress("reading", 20)
        return lambda: store_the_result(version_id, ...)   # runs in the transaction that marks the job done

    jobs.enqueue(kind="versions.process", args={"version": version.pk}, key=f"versions.process:{version.pk}")

Import this package as `import jobs` or take the names below from it. What touches the Job model is loaded on
first use, because the package itself is imported before Django's models are ready.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from jobs.registry import Effect, LeaseLost, Permanent, on_dead, register

if TYPE_CHECKING:
    from jobs.context import JobContext
    from jobs.models import Job
    from jobs.runner import Outcome, drain, run_job
    from jobs.services import Health, enqueue, ensure_periodic, health, revive

_HOMES = {
    "Health": "jobs.services",
    "Job": "jobs.models",
    "JobContext": "jobs.context",
    "Outcome": "jobs.runner",
    "drain": "jobs.runner",
    "enqueue": "jobs.services",
    "ensure_periodic": "jobs.services",
    "health": "jobs.services",
    "revive": "jobs.services",
    "run_job": "jobs.runner",
}

__all__ = [
    "Effect",
    "Health",
    "Job",
    "JobContext",
    "LeaseLost",
    "Outcome",
    "Permanent",
    "drain",
    "enqueue",
    "ensure_periodic",
    "health",
    "on_dead",
    "register",
    "revive",
    "run_job",
]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'jobs' has no attribute {name!r}")
