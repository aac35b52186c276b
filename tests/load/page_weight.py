"""The first visit of the answer page in a real browser: requests, all bytes over the wire, the wait on a 2G line."""

import time

from playwright.sync_api import Browser, sync_playwright

from tests.infra.chromium import ARGUMENTS, find_chromium
from tests.infra.portal import Portal
from tests.load.answer_page import SEED
from tests.load.rows import Row, under

# The first flight of TCP carries ten segments: what fits needs no second trip.
MOST_KIB, MOST_REQUESTS = 14, 3
# As webpagetest.org calls a "2G" line: 280 kbit/s down, 256 kbit/s up, 800 ms there and back.
TWO_G = {"offline": False, "downloadThroughput": 280_000 / 8, "uploadThroughput": 256_000 / 8, "latency": 800}
MOST_SECONDS = 3


def measure() -> list[Row]:
    """Chromium with an empty cache; bytes are those of the network, headers and compression included."""
    with Portal() as portal:
        link = next(line[5:] for line in portal.python(SEED).splitlines() if line.startswith("link:"))
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(ARGUMENTS))
            received = _weigh(browser, link)
            seconds = min(_wait_on_2g(browser, link) for _ in range(3))
            browser.close()
    return [
        under("kunjungan pertama halaman jawaban", sum(received) / 1024, MOST_KIB, "KiB").of_issue(5),
        under("permintaan pada kunjungan pertama", len(received), MOST_REQUESTS, "permintaan"),
        under("halaman jawaban siap dipakai di jaringan 2G", seconds, MOST_SECONDS, "s").of_issue(5),
    ]


def _weigh(browser: Browser, link: str) -> list[float]:
    """Bytes of each request."""
    received: dict[str, float] = {}
    page = browser.new_context().new_page()
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.requestWillBeSent", lambda event: received.setdefault(event["requestId"], 0))
    session.on(
        "Network.loadingFinished",
        lambda event: received.update({event["requestId"]: event["encodedDataLength"]}),
    )
    page.goto(link, wait_until="networkidle")
    page.context.close()
    return list(received.values())


def _wait_on_2g(browser: Browser, link: str) -> float:
    """Seconds from the tap on the link until the button for the likely answer can be tapped."""
    page = browser.new_context(viewport={"width": 360, "height": 740}).new_page()
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", TWO_G)
    started = time.monotonic()
    page.goto(link, wait_until="commit")
    page.get_by_role("button", name="Hadir", exact=True).click(trial=True)
    seconds = time.monotonic() - started
    page.context.close()
    return seconds
