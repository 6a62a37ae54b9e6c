"""`rapport bundle`: source, site and wheels gathered, described and packed."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path
from string import Template

from rapport.bundle.archive import pack, write_sums
from rapport.bundle.source import Head, build_site, export, head, uncommitted
from rapport.errors import RapportError
from rapport.paths import Paths
from rapport.steps.digests import file_digest

HERE = Path(__file__).parent
LOCK = "requirements.lock"


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def fetch_wheels(lock: Path, target: Path) -> int:
    """The locked packages for this Python and machine, by their hashes; how many. Raises RapportError without them."""
    options = ["--quiet", "--no-deps", "--only-binary=:all:", "--require-hashes", "--requirement", str(lock)]
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "download", *options, "--dest", str(target)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        errors = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
        raise RapportError(
            "\n".join(errors or [done.stderr.strip()])
            + f"\n  To mend it: see that a package index can be reached, and that it has what {LOCK} names."
        )
    return len(list(target.glob("*.whl")))


def describe(folder: Path, made: Head) -> None:
    """README.md, rebuild.py and what they need to know, into the bundle's folder."""
    facts = {
        "name": made.name, "version": made.version, "commit": made.commit, "platform": sysconfig.get_platform(),
        "python": f"{sys.version_info.major}.{sys.version_info.minor}", "folder": folder.name,
    }  # fmt: skip
    readme = Template((HERE / "README.template.md").read_text(encoding="utf-8")).substitute(facts)
    (folder / "README.md").write_text(readme, encoding="utf-8", newline="")
    (folder / "bundle.json").write_text(
        json.dumps(facts, indent=2, sort_keys=True) + "\n", encoding="utf-8", newline=""
    )
    shutil.copyfile(HERE / "rebuild.py", folder / "rebuild.py")


def bundle_name(made: Head) -> str:
    """Version, revision, and what the wheels are for."""
    python = f"py{sys.version_info.major}.{sys.version_info.minor}"
    return f"{made.name}-{made.version}-{made.commit}-{sysconfig.get_platform()}-{python}"


def run_bundle(paths: Paths, target: Path) -> Path:
    """Write the bundle of HEAD into the folder `target`, and return its path."""
    made = head(paths.root)
    if changed := uncommitted(paths.root):
        _say(f"{len(changed)} files differ from HEAD ({changed[0]}, …); the bundle holds them as they are committed.")
    (paths.cache / "bundle").mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=paths.cache / "bundle") as work:
        folder = Path(work) / bundle_name(made)
        export(paths.root, folder / "source")
        _say("building the site from what is committed …")
        shutil.copytree(build_site(folder / "source", Path(work) / "build"), folder / "site")
        _say(f"fetching the packages of {LOCK} …")
        count = fetch_wheels(folder / "source" / LOCK, folder / "wheels")
        describe(folder, made)
        write_sums(folder)
        archive = target / f"{folder.name}.tar.gz"
        pack(folder, archive, made.seconds)
    megabytes = archive.stat().st_size / 1_000_000
    _say(f"{paths.shown(archive)}: {count} wheels, source and site of {made.commit}, {megabytes:.0f} MB")
    _say(f"sha256 {file_digest(archive)}")
    return archive
