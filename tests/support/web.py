"""Start a house with the demo story in it and let tests/web/run look at it with a browser."""

import os
import pathlib
import subprocess
import sys
import tempfile

import dicom
import hl7
import house

STUDY = "2.25.302914851427043123957406325124356214781"
PATIENT = hl7.pid("PAT-DEMO-1", "Adler^Ada", authority="DEMOCLINIC")


def tell(h):
    """The demo story, from order to report."""
    sender = {"application": "DEMORIS", "facility": "DEMOCLINIC"}
    ack = h.send(hl7.order("DEMO-ORDER-1", PATIENT, "ACC-DEMO-1", study_uid=STUDY, **sender))
    assert ack.code == "AA", ack.text
    with tempfile.TemporaryDirectory() as folder:
        h.store(
            *dicom.make_study(
                folder,
                STUDY,
                patient_id="PAT-DEMO-1",
                patient_name="Adler^Ada",
                accession="ACC-DEMO-1",
                issuer="DEMOCLINIC",
            )
        )
    ack = h.send(hl7.report("DEMO-REPORT-1", PATIENT, "ACC-DEMO-1", study_uid=STUDY, **sender))
    assert ack.code == "AA", ack.text


def main():
    house.end_cleanly()
    with house.House(options={"site.name": "Isocentre tests"}) as h:
        tell(h)
        env = {
            **os.environ,
            "BASE_URL": "http://127.0.0.1:%d" % h.http_port,
            "USER": "admin",
            "PASSWORD": house.PASSWORD,
        }
        done = subprocess.run(
            [str(pathlib.Path(house.TREE) / "tests" / "web" / "run")], env=env, stdin=subprocess.DEVNULL
        )
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
