"""Where a form opened from another form leads back to."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme


def return_path(request: HttpRequest, default: str, *args: object) -> str:
    """The path in `?kembali=` if it lies on this site, else the address of the URL name `default` with `args`."""
    wish = request.GET.get("kembali", "")
    if wish.startswith("/") and url_has_allowed_host_and_scheme(wish, allowed_hosts=None):
        return wish
    return reverse(default, args=args)
