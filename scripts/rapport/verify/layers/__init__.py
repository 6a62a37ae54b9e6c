"""The seven layers, from the data up to the chapters: each names what differs in its own terms."""
