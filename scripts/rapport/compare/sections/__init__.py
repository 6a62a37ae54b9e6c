"""One module a kind of change; each takes both sides and yields changes, and knows nothing of the others."""
