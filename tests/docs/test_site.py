"""The built site in a real browser: it asks nobody for anything, finds what people look for, and can be read by everybody."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from importlib import resources
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import expect

QUESTIONS = yaml.safe_load(Path(__file__).with_name("questions.yaml").read_text(encoding="utf-8"))
SAMPLED = ("index.html", "first-map.html", "standing.html", "commands.html", "faq.html")
SIZES = {"wide": (1600, 900), "laptop": (1280, 720), "phone": (390, 844)}
AXE = resources.files("axe_playwright_python").joinpath("axe.min.js")
GRAVE = """async () => {
    const { violations } = await axe.run(document, { preload: false, resultTypes: ["violations"] });
    return violations.filter(({ impact }) => ["serious", "critical"].includes(impact))
        .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target} ${node.html.slice(0, 90)}`));
}"""


@pytest.fixture
def visit(browser, site):
    """A function that opens a page of the site from disk; at the end nothing may have gone wrong, or out."""
    contexts, troubles = [], []

    def opened(name, size="wide", **options):
        width, height = SIZES[size]
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        context.set_offline(True)
        page = context.new_page()
        page.on("console", lambda message: troubles.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: troubles.append(f"error: {error}"))
        page.on("request", lambda one: None if re.match("file:|data:|blob:", one.url) else troubles.append(one.url))
        page.goto((site / name).as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()
    assert troubles == []


class Links(HTMLParser):
    """What a page leads to, what it loads, and where one can jump to in it."""

    def __init__(self, text):
        super().__init__()
        self.links, self.loads, self.anchors = set(), set(), set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        self.anchors |= {named[key] for key in ("id", "name") if named.get(key)}
        if tag == "a" and named.get("href"):
            self.links.add(named["href"])
        elif named.get("src") or (tag == "link" and named.get("href")):
            self.loads.add(named.get("src") or named["href"])


def test_every_link_and_anchor_of_the_site_exists(site):
    pages = {path: Links(path.read_text(encoding="utf-8")) for path in site.rglob("*.html") if path.name != "404.html"}
    assert len(pages) >= 18
    broken = []
    for path, page in pages.items():
        for link in page.links | page.loads:
            if re.match(r"https://|mailto:|data:", link):
                continue
            name, _, anchor = link.partition("#")
            target = (path.parent / name).resolve() if name else path
            target = target / "index.html" if target.is_dir() else target
            if not target.is_file() or (
                anchor and target in pages and anchor not in pages[target].anchors | {"__skip", "only-light", "only-dark"}
            ):
                broken.append((path.name, link))
    assert broken == []


def test_nothing_is_loaded_from_elsewhere(site):
    for path in site.rglob("*.html"):
        assert [one for one in Links(path.read_text(encoding="utf-8")).loads if re.match("(https?:)?//", one)] == [], path.name
    for path in site.rglob("*.css"):
        assert re.findall(r"url\(\s*['\"]?(?:https?:)?//[^)]*", path.read_text(encoding="utf-8")) == [], path.name


def test_there_are_twenty_questions():
    assert len({one["question"] for one in QUESTIONS}) >= 20


@pytest.mark.parametrize("asked", QUESTIONS, ids=[one["question"] for one in QUESTIONS])
def test_the_search_answers_in_its_first_three_hits(visit, site, asked):
    page = visit("index.html")
    page.get_by_label("Search", exact=True).first.click()
    field = page.get_by_role("textbox", name="Search")
    field.fill(asked["question"][:-1])
    field.press(asked["question"][-1])
    expect(page.locator(".md-search-result__meta")).to_have_text(re.compile(r"matching document"))
    first = page.locator(".md-search-result__list > li")
    expect(first.first).to_be_visible()
    found = [
        [
            re.sub(r"\?h=[^#]*", "", address.rpartition("/")[2])
            for address in item.locator("a").evaluate_all("all => all.map((a) => a.href)")
        ]
        for item in first.all()[:3]
    ]
    assert set(asked["answers"]) & {address for item in found for address in item}, found
    for answer in asked["answers"]:
        name, _, anchor = answer.partition("#")
        assert not anchor or f'id="{anchor}"' in (site / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", SAMPLED)
def test_axe_finds_nothing_serious(visit, name, scheme):
    page = visit(name, color_scheme=scheme)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    assert page.evaluate(GRAVE) == []


def test_axe_would_find_something(visit):
    page = visit("faq.html")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    page.evaluate("document.querySelector('article').insertAdjacentHTML('beforeend', '<img src=\"\">')")
    assert any(found.startswith("image-alt") for found in page.evaluate(GRAVE))


@pytest.mark.parametrize("size", SIZES)
def test_no_page_is_wider_than_the_window(visit, site, size):
    page = visit("index.html", size)
    wide = []
    for path in sorted(site.glob("*.html")):
        if path.name == "404.html":
            continue
        page.goto(path.as_uri())
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            wide.append(path.name)
    assert wide == []


def test_pictures_follow_the_scheme_of_the_page(visit):
    page = visit("index.html", color_scheme="dark")
    expect(page.locator("img[src*='iraq-evidence-dark']")).to_be_visible()
    expect(page.locator("img[src*='iraq-evidence.png']")).to_be_hidden()
