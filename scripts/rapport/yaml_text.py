"""YAML read quickly, and told of as a person reads it. Knows nothing of the rest."""

from __future__ import annotations

from typing import Any

import yaml

# PyYAML's own reader, in C where its package has that: `_quarto.yml` takes a tenth of the time.
QUICK = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def parse(text: str) -> Any:
    """The document. Raises yaml.YAMLError in the words that show the place, of a date that is none too."""
    try:
        return yaml.load(text, Loader=QUICK)
    except yaml.YAMLError:
        return yaml.load(text, Loader=yaml.SafeLoader)
    except ValueError as error:
        raise yaml.YAMLError(str(error)) from error
