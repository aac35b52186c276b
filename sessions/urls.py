"""Agendas and speakers."""

from django.urls import path

from sessions.views import agenda, agenda_copies, agenda_templates, session_moves, sessions, speakers

app_name = "training_sessions"

urlpatterns = [
    path("gelombang/<int:pk>/agenda/", agenda.agenda, name="agenda"),
    path("gelombang/<int:pk>/agenda/salin/", agenda_copies.agenda_copy, name="agenda_copy"),
    path("gelombang/<int:pk>/agenda/salin-ke/", agenda_copies.agenda_copy_to, name="agenda_copy_to"),
    path("gelombang/<int:pk>/agenda/templat/", agenda_templates.agenda_templates, name="agenda_templates"),
    path("gelombang/<int:pk>/agenda/templat/pakai/", agenda_templates.template_apply, name="template_apply"),
    path("templat-agenda/<int:pk>/hapus/", agenda_templates.template_delete, name="template_delete"),
    path("gelombang/<int:pk>/agenda/tambah/", sessions.session_create, name="session_create"),
    path("sesi/<int:pk>/ubah/", sessions.session_update, name="session_update"),
    path("sesi/<int:pk>/pindah/", session_moves.session_move, name="session_move"),
    path("sesi/<int:pk>/tukar/", session_moves.session_swap, name="session_swap"),
    path("sesi/<int:pk>/hapus/", sessions.session_delete, name="session_delete"),
    path("narasumber/", speakers.speaker_list, name="speaker_list"),
    path("narasumber/tambah/", speakers.speaker_create, name="speaker_create"),
    path("narasumber/<int:pk>/ubah/", speakers.speaker_update, name="speaker_update"),
]
