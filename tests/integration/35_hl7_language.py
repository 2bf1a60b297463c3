"""The language of one sender: its character sets, its conformance profile from draft to force and back, and lint."""

import json
import pathlib
import sys

TREE = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(TREE / "tests" / "support"))

import account  # noqa: E402
import dicom  # noqa: E402
import hl7  # noqa: E402
import house as houses  # noqa: E402
import story  # noqa: E402

PROFILES = "/admin/api/hl7/profiles"


def order(control_id, accession, moved=True, application="ODD", patient="L1", **segments):
    """An order whose accession number stands in OBR-3, and a station in a Z segment."""
    return hl7.message(
        hl7.msh("ORM^O01", control_id, application),
        hl7.pid(patient, "Doe^Jane"),
        hl7.segment("ORC", {1: "NW", 2: "P-" + accession, 3: "F-" + accession, 5: "SC"}),
        hl7.segment(
            "OBR",
            {1: "1", 2: "P-" + accession, 3: accession if moved else "F-" + accession, 4: "CT^Head^L", 24: "CT"}
            | ({} if moved else {18: accession}),
        ),
        hl7.segment("ZRX", {2: "CT9"}),
        *segments.values()
    )


def profile(name="odd", **more):
    return {"name": name, "sender": {"application": "ODD", "facility": "CLINIC"}, **more}


MAP = [
    {"field": "ACCESSION_NUMBER", "from": "OBR-3", "in": ["ORM"]},
    {"field": "STATION_AE", "from": "ZRX-2", "transform": "STATION"},
]
TEST = {
    "name": "the number is in OBR-3",
    "message": order("T1", "T-1").decode(),
    "fields": {"ACCESSION_NUMBER": "T-1", "STATION_AE": "CT9", "PATIENT_ID": "L1"},
}


class Language(story.Story):
    def put(self, document, status=201, **more):
        body = document if isinstance(document, str) else json.dumps(document, indent=1)
        answer = self.house.http("POST", PROFILES + more.pop("query", ""), body.encode(), **more)
        self.assertStatus(answer, status)
        return answer.json

    def ask(self, method, path, status=200):
        answer = self.house.http(method, path)
        self.assertStatus(answer, status)
        return answer.json if answer.text else None

    def until(self, what, condition):
        """A change by another process is seen within a second."""
        return houses.wait_for(what, condition, 10)

    def patient_name(self, patient):
        found = self.house.fhir("GET", "/Patient?identifier=" + patient).resources()
        return found[0]["name"][0]["family"] if found else None


class Sets(Language):
    def send(self, control_id, patient, character_set, name, **more):
        message = hl7.message(
            hl7.msh("ADT^A08", control_id, character_set=character_set, **more),
            b"PID|1||" + patient.encode() + b"^^^CLINIC^MR||" + name + b"||19790412|F",
        )
        with hl7.Connection(self.house.hl7_port) as connection:
            connection.write(hl7.START + message + hl7.END)
            return message, connection.read()

    def test_1_names_in_every_set_are_the_same_name(self):
        cases = [
            ("S1", "8859/2", "Łukasz".encode("iso8859-2"), "Łukasz"),
            ("S2", "8859/5", "Иванов".encode("iso8859-5"), "Иванов"),
            ("S3", "WINDOWS-1250", "Šťastný".encode("cp1250"), "Šťastný"),
            ("S4", "GB 18030-2000", "张乗".encode("gb18030"), "张乗"),  # its second byte is the escape character
            ("S5", "BIG-5", "許功".encode("big5"), "許功"),
            ("S6", "KS X 1001", "김희".encode("euc_kr"), "김희"),
            ("S7", "Shift_JIS", "ソ田".encode("cp932"), "ソ田"),
            ("S8", "~ISO IR87", "山田".encode("iso2022_jp"), "山田"),
            ("S9", "~ISO IR87", b"\\M2442\\;3ED\\C2842\\", "山田"),
            ("S10", "UNICODE UTF-8", "Ωmega".encode(), "Ωmega"),
            ("S11", "", "Grün".encode("cp1252"), "Grün"),  # says nothing, means Windows
            ("S12", "8859/1", "Łukasz".encode(), "Łukasz"),  # says one thing, is another
        ]
        for patient, character_set, raw, name in cases:
            with self.subTest(character_set):
                message, ack = self.send("C-" + patient, patient, character_set, raw + b"^X")
                self.assertIn(b"MSA|AA|C-" + patient.encode(), ack)
                self.assertEqual(self.patient_name(patient), name)
                kept = self.house.sql("SELECT encode(raw, 'hex') FROM message WHERE control_id = 'C-%s'" % patient)
                self.assertEqual(bytes.fromhex(kept[0][0]), message, "as it came, byte by byte")
        warned = self.house.sql("SELECT array_to_string(warnings, '; ') FROM message WHERE control_id = 'C-S12'")
        self.assertIn("charset_invalid", warned[0][0])

    def test_2_a_whole_message_in_utf_16(self):
        text = hl7.message(
            hl7.msh("ADT^A08", "W1", character_set="UNICODE UTF-16"), "PID|1||W1^^^CLINIC||山田^X||1979|F"
        ).decode()
        with hl7.Connection(self.house.hl7_port) as connection:
            connection.write(hl7.START + text.encode("utf-16-be") + hl7.END)
            answer = connection.read().decode("utf-16-be")
        self.assertIn("MSA|AA|W1", answer)
        self.assertEqual(self.patient_name("W1"), "山田")


