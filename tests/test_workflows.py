"""The workflows: valid, pinned, and with no more rights than they need."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from conftest import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
RIGHTS = {
    "publish.yml": {
        "pages": {"contents": "read", "pages": "read"},
        "deploy": {"pages": "write", "id-token": "write"},
    }
}


def run(*command: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False, cwd=ROOT)


def load(path: Path) -> dict:
    """A workflow as data; BaseLoader leaves `on` a word."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def test_workflows_follow_their_schema():
    """Every key is one that GitHub knows, where it may stand."""
    done = run(sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows", *WORKFLOWS)
    assert done.returncode == 0, done.stdout


def test_actionlint_finds_nothing():
    """Expressions, job outputs and the shell of each step are sound."""
    if shutil.which("actionlint") is None:
        pytest.skip("actionlint is not installed: expressions and shell in workflows are not checked")
    done = run("actionlint", *WORKFLOWS)
    assert done.returncode == 0, done.stdout


def test_zizmor_finds_nothing_unsafe():
    """No injection, no credentials left behind, no rights too many, nothing unpinned."""
    zizmor = shutil.which("zizmor", path=str(Path(sys.executable).parent)) or shutil.which("zizmor")
    assert zizmor, "zizmor is not installed: run `make test`"
    done = run(zizmor, "--offline", "--no-progress", *WORKFLOWS)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_actions_are_pinned_by_commit(path: Path):
    """Each action is named by a full commit, its version beside it; the same action is the same commit everywhere."""
    text = path.read_text(encoding="utf-8")
    used = [line for line in re.findall(r"uses: (.+)", text) if not line.startswith("./")]
    assert [line for line in used if not re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line)] == []
    every = [line for each in WORKFLOWS for line in re.findall(r"uses: (.+@.+)", each.read_text(encoding="utf-8"))]
    assert len({line.split("@")[0] for line in every}) == len(set(every))


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_jobs_have_the_rights_they_need_and_an_end(path: Path):
    """Nothing by default; reading for all, writing for the one that publishes; no job runs for ever."""
    workflow = load(path)
    assert workflow["permissions"] == {}
    assert "pull_request_target" not in workflow["on"]
    assert "group" in workflow["concurrency"]
    for name, job in workflow["jobs"].items():
        expected = RIGHTS.get(path.name, {}).get(name, {"contents": "read"})
        assert job["permissions"] == expected, name
        assert "uses" in job or int(job["timeout-minutes"]) <= 60, name


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_checkout_leaves_no_credentials(path: Path):
    """What a change brings along and runs finds no token in the working tree."""
    steps = [step for job in load(path)["jobs"].values() for step in job.get("steps", [])]
    checkouts = [step for step in steps if step.get("uses", "").startswith("actions/checkout@")]
    assert [step for step in checkouts if step["with"].get("persist-credentials") != "false"] == []


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_nothing_of_an_event_is_put_into_shell(path: Path):
    """A branch's name reaches the shell as a variable, never as part of the program."""
    steps = [step for job in load(path)["jobs"].values() for step in job.get("steps", [])]
    assert [step["run"] for step in steps if "${{" in step.get("run", "")] == []
