"""Every address of the portal and whom it lets in. The table must name every URL of the URLconf."""

from dataclasses import dataclass, replace

LOGIN = "login"  # redirected to the sign-in page
OPEN = "open"  # anything but a refusal: the page, a form with faults, a redirect onwards


@dataclass(frozen=True)
class Door:
    """What each role meets. `thing` names the object in the address, `asks` what stands behind its question mark;
    `method` is how the page is really used.
    """

    method: str = "get"
    thing: str = ""
    asks: str = ""
    stranger: int | str = 404
    viewer: int | str = OPEN
    operator: int | str = OPEN
    official: int | str = OPEN
    admin: int | str = OPEN
    anonymous: int | str = LOGIN


def looking(thing: str = "") -> Door:
    return Door(thing=thing, stranger=404 if thing else OPEN)


def scheduling(thing: str = "", method: str = "get", **changes) -> Door:
    refused = {"viewer": 403, "operator": 403, "stranger": 404 if thing else OPEN}
    return Door(method=method, thing=thing, **(refused | changes))


def public(**changes) -> Door:
    return Door(**({"stranger": OPEN, "anonymous": OPEN} | changes))


NOWHERE = Door(method="post", viewer=404, operator=404, official=404, admin=404, anonymous=404)
FOR_DESKS = Door(stranger=401, viewer=401, operator=401, official=401, admin=401, anonymous=401)
ONLY_ADMIN = {"viewer": 403, "operator": 403, "official": 403}

