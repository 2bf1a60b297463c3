"""What happens in the record is told to others in HL7, whoever caused it: orders, their status, appointments, charges,
reports, documents, patients and visits; each receiver in its version, style, character set and filters."""

import base64
import json
import pathlib
import sys

TREE = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(TREE / "tests" / "support"))

import dicom  # noqa: E402
import hl7  # noqa: E402
import house as houses  # noqa: E402
import receiver  # noqa: E402
import story  # noqa: E402

CLINIC = "urn:isocentre:authority:CLINIC"
V2_0203 = "http://terminology.hl7.org/CodeSystem/v2-0203"


class Told(receiver.Story):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        own = cls("setUp")
        cls.pacs, cls.pacs2, cls.ris, cls.ehr, cls.billing = (receiver.Receiver() for _ in range(5))
        own.destination("PACS", cls.pacs, send="ORDER,PATIENT", version="2.3.1", application="PACS", facility="RAD")
        own.destination("PACS2", cls.pacs2, send="ORDER,PATIENT,SCHEDULE", application="PACS2")
        own.destination("RIS", cls.ris, send="STATUS", style="ORM", application="RIS", facility="CLINIC")
        own.destination("EHR", cls.ehr, send="REPORT,DOCUMENT", application="EHR")
        own.destination("BILLING", cls.billing, send="CHARGE", application="BILLING")

    def setUp(self):
        for to in (self.pacs, self.pacs2, self.ris, self.ehr, self.billing):
            to.messages.clear()

    # ---- orders ----

    def test_1_an_order_goes_to_the_archives_and_its_status_back(self):
        self.order("A1")
        m = self.await_one(self.pacs, "the order at the archive", lambda m: m.field("OBR-18.1") == "A1")
        self.assertEqual((m.type, m.field("ORC-1"), m.field("ORC-5")), ("ORM^O01", "NW", "SC"))
        self.assertEqual(m.names(), ["MSH", "PID", "PV1", "ORC", "OBR", "ZDS"])
        due = {
            "MSH-3": "ISOCENTRE",
            "MSH-5": "PACS",
            "MSH-6": "RAD",
            "MSH-12": "2.3.1",
            "MSH-18": "UNICODE UTF-8",
            "PID-3": "P1^^^CLINIC",
            "PID-5": "Doe^Jane^^^^^L",
            "PID-7": "19790412",
            "PID-8": "F",
            "PV1-8": "1234^Weber^Clara",
            "ORC-2": "P-A1^RIS",
            "ORC-3": "F-A1^RIS",
            "OBR-4": "CTHEAD^CT head^L^CTHEAD^CT head^L",
            "OBR-16": "^Weber^Clara",
            "OBR-19": "RP-A1",
            "OBR-20": "S-A1",
            "OBR-21": "CT1",
            "OBR-24": "CT",
            "ZDS-1": dicom.uid_of("study", "A1") + "^ISOCENTRE^Application^DICOM",
        }
        self.assertEqual({place: m.field(place) for place in due}, due)
        self.assertEqual(m.field("ORC-7.6"), "R")
        self.assertTrue(m.field("ORC-7.4").startswith("20"))
        self.move("A1", "in-progress")
        m = self.await_one(self.ris, "the start at the placer", lambda m: m.field("OBR-18.1") == "A1")
        self.assertEqual((m.type, m.field("ORC-1"), m.field("ORC-5")), ("ORM^O01", "SC", "IP"))
        self.assertEqual((m.field("ORC-2.1"), m.field("ORC-3.1")), ("P-A1", "F-A1"))
        self.settle()
        self.assertEqual(self.events("RIS"), [["STEP_STARTED", "ORM^O01"]])

    def test_2_orm_becomes_omi(self):
        self.order("A2")
        m = self.await_one(self.pacs2, "the order at the other archive", lambda m: m.field("IPC-1.1") == "A2")
        self.assertEqual((m.type, m.field("ORC-1"), m.field("ORC-5")), ("OMI^O23", "NW", "SC"))
        self.assertEqual(m.names(), ["MSH", "PID", "PV1", "ORC", "TQ1", "OBR", "IPC"])
        due = {
            "IPC-2": "RP-A2",
            "IPC-3.1": dicom.uid_of("study", "A2"),
            "IPC-4": "S-A2",
            "IPC-5": "CT",
            "IPC-6": "CTHEAD^CT head^L",
            "IPC-9": "CT1",
            "TQ1-9": "R",
            "ORC-7": "",
            "OBR-18": "",
            "OBR-27": "",
        }
        self.assertEqual({place: m.field(place) for place in due}, due)
        orm = self.await_one(self.pacs, "the same as ORM", lambda m: m.field("OBR-18.1") == "A2")
        self.assertEqual(m.field("TQ1-7"), orm.field("ORC-7.4"))

    def placed_by_fhir(self, accession):
        """The same order as hl7.order makes, as documents."""

        def number(code, value, system):
            return {"type": {"coding": [{"system": V2_0203, "code": code}]}, "value": value, "system": system}

        def entry(name, resource):
            return {
                "fullUrl": "urn:uuid:" + name,
                "resource": resource,
                "request": {"method": "POST", "url": resource["resourceType"]},
            }

        names = {k: "00000000-0000-4000-8000-00000000000%d" % i for i, k in enumerate(("p", "o", "r", "t"))}
        to = {k: {"reference": "urn:uuid:" + v} for k, v in names.items()}
        code = {
            "coding": [{"system": "urn:isocentre:scheme:L", "code": "CTHEAD", "display": "CT head"}],
            "text": "CT head",
        }
        patient = {
            "resourceType": "Patient",
            "identifier": [
                {"use": "usual", "system": CLINIC, "value": "F-" + accession, "assigner": {"display": "CLINIC"}}
            ],
            "name": [{"family": "Doe", "given": ["Jane"]}],
            "birthDate": "1979-04-12",
            "gender": "female",
        }
        order = {
            "resourceType": "ServiceRequest",
            "status": "active",
            "intent": "order",
            "identifier": [
                number("PLAC", "P-" + accession, "urn:isocentre:authority:EHR"),
                number("ACSN", accession, CLINIC),
            ],
            "category": [{"coding": [{"system": "http://snomed.info/sct", "code": "363679005"}]}],
            "code": code,
            "subject": to["p"],
            "requester": {"display": "Weber, Clara"},
        }
        procedure = {
            "resourceType": "ServiceRequest",
            "status": "active",
            "intent": "filler-order",
            "identifier": [{"type": {"text": "requested-procedure-id"}, "value": "RP-" + accession}],
            "basedOn": [to["o"]],
            "code": code,
            "priority": "stat",
            "subject": to["p"],
        }
        task = {
            "resourceType": "Task",
            "status": "requested",
            "intent": "plan",
            "identifier": [{"type": {"text": "scheduled-procedure-step-id"}, "value": "S-" + accession}],
            "basedOn": [to["r"]],
            "for": to["p"],
            "code": code,
            "restriction": {"period": {"start": "2026-12-01T10:30:00Z"}},
            "input": [{"type": {"text": "modality"}, "valueCoding": {"code": "CT"}}],
        }
        entries = [entry(names[k], r) for k, r in (("p", patient), ("o", order), ("r", procedure), ("t", task))]
        answer = self.house.fhir("POST", "", {"resourceType": "Bundle", "type": "transaction", "entry": entries})
        self.assertStatus(answer, 200)

    def test_3_an_order_by_fhir_is_told_like_one_by_hl7(self):
        self.placed_by_fhir("A3")
        m = self.await_one(self.pacs, "the FHIR order as ORM", lambda m: m.field("OBR-18.1") == "A3")
        due = {
            "ORC-1": "NW",
            "ORC-5": "SC",
            "ORC-2.1": "P-A3",
            "PID-3": "F-A3^^^CLINIC",
            "OBR-4": "CTHEAD^CT head^L^CTHEAD^CT head^L",
            "OBR-16": "^Weber^Clara",
            "OBR-19": "RP-A3",
            "OBR-20": "S-A3",
            "OBR-24": "CT",
            "ORC-7.6": "S",
        }
        self.assertEqual({place: m.field(place) for place in due}, due)
        self.assertTrue(m.field("ORC-7.4").startswith("20261201103000"), m.field("ORC-7"))
        study = self.house.search("/ImagingStudy?basedon:ServiceRequest.identifier=A3")
        self.assertEqual(["urn:oid:" + m.field("ZDS-1.1")], [study[0]["identifier"][0]["value"]])
        omi = self.await_one(self.pacs2, "and as OMI", lambda m: m.type == "OMI^O23" and m.field("IPC-1.1") == "A3")
        self.assertEqual((omi.field("IPC-3.1"), omi.field("TQ1-9")), (m.field("ZDS-1.1"), "S"))
        self.await_one(self.pacs, "the patient before it", lambda m: m.type == "ADT^A04")
        self.assertLess(
            next(i for i, m in enumerate(self.pacs.messages) if m.type == "ADT^A04"), self.pacs.messages.index(m)
        )

    def test_4_a_lone_order_by_fhir(self):
        patient = self.make({"resourceType": "Patient", "identifier": [{"system": CLINIC, "value": "LONE"}]})
        request = {
            "resourceType": "ServiceRequest",
            "status": "active",
            "intent": "order",
            "identifier": [
                {"type": {"coding": [{"system": V2_0203, "code": "ACSN"}]}, "value": "A4", "system": CLINIC}
            ],
            "category": [{"coding": [{"system": "http://snomed.info/sct", "code": "363679005"}]}],
            "code": {"text": "CT of something"},
            "subject": {"reference": "Patient/" + patient["id"]},
        }
        request = self.make(request)
        laboratory = {**request, "category": [{"coding": [{"system": "http://snomed.info/sct", "code": "108252007"}]}]}
        del laboratory["id"], laboratory["identifier"]
        self.make(laboratory)
        for status in ("on-hold", "active", "revoked"):
            request["status"] = status
            request = self.put(request)
        self.settle()
        self.assertEqual(
            [(m.field("ORC-1"), m.field("ORC-5"), m.field("OBR-4.2")) for m in self.pacs.of("ORM^O01")],
            [(c, s, "CT of something") for c, s in (("NW", "SC"), ("HD", "HD"), ("RL", "SC"), ("CA", "CA"))],
        )

    def test_5_the_life_of_a_step(self):
        self.order("A5")
        self.settle()
        task = self.task("A5")
        task["restriction"]["period"]["start"] = "2026-12-24T08:00:00Z"
        self.put(task)
        request = self.house.search("/ServiceRequest?identifier=A5")[0]
        self.put({**request, "requester": {"display": "Mori, Ken"}})
        for status in ("on-hold", "requested", "accepted", "in-progress", "completed"):
            self.move("A5", status)
        self.settle()
        self.assertEqual(
            [(m.field("ORC-1"), m.field("ORC-5")) for m in self.pacs.about("A5")],
            [("NW", "SC"), ("XO", "SC"), ("XO", "SC"), ("HD", "HD"), ("RL", "SC")],
        )
        self.assertTrue(self.pacs.about("A5")[1].field("ORC-7.4").startswith("20261224080000"))
        self.assertEqual(self.pacs.about("A5")[2].field("OBR-16"), "^Mori^Ken")
        self.assertEqual(
            [(m.field("ORC-1"), m.field("ORC-5")) for m in self.ris.about("A5")],
            [("OH", "HD"), ("SC", "SC"), ("SC", "A"), ("SC", "IP"), ("SC", "CM")],
        )
        self.assertEqual(
            [e for e, _ in self.events("RIS", "accession = 'A5'")],
            ["STEP_HELD", "STEP_RELEASED", "STEP_ARRIVED", "STEP_STARTED", "STEP_COMPLETED"],
        )
        self.assertEqual(
            [e for e, _ in self.events("PACS", "accession = 'A5'")],
            ["STEP_NEW", "STEP_MOVED", "STEP_CHANGED", "STEP_HELD", "STEP_RELEASED"],
        )
        siu = [m for m in self.pacs2.messages if m.type.startswith("SIU") and m.field("SCH-26.1") == "P-A5"]
        self.assertEqual([m.type for m in siu], ["SIU^S12", "SIU^S13"] + ["SIU^S14"] * 4)
        told = ["Booked", "Booked", "Booked", "Pending", "Booked", "Started"]
        self.assertEqual([m.field("SCH-25") for m in siu], told)
        self.assertTrue(siu[1].field("AIS-4").startswith("20261224080000"))
        self.assertEqual(siu[1].names(), ["MSH", "SCH", "PID", "PV1", "RGS", "AIS", "AIG"])

    def test_6_ended_before_it_was_done(self):
        for accession, status, at_archive, at_placer in (
            ("A61", "cancelled", ("CA", "CA"), ("OC", "CA")),
            ("A62", "failed", ("DC", "DC"), ("SC", "DC")),
        ):
            self.order(accession)
            self.move(accession, "in-progress" if status == "failed" else "accepted")
            self.move(accession, status)
            self.settle()
            last = self.pacs.about(accession)[-1], self.ris.about(accession)[-1]
            self.assertEqual([(m.field("ORC-1"), m.field("ORC-5")) for m in last], [at_archive, at_placer])
        self.assertIn("SIU^S15", [m.type for m in self.pacs2.messages])
        self.assertEqual(self.events("PACS", "accession = 'A61'")[-1][0], "STEP_CANCELED")
        self.assertEqual(self.events("RIS", "accession = 'A62'")[-1][0], "STEP_DISCONTINUED")

    # ---- reports and charges ----

    def test_7_versions_of_a_report(self):
        self.order("A7")
        self.report("A7", "P", lines=("Findings.", "A line with \\F\\ and \\S\\."))
        self.report("A7", "F", lines=("Findings.", "", "Impression: normal."))
        report = self.house.search("/DiagnosticReport?identifier=A7")[0]
        report["status"], report["conclusion"] = "appended", "An addendum."
        report = self.put(report)
        self.report("A7", "C", lines=("Corrected findings.",))
        self.settle()
        report = self.house.search("/DiagnosticReport?identifier=A7")[0]
        report["status"] = "entered-in-error"
        self.put(report)
        self.settle()
        oru, mdm = self.ehr.of("ORU^R01"), [m for m in self.ehr.messages if m.type.startswith("MDM")]
        self.assertEqual([m.field("OBR-25") for m in oru], ["P", "F", "C", "C", "C"])
        self.assertEqual([m.type for m in mdm], ["MDM^T02", "MDM^T04", "MDM^T06", "MDM^T10", "MDM^T11"])
        self.assertEqual([m.field("TXA-17") for m in mdm], ["PA", "LA", "LA", "LA", "DO"])
        self.assertEqual({m.field("TXA-12") for m in mdm}, {report["id"]})
        self.assertEqual([s[11] for s in oru[4].all("OBX")], ["C", "W"], "the study stands, the text was wrong")
        first = oru[0]
        self.assertEqual([s[5] for s in first.all("OBX")][1:], ["Findings.", "A line with \\F\\ and \\S\\."])
        due = {
            "OBR-18.1": "A7",
            "OBR-19": "RP-A7",
            "ORC-1": "RE",
            "ORC-2.1": "P-A7",
            "ORC-3.1": "F-A7",
            "OBR-4": "CTHEAD^CT head^L",
            "OBR-24": "CT",
            "OBR-32": "&Okafor&Ben",
            "OBX-3": "113014^DICOM Study^DCM",
            "OBX-5": dicom.uid_of("study", "A7"),
            "OBX-11": "P",
        }
        self.assertEqual({place: first.field(place) for place in due}, due)
        self.assertIn(["19005-8", "An addendum."], [[s[3].split("^")[0], s[5]] for s in oru[2].all("OBX")])
        self.assertEqual(
            [e for e, t in self.events("EHR") if t == "ORU^R01"],
            ["REPORT_NEW", "REPORT_CHANGED", "REPORT_APPENDED", "REPORT_CORRECTED", "REPORT_RETRACTED"],
        )

    def test_8_a_report_written_by_fhir_with_its_pdf(self):
        self.order("A8")
        request = self.house.search("/ServiceRequest?identifier=A8")[0]
        pdf = base64.b64encode(b"%PDF-1.4 a page").decode()
        self.make(
            {
                "resourceType": "DiagnosticReport",
                "status": "final",
                "code": {"coding": [{"system": "http://loinc.org", "code": "24725-4"}], "text": "CT head"},
                "subject": request["subject"],
                "basedOn": [{"reference": "ServiceRequest/" + request["id"]}],
                "issued": "2026-11-24T11:00:00Z",
                "conclusion": "Normal.\nNo bleeding.",
                "presentedForm": [{"contentType": "application/pdf", "data": pdf}],
            }
        )
        m = self.await_one(self.ehr, "the report", lambda m: m.type == "ORU^R01")
        self.assertEqual((m.field("OBR-18.1"), m.field("OBR-25")), ("A8", "F"))
        self.assertEqual(m.field("OBR-4"), "24725-4^CT head^LN")
        self.assertEqual(
            [s[5] for s in m.all("OBX")][1:], ["Normal.", "No bleeding.", "^Application^PDF^Base64^" + pdf]
        )

    def test_9_charges(self):
        self.order("A9")
        self.move("A9", "completed", executionPeriod={"end": "2026-11-24T09:00:00Z"})
        self.report("A9", "P")
        self.report("A9", "F")
        self.settle()
        self.assertEqual(
            self.events("BILLING", "accession = 'A9'"), [["STEP_COMPLETED", "DFT^P03"], ["REPORT_SIGNED", "DFT^P03"]]
        )
        technical, professional = [m for m in self.billing.messages if m.field("FT1-23.1") == "F-A9"]
        self.assertEqual(technical.names(), ["MSH", "EVN", "PID", "PV1", "FT1"])
        due = {"FT1-6": "CG", "FT1-7": "CTHEAD^CT head^L", "FT1-10": "1", "FT1-26": "TC", "FT1-21": "^Weber^Clara"}
        self.assertEqual({place: technical.field(place) for place in due}, due)
        self.assertTrue(technical.field("FT1-4").startswith("20261124090000"))
        self.assertEqual((professional.field("FT1-26"), professional.field("FT1-20")), ("26", "^Okafor^Ben"))

    # ---- patients and visits ----

    def adt(self, trigger, *segments):
        message = hl7.message(hl7.msh(trigger, trigger[-3:] + hl7.now()), "EVN||" + hl7.now(), *segments)
        self.assertAck(self.house.send(message), "AA")

    def test_a_patients(self):
        self.adt("ADT^A28", hl7.pid("PA1", "Old^Olga"))
        self.adt("ADT^A31", hl7.pid("PA1", "Young^Olga"))
        self.adt("ADT^A28", hl7.pid("PA2", "Young^O"))
        self.settle()
        self.adt("ADT^A40", hl7.pid("PA1", "Young^Olga"), "MRG|PA2^^^CLINIC")
        self.settle()
        source = self.house.search("/Patient?active=false")[0]
        self.assertStatus(
            self.house.fhir("POST", "/Patient/%s/$unmerge" % source["id"], {"resourceType": "Parameters"}), 200
        )
        self.settle()
        self.assertEqual(
            self.events("PACS", "event LIKE 'PATIENT%' AND patient_id LIKE 'PA%'"),
            [
                ["PATIENT_NEW", "ADT^A04"],
                ["PATIENT_CHANGED", "ADT^A08"],
                ["PATIENT_NEW", "ADT^A04"],
                ["PATIENT_MERGED", "ADT^A40"],
                ["PATIENT_UNMERGED", "ADT^A08"],
            ],
        )
        self.assertEqual([m.type for m in self.pacs2.messages], ["ADT^A28", "ADT^A31", "ADT^A28", "ADT^A40", "ADT^A31"])
        merge = self.pacs.of("ADT^A40")[0]
        self.assertEqual(merge.names(), ["MSH", "EVN", "PID", "MRG"])
        self.assertEqual((merge.field("PID-3.1"), merge.field("MRG-1")), ("PA1", "PA2^^^CLINIC"))
        self.assertEqual(merge.field("EVN-1"), "A40")

    def test_b_visits(self):
        patient = self.make({"resourceType": "Patient", "identifier": [{"system": CLINIC, "value": "PB"}]})
        visit = {
            "resourceType": "Encounter",
            "status": "in-progress",
            "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "IMP"},
            "subject": {"reference": "Patient/" + patient["id"]},
            "location": [{"location": {"display": "WARD1"}}],
        }
        visit = self.make(visit)
        visit["location"][0]["location"]["display"] = "WARD2"
        visit = self.put(visit)
        self.put({**visit, "status": "finished"})
        other = self.make({**{k: v for k, v in visit.items() if k not in ("id", "meta")}, "status": "planned"})
        self.put({**other, "status": "cancelled"})
        self.settle()
        self.assertEqual(
            self.events("PACS", "patient_id = 'PB'")[1:],
            [
                ["VISIT_ADMITTED", "ADT^A01"],
                ["VISIT_MOVED", "ADT^A02"],
                ["VISIT_DISCHARGED", "ADT^A03"],
                ["VISIT_CANCELED", "ADT^A11"],
            ],
        )
        moved = self.pacs.of("ADT^A02")[0]
        self.assertEqual((moved.field("PV1-2"), moved.field("PV1-3")), ("I", "WARD2"))


