"""What 0001 to 0002 come to, for databases that had none of them."""

import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import rtportal.lib.create_tables
from django.conf import settings
from django.db import migrations, models


# The areas are kept in the session as long as it acts for somebody, so a query reads no table for them.
CREATE = """
CREATE FUNCTION rtportal_is_system() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT CASE coalesce(current_setting('rtportal.actor', true), '')
  WHEN 'system' THEN true
  WHEN '' THEN now() < timestamptz '2000-01-01T00:00:00+00:00'
  ELSE false
END $$;

CREATE FUNCTION rtportal_areas() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('rtportal.areas', true), '')::text[] $$;

CREATE FUNCTION rtportal_areas_above() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('rtportal.areas_above', true), '')::text[] $$;

CREATE FUNCTION rtportal_act_as(actor text) RETURNS void LANGUAGE plpgsql VOLATILE SET search_path FROM CURRENT AS
$$
DECLARE
  codes text[] := '{}';
  within text[];
  above text[];
BEGIN
  IF actor <> 'system' THEN
    IF actor ~ '^[0-9]+$' THEN
      SELECT array_agg(DISTINCT assigned.region_id) INTO codes
      FROM accounts_assignment assigned JOIN accounts_user account ON account.id = assigned.user_id
      WHERE account.id = actor::bigint AND account.is_active;
    END IF;
    SELECT array_agg(code || '.') INTO within FROM unnest(codes) AS code;
    SELECT array_agg(DISTINCT array_to_string((string_to_array(code, '.'))[1:length], '.')) INTO above
    FROM unnest(codes) AS code, generate_series(1, cardinality(string_to_array(code, '.')) - 1) AS length;
    PERFORM set_config('rtportal.areas', coalesce(within, '{}')::text, false);
    PERFORM set_config('rtportal.areas_above', coalesce(above, '{}')::text, false);
  END IF;
  PERFORM set_config('rtportal.actor', actor, false);
END
$$;
"""
DROP = """
DROP FUNCTION rtportal_act_as(text);
DROP FUNCTION rtportal_areas_above();
DROP FUNCTION rtportal_areas();
DROP FUNCTION rtportal_is_system();
"""


def create(apps, schema_editor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(CREATE, params=None)


def drop(apps, schema_editor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(DROP, params=None)


class Migration(migrations.Migration):
    replaces = [("accounts", "0001_initial"), ("accounts", "0002_guard_rows")]

    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("regions", "0001_initial"),
    ]

    operations = [
        rtportal.lib.create_tables.CreateTables(
            operations=[
                migrations.CreateModel(
                    name="User",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                        (
                            "is_superuser",
                            models.BooleanField(
                                default=False,
                                help_text="Designates that this user has all permissions without explicitly assigning them.",
                                verbose_name="superuser status",
                            ),
                        ),
                        (
                            "is_staff",
                            models.BooleanField(
                                default=False,
                                help_text="Designates whether the user can log into this admin site.",
                                verbose_name="staff status",
                            ),
                        ),
                        (
                            "is_active",
                            models.BooleanField(
                                default=True,
                                help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                                verbose_name="active",
                            ),
                        ),
                        (
                            "date_joined",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="date joined"),
                        ),
                        ("name", models.CharField(max_length=150, verbose_name="nama")),
                        ("email", models.EmailField(max_length=254, unique=True, verbose_name="alamat e-mail")),
                        (
                            "groups",
                            models.ManyToManyField(
                                blank=True,
                                help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                                related_name="user_set",
                                related_query_name="user",
                                to="auth.group",
                                verbose_name="groups",
                            ),
                        ),
                        (
                            "user_permissions",
                            models.ManyToManyField(
                                blank=True,
                                help_text="Specific permissions for this user.",
                                related_name="user_set",
                                related_query_name="user",
                                to="auth.permission",
                                verbose_name="user permissions",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "pengguna",
                        "constraints": [
                            models.UniqueConstraint(
                                django.db.models.functions.text.Lower("email"), name="user_email_any_case"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Assignment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("admin", "Admin kabupaten/kota"),
                                    ("official", "Petugas pelaksana"),
                                    ("district_operator", "Operator kecamatan"),
                                    ("village_operator", "Operator kelurahan/desa"),
                                    ("viewer", "Pengamat"),
                                ],
                                max_length=20,
                                verbose_name="peran",
                            ),
                        ),
                        (
                            "region",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="regions.region",
                                verbose_name="wilayah",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="assignments",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="pengguna",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "penugasan",
                        "ordering": ["region_id", "role"],
                        "constraints": [
                            models.UniqueConstraint(fields=("user", "role", "region"), name="assignment_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "role__in",
                                        ["admin", "official", "district_operator", "village_operator", "viewer"],
                                    )
                                ),
                                name="assignment_role_known",
                            ),
                        ],
                    },
                ),
            ],
        ),
        migrations.RunPython(create, drop),
    ]
