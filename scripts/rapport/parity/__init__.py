"""Whether both engines make the same report: their sites are read into facets, compared, and differences told."""
