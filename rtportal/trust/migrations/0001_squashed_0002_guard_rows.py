"""What 0001 to 0002 come to, for databases that had none of them."""

import django.db.models.deletion
import rtportal.lib.create_tables
import rtportal.lib.row_scope
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("trust", "0001_invite_officials"), ("trust", "0002_guard_rows")]

    initial = True

    dependencies = [
        ("accounts", "0001_squashed_0002_guard_rows"),
        ("regions", "0001_initial"),
    ]

    operations = [
        rtportal.lib.create_tables.CreateTables(
            operations=[
                migrations.CreateModel(
                    name="OfficialInvitation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("email", models.EmailField(max_length=254, verbose_name="alamat e-mail")),
                        ("name", models.CharField(max_length=150, verbose_name="nama")),
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
                        ("link_id", models.UUIDField(verbose_name="tautan")),
                        ("link_hash", models.CharField(max_length=64, unique=True, verbose_name="sidik tautan")),
                        ("invited_at", models.DateTimeField(verbose_name="diundang pada")),
                        ("expires_at", models.DateTimeField(verbose_name="berlaku sampai")),
                        ("accepted_at", models.DateTimeField(null=True, verbose_name="diterima pada")),
                        ("withdrawn_at", models.DateTimeField(null=True, verbose_name="ditarik pada")),
                        (
                            "invited_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="pengundang",
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
                    ],
                    options={
                        "verbose_name": "undangan petugas",
                        "ordering": ["-invited_at", "-id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("accepted_at__isnull", True), ("withdrawn_at__isnull", True)),
                                fields=("email", "role", "region"),
                                name="official_invited_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("accepted_at__isnull", True), ("withdrawn_at__isnull", True), _connector="OR"
                                ),
                                name="official_invitation_ends_one_way",
                            ),
                            rtportal.lib.row_scope.RowScope(field="region_id", name="official_invitation_in_scope"),
                        ],
                    },
                ),
            ],
        ),
    ]
