"""The Celery app and the whole timetable of recurring jobs.

Due times live in rows; beat only sweeps for what is due. Nothing here uses `eta` or `countdown`.
"""

import os

from celery import Celery
from celery.schedules import crontab
from celery.signals import worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rtportal.settings")

app = Celery("rtportal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect(dispatch_uid="compare keys")
def compare_keys(**_: object) -> None:
    """A worker that cannot open what others sealed takes no work: each task would fail at it."""
    # Loads models, which are there only when the settings are.
    from rtportal.launch.own_keys import refuse_foreign_keys

    refuse_foreign_keys()


EVERY_MINUTE = 60.0
EVERY_HOUR = 3600.0
# Five past midnight in Jakarta, in UTC.
EVERY_NIGHT = crontab(hour=17, minute=5)

app.conf.beat_schedule = {
    "send due messages": {"task": "messaging.deliver_due_messages", "schedule": EVERY_MINUTE},
    "free what a dead worker held": {"task": "messaging.recover_leases", "schedule": EVERY_MINUTE},
    "forget addresses that no budget counts": {"task": "messaging.forget_channel_uses", "schedule": EVERY_HOUR},
    "read what channels reported": {"task": "messaging.read_channel_events", "schedule": EVERY_MINUTE},
    "read mail that came back": {"task": "messaging.collect_returned_mail", "schedule": EVERY_MINUTE},
    "give up waiting for a channel": {"task": "messaging.give_up_waiting", "schedule": EVERY_MINUTE},
    "give up what WhatsApp could not deliver": {"task": "messaging.give_up_undelivered", "schedule": EVERY_MINUTE},
    "write due reminders": {"task": "participants.send_due_reminders", "schedule": EVERY_MINUTE},
    "give free seats to those who wait": {"task": "participants.promote_waiting", "schedule": EVERY_MINUTE},
    "read waiting rosters": {"task": "participants.process_roster_imports", "schedule": EVERY_MINUTE},
    "write waiting files": {"task": "documents.write_waiting_files", "schedule": EVERY_MINUTE},
    "divide waiting plans": {"task": "programs.solve_waiting_plans", "schedule": EVERY_MINUTE},
    "seal the history": {"task": "audit.seal_events", "schedule": EVERY_MINUTE},
    "walk the chain of the history": {"task": "audit.check_chain", "schedule": EVERY_NIGHT},
    "fill in national holidays": {"task": "programs.seed_special_days", "schedule": EVERY_NIGHT},
    "destroy what was kept long enough": {"task": "privacy.purge_expired", "schedule": EVERY_NIGHT},
    "show that the timetable is alive": {"task": "operations.note_beat", "schedule": EVERY_MINUTE},
    "drop old files": {"task": "documents.drop_old_files", "schedule": EVERY_NIGHT},
}
