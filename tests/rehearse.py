"""`make rehearse`: rebuild from the newest bundle as a stranger would, in an empty folder where no network is.

Not a test of the suite: it installs an environment of its own, which takes a minute or two. Ends with the status of the
bundle's rebuild.py, or 2 when the bundle tells something of the machine that made it.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import socket
import struct
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
APART = ["unshare", "--map-root-user", "--net"]
DEAD = "http://127.0.0.1:9"  # where nobody answers


def raise_loopback() -> None:
    """Let this network, which has nothing else, reach itself: kernels talk to us over 127.0.0.1."""
    name, up = b"lo", 0x8914
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        fcntl.ioctl(one, up, struct.pack("16sh14x", name, 1))


def rebuild_inside(folder: str) -> int:
    """In the network that has nothing else: make sure that it is so, and rebuild."""
    raise_loopback()
    try:
        socket.create_connection(("192.0.2.1", 80), timeout=2).close()
    except OSError as error:
        print(f"No network: {error.strerror or error}.", flush=True)
    else:
        raise SystemExit("a network can be reached: this is no rehearsal")
    return subprocess.call([sys.executable, "rebuild.py"], cwd=folder)


def stranger(home: Path) -> dict[str, str]:
    """The environment of somebody who has set nothing up: an empty home, no cache, and proxies that lead nowhere."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "LANG", "LC_ALL", "SSL_CERT_FILE")}
    proxies = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), DEAD)
    return kept | proxies | {"HOME": str(home), "XDG_CACHE_HOME": str(home / "cache"), "PIP_INDEX_URL": DEAD}


def told_of_the_machine(folder: Path) -> list[str]:
    """Text files of the bundle that name a folder of this machine or an index that pip was set up to use."""
    settings = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True, check=False
    )
    hosts = set(re.findall(r"(?:https?|file)://[^/\s']*/?[^/\s']+", settings.stdout))
    secrets = {str(ROOT), str(folder.parent), *hosts}
    if Path.home() != Path("/"):
        secrets.add(f"{Path.home()}/")
    found = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".whl"):
        content = path.read_bytes()
        found += [f"{path.relative_to(folder)}: {name}" for name in sorted(secrets) if name.encode() in content]
    return found


def main(dist: Path) -> int:
    """Unpack, look for what should not be there, rebuild apart from every network."""
    archive = max(dist.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)
    with tempfile.TemporaryDirectory() as empty:
        with tarfile.open(archive) as packed:
            packed.extractall(empty, filter="data")
        folder, home = Path(empty) / archive.name.removesuffix(".tar.gz"), Path(empty) / "home"
        home.mkdir()
        if told := told_of_the_machine(folder):
            print("The bundle names:", *told, sep="\n  ", file=sys.stderr)
            return 2
        apart = (
            shutil.which("unshare")
            and subprocess.run([*APART, "true"], capture_output=True, check=False).returncode == 0
        )
        if not apart:
            print("No network of its own can be had here; pip is shown an index where nobody answers.", flush=True)
            return subprocess.call([sys.executable, "rebuild.py"], cwd=folder, env=stranger(home))
        inside = [*APART, sys.executable, str(Path(__file__).resolve()), "--inside", str(folder)]
        return subprocess.call(inside, env=stranger(home))


if __name__ == "__main__":
    sys.exit(rebuild_inside(sys.argv[2]) if sys.argv[1] == "--inside" else main(Path(sys.argv[1])))
