"""What a person asks of HL7 messages: what would this one do, what did that one do and from which of its places, what
was refused and why, and once more please."""

import json
import pathlib
import subprocess
import sys
import urllib.parse

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

    def run_job(self, name):
        """As its schedule would."""
        self.house.sql("INSERT INTO job (name) VALUES ('%s')" % name)
        self.house.sql("NOTIFY isocentre_jobs")


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


class Store(Messages):
    """What came is found again, by whatever is known of it."""

    def found(self, **filters):
        page = self.ask("GET", "/admin/api/messages?" + urllib.parse.urlencode(filters))
        return [m["controlId"] for m in page["items"]]

    def view(self, control_id):
        page = self.ask("GET", "/admin/api/messages?control=" + control_id)
        return self.ask("GET", "/admin/api/messages/" + page["items"][0]["id"])

    def test_1_by_each_of_its_numbers(self):
        self.send("S1", "P1")
        self.send("S2", "P2", name="Nuñez^Zoë", application="EHR")
        many = self.order("S3", "P3").decode().split("\r")
        groups = [s.replace("S3", "S4") for s in many if s[:3] in ("ORC", "OBR")]
        self.assertAck(self.house.send("\r".join(many[:-2] + groups + [""]).encode()), "AA")
        self.send("THIS-ACCESSION-IS-TOO-LONG", "P5", code="AE", control_id="M-BAD")
        self.assertAck(self.house.send(hl7.report("R-S1", hl7.pid("P1", "Doe^Jane"), "S1")), "AA")
        for filters, due in (
            ({"patient": "P1"}, ["R-S1", "M-S1"]),
            ({"accession": "S2"}, ["M-S2"]),
            ({"accession": "S4"}, ["M-S3"]),  # of its second group
            ({"order": "F-S4"}, ["M-S3"]),
            ({"order": "P-S2"}, ["M-S2"]),
            ({"control": "M-S1"}, ["M-S1"]),
            ({"peer": "EHR"}, ["M-S2"]),
            ({"peer": "EHR|CLINIC"}, ["M-S2"]),
            ({"trigger": "ORU"}, ["R-S1"]),
            ({"trigger": "ORM^O01", "patient": "P1"}, ["M-S1"]),
            ({"outcome": "refused"}, ["M-BAD"]),
            ({"outcome": "dead"}, ["M-BAD"]),
            ({"ack": "AE"}, ["M-BAD"]),
            ({"patient": "P5"}, ["M-BAD"]),  # what a refused message named
            ({"from": "2020-01-01", "to": "2020-12-31"}, []),
            ({"from": "2020-01-01", "patient": "P2"}, ["M-S2"]),
            ({"patient": "{1}"}, []),
        ):
            self.assertEqual(self.found(**filters), due, filters)
        for bad in ({"outcome": "odd"}, {"from": "soon"}, {"limit": "0"}, {"before": "x"}):
            self.ask("GET", "/admin/api/messages?" + urllib.parse.urlencode(bad), status=400)

    def test_2_a_page_at_a_time(self):
        seen, before = [], ""
        while before is not None:
            page = self.ask("GET", "/admin/api/messages?limit=2&before=" + before)
            seen += [m["controlId"] for m in page["items"]]
            before = page["next"]
        self.assertEqual(seen, ["R-S1", "M-BAD", "M-S3", "M-S2", "M-S1"])

    def test_3_by_its_words(self):
        self.run_job("MESSAGE_WORDS")
        houses.wait_for("the words of the report", lambda: self.found(text="normal head"))
        self.assertEqual(self.found(text="normal head"), ["R-S1"])
        self.assertEqual(self.found(text="zoë"), ["M-S2"])
        self.assertEqual(self.found(text='"head normal"'), [])
        self.assertIn('job="MESSAGE_WORDS",outcome="done"', self.house.http("GET", "/metrics").text)

    def test_4_taken_apart_and_what_it_wrote(self):
        seen = self.view("M-S2")
        pid = [s for s in seen["segments"] if s["name"] == "PID"][0]
        name = [f for f in pid["fields"] if f["n"] == 5][0]
        self.assertEqual((pid["title"], name["name"], name["value"]), ("Patient", "Name", "Nuñez^Zoë"))
        self.assertIn("MSA|AA|M-S2", seen["ack"])
        wrote = {w["reference"]: w["version"] for w in seen["wrote"]}
        for reference, version in wrote.items():
            self.assertStatus(self.house.fhir("GET", "/%s/_history/%s" % (reference, version)), 200)
        patient = self.house.search("/Patient?identifier=P2")[0]
        self.assertIn("Patient/" + patient["id"], wrote)
        origin = {f["field"]: f for f in seen["fields"]}
        self.assertEqual(origin["PATIENT_NAME"]["place"], "PID^1^5")
        self.assertEqual((origin["STUDY_UID"]["location"], origin["STUDY_UID"]["group"]), ("ZDS-1", 1))
        two = self.view("M-S3")
        self.assertIn((2, "OBR^2^18"), [(f["group"], f["place"]) for f in two["fields"]])
        bad = self.view("M-BAD")
        self.assertEqual((bad["error"]["location"], bad["wrote"], bad["outcome"]), ("OBR^1^18", [], "refused"))
        event = self.house.audit_events("MESSAGE_READ")[-1]
        self.assertEqual((event["object"]["id"], event["patient"]), (bad["id"], "P5"))

    def test_5_messages_of_one_form_keep_their_places_once(self):
        before = self.house.sql("SELECT count(*), sum(length(rows)) FROM message_trace")
        for n in range(3):
            self.send("SAME%d" % n, "P1")
        self.assertEqual(self.house.sql("SELECT count(*), sum(length(rows)) FROM message_trace"), before)
        own = "SELECT max(pg_column_size(wrote) + pg_column_size(trace)) FROM message WHERE control_id LIKE 'M-SAME%'"
        self.assertLess(int(self.house.sql(own)[0][0]), 400, "bytes of provenance in a message's row")

    def test_6_as_fhir_provenance(self):
        patient = self.house.search("/Patient?identifier=P2")[0]
        found = self.house.search("/Provenance?target=Patient/" + patient["id"])
        self.assertEqual(len(found), 1, found)
        told = found[0]
        self.assertIn("Patient/%s/_history/1" % patient["id"], [t["reference"] for t in told["target"]])
        self.assertEqual(told["agent"][0]["who"]["display"], "EHR|CLINIC")
        self.assertEqual(told["entity"][0]["what"]["identifier"]["value"], self.view("M-S2")["id"])
        origins = [{p["url"]: p["valueString"] for p in x["extension"]} for x in told["extension"]]
        name = [o for o in origins if o["field"] == "PATIENT_NAME"][0]
        self.assertEqual((name["place"], name["element"].split(".")[0]), ("PID^1^5", "Patient"))
        self.assertTrue(name["rule"].startswith("PID-5 "), name)
        self.assertEqual(self.house.fhir("GET", "/Provenance/" + told["id"]).json, told)
        valid = self.house.fhir("POST", "/Provenance/$validate", told)
        self.assertEqual([i for i in valid.json["issue"] if i["severity"] in ("error", "fatal")], [], valid.text)
        own = {
            "resourceType": "Provenance",
            "target": [{"reference": "Patient/" + patient["id"]}],
            "recorded": "2026-01-01T00:00:00Z",
            "agent": [{"who": {"display": "somebody"}}],
        }
        self.assertStatus(self.house.fhir("POST", "/Provenance", own), 201)
        both = self.house.fhir("GET", "/Provenance?target=Patient/%s&_total=accurate" % patient["id"]).json
        self.assertEqual((both["total"], len(both["entry"])), (2, 2))
        self.assertEqual(self.house.search("/Provenance?target=Patient/unknown"), [])
        self.assertEqual(self.house.fhir("GET", "/Provenance/0000000000000").status, 404)

    def test_7_departments_see_their_own(self):
        self.house.sql("UPDATE message SET department = 'CT' WHERE control_id = 'M-S2'")
        self.house.add_user("mri", "INTEGRATION")
        self.house.sql("UPDATE app_user SET departments = '{MRI}' WHERE login = 'mri'")
        page = self.ask("GET", "/admin/api/messages?control=M-S2", user="mri")
        self.assertEqual(page["items"], [])
        self.assertEqual(self.found(control="M-S2"), ["M-S2"])
        number = self.view("M-S2")["id"]
        self.ask("GET", "/admin/api/messages/" + number, status=404, user="mri")
        self.ask("POST", "/admin/api/messages/%s/hold" % number, {"held": True}, status=404, user="mri")
        self.ask("GET", "/admin/api/hl7/holds", status=403, user="mri")
        self.ask("POST", "/admin/api/hl7/holds", {"patient": "P1", "reason": "x"}, status=403, user="mri")


