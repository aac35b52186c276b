"""The fastest SMTP sink that asyncio allows, in a process of its own: it reads commands and bodies and says yes.

aiosmtpd takes longer over a message than whoever sends it, so beside it nobody could be measured.
"""

import asyncio
import multiprocessing
import time
from multiprocessing.connection import Connection

_GREETING = b"220 sink\r\n"
_EHLO = b"250-sink\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SIZE 33554432\r\n"
_OK, _GO_ON, _BYE = b"250 OK\r\n", b"354 go on\r\n", b"221 bye\r\n"
_END = b"\r\n.\r\n"


class _Counts:
    def __init__(self, keeps: bool) -> None:
        self.keeps = keeps
        self.forget()

    def forget(self) -> None:
        self.count, self.first_at, self.last_at = 0, 0.0, 0.0
        self.kept: list[tuple[str, bytes]] = []

    def take(self, address: str, body: bytes) -> None:
        self.last_at = time.time()
        self.first_at = self.first_at or self.last_at
        self.count += 1
        if self.keeps:
            self.kept.append((address, body))


class _Smtp(asyncio.Protocol):
    def __init__(self, counts: _Counts) -> None:
        self.counts = counts
        self.buffer, self.address, self.reads_body = b"", "", False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        transport.write(_GREETING)

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        while self._step():
            pass

    def _step(self) -> bool:
        """Whether something whole was in the buffer."""
        if self.reads_body:
            body, end, rest = self.buffer.partition(_END)
            if not end:
                return False
            self.counts.take(self.address, body)
            self.buffer, self.reads_body = rest, False
            self.transport.write(_OK)
            return True
        line, end, rest = self.buffer.partition(b"\r\n")
        if not end:
            return False
        self.buffer = rest
        self._answer(line)
        return True

    def _answer(self, line: bytes) -> None:
        verb = line[:4].upper()
        if verb == b"EHLO":
            self.transport.write(_EHLO)
        elif verb == b"DATA":
            self.reads_body = True
            self.transport.write(_GO_ON)
        elif verb == b"QUIT":
            self.transport.write(_BYE)
            self.transport.close()
        else:
            if verb == b"RCPT":
                self.address = line[line.index(b"<") + 1 : line.index(b">")].decode()
            self.transport.write(_OK)


def _serve(pipe: Connection, keeps: bool) -> None:
    async def serve() -> None:
        counts = _Counts(keeps)
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: _Smtp(counts), "127.0.0.1", 0)
        pipe.send(server.sockets[0].getsockname()[1])
        while True:
            word = await loop.run_in_executor(None, pipe.recv)
            if word == "count":
                pipe.send(counts.count)
            else:
                pipe.send((counts.kept, counts.count, counts.first_at, counts.last_at))
                counts.forget()

    asyncio.run(serve())


class PlainSink:
    """`take()` tells what arrived since it was last asked: kept messages, their number, instants of first and last."""

    def __init__(self, *, keeps: bool = True) -> None:
        self._pipe, theirs = multiprocessing.Pipe()
        self._process = multiprocessing.get_context("fork").Process(target=_serve, args=(theirs, keeps), daemon=True)
        self._process.start()
        self.port: int = self._pipe.recv()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def count(self) -> int:
        self._pipe.send("count")
        return self._pipe.recv()

    def take(self) -> tuple[list[tuple[str, bytes]], int, float, float]:
        self._pipe.send("take")
        return self._pipe.recv()

    def stop(self) -> None:
        self._process.kill()
