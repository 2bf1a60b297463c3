"""Run the parts, each a program that ends with "N passed, M failed", and add up what they say."""

import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
PARTS = [name for name in ("golden", "peers", "faults", "orders") if (HERE / (name + ".py")).exists()]


def play(argv):
    """A part's counts, its output shown as it comes."""
    said = []
    process = subprocess.Popen(
        [sys.executable, str(HERE / (argv[0] + ".py")), *argv[1:]],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    for line in process.stdout:
        print(line, end="", flush=True)
        said.append(line)
    status = process.wait()
    found = re.fullmatch(r"(\d+) passed, (\d+) failed\s*", said[-1] if said else "")
    passed, failed = (int(found.group(1)), int(found.group(2))) if found else (0, 1)
    return passed, failed or (1 if status else 0)


def main(argv):
    calls = [argv] if argv[:1] in (["samples"], ["faults"]) else [[name] for name in argv or PARTS]
    counts = [play(call) for call in calls]
    passed, failed = (sum(column) for column in zip(*counts))
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
