"""What 0001 to 0004 come to, for databases that had none of them."""

import django.db.models.deletion
import rtportal.lib.append_only
import rtportal.lib.create_tables
import rtportal.lib.row_scope
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("privacy", "0001_keep_retention_purges_and_incidents"),
        ("privacy", "0002_keep_the_history_of_incidents"),
        ("privacy", "0003_agree_to_retention_first"),
        ("privacy", "0004_guard_rows"),
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
                    name="DoomedFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("path", models.CharField(max_length=200, verbose_name="letak")),
                        ("since", models.DateTimeField(verbose_name="sejak")),
                        (
                            "region",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="regions.region",
                                verbose_name="kabupaten/kota",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "berkas yang dimusnahkan",
                        "ordering": ["id"],
                        "constraints": [
                            rtportal.lib.row_scope.RowScope(
                                field="region_id", name="doomed_file_in_scope", unplaced=True
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Incident",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("title", models.CharField(max_length=120, verbose_name="judul")),
                        ("discovered_at", models.DateTimeField(verbose_name="diketahui pada")),
                        ("due_at", models.DateTimeField(verbose_name="batas waktu pemberitahuan")),
                        ("data_kinds", models.CharField(max_length=500, verbose_name="data pribadi yang terungkap")),
                        ("happened", models.TextField(max_length=3000, verbose_name="kapan dan bagaimana terungkap")),
                        (
                            "remedy",
                            models.TextField(blank=True, max_length=3000, verbose_name="penanganan dan pemulihan"),
                        ),
                        ("whose", models.CharField(max_length=300, verbose_name="data milik siapa")),
                        ("people_count", models.PositiveIntegerField(verbose_name="jumlah orang")),
                        ("contact", models.CharField(max_length=200, verbose_name="narahubung")),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "ditangani"), ("closed", "selesai")],
                                default="open",
                                max_length=6,
                                verbose_name="keadaan",
                            ),
                        ),
                        ("people_told_at", models.DateTimeField(null=True, verbose_name="orangnya diberi tahu pada")),
                        ("agency_told_at", models.DateTimeField(null=True, verbose_name="lembaga diberi tahu pada")),
                        ("recorded_at", models.DateTimeField(verbose_name="dicatat pada")),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "region",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="regions.region",
                                verbose_name="kabupaten/kota",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "insiden data pribadi",
                        "ordering": ["-discovered_at", "-id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("people_told_at", None), ("agency_told_at", None), _connector="OR"),
                                fields=["due_at"],
                                name="incident_not_told",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("due_at__gt", models.F("discovered_at"))),
                                name="incident_due_after_discovery",
                            ),
                            rtportal.lib.row_scope.RowScope(field="region_id", name="incident_in_scope"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="IncidentChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="waktu")),
                        ("sentence", models.CharField(max_length=200, verbose_name="uraian")),
                        ("facts", models.JSONField(default=dict, verbose_name="perubahan")),
                        (
                            "actor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "incident",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="changes",
                                to="privacy.incident",
                            ),
                        ),
                        (
                            "region",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="regions.region",
                                verbose_name="kabupaten/kota",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "perubahan insiden",
                        "ordering": ["-id"],
                        "constraints": [
                            rtportal.lib.append_only.AppendOnly(name="incident_change_append_only"),
                            rtportal.lib.row_scope.RowScope(name="incident_change_in_scope", through=("incident",)),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PurgeRecord",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("retention_class", models.CharField(max_length=40, verbose_name="golongan")),
                        ("number", models.PositiveIntegerField(verbose_name="nomor")),
                        ("started_at", models.DateTimeField(verbose_name="dimulai pada")),
                        ("finished_at", models.DateTimeField(null=True, verbose_name="selesai pada")),
                        ("until", models.DateTimeField(verbose_name="data sebelum")),
                        ("months", models.PositiveSmallIntegerField(verbose_name="masa simpan (bulan)")),
                        ("criteria", models.CharField(max_length=500, verbose_name="ketentuan")),
                        ("counts", models.JSONField(default=dict, verbose_name="jumlah")),
                        ("total", models.PositiveIntegerField(default=0, verbose_name="jumlah seluruhnya")),
                        ("checksum", models.CharField(max_length=64, verbose_name="jumlah periksa")),
                        (
                            "actor",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="dijalankan oleh",
                            ),
                        ),
                        (
                            "region",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="regions.region",
                                verbose_name="kabupaten/kota",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "pemusnahan",
                        "ordering": ["-id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("region", "number"), name="purge_number_once_per_region"),
                            models.UniqueConstraint(
                                condition=models.Q(("region", None)),
                                fields=("number",),
                                name="purge_number_once_without_region",
                            ),
                            rtportal.lib.row_scope.RowScope(
                                field="region_id", name="purge_record_in_scope", unplaced=True
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RetentionSetting",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("retention_class", models.CharField(max_length=40, verbose_name="golongan")),
                        ("months", models.PositiveSmallIntegerField(verbose_name="bulan")),
                        ("changed_at", models.DateTimeField(verbose_name="diubah pada")),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "changed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "region",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="regions.region",
                                verbose_name="kabupaten/kota",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "masa simpan",
                        "ordering": ["region_id", "retention_class"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("region", "retention_class"), name="retention_once_per_region"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("months__gt", 0)), name="retention_at_least_a_month"
                            ),
                            rtportal.lib.row_scope.RowScope(field="region_id", name="retention_setting_in_scope"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RetentionAgreement",
                    fields=[
                        (
                            "region",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="+",
                                serialize=False,
                                to="regions.region",
                                verbose_name="kabupaten/kota",
                            ),
                        ),
                        ("agreed_at", models.DateTimeField(verbose_name="disetujui pada")),
                        (
                            "agreed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "persetujuan masa simpan",
                        "constraints": [
                            rtportal.lib.row_scope.RowScope(field="region_id", name="retention_agreement_in_scope")
                        ],
                    },
                ),
            ],
        ),
    ]
