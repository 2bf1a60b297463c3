"""The story of the house: an order, its worklist step, its images, its report — told from all three sides, in every
order of arrival, with a wrong patient, a bad message, and with the server killed at every failpoint."""

import pathlib
import re
import sys

TREE = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(TREE / "tests" / "support"))

import dicom  # noqa: E402
import hl7  # noqa: E402
import house as houses  # noqa: E402
import story  # noqa: E402


class Told(story.Story):
    """What the cases of this file ask again and again."""

    def order(self, accession, patient="P1", name="Doe^Jane", uid=None, **more):
        return self.house.send(
            hl7.order(
                "ORM-" + accession, hl7.pid(patient, name), accession, study_uid=uid or self.uid(accession), **more
            )
        )

    def report(self, accession, patient="P1", name="Doe^Jane", control="ORU-", **more):
        return self.house.send(hl7.report(control + accession, hl7.pid(patient, name), accession, **more))

    @staticmethod
    def uid(accession):
        return dicom.uid_of("study", accession)

    def study(self, accession, patient="P1", name="Doe^Jane", uid=None, images=3, **more):
        """The files of a CT study that carries the ordered UID."""
        return dicom.make_study(
            self.folder / accession,
            uid or self.uid(accession),
            images=images,
            patient_id=patient,
            patient_name=name,
            **more,
        )

    def request(self, accession):
        found = self.house.search("/ServiceRequest?identifier=" + accession)
        self.assertEqual(len(found), 1, found)
        return found[0]

    def imaging_studies(self, accession):
        return self.house.search("/ImagingStudy?basedon=ServiceRequest/" + self.request(accession)["id"])

    def reports_of(self, study):
        return self.house.search("/DiagnosticReport?imagingStudy=ImagingStudy/" + study["id"])

    def whole(self, accession, images):
        """Order, available study and linked final report, seen by FHIR."""
        studies = self.imaging_studies(accession)
        self.assertEqual(len(studies), 1)
        study = studies[0]
        self.assertEqual(study["status"], "available")
        self.assertEqual(study["numberOfInstances"], images)
        self.assertEqual(sum(s["numberOfInstances"] for s in study["series"]), images)
        reports = self.reports_of(study)
        self.assertEqual([r["status"] for r in reports], ["final"])
        self.assertIn(
            "ServiceRequest/" + self.request(accession)["id"], [b["reference"] for b in reports[0]["basedOn"]]
        )
        return study, reports[0]


