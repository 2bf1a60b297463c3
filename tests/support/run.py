"""The second half of tests/run: build, find the tests, run each with a time limit, count, sum up.

A test is a program; it prints "N passed, M failed" last. One that crashes, runs over its limit, or counts nothing has
failed. Its whole output is kept in build/test-logs/ and shown only when it failed.
TO ADD A KIND OF TEST: 1 a function here that gives its tests  2 its row in KINDS  3 a sentence in tests/README.md
"""

import argparse
import dataclasses
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

import account
import house
import postgres
from house import SANITIZERS, TREE, sweep

LIMIT = int(os.environ.get("ISOCENTRE_TEST_LIMIT", "600"))
LANES = int(os.environ.get("ISOCENTRE_TEST_LANES", "2"))  # how many tests run at once
COUNT = re.compile(r"(\d+) passed, (\d+) failed")
LOGS = TREE / "build" / "test-logs"
BUILDING = "PROGRAM=tests/run HOUSE=$PWD; . server/state.sh; . server/build.sh; "


@dataclasses.dataclass
class Test:
    name: str
    argv: list
    limit: int = LIMIT
    env: dict = dataclasses.field(default_factory=dict)


@dataclasses.dataclass
class Result:
    passed: int
    failed: int
    seconds: float
    why: str = ""


def lint(_):
    return [
        Test("lint/self-test", [sys.executable, "tests/lint/self_test.py"]),
        Test("lint/house", [sys.executable, "tests/lint/lint.py"]),
    ]


def unit_program(build, source):
    """The name CMakeLists.txt gives the program of a unit test."""
    name = str(source.relative_to(TREE / "tests" / "unit"))[: -len(".c")]
    return build / "unit" / ("unit_" + re.sub(r"[/.]", "_", name))


def unit(options):
    sources = sorted((TREE / "tests" / "unit").glob("*/**/test_*.c"))
    return [
        Test("unit/" + str(s.relative_to(TREE / "tests" / "unit"))[:-2], [str(unit_program(options.build, s))])
        for s in sources
    ]


def programs(folder, name):
    """Each `folder/X/run`, `folder/X.py` and `folder/X.sh` is one test."""
    tests = []
    for path in sorted((TREE / "tests" / folder).glob("*")):
        if path.is_dir() and (path / "run").exists():
            tests.append(Test("%s/%s" % (name, path.name), [str(path / "run")]))
        elif path.suffix == ".py" and re.match(r"\d|test_", path.name):
            tests.append(Test("%s/%s" % (name, path.stem), [sys.executable, str(path)]))
        elif path.suffix == ".sh" and os.access(path, os.X_OK):
            tests.append(Test("%s/%s" % (name, path.stem), [str(path)]))
    return tests


def integration(_):
    return programs("integration", "integration")


def conformance(_):
    return programs("conformance", "conformance")


def regression(_):
    return (
        [Test("fuzz/regression", [str(TREE / "tests/fuzz/run"), "--regression"])]
        if (TREE / "tests/fuzz/run").exists()
        else []
    )


def web(_):
    return [Test("web", [sys.executable, "tests/support/web.py"])] if (TREE / "tests/web/run").exists() else []


def fuzz(options):
    return [Test("fuzz", [str(TREE / "tests/fuzz/run"), options.fuzz], limit=int(options.fuzz) * 20 + LIMIT)]


KINDS = {
    "lint": lint,
    "unit": unit,
    "regression": regression,
    "integration": integration,
    "conformance": conformance,
    "web": web,
    "fuzz": fuzz,
}


def kinds_of(options):
    if options.lint:
        return ["lint"]
    if options.fast:
        return ["lint", "unit"]
    if options.fuzz:
        return ["fuzz"]
    if options.tsan:
        return ["unit", "regression", "integration"]
    # The long ones of others' making first: the two lanes then end at much the same time.
    return ["lint", "unit", "regression", "conformance", "integration", "web"]


def step(label, command):
    """A part of the set-up; on failure its last lines are shown and the run ends."""
    started, log = time.monotonic(), LOGS / ("%s.log" % label.replace(" ", "-"))
    with open(log, "wb") as out:
        done = subprocess.run(["bash", "-c", command], cwd=TREE, stdin=subprocess.DEVNULL, stdout=out, stderr=out)
    if done.returncode:
        lines = log.read_text(errors="replace").rstrip().split("\n")
        wrong = [line for line in lines if re.search(r"error|FAILED|undefined", line)][:20]
        print("\n".join(wrong or lines[-20:]))
        print("%s failed; its output is in %s" % (label, log))
        print("0 passed, 1 failed")
        sys.exit(1)
    print("%-44s %6.1f s" % (label, time.monotonic() - started), flush=True)


def build(options):
    preset = options.build.name
    if kinds_of(options) == ["lint"]:
        step("configure", BUILDING + "build_preset %s sql" % preset)
        return
    step("build " + preset, BUILDING + "build_preset %s all unit" % preset)
    if "web" in kinds_of(options) and (TREE / "web-admin" / "package.json").exists():
        step("build web-admin", BUILDING + "build_web")


