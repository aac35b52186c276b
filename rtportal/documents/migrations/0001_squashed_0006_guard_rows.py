"""What 0001 to 0006 come to, for databases that had none of them."""

import django.db.models.deletion
import rtportal.lib.create_tables
import rtportal.lib.row_scope
import uuid
from django.conf import settings
from django.db import migrations, models

from rtportal.lib.column_statistics import know_finely


# What a region's code begins with is what every list asks for first.
def know_regions(apps, schema_editor):
    know_finely(schema_editor, "documents_generatedfile", "region_code")


class Migration(migrations.Migration):
    replaces = [
        ("documents", "0001_initial"),
        ("documents", "0002_count_attempts_and_say_why_a_file_failed"),
        ("documents", "0003_keep_presets_and_signed_papers"),
        ("documents", "0004_find_rows_in_a_whole_country"),
        ("documents", "0005_know_regions_finely"),
        ("documents", "0006_guard_rows"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_squashed_0002_guard_rows"),
        ("regions", "0001_initial"),
    ]

    operations = [
        rtportal.lib.create_tables.CreateTables(
            operations=[
                migrations.CreateModel(
                    name="GeneratedFile",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("export", models.CharField(max_length=60, verbose_name="jenis")),
                        ("format", models.CharField(max_length=10, verbose_name="format")),
                        ("params", models.JSONField(default=dict, verbose_name="pilihan")),
                        ("region_code", models.CharField(max_length=13, verbose_name="kode wilayah")),
                        ("subject", models.CharField(db_index=True, max_length=60, verbose_name="perihal")),
                        ("title", models.CharField(max_length=200, verbose_name="judul")),
                        ("filename", models.CharField(max_length=200, verbose_name="nama berkas")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("queued", "antre"),
                                    ("running", "sedang dibuat"),
                                    ("ready", "siap diunduh"),
                                    ("failed", "gagal"),
                                ],
                                default="queued",
                                max_length=10,
                                verbose_name="keadaan",
                            ),
                        ),
                        ("rows_total", models.PositiveIntegerField(default=0, verbose_name="jumlah baris")),
                        ("rows_done", models.PositiveIntegerField(default=0, verbose_name="baris selesai")),
                        ("path", models.CharField(blank=True, max_length=200, verbose_name="letak")),
                        ("lease_until", models.DateTimeField(null=True)),
                        ("requested_at", models.DateTimeField(verbose_name="diminta pada")),
                        ("finished_at", models.DateTimeField(null=True, verbose_name="selesai pada")),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="pembuat",
                            ),
                        ),
                        ("attempt_count", models.PositiveSmallIntegerField(default=0, verbose_name="percobaan")),
                        ("failure", models.CharField(blank=True, max_length=300, verbose_name="sebab gagal")),
                        ("fingerprint", models.CharField(blank=True, max_length=64)),
                        ("is_unmasked", models.BooleanField(default=False, verbose_name="data lengkap")),
                        ("purpose", models.CharField(blank=True, max_length=200, verbose_name="keperluan")),
                    ],
                    options={
                        "verbose_name": "berkas",
                        "ordering": ["-requested_at"],
                        "indexes": [
                            models.Index(fields=["owner", "-requested_at"], name="file_owner_requested"),
                            models.Index(
                                condition=models.Q(("state__in", ["queued", "running"])),
                                fields=["lease_until"],
                                name="file_unfinished",
                            ),
                            models.Index(fields=["region_code"], name="file_region", opclasses=["varchar_pattern_ops"]),
                        ],
                        "constraints": [
                            rtportal.lib.row_scope.RowScope(
                                above=True, field="region_code", name="generated_file_in_scope"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SignedPaper",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                        ("export", models.CharField(max_length=60, verbose_name="jenis")),
                        ("params", models.JSONField(default=dict, verbose_name="pilihan")),
                        ("region_code", models.CharField(max_length=13, verbose_name="kode wilayah")),
                        ("subject", models.CharField(db_index=True, max_length=60, verbose_name="perihal")),
                        ("title", models.CharField(max_length=200, verbose_name="judul")),
                        ("name", models.CharField(max_length=150, verbose_name="nama berkas")),
                        ("path", models.CharField(max_length=200)),
                        ("size", models.PositiveIntegerField(verbose_name="ukuran (byte)")),
                        ("sha256", models.CharField(max_length=64)),
                        ("uploaded_at", models.DateTimeField(verbose_name="diunggah pada")),
                        (
                            "uploaded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "berkas bertanda tangan",
                        "ordering": ["-uploaded_at"],
                        "constraints": [
                            rtportal.lib.row_scope.RowScope(
                                above=True, field="region_code", name="signed_paper_in_scope"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ExportPreset",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("export", models.CharField(max_length=60, verbose_name="jenis")),
                        ("name", models.CharField(max_length=80, verbose_name="nama")),
                        ("columns", models.JSONField(verbose_name="kolom")),
                        ("saved_at", models.DateTimeField(verbose_name="disimpan pada")),
                        (
                            "region",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="regions.region",
                                verbose_name="kabupaten/kota",
                            ),
                        ),
                        (
                            "saved_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "susunan kolom ekspor",
                        "ordering": ["name"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("region", "export", "name"),
                                name="export_preset_name_once",
                                violation_error_message="Sudah ada susunan kolom dengan nama ini.",
                            ),
                            rtportal.lib.row_scope.RowScope(
                                above=True, field="region_id", name="export_preset_in_scope"
                            ),
                        ],
                    },
                ),
            ],
        ),
        migrations.RunPython(know_regions, migrations.RunPython.noop, elidable=False),
    ]