class Profiles(Language):
    def test_1_what_is_wrong_in_it_is_told_with_its_line(self):
        for document, line, says in (
            ("{\n}", 1, "name"),
            ('{\n"name":}', 2, "JSON"),
            (json.dumps(profile(map=[{"field": "NONSENSE", "from": "OBR-3"}]), indent=1), 8, "no such field"),
            (json.dumps(profile(rules=[{"at": "OBR-"}]), indent=1), 9, "no place"),
        ):
            told = self.put(document, status=400)["error"]
            self.assertIn(says, told["text"])
            self.assertIn("line %d" % line, told["text"])
        self.assertEqual(self.ask("GET", PROFILES)["items"], [])
        self.ask("GET", "/admin/api/hl7/profiles/odd", 404)

    def test_2_a_test_that_fails_keeps_it_out_of_force(self):
        before = self.house.sql("SELECT (SELECT count(*) FROM resource), (SELECT count(*) FROM message)")
        told = self.put(profile(map=MAP[1:], tests=[TEST]))
        self.assertEqual((told["name"], told["version"], told["tests"]), ("odd", 1, 1))
        told = self.ask("POST", "/admin/api/hl7/profiles/odd/activate", 422)
        self.assertFalse(told["activated"])
        test = told["tests"][0]
        self.assertEqual((test["passed"], test["ack"]), (False, "AA"))
        self.assertEqual(test["differs"][0]["field"], "ACCESSION_NUMBER")
        self.assertEqual(test["differs"][0]["expected"], "T-1")
        self.assertEqual(
            self.house.sql("SELECT (SELECT count(*) FROM resource), (SELECT count(*) FROM message)"), before
        )
        self.assertEqual(self.ask("GET", PROFILES)["items"][0]["state"], "draft")

    def test_3_activation_tells_what_changes_and_then_it_does(self):
        self.assertAck(self.house.send(order("O1", "A-1")), "AA")
        self.assertFalse(self.house.peer().worklist(AccessionNumber="A-1"), "OBR-3 is no accession number here")
        rules = [
            {"at": "OBR-3", "usage": "R", "length": 10, "text": "it is the accession number"},
            {"at": "OBR-24", "table": "modality", "severity": "warning"},
            {"at": "ZRX", "usage": "R", "in": "order"},
        ]
        tests = [
            TEST,
            {"name": "refused", "message": order("T2", "T-1234567890").decode(), "ack": "AE"},
        ]
        document = profile(rules=rules, map=MAP, tests=tests, tables={"modality": ["MR"]})
        self.assertEqual(self.put(document)["version"], 2)
        self.assertEqual(self.ask("GET", "/admin/api/hl7/profiles/odd"), document)
        told = self.ask("GET", "/admin/api/hl7/profiles/odd/diff")
        changes = {c["field"]: c for c in told["changes"] if c["controlId"] == "O1"}
        self.assertEqual(changes["ACCESSION_NUMBER"]["before"], "")
        self.assertEqual(
            (changes["ACCESSION_NUMBER"]["after"], changes["ACCESSION_NUMBER"]["afterPlace"]), ("A-1", "OBR^1^3")
        )
        self.assertEqual(changes["STATION_AE"]["after"], "CT9")
        self.assertEqual((told["messages"], told["changed"], told["refused"]), (1, 1, 0))
        told = self.ask("POST", "/admin/api/hl7/profiles/odd/activate")
        self.assertTrue(told["activated"] and all(t["passed"] for t in told["tests"]), told)
        self.assertAck(self.house.send(order("O2", "A-2", patient="L2")), "AA")
        step = self.house.peer().worklist(AccessionNumber="A-2")[0]
        self.assertEqual(step["ScheduledProcedureStepSequence.ScheduledStationAETitle"], "CT9")

    def test_4_a_rule_that_is_broken_is_answered_at_its_place(self):
        ack = self.house.send(order("O3", "A-123456789", patient="L3"))
        self.assertAck(ack, "AE")
        self.assertEqual((ack.location, ack.condition), ("OBR^1^3", "104"))
        self.assertIn("it is the accession number", ack.user_text)
        self.assertNotIn("A-123456789", ack.text)
        ack = self.house.send(order("O4", "", patient="L3"))
        self.assertEqual((ack.code, ack.location, ack.condition), ("AE", "OBR^1^3", "101"))
        without = order("O5", "A-5", patient="L3").replace(b"ZRX", b"ZRY")
        ack = self.house.send(without)
        self.assertEqual((ack.code, ack.location, ack.condition), ("AE", "ZRX^1", "101"))
        warned = self.house.sql("SELECT array_to_string(warnings, '; ') FROM message WHERE control_id = 'O2'")
        self.assertIn("OBR^1^24: OBR-24 is not in table modality", warned[0][0])
        self.assertFalse(self.house.fhir("GET", "/Patient?identifier=L3").resources())

    def test_5_others_are_read_as_before(self):
        self.assertAck(self.house.send(order("O6", "B-6", moved=False, application="EVEN", patient="L6")), "AA")
        self.assertTrue(self.house.peer().worklist(AccessionNumber="B-6"))

    def test_6_from_the_command_line(self):
        conf = ("--config", self.house.conf)
        path = self.folder / "odd.json"
        self.folder.chmod(0o755)
        path.write_text(json.dumps(profile(map=MAP, tests=[TEST])))
        account.give(path)
        self.assertEqual(json.loads(self.house.must("hl7", "profile", "put", path, *conf).stdout)["version"], 3)
        listed = json.loads(self.house.must("hl7", "profile", "list", *conf).stdout)["items"]
        self.assertEqual([(i["version"], i["state"]) for i in listed], [(3, "draft"), (2, "active"), (1, "draft")])
        self.assertEqual(json.loads(self.house.must("hl7", "profile", "show", "odd", "1", *conf).stdout)["name"], "odd")
        told = json.loads(self.house.must("hl7", "profile", "diff", "odd", *conf).stdout)
        self.assertEqual(told["changed"], 0)
        done = self.house.command("hl7", "profile", "activate", "odd", "1", *conf)
        self.assertEqual((done.returncode, json.loads(done.stdout)["activated"]), (1, False))
        self.assertTrue(json.loads(self.house.must("hl7", "profile", "activate", "odd", *conf).stdout)["activated"])
        self.until(
            "the rules of version 3", lambda: self.house.send(order("O7", "A-1234567", patient="L7")).code == "AA"
        )
        self.house.must("hl7", "profile", "remove", "odd", *conf)
        self.until("no profile", lambda: "retired" in str(self.ask("GET", PROFILES)["items"][0]))
        done = self.house.command("hl7", "profile", "remove", "odd", *conf)
        self.assertIn("no such profile", done.stderr)
        changes = [e for e in self.house.audit_events("ADMIN_CHANGE") if e["object"].get("id") == "odd"]
        self.assertGreaterEqual(len(changes), 4, "every change is in the trail")

    def test_7_removed_by_the_api(self):
        self.put(profile("gone", map=MAP))
        self.ask("POST", "/admin/api/hl7/profiles/gone/activate")
        self.ask("DELETE", "/admin/api/hl7/profiles/gone", 204)
        self.ask("DELETE", "/admin/api/hl7/profiles/gone", 404)
        self.assertAck(self.house.send(order("O8", "B-8", moved=False, patient="L8")), "AA")
        self.assertTrue(self.house.peer().worklist(AccessionNumber="B-8"))

    def test_8_the_xml_form_is_imported(self):
        xml = (
            '<HL7v2xConformanceProfile HL7Version="2.5"><HL7v2xStaticDef MsgType="ORM" EventType="O01">'
            '<Segment Name="PID" Usage="R" Min="1" Max="1"><Field Name="Set" Usage="X"/></Segment>'
            "</HL7v2xStaticDef></HL7v2xConformanceProfile>"
        )
        self.put(xml, 422)
        told = self.put(xml, query="?name=vendor&application=VENDOR")
        self.assertEqual((told["rules"], told["notes"]), (2, []))
        self.put("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>", 400, query="?name=x&application=y")
        self.assertTrue(self.ask("POST", "/admin/api/hl7/profiles/vendor/activate")["activated"])
        ack = self.house.send(order("O9", "B-9", moved=False, application="VENDOR", patient="L9"))
        self.assertEqual((ack.code, ack.location, ack.condition), ("AE", "PID^1^1", "198"))

    def test_9_who_may(self):
        self.house.add_user("rita", "RADIOLOGIST")
        self.assertStatus(self.house.http("GET", PROFILES, user="rita"), 403)
        self.assertStatus(self.house.http("POST", PROFILES, b"{}", user="rita"), 403)


