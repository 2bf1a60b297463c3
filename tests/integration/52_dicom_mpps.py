"""A modality tells of its work (MPPS): step, order, worklist, Task, Procedure, ImagingStudy and HL7 follow in one
commit; what fits no step waits on a list until its order or images come, or a person says what it is."""

import pathlib
import sys

TREE = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(TREE / "tests" / "support"))

import dicom  # noqa: E402
import dimse  # noqa: E402
import hl7  # noqa: E402
import house as houses  # noqa: E402
import receiver  # noqa: E402
import story  # noqa: E402
from dimse import CREATE, GET, MPPS, MPPS_RETRIEVE, SET  # noqa: E402

HEADERS = {"X-Requested-With": "isocentre"}
STATE, SERIES, SCHEDULED = 0x00400252, 0x00400340, 0x00400270


def series(uid="1.2.3.4", images=()):
    return {
        0x00081050: ("PN", "Performer^Pat"),
        0x0008103E: ("LO", "Axial"),
        0x00081070: ("PN", ""),
        0x00080054: ("AE", ""),
        0x0020000E: ("UI", uid),
        0x00181030: ("LO", "Head"),
        0x00081140: ("SQ", [{0x00081150: ("UI", dicom.CT), 0x00081155: ("UI", i)} for i in images]),
        0x00400220: ("SQ", []),
    }


def scheduled(accession="", study="", step="", procedure=""):
    return {
        0x00080050: ("SH", accession),
        0x0020000D: ("UI", study),
        0x00400009: ("SH", step),
        0x00401001: ("SH", procedure),
        0x00321060: ("LO", ""),
        0x00400007: ("LO", ""),
        0x00400008: ("SQ", []),
    }


def begun(items, patient="P1", name="Doe^Jane", **more):
    """An N-CREATE's data set; more: tag_00400254=("LO", "x")."""
    elements = {
        0x00080005: ("CS", "ISO_IR 100"),
        0x00080060: ("CS", "CT"),
        0x00081032: ("SQ", []),
        0x00100010: ("PN", name),
        0x00100020: ("LO", patient),
        0x00100021: ("LO", "CLINIC"),
        0x00100030: ("DA", "19790412"),
        0x00100040: ("CS", "F"),
        0x00200010: ("SH", "1"),
        0x00400241: ("AE", "CT1"),
        0x00400242: ("SH", "CT1"),
        0x00400243: ("SH", "Room 1"),
        0x00400244: ("DA", "20261124"),
        0x00400245: ("TM", "101500"),
        0x00400250: ("DA", ""),
        0x00400251: ("TM", ""),
        0x00400253: ("SH", "PPS1"),
        STATE: ("CS", "IN PROGRESS"),
        0x00400254: ("LO", "CT head"),
        0x00400255: ("LO", ""),
        0x00400260: ("SQ", []),
        SCHEDULED: ("SQ", items),
        SERIES: ("SQ", []),
    }
    elements.update({int(k[4:], 16): v for k, v in more.items()})
    return elements


def ended(state="COMPLETED", with_series=True, **more):
    elements = {
        STATE: ("CS", state),
        0x00400250: ("DA", "20261124"),
        0x00400251: ("TM", "104500"),
        SERIES: ("SQ", [series()] if with_series else []),
    }
    elements.update({int(k[4:], 16): v for k, v in more.items()})
    return elements


