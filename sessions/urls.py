"""Agendas and speakers."""

from django.urls import path

from sessions.views import agenda, sessions, speakers

app_name = "training_sessions"

urlpatterns = [
    path("gelombang/<int:pk>/agenda/", agenda.agenda, name="agenda"),
    path("gelombang/<int:pk>/agenda/salin/", agenda.agenda_copy, name="agenda_copy"),
    path("gelombang/<int:pk>/agenda/tambah/", sessions.session_create, name="session_create"),
    path("sesi/<int:pk>/ubah/", sessions.session_update, name="session_update"),
    path("sesi/<int:pk>/hapus/", sessions.session_delete, name="session_delete"),
    path("narasumber/", speakers.speaker_list, name="speaker_list"),
    path("narasumber/tambah/", speakers.speaker_create, name="speaker_create"),
    path("narasumber/<int:pk>/ubah/", speakers.speaker_update, name="speaker_update"),
]
