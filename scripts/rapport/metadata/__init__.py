"""What others' tools read of the report: CODECHECK, RO-Crate, schema.org and the published data package.

`committed` makes the two files that stand in the repository's root, `publish` those that only a built site has.
All of it follows from the same records: datapackage.json, the manifest and `_quarto.yml`.
"""

from __future__ import annotations

from rapport.metadata.committed import committed
from rapport.metadata.publish import publish

__all__ = ["committed", "publish"]
