"""Files that are made whole before they are sent: on the disk while they are large, then gone."""

import tempfile
from collections.abc import Callable, Iterator
from typing import IO

from flask import Response

from entrypoints.exported import attachment

#: Up to so many bytes are held in memory.
_IN_MEMORY = 1 << 20
_PIECE = 1 << 16


def made_file(name: str, media_type: str, make: Callable[[IO[bytes]], None]) -> Response:
    """What ``make`` writes, as a file to download. A fault in making it is an answer of its own."""
    spool = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed when sent
    try:
        make(spool)
    except BaseException:
        spool.close()
        raise
    size = spool.tell()
    spool.seek(0)
    answer = Response(_pieces(spool), mimetype=media_type)
    answer.call_on_close(spool.close)
    answer.headers["Content-Length"] = str(size)
    return attachment(name, answer)


def _pieces(spool: IO[bytes]) -> Iterator[bytes]:
    while piece := spool.read(_PIECE):
        yield piece
