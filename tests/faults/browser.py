"""Somebody who meets a real portal page by page while parts of it fail."""

import re

import requests

EMAIL, PASSWORD = "petugas@tabalong.test", "rukun-tetangga-maju"


class Browser(requests.Session):
    """Somebody with a cookie who fills in forms."""

    def __init__(self, base_url: str) -> None:
        super().__init__()
        self._base_url = base_url
        self._token = ""

    def show(self, path: str) -> requests.Response:
        page = self.get(self._base_url + path, timeout=20)
        if found := re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text):
            self._token = found[1]
        return page

    def fill_in(self, path: str, **typed: str) -> requests.Response:
        return self.post(self._base_url + path, data=typed | {"csrfmiddlewaretoken": self._token}, timeout=20)

    def sign_in(self) -> requests.Response:
        """As the official EMAIL, whom the test has made."""
        self.show("/akun/masuk/")
        return self.fill_in("/akun/masuk/", login=EMAIL, password=PASSWORD)
