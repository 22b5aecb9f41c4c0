import time

import jobs
from tests.jobs.sampleapp.models import Mark


@jobs.register("sample.mark")
def leave_a_mark(job: jobs.JobContext) -> jobs.Effect:
    """Work for a while, then add one row, slowly enough to be killed in the middle of the transaction."""
    job.progress("working", 10)
    time.sleep(job.args["milliseconds"] / 1000)

    def effect() -> None:
        Mark.objects.create(number=job.args["number"])
        time.sleep(0.01)

    return effect