class Choices(receiver.Story):
    """What each destination chooses."""

    def test_0_reports_by_the_words_of_rad_28(self):
        repository = receiver.Receiver()
        self.destination("REPOSITORY", repository, send="REPORT", results="named", version="2.3.1")
        self.order("C0")
        self.report("C0", "F")
        m = self.await_one(repository, "the report", lambda m: m.type == "ORU^R01")
        rows = [(s[2], s[3], s[5]) for s in m.all("OBX")]
        uid = dicom.uid_of("study", "C0")
        self.assertEqual(rows, [("HD", "^Study Instance UID", uid), ("TX", "^SR Text", "Normal CT of the head.")])
        self.assertEqual((m.field("PID-3"), m.field("OBR-3")), ("P1^^^CLINIC", "F-C0^RIS"))
        repository.down()

    def test_1_nobody_is_told_of_what_he_did_himself(self):
        ris, echo = receiver.Receiver(), receiver.Receiver()
        self.destination("RIS", ris, send="ORDER", application="RIS^1.2.3^ISO", facility="CLINIC", style="ORM")
        self.destination("ECHO", echo, send="ORDER", application="RIS", facility="CLINIC", echo=True, style="ORM")
        self.order("C1")
        self.order("C1X", application="OTHER")
        self.settle()
        self.move("C1", "cancelled")
        self.settle()
        self.assertEqual([m.field("ORC-2.1") for m in ris.messages], ["P-C1X", "P-C1"])
        self.assertEqual([m.field("ORC-1") for m in ris.messages], ["NW", "CA"])
        self.assertEqual([m.field("ORC-2.1") for m in echo.messages], ["P-C1", "P-C1X", "P-C1"])
        self.destination("RIS", ris, own="admin")
        self.order("C12")
        self.settle()
        self.move("C12", "cancelled")
        self.settle()
        self.assertEqual([m.field("ORC-1") for m in ris.messages[2:]], ["NW"], "the caller by FHIR is it now")
        self.remove("RIS", "ECHO")

    def test_2_filters(self):
        ct, mine = receiver.Receiver(), receiver.Receiver()
        self.destination("CT", ct, send="ORDER", modalities="CT,MR", style="ORM")
        self.destination("MINE", mine, send="ORDER", placers="RIS2", style="ORM")
        self.order("C2", modality="US")
        self.order("C3")
        self.order("C4", placer="X^RIS2", filler="Y")
        self.settle()
        self.assertEqual([m.field("OBR-18.1") for m in ct.messages], ["C3", "C4"])
        self.assertEqual([m.field("OBR-18.1") for m in mine.messages], ["C4"])
        self.remove("CT", "MINE")

    def test_3_own_templates(self):
        to = receiver.Receiver()
        rows = [
            {"place": "OBR-3", "from": "ACCESSION_NUMBER"},
            {"place": "OBR-18", "value": ""},
            {"place": "PID-5", "from": "PATIENT_NAME", "transform": "NAME", "form": "ORM"},
            {"place": "ZIS-2.3", "from": "STEP_START", "transform": "TIME"},
            {"place": "MSH-8", "value": "secret & more"},
        ]
        self.destination("ODD", to, send="ORDER", style="ORM", templates=json.dumps(rows))
        self.order("C5")
        m = self.await_one(to, "the odd order", lambda m: m.field("OBR-3") == "C5")
        self.assertEqual(m.field("OBR-18"), "")
        self.assertEqual(m.field("ZIS-2.3"), m.field("ORC-7.4"))
        self.assertEqual(m.field("MSH-8"), "secret \\T\\ more")
        self.assertEqual(m.names()[-1], "ZIS")
        wrong = [{"place": "OBR-3", "from": "NOTHING"}], [{"place": "OBR"}], [{"place": "A", "valu": 1}], {}
        for rows in wrong:
            done = self.house.command(
                "hl7", "destination", "add", "ODD", "templates=" + json.dumps(rows), "--config", self.house.conf
            )
            self.assertEqual(done.returncode, 1)
            self.assertIn("templates", done.stderr)
        self.remove("ODD")

    def test_4_character_sets(self):
        for character_set, encoding, due in (
            ("8859/1", "latin-1", "Grüße^Jose?^^^^^L"),
            ("", "ascii", None),
            ("UNICODE UTF-8", "utf-8", "Grüße^Joseł^^^^^L"),
        ):
            to = receiver.Receiver(encoding=encoding)
            if not character_set:
                self.destination("SET", to, send="ORDER", style="ORM", character_set="ASCII")
            else:
                self.destination("SET", to, send="ORDER", style="ORM", character_set=character_set)
            self.order("C6" + encoding, patient="S" + encoding, name="Grüße^Joseł")
            m = self.await_one(to, "the order in " + encoding, lambda m: m.type == "ORM^O01")
            self.assertEqual(m.field("MSH-18"), character_set)
            name = m.field("PID-5")
            self.assertTrue(name.startswith("Gr") and "\ufffd" not in name, name)
            if encoding != "utf-8":
                self.settle()
                warned = self.house.sql(
                    "SELECT warnings FROM hl7_sent JOIN hl7_destination USING (destination)"
                    " WHERE name = 'SET' AND accession = 'C6%s'" % encoding
                )
                self.assertIn("similar", warned[0][0])
            else:
                self.assertEqual(name, due)
        self.remove("SET")

    def test_5_messages_forwarded_as_they_came(self):
        to, none = receiver.Receiver(), receiver.Receiver()
        self.destination(
            "FORWARD", to, send="", forward="ADT^*, ORU^R01", application="EHR", facility="X", character_set="8859/1"
        )
        self.destination("OTHER", none, send="", forward="DFT^P03")
        raw = hl7.message(hl7.msh("ADT^A08^ADT_A01", "FW1"), "EVN||2026", hl7.pid("FW", "Grüße^Ann"), "ZZZ|a^b~c")
        self.assertAck(self.house.send(raw), "AA")
        m = houses.wait_for("the forwarded message", lambda: next(iter(to.messages), None))
        self.assertEqual(m.raw.split(b"\r")[1:], raw.decode().encode("latin-1").split(b"\r")[1:])
        self.assertEqual((m.field("MSH-5"), m.field("MSH-6"), m.field("MSH-18")), ("EHR", "X", "8859/1"))
        self.assertNotEqual(m.control_id, "FW1")
        self.assertAck(self.house.send(raw), "AA")  # known again: forwarded once
        self.settle()
        self.assertEqual((len(to.messages), none.messages), (1, []))
        self.assertEqual(self.events("FORWARD"), [["FORWARD", "ADT^A08"]])
        self.remove("FORWARD", "OTHER")

    def test_6_connections_and_acknowledgements(self):
        def both(m):
            return [hl7.START + receiver.acknowledgement(m, code) + hl7.END for code in ("CA", "AA")]

        cases = {
            "kept": (1, dict(keep_open=True), lambda m: "AA", 1),
            "each": (1, dict(keep_open=False), lambda m: "AA", 3),
            "commit": (1, dict(acknowledge="commit"), lambda m: "CA", 1),
            "application": (1, dict(acknowledge="application"), both, 1),
            "release2": (2, dict(release=2), lambda m: "AA", 1),
            "none": (1, dict(acknowledge="none"), lambda m: None, 1),
            "commit2": (2, dict(release=2, acknowledge="none"), lambda m: None, 1),
        }
        to = {}
        for name, (release, settings, answer, _) in cases.items():
            to[name] = receiver.Receiver(release=release)
            to[name].answer = answer
            self.destination(name, to[name], send="ORDER", style="ORM", **settings)
        for i in range(3):
            self.order("C7%d" % i)
        self.settle()
        for name, (_, settings, _, connections) in cases.items():
            with self.subTest(name):
                self.assertEqual([m.field("OBR-18.1") for m in to[name].messages], ["C70", "C71", "C72"])
                self.assertEqual(to[name].connections, connections)
        header = [to[name].messages[0].field("MSH-%d" % n) for name in ("commit", "application") for n in (15, 16)]
        self.assertEqual(header, ["AL", "NE", "AL", "AL"])
        self.assertEqual((to["release2"].commits, to["commit2"].commits), (3, 0))
        self.remove(*cases)


if __name__ == "__main__":
    story.main()
