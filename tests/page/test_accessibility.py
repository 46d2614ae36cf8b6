"""axe-core finds nothing serious in any state of the page, every text is dark enough, and both do find the defects sown into it."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path

import pytest
from playwright.sync_api import expect

AXE = resources.files("axe_playwright_python").joinpath("axe.min.js")
CONTRAST = Path(__file__).with_name("contrast.js").read_text(encoding="utf-8")
ASK = """async ({ grave, rules }) => {
    const only = rules ? { runOnly: { type: "rule", values: rules } } : {};
    const { violations } = await axe.run(document, { resultTypes: ["violations"], ...only });
    return violations.filter(({ impact }) => grave.includes(impact)).flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target}`));
}"""
GRAVE = ["serious", "critical"]
IRAQ, COMPARED, LEVANT = "iraq-2025-2026", "iraq-before-after", "levant-2020-2026"


@pytest.fixture(scope="session")
def axe():
    """A function that gives the grave findings of axe-core in a page, as "rule: element".

    What a debugger evaluates stands above the page's policy, which therefore stays as people get it.
    """
    script = AXE.read_text(encoding="utf-8")

    def findings(page, *rules):
        if not page.evaluate("'axe' in globalThis"):
            page.evaluate(script)
        return page.evaluate(ASK, {"grave": GRAVE, "rules": rules or None})

    return findings


def too_faint(page):
    found = page.evaluate(CONTRAST)
    assert found["count"] > 20
    return found["faint"]


# States of the page: what a reader does to get there


def plain(page):
    expect(page.get_by_role("tab", name="Sources")).to_be_visible()


def evidence(page):
    page.get_by_role("button", name=re.compile("^Ain al-Asad Air Base")).click()
    expect(page.get_by_role("article").get_by_role("heading", level=2)).to_be_visible()


def belief(page):
    evidence(page)
    page.get_by_role("img", name=re.compile("^Belief chart")).first.scroll_into_view_if_needed()
    page.get_by_text("not in force on this day").click()


def total(page):
    page.get_by_role("button", name=re.compile("^Iraq ")).first.click()
    expect(page.get_by_role("heading", name="The total and its sites")).to_be_visible()


def places(page):
    page.get_by_role("tab", name="Places").click()
    expect(page.get_by_role("rowheader").first).to_be_visible()


def notes(page):
    page.get_by_role("tab", name="Notes").click()


def known_earlier(page):
    field = page.get_by_role("textbox", name="As known on")
    field.fill("2026-01-10")
    field.press("Enter")
    page.get_by_role("button", name=re.compile("^differs from today's knowledge")).click()


def refused_day(page):
    field = page.get_by_role("textbox", name="Day")
    field.fill("2026-02-30")
    field.press("Enter")
    expect(field).to_have_attribute("aria-invalid", "true")


def switched_off(page):
    page.get_by_role("checkbox", name=re.compile("^Shafaq News")).uncheck()


def compared(page):
    expect(page.get_by_role("heading", name=re.compile("^Happened"))).to_be_visible()


def learned(page):
    page.get_by_role("checkbox", name=re.compile("as it was known then$")).check()
    expect(page.get_by_role("heading", name=re.compile("^Learned"))).to_be_visible()


def sheet(page):
    page.get_by_role("tab", name="Sources").click()
    expect(page.get_by_role("tabpanel")).to_be_visible()


def legend(page):
    page.get_by_role("tab", name="Legend").click()


def printed(page):
    page.emulate_media(media="print")
    expect(page.get_by_role("slider", name="Day shown")).to_be_hidden()


STATES = {
    "plain": (IRAQ, "wide", plain),
    "evidence": (IRAQ, "wide", evidence),
    "belief chart": (IRAQ, "laptop", belief),
    "area and total": (LEVANT, "wide", total),
    "places": (IRAQ, "laptop", places),
    "notes": (IRAQ, "wide", notes),
    "as known earlier": (IRAQ, "wide", known_earlier),
    "refused day": (IRAQ, "wide", refused_day),
    "source off": (IRAQ, "wide", switched_off),
    "compare": (COMPARED, "wide", compared),
    "compare, learned": (COMPARED, "laptop", learned),
    "phone": (IRAQ, "phone", plain),
    "phone, sheet": (IRAQ, "phone", sheet),
    "phone, evidence": (IRAQ, "phone", evidence),
    "phone, legend": (IRAQ, "phone", legend),
    "print": (IRAQ, "wide", printed),
}


@pytest.mark.parametrize("state", STATES)
def test_no_state_has_a_grave_finding(built, show, axe, state):
    recipe, size, act = STATES[state]
    page = show(built(recipe), size)
    act(page)
    assert axe(page) == []
    assert too_faint(page) == []


@pytest.mark.parametrize("state", STATES)
def test_nor_in_the_dark_where_only_colours_are_others(built, show, axe, state):
    recipe, size, act = STATES[state]
    page = show(built(recipe), size, color_scheme="dark")
    act(page)
    assert axe(page, "color-contrast") == []
    assert too_faint(page) == []


def test_nor_with_reduced_motion(built, show, axe):
    page = show(built(IRAQ), reduced_motion="reduce")
    evidence(page)
    assert axe(page) == []


# The checks are alive: each defect is found


@pytest.mark.parametrize(
    ("rule", "act", "defect"),
    [
        ("button-name", plain, "document.querySelector('.play').removeAttribute('aria-label'), document.querySelector('.play').removeAttribute('title')"),
        ("aria-input-field-name", plain, "document.querySelector('[role=slider]').removeAttribute('aria-label')"),
        ("label", plain, "const field = document.querySelector('.clock-field'); field.querySelector('label').remove(); field.querySelector('input').placeholder = ''"),
        ("aria-required-parent", plain, "document.querySelector('[role=tablist]').removeAttribute('role')"),
        ("aria-required-children", plain, "document.querySelector('[role=tablist]').replaceChildren(document.createElement('ul'))"),
        ("aria-valid-attr-value", plain, "document.querySelector('[role=tab]').setAttribute('aria-selected', 'perhaps')"),
        ("aria-command-name", plain, "const mark = document.querySelector('.mark'); mark.removeAttribute('aria-label'); mark.querySelectorAll('title').forEach((title) => title.remove())"),
        ("color-contrast", plain, "document.querySelector('.panel-title').style.color = '#ccc'"),
        ("svg-img-alt", belief, "document.querySelector('.belief > svg').removeAttribute('aria-label')"),
        ("link-name", belief, "document.querySelector('.claim a').replaceChildren()"),
        ("valid-lang", evidence, "document.querySelector('[lang=ar]').setAttribute('lang', 'arabisch')"),
        ("summary-name", belief, "document.querySelector('summary').replaceChildren()"),
        ("document-title", plain, "document.title = ''"),
        ("html-has-lang", plain, "document.documentElement.removeAttribute('lang')"),
    ],
)  # fmt: skip
def test_axe_finds_a_defect(built, show, axe, rule, act, defect):
    page = show(built(IRAQ), "laptop")
    act(page)
    assert axe(page, rule) == []
    page.evaluate(f"() => {{ {defect} }}")
    assert [finding.split(":")[0] for finding in axe(page, rule)][:1] == [rule]


@pytest.mark.parametrize(
    ("selector", "name"),
    [
        ("h1", "color"),
        (".headline-sentence .known", "color"),
        (".standing-note", "color"),
        (".claim-meta", "opacity"),
        (".clock-field input", "color"),
        (".mark-label text", "fill"),
        (".belief text", "fill"),
        (".track text", "fill"),
    ],
)
def test_faint_words_are_found(built, show, selector, name):
    page = show(built(IRAQ), "laptop")
    belief(page)
    assert too_faint(page) == []
    node = page.locator(selector).filter(visible=True).first
    node.evaluate(
        f"(node) => node.style.setProperty('{name}', '{'0.3' if name == 'opacity' else 'color-mix(in srgb, gray, transparent)'}')"
    )
    assert len(too_faint(page)) == 1
