"""The tab key reaches everything, and wherever the focus is, it is seen."""

from __future__ import annotations

import re

import pytest

# How an element and what is inside it are drawn: with the focus it must be drawn differently than without.
LOOK = """(node) => [node, ...node.querySelectorAll("*")].map((one) => {
    const style = getComputedStyle(one);
    return [style.outlineStyle, style.outlineWidth, style.outlineColor, style.stroke, style.strokeWidth, style.boxShadow, style.borderColor, style.backgroundColor].join();
}).join(";")"""
NAME = "(node) => node.getAttribute('aria-label') || (node.labels && node.labels[0] ? node.labels[0].innerText : node.innerText.trim())"
MOST = 120


def walked(page):
    """(name, whether the focus is seen) of each stop of the tab key, until it comes round or leaves the page."""
    found = []
    for _ in range(MOST):
        page.keyboard.press("Tab")
        stop = page.evaluate_handle("document.activeElement").as_element()
        if stop.evaluate("(node) => node === document.body || 'stop' in node.dataset"):
            return found
        focused = stop.evaluate(LOOK)
        stop.evaluate("(node) => { node.dataset.stop = ''; node.blur(); }")
        plain = stop.evaluate(LOOK)
        stop.evaluate("(node) => node.focus({ preventScroll: true, focusVisible: true })")
        found.append((stop.evaluate(NAME), focused != plain))
    raise AssertionError("the tab key never comes round")


@pytest.mark.parametrize(
    ("recipe", "size"), [("iraq-2025-2026", "wide"), ("iraq-before-after", "laptop"), ("iraq-2025-2026", "phone")]
)
def test_every_stop_is_seen_and_nothing_is_left_out(built, show, recipe, size):
    page = show(built(recipe), size)
    stops = walked(page)
    assert [name for name, is_seen in stops if not is_seen] == []
    names = [name for name, _ in stops]
    assert all(names)
    for wanted in ("Compare", "Zoom in", "Play", "Previous change", "Next change", "Day", "As known on", "Day shown"):
        assert wanted in names, wanted
    if size == "wide":
        for wanted in (
            "Save the current rows as CSV",
            "Save the current rows as GeoJSON",
            "Print this page",
            "How to read a mark",
        ):
            assert wanted in names, wanted
        assert any(re.match("Shafaq News", name) for name in names)


def test_a_focus_that_is_not_seen_is_found(built, show):
    page = show(built("iraq-2025-2026"))
    page.get_by_role("button", name="Compare").evaluate(
        "(node) => { for (const name of ['outline', 'box-shadow']) node.style.setProperty(name, 'none', 'important'); }"
    )
    assert ("Compare", False) in walked(page)
