"""What turns out to have been wrong, and is put right: a number that changed, records that are one person's or are
not, images taken under another order's step, an appointment or a report that came before its order. Seen by the
scanner, in FHIR and by who is told; and taken back where it can be."""

import pathlib
import sys

TREE = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(TREE / "tests" / "support"))

import dicom  # noqa: E402
import hl7  # noqa: E402
import house as houses  # noqa: E402
import receiver  # noqa: E402
import story  # noqa: E402

STEP = "ScheduledProcedureStepSequence.ScheduledProcedureStep"


class Corrections(receiver.Story):
    # /admin/api/studies/{uid}/unlink, /admin/api/studies/{uid}/link and /admin/api/studies/{uid}/relink: decide()
    count = 0

    def send(self, trigger, *segments, code="AA"):
        Corrections.count += 1
        ack = self.house.send(hl7.message(hl7.msh(trigger, "C%d" % self.count), *segments))
        self.assertAck(ack, code)
        return ack

    def adt(self, trigger, *segments, code="AA"):
        return self.send(trigger, "EVN||" + hl7.now(), *segments, code=code)

    def ordered(self, accession, patient, name="Doe^Jane", code="AA", uid=None, **more):
        Corrections.count += 1
        content = hl7.order(
            "CO%d" % self.count,
            hl7.pid(patient, name),
            accession,
            study_uid=uid or dicom.uid_of("corr", accession),
            **more
        )
        ack = self.house.send(content)
        self.assertAck(ack, code)
        return ack

    def reported(self, accession, patient, name="Doe^Jane", **more):
        Corrections.count += 1
        content = hl7.report("CR%d" % self.count, hl7.pid(patient, name), accession, **more)
        self.assertAck(self.house.send(content), "AA")
        return self.house.search("/DiagnosticReport?identifier=F-" + accession)[0]

    def images(self, accession, patient, name="Doe^Jane", number=""):
        """Under the step of this order."""
        uid = dicom.uid_of("corr", accession)
        folder = self.folder / ("%s-%s" % (accession, patient))
        self.house.store(
            *dicom.make_study(folder, uid, patient_id=patient, patient_name=name, accession=number or accession)
        )
        return uid

    def steps(self, **keys):
        return self.house.peer("CT1").worklist(**keys)

    def request(self, accession):
        return "ServiceRequest/" + self.house.search("/ServiceRequest?identifier=" + accession)[0]["id"]

    def state(self, accession):
        """Of the order's only step."""
        return self.task(accession)["businessStatus"]["text"]

    def study(self, uid):
        found = self.house.search("/ImagingStudy?identifier=urn:oid:" + uid)
        self.assertEqual(len(found), 1, found)
        return found[0]

    def orders_of(self, uid):
        """The orders, not procedures, that a study is based on."""
        orders = {self.request(a): a for a in self.accessions}
        return [orders[r["reference"]] for r in self.study(uid).get("basedOn", []) if r["reference"] in orders]

    def decide(self, uid, what, status=200):
        answer = self.house.http("POST", "/admin/api/studies/%s/%s" % (uid, what))
        self.assertStatus(answer, status)
        return answer

    def patients(self, number):
        return self.house.search("/Patient?identifier=" + number)

    # ---- numbers ----

    def test_01_a_number_that_changed_leads_to_the_patient(self):
        self.ordered("CA1", "CP1", "Old^Number")
        self.adt("ADT^A47^ADT_A30", hl7.pid("CP1N", "Old^Number"), "MRG|CP1^^^CLINIC")
        self.ordered("CA2", "CP1", "Wrong^Name")  # who does not know the new number yet
        self.assertEqual({s["AccessionNumber"] for s in self.steps(PatientID="CP1N")}, {"CA1", "CA2"})
        self.assertEqual({s["PatientName"] for s in self.steps(PatientID="CP1N")}, {"Old^Number"})
        self.assertEqual(self.steps(PatientID="CP1"), [])
        self.assertEqual(len(self.patients("CP1")), 1)
        self.images("CA1", "CP1", "Old^Number")
        self.assertEqual(len(self.house.search("/ImagingStudy?subject:Patient.identifier=CP1N&status=available")), 1)
        # and back, and once more
        self.adt("ADT^A47^ADT_A30", hl7.pid("CP1", "Old^Number"), "MRG|CP1N^^^CLINIC")
        self.adt("ADT^A47^ADT_A30", hl7.pid("CP1", "Old^Number"), "MRG|CP1N^^^CLINIC")
        self.assertEqual(len(self.steps(PatientID="CP1")), 2)
        numbers = [(i["use"], i["value"]) for i in self.patients("CP1N")[0]["identifier"]]
        self.assertEqual(sorted(numbers), [("old", "CP1N"), ("usual", "CP1")])
        # a former number can be given to somebody else
        self.adt("ADT^A47^ADT_A30", hl7.pid("CP9", "Other^One"), "MRG|CP9X^^^CLINIC")
        self.adt("ADT^A47^ADT_A30", hl7.pid("CP1N", "Other^One"), "MRG|CP9^^^CLINIC")
        self.ordered("CA3", "CP1N", "Other^One")
        self.assertEqual([s["PatientName"] for s in self.steps(PatientID="CP1N")], ["Other^One"])
        refused = self.adt("ADT^A47^ADT_A30", hl7.pid("CP8", "Other^One"), "MRG|CP9^^^CLINIC", code="AE")
        self.assertEqual((refused.location, "patient-identifier" in refused.text), ("MRG^1^1", True))

    def test_02_who_uses_another_number_does_not_take_the_usual_one(self):
        both = hl7.pid("CP2", "Two^Tess").replace("CP2^^^CLINIC^MR", "CP2^^^CLINIC^MR~H2^^^HOSPITAL^MR")
        self.adt("ADT^A28", both)
        self.adt("ADT^A31", hl7.pid("H2", "Two^Tessa", authority="HOSPITAL"))
        found = self.patients("CP2")[0]
        self.assertEqual(found["name"][0]["given"], ["Tessa"])
        numbers = {i["value"]: i["use"] for i in found["identifier"]}
        self.assertEqual(numbers, {"CP2": "usual", "H2": "secondary"})

    def test_02b_a_further_number_of_another_patient_is_left_out(self):
        def with_national(number):
            return hl7.pid(number, "Same^Person").replace("^^^CLINIC^MR", "^^^CLINIC^MR~N7^^^NATIONAL^NI")

        self.adt("ADT^A28", with_national("CP7"))
        ack = self.adt("ADT^A28", with_national("CP7X"))
        self.assertIn("may be one person", ack.find("ERR")[8])
        self.assertEqual([i["value"] for i in self.patients("CP7X")[0]["identifier"]], ["CP7X"])
        self.assertEqual(len(self.patients("N7")), 1)

    # ---- two records ----

    def links(self, number):
        return [(x["type"], x["other"]["reference"]) for x in self.patients(number)[0].get("link", [])]

    def test_03_records_are_linked_and_unlinked(self):
        self.adt("ADT^A28", hl7.pid("CP3", "Twin^One"))
        pair = hl7.pid("CP3", "Twin^One"), hl7.pid("CP4", "Twin^One")
        self.adt("ADT^A24", *pair)  # the second is made
        one, two = ("Patient/" + self.patients(n)[0]["id"] for n in ("CP3", "CP4"))
        self.assertEqual((self.links("CP3"), self.links("CP4")), ([("seealso", two)], [("seealso", one)]))
        self.adt("ADT^A24", *pair)
        self.assertEqual(self.links("CP3"), [("seealso", two)])
        events = self.house.audit_events("PATIENT_LINK")
        self.assertEqual({e["object"]["id"] for e in events}, {one, two})
        self.ordered("CA4", "CP3", "Twin^One")
        self.assertEqual(self.steps(PatientID="CP4"), [])  # linked is not merged
        self.adt("ADT^A37", *pair)
        self.assertEqual((self.links("CP3"), self.links("CP4")), ([], []))
        self.assertEqual(self.adt("ADT^A24", pair[0], code="AE").location, "PID^2")
        self.adt("ADT^A37", pair[0], hl7.pid("CPX", "Nobody^N"))
        self.assertEqual(self.patients("CPX"), [])

    def test_04_unlinking_what_was_merged_undoes_the_merge(self):
        self.ordered("CA5", "CP5", "Mer^Ged")
        self.ordered("CA6", "CP6", "Mer^Gee")
        self.images("CA6", "CP6", "Mer^Gee")
        self.adt("ADT^A40^ADT_A39", hl7.pid("CP5", "Mer^Ged"), "MRG|CP6^^^CLINIC")
        self.assertEqual(len(self.steps(PatientID="CP5")), 2)
        ack = self.adt("ADT^A37", hl7.pid("CP5", "Mer^Ged"), hl7.pid("CP6", "Mer^Gee"))
        self.assertIn("they are two again", ack.text)
        self.assertEqual([s["AccessionNumber"] for s in self.steps(PatientID="CP5")], ["CA5"])
        self.assertEqual([s["PatientName"] for s in self.steps(PatientID="CP6")], ["Mer^Gee"])
        self.assertEqual(len(self.house.search("/ImagingStudy?subject:Patient.identifier=CP6&status=available")), 1)
        self.assertEqual(len(self.house.audit_events("PATIENT_UNMERGE")), 2)

    # ---- the wrong order was picked ----

    def test_05_a_person_gives_the_images_to_the_right_order(self):
        self.accessions = ("CA10", "CA11")
        self.ordered("CA10", "CP10")
        self.ordered("CA11", "CP10", procedure="CTCHEST^CT chest^L")
        uid, own = self.images("CA10", "CP10"), dicom.uid_of("corr", "CA11")
        self.move("CA10", "in-progress")
        self.move("CA10", "completed")
        report = self.reported("CA10", "CP10")
        self.assertEqual(self.orders_of(uid), ["CA10"])
        answer = self.decide(uid, "link?order=" + self.request("CA11")).json
        self.assertEqual((answer["to"], answer["reports"]), (self.request("CA11"), 1))
        # the step that was meant first is to be done still, with a study of its own
        step = self.steps(PatientID="CP10")
        self.assertEqual([s["AccessionNumber"] for s in step], ["CA10"])
        self.assertNotIn(step[0]["StudyInstanceUID"], (uid, own))
        self.assertEqual((self.state("CA10"), self.state("CA11")), ("SCHEDULED", "COMPLETED"))
        self.assertIn("another order", self.task("CA10")["note"][-1]["text"])
        statuses = [self.read(self.request(a))["status"] for a in self.accessions]
        self.assertEqual(statuses, ["active", "completed"])
        study = self.study(uid)
        self.assertEqual(self.orders_of(uid), ["CA11"])
        self.assertEqual([i["value"] for i in study["identifier"] if "type" in i], ["CA11"])
        now = self.read("DiagnosticReport/" + report["id"])
        self.assertEqual(now["basedOn"], [{"reference": self.request("CA11")}])
        self.assertEqual(now["imagingStudy"], [{"reference": "ImagingStudy/" + study["id"]}])
        self.assertEqual(len(self.house.audit_events("STUDY_LINK")), 1)
        # the senders still say what they knew, and are not refused for it
        self.ordered("CA11", "CP10", control="XO", status="CM", procedure="CTCHEST^CT chest^L")
        self.ordered("CA10", "CP10", control="XO")
        self.assertEqual(self.orders_of(uid), ["CA11"])
        # back again
        self.decide(uid, "link?order=" + self.request("CA10"))
        self.assertEqual(self.orders_of(uid), ["CA10"])
        self.assertEqual((self.state("CA10"), self.state("CA11")), ("COMPLETED", "SCHEDULED"))
        self.assertEqual([s["StudyInstanceUID"] for s in self.steps(PatientID="CP10")], [own])
        self.assertEqual(self.read("DiagnosticReport/" + report["id"])["basedOn"][0]["reference"], self.request("CA10"))

    def test_06_taken_off_and_given_back_to_the_ladder(self):
        self.accessions = ("CA12", "CA13")
        self.ordered("CA12", "CP12")
        self.ordered("CA13", "CP12")
        uid = self.images("CA12", "CP12")
        self.decide(uid, "unlink")
        self.assertEqual(self.orders_of(uid), [])
        self.assertEqual({s["AccessionNumber"] for s in self.steps(PatientID="CP12")}, {"CA12", "CA13"})
        self.assertNotIn(uid, {s["StudyInstanceUID"] for s in self.steps(PatientID="CP12")})
        self.ordered("CA12", "CP12", control="XO")  # the ladder does not take them again
        self.assertEqual(self.orders_of(uid), [])
        self.decide(uid, "link?order=" + self.request("CA13"))
        self.assertEqual(self.orders_of(uid), ["CA13"])
        self.decide(uid, "relink")
        self.assertEqual(self.orders_of(uid), ["CA12"])
        self.decide(uid, "link", 400)
        self.decide(uid, "link?order=ServiceRequest/none", 404)
        self.decide("1.2.3", "unlink", 404)

    def test_07_another_patients_step_was_picked(self):
        self.accessions = ("CA14", "CA15")
        self.ordered("CA14", "CP14", "Meant^Mia")
        self.ordered("CA15", "CP15", "Scanned^Sam")
        uid = self.images("CA14", "CP14", "Meant^Mia")
        report = self.reported("CA14", "CP14", "Meant^Mia")
        answer = self.decide(uid, "link?order=" + self.request("CA15")).json
        self.assertEqual((answer["reports"], answer["reportsLeft"]), (0, 1))
        patient = self.patients("CP15")[0]["id"]
        self.assertEqual(self.study(uid)["subject"]["reference"], "Patient/" + patient)
        found, _ = self.house.peer().find(
            ["QueryRetrieveLevel=STUDY", "StudyInstanceUID=" + uid, "PatientName"], model="-S"
        )
        self.assertEqual([f["PatientName"] for f in found], ["Scanned^Sam"])
        step = self.steps(PatientID="CP14")[0]
        self.assertNotEqual(step["StudyInstanceUID"], uid)  # to be scanned still
        self.assertEqual(self.steps(PatientID="CP15")[0]["StudyInstanceUID"], uid)
        left = self.read("DiagnosticReport/" + report["id"])
        self.assertEqual(left["basedOn"], [{"reference": self.request("CA14")}])  # whose words they are, a person says
        self.assertNotIn({"reference": "ImagingStudy/" + self.study(uid)["id"]}, left.get("imagingStudy", []))
        self.decide(uid, "relink")
        self.assertEqual(self.orders_of(uid), [])  # their patient is Sam now, and the accession number says Mia
        self.decide(uid, "link?order=" + self.request("CA14"))
        self.assertEqual(self.orders_of(uid), ["CA14"])
        self.assertEqual(self.steps(PatientID="CP14")[0]["StudyInstanceUID"], uid)

    def test_08_held_images_go_to_their_patients_order(self):
        self.accessions = ("CA16", "CA17")
        self.ordered("CA16", "CP16", "Right^Rita")
        self.ordered("CA17", "CP17", "Wrong^Willy")
        uid = self.images("CA16", "CP17", "Wrong^Willy")
        self.decide(uid, "link?order=" + self.request("CA17"))
        self.assertEqual(self.orders_of(uid), ["CA17"])
        self.assertNotEqual(self.steps(PatientID="CP16")[0]["StudyInstanceUID"], uid)
        self.assertEqual(self.steps(PatientID="CP17")[0]["StudyInstanceUID"], uid)

    def test_09_a_corrected_order_names_the_images(self):
        self.accessions = ("CA18", "CA19", "CA20")
        self.ordered("CA18", "CP18")
        self.ordered("CA19", "CP18")
        self.ordered("CA20", "CP20", "Other^Olga")
        uid = self.images("CA18", "CP18")
        ack = self.ordered("CA19", "CP18", control="XO", uid=uid)
        self.assertIn("this order's from now on", ack.text)
        self.assertEqual(self.orders_of(uid), ["CA19"])
        steps = {s["AccessionNumber"]: s["StudyInstanceUID"] for s in self.steps(PatientID="CP18")}
        self.assertEqual(steps["CA19"], uid)
        self.assertNotEqual(steps["CA18"], uid)
        # never over to another patient, and never to images that are not here
        refused = self.ordered("CA20", "CP20", "Other^Olga", control="XO", uid=dicom.uid_of("corr", "CA1"), code="AE")
        self.assertIn("study-patient", refused.text)
        refused = self.ordered("CA20", "CP20", "Other^Olga", control="XO", uid="1.2.3.4", code="AE")
        self.assertEqual((refused.location, "study-uid-immutable" in refused.text), ("ZDS^1^1", True))

    # ---- what comes before its order ----

    def scheduled(self, trigger, number, patient, start, status="Booked", more=()):
        sch = {
            1: "AP-" + number,
            2: "AF-" + number,
            7: "CT^CT head",
            9: "20",
            10: "min",
            11: "^^20^" + start,
            25: status,
        }
        sch.update({26: "P-%s^RIS" % number, 27: "F-%s^RIS" % number})
        self.send(
            trigger, hl7.segment("SCH", sch), hl7.pid(patient, "App^Oint"), "RGS|1", "AIS|1||CTHEAD^CT head", *more
        )

    def test_10_an_appointment_comes_first(self):
        where = ("AIG|1||CT2|EQUIPMENT", "AIL|1||R2", "AIP|1||77^Okafor^Ben")
        self.scheduled("SIU^S12^SIU_S12", "CA30", "CP30", "20301124140000", more=where)
        self.assertEqual(self.steps(PatientID="CP30"), [])
        self.scheduled("SIU^S13^SIU_S12", "CA30", "CP30", "20301125080000")
        self.scheduled("SIU^S12^SIU_S12", "CA31", "CP30", "20301125090000")
        self.scheduled("SIU^S15^SIU_S12", "CA31", "CP30", "20301125090000", "Cancelled")
        self.ordered("CA30", "CP30", "App^Oint", station="CT1")
        more = ("ScheduledProcedureStepLocation", "ScheduledPerformingPhysicianName")
        step = self.steps(PatientID="CP30", **{"ScheduledProcedureStepSequence[0].%s" % k: "" for k in more})[0]
        self.assertEqual(step["ScheduledProcedureStepSequence.ScheduledStationAETitle"], "CT2")
        due = {
            STEP + "StartDate": "20301125",
            STEP + "StartTime": "080000",
            STEP + "Location": "R2",
            "ScheduledProcedureStepSequence.ScheduledPerformingPhysicianName": "Okafor^Ben",
        }
        self.assertEqual({k: step[k] for k in due}, due)
        appointment = self.house.search("/Appointment?identifier=AF-CA30")[0]
        self.assertEqual(appointment["basedOn"], [{"reference": self.request("CA30")}])
        self.ordered("CA31", "CP30", "App^Oint")  # called off before it was ordered: it waits
        self.assertEqual(self.state("CA31"), "HELD")
        self.scheduled("SIU^S13^SIU_S12", "CA31", "CP30", "20301126090000")
        self.assertEqual({s["AccessionNumber"] for s in self.steps(PatientID="CP30")}, {"CA30", "CA31"})
        self.ordered("CA32", "CP30", "App^Oint")
        for trigger, state in (("S14", "SCHEDULED"), ("S16", "HELD"), ("S14", "SCHEDULED"), ("S17", "HELD")):
            self.scheduled("SIU^%s^SIU_S12" % trigger, "CA32", "CP30", "20301127090000")
            self.assertEqual(self.state("CA32"), state, trigger)
        self.scheduled("SIU^S14^SIU_S12", "CA32", "CP30", "20301127090000", "ARRIVED")
        self.assertEqual(self.state("CA32"), "ARRIVED")
        self.scheduled("SIU^S26^SIU_S12", "CA32", "CP30", "20301127090000", "NOSHOW")
        self.assertEqual(self.state("CA32"), "HELD")

    def test_11_an_appointment_of_another_patient_goes_on_waiting(self):
        self.scheduled("SIU^S12^SIU_S12", "CA33", "CP33", "20301124140000")
        self.ordered("CA33", "CP34", "Not^Her", start="20301201100000")
        self.assertEqual(self.steps(PatientID="CP34")[0][STEP + "StartDate"], "20301201")
        self.assertNotIn("basedOn", self.house.search("/Appointment?identifier=AF-CA33")[0])

    def test_12_a_report_that_is_linked_later_is_told_again(self):
        ehr = receiver.Receiver()
        self.destination("EHR", ehr, send="REPORT", application="EHR")
        self.reported("CA40", "CP40", "Late^Lena")
        self.settle()
        self.assertEqual([m.type for m in ehr.about("CA40")], ["ORU^R01"])
        self.ordered("CA40", "CP40", "Late^Lena")
        again = self.await_one(ehr, "the report with its study", lambda m: "113014" in m.text)
        self.assertIn(dicom.uid_of("corr", "CA40"), again.text)
        self.assertEqual(again.field("OBR-25"), "F")
        self.settle()
        self.assertEqual([e for e, _ in self.events("EHR", "accession = 'CA40'")], ["REPORT_NEW", "REPORT_LINKED"])
        self.ordered("CA40", "CP40", "Late^Lena", control="XO")
        self.settle()
        self.assertEqual(len(ehr.about("CA40")), 2)
        ehr.down()


story.main()
