from django.db import migrations

from rtportal.lib import names


def fill_keys(apps, schema_editor):
    """Who stood in before there were keys; of several with one telephone and name in a wave, the first keeps it."""
    Enrolment = apps.get_model("participants", "Enrolment")
    people = Enrolment.objects.filter(answer="represented", substitute_key="", superseded_at=None)
    taken = set(Enrolment.objects.exclude(substitute_key="").values_list("wave_id", "substitute_key"))
    changed = []
    for one in people.only("pk", "wave_id", "substitute_name", "substitute_phone").order_by("pk"):
        # As `participants.substitutes.substitute_key` makes it; without a telephone nobody is recognised.
        bare = names.split_titles(one.substitute_name)[1]
        key = f"{one.substitute_phone}:{names.fold(bare) or bare.casefold()}"[:140]
        if one.substitute_phone and (one.wave_id, key) not in taken:
            taken.add((one.wave_id, key))
            one.substitute_key = key
            changed.append(one)
    Enrolment.objects.bulk_update(changed, ["substitute_key"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("participants", "0014_find_what_was_undone")]

    operations = [migrations.RunPython(fill_keys, migrations.RunPython.noop, elidable=True)]
