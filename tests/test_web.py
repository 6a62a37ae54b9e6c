"""What stands around the text: heads, shared pictures, icons, indexes, the feed and the page for no page.

Once on the site as it is built here, whose address nobody knows, and once with an address given.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from base64 import b64encode
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlparse
from xml.etree import ElementTree

import pytest
import rdflib
import yaml
from bs4 import BeautifulSoup
from PIL import Image

from conftest import ROOT, Run
from rapport.address import VARIABLE, site_address
from rapport.book import load_book
from rapport.errors import BookError
from rapport.paths import Paths
from rapport.web import complete

ADDRESS = "https://example.org/rapporter/arbeidstrening/"
JSON_LD = 'script[type="application/ld+json"]'
ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"

Pages = dict[str, BeautifulSoup]


def read(site: Path) -> Pages:
    """The site's pages by their address from the root."""
    names = [page.href for page in load_book(Paths(ROOT)).pages]
    return {name: BeautifulSoup((site / name).read_text(encoding="utf-8"), "html.parser") for name in names}


@pytest.fixture(scope="module")
def nowhere(site: Path) -> Pages:
    """The site while nobody has said where it is."""
    return read(site)


@pytest.fixture(scope="module")
def published(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same site completed once more, with an address."""
    copy = Path(shutil.copytree(site, tmp_path_factory.mktemp("published") / "site"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, ADDRESS.rstrip("/"))
        complete(Paths(ROOT), copy, pdf=True)
    return copy


@pytest.fixture(scope="module")
def somewhere(published: Path) -> Pages:
    """The pages that know their address."""
    return read(published)


def metas(page: BeautifulSoup, key: str) -> list[str]:
    return [str(tag["content"]) for tag in page.select(f'head > meta[name="{key}"], head > meta[property="{key}"]')]


def link(page: BeautifulSoup, rel: str) -> str | None:
    found = page.select_one(f'head > link[rel="{rel}"]')
    return None if found is None else str(found["href"])


def documents(pages: Pages) -> dict[str, list[dict[str, Any]]]:
    """The JSON-LD of each page."""
    blocks = {name: page.select(f"head > {JSON_LD}") for name, page in pages.items()}
    return {name: [json.loads(block.string) for block in found] for name, found in blocks.items()}


def files(site: Path) -> dict[str, str]:
    """The hash of every file of a site, by its address from the root."""
    found = (path for path in sorted(site.rglob("*")) if path.is_file())
    return {path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


# The setting


@pytest.mark.parametrize("given", ["https://example.org/a", "https://example.org/a/", " https://example.org/a// "])
def test_an_address_ends_in_one_slash(given: str):
    """Names can be put right behind it, however it was written."""
    assert site_address(given, {}) == "https://example.org/a/"


def test_what_is_given_at_the_command_goes_before_the_file():
    """A site that is published for a trial does not need another _quarto.yml."""
    assert site_address("https://a.example", {VARIABLE: "https://b.example/x"}) == "https://b.example/x/"
    assert site_address(None, {}) == ""


@pytest.mark.parametrize("given", ["example.org", "ftp://example.org", "https://", "https://a.example/?x=1", "http://[",
                                   'https://a.example/"><script>'])  # fmt: skip
def test_what_is_no_address_is_told(given: str):
    """The setting, what was found, and how to mend it."""
    with pytest.raises(BookError) as caught:
        site_address(given, {})
    assert given in str(caught.value)
    assert "book.site-url" in str(caught.value)
    assert "To mend it" in str(caught.value)


def test_a_wrong_address_stops_the_command_before_anything_is_made(project: Path, rapport: Run):
    """Status 2, no traceback, no site."""
    done = rapport("render", "--site-url", "example.org", cwd=project)
    assert (done.returncode, (project / "_site").exists()) == (2, False), done.stderr
    assert '--site-url or RAPPORT_SITE_URL: found "example.org"' in done.stderr
    assert "Traceback" not in done.stderr


# Heads


@pytest.mark.slow
def test_without_an_address_nothing_claims_one(nowhere: Pages, site: Path):
    """No canonical address, no shared picture and no sitemap; every link of a head leads to a file of the site."""
    outward = re.compile(r"(?:canonical|og:url|og:image|twitter:card|citation_\w+_url)$")
    for name, page in nowhere.items():
        tags = page.select("head > :is([property], [name], [rel])")
        told = [str(tag.get("property") or tag.get("name") or tag["rel"][0]) for tag in tags]
        assert [each for each in told if outward.match(each)] == [], name
        for tag in page.select("head > link:not([rel=license])"):
            assert (site / unquote(urlparse(urljoin(f"{ADDRESS}{name}", tag["href"])).path).removeprefix(
                urlparse(ADDRESS).path)).is_file(), (name, tag)  # fmt: skip
    assert not (site / "sitemap.xml").exists()
    assert "Sitemap" not in (site / "robots.txt").read_text(encoding="utf-8")


@pytest.mark.slow
def test_each_page_names_its_own_address(somewhere: Pages):
    """Canonical and shared address are one; the front page's is that of the site."""
    for name, page in somewhere.items():
        expected = ADDRESS if name == "index.html" else f"{ADDRESS}{name}"
        assert link(page, "canonical") == expected
        assert metas(page, "og:url") == metas(page, "citation_fulltext_html_url") == [expected], name


@pytest.mark.slow
def test_a_shared_link_tells_what_the_page_tells(somewhere: Pages):
    """Title and description are those of the chapter, and no two pages share them."""
    book = load_book(Paths(ROOT))
    for chapter in book.pages:
        page, front = somewhere[chapter.href], chapter.href == "index.html"
        (title,), (description,) = metas(page, "og:title"), metas(page, "og:description")
        assert title.startswith(book.title + ": ") if front else title == chapter.title
        assert [description] == metas(page, "description")
        assert metas(page, "og:type") == ["website" if front else "article"]
        assert (metas(page, "og:site_name"), metas(page, "og:locale")) == (
            [book.title], ["en_GB" if chapter.href.startswith("en/") else "nb_NO"])  # fmt: skip
    for key in ("og:title", "og:description"):
        assert len({metas(page, key)[0] for page in somewhere.values()}) == len(somewhere)


@pytest.mark.slow
def test_a_reference_manager_finds_what_it_needs(somewhere: Pages):
    """The tags that Google Scholar asks for; a chapter names its report; the front page the PDF, which is there."""
    config = yaml.safe_load((ROOT / "_quarto.yml").read_text(encoding="utf-8"))["book"]
    for name, page in somewhere.items():
        assert len(metas(page, "citation_title")) == 1, name
        assert metas(page, "citation_author") == [config["author"]]
        assert metas(page, "citation_publication_date") == [datetime.fromisoformat(config["date"]).strftime("%Y/%m/%d")]
        assert metas(page, "citation_language") == ["en" if name.startswith("en/") else "nb"]
        report = metas(page, "citation_inbook_title")
        assert report == ([] if name == "index.html" else metas(somewhere["index.html"], "citation_title")), name
    assert metas(somewhere["index.html"], "citation_pdf_url") == [f"{ADDRESS}arbeidstrening.pdf"]


@pytest.mark.slow
def test_shared_pictures_are_there_and_as_large_as_they_say(somewhere: Pages, published: Path, manifest: dict):
    """1200 × 630 pixels, named in words; a page with a drawing of its own is shown with that one."""
    shown = {}
    for name, page in somewhere.items():
        (address,), (alt,) = metas(page, "og:image"), metas(page, "og:image:alt")
        shown[name] = Path(urlparse(address).path).stem
        with Image.open(published / address.removeprefix(ADDRESS)) as picture:
            told = (int(metas(page, "og:image:width")[0]), int(metas(page, "og:image:height")[0]))
            assert (picture.format, picture.size) == ("PNG", told) == ("PNG", (1200, 630))
        assert alt.startswith(manifest["items"][shown[name]]["title"])
        own = [figure["id"] for figure in page.select("figure.figur:not(.flyt)")]
        assert shown[name] == ("fig-deltakere" if name == "index.html" or not own else own[0]), name
    assert len(set(shown.values())) > 3
    assert {path.stem for path in (published / "assets" / "deling").iterdir()} == set(shown.values())


@pytest.mark.slow
def test_completing_a_site_twice_changes_nothing(site: Path, tmp_path: Path):
    """A preview that leaves a page as it was gets no second head; pictures are the same to the byte."""
    copy = Path(shutil.copytree(site, tmp_path / "site"))
    complete(Paths(ROOT), copy, pdf=True)
    assert files(copy) == files(site)


@pytest.mark.slow
def test_an_address_changes_only_what_speaks_of_it(site: Path, published: Path):
    """Nothing but pages, feed and indexes follows where the site is; no figure, picture or number does."""
    before, after = files(site), files(published)
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    beside = {name for name in changed if not name.endswith(".html")}
    assert beside == {"robots.txt", "sitemap.xml", "versjoner.xml"}
    assert {name for name in changed if name.endswith(".html")} == {name for name in after if re.search(
        r"^(?:(?:en/)?index|404|chapters/[\w-]+)\.html$", name)}  # fmt: skip


def test_a_text_cannot_end_its_tag(project: Path, site: Path):
    """Whatever a title holds is text: in attributes, in JSON-LD, in the feed and on the page for no page."""
    attack = '</script><b id="x">"&'
    config = project / "_quarto.yml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("title: Arbeidstrening\n", f"title: '{attack}'\n", 1), encoding="utf-8")
    copy = Path(shutil.copytree(site, project / "_site"))
    complete(Paths(project), copy, pdf=True)
    page = BeautifulSoup((copy / "index.html").read_text(encoding="utf-8"), "html.parser")
    assert metas(page, "og:site_name") == [attack]
    assert json.loads(page.select_one(JSON_LD).string)["name"].startswith(attack)
    lost = BeautifulSoup((copy / "404.html").read_text(encoding="utf-8"), "html.parser")
    assert lost.select_one("header").get_text().strip() == attack
    assert (page.select("#x"), lost.select("#x")) == ([], [])
    assert ElementTree.parse(copy / "versjoner.xml").getroot().findtext(f"{ATOM}title").startswith(attack)
    assert json.loads((copy / "manifest.webmanifest").read_text(encoding="utf-8"))["short_name"] == attack


# JSON-LD


def graph(document: dict) -> rdflib.Graph:
    """The statements of a JSON-LD document, read with schema.org as its only vocabulary, without a network."""
    local = {"@vocab": str(rdflib.SDO), "@base": "https://example.org/"}
    return rdflib.Graph().parse(data=json.dumps({**document, "@context": local}), format="json-ld")


@pytest.mark.slow
def test_json_ld_uses_only_words_of_schema_org(nowhere: Pages):
    """Every type and property is a term that schema.org has."""
    for name, found in documents(nowhere).items():
        for document in found:
            assert document["@context"] == "https://schema.org/", name
            statements = graph(document)
            used = {term for _, term, _ in statements if term != rdflib.RDF.type}
            used |= set(statements.objects(None, rdflib.RDF.type))
            assert used, name
            assert [term for term in used if term not in rdflib.SDO] == [], name


@pytest.mark.slow
def test_each_page_says_what_it_is(nowhere: Pages):
    """The front page is the report, each other a chapter of it; the data are told of once, where they are described."""
    kinds = {name: [document["@type"] for document in found] for name, found in documents(nowhere).items()}
    assert kinds.pop("index.html") == ["Report"]
    assert kinds.pop("chapters/datagrunnlag.html") == ["Chapter", "Dataset"]
    assert kinds.pop("en/index.html") == ["Article"]
    assert set(map(tuple, kinds.values())) == {("Chapter",)}


@pytest.mark.slow
@pytest.mark.parametrize("known", [False, True], ids=["unknown", "known"])
def test_addresses_of_json_ld_fit_the_page_they_are_on(known: bool, nowhere: Pages, somewhere: Pages, published: Path):
    """Chapters, downloads, pictures and the PDF are where the page says, relative or whole."""
    for name, found in documents(somewhere if known else nowhere).items():
        for document in found:
            told = [document["url"], document.get("image"), document.get("encoding", {}).get("contentUrl")]
            told += [each["contentUrl"] for each in document.get("distribution", [])]
            told += [part["url"] for part in document.get("hasPart", []) if part["@type"] in ("Chapter", "Article")]
            told += [document[whole]["url"] for whole in ("isPartOf",) if whole in document]
            for address in filter(None, told):
                assert ("://" in address) == known, (name, address)
                path = urljoin(ADDRESS + name, address).removeprefix(ADDRESS) or "index.html"
                assert (published / path).is_file(), (name, address)


@pytest.mark.slow
def test_the_data_are_described_whole(nowhere: Pages, site: Path):
    """Each CSV is a download with its true hash and size, and the description has a length that catalogues take."""
    package = json.loads((ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"))
    (data,) = (each for each in documents(nowhere)["chapters/datagrunnlag.html"] if each["@type"] == "Dataset")
    told = {each["contentUrl"]: (each["sha256"], each["contentSize"]) for each in data["distribution"]}
    hashes = {f"data/{res['path']}": site / "data" / res["path"] for res in package["resources"]}
    assert told == {
        f"../{name}": (hashlib.sha256(path.read_bytes()).hexdigest(), f"{path.stat().st_size} B")
        for name, path in hashes.items()
    }
    assert 50 <= len(data["description"]) <= 5000
    newest = re.search(r"^## \S+ – (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert (data["version"], data["dateModified"]) == (package["version"], newest[1])


# Icons, indexes and the feed


@pytest.mark.slow
def test_icons_are_as_large_as_they_say(site: Path, nowhere: Pages):
    """The web manifest's icons are there in the sizes it names; the telephone's has no transparent corner."""
    manifest = json.loads((site / "manifest.webmanifest").read_text(encoding="utf-8"))
    pngs = {icon["sizes"]: icon["src"] for icon in manifest["icons"] if icon["type"] == "image/png"}
    assert set(pngs) == {"192x192", "512x512"}
    for sizes, name in pngs.items():
        with Image.open(site / name) as icon:
            assert "{}x{}".format(*icon.size) == sizes
            assert icon.convert("RGBA").getpixel((0, 0))[3] == 0
    with Image.open(site / str(link(nowhere["index.html"], "apple-touch-icon"))) as icon:
        assert (icon.size, icon.convert("RGBA").getpixel((0, 0))[3]) == ((180, 180), 255)
    assert (site / "assets" / "ikon.svg").read_bytes() == (ROOT / "theme" / "ikon.svg").read_bytes()


@pytest.mark.slow
def test_the_web_manifest_may_lie_anywhere(site: Path):
    """Its addresses are relative, its words those of the book, and the pages' policy lets it in."""
    manifest = json.loads((site / "manifest.webmanifest").read_text(encoding="utf-8"))
    assert (manifest["start_url"], manifest["scope"]) == ("./", "./")
    assert (manifest["lang"], manifest["short_name"]) == ("nb", "Arbeidstrening")
    assert not re.search(r"://|\"/", json.dumps([icon["src"] for icon in manifest["icons"]]))
    assert "manifest-src 'self'" in (site / "index.html").read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_sitemap_names_every_page_and_the_pdf(published: Path, somewhere: Pages):
    """By the same whole addresses as the pages name themselves; robots.txt says where it is."""
    told = [url.findtext(f"{SITEMAP}loc") for url in ElementTree.parse(published / "sitemap.xml").getroot()]
    assert told == [*(link(page, "canonical") for page in somewhere.values()), f"{ADDRESS}arbeidstrening.pdf"]
    assert f"Sitemap: {ADDRESS}sitemap.xml\n" in (published / "robots.txt").read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_feed_tells_of_each_version(site: Path, published: Path):
    """One entry for each version of the changelog, with date, points and an id that no address is in."""
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    expected = re.findall(r"^## (\S+) – (\S+)", changes, re.MULTILINE)
    ids = []
    for folder, known in ((site, False), (published, True)):
        root = ElementTree.parse(folder / "versjoner.xml").getroot()
        entries = root.findall(f"{ATOM}entry")
        told = [(each.findtext(f"{ATOM}title").split()[1], each.findtext(f"{ATOM}updated")[:10]) for each in entries]
        assert told == expected
        points = [BeautifulSoup(each.findtext(f"{ATOM}content"), "html.parser").select("li") for each in entries]
        assert sum(map(len, points)) == len(re.findall(r"^- ", changes, re.MULTILINE))
        ids.append([tag.text for tag in root.iter(f"{ATOM}id")])
        assert len(set(ids[-1])) == len(entries) + 1
        assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", each) for each in ids[-1])
        selves = [tag.get("href") for tag in root.findall(f"{ATOM}link") if tag.get("rel") == "self"]
        assert selves == ([f"{ADDRESS}versjoner.xml"] if known else [])
        for tag in root.iter(f"{ATOM}link"):
            assert (published / tag.get("href").removeprefix(ADDRESS)).is_file()
    assert ids[0] == ids[1]


# The page for no page


@pytest.mark.slow
@pytest.mark.parametrize("known", [False, True], ids=["unknown", "known"])
def test_the_page_for_no_page_holds_nothing_relative(known: bool, site: Path, published: Path):
    """It is shown at any depth: each link begins at the server's root, in the site's folder, and leads to a page."""
    folder, root = (published, urlparse(ADDRESS).path) if known else (site, "/")
    page = BeautifulSoup((folder / "404.html").read_text(encoding="utf-8"), "html.parser")
    links = [str(tag["href"]) for tag in page.select("[href], [src]") if not tag["href"].startswith("data:")]
    assert [each for each in links if not each.startswith(root)] == []
    targets = {each.removeprefix(root) or "index.html" for each in links}
    assert targets == set(read(folder))
    assert page.select("script, [style], img") == []


@pytest.mark.slow
def test_the_page_for_no_page_lets_in_its_own_style_alone(site: Path):
    """The policy names the style by its hash, and nothing else may load."""
    page = BeautifulSoup((site / "404.html").read_text(encoding="utf-8"), "html.parser")
    policy = str(page.select_one('meta[http-equiv="Content-Security-Policy"]')["content"])
    digest = b64encode(hashlib.sha256(page.style.string.encode("utf-8")).digest()).decode("ascii")
    assert f"style-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none';")
    assert metas(page, "robots") == ["noindex"]