class Again(Messages):
    """Refused messages wait, are mended, and come in at last."""

    def dead(self):
        return self.ask("GET", "/admin/api/messages?outcome=dead")["items"]

    def refused(self, name, patient="P1"):
        bad = self.order("THIS-ACCESSION-IS-TOO-LONG-" + name, patient, control_id="BAD-" + name)
        self.assertAck(self.house.send(bad), "AE")
        number = [m["id"] for m in self.dead() if m["controlId"] == "BAD-" + name][0]
        return number, self.ask("GET", "/admin/api/messages/" + number)["raw"]

    def unknown(self, name):
        """Refused only because its sender is not known yet."""
        self.assertAck(self.house.send(self.order(name, "Q-" + name, facility="NEW")), "AR")

    def test_1_edited_and_given_once_more(self):
        number, raw = self.refused("E1")
        self.assertEqual(self.dead()[0]["error"]["location"], "OBR^1^18")
        still = self.ask("POST", "/admin/api/messages/%s/resubmit" % number)
        self.assertEqual((still["ackCode"], len(self.dead())), ("AE", 2), "refused again, and kept again")
        mended = raw.replace("THIS-ACCESSION-IS-TOO-LONG-E1", "E1")
        done = self.ask("POST", "/admin/api/messages/%s/resubmit" % number, {"message": mended})
        self.assertEqual(done["ackCode"], "AA", done)
        self.assertEqual(len(self.house.peer().worklist(AccessionNumber="E1")), 1)
        first, second = (self.ask("GET", "/admin/api/messages/" + n) for n in (number, done["message"]))
        self.assertEqual(
            (first["settled"], second["original"], second["resubmittedBy"]), ("resubmitted", number, "admin")
        )
        self.assertIn("THIS-ACCESSION-IS-TOO-LONG-E1", first["raw"], "the original stays as it came")
        self.assertEqual([m["ackCode"] for m in first["made"]], ["AE", "AA"])
        event = self.house.audit_events("MESSAGE_RESUBMIT")[-1]
        self.assertEqual((event["who"]["name"], event["object"]["id"]), ("admin", number))
        self.assertTrue(event["detail"].startswith("edited, answered AA"), event)
        self.ask("POST", "/admin/api/messages/%s/resubmit" % number, {"message": mended}, status=409)
        self.ask("POST", "/admin/api/messages/1/resubmit", status=404)
        provenance = self.house.search(
            "/Provenance?target=Patient/" + self.house.search("/Patient?identifier=P1")[0]["id"]
        )
        self.assertIn("admin", [a["who"]["display"] for p in provenance for a in p["agent"]])

    def test_2_dismissed(self):
        number, _ = self.refused("D1")
        self.ask("POST", "/admin/api/messages/%s/dismiss" % number, status=204)
        self.assertNotIn(number, [m["id"] for m in self.dead()])
        self.assertEqual(self.house.audit_events("MESSAGE_CHANGE")[-1]["detail"], "dismissed")
        self.ask("POST", "/admin/api/messages/%s/dismiss" % number, status=404)

    def test_3_many_at_once(self):
        for m in self.dead():
            self.ask("POST", "/admin/api/messages/%s/dismiss" % m["id"], status=204)
        self.house.sql(
            "INSERT INTO message (message_id, received, sending_application, sending_facility, control_id,"
            " content_hash, trigger, address, character_set, outcome, ack_code, raw, ack) SELECT"
            " message_id + n, received, 'RIS', 'CLINIC', 'MANY-' || n, content_hash, trigger, address, character_set,"
            " 'refused', 'AE', convert_to(replace(replace(convert_from(raw, 'UTF8'), 'E1', 'MANY' || n), 'MANY' || n"
            " || '|P', 'MANY-' || n || '|P'), 'UTF8'), ack FROM message, generate_series(1, 45) n"
            " WHERE settled = '' AND outcome = 'accepted' AND original IS NOT NULL"
        )
        ids = [m["id"] for m in self.dead()]
        self.assertEqual(len(ids), 45)
        asked = self.ask("POST", "/admin/api/hl7/replay", {"messages": ids + ["1"]})
        self.assertEqual(asked["messages"], 45, "one that is not here is left out")

        def done():
            told = self.ask("GET", "/admin/api/hl7/replay/" + asked["run"])
            return told["done"] == 45 and told

        told = houses.wait_for("45 messages given once more", done)
        self.assertEqual((told["accepted"], told["refused"], told["by"]), (45, 0, "admin"), told["items"][:2])
        self.assertEqual(self.dead(), [])
        self.assertIn('job="MESSAGE_REPLAY",outcome="done"', self.house.http("GET", "/metrics").text)
        self.assertEqual(len(self.house.peer().worklist(AccessionNumber="MANY*")), 45)
        self.ask("POST", "/admin/api/hl7/replay", {"messages": ids}, status=404)
        self.ask("POST", "/admin/api/hl7/replay", {"messages": []}, status=400)
        self.ask("GET", "/admin/api/hl7/replay/1", status=404)

    def test_4_held(self):
        number = self.ask("GET", "/admin/api/messages?limit=1")["items"][0]["id"]
        self.ask("POST", "/admin/api/messages/%s/hold" % number, {"held": True}, status=204)
        self.assertTrue(self.ask("GET", "/admin/api/messages/" + number)["held"])
        self.ask("POST", "/admin/api/hl7/holds", {"patient": "P1", "reason": "claim 7"}, status=204)
        self.ask("POST", "/admin/api/hl7/holds", {"patient": "P1"}, status=422)
        self.assertEqual(self.ask("GET", "/admin/api/hl7/holds")["items"][0]["reason"], "claim 7")
        held = self.ask("GET", "/admin/api/messages?outcome=held&limit=500")["items"]
        self.assertEqual({m["patientId"] for m in held}, {"P1"})
        self.ask("POST", "/admin/api/messages/%s/hold" % number, {"held": False}, status=204)
        self.ask("POST", "/admin/api/hl7/holds", {"patient": "P1", "held": False}, status=204)
        self.assertEqual(self.ask("GET", "/admin/api/messages?outcome=held")["items"], [])

    def test_5_who_may(self):
        self.house.add_user("rad", "RADIOLOGIST")
        for path in ("/messages/1/resubmit", "/messages/1/dismiss", "/messages/1/hold", "/hl7/holds", "/hl7/replay"):
            self.ask("POST", "/admin/api" + path, {}, status=403, user="rad")


