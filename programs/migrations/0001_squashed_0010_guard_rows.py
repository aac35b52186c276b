"""What 0001 to 0010 come to, for databases that had none of them."""

import datetime
import django.core.validators
import django.db.models.deletion
import rtportal.lib.create_tables
import rtportal.lib.no_overlap
import rtportal.lib.row_scope
import uuid
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("programs", "0001_initial"),
        ("programs", "0002_say_that_an_office_name_is_taken"),
        ("programs", "0003_plan_publish_and_mark_days"),
        ("programs", "0004_take_a_hall_once_at_a_time"),
        ("programs", "0005_reckon_large_plans_apart"),
        ("programs", "0006_keep_hours_and_coordinates_in_pairs"),
        ("programs", "0007_reach_people_in_a_chain"),
        ("programs", "0008_bring_and_let_substitutes_come"),
        ("programs", "0009_let_offices_sign_papers"),
        ("programs", "0010_guard_rows"),
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
                    name="Office",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=150, verbose_name="nama kantor")),
                        ("contact_name", models.CharField(max_length=100, verbose_name="narahubung")),
                        ("contact_phone", models.CharField(max_length=20, verbose_name="telepon narahubung")),
                        (
                            "greeting",
                            models.CharField(default="Assalamualaikum", max_length=60, verbose_name="salam pembuka"),
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
                        ("version", models.PositiveIntegerField(default=1)),
                        ("address", models.CharField(blank=True, max_length=200, verbose_name="alamat kantor")),
                        ("city", models.CharField(blank=True, max_length=80, verbose_name="kota tempat surat dibuat")),
                        (
                            "contact_lines",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="telepon, surel, dan situs pada kop"
                            ),
                        ),
                        ("logo_path", models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        "verbose_name": "kantor",
                        "ordering": ["region_id", "name"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("region", "name"),
                                name="office_name_once_per_region",
                                violation_error_message="Sudah ada kantor dengan nama ini di wilayah Anda.",
                            ),
                            rtportal.lib.row_scope.RowScope(above=True, field="region_id", name="office_in_scope"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Program",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="nama program")),
                        (
                            "kind",
                            models.CharField(
                                choices=[("bimtek", "Bimbingan teknis (bimtek)"), ("retreat", "Retret")],
                                default="bimtek",
                                max_length=10,
                                verbose_name="jenis",
                            ),
                        ),
                        ("aim", models.TextField(blank=True, verbose_name="tujuan")),
                        (
                            "letter_number",
                            models.CharField(blank=True, max_length=80, verbose_name="nomor surat undangan"),
                        ),
                        (
                            "companions",
                            models.CharField(
                                choices=[
                                    ("none", "Tanpa pendamping"),
                                    ("required", "Setiap ketua RT wajib membawa satu pendamping"),
                                ],
                                default="none",
                                max_length=10,
                                verbose_name="pendamping",
                            ),
                        ),
                        (
                            "answer_days_before",
                            models.PositiveSmallIntegerField(
                                default=2,
                                help_text="Jawaban dapat diubah sampai akhir hari itu, waktu setempat.",
                                validators=[django.core.validators.MaxValueValidator(60)],
                                verbose_name="batas jawaban (hari sebelum pelaksanaan)",
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "office",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="programs",
                                to="programs.office",
                                verbose_name="penyelenggara",
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
                        (
                            "minutes_per_jp",
                            models.PositiveSmallIntegerField(
                                default=45,
                                help_text="Hanya sesi belajar yang dihitung sebagai JP.",
                                validators=[
                                    django.core.validators.MinValueValidator(15),
                                    django.core.validators.MaxValueValidator(120),
                                ],
                                verbose_name="menit per jam pelajaran (JP)",
                            ),
                        ),
                        ("reach_chain", models.JSONField(blank=True, default=list, verbose_name="rantai pengiriman")),
                        ("bring", models.CharField(blank=True, max_length=300, verbose_name="yang perlu dibawa")),
                        (
                            "records_hours",
                            models.BooleanField(
                                default=False,
                                help_text="Untuk kegiatan yang menghitung lama hadir.",
                                verbose_name="catat juga saat keluar",
                            ),
                        ),
                        (
                            "substitute_letter",
                            models.BooleanField(default=False, verbose_name="wakil harus membawa surat tugas"),
                        ),
                        (
                            "substitute_limit",
                            models.PositiveSmallIntegerField(
                                default=0,
                                help_text="0 berarti tanpa batas.",
                                verbose_name="wakil paling banyak per gelombang",
                            ),
                        ),
                        (
                            "substitutes",
                            models.CharField(
                                choices=[
                                    ("allowed", "Boleh, tanpa persetujuan"),
                                    ("approved", "Boleh, setelah disetujui kelurahan/desa atau kecamatan"),
                                    ("office", "Boleh, setelah disetujui penyelenggara"),
                                    ("none", "Tidak boleh diwakili"),
                                ],
                                default="allowed",
                                max_length=10,
                                verbose_name="wakil",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "program",
                        "ordering": ["-id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("region", "name"),
                                name="program_name_once_per_region",
                                violation_error_message="Sudah ada program dengan nama ini di wilayah Anda.",
                            ),
                            rtportal.lib.row_scope.RowScope(above=True, field="region_id", name="program_in_scope"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReminderRule",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "audience",
                            models.CharField(
                                choices=[
                                    ("unanswered", "yang belum menjawab"),
                                    ("confirmed", "yang menjawab hadir atau diwakili"),
                                    ("companions", "yang membawa pendamping"),
                                    ("substitutes", "wakil yang datang menggantikan"),
                                    ("speakers", "narasumber"),
                                    ("operators", "operator kelurahan/desa dan kecamatan"),
                                    ("attended", "yang sudah hadir (ucapan terima kasih)"),
                                ],
                                max_length=12,
                                verbose_name="untuk",
                            ),
                        ),
                        (
                            "days_before",
                            models.SmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(-7),
                                    django.core.validators.MaxValueValidator(60),
                                ],
                                verbose_name="hari sebelum pelaksanaan",
                            ),
                        ),
                        ("local_time", models.TimeField(default=datetime.time(8, 0), verbose_name="jam setempat")),
                        ("is_active", models.BooleanField(default=True, verbose_name="aktif")),
                        (
                            "program",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reminder_rules",
                                to="programs.program",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "aturan pengingat",
                        "ordering": ["-days_before", "local_time"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("program", "audience", "days_before"),
                                name="reminder_rule_once",
                                violation_error_message="Sudah ada pengingat untuk kelompok dan hari yang sama.",
                            ),
                            rtportal.lib.row_scope.RowScope(name="reminder_rule_in_scope", through=("program",)),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Venue",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=150, verbose_name="nama tempat")),
                        ("address", models.CharField(blank=True, max_length=250, verbose_name="alamat")),
                        (
                            "capacity",
                            models.PositiveIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(100000),
                                ],
                                verbose_name="kapasitas (kursi)",
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
                        ("closes_at", models.TimeField(blank=True, null=True, verbose_name="tutup")),
                        ("latitude", models.FloatField(blank=True, null=True, verbose_name="lintang")),
                        ("longitude", models.FloatField(blank=True, null=True, verbose_name="bujur")),
                        ("opens_at", models.TimeField(blank=True, null=True, verbose_name="buka")),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "verbose_name": "tempat",
                        "ordering": ["name"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("region", "name"),
                                name="venue_name_once_per_region",
                                violation_error_message="Sudah ada tempat dengan nama ini di wilayah Anda.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("capacity__gte", 1)),
                                name="venue_has_seats",
                                violation_error_message="Kapasitas paling sedikit 1 kursi.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("closes_at__isnull", True), ("opens_at__isnull", True)),
                                    models.Q(
                                        ("closes_at__gt", models.F("opens_at")),
                                        ("closes_at__isnull", False),
                                        ("opens_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="venue_closes_after_opening",
                                violation_error_message="Isi jam buka dan jam tutup, dan jam tutup harus setelah jam buka.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("latitude__isnull", True), ("longitude__isnull", True)),
                                    models.Q(
                                        ("latitude__isnull", False),
                                        ("latitude__range", (-90, 90)),
                                        ("longitude__isnull", False),
                                        ("longitude__range", (-180, 180)),
                                    ),
                                    _connector="OR",
                                ),
                                name="venue_stands_on_earth",
                                violation_error_message="Isi lintang dan bujur berdua, misalnya -2,17 dan 115,38.",
                            ),
                            rtportal.lib.row_scope.RowScope(
                                above=True, field="region_id", name="venue_in_scope", used_by="waves"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CalendarFeed",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("label", models.CharField(max_length=100, verbose_name="untuk")),
                        ("link_id", models.UUIDField(default=uuid.uuid4)),
                        ("link_hash", models.CharField(max_length=64, unique=True)),
                        ("created_at", models.DateTimeField(verbose_name="dibuat pada")),
                        ("revoked_at", models.DateTimeField(null=True, verbose_name="dicabut pada")),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "office",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="feeds",
                                to="programs.office",
                                verbose_name="kantor",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "alamat kalender",
                        "ordering": ["-id"],
                        "constraints": [
                            rtportal.lib.row_scope.RowScope(name="calendar_feed_in_scope", through=("office",))
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SpecialDay",
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
                                    ("national", "Libur nasional"),
                                    ("joint_leave", "Cuti bersama"),
                                    ("ramadan", "Ramadan"),
                                    ("local", "Hari khusus daerah"),
                                ],
                                default="local",
                                max_length=12,
                                verbose_name="jenis",
                            ),
                        ),
                        ("name", models.CharField(max_length=150, verbose_name="nama")),
                        ("starts_on", models.DateField(verbose_name="mulai")),
                        ("ends_on", models.DateField(verbose_name="sampai")),
                        ("source_key", models.CharField(blank=True, max_length=120)),
                        ("is_active", models.BooleanField(default=True, verbose_name="berlaku")),
                        ("version", models.PositiveIntegerField(default=1)),
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
                        "verbose_name": "hari khusus",
                        "ordering": ["starts_on", "name"],
                        "indexes": [models.Index(fields=["region", "starts_on"], name="special_day_region_start")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("source_key", ""), _negated=True),
                                fields=("region", "source_key"),
                                name="special_day_seeded_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                                name="special_day_ends_after_start",
                                violation_error_message="Tanggal akhir tidak boleh sebelum tanggal mulai.",
                            ),
                            rtportal.lib.row_scope.RowScope(above=True, field="region_id", name="special_day_in_scope"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WavePlan",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="nama rencana")),
                        ("wishes", models.JSONField(verbose_name="permintaan")),
                        ("problem", models.JSONField(verbose_name="soal")),
                        ("assignment", models.JSONField(default=dict, verbose_name="pembagian")),
                        ("result", models.JSONField(default=dict, verbose_name="hasil")),
                        ("created_at", models.DateTimeField(verbose_name="dibuat pada")),
                        ("accepted_at", models.DateTimeField(null=True, verbose_name="diterima pada")),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "created_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "program",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="plans",
                                to="programs.program",
                                verbose_name="program",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "sedang dihitung"),
                                    ("solved", "siap"),
                                    ("impossible", "tidak muat"),
                                    ("failed", "gagal dihitung"),
                                ],
                                default="waiting",
                                max_length=10,
                                verbose_name="keadaan",
                            ),
                        ),
                        ("lease_until", models.DateTimeField(null=True)),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                    ],
                    options={
                        "verbose_name": "rencana pembagian",
                        "ordering": ["-id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("program", "name"),
                                name="plan_name_once_per_program",
                                violation_error_message="Program ini sudah mempunyai rencana dengan nama itu.",
                            ),
                            rtportal.lib.row_scope.RowScope(name="wave_plan_in_scope", through=("program",)),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Signatory",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("gelar_depan", models.CharField(blank=True, max_length=40, verbose_name="gelar depan")),
                        ("name", models.CharField(max_length=120, verbose_name="nama")),
                        ("gelar_belakang", models.CharField(blank=True, max_length=60, verbose_name="gelar belakang")),
                        ("position", models.CharField(max_length=200, verbose_name="jabatan")),
                        ("rank", models.CharField(blank=True, max_length=80, verbose_name="pangkat/golongan")),
                        (
                            "nip",
                            models.CharField(
                                blank=True,
                                max_length=18,
                                validators=[
                                    django.core.validators.RegexValidator("^\\d{18}$", "NIP terdiri atas 18 angka.")
                                ],
                                verbose_name="NIP",
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "office",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="signatories",
                                to="programs.office",
                                verbose_name="kantor",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "penanda tangan",
                        "ordering": ["name", "id"],
                        "constraints": [
                            rtportal.lib.row_scope.RowScope(name="signatory_in_scope", through=("office",))
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PaperSettings",
                    fields=[
                        (
                            "program",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="paper_settings",
                                serialize=False,
                                to="programs.program",
                            ),
                        ),
                        ("nature", models.CharField(default="Penting", max_length=40, verbose_name="sifat surat")),
                        (
                            "copies_to",
                            models.TextField(
                                blank=True,
                                help_text="Satu penerima per baris.",
                                max_length=1000,
                                verbose_name="tembusan",
                            ),
                        ),
                        (
                            "certificate_number",
                            models.CharField(
                                default="{urut}/SERTIFIKAT/{bulan_romawi}/{tahun}",
                                max_length=80,
                                verbose_name="nomor sertifikat",
                            ),
                        ),
                        (
                            "certificate_share",
                            models.PositiveSmallIntegerField(
                                default=75,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                                verbose_name="kehadiran paling sedikit untuk sertifikat (%)",
                            ),
                        ),
                        (
                            "transport_amount",
                            models.PositiveIntegerField(
                                default=0,
                                validators=[django.core.validators.MaxValueValidator(100000000)],
                                verbose_name="uang transpor per orang (Rp)",
                            ),
                        ),
                        (
                            "transport_tax",
                            models.DecimalField(
                                decimal_places=2,
                                default=Decimal("0"),
                                max_digits=4,
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(50),
                                ],
                                verbose_name="pajak uang transpor (%)",
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "certificate_signer",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="programs.signatory",
                                verbose_name="penanda tangan sertifikat",
                            ),
                        ),
                        (
                            "pptk",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="programs.signatory",
                                verbose_name="PPTK",
                            ),
                        ),
                        (
                            "signer",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="programs.signatory",
                                verbose_name="penanda tangan surat",
                            ),
                        ),
                        (
                            "treasurer",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="programs.signatory",
                                verbose_name="bendahara",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "pengaturan surat",
                        "constraints": [
                            rtportal.lib.row_scope.RowScope(name="paper_settings_in_scope", through=("program",))
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CommitteeMember",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("place", models.PositiveSmallIntegerField(verbose_name="urutan")),
                        ("name", models.CharField(max_length=200, verbose_name="nama dengan gelar")),
                        (
                            "nip",
                            models.CharField(
                                blank=True,
                                max_length=18,
                                validators=[
                                    django.core.validators.RegexValidator("^\\d{18}$", "NIP terdiri atas 18 angka.")
                                ],
                                verbose_name="NIP",
                            ),
                        ),
                        ("position", models.CharField(blank=True, max_length=200, verbose_name="jabatan")),
                        ("duty", models.CharField(max_length=100, verbose_name="kedudukan dalam panitia")),
                        (
                            "program",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="committee",
                                to="programs.program",
                                verbose_name="program",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "anggota panitia",
                        "ordering": ["place", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("program", "place"), name="committee_place_once"),
                            rtportal.lib.row_scope.RowScope(name="committee_member_in_scope", through=("program",)),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Wave",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "number",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(999),
                                ],
                                verbose_name="gelombang ke",
                            ),
                        ),
                        ("starts_at", models.DateTimeField(verbose_name="mulai")),
                        ("ends_at", models.DateTimeField(verbose_name="selesai")),
                        (
                            "seats_acknowledged",
                            models.PositiveIntegerField(default=0, verbose_name="kursi yang disetujui"),
                        ),
                        ("invitations_opened_at", models.DateTimeField(null=True, verbose_name="undangan dibuka pada")),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "program",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="waves",
                                to="programs.program",
                                verbose_name="program",
                            ),
                        ),
                        (
                            "venue",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="waves",
                                to="programs.venue",
                                verbose_name="tempat",
                            ),
                        ),
                        (
                            "areas",
                            models.ManyToManyField(
                                related_name="+",
                                through="programs.WaveArea",
                                to="regions.region",
                                verbose_name="wilayah peserta",
                            ),
                        ),
                        (
                            "cancel_reason",
                            models.CharField(blank=True, max_length=300, verbose_name="alasan pembatalan"),
                        ),
                        ("cancelled_at", models.DateTimeField(null=True, verbose_name="dibatalkan pada")),
                        ("is_catch_up", models.BooleanField(default=False, verbose_name="gelombang susulan")),
                        (
                            "publication",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="programs.wavepublication",
                                verbose_name="jadwal terbit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "gelombang",
                        "ordering": ["starts_at", "number"],
                        "indexes": [models.Index(fields=["starts_at"], name="wave_starts_at")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("program", "number"),
                                name="wave_number_once_per_program",
                                violation_error_message="Program ini sudah mempunyai gelombang dengan nomor itu.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                                name="wave_ends_after_start",
                                violation_error_message="Waktu selesai harus setelah waktu mulai.",
                            ),
                            rtportal.lib.row_scope.RowScope(name="wave_in_scope", through=("program",)),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WaveArea",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "program",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="programs.program"
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
                            "wave",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="wave_areas",
                                to="programs.wave",
                            ),
                        ),
                        ("rw", models.CharField(blank=True, max_length=5, verbose_name="RW")),
                    ],
                    options={
                        "ordering": ["region_id", "rw"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("program", "region", "rw"),
                                name="area_in_one_wave_per_program",
                                violation_error_message="Wilayah ini sudah masuk gelombang lain dalam program yang sama.",
                            ),
                            rtportal.lib.row_scope.RowScope(name="wave_area_in_scope", through=("program",)),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HallBooking",
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
                            "venue",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="bookings",
                                to="programs.venue",
                            ),
                        ),
                        (
                            "wave",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="hall_booking",
                                to="programs.wave",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "pemakaian tempat",
                        "constraints": [
                            rtportal.lib.no_overlap.NoOverlap(
                                ends="ends_at",
                                key="venue",
                                name="hall_taken_once_at_a_time",
                                starts="starts_at",
                                violation_error_message="Tempat ini sudah dipakai gelombang lain pada waktu itu.",
                            ),
                            rtportal.lib.row_scope.RowScope(name="hall_booking_in_scope", through=("venue",)),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WavePublication",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField(verbose_name="terbitan ke")),
                        ("published_at", models.DateTimeField(verbose_name="diterbitkan pada")),
                        ("facts", models.JSONField(verbose_name="isi jadwal")),
                        ("changes", models.JSONField(default=list, verbose_name="perubahan")),
                        ("acknowledged", models.JSONField(default=list, verbose_name="peringatan yang disetujui")),
                        (
                            "published_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="diterbitkan oleh",
                            ),
                        ),
                        (
                            "wave",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="publications",
                                to="programs.wave",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "terbitan jadwal",
                        "ordering": ["-number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("wave", "number"), name="publication_number_once_per_wave"),
                            rtportal.lib.row_scope.RowScope(name="wave_publication_in_scope", through=("wave",)),
                        ],
                    },
                ),
            ],
        ),
    ]
