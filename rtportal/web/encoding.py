"""What browsers send is read as UTF-8."""

from django.core.handlers.wsgi import WSGIRequest
from django.utils.http import parse_header_parameters


class Utf8Request(WSGIRequest):
    """Ignores the character set that a request names: every page of the portal is UTF-8, so every form is sent as such.

    Python knows sets that decode no text (`rot13`), or make of it what no database and no page can hold
    (`raw_unicode_escape`): a stranger's request would end in an error page. Django reads the question of the address
    in that set as it makes the request, before any middleware.
    """

    def _set_content_type_params(self, meta: dict) -> None:
        self.content_type, self.content_params = parse_header_parameters(meta.get("CONTENT_TYPE", ""))
