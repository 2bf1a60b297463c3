"""Radiology by FHIR: documents obey the rules HL7 messages obey, and each refusal names its rule."""

import pathlib
import sys

TREE = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(TREE / "tests" / "support"))

import dicom  # noqa: E402
import hl7  # noqa: E402
import story  # noqa: E402

V2 = "http://terminology.hl7.org/CodeSystem/v2-0203"
ACSN = {"coding": [{"system": V2, "code": "ACSN"}]}


class Radiology(story.Documents):
    options = {"site.timezone": "Africa/Johannesburg"}

    def assertBreaks(self, resource, rule, status=422):
        """The write is refused, and the outcome's details carry the rule's name."""
        kind, identity = resource["resourceType"], resource.get("id")
        method, path = ("PUT", "/%s/%s" % (kind, identity)) if identity else ("POST", "/" + kind)
        answer = self.house.fhir(method, path, resource)
        self.assertStatus(answer, status)
        coding = answer.json["issue"][0]["details"]["coding"][0]
        self.assertEqual((coding["system"], coding["code"]), ("urn:isocentre:rule", rule))

    def steps(self, accession):
        return self.house.peer().worklist(AccessionNumber=accession)

    def patient(self, value):
        return self.make(
            {
                "resourceType": "Patient",
                "identifier": [{"system": "urn:oid:1.9.9", "value": value}],
                "name": [{"family": "Rule", "given": [value]}],
            }
        )

    def order(self, patient, accession, **more):
        return self.make(
            {
                "resourceType": "ServiceRequest",
                "status": "active",
                "intent": "order",
                "identifier": [{"type": ACSN, "value": accession}],
                "subject": {"reference": "Patient/" + patient["id"]},
                "code": {"text": "CT head"},
                **more,
            }
        )

    def task(self, patient, order, **more):
        return self.make(
            {
                "resourceType": "Task",
                "status": "requested",
                "intent": "plan",
                "basedOn": [{"reference": "ServiceRequest/" + order["id"]}],
                "for": {"reference": "Patient/" + patient["id"]},
                "input": [{"type": {"text": "modality"}, "valueCoding": {"code": "CT"}}],
                **more,
            }
        )

    def ordered(self, accession):
        patient = self.patient("R-" + accession)
        order = self.order(patient, accession)
        return patient, order, self.task(patient, order)

    def test_1_steps_and_orders_move_together(self):
        _, order, task = self.ordered("RA1")
        order["status"] = "on-hold"
        order = self.put(order)
        self.assertEqual(self.read("Task/" + task["id"])["status"], "on-hold")
        self.assertEqual(self.steps("RA1"), [])
        order["status"] = "active"
        order = self.put(order)
        self.assertEqual(len(self.steps("RA1")), 1)
        self.assertBreaks({**order, "status": "completed"}, "order-steps")
        task = self.read("Task/" + task["id"])
        self.put({**task, "status": "in-progress", "businessStatus": {"text": "STARTED"}})
        self.assertBreaks({**order, "status": "revoked"}, "step-transition")
        task = self.read("Task/" + task["id"])
        self.assertBreaks({**task, "status": "cancelled"}, "step-transition")
        self.put({**task, "status": "completed"})
        order = self.read("ServiceRequest/" + order["id"])
        self.assertEqual(order["status"], "completed")
        self.assertBreaks({**order, "status": "draft"}, "order-transition")
        self.assertBreaks({**order, "status": "active"}, "order-steps")

    def test_2_a_revoked_order_leaves_the_worklist(self):
        _, order, task = self.ordered("RA2")
        self.assertEqual(len(self.steps("RA2")), 1)
        self.put({**order, "status": "revoked"})
        self.assertEqual(self.steps("RA2"), [])
        self.assertEqual(self.read("Task/" + task["id"])["status"], "cancelled")

    def test_3_identity(self):
        patient, order, task = self.ordered("RA3")
        other = self.patient("R-OTHER")
        subject = {"reference": "Patient/" + other["id"]}
        self.assertBreaks({**order, "subject": subject}, "order-patient")
        self.assertBreaks({**task, "for": subject}, "step-patient")
        long = [{"type": ACSN, "value": "12345678901234567"}]
        self.assertBreaks({**order, "identifier": long}, "identifier-length")
        again = {**order, "identifier": [{"type": ACSN, "value": "RA3"}], "subject": subject}
        again.pop("id")
        self.assertBreaks(again, "accession-patient")
        taken = {**other, "identifier": patient["identifier"]}
        self.assertBreaks(taken, "patient-identifier", 409)
        ack = self.house.send(hl7.order("RI3", hl7.pid("R-HL7", "Other^One"), "RA3", study_uid=dicom.uid_of("RA3")))
        self.assertAck(ack, "AE")
        self.assertEqual(ack.find("ERR")[5], "accession-patient")
        renamed = self.put({**order, "identifier": [{"type": ACSN, "value": "RA3B"}]})
        self.assertEqual(renamed["identifier"][0]["value"], "RA3B")
        self.assertEqual((len(self.steps("RA3")), len(self.steps("RA3B"))), (0, 1))

    def test_4_reports(self):
        patient, order, _ = self.ordered("RA4")
        other = self.patient("R-OTHER4")
        report = self.make(
            {
                "resourceType": "DiagnosticReport",
                "status": "final",
                "code": {"text": "CT head"},
                "subject": {"reference": "Patient/" + patient["id"]},
                "basedOn": [{"reference": "ServiceRequest/" + order["id"]}],
            }
        )
        report = self.read("DiagnosticReport/" + report["id"])
        self.assertBreaks({**report, "status": "preliminary"}, "report-transition")
        self.assertBreaks({**report, "subject": {"reference": "Patient/" + other["id"]}}, "report-patient")
        report = self.put({**report, "status": "corrected"})
        report = self.put({**report, "status": "entered-in-error"})
        self.assertBreaks({**report, "status": "final"}, "report-transition")

    def test_5_studies_keep_uid_and_patient(self):
        patient, order, _ = self.ordered("RA5")
        uid = self.steps("RA5")[0]["StudyInstanceUID"]
        self.house.store(*dicom.make_study(self.folder / "ra5", uid, patient_id="R-RA5", issuer=""))
        study = self.house.search("/ImagingStudy?basedon=ServiceRequest/" + order["id"])[0]
        other = self.patient("R-OTHER5")
        self.assertBreaks({**study, "subject": {"reference": "Patient/" + other["id"]}}, "study-patient")
        identifiers = study["identifier"]
        renamed = [{**i, "value": "urn:oid:1.2.3"} if "urn:oid" in i["value"] else i for i in identifiers]
        self.assertBreaks({**study, "identifier": renamed}, "study-uid-immutable")


if __name__ == "__main__":
    story.main()
