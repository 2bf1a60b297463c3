"""Judges from outside: start a house, install the judges (npm), let them look at its FHIR server."""

import os
import pathlib
import subprocess
import sys

import house

HERE = pathlib.Path(__file__).resolve().parent
# The official examples refer to resources that are no examples themselves.
OPTIONS = {"site.name": "Isocentre conformance", "fhir.reference_integrity": False}


def install():
    """npm writes its own lock last, so it tells whether the last installation belongs to ours."""
    done, lock = HERE / "node_modules" / ".package-lock.json", HERE / "package-lock.json"
    if not done.exists() or done.stat().st_mtime < lock.stat().st_mtime:
        subprocess.run(["npm", "ci", "--ignore-scripts", "--silent", "--no-audit", "--no-fund"], cwd=HERE, check=True)


def main(names):
    install()
    house.end_cleanly()
    with house.House(options=OPTIONS) as h:
        env = {
            **os.environ,
            "BASE_URL": "http://127.0.0.1:%d/fhir" % h.http_port,
            "USER": "admin",
            "PASSWORD": house.PASSWORD,
            "FHIRPATH_PROGRAM": str(house.BUILD / "unit" / "unit_fhir_fhirpath_test_oracle"),
            "NODE_NO_WARNINGS": "1",
        }
        done = subprocess.run(["node", str(HERE / "judge.mjs"), *names], env=env, stdin=subprocess.DEVNULL)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
