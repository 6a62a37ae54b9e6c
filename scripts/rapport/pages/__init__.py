"""Pages about the report itself, written while the chapters' cells run: from figures/ and the facts of the build."""
