import json
from datetime import date, time

from programs.queries.plan_wishes import PlanRule, PlanWishes, as_dict, from_dict

WISHES = PlanWishes(
    level="village",
    venues=(3, 5),
    days=(date(2026, 4, 8), date(2026, 4, 9)),
    hours=((time(8), time(12)), (time(13), time(17, 30))),
    districts=("63.09.06",),
    reserve=10,
    wave_count=3,
    most_areas=20,
    rules=(PlanRule("on_day", "63.09.06", day=date(2026, 4, 8)), PlanRule("apart", "63.09.06", "63.09.11")),
)


def test_wishes_come_back_from_json_as_they_were():
    assert from_dict(json.loads(json.dumps(as_dict(WISHES)))) == WISHES


def test_a_plan_made_before_there_were_blocks_and_long_waves_reads_as_it_was_meant():
    older = as_dict(WISHES) | {"starts": "08:00", "ends": "15:30"}
    del older["hours"], older["length"]
    found = from_dict(json.loads(json.dumps(older)))
    assert (found.hours, found.length) == (((time(8), time(15, 30)),), 1)


def test_a_rule_is_added_once():
    split = PlanRule("split", "63.09.06")
    once = WISHES.with_rule(split)
    assert once.split == {"63.09.06"}
    assert once.with_rule(split) == once
