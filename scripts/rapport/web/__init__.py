"""What every built site has beside its text, whichever engine made it: heads, pictures, icons, 404 page, feed, indexes.

`complete` does it all to a finished folder of pages. Knows the book, the data package and figures/, not the engines.
"""

from __future__ import annotations

from rapport.web.complete import complete

__all__ = ["complete"]
