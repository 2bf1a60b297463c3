"""What HL7 senders are answered, and when: both acknowledgement modes, sequence numbers, commit bytes, resends, reused
control ids, cancels that come early; over MLLP, HTTP and dropped files."""

import os
import pathlib
import socket
import sys
import threading

TREE = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(TREE / "tests" / "support"))

import account  # noqa: E402
import dicom  # noqa: E402
import hl7  # noqa: E402
import house as houses  # noqa: E402
import story  # noqa: E402

ER7 = {"Content-Type": "application/hl7-v2; charset=UTF-8"}


def adt(control_id, patient="P1", application="RIS", trigger="ADT^A08", **msh):
    return hl7.message(hl7.msh(trigger, control_id, application, **msh), hl7.pid(patient, "Doe^Jane"))


def broken(control_id, application="RIS", **msh):
    """An application error: it has no patient."""
    return hl7.message(hl7.msh("ADT^A08", control_id, application, **msh), "EVN|A08")


def order(accession, control_id=None, **more):
    uid = dicom.uid_of("ack", accession)
    return hl7.order(
        control_id or "O-" + accession, hl7.pid("P-" + accession, "Doe^Jane"), accession, study_uid=uid, **more
    )


def batch(*messages, bts=None, fts=1):
    n = len(messages) if bts is None else bts
    line = b"|^~\\&|RIS|CLINIC|ISOCENTRE|RADIOLOGY|20260101||||"
    head = b"FHS" + line + b"F1\r" + b"BHS" + line + b"B1\r"
    return head + b"".join(messages) + b"BTS|%d\rFTS|%d\r" % (n, fts)


