"""One line of what the doctor says. Knows nothing of the rest."""

from __future__ import annotations

from dataclasses import dataclass

LOCK = "requirements.lock"
INSTALL = f"pip install --require-hashes -r {LOCK} in the environment (make report does it in a new .venv)"


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the doctor's report.

    `needed` says whether the report cannot be made without it, `differs` whether its figures may come out otherwise.
    """

    name: str
    found: str
    good: bool
    needed: bool = True
    remedy: str = ""
    differs: bool = False

    @property
    def mark(self) -> str:
        """How the line begins."""
        return "ok " if self.good else "no " if self.needed else "!  " if self.differs else "-  "