class Mpps(story.Documents):
    def call(self, kind, uid, elements=None, calling="CT1", **more):
        a = dimse.connect(self.house.dicom_port, MPPS, MPPS_RETRIEVE, calling=calling)
        try:
            return a.n(kind, MPPS, uid, elements, context=MPPS_RETRIEVE if kind == GET else MPPS, **more)
        finally:
            a.release()

    def create(self, uid, elements, status=0, **more):
        answer, _ = self.call(CREATE, uid, elements, **more)
        self.assertEqual(answer["status"], status, answer)
        return answer

    def set(self, uid, elements, status=0, **more):
        answer, _ = self.call(SET, uid, elements, **more)
        self.assertEqual(answer["status"], status, answer)
        return answer

    def order(self, accession, patient="P1", name="Doe^Jane", control="O", **more):
        more.setdefault("study_uid", dicom.uid_of(accession))
        ack = self.house.send(hl7.order(control + accession, hl7.pid(patient, name), accession, **more))
        self.assertAck(ack, "AA")

    def task(self, accession):
        return self.house.search("/Task?identifier=S-" + accession)[0]

    def request(self, accession):
        return self.house.search("/ServiceRequest?identifier=%s" % accession)

    def procedure(self, uid):
        found = self.house.search("/Procedure?identifier=urn:oid:" + uid)
        self.assertEqual(len(found), 1)
        return found[0]

    def waiting(self, **more):
        answer = self.house.http("GET", "/admin/api/performed" + more.get("query", ""))
        self.assertStatus(answer, 200)
        return {i["sopUid"]: i for i in answer.json["items"]}

    def statuses(self, accession):
        found = self.house.peer().worklist(AccessionNumber=accession, ScheduledProcedureStepStatus="")
        return [s["ScheduledProcedureStepSequence.ScheduledProcedureStepStatus"] for s in found]


