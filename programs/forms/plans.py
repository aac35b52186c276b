"""What officials ask of a plan: what is kept whole, halls, dates, rules."""

from datetime import date, time
from typing import Any

from django import forms
from django.db.models import QuerySet

from participants.queries.plan_areas import Place
from programs.forms.base import VersionForm
from programs.forms.plan_times import DaysField, HoursField
from programs.models import Program, Venue, WavePlan
from programs.queries import plan_wishes
from programs.queries.plan_wishes import LEVELS, PlanRule, PlanWishes, RuleKind
from programs.rules import LONGEST_WAVE_DAYS
from rtportal.lib import clock
from rtportal.lib.numbers import thousands
from rtportal.regions.codes import DISTRICT, level_of
from rtportal.regions.models import Region

MOST_RULES = 40
EMPTY_DAYS, EMPTY_RULES = 3, 2


class PlanForm(VersionForm):
    """A plan's wishes without its rules, which are a formset. Hours are local to the programme's zone."""

    name = forms.CharField(label="Nama rencana", max_length=120)
    level = forms.ChoiceField(
        label="Yang dijaga utuh",
        choices=list(LEVELS.items()),
        help_text="Ketua RT dari satu wilayah ini tidak dipisah ke gelombang yang berbeda.",
    )
    districts = forms.MultipleChoiceField(
        label="Kecamatan yang dibagi",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Kosongkan untuk seluruh wilayah program. Yang sudah masuk gelombang tidak ikut dibagi.",
    )
    venues = forms.ModelMultipleChoiceField(
        label="Tempat", queryset=Venue.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    reserve = forms.IntegerField(
        label="Kursi cadangan (%)",
        initial=0,
        min_value=0,
        max_value=90,
        help_text="Bagian kapasitas yang dibiarkan kosong, misalnya untuk panitia dan tamu.",
    )
    days = DaysField(
        label="Tanggal yang mungkin",
        error_messages={"required": "Isi paling sedikit satu tanggal."},
        help_text="Satu tempat menampung satu gelombang pada satu tanggal, atau satu pada setiap sesi waktu.",
    )
    length = forms.IntegerField(
        label="Lama (hari)",
        initial=1,
        min_value=1,
        max_value=LONGEST_WAVE_DAYS,
        help_text="Lebih dari satu hari, misalnya 3: tanggal di atas menjadi tanggal mulai, dan tempat dipakai sampai "
        "hari ketiga.",
    )
    hours = HoursField(label="Sesi waktu")
    wave_count = forms.IntegerField(
        label="Jumlah gelombang",
        required=False,
        min_value=1,
        max_value=200,
        help_text="Kosongkan untuk sesedikit mungkin.",
    )
    most_areas = forms.IntegerField(
        label="Paling banyak wilayah per gelombang",
        required=False,
        min_value=1,
        max_value=1000,
        help_text="Kosongkan bila tidak dibatasi.",
    )

    def __init__(
        self, *args, program: Program, districts: list[Region], venues: QuerySet, plan: WavePlan | None = None
    ):
        super().__init__(*args, initial=_initial_of(plan) if plan else _initial_of_new(program, venues))
        self.fields["districts"].choices = [(district.code, district.name) for district in districts]
        self.fields["venues"].queryset = venues
        self.fields["venues"].label_from_instance = lambda venue: f"{venue.name} ({thousands(venue.capacity)} kursi)"
        self.zone = clock.zone_label(program.region.time_zone, clock.now())

    @property
    def hour_values(self) -> list[tuple[str, str]]:
        """What stands in the pairs of hours: what was typed, and one empty pair at least."""
        typed = [tuple(map(_clock, pair)) for pair in self["hours"].value() or [] if any(pair)]
        return [*(typed or [("", "")]), ("", "")]

    @property
    def day_values(self) -> list[str]:
        """What stands in the date inputs: what was typed, and some empty ones."""
        typed = [day.isoformat() if isinstance(day, date) else str(day) for day in self["days"].value() or []]
        return [text for text in typed if text.strip()] + [""] * EMPTY_DAYS

    def wishes(self, rules: list[PlanRule]) -> PlanWishes:
        """From a valid form."""
        data = self.cleaned_data
        return PlanWishes(
            level=data["level"],
            districts=tuple(data["districts"]),
            venues=tuple(venue.pk for venue in data["venues"]),
            reserve=data["reserve"],
            days=data["days"],
            hours=data["hours"],
            length=data["length"],
            wave_count=data["wave_count"],
            most_areas=data["most_areas"],
            rules=tuple(rules),
        )


class RuleForm(forms.Form):
    """One rule; areas are typed by name, as the page's list suggests them."""

    KINDS = [
        ("", "— pilih —"),
        (RuleKind.ON_DAY, "hanya pada tanggal"),
        (RuleKind.NOT_ON_DAY, "tidak pada tanggal"),
        (RuleKind.TOGETHER, "bersama dengan"),
        (RuleKind.APART, "terpisah dari"),
        (RuleKind.SPLIT, "boleh dipecah"),
    ]

    area = forms.CharField(
        label="Wilayah",
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"list": "daftar-wilayah", "autocomplete": "off"}),
    )
    kind = forms.ChoiceField(label="Aturan", required=False, choices=KINDS)
    other = forms.CharField(
        label="Wilayah lain",
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"list": "daftar-wilayah", "autocomplete": "off"}),
    )
    day = forms.DateField(
        label="Tanggal",
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    def __init__(self, *args, places: list[Place], prefers_districts: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.places = places
        self.prefers_districts = prefers_districts

    def clean_area(self) -> str:
        return self._key("area")

    def clean_other(self) -> str:
        return self._key("other")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        kind = data.get("kind")
        if not kind:
            if any(data.get(name) for name in ("area", "other", "day")):
                self.add_error("kind", "Pilih aturannya, atau kosongkan barisnya.")
            return data
        if not data.get("area") and "area" not in self.errors:
            self.add_error("area", "Tulis wilayahnya.")
        if kind in (RuleKind.ON_DAY, RuleKind.NOT_ON_DAY) and not data.get("day") and "day" not in self.errors:
            self.add_error("day", "Isi tanggalnya.")
        # A region may be kept together by itself: all its parts in one wave.
        if kind == RuleKind.APART and not data.get("other") and "other" not in self.errors:
            self.add_error("other", "Tulis wilayah yang kedua.")
        return data

    def rule(self) -> PlanRule | None:
        """From a valid form; None for an empty row."""
        data = self.cleaned_data
        if not data.get("kind"):
            return None
        is_dated = data["kind"] in (RuleKind.ON_DAY, RuleKind.NOT_ON_DAY)
        is_pair = data["kind"] in (RuleKind.TOGETHER, RuleKind.APART)
        return PlanRule(data["kind"], data["area"], data["other"] if is_pair else "", data["day"] if is_dated else None)

    def _key(self, field: str) -> str:
        typed = " ".join(self.cleaned_data[field].split()).casefold()
        if not typed:
            return ""
        exact = [place for place in self.places if typed == place.label.casefold()]
        found = exact or [place for place in self.places if typed == place.name.casefold()]
        # Where kecamatan are kept whole, "Jaro" is the kecamatan and not its village of that name.
        if self.prefers_districts:
            found = [place for place in found if level_of(place.key) == DISTRICT] or found
        if not found:
            raise forms.ValidationError("Wilayah ini tidak ada. Pilih dari daftar yang muncul saat mengetik.")
        if len(found) > 1:
            listed = " atau ".join(place.label for place in found[:4])
            raise forms.ValidationError(f"Yang dimaksud {listed}? Tulis selengkapnya.")
        return found[0].key


RuleFormSet = forms.formset_factory(
    RuleForm, extra=EMPTY_RULES, can_delete=True, max_num=MOST_RULES, absolute_max=2 * MOST_RULES, validate_max=True
)


def rule_forms(data, places: list[Place], plan: WavePlan | None = None) -> forms.BaseFormSet:
    """A form for each rule of the plan and two empty ones."""
    labels = {place.key: place.label for place in places}
    rules = plan_wishes.from_dict(plan.wishes).rules if plan else ()
    initial = [
        {
            "kind": rule.kind,
            "area": labels.get(rule.area, rule.area),
            "other": labels.get(rule.other, rule.other),
            "day": rule.day,
        }
        for rule in rules
    ]
    level = data.get("level") if data else (plan.wishes["level"] if plan else "")
    options = {"places": places, "prefers_districts": level == plan_wishes.DISTRICT}
    found = RuleFormSet(data, initial=initial, prefix="aturan", form_kwargs=options)
    for one in found.forms:
        one.fields["DELETE"].label = "Hapus"
    return found


def rules_of(forms_of_rules: forms.BaseFormSet) -> list[PlanRule]:
    """The rules of a valid formset without the deleted and the empty ones, each once."""
    rules = [one.rule() for one in forms_of_rules.forms if not one.cleaned_data.get("DELETE")]
    return list(dict.fromkeys(rule for rule in rules if rule))


def _clock(value: Any) -> str:
    return f"{value:%H:%M}" if isinstance(value, time) else str(value)


def _initial_of(plan: WavePlan) -> dict[str, Any]:
    wishes = plan_wishes.from_dict(plan.wishes)
    names = ("level", "districts", "venues", "reserve", "days", "length", "hours", "wave_count", "most_areas")
    return {"version": plan.version, "name": plan.name} | {name: getattr(wishes, name) for name in names}


def _initial_of_new(program: Program, venues: QuerySet) -> dict[str, Any]:
    used = set(program.plans.values_list("name", flat=True))
    number = next(number for number in range(1, len(used) + 2) if f"Rencana {number}" not in used)
    initial = {"name": f"Rencana {number}", "level": plan_wishes.DISTRICT, "hours": [(time(8, 0), time(15, 0))]}
    found = list(venues[:2])
    # Where there is only one hall it is the one.
    return initial | ({"venues": [found[0].pk]} if len(found) == 1 else {})
