"""Runs the portal: prepares it, starts its processes, watches them, and ends them all."""

import os
import signal
import time
from collections.abc import Callable
from urllib.parse import urlsplit

import redis
from django.conf import settings
from django.db import DatabaseError, connections

from rtportal import env
from rtportal.launch import preparation, readiness
from rtportal.launch.child import Child
from rtportal.launch.greeting import greeting
from rtportal.launch.guards import CannotStart, only_one, refuse_taken_port
from rtportal.launch.services import processes_for, valkey_command, web_command, worker_command

STARTS_WITHIN = 60.0
# Five seconds in all, counted from the request to stop: running tasks first get time to finish, then are put back
# into the queue, then are killed.
FINISH_UNTIL, PUT_BACK_UNTIL, ALL_GONE = 3.8, 4.4, 4.8


class StopRequested(BaseException):
    """Ctrl-C, SIGTERM or the end of the terminal. Like KeyboardInterrupt, no step may mistake it for its own error."""


class Launcher:
    """`run` returns when somebody asked the portal to stop. Raises CannotStart when it cannot start or go on."""

    def __init__(self, *, with_demo: bool) -> None:
        self._with_demo = with_demo
        self._children: list[Child] = []
        self._logs = settings.VAR_DIR / "log"
        self._stop_by = 0.0

    def run(self) -> None:
        # Names and telephone numbers lie in the database file: what is written from here on is its owner's alone.
        os.umask(0o077)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._request_stop)
        try:
            with only_one(settings.VAR_DIR / "launch.lock"):
                try:
                    self._start()
                    self._watch()
                finally:
                    self._stop()
        except StopRequested:
            say("Semua bagian portal sudah berhenti.")

    def _start(self) -> None:
        refuse_taken_port(env.PORT)
        self._start_broker()
        self._prepare()
        processes = processes_for(connections["default"].settings_dict["ENGINE"])
        connections.close_all()
        web = self._child("web", web_command(env.PORT, processes))
        self._child("worker", worker_command(settings.VAR_DIR / "beat-schedule", processes))
        self._wait(lambda: readiness.web_answers(env.PORT))
        self._wait(lambda: readiness.worker_answers(settings.CELERY_BROKER_URL))
        # Somebody else may have taken the port meanwhile and answered for us.
        if web.exit_code is not None:
            raise self._death(web)
        say(greeting(settings.BASE_URL))
        connections.close_all()

    def _start_broker(self) -> None:
        if env.REDIS_URL:
            if not _answers(redis.Redis.from_url(env.REDIS_URL, socket_connect_timeout=3, socket_timeout=3)):
                # Without the user and password that the address may hold.
                place = urlsplit(env.REDIS_URL).hostname or urlsplit(env.REDIS_URL).path
                raise CannotStart(f"Redis di {place} tidak menjawab. Periksa REDIS_URL, atau kosongkan.")
            return
        client = redis.Redis(unix_socket_path=str(env.EMBEDDED_SOCKET))
        self._child("valkey", valkey_command(env.EMBEDDED_SOCKET, settings.VAR_DIR / "valkey"))
        self._wait(lambda: _answers(client))
        say("Valkey tertanam berjalan.")

    def _prepare(self) -> None:
        memory = preparation.Memory(settings.VAR_DIR / "launch.json")
        try:
            connections["default"].ensure_connection()
        except DatabaseError as error:
            raise CannotStart(f"Basis data tidak dapat dibuka. Periksa DATABASE_URL. Jawabannya: {error}") from error
        if count := preparation.migrate():
            say(f"Basis data disiapkan: {count} perubahan tabel diterapkan.")
        if preparation.load_regions(memory):
            say("Wilayah seluruh Indonesia dimuat.")
        if self._with_demo and preparation.load_demo():
            say("Data contoh dimuat.")
        if preparation.collect_static(memory):
            say("Berkas tampilan disiapkan.")

    def _watch(self) -> None:
        """Until a stop is requested, which arrives as StopRequested, or one of the processes ends."""
        while True:
            self._refuse_death()
            time.sleep(0.2)

    def _wait(self, is_up: Callable[[], bool]) -> None:
        deadline = time.monotonic() + STARTS_WITHIN
        while not is_up():
            self._refuse_death()
            if time.monotonic() > deadline:
                raise CannotStart(
                    f"Portal belum siap setelah {STARTS_WITHIN:.0f} detik. Sebabnya tertulis di {self._logs}."
                )
            time.sleep(0.05)

    def _refuse_death(self) -> None:
        for child in self._children:
            if child.exit_code is not None:
                raise self._death(child)

    def _death(self, child: Child) -> CannotStart:
        return CannotStart(
            f"Bagian {child.name} berhenti sendiri (kode {child.exit_code}); semua bagian lain ikut dihentikan.\n"
            f"Baris terakhir {child.log}:\n\n{child.last_lines()}"
        )

    def _child(self, name: str, command: list[str]) -> Child:
        child = Child(name, command, log=self._logs / f"{name}.log")
        self._children.append(child)
        return child

    def _request_stop(self, *_: object) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        self._stop_by = time.monotonic() + ALL_GONE
        # If a step of the preparation swallows the request, the kernel ends this process and the keepers the others.
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, ALL_GONE + 0.15)
        raise StopRequested

    def _stop(self) -> None:
        """Web and worker first and together; Valkey last, because the worker hands back its tasks to it."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        begun = (self._stop_by or time.monotonic() + ALL_GONE) - ALL_GONE
        running = [child for child in self._children if child.exit_code is None]
        if running:
            say("Menghentikan portal; pekerjaan yang sedang berjalan diselesaikan dahulu …")
        clients = [child for child in running if child.name != "valkey"]
        for child in clients:
            child.ask(signal.SIGTERM)
        _wait_all(clients, begun + FINISH_UNTIL)
        for child in clients:
            # To celery: put back what is still running. gunicorn ends at once.
            child.ask(signal.SIGQUIT)
        _wait_all(clients, begun + PUT_BACK_UNTIL)
        for child in clients:
            child.kill()
        for child in running:
            if child not in clients:
                child.stop(max(0.1, begun + ALL_GONE - time.monotonic()))
        # Nobody is left to be ended by the kernel; a slow machine may take its time to say goodbye.
        signal.setitimer(signal.ITIMER_REAL, 0)


def say(text: str) -> None:
    """To the console at once, also when it is a pipe."""
    print(text, flush=True)


def _wait_all(children: list[Child], until: float) -> None:
    for child in children:
        child.wait(max(0.0, until - time.monotonic()))


def _answers(client: redis.Redis) -> bool:
    try:
        return bool(client.ping())
    except redis.exceptions.RedisError:
        return False
    finally:
        client.close()
