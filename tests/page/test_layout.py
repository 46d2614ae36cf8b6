"""No text lies on another, nothing is cut off, and no panel covers a place; at three sizes."""

from __future__ import annotations

import pytest

from .conftest import RECIPES, SIZES

# Boxes of every piece of text that can be seen: HTML text by its own lines, SVG text by its bounding box.
BOXES = """() => {
    const found = [];
    let node_number = 0;
    const seen = (node) => node.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) && !node.closest(".spoken");
    const clipped = (node, box) => {
        let [left, top, right, bottom] = [box.left, box.top, box.right, box.bottom];
        for (let up = node; up && up !== document.body; up = up.parentElement) {
            const style = getComputedStyle(up);
            if (style.overflowX === "visible" && style.overflowY === "visible") continue;
            const edge = up.getBoundingClientRect();
            [left, top] = [Math.max(left, edge.left), Math.max(top, edge.top)];
            [right, bottom] = [Math.min(right, edge.right), Math.min(bottom, edge.bottom)];
        }
        return [left, top, right, bottom];
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text = walker.nextNode(); text; text = walker.nextNode()) {
        const node = text.parentElement;
        if (!text.data.trim() || ["SCRIPT", "STYLE", "NOSCRIPT"].includes(node.tagName) || !seen(node)) continue;
        node_number += 1;
        const range = document.createRange();
        range.selectNodeContents(text);
        const boxes = node instanceof SVGElement ? [node.getBoundingClientRect()] : [...range.getClientRects()];
        for (const box of boxes) {
            const [left, top, right, bottom] = clipped(node, box);
            if (right - left > 1 && bottom - top > 1) found.push({ node: node_number, text: text.data.trim().slice(0, 40), box: [left, top, right, bottom], whole: box.width - (right - left) < 1 });
        }
    }
    return found;
}"""
SLACK = 2.5
"""Line boxes are taller than their letters."""


def overlaps(boxes):
    for index, one in enumerate(boxes):
        for other in boxes[index + 1 :]:
            if one["node"] == other["node"]:
                continue
            wide = min(one["box"][2], other["box"][2]) - max(one["box"][0], other["box"][0])
            high = min(one["box"][3], other["box"][3]) - max(one["box"][1], other["box"][1])
            if wide > SLACK and high > SLACK + 2:
                yield one["text"], other["text"], round(wide), round(high)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", RECIPES)
def test_no_text_lies_on_another_and_none_is_cut_off(built, show, name, size):
    page = show(built(name), size)
    width, height = SIZES[size]
    for tab in [tab for tab in page.get_by_role("tab").all() if tab.is_visible()]:
        tab.click()
        boxes = page.evaluate(BOXES)
        assert len(boxes) > 20
        assert list(overlaps(boxes)) == []
        assert [box["text"] for box in boxes if not box["whole"]] == []
        assert [box["text"] for box in boxes if box["box"][2] > width + 1 or box["box"][3] > height + 1] == []


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", RECIPES)
def test_every_place_is_in_sight(built, show, name, size):
    page = show(built(name), size)
    stage = page.locator("#stage").bounding_box()
    marks = page.locator(".mark .glyph-base").all()
    assert marks
    for mark in marks:
        box = mark.bounding_box()
        assert box["x"] >= stage["x"]
        assert box["y"] >= stage["y"]
        assert box["x"] + box["width"] <= stage["x"] + stage["width"]
        assert box["y"] + box["height"] <= stage["y"] + stage["height"]


@pytest.mark.parametrize("size", SIZES)
def test_no_mark_hides_another(built, show, size):
    page = show(built("iraq-2025-2026"), size)
    discs = page.locator(".mark .glyph-base").evaluate_all(
        "(all) => all.map((one) => { const box = one.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2, box.width / 2]; })"
    )
    assert len(discs) > 5
    for index, (x, y, r) in enumerate(discs):
        for other_x, other_y, other_r in discs[index + 1 :]:
            assert ((x - other_x) ** 2 + (y - other_y) ** 2) ** 0.5 >= r + other_r - 1


def named_and_present(page):
    names = page.locator(".mark-label .label-place").all_text_contents()
    present = [
        mark.get_attribute("aria-label").split(":")[0]
        for mark in page.locator(".mark").all()
        if ": Present" in mark.get_attribute("aria-label")
    ]
    return set(names), set(present)


@pytest.mark.parametrize("size", ["wide", "laptop"])
def test_what_matters_most_has_its_name(built, show, size):
    page = show(built("iraq-2025-2026"), size)
    names, present = named_and_present(page)
    assert len(present) == 2
    assert present <= names
    # Three marks stand on the capital.
    assert page.locator(".label-city.major", has_text="Baghdad").count() == 1


def test_names_without_room_on_one_line_stand_on_two(built, show):
    page = show(built("levant-2020-2026"), "phone")
    names, present = named_and_present(page)
    assert {"Ain al-Asad Air Base", "Harir Air Base", "Al-Tanf garrison", "Tower 22"} <= names & present
    assert page.locator(".label-city", has_text="Baghdad").count() == 1
    broken = page.locator(".mark-label .label-place:has(tspan + tspan)")
    assert broken.count() >= 1
    for lines in [label.locator("tspan").all() for label in broken.all()]:
        boxes = [line.bounding_box() for line in lines]
        assert boxes[0]["y"] + 8 < boxes[1]["y"]
        assert all(box["x"] >= 0 and box["x"] + box["width"] <= 390 for box in boxes)
