# One image for every part of the portal; compose.yaml says which part a container is.
FROM python:3.11-slim-trixie AS build
WORKDIR /srv/rtportal
# Libraries first: they change less often than the code.
COPY requirements.txt ./
RUN python -m venv .venv && .venv/bin/pip install --no-cache-dir --require-hashes -r requirements.txt
COPY manage.py pyproject.toml ./
COPY rtportal rtportal
COPY programs programs
COPY sessions sessions
COPY participants participants
COPY templates templates
COPY static static
RUN VAR_DIR=/tmp/build STATIC_ROOT=collected/static .venv/bin/python manage.py collectstatic --noinput --verbosity 0 \
    && .venv/bin/python -m compileall -q rtportal programs sessions participants

FROM python:3.11-slim-trixie
# pg_dump for the backup, as new as the database of compose.yaml.
RUN apt-get update && apt-get install --yes --no-install-recommends postgresql-client && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --user-group --home-dir /var/lib/rtportal --create-home rtportal \
    && install -d -o rtportal -g rtportal -m 700 /var/backups/rtportal
COPY --from=build /srv/rtportal /srv/rtportal
WORKDIR /srv/rtportal
ENV PATH=/srv/rtportal/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    VAR_DIR=/var/lib/rtportal \
    STATIC_ROOT=collected/static
USER rtportal
VOLUME ["/var/lib/rtportal", "/var/backups/rtportal"]
EXPOSE 8000
CMD ["python", "-m", "gunicorn", "--config", "python:rtportal.launch.web_settings", "--bind", "0.0.0.0:8000", "--graceful-timeout", "30"]