DOORS: dict[str, Door] = {
    # signing in
    "account_login": public(),
    "account_signup": public(),
    "account_inactive": public(),
    "account_reset_password": public(),
    "account_reset_password_done": public(),
    "account_reset_password_from_key": public(thing="key"),
    "account_reset_password_from_key_done": public(),
    "account_logout": public(),
    "account_reauthenticate": looking(),
    "account_change_password": looking(),
    "account_set_password": looking(),
    # the door's page, without data
    "participants:door_page": public(),
    "participants:door_worker": public(),
    "participants:door_manifest": public(),
    # web
    "web:health": public(),
    "web:robots": public(),
    # messaging
    "messaging:message_list": looking(),
    "messaging:message_detail": looking("message"),
    "messaging:message_resolve": scheduling("message", method="post"),
    "messaging:message_act": scheduling("message", method="post"),
    "messaging:board": looking(),
    "messaging:task_list": Door(viewer=403, stranger=OPEN),
    "messaging:task_queue": Door(thing="task_place", viewer=403),
    "messaging:task_work": Door(method="post", thing="task_place", viewer=403),
    "messaging:task_take_over": Door(method="post", thing="task", viewer=403),
    "messaging:inbox_list": looking(),
    "messaging:inbox_detail": looking("inbox_item"),
    "messaging:template_list": Door(stranger=403, **ONLY_ADMIN),
    "messaging:template_update": Door(stranger=403, thing="template_kind", **ONLY_ADMIN),
    "messaging:template_submit": Door(method="post", stranger=403, thing="template_kind", **ONLY_ADMIN),
    "messaging:template_check": Door(method="post", stranger=403, thing="template_kind", **ONLY_ADMIN),
    # Opens for Meta's signature alone.
    "messaging:whatsapp_webhook": Door(stranger=403, viewer=403, operator=403, official=403, admin=403, anonymous=403),
    "messaging:reply_list": looking(),
    "messaging:reply_detail": looking("reply"),
    "messaging:reply_handle": Door(method="post", thing="reply", viewer=403),
    # Without a secret in the settings there are no such addresses.
    "messaging:gateway_call_back": NOWHERE,
    "messaging:email_call_back": NOWHERE,
    # documents
    "documents:file_list": looking(),
    "documents:file_detail": Door(thing="file", **ONLY_ADMIN),
    "documents:file_download": Door(thing="file", **ONLY_ADMIN),
    "documents:export_choose": Door(thing="export", asks="data", **ONLY_ADMIN),
    "documents:export_create": Door(method="post", thing="export", **ONLY_ADMIN),
    "documents:preset_save": Door(method="post", thing="export", **ONLY_ADMIN),
    "documents:preset_delete": Door(method="post", thing="preset", **ONLY_ADMIN),
    "documents:signed_paper_add": Door(method="post", thing="paper_file", viewer=403, operator=403),
    "documents:signed_paper_download": Door(thing="signed_paper", viewer=403, operator=403),
    # The official comes first, and then there is nothing left.
    "documents:signed_paper_delete": Door(method="post", thing="signed_paper", viewer=403, operator=403, admin=404),
    # programs
    "programs:program_list": looking(),
    "programs:program_create": scheduling(),
    "programs:program_detail": looking("program"),
    "programs:program_update": scheduling("program"),
    "programs:reminder_rules": scheduling("program"),
    "programs:paper_settings": scheduling("program"),
    "programs:committee": scheduling("program"),
    "programs:wave_create": scheduling("program"),
    "programs:wave_head_count": scheduling("program"),
    "programs:wave_update": scheduling("wave"),
    "participants:wave_cancel": scheduling("wave"),
    "programs:schedule_publish": scheduling("wave"),
    "programs:publication_list": scheduling("wave"),
    "programs:plan_list": scheduling("program"),
    "programs:plan_create": scheduling("program"),
    "programs:plan_compare": scheduling("program"),
    "programs:plan_detail": scheduling("plan"),
    "programs:plan_update": scheduling("plan"),
    "programs:plan_move": scheduling("plan", method="post"),
    "programs:plan_redo": scheduling("plan", method="post"),
    "programs:plan_copy": scheduling("plan", method="post"),
    # The official comes first, and then there is nothing left.
    "programs:plan_delete": scheduling("plan", method="post", admin=404),
    "programs:plan_accept": scheduling("plan", method="post"),
    "programs:venue_list": looking(),
    "programs:venue_create": scheduling(),
    "programs:venue_update": scheduling("venue"),
    "programs:calendar": looking(),
    "programs:special_day_list": looking(),
    "programs:special_day_create": scheduling(),
    "programs:special_day_update": scheduling("special_day"),
    "programs:special_day_switch": scheduling("special_day", method="post"),
    "programs:special_day_delete": scheduling("special_day", method="post"),
    "programs:settings": looking(),
    "programs:sending_hours_list": looking(),
    "programs:sending_hours_update": scheduling("regency"),
    "programs:office_create": scheduling(),
    "programs:office_update": scheduling("office"),
    "programs:office_letterhead": scheduling("office"),
    # No arms are stored.
    "programs:office_logo": Door(thing="office", viewer=404, operator=404, official=404, admin=404),
    "programs:signatory_create": scheduling("office"),
    "programs:signatory_update": scheduling("signatory"),
    "programs:signatory_delete": scheduling("signatory", method="post"),
    "programs:feed_list": scheduling("office"),
    "programs:feed_revoke": scheduling("feed", method="post"),
    "programs:calendar_feed": public(thing="feed_token"),
    # sessions
    "training_sessions:agenda": looking("wave"),
    "training_sessions:agenda_copy": scheduling("wave", method="post"),
    "training_sessions:agenda_copy_to": scheduling("wave"),
    "training_sessions:agenda_templates": scheduling("wave"),
    "training_sessions:template_apply": scheduling("wave", method="post"),
    "training_sessions:template_delete": scheduling("wave", method="post"),
    "training_sessions:session_create": scheduling("wave"),
    "training_sessions:session_update": scheduling("session"),
    "training_sessions:session_move": scheduling("session"),
    "training_sessions:session_swap": scheduling("session", method="post"),
    "training_sessions:session_delete": scheduling("session"),
    "training_sessions:speaker_list": looking(),
    "training_sessions:speaker_create": scheduling(),
    "training_sessions:speaker_detail": looking("speaker"),
    "training_sessions:speaker_update": scheduling("speaker"),
    "training_sessions:speaker_link_reissue": scheduling("speaker", method="post"),
    "training_sessions:wave_speakers": looking("wave"),
    "training_sessions:speakers_invite": scheduling("wave", method="post"),
    "training_sessions:speaker_status_set": scheduling("part", method="post"),
    "training_sessions:standby_promote": scheduling("part", method="post"),
    "training_sessions:material_list": looking("session"),
    "training_sessions:material_download": looking("material"),
    "training_sessions:material_release": scheduling("material", method="post"),
    "training_sessions:material_delete": scheduling("material"),
    "training_sessions:speaker_page": public(thing="speaker_token"),
    "training_sessions:speaker_material_add": public(method="post", thing="speaker_token"),
    "training_sessions:speaker_material_delete": public(method="post", thing="own_material"),
    "training_sessions:speaker_calendar": public(thing="speaker_token"),
    # participants
    "participants:home": looking(),
    "participants:head_list": looking(),
    "participants:import_create": scheduling(),
    "participants:import_template": scheduling(),
    "participants:import_detail": scheduling("roster_import", operator=404),
    "participants:import_columns": scheduling("roster_import", operator=404),
    "participants:import_faults": scheduling("roster_import", operator=404),
    "participants:import_apply": scheduling("roster_import", method="post", operator=404),
    "participants:import_cancel": scheduling("roster_import", method="post", operator=404),
    "participants:import_undo": scheduling("roster_import", method="post", operator=404),
    "participants:import_places": scheduling("roster_import", operator=404),
    "participants:import_missing": scheduling("roster_import", method="post", operator=404),
    "participants:import_copy": scheduling("roster_import", operator=404),
    "participants:wave_detail": looking("wave"),
    "participants:enrolment_list": looking("wave"),
    "participants:enrolments_move": scheduling("wave"),
    "participants:enrolments_group": scheduling("wave"),
    "participants:enrolment_swap": scheduling("enrolment"),
    "participants:waiting_list": looking("wave"),
    "participants:waiting_promote": scheduling("waiting_place", method="post"),
    "participants:waiting_leave": scheduling("waiting_place", method="post"),
    "participants:absent_invite": scheduling("wave"),
    "participants:invitations": looking("wave"),
    "participants:held_send": scheduling("wave", method="post"),
    "participants:invitations_open": scheduling("wave", method="post"),
    "participants:delivery_board": looking("wave"),
    "participants:attendance_sheet": looking("wave"),
    "participants:attendance_mark": scheduling("wave", method="post"),
    "participants:attendance_unmark": scheduling("wave", method="post"),
    "participants:paper_sheet": scheduling("wave"),
    "participants:paper_print": scheduling("wave", method="post"),
    "participants:paper_differences": scheduling("wave"),
    "participants:paper_settle": scheduling("wave", method="post"),
    "participants:certificate_list": looking("wave"),
    "participants:certificates_issue": scheduling("wave", method="post"),
    "participants:certificate_revoke": scheduling("certificate"),
    "participants:certificate_check": public(thing="check_code"),
    "participants:wave_report": looking("wave"),
    "participants:wave_photo_add": scheduling("wave", method="post"),
    "participants:wave_photo": looking("photo"),
    # The official comes first, and then there is nothing left.
    "participants:wave_photo_delete": scheduling("photo", method="post", admin=404),
    "participants:payment_list": looking("wave"),
    "participants:payments_record": scheduling("wave", method="post"),
    "participants:speaker_fees_set": scheduling("wave", method="post"),
    # The official comes first, and then there is nothing left.
    "participants:payment_take_back": scheduling("payment", method="post", admin=404),
    "participants:door_board": looking("wave"),
    "participants:door_absent_list": looking("wave"),
    "participants:door_device_list": scheduling("wave"),
    "participants:door_device_card": scheduling("door_device"),
    "participants:door_device_revoke": scheduling("door_device", method="post"),
    "participants:problem_list": scheduling("wave"),
    "participants:problem_settle": scheduling("problem", method="post"),
    "participants:walk_in_list": scheduling("wave"),
    "participants:walk_in_detail": scheduling("walk_in"),
    "participants:walk_in_match": scheduling("walk_in", method="post"),
    "participants:walk_in_unmatch": scheduling("walk_in", method="post"),
    "participants:walk_in_drop": scheduling("walk_in", method="post"),
    # Open for the token of a desk alone.
    "participants:door_list": FOR_DESKS,
    "participants:door_changes": FOR_DESKS,
    "participants:door_record": replace(FOR_DESKS, method="post"),
    "participants:wave_files": looking("wave"),
    "participants:wave_history": scheduling("wave"),
    "participants:wave_reconciliation": looking("wave"),
    "participants:wave_reconciliation_people": looking("wave_stage"),
    "participants:program_reconciliation": looking("program"),
    "participants:program_reconciliation_people": looking("program_stage"),
    "participants:enrolment_detail": looking("enrolment"),
    "participants:head_replace": scheduling("head"),
    "participants:invitation_pass": scheduling("enrolment", method="post"),
    "participants:answer_record": Door(method="post", thing="enrolment", viewer=403),
    "participants:answer_desk": Door(viewer=403, stranger=OPEN),
    "participants:substitute_decide": Door(method="post", thing="enrolment", viewer=403),
    "participants:substitute_letter": Door(method="post", thing="enrolment", viewer=403),
    "participants:channel_prefer": Door(method="post", thing="enrolment", viewer=403),
    "participants:link_reissue": Door(method="post", thing="enrolment", viewer=403),
    "participants:link_revoke": Door(method="post", thing="enrolment", viewer=403),
    "participants:invitation_show": public(thing="token"),
    "participants:invitation_calendar": public(thing="token"),
    "participants:invitation_disown": public(thing="token"),
    "participants:invitation_certificate": public(thing="token"),
    "participants:invitation_material": public(thing="shared_material"),
    "participants:short_code": public(),
    "participants:own_data": public(thing="token"),
    "participants:privacy_notice": public(),
    "participants:privacy_version": public(thing="notice"),
    "participants:correction_list": Door(viewer=403, stranger=OPEN),
    "participants:correction_decide": Door(method="post", thing="correction", viewer=403),
    "participants:wording_list": scheduling("program"),
    "participants:wording_update": scheduling("program_kind"),
    "participants:paper_wording_list": scheduling("program"),
    "participants:paper_wording_update": scheduling("program_paper"),
    "participants:letter_list": Door(viewer=403, stranger=OPEN),
    "participants:letter_wave": Door(thing="wave", viewer=403),
    "participants:letter_village": Door(thing="letter_place", viewer=403),
    "participants:letter_close": Door(method="post", thing="letter_place", viewer=403),
}
