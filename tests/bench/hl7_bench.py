"""Distinct orders and reports over MLLP, acknowledged only when durable, beside pgbench doing an order's row writes."""

import base64
import json
import statistics
import subprocess

import account
import hl7
import rows

MESSAGES, SECONDS = 3000, 8
CONNECTIONS = (1, 8, 64)
NUMBER = "#######"  # a number of its own in each message


def patient():
    return hl7.pid("P" + NUMBER, "Doe^Jane%s" % NUMBER)


def order():
    return hl7.order(
        "M" + NUMBER,
        patient(),
        "A" + NUMBER,
        study_uid="2.25.77" + NUMBER,
        start="20270101080000",
        requested_procedure="R" + NUMBER,
        step="S" + NUMBER,
    )


def report(lines):
    return hl7.report("N" + NUMBER, patient(), "B" + NUMBER, lines=lines)


def text_report():
    return report(["The ventricles are of normal size, there is no shift of the midline." for _ in range(180)])


def pdf_report():
    """Two million bytes of a message, nearly all of them a document."""
    pdf = b"%PDF-1.4\n" + bytes(range(256)) * 5860 + b"\n%%EOF\n"
    told = report(["see the document"]).rstrip(b"\r").split(b"\r")
    document = "^Application^PDF^Base64^" + base64.b64encode(pdf).decode()
    told.append(hl7.segment("OBX", {1: "2", 2: "ED", 3: "PDF^Report^L", 5: document, 11: "F"}).encode())
    return hl7.message(*told)


def load(s, raw, connections, messages, first):
    """What mllp_load counted."""
    path = s.scratch / "message.hl7"
    path.write_bytes(raw)
    argv = [s.program("mllp_load"), s.hl7_port, connections, messages, first, path]
    done = subprocess.run(
        account.command([str(a) for a in argv]), cwd="/", env=account.environment(), capture_output=True, text=True
    )
    if done.returncode:
        raise SystemExit("mllp_load: %s%s" % (done.stderr, done.stdout))
    return json.loads(done.stdout)


def show(what, connections, told):
    print(
        "%s, %d connections: %.0f/s; acknowledged in %.1f ms (p50), %.1f (p95), %.1f (p99), %.1f (max)"
        % (
            what,
            connections,
            told["messages"] / told["seconds"],
            told["p50"],
            told["p95"],
            told["p99"],
            told["max"],
        ),
        flush=True,
    )


def orders(s, connections, options, first):
    """Medians of the rounds: orders a second, p50 and p99 in ms, and ms of processor of server and PostgreSQL each."""
    rounds = []
    for i in range(options.rounds):
        before = s.cpu_seconds()
        told = load(s, order(), connections, MESSAGES, first + i * MESSAGES)
        used = [(after - b) * 1000 / MESSAGES for after, b in zip(s.cpu_seconds(), before)]
        show("ORM", connections, told)
        rounds.append((told["messages"] / told["seconds"], told["p50"], told["p99"], *used))
    return [statistics.median(column) for column in zip(*rounds)]


def settle(s):
    """The cluster as after its first day: the log is written into files that are used again, not into new ones."""
    spoken = "pg_logical_emit_message(false, 'bench', repeat(md5(n::text), 500000))"
    s.sql("SELECT %s FROM generate_series(1, 60) AS n" % spoken)
    s.sql("CHECKPOINT")


def run(s, options):
    settle(s)
    load(s, order(), 8, 200, 1)  # connections, plans and caches are warm
    before, first, measured = rows.counters(s), 10000, {}
    for connections in CONNECTIONS:
        measured[connections] = orders(s, connections, options, first)
        first += options.rounds * MESSAGES
    written = rows.difference(before, rows.counters(s), first - 10000)
    script, counted = rows.script_of_order(s, "M%07d" % (first - 1), "%07d" % (first - 1))
    print("rows one order writes:   " + rows.text(written))
    print("rows one script writes:  " + rows.text(counted))
    for at, connections in enumerate(CONNECTIONS):
        begin = [{"i": (at * options.rounds + i) * 1000000} for i in range(options.rounds)]
        peers = [s.pgbench(script, connections, SECONDS, b) for b in begin]
        rate, p50, p99, server, database = measured[connections]
        peer = statistics.median(peers)
        print(
            "%d connections: ORM %.0f/s, p50 %.1f, p99 %.1f ms; pgbench with the same rows %.0f/s, ratio %.2f;"
            " an order costs %.2f ms of processor (server %.2f, PostgreSQL %.2f)"
            % (connections, rate, p50, p99, peer, rate / peer, server + database, server, database)
        )
    print("goals: 1,000 ORM/s and p99 under 100 ms at 64 connections, half of pgbench at 8")
    show("ORU of 20 kB", 8, load(s, text_report(), 8, 1000, first))
    show("ORU with a PDF, 2 MB", 8, load(s, pdf_report(), 8, 100, first + 1000))
