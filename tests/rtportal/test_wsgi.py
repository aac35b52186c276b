"""What gunicorn serves asks the database with limits."""

import pytest
from django.db import connection

from rtportal.wsgi import WEB_SESSION, limit_statements


def test_pages_wait_a_minute_for_a_statement_unless_the_address_says_otherwise():
    database = {"ENGINE": "django.db.backends.postgresql", "OPTIONS": {"options": "-c statement_timeout=5s"}}
    limit_statements(database)
    assert database["OPTIONS"]["options"] == f"{WEB_SESSION} -c statement_timeout=5s"
    bare = {"ENGINE": "django.db.backends.postgresql", "OPTIONS": {}}
    limit_statements(bare)
    assert bare["OPTIONS"] == {"options": WEB_SESSION}


def test_sqlite_stays_as_it_is():
    database = {"ENGINE": "django.db.backends.sqlite3", "OPTIONS": {"timeout": 20}}
    limit_statements(database)
    assert database["OPTIONS"] == {"timeout": 20}


@pytest.mark.row_locks
@pytest.mark.django_db(transaction=True)
def test_the_database_understands_the_limits():
    settings = {**connection.settings_dict, "OPTIONS": {}}
    limit_statements(settings)
    asked = connection.copy()
    asked.settings_dict = settings
    try:
        with asked.cursor() as cursor:
            cursor.execute("SHOW statement_timeout")
            assert cursor.fetchone() == ("1min",)
    finally:
        asked.close()
