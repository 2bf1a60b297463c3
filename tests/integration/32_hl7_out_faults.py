"""Whatever a receiver does — refuses, stalls, breaks off, answers late or for another message, is away — and wherever
this server dies: nothing is lost, the order holds, and the same message keeps its control id."""

import sys
import pathlib
import threading

TREE = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(TREE / "tests" / "support"))

import hl7  # noqa: E402
import house as houses  # noqa: E402
import receiver  # noqa: E402
import story  # noqa: E402
from authority import Authority  # noqa: E402

HEADERS = {"X-Requested-With": "isocentre"}


class Faults(receiver.Story):
    options = {"hl7.retry_max_seconds": 1}

    def begin(self, name, **settings):
        to = receiver.Receiver(release=settings.get("release", 1))
        self.destination(name, to, send="ORDER", style="ORM", answer_seconds=1, **settings)
        self.addCleanup(self.remove, name)
        self.addCleanup(to.down)
        return to

    def orders(self, *accessions):
        for accession in accessions:
            self.order(accession)

    def numbers(self, to):
        return [m.field("OBR-18.1") for m in to.messages]

    def rows(self, name, what="outcome"):
        return [
            r[0]
            for r in self.house.sql(
                "SELECT %s FROM hl7_sent JOIN hl7_destination USING (destination)"
                " WHERE name = '%s' AND NOT removed ORDER BY number" % (what, name)
            )
        ]

    def api(self, method, path, body=None, status=200):
        answer = self.house.http(method, path, body, HEADERS)
        self.assertStatus(answer, status)
        return answer.json

    def metric(self, name, labels):
        line = "isocentre_%s{%s} " % (name, labels)
        text = self.house.http("GET", "/metrics").text
        return next((float(row[len(line) :]) for row in text.split("\n") if row.startswith(line)), 0)

    # ---- receivers that decide ----

    def test_1_refused_for_good(self):
        to = self.begin("PACS")
        to.answer = lambda m: "AE" if m.field("OBR-18.1") == "D2" else "AA"
        self.orders("D1", "D2", "D3")
        self.settle()
        self.assertEqual(self.numbers(to), ["D1", "D2", "D3"], "the next goes on, nothing is tried blindly")
        self.assertEqual(self.rows("PACS"), ["accepted", "dead", "accepted"])
        self.assertIn("it is a dead letter", self.house.log_text())
        dead = self.house.audit_events("MESSAGE_DEAD")[-1]
        self.assertEqual((dead["accession"], dead["outcome"]), ("D2", 8))
        self.assertEqual([e["accession"] for e in self.house.audit_events("MESSAGE_SEND")], ["D1", "D3"])
        houses.wait_for("HL7_OUT_DEAD", lambda: self.metric("hl7_dead", 'destination="PACS"') == 1)
        self.assertEqual(self.metric("hl7_sent_total", 'destination="PACS",outcome="dead"'), 1)  # HL7_SENT
        letter = self.api("GET", "/admin/api/messages?direction=out&peer=PACS&outcome=dead")["items"][0]
        one = self.api("GET", "/admin/api/messages/" + letter["id"])
        self.assertEqual((one["ackCode"], one["event"], one["attempts"]), ("AE", "STEP_NEW", 1))
        self.assertIn("MSA|AE|" + one["controlId"], one["ack"])
        edited = one["raw"].replace("D2", "D2E").replace("\r", "\n")
        again = self.api("POST", "/admin/api/hl7/sent/%s/resubmit" % letter["id"], {"raw": edited})["id"]
        m = self.await_one(to, "the edited message", lambda m: m.field("OBR-18.1") == "D2E")
        self.assertNotEqual(m.control_id, one["controlId"])
        self.settle()
        self.assertEqual(self.rows("PACS"), ["accepted", "resubmitted", "accepted", "accepted"])
        self.assertEqual(self.api("GET", "/admin/api/messages/" + again)["original"], letter["id"])
        self.api("POST", "/admin/api/hl7/sent/%s/resubmit" % letter["id"], {"raw": "PID|1"}, 400)
        self.api("POST", "/admin/api/hl7/sent/1/resubmit", None, 404)
        acts = [e.get("detail") for e in self.house.audit_events("MESSAGE_RESUBMIT") if e["outcome"] == 0]
        self.assertEqual(acts, ["resubmitted, edited"])

    def test_2_refused_and_held(self):
        to = self.begin("HOLD", on_dead="hold")
        to.answer = lambda m: "AR" if m.field("OBR-18.1") == "H1" else "AA"
        self.orders("H1", "H2")
        houses.wait_for("the queue to be held", lambda: self.state("HOLD")["paused"])
        self.assertEqual((self.numbers(to), self.rows("HOLD")), (["H1"], ["dead", "queued"]))
        letter = self.api("GET", "/admin/api/messages?direction=out&peer=HOLD&outcome=dead")["items"][0]
        self.api("POST", "/admin/api/hl7/sent/%s/discard" % letter["id"])
        self.api("POST", "/admin/api/hl7/destinations/HOLD/resume")
        self.settle()
        self.assertEqual((self.numbers(to), self.rows("HOLD")), (["H1", "H2"], ["discarded", "accepted"]))

    def test_3_not_committed_is_tried_again(self):
        to = self.begin("COMMIT", acknowledge="commit")
        answers = ["CE", "CR", "CA"]
        to.answer = lambda m: answers.pop(0) if answers else "CA"
        self.orders("E1", "E2")
        self.settle()
        self.assertEqual(self.numbers(to), ["E1", "E1", "E1", "E2"], "the head of the line blocks")
        self.assertEqual(len({m.raw for m in to.messages[:3]}), 1, "the very same bytes")
        self.assertEqual(self.rows("COMMIT", "attempts"), ["3", "1"])
        failed = self.metric("hl7_sent_total", 'destination="COMMIT",outcome="failed"')
        self.assertEqual(failed, 2)

    # ---- receivers that misbehave ----

    def misbehave(self, name, *answers, **settings):
        """Each answer in turn, then AA: both messages arrive, in order, the first as often as it took."""
        to, left = self.begin(name, **settings), list(answers)
        to.answer = lambda m: left.pop(0)(m) if left else "AA"
        self.orders(name + "1", name + "2")
        self.settle()
        n = len(answers)
        self.assertEqual(self.numbers(to), [name + "1"] * (n + 1) + [name + "2"])
        self.assertEqual(len({m.raw for m in to.messages[: n + 1]}), 1, "the very same bytes")
        self.assertEqual(self.rows(name), ["accepted", "accepted"])
        return to

    def test_4_broken_answers(self):
        half = hl7.START + b"MSH|^~\\&|PACS"
        to = self.misbehave(
            "F",
            lambda m: receiver.CLOSE,
            lambda m: [half, receiver.CLOSE],
            lambda m: hl7.START + b"no acknowledgement" + hl7.END,
            lambda m: hl7.START + receiver.acknowledgement(m, "AA", "OTHER") + hl7.END,
            lambda m: hl7.START + receiver.acknowledgement(m, "XX") + hl7.END,
        )
        self.assertEqual(to.connections, 6, "what was said out of turn ends the connection")

    def test_5_late_answers(self):
        """The answer that came too late is not taken for the next message's."""
        first, second = threading.Event(), threading.Event()

        def late(m):
            first.set()
            second.wait(20)
            return "AA"

        to = self.begin("LATE")
        to.answer = lambda m: "AE" if second.is_set() and m.field("OBR-18.1") == "L2" else late(m)
        self.orders("L1", "L2")
        houses.wait_for("the second attempt", lambda: len(to.messages) == 2)
        second.set()
        self.settle()
        self.assertEqual(set(self.numbers(to)), {"L1", "L2"})
        self.assertEqual(self.rows("LATE"), ["accepted", "dead"], "each answer decides on its own message")

    def test_6_talks_unasked(self):
        """Bytes nobody asked for are no answer to what comes."""
        to = self.begin("TALK")
        to.answer = lambda m: [hl7.START + receiver.acknowledgement(m, "AA") + hl7.END] * 2
        self.orders("T1")
        self.settle()
        to.answer = lambda m: "AE"
        self.orders("T2")
        self.settle()
        self.assertEqual((self.rows("TALK"), to.connections), (["accepted", "dead"], 2))

    def test_7_release_2(self):
        to = receiver.Receiver(release=2)
        to.refused = 2
        self.destination("NAK", to, send="ORDER", style="ORM", answer_seconds=1, release=2)
        self.addCleanup(self.remove, "NAK")
        self.orders("N1")
        self.settle()
        self.assertEqual((self.numbers(to), to.commits), (["N1"] * 3, 1))

    def test_8_away(self):
        to = self.begin("AWAY")
        other = self.begin("HERE")
        self.orders("W0")
        self.settle()
        to.down()
        self.orders(*["W%d" % i for i in range(1, 6)])
        houses.wait_for("the other receiver to have all", lambda: len(other.messages) == 6)
        houses.wait_for("some attempts", lambda: self.state("AWAY")["attempts"] >= 3)
        state = self.state("AWAY")
        self.assertEqual(state["waiting"], 5)
        self.assertIn("refused", state["error"])
        houses.wait_for("HL7_QUEUE", lambda: self.metric("hl7_queue", 'destination="AWAY"') == 5)
        houses.wait_for("HL7_QUEUE_SECONDS", lambda: self.metric("hl7_queue_age_seconds", 'destination="AWAY"') >= 1)
        to.up()
        self.settle()
        self.assertEqual(self.numbers(to), ["W%d" % i for i in range(6)])
        houses.wait_for("the gauge to fall", lambda: self.metric("hl7_queue", 'destination="AWAY"') == 0)

    # ---- this server dies ----

    def test_9_killed_between_sending_and_noting(self):
        to = self.begin("KILL")
        arm = self.house.root / "armed"
        self.house.restart(failpoint="hl7.out.answered=kill:1@%s" % arm)
        arm.touch()
        self.orders("K1")
        self.house.wait_dead()
        self.house.start()
        self.orders("K2")
        self.settle()
        self.assertEqual(self.numbers(to), ["K1", "K1", "K2"], "at least once, in order")
        self.assertEqual(len({m.raw for m in to.messages}), 2, "with the same control id")
        self.assertEqual(self.rows("KILL"), ["accepted", "accepted"])

    # ---- what people do ----

    def test_a_pause_resume_remove(self):
        to = self.begin("PAUSE")
        self.house.must("hl7", "destination", "pause", "PAUSE", "--config", self.house.conf)
        self.orders("P1X")
        houses.wait_for("it to be queued", lambda: self.rows("PAUSE") == ["queued"])
        self.assertEqual(to.messages, [])
        self.house.must("hl7", "destination", "resume", "PAUSE", "--config", self.house.conf)
        self.await_one(to, "it to go on", lambda m: m.field("OBR-18.1") == "P1X")
        self.settle()
        self.api("POST", "/admin/api/hl7/destinations/PAUSE/pause")
        self.orders("P2X")
        houses.wait_for("the next to be queued", lambda: self.rows("PAUSE") == ["accepted", "queued"])
        self.api(
            "PUT",
            "/admin/api/hl7/destinations/GONE",
            {"host": "127.0.0.1", "port": to.port, "send": ["ORDER", "PATIENT"]},
        )
        self.assertIn("GONE", [d["name"] for d in self.api("GET", "/admin/api/hl7/destinations")["items"]])
        self.api("PUT", "/admin/api/hl7/destinations/GONE", {"send": "NONSENSE"}, 400)
        self.api("PUT", "/admin/api/hl7/destinations/GONE", {"colour": "red"}, 400)
        self.api("DELETE", "/admin/api/hl7/destinations/GONE")
        self.api("DELETE", "/admin/api/hl7/destinations/GONE", None, 404)
        for role, login in (("COMPLIANCE", "olga"), ("RIS", "ris")):
            self.house.add_user(login, role)
            for method, path in (("GET", "/destinations"), ("PUT", "/destinations/X"), ("POST", "/sent/replay")):
                answer = self.house.http(
                    method, "/admin/api/hl7" + path, {} if method != "GET" else None, HEADERS, user=login
                )
                self.assertStatus(answer, 403)

    def test_b_bulk_replay(self):
        to = self.begin("AGAIN")
        self.orders("R1", "R2", "R3")
        self.settle()
        ids = {m.control_id for m in to.messages}
        body = {"destination": "AGAIN", "outcome": "accepted", "from": "2026-01-01", "to": "2099-01-01"}
        self.assertEqual(self.api("POST", "/admin/api/hl7/sent/replay", body), {"count": "3"})
        self.settle()
        self.assertEqual(self.numbers(to), ["R1", "R2", "R3"] * 2)
        self.assertEqual(len(ids | {m.control_id for m in to.messages}), 6)
        self.assertEqual(self.api("POST", "/admin/api/hl7/sent/replay", {**body, "to": "2026-01-01"}), {"count": "0"})
        self.api("POST", "/admin/api/hl7/sent/replay", {"destination": "AGAIN"}, 422)

    # ---- TLS ----

    def test_c_tls_and_mutual_tls(self):
        folder = self.house.root / "secrets"
        clinic, other = Authority(folder, "authority"), Authority(folder, "stranger")
        authority, stranger = clinic.certificate, other.certificate
        own, ours = clinic.issue("pacs", "pacs.example.org"), clinic.issue("isocentre", "isocentre.example.org")
        plain, mutual = receiver.Receiver(tls=(*own, None)), receiver.Receiver(tls=(*own, authority))
        settings = dict(send="ORDER", style="ORM", tls=True, connect_seconds=3)
        self.destination("TLS", plain, tls_ca=authority, **settings)
        self.destination("MTLS", mutual, tls_ca=authority, tls_certificate=ours[0], tls_key=ours[1], **settings)
        self.destination("STRANGE", plain, tls_ca=stranger, **settings)
        self.destination("NAMED", plain, tls_ca=authority, tls_name="other.example", **settings)
        self.destination("BARE", mutual, tls_ca=authority, **settings)
        self.orders("S1")
        for name, to in (("TLS", plain), ("MTLS", mutual)):
            self.await_one(to, name, lambda m: m.field("OBR-18.1") == "S1")
            houses.wait_for(name + " to be settled", lambda name=name: self.rows(name) == ["accepted"])
        for name in ("STRANGE", "NAMED", "BARE"):
            houses.wait_for(name + " to fail", lambda name=name: self.state(name)["attempts"] >= 1)
            self.assertEqual(self.rows(name), ["queued"], "nothing is said to who can not prove himself")
        self.assertEqual((len(plain.messages), len(mutual.messages)), (1, 1))
        self.remove("TLS", "MTLS", "STRANGE", "NAMED", "BARE")


if __name__ == "__main__":
    story.main()
