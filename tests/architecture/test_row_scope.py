"""Every table is guarded by PostgreSQL or stands in a list with the reason why not."""

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import Model

from rtportal.lib.row_scope import RowScope

NOT_SCOPED = {
    "accounts.User": "accounts are found while signing in, and names of colleagues stand on every page",
    "accounts.Assignment": "says where somebody is responsible: the scope itself follows from it",
    "account.EmailAddress": "signing in",
    "account.EmailConfirmation": "signing in",
    "mfa.Authenticator": "signing in",
    "usersessions.UserSession": "signing in; one's own list of devices",
    "sessions.Session": "signing in",
    "auth.Permission": "unused, Django's own",
    "auth.Group": "unused, Django's own",
    "contenttypes.ContentType": "Django's own",
    "regions.Region": "the official list of the country",
    "messaging.ChannelState": "a channel belongs to the whole installation",
    "messaging.ChannelUse": "the budget of a channel counts all offices; no page reads it",
    "messaging.ChannelEvent": "as a provider sent it, before anybody knows whom it is about; no page reads it",
    "messaging.OptOut": "an address that wants no messages wants none from any office",
    "messaging.WhatsAppTemplate": "approved once for the whole installation",
    "messaging.Heartbeat": "whether the worker lives",
    "messaging.Wording": "words of an office to everybody; they name nobody",
    "audit.AuditSeal": "hashes; checking the chain needs all of it",
    "audit.ChainCheck": "what the check of the whole chain found",
    "privacy.KeyMark": "keys belong to the whole installation; marks of them name nobody",
    "operations.BackupRun": "a backup holds the whole installation",
}


def guards_of(model: type[Model]) -> list[RowScope]:
    return [constraint for constraint in model._meta.constraints if isinstance(constraint, RowScope)]


def tables() -> list[type[Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]


def test_every_model_is_guarded_once_or_says_why_not():
    joining = {model._meta.label for model in tables() if model._meta.auto_created}
    unguarded = {model._meta.label for model in tables() if not guards_of(model)} - joining
    assert unguarded == set(NOT_SCOPED)
    assert [model for model in tables() if len(guards_of(model)) > 1] == []


def test_no_table_that_only_joins_holds_rows_of_regions():
    joining = {model._meta.label for model in tables() if model._meta.auto_created}
    assert joining == {"accounts.User_groups", "accounts.User_user_permissions", "auth.Group_permissions"}


@pytest.mark.django_db
@pytest.mark.row_locks
def test_the_database_guards_what_the_models_say():
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname, relrowsecurity, relforcerowsecurity FROM pg_class WHERE relkind = 'r'")
        state = {name: (is_on, is_forced) for name, is_on, is_forced in cursor.fetchall()}
        cursor.execute("SELECT tablename, policyname, cmd, permissive FROM pg_policies WHERE schemaname = 'public'")
        policies = cursor.fetchall()
    expected = {(model._meta.db_table, guard.name) for model in tables() for guard in guards_of(model)}
    assert sorted(policies) == sorted((table, name, "ALL", "PERMISSIVE") for table, name in expected)
    for model in tables():
        is_guarded = bool(guards_of(model))
        assert state[model._meta.db_table] == (is_guarded, is_guarded), model._meta.label


@pytest.mark.django_db
@pytest.mark.row_locks
def test_the_portal_connects_as_a_role_that_the_guard_holds_for():
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False,)
