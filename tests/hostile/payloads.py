"""Words that try to be more than words, and a data folder that holds every one of them in every field that takes text.

The payload of number N calls `ran(N)` where it runs; `ran` is what a test puts there to hear of it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

LONG = "Wortungeheuer" * 24
PAYLOADS = (
    "{{ cycler.__init__.__globals__.os.system('ran 0') }} {{ 7*191 }}",
    "{% for x in range(9) %}Z{% endfor %}{# gone #}{{ self }}",
    "${ran(2)} #{ran(2)} <%= ran(2) %> @{ran(2)}",
    "`;ran(3);` ';ran(3);' \";ran(3);// \\';ran(3);//",
    "</script><script>ran(4)</script>",
    "--><script>ran(5)</script><!-- <!--put:title--> --!>",
    "<img src=x onerror=ran(6)>",
    "' autofocus onfocus='ran(7)' x=\" autofocus onfocus=\"ran(7)\" \">",
    "<svg onload=ran(8)><style>@import url(https://attacker.invalid/8)</style></svg>",
    '<a href="javascript:ran(9)" id=stage name=geoposture>javascript:ran(9)</a> [x](javascript:ran(9))',
    '<iframe src="data:text/html,<script>parent.ran(10)</script>" srcdoc="<script>parent.ran(10)</script>">',
    "</style><style>*{display:none!important} body{background:url(https://attacker.invalid/11)}</style>",
    "\u202eright to left\u202c \u2066alone\u2069 \u200fmark\u200e",
    "</title></textarea></noscript><script>ran(13)</script>",
    f"{LONG} and after it",
    "Z" + "\u0301\u0327\u20dd" * 40 + "algo",
    ']]><script xmlns="http://www.w3.org/1999/xhtml">ran(16)</script><![CDATA[ &xxe; <?php ran(16) ?>',
    "&lt;b&gt; &amp;amp; &#60;script&#62;ran(17)&#60;/script&#62; \\u003cscript\\u003e \\x3cb\\x3e",
    "=HYPERLINK(\"https://attacker.invalid/18\",1)+cmd|' /C calc'!A0",
    "[bold red]rich[/] [link=https://attacker.invalid/19]link[/link] :boom: **md** _md_",
    "$[name] $[geoposture/displayName] $\\frac{1}{2}$ $\\unknown{ $x_1^2$ 5$",
    "{0.__class__.__init__.__globals__} %s %(name)s {name!r} $(touch ran21) ;touch ran21; [% @x %]",
    '<base href=https://attacker.invalid/22><meta http-equiv=refresh content="0;url=https://attacker.invalid/22">',
    "<object data=https://attacker.invalid/23></object><form action=javascript:ran(23)><button autofocus>go</button></form>",
)  # fmt: skip
COUNT = len(PAYLOADS)
IDS = ("constructor", "prototype", "tostring", "valueof", "hasownproperty", "null", "true", "nan", "length", "then")
"""Ids that mean something to JavaScript or YAML; the others are numbers."""
DAY = "2025-05-20"


def ident(number: int) -> str:
    """The id of the place, the force, the source and the report of a payload."""
    return IDS[number] if number < len(IDS) else f"n{number}"


def url(number: int) -> str:
    """An address that `check` takes, with as much of the payload as it can hold."""
    return f"https://reader.example/{number}?q=" + "".join(PAYLOADS[number].split())


@dataclass(frozen=True)
class World:
    """The files of a folder as trees, and where their texts are shown."""

    gazetteer: dict[str, Any]
    forces: dict[str, Any]
    sources: dict[str, Any]
    reports: dict[str, dict[str, Any]]
    recipe: dict[str, Any]

    def write(self, folder: Path) -> Path:
        """As YAML, of which JSON is a part; returns the recipe's path."""
        (folder / "data" / "reports").mkdir(parents=True)
        (folder / "maps").mkdir()
        for field in fields(self):
            if field.name not in ("reports", "recipe"):
                _put(folder / "data" / f"{field.name}.yaml", getattr(self, field.name))
        for name, report in self.reports.items():
            _put(folder / "data" / "reports" / f"{name}.yaml", report)
        _put(folder / "maps" / "hostile.yaml", self.recipe)
        return folder / "maps" / "hostile.yaml"


def _put(path: Path, tree: object) -> None:
    path.write_text(json.dumps(tree, ensure_ascii=False, indent=1), encoding="utf-8")


def world() -> World:
    """Every payload in every field of text: the n-th place, force, source, report and claim are made of the n-th one."""
    land = {"id": "land", "name": "Land", "kind": "country", "lat": 33.0, "lon": 44.0}
    everything = " ".join(PAYLOADS)
    return World(
        {"places": [land, *(_place(number) for number in range(COUNT))]},
        {"forces": [{"id": ident(n), "name": PAYLOADS[n], "note": PAYLOADS[n]} for n in range(COUNT)]},
        {"sources": [*(_source(n) for n in range(COUNT)), *(_voice(n) for n in range(COUNT))]},
        {ident(n): _report(n) for n in range(COUNT)},
        {
            "title": everything,
            "subtitle": everything,
            "notes": everything,
            "data": "../data",
            "day": DAY,
        },
    )


def _place(number: int) -> dict[str, Any]:
    text = PAYLOADS[number]
    return {
        "id": ident(number),
        "name": text,
        "kind": "air-base",
        "within": "land",
        "lat": 31.0 + number % 5,
        "lon": 42.0 + number // 5,
        "names": [f"{text} ", {"ar": text}, {"fr": f"Base {text}"}],
        "references": [text],
        "note": text,
    }


def _source(number: int) -> dict[str, Any]:
    text = PAYLOADS[number]
    return {"id": ident(number), "name": text, "kind": "publisher", "role": text, "url": url(number), "note": text}


def _voice(number: int) -> dict[str, Any]:
    return {"id": f"voice-{number}", "name": f"{PAYLOADS[number]} ", "kind": "person", "role": PAYLOADS[number]}


def _report(number: int) -> dict[str, Any]:
    text, name = PAYLOADS[number], ident(number)
    said = {"quote": text, "says": text, "where": text, "note": text, "force": name}
    return {
        "title": text,
        "publisher": name,
        "author": text,
        "url": url(number),
        "published": "2025-05-01",
        "dating": text,
        "note": text,
        "claims": [
            {"id": name, "place": name, "status": "present", "personnel": 100 + number, "by": f"voice-{number}", **said},
            {"id": "own", "place": name, "status": "present", "personnel": 400 + number, **said},
            {"place": "land", "status": "present", **said},
        ],
    }
