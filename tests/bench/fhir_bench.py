"""Read by id and create over HTTP, beside what pgbench reads with one SELECT of the same row."""

import json
import os
import re
import shutil
import statistics
import subprocess

CONNECTIONS, SECONDS = 16, 6
PATIENT = {
    "resourceType": "Patient",
    "identifier": [{"system": "urn:example:bench", "value": "B1"}],
    "name": [{"family": "Doe", "given": ["Jane"]}],
    "gender": "female",
    "birthDate": "1979-04-12",
    "address": [{"city": "Bergen", "country": "NO"}],
}
# What each read must leave behind before its first byte: no floor of an audited server is lower.
AUDITED = """INSERT INTO audit_event (recorded, kind, outcome, principal, principal_kind, address, door, request,
 object_type, object_id, patient, content) VALUES (now(), 'RESOURCE_READ', 0, 'admin', 'person', '127.0.0.1', 'http',
 'GET /fhir/{type}/{id}', 'Patient', 'Patient/%s', '%s', convert_to(repeat('x', 300), 'UTF8'));
"""
CREATE = """
local n, base = 0, tonumber(os.getenv("BENCH_FIRST"))
local threads = 0
function setup(thread) thread:set("id", threads); threads = threads + 1 end
function request()
  n = n + 1
  local value = string.format("B%%d-%%d", id, base + n)
  return wrk.format("POST", "/fhir/Patient", wrk.headers, string.format([[%s]], value))
end
"""


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


def wrk(s, path, headers, script=None):
    """(requests a second, the latency lines); every answer must be a success."""
    argv = ["wrk", "-t2", "-c%d" % CONNECTIONS, "-d%ds" % SECONDS, "--latency"]
    for header in headers + ["Accept: application/fhir+json"]:
        argv += ["-H", header]
    if script:
        argv += ["-s", str(script), "-H", "Content-Type: application/fhir+json"]
    done = subprocess.run(argv + ["http://127.0.0.1:%d%s" % (s.http_port, path)], capture_output=True, text=True)
    found = re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)
    if done.returncode or not found or "Non-2xx" in done.stdout:
        raise SystemExit("wrk: " + done.stdout + done.stderr)
    return float(found.group(1)), dict(re.findall(r"(50|75|90|99)%\s+(\S+)", done.stdout))


def show(what, rate, latency):
    print(
        "isocentre, %-24s %8.0f/s   p50 %s, p90 %s, p99 %s" % (what, rate, latency["50"], latency["90"], latency["99"])
    )


def reads(s, path, headers, rounds):
    wrk(s, path, headers)
    measured = [wrk(s, path, headers) for _ in range(rounds)]
    for rate, latency in measured:
        show("read by id", rate, latency)
    return statistics.median(rate for rate, _ in measured)


def creates(s, headers, rounds):
    script = s.scratch / "create.lua"
    body = json.dumps({**PATIENT, "identifier": [{"system": "urn:example:bench", "value": "%s"}]})
    script.write_text(CREATE % body)
    for i in range(rounds):
        os.environ["BENCH_FIRST"] = str(i * 1000000)
        rate, latency = wrk(s, "/fhir/Patient", headers, script)
        show("create", rate, latency)


def run(s, options):
    if not shutil.which("wrk"):
        print("wrk is not installed: tests/bench/run fhir --install")
        return
    name = s.fhir("POST", "/Patient", PATIENT)["id"]
    headers = session(s)
    ours = reads(s, "/fhir/Patient/" + name, headers, options.rounds)
    select = "SELECT content FROM resource WHERE type = 'Patient' AND id = '%s';\n" % name
    peers = [s.pgbench(select, CONNECTIONS, SECONDS) for _ in range(options.rounds)]
    print("pgbench, one SELECT of that row: %s /s" % " ".join("%.0f" % p for p in peers))
    print("isocentre / pgbench: %.2f   (goal 0.5)" % (ours / statistics.median(peers)))
    same = [s.pgbench(select + AUDITED % (name, name), CONNECTIONS, SECONDS) for _ in range(options.rounds)]
    print("pgbench, that SELECT and the commit of its audit row: %s /s" % " ".join("%.0f" % p for p in same))
    print("isocentre / pgbench with the audit row: %.2f" % (ours / statistics.median(same)))
    creates(s, headers, options.rounds)
