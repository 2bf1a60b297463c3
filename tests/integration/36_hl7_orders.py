"""Orders as a RIS sends them: numbers asked for and given, replacements, children, holds, several accession
numbers of one study and several steps of one order — seen by the sender's answer, the scanner and FHIR."""

import pathlib
import sys

TREE = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(TREE / "tests" / "support"))

import dicom  # noqa: E402
import hl7  # noqa: E402
import story  # noqa: E402

STEP = "ScheduledProcedureStepSequence."


class Orders(story.Story):
    def send(self, *segments, trigger="ORM^O01^ORM_O01", code="AA", version="2.5.1"):
        Orders.count = getattr(Orders, "count", 0) + 1
        ack = self.house.send(hl7.message(hl7.msh(trigger, "W%d" % Orders.count, version=version), *segments))
        self.assertAck(ack, code)
        return ack

    @staticmethod
    def group(control, placer="", filler="", status="", accession="", procedure="", step="", uid="", parent=""):
        timing = "^^^%s^^R" % hl7.now(5)
        orc = {
            1: control,
            2: placer and placer + "^RIS",
            3: filler and filler + "^FILL",
            5: status,
            7: timing,
            8: parent,
        }
        obr = {1: "1", 2: orc[2], 3: orc[3], 4: "CTHEAD^CT head^L", 18: accession, 19: procedure, 20: step, 24: "CT"}
        lines = [hl7.segment("ORC", orc), hl7.segment("OBR", obr)]
        return lines + (["ZDS|%s^RIS^Application^DICOM" % uid] if uid else [])

    def steps(self, **keys):
        return self.house.peer("CT1").worklist(**keys)

    def order(self, number):
        found = self.house.search("/ServiceRequest?identifier=" + number)
        self.assertEqual(len(found), 1, found)
        return found[0]

    def given(self, ack):
        """What the answer says the server gave: place → value."""
        return {s[2]: s[6] for s in ack.segments if s[0] == "ERR" and s[4] == "I" and s[5] == "assigned"}

    def test_1_the_answer_says_what_was_given(self):
        ack = self.send(hl7.pid("W1", "Doe^Jane"), *self.group("NW", "WP1", "WF1", "SC"))
        given = self.given(ack)
        self.assertEqual(set(given), {"OBR^1^18", "OBR^1^19", "OBR^1^20", "ZDS^1^1"})
        step = self.steps(PatientID="W1")[0]
        self.assertEqual(step["AccessionNumber"], given["OBR^1^18"])
        self.assertEqual(step["RequestedProcedureID"], given["OBR^1^19"])
        self.assertEqual(step[STEP + "ScheduledProcedureStepID"], given["OBR^1^20"])
        self.assertEqual(step["StudyInstanceUID"], given["ZDS^1^1"])
        whole = self.group("NW", "WP2", "WF2", "SC", "WA2", "WR2", "WS2", dicom.uid_of("w", 2))
        self.assertEqual(self.given(self.send(hl7.pid("W1", "Doe^Jane"), *whole)), {})

    def test_2_a_number_is_asked_for(self):
        ack = self.send(hl7.pid("W2", "Doe^Ann"), *self.group("SN", "WP3"))
        self.assertEqual(ack.field(ack.find("MSH"), 8), "ORR^O02^ORR_O02")
        orc = ack.find("ORC")
        self.assertEqual((orc[1], orc[2]), ("NA", "WP3^RIS"))
        filler = orc[3].split("^")[0]
        self.assertTrue(filler.startswith("F") and len(filler) > 8, orc)
        self.assertTrue(ack.find("PID")[3].startswith("W2^"), ack.text)
        step = self.steps(PatientID="W2")[0]
        self.assertEqual(ack.find("OBR")[18].split("^")[0], step["AccessionNumber"])
        self.assertEqual(ack.find("ZDS")[1].split("^")[0], step["StudyInstanceUID"])
        self.assertEqual(self.order("WP3")["id"], self.order(filler)["id"])
        again = self.send(hl7.pid("W2", "Doe^Ann"), *self.group("SN", "WP3"))
        self.assertEqual(again.find("ORC")[3].split("^")[0], filler)  # an order has one number, however often asked
        self.assertEqual(len(self.steps(PatientID="W2")), 1)
        other = self.send(hl7.pid("W2", "Doe^Ann"), *self.group("SN", "", "WF4"), trigger="OMG^O19^OMG_O19")
        self.assertEqual(other.field(other.find("MSH"), 8), "ORG^O20^ORG_O20")
        self.assertTrue(other.find("ORC")[2].startswith("P"), other.text)
        old = self.send(hl7.pid("W2", "Doe^Ann"), *self.group("SN", "WP5"), version="2.3.1")
        self.assertEqual(old.field(old.find("MSH"), 8), "ORR^O02")

    def test_3_replacement(self):
        uid = [dicom.uid_of("w3", i) for i in range(3)]
        self.send(hl7.pid("W3", "Roe^Ida"), *self.group("NW", "WP10", "WF10", "SC", "WA10", "R10", "S10", uid[0]))
        self.send(
            hl7.pid("W3", "Roe^Ida"),
            *self.group("RP", "WP10", "WF10"),
            *self.group("RO", "WP11", "WF11", "SC", "WA11", "R11", "S11", uid[1])
        )
        self.assertEqual([s["AccessionNumber"] for s in self.steps(PatientID="W3")], ["WA11"])
        old, new = self.order("WP10"), self.order("WP11")
        self.assertEqual(old["status"], "revoked")
        self.assertEqual(new["replaces"], [{"reference": "ServiceRequest/" + old["id"]}])
        # the parent in ORC-8 alone says it too
        last = self.group("RO", "WP12", "WF12", "SC", "WA12", "R12", "S12", uid[2], parent="WP11&RIS^WF11&FILL")
        self.send(hl7.pid("W3", "Roe^Ida"), *last)
        self.assertEqual([s["AccessionNumber"] for s in self.steps(PatientID="W3")], ["WA12"])
        self.assertEqual(self.order("WP11")["status"], "revoked")
        refused = self.group("RO", "WP13", "WF13", "SC", "WA13", "R13", "S13", parent="WP12&RIS")
        self.assertEqual(self.send(hl7.pid("W4", "Other^One"), *refused, code="AE").location, "ORC^1^8^1^1")
        self.assertEqual([s["AccessionNumber"] for s in self.steps(PatientID="W3")], ["WA12"])

    def test_4_a_started_order_is_replaced_by_stopping_it(self):
        self.send(hl7.pid("W5", "Roe^Eva"), *self.group("NW", "WP20", "WF20", "IP", "WA20", "R20", "S20"))
        self.send(
            hl7.pid("W5", "Roe^Eva"),
            *self.group("RU", "WP20", "WF20"),
            *self.group("RO", "WP21", "WF21", "SC", "WA21", "R21", "S21")
        )
        tasks = self.house.search("/Task?patient.identifier=W5")
        self.assertEqual(sorted(t["businessStatus"]["text"] for t in tasks), ["DISCONTINUED", "SCHEDULED"], tasks)

    def test_5_hold_and_release(self):
        self.send(hl7.pid("W6", "Hold^Hal"), *self.group("NW", "WP30", "WF30", "SC", "WA30", "R30", "S30"))
        self.send(hl7.pid("W6", "Hold^Hal"), *self.group("HD", "WP30", "WF30"))
        self.assertEqual(self.steps(PatientID="W6"), [])
        self.assertEqual(self.order("WP30")["status"], "on-hold")
        self.send(hl7.pid("W6", "Hold^Hal"), *self.group("RL", "WP30", "WF30"))
        self.assertEqual(len(self.steps(PatientID="W6")), 1)
        self.assertEqual(self.order("WP30")["status"], "active")

    def test_6_children(self):
        self.send(hl7.pid("W7", "Par^Ent"), *self.group("NW", "WP40", "WF40", "SC", "WA40", "R40", "S40"))
        child = self.group("CH", "WP41", "WF41", "SC", "WA41", "R41", "S41", parent="WP40&RIS")
        self.send(hl7.pid("W7", "Par^Ent"), *self.group("PA", "WP40", "WF40"), *child)
        parent = "ServiceRequest/" + self.order("WP40")["id"]
        self.assertEqual(self.order("WP41")["basedOn"], [{"reference": parent}])
        self.assertEqual(len(self.steps(PatientID="W7")), 2)

    def test_7_one_study_for_several_accession_numbers(self):
        uid = dicom.uid_of("w7", 1)
        self.send(
            hl7.pid("W8", "Two^Tom"),
            *self.group("NW", "WP50", "WF50", "SC", "WA50", "R50", "S50", uid),
            *self.group("NW", "WP51", "WF51", "SC", "WA51", "R51", "S51", uid)
        )
        self.assertEqual({s["StudyInstanceUID"] for s in self.steps(PatientID="W8")}, {uid})
        study = self.house.search("/ImagingStudy?identifier=urn:oid:" + uid)
        self.assertEqual(len(study), 1)
        numbers = {i["value"] for i in study[0]["identifier"]}
        self.assertEqual(numbers, {"urn:oid:" + uid, "WA50", "WA51"})
        self.house.store(*dicom.make_study(self.folder / "w7", uid, patient_id="W8", patient_name="Two^Tom"))
        for accession in ("WA50", "WA51"):
            self.assertAck(self.house.send(hl7.report("R" + accession, hl7.pid("W8", "Two^Tom"), accession)), "AA")
        reports = self.house.search("/DiagnosticReport?imagingStudy=ImagingStudy/" + study[0]["id"])
        self.assertEqual(len(reports), 2)

    def test_8_steps_of_one_order(self):
        first = self.group("NW", "WP60", "WF60", "SC", "WA60", "R60", "S60")
        self.send(hl7.pid("W9", "Step^Sue"), *first)
        self.send(hl7.pid("W9", "Step^Sue"), *self.group("NW", "WP60", "WF60", "SC", step="S61"))
        steps = self.steps(PatientID="W9")
        self.assertEqual([s["AccessionNumber"] for s in steps], ["WA60", "WA60"])
        self.assertEqual({s["RequestedProcedureID"] for s in steps}, {"R60"})
        self.assertEqual(len({s["StudyInstanceUID"] for s in steps}), 1)  # one procedure, one study
        self.send(hl7.pid("W9", "Step^Sue"), *self.group("SC", "WP60", "WF60", "CM", step="S60"))
        self.assertEqual(self.order("WP60")["status"], "active")
        self.send(hl7.pid("W9", "Step^Sue"), *self.group("DC", "WP60", "WF60"))  # ends what has not ended
        self.assertEqual(self.steps(PatientID="W9"), [])
        self.assertEqual(self.order("WP60")["status"], "completed")
        self.assertIn(
            "step-transition", self.send(hl7.pid("W9", "Step^Sue"), *self.group("CA", "WP60"), code="AE").text
        )

    def test_9_remarks_change_nothing(self):
        self.send(hl7.pid("W9", "Step^Sue"), *self.group("UA", "WP60", "WF60"))
        kept = self.house.http("GET", "/admin/api/messages").json["items"][0]
        self.assertGreaterEqual(kept["warningCount"], 1)
        self.send(hl7.pid("W9", "Step^Sue"), *self.group("RF", "WP60"), code="AR")

    def test_a_every_fault_is_told(self):
        long = "X" * 17
        first = self.group("NW", "WP90", "WF90", "SC", "WA90" + long, "R90", "S90" + long)
        first[0] = first[0].replace("|^^^20", "|^^^209999", 1)
        second = self.group("ZZ", "WP91", "WF91", "SC", "WA91", "R91" + long, "S91", "1.2.x")
        ack = self.send(hl7.pid("WA", "Fault^Y", birth_date="19991332"), *first, *second, code="AE")
        told = [(s[2], s[3].split("^")[0]) for s in ack.segments if s[0] == "ERR"]
        places = [place for place, _ in told]
        self.assertEqual(len(places), len(set(places)), places)
        due = {("PID^1^7", "102"), ("OBR^1^18", "102"), ("OBR^1^20", "102"), ("ORC^2^1", "200"), ("OBR^2^19", "102")}
        self.assertLessEqual(due, {(p, c) for p, c in told} | {("^".join(p.split("^")[:3]), c) for p, c in told}, told)
        self.assertTrue(any(p.startswith("ZDS^1^1") for p in places), places)
        self.assertTrue(any(p.startswith("ORC^1^7") for p in places), places)
        self.assertNotIn("1999", ack.text.split("ERR", 1)[1])  # never the values
        many = [line for n in range(30) for line in self.group("NW", "WQ%d" % n, "", "SC", "A%d" % n + long)]
        ack = self.send(hl7.pid("WA", "Fault^Y"), *many, code="AE")
        self.assertEqual(len([s for s in ack.segments if s[0] == "ERR"]), 20)
        self.assertEqual(self.house.search("/Patient?identifier=WA"), [])


story.main()
