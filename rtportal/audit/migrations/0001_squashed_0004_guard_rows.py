"""What 0001 to 0004 come to, for databases that had none of them."""

import django.db.models.deletion
import rtportal.lib.append_only
import rtportal.lib.create_tables
import rtportal.lib.row_scope
from django.conf import settings
from django.db import migrations, models

from rtportal.lib.column_statistics import know_finely


# What a region's code begins with is what every list asks for first.
def know_regions(apps, schema_editor):
    know_finely(schema_editor, "audit_auditevent", "region_code")


class Migration(migrations.Migration):
    replaces = [
        ("audit", "0001_initial"),
        ("audit", "0002_seal_the_history_in_a_chain"),
        ("audit", "0003_know_regions_finely"),
        ("audit", "0004_guard_rows"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_squashed_0002_guard_rows"),
    ]

    operations = [
        rtportal.lib.create_tables.CreateTables(
            operations=[
                migrations.CreateModel(
                    name="AuditEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(db_index=True, verbose_name="waktu")),
                        ("actor_label", models.CharField(max_length=200, verbose_name="pelaku")),
                        ("action", models.CharField(max_length=60, verbose_name="tindakan")),
                        ("sentence", models.CharField(max_length=500, verbose_name="uraian")),
                        ("region_code", models.CharField(db_index=True, max_length=13, verbose_name="kode wilayah")),
                        ("subject", models.CharField(db_index=True, max_length=60, verbose_name="perihal")),
                        ("data", models.JSONField(default=dict, verbose_name="rincian")),
                        (
                            "actor",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="pelaku",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "catatan riwayat",
                        "ordering": ["-at", "-id"],
                        "indexes": [
                            models.Index(
                                models.OrderBy(models.F("at"), descending=True),
                                models.OrderBy(models.F("id"), descending=True),
                                name="audit_event_newest_first",
                            ),
                            models.Index(
                                models.F("action"),
                                models.OrderBy(models.F("at"), descending=True),
                                name="audit_event_by_action",
                            ),
                            models.Index(
                                models.F("actor"),
                                models.OrderBy(models.F("at"), descending=True),
                                name="audit_event_by_actor",
                            ),
                        ],
                        "constraints": [
                            rtportal.lib.append_only.AppendOnly(name="audit_event_append_only"),
                            rtportal.lib.row_scope.RowScope(
                                above=True, field="region_code", name="audit_event_in_scope", unplaced=True
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AuditSeal",
                    fields=[
                        (
                            "position",
                            models.PositiveBigIntegerField(primary_key=True, serialize=False, verbose_name="urutan"),
                        ),
                        (
                            "event",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="seal",
                                to="audit.auditevent",
                                verbose_name="catatan",
                            ),
                        ),
                        ("sealed_at", models.DateTimeField(verbose_name="disegel pada")),
                        ("chain_hash", models.CharField(max_length=64, verbose_name="segel")),
                    ],
                    options={
                        "verbose_name": "segel riwayat",
                        "ordering": ["position"],
                        "constraints": [rtportal.lib.append_only.AppendOnly(name="audit_seal_append_only")],
                    },
                ),
                migrations.CreateModel(
                    name="ChainCheck",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("checked_at", models.DateTimeField(db_index=True, verbose_name="diperiksa pada")),
                        ("sealed_count", models.PositiveBigIntegerField(verbose_name="catatan tersegel")),
                        ("unsealed_count", models.PositiveBigIntegerField(verbose_name="belum disegel")),
                        ("head_position", models.PositiveBigIntegerField(verbose_name="urutan terakhir")),
                        ("head_hash", models.CharField(blank=True, max_length=64, verbose_name="segel terakhir")),
                        ("fault_count", models.PositiveBigIntegerField(verbose_name="kerusakan")),
                        ("faults", models.JSONField(default=list, verbose_name="uraian kerusakan")),
                    ],
                    options={
                        "verbose_name": "pemeriksaan riwayat",
                        "ordering": ["-checked_at", "-id"],
                    },
                ),
            ],
        ),
        migrations.RunPython(know_regions, migrations.RunPython.noop, elidable=False),
    ]
