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
    """What a load came to: requests per second, and how many answers had another status than expected."""

    per_second: float
    unexpected: int


def request(method: str, path: str, body: str = "") -> bytes:
    """One HTTP/1.1 request as bytes."""
    head = f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: br, gzip\r\n"
    if method == "POST":
        head += f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
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
    return Load(per_second=sum(done for done, _ in parts) / seconds, unexpected=sum(odd for _, odd in parts))


def _drive(port: int, requests: list[bytes], clients: int, total: int, status: int) -> tuple[int, int]:
    expected = f"HTTP/1.1 {status} ".encode()
    selector = selectors.DefaultSelector()
    sent = done = unexpected = 0
    deadline = time.monotonic() + LONGEST_SECONDS

    def send(connection: socket.socket) -> None:
        nonlocal sent
        connection.sendall(requests[sent % len(requests)])
        sent += 1

    def connect() -> None:
        connection = socket.create_connection(("127.0.0.1", port))
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        selector.register(connection, selectors.EVENT_READ, bytearray())
        send(connection)

    for _ in range(clients):
        connect()
    while done < total and time.monotonic() < deadline:
        for key, _ in selector.select(timeout=5):
            connection, buffer = key.fileobj, key.data
            piece = connection.recv(65536)
            buffer += piece
            if piece and not _is_whole(buffer):
                continue
            done += 1
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
    return done, unexpected


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
