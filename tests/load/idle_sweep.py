"""Every sweep of a minute with nothing due: over 1,000,000 old messages against 1,000."""

from tests.infra.portal import Portal
from tests.infra.postgres import Postgres
from tests.load.rows import Row, at_most

FEW, MANY = 1_000, 1_000_000
TIMES = 1.5
RUN = "from tests.load.idle_sweep_sides import sweep; print('seconds:', sweep())"
SEED = "from tests.load.idle_sweep_sides import old_messages; old_messages({count})"


def measure(many: int = MANY) -> list[Row]:
    """The median of a hundred sweeps on each side, each side in a database of its own."""
    server = Postgres()
    server.start()
    try:
        seconds = {}
        for count in (FEW, many):
            with Portal(database_url=server.new_database(), start=False) as portal:
                portal.python(SEED.format(count=count))
                printed = portal.python(RUN).splitlines()
                seconds[count] = float(next(line.split()[1] for line in printed if line.startswith("seconds:")))
    finally:
        server.stop()
    ours, baseline = seconds[many] * 1000, seconds[FEW] * 1000
    return [at_most("sapuan tanpa tugas, 1.000.000 pesan lama", ours, baseline, "ms", TIMES).of_issue(4)]
