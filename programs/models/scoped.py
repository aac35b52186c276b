"""What every list of programmes' rows knows about scope."""

from django.db import models

from rtportal.accounts.models import User
from rtportal.accounts.scope import scope_of


class ScopedQuerySet(models.QuerySet):
    """Rows with a `region`: seen by whoever is responsible inside it, around it or within it."""

    region_field = "region_id"

    def visible_to(self, user: User):
        return self.filter(scope_of(user).rows_touching(self.region_field))
