"""Run inside the sandbox of the worker's unit: what the portal's own child processes need must be theirs there."""

import io
import os
import sys
from pathlib import Path

import django
import xlsxwriter

sys.path.insert(0, str(Path.cwd()))
os.environ["DJANGO_SETTINGS_MODULE"] = "rtportal.settings"
django.setup()

from pyrage import encrypt, x25519  # noqa: E402

from rtportal.documents.trial_print import printable_picture  # noqa: E402
from rtportal.lib.sheets import read_table  # noqa: E402

file = io.BytesIO()
with xlsxwriter.Workbook(file) as book:
    page = book.add_worksheet()
    page.write_row(0, 0, ["Nama", "RT", "Desa"])
    page.write_row(1, 0, ["Budi", "001", "Jaro"])
# Each in a process that limits its own memory and time.
assert read_table(file.getvalue(), "x.xlsx", max_rows=10).rows
picture = bytes.fromhex(sys.argv[1])
assert printable_picture(picture)
assert encrypt(b"x", [x25519.Identity.generate().to_public()])
for forbidden in ("/etc/rtportal/x", "/opt/rtportal/current/x", "/var/lib/x"):
    try:
        open(forbidden, "w")  # noqa: PTH123, SIM115
    except OSError:
        continue
    raise SystemExit(f"{forbidden} could be written")
