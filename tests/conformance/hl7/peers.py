"""Clients and servers of other people talk with ours: @medplum/hl7, node-hl7-client and -server, python3-hl7."""

import contextlib
import json
import pathlib
import subprocess

import dicom
import hl7
import house as houses
import story

HERE = pathlib.Path(__file__).resolve().parent
PEERS = {
    "medplum": ["node", str(HERE / "clients" / "medplum.mjs")],
    "node": ["node", str(HERE / "clients" / "node.mjs")],
    "python": ["/usr/bin/python3", "-I", str(HERE / "clients" / "python.py")],
}


def install():
    """npm writes its own lock last, so it tells whether the last installation belongs to ours."""
    done, lock = HERE / "node_modules" / ".package-lock.json", HERE / "package-lock.json"
    if not done.exists() or done.stat().st_mtime < lock.stat().st_mtime:
        subprocess.run(["npm", "ci", "--ignore-scripts", "--silent", "--no-audit", "--no-fund"], cwd=HERE, check=True)


class Peers(story.Story):
    durable = False

    def send(self, peer, *messages):
        """What the peer's own client says it was answered: [[control id, code], …]."""
        paths = []
        for i, raw in enumerate(messages):
            path = self.folder / ("%s-%d.hl7" % (peer, i))
            path.write_bytes(raw)
            paths.append(str(path))
        done = subprocess.run(
            [*PEERS[peer], "send", str(self.house.hl7_port), *paths],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
        )
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return [line.split() for line in done.stdout.splitlines()]

    def tell(self, peer):
        """An order, its report, and an order nobody can place."""
        name, uid = peer[:3].upper(), dicom.uid_of("peer", peer)
        patient = hl7.pid("P" + name, "Müller^Änne^" + peer)
        nameless = hl7.order(name + "3", patient, "B" + name).replace(b"PID|", b"ZID|")
        answers = self.send(
            peer,
            hl7.order(name + "1", patient, "A" + name, study_uid=uid),
            hl7.report(name + "2", patient, "A" + name),
            nameless,
        )
        self.assertEqual([a[0] for a in answers], [name + n for n in "123"])
        self.assertEqual([a[1] for a in answers], ["AA", "AA", "AE"])
        found = self.house.peer("CT1").worklist(AccessionNumber="A" + name)
        self.assertEqual([d["StudyInstanceUID"] for d in found], [uid])
        reports = self.house.search("/DiagnosticReport?patient.identifier=P" + name)
        self.assertEqual([r["status"] for r in reports], ["final"])

    @contextlib.contextmanager
    def listening(self, peer):
        """The peer's own server, and the port it listens on."""
        port = houses.free_ports(1)[0]
        process = subprocess.Popen(
            [*PEERS[peer], "receive", str(port)], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True
        )
        try:
            self.assertEqual(process.stdout.readline().strip(), "ready")
            yield process, port
        finally:
            process.terminate()
            process.wait()
            process.stdout.close()

    def outcomes(self, name):
        """[outcome, acknowledgement, control id] of each message, in order."""
        return self.house.sql(
            "SELECT outcome, ack_code, control_id FROM hl7_sent JOIN hl7_destination USING (destination)"
            " WHERE name = '%s' ORDER BY number" % name
        )

    def hear(self, peer):
        """An order, one the peer refuses, and a report: what its parser makes of them, and how they are settled."""
        name, conf = peer[:3].upper(), ("--config", self.house.conf)
        with self.listening(peer) as (process, port):
            # node-hl7-server 2.5 answers everything that came before once more on a connection that is kept
            keep = "keep_open=%s" % ("false" if peer == "node" else "true")
            settings = ("host=127.0.0.1", "port=%d" % port, "send=ORDER,REPORT", "style=ORM", keep)
            self.house.must("hl7", "destination", "add", name, *settings, *conf)
            for patient, accession in (("Q" + name, "R" + name), ("NAK" + name, "N" + name)):
                order = hl7.order("O" + accession, hl7.pid(patient, "Łukasz^Änne"), accession)
                self.assertAck(self.house.send(order), "AA")
            report = hl7.report("U" + name, hl7.pid("Q" + name, "Łukasz^Änne"), "R" + name, lines=("Größe ≥ 4 mm",))
            self.assertAck(self.house.send(report), "AA")
            due = [["accepted", "AA"], ["dead", "AE"], ["accepted", "AA"]]
            houses.wait_for("all three", lambda: [o[:2] for o in self.outcomes(name)] == due)
            heard = [json.loads(process.stdout.readline()) for _ in due]
            self.house.must("hl7", "destination", "remove", name, *conf)
        self.assertEqual([h["control"] for h in heard], [o[2] for o in self.outcomes(name)])
        self.assertEqual([h["patient"] for h in heard], ["Q" + name, "NAK" + name, "Q" + name])
        kinds = [h["trigger"].split("^")[0] for h in heard]
        self.assertEqual(kinds, ["ORM", "ORM", "ORU"])
        self.assertEqual(heard[0]["segments"][:5], ["MSH", "PID", "PV1", "ORC", "OBR"])
        self.assertIn("ZDS", heard[0]["segments"])
        self.assertIn("OBX", heard[2]["segments"])
        self.assertEqual([h["name"].split("^")[0] for h in heard], ["Łukasz"] * 3)

    def test_medplum_receives(self):
        self.hear("medplum")

    def test_node_hl7_server_receives(self):
        self.hear("node")

    def test_python_hl7_receives(self):
        self.hear("python")

    def test_medplum_sends(self):
        self.tell("medplum")

    def test_node_hl7_client_sends(self):
        self.tell("node")

    def test_python_hl7_sends(self):
        self.tell("python")


install()
story.main()
