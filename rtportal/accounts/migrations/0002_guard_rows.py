from datetime import UTC, datetime, timedelta

from django.db import migrations

# While an upgrade goes on, the program from before still runs, whose connections do not say whom they act for.
GRACE = timedelta(hours=1)
# The areas are kept in the session as long as it acts for somebody, so a query reads no table for them.
CREATE = """
CREATE FUNCTION rtportal_is_system() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT CASE coalesce(current_setting('rtportal.actor', true), '')
  WHEN 'system' THEN true
  WHEN '' THEN now() < timestamptz '{closed_from}'
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
        is_upgrade = apps.get_model("accounts", "User").objects.exists()
        closed_from = datetime.now(UTC) + GRACE if is_upgrade else datetime(2000, 1, 1, tzinfo=UTC)
        schema_editor.execute(CREATE.replace("{closed_from}", closed_from.isoformat(timespec="seconds")), params=None)


def drop(apps, schema_editor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(DROP, params=None)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [migrations.RunPython(create, drop)]
