"""What the scanners report and what is meant to be so, each with its reason."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Accepted:
    """A kind of finding, how the paths begin on which it is accepted (a pattern), and why."""

    kind: str
    path: str
    reason: str


# Addresses that take files.
UPLOADS = (r"/ketua-rt/impor/$", r"/kantor/\d+/kop/$", r"/sesi/\d+/materi/$", r"/gelombang/\d+/laporan/foto/$")

ACCEPTED = (
    Accepted(
        "Secure Flag cookie",
        "/",
        "the scan speaks HTTP to this machine; with an https BASE_URL the cookies are Secure (check --deploy)",
    ),
    Accepted(
        "Strict Transport Security (HSTS)",
        "/",
        "the scan speaks HTTP to this machine; nginx and an https BASE_URL send it",
    ),
    Accepted(
        "Cross Site Request Forgery",
        "/u/",
        "pages of a personal link know no cookie and no session: nothing a browser adds by itself opens them",
    ),
    Accepted("Cross Site Request Forgery", "/n/", "the same for the speakers' links"),
    *(
        Accepted(
            "Cross Site Request Forgery",
            path,
            "after many uploads it answers 429 whatever the token; test_accepted.py proves that a wrong one is refused",
        )
        for path in UPLOADS
    ),
    Accepted(
        "LDAP Injection",
        "/",
        "guessed from pages that differ, as those of lists and limits do; nothing here speaks LDAP (test_accepted.py)",
    ),
    Accepted("Cross Site Request Forgery", "/k/", "only leads to the page of whoever has the code"),
)


def reason_for(kind: str, path: str) -> str:
    """Why a finding is accepted; empty where it is not."""
    return next((one.reason for one in ACCEPTED if one.kind == kind and re.match(one.path, path)), "")