class Care(Messages):
    """What is counted and told, what goes when it is old, and the tools of the command line."""

    profile = "production"
    options = {
        "hl7.keep_accepted_days": 40,
        "hl7.keep_refused_days": 50,
        "hl7.keep_settled_days": 60,
        "hl7.alert_dead_letters": 2,
        "hl7.alert_age_seconds": 3600,
    }

    def metrics(self):
        return [line for line in self.house.http("GET", "/metrics").text.split("\n") if not line.startswith("#")]

    def metric(self, name):
        return [line.split(" ")[-1] for line in self.metrics() if name in line]

    def test_1_metrics_of_a_peer_and_of_the_way(self):
        """HL7_PEER_MESSAGES, HL7_PEER_SECONDS, ORDER_TO_WORKLIST; HL7_DEAD and HL7_DEAD_AGE with the alerts."""
        self.house.add_peer("HL7", "RIS|CLINIC", "RIS")
        self.house.add_peer("AE", "CT1", "MODALITY")
        self.send("C1", "P1")
        self.assertAck(self.house.send(hl7.report("R-C1", hl7.pid("P1", "Doe^Jane"), "C1")), "AA")
        self.assertEqual(self.metric('hl7_peer_messages_total{peer="RIS/CLINIC",ack="AA"}'), ["2"])
        self.assertEqual(self.metric('hl7_peer_seconds_count{peer="RIS/CLINIC"}'), ["2"])
        self.assertEqual(self.metric('order_to_worklist_seconds_count{trigger="ORM^O01"}'), ["1"])
        self.send("C2", application="STRANGER", code="AR")
        self.assertEqual(self.metric('hl7_peer_messages_total{peer="unknown",ack="AR"}'), ["1"])
        path = dicom.make_study(self.folder, dicom.uid_of("explain", "C1"), images=1, patient_id="P1")
        self.house.store(*path)
        houses.wait_for("REPORT_TO_LINK", lambda: self.metric('report_to_link_seconds_count{rung="accession"}'))

    def test_2_alerts_when_messages_wait(self):
        alerts = lambda: [(e["object"]["id"], e["outcome"]) for e in self.house.audit_events("ALERT")]  # noqa: E731
        self.assertEqual(alerts(), [])
        for n in range(2):
            self.send("THIS-ACCESSION-IS-TOO-LONG", "W1", control_id="W-%d" % n, code="AE")
        self.run_job("MESSAGE_WATCH")
        houses.wait_for("the alert", alerts)
        self.assertEqual(alerts(), [("hl7-dead-letters", 4)])
        dead = self.ask("GET", "/admin/api/messages?outcome=dead")["items"]
        self.assertEqual(self.metric("isocentre_hl7_dead_letters "), [str(len(dead))])
        for m in dead:
            self.ask("POST", "/admin/api/messages/%s/dismiss" % m["id"], status=204)
        self.run_job("MESSAGE_WATCH")
        houses.wait_for("its end", lambda: len(alerts()) == 2)
        self.assertEqual(alerts()[1], ("hl7-dead-letters", 0))

    def test_3_bytes_age_out_by_class_and_not_while_held(self):
        for name in ("OLD", "KEPT", "HELD"):
            self.send(name, "P-" + name)
        self.send("NEW")
        self.ask("POST", "/admin/api/hl7/holds", {"patient": "P-HELD", "reason": "claim 8"}, status=204)
        kept = self.ask("GET", "/admin/api/messages?control=M-KEPT")["items"][0]["id"]
        self.ask("POST", "/admin/api/messages/%s/hold" % kept, {"held": True}, status=204)
        self.run_job("MESSAGE_WORDS")
        houses.wait_for("their words", lambda: self.ask("GET", "/admin/api/messages?text=NEW")["items"])
        aged = "UPDATE %s SET message_id = message_id - (%d::bigint * 86400000 << 22)%s"
        for days, who in ((45, "control_id IN ('M-OLD', 'M-KEPT', 'M-HELD', 'W-0')"), (55, "control_id = 'W-1'")):
            ids = self.house.sql("SELECT string_agg(message_id::text, ',') FROM message WHERE " + who)[0][0]
            self.house.sql(
                "ALTER TABLE message_text DROP CONSTRAINT IF EXISTS message_text_message_id_fkey;"
                + aged % ("message_text", days, " WHERE message_id IN (%s);" % ids)
                + aged % ("message", days, " WHERE message_id IN (%s)" % ids)
            )
        self.run_job("MESSAGE_RETENTION")
        size = (
            "SELECT control_id, length(raw) > 0 FROM message"
            " WHERE control_id IN ('M-OLD', 'M-KEPT', 'M-HELD', 'M-NEW', 'W-1')"
        )
        houses.wait_for("the old one's end", lambda: ["M-OLD", "f"] in self.house.sql(size))
        self.assertEqual(
            sorted(self.house.sql(size)),
            [["M-HELD", "t"], ["M-KEPT", "t"], ["M-NEW", "t"], ["M-OLD", "f"], ["W-1", "t"]],
            "settled ones of 55 days stay for 60",
        )
        number = self.ask("GET", "/admin/api/messages?control=M-OLD")["items"][0]["id"]
        seen = self.ask("GET", "/admin/api/messages/" + number)
        self.assertEqual((seen["raw"], seen["segments"], seen["accession"]), ("", [], "OLD"))
        self.assertTrue(seen["emptied"] and seen["wrote"] and len(seen["sha256"]) == 64)
        self.assertEqual(self.ask("GET", "/admin/api/messages?text=OLD")["items"], [], "its words went with it")
        told = [e for e in self.house.audit_events("MESSAGE_CHANGE") if e["door"] == "job"]
        self.assertEqual((told[0]["detail"], told[0]["count"]), ("bytes aged out", 1))

    def test_4_why_a_scanner_does_not_see_a_step(self):
        self.house.add_peer("AE", "CT2", "MODALITY")
        explain = "/admin/api/worklist/explain?aet=%s&accession=%s"
        self.send("X1")
        seen = self.ask("GET", explain % ("CT1", "X1"))
        self.assertTrue(seen["visible"] and all(r["holds"] for r in seen["steps"][0]["rules"]), seen)
        hidden = self.ask("GET", explain % ("CT2", "X1"))
        self.assertEqual([r["name"] for r in hidden["steps"][0]["rules"] if not r["holds"]], ["station-ae"])
        self.assertEqual(hidden["visible"], False)
        stranger = self.ask("GET", explain % ("CT9", "X1"))
        self.assertIn("peer-known", [r["name"] for r in stranger["steps"][0]["rules"] if not r["holds"]])
        nothing = self.ask("GET", explain % ("CT1", "NONE"))
        self.assertEqual([r["name"] for r in nothing["rules"]], ["order-known"])
        self.ask("GET", "/admin/api/worklist/explain?aet=CT1", status=422)

    def test_5_receive_and_send(self):
        out = self.folder / "received"
        out.mkdir()
        self.folder.chmod(0o755)
        account.give(out)
        for answer, options in (("AA", []), ("AE", ["--delay", "50"])):
            port = houses.free_ports(1)[0]
            words = ["hl7", "receive", "--port", port, "--answer", answer, "--count", 2, "--out", out, *options]
            receiver = subprocess.Popen(
                account.command([str(houses.executable())] + [str(w) for w in words]),
                cwd="/",
                text=True,
                stdout=subprocess.PIPE,
                env=self.house.environment(),
            )
            self.assertEqual(receiver.stdout.readline(), "listening %d\n" % port)
            message = self.order("V1")
            with hl7.Connection(port) as first, hl7.Connection(port) as second:
                self.assertAck(first.send(message), answer)
                self.assertAck(second.send(message), answer)
            told, _ = receiver.communicate(timeout=30)
            self.assertEqual(receiver.returncode, 0)
            self.assertIn("M-V1 ORM^O01 %d bytes, answered %s" % (len(message), answer), told)
            self.assertEqual((out / "000002.hl7").read_bytes(), message)
        for bad in (["--answer", "XX"], ["--port", "x"], ["word"]):
            self.assertEqual(self.house.command("hl7", "receive", *bad).returncode, 1)

    def test_6_replay(self):
        """A change that came before its order was refused; once the order is here it can be given again."""
        conf = ("--config", self.house.conf)
        self.send("Z1", "Z1", control="SC", status="IP", control_id="EARLY", code="AE")
        self.send("THIS-ACCESSION-IS-TOO-LONG", "Z2", control_id="BAD", code="AE")
        self.send("Z1", "Z1")
        for words in ((), ("1",), ("x",), ("--all", "1"), ("--all", "--peer", "NOBODY")):
            self.assertEqual(self.house.command("hl7", "replay", *words, *conf).returncode, 1, words)
        early = self.ask("GET", "/admin/api/messages?control=EARLY")["items"][0]["id"]
        self.assertEqual(self.house.must("hl7", "replay", early, *conf).stdout, "%s EARLY AA\n" % early)
        rest = self.house.must("hl7", "replay", "--all", "--peer", "RIS|CLINIC", "--from", "2020-01-01", *conf).stdout
        self.assertRegex(rest, r"^\d+ BAD AE .*\n$")
        self.assertEqual(self.house.audit_events("MESSAGE_RESUBMIT")[-1]["door"], "cli")


if __name__ == "__main__":
    story.main()
