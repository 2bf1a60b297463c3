"""Clients and servers of other people talk with ours: @medplum/hl7, node-hl7-client and -server, python3-hl7."""

import pathlib
import subprocess

import dicom
import hl7
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

    def test_medplum_sends(self):
        self.tell("medplum")

    def test_node_hl7_client_sends(self):
        self.tell("node")

    def test_python_hl7_sends(self):
        self.tell("python")


install()
story.main()
