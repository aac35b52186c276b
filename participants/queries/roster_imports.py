"""Where a user may import rosters, the imports so far, and what one of them asks."""

from django.db.models import Q, QuerySet

from participants.models import RosterImport
from participants.roster_file.decisions import column_questions
from rtportal.accounts.models import User
from rtportal.accounts.scope import Right, scope_of
from rtportal.regions.codes import REGENCY, level_of, within_q
from rtportal.regions.models import Region

RECENT = 20
# The template lists the codes of a whole kabupaten, not of a whole province.
MOST_VILLAGES = 1000


def import_regions(user: User) -> QuerySet[Region]:
    """The regions a user may import for: kabupaten/kota, or the smaller area that the right covers."""
    areas = scope_of(user).areas_with(Right.MANAGE_ROSTER)
    small = [code for code in areas if level_of(code) > REGENCY]
    return Region.objects.filter(Q(level=REGENCY) & within_q("code", areas) | Q(code__in=small)).order_by("code")


def recent_imports(user: User) -> QuerySet[RosterImport]:
    """The latest imports of these regions, without their rows."""
    may_see = within_q("region_id", scope_of(user).areas_with(Right.MANAGE_ROSTER))
    imports = RosterImport.objects.without_rows().select_related("region", "uploaded_by")
    return imports.filter(may_see).order_by("-pk")[:RECENT]


def template_villages(user: User) -> list[Region]:
    """The villages whose codes the user's template lists; none where there are too many to be of help."""
    areas = scope_of(user).areas_with(Right.MANAGE_ROSTER)
    villages = Region.objects.villages().within(areas).select_related("parent").order_by("code")
    found = list(villages[: MOST_VILLAGES + 1])
    return found if len(found) <= MOST_VILLAGES else []


def columns_to_choose(roster_import: RosterImport) -> dict:
    """What `ColumnsForm` needs: the columns that are asked for, or those of a preview, which may be corrected.

    No questions where nothing can be chosen any more. One query.
    """
    state = RosterImport.State
    questions = []
    if roster_import.state == state.ASKED:
        questions = column_questions(roster_import.questions)
    elif roster_import.state == state.PREVIEWED:
        questions = roster_import.preview.get("columns", [])
    districts = Region.objects.districts().filter(within_q("code", [roster_import.region_id])).order_by("name")
    return {"questions": questions, "decisions": roster_import.decisions, "districts": districts}
