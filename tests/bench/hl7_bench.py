"""Distinct orders over MLLP, each acknowledged only when durable, beside pgbench doing the same row writes."""

import json
import statistics
import subprocess

import account
import hl7
import rows

CONNECTIONS, MESSAGES, SECONDS = 8, 3000, 8
NUMBER = "#######"  # a number of its own in each message


def template(s):
    path = s.scratch / "order.hl7"
    start = "20270101080000"
    path.write_bytes(
        hl7.order(
            "M" + NUMBER,
            hl7.pid("P" + NUMBER, "Doe^Jane%s" % NUMBER),
            "A" + NUMBER,
            study_uid="2.25.77" + NUMBER,
            start=start,
            requested_procedure="R" + NUMBER,
            step="S" + NUMBER,
        )
    )
    return path


def load(s, messages, first):
    """What mllp_load counted."""
    argv = [s.program("mllp_load"), s.hl7_port, CONNECTIONS, messages, first, template(s)]
    done = subprocess.run(
        account.command([str(a) for a in argv]), cwd="/", env=account.environment(), capture_output=True, text=True
    )
    if done.returncode:
        raise SystemExit("mllp_load: %s%s" % (done.stderr, done.stdout))
    return json.loads(done.stdout)


def show(told):
    print(
        "isocentre: %.0f orders/s on %d connections; acknowledged in %.1f ms (p50), %.1f (p95), %.1f (p99), %.1f (max)"
        % (told["messages"] / told["seconds"], CONNECTIONS, told["p50"], told["p95"], told["p99"], told["max"]),
        flush=True,
    )


def run(s, options):
    load(s, 200, 1)  # connections, plans and caches are warm
    before, rates, p99 = rows.counters(s), [], []
    for i in range(options.rounds):
        told = load(s, MESSAGES, 10000 + i * MESSAGES)
        show(told)
        rates.append(told["messages"] / told["seconds"])
        p99.append(told["p99"])
    written = rows.difference(before, rows.counters(s), options.rounds * MESSAGES)
    script, counted = rows.script_of_order(s, "M%07d" % (10000 + MESSAGES - 1), "%07d" % (10000 + MESSAGES - 1))
    print("rows one order writes:   " + rows.text(written))
    print("rows one script writes:  " + rows.text(counted))
    peers = [s.pgbench(script, CONNECTIONS, SECONDS, {"i": i * 1000000}) for i in range(options.rounds)]
    print("pgbench, the same rows:  %s transactions/s" % " ".join("%.0f" % p for p in peers))
    ratio = statistics.median(rates) / statistics.median(peers)
    print("isocentre / pgbench: %.2f   (goal 0.5)" % ratio)
    print("p99: %.1f ms   (goal under 100)" % statistics.median(p99))
