"""A transaction of 1,000 entries beside the same rows written by PostgreSQL alone."""

import json
import statistics
import time

import fhir_bench

ENTRIES, TABLES = 1000, ("resource", "search_token", "search_string", "search_date", "search_number")


def name(n, i):
    return "urn:uuid:00000000-0000-4000-8000-%06d%06d" % (n, i)


def bundle(round_):
    """200 patients with an order, two observations and a report each, which refer to each other by name."""
    entries = []
    for n in range(ENTRIES // 5):
        docs = fhir_bench.documents(100000 * (round_ + 1) + n)
        names = {"%s/%s" % (d["resourceType"], d["id"]): name(n, i) for i, d in enumerate(docs)}
        for d in docs:
            own = names["%s/%s" % (d["resourceType"], d.pop("id"))]
            text = json.dumps(d)
            for literal, urn in names.items():
                text = text.replace('"%s"' % literal, '"%s"' % urn)
            entries.append(
                {
                    "fullUrl": own,
                    "resource": json.loads(text),
                    "request": {"method": "POST", "url": d["resourceType"]},
                }
            )
    return json.dumps({"resourceType": "Bundle", "type": "transaction", "entry": entries})


def send(s, round_):
    body = bundle(round_)
    headers = {"Authorization": s.authorization, "Content-Type": "application/fhir+json"}
    began = time.monotonic()
    answer = s.http("POST", "/fhir", body, headers)
    text = answer.read()
    took = time.monotonic() - began
    if answer.status != 200:
        raise SystemExit("%d %s" % (answer.status, text[:500]))
    return took, len(body)


def copied(s):
    """Seconds to put the rows there are into tables like theirs, in one transaction."""
    steps = "".join(
        "CREATE TABLE bench_%s (LIKE %s INCLUDING ALL); INSERT INTO bench_%s SELECT * FROM %s; " % (t, t, t, t)
        for t in TABLES
    )
    drops = "".join("DROP TABLE bench_%s; " % t for t in TABLES)
    began = time.monotonic()
    s.sql("BEGIN; %s COMMIT" % steps)
    took = time.monotonic() - began
    s.sql(drops)
    return took


def run(s, options):
    times = []
    for r in range(options.rounds):
        took, size = send(s, r)
        times.append(took)
        print("transaction of %d entries, %d kB: %.2f s" % (ENTRIES, size // 1024, took), flush=True)
        if r == 0:
            rows = copied(s)
            print("the same rows by INSERT … SELECT: %.2f s" % rows)
    print("median %.2f s (under 2 s wanted), %.1f times the bare rows" % (statistics.median(times), times[0] / rows))
