"""The embedded engine: chapters through one kernel, pandoc and Typst. Knows neither data nor figures."""
