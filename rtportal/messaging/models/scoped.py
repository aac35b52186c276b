"""What rows about people have in common: they are seen in the regions one is responsible for."""

from django.db import models

from rtportal.accounts.models import User
from rtportal.accounts.scope import scope_of


class ScopedQuerySet(models.QuerySet):
    def visible_to(self, user: User):
        """Rows about people in the user's regions."""
        return self.filter(scope_of(user).rows("region_code"))