def find(options):
    tests = [t for kind in kinds_of(options) for t in KINDS[kind](options)]
    if options.names:
        tests = [t for t in tests if any(word in t.name for word in options.names)]
    return tests


def end_group(process):
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


def run_program(test, log, lane):
    """(exit status or None when the limit was reached, seconds). What the test started and left behind is ended too."""
    env = {
        **os.environ,
        **SANITIZERS,
        **test.env,
        **lane,
        "PYTHONPATH": str(TREE / "tests" / "support"),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUNBUFFERED": "1",
    }
    started = time.monotonic()
    with open(log, "wb") as out:
        process = subprocess.Popen(
            test.argv,
            cwd=TREE,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            status = process.wait(test.limit)
        except subprocess.TimeoutExpired:
            status = None
        end_group(process)
        process.wait()
    return status, time.monotonic() - started


def judge(status, text, limit):
    """(passed, failed, why)."""
    counts = COUNT.findall(text)
    passed, failed = map(int, counts[-1]) if counts else (0, 0)
    if status is None:
        return passed, failed + 1, "ran over %d s" % limit
    if not counts:
        return 0, 1, "exit status %d and no count" % status
    if passed + failed == 0:
        return 0, 1, "ran no case"
    if status and not failed:
        return passed, 1, "exit status %d" % status
    return passed, failed, "exit status %d" % status if failed else ""


def run(test, lane):
    log = LOGS / (test.name.replace("/", "_") + ".log")
    if test.name.startswith("unit/") and not os.access(test.argv[0], os.X_OK):
        return Result(0, 1, 0, "the program was not built"), log
    try:
        status, seconds = run_program(test, log, lane)
    except OSError as e:
        return Result(0, 1, 0, str(e)), log
    passed, failed, why = judge(status, log.read_text(errors="replace"), test.limit)
    return Result(passed, failed, seconds, why), log


def report(test, result, log):
    print(
        "%-44s %6.1f s   %d passed, %d failed%s"
        % (test.name, result.seconds, result.passed, result.failed, " (%s)" % result.why if result.why else ""),
        flush=True,
    )
    if result.failed and log.exists():
        lines = log.read_text(errors="replace").rstrip().split("\n")
        print("\n".join("    " + line for line in lines[-200:]))


def arguments():
    parser = argparse.ArgumentParser(prog="tests/run", description="Run the tests of isocentre.")
    for switch in ("--fast", "--lint", "--tsan", "--accept"):
        parser.add_argument(switch, action="store_true")
    parser.add_argument("--fuzz", metavar="SECONDS")
    parser.add_argument("names", nargs="*", metavar="NAME")
    options = parser.parse_args()
    options.build = TREE / "build" / ("tsan" if options.tsan else "debug")
    return options


def prepare(options):
    """The folder all tests of this run copy their cluster from; None when none of them needs one."""
    os.environ.update(ISOCENTRE_TEST_BUILD=str(options.build), ISOCENTRE_TEST_LOGS=str(LOGS))
    if options.accept:
        os.environ["ISOCENTRE_ACCEPT"] = "1"
    if kinds_of(options) in (["lint"], ["fuzz"]):
        return None
    account.ensure()
    folder = tempfile.mkdtemp(prefix="isocentre-template-", dir="/tmp")
    os.chmod(folder, 0o755)
    os.environ["ISOCENTRE_TEST_TEMPLATE"] = folder
    postgres.template()
    # What tests of both lanes would copy at once.
    house.executable()
    house.House.ui_path()
    return folder


class Lanes:
    """The tests of a run, some at once, each in the next free lane; a lane has its own ports and folder for houses."""

    def __init__(self, tests, folder):
        self.waiting, self.folder = list(tests), folder
        self.results, self.lock = [], threading.Lock()

    def take(self):
        with self.lock:
            return self.waiting.pop(0) if self.waiting else None

    def walk(self, number):
        lane, houses = {"ISOCENTRE_TEST_LANE": str(number)}, None
        if self.folder:
            houses = os.path.join(self.folder, str(number))
            os.makedirs(houses)
            account.give(pathlib.Path(houses))
            lane["ISOCENTRE_TEST_HOUSES"] = houses
        while test := self.take():
            result, log = run(test, lane)
            with self.lock:
                report(test, result, log)
                self.results.append(result)
            if houses:
                sweep(houses)

    def run(self):
        threads = [threading.Thread(target=self.walk, args=(n,), daemon=True) for n in range(LANES)]
        for t in threads:
            t.start()
        for t in threads:
            t.join()
        return self.results


def main():
    options = arguments()
    started = time.monotonic()
    LOGS.mkdir(parents=True, exist_ok=True)
    build(options)
    folder = prepare(options)
    try:
        results = Lanes(find(options), folder).run()
    finally:
        if folder:
            for lane in range(LANES):
                sweep(os.path.join(folder, str(lane)))
            shutil.rmtree(folder, ignore_errors=True)
    passed, failed = sum(r.passed for r in results), sum(r.failed for r in results)
    if not results:
        print("no test has such a name")
        failed = 1
    print("%.0f s" % (time.monotonic() - started))
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
