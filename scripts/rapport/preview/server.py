"""The server of a preview, on this machine's own address alone."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import ThreadingHTTPServer
from typing import Any

from rapport.errors import RapportError
from rapport.preview.answer import Handler
from rapport.preview.board import Board

HOST = "127.0.0.1"
NAMES = (HOST, "localhost")
PORT = 4848  # when free and no other is asked for


class Server(ThreadingHTTPServer):
    """Serves what stands on a board."""

    daemon_threads = True

    def __init__(self, board: Board, port: int) -> None:
        super().__init__((HOST, port), Handler)
        names = {f"{name}:{self.server_port}" for name in NAMES}
        self.RequestHandlerClass = partial(Handler, board, names)

    @property
    def address(self) -> str:
        """Where the front page is."""
        return f"http://localhost:{self.server_port}/"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that leaves in the middle is no error."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


def _server(board: Board, port: int | None) -> Server:
    """Raises RapportError when the port asked for is taken; without one, PORT or any that is free."""
    try:
        return Server(board, PORT if port is None else port)
    except OSError as error:
        if port is None:
            return Server(board, 0)
        raise RapportError(
            f"--port {port}: {error.strerror}.\n  To mend it: name another port, or leave --port out to get a free one."
        ) from error


@contextmanager
def serving(board: Board, port: int | None) -> Iterator[Server]:
    """A server at work beside us, until the block ends."""
    with _server(board, port) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()
        try:
            yield server
        finally:
            board.put(closed=True)
            server.shutdown()
