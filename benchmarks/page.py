"""The briefing page against the naive ways with Folium, in one run: size, time to build and to load, heap, script time of a step.

    python benchmarks/page.py                      # 10,000 places and 100,000 claims
    python benchmarks/page.py --places 1000 --claims 10000

See README.md beside this file for what is measured and how the naive ways are taken to full size.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import platform
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

import folium
from folium.plugins import TimestampedGeoJson
from life import FIRST, LAST, ledger
from playwright.sync_api import Browser, Page, sync_playwright

import geoposture
from geoposture.dates import show_day
from geoposture.figures import show as show_figure
from geoposture.ledger import Recipe
from geoposture.webmap.assets import leaflet_css, leaflet_js

STEP_DAYS = 30
"""The naive pages have one date in thirty; ours has every day."""
NAIVE = (25, 50, 100, 200)
"""Places of the naive pages that are really built, with ten claims each."""
STEPS = 41
SWAP = (
    "function swap() { dates[at].forEach((one) => one.remove()); at = (at + 1) % dates.length; "
    "dates[at].forEach((one) => one.addTo(map)); }"
)
"""What a slider of the naive page does."""
FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
Measures = dict[str, float]


def main() -> None:
    """Build, open, step, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--places", type=int, default=10_000)
    parser.add_argument("--claims", type=int, default=100_000)
    asked = parser.parse_args()
    print(*machine(), sep="\n")
    with tempfile.TemporaryDirectory() as name, browser() as opened:
        folder = Path(name)
        ours = geoposture_page(opened, folder, asked.places, asked.claims)
        show("geoposture", asked.places, ours)
        groups = [feature_groups(opened, folder, places) for places in NAIVE]
        stamped = [timestamped(folder, places) for places in NAIVE]
    for title, measured in (("FeatureGroups", groups), ("TimestampedGeoJson", stamped)):
        for places, found in zip(NAIVE, measured, strict=True):
            show(title, places, found)
        compare(title, ours, at_size(measured, asked.places))


# The pages


