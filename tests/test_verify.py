"""Honesty: each test plants one fault and sees `rapport verify` find it and name it; a clean tree has none."""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from rapport.pages.verdicts import item_verdict
from rapport.paths import Paths
from rapport.placing import Written
from rapport.steps import Files
from rapport.verified import FILE
from rapport.verify import command
from rapport.verify.evidence import Evidence, gather
from rapport.verify.layers import chapters, data, numbers, pdf, picture, spec, text, values
from rapport.verify.layers.spec import MISSING, compare
from rapport.verify.reading import read_pdf, squeezed
from rapport.verify.record import record, told
from rapport.verify.reports.data import as_json, as_junit
from rapport.verify.reports.markdown import as_markdown
from rapport.verify.reports.page import as_html
from rapport.verify.reports.terminal import as_text
from rapport.verify.run import verification
from rapport.verify.verdicts import LAYERS, Difference, Verdict, Verification

pytestmark = pytest.mark.slow

Tampered = Callable[..., Evidence]


@pytest.fixture(scope="module")
def evidence(paths: Paths, site: Path) -> Evidence:
    """The committed project and its site, recomputed once."""
    return gather(paths, site)


@pytest.fixture(scope="module")
def whole(evidence: Evidence) -> Verification:
    """Every verdict on that evidence, once."""
    return verification(evidence)


@pytest.fixture
def tampered(evidence: Evidence) -> Tampered:
    """The evidence with one file of figures/ changed: tampered("a.csv", old, new); new=None takes it away."""

    def change(name: str, old: str = "", new: str | None = None) -> Evidence:
        files = dict(evidence.committed)
        if new is None:
            del files[name]
        else:
            assert old in files[name], f"{name} does not hold {old!r}"
            files[name] = files[name].replace(old, new, 1)
        return replace(evidence, committed=files)

    return change


@pytest.fixture
def built(evidence: Evidence, tmp_path: Path) -> Tampered:
    """The evidence with one file of the site changed: built("chapters/a.html", old, new)."""

    def change(name: str, old: str, new: str) -> Evidence:
        site = tmp_path / "site"
        shutil.copytree(evidence.site, site, copy_function=os.link)
        page = (site / name).read_text(encoding="utf-8")
        assert old in page, f"{name} does not hold {old!r}"
        (site / name).unlink()  # the copy's name of it; the shared site keeps its own
        (site / name).write_text(page.replace(old, new, 1), encoding="utf-8")
        return replace(evidence, site=site)

    return change


@pytest.fixture
def written(evidence: Evidence) -> Tampered:
    """The evidence with one chapter changed: written("chapters/a.qmd", old, new)."""

    def change(file: str, old: str, new: str) -> Evidence:
        assert old in evidence.sources[file]
        return replace(evidence, sources={**evidence.sources, file: evidence.sources[file].replace(old, new, 1)})

    return change


def failed(verdicts: Iterator[Verdict]) -> dict[str, list[str]]:
    """What differs, by item."""
    return {v.item: [str(d) for d in v.differences] for v in verdicts if not v.holds}


# A clean tree -------------------------------------------------------------------------------------


def test_nothing_differs_in_a_clean_tree_twice(evidence: Evidence, whole: Verification):
    """Every verdict holds, and a second run tells the same, byte for byte, in every form."""
    first, second = whole, verification(evidence)
    assert failed(iter(first.verdicts)) == {}
    for form in (as_text, as_json, as_junit, as_markdown):
        assert form(first) == form(second)
    assert as_html(first, evidence) == as_html(second, evidence)


def test_every_item_has_a_verdict(evidence: Evidence, whole: Verification, manifest: dict):
    """Each CSV, figure, table, number and page is judged: nothing is left out in silence."""
    found = whole
    assert {v.item for v in found.of("values")} >= set(manifest["items"])
    assert {v.item for v in found.of("data")} >= {f"data/{name}.csv" for name in manifest["data"]}
    assert {v.item for v in found.of("numbers")} == set(json.loads(evidence.committed["numbers.json"]))
    assert {v.item for v in found.of("text")} == {c.href for c in evidence.book.pages} | {"arbeidstrening.pdf"}


