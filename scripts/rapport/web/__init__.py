"""What every built site has beside its text, whichever engine made it: heads, pictures, icons, 404 page, feed, indexes.

`completed` makes it all of pages and figures, and `complete` does it to a finished folder.
Knows the book, the data package and figures/, not the engines.
"""

from __future__ import annotations

from rapport.web.complete import completed
from rapport.web.folder import complete
from rapport.web.shown import pictures_ahead
from rapport.web.site import Site, known

__all__ = ["Site", "complete", "completed", "known", "pictures_ahead"]
