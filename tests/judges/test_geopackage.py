"""GeoPackage before the validator of the GDAL project (validate_gpkg of gdal-utils)."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest


def verdict(file):
    """Its exit status and what it says; warnings count, and so do checks beyond the standard."""
    command = [sys.executable, "-m", "osgeo_utils.samples.validate_gpkg", "--extra", "--warning-as-error", "-k", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def test_every_file_conforms(exported):
    found = {file.name: verdict(file) for file in sorted(exported.glob("*.gpkg"))}
    assert found == dict.fromkeys(found, (0, ""))
    assert "whole.gpkg" in found


DEFECTS = {
    "a geometry of another kind than its column": "UPDATE gpkg_geometry_columns SET geometry_type_name = 'POLYGON' WHERE table_name = 'sites'",
    "a layer that does not exist": "UPDATE gpkg_contents SET table_name = 'nowhere' WHERE table_name = 'layer_styles'",
    "a reference system that is not described": "DELETE FROM gpkg_spatial_ref_sys WHERE srs_id = 4326",
    "a day that is none": "UPDATE rows SET known_from = 'soon'",
    "no version": "PRAGMA user_version = 0",
}


@pytest.mark.parametrize("defect", DEFECTS)
def test_sees_a_seeded_defect(defect, exported, tmp_path):
    broken = tmp_path / "broken.gpkg"
    shutil.copyfile(exported / "whole.gpkg", broken)
    with closing(sqlite3.connect(broken)) as base:
        base.execute(DEFECTS[defect])
        base.commit()
    assert verdict(broken)[0] != 0
