import json
import os
import stat
import subprocess
import sys

import pytest

from rtportal import env


def test_without_an_address_the_database_is_sqlite_under_var(tmp_path):
    settings = env.database("", tmp_path)
    assert settings["ENGINE"].endswith("sqlite3")
    assert settings["NAME"] == str(tmp_path / "rtportal.sqlite3")
    assert settings["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "mmap_size" not in settings["OPTIONS"]["init_command"]


def test_a_postgresql_address_is_taken_apart(tmp_path):
    settings = env.database("postgres://rt:p%40ss@db.local:5433/portal?sslmode=require", tmp_path)
    assert {key: settings[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")} == {
        "NAME": "portal",
        "USER": "rt",
        "PASSWORD": "p@ss",
        "HOST": "db.local",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "require", "options": env.SESSION},
    }


def test_a_socket_folder_stands_in_the_host_option(tmp_path):
    settings = env.database("postgresql:///portal?host=/run/postgresql", tmp_path)
    assert settings["HOST"] == "/run/postgresql"
    assert settings["OPTIONS"] == {"options": env.SESSION}


def test_the_server_can_be_told_more(tmp_path):
    settings = env.database("postgres:///portal?options=-c%20statement_timeout%3D30s", tmp_path)
    assert settings["OPTIONS"] == {"options": f"{env.SESSION} -c statement_timeout=30s"}


def test_another_database_is_refused_by_name(tmp_path):
    with pytest.raises(env.EnvError, match="mysql"):
        env.database("mysql://x/y", tmp_path)


@pytest.mark.parametrize(
    ("url", "port", "tls", "ssl"),
    [
        ("smtp://mail.local", 25, False, False),
        ("smtp+tls://mail.local", 587, True, False),
        ("smtps://mail.local:8465", 8465, False, True),
    ],
)
def test_the_mail_server_comes_from_one_address(url, port, tls, ssl):
    settings = env.email(url)
    assert (settings["host"], settings["port"], settings["tls"], settings["ssl"]) == ("mail.local", port, tls, ssl)


def test_a_mail_address_of_another_kind_is_refused():
    with pytest.raises(env.EnvError):
        env.email("http://mail.local")


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [("PORT", "abc", "PORT: isi dengan angka"), ("DATABASE_URL", "mysql://x/y", "skema 'mysql' tidak dikenal")],
)
def test_a_value_that_cannot_work_is_told_in_a_sentence(tmp_path, name, value, sentence):
    environment = {**os.environ, "VAR_DIR": str(tmp_path), name: value}
    command = [sys.executable, env.BASE_DIR / "manage.py", "check"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, cwd=env.BASE_DIR)
    assert done.returncode == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_keys_are_made_once_and_only_the_owner_reads_them(tmp_path):
    first = env.read_or_make_secrets(tmp_path / "var")
    assert env.read_or_make_secrets(tmp_path / "var") == first
    path = tmp_path / "var" / "secrets.json"
    assert json.loads(path.read_text()) == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(set(first.values())) == 5
    assert os.listdir(path.parent) == ["secrets.json"]  # noqa: PTH208 - the draft is gone too


def test_a_file_of_an_older_version_gets_the_key_it_lacks_once_and_keeps_the_others(tmp_path):
    path = tmp_path / "secrets.json"
    older = {"secret_key": "s", "link_key": "l", "nik_key": "n"}
    path.write_text(json.dumps(older))
    program = (
        f"from pathlib import Path; from rtportal import env; print(env.read_or_make_secrets(Path({str(tmp_path)!r})))"
    )
    command = [sys.executable, "-c", program]
    environment = {**os.environ, "VAR_DIR": str(tmp_path), "PYTHONPATH": str(env.BASE_DIR)}
    racing = [subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    told = {process.communicate()[0] for process in racing}
    assert len(told) == 1
    made = json.loads(path.read_text())
    assert made == older | {name: made[name] for name in ("audit_key", "personal_key")}
    assert os.listdir(tmp_path) == ["secrets.json"]  # noqa: PTH208 - nor a draft


def test_a_long_folder_gets_its_socket_elsewhere(tmp_path):
    near, far = tmp_path / "v", tmp_path / ("v" * 120)
    assert env.embedded_socket(near) == near / "valkey.sock" or len(str(near)) > 80
    assert len(str(env.embedded_socket(far))) <= env.LONGEST_SOCKET_PATH
    assert env.embedded_socket(far) != env.embedded_socket(far / "w")


@pytest.mark.parametrize("url", ["https://graph.facebook.com/v25.0/", "http://127.0.0.1:9000/v25.0"])
def test_an_api_is_reached_by_https_or_on_this_machine(monkeypatch, url):
    monkeypatch.setenv("WHATSAPP_API_URL", url)
    assert env.api_url("WHATSAPP_API_URL", "") == url.rstrip("/")


@pytest.mark.parametrize("url", ["http://graph.facebook.com", "graph.facebook.com", "https://", "ftp://127.0.0.1"])
def test_an_api_without_tls_stops_the_start_by_name(monkeypatch, url):
    monkeypatch.setenv("WHATSAPP_API_URL", url)
    with pytest.raises(env.EnvError, match="WHATSAPP_API_URL"):
        env.api_url("WHATSAPP_API_URL", "")


def test_a_word_that_is_not_among_the_allowed_ones_is_refused(monkeypatch):
    monkeypatch.setenv("LOG_FORMAT", "xml")
    with pytest.raises(env.EnvError, match="text, json"):
        env.one_of("LOG_FORMAT", ("text", "json"))
    monkeypatch.delenv("LOG_FORMAT")
    assert env.one_of("LOG_FORMAT", ("text", "json")) == "text"


@pytest.mark.parametrize(
    ("address", "given", "expected"),
    [
        ("https://portal.test", "", "admins"),
        ("http://localhost:8000", "", "off"),
        ("https://portal.test", "everyone", "everyone"),
    ],
)
def test_admins_of_a_portal_with_tls_need_a_second_factor(tmp_path, address, given, expected):
    environment = {**os.environ, "VAR_DIR": str(tmp_path), "BASE_URL": address, "SECOND_FACTOR": given}
    command = [sys.executable, "-c", "from rtportal import env; print(env.SECOND_FACTOR)"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, cwd=env.BASE_DIR)
    assert done.stdout.strip() == expected
