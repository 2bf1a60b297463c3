"""What a person asks of HL7 messages: what would this one do, what did that one do and from which of its places, what
was refused and why, and once more please."""

import json
import pathlib
import sys

TREE = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(TREE / "tests" / "support"))

import dicom  # noqa: E402
import account  # noqa: E402
import hl7  # noqa: E402
import house as houses  # noqa: E402
import story  # noqa: E402

DRY_RUN = "/admin/api/hl7/dry-run"
COUNTS = (
    "SELECT (SELECT count(*) FROM resource), (SELECT count(*) FROM resource_history), (SELECT count(*) FROM message),"
    " (SELECT count(*) FROM worklist), (SELECT count(*) FROM authority), (SELECT count(*) FROM search_token)"
)


class Messages(story.Story):
    def order(self, accession, patient="P1", name="Doe^Jane", control_id=None, **more):
        return hl7.order(
            control_id or "M-" + accession,
            hl7.pid(patient, name, authority=more.pop("authority", "CLINIC")),
            accession,
            study_uid=dicom.uid_of("explain", accession),
            **more
        )

    def send(self, *arguments, code="AA", **more):
        ack = self.house.send(self.order(*arguments, **more))
        self.assertAck(ack, code)
        return ack

    def ask(self, method, path, body=None, status=200, **more):
        answer = self.house.http(method, path, body, **more)
        self.assertStatus(answer, status)
        return answer.json if answer.text else None


class DryRun(Messages):
    def try_(self, message, **more):
        return self.ask("POST", DRY_RUN, {"message": message.decode()}, **more)

    def test_1_an_order_tried_out_tells_everything_and_changes_nothing(self):
        before = self.house.sql(COUNTS)
        told = self.try_(self.order("D1", authority="ELSEWHERE"))
        self.assertEqual(self.house.sql(COUNTS), before)
        self.assertEqual((told["outcome"], told["ackCode"], told["error"]), ("accepted", "AA", None))
        self.assertEqual(told["sender"], "RIS|CLINIC")
        self.assertIn("MSA|AA|M-D1", told["ack"])
        step = told["worklist"][0]
        self.assertEqual(step["00080050"]["Value"], ["D1"])
        self.assertEqual(step["00100010"]["Value"], [{"Alphabetic": "Doe^Jane"}])
        types = sorted(e["resource"]["resourceType"] for e in told["bundle"]["entry"])
        for due in ("ImagingStudy", "Patient", "ServiceRequest", "Task"):
            self.assertIn(due, types)
        fields = {f["field"]: f for f in told["fields"]}
        accession = fields["ACCESSION_NUMBER"]
        self.assertEqual((accession["place"], accession["location"], accession["value"]), ("OBR^1^18", "OBR-18", "D1"))
        self.assertEqual(self.house.peer().worklist(AccessionNumber="D1"), [])
        self.assertEqual(self.house.search("/Patient?identifier=P1"), [])
        # the authority that only the trial knew is made when the message really comes
        type(self).sent = self.order("D1", authority="ELSEWHERE")
        self.assertAck(self.house.send(self.sent), "AA")
        made = self.house.sql("SELECT count(*) FROM authority WHERE namespace = 'ELSEWHERE'")
        self.assertEqual(made, [["1"]])
        self.assertEqual(len(self.house.peer().worklist(AccessionNumber="D1")), 1)

    def test_2_what_came_before_and_what_would_be_refused(self):
        repeated = self.try_(self.sent)
        self.assertEqual((repeated["outcome"], repeated["bundle"].get("entry")), ("repeated", None))
        refused = self.try_(self.order("THIS-ACCESSION-IS-TOO-LONG"))
        self.assertEqual((refused["outcome"], refused["ackCode"]), ("refused", "AE"))
        self.assertEqual(refused["error"]["location"], "OBR^1^18")
        self.assertEqual(refused["worklist"], [])
        unknown = self.try_(hl7.message(hl7.msh("XYZ^Z99", "D-3"), "PID|1"))
        self.assertEqual((unknown["ackCode"], unknown["error"]["code"]), ("AR", "TRIGGER"))
        none = self.try_(b"no message at all")
        self.assertEqual((none["outcome"], none["ackCode"]), ("refused", "AR"))
        self.ask("POST", DRY_RUN, {"message": ""}, status=422)
        self.ask("POST", DRY_RUN, "{", status=400, headers={"Content-Type": "application/json"})

    def test_3_pasted_lines_and_bytes_of_another_character_set(self):
        pasted = self.order("D4", name="Müller^Änne").decode().replace("\r", "\n").replace("UNICODE UTF-8", "8859/1")
        told = self.ask("POST", DRY_RUN, {"message": pasted})
        self.assertEqual(told["worklist"][0]["00100010"]["Value"], [{"Alphabetic": "Müller^Änne"}])
        self.assertFalse([w for w in told["warnings"] if "terminators" in w], "the line ends are the page's, no quirk")
        raw = pasted.replace("\n", "\r").encode("latin-1")
        told = self.ask("POST", DRY_RUN, raw, headers={"Content-Type": "application/hl7-v2"})
        self.assertEqual(told["worklist"][0]["00100010"]["Value"], [{"Alphabetic": "Müller^Änne"}])

    def test_4_who_may_and_what_the_trail_keeps(self):
        self.house.add_user("rad", "RADIOLOGIST")
        self.house.add_user("engine", "INTEGRATION")
        self.ask("POST", DRY_RUN, {"message": "MSH"}, status=403, user="rad")
        self.try_(self.order("D1", control_id="D-NEW", authority="ELSEWHERE"), user="engine")
        event = self.house.audit_events("MESSAGE_DRY_RUN")[-1]
        self.assertEqual((event["who"]["name"], event["object"]["id"]), ("engine", "D-NEW"))
        self.assertEqual(self.ask("GET", "/fhir/Patient?identifier=P1")["entry"][0]["resource"]["id"], event["patient"])

    def test_5_the_same_from_the_command_line(self):
        path = self.folder / "order.hl7"
        path.write_bytes(self.order("D5"))
        self.folder.chmod(0o755)
        account.give(path)
        before = self.house.sql(COUNTS)
        told = json.loads(self.house.must("hl7", "dry-run", path, "--config", self.house.conf).stdout)
        self.assertEqual((told["ackCode"], told["worklist"][0]["00080050"]["Value"]), ("AA", ["D5"]))
        self.assertEqual(self.house.sql(COUNTS), before)
        self.assertEqual(self.house.audit_events("MESSAGE_DRY_RUN")[-1]["door"], "cli")
        self.assertEqual(self.house.command("hl7", "dry-run", "--config", self.house.conf).returncode, 1)


if __name__ == "__main__":
    story.main()