class Story(Mpps, receiver.Story):
    """The usual way, and what every party sees of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ris = receiver.Receiver()

    @classmethod
    def tearDownClass(cls):
        cls.ris.down()
        super().tearDownClass()

    def told(self, accession, status):
        """RAD-3 with this order status."""
        return any(m.field("ORC-1") == "SC" and m.field("ORC-5") == status for m in self.ris.about(accession))

    def test_0_who_hears_of_it(self):
        self.destination("RIS", self.ris, send="STATUS", style="ORM", application="RIS", facility="CLINIC")

    def test_1_begun(self):
        self.order("M1")
        uid = dicom.uid_of("mpps", 1)
        self.create(uid, begun([scheduled("M1", dicom.uid_of("M1"), "S-M1", "P-M1")]))
        task = self.task("M1")
        self.assertEqual((task["status"], task["businessStatus"]["text"]), ("in-progress", "STARTED"))
        self.assertEqual(self.statuses("M1"), [])  # begun: off the list modalities see
        procedure = self.procedure(uid)
        self.assertEqual(procedure["status"], "in-progress")
        self.assertEqual(procedure["subject"], task["for"])
        self.assertIn({"reference": task["basedOn"][0]["reference"]}, procedure["basedOn"])
        self.assertEqual(procedure["code"]["text"], "CT head")
        self.assertTrue(procedure["performedPeriod"]["start"].startswith("2026-11-24T10:15:00"))
        self.assertEqual(task["output"][0]["valueReference"]["reference"], "Procedure/" + procedure["id"])
        study = self.house.search("/ImagingStudy?identifier=urn:oid:" + dicom.uid_of("M1"))[0]
        self.assertEqual(study["procedureReference"]["reference"], "Procedure/" + procedure["id"])
        self.assertEqual(self.waiting(), {})
        event = self.house.audit_events("STEP_PERFORM")[-1]
        self.assertEqual((event["accession"], event["study"], event["who"]["name"]), ("M1", dicom.uid_of("M1"), "CT1"))
        houses.wait_for("RAD-3 in progress", lambda: self.told("M1", "IP"))

    def test_2_set_and_completed(self):
        uid = dicom.uid_of("mpps", 1)
        self.set(uid, {SERIES: ("SQ", [series()])})
        self.assertEqual(self.task("M1")["status"], "in-progress")
        answer = self.set(uid, ended(with_series=False), status=0x0120)
        self.assertIn("Performed Series", answer["comment"])
        self.set(uid, ended(tag_00400280=("ST", "went well")))
        procedure = self.procedure(uid)
        self.assertEqual(procedure["status"], "completed")
        self.assertEqual(procedure["note"][0]["text"], "went well")
        self.assertTrue(procedure["performedPeriod"]["end"].startswith("2026-11-24T10:45:00"))
        task = self.task("M1")
        self.assertEqual((task["status"], task["businessStatus"]["text"]), ("completed", "COMPLETED"))
        self.assertEqual({r["status"] for r in self.request("M1")}, {"completed"})
        houses.wait_for("RAD-3 completed", lambda: self.told("M1", "CM"))
        late = self.set(uid, ended("DISCONTINUED"), status=0x0110)
        self.assertEqual(late["error_id"], 0xA710)  # rule PERFORMED_FINAL
        self.assertEqual(self.procedure(uid)["status"], "completed")

    def test_3_discontinued(self):
        self.order("M2")
        uid = dicom.uid_of("mpps", 2)
        self.create(uid, begun([scheduled("M2", dicom.uid_of("M2"), "S-M2")]))
        reason = {
            0x00080100: ("SH", "110514"),
            0x00080102: ("SH", "DCM"),
            0x00080104: ("LO", "Incorrect worklist entry"),
        }
        self.set(uid, ended("DISCONTINUED", tag_00400281=("SQ", [reason])))
        procedure = self.procedure(uid)
        self.assertEqual(procedure["status"], "stopped")
        self.assertEqual(procedure["statusReason"]["coding"][0]["code"], "110514")
        self.assertEqual(self.task("M2")["businessStatus"]["text"], "DISCONTINUED")
        houses.wait_for("RAD-3 discontinued", lambda: self.told("M2", "DC"))

    def test_4_read_again(self):
        uid = dicom.uid_of("mpps", 4)
        name = "M\u00fcller^J\u00f6rg".encode("latin-1")
        self.create(uid, begun([scheduled()], patient="P4", name=name))
        # An N-SET in another character set does not replace the first one: its text is converted.
        self.set(uid, {0x00080005: ("CS", "ISO_IR 192"), 0x00400254: ("LO", "Sch\u00e4del")})
        answer, data = self.call(GET, uid)
        self.assertEqual(answer["status"], 0)
        self.assertEqual(data[0x00080005], b"ISO_IR 100")
        self.assertEqual((data[0x00100010], data[0x00400254]), (name, "Sch\u00e4del".encode("latin-1")))
        self.assertEqual(data[STATE], b"IN PROGRESS")
        answer, data = self.call(GET, uid, attributes=[STATE, 0x00100020, 0x00104000])
        self.assertEqual((answer["status"], set(data)), (1, {0x00080005, STATE, 0x00100020}))
        # What only another set can say comes in UTF-8.
        self.set(uid, {0x00080005: ("CS", "ISO_IR 192"), 0x00400254: ("LO", "\u982d\u90e8")})
        _, data = self.call(GET, uid)
        self.assertEqual((data[0x00080005], data[0x00400254].decode()), (b"ISO_IR 192", "\u982d\u90e8"))
        self.assertEqual(self.call(GET, "1.2.3.99")[0]["status"], 0x0112)
        self.assertEqual(self.house.audit_events("STEP_READ")[-1]["who"]["name"], "CT1")

    def test_5_what_is_not_right(self):
        uid = dicom.uid_of("mpps", 5)
        items = [scheduled("", dicom.uid_of("none"))]
        self.create(uid, begun(items, tag_00400252=("CS", "COMPLETED")), status=0x0106)
        self.create(uid, begun(items, tag_00400252=("CS", "")), status=0x0106)
        self.create("1.2..3", begun(items), status=0x0117)
        self.create(uid, begun([scheduled("A" * 300)]), status=0x0106)
        answer, _ = self.call(CREATE, uid)
        self.assertEqual(answer["status"], 0x0120)
        self.create(uid, begun(items))
        self.create(uid, begun(items), status=0x0111)
        self.set(uid, {STATE: ("CS", "FINE")}, status=0x0106)
        self.set("1.2.3.98", ended(), status=0x0112)
        given = self.create("", begun(items))["sop_instance"]
        self.assertTrue(given.startswith("2.25."))
        self.set(given, ended())
        answer, _ = self.call(CREATE, dicom.uid_of("raw"), raw=b"\x40\x00\x52\x02SQ\0\0\xff\xff\xff\x7f" + b"A" * 40)
        self.assertIn(answer["status"], (0x0110, 0x0213))
        deep = b""
        for _ in range(3000):
            deep = dicom.element(0x00400270, "SQ", b"\xfe\xff\x00\xe0" + len(deep).to_bytes(4, "little") + deep)
        answer, _ = self.call(CREATE, dicom.uid_of("deep"), raw=deep)
        self.assertIn(answer["status"], (0x0110, 0x0213))
        self.assertTrue(self.house.alive())

    def test_6_attributes_that_were_not_created_are_taken_and_counted(self):
        self.order("M6")
        uid = dicom.uid_of("mpps", 6)

        def quirks():  # DIMSE_QUIRKS
            text = self.house.http("GET", "/metrics").text
            return sum(float(x.split()[-1]) for x in text.split("\n") if x.startswith("isocentre_dimse_quirks_total{"))

        self.create(uid, begun([scheduled("M6", dicom.uid_of("M6"), "S-M6")]))
        before = quirks()
        self.set(uid, ended(tag_00400280=("ST", "late"), tag_00100020=("LO", "SOMEBODY"), tag_00400270=("SQ", [])))
        self.assertEqual(quirks() - before, 3)
        _, data = self.call(GET, uid)
        self.assertEqual((data[0x00400280], data[0x00100020], len(data[SCHEDULED])), (b"late", b"P1", 1))
        self.assertEqual(self.task("M6")["status"], "completed")

    def test_7_a_lenient_peer_and_roles(self):
        self.order("M7")
        uid = dicom.uid_of("mpps", 7)
        self.house.add_peer("AE", "OLDCT", "MODALITY")
        self.house.must("peer", "set", "AE", "OLDCT", "mpps_lenient=1", "--config", self.house.conf)
        self.create(uid, begun([scheduled("M7", dicom.uid_of("M7"), "S-M7")]), calling="OLDCT")
        self.set(uid, ended(with_series=False), calling="OLDCT")
        self.assertEqual(self.task("M7")["status"], "completed")
        self.house.add_peer("AE", "RISAE", "RIS")
        self.create(dicom.uid_of("role"), begun([scheduled()]), status=0x0124, calling="RISAE")


class Cases(Mpps):
    """Appended, grouped, unscheduled, for another patient, for a step that ended; merges."""

    def test_1_appended(self):
        self.order("A1")
        first, second = dicom.uid_of("app", 1), dicom.uid_of("app", 2)
        items = [scheduled("A1", dicom.uid_of("A1"), "S-A1")]
        self.create(first, begun(items))
        self.create(second, begun(items))
        self.set(first, ended())
        self.assertEqual(self.task("A1")["status"], "in-progress")  # the other one runs
        self.set(second, ended("DISCONTINUED"))
        self.assertEqual(self.task("A1")["status"], "completed")
        third = dicom.uid_of("app", 3)
        self.create(third, begun(items))
        self.set(third, ended())
        task = self.task("A1")
        self.assertEqual((task["status"], len(task["output"])), ("completed", 3))
        self.assertEqual(self.waiting(), {})

    def test_2_grouped(self):
        self.order("G1")
        self.order("G2")
        uid = dicom.uid_of("grouped")
        self.create(uid, begun([scheduled(a, dicom.uid_of(a), "S-" + a) for a in ("G1", "G2")]))
        self.assertEqual([self.task(a)["status"] for a in ("G1", "G2")], ["in-progress"] * 2)
        self.set(uid, ended())
        self.assertEqual([self.task(a)["status"] for a in ("G1", "G2")], ["completed"] * 2)
        self.assertEqual(len(self.procedure(uid)["basedOn"]), 2)

    def test_3_unscheduled_until_the_order_comes(self):
        uid = dicom.uid_of("uns", 1)
        self.create(uid, begun([scheduled("", dicom.uid_of("U1"))], patient="P-U1"))
        row = self.waiting()[uid]
        self.assertEqual((row["attention"], row["status"], row["patientId"]), ("unscheduled", "IN PROGRESS", "P-U1"))
        self.set(uid, ended())
        self.order("U1", patient="P-U1")
        self.assertNotIn(uid, self.waiting())
        self.assertEqual(self.task("U1")["status"], "completed")
        self.assertEqual(self.waiting(query="?all=true")[uid]["rungs"], ["study-uid"])

    def test_4_unscheduled_until_images_come(self):
        """The modality named no number; the images that follow name the accession number of an order."""
        self.order("U2", patient="P-U2", study_uid=dicom.uid_of("U2-ordered"))
        uid, study = dicom.uid_of("uns", 2), dicom.uid_of("U2-made")
        self.create(uid, begun([scheduled("", study)], patient="P-U2"))
        self.assertIn(uid, self.waiting())
        self.house.store(
            *dicom.make_study(self.folder / "u2", study, images=1, patient_id="P-U2", accession="U2"), calling="CT1"
        )
        self.assertNotIn(uid, self.waiting())
        self.assertEqual(self.task("U2")["status"], "in-progress")
        document = self.house.search("/ImagingStudy?identifier=urn:oid:" + study)[0]
        self.assertEqual(document["procedureReference"]["reference"], "Procedure/" + self.procedure(uid)["id"])

    def test_5_without_the_sequence_and_by_a_person(self):
        elements = begun([], patient="P-U3")
        del elements[SCHEDULED]
        uid = dicom.uid_of("uns", 3)
        self.create(uid, elements)
        self.order("U3", patient="P-U3")
        self.order("U4", patient="P-U4")
        tie = "/admin/api/performed/%s/tie?task=Task/%s"
        own, other = self.task("U3"), self.task("U4")
        procedure = self.procedure(uid)
        refused = self.house.http("POST", tie % (procedure["id"], other["id"]), "", HEADERS)
        self.assertStatus(refused, 422)
        self.assertIn(uid, self.waiting())
        self.assertStatus(self.house.http("POST", tie % (procedure["id"], "none"), "", HEADERS), 404)
        self.assertStatus(self.house.http("POST", tie % (procedure["id"], own["id"]), "", HEADERS), 200)
        self.assertNotIn(uid, self.waiting())
        self.assertEqual(self.task("U3")["status"], "in-progress")
        event = self.house.audit_events("STEP_TIE")[-1]
        self.assertEqual((event["who"]["name"], event["accession"]), ("admin", "U3"))
        again = dicom.uid_of("uns", 4)
        self.create(again, begun([scheduled()], patient="P-U3"))
        dismiss = "/admin/api/performed/%s/dismiss" % self.procedure(again)["id"]
        self.assertStatus(self.house.http("POST", dismiss, "", HEADERS), 200)
        self.assertNotIn(again, self.waiting())

    def test_6_another_patient_is_held(self):
        self.order("H1", patient="P-H1")
        uid = dicom.uid_of("held")
        self.create(uid, begun([scheduled("H1", dicom.uid_of("H1"), "S-H1")], patient="P-H2"))
        self.assertEqual(self.waiting()[uid]["attention"], "patient-mismatch")
        self.assertEqual(self.task("H1")["status"], "requested")
        merge = hl7.message(
            hl7.msh("ADT^A40^ADT_A39", "A40"), "EVN|A40|" + hl7.now(), hl7.pid("P-H1", "Doe^Jane"), "MRG|P-H2^^^CLINIC"
        )
        self.assertAck(self.house.send(merge), "AA")
        self.assertNotIn(uid, self.waiting())
        self.assertEqual(self.task("H1")["status"], "in-progress")
        patient = next(p for p in self.house.search("/Patient?identifier=P-H1") if p.get("active", True))
        self.assertEqual(self.procedure(uid)["subject"]["reference"], "Patient/" + patient["id"])

    def test_7_a_step_that_ended(self):
        self.order("C1")
        cancel = hl7.order("XC1", hl7.pid("P1", "Doe^Jane"), "C1", control="CA", status="CA")
        self.assertAck(self.house.send(cancel), "AA")
        uid = dicom.uid_of("cancelled")
        self.create(uid, begun([scheduled("C1", dicom.uid_of("C1"), "S-C1")]))
        self.assertEqual(self.waiting()[uid]["attention"], "step-ended")
        self.assertEqual(self.task("C1")["status"], "cancelled")

    def test_8_no_end_ever_came(self):
        self.order("T1")
        self.order("T2")
        for accession in ("T1", "T2"):
            items = [scheduled(accession, dicom.uid_of(accession), "S-" + accession)]
            self.create(dicom.uid_of("silent", accession), begun(items))
        self.house.store(*dicom.make_study(self.folder / "t1", dicom.uid_of("T1"), images=1, accession="T1"))
        self.house.sql("UPDATE performed_step SET changed = now() - interval '30 hours' WHERE status = 'IN PROGRESS'")
        self.house.restart(sets=["mpps.timeout_hours=24"])
        self.house.sql("INSERT INTO job (name) VALUES ('PERFORMED_TIMEOUT')")
        houses.wait_for("their end", lambda: self.task("T2")["status"] == "failed")
        self.assertEqual(self.task("T1")["status"], "completed")
        waiting = self.waiting()
        self.assertEqual({waiting[dicom.uid_of("silent", a)]["attention"] for a in ("T1", "T2")}, {"timed-out"})
        procedure = self.procedure(dicom.uid_of("silent", "T2"))
        self.assertIn("mpps.timeout_hours", procedure["statusReason"]["text"])
        _, data = self.call(GET, dicom.uid_of("silent", "T1"))
        self.assertEqual(data[STATE], b"COMPLETED")
        self.assertIn("T1", [e.get("accession") for e in self.house.audit_events("STEP_EXPIRE")])


class Departments(Mpps):
    """Who may not see a step does not begin it; a step that comes by FHIR is found by what waits for it."""

    def test_1_another_department(self):
        self.order("D1")
        self.house.sql("UPDATE worklist SET department = 'MR' WHERE accession_number = 'D1'")
        self.house.add_peer("AE", "CT9", "MODALITY")
        self.house.sql("UPDATE peer SET departments = '{CT}' WHERE name = 'CT9'")
        uid = dicom.uid_of("department")
        self.create(uid, begun([scheduled("D1", dicom.uid_of("D1"), "S-D1")]), calling="CT9")
        self.assertEqual(self.waiting()[uid]["attention"], "unscheduled")
        self.assertEqual(self.task("D1")["status"], "requested")
        answer, _ = self.call(GET, uid, calling="CT1")
        self.assertEqual(answer["status"], 0)
        self.house.sql("UPDATE peer SET departments = '{MR}' WHERE name = 'CT9'")
        answer, _ = self.call(GET, uid, calling="CT9")
        self.assertEqual(answer["status"], 0x0112)

    def test_2_a_step_by_fhir(self):
        uid = dicom.uid_of("fhir")
        acsn = {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "ACSN"}]}
        self.create(uid, begun([scheduled("FH1")], patient="P-FH1"))
        patient = self.house.search("/Patient?identifier=P-FH1")[0]
        subject = {"reference": "Patient/" + patient["id"]}
        order = self.make(
            {
                "resourceType": "ServiceRequest",
                "status": "active",
                "intent": "order",
                "identifier": [{"type": acsn, "value": "FH1"}],
                "subject": subject,
            }
        )
        self.assertIn(uid, self.waiting())
        task = self.make(
            {
                "resourceType": "Task",
                "status": "requested",
                "intent": "plan",
                "basedOn": [{"reference": "ServiceRequest/" + order["id"]}],
                "for": subject,
                "input": [{"type": {"text": "modality"}, "valueCoding": {"code": "CT"}}],
            }
        )
        self.assertNotIn(uid, self.waiting())
        self.assertEqual(self.read("Task/" + task["id"])["status"], "in-progress")


class Worklist(Mpps):
    """The worklist as scanners ask for it (IHE RAD-5): patient-based and broad queries, times, what is always there."""

    def accessions(self, calling="CT1", **keys):
        return sorted(s["AccessionNumber"] for s in self.house.peer(calling).worklist(**keys))

    def test_1_every_combination_of_the_patient_based_query(self):
        self.order("W1", patient="PW1", name="Wood^Will")
        self.order("W2", patient="PW1", name="Wood^Will")
        self.order("W3", patient="PW3", name="Stone^Sue")
        keys = {"PatientName": "Wood*", "PatientID": "PW1", "AccessionNumber": "W1", "RequestedProcedureID": "RP-W1"}
        for n in range(1, 16):
            asked = {k: v for bit, (k, v) in enumerate(keys.items()) if n >> bit & 1}
            narrow = n >> 2
            self.assertEqual(self.accessions(**asked), ["W1"] if narrow else ["W1", "W2"], asked)

    def test_2_every_combination_of_the_broad_query(self):
        self.order("B1", start="20271201083000", station="CT1", modality="CT")
        self.order("B2", start="20271201140000", station="MR1", modality="MR")
        self.order("B3", start="20271202083000", station="CT1", modality="CT")
        keys = {
            "ScheduledProcedureStepStartDate": ("20271201", {"B1", "B2"}),
            "Modality": ("CT", {"B1", "B3"}),
            "ScheduledStationAETitle": ("CT1", {"B1", "B3"}),
        }
        for n in range(1, 8):
            asked = {k: v for bit, (k, v) in enumerate(keys.items()) if n >> bit & 1}
            due = {"B1", "B2", "B3"}.intersection(*(found for _, found in asked.values()))
            found = self.accessions(**{k: v for k, (v, _) in asked.items()})
            self.assertEqual({a for a in found if a.startswith("B")}, due, asked)

    def test_3_dates_and_times(self):
        date, time = "ScheduledProcedureStepStartDate", "ScheduledProcedureStepStartTime"
        cases = (
            ({date: "20271201-20271202", time: "1000-0900"}, ["B2", "B3"]),  # one range: 1 Dec 10:00 to 2 Dec 09:00
            ({date: "20271201-20271202", time: "0800-0900"}, ["B1", "B2", "B3"]),
            ({date: "20271201", time: "1000-1500"}, ["B2"]),
            ({date: "20271201", time: "083000"}, ["B1"]),
            ({date: "20271202-"}, ["B3"]),
            ({date: "-20271201", "AccessionNumber": "B*"}, ["B1", "B2"]),
            ({time: "1300-1500", "AccessionNumber": "B*"}, ["B2"]),  # of every day
            ({time: "-0900", "AccessionNumber": "B*"}, ["B1", "B3"]),
            ({date: "*", time: "", "AccessionNumber": "B*"}, ["B1", "B2", "B3"]),
        )
        for keys, due in cases:
            self.assertEqual(self.accessions(**keys), due, keys)

    def test_4_wildcards_and_universal_matching(self):
        for keys, due in (
            ({"PatientName": "*", "AccessionNumber": "B?"}, ["B1", "B2", "B3"]),
            ({"PatientName": "wood^w*", "PatientID": "P?1"}, ["W1", "W2"]),
            ({"Modality": "C*", "AccessionNumber": "B*"}, ["B1", "B3"]),
            ({"StudyInstanceUID": dicom.uid_of("B1") + "\\" + dicom.uid_of("B3")}, ["B1", "B3"]),
            ({"ScheduledProcedureStepID": "S-B2"}, ["B2"]),
        ):
            self.assertEqual(self.accessions(**keys), due, keys)
        for sequence in ("", "[0]"):
            keys = ["AccessionNumber=B1", "ScheduledProcedureStepSequence" + sequence]
            answers, _ = self.house.peer().find(keys)
            step = {
                k.split(".")[1]: v for k, v in answers[0].items() if k.startswith("ScheduledProcedureStepSequence.")
            }
            always = ("ScheduledStationAETitle", "ScheduledProcedureStepStartDate", "ScheduledProcedureStepStartTime")
            for name in always + ("Modality", "ScheduledProcedureStepID"):
                self.assertTrue(step[name], name)
        two = ["AccessionNumber", "ScheduledProcedureStepSequence[1].Modality=MR"]
        answers, done = self.house.peer().find(two + ["ScheduledProcedureStepSequence[0].Modality=CT"])
        self.assertEqual(answers, [], done.stdout)

    def test_5_what_is_always_there(self):
        """An order by FHIR that says the least: no name, no number, no station. No type 1 key comes back empty."""
        patient = self.make({"resourceType": "Patient"})
        subject = {"reference": "Patient/" + patient["id"]}
        order = {"resourceType": "ServiceRequest", "status": "active", "intent": "order", "subject": subject}
        order = self.make(order)
        self.make(
            {
                "resourceType": "Task",
                "status": "requested",
                "intent": "plan",
                "basedOn": [{"reference": "ServiceRequest/" + order["id"]}],
                "for": subject,
                "restriction": {"period": {"start": "2028-01-01T09:00:00Z"}},
                "input": [{"type": {"text": "modality"}, "valueCoding": {"code": "PT"}}],
            }
        )
        for station in ("", "PET7"):
            steps = self.house.peer("PT1").worklist(Modality="PT", ScheduledStationAETitle=station)
            self.assertEqual(len(steps), 1)
            answer = {k.replace("ScheduledProcedureStepSequence.", ""): v for k, v in steps[0].items()}
            self.assertEqual(answer["ScheduledStationAETitle"], station or "PT1")
            for name in (
                "PatientName",
                "PatientID",
                "RequestedProcedureID",
                "RequestedProcedureDescription",
                "StudyInstanceUID",
                "ScheduledProcedureStepStartDate",
                "ScheduledProcedureStepStartTime",
                "ScheduledProcedureStepID",
                "ScheduledProcedureStepDescription",
            ):
                self.assertTrue(answer[name], name)

    def test_6_states_a_peer_is_shown(self):
        self.order("ST1", station="SHOWN")
        items = [scheduled("ST1", dicom.uid_of("ST1"), "S-ST1")]
        self.create(dicom.uid_of("shown"), begun(items))
        self.house.add_peer("AE", "SHOWN", "MODALITY")
        self.assertEqual(self.accessions("SHOWN", AccessionNumber="ST1"), [])
        states = "worklist_statuses=SCHEDULED,STARTED"
        self.house.must("peer", "set", "AE", "SHOWN", states, "--config", self.house.conf)
        self.assertEqual(self.accessions("SHOWN", AccessionNumber="ST1"), ["ST1"])
        self.assertEqual(self.accessions("CT1", AccessionNumber="ST1"), [])
        for aet, visible in (("SHOWN", True), ("CT1", False)):
            explained = self.house.http("GET", "/admin/api/worklist/explain?aet=%s&accession=ST1" % aet).json
            self.assertEqual(explained["visible"], visible, explained)
        asked = {"AccessionNumber": "ST1", "ScheduledProcedureStepStatus": "STARTED"}
        self.assertEqual(self.accessions("CT1", **asked), ["ST1"])

    def test_7_more_than_a_list_should_hold(self):
        columns = (
            "task_rid, task, order_rid, procedure_rid, patient_rid, imaging_study, start_local, modality, step_status"
        )
        self.house.sql(
            "INSERT INTO worklist (%s) SELECT g, 'Task/x', 1, 1, 1, '', '20290101000000', 'XA', 'SCHEDULED'"
            " FROM generate_series(1, 1100) g" % columns
        )
        self.assertEqual(len(self.house.peer().worklist(Modality="XA")), 1000)
        self.assertIn("more than 1000 answers", self.house.log_text())


class Durable(Mpps):
    """0000H is said after the commit: a server that dies before has begun nothing, one that dies after has."""

    def test_killed(self):
        for place, status, again in (("before_commit", "requested", 0), ("after_commit", "in-progress", 0x0111)):
            accession, uid = "K" + place[0], dicom.uid_of("killed", place)
            items = [scheduled(accession, dicom.uid_of(accession), "S-" + accession)]
            self.order(accession)
            self.house.restart(failpoint="gate.%s=kill:1" % place)
            with self.assertRaises((EOFError, OSError)):
                self.create(uid, begun(items))
            self.house.wait_dead()
            self.house.start()
            self.assertEqual(self.task(accession)["status"], status, place)
            self.create(uid, begun(items), status=again)
            self.assertEqual(self.task(accession)["status"], "in-progress")
            events = [e for e in self.house.audit_events("STEP_PERFORM") if not e["outcome"]]
            self.assertEqual(len(events), 2 if again else 1)


if __name__ == "__main__":
    story.main()
