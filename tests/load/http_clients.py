"""A bounded load of HTTP requests to this machine: many clients, each with one kept-alive connection."""

import multiprocessing
import selectors
import socket
import time
from dataclasses import dataclass

PROCESSES = 2
LONGEST_SECONDS = 60


@dataclass(frozen=True)
class Load:
    """What a load came to: requests per second, how many answers had another status than expected, and how long the
    slowest hundredth of them took at least, in ms.
    """

    per_second: float
    unexpected: int
    p99_ms: float


def request(
    method: str, path: str, body: str = "", *, kind: str = "application/x-www-form-urlencoded", token: str = ""
) -> bytes:
    """One HTTP/1.1 request as bytes; `kind` is the body's type, `token` one for the Authorization header."""
    head = f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: br, gzip\r\n"
    if token:
        head += f"Authorization: Bearer {token}\r\n"
    if method == "POST":
        head += f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
    return (head + "\r\n" + body).encode()


def run_load(port: int, requests: list[bytes], *, clients: int, total: int, status: int) -> Load:
    """Send `total` requests, taken in turn from `requests`, over `clients` connections to 127.0.0.1:`port`."""
    share, mine = total // PROCESSES, clients // PROCESSES
    with multiprocessing.get_context("fork").Pool(PROCESSES) as pool:
        begun = time.monotonic()
        parts = pool.starmap(
            _drive, [(port, requests[number::PROCESSES], mine, share, status) for number in range(PROCESSES)]
        )
        seconds = time.monotonic() - begun
    waits = sorted(wait for waited, _ in parts for wait in waited)
    return Load(
        per_second=len(waits) / seconds,
        unexpected=sum(odd for _, odd in parts),
        p99_ms=waits[len(waits) * 99 // 100] * 1000,
    )


def _drive(port: int, requests: list[bytes], clients: int, total: int, status: int) -> tuple[list[float], int]:
    """How long each answer took in seconds, and how many were unexpected."""
    expected = f"HTTP/1.1 {status} ".encode()
    selector = selectors.DefaultSelector()
    sent = unexpected = 0
    begun: dict[socket.socket, float] = {}
    waits: list[float] = []
    deadline = time.monotonic() + LONGEST_SECONDS

    def send(connection: socket.socket) -> None:
        nonlocal sent
        begun[connection] = time.monotonic()
        connection.sendall(requests[sent % len(requests)])
        sent += 1

    def connect() -> None:
        connection = socket.create_connection(("127.0.0.1", port))
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        selector.register(connection, selectors.EVENT_READ, bytearray())
        send(connection)

    for _ in range(clients):
        connect()
    while len(waits) < total and time.monotonic() < deadline:
        for key, _ in selector.select(timeout=5):
            connection, buffer = key.fileobj, key.data
            piece = connection.recv(65536)
            buffer += piece
            if piece and not _is_whole(buffer):
                continue
            waits.append(time.monotonic() - begun[connection])
            unexpected += not buffer.startswith(expected)
            closes = not piece or b"connection: close" in buffer[: buffer.find(b"\r\n\r\n")].lower()
            buffer.clear()
            if sent >= total:
                continue
            if closes:
                selector.unregister(connection)
                connection.close()
                connect()
            else:
                send(connection)
    for key in list(selector.get_map().values()):
        key.fileobj.close()
    return waits, unexpected


def _is_whole(buffer: bytearray) -> bool:
    """Whether a whole response with a Content-Length has arrived."""
    head_end = buffer.find(b"\r\n\r\n")
    if head_end < 0:
        return False
    head = bytes(buffer[:head_end]).lower()
    at = head.find(b"content-length:")
    if at < 0:
        return buffer.endswith(b"0\r\n\r\n")
    length = int(head[at + 15 :].split(b"\r\n", 1)[0])
    return len(buffer) >= head_end + 4 + length
