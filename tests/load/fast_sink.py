"""An SMTP sink in a process of its own that only counts and keeps, for measuring."""

import asyncio
import multiprocessing
import time
from multiprocessing.connection import Connection

from aiosmtpd.smtp import SMTP


class _Keeper:
    def __init__(self) -> None:
        self.kept: list[tuple[str, bytes]] = []
        self.last_at = 0.0

    async def handle_EHLO(self, server, session, envelope, hostname, responses) -> list[str]:
        session.host_name = hostname
        # What every mail server in use offers and aiosmtpd, though it can, does not say.
        return ["250-PIPELINING", *responses]

    async def handle_DATA(self, server, session, envelope) -> str:
        self.kept.append((envelope.rcpt_tos[0], envelope.content))
        self.last_at = time.time()
        return "250 kept"


def _serve(pipe: Connection) -> None:
    async def serve() -> None:
        keeper = _Keeper()
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: SMTP(keeper, hostname="sink"), "127.0.0.1", 0)
        pipe.send(server.sockets[0].getsockname()[1])
        while True:
            word = await loop.run_in_executor(None, pipe.recv)
            if word == "count":
                pipe.send((len(keeper.kept), keeper.last_at))
            elif word == "take":
                pipe.send((keeper.kept, keeper.last_at))
                keeper.kept, keeper.last_at = [], 0.0
            else:
                return

    asyncio.run(serve())


class FastSink:
    """`count()` and `take()` tell how much has arrived and when (time.time()) the last one was accepted."""

    def __init__(self) -> None:
        self._pipe, theirs = multiprocessing.Pipe()
        self._process = multiprocessing.get_context("fork").Process(target=_serve, args=(theirs,), daemon=True)
        self._process.start()
        self.port: int = self._pipe.recv()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def count(self) -> int:
        self._pipe.send("count")
        return self._pipe.recv()[0]

    def take(self) -> tuple[list[tuple[str, bytes]], float]:
        """Everything that arrived, with the instant of the last one; the sink is empty afterwards."""
        self._pipe.send("take")
        return self._pipe.recv()

    def stop(self) -> None:
        self._process.kill()
