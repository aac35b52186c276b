"""Whom the addresses about accounts let in: signing in, second factors, devices, officials."""

from dataclasses import replace

from tests.rtportal.door import MANAGING, NONE_YET, OPEN, Door, looking, public

ACCOUNT_DOORS: dict[str, Door] = {
    # signing in
    "account_login": public(),
    "account_signup": public(),
    "account_inactive": public(),
    "account_reset_password": public(),
    "account_reset_password_done": public(),
    "account_reset_password_from_key": public(thing="key"),
    "account_reset_password_from_key_done": public(),
    "account_logout": public(),
    "mfa_authenticate": public(),
    "mfa_login_webauthn": public(),
    "account_change_password": looking(),
    "account_set_password": looking(),
    # one's own second factor and devices; nobody here has one or any other
    "mfa_index": looking(),
    "mfa_activate_totp": looking(),
    "mfa_deactivate_totp": NONE_YET,
    "mfa_view_recovery_codes": NONE_YET,
    "mfa_generate_recovery_codes": looking(),
    "mfa_download_recovery_codes": NONE_YET,
    "mfa_list_webauthn": looking(),
    "mfa_add_webauthn": looking(),
    "mfa_edit_webauthn": replace(NONE_YET, thing="other_passkey"),
    "mfa_remove_webauthn": replace(NONE_YET, thing="other_passkey"),
    "usersessions_list": looking(),
    "device_end_others": Door(method="post", stranger=OPEN),
    "device_end": replace(NONE_YET, method="post", thing="other_device"),
    # officials
    "trust:official_list": looking(),
    "trust:official_invite": Door(**MANAGING),
    "trust:invitation_detail": Door(thing="official_invitation", **MANAGING),
    "trust:invitation_resend": Door(method="post", thing="official_invitation", **MANAGING),
    "trust:invitation_withdraw": Door(method="post", thing="official_invitation", **MANAGING),
    "trust:official_detail": Door(thing="official", **MANAGING),
    "trust:assignment_add": Door(thing="official", **MANAGING),
    "trust:assignment_change": Door(thing="assignment", **MANAGING),
    "trust:assignment_end": Door(method="post", thing="assignment", **MANAGING),
    "trust:official_deactivate": Door(method="post", thing="official", **MANAGING),
    "trust:official_reactivate": Door(method="post", thing="official", **MANAGING),
    "trust:official_factor_reset": Door(method="post", thing="official", **MANAGING),
    "trust:invitation_accept": public(thing="official_token"),
}
