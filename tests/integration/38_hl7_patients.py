"""Patients, visits and allergies told by ADT: what scanners and FHIR see of them in the same commit, and the stories of
patients who were not who they seemed (IHE PIR)."""

import pathlib
import sys

TREE = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(TREE / "tests" / "support"))

import dicom  # noqa: E402
import hl7  # noqa: E402
import story  # noqa: E402


class Patients(story.Documents):
    count = 0

    def send(self, trigger, *segments, code="AA", when=None):
        Patients.count += 1
        fields = {"f7": when} if when else {}
        ack = self.house.send(hl7.message(hl7.msh(trigger, "P%d" % self.count, **fields), "EVN|x", *segments))
        self.assertAck(ack, code)
        return ack

    def order(self, accession, patient, name="Doe^Jane", visit="", uid=None, **more):
        content = hl7.order(
            "O-%s-%s" % (accession, more.get("control", "NW")),
            hl7.pid(patient, name),
            accession,
            study_uid=uid or dicom.uid_of("pir", accession),
            **more
        )
        if visit:
            content = content.replace(b"PV1|1|O||||||", b"PV1|1|O||||||", 1).replace(
                b"1234^Weber^Clara\rORC", b"1234^Weber^Clara|||||||||||%s\rORC" % visit.encode(), 1
            )
        ack = self.house.send(content)
        self.assertAck(ack, "AA")
        return ack

    def steps(self, **keys):
        return self.house.peer("CT1").worklist(**{"CurrentPatientLocation": "", "Allergies": "", **keys})

    def images(self, accession, patient, name="Doe^Jane"):
        uid = dicom.uid_of("pir", accession)
        self.house.store(
            *dicom.make_study(
                self.folder / ("%s-%s" % (accession, patient)), uid, patient_id=patient, patient_name=name
            )
        )
        return self.house.search("/ImagingStudy?identifier=urn:oid:" + uid)

    def visit(self, patient):
        return self.house.search("/Encounter?subject:Patient.identifier=" + patient)

    def test_1_a_visit_shows_on_the_worklist(self):
        self.order("PA1", "PP1", visit="V1")
        self.send("ADT^A01", hl7.pid("PP1", "Doe^Jane"), "PV1|1|I|W1^2^B||||||||||||||||V1")
        self.assertEqual(self.steps(PatientID="PP1")[0]["CurrentPatientLocation"], "W1 2 B")
        visit = self.visit("PP1")[0]
        visit["location"] = [{"location": {"display": "THEATRE"}, "status": "active"}]
        self.put(visit)  # by FHIR it shows as well
        self.assertEqual(self.steps(PatientID="PP1")[0]["CurrentPatientLocation"], "THEATRE")

    def test_2_what_fhir_says_of_allergies_shows_too(self):
        self.order("PA2", "PP2")
        patient = self.house.search("/Patient?identifier=PP2")[0]
        allergy = self.make(
            {
                "resourceType": "AllergyIntolerance",
                "patient": {"reference": "Patient/" + patient["id"]},
                "code": {"text": "Gadolinium"},
                "clinicalStatus": {
                    "coding": [
                        {
                            "system": "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical",
                            "code": "active",
                        }
                    ]
                },
            }
        )
        self.assertEqual(self.steps(PatientID="PP2")[0]["Allergies"], "Gadolinium")
        self.send("ADT^A60", hl7.pid("PP2", "Doe^Jane"), "IAM|1|DA|^Gadolinium||| D".replace(" ", ""))
        self.assertEqual(self.steps(PatientID="PP2")[0]["Allergies"], "")
        self.assertEqual(
            self.read("AllergyIntolerance/" + allergy["id"])["clinicalStatus"]["coding"][0]["code"], "inactive"
        )

    def test_3_a_visit_with_images_stays(self):
        self.order("PA3", "PP3", visit="V3")
        self.images("PA3", "PP3")
        refused = self.send(
            "ADT^A45", hl7.pid("PP4", "Right^Rita"), "MRG|PP3^^^CLINIC||||V3", "PV1|1|O|||||||||||||||||V3", code="AE"
        )
        self.assertIn("visit-bound", refused.text)
        self.assertEqual(len(self.steps(PatientID="PP3")), 1)
        self.assertEqual(self.house.search("/Patient?identifier=PP4"), [])

    def test_4_unidentified_patient(self):
        """PIR: ordered and scanned under a temporary number, identified later by a merge."""
        self.order("PA5", "TEMP5", name="Unknown^Man")
        self.images("PA5", "TEMP5", name="Unknown^Man")
        self.send("ADT^A28", hl7.pid("PP5", "Real^Rolf"))
        self.send("ADT^A40^ADT_A39", hl7.pid("PP5", "Real^Rolf"), "MRG|TEMP5^^^CLINIC")
        self.assertEqual(self.steps(PatientID="PP5")[0]["PatientName"], "Real^Rolf")
        study = self.house.search("/ImagingStudy?subject:Patient.identifier=PP5")
        self.assertEqual([s["status"] for s in study], ["available"])
        found, _ = self.house.peer().find(["QueryRetrieveLevel=STUDY", "PatientID=PP5", "PatientName"], model="-S")
        self.assertEqual([f["PatientName"] for f in found], ["Real^Rolf"])
        # what comes late under the temporary number finds the survivor
        self.assertAck(self.house.send(hl7.report("R-PA5", hl7.pid("TEMP5", "Unknown^Man"), "PA5")), "AA")
        self.assertEqual(len(self.house.search("/DiagnosticReport?subject:Patient.identifier=PP5")), 1)

    def test_5_temporary_name_corrected_by_update(self):
        """PIR: the same number, the name is learnt later (A08)."""
        self.order("PA6", "PP6", name="Doe^John")
        self.send("ADT^A08", hl7.pid("PP6", "Nordmann^Ola"))
        self.assertEqual(self.steps(PatientID="PP6")[0]["PatientName"], "Nordmann^Ola")

    def test_5b_an_older_message_comes_later(self):
        """Recorded, not applied: of a patient (A08) and of an appointment (S13)."""
        name = lambda: self.steps(PatientID="PP66")[0]["PatientName"]  # noqa: E731
        self.order("PA66", "PP66", name="First^Jane")
        self.send("ADT^A08", hl7.pid("PP66", "Third^Jane"), when="20400101120000")
        older = self.send("ADT^A08", hl7.pid("PP66", "Second^Jane"), when="20400101110000")
        self.assertEqual(name(), "Third^Jane")
        self.assertIn("older", str(self.house.sql("SELECT warnings FROM message ORDER BY message_id DESC LIMIT 1")))
        self.assertEqual(older.code, "AA")
        self.send("ADT^A08", hl7.pid("PP66", "Third^Jane"), when="20400101140000")  # says nothing new, but later
        self.send("ADT^A08", hl7.pid("PP66", "Second^Jane"), when="20400101130000")
        self.assertEqual(name(), "Third^Jane")
        self.send("ADT^A08", hl7.pid("PP66", "Fourth^Jane"), when="20400101150000")
        self.assertEqual(name(), "Fourth^Jane")
        for when, start in (("12", "20401124080000"), ("11", "20401125080000")):
            sch = hl7.segment("SCH", {1: "AP-66", 2: "AF-66", 11: "^^20^" + start, 26: "P-PA66^RIS", 27: "F-PA66^RIS"})
            segments = (sch, hl7.pid("PP66", "Fourth^Jane"), "RGS|1", "AIS|1||CT^CT")
            self.send("SIU^S13^SIU_S12", *segments, when="20400101%s0000" % when)
        due = self.steps(PatientID="PP66")[0]
        self.assertEqual(due["ScheduledProcedureStepSequence.ScheduledProcedureStepStartDate"], "20401124")

    def test_6_images_first_order_later(self):
        """PIR: an emergency is scanned without an order; the order that is made afterwards carries the study's UID."""
        study = self.images("PA7", "PP7", name="Emer^Gency")
        self.assertNotIn("basedOn", study[0])
        self.order("PA7", "PP7", name="Emer^Gency", status="CM")
        after = self.house.search("/ImagingStudy?identifier=urn:oid:" + dicom.uid_of("pir", "PA7"))
        self.assertEqual([s["id"] for s in after], [study[0]["id"]])
        self.assertTrue(after[0]["basedOn"])
        self.assertEqual(self.steps(PatientID="PP7"), [])  # nothing is left to scan

    def test_7_wrong_order_chosen(self):
        """PIR: the technologist picked another patient's step: held until the right order names the study."""
        self.order("PA8", "PP8", name="Right^Rita")
        held = self.images("PA8", "PP9", name="Wrong^Willy")
        states = {s["studyUid"]: s["link"]["state"] for s in self.house.http("GET", "/admin/api/studies").json["items"]}
        self.assertEqual(states[dicom.uid_of("pir", "PA8")], "held")
        self.assertEqual(sorted(s["status"] for s in held), ["available", "registered"])
        self.assertEqual(len(self.steps(PatientID="PP8")), 1)  # the patient named is still to be scanned

    def test_8_merge_and_back(self):
        self.order("PA10", "PP10", name="One^Ann")
        self.order("PA11", "PP11", name="One^Anne")
        self.send("ADT^A40^ADT_A39", hl7.pid("PP10", "One^Ann"), "MRG|PP11^^^CLINIC")
        self.assertEqual(len(self.steps(PatientID="PP10")), 2)
        gone = [p for p in self.house.search("/Patient?identifier=PP11") if p.get("active") is False]
        self.assertEqual(len(gone), 1)
        answer = self.house.fhir("POST", "/Patient/%s/$unmerge" % gone[0]["id"], {"resourceType": "Parameters"})
        self.assertStatus(answer, 200)
        self.assertEqual([s["AccessionNumber"] for s in self.steps(PatientID="PP11")], ["PA11"])


story.main()
