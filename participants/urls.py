from django.urls import path

from participants.views import (
    attendance,
    catch_up,
    enrolments,
    groups,
    head_list,
    home,
    invitation,
    invitations,
    moves,
    roster_import,
    waiting,
    wave_cancel,
    wave_files,
    wave_pages,
)

app_name = "participants"

urlpatterns = [
    # First, because thousands open it on one morning and each pattern before it is tried in vain.
    path("u/<str:token>/", invitation.invitation_show, name="invitation_show"),
    path("", home.home, name="home"),
    path("gelombang/<int:pk>/", wave_pages.wave_detail, name="wave_detail"),
    path("gelombang/<int:pk>/peserta/", wave_pages.enrolment_list, name="enrolment_list"),
    path("gelombang/<int:pk>/peserta/pindahkan/", moves.enrolments_move, name="enrolments_move"),
    path("gelombang/<int:pk>/peserta/kelompok/", groups.enrolments_group, name="enrolments_group"),
    path("gelombang/<int:pk>/daftar-tunggu/", waiting.waiting_list, name="waiting_list"),
    path("daftar-tunggu/<int:pk>/naikkan/", waiting.waiting_promote, name="waiting_promote"),
    path("daftar-tunggu/<int:pk>/keluarkan/", waiting.waiting_leave, name="waiting_leave"),
    path("gelombang/<int:pk>/undangan/", invitations.invitations, name="invitations"),
    path("gelombang/<int:pk>/undangan/buka/", invitations.invitations_open, name="invitations_open"),
    path("gelombang/<int:pk>/kehadiran/", attendance.attendance_sheet, name="attendance_sheet"),
    path("gelombang/<int:pk>/kehadiran/tandai/", attendance.attendance_mark, name="attendance_mark"),
    path("gelombang/<int:pk>/kehadiran/batalkan/", attendance.attendance_unmark, name="attendance_unmark"),
    path("gelombang/<int:pk>/kehadiran/susulan/", catch_up.absent_invite, name="absent_invite"),
    path("gelombang/<int:pk>/berkas/", wave_files.wave_files, name="wave_files"),
    path("gelombang/<int:pk>/batalkan/", wave_cancel.wave_cancel, name="wave_cancel"),
    path("gelombang/<int:pk>/riwayat/", wave_pages.wave_history, name="wave_history"),
    path("ketua-rt/", head_list.head_list, name="head_list"),
    path("ketua-rt/impor/", roster_import.import_create, name="import_create"),
    path("ketua-rt/impor/contoh/", roster_import.import_template, name="import_template"),
    path("ketua-rt/impor/<int:pk>/", roster_import.import_detail, name="import_detail"),
    path("ketua-rt/impor/<int:pk>/masalah/", roster_import.import_faults, name="import_faults"),
    path("ketua-rt/impor/<int:pk>/terapkan/", roster_import.import_apply, name="import_apply"),
    path("ketua-rt/impor/<int:pk>/batalkan/", roster_import.import_cancel, name="import_cancel"),
    path("peserta/<int:pk>/", enrolments.enrolment_detail, name="enrolment_detail"),
    path("peserta/<int:pk>/tukar/", moves.enrolment_swap, name="enrolment_swap"),
    path("peserta/<int:pk>/jawaban/", enrolments.answer_record, name="answer_record"),
    path("peserta/<int:pk>/tautan-baru/", enrolments.link_reissue, name="link_reissue"),
]
