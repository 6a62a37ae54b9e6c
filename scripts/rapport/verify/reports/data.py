"""A verification as JSON and as JUnit XML, the same bytes for the same verdicts."""

from __future__ import annotations

import json
from dataclasses import asdict
from xml.etree import ElementTree as ET

from rapport.verify.verdicts import LAYERS, Verification


def as_json(verification: Verification) -> str:
    """Everything, for a program: what was verified, and each verdict with its differences."""
    whole = {
        "holds": verification.holds,
        "commit": verification.commit,
        "date": verification.date,
        "data_version": verification.data_version,
        "tools": verification.tools,
        "verdicts": [asdict(verdict) | {"holds": verdict.holds} for verdict in verification.verdicts],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def as_junit(verification: Verification) -> str:
    """A test suite a layer and a test case an item, as CI systems read it."""
    root = ET.Element("testsuites", name="rapport verify")
    for layer in LAYERS:
        verdicts = verification.of(layer)
        failures = sum(not verdict.holds for verdict in verdicts)
        suite = ET.SubElement(root, "testsuite", name=layer, tests=str(len(verdicts)), failures=str(failures))
        for verdict in verdicts:
            case = ET.SubElement(suite, "testcase", classname=f"verify.{layer}", name=verdict.item)
            if not verdict.holds:
                failure = ET.SubElement(case, "failure", message=str(verdict.differences[0]))
                failure.text = "\n".join(f"{d}\n  To mend it: {d.remedy}" for d in verdict.differences)
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"
