"""A FHIR server of 100,000 resources: read by id and create beside pgbench doing the same row work on as many
connections, and seven families of searches at 64 clients."""

import http.client
import json
import os
import random
import re
import shutil
import statistics
import subprocess
import threading
import time

import rows

CONNECTIONS, SECONDS, SEARCHERS = 16, 6, 64
SYSTEM, UCUM = "urn:example:bench", "http://unitsofmeasure.org"
PATIENTS, PER_PATIENT = 20000, {"ServiceRequest": 1, "Observation": 2, "DiagnosticReport": 1}
PATIENT = {
    "resourceType": "Patient",
    "identifier": [{"system": SYSTEM, "value": "B1"}],
    "name": [{"family": "Doe", "given": ["Jane"]}],
    "gender": "female",
    "birthDate": "1979-04-12",
    "address": [{"city": "Bergen", "country": "NO"}],
}
LUA = """
local n, base, threads = 0, tonumber(os.getenv("BENCH_FIRST")), 0
function setup(thread) thread:set("id", threads); threads = threads + 1 end
function init(args) math.randomseed(base + id) end
function request()
  n = n + 1
  %s
end
"""
CREATE = """local value = string.format("B%%d-%%d", id, base + n)
  return wrk.format("POST", "/fhir/Patient", wrk.headers, string.format([[%s]], value))"""
FETCH = """local k, j = math.random(0, %d), math.random(0, 9999)
  return wrk.format("GET", string.format("/fhir/%s", %s))"""
# family → address, and what fills it; k is a patient's number, j a number under 10,000
SEARCHES = {
    "token": ("Patient?identifier=%s|B%%d" % SYSTEM, "k"),
    "string": ("Patient?family=Family%d", "k"),
    "date": ("Observation?date=20%02d-%02d-%02d&_count=20", "10 + j % 10, 1 + j % 12, 1 + j % 28"),
    "reference": ("Observation?subject=Patient/p%d", "k"),
    "quantity": ("Observation?value-quantity=%%.2f|%s|mg&_count=20" % UCUM, "j / 100"),
    "chain": ("Observation?subject:Patient.identifier=%s|B%%d" % SYSTEM, "k"),
    "include": (
        "DiagnosticReport?subject=Patient/p%d&_include=DiagnosticReport:subject&_include=DiagnosticReport:result",
        "k",
    ),
}


# ---- what is in it ----


def subject(n):
    return {"reference": "Patient/p%d" % n}


def patient(n):
    return {
        **PATIENT,
        "id": "p%d" % n,
        "identifier": [{"system": SYSTEM, "value": "B%d" % n}],
        "name": [{"family": "Family%d" % n, "given": ["Jane", "N%d" % (n % 97)]}],
        "birthDate": "19%02d-%02d-%02d" % (n % 100, 1 + n % 12, 1 + n % 28),
    }


def observation(n, i):
    j = (n * 7919 + i * 104729) % 10000
    return {
        "resourceType": "Observation",
        "id": "o%d-%d" % (n, i),
        "status": "final",
        "code": {"coding": [{"system": "http://loinc.org", "code": "%d-%d" % (1000 + j % 50, j % 10)}]},
        "subject": subject(n),
        "effectiveDateTime": "20%02d-%02d-%02dT%02d:30:00Z" % (10 + j % 10, 1 + j % 12, 1 + j % 28, j % 24),
        "valueQuantity": {"value": j / 100, "unit": "mg", "system": UCUM, "code": "mg"},
    }


def service_request(n):
    return {
        "resourceType": "ServiceRequest",
        "id": "s%d" % n,
        "identifier": [{"system": SYSTEM + ":order", "value": "O%d" % n}],
        "status": "active",
        "intent": "order",
        "code": {"coding": [{"system": SYSTEM + ":code", "code": "CT%d" % (n % 30)}]},
        "subject": subject(n),
    }


def report(n):
    return {
        "resourceType": "DiagnosticReport",
        "id": "r%d" % n,
        "status": "final",
        "code": {"coding": [{"system": "http://loinc.org", "code": "18748-4"}]},
        "subject": subject(n),
        "issued": "2026-01-01T00:00:00Z",
        "result": [{"reference": "Observation/o%d-%d" % (n, i)} for i in (0, 1)],
    }


def documents(n):
    return [patient(n), service_request(n), observation(n, 0), observation(n, 1), report(n)]


