"""Jobs about the jobs themselves."""

import logging

from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

logger = logging.getLogger(__name__)


@app.task(name="project.retry_stalled_jobs", queue="default", queueing_lock="project.retry_stalled_jobs")
async def retry_stalled_jobs(timestamp: int) -> None:
    """Give the jobs of workers that died (no sign of life for 30 s) to others. timestamp: seconds, of the clock."""
    for job in await app.job_manager.get_stalled_jobs():
        logger.warning("Job %s (%s) is tried again: its worker died", job.id, job.task_name)
        try:
            await app.job_manager.retry_job(job)
        except UniqueViolation:
            # The same job already waits under the same queueing lock: that one does the work.
            await app.job_manager.finish_job(job, status=Status.ABORTED, delete_job=True)
