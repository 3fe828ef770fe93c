"""What happens by the clock, on one page. Times are UTC; the fields are minute, hour, day, month, weekday.

Each line is enqueued once, however many workers run. What was missed while no worker ran is caught up for ten minutes
and then skipped, so every job here must look at what is due, never at what time it is called.
"""

import importlib.util

from procrastinate import App

# (when, the task's function, what it is for)
SCHEDULE = [
    (
        "* * * * *",
        "tugon.escalation.tasks.sweep",
        "tickets whose time runs out are raised, who is on call is called again",
    ),
    ("* * * * *", "tugon.project.tasks.retry_stalled_jobs", "jobs of workers that died are done by others"),
    ("* * * * *", "tugon.tickets.tasks.wake_snoozed", "tickets come back when their snooze is over"),
    ("* * * * *", "tugon.priority.tasks.end_due_overrides", "priorities decided for a while are over"),
    ("17 * * * *", "tugon.assistant.tasks.forget_old", "words of questions to the assistant are forgotten"),
    ("* * * * *", "tugon.routing.tasks.sweep", "who came and went is noticed, and queues are given out"),
    ("7 * * * *", "tugon.tickets.tasks.close_solved", "tickets that stayed solved are closed"),
    (
        "53 3 * * *",
        "tugon.tickets.tasks.remove_redacted_files",
        "bytes whose redaction was interrupted are deleted",
    ),
    ("* * * * *", "tugon.rules.tasks.run_automations", "rules on time act on what is due"),
    ("43 4 * * *", "tugon.rules.tasks.forget_log", "the log of rules of more than a year ago is forgotten"),
    ("* * * * *", "tugon.intake.tasks.sweep", "stored messages whose job was lost are read"),
    (
        "41 3 * * *",
        "tugon.intake.tasks.forget_old_payloads",
        "raw mail older than the company keeps is removed",
    ),
    (
        "* * * * *",
        "tugon.delivery.tasks.sweep",
        "letters that were deferred, or whose job was lost, are sent",
    ),
    (
        "* * * * *",
        "tugon.sla.tasks.look",
        "promises at risk are told to agents, then to customers; breaks are noted",
    ),
    ("31 4 * * *", "tugon.delivery.tasks.forget_letters", "bytes of letters settled a month ago are dropped"),
    (
        "* * * * *",
        "tugon.realtime.tasks.expire_presence",
        "who left without a word is no longer shown as present",
    ),
    ("1,16,31,46 * * * *", "tugon.facts.tasks.take_effect", "facts whose new value begins today are told"),
    ("* * * * *", "tugon.helpcenter.tasks.publish_due", "articles scheduled for now are published"),
    ("3 4 * * *", "tugon.helpcenter.tasks.check_links", "links of articles that lead nowhere are found"),
    ("47 4 * * *", "tugon.helpcenter.tasks.forget_counts", "counts of views of years ago are forgotten"),
    ("37 4 * * *", "tugon.billing.tasks.forget_lookups", "charges looked for a year ago are forgotten"),
    ("27 * * * *", "tugon.advisor.tasks.measure", "how long people waited lately is counted anew"),
    ("11 4 * * *", "tugon.files.tasks.sweep_uploads", "files that no message took are forgotten"),
    ("13 * * * *", "tugon.troubleshooters.tasks.mark_left", "walks nobody goes on with count as left"),
    ("17 4 * * *", "tugon.accounts.tasks.sweep_sessions", "sessions that ended by themselves are forgotten"),
    (
        "21 4 * * *",
        "tugon.templates.tasks.look_after",
        "what became of answers made of templates is put right",
    ),
    (
        "23 4 * * *",
        "tugon.portal.tasks.forget_old_sign_ins",
        "sign-in letters asked for days ago are forgotten",
    ),
    ("* * * * *", "tugon.understanding.tasks.add_meaning", "what was read lately gets what vectors tell"),
    (
        "19 2 * * *",
        "tugon.understanding.tasks.learn_nightly",
        "topics and teams are learnt anew from what people labelled",
    ),
    (
        "* * * * *",
        "tugon.search.tasks.keep_index",
        "what is published and not indexed yet is, and gets its vectors",
    ),
    (
        "27 * * * *",
        "tugon.search.tasks.group_searches",
        "searches in vain are grouped; old salts are forgotten",
    ),
]


def register(app: App) -> None:
    """Called by procrastinate when Django is ready and every package's `tasks.py` is loaded."""
    from django.utils.module_loading import import_string

    for when, path, _purpose in SCHEDULE:
        if importlib.util.find_spec(path.rpartition(".")[0]):
            app.periodic(cron=when, periodic_id=path)(import_string(path))
