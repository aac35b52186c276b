"""What the pages of the signed sheets list: rows of a sheet, and where it differs from the door."""

from participants.models import PaperSheet
from participants.use_cases.enter_paper_sheet import enter_paper_sheet
from participants.use_cases.number_rows import number_rows
from programs.models import Wave
from rtportal.accounts.models import User
from rtportal.lib import clock
from tests.load.list_seed import OFFICIAL


def grow_paper() -> None:
    """The sheet of the first session with everybody on it; all were scanned and nobody signed."""
    session, by = Wave.objects.earliest("pk").training_sessions.earliest("pk"), User.objects.get(email=OFFICIAL)
    sheet: PaperSheet = number_rows(session=session, actor=by, now=clock.now())
    enter_paper_sheet(session=session, rows=[], are_signed=True, version=sheet.version, actor=by, now=clock.now())
