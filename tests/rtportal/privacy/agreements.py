"""A kabupaten/kota whose retention periods hold."""

from rtportal.accounts.models import User
from rtportal.lib import clock
from rtportal.privacy.use_cases.agree_to_retention import agree_to_retention
from rtportal.regions.models import Region
from tests import factories


def agreed_admin(region: str = factories.TABALONG) -> User:
    """An admin who agreed to the periods of the region."""
    admin = factories.user(role="admin", region=region)
    agree_to_retention(region=Region.objects.get(pk=region), by=admin, now=clock.now())
    return admin
