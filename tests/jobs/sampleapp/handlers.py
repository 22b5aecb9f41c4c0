import time

import jobs
from tests.jobs.sampleapp.models import Mark


@jobs.register("sample.mark")
def leave_a_mark(job: jobs.JobContext) -> jobs.Effect:
    """Work for a while, then add one row."""
    job.progress("working", 10)
    time.sleep(job.args.get("milliseconds", 0) / 1000)
    return lambda: Mark.objects.create(number=job.args["number"]) and None
