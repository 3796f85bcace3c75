"""A wire of a given length: stands between a client and a PostgreSQL server that is near.

Threads and ``sleep`` rather than asyncio, whose clock ticks by whole milliseconds.
"""

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection


def _carry(source: socket.socket, target: socket.socket, seconds: float) -> None:
    with contextlib.suppress(OSError):
        while chunk := source.recv(65_536):
            time.sleep(seconds)
            target.sendall(chunk)
    with contextlib.suppress(OSError):
        target.shutdown(socket.SHUT_WR)


def _serve(server: str, seconds: float, told: Connection) -> None:
    listening = socket.create_server(("127.0.0.1", 0))
    told.send(listening.getsockname()[1])
    while True:
        client, _ = listening.accept()
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        near = socket.socket(socket.AF_UNIX)
        near.connect(server)
        for ends in ((client, near), (near, client)):
            threading.Thread(target=_carry, args=(*ends, seconds), daemon=True).start()


@contextmanager
def wire(folder: str, round_trip: float) -> Iterator[int]:
    """A port on this machine that leads to the server whose socket is in ``folder``.

    ``round_trip`` is in seconds; half of it is waited each way.
    """
    context = get_context("fork")
    mine, theirs = context.Pipe()
    server = f"{folder}/.s.PGSQL.5432"
    carrier = context.Process(target=_serve, args=(server, round_trip / 2, theirs), daemon=True)
    carrier.start()
    try:
        yield int(mine.recv())
    finally:
        carrier.terminate()
        carrier.join()
