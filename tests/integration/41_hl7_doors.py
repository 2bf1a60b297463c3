"""Messages that left are found as those that came are; acknowledgements return over TLS; HL7 over HTTPS by certificate;
peers set from the command line, at once; a sender's own character set; what must not be passed over silently."""

import http.client
import json
import pathlib
import ssl
import sys
import urllib.parse

TREE = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(TREE / "tests" / "support"))

import account  # noqa: E402
import hl7  # noqa: E402
import house as houses  # noqa: E402
import receiver  # noqa: E402
import story  # noqa: E402
from authority import Authority  # noqa: E402

HEADERS = {"X-Requested-With": "isocentre"}
ER7 = {"Content-Type": "application/hl7-v2"}


def adt(control_id, name="Doe^Jane", application="RIS", patient=None, **msh):
    """name: text or the bytes of another character set."""
    name = name if isinstance(name, bytes) else name.encode()
    pid = hl7.pid(patient or "P-" + control_id, "@").encode().replace(b"@", name)
    return hl7.message(hl7.msh("ADT^A08", control_id, application, **msh), pid)


class Doors(receiver.Story):
    options = {"hl7.retry_max_seconds": 1, "hl7.keep_accepted_days": 40}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        folder = cls.house.root / "tls"
        folder.mkdir()
        folder.chmod(0o755)
        cls.ca, cls.stranger = Authority(folder, "clinic-ca"), Authority(folder, "stranger-ca")
        cls.server = cls.ca.issue("isocentre", "isocentre.example.org")
        cls.ris = cls.ca.issue("ris", "ris.example.org")
        cls.lab = cls.ca.issue("lab", "lab.example.org")
        cls.fake = cls.stranger.issue("fake", "ris.example.org")
        cls.https_port = houses.free_ports(1)[0]
        cls.house.write_conf(
            **{
                "http.tls_port": cls.https_port,
                "http.tls_certificate": str(cls.server[0]),
                "http.tls_key": str(cls.server[1]),
                "http.tls_ca": str(cls.ca.certificate),
            }
        )
        cls.house.restart()

    def cli(self, verb, *words):
        words = words if verb == "list" else ("HL7", *words)
        return self.house.must("peer", verb, *words, "--config", self.house.conf).stdout

    def listed(self, name):
        return [p for p in json.loads(self.cli("list")) if p["name"] == name]

    def api(self, method, path, body=None, status=200, **options):
        answer = self.house.http(method, path, body, HEADERS, **options)
        self.assertStatus(answer, status)
        return answer.json if answer.text else None

    def sent(self, **filters):
        path = "/admin/api/messages?" + urllib.parse.urlencode({"direction": "out", **filters})
        return self.api("GET", path)["items"]

    def patient(self, number):
        return self.house.search("/Patient?identifier=" + number)[0]["name"][0]["family"]

    # ---- messages that left ----

    def test_1_search(self):
        to = receiver.Receiver()
        to.answer = lambda m: "AE" if m.field("OBR-18.1") == "S2" else "AA"
        self.destination("PACS", to, send="ORDER", style="ORM")
        for accession in ("S1", "S2"):
            self.order(accession, patient="P-" + accession, placer="PLACER-" + accession)
        self.settle()
        houses.wait_for(
            "their words",
            lambda: self.house.sql("NOTIFY isocentre_jobs; INSERT INTO job (name) VALUES ('MESSAGE_WORDS')")
            or len(self.sent(text="CTHEAD")) == 2,
        )
        first, second = (m.control_id for m in to.messages)
        cases = {
            "patient": "P-S2",
            "accession": "S2",
            "order": "PLACER-S2",
            "control": second,
            "ack": "AE",
            "outcome": "dead",
            "text": "S2",
        }
        for name, value in cases.items():
            self.assertEqual([m["controlId"] for m in self.sent(**{name: value})], [second], name)
        both = [second, first]
        for name, value in {"peer": "PACS", "trigger": "ORM^O01", "from": "2026-01-01", "to": "2099-01-01"}.items():
            self.assertEqual([m["controlId"] for m in self.sent(**{name: value})], both, name)
        self.assertEqual(self.sent(peer="OTHER") + self.sent(outcome="queued") + self.sent(outcome="again"), [])
        for wrong in ("direction=sideways", "direction=out&outcome=refused", "direction=in&outcome=queued"):
            self.api("GET", "/admin/api/messages?" + wrong, status=400)
        rows = self.api("GET", "/admin/api/messages?direction=in&accession=S2")["items"]
        self.assertEqual([(m["direction"], m["sender"]) for m in rows], [("in", "RIS|CLINIC")])
        page = self.api("GET", "/admin/api/messages?direction=out&limit=1")
        older = self.api("GET", "/admin/api/messages?direction=out&limit=1&before=" + page["next"])
        self.assertEqual([p["items"][0]["controlId"] for p in (page, older)], both)

    def test_2_view(self):
        row = self.sent(accession="S2")[0]
        self.assertEqual((row["destination"], row["event"], row["attempts"]), ("PACS", "STEP_NEW", 1))
        one = self.api("GET", "/admin/api/messages/" + row["id"])
        self.assertEqual((one["direction"], one["outcome"], one["error"]["code"]), ("out", "dead", "AE"))
        self.assertIn("MSA|AE|" + row["controlId"], one["ack"])
        self.assertEqual([s["name"] for s in one["segments"]][:2], ["MSH", "PID"])
        self.assertTrue(one["source"].startswith("Task/"))
        seen = [e for e in self.house.audit_events("MESSAGE_READ") if e.get("object", {}).get("id") == row["id"]]
        self.assertEqual([(e["patient"], e["outcome"]) for e in seen], [("P-S2", 0)], "audited as those that came")
        again = self.api("POST", "/admin/api/hl7/sent/%s/resubmit" % row["id"], None)["id"]
        self.settle()
        made = self.api("GET", "/admin/api/messages/" + row["id"])["made"]
        self.assertEqual([m["id"] for m in made], [again])
        self.assertEqual([m["id"] for m in self.sent(outcome="again")], [again])

    def test_3_departments_and_holds(self):
        row = self.sent(accession="S1")[0]
        self.house.sql("UPDATE hl7_sent SET department = 'CT' WHERE message_id = " + row["id"])
        self.house.add_user("mri", "INTEGRATION")
        self.house.sql("UPDATE app_user SET departments = '{MRI}' WHERE login = 'mri'")
        mine = self.api("GET", "/admin/api/messages?direction=out", user="mri")["items"]
        self.assertEqual(mine, [])
        self.api("GET", "/admin/api/messages/" + row["id"], status=404, user="mri")
        self.api("POST", "/admin/api/messages/%s/hold" % row["id"], {"held": True}, status=404, user="mri")
        self.api("POST", "/admin/api/messages/%s/hold" % row["id"], {"held": True}, status=204)
        self.assertEqual([m["id"] for m in self.sent(outcome="held")], [row["id"]])

    def test_4_ageing_out(self):
        """Accepted ones of 45 days go, but for what is held; dead ones stay."""
        self.order("S3", patient="P-S3")
        self.settle()
        self.house.sql("UPDATE hl7_sent SET message_id = message_id - (45::bigint * 86400000 << 22), replaces = NULL")
        self.house.sql("INSERT INTO job (name) VALUES ('MESSAGE_RETENTION'); NOTIFY isocentre_jobs")
        size = "SELECT accession FROM hl7_sent WHERE raw = '' AND ack = '' AND emptied IS NOT NULL"
        houses.wait_for("the old one's end", lambda: self.house.sql(size) == [["S3"]])
        row = self.sent(accession="S3")[0]
        self.assertTrue(self.api("GET", "/admin/api/messages/" + row["id"])["emptied"])
        self.api("POST", "/admin/api/hl7/sent/%s/resubmit" % row["id"], None, status=410)
        self.assertEqual(len(self.house.sql("SELECT 1 FROM hl7_sent WHERE raw <> ''")), 3, "S1 is held, S2 twice dead")
        self.remove("PACS")

    # ---- acknowledgements ----

    def test_5_both_acknowledgements_are_shown_apart(self):
        with self.house.mllp() as c:
            c.write(hl7.START + adt("BOTH", f15="AL", f16="AL") + hl7.END)
            commit, application = hl7.Ack(c.read()), hl7.Ack(c.read())
        number = self.api("GET", "/admin/api/messages?control=BOTH")["items"][0]["id"]
        seen = self.api("GET", "/admin/api/messages/" + number)
        self.assertEqual((seen["acceptAck"], seen["ack"]), (commit.text, application.text))
        self.assertAck(self.house.send(adt("ONE")), "AA")
        number = self.api("GET", "/admin/api/messages?control=ONE")["items"][0]["id"]
        self.assertNotIn("acceptAck", self.api("GET", "/admin/api/messages/" + number))

    def test_6_returned_over_tls_in_order(self):
        back = receiver.Receiver(tls=(*self.ris, self.ca.certificate))
        tls = dict(tls=True, tls_ca=self.ca.certificate, tls_certificate=self.server[0], tls_key=self.server[1])
        self.destination("BACK", back, send="", tls_name="ris.example.org", **tls)
        self.cli("add", "APART|CLINIC", "--role", "RIS", "ack_return=destination:BACK")
        self.assertIn("destination:BACK took the connection", self.cli("echo", "APART|CLINIC"))
        answers = ["CE", "AA"]
        back.answer = lambda m: answers.pop(0) if answers else "AA"
        with self.house.mllp() as c:
            for n in "123":
                self.assertAck(c.send(adt("RET" + n, application="APART", f15="AL", f16="AL")), "CA")
        houses.wait_for("all acknowledgements", lambda: len(back.messages) == 4)
        self.settle()
        self.assertEqual([m.field("MSA-2") for m in back.messages], ["RET1", "RET1", "RET2", "RET3"])
        self.assertEqual({m.field("MSA-1") for m in back.messages}, {"AA"})
        row = self.sent(peer="BACK")[-1]
        self.assertEqual((row["event"], row["trigger"], row["outcome"]), ("ACKNOWLEDGE", "ACK^A08", "accepted"))
        came = self.api("GET", "/admin/api/messages/" + row["source"].partition("/")[2])
        self.assertEqual(came["controlId"], "RET1")
        self.assertAck(self.house.send(adt("RET1", application="APART", f15="AL", f16="AL")), "CA")
        houses.wait_for("the stored one once more", lambda: len(back.messages) == 5)
        self.assertEqual(back.messages[4].raw, back.messages[0].raw)
        self.remove("BACK")
        self.assertAck(self.house.send(adt("RET4", application="APART", f15="AL", f16="AL")), "CA")
        self.assertIn("no destination 'BACK'", self.house.log_text())

    # ---- HL7 over HTTPS ----

    def post(self, message, own=None, headers=ER7):
        context = ssl.create_default_context(cafile=str(self.ca.certificate))
        if own:
            context.load_cert_chain(str(own[0]), str(own[1]))
        connection = http.client.HTTPSConnection("127.0.0.1", self.https_port, timeout=30, context=context)
        try:
            connection.request("POST", "/hl7", message, headers)
            return houses.Answer(connection.getresponse())
        finally:
            connection.close()

    def test_7_https_binds_a_certificate_to_its_peer(self):
        self.cli("add", "SAFE|CLINIC", "--role", "RIS", "certificate=dns:ris.example.org")
        good = self.post(adt("T1", application="SAFE"), self.ris)
        self.assertStatus(good, 200)
        self.assertIn("MSA|AA|T1", good.text)
        refused = len(self.house.audit_events("REFUSED"))
        for own in (self.lab, None):
            answer = self.post(adt("T2", application="SAFE"), own)
            self.assertStatus(answer, 401)
            self.assertIn("MSA|AR|T2", answer.text)
        self.assertStatus(self.post(adt("T2", application="OTHER"), self.ris), 401)
        self.assertEqual(len(self.house.audit_events("REFUSED")), refused + 3)
        self.assertStatus(self.post(adt("T2", application="OTHER"), self.fake), 401)
        self.assertIn("not trusted", str(self.house.audit_events("BAD_INPUT")[-1]))
        self.assertStatus(self.house.http("POST", "/hl7", adt("T2", application="SAFE"), ER7, user=None), 401)
        self.assertEqual(self.house.sql("SELECT control_id FROM message WHERE control_id LIKE 'T_'"), [["T1"]])
        self.assertStatus(self.post(adt("T3", application="OTHER")), 200)  # known by its address

    def test_7_limits_of_a_peer_hold_over_http(self):
        self.cli("add", "SMALL|CLINIC", "--role", "RIS", "frame_max=400", "rate=1")
        long = adt("L1", application="SMALL") + b"NTE|1||" + b"x" * 500 + b"\r"
        self.assertStatus(self.post(long), 413)
        codes = [self.post(adt("L%d" % i, application="SMALL")).status for i in range(2, 6)]
        self.assertEqual(codes[0], 200)
        self.assertIn(429, codes)

    # ---- peers ----

    def test_8_peers_from_the_command_line(self):
        self.cli("add", "SET|*", "--role", "RIS", "--address", "127.0.0.0/8", "rate=500")
        with self.house.mllp() as c:
            self.assertAck(c.send(adt("C1", application="SET")), "AA")
            self.cli("set", "SET|*", "--address", "127.0.0.0/8", "frame_max=300")
            long = adt("C2", application="SET") + b"NTE|1||" + b"x" * 500 + b"\r"
            (own,) = self.listed("SET|*")
            self.assertEqual((own["address"], own["enabled"]), ("127.0.0.0/8", True))
            self.assertEqual((own["settings"]["frame_max"], own["settings"]["rate"]), (300, 500))

            def refused():
                """At once, on a connection that is open: no more than the notice's way."""
                with self.house.mllp() as other:
                    return other.send(long).code == "AR"

            houses.wait_for("the limit to hold", refused)
            houses.wait_for("it here too", lambda: c.send(long).code == "AR", seconds=5)
        self.cli("disable", "SET|*", "--address", "127.0.0.0/8")
        self.assertFalse(self.listed("SET|*")[0]["enabled"])
        self.assertAck(self.house.send(adt("C3", application="SET")), "AR")
        self.cli("enable", "SET|*", "--address", "127.0.0.0/8")
        self.assertAck(self.house.send(adt("C4", application="SET")), "AA")
        self.cli("remove", "SET|*", "--address", "127.0.0.0/8")
        self.assertEqual(self.listed("SET|*"), [])
        acts = [
            e["request"] for e in self.house.audit_events("ADMIN_CHANGE") if e.get("object", {}).get("id") == "SET|*"
        ]
        self.assertEqual(acts, ["peer " + w for w in ("add", "set", "disable", "enable", "remove")])
        for verb, *words in (
            ("echo", "SAFE|CLINIC"),
            ("remove", "NOBODY|"),
            ("add", "X|Y"),
            ("set", "SAFE|CLINIC", "a=b"),
        ):
            done = self.house.command("peer", verb, "HL7", *words, "--config", self.house.conf)
            self.assertNotEqual(done.returncode, 0, (verb, words))
        here = receiver.Receiver()
        self.destination("THERE", here, send="")
        echo = ("hl7", "destination", "echo", "THERE", "--config", self.house.conf)
        self.assertIn("took the connection", self.house.must(*echo).stdout)
        here.down()
        self.assertNotEqual(self.house.command(*echo).returncode, 0)
        self.remove("THERE")

    # ---- character sets of one sender ----

    def test_9_a_senders_own_character_set(self):
        to = receiver.Receiver()
        self.destination("FORWARD", to, send="", forward="ADT^*")
        self.cli("add", "BALT|CLINIC", "--role", "RIS", "character_set=8859/2")
        name = "Łukasiewicz"
        for control, declared in (("B1", ""), ("B2", "ASCII"), ("B3", "8859/2")):
            message = adt(control, name.encode("iso8859-2"), "BALT", character_set=declared)
            self.assertAck(self.house.send(message), "AA")
            self.assertEqual(self.patient("P-" + control), name, "MSH-18 '%s'" % declared)
        self.settle()
        self.assertEqual([m.field("PID-5") for m in to.messages], [name] * 3, "forwarded as it was read")
        number = self.api("GET", "/admin/api/messages?control=B2")["items"][0]["id"]
        self.assertIn(name, self.api("GET", "/admin/api/messages/" + number)["raw"], "and shown so")
        other = adt("B4", name.encode("iso8859-2"), "RIS", character_set="")
        self.assertAck(self.house.send(other), "AA")
        self.assertNotEqual(self.patient("P-B4"), name, "no other sender's bytes are read so")
        self.remove("FORWARD")

    def quirk(self, name):
        text = self.house.http("GET", "/metrics").text
        line = 'isocentre_hl7_quirks_total{quirk="%s"} ' % name
        return sum(float(row[len(line) :]) for row in text.split("\n") if row.startswith(line))

    def test_9_utf8_under_another_name(self):
        before = self.quirk("utf8_undeclared")
        message = adt("U1", "Müller", "LATIN", character_set="8859/1")
        self.assertAck(self.house.send(message), "AA")
        self.assertEqual(self.patient("P-U1"), "Müller".encode().decode("latin-1"), "as it is declared")
        self.assertEqual(self.quirk("utf8_undeclared"), before + 1)
        self.cli("add", "LATIN|CLINIC", "--role", "RIS", "utf8=1")
        self.assertAck(self.house.send(adt("U2", "Müller", "LATIN", character_set="8859/1")), "AA")
        self.assertAck(self.house.send(adt("U3", "Müller".encode("latin-1"), "LATIN", character_set="8859/1")), "AA")
        self.assertEqual([self.patient("P-U2"), self.patient("P-U3")], ["Müller", "Müller"])
        number = self.api("GET", "/admin/api/messages?control=U2")["items"][0]["id"]
        seen = self.api("GET", "/admin/api/messages/" + number)
        self.assertIn("|Müller|", seen["raw"])
        self.assertIn("utf8_undeclared", " ".join(seen["warnings"]))

    # ---- what must not be passed over ----

    def test_a_batches(self):
        bom, events = b"\xef\xbb\xbf", len(self.house.audit_events("BAD_INPUT"))
        two = self.house.http("POST", "/hl7", bom + b"FHS|^~\\&\rBHS|^~\\&\r" + adt("A1") + adt("A2"), ER7)
        self.assertStatus(two, 500)
        self.assertEqual(two.text.count("MSA|AE|"), 2, "its trailer is missing")
        whole = bom + b"BHS|^~\\&\r" + bom + adt("A1") + hl7.START + adt("A2") + hl7.END + b"BTS|2\r"
        two = self.house.http("POST", "/hl7", whole, ER7)
        self.assertStatus(two, 200)
        self.assertEqual([two.text.count("MSA|AA|A%d" % i) for i in (1, 2)], [1, 1])
        many = b"BHS|^~\\&\r" + b"MSH|^~\\&|RIS\r" * 10001 + b"BTS|10001\r"
        self.assertStatus(self.house.http("POST", "/hl7", many, ER7), 400)
        self.assertEqual(len(self.house.audit_events("BAD_INPUT")), events + 2, "each is one event of the trail")

    def test_b_a_profile_that_can_not_be_used(self):
        profile = self.folder / "profile.json"
        rule = '"rules": [{"at": "PV1", "usage": "R"}]'
        profile.write_text('{"name": "strict", "sender": {"application": "STRICT"}, %s}' % rule)
        account.give(profile)
        self.folder.chmod(0o755)
        for words in (("put", profile), ("activate", "strict")):
            self.house.must("hl7", "profile", *words, "--config", self.house.conf)
        houses.wait_for("it to hold", lambda: self.house.send(adt("Z" + hl7.now(), application="STRICT")).code == "AE")
        self.house.sql("UPDATE hl7_profile SET document = replace(document, 'usage', 'of another release')")
        self.house.restart()
        ack = self.house.send(adt("Z2", application="STRICT"))
        self.assertAck(ack, "AE")
        self.assertIn("can not be used", ack.user_text)
        self.assertIn("whose sender is refused", self.house.log_text())
        self.assertAck(self.house.send(adt("Z3")), "AA")
        self.house.must("hl7", "profile", "remove", "strict", "--config", self.house.conf)
        houses.wait_for("it to be let in", lambda: self.house.send(adt("Z4", application="STRICT")).code == "AA")


if __name__ == "__main__":
    story.main()