class Receiver:
    """Where application acknowledgements are returned to: an HL7 listener that answers CA, or refuses for a while."""

    def __init__(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port, self.got, self.refuse = self.listener.getsockname()[1], [], 0
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            s, _ = self.listener.accept()
            with s:
                if self.refuse:
                    self.refuse -= 1
                    continue
                content = b""
                while hl7.END not in content and (part := s.recv(65536)):
                    content += part
                ack = hl7.Ack(content.partition(hl7.END)[0].lstrip(hl7.START))
                self.got.append(ack)
                own = ack.raw.split(b"\r")[0].split(b"|")[9]
                s.sendall(hl7.START + b"MSH|^~\\&|||||1||ACK|X1|P|2.5.1\rMSA|CA|" + own + b"\r" + hl7.END)


class Acks(story.Story):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.receiver = Receiver()
        cls.drop = cls.house.root / "drop"
        cls.drop.mkdir()
        account.give(cls.drop)
        for name in ("SEQ|CLINIC", "R2|CLINIC", "STRICT|CLINIC", "APART|CLINIC"):
            cls.house.add_peer("HL7", name, "RIS")
        cls.set("SEQ|CLINIC", "sequence=1")
        cls.set("R2|CLINIC", "commit_bytes=1")
        cls.set("STRICT|CLINIC", "refuse_reused=1")
        cls.set("APART|CLINIC", "ack_return=127.0.0.1:%d" % cls.receiver.port)
        cls.house.write_conf(**{"hl7.drop_path": str(cls.drop)})
        cls.house.restart()

    @classmethod
    def set(cls, name, *pairs):
        cls.house.must("peer", "set", "HL7", name, *pairs, "--config", cls.house.conf)

    def frames(self, *messages):
        """Everything that comes back for these messages, until the answer to a last one that asks for a plain one."""
        with self.house.mllp() as c:
            for m in messages:
                c.write(hl7.START + m + hl7.END)
            mark = "MARK-%d" % id(messages)
            c.write(hl7.START + adt(mark) + hl7.END)
            got = []
            while True:
                raw = c.read()
                if mark.encode() in raw:
                    return got
                got.append(raw)

    @staticmethod
    def codes(frames):
        return [hl7.Ack(f).code for f in frames]

    # ---- enhanced mode ----

    def test_1_every_pair_of_conditions(self):
        both = {"AL", "NE", "ER", "SU"}
        for f15 in ("", "AL", "NE", "ER", "SU"):
            for f16 in ("", "AL", "NE", "ER", "SU"):
                if not f15 and not f16:
                    continue
                name = (f15 or "-") + (f16 or "-")
                good = self.codes(self.frames(adt("G" + name, f15=f15, f16=f16)))
                due = ["CA"] * (f15 in ("AL", "SU")) + ["AA"] * (f16 in ("AL", "SU"))
                self.assertEqual(good, due, name + " accepted")
                bad = self.codes(self.frames(broken("B" + name, f15=f15, f16=f16)))
                heard = f16 in ("AL", "ER")
                if heard:
                    due = ["CA"] * (f15 in ("AL", "SU")) + ["AE"]
                else:
                    due = ["CE"] * (f15 in ("AL", "ER"))
                self.assertEqual(bad, due, name + " in error")
                stranger = self.codes(self.frames(adt("X" + name, trigger="ZZZ^Z99", f15=f15, f16=f16)))
                due = ["CR"] if f15 in ("AL", "ER") else ["AR"] * heard
                self.assertEqual(stranger, due, name + " rejected")
        self.assertEqual(len(both), 4)

    def test_2_resent_in_enhanced_mode(self):
        message = adt("E1", f15="AL", f16="AL")
        first, again = self.frames(message), self.frames(message)
        self.assertEqual(self.codes(first), ["CA", "AA"])
        self.assertEqual(first, again, "the very same bytes")
        silent = adt("E2", f15="NE", f16="NE")
        self.assertEqual(self.frames(silent, silent), [])
        self.assertEqual(self.house.sql("SELECT count(*) FROM message WHERE control_id IN ('E1', 'E2')"), [["2"]])

    def test_3_returned_apart(self):
        self.receiver.refuse = 1
        message = adt("RET1", application="APART", f15="AL", f16="AL")
        self.assertEqual(self.codes(self.frames(message)), ["CA"])
        houses.wait_for("the acknowledgement", lambda: len(self.receiver.got) == 1)
        self.assertEqual((self.receiver.got[0].code, self.receiver.got[0].control_id), ("AA", "RET1"))
        self.assertEqual(self.codes(self.frames(message)), ["CA"])
        houses.wait_for("the acknowledgement once more", lambda: len(self.receiver.got) == 2)
        self.assertEqual(self.receiver.got[0].raw, self.receiver.got[1].raw)
        self.assertEqual(self.codes(self.frames(broken("RET2", "APART", f15="AL", f16="ER"))), ["CA"])
        houses.wait_for("the error", lambda: len(self.receiver.got) == 3)
        self.assertEqual(self.receiver.got[2].code, "AE")
        self.assertAck(self.house.send(adt("RET3", application="APART")), "AA")

    # ---- the sequence number protocol ----

    def numbered(self, n, control_id, make=adt):
        ack = self.house.send(make(control_id, application="SEQ", f13=n))
        fields = [s for s in ack.raw.split(b"\r") if s.startswith(b"MSA")][0].split(b"|")
        return ack.code, fields[4].decode() if len(fields) > 4 else ""

    def test_4_sequence_numbers(self):
        self.assertEqual(self.numbered(0, "S0"), ("AA", "-1"))
        self.assertEqual(self.numbered(7, "S7"), ("AA", "7"), "the first one decides")
        self.assertEqual(self.numbered(8, "S8"), ("AA", "8"))
        self.assertEqual(self.numbered(8, "S8x"), ("AR", "9"), "the answer to 8 was lost")
        self.assertEqual(self.numbered(11, "S11"), ("AR", "9"))
        self.assertEqual(self.numbered(0, "S0b"), ("AA", "9"), "a link that starts again")
        self.assertEqual(self.numbered(9, "S9", broken), ("AE", "9"))
        self.assertEqual(self.numbered(10, "S10"), ("AA", "10"), "a refused message had its number")
        self.assertEqual(self.numbered(-1, "S-"), ("AA", "-1"))
        self.assertEqual(self.numbered(100, "S100"), ("AA", "100"))
        self.assertEqual(self.numbered("", "Snone")[0], "AE")
        self.assertEqual(self.numbered("abc", "Sabc")[0], "AE")
        self.house.restart()
        self.assertEqual(self.numbered(0, "S0c"), ("AA", "101"), "kept over a restart")

    # ---- MLLP release 2 ----

    def test_5_commit_bytes(self):
        with self.house.mllp() as c:
            c.write(hl7.START + adt("C1", application="R2") + hl7.END)
            self.assertEqual(c.read(), b"\x06")
            self.assertAck(hl7.Ack(c.read()), "AA")
            c.write(hl7.START + b"\x06" + hl7.END)  # ours is taken, and is no message
            c.write(hl7.START + broken("C2", "R2") + hl7.END)
            self.assertEqual(c.read(), b"\x06", "kept, though it was refused")
            self.assertAck(hl7.Ack(c.read()), "AE")
            c.write(hl7.START + adt("C3", application="R2", f15="NE", f16="NE") + hl7.END)
            self.assertEqual(c.read(), b"\x06")
            c.write(hl7.START + b"\x15" + hl7.END)
            with self.assertRaises(EOFError):
                c.read()

    # ---- known again, or not ----

    def test_6_reused_control_ids(self):
        self.assertAck(self.house.send(adt("D1", "PD1", "STRICT")), "AA")
        self.assertAck(self.house.send(adt("D1", "PD1", "STRICT")), "AA")
        other = self.house.send(adt("D1", "PD2", "STRICT"))
        self.assertAck(other, "AR")
        self.assertIn(b"205", other.raw)
        self.assertEqual(self.house.search("/Patient?identifier=PD2"), [])
        self.assertAck(self.house.send(adt("D2", "PD3")), "AA")
        warned = self.house.send(adt("D2", "PD4"))
        self.assertAck(warned, "AA")
        self.assertIn(b"used before", warned.raw)
        self.assertEqual(len(self.house.search("/Patient?identifier=PD4")), 1)

    def test_7_a_cancel_before_its_order(self):
        early = self.house.send(order("K1", "K1-cancel", control="CA", status="CA"))
        self.assertAck(early, "AA")
        self.assertIn(b"no such order", early.raw)
        placed = self.house.send(order("K1"))
        self.assertAck(placed, "AA")
        self.assertIn(b"stays cancelled", placed.raw)
        requests = self.house.search("/ServiceRequest?identifier=K1")
        self.assertEqual([r["status"] for r in requests], ["revoked"] * len(requests))
        self.assertTrue(requests)
        self.assertEqual(self.house.peer("CT1").worklist(AccessionNumber="K1"), [])
        self.assertAck(self.house.send(order("K2")), "AA")
        self.assertEqual(len(self.house.peer("CT1").worklist(AccessionNumber="K2")), 1)
        other = hl7.order("K3", hl7.pid("P-OTHER", "Roe^Ann"), "K1B", placer="P-K1", filler="F-K1")
        self.house.send(order("K9", "K9-cancel", control="CA", status="CA"))
        self.assertAck(self.house.send(hl7.order("K4", hl7.pid("P-K4", "Roe^Ann"), "K9")), "AA")
        self.assertEqual(len(self.house.peer("CT1").worklist(AccessionNumber="K9")), 1, "another patient's order")
        self.assertAck(self.house.send(other), "AE")

    def test_8_older_after_newer(self):
        self.assertAck(self.house.send(order("L1")), "AA")
        self.assertAck(self.house.send(order("L1", "L1-cancel", control="CA", status="CA")), "AA")
        late = order("L1", "L1-late", control="XO", procedure="CTABD^CT abdomen^L")
        late = late.replace(late.split(b"|")[6], hl7.now(-60).encode(), 1)
        ack = self.house.send(late)
        self.assertAck(ack, "AA")
        self.assertEqual(self.house.peer("CT1").worklist(AccessionNumber="L1"), [])

    # ---- HTTP ----

    def post(self, message, headers=ER7, **options):
        return self.house.http("POST", "/hl7", message, headers, **options)

    def test_9_over_http(self):
        good = self.post(adt("H1", "PH1"))
        self.assertStatus(good, 200)
        self.assertTrue(good.headers["content-type"].startswith("application/hl7-v2"))
        self.assertIn("MSA|AA|H1", good.text)
        self.assertEqual(self.post(adt("H1", "PH1")).body, good.body, "resent")
        self.assertStatus(self.post(broken("H2")), 500)
        self.assertStatus(self.post(adt("H3", trigger="ZZZ^Z99")), 400)
        self.assertIn("MSA|AR|H3", self.post(adt("H3", trigger="ZZZ^Z99")).text)
        self.assertStatus(self.post(adt("H4"), {"Content-Type": "text/plain"}), 415)
        self.assertStatus(self.post(adt("H4"), {"Content-Type": "application/hl7-v2; charset=KLINGON"}), 415)
        self.assertStatus(self.post(adt("H4"), password="wrong"), 401)
        self.assertStatus(self.house.http("GET", "/hl7"), 405)
        self.assertStatus(self.post(b"no message"), 400)
        self.assertStatus(self.post(adt("H5"), user=None), 200)  # known by its address, as on MLLP
        self.house.add_user("reader", "RADIOLOGIST")
        self.assertStatus(self.post(adt("H6"), user="reader"), 403)
        self.assertEqual(self.house.sql("SELECT count(*) FROM message WHERE control_id IN ('H4', 'H6')"), [["0"]])

    def test_9_batches(self):
        answer = self.post(batch(adt("B1"), adt("B2")))
        self.assertStatus(answer, 200)
        segments = [s for s in answer.text.split("\r") if s]
        self.assertEqual([s[:3] for s in segments], ["FHS", "BHS", "MSH", "MSA", "MSH", "MSA", "BTS", "FTS"])
        self.assertEqual((segments[1].split("|")[11], segments[-2], segments[-1]), ("B1", "BTS|2", "FTS|1"))
        short = self.post(batch(adt("B3"), bts=2))
        self.assertStatus(short, 500)
        self.assertIn("MSA|AE|B3", short.text)
        self.assertStatus(self.post(batch(adt("B3"), fts=2)), 500)
        self.assertStatus(self.post(batch(adt("B3")).rpartition(b"BTS")[0]), 500)
        self.assertEqual(self.house.sql("SELECT count(*) FROM message WHERE control_id = 'B3'"), [["0"]])
        with self.house.mllp() as c:
            c.write(hl7.START + batch(adt("B4"), broken("B5"), adt("B6")) + hl7.END)
            codes = [s.split(b"|")[1] for s in c.read().split(b"\r") if s.startswith(b"MSA")]
        self.assertEqual(codes, [b"AA", b"AE", b"AA"])

    # ---- files ----

    def put(self, name, content, folder="in"):
        draft = self.drop / folder / (name + ".tmp")
        draft.write_bytes(content)
        account.give(draft)
        draft.rename(self.drop / folder / name)

    def arrived(self, folder, name):
        return houses.wait_for(
            name + " in " + folder,
            lambda: (self.drop / folder / name).exists() and (self.drop / folder / (name + ".ack")).read_bytes(),
        )

    def test_9_files(self):
        self.put("good.hl7", batch(adt("F1", "PF1"), adt("F2", "PF2")))
        self.put("lf.hl7", adt("F3", "PF3").replace(b"\r", b"\n"))
        self.put("bad.hl7", adt("F4") + broken("F5"))
        self.put("none.hl7", b"no message at all")
        secret = self.house.root / "secrets" / "elsewhere.hl7"
        secret.write_bytes(adt("F6"))
        os.symlink(secret, self.drop / "in" / "link.hl7")
        os.link(secret, self.drop / "in" / "second-name.hl7")
        (self.drop / "in" / "half.hl7.part").write_bytes(adt("F7"))
        self.assertEqual(self.arrived("done", "good.hl7").count(b"MSA|AA"), 2)
        self.assertIn(b"MSA|AA|F3", self.arrived("done", "lf.hl7"))
        self.assertIn(b"MSA|AE|F5", self.arrived("failed", "bad.hl7"))
        self.assertIn(b"MSA|AR", self.arrived("failed", "none.hl7"))
        for name in ("link.hl7", "second-name.hl7"):
            houses.wait_for(name, lambda name=name: os.path.lexists(self.drop / "failed" / name))
        self.assertTrue((self.drop / "in" / "half.hl7.part").exists())
        self.assertEqual(self.house.sql("SELECT count(*) FROM message WHERE control_id IN ('F6', 'F7')"), [["0"]])
        self.assertIn("file", [e.get("door") for e in self.house.audit_events("BAD_INPUT")])
        self.put("good.hl7", batch(adt("F1", "PF1"), adt("F2", "PF2")))  # once more, under the same name
        self.arrived("done", "good.hl7.1")
        self.assertEqual(self.house.sql("SELECT count(*) FROM message WHERE control_id = 'F1'"), [["1"]])

    def test_9_files_and_a_crash(self):
        self.house.restart(failpoint="hl7.drop.before_move=kill:1")
        self.put("crash.hl7", adt("F8", "PF8"))
        self.assertEqual(self.house.wait_dead(), -9)
        self.assertTrue((self.drop / "work" / "crash.hl7").exists())
        self.house.start()
        self.assertIn(b"MSA|AA|F8", self.arrived("done", "crash.hl7"))
        self.assertEqual(self.house.sql("SELECT count(*) FROM message WHERE control_id = 'F8'"), [["1"]])


story.main()
