"""The check of datapackage.json as a step: a description that is as it was is not held against its schema again."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from rapport import descriptor_schema
from rapport.descriptor import Described, Needed, descriptor_faults
from rapport.descriptor_schema import DESCRIPTOR
from rapport.errors import Fault
from rapport.steps import Step, Steps, code, digest, versions
from rapport.steps.digests import file_digest

FOUND = "faults.json"


def remembered_faults(steps: Steps) -> Described:
    """What gives the faults of a descriptor, remembered."""

    def faults(whole: Any, needed: Needed) -> list[Fault]:
        def make(_reads: object) -> dict[str, str]:
            return {FOUND: json.dumps([asdict(fault) for fault in descriptor_faults(whole, needed)])}

        columns = {name: sorted(of) for name, of in needed.items()}
        read = {
            DESCRIPTOR: digest(json.dumps(whole)), "its schema": file_digest(descriptor_schema.SCHEMA),
            "columns that are read": digest(json.dumps(columns)),
        }  # fmt: skip
        tools = code("rapport.descriptor") | versions("jsonschema")
        found = steps.run(Step(f"check of {DESCRIPTOR}", read | tools, make))
        return [Fault(**fault) for fault in found[FOUND].json()]

    return faults
