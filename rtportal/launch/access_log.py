"""gunicorn's access log without secret links."""

from gunicorn.glogging import Logger

from rtportal import env
from rtportal.lib.json_lines import JsonLine
from rtportal.lib.redaction import redact


class RedactingLogger(Logger):
    """Lines as gunicorn writes them, but the request line and the referrer name no secret link."""

    def setup(self, cfg) -> None:
        super().setup(cfg)
        if env.LOG_FORMAT == "json":
            for handler in self.error_log.handlers:
                handler.setFormatter(JsonLine())

    def atoms(self, resp, req, environ, request_time) -> dict:
        atoms = super().atoms(resp, req, environ, request_time)
        return {name: redact(value) if isinstance(value, str) else value for name, value in atoms.items()}
