"""The rows of another region, which nobody of the first one may change: one checksum over all of them."""

import hashlib
from datetime import timedelta

from django.apps import apps
from django.db import models

from participants.use_cases.invite_participants import invite_participants
from rtportal.accounts.models import User
from rtportal.lib import clock
from rtportal.regions.models import Region
from tests import factories

# A row of these is about a region only through another one, or they are no rows of offices at all.
_STEPS = 3


class Others:
    """One of the usual things in Kota Jambi, and how to tell whether any row about it has changed."""

    def __init__(self) -> None:
        day = (clock.now() + timedelta(days=40)).date()
        wave = factories.wave(program=factories.program(region=factories.JAMBI), areas=("15.71.01",), on=day)
        factories.heads(2, district="15.71.01")
        invite_participants(wave_id=wave.pk, by=factories.user(region=factories.JAMBI), now=clock.now())
        factories.session(wave=wave, speakers=[factories.speaker(region=factories.JAMBI)])
        factories.special_day(region=factories.JAMBI)
        factories.feed(office=wave.program.office)
        self._rows = [rows for model in apps.get_models() for rows in _rows_there(model)]

    def checksum(self) -> str:
        """Over every column of every row that leads to the other region."""
        told = hashlib.sha256()
        for rows in self._rows:
            told.update(repr(list(rows.all())).encode())
        return told.hexdigest()


def _rows_there(model: type[models.Model]) -> list[models.QuerySet]:
    """Querysets of the model's rows whose region lies in the other kabupaten/kota: by its code or by keys to others."""
    if model is Region:
        return [model.objects.filter(code__startswith=factories.JAMBI).order_by("pk").values_list()]
    rows = model._default_manager.order_by("pk").values_list()
    return [rows.filter(**{f"{path}__startswith": factories.JAMBI}) for path in _paths(model, _STEPS)]


def _paths(model: type[models.Model], steps: int) -> list[str]:
    """Lookups from the model to a region's code. What only says who did something leads nowhere."""
    found = []
    for field in model._meta.concrete_fields:
        if field.name == "region_code":
            found.append("region_code")
        elif isinstance(field, models.ForeignKey) and field.related_model is Region:
            found.append(f"{field.name}__code")
        elif isinstance(field, models.ForeignKey) and steps and field.related_model not in {User, model}:
            found += [f"{field.name}__{path}" for path in _paths(field.related_model, steps - 1)]
    return found[:1]
