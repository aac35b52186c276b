"""On PYTHONPATH this takes the network away from a Python process: only the machine itself can be reached."""

import socket

_connect, _getaddrinfo = socket.socket.connect, socket.getaddrinfo
HERE = {"localhost", "127.0.0.1", "::1"}


def _connect_here(self: socket.socket, address: object) -> None:
    if self.family != socket.AF_UNIX and address[0] not in HERE:
        raise OSError(f"no network: {address}")
    return _connect(self, address)


def _look_up_here(host: str, *arguments: object, **options: object) -> list:
    if host not in HERE:
        raise OSError(f"no network: {host}")
    return _getaddrinfo(host, *arguments, **options)


socket.socket.connect = _connect_here
socket.getaddrinfo = _look_up_here