# 1 to 4: data, values, specification, picture -----------------------------------------------------


def test_a_changed_csv_cell_is_found_in_every_layer_it_reaches(project: Path, site: Path):
    """The participants of 2022 changed in data/ alone: hash, table, chart, numbers and pages no longer follow."""
    csv = project / "data" / "deltakere.csv"
    csv.write_text(csv.read_text(encoding="utf-8").replace("5515", "5615"), encoding="utf-8")
    found = gather(Paths(project), site)
    assert "data/deltakere.csv" in failed(data.check(found))
    assert any("“5515”" in d and "“5615”" in d for d in failed(values.check(found))["fig-deltakere"])
    assert "fig-deltakere" in failed(spec.check(found)) | failed(picture.check(found))
    assert any(d.startswith("value: found 5515") for d in failed(numbers.check(found))["deltakere.2022"])
    assert any("the number deltakere.2022" in d for d in failed(text.check(found))["index.html"])


def test_an_edited_hash_is_found(tampered: Tampered, evidence: Evidence):
    """The manifest says another sha256 of a CSV than the file has."""
    digest = evidence.data.hashes["formaal"]
    found = failed(data.check(tampered("manifest.json", f'"formaal": "{digest}"', '"formaal": "0000000000000000"')))
    assert found and all("sha256" in d for differences in found.values() for d in differences)


def test_an_edited_value_names_row_and_column(tampered: Tampered):
    """One cell of a committed table."""
    found = failed(values.check(tampered("fig-formaal.csv", "38", "39")))
    assert len(found["fig-formaal"]) == 1
    assert re.match(r"row \d+, column “.+”: found “39.*”, expected “38.*”", found["fig-formaal"][0])


@pytest.mark.parametrize("name", ["fig-formaal.csv", "fig-formaal.html", "tbl-varighet.typ"])
def test_a_file_that_is_gone_is_found(tampered: Tampered, name: str):
    """A deleted file of figures/ is named."""
    found = failed(values.check(tampered(name)))
    assert found[name.split(".")[0]] == [f"figures/{name}: found no such file, expected a file that follows from data/"]


def test_a_file_that_nothing_makes_is_found(evidence: Evidence):
    """A figure that no module makes any more cannot stay behind."""
    stray = replace(evidence, committed={**evidence.committed, "fig-gammel.csv": "a"})
    assert failed(values.check(stray)) == {
        "figures/": ["figures/fig-gammel.csv: found a file, expected none: nothing makes it"]
    }


def test_an_edited_specification_is_told_as_a_path(tampered: Tampered):
    """A JSON pointer with both values, not a wall of text."""
    found = failed(spec.check(tampered("fig-formaal.vl.json", '"width": 640', '"width": 641')))
    assert found == {"fig-formaal": ["/width: found 641, expected 640"]}


def test_an_edited_picture_says_how_much_of_it(tampered: Tampered):
    """A label moved by hand, while the specification is the same."""
    found = failed(picture.check(tampered("fig-formaal.svg", ">38\u00a0%<", ">83\u00a0%<")))
    assert re.search(r"a picture that differs in [\d.e-]+ per cent of its pixels, expected the drawing of the same",
                     found["fig-formaal"][0])  # fmt: skip


def test_a_picture_with_the_same_pixels_says_so(tampered: Tampered):
    """Other bytes alone."""
    found = failed(picture.check(tampered("fig-formaal.svg", "</svg>", "<!-- x --></svg>")))
    assert "not one pixel differs" in found["fig-formaal"][0]


def test_other_library_versions_are_named(evidence: Evidence, tampered: Tampered):
    """When the drawing differs and the libraries do too, the report says which."""
    old = tampered("fig-formaal.svg", ">38\u00a0%<", ">83\u00a0%<")
    manifest = json.loads(old.committed["manifest.json"])
    manifest["tools"]["vl-convert-python"] = "0.1"
    old = replace(old, committed={**old.committed, "manifest.json": json.dumps(manifest)})
    assert "vl-convert-python" in failed(picture.check(old))["fig-formaal"][0]


