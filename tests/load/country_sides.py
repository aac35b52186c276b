"""What `country.py` runs inside a portal: how long each list page takes, how many queries it makes, what they read."""

import re
import time
from collections import Counter

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, setup_test_environment
from django.urls import reverse

from rtportal.accounts.models import User
from tests.load.country_seed import CAPITAL, NATIONAL
from tests.load.list_seed import OFFICIAL
from tests.load.list_sides import OWNERS, PAGES

# Address and question of lists as people narrow them; the search words are in many names, or in none.
SEARCHES = (
    ("participants:head_list", "cari=Ahmad"),
    ("participants:head_list", "cari=zzzz"),
    ("participants:head_list", "cari=08123456789"),
    ("participants:head_list", "cari=RT+5"),
    ("participants:head_list", "kecamatan=63.09.06"),
    ("participants:head_list", "tanpa_hp=1"),
    ("participants:head_list", "tanpa_email=1&hal=9999"),
    ("participants:answer_desk", "cari=Ahmad&keadaan=semua"),
    ("participants:answer_desk", "keadaan=wakil-menunggu"),
    ("messaging:message_list", "cari=Ahmad"),
    ("messaging:message_list", "cari=zzzz"),
    ("messaging:message_list", "cari=08123456789"),
    ("messaging:message_list", "keadaan=failed"),
    ("messaging:message_list", "keadaan=delivered"),
    ("messaging:message_list", "jenis=invitation&hal=9999"),
    ("messaging:message_list", "saluran=manual"),
    ("messaging:reply_list", "cari=Parkir"),
    ("messaging:reply_list", "keadaan=open"),
    ("participants:correction_list", "keadaan=selesai"),
    ("training_sessions:speaker_list", "cari=Narasumber"),
    ("programs:venue_list", "cari=Aula"),
)
# A table is large if reading all of it for one page would be felt. That of all regions is as large for everybody.
LARGE, ALIKE = 8_000, {"regions_region"}


def addresses() -> dict[str, str]:
    """Label → address of every list page and of the narrowed lists."""
    found = {}
    for page in PAGES:
        owners = [OWNERS[name].order_by("pk").first().pk for name in page.of.split()]
        found[page.label] = f"{reverse(page.name, args=[*owners, *filter(None, [page.part])])}?{page.query}"
    for name, query in SEARCHES:
        found[f"{name.partition(':')[2]} {query}"] = f"{reverse(name)}?{query}"
    return found


def lists_only() -> list[str]:
    """Labels of pages that are about nothing in particular: what somebody of any region can open."""
    plain = {page.label for page in PAGES if not page.of}
    return [label for label in addresses() if label in plain or "=" in label]


def signed_in(email: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(email=email))
    return client


def timed_for(who: str, times: int, labels: list[str] | None) -> dict[str, dict]:
    """`timed` for the official of one office, of DKI Jakarta, or of all provinces; the latter two have only lists."""
    setup_test_environment()
    people = {"office": OFFICIAL, "capital": CAPITAL, "country": NATIONAL}
    return timed(people[who], times, labels if who == "office" else lists_only())


def timed(email: str, times: int, labels: list[str] | None = None) -> dict[str, dict]:
    """For each page: `seconds` of so many requests, and `queries` of one. Raises AssertionError if one fails."""
    client, told = signed_in(email), {}
    for label, address in addresses().items():
        if labels is not None and label not in labels:
            continue
        # What a process reads only once is no part of a page.
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address)
        # Before the next request forgets them.
        count = len(queries)
        if response.status_code != 200:
            raise AssertionError(f"{address} answers {response.status_code}")
        seconds = []
        for _ in range(times):
            begun = time.perf_counter()
            client.get(address)
            seconds.append(time.perf_counter() - begun)
        told[label] = {"queries": count, "seconds": seconds}
    return told


def whole_reads(email: str, address: str) -> list[str]:
    """What a page's queries read from end to end although it is large: `table: the query`, as PostgreSQL plans it."""
    client = signed_in(email)
    client.get(address)
    plans: list[tuple[str, dict]] = []

    def explain(execute, sql, params, many, context):
        # Now, because whom the connection acts for decides what is read.
        if re.match(r"\s*(SELECT|WITH)", sql):
            with connection.connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {sql}", params)
                plans.append((sql, cursor.fetchone()[0][0]["Plan"]))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(explain):
        response = client.get(address)
    if response.status_code != 200:
        raise AssertionError(f"{address} answers {response.status_code}")
    sizes = _sizes()
    return [
        f"{table}: {sql}"
        for sql, plan in plans
        for table in _read_whole(plan)
        if sizes[table] >= LARGE and table not in ALIKE
    ]


def _read_whole(node: dict) -> list[str]:
    """Tables read from end to end; the policy's other half is planned too, and never read for who needs no look."""
    is_whole = node["Node Type"] == "Seq Scan" and node["Actual Loops"]
    mine = [node["Relation Name"]] if is_whole else []
    return mine + [table for part in node.get("Plans", []) for table in _read_whole(part)]


def _sizes() -> Counter:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname, reltuples FROM pg_class WHERE relkind = 'r'")
        return Counter({name: int(rows) for name, rows in cursor.fetchall()})
