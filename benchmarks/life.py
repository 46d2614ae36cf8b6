"""A seeded ledger like life, of any size: a few papers write most reports, plans and retractions happen, areas have totals."""

from __future__ import annotations

import random

from geoposture.dates import parse_period, parse_when, show_day
from geoposture.figures import parse_personnel
from geoposture.ledger import Claim, Force, Ledger, Name, Place, Report, Source

FIRST, LAST = 18_262, 20_453
"""2020-01-01 and 2025-12-31, as days since 1970."""
COUNTRIES, PROVINCES, PUBLISHERS = 4, 60, 40
WEST, SOUTH, EAST, NORTH = 34.0, 29.0, 49.0, 38.0
FIGURES = ("~900", "250..350", "1200", "<200", "dozens", "hundreds", "50", "~2500")
FORCES = (
    Force("coalition", "Coalition"),
    Force("us", "US forces", part_of="coalition"),
    Force("uk", "UK forces", part_of="coalition"),
    Force("guard", "Guard"),
)
Said = list[tuple[str, int, str]]
"""Id, day and publisher of the claims so far, for those that replace one."""


def ledger(places: int = 10_000, claims: int = 100_000, *, seed: int = 1) -> Ledger:
    """So many sites and claims, four claims to a report; the same for the same seed."""
    dice = random.Random(seed)
    gazetteer = _gazetteer(places, dice)
    sites = [place for place in gazetteer if place.startswith("site")]
    sources = {
        f"paper-{n:02}": Source(f"paper-{n:02}", f"The Paper {n}", "publisher", reliability=dice.choice("ABCD"))
        for n in range(PUBLISHERS)
    }
    reports: dict[str, Report] = {}
    said: Said = []
    for number in range(claims // 4):
        report = _report(f"r{number:05}", dice, sites, said)
        reports[report.id] = report
    return Ledger(gazetteer, {force.id: force for force in FORCES}, sources, reports)


def _gazetteer(count: int, dice: random.Random) -> dict[str, Place]:
    def spot() -> tuple[float, float]:
        return round(dice.uniform(SOUTH, NORTH), 3), round(dice.uniform(WEST, EAST), 3)

    countries = [Place(f"land-{n}", f"Land {n}", "country", *spot()) for n in range(COUNTRIES)]
    provinces = [
        Place(f"province-{n:02}", f"Province {n}", "province", *spot(), within=f"land-{n % COUNTRIES}") for n in range(PROVINCES)
    ]
    sites = [
        Place(
            f"site-{n:05}", f"Site {n}", "camp", *spot(), within=f"province-{n % PROVINCES:02}", names=(Name(f"موقع {n}", "ar"),)
        )
        for n in range(count)
    ]
    return {place.id: place for place in (*countries, *provinces, *sites)}


def _report(ident: str, dice: random.Random, sites: list[str], said: Said) -> Report:
    day = dice.randint(FIRST, LAST)
    publisher = f"paper-{min(int(dice.expovariate(0.12)), PUBLISHERS - 1):02}"
    claims = tuple(_claim(f"{ident}#{n}", day, publisher, dice, sites, said) for n in range(4))
    said += [(claim.id, day, publisher) for claim in claims]
    written = show_day(day)
    return Report(
        ident,
        publisher,
        written,
        parse_period(written),
        title=f"What we know of {ident}",
        url=f"https://example.org/{ident}",
        claims=claims,
    )


def _claim(ident: str, day: int, publisher: str, dice: random.Random, sites: list[str], said: Said) -> Claim:
    chance = dice.random()
    where: tuple[str, ...]
    if chance < 0.02:
        where = (f"land-{dice.randrange(COUNTRIES)}",)
    elif chance < 0.06:
        where = (f"province-{dice.randrange(PROVINCES):02}",)
    else:
        where = tuple(dict.fromkeys(dice.choice(sites) for _ in range(1 if chance < 0.95 else 2)))
    status = "present" if dice.random() < 0.8 else "absent"
    start, end = show_day(day - dice.randint(0, 60)), show_day(day + dice.randint(1, 300))
    when = dice.choice((f"{start}/..", f"{start}/..", f"{start}/{end}", f"{start}/", None))
    older = dice.choice(said) if said and dice.random() < 0.04 else None
    return Claim(
        ident,
        where,
        dice.choice(("us", "us", "us", "uk", "guard", "coalition")),
        status=status,
        modality=dice.choice(("reported",) * 8 + ("announced", "expected")),
        time=parse_when(when) if when else None,
        when=when,
        personnel=parse_personnel(dice.choice(FIGURES)) if status == "present" and dice.random() < 0.4 else None,
        replaces=older[0] if older and older[1] < day and older[2] == publisher else None,
        quote="They are still there, and they will stay for as long as they are asked to" if dice.random() < 0.3 else None,
    )