def test_specifications_are_compared_leaf_by_leaf():
    """Changed, added and missing leaves, in objects and lists."""
    found = {"a": [1, 2], "b": {"c": 1}, "d": True}
    expected = {"a": [1, 3, 4], "b": {}, "d": 1}
    assert list(compare(found, expected)) == [
        ("/a/1", 2, 3), ("/a/2", MISSING, 4), ("/b/c", 1, MISSING), ("/d", True, 1),
    ]  # fmt: skip


# 5: numbers and hedges ----------------------------------------------------------------------------


def test_an_edited_number_is_found(evidence: Evidence):
    """The register edited by hand."""
    register = json.loads(evidence.committed["numbers.json"])
    register["deltakere.fall"]["value"] = 70.0
    found = failed(
        numbers.check(replace(evidence, committed={**evidence.committed, "numbers.json": json.dumps(register)}))
    )
    assert list(found) == ["deltakere.fall"]
    assert found["deltakere.fall"][0].startswith("value: found 70.0, expected 63.19")


def test_a_hedge_that_new_data_make_untrue_is_found_with_its_line(written: Tampered):
    """ "over 70 prosent" is not true of 63.2."""
    found = failed(
        numbers.check(written("index.qmd", 'n("deltakere.fall", "over", 60)', 'n("deltakere.fall", "over", 70)'))
    )
    assert list(found) == ["deltakere.fall"]
    assert re.match(r"index\.qmd:\d+: found .+ expected words that the value supports", found["deltakere.fall"][0])


# 6: pages and PDF ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new"), [("over 60\u00a0prosent", "over 66\u00a0prosent"), ('value="63.19898572"', 'value="66.19898572"')]
)
def test_a_number_altered_in_the_built_page_is_found(built: Tampered, old: str, new: str):
    """In its words, or in the value that programs read."""
    found = failed(text.check(built("index.html", old, new)))
    assert list(found) == ["index.html"]
    assert found["index.html"][0].startswith("the number deltakere.fall: found")


def test_digits_that_nothing_explains_are_found(built: Tampered):
    """A number typed into the built text, outside any <data>."""
    found = failed(
        text.check(built("index.html", "Siden har deltakertallet gått ned", "Siden har de 77 deltakerne gått ned"))
    )
    assert found == {"index.html": [d for d in found["index.html"] if "77 deltakerne" in d]}


@pytest.mark.parametrize(
    ("old", "new"),
    [("falt med over 60 prosent", "falt med over 70 prosent"), ("K1: Antallet veiledere</h2>", "K1: Noe</h2>")],
)
def test_a_listing_altered_in_the_page_is_found(built: Tampered, old: str, new: str):
    """Digits and words of a text made from data are those that the data give."""
    found = failed(text.check(built("chapters/uklarheter.html", old, new)))
    assert list(found) == ["chapters/uklarheter.html"]
    assert any(d.startswith("a listing: found another text") for d in found["chapters/uklarheter.html"])


def test_another_size_of_a_file_than_its_own_is_found(built: Tampered):
    """The data page tells how large each download is, and the site has the file to measure."""
    found = failed(text.check(built("chapters/datagrunnlag.html", "(ZIP, ", "(ZIP, 9")))
    assert any("hele datapakken" in d or "(ZIP, 9" in d for d in found["chapters/datagrunnlag.html"])


def test_a_table_of_references_altered_in_the_page_is_found(built: Tampered):
    """Its cells are checked like those of other tables; the numbers of what it refers to are the engine's."""
    found = failed(text.check(built("chapters/kolofon.html", ">Bruken etter formål<", ">Noe annet<")))
    assert any(d.startswith("tbl-disposisjon, the table") for d in found["chapters/kolofon.html"])


def test_a_caption_altered_in_the_page_is_found(built: Tampered, manifest: dict):
    """The headline of a figure."""
    title = manifest["items"]["fig-formaal"]["title"]
    found = failed(text.check(built("chapters/02-om-tiltaket.html", f"{title}</figcaption>", "Noe annet</figcaption>")))
    assert any(d.startswith("fig-formaal, the headline") for d in found["chapters/02-om-tiltaket.html"])