class Story(Told):
    def test_1_the_story(self):
        house = self.house
        self.assertAck(self.order("A1"), "AA")
        step = house.peer("CT1").worklist(AccessionNumber="A1")
        self.assertEqual(len(step), 1)
        self.assertEqual(step[0]["StudyInstanceUID"], self.uid("A1"))
        self.assertEqual(step[0]["PatientName"], "Doe^Jane")
        self.assertEqual(self.imaging_studies("A1")[0]["status"], "registered")
        house.store(*self.study("A1"))
        self.assertAck(self.report("A1"), "AA")
        study, report = self.whole("A1", 3)
        self.assertEqual(report["code"]["coding"][0]["code"], "CTHEAD")
        self.assertEqual(len(report["presentedForm"]), 1)
        answers, _ = house.peer().find(
            ["QueryRetrieveLevel=STUDY", "StudyInstanceUID=" + self.uid("A1"), "NumberOfStudyRelatedInstances"],
            model="-S",
        )
        self.assertEqual([a["NumberOfStudyRelatedInstances"] for a in answers], ["3"])
        web = house.http("GET", "/dicom-web/studies?StudyInstanceUID=" + self.uid("A1"))
        self.assertStatus(web, 200)
        self.assertEqual(len(web.json), 1)

    def test_2_the_trail_of_it_all(self):
        kinds = [e["kind"] for e in self.house.audit_events()]
        for kind in (
            "SERVER_START",
            "ORDER_CREATE",
            "WORKLIST_QUERY",
            "INSTANCE_STORE",
            "REPORT_CREATE",
            "RESOURCE_SEARCH",
            "STUDY_QUERY",
        ):
            self.assertIn(kind, kinds)
        self.assertEqual(kinds.count("INSTANCE_STORE"), 3)
        houses.wait_for(
            "every event sealed",
            lambda: self.house.sql(
                "SELECT count(*) FROM audit_event e"
                " WHERE NOT EXISTS (SELECT 1 FROM audit_seal s WHERE s.event_id = e.id)"
            )[0][0]
            == "0",
        )
        done = self.house.audit_verify()
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_3_images_before_the_order(self):
        self.house.store(*self.study("A3", patient="P3"))
        found = self.house.search("/ImagingStudy?identifier=urn:dicom:uid|urn:oid:" + self.uid("A3"))
        self.assertEqual([s["status"] for s in found], ["available"])
        self.assertNotIn("basedOn", found[0])
        self.assertAck(self.order("A3", patient="P3"), "AA")
        self.assertAck(self.report("A3", patient="P3"), "AA")
        study, _ = self.whole("A3", 3)
        self.assertEqual(study["id"], found[0]["id"])

    def test_4_report_before_the_images(self):
        self.assertAck(self.report("A4", patient="P4"), "AA")
        waiting = self.house.http("GET", "/admin/api/reports").json["items"]
        self.assertEqual([r["link"]["state"] for r in waiting if r["accession"] == "A4"], ["waiting"])
        self.assertAck(self.order("A4", patient="P4"), "AA")
        self.house.store(*self.study("A4", patient="P4"))
        self.whole("A4", 3)

    def test_5_report_then_images_without_order_by_study_uid(self):
        ack = self.report("A5", patient="P5", study_uid=self.uid("A5"))
        self.assertAck(ack, "AA")
        self.house.store(*self.study("A5", patient="P5", issuer="CLINIC"))
        study = self.house.search("/ImagingStudy?identifier=urn:oid:" + self.uid("A5"))[0]
        self.assertEqual(len(self.reports_of(study)), 1)

    def test_6_wrong_patient_is_held(self):
        self.assertAck(self.order("A6", patient="P6", name="Right^Rita"), "AA")
        self.house.store(*self.study("A6", patient="P7", name="Wrong^Willy"))
        self.assertAck(self.report("A6", patient="P7", name="Wrong^Willy"), "AA")
        ordered = self.imaging_studies("A6")
        self.assertEqual([s["status"] for s in ordered], ["registered"])
        self.assertNotIn("series", ordered[0])
        self.assertEqual(self.reports_of(ordered[0]), [])
        studies = self.house.http("GET", "/admin/api/studies").json["items"]
        self.assertEqual([s["link"]["state"] for s in studies if s["studyUid"] == self.uid("A6")], ["held"])
        reports = self.house.http("GET", "/admin/api/reports").json["items"]
        self.assertEqual([r["link"]["state"] for r in reports if r["accession"] == "A6"], ["held"])

    def test_7_a_bad_second_group_stores_nothing(self):
        good = hl7.order("ORM-BAD", hl7.pid("P8", "Doe^Joe"), "A8", study_uid=self.uid("A8")).decode()
        bad = good.split("\r")
        second = [s for s in bad if s[:3] in ("ORC", "OBR")]
        second = [s.replace("A8", "THIS-ACCESSION-IS-TOO-LONG") for s in second]
        ack = self.house.send(("\r".join(bad[:-1] + second) + "\r").encode())
        self.assertAck(ack, "AE")
        self.assertEqual(ack.location, "OBR^2^18")
        self.assertIn(ack.condition, ("101", "102"))
        self.assertEqual(self.house.search("/ServiceRequest?identifier=A8"), [])
        self.assertEqual(self.house.search("/Patient?identifier=P8"), [])
        self.assertEqual(self.house.peer().worklist(AccessionNumber="A8"), [])
        kept = self.house.http("GET", "/admin/api/messages").json["items"]
        self.assertEqual([m["ackCode"] for m in kept if m["controlId"] == "ORM-BAD"], ["AE"])

    def test_8_a_resent_message_gets_its_acknowledgement_again(self):
        message = hl7.order("ORM-TWICE", hl7.pid("P9", "Doe^Ann"), "A9", study_uid=self.uid("A9"))
        first, second = self.house.send(message), self.house.send(message)
        self.assertAck(first, "AA")
        self.assertEqual(first.raw, second.raw)
        self.assertEqual(len(self.house.search("/ServiceRequest?identifier=A9")), 1)
        self.assertEqual(len(self.house.audit_events("MESSAGE_REPLAY")), 1)

    def test_9_cancel_change_discontinue(self):
        self.assertAck(self.order("A10", patient="P10"), "AA")
        changed = hl7.order(
            "XO-A10", hl7.pid("P10", "Doe^Jane"), "A10", study_uid=self.uid("A10"), control="XO", station="CT2"
        )
        self.assertAck(self.house.send(changed), "AA")
        step = self.house.peer().worklist(AccessionNumber="A10")
        self.assertEqual([s["ScheduledProcedureStepSequence.ScheduledStationAETitle"] for s in step], ["CT2"])
        cancel = hl7.order(
            "CA-A10", hl7.pid("P10", "Doe^Jane"), "A10", study_uid=self.uid("A10"), control="CA", status="CA"
        )
        self.assertAck(self.house.send(cancel), "AA")
        self.assertEqual(self.house.peer().worklist(AccessionNumber="A10"), [])
        self.assertEqual(self.request("A10")["status"], "revoked")
        self.assertAck(self.order("A11", patient="P10"), "AA")
        stop = hl7.order(
            "DC-A11", hl7.pid("P10", "Doe^Jane"), "A11", study_uid=self.uid("A11"), control="DC", status="DC"
        )
        self.assertAck(self.house.send(stop), "AA")
        self.assertEqual(self.request("A11")["status"], "revoked")


