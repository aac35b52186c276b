"""Programmes, waves, venues, offices, the calendar and the settings."""

from django.urls import path

from programs.views import (
    calendar,
    feeds,
    offices,
    plan_actions,
    plans,
    programs,
    publications,
    reminder_rules,
    settings,
    special_days,
    venues,
    waves,
)

app_name = "programs"

urlpatterns = [
    path("program/", programs.program_list, name="program_list"),
    path("program/tambah/", programs.program_create, name="program_create"),
    path("program/<int:pk>/", programs.program_detail, name="program_detail"),
    path("program/<int:pk>/ubah/", programs.program_update, name="program_update"),
    path("program/<int:pk>/pengingat/", reminder_rules.reminder_rules, name="reminder_rules"),
    path("program/<int:pk>/gelombang/tambah/", waves.wave_create, name="wave_create"),
    path("program/<int:pk>/gelombang/hitung/", waves.wave_head_count, name="wave_head_count"),
    path("program/<int:pk>/rencana/", plans.plan_list, name="plan_list"),
    path("program/<int:pk>/rencana/tambah/", plans.plan_create, name="plan_create"),
    path("program/<int:pk>/rencana/bandingkan/", plans.plan_compare, name="plan_compare"),
    path("rencana/<int:pk>/", plans.plan_detail, name="plan_detail"),
    path("rencana/<int:pk>/ubah/", plans.plan_update, name="plan_update"),
    path("rencana/<int:pk>/pindah/", plan_actions.plan_move, name="plan_move"),
    path("rencana/<int:pk>/hitung-ulang/", plan_actions.plan_redo, name="plan_redo"),
    path("rencana/<int:pk>/salin/", plan_actions.plan_copy, name="plan_copy"),
    path("rencana/<int:pk>/hapus/", plan_actions.plan_delete, name="plan_delete"),
    path("rencana/<int:pk>/terima/", plan_actions.plan_accept, name="plan_accept"),
    path("gelombang/<int:pk>/ubah/", waves.wave_update, name="wave_update"),
    path("gelombang/<int:pk>/terbitkan/", publications.schedule_publish, name="schedule_publish"),
    path("gelombang/<int:pk>/terbitan/", publications.publication_list, name="publication_list"),
    path("tempat/", venues.venue_list, name="venue_list"),
    path("tempat/tambah/", venues.venue_create, name="venue_create"),
    path("tempat/<int:pk>/ubah/", venues.venue_update, name="venue_update"),
    path("kalender/", calendar.calendar, name="calendar"),
    path("hari-khusus/", special_days.special_day_list, name="special_day_list"),
    path("hari-khusus/tambah/", special_days.special_day_create, name="special_day_create"),
    path("hari-khusus/<int:pk>/ubah/", special_days.special_day_update, name="special_day_update"),
    path("hari-khusus/<int:pk>/berlaku/", special_days.special_day_switch, name="special_day_switch"),
    path("hari-khusus/<int:pk>/hapus/", special_days.special_day_delete, name="special_day_delete"),
    path("pengaturan/", settings.settings, name="settings"),
    path("kantor/tambah/", offices.office_create, name="office_create"),
    path("kantor/<int:pk>/ubah/", offices.office_update, name="office_update"),
    path("kantor/<int:pk>/kalender/", feeds.feed_list, name="feed_list"),
    path("kantor/kalender/<int:pk>/cabut/", feeds.feed_revoke, name="feed_revoke"),
    path("ics/<str:token>.ics", feeds.calendar_feed, name="calendar_feed"),
]