def test_an_alternative_text_that_contradicts_its_data_is_found(built: Tampered, manifest: dict):
    """The alt text on the page is the one computed from the table."""
    alt = manifest["items"]["fig-formaal"]["alt"]
    found = failed(text.check(built("chapters/02-om-tiltaket.html", alt, alt.replace("38", "83"))))
    assert any(d.startswith("fig-formaal, the alternative text") for d in found["chapters/02-om-tiltaket.html"])


def test_a_pdf_that_says_something_else_is_found(built: Tampered):
    """Pages and PDF tell the same number in the same sentence."""
    changed = built("index.html", "14\u00a0986</a>", "14\u00a0987</a>")
    assert any("the number deltakere.2017" in d for d in failed(pdf.check(changed))["arbeidstrening.pdf"])


def test_a_caption_altered_in_the_pdf_is_found(evidence: Evidence, manifest: dict):
    """The printed headline is the figure's: as if the PDF had been made from another headline."""
    items = {**evidence.items, "fig-formaal": {**evidence.items["fig-formaal"], "title": "Utprøving er vanligst"}}
    changed = json.loads(evidence.recomputed["manifest.json"]) | {"items": items}
    other = replace(evidence, recomputed={**evidence.recomputed, "manifest.json": json.dumps(changed)})
    assert any(d.startswith("fig-formaal, the headline") for d in failed(pdf.check(other))["arbeidstrening.pdf"])


def test_headlines_that_changed_places_in_the_pdf_are_found(
    evidence: Evidence, manifest: dict, monkeypatch: pytest.MonkeyPatch
):
    """A headline must follow its own figure's number: it is not enough that it stands somewhere in print."""
    whole = squeezed("".join(read_pdf(evidence.site / "arbeidstrening.pdf")))
    first, second = (squeezed(manifest["items"][key]["title"]) for key in ("fig-formaal", "fig-deltakere"))
    swapped = re.sub(f"{re.escape(first)}|{re.escape(second)}", lambda m: second if m[0] == first else first, whole)
    monkeypatch.setattr(pdf, "read_pdf", lambda _path: [swapped])
    found = [d for d in failed(pdf.check(evidence))["arbeidstrening.pdf"] if ", the headline" in d]
    assert [d.split(",")[0] for d in found] == ["fig-formaal", "fig-deltakere"]


def test_a_caption_altered_in_the_source_of_the_pdf_is_found(
    project: Path, evidence: Evidence, rapport, manifest: dict
):
    """The Typst that the PDF is set with writes another headline: the PDF is built from it and read back."""
    title = manifest["items"]["fig-formaal"]["title"]
    template, first = project / "theme" / "rapport.typ", "  // Text\n"
    typst, other = (
        template.read_text(encoding="utf-8"),
        f"  show {json.dumps(title, ensure_ascii=False)}: [Noe annet]\n",
    )
    assert typst.count(first) == 1  # at the start: the contents name a section so, too
    template.write_text(typst.replace(first, first + other), encoding="utf-8")
    done = rapport("render", "--to", "pdf", cwd=project)
    assert done.returncode == 0, done.stderr
    shutil.copytree(evidence.site, project / "lest", copy_function=os.link)
    (project / "_site" / "arbeidstrening.pdf").replace(project / "lest" / "arbeidstrening.pdf")
    found = failed(pdf.check(replace(evidence, site=project / "lest")))["arbeidstrening.pdf"]
    assert [d for d in found if d.startswith("fig-formaal, the headline: found another text in the PDF")]
    assert not [d for d in found if d.startswith("fig-deltakere, the headline")]


def test_a_missing_pdf_is_found_and_not_skipped(evidence: Evidence, tmp_path: Path):
    """A site without its PDF is not whole."""
    shutil.copytree(evidence.site, tmp_path / "site", copy_function=os.link)
    (tmp_path / "site" / "arbeidstrening.pdf").unlink()
    assert "arbeidstrening.pdf" in failed(pdf.check(replace(evidence, site=tmp_path / "site")))