def geoposture_page(opened: Browser, folder: Path, places: int, claims: int) -> Measures:
    """Our page, from a ledger in memory to the file, and a walk through it day by day."""
    book, path = ledger(places, claims), folder / "ours.html"
    recipe = Recipe("Benchmark", "data", day=(FIRST + LAST) // 2)
    built = clocked(lambda: geoposture.draw(book, recipe).save(path))

    def ready(page: Page) -> None:
        page.get_by_role("slider", name="Day shown").focus()

    return {"size": path.stat().st_size, "build": built} | walked(
        opened, path, ready, lambda page: page.keyboard.press("ArrowRight")
    )


def feature_groups(opened: Browser, folder: Path, places: int) -> Measures:
    """One FeatureGroup for each date and source, with a marker for each claim in force; a step swaps one date for the next."""
    by_day, path = situations(places), folder / f"groups-{places}.html"

    def build() -> None:
        page = folium.Map(location=[33, 42], zoom_start=6, tiles=None)
        page.default_js, page.default_css = [], []
        names = {}
        for day, rows in by_day.items():
            groups: dict[str, Any] = {}
            for row in rows:
                if row["publisher"] not in groups:
                    groups[row["publisher"]] = folium.FeatureGroup(
                        f"{show_day(day)} {row['publisher']}", show=day == FIRST
                    ).add_to(page)
                marker(row).add_to(groups[row["publisher"]])
            names[day] = [group.get_name() for group in groups.values()]
        page.save(path)
        steps = ",".join(f"[{','.join(found)}]" for found in names.values())
        script = f"<script>window.map={page.get_name()};window.dates=[{steps}];window.at=0;{SWAP}</script></html>"
        text = path.read_text(encoding="utf-8").replace("</html>", script)
        head = f"<style>{leaflet_css()}</style><script>{leaflet_js()}</script></head>"
        path.write_text(text.replace("</head>", head), encoding="utf-8")

    built = clocked(build)

    def step(page: Page) -> None:
        page.evaluate("() => requestAnimationFrame(swap)")

    return {"size": path.stat().st_size, "build": built} | walked(opened, path, lambda _: None, step)


def timestamped(folder: Path, places: int) -> Measures:
    """One feature for each claim and date. Its script is on a server, so this page is built and weighed, not opened."""
    by_day, path = situations(places), folder / f"stamped-{places}.html"

    def build() -> None:
        features = [feature(row, show_day(day)) for day, rows in by_day.items() for row in rows]
        page = folium.Map(location=[33, 42], zoom_start=6, tiles=None)
        layer: Any = TimestampedGeoJson
        layer({"type": "FeatureCollection", "features": features}, period=f"P{STEP_DAYS}D").add_to(page)
        page.save(path)

    return {"build": clocked(build), "size": path.stat().st_size}


def situations(places: int) -> dict[int, list[dict[str, Any]]]:
    """The claims in force on each date. Working them out is not counted against the naive ways."""
    episodes = geoposture.resolve(ledger(places, places * 10))
    return {day: geoposture.at(episodes, day).to_dict("records") for day in range(FIRST, LAST + 1, STEP_DAYS)}


def words(row: dict[str, Any]) -> str:
    people = show_figure(row["low"], row["high"], approx=row["approx"]) if isinstance(row["low"], int) else ""
    return f"{row['place']}: {row['status']} {people} ({row['publisher']})"


def marker(row: dict[str, Any]) -> folium.CircleMarker:
    return folium.CircleMarker([row["geometry"].y, row["geometry"].x], radius=5, tooltip=words(row))


def feature(row: dict[str, Any], day: str) -> dict[str, Any]:
    geometry = {"type": "Point", "coordinates": [row["geometry"].x, row["geometry"].y]}
    return {"type": "Feature", "geometry": geometry, "properties": {"time": day, "popup": words(row), "icon": "circle"}}


# Measuring


def clocked(act: Callable[[], object]) -> float:
    """Processor seconds, so that other work on the machine does not count."""
    before = time.process_time()
    act()
    return time.process_time() - before


@contextlib.contextmanager
def browser() -> Iterator[Browser]:
    named = os.environ.get("GEOPOSTURE_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=named, args=ARGUMENTS)
        print(f"browser         Chromium {started.version}")
        yield started
        started.close()


def walked(opened: Browser, path: Path, ready: Callable[[Page], object], step: Callable[[Page], object]) -> Measures:
    """Load, heap after collection, and the script time of a step: the main thread's processor time, and its median."""
    page = opened.new_page(viewport={"width": 1600, "height": 900})
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def metric(name: str) -> float:
        return float({each["name"]: each["value"] for each in session.send("Performance.getMetrics")["metrics"]}[name])

    page.goto(path.as_uri())
    page.evaluate(FRAMES)
    load = metric("TaskDuration")
    ready(page)
    session.send("HeapProfiler.collectGarbage")
    heap = metric("JSHeapUsedSize")
    steps = []
    for _ in range(STEPS):
        before = metric("ScriptDuration")
        step(page)
        page.evaluate(FRAMES)
        steps.append(metric("ScriptDuration") - before)
    page.close()
    return {"load": load, "heap": heap, "step": statistics.median(steps)}


# Full size, and words


def at_size(measured: list[Measures], places: int) -> Measures:
    """The last two sizes on a straight line: dates and sources are the same at every size, so all grows with the places."""
    (small, large), (less, more) = measured[-2:], NAIVE[-2:]
    return {name: large[name] + (large[name] - small[name]) / (more - less) * (places - more) for name in large}


def show(title: str, places: int, found: Measures) -> None:
    print(
        f"{title:<20}{places:>7,} places  " + "  ".join(f"{name} {figure(name, value)}" for name, value in sorted(found.items()))
    )


def compare(title: str, ours: Measures, naive: Measures) -> None:
    print(f"{title} at full size, on a straight line through the last two sizes (not built):")
    for name, value in sorted(naive.items()):
        print(f"  {name:<6}{figure(name, value):>12}  against {figure(name, ours[name]):>10}: {value / ours[name]:,.0f} times")


def figure(name: str, value: float) -> str:
    if name in ("size", "heap"):
        return f"{value / 1e6:,.1f} MB"
    return f"{value * 1000:,.1f} ms" if name == "step" else f"{value:,.2f} s"


def machine() -> list[str]:
    packages = ", ".join(
        f"{name} {metadata.version(name)}" for name in ("geoposture", "folium", "django-js-lib-leaflet", "numpy")
    )
    load = " ".join(f"{part:.1f}" for part in os.getloadavg())
    return [
        f"machine         {platform.machine()}, {os.cpu_count()} processors, {_processor()}; load {load}",
        f"python          {platform.python_version()}; {packages}",
    ]


def _processor() -> str:
    with contextlib.suppress(OSError), Path("/proc/cpuinfo").open(encoding="utf-8") as lines:
        return next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), "unknown")
    return platform.processor() or "unknown"


if __name__ == "__main__":
    main()
