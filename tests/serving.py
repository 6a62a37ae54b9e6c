"""The site served on this machine alone, compressed as a web server would send it."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

COMPRESSED = (".woff2", ".png", ".pdf", ".zip", ".docx", ".epub", ".xlsx", ".parquet")


class Compressing(SimpleHTTPRequestHandler):
    """Answers GET with gzip where that helps, on connections that stay open, and says nothing of it."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """One file."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            return self.send_error(404)
        body, kind = path.read_bytes(), self.guess_type(str(path))
        packed = path.suffix not in COMPRESSED
        if packed:
            body = gzip.compress(body, mtime=0)
        self.begin(kind, len(body), packed)
        self.wfile.write(body)
        return None

    def begin(self, kind: str, size: int, packed: bool = False, code: int = 200) -> None:
        """The head of an answer, whose body comes next."""
        self.send_response(code)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        self.send_header("Content-Length", str(size))
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()

    def log_message(self, *_args: object) -> None:
        """Nothing."""


@contextmanager
def served(site: Path, answering: type[Compressing] = Compressing) -> Iterator[str]:
    """The address of a site, as long as it is served."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(answering, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
