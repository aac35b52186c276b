"""Whatever changes data or lets data out writes a line of the history, or stands here with why it needs none."""

import pytest

from tests.architecture.calls import Function, functions_with, modules, reaches

RECORD = ("rtportal.audit.record", "record")
KEPT_BY_ROWS = "the rows it adds are never changed and say who, when and by which way"
BY_ITSELF = "the portal does it by itself; no person decides"
CHANNEL = "what a channel said of one message; kept as it came in ChannelEvent and on the message"
WITH_THE_OUTCOME = "the worker does the work and writes the line with its outcome and who asked"

WITHOUT_A_LINE = {
    "participants.use_cases.rotate_niks": "a step of rotate_keys, which writes one line about all of them",
    "rtportal.audit.use_cases.check_chain": "reads the history; what it found is kept in ChainCheck",
    "rtportal.audit.use_cases.seal_events": BY_ITSELF,
    "rtportal.documents.use_cases.delete_preset": "names of columns, no data of anybody",
    "rtportal.documents.use_cases.save_preset": "names of columns, no data of anybody; who saved it stands on the row",
    "rtportal.documents.use_cases.drop_old_files": "making and fetching have lines; after that the files only age",
    "rtportal.privacy.use_cases.note_keys": "a process that starts; rotating the keys has a line",
    "rtportal.messaging.use_cases.apply_approval": CHANNEL,
    "rtportal.messaging.use_cases.apply_report": CHANNEL,
    "rtportal.messaging.use_cases.check_whatsapp_template": "asks Meta and keeps the answer; submitting has a line",
    "rtportal.messaging.use_cases.collect_returned_mail": CHANNEL,
    "rtportal.messaging.use_cases.deliver_due_messages": "each try is a DeliveryAttempt; opening has a line",
    "rtportal.messaging.use_cases.forget_channel_uses": BY_ITSELF,
    "rtportal.messaging.use_cases.give_up_undelivered": BY_ITSELF,
    "rtportal.messaging.use_cases.give_up_waiting": BY_ITSELF,
    "rtportal.messaging.use_cases.keep_channel_events": CHANNEL,
    "rtportal.messaging.use_cases.mark_printed": "part of making the file of letters, which has a line",
    "rtportal.messaging.use_cases.open_task": "shows an operator what to send; sent or not has a line",
    "rtportal.messaging.use_cases.pass_on_failures": BY_ITSELF,
    "rtportal.messaging.use_cases.recover_leases": BY_ITSELF,
    "rtportal.messaging.use_cases.skip_tasks": "puts back what was only opened",
    "rtportal.operations.use_cases.restore_backup": "brings back the history itself, into a database without one",
    "programs.use_cases.solve_waiting_plans": "computes what somebody asked for; asking and accepting have lines",
    "participants.use_cases.answer_by_reply": KEPT_BY_ROWS,
    "participants.use_cases.answer_invitation": KEPT_BY_ROWS,
    "participants.use_cases.approve_roster_import": WITH_THE_OUTCOME,
    "participants.use_cases.request_roster_undo": WITH_THE_OUTCOME,
    "participants.use_cases.check_roster": "reads and compares; nothing of the roster changes",
    "participants.use_cases.record_one_scan": KEPT_BY_ROWS,
    "participants.use_cases.record_scans": KEPT_BY_ROWS,
    "participants.use_cases.send_due_reminders": BY_ITSELF,
}

LETS_OUT_WITHOUT_A_LINE = {
    ("programs.views.papers", "office_logo"): "an office's arms, no data of anybody",
    ("programs.views.feeds", "calendar_feed"): "hours and halls, by a secret address whose making has a line",
    ("participants.views.paper_wordings", "_sample"): "a sample with made-up people",
    (
        "participants.views.roster_import",
        "_workbook",
    ): "only answers; the corrected copy has a line, the example no people",
    ("sessions.views.speaker_page", "speaker_calendar"): "the speaker's own hours, by the speaker's own link",
    ("participants.views.invitation_extras", "invitation_calendar"): "the RT head's own hours, by the own link",
    ("participants.views.invitation_extras", "invitation_material"): "shared with all participants, by the own link",
    ("participants.views.invitation_extras", "invitation_certificate"): "the RT head's own paper, by the own link",
    (
        "participants.views.wave_report",
        "wave_photo",
    ): "a picture on a page of the report; the report as a file has a line",
}


def use_cases() -> list[Function]:
    return [(name, path.stem) for name, path in modules() if ".use_cases." in name and not path.name.startswith("_")]


@pytest.mark.parametrize("use_case", use_cases(), ids=lambda one: one[0])
def test_each_use_case_writes_a_line_or_says_why_not(use_case):
    assert reaches(use_case, {RECORD}) != (use_case[0] in WITHOUT_A_LINE)


def test_each_way_out_for_files_writes_a_line_or_says_why_not():
    ways = {way for way in functions_with("FileResponse(", "Content-Disposition") if ".views." in way[0]}
    assert {way for way in ways if not reaches(way, {RECORD})} == set(LETS_OUT_WITHOUT_A_LINE)


def test_nobody_excuses_what_there_is_not():
    assert set(WITHOUT_A_LINE) <= {module for module, _ in use_cases()}
