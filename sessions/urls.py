"""Agendas and speakers."""

from django.urls import path

from sessions.views import (
    agenda,
    agenda_copies,
    agenda_templates,
    materials,
    session_moves,
    sessions,
    speaker_page,
    speakers,
    wave_speakers,
)

app_name = "training_sessions"

urlpatterns = [
    path("gelombang/<int:pk>/agenda/", agenda.agenda, name="agenda"),
    path("gelombang/<int:pk>/agenda/salin/", agenda_copies.agenda_copy, name="agenda_copy"),
    path("gelombang/<int:pk>/agenda/salin-ke/", agenda_copies.agenda_copy_to, name="agenda_copy_to"),
    path("gelombang/<int:pk>/agenda/templat/", agenda_templates.agenda_templates, name="agenda_templates"),
    path("gelombang/<int:pk>/agenda/templat/pakai/", agenda_templates.template_apply, name="template_apply"),
    path("gelombang/<int:pk>/agenda/templat/hapus/", agenda_templates.template_delete, name="template_delete"),
    path("gelombang/<int:pk>/agenda/tambah/", sessions.session_create, name="session_create"),
    path("sesi/<int:pk>/ubah/", sessions.session_update, name="session_update"),
    path("sesi/<int:pk>/pindah/", session_moves.session_move, name="session_move"),
    path("sesi/<int:pk>/tukar/", session_moves.session_swap, name="session_swap"),
    path("sesi/<int:pk>/hapus/", sessions.session_delete, name="session_delete"),
    path("narasumber/", speakers.speaker_list, name="speaker_list"),
    path("narasumber/tambah/", speakers.speaker_create, name="speaker_create"),
    path("narasumber/<int:pk>/", speakers.speaker_detail, name="speaker_detail"),
    path("narasumber/<int:pk>/ubah/", speakers.speaker_update, name="speaker_update"),
    path("narasumber/<int:pk>/tautan-baru/", speakers.speaker_link_reissue, name="speaker_link_reissue"),
    path("gelombang/<int:pk>/narasumber/", wave_speakers.wave_speakers, name="wave_speakers"),
    path("gelombang/<int:pk>/narasumber/undang/", wave_speakers.speakers_invite, name="speakers_invite"),
    path("sesi/narasumber/<int:pk>/kesediaan/", wave_speakers.speaker_status_set, name="speaker_status_set"),
    path("sesi/narasumber/<int:pk>/utama/", wave_speakers.standby_promote, name="standby_promote"),
    path("sesi/<int:pk>/materi/", materials.material_list, name="material_list"),
    path("materi/<uuid:pk>/unduh/", materials.material_download, name="material_download"),
    path("materi/<uuid:pk>/bagikan/", materials.material_release, name="material_release"),
    path("materi/<uuid:pk>/hapus/", materials.material_delete, name="material_delete"),
    path("n/<str:token>/", speaker_page.speaker_page, name="speaker_page"),
    path("n/<str:token>/materi/", speaker_page.speaker_material_add, name="speaker_material_add"),
    path("n/<str:token>/materi/<uuid:pk>/hapus/", speaker_page.speaker_material_delete, name="speaker_material_delete"),
    path("n/<str:token>/jadwal.ics", speaker_page.speaker_calendar, name="speaker_calendar"),
]
