"""Errors that are nobody's slip in a file: a full disk, a folder that cannot be written, a program that is missing.

Told in words with a remedy, as errors of the input are. Knows errors and where in the code they came from.
"""

from __future__ import annotations

import errno
from concurrent.futures.process import BrokenProcessPool

from rapport.errors import DataError, Fault, RapportError
from rapport.guard import place

INSTALL = "run `make report`, or `pip install --require-hashes -r requirements.lock` in the environment"
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
CLOSED = (errno.EACCES, errno.EPERM, errno.EROFS)
# Code that works on the tables: when it fails, the tables are not what it was made for.
OF_DATA = ("data.py", "figures/", "tables/", "listings/", "numbers/")


def _of_system(error: OSError) -> str:
    where = f"{error.filename2 or error.filename or 'a file'}: "
    if error.errno in FULL:
        return (f"{where}the disk is full, or a limit on the size of files is reached.\n"
                "  To mend it: make room (`make clean` takes away what can be made again), and run again.")  # fmt: skip
    if error.errno in CLOSED:
        return (f"{where}this user may not read or write it.\n"
                "  To mend it: give yourself the right to (`ls -ld` shows who has it), or name another folder "
                "with --output.")  # fmt: skip
    if isinstance(error, NotADirectoryError | FileExistsError | IsADirectoryError):
        return (f"{where}a file stands where a folder should be, or a folder in place of a file.\n"
                "  To mend it: move it away, and run the command again.")  # fmt: skip
    return f"{where}{error.strerror or error}.\n  To mend it: look at the file and its disk, and run the command again."


def told(error: Exception) -> RapportError:
    """The error as one that a user can mend, or at least report."""
    if isinstance(error, OSError):
        return RapportError(_of_system(error))
    if isinstance(error, ImportError):
        return RapportError(f"a package is missing ({error}).\n  To mend it: {INSTALL}.")
    if isinstance(error, BrokenProcessPool | MemoryError):
        return RapportError("a part of the program was ended from outside, most often for lack of memory.\n"
                            "  To mend it: close other programs, and run the command again.")  # fmt: skip
    at, what = place(error), f"{type(error).__name__}: {error}"
    if at.removeprefix("scripts/rapport/").startswith(OF_DATA):
        return DataError(Fault(
            file="data/", found=f"tables that {at} cannot use ({what})",
            expected="the rows, columns and values that the code was made for",
            remedy="put back what was changed (git diff data/ shows it), or change the code with it",
        ))  # fmt: skip
    return RapportError(f"{at}: something that the program was not made for ({what}).\n"
                        "  To mend it: run `rapport doctor`; to see more, write `rapport --debug`.")  # fmt: skip
