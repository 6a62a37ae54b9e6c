"""What a preview answers: the files of the site alone, to this machine alone, and a stream of what changes.

A page elsewhere on the web may have the reader's browser ask a name that leads to this machine; requests that do not
name it as this server does are refused.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, urlsplit

from rapport.preview.board import Board
from rapport.preview.inject import OWN, PREFIX, waiting, with_script
from rapport.preview.site import MISSING, media_type

PING = 10.0  # seconds without news after which a stream says that it is alive
HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Handler(BaseHTTPRequestHandler):
    """One request to a server that answers to `names` and shows what stands on `board`."""

    protocol_version = "HTTP/1.1"
    server_version, sys_version = "rapport", ""

    def __init__(self, board: Board, names: Collection[str], *request: Any) -> None:
        self.board, self.names = board, names
        super().__init__(*request)  # which answers

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: the terminal is for the builds."""

    def _headers(self, headers: Mapping[str, str]) -> None:
        for name, value in {**HEADERS, **headers}.items():
            self.send_header(name, value)
        self.end_headers()

    def _reply(self, status: HTTPStatus, kind: str, content: bytes) -> None:
        self.send_response(status)
        self._headers({"Content-Type": kind, "Content-Length": str(len(content))})
        if self.command != "HEAD":
            self.wfile.write(content)

    def _page(self) -> None:
        """The file at the address; the site's own page for what is not there."""
        site = self.board.view.site
        name = site.name(self.path)
        shown = name or MISSING
        status = HTTPStatus.OK if name else HTTPStatus.NOT_FOUND
        if shown not in site.files:  # nothing is built yet
            status, content = HTTPStatus.SERVICE_UNAVAILABLE, waiting()
        elif shown.endswith(".html"):
            content = with_script(site.files[shown], site.tag(self.path))
        else:
            content = site.files[shown]
        self._reply(status, media_type(shown), content)

    def _events(self) -> None:
        """The state of the page that the query names, now and whenever it changes, until either side leaves."""
        page = parse_qs(urlsplit(self.path).query).get("page", ["/"])[0]
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self._headers({"Content-Type": "text/event-stream; charset=utf-8", "Connection": "close"})
        seen, told = -1, None
        while not self.board.view.closed:
            seen, view = self.board.wait(seen, PING)
            news = view.told(page)
            line = f"retry: 500\ndata: {json.dumps(news)}\n\n" if news != told else ":\n\n"
            told = news
            self.wfile.write(line.encode("utf-8"))

    def do_GET(self) -> None:
        """Answer, or refuse what was asked in another name than this server's."""
        path = urlsplit(self.path).path
        if self.headers.get("Host") not in self.names:
            self._reply(
                HTTPStatus.FORBIDDEN, "text/plain; charset=utf-8", b"This preview answers to localhost alone.\n"
            )
        elif path == f"{PREFIX}events" and self.command == "GET":
            self._events()
        elif path.removeprefix(PREFIX) in OWN and path.startswith(PREFIX):
            self._reply(HTTPStatus.OK, media_type(path), OWN[path.removeprefix(PREFIX)])
        else:
            self._page()

    do_HEAD = do_GET  # noqa: N815 the library's name
