"""The page put together: what the policy allows, and that data is never read as anything but data."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest

from geoposture.webmap.assets import (
    SCRIPTS,
    STYLES,
    Added,
    Page,
    assemble,
    browser_text,
    digest,
    engine_scripts,
    leaflet_css,
    leaflet_js,
    lean_text,
)


class Read(HTMLParser):
    """Scripts, styles and the policy as a browser finds them."""

    def __init__(self, text):
        super().__init__()
        self.scripts, self.styles, self.policy, self.title, self.tag, self.kind = [], [], "", "", "", None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.tag, self.kind = tag, given.get("type")
        if given.get("http-equiv") == "Content-Security-Policy":
            self.policy = given["content"]

    def handle_endtag(self, tag):
        self.tag = ""

    def handle_data(self, data):
        if self.tag == "script" and self.kind is None:
            self.scripts.append(data)
        elif self.tag == "style":
            self.styles.append(data)
        elif self.tag == "title":
            self.title += data

    def rule(self, name):
        return next(rule.split(" ")[1:] for rule in self.policy.split("; ") if rule.split(" ")[0] == name)


PAGE = Page(title="Title", data={"one": '{"a":1}'}, variables=":root { --a: b; }")


def test_exactly_what_stands_in_the_file_is_allowed():
    read = Read(assemble(PAGE))
    assert [digest(script) for script in read.scripts] == read.rule("script-src")
    assert [digest(style) for style in read.styles] == read.rule("style-src")


def test_the_policy_begins_with_nothing():
    policy = Read(assemble(PAGE)).policy
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert "http" not in policy
    assert Read(assemble(PAGE)).rule("img-src") == ["data:"]


def test_a_digest_is_the_one_of_the_standard():
    expected = base64.b64encode(hashlib.sha256(b"alert('Hello, world.');").digest()).decode()
    assert digest("alert('Hello, world.');") == f"'sha256-{expected}'"
    assert digest("alert('Hello, world.');") == "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"


def test_what_people_add_is_allowed_by_hash_or_exact_address():
    added = Added(
        head='<script src="https://a.example/x.js"></script><link rel="stylesheet" href="https://a.example/x.css"/><style>p{}</style>',
        body="<script>one()</script>",
        script="two()\r\nthree()",
    )
    read = Read(assemble(PAGE, added))
    for text in ("one()", "two()\nthree()"):
        assert digest(text) in read.rule("script-src")
    assert digest("p{}") in read.rule("style-src")
    assert "https://a.example/x.js" in read.rule("script-src")
    assert "https://a.example/x.css" in read.rule("style-src")


@pytest.mark.parametrize(
    "address", ["https://a.example/;script-src", "javascript:x", "https://a.example/' 'unsafe-inline", "//a.example/x.js"]
)
def test_an_address_cannot_widen_the_policy(address):
    read = Read(assemble(PAGE, Added(head=f'<script src="{address}"></script>')))
    assert address not in read.policy
    assert "unsafe-inline" not in read.policy


@pytest.mark.parametrize("title", ["</title><script>x</script>", "<!--put:data-->", "{{ 7 * 7 }}", "a & b"])
def test_a_title_is_text(title):
    page = assemble(Page(title=title))
    read = Read(page)
    assert read.title == title
    assert [digest(script) for script in read.scripts] == read.rule("script-src")


def test_data_that_is_not_escaped_is_refused():
    with pytest.raises(ValueError, match="one"):
        assemble(Page(title="t", data={"one": "</script>"}))


def test_tokens_in_data_stay():
    assert '"<!--' not in assemble(PAGE)
    assert '{"a":"put:boot"}' in assemble(Page(title="t", data={"one": '{"a":"put:boot"}'}))
    assert "<!--put:" not in assemble(PAGE)


def test_leaflet_asks_for_nothing():
    assert "sourceMappingURL" not in leaflet_js()
    assert re.findall(r"url\((?!\"data:)", leaflet_css()) == []
    assert "\r" not in leaflet_js() + leaflet_css()


def test_our_scripts_are_listed_once_and_make_no_markup_from_strings():
    names = list(SCRIPTS)
    assert len(names) == len(set(names))
    texts = [*map(browser_text, [*names, "boot.js", "folium_layers.js"]), *engine_scripts()]
    for text in texts:
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", text)
        assert "</script" not in text.lower()
        assert "<!--" not in text


def test_files_are_made_lean_without_touching_their_code():
    for name in [*SCRIPTS, "boot.js", "folium_layers.js", *(f"engine/{name}" for name in browser_text("engine/ORDER").split())]:
        for line in browser_text(name).split("\n"):
            bare = re.sub(r"/\[[^\n]*?\]/[a-z]*", "", line)
            assert bare.count("`") % 2 == 0, f"{name}: a template string runs over lines"
            assert "/*" not in line or line.lstrip().startswith("/*"), f"{name}: a comment beside code"
        code = lean_text(name)
        assert not re.search(r"^\s*(//|/\*|\*)", code, re.MULTILINE)
        assert code.count("{") == code.count("}")
    assert "}" in lean_text("page.css")


def test_the_same_page_twice_is_the_same_bytes():
    assert assemble(PAGE) == assemble(PAGE)


TOO_NEW = {
    "style": r":has\(|@property|@scope|@starting-style|anchor-name|view-transition|scrollbar-gutter|text-box|interpolate-size|^\s*&",
    "script": r"\.startViewTransition|\.showPopover|\.fromAsync|structuredClone|\.toSorted|\.findLast|Object\.groupBy|\.checkVisibility|"
    r"scheduler\.|navigator\.(?!platform)|requestIdleCallback|\.innerText",
}
"""What a current browser may lack; the page goes without."""


@pytest.mark.parametrize("name", STYLES)
def test_styles_use_what_every_current_browser_knows(name):
    text = lean_text(name)
    assert re.findall(TOO_NEW["style"], text, re.M) == []
    # The height of a phone's screen without its bars is newer than the one with them, which must stand before it.
    for found in re.finditer(r"[0-9]+dvh", text):
        older = found[0].replace("dvh", "vh")
        assert re.search(rf"height: {older};\s+height: $", text[: found.start()])


@pytest.mark.parametrize("name", SCRIPTS)
def test_scripts_use_what_every_current_browser_knows(name):
    assert re.findall(TOO_NEW["script"], lean_text(name)) == []
