"""A change made in one language is visible in the other two: what FHIR writes shows in worklist and links, what HL7
corrects shows in FHIR and worklist."""

import pathlib
import sys

TREE = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(TREE / "tests" / "support"))

import dicom  # noqa: E402
import hl7  # noqa: E402
import story  # noqa: E402

ACSN = {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "ACSN"}]}


class Record(story.Documents):
    options = {"site.timezone": "Africa/Johannesburg"}

    def steps(self, accession):
        return self.house.peer().worklist(AccessionNumber=accession)

    def fhir_order(self, accession):
        patient = self.make(
            {
                "resourceType": "Patient",
                "identifier": [{"system": "urn:oid:1.9.9", "value": "F-" + accession}],
                "name": [{"family": "Fhir", "given": ["Fiona"]}],
                "birthDate": "1980-05-06",
                "gender": "female",
            }
        )
        order = self.make(
            {
                "resourceType": "ServiceRequest",
                "status": "active",
                "intent": "order",
                "identifier": [{"type": ACSN, "value": accession}],
                "subject": {"reference": "Patient/" + patient["id"]},
                "code": {"text": "MR knee"},
            }
        )
        task = self.make(
            {
                "resourceType": "Task",
                "status": "requested",
                "intent": "plan",
                "basedOn": [{"reference": "ServiceRequest/" + order["id"]}],
                "for": {"reference": "Patient/" + patient["id"]},
                "description": "MR knee left",
                "restriction": {"period": {"start": "2026-12-01T09:00:00+02:00"}},
                "owner": {"identifier": {"value": "MR1"}},
                "input": [{"type": {"text": "modality"}, "valueCoding": {"code": "MR"}}],
            }
        )
        return patient, order, task

    def test_1_a_fhir_order_is_a_worklist_step(self):
        patient, order, task = self.fhir_order("FA1")
        step = self.steps("FA1")
        self.assertEqual(len(step), 1)
        self.assertEqual(step[0]["PatientName"], "Fhir^Fiona")
        self.assertEqual(step[0]["ScheduledProcedureStepSequence.Modality"], "MR")
        self.assertEqual(step[0]["ScheduledProcedureStepSequence.ScheduledProcedureStepStartDate"], "20261201")
        self.assertEqual(step[0]["ScheduledProcedureStepSequence.ScheduledProcedureStepStartTime"], "090000")
        self.assertTrue(step[0]["StudyInstanceUID"].startswith("2.25."))
        self.assertEqual(step[0]["PatientID"], "F-FA1")
        for key in ("RequestedProcedureID", "ScheduledProcedureStepSequence.ScheduledProcedureStepID"):
            self.assertTrue(0 < len(step[0][key]) <= 16, key)  # type 1: a modality drops a step without
        self.house.store(
            *dicom.make_study(self.folder / "fa1", step[0]["StudyInstanceUID"], patient_id="F-FA1", issuer="")
        )
        studies = self.house.search("/ImagingStudy?basedon=ServiceRequest/" + order["id"])
        self.assertEqual([(s["status"], s["numberOfInstances"]) for s in studies], [("available", 3)])
        study = self.put({**studies[0], "note": [{"text": "compare with 2025"}]})
        self.assertEqual((study["numberOfInstances"], study["note"][0]["text"]), (3, "compare with 2025"))
        kept = self.house.sql("SELECT content FROM resource WHERE type = 'ImagingStudy' AND id = '%s'" % study["id"])
        self.assertNotIn('"series"', kept[0][0])  # what the archive tells is not copied
        report = self.make(
            {
                "resourceType": "DiagnosticReport",
                "status": "final",
                "code": {"text": "MR knee"},
                "subject": {"reference": "Patient/" + patient["id"]},
                "basedOn": [{"reference": "ServiceRequest/" + order["id"]}],
                "conclusion": "Fine.",
            }
        )
        linked = self.house.search("/DiagnosticReport?imagingStudy=ImagingStudy/" + studies[0]["id"])
        self.assertEqual([r["id"] for r in linked], [report["id"]])

    def test_2_a_put_on_task_shows_at_once(self):
        _, _, task = self.fhir_order("FA2")
        task["owner"] = {"identifier": {"value": "MR2"}}
        task = self.put(task)
        self.assertEqual(
            [s["ScheduledProcedureStepSequence.ScheduledStationAETitle"] for s in self.steps("FA2")], ["MR2"]
        )
        task["status"] = "cancelled"
        self.put(task)
        self.assertEqual(self.steps("FA2"), [])

    def test_3_rules_hold_for_fhir_too(self):
        _, _, task = self.fhir_order("FA3")
        task["status"] = "in-progress"
        task = self.put(task)
        task["status"] = "cancelled"
        answer = self.house.fhir("PUT", "/Task/" + task["id"], task)
        self.assertStatus(answer, 422)
        self.assertIn("step-transition", answer.text)

    def test_4_hl7_corrects_the_patient_everywhere(self):
        send = self.house.send
        self.assertAck(send(hl7.order("O4", hl7.pid("P4", "Wrong^Spelling"), "H4", study_uid=dicom.uid_of("H4"))), "AA")
        adt = hl7.message(
            hl7.msh("ADT^A08^ADT_A01", "A4"), "EVN|A08|" + hl7.now(), hl7.pid("P4", "Right^Spelling^^^Dr"), "PV1|1|O"
        )
        self.assertAck(send(adt), "AA")
        self.assertEqual([s["PatientName"] for s in self.steps("H4")], ["Right^Spelling^^Dr"])
        patient = self.house.search("/Patient?identifier=P4")
        self.assertEqual([p["name"][0]["family"] for p in patient], ["Right"])
        self.assertEqual(patient[0]["meta"]["versionId"], "2")
        history = self.house.fhir("GET", "/Patient/%s/_history" % patient[0]["id"])
        self.assertStatus(history, 200)
        self.assertEqual(history.json["total"], 2)

    def test_5_fhir_corrects_the_patient_everywhere(self):
        self.assertAck(
            self.house.send(hl7.order("O5", hl7.pid("P5", "Old^Name"), "H5", study_uid=dicom.uid_of("H5"))), "AA"
        )
        patient = self.house.search("/Patient?identifier=P5")[0]
        patient["name"][0]["family"] = "New"
        self.put(patient)
        self.assertEqual([s["PatientName"] for s in self.steps("H5")], ["New^Name"])

    def test_6_zones_and_precision(self):
        """A DTM without zone is the site's; what is asked in another zone finds it."""
        order = hl7.order("O6", hl7.pid("P6", "Zone^Zoe"), "H6", study_uid=dicom.uid_of("H6"), start="20261203083000")
        self.assertAck(self.house.send(order), "AA")
        task = self.house.search("/Task?identifier=S-H6")[0]
        self.assertEqual(task["restriction"]["period"]["start"], "2026-12-03T08:30:00+02:00")
        found = self.house.search("/Task?identifier=S-H6&period=ge2026-12-03T06:30:00Z&period=lt2026-12-03T06:31:00Z")
        self.assertEqual([t["id"] for t in found], [task["id"]])
        self.assertEqual(self.house.search("/Task?identifier=S-H6&period=lt2026-12-03T06:30:00Z"), [])
        step = self.steps("H6")[0]
        self.assertEqual(step["ScheduledProcedureStepSequence.ScheduledProcedureStepStartTime"], "083000")

    def test_7_versions_and_preconditions(self):
        fhir = self.house.fhir
        patient = self.make({"resourceType": "Patient", "name": [{"family": "Version"}]})
        address = "/Patient/" + patient["id"]
        read = fhir("GET", address)
        self.assertEqual(read.headers.get("etag"), 'W/"1"')
        self.assertEqual(fhir("GET", address, headers={"If-None-Match": 'W/"1"'}).status, 304)
        patient["active"] = True
        self.assertStatus(fhir("PUT", address, patient, {"If-Match": 'W/"7"'}), 412)
        self.assertStatus(fhir("PUT", address, patient, {"If-Match": 'W/"1"'}), 200)
        self.assertEqual(fhir("GET", address + "/_history/1").json.get("active"), None)
        self.assertEqual(fhir("GET", address + "/_history/2").json["active"], True)
        self.assertStatus(fhir("DELETE", address), 204)
        self.assertStatus(fhir("GET", address), 410)
        self.assertStatus(fhir("DELETE", address), 204)
        xml = self.house.http("GET", "/fhir/metadata", headers={"Accept": "application/fhir+xml"})
        self.assertStatus(xml, 200)
        self.assertIn("<CapabilityStatement", xml.text)

    def test_8_pdf_report(self):
        import base64

        pdf = b"%PDF-1.4 test \x00\xff end"
        message = hl7.report("R8", hl7.pid("P8", "Pdf^Paul"), "H8").decode().rstrip("\r").split("\r")
        message.append("OBX|9|ED|PDF^Report^L||^Application^PDF^Base64^%s||||||F" % base64.b64encode(pdf).decode())
        self.assertAck(self.house.send(("\r".join(message) + "\r").encode()), "AA")
        report = self.house.search("/DiagnosticReport?identifier=F-H8")[0]
        form = [f for f in report["presentedForm"] if f["contentType"] == "application/pdf"][0]
        answer = self.house.http("GET", "/fhir/" + form["url"], headers={"Accept": "application/pdf"})
        self.assertStatus(answer, 200)
        self.assertEqual(answer.body, pdf)

    def test_9_report_versions(self):
        for control, status, text, due in (
            ("V1", "P", "Maybe.", "preliminary"),
            ("V2", "F", "Sure.", "final"),
            ("V3", "C", "Corrected.", "corrected"),
            ("V4", "P", "Back?", "corrected"),
        ):
            self.assertAck(
                self.house.send(hl7.report(control, hl7.pid("P9", "Ver^Vera"), "H9", status=status, lines=(text,))),
                "AA",
            )
            reports = self.house.search("/DiagnosticReport?identifier=F-H9")
            self.assertEqual([r["status"] for r in reports], [due], control)


if __name__ == "__main__":
    story.main()
