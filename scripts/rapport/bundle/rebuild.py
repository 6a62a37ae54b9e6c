"""Rebuild the report from this bundle, without a package index, and compare it with the site that lies here.

    python3 rebuild.py

Ends with 0 when all is equal, 1 when something differs, 2 when it cannot be done. Needs no package, and any Python
since 3.6 can say why it will not do.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

HERE = Path(__file__).resolve().parent
SHOWN = 10  # differences that are named


def fail(text):
    """Say why it cannot be done, and leave."""
    print(text, file=sys.stderr)
    sys.exit(2)


def listed(what, names):
    """Some of the names, one a line."""
    more = [f"  and {len(names) - SHOWN} more"] if len(names) > SHOWN else []
    return "\n".join([what] + ["  " + name for name in names[:SHOWN]] + more)


def broken():
    """The files that are missing or are not what SHA256SUMS says."""
    found = []
    for line in (HERE / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
        digest, name = line.split("  ", 1)
        path = HERE / name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            found.append(name)
    return found


def unfit(facts):
    """Why the wheels do not fit this Python and machine; empty when they do."""
    python = "{}.{}".format(*sys.version_info)
    here = f"Python {python} on {sysconfig.get_platform()}"
    made_for = "Python {python} on {platform}".format(**facts)
    if here == made_for:
        return ""
    return (
        "The wheels of this bundle are for {}; this is {}.\n"
        "  To mend it: run it with python{}, or build from a package index: cd source && make report"
    ).format(made_for, here, facts["python"])


def build():
    """`make report` in source/, where pip asks no index and heeds no settings of this machine."""
    if shutil.which("make") is None:
        fail("make is not installed.\n  To mend it: install make, or follow “Without make” in source/README.md.")
    own = ("PIP_", "PYTHON", "RAPPORT_", "VIRTUAL_ENV")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(own)}
    environment.update(PIP_NO_INDEX="1", PIP_FIND_LINKS="../wheels", PIP_CONFIG_FILE=os.devnull)
    command = ["make", "report", "PYTHON=" + sys.executable]
    if subprocess.call(command, cwd=str(HERE / "source"), env=environment) != 0:
        fail("make report failed; its own message stands above.")


def files(folder):
    """Every file of a folder, by its name from there."""
    return {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}


def differing():
    """The files of the new site and of the bundle's that are not the same."""
    new, old = files(HERE / "source" / "_site"), files(HERE / "site")
    same = {name for name in new if name in old and new[name].read_bytes() == old[name].read_bytes()}
    return sorted((set(new) | set(old)) - same)


def main():
    """Check, build, compare."""
    names = broken()
    if names:
        fail(listed("Files are missing or are not what SHA256SUMS says; unpack the bundle again:", names))
    reason = unfit(json.loads((HERE / "bundle.json").read_text(encoding="utf-8")))
    if reason:
        fail(reason)
    print("Every file is what SHA256SUMS says. Building without a package index …", flush=True)
    build()
    names = differing()
    if names:
        print(listed("The new site in source/_site/ differs from the one in site/:", names))
        sys.exit(1)
    print("The new site in source/_site/ is equal to the one in site/, byte for byte.")


if __name__ == "__main__":
    main()
