"""What a door is, and those kinds of which there are many."""

from dataclasses import dataclass

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
NONE_YET = Door(viewer=404, operator=404, official=404, admin=404)
FOR_DESKS = Door(stranger=401, viewer=401, operator=401, official=401, admin=401, anonymous=401)
ONLY_ADMIN = {"viewer": 403, "operator": 403, "official": 403}
# The stranger is an official elsewhere and manages nobody either.
MANAGING = ONLY_ADMIN | {"stranger": 403}
