"""RT heads who answer through their personal links, and officials who browse meanwhile: real HTTP, kept-alive."""

import multiprocessing
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from queue import Empty, SimpleQueue
from random import Random

PROCESSES, HEADS_AT_ONCE = 3, 16
AGAIN_AFTER, LONGEST_WAIT = 0.5, 30.0
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
ANSWERS = ("answer=confirmed", "answer=declined&reason=Ada+keperluan+keluarga")


@dataclass
class Told:
    """What some clients met: numbers of heads whose answer was taken, faults in words, and seconds of each answer."""

    taken: list[int] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    ended_at: float = 0.0

    def add(self, other: "Told") -> None:
        self.taken += other.taken
        self.faults += other.faults
        self.seconds += other.seconds
        self.ended_at = max(self.ended_at, other.ended_at)


def answer_of(number: int) -> str:
    """What head `number` answers."""
    return ANSWERS[number % len(ANSWERS)]


def arrivals(people: int, seconds: float) -> list[float]:
    """When each head opens the link, in seconds from now: most soon after the message, in bursts."""
    chance = Random(people)
    spread = sorted(seconds * chance.random() ** 2 for _ in range(people))
    # Messages come through in waves, so do those who read them.
    return [moment - moment % 5 for moment in spread]


class Heads:
    """All heads, from several processes of many connections; `join` gives what they met."""

    def __init__(self, port: int, paths: Sequence[str], seconds: float, *, until: float) -> None:
        begun = time.time()
        moments = [begun + wait for wait in arrivals(len(paths), seconds)]
        plan = list(zip(range(len(paths)), paths, moments, strict=True))
        context = multiprocessing.get_context("fork")
        self._answers = context.SimpleQueue()
        self._processes = [
            context.Process(target=_answer_all, args=(port, plan[place::PROCESSES], until, self._answers), daemon=True)
            for place in range(PROCESSES)
        ]
        for process in self._processes:
            process.start()

    def join(self) -> Told:
        told = Told()
        for _ in self._processes:
            told.add(self._answers.get())
        for process in self._processes:
            process.join()
        return told


class Officials:
    """Some who go through the pages one after the other until `stop`, which gives what they met."""

    def __init__(self, port: int, cookies: Sequence[str], paths: Sequence[str], pause: float = 0.3) -> None:
        self._ending = threading.Event()
        self._told = [Told() for _ in cookies]
        self._threads = [
            threading.Thread(target=_browse, args=(port, cookie, paths, pause, self._ending, told), daemon=True)
            for cookie, told in zip(cookies, self._told, strict=True)
        ]
        for thread in self._threads:
            thread.start()

    def stop(self) -> Told:
        self._ending.set()
        told = Told()
        for thread, one in zip(self._threads, self._told, strict=True):
            thread.join()
            told.add(one)
        return told


def _answer_all(port: int, plan: list[tuple[int, str, float]], until: float, answers) -> None:
    queue: SimpleQueue = SimpleQueue()
    for head in plan:
        queue.put(head)
    told = [Told() for _ in range(HEADS_AT_ONCE)]
    threads = [threading.Thread(target=_answer_some, args=(port, queue, until, one)) for one in told]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    whole = Told()
    for one in told:
        whole.add(one)
    answers.put(whole)


def _answer_some(port: int, queue: SimpleQueue, until: float, told: Told) -> None:
    connection = HTTPConnection("127.0.0.1", port, timeout=LONGEST_WAIT)
    while time.time() < until:
        try:
            number, path, moment = queue.get_nowait()
        except Empty:
            break
        time.sleep(max(0.0, min(moment, until) - time.time()))
        while time.time() < until and not _answered(connection, number, path, told):
            connection.close()
            time.sleep(AGAIN_AFTER)
        told.ended_at = time.time()
    connection.close()


def _answered(connection: HTTPConnection, number: int, path: str, told: Told) -> bool:
    """Open the page, then send the answer; whether it was taken. A head whom something goes wrong for comes again."""
    for method, body, expected in (("GET", None, 200), ("POST", answer_of(number), 302)):
        begun = time.perf_counter()
        try:
            connection.request(method, path, body, FORM if body else {})
            response = connection.getresponse()
            response.read()
        except (OSError, HTTPException) as error:
            told.faults.append(f"{method} {type(error).__name__}")
            return False
        told.seconds.append(time.perf_counter() - begun)
        if response.status != expected:
            told.faults.append(f"{method} {response.status}")
            return False
    told.taken.append(number)
    return True


def _browse(port: int, cookie: str, paths: Sequence[str], pause: float, ending: threading.Event, told: Told) -> None:
    connection = HTTPConnection("127.0.0.1", port, timeout=LONGEST_WAIT)
    while not ending.is_set():
        for path in paths:
            if ending.is_set():
                break
            begun = time.perf_counter()
            try:
                connection.request("GET", path, headers={"Cookie": cookie})
                response = connection.getresponse()
                response.read()
            except (OSError, HTTPException) as error:
                told.faults.append(f"{path} {type(error).__name__}")
                connection.close()
                ending.wait(AGAIN_AFTER)
                continue
            told.seconds.append(time.perf_counter() - begun)
            if response.status != 200:
                told.faults.append(f"{path} {response.status}")
            ending.wait(pause)
    connection.close()
