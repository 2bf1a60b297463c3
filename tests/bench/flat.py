"""Resident memory over minutes of mixed load: six reads, two searches, an update and a create in ten."""

import json
import shutil

import fhir_bench

PATIENTS, PORTION = 2000, 30  # of the record; seconds between two looks
MIX = """local k, r, path = math.random(0, %(last)d), math.random(10)
  if r <= 6 then return wrk.format("GET", string.format("/fhir/Patient/p%%d", k)) end
  if r <= 8 then return wrk.format("GET", string.format(
    "/fhir/DiagnosticReport?subject=Patient/p%%d&_include=DiagnosticReport:result", k)) end
  local text = string.format([[%(body)s]], base + n, k)
  if r == 9 then return wrk.format("PUT", string.format("/fhir/Patient/p%%d", k), wrk.headers, text) end
  return wrk.format("POST", "/fhir/Observation", wrk.headers, string.format([[%(observation)s]], k))"""


def script():
    person = {**fhir_bench.patient(0), "identifier": [], "name": [{"family": "Flat%d"}], "id": "p%d"}
    del person["identifier"]
    seen = fhir_bench.observation(0, 0)
    seen["subject"] = {"reference": "Patient/p%d"}
    del seen["id"]
    return MIX % {"last": PATIENTS - 1, "body": json.dumps(person), "observation": json.dumps(seen)}


def run(s, options):
    if not shutil.which("wrk"):
        print("wrk is not installed: tests/bench/run flat --install")
        return
    fhir_bench.fill(s, PATIENTS)
    headers, text, looks = fhir_bench.session(s), script(), []
    for i in range(max(2, int(options.minutes * 60 / PORTION))):
        rate, latency = fhir_bench.wrk(s, "/", headers, text, seconds=PORTION)
        looks.append(s.resident_mb())
        print(
            "%4d s: %6.0f requests/s, p99 %s, %.1f MB" % ((i + 1) * PORTION, rate, latency["99"], looks[-1]), flush=True
        )
    half = len(looks) // 2
    print(
        "resident memory: %.1f MB after the first half minute, at most %.1f in the first half, %.1f in the second"
        % (looks[0], max(looks[:half]), max(looks[half:]))
    )
