"""What 0001 to 0024 come to, for databases that had none of them."""

import django.db.models.deletion
import django.db.models.functions.text
import rtportal.lib.create_tables
import rtportal.lib.row_scope
import rtportal.lib.sealed
import uuid
from django.conf import settings
from django.db import migrations, models

from rtportal.lib.column_statistics import know_finely


# What a region's code begins with is what every list asks for first.
def know_regions(apps, schema_editor):
    know_finely(schema_editor, "participants_rt", "village_id")
    know_finely(schema_editor, "participants_enrolment", "village_id")


class Migration(migrations.Migration):
    replaces = [
        ("participants", "0001_initial"),
        ("participants", "0002_follow_a_roster_import_to_its_end"),
        ("participants", "0003_move_wait_and_catch_up"),
        ("participants", "0004_say_what_old_invitations_told"),
        ("participants", "0005_reach_people_in_a_chain"),
        ("participants", "0006_take_answers_by_reply"),
        ("participants", "0007_give_everybody_a_short_code"),
        ("participants", "0008_record_the_door"),
        ("participants", "0009_seat_each_rt_once"),
        ("participants", "0010_count_wrong_digits"),
        ("participants", "0011_print_sheets_before_they_are_entered"),
        ("participants", "0012_keep_decisions_about_substitutes"),
        ("participants", "0013_tell_successors_anew"),
        ("participants", "0014_find_what_was_undone"),
        ("participants", "0015_say_who_substitutes_are"),
        ("participants", "0016_write_fewer_indexes_at_the_door"),
        ("participants", "0017_repair_rosters_and_issue_papers"),
        ("participants", "0018_undo_rosters_by_the_worker"),
        ("participants", "0019_keep_data_requests_with_a_clock"),
        ("participants", "0020_find_rows_in_a_whole_country"),
        ("participants", "0021_know_regions_finely"),
        ("participants", "0022_guard_rows"),
        ("participants", "0023_seal_telephones_and_addresses"),
        ("participants", "0024_seal_what_was_plain"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_squashed_0002_guard_rows"),
        ("messaging", "0001_squashed_0015_seal_what_was_plain"),
        ("programs", "0001_squashed_0010_guard_rows"),
        ("regions", "0001_initial"),
        ("training_sessions", "0001_squashed_0010_seal_what_was_plain"),
    ]

    operations = [
        rtportal.lib.create_tables.CreateTables(
            operations=[
                migrations.CreateModel(
                    name="RT",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("rw", models.CharField(blank=True, max_length=5, verbose_name="RW")),
                        ("number", models.CharField(max_length=5, verbose_name="RT")),
                        ("is_active", models.BooleanField(default=True, verbose_name="aktif")),
                        (
                            "village",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="regions.region",
                                verbose_name="kelurahan/desa",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "RT",
                        "ordering": ["village_id", "rw", "number"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("is_active", True)),
                                fields=("village", "rw", "number"),
                                name="rt_number_once_per_village",
                                violation_error_message="RT dengan nomor ini sudah ada di kelurahan/desa tersebut.",
                            ),
                            rtportal.lib.row_scope.RowScope(field="village_id", name="rt_in_scope"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RTHead",
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
                        (
                            "phone",
                            rtportal.lib.sealed.SealedCharField(
                                blank=True, context="address", max_length=16, verbose_name="nomor HP"
                            ),
                        ),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="alamat e-mail")),
                        ("nik_encrypted", models.CharField(blank=True, max_length=255, verbose_name="NIK")),
                        ("nik_digest", models.CharField(blank=True, db_index=True, max_length=64)),
                        ("term_starts_on", models.DateField(null=True, verbose_name="awal masa bakti")),
                        ("term_ends_on", models.DateField(null=True, verbose_name="akhir masa bakti")),
                        (
                            "status",
                            models.CharField(
                                choices=[("definitif", "Definitif"), ("plt", "Plt"), ("perpanjangan", "Perpanjangan")],
                                default="definitif",
                                max_length=12,
                                verbose_name="status",
                            ),
                        ),
                        ("is_current", models.BooleanField(default=True, verbose_name="sedang menjabat")),
                        ("is_synthetic", models.BooleanField(default=False, verbose_name="data contoh")),
                        (
                            "rt",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="heads",
                                to="participants.rt",
                                verbose_name="RT",
                            ),
                        ),
                        (
                            "preferred_channel",
                            models.CharField(blank=True, max_length=20, verbose_name="saluran pilihan"),
                        ),
                    ],
                    options={
                        "verbose_name": "ketua RT",
                        "ordering": ["rt__village_id", "rt__rw", "rt__number"],
                        "indexes": [
                            models.Index(fields=["name"], name="rthead_name"),
                            models.Index(
                                condition=models.Q(("phone", ""), _negated=True), fields=["phone"], name="rthead_phone"
                            ),
                            models.Index(django.db.models.functions.text.Upper("email"), name="rthead_email"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("is_current", True)),
                                fields=("rt",),
                                name="one_current_head_per_rt",
                                violation_error_message="RT ini sudah mempunyai ketua yang sedang menjabat.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("term_starts_on__isnull", True),
                                    ("term_ends_on__isnull", True),
                                    ("term_ends_on__gte", models.F("term_starts_on")),
                                    _connector="OR",
                                ),
                                name="term_ends_after_start",
                                violation_error_message="Akhir masa bakti harus setelah awalnya.",
                            ),
                            rtportal.lib.row_scope.RowScope(name="rt_head_in_scope", through=("rt",)),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Enrolment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("invited_at", models.DateTimeField(verbose_name="diundang pada")),
                        ("link_id", models.UUIDField(default=uuid.uuid4)),
                        ("link_hash", models.CharField(max_length=64, unique=True)),
                        ("link_revoked_at", models.DateTimeField(null=True, verbose_name="tautan dicabut pada")),
                        (
                            "answer",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("confirmed", "Hadir"),
                                    ("declined", "Berhalangan"),
                                    ("represented", "Diwakili"),
                                ],
                                max_length=12,
                                verbose_name="jawaban",
                            ),
                        ),
                        ("answered_at", models.DateTimeField(null=True, verbose_name="dijawab pada")),
                        ("reason", models.CharField(blank=True, max_length=300, verbose_name="alasan")),
                        ("substitute_name", models.CharField(blank=True, max_length=120, verbose_name="nama wakil")),
                        (
                            "substitute_phone",
                            rtportal.lib.sealed.SealedCharField(
                                blank=True, context="address", max_length=16, verbose_name="nomor HP wakil"
                            ),
                        ),
                        (
                            "companion_name",
                            models.CharField(blank=True, max_length=120, verbose_name="nama pendamping"),
                        ),
                        (
                            "program",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="programs.program"
                            ),
                        ),
                        (
                            "village",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="regions.region",
                                verbose_name="kelurahan/desa",
                            ),
                        ),
                        (
                            "wave",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="enrolments",
                                to="programs.wave",
                                verbose_name="gelombang",
                            ),
                        ),
                        (
                            "head",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="enrolments",
                                to="participants.rthead",
                                verbose_name="ketua RT",
                            ),
                        ),
                        (
                            "follows",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="followed_by",
                                to="participants.enrolment",
                                verbose_name="kelanjutan dari",
                            ),
                        ),
                        ("group", models.CharField(blank=True, max_length=60, verbose_name="kelompok")),
                        ("superseded_at", models.DateTimeField(null=True, verbose_name="dilanjutkan pada")),
                        (
                            "short_code",
                            models.CharField(max_length=6, null=True, unique=True, verbose_name="kode pendek"),
                        ),
                        ("row_number", models.PositiveIntegerField(null=True, verbose_name="nomor baris")),
                        (
                            "rt",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="enrolments",
                                to="participants.rt",
                                verbose_name="RT",
                            ),
                        ),
                        (
                            "substitute_decided_at",
                            models.DateTimeField(null=True, verbose_name="wakil diputuskan pada"),
                        ),
                        (
                            "substitute_decided_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "substitute_key",
                            rtportal.lib.sealed.SealedCharField(blank=True, context="substitute", max_length=140),
                        ),
                        (
                            "substitute_letter_at",
                            models.DateTimeField(null=True, verbose_name="surat tugas wakil diterima pada"),
                        ),
                        (
                            "substitute_relation",
                            models.CharField(blank=True, max_length=60, verbose_name="hubungan wakil"),
                        ),
                        (
                            "substitute_state",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("pending", "menunggu persetujuan"),
                                    ("approved", "disetujui"),
                                    ("refused", "ditolak"),
                                ],
                                max_length=8,
                                verbose_name="persetujuan wakil",
                            ),
                        ),
                        (
                            "digits_again_at",
                            models.DateTimeField(null=True, verbose_name="empat angka dapat dicoba lagi pada"),
                        ),
                        ("wrong_digits", models.PositiveSmallIntegerField(default=0, verbose_name="salah empat angka")),
                        (
                            "substitute_note",
                            models.CharField(blank=True, max_length=300, verbose_name="alasan wakil ditolak"),
                        ),
                    ],
                    options={
                        "verbose_name": "peserta",
                        "ordering": ["village_id", "id"],
                        "indexes": [
                            models.Index(fields=["wave", "answer"], name="enrolment_wave_answer"),
                            models.Index(fields=["wave", "village"], name="enrolment_wave_village"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answer", ""), ("answered_at__isnull", True)),
                                    models.Q(models.Q(("answer", ""), _negated=True), ("answered_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="answered_at_with_answer",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answer", "represented"), _negated=True),
                                    models.Q(("substitute_name", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="represented_by_somebody",
                                violation_error_message="Isi nama wakil.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("superseded_at", None)),
                                fields=("program", "head"),
                                name="one_wave_per_head_per_program",
                                violation_error_message="Ketua RT ini sudah terdaftar pada gelombang lain dalam program yang sama.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("superseded_at", None)),
                                fields=("program", "rt"),
                                name="one_seat_per_rt_per_program",
                                violation_error_message="RT ini sudah mempunyai undangan dalam program yang sama.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    models.Q(("substitute_key", ""), _negated=True), ("superseded_at", None)
                                ),
                                fields=("wave", "substitute_key"),
                                name="substitute_once_per_wave",
                                violation_error_message="Orang ini sudah menjadi wakil ketua RT lain pada gelombang yang sama.",
                            ),
                            models.UniqueConstraint(fields=("wave", "row_number"), name="row_number_once_per_wave"),
                            rtportal.lib.row_scope.RowScope(field="village_id", name="enrolment_in_scope"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Answer",
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
                                    ("confirmed", "Hadir"),
                                    ("declined", "Berhalangan"),
                                    ("represented", "Diwakili"),
                                ],
                                max_length=12,
                                verbose_name="jawaban",
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=300, verbose_name="alasan")),
                        ("substitute_name", models.CharField(blank=True, max_length=120, verbose_name="nama wakil")),
                        (
                            "substitute_phone",
                            rtportal.lib.sealed.SealedCharField(
                                blank=True, context="address", max_length=16, verbose_name="nomor HP wakil"
                            ),
                        ),
                        (
                            "companion_name",
                            models.CharField(blank=True, max_length=120, verbose_name="nama pendamping"),
                        ),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("link", "tautan pribadi"),
                                    ("phone", "telepon"),
                                    ("whatsapp", "WhatsApp"),
                                    ("reply", "balasan pesan"),
                                    ("in_person", "tatap muka"),
                                    ("letter", "surat"),
                                ],
                                max_length=10,
                                verbose_name="lewat",
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="waktu")),
                        (
                            "actor",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "enrolment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="answers",
                                to="participants.enrolment",
                            ),
                        ),
                        (
                            "substitute_relation",
                            models.CharField(blank=True, max_length=60, verbose_name="hubungan wakil"),
                        ),
                    ],
                    options={
                        "verbose_name": "jawaban",
                        "ordering": ["-id"],
                        "constraints": [
                            rtportal.lib.row_scope.RowScope(name="answer_in_scope", through=("enrolment",))
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Reminder",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("due_at", models.DateTimeField(verbose_name="dikirim mulai")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("pending", "menunggu"),
                                    ("done", "dikirim"),
                                    ("late", "terlambat"),
                                    ("skipped", "dilewati"),
                                ],
                                default="pending",
                                max_length=8,
                                verbose_name="keadaan",
                            ),
                        ),
                        ("closed_at", models.DateTimeField(null=True, verbose_name="selesai pada")),
                        ("message_count", models.PositiveIntegerField(default=0, verbose_name="jumlah pesan")),
                        (
                            "rule",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reminders",
                                to="programs.reminderrule",
                            ),
                        ),
                        (
                            "wave",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reminders",
                                to="programs.wave",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "pengingat",
                        "ordering": ["due_at"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "pending")), fields=["due_at"], name="reminder_due"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("wave", "rule"), name="reminder_once_per_rule"),
                            rtportal.lib.row_scope.RowScope(name="reminder_in_scope", through=("wave",)),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RosterImport",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("uploaded_at", models.DateTimeField(verbose_name="diunggah pada")),
                        ("filename", models.CharField(max_length=200, verbose_name="nama berkas")),
                        ("path", models.CharField(blank=True, max_length=200)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("uploaded", "menunggu diperiksa"),
                                    ("asked", "menunggu jawaban Anda"),
                                    ("refused", "ditolak"),
                                    ("previewed", "siap diterapkan"),
                                    ("approved", "menunggu diterapkan"),
                                    ("applied", "sudah diterapkan"),
                                    ("cancelled", "dibatalkan"),
                                    ("undoing", "menunggu diurungkan"),
                                    ("undone", "diurungkan"),
                                ],
                                default="uploaded",
                                max_length=10,
                                verbose_name="keadaan",
                            ),
                        ),
                        ("refusal", models.CharField(blank=True, max_length=1000, verbose_name="alasan penolakan")),
                        ("rows_total", models.PositiveIntegerField(default=0, verbose_name="jumlah baris")),
                        ("rows_done", models.PositiveIntegerField(default=0, verbose_name="baris diperiksa")),
                        ("new_count", models.PositiveIntegerField(default=0, verbose_name="baru")),
                        ("changed_count", models.PositiveIntegerField(default=0, verbose_name="berubah")),
                        ("unchanged_count", models.PositiveIntegerField(default=0, verbose_name="tetap")),
                        (
                            "faults",
                            rtportal.lib.sealed.SealedJSONField(
                                context="roster", default=list, verbose_name="baris bermasalah"
                            ),
                        ),
                        (
                            "preview",
                            rtportal.lib.sealed.SealedJSONField(
                                context="roster", default=dict, verbose_name="pratinjau"
                            ),
                        ),
                        ("lease_until", models.DateTimeField(null=True)),
                        ("applied_at", models.DateTimeField(null=True, verbose_name="diterapkan pada")),
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
                            "uploaded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "approved_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        ("fault_count", models.PositiveIntegerField(default=0, verbose_name="bermasalah")),
                        ("fingerprint", models.CharField(blank=True, max_length=64)),
                        ("missing_count", models.PositiveIntegerField(default=0, verbose_name="tidak ada di berkas")),
                        ("replaced_count", models.PositiveIntegerField(default=0, verbose_name="ganti ketua")),
                        ("restated_at", models.DateTimeField(null=True, verbose_name="pratinjau diperbarui pada")),
                        (
                            "decisions",
                            rtportal.lib.sealed.SealedJSONField(
                                context="roster", default=dict, verbose_name="keputusan"
                            ),
                        ),
                        ("ended_count", models.PositiveIntegerField(default=0, verbose_name="diakhiri")),
                        (
                            "questions",
                            rtportal.lib.sealed.SealedJSONField(
                                context="roster", default=list, verbose_name="pertanyaan"
                            ),
                        ),
                        ("repair_count", models.PositiveIntegerField(default=0, verbose_name="diperbaiki")),
                        ("undone_at", models.DateTimeField(null=True, verbose_name="diurungkan pada")),
                        (
                            "undone_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("warning_count", models.PositiveIntegerField(default=0, verbose_name="peringatan")),
                    ],
                    options={
                        "verbose_name": "impor daftar ketua RT",
                        "ordering": ["-id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state__in", ["uploaded", "approved", "undoing"])),
                                fields=["lease_until"],
                                name="import_waiting",
                            )
                        ],
                        "constraints": [
                            rtportal.lib.row_scope.RowScope(field="region_id", name="roster_import_in_scope")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EnrolmentMove",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "cause",
                            models.CharField(
                                choices=[
                                    ("moved", "dipindahkan"),
                                    ("swapped", "ditukar"),
                                    ("promoted", "naik dari daftar tunggu"),
                                    ("poured", "dialihkan karena gelombang dibatalkan"),
                                    ("caught_up", "diundang ke gelombang susulan"),
                                ],
                                max_length=10,
                                verbose_name="sebab",
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=300, verbose_name="alasan")),
                        ("at", models.DateTimeField(verbose_name="waktu")),
                        (
                            "actor",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "enrolment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="moves",
                                to="participants.enrolment",
                            ),
                        ),
                        (
                            "from_wave",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="programs.wave",
                                verbose_name="dari",
                            ),
                        ),
                        (
                            "to_wave",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="programs.wave",
                                verbose_name="ke",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "perpindahan",
                        "ordering": ["-id"],
                        "constraints": [
                            rtportal.lib.row_scope.RowScope(name="enrolment_move_in_scope", through=("enrolment",))
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WaitingPlace",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("since", models.DateTimeField(verbose_name="sejak")),
                        ("closed_at", models.DateTimeField(null=True, verbose_name="selesai pada")),
                        (
                            "actor",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "enrolment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="waiting_places",
                                to="participants.enrolment",
                            ),
                        ),
                        (
                            "wave",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="waiting_places",
                                to="programs.wave",
                                verbose_name="menunggu",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "daftar tunggu",
                        "ordering": ["since", "id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("closed_at", None)), fields=["wave", "since"], name="waiting_wave"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("closed_at", None)),
                                fields=("enrolment",),
                                name="waits_for_one_wave_at_a_time",
                            ),
                            rtportal.lib.row_scope.RowScope(name="waiting_place_in_scope", through=("enrolment",)),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DataCorrection",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("wanted", rtportal.lib.sealed.SealedJSONField(context="correction", verbose_name="diminta")),
                        ("before", rtportal.lib.sealed.SealedJSONField(context="correction", verbose_name="semula")),
                        ("note", models.CharField(blank=True, max_length=300, verbose_name="keterangan")),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "menunggu"), ("accepted", "diterima"), ("refused", "ditolak")],
                                default="open",
                                max_length=8,
                                verbose_name="keadaan",
                            ),
                        ),
                        ("requested_at", models.DateTimeField(verbose_name="diminta pada")),
                        ("due_at", models.DateTimeField(verbose_name="batas waktu")),
                        ("decided_at", models.DateTimeField(null=True, verbose_name="diputuskan pada")),
                        ("decision_note", models.CharField(blank=True, max_length=300, verbose_name="alasan")),
                        (
                            "decided_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "enrolment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="data_corrections",
                                to="participants.enrolment",
                            ),
                        ),
                        (
                            "head",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="data_corrections",
                                to="participants.rthead",
                                verbose_name="ketua RT",
                            ),
                        ),
                        (
                            "village",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="regions.region",
                                verbose_name="kelurahan/desa",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "perbaikan data",
                        "ordering": ["due_at", "id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "open")),
                                fields=["village", "due_at"],
                                name="correction_waiting",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "open")),
                                fields=("head",),
                                name="one_open_correction_per_head",
                                violation_error_message="Permintaan sebelumnya masih diperiksa.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decided_at__isnull", True), ("state", "open")),
                                    models.Q(models.Q(("state", "open"), _negated=True), ("decided_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="correction_decided_with_time",
                            ),
                            rtportal.lib.row_scope.RowScope(field="village_id", name="data_correction_in_scope"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DoorDevice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=40, verbose_name="nama meja")),
                        ("link_id", models.UUIDField(default=uuid.uuid4)),
                        ("link_hash", models.CharField(max_length=64, unique=True)),
                        ("created_at", models.DateTimeField(verbose_name="dibuat pada")),
                        ("expires_at", models.DateTimeField(verbose_name="berlaku sampai")),
                        ("revoked_at", models.DateTimeField(null=True, verbose_name="dicabut pada")),
                        ("opened_at", models.DateTimeField(null=True, verbose_name="pertama dibuka")),
                        ("seen_at", models.DateTimeField(null=True, verbose_name="terakhir terhubung")),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "wave",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="door_devices",
                                to="programs.wave",
                                verbose_name="gelombang",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "meja pintu",
                        "ordering": ["wave_id", "name"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("revoked_at", None)),
                                fields=("wave", "name"),
                                name="desk_name_once_per_wave",
                                violation_error_message="Gelombang ini sudah mempunyai meja dengan nama itu.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("expires_at__gt", models.F("created_at"))),
                                name="desk_expires_later",
                            ),
                            rtportal.lib.row_scope.RowScope(name="door_device_in_scope", through=("wave",)),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Attendance",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("marked_at", models.DateTimeField(verbose_name="hadir sejak")),
                        (
                            "marked_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="dicatat oleh",
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attendances",
                                to="training_sessions.trainingsession",
                                verbose_name="sesi",
                            ),
                        ),
                        (
                            "enrolment",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attendances",
                                to="participants.enrolment",
                            ),
                        ),
                        ("companions", models.PositiveSmallIntegerField(default=0, verbose_name="pendamping")),
                        ("left_at", models.DateTimeField(null=True, verbose_name="keluar pada")),
                        ("minutes", models.PositiveSmallIntegerField(null=True, verbose_name="menit hadir")),
                        (
                            "device",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="participants.doordevice",
                                verbose_name="dicatat di",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "kehadiran",
                        "indexes": [models.Index(fields=["session", "marked_at"], name="attendance_session_time")],
                        "constraints": [
                            models.UniqueConstraint(fields=("enrolment", "session"), name="present_once_per_session"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("marked_by__isnull", False), ("device__isnull", False), _connector="OR"
                                ),
                                name="attendance_by_somebody",
                            ),
                            rtportal.lib.row_scope.RowScope(name="attendance_in_scope", through=("enrolment",)),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EnrolmentSuccession",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="waktu")),
                        (
                            "actor",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "enrolment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="successions",
                                to="participants.enrolment",
                            ),
                        ),
                        (
                            "from_head",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="participants.rthead",
                                verbose_name="dari",
                            ),
                        ),
                        (
                            "to_head",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="participants.rthead",
                                verbose_name="kepada",
                            ),
                        ),
                        ("last_message_id", models.BigIntegerField(default=0)),
                    ],
                    options={
                        "verbose_name": "alih undangan",
                        "ordering": ["-id"],
                        "constraints": [
                            rtportal.lib.row_scope.RowScope(
                                name="enrolment_succession_in_scope", through=("enrolment",)
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PaperSheet",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("entered_at", models.DateTimeField(null=True, verbose_name="dimasukkan pada")),
                        ("version", models.PositiveIntegerField(default=0)),
                        (
                            "entered_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "session",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="paper_sheet",
                                to="training_sessions.trainingsession",
                                verbose_name="sesi",
                            ),
                        ),
                        (
                            "last_row",
                            models.PositiveIntegerField(default=0, verbose_name="nomor baris terakhir yang dicetak"),
                        ),
                    ],
                    options={
                        "verbose_name": "lembar tanda tangan",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("entered_at", None), ("entered_by", None), ("version", 0)),
                                    models.Q(
                                        ("entered_at__isnull", False), ("entered_by__isnull", False), ("version__gt", 0)
                                    ),
                                    _connector="OR",
                                ),
                                name="sheet_entered_by_somebody",
                            ),
                            rtportal.lib.row_scope.RowScope(name="paper_sheet_in_scope", through=("session",)),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PaperLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("is_signed", models.BooleanField(verbose_name="tanda tangan")),
                        ("settled_at", models.DateTimeField(null=True, verbose_name="diputuskan pada")),
                        ("settled_note", models.CharField(blank=True, max_length=200, verbose_name="keputusan")),
                        (
                            "enrolment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="paper_lines",
                                to="participants.enrolment",
                            ),
                        ),
                        (
                            "settled_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "sheet",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lines",
                                to="participants.papersheet",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "baris lembar tanda tangan",
                        "ordering": ["enrolment__row_number", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("sheet", "enrolment"), name="one_line_per_person"),
                            rtportal.lib.row_scope.RowScope(name="paper_line_in_scope", through=("enrolment",)),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RetiredPass",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("link_hash", models.CharField(max_length=64, unique=True)),
                        (
                            "short_code",
                            models.CharField(max_length=6, null=True, unique=True, verbose_name="kode pendek"),
                        ),
                        (
                            "cause",
                            models.CharField(
                                choices=[
                                    ("reissued", "diganti dengan yang baru"),
                                    ("revoked", "dicabut"),
                                    ("succeeded", "beralih ke ketua RT yang baru"),
                                ],
                                max_length=10,
                                verbose_name="sebab",
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="waktu")),
                        (
                            "enrolment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="retired_passes",
                                to="participants.enrolment",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "pas yang tidak berlaku",
                        "ordering": ["-id"],
                        "constraints": [
                            rtportal.lib.row_scope.RowScope(name="retired_pass_in_scope", through=("enrolment",))
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WalkIn",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="nama")),
                        ("unit", models.CharField(blank=True, max_length=40, verbose_name="RT")),
                        ("place", models.CharField(blank=True, max_length=80, verbose_name="kelurahan/desa")),
                        ("taken_in_at", models.DateTimeField(verbose_name="datang pada")),
                        ("has_enrolled", models.BooleanField(default=False)),
                        ("matched_at", models.DateTimeField(null=True, verbose_name="dicocokkan pada")),
                        ("dropped_at", models.DateTimeField(null=True, verbose_name="dibatalkan pada")),
                        (
                            "enrolment",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="walk_ins",
                                to="participants.enrolment",
                            ),
                        ),
                        (
                            "matched_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "village",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="regions.region",
                            ),
                        ),
                        (
                            "wave",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="walk_ins",
                                to="programs.wave",
                                verbose_name="gelombang",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "tamu tanpa undangan",
                        "ordering": ["taken_in_at", "id"],
                        "indexes": [models.Index(fields=["wave", "taken_in_at"], name="walk_in_wave")],
                        "constraints": [
                            rtportal.lib.row_scope.RowScope(name="walk_in_in_scope", through=("wave", "enrolment"))
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AttendanceEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("uid", models.UUIDField(default=uuid.uuid4, unique=True)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("in", "masuk"),
                                    ("out", "keluar"),
                                    ("undo", "dibatalkan di meja"),
                                    ("clear", "dihapus petugas"),
                                ],
                                max_length=5,
                                verbose_name="catatan",
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("door", "pintu"),
                                    ("list", "daftar di layar"),
                                    ("paper", "lembar tanda tangan"),
                                ],
                                max_length=5,
                                verbose_name="dari",
                            ),
                        ),
                        ("seq", models.PositiveIntegerField(default=0)),
                        ("code", models.CharField(blank=True, max_length=64, verbose_name="kode")),
                        ("companions", models.PositiveSmallIntegerField(default=0, verbose_name="pendamping")),
                        ("undoes", models.UUIDField(null=True, verbose_name="membatalkan")),
                        ("at", models.DateTimeField(verbose_name="waktu")),
                        ("device_at", models.DateTimeField(null=True, verbose_name="menurut perangkat")),
                        ("received_at", models.DateTimeField(verbose_name="diterima pada")),
                        ("shown", models.CharField(blank=True, max_length=16, verbose_name="yang tampil di meja")),
                        ("was_offline", models.BooleanField(default=False, verbose_name="tanpa jaringan")),
                        (
                            "problem",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("double", "dicatat masuk di dua meja"),
                                    ("not_in", "keluar tanpa pernah masuk"),
                                    ("two_places", "dicatat di dua sesi pada waktu yang sama"),
                                    ("unknown", "kode tidak dikenal"),
                                    ("revoked", "pas sudah dicabut"),
                                    ("wrong_wave", "terdaftar pada gelombang lain"),
                                    ("clock", "jam perangkat tidak masuk akal"),
                                    ("late_undo", "dibatalkan setelah lebih dari dua menit"),
                                ],
                                max_length=12,
                                verbose_name="perlu diperiksa",
                            ),
                        ),
                        ("settled_at", models.DateTimeField(null=True, verbose_name="diperiksa pada")),
                        ("settled_note", models.CharField(blank=True, max_length=200, verbose_name="keputusan")),
                        (
                            "actor",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "enrolment",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attendance_events",
                                to="participants.enrolment",
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attendance_events",
                                to="training_sessions.trainingsession",
                                verbose_name="sesi",
                            ),
                        ),
                        (
                            "settled_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "wave",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="attendance_events",
                                to="programs.wave",
                            ),
                        ),
                        (
                            "device",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attendance_events",
                                to="participants.doordevice",
                            ),
                        ),
                        (
                            "walk_in",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attendance_events",
                                to="participants.walkin",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "catatan kehadiran",
                        "ordering": ["at", "device_id", "seq", "id"],
                        "indexes": [
                            models.Index(fields=["enrolment", "session"], name="attendance_event_pair"),
                            models.Index(fields=["wave", "received_at"], name="attendance_event_arrival"),
                            models.Index(
                                condition=models.Q(models.Q(("problem", ""), _negated=True), ("settled_at", None)),
                                fields=["wave", "at"],
                                name="attendance_event_problem",
                            ),
                            models.Index(
                                condition=models.Q(("undoes__isnull", False)),
                                fields=["undoes"],
                                name="attendance_event_undoes",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("device__isnull", False), ("actor__isnull", False), _connector="OR"
                                ),
                                name="attendance_event_by_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "undo"), _negated=True),
                                    ("undoes__isnull", False),
                                    _connector="OR",
                                ),
                                name="undo_says_what",
                            ),
                            rtportal.lib.row_scope.RowScope(
                                name="attendance_event_in_scope", through=("wave", "enrolment")
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SubstituteDecision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("approved", "disetujui"),
                                    ("refused", "ditolak"),
                                    ("letter", "surat tugas diterima"),
                                    ("no_letter", "surat tugas belum diterima"),
                                ],
                                max_length=9,
                                verbose_name="keputusan",
                            ),
                        ),
                        ("substitute_name", models.CharField(max_length=120, verbose_name="nama wakil")),
                        ("note", models.CharField(blank=True, max_length=300, verbose_name="alasan")),
                        ("at", models.DateTimeField(verbose_name="waktu")),
                        (
                            "actor",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "enrolment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="substitute_decisions",
                                to="participants.enrolment",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "keputusan tentang wakil",
                        "ordering": ["-id"],
                        "constraints": [
                            rtportal.lib.row_scope.RowScope(name="substitute_decision_in_scope", through=("enrolment",))
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RosterUndo",
                    fields=[
                        (
                            "roster_import",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="undo",
                                serialize=False,
                                to="participants.rosterimport",
                            ),
                        ),
                        (
                            "changes",
                            rtportal.lib.sealed.SealedJSONField(context="roster undo", verbose_name="perubahan"),
                        ),
                        ("until", models.DateTimeField(db_index=True, verbose_name="dapat diurungkan sampai")),
                    ],
                    options={
                        "verbose_name": "urungan impor",
                        "constraints": [
                            rtportal.lib.row_scope.RowScope(name="roster_undo_in_scope", through=("roster_import",))
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WaveReport",
                    fields=[
                        (
                            "wave",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="report",
                                serialize=False,
                                to="programs.wave",
                            ),
                        ),
                        ("minutes", models.TextField(blank=True, max_length=20000, verbose_name="notulen")),
                        ("evaluation", models.TextField(blank=True, max_length=10000, verbose_name="evaluasi")),
                        (
                            "conclusion",
                            models.TextField(blank=True, max_length=10000, verbose_name="kesimpulan dan saran"),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "verbose_name": "laporan kegiatan",
                        "constraints": [
                            rtportal.lib.row_scope.RowScope(name="wave_report_in_scope", through=("wave",))
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WavePhoto",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                        ("path", models.CharField(max_length=200)),
                        ("caption", models.CharField(blank=True, max_length=200, verbose_name="keterangan")),
                        ("uploaded_at", models.DateTimeField(verbose_name="diunggah pada")),
                        (
                            "uploaded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "wave",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="photos",
                                to="programs.wave",
                                verbose_name="gelombang",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "foto kegiatan",
                        "ordering": ["uploaded_at", "id"],
                        "constraints": [rtportal.lib.row_scope.RowScope(name="wave_photo_in_scope", through=("wave",))],
                    },
                ),
                migrations.CreateModel(
                    name="Certificate",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("serial", models.PositiveIntegerField(verbose_name="nomor urut")),
                        ("number", models.CharField(max_length=120, verbose_name="nomor")),
                        ("holder", models.CharField(max_length=240, verbose_name="nama")),
                        ("represents", models.CharField(blank=True, max_length=240, verbose_name="mewakili")),
                        ("share", models.PositiveSmallIntegerField(verbose_name="kehadiran (%)")),
                        ("check_code", models.CharField(max_length=24, unique=True, verbose_name="kode periksa")),
                        ("issued_at", models.DateTimeField(verbose_name="diterbitkan pada")),
                        ("revoked_at", models.DateTimeField(null=True, verbose_name="dicabut pada")),
                        ("revoke_reason", models.CharField(blank=True, max_length=300, verbose_name="alasan dicabut")),
                        (
                            "enrolment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="certificates",
                                to="participants.enrolment",
                                verbose_name="peserta",
                            ),
                        ),
                        (
                            "issued_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "program",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="programs.program"
                            ),
                        ),
                        (
                            "revoked_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "sertifikat",
                        "ordering": ["program_id", "serial"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("program", "serial"), name="certificate_serial_once_per_program"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("revoked_at", None)),
                                fields=("enrolment",),
                                name="one_valid_certificate_per_participant",
                                violation_error_message="Peserta ini sudah mempunyai sertifikat.",
                            ),
                            rtportal.lib.row_scope.RowScope(name="certificate_in_scope", through=("enrolment",)),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ColumnMapping",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("header", models.CharField(max_length=64)),
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
                        "verbose_name": "susunan kolom",
                        "constraints": [
                            models.UniqueConstraint(fields=("region", "header"), name="column_mapping_once_per_header"),
                            rtportal.lib.row_scope.RowScope(field="region_id", name="column_mapping_in_scope"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Payment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("amount", models.PositiveIntegerField(verbose_name="jumlah (Rp)")),
                        ("tax", models.PositiveIntegerField(default=0, verbose_name="pajak (Rp)")),
                        ("received_by", models.CharField(max_length=240, verbose_name="penerima")),
                        ("paid_at", models.DateTimeField(verbose_name="dibayar pada")),
                        (
                            "enrolment",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="payment",
                                to="participants.enrolment",
                                verbose_name="peserta",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "pembayaran",
                        "ordering": ["enrolment_id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("tax__lte", models.F("amount"))),
                                name="tax_below_amount",
                                violation_error_message="Pajak tidak boleh melebihi jumlahnya.",
                            ),
                            rtportal.lib.row_scope.RowScope(name="payment_in_scope", through=("enrolment",)),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DataRequest",
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
                                    ("copy", "Salinan data"),
                                    ("erasure", "Penghapusan data"),
                                    ("restriction", "Pembatasan pemakaian data"),
                                ],
                                max_length=12,
                                verbose_name="permintaan",
                            ),
                        ),
                        (
                            "came_by",
                            models.CharField(
                                choices=[
                                    ("page", "halaman pribadi"),
                                    ("letter", "surat"),
                                    ("phone", "telepon"),
                                    ("desk", "datang ke kantor"),
                                ],
                                max_length=8,
                                verbose_name="lewat",
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=500, verbose_name="keterangan")),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "menunggu"), ("done", "dipenuhi"), ("refused", "ditolak")],
                                default="open",
                                max_length=8,
                                verbose_name="keadaan",
                            ),
                        ),
                        ("requested_at", models.DateTimeField(verbose_name="diminta pada")),
                        ("due_at", models.DateTimeField(verbose_name="batas waktu")),
                        ("decided_at", models.DateTimeField(null=True, verbose_name="dijawab pada")),
                        ("decision_note", models.CharField(blank=True, max_length=500, verbose_name="jawaban")),
                        (
                            "decided_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "head",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="data_requests",
                                to="participants.rthead",
                                verbose_name="ketua RT",
                            ),
                        ),
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
                            "region",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="regions.region",
                                verbose_name="kelurahan/desa",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "permintaan data pribadi",
                        "ordering": ["due_at", "id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "open")),
                                fields=["region", "due_at"],
                                name="data_request_waiting",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "open")),
                                fields=("head", "kind"),
                                name="one_open_request_of_a_kind_per_head",
                                violation_error_message="Permintaan yang sama masih menunggu jawaban.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decided_at__isnull", True), ("state", "open")),
                                    models.Q(
                                        models.Q(("state", "open"), _negated=True),
                                        ("decided_at__isnull", False),
                                        models.Q(("decision_note", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="request_answered_with_words",
                            ),
                            rtportal.lib.row_scope.RowScope(field="region_id", name="data_request_in_scope"),
                        ],
                    },
                ),
            ],
        ),
        migrations.RunPython(know_regions, migrations.RunPython.noop, elidable=False),
    ]
