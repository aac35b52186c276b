"""Whom the addresses about personal data let in."""

from tests.rtportal.door import MANAGING, OPEN, Door

# Open for whoever shows that the four digits were typed.
NEEDS_DIGITS = Door(
    method="post", thing="token", stranger=403, viewer=403, operator=403, official=403, admin=403, anonymous=403
)

PRIVACY_DOORS: dict[str, Door] = {
    "privacy:register_detail": Door(**MANAGING),
    "privacy:retention_list": Door(**MANAGING),
    "privacy:retention_agree": Door(method="post", thing="regency", **MANAGING),
    "privacy:retention_save": Door(method="post", thing="regency", **MANAGING),
    "privacy:retention_purge": Door(method="post", thing="regency", **MANAGING),
    "privacy:purge_list": Door(**MANAGING),
    "privacy:incident_list": Door(**MANAGING),
    "privacy:incident_create": Door(**MANAGING),
    "privacy:incident_detail": Door(thing="incident", **MANAGING),
    "privacy:incident_update": Door(thing="incident", **MANAGING),
    "privacy:incident_told": Door(method="post", thing="incident", **MANAGING),
    "participants:own_data_copy": NEEDS_DIGITS,
    "participants:own_data_request": NEEDS_DIGITS,
    "participants:data_request_list": Door(viewer=403, stranger=OPEN),
    "participants:data_request_create": Door(thing="head", viewer=403),
    "participants:data_request_answer": Door(method="post", thing="data_request", viewer=403),
}
