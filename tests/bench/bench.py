"""The benches by name. TO ADD A BENCH: 1 its file with run(bench)  2 a row in BENCHES  3 a line in tests/bench/run."""

import argparse
import sys

import archive_bench
import codec_bench
import fhir_bench
import flat
import hl7_bench
import imagingstudy
import ingest
import machine
import memory
import state
import transaction_bench
import validate_bench

BENCHES = {
    "ingest": ingest.run,
    "hl7": hl7_bench.run,
    "fhir": fhir_bench.run,
    "flat": flat.run,
    "transaction": transaction_bench.run,
    "imagingstudy": imagingstudy.run,
    "memory": memory.run,
    "validate": validate_bench.run,
    "codec": codec_bench.run,
    "archive": archive_bench.run,
}


def arguments():
    parser = argparse.ArgumentParser(prog="tests/bench/run", description="Measure isocentre beside its peers.")
    parser.add_argument("name", choices=[*BENCHES, "all"])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--minutes", type=float, default=10, help="how long flat keeps it up")
    parser.add_argument("--peers", default="floor,orthanc", help="what ingest is compared with")
    for switch in ("--install", "--keep", "--no-build", "--quick", "--million"):
        parser.add_argument(switch, action="store_true")
    return parser.parse_args()


def main():
    options = arguments()
    names = list(BENCHES) if options.name == "all" else [options.name]
    for name in names:
        print("== %s ==" % name)
        with state.State(options.keep) as s:
            print(machine.describe(s.root))
            BENCHES[name](s, options)
            print("resident memory of the server now: %.0f MB" % s.resident_mb())
            print("load at the end: %s" % machine.load())
    return 0


if __name__ == "__main__":
    sys.exit(main())
