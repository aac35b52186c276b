"""Programmes, waves, venues, offices, the calendar and the settings."""

from django.urls import path

from programs.views import calendar, offices, programs, reminder_rules, settings, venues, waves

app_name = "programs"

urlpatterns = [
    path("program/", programs.program_list, name="program_list"),
    path("program/tambah/", programs.program_create, name="program_create"),
    path("program/<int:pk>/", programs.program_detail, name="program_detail"),
    path("program/<int:pk>/ubah/", programs.program_update, name="program_update"),
    path("program/<int:pk>/pengingat/", reminder_rules.reminder_rules, name="reminder_rules"),
    path("program/<int:pk>/gelombang/tambah/", waves.wave_create, name="wave_create"),
    path("program/<int:pk>/gelombang/hitung/", waves.wave_head_count, name="wave_head_count"),
    path("gelombang/<int:pk>/ubah/", waves.wave_update, name="wave_update"),
    path("tempat/", venues.venue_list, name="venue_list"),
    path("tempat/tambah/", venues.venue_create, name="venue_create"),
    path("tempat/<int:pk>/ubah/", venues.venue_update, name="venue_update"),
    path("kalender/", calendar.calendar, name="calendar"),
    path("pengaturan/", settings.settings, name="settings"),
    path("kantor/tambah/", offices.office_create, name="office_create"),
    path("kantor/<int:pk>/ubah/", offices.office_update, name="office_update"),
]
