"""The report in the words of standards: CODECHECK, RO-Crate, schema.org and the published data package.

`committed` makes the two files that stand in the repository's root. All follows from the same records:
datapackage.json, the manifest and `_quarto.yml`. What only a built site has is put there by `rapport.web`.
"""

from __future__ import annotations

from rapport.metadata.committed import committed

__all__ = ["committed"]
