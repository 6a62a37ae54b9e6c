"""Shapes that several figures share. They know tables and tokens, never data files."""