ELSEWHERE = {  # no order, image or report comes by: these stories kill the server there
    "reindex.batch",  # 19_fhir_find
    "hl7.out.answered",  # 32_hl7_out_faults
    "hl7.drop.before_move",  # 34_hl7_ack
    "commit.before_response",  # 53_dicom_commitment
    "dicom.out.answered",  # 54_dicom_peers
    "correction.put",  # 57_dicom_correct
    "correction.undo",
    "rejection.hidden",  # 61_dicom_reject
}


def failpoints():
    """Every failpoint of the sources that the story passes."""
    found = set()
    for folder in ("server", "hl7", "fhir", "dicom"):
        for path in (TREE / folder).rglob("*.c"):
            found.update(re.findall(r'failpoint\("([a-z0-9_.]+)"\)', path.read_text()))
    return sorted(found - ELSEWHERE)


class Killed(Told):
    """SIGKILL between receive and acknowledge. What was acknowledged is there, nothing is half, and it goes on."""

    def attempt(self, n):
        """One order, two images, one report; which of them were acknowledged."""
        accession = "K%d" % n
        got = {"order": False, "images": 0, "report": False}
        try:
            got["order"] = self.order(accession, patient="K%d" % n).code == "AA"
            for path in self.study(accession, patient="K%d" % n, images=2):
                done = self.house.peer().store(path)
                got["images"] += done.returncode == 0 and "Received Store Response (Success)" in done.stdout
            got["report"] = self.report(accession, patient="K%d" % n).code == "AA"
            self.house.fhir("GET", "/ServiceRequest?identifier=" + accession)  # reads pass failpoints of their own
        except (OSError, EOFError, AssertionError):
            pass
        return got

    def check_whole(self, n, got):
        """Acknowledged means stored; what is stored is whole on every side."""
        accession, sql = "K%d" % n, self.house.sql
        requests = self.house.search("/ServiceRequest?identifier=" + accession)
        steps = self.house.peer().worklist(AccessionNumber=accession)
        self.assertGreaterEqual(len(requests), 1 if got["order"] else 0)
        self.assertEqual(len(requests), len(steps), "an order has its worklist step, a step its order")
        instances = sql(
            "SELECT i.sop_uid, i.file, i.size FROM instance i JOIN series e USING (series_key) JOIN study s"
            " USING (study_key) WHERE s.study_uid = '%s'" % self.uid(accession)
        )
        self.assertGreaterEqual(len(instances), got["images"])
        for _, name, size in instances:
            path = self.house.root / "files" / name
            self.assertTrue(path.exists(), "a row without its file")
            self.assertGreaterEqual(path.stat().st_size, int(size))
        counts = sql("SELECT instance_count FROM study WHERE study_uid = '%s'" % self.uid(accession))
        self.assertEqual([int(c[0]) for c in counts], [len(instances)] if instances else [])
        reports = sql(
            "SELECT r.content FROM report_link l JOIN resource r ON r.rid = l.report_rid"
            " WHERE l.accession_number = '%s'" % accession
        )
        self.assertGreaterEqual(len(reports), 1 if got["report"] else 0)
        messages = sql(
            "SELECT count(*) FROM message WHERE outcome = 'accepted' AND control_id IN ('ORM-%s', 'ORU-%s')"
            % (accession, accession)
        )
        self.assertEqual(
            int(messages[0][0]), len(requests) + len(reports), "a message without its effect, or the reverse"
        )
        events = [
            e
            for e in self.house.audit_events("INSTANCE_STORE")
            if e["outcome"] == 0 and e.get("study") == self.uid(accession)
        ]
        self.assertGreaterEqual(len(events), len(instances))

    def armed(self, name, action):
        """The server up, its failpoint counting from now on."""
        arm = self.house.root / "armed"
        arm.unlink(missing_ok=True)
        self.house.restart(failpoint="%s=%s:1@%s" % (name, action, arm))
        arm.touch()

    def wait_for_the_blow(self):
        """A kill failpoint ends the server at the latest when the sealer passes it."""
        try:
            self.house.wait_dead(3)
        except AssertionError:
            self.fail("the failpoint was not passed")

    def test_killed_at_every_failpoint(self):
        names = failpoints()
        self.assertGreater(len(names), 8)
        for n, name in enumerate(names):
            with self.subTest(name):
                self.armed(name, "kill")
                got = self.attempt(n)
                self.wait_for_the_blow()
                self.house.restart()
                self.check_whole(n, got)
                again = self.attempt(n)
                self.assertEqual(again, {"order": True, "images": 2, "report": True}, "after the restart all goes on")
                self.whole("K%d" % n, 2)
        done = self.house.audit_verify()
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_failing_at_every_failpoint(self):
        """The same places fail instead of dying: no false acknowledgement, no half state, and the server lives."""
        for n, name in enumerate(failpoints(), 100):
            with self.subTest(name):
                self.armed(name, "fail")
                got = self.attempt(n)
                self.assertTrue(self.house.alive())
                self.check_whole(n, got)
                self.house.restart()
                self.check_whole(n, got)
                self.assertEqual(self.attempt(n), {"order": True, "images": 2, "report": True})


if __name__ == "__main__":
    story.main()
