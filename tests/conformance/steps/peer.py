"""A peer of other people (dcmjs-dimse) performs a step, asks for commitment, and is told of both: what it read."""

import json
import pathlib
import subprocess

import dicom
import hl7
import house as houses
import story

HERE = pathlib.Path(__file__).resolve().parent


def install():
    """npm writes its own lock last, so it tells whether the last installation belongs to ours."""
    done, lock = HERE / "node_modules" / ".package-lock.json", HERE / "package-lock.json"
    if not done.exists() or done.stat().st_mtime < lock.stat().st_mtime:
        subprocess.run(["npm", "ci", "--ignore-scripts", "--silent", "--no-audit", "--no-fund"], cwd=HERE, check=True)


def lines(text):
    return [json.loads(line) for line in text.splitlines() if line.startswith("{")]


class Peer(story.Story):
    durable = False

    @classmethod
    def setUpClass(cls):
        install()
        super().setUpClass()
        cls.port = houses.free_ports(1)[0]
        cls.house.add_peer("AE", "CT1", "MODALITY")
        cls.house.add_peer("AE", "MANAGER", "WORKSTATION")
        cls.house.sql("UPDATE peer SET host = '127.0.0.1', port = %d WHERE name = 'CT1'" % cls.port)
        cls.house.sql("UPDATE peer SET host = '127.0.0.1', port = %d WHERE name = 'MANAGER'" % cls.port)

    def peer(self, *argv):
        command = ["node", str(HERE / "peer.mjs"), *map(str, argv)]
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return lines(done.stdout)

    def listen(self, count):
        command = ["node", str(HERE / "peer.mjs"), "listen", str(self.port), str(count)]
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
        self.assertIn("listening", process.stdout.readline())
        self.addCleanup(process.kill)
        return process

    def heard(self, process):
        return lines(process.communicate(timeout=60)[0])

    def test_1_a_step(self):
        study, uid = dicom.uid_of("foreign"), dicom.uid_of("foreign", "step")
        ack = self.house.send(hl7.order("F1", hl7.pid("P1", "Müller^Jörg"), "F1", study_uid=study))
        self.assertAck(ack, "AA")
        answer = self.house.http(
            "PUT", "/admin/api/dicom/subscribers/MANAGER/MPPS", "", {"X-Requested-With": "isocentre"}
        )
        self.assertStatus(answer, 204)
        manager = self.listen(2)
        begun = {
            "SpecificCharacterSet": "ISO_IR 192",
            "Modality": "CT",
            "PatientName": "Müller^Jörg",
            "PatientID": "P1",
            "PerformedStationAETitle": "CT1",
            "PerformedProcedureStepStartDate": "20261124",
            "PerformedProcedureStepStartTime": "101500",
            "PerformedProcedureStepID": "PPS1",
            "PerformedProcedureStepStatus": "IN PROGRESS",
            "PerformedSeriesSequence": [],
            "ScheduledStepAttributesSequence": [
                {"StudyInstanceUID": study, "AccessionNumber": "F1", "ScheduledProcedureStepID": "S-F1"}
            ],
        }
        ended = {
            "PerformedProcedureStepStatus": "COMPLETED",
            "PerformedProcedureStepEndDate": "20261124",
            "PerformedProcedureStepEndTime": "104500",
            "PerformedSeriesSequence": [{"SeriesInstanceUID": "1.2.3", "ReferencedImageSequence": []}],
        }
        created, changed, read = self.peer("mpps", self.house.dicom_port, uid, json.dumps(begun), json.dumps(ended))
        self.assertEqual([created["status"], changed["status"], read["status"]], [0, 0, 0])
        self.assertEqual(read["dataset"]["PerformedProcedureStepStatus"], "COMPLETED")
        self.assertIn("Müller^Jörg", json.dumps(read["dataset"]["PatientName"], ensure_ascii=False))
        self.assertEqual([t["status"] for t in self.house.search("/Task?identifier=S-F1")], ["completed"])
        heard = self.heard(manager)
        self.assertEqual([h["kind"] for h in heard], ["N-CREATE", "N-SET"])
        self.assertEqual([h["dataset"]["PerformedProcedureStepStatus"] for h in heard], ["IN PROGRESS", "COMPLETED"])

    def test_2_a_commitment(self):
        study = dicom.uid_of("foreign", "images")
        self.house.store(*dicom.make_study(self.folder / "images", study, images=2), calling="CT1")
        uids = [dicom.uid_of(study, 1, i) for i in (1, 2)] + ["1.2.3.4"]
        scanner = self.listen(1)
        asked = {
            "TransactionUID": "1.2.3.4.5",
            "ReferencedSOPSequence": [{"ReferencedSOPClassUID": dicom.CT, "ReferencedSOPInstanceUID": u} for u in uids],
        }
        self.assertEqual([a["status"] for a in self.peer("commit", self.house.dicom_port, json.dumps(asked))], [0])
        heard = self.heard(scanner)
        self.assertEqual([(h["kind"], h["event"]) for h in heard], [("N-EVENT-REPORT", 2)])
        told = heard[0]["dataset"]
        self.assertEqual([r["ReferencedSOPInstanceUID"] for r in told["ReferencedSOPSequence"]], uids[:2])
        failed = told["FailedSOPSequence"]
        failed = failed if isinstance(failed, list) else [failed]
        self.assertEqual([(f["ReferencedSOPInstanceUID"], f["FailureReason"]) for f in failed], [(uids[2], 0x0112)])


if __name__ == "__main__":
    story.main()
