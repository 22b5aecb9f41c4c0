"""The Celery worker of a deployment with Redis: `celery -A config worker`.

Its only task runs one row of the Job table. The row decides whether there is anything to do, so a task that
the broker loses, delays or doubles does no harm (`manage.py sweep` rings again for the lost ones). Nothing
imports this module without Redis: loading Celery would slow every management command.
"""

import os

from celery import Celery

from jobs.bell import TASK_NAME

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("parley")
app.config_from_object("django.conf:settings", namespace="CELERY")
# Redis may start after us, or be away for a while: wait for it instead of giving up.
app.conf.update(broker_connection_retry_on_startup=True, broker_connection_max_retries=None)


@app.task(name=TASK_NAME, acks_late=True, ignore_result=True)
def run_job(job_id: int) -> str:
    """Do the job if it is due and free; the answer is for Celery's log."""
    from jobs.runner import run_job as run

    return run(job_id).value
