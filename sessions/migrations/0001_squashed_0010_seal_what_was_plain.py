"""What 0001 to 0010 come to, for databases that had none of them."""

import django.core.validators
import django.db.models.deletion
import rtportal.lib.create_tables
import rtportal.lib.no_overlap
import rtportal.lib.row_scope
import rtportal.lib.sealed
import uuid
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("training_sessions", "0001_initial"),
        ("training_sessions", "0002_ask_speakers_and_keep_materials"),
        ("training_sessions", "0003_publish_waves_whose_invitations_are_open"),
        ("training_sessions", "0004_take_a_speaker_once_at_a_time"),
        ("training_sessions", "0005_keep_speakers_taken_until_published"),
        ("training_sessions", "0006_share_materials_with_participants"),
        ("training_sessions", "0007_pay_speakers"),
        ("training_sessions", "0008_guard_rows"),
        ("training_sessions", "0009_seal_telephones_and_addresses"),
        ("training_sessions", "0010_seal_what_was_plain"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_squashed_0002_guard_rows"),
        ("programs", "0001_squashed_0010_guard_rows"),
        ("regions", "0001_initial"),
    ]

    operations = [
        rtportal.lib.create_tables.CreateTables(
            operations=[
                migrations.CreateModel(
                    name="Speaker",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("gelar_depan", models.CharField(blank=True, max_length=40, verbose_name="gelar depan")),
                        ("name", models.CharField(blank=True, max_length=120, verbose_name="nama")),
                        ("gelar_belakang", models.CharField(blank=True, max_length=60, verbose_name="gelar belakang")),
                        ("position", models.CharField(blank=True, max_length=150, verbose_name="jabatan")),
                        ("institution", models.CharField(blank=True, max_length=150, verbose_name="instansi")),
                        (
                            "phone",
                            rtportal.lib.sealed.SealedCharField(
                                blank=True, context="address", max_length=20, verbose_name="telepon"
                            ),
                        ),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="alamat e-mail")),
                        (
                            "region",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="regions.region",
                                verbose_name="kabupaten/kota",
                            ),
                        ),
                        ("link_hash", models.CharField(max_length=64, null=True, unique=True)),
                        ("link_id", models.UUIDField(null=True)),
                        (
                            "topics",
                            models.TextField(
                                blank=True,
                                help_text="Bahan yang biasa dibawakan, dipisahkan dengan koma.",
                                verbose_name="topik",
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "verbose_name": "narasumber",
                        "ordering": ["name", "position"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("name", ""), _negated=True),
                                    models.Q(("position", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="speaker_has_name_or_position",
                                violation_error_message="Isi nama atau jabatan narasumber.",
                            ),
                            rtportal.lib.row_scope.RowScope(
                                above=True, field="region_id", name="speaker_in_scope", used_by="session_speakers"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TrainingSession",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("registration", "Registrasi"),
                                    ("opening", "Pembukaan"),
                                    ("material", "Materi"),
                                    ("discussion", "Diskusi"),
                                    ("break", "Istirahat (ISHOMA)"),
                                    ("closing", "Penutupan"),
                                ],
                                default="material",
                                max_length=12,
                                verbose_name="jenis",
                            ),
                        ),
                        ("title", models.CharField(max_length=200, verbose_name="judul")),
                        ("starts_at", models.DateTimeField(verbose_name="mulai")),
                        ("ends_at", models.DateTimeField(verbose_name="selesai")),
                        ("room", models.CharField(blank=True, max_length=80, verbose_name="ruang")),
                        ("note", models.TextField(blank=True, verbose_name="keterangan")),
                        (
                            "speakers",
                            models.ManyToManyField(
                                related_name="training_sessions",
                                through="training_sessions.SessionSpeaker",
                                to="training_sessions.speaker",
                            ),
                        ),
                        (
                            "wave",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="training_sessions",
                                to="programs.wave",
                                verbose_name="gelombang",
                            ),
                        ),
                        ("group", models.CharField(blank=True, max_length=60, verbose_name="kelompok")),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "verbose_name": "sesi",
                        "ordering": ["starts_at", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                                name="session_ends_after_start",
                                violation_error_message="Waktu selesai harus setelah waktu mulai.",
                            ),
                            rtportal.lib.row_scope.RowScope(name="training_session_in_scope", through=("wave",)),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SessionSpeaker",
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
                                    ("speaker", "Narasumber"),
                                    ("moderator", "Moderator"),
                                    ("standby", "Narasumber cadangan"),
                                ],
                                default="speaker",
                                max_length=10,
                                verbose_name="peran",
                            ),
                        ),
                        (
                            "speaker",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="session_speakers",
                                to="training_sessions.speaker",
                                verbose_name="narasumber",
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="session_speakers",
                                to="training_sessions.trainingsession",
                            ),
                        ),
                        ("decline_reason", models.CharField(blank=True, max_length=300, verbose_name="alasan menolak")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("invited", "diundang"),
                                    ("tentative", "tentatif"),
                                    ("confirmed", "bersedia"),
                                    ("declined", "menolak"),
                                ],
                                default="invited",
                                max_length=10,
                                verbose_name="kesediaan",
                            ),
                        ),
                        ("status_at", models.DateTimeField(null=True, verbose_name="kesediaan dicatat pada")),
                        (
                            "status_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "narasumber sesi",
                        "ordering": ["role", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("session", "speaker"),
                                name="speaker_once_per_session",
                                violation_error_message="Narasumber ini sudah tercantum pada sesi tersebut.",
                            ),
                            rtportal.lib.row_scope.RowScope(name="session_speaker_in_scope", through=("session",)),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Material",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                        ("uploaded_at", models.DateTimeField(verbose_name="diunggah pada")),
                        ("name", models.CharField(max_length=150, verbose_name="nama berkas")),
                        ("path", models.CharField(max_length=200)),
                        ("content_type", models.CharField(max_length=100, verbose_name="jenis")),
                        ("size", models.PositiveIntegerField(verbose_name="ukuran (byte)")),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="materials",
                                to="training_sessions.trainingsession",
                                verbose_name="sesi",
                            ),
                        ),
                        (
                            "speaker",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="materials",
                                to="training_sessions.speaker",
                                verbose_name="narasumber",
                            ),
                        ),
                        (
                            "uploaded_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("released_at", models.DateTimeField(null=True, verbose_name="dibagikan pada")),
                    ],
                    options={
                        "verbose_name": "materi",
                        "ordering": ["-uploaded_at"],
                        "constraints": [
                            rtportal.lib.row_scope.RowScope(name="material_in_scope", through=("session",))
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SpeakerBooking",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("starts_at", models.DateTimeField()),
                        ("ends_at", models.DateTimeField()),
                        (
                            "part",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="booking",
                                to="training_sessions.sessionspeaker",
                            ),
                        ),
                        (
                            "speaker",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="bookings",
                                to="training_sessions.speaker",
                            ),
                        ),
                        (
                            "wave",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="speaker_bookings",
                                to="programs.wave",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "pemakaian narasumber",
                        "constraints": [
                            rtportal.lib.no_overlap.NoOverlap(
                                ends="ends_at",
                                key="speaker",
                                name="speaker_taken_once_at_a_time",
                                starts="starts_at",
                                violation_error_message="Narasumber ini sudah bersedia di tempat lain pada waktu itu.",
                            ),
                            rtportal.lib.row_scope.RowScope(name="speaker_booking_in_scope", through=("speaker",)),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgendaTemplate",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="nama templat")),
                        ("items", models.JSONField(verbose_name="susunan")),
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
                        "verbose_name": "templat agenda",
                        "ordering": ["name"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("region", "name"),
                                name="agenda_template_once_per_region",
                                violation_error_message="Sudah ada templat agenda dengan nama ini.",
                            ),
                            rtportal.lib.row_scope.RowScope(
                                above=True, field="region_id", name="agenda_template_in_scope"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SpeakerInvitation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("invited_at", models.DateTimeField(verbose_name="diundang pada")),
                        (
                            "speaker",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="invitations",
                                to="training_sessions.speaker",
                            ),
                        ),
                        (
                            "wave",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="speaker_invitations",
                                to="programs.wave",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "undangan narasumber",
                        "constraints": [
                            models.UniqueConstraint(fields=("wave", "speaker"), name="speaker_invited_once_per_wave"),
                            rtportal.lib.row_scope.RowScope(name="speaker_invitation_in_scope", through=("wave",)),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SpeakerFee",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "amount",
                            models.PositiveIntegerField(
                                validators=[django.core.validators.MaxValueValidator(1000000000)],
                                verbose_name="honor (Rp)",
                            ),
                        ),
                        (
                            "tax_percent",
                            models.DecimalField(
                                decimal_places=2,
                                default=Decimal("0"),
                                max_digits=4,
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(50),
                                ],
                                verbose_name="pajak (%)",
                            ),
                        ),
                        ("paid_at", models.DateTimeField(null=True, verbose_name="dibayar pada")),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "speaker",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="fees",
                                to="training_sessions.speaker",
                                verbose_name="narasumber",
                            ),
                        ),
                        (
                            "wave",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="speaker_fees",
                                to="programs.wave",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "honor narasumber",
                        "ordering": ["wave_id", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("wave", "speaker"), name="speaker_fee_once_per_wave"),
                            rtportal.lib.row_scope.RowScope(name="speaker_fee_in_scope", through=("wave",)),
                        ],
                    },
                ),
            ],
        ),
    ]