class Lint(Language):
    def lint(self, raw, *more):
        path = self.folder / "lint.hl7"
        self.folder.chmod(0o755)
        path.write_bytes(raw)
        account.give(path)
        return self.house.command("hl7", "lint", path, *more)

    def test_what_ihe_asks(self):
        uid = dicom.uid_of("lint", "1")
        good = hl7.order("G1", hl7.pid("G1", "Doe^Jane"), "G-1", study_uid=uid, trigger="ORM^O01")
        done = self.lint(good)
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertIn("1 messages, 0 errors", done.stdout)
        done = self.lint(good.replace(b"|G-1|", b"|G-1234567890123456|").replace(b"\r", b"\n"))
        self.assertEqual(done.returncode, 1)
        self.assertIn("error at OBR^1^18: OBR-18 does not fit DICOM's", done.stdout)
        self.assertIn("lf_terminators", done.stdout)
        self.assertNotIn("Doe", done.stdout)
        done = self.lint(hl7.message(hl7.msh("ORU^R01", "G2"), hl7.pid("G1", "Doe^Jane"), "OBR|1"))
        self.assertIn("error at OBX^1: OBX is required: the text of each report", done.stdout)
        done = self.lint(good, "--profile", "RAD-128")
        self.assertEqual(done.returncode, 0)
        self.assertIn("RAD-4|RAD-128", self.house.must("help").stdout)
        self.assertIn("open", self.house.command("hl7", "lint", self.folder / "absent").stderr)

    def test_by_a_profile_of_ones_own(self):
        path = self.folder / "own.json"
        path.write_text(json.dumps(profile(rules=[{"at": "PID-5", "length": 3, "severity": "warning"}])))
        account.give(path)
        done = self.lint(order("G3", "G-3"), "--profile", path)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("warning at PID^1^5: PID-5 is longer than 3 characters", done.stdout)


story.main()
