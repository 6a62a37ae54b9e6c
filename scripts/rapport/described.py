"""The check of datapackage.json as a step: a description that is as it was is not held against its schema again."""

from __future__ import annotations

import json
from typing import Any

from rapport import descriptor_schema
from rapport.descriptor import Described, Needed, descriptor_faults
from rapport.descriptor_schema import DESCRIPTOR
from rapport.errors import Fault
from rapport.findings import found
from rapport.steps import Steps, code, digest, versions
from rapport.steps.digests import file_digest


def remembered_faults(steps: Steps) -> Described:
    """What gives the faults of a descriptor, remembered."""

    def faults(whole: Any, needed: Needed) -> list[Fault]:
        columns = {name: sorted(of) for name, of in needed.items()}
        read = {
            DESCRIPTOR: digest(json.dumps(whole)), "its schema": file_digest(descriptor_schema.SCHEMA),
            "columns that are read": digest(json.dumps(columns)),
        }  # fmt: skip
        tools = code("rapport.descriptor") | versions("jsonschema")
        return found(steps, DESCRIPTOR, read | tools, Fault, lambda: descriptor_faults(whole, needed))

    return faults
