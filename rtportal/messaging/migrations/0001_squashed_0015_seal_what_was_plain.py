"""What 0001 to 0015 come to, for databases that had none of them."""

import datetime
import django.db.models.deletion
import rtportal.lib.create_tables
import rtportal.lib.row_scope
import rtportal.lib.sealed
from django.conf import settings
from django.db import migrations, models

from rtportal.lib.column_statistics import know_finely


# What a region's code begins with is what every list asks for first.
def know_regions(apps, schema_editor):
    know_finely(schema_editor, "messaging_message", "region_code")


class Migration(migrations.Migration):
    replaces = [
        ("messaging", "0001_initial"),
        ("messaging", "0002_keep_fewer_indexes_on_messages"),
        ("messaging", "0003_find_the_newest_message_about_somebody"),
        ("messaging", "0004_say_which_edition_a_message_told"),
        ("messaging", "0005_name_states_as_providers_report_them"),
        ("messaging", "0006_reach_people_over_several_channels"),
        ("messaging", "0007_keep_who_opened_a_task"),
        ("messaging", "0008_say_how_long_a_template_may_be_delivered"),
        ("messaging", "0009_find_what_was_not_delivered"),
        ("messaging", "0010_plain_outcome"),
        ("messaging", "0011_find_rows_in_a_whole_country"),
        ("messaging", "0012_know_regions_finely"),
        ("messaging", "0013_guard_rows"),
        ("messaging", "0014_seal_telephones_and_addresses"),
        ("messaging", "0015_seal_what_was_plain"),
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
                    name="Message",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("dedupe_key", models.CharField(max_length=200)),
                        ("kind", models.CharField(max_length=40, verbose_name="jenis")),
                        ("channel", models.CharField(max_length=20, verbose_name="saluran")),
                        (
                            "address",
                            rtportal.lib.sealed.SealedCharField(
                                context="address", max_length=254, verbose_name="alamat"
                            ),
                        ),
                        ("recipient_name", models.CharField(max_length=200, verbose_name="penerima")),
                        ("region_code", models.CharField(max_length=13, verbose_name="kode wilayah")),
                        ("group", models.CharField(max_length=60)),
                        ("about_id", models.BigIntegerField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("queued", "antre"),
                                    ("task", "menunggu petugas"),
                                    ("sending", "sedang dikirim"),
                                    ("accepted", "terkirim"),
                                    ("delivered", "sampai"),
                                    ("read", "dibaca"),
                                    ("failed", "gagal"),
                                    ("unknown", "tidak pasti"),
                                    ("expired", "terlambat"),
                                    ("withdrawn", "ditarik"),
                                ],
                                default="queued",
                                max_length=10,
                                verbose_name="keadaan",
                            ),
                        ),
                        ("queued_at", models.DateTimeField(verbose_name="antre sejak")),
                        ("due_at", models.DateTimeField(verbose_name="dikirim mulai")),
                        ("expires_at", models.DateTimeField(null=True, verbose_name="tidak dikirim setelah")),
                        ("lease", models.CharField(blank=True, max_length=36)),
                        ("lease_until", models.DateTimeField(null=True)),
                        ("started_at", models.DateTimeField(null=True)),
                        ("closed_at", models.DateTimeField(null=True, verbose_name="selesai pada")),
                        ("attempt_count", models.PositiveSmallIntegerField(default=0, verbose_name="percobaan")),
                        ("subject", models.CharField(blank=True, max_length=200, verbose_name="perihal")),
                        ("reference", models.CharField(blank=True, max_length=200, verbose_name="nomor kiriman")),
                        ("detail", models.CharField(blank=True, max_length=500, verbose_name="keterangan")),
                        ("edition", models.BigIntegerField(null=True)),
                        (
                            "failure",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("address", "alamat atau nomor tidak dapat dipakai"),
                                    ("refused", "ditolak"),
                                    ("content", "isi pesan tidak diterima"),
                                    ("channel", "saluran tidak tersedia"),
                                    ("opted_out", "penerima berhenti menerima pesan di saluran ini"),
                                    ("undelivered", "tidak sampai"),
                                ],
                                max_length=12,
                                verbose_name="sebab gagal",
                            ),
                        ),
                        (
                            "hold",
                            models.CharField(
                                blank=True,
                                choices=[("quiet", "jam tenang")],
                                max_length=10,
                                verbose_name="ditahan karena",
                            ),
                        ),
                        ("is_synthetic", models.BooleanField(default=False, verbose_name="data contoh")),
                        ("passed_on_at", models.DateTimeField(null=True, verbose_name="dilanjutkan pada")),
                        ("reported_at", models.DateTimeField(null=True, verbose_name="dilaporkan pada")),
                        (
                            "route",
                            rtportal.lib.sealed.SealedJSONField(
                                context="route", default=list, verbose_name="saluran berikutnya"
                            ),
                        ),
                        (
                            "urgent_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="dinyatakan mendesak oleh",
                            ),
                        ),
                        ("urgent_reason", models.CharField(blank=True, max_length=200, verbose_name="alasan mendesak")),
                        (
                            "started_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="dibuka oleh",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "pesan",
                        "ordering": ["-id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "queued")), fields=["due_at", "id"], name="message_due"
                            ),
                            models.Index(
                                fields=["region_code"], name="message_region", opclasses=["varchar_pattern_ops"]
                            ),
                            models.Index(fields=["kind", "about_id", "-id"], name="message_kind_about"),
                            models.Index(
                                condition=models.Q(("state", "sending")), fields=["lease_until"], name="message_leased"
                            ),
                            models.Index(
                                condition=models.Q(("state__in", ["failed", "unknown", "expired", "withdrawn"])),
                                fields=["state", "-id"],
                                name="message_not_sent",
                            ),
                            models.Index(
                                condition=models.Q(("passed_on_at__isnull", True), ("state", "failed")),
                                fields=["id"],
                                name="message_not_passed_on",
                            ),
                            models.Index(
                                condition=models.Q(("state", "task")),
                                fields=["channel", "region_code", "id"],
                                name="message_task",
                            ),
                            models.Index(
                                condition=models.Q(
                                    models.Q(("reference", ""), _negated=True),
                                    models.Q(("reference__startswith", "<"), _negated=True),
                                ),
                                fields=["reference"],
                                name="message_reference",
                            ),
                            models.Index(
                                condition=models.Q(("reported_at__isnull", False), ("state", "accepted")),
                                fields=["closed_at"],
                                name="message_not_delivered",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("dedupe_key",), name="message_dedupe_key_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state", "sending"),
                                        models.Q(("lease", ""), _negated=True),
                                        ("lease_until__isnull", False),
                                    ),
                                    models.Q(
                                        models.Q(("state", "sending"), _negated=True),
                                        ("lease", ""),
                                        ("lease_until__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="message_lease_while_leased",
                            ),
                            rtportal.lib.row_scope.RowScope(field="region_code", name="message_in_scope"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InboxItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "address",
                            rtportal.lib.sealed.SealedCharField(
                                context="address", max_length=254, verbose_name="alamat"
                            ),
                        ),
                        ("recipient_name", models.CharField(max_length=200, verbose_name="penerima")),
                        ("region_code", models.CharField(db_index=True, max_length=13, verbose_name="kode wilayah")),
                        ("subject", models.CharField(max_length=200, verbose_name="perihal")),
                        ("body", models.TextField(verbose_name="isi")),
                        ("received_at", models.DateTimeField(verbose_name="diterima pada")),
                        (
                            "message",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="inbox_item",
                                to="messaging.message",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "surat masuk percobaan",
                        "ordering": ["-id"],
                        "constraints": [
                            rtportal.lib.row_scope.RowScope(field="region_code", name="inbox_item_in_scope")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DeliveryAttempt",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="percobaan ke")),
                        ("channel", models.CharField(max_length=20, verbose_name="saluran")),
                        ("started_at", models.DateTimeField(verbose_name="mulai")),
                        ("ended_at", models.DateTimeField(verbose_name="selesai")),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("accepted", "terkirim"),
                                    ("temporary", "ditolak sementara"),
                                    ("permanent", "ditolak"),
                                    ("unknown", "tidak pasti"),
                                ],
                                max_length=10,
                                verbose_name="hasil",
                            ),
                        ),
                        ("detail", models.CharField(blank=True, max_length=500, verbose_name="keterangan")),
                        (
                            "message",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="attempts",
                                to="messaging.message",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "percobaan kirim",
                        "ordering": ["number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("message", "number"), name="attempt_number_once"),
                            rtportal.lib.row_scope.RowScope(name="delivery_attempt_in_scope", through=("message",)),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ChannelEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("channel", models.CharField(max_length=20, verbose_name="saluran")),
                        ("key", models.CharField(max_length=200)),
                        ("payload", rtportal.lib.sealed.SealedJSONField(context="event", verbose_name="isi")),
                        ("received_at", models.DateTimeField(verbose_name="diterima pada")),
                        ("processed_at", models.DateTimeField(null=True, verbose_name="diproses pada")),
                        ("outcome", models.CharField(blank=True, max_length=200, verbose_name="hasil")),
                    ],
                    options={
                        "verbose_name": "laporan saluran",
                        "ordering": ["id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("processed_at__isnull", True)),
                                fields=["id"],
                                name="channel_event_waiting",
                            )
                        ],
                        "constraints": [models.UniqueConstraint(fields=("channel", "key"), name="channel_event_once")],
                    },
                ),
                migrations.CreateModel(
                    name="ChannelState",
                    fields=[
                        (
                            "channel",
                            models.CharField(max_length=20, primary_key=True, serialize=False, verbose_name="saluran"),
                        ),
                        ("unavailable_since", models.DateTimeField(null=True, verbose_name="tidak melayani sejak")),
                        ("detail", models.CharField(blank=True, max_length=500, verbose_name="keterangan")),
                        ("paused_until", models.DateTimeField(null=True, verbose_name="berhenti sampai")),
                        ("pause_reason", models.CharField(blank=True, max_length=200, verbose_name="alasan berhenti")),
                        ("next_send_at", models.DateTimeField(null=True)),
                        ("last_accepted_at", models.DateTimeField(null=True, verbose_name="terakhir menerima")),
                    ],
                    options={
                        "verbose_name": "keadaan saluran",
                    },
                ),
                migrations.CreateModel(
                    name="ChannelUse",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("channel", models.CharField(max_length=20)),
                        ("address", rtportal.lib.sealed.SealedCharField(context="address", max_length=254)),
                        ("used_at", models.DateTimeField()),
                    ],
                    options={
                        "verbose_name": "pemakaian saluran",
                        "indexes": [models.Index(fields=["channel", "used_at"], name="channel_use")],
                    },
                ),
                migrations.CreateModel(
                    name="Heartbeat",
                    fields=[
                        ("name", models.CharField(max_length=40, primary_key=True, serialize=False)),
                        ("beaten_at", models.DateTimeField()),
                    ],
                    options={
                        "verbose_name": "tanda hidup",
                    },
                ),
                migrations.CreateModel(
                    name="OptOut",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("channel", models.CharField(max_length=20, verbose_name="saluran")),
                        (
                            "address",
                            rtportal.lib.sealed.SealedCharField(
                                context="address", max_length=254, verbose_name="alamat"
                            ),
                        ),
                        ("since", models.DateTimeField(verbose_name="sejak")),
                        ("source", models.CharField(max_length=200, verbose_name="asal")),
                        ("ended_at", models.DateTimeField(null=True, verbose_name="diakhiri pada")),
                    ],
                    options={
                        "verbose_name": "berhenti menerima",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at__isnull", True)),
                                fields=("channel", "address"),
                                name="opted_out_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Reply",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("channel", models.CharField(max_length=20, verbose_name="saluran")),
                        ("external_id", models.CharField(max_length=200)),
                        (
                            "address",
                            rtportal.lib.sealed.SealedCharField(context="address", max_length=254, verbose_name="dari"),
                        ),
                        ("sender_name", models.CharField(blank=True, max_length=200, verbose_name="nama pengirim")),
                        ("text", models.TextField(verbose_name="isi")),
                        ("received_at", models.DateTimeField(verbose_name="diterima pada")),
                        ("region_code", models.CharField(blank=True, max_length=13, verbose_name="kode wilayah")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("new", "belum ditangani"),
                                    ("stopped", "berhenti menerima pesan"),
                                    ("resumed", "menerima pesan lagi"),
                                    ("answered", "dicatat sebagai jawaban"),
                                    ("handled", "sudah ditangani"),
                                ],
                                default="new",
                                max_length=10,
                                verbose_name="keadaan",
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=300, verbose_name="catatan")),
                        ("handled_at", models.DateTimeField(null=True, verbose_name="ditangani pada")),
                        (
                            "handled_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="ditangani oleh",
                            ),
                        ),
                        (
                            "message",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="replies",
                                to="messaging.message",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "balasan",
                        "ordering": ["-id"],
                        "indexes": [
                            models.Index(condition=models.Q(("state", "new")), fields=["-id"], name="reply_new"),
                            models.Index(
                                fields=["region_code"], name="reply_in_region", opclasses=["varchar_pattern_ops"]
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("channel", "external_id"), name="reply_once"),
                            rtportal.lib.row_scope.RowScope(field="region_code", name="reply_in_scope", unplaced=True),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SendingHours",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("opens_at", models.TimeField(default=datetime.time(7, 30), verbose_name="mulai pukul")),
                        ("closes_at", models.TimeField(default=datetime.time(20, 0), verbose_name="sampai pukul")),
                        (
                            "is_friday_prayer_quiet",
                            models.BooleanField(default=True, verbose_name="tenang saat salat Jumat (11.30–13.00)"),
                        ),
                        (
                            "ramadan_closes_at",
                            models.TimeField(
                                blank=True,
                                default=datetime.time(17, 30),
                                null=True,
                                verbose_name="selama Ramadan sampai pukul",
                            ),
                        ),
                        (
                            "is_holiday_quiet",
                            models.BooleanField(default=False, verbose_name="tenang pada hari libur nasional"),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "region",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="regions.region",
                                verbose_name="kabupaten/kota",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "jam kirim",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("closes_at", datetime.time(0, 0)),
                                    ("closes_at__gt", models.F("opens_at")),
                                    _connector="OR",
                                ),
                                name="sending_hours_close_after_opening",
                                violation_error_message="Jam selesai harus setelah jam mulai.",
                            ),
                            rtportal.lib.row_scope.RowScope(
                                above=True, field="region_id", name="sending_hours_in_scope"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WhatsAppTemplate",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=40, unique=True, verbose_name="jenis pesan")),
                        ("name", models.CharField(max_length=100, unique=True, verbose_name="nama templat")),
                        ("language", models.CharField(default="id", max_length=10, verbose_name="bahasa")),
                        ("category", models.CharField(default="UTILITY", max_length=20, verbose_name="kategori")),
                        ("body", models.TextField(verbose_name="isi")),
                        ("footer", models.CharField(blank=True, max_length=60, verbose_name="kaki")),
                        ("parameters", models.JSONField(default=list, verbose_name="urutan isian")),
                        ("has_link", models.BooleanField(default=True, verbose_name="tombol tautan pribadi")),
                        ("has_replies", models.BooleanField(default=False, verbose_name="tombol jawaban Hadir/Tidak")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("draft", "belum diajukan"),
                                    ("pending", "menunggu persetujuan Meta"),
                                    ("approved", "disetujui"),
                                    ("rejected", "ditolak"),
                                    ("paused", "dihentikan sementara"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="keadaan",
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=300, verbose_name="alasan")),
                        ("external_id", models.CharField(blank=True, max_length=60, verbose_name="nomor di Meta")),
                        ("changed_at", models.DateTimeField(verbose_name="berubah pada")),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "life_minutes",
                            models.PositiveSmallIntegerField(default=60, verbose_name="masa antar (menit)"),
                        ),
                    ],
                    options={
                        "verbose_name": "templat WhatsApp",
                        "ordering": ["kind"],
                    },
                ),
                migrations.CreateModel(
                    name="Wording",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=40, verbose_name="jenis pesan")),
                        ("scope", models.CharField(max_length=60)),
                        ("number", models.PositiveIntegerField(verbose_name="versi")),
                        ("subject", models.CharField(blank=True, max_length=200, verbose_name="perihal")),
                        ("text", models.TextField(blank=True, verbose_name="isi")),
                        ("short", models.CharField(blank=True, max_length=480, verbose_name="isi singkat")),
                        ("created_at", models.DateTimeField(verbose_name="disimpan pada")),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="disimpan oleh",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "kata-kata pesan",
                        "ordering": ["kind", "-number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("scope", "kind", "number"), name="wording_version_once")
                        ],
                    },
                ),
            ],
        ),
        migrations.RunPython(know_regions, migrations.RunPython.noop, elidable=False),
    ]
