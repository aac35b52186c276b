"""The first visit of the answer page in a real browser: requests and all bytes over the wire."""

from playwright.sync_api import sync_playwright

from tests.infra.chromium import ARGUMENTS, find_chromium
from tests.infra.portal import Portal
from tests.load.answer_page import SEED
from tests.load.rows import Row, under

MOST_KIB, MOST_REQUESTS = 20, 3


def measure() -> list[Row]:
    """Chromium with an empty cache; bytes are those of the network, headers and compression included."""
    with Portal() as portal:
        link = next(line[5:] for line in portal.python(SEED).splitlines() if line.startswith("link:"))
        received: dict[str, float] = {}
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(ARGUMENTS))
            page = browser.new_page()
            session = page.context.new_cdp_session(page)
            session.send("Network.enable")
            session.on("Network.requestWillBeSent", lambda event: received.setdefault(event["requestId"], 0))
            session.on(
                "Network.loadingFinished",
                lambda event: received.update({event["requestId"]: event["encodedDataLength"]}),
            )
            page.goto(link, wait_until="networkidle")
            browser.close()
    return [
        under("kunjungan pertama halaman jawaban", sum(received.values()) / 1024, MOST_KIB, "KiB"),
        under("permintaan pada kunjungan pertama", len(received), MOST_REQUESTS, "permintaan"),
    ]