def fill(s, patients, threads=4):
    """Five resources a patient."""
    numbers, lock, failed = iter(range(patients)), threading.Lock(), []
    headers = {"Authorization": s.authorization, "Content-Type": "application/fhir+json", "Prefer": "return=minimal"}

    def send():
        connection = http.client.HTTPConnection("127.0.0.1", s.http_port, timeout=120)
        while not failed:
            with lock:
                n = next(numbers, None)
            if n is None:
                return
            for d in documents(n):
                connection.request("PUT", "/fhir/%s/%s" % (d["resourceType"], d["id"]), json.dumps(d), headers)
                answer = connection.getresponse()
                text = answer.read()
                if answer.status != 201:
                    failed.append("%s: %d %s" % (d["id"], answer.status, text[:500]))
                    return

    began = time.monotonic()
    running = [threading.Thread(target=send) for _ in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    if failed:
        raise SystemExit(failed[0])
    took = time.monotonic() - began
    print("%d resources, one request each: %.0f s, %.0f/s" % (5 * patients, took, 5 * patients / took), flush=True)
    s.sql("VACUUM ANALYZE")


# ---- who asks ----


def session(s):
    """The headers of a signed-in user."""
    body = '{"user": "admin", "password": "%s"}' % s.password
    answer = s.http(
        "POST", "/admin/api/session", body, {"Content-Type": "application/json", "X-Requested-With": "isocentre"}
    )
    answer.read()
    cookie = (answer.headers.get("Set-Cookie") or "").split(";")[0]
    if not cookie:
        raise SystemExit("no session: POST /admin/api/session answered %d" % answer.status)
    return ["Cookie: " + cookie, "X-Requested-With: isocentre"]


def wrk(s, path, headers, script=None, connections=CONNECTIONS, seconds=SECONDS):
    """(requests a second, the latency lines); every answer must be a success."""
    argv = ["wrk", "-t2", "-c%d" % connections, "-d%ds" % seconds, "--latency"]
    for header in headers + ["Accept: application/fhir+json"]:
        argv += ["-H", header]
    if script:
        file = s.scratch / "wrk.lua"
        file.write_text(LUA % script)
        argv += ["-s", str(file), "-H", "Content-Type: application/fhir+json"]
    os.environ["BENCH_FIRST"] = str(random.randrange(10**9))
    done = subprocess.run(argv + ["http://127.0.0.1:%d%s" % (s.http_port, path)], capture_output=True, text=True)
    found = re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)
    if done.returncode or not found or "Non-2xx" in done.stdout:
        raise SystemExit("wrk: " + done.stdout + done.stderr)
    return float(found.group(1)), dict(re.findall(r"(50|75|90|99)%\s+(\S+)", done.stdout))


def show(what, rate, latency):
    print(
        "isocentre, %-24s %8.0f/s   p50 %s, p90 %s, p99 %s" % (what, rate, latency["50"], latency["90"], latency["99"])
    )


def lua_fetch(address, fill_in):
    return FETCH % (PATIENTS - 1, address.replace("|", "%%7C"), fill_in)


def beside(s, what, ours, script, goal):
    """The same rows by pgbench on the same number of connections, in rounds that alternate with ours."""
    pairs = []
    for i, (rate, latency) in enumerate(ours):
        show(what, rate, latency)
        pairs.append((rate, s.pgbench(script, CONNECTIONS, SECONDS, {"i": i * 1000000})))
    peers = " ".join("%.0f" % p for _, p in pairs)
    print("pgbench, the same rows on %d connections: %s /s" % (CONNECTIONS, peers))
    print("isocentre / pgbench: %.2f   (goal %.1f)" % (statistics.median(a / b for a, b in pairs), goal))


def reads(s, headers, rounds):
    script = lua_fetch("Patient/p%d", "k")
    wrk(s, "/", headers, script)
    ours = (wrk(s, "/", headers, script) for _ in range(rounds))
    audit = rows.newest_event(s, "RESOURCE_READ")
    select = "SELECT rid, version, deleted, updated, content FROM resource WHERE type = 'Patient' AND id = 'p' || :k;\n"
    beside(s, "read by id", ours, "\\set k random(0, %d)\n%s%s" % (PATIENTS - 1, select, audit), 0.6)


def creates(s, headers, rounds):
    value = "Z%d" % random.randrange(10**9)
    made = s.fhir("POST", "/Patient", {**PATIENT, "identifier": [{"system": SYSTEM, "value": value}]})["id"]
    script, counted = rows.script_of_document(s, "Patient", made, value)
    body = json.dumps({**PATIENT, "identifier": [{"system": SYSTEM, "value": "%s"}]})
    ours = (wrk(s, "/", headers, CREATE % body) for _ in range(rounds))
    beside(s, "create", ours, script, 0.4)
    print("rows of one create: " + rows.text(counted))


def searches(s, headers):
    for family, (address, fill_in) in SEARCHES.items():
        script = lua_fetch(address, fill_in)
        wrk(s, "/", headers, script, SEARCHERS, 2)
        show("search by " + family, *wrk(s, "/", headers, script, SEARCHERS))
    print("goal: p99 under 50 ms at %d clients" % SEARCHERS)


def run(s, options):
    if not shutil.which("wrk"):
        print("wrk is not installed: tests/bench/run fhir --install")
        return
    fill(s, PATIENTS)
    headers = session(s)
    reads(s, headers, options.rounds)
    searches(s, headers)
    creates(s, headers, options.rounds)
