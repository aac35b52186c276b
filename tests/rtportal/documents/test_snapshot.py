"""Reading at one moment while somebody writes."""

from threading import Thread

import pytest
from django.db import connection

from rtportal.accounts.models import User
from rtportal.documents.snapshot import one_moment


def somebody_joins() -> None:
    def join() -> None:
        try:
            User.objects.create(email="baru@dpmd.test", name="Baru")
        finally:
            connection.close()

    other = Thread(target=join)
    other.start()
    other.join(timeout=20)
    assert not other.is_alive()


@pytest.mark.parametrize("is_connected", [True, False])
@pytest.mark.django_db(transaction=True)
def test_what_is_written_meanwhile_is_not_seen_and_not_held_up(is_connected):
    connection.ensure_connection() if is_connected else connection.close()
    with one_moment():
        assert User.objects.count() == 0
        somebody_joins()
        assert User.objects.count() == 0
    assert User.objects.count() == 1