# 7: chapters --------------------------------------------------------------------------------------


def test_a_number_typed_by_hand_is_found_with_its_line(project: Path, evidence: Evidence):
    """In a chapter's source, before anything is built."""
    chapter = project / "chapters" / "07-drofting.qmd"
    chapter.write_text(chapter.read_text(encoding="utf-8") + "\nDet gjaldt 17 veiledere.\n", encoding="utf-8")
    found = failed(chapters.check(replace(evidence, paths=Paths(project))))
    assert re.match(r"chapters/07-drofting\.qmd:\d+: found the number “17”", found["chapters/07-drofting.qmd"][0])


def test_a_figure_taken_out_of_its_chapter_is_found(written: Tampered):
    """Every figure is shown somewhere."""
    found = failed(chapters.check(written("chapters/02-om-tiltaket.qmd", 'figure("fig-formaal")', "pass")))
    assert found["fig-formaal"] == ["found no chapter that shows it, expected each figure and table in a chapter"]


def test_a_number_that_nothing_uses_is_found(evidence: Evidence):
    """A fact that no sentence and no figure needs is taken out of the data."""
    numbers = json.loads(evidence.recomputed["numbers.json"])
    numbers["a.b"] = {**numbers["deltakere.fall"], "cells": ["opplysninger[id=a.b].verdi"]}
    other = replace(evidence, recomputed={**evidence.recomputed, "numbers.json": json.dumps(numbers)})
    assert failed(chapters.check(other)) == {
        "figures/numbers.json": ["a.b: found no sentence and no figure that uses it, expected each number in use"]
    }


def test_a_figure_without_alternative_text_is_found(evidence: Evidence):
    """Each figure says in words what it shows."""
    items = {**evidence.items, "fig-formaal": {**evidence.items["fig-formaal"], "alt": " "}}
    changed = json.loads(evidence.recomputed["manifest.json"]) | {"items": items}
    other = replace(evidence, recomputed={**evidence.recomputed, "manifest.json": json.dumps(changed)})
    assert "fig-formaal: found no alternative text" in failed(chapters.check(other))["fig-formaal"][0]


# What the pages say of verification itself --------------------------------------------------------


def test_a_page_that_claims_more_than_the_record_is_found(built: Tampered, evidence: Evidence):
    """«Etterprøvd» on a page that the record does not support."""
    said = item_verdict(evidence.facts, "fig-formaal")
    page = (evidence.site / "chapters" / "02-om-tiltaket.html").read_text(encoding="utf-8")
    start = page.index('id="fig-formaal"')
    old = page[start : page.index(said, start) + len(said)]
    new = old.replace(said, "Etterprøvd 1. januar 2030 uten avvik, og ikke endret siden.")
    found = failed(text.check(built("chapters/02-om-tiltaket.html", old, new)))
    assert any(d.startswith("fig-formaal, the last verification") for d in found["chapters/02-om-tiltaket.html"])


@pytest.mark.parametrize(
    ("page", "old", "new"),
    [
        ("chapters/tallregister.html", "<strong>5\u00a0515 personer</strong>", "<strong>5\u00a0615 personer</strong>"),
        ("chapters/tallregister.html", "«over 60\u00a0prosent»", "«over 70\u00a0prosent»"),
        ("chapters/etterproving.html", "ikke oppfylt", "oppfylt"),
    ],
)
def test_the_register_and_the_appendix_are_read_back_too(built: Tampered, page: str, old: str, new: str):
    """A value, the words of a use, or a verdict on ourselves, altered on the built page."""
    assert list(failed(text.check(built(page, old, new)))) == [page]


def test_a_record_is_written_only_when_all_holds(
    evidence: Evidence, whole: Verification, project: Path, tampered: Tampered
):
    """What differs is not recorded; what holds is, and then the record speaks of just this state."""
    here = replace(evidence, paths=Paths(project))
    (project / FILE).unlink(missing_ok=True)
    broken = tampered("fig-formaal.csv", "38", "39")
    assert command._record(verification(broken), replace(broken, paths=Paths(project))).startswith("Nothing was")
    assert not (project / FILE).exists()
    command._record(whole, here)
    assert told(here).endswith("speaks of all of this.")
    changed = replace(here, sources={**here.sources, "index.qmd": "annet"})
    assert " 1 of " in told(changed) and "changed since" in told(changed)


def test_the_record_of_one_state_is_the_same_twice(evidence: Evidence, whole: Verification):
    """Nothing in it but the day comes from the clock."""
    assert record(whole, evidence, "2026-11-25") == record(whole, evidence, "2026-11-25")
    said = json.loads(record(replace(whole, commit="abc1234+"), evidence, "2026-11-25"))
    assert said["commit"] is None and set(said["layers"]) == set(LAYERS)


def test_an_update_says_what_it_will_change_before_it_does(
    evidence: Evidence, project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    """Each file is named while it still is as it was: changed, new and taken away."""
    files = {**evidence.committed, "fig-formaal.csv": "a", "fig-gammel.csv": "b"}
    del files["tbl-varighet.typ"]
    said: list[str] = []

    def write(_paths: Paths, _files: Files, _root: Files) -> Written:
        said.append(capsys.readouterr().out)
        return Written((), ("fig-formaal.csv", "tbl-varighet.typ"), ("fig-gammel.csv",), ())

    monkeypatch.setattr("rapport.placing.write", write)
    after = command._update(replace(evidence, committed=files, paths=Paths(project)))
    assert "will change 3 files" in said[0]
    assert {line.strip() for line in said[0].splitlines() if line.startswith("  ")} == {
        "figures/fig-formaal.csv", "figures/tbl-varighet.typ (new)", "figures/fig-gammel.csv (taken away)",
    }  # fmt: skip
    assert command.changes(after) == []


# The reports --------------------------------------------------------------------------------------


@pytest.fixture
def found() -> Verification:
    """A small verification with one difference, whose texts try to break every form."""
    bad = Difference(where="row 2", found="<script>alert(1)</script> | `x`", expected="*5515*", remedy="mend_it")
    verdicts = (Verdict(layer="data", item="data/a.csv"), Verdict(layer="values", item="fig-a", differences=(bad,)))
    return Verification(verdicts, "abc1234", "23. november 2026", "1.0.0", {"altair": "6.0"})


def test_the_terminal_says_what_differs_and_how_to_mend_it(found: Verification, snapshot):
    """A line a layer, then the difference and the remedy."""
    assert as_text(found) == snapshot


def test_markdown_cannot_be_broken_by_its_data(found: Verification, snapshot):
    """Bars, backticks and tags stay text."""
    assert as_markdown(found) == snapshot


def test_junit_has_a_case_an_item(found: Verification):
    """A failure with message and remedy."""
    root = ET.fromstring(as_junit(found))
    assert [(s.get("name"), s.get("tests"), s.get("failures")) for s in root][:2] == [
        ("data", "1", "0"),
        ("values", "1", "1"),
    ]
    failure = root.find(".//failure")
    assert failure is not None and "mend_it" in (failure.text or "")


def test_json_holds_every_verdict(found: Verification):
    """For programs."""
    whole = json.loads(as_json(found))
    assert [v["holds"] for v in whole["verdicts"]] == [True, False] and whole["holds"] is False


def test_the_page_is_self_contained_and_shows_both_pictures(evidence: Evidence, tampered: Tampered):
    """Old and new beside each other in the report's own letters, nothing loaded from elsewhere, nothing run."""
    changed = tampered("fig-formaal.svg", ">38\u00a0%<", ">83\u00a0%<")
    page = as_html(verification(changed), changed)
    images = re.findall(r'src="data:image/svg\+xml;base64,([^"]+)"', page)
    assert len(images) == 2 and all(b"@font-face" in base64.b64decode(image) for image in images)
    assert not re.search(r"<script|(?:src|href)=\"(?!data:)", page)


def test_the_page_shows_hostile_text_as_text(found: Verification, evidence: Evidence):
    """A tag in a difference is not a tag in the page."""
    assert "<script" not in as_html(found, evidence)
