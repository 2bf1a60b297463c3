"""A scanner asks whether its images are kept for good before it deletes them (Storage Commitment): the stored bytes are
read and hashed again, and the answer comes on its association while that is open, else on one of ours, whatever dies
between."""

import os
import pathlib
import sys

TREE = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(TREE / "tests" / "support"))

import dicom  # noqa: E402
import dimse  # noqa: E402
import house as houses  # noqa: E402
import story  # noqa: E402
from dimse import ACTION, AVAILABILITY, COMMITMENT, COMMITMENT_INSTANCE, EVENT  # noqa: E402

TRANSACTION, REFERENCED, FAILED, REASON = 0x00081195, 0x00081199, 0x00081198, 0x00081197
CLASS, UID, STATE = 0x00081150, 0x00081155, 0x00400252
HEADERS = {"X-Requested-With": "isocentre"}


def request(transaction, uids, sop_class=dicom.CT):
    items = [{CLASS: ("UI", sop_class), UID: ("UI", u)} for u in uids]
    return {TRANSACTION: ("UI", transaction), REFERENCED: ("SQ", items)}


def told(data):
    """(committed, {failed: reason})"""
    failed = {f[UID].decode(): int.from_bytes(f[REASON].ljust(2, b"\0"), "little") for f in data.get(FAILED, [])}
    return [r[UID].decode() for r in data.get(REFERENCED, [])], failed


class Commitment(story.Story):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.scanner = dimse.Listener()
        cls.house.add_peer("AE", "CT1", "MODALITY")
        cls.house.sql("UPDATE peer SET host = '127.0.0.1', port = %d WHERE name = 'CT1'" % cls.scanner.port)

    @classmethod
    def tearDownClass(cls):
        cls.scanner.close()
        super().tearDownClass()

    def images(self, name, n):
        study = dicom.uid_of(name)
        self.house.store(*dicom.make_study(self.folder / name, study, images=n, size=16), calling="CT1")
        return [dicom.uid_of(study, 1, i) for i in range(1, n + 1)]

    def connect(self, calling="CT1"):
        return dimse.connect(self.house.dicom_port, COMMITMENT, calling=calling)

    def ask(self, a, transaction, uids, status=0, **more):
        data = request(transaction, uids, more.pop("sop_class", dicom.CT))
        answer, _ = a.n(ACTION, COMMITMENT, more.pop("instance", COMMITMENT_INSTANCE), data, action=1, **more)
        self.assertEqual(answer["status"], status, answer)

    def report(self, transaction, seconds=None):
        """What the scanner's own listener was told of a transaction, once it was."""
        return houses.wait_for(
            "the report of " + transaction,
            lambda: [x for x in self.scanner.received(EVENT) if x[1][TRANSACTION] == transaction.encode()],
            seconds,
        )[0]

    def state(self, transaction):
        rows = self.house.sql("SELECT state, last_error FROM commitment WHERE transaction_uid = '%s'" % transaction)
        return rows[0]

    def damage(self, uid):
        name = self.house.sql("SELECT file FROM instance WHERE sop_uid = '%s'" % uid)[0][0]
        path = self.house.root / "files" / name
        raw = bytearray(path.read_bytes())
        raw[-3] ^= 1
        path.write_bytes(raw)
        return path

    def test_1_on_the_same_association(self):
        uids, transaction = self.images("same", 3), dicom.uid_of("t", 1)
        a = self.connect()
        self.ask(a, transaction, uids)
        command, data = a.receive()
        self.assertEqual((command["kind"], command["event"]), (EVENT, 1))
        self.assertEqual(command["sop_instance"], COMMITMENT_INSTANCE)
        self.assertEqual(data[TRANSACTION].decode(), transaction)
        self.assertEqual(told(data), (uids, {}))
        a.answer(command)
        houses.wait_for("its note", lambda: self.state(transaction)[0] == "reported")
        # The association is still good for more.
        again = dicom.uid_of("t", 2)
        self.ask(a, again, uids[:1])
        command, data = a.receive()
        a.answer(command)
        self.assertEqual(told(data), (uids[:1], {}))
        self.assertTrue(a.release())
        self.assertEqual(self.scanner.received(EVENT), [])
        asked = self.house.audit_events("COMMITMENT_REQUEST")
        self.assertEqual((asked[0]["who"]["name"], asked[0]["count"]), ("CT1", 3))
        self.assertIn("0000", self.house.audit_events("COMMITMENT_REPORT")[0]["detail"])

    def test_2_on_an_association_of_ours(self):
        uids, transaction = self.images("ours", 2), dicom.uid_of("t", 3)
        a = self.connect()
        self.ask(a, transaction, uids)
        self.assertTrue(a.release())
        command, data = self.report(transaction)
        self.assertEqual((command["event"], told(data)), (1, (uids, {})))
        self.assertEqual(data[0x00080054], b"ISOCENTRE")

    def test_3_what_is_not_kept(self):
        good, broken, gone = self.images("faults", 3)
        missing, transaction = dicom.uid_of("nowhere"), dicom.uid_of("t", 4)
        self.damage(broken)
        os.unlink(self.damage(gone))
        a = self.connect()
        self.ask(a, transaction, [good, broken, gone, missing])
        a.abort()
        command, data = self.report(transaction)
        self.assertEqual(command["event"], 2)
        self.assertEqual(told(data), ([good], {broken: 0x0110, gone: 0x0110, missing: 0x0112}))
        other = dicom.uid_of("t", 5)
        a = self.connect()
        self.ask(a, other, [good], sop_class="1.2.840.10008.5.1.4.1.1.4")
        a.release()
        self.assertEqual(told(self.report(other)[1]), ([], {good: 0x0119}))

    def test_4_a_peer_that_is_away_is_told_later(self):
        uids, transaction = self.images("away", 1), dicom.uid_of("t", 6)
        self.scanner.silent = True
        a = self.connect()
        self.ask(a, transaction, uids)
        a.release()
        houses.wait_for("a failed attempt", lambda: self.state(transaction)[1] != "")
        self.scanner.silent = False
        self.assertEqual(told(self.report(transaction)[1]), (uids, {}))
        # One that calls again before it could be called is told there.
        transaction = dicom.uid_of("t", 7)
        self.house.sql("UPDATE peer SET port = 0 WHERE name = 'CT1'")
        a = self.connect()
        self.ask(a, transaction, uids)
        a.release()
        houses.wait_for("no address", lambda: "with a port" in self.state(transaction)[1])
        a = self.connect()
        command, data = a.receive()
        a.answer(command)
        self.assertEqual(told(data), (uids, {}))
        a.release()
        self.house.sql("UPDATE peer SET port = %d WHERE name = 'CT1'" % self.scanner.port)

    def test_5_what_is_not_right(self):
        uids = self.images("right", 1)
        a = self.connect()
        self.ask(a, dicom.uid_of("t", 8), uids, status=0x0112, instance="1.2.3")
        answer, _ = a.n(ACTION, COMMITMENT, COMMITMENT_INSTANCE, request("1.2", uids), action=2)
        self.assertEqual(answer["status"], 0x0123)
        for elements in ({TRANSACTION: ("UI", "1.2.3")}, {REFERENCED: ("SQ", [{UID: ("UI", "1.2")}])}):
            answer, _ = a.n(ACTION, COMMITMENT, COMMITMENT_INSTANCE, elements, action=1)
            self.assertEqual(answer["status"], 0x0120)
        answer, _ = a.n(ACTION, COMMITMENT, COMMITMENT_INSTANCE, action=1)
        self.assertEqual(answer["status"], 0x0120)
        answer, _ = a.n(ACTION, COMMITMENT, COMMITMENT_INSTANCE, raw=b"\xff" * 4000, action=1)
        self.assertIn(answer["status"], (0x0110, 0x0213))
        a.release()
        many = ["1.2.3.%d" % i for i in range(10000)]
        a = self.connect()
        self.ask(a, dicom.uid_of("t", 9), many)
        command, data = a.receive()
        a.answer(command)
        self.assertEqual(set(told(data)[1].values()), {0x0112})
        self.assertEqual(len(told(data)[1]), 10000)
        a.release()
        self.assertTrue(self.house.alive())

    def test_6_killed_between_the_question_and_the_answer(self):
        uids = self.images("killed", 2)
        for number, place in ((10, "commit.before_response"), (11, "gate.after_commit")):
            transaction = dicom.uid_of("t", number)
            self.house.restart(failpoint=place + "=kill:1")
            a = self.connect()
            with self.assertRaises((EOFError, OSError)):
                self.ask(a, transaction, uids)
            self.house.wait_dead()
            self.house.start()
            # A worker may have had the job already: then its lease of a minute runs out first.
            self.assertEqual(told(self.report(transaction, seconds=150)[1]), (uids, {}))
        # Not committed: nobody hears of it, and asking again is like asking for the first time.
        transaction = dicom.uid_of("t", 12)
        self.house.restart(failpoint="gate.before_commit=kill:1")
        with self.assertRaises((EOFError, OSError)):
            self.ask(self.connect(), transaction, uids)
        self.house.wait_dead()
        self.house.start()
        self.assertEqual(self.house.sql("SELECT 1 FROM commitment WHERE transaction_uid = '%s'" % transaction), [])
        for _ in range(2):  # the same transaction twice, as a scanner does that heard nothing
            a = self.connect()
            self.ask(a, transaction, uids)
            command, data = a.receive()
            a.answer(command)
            a.release()
            self.assertEqual(told(data), (uids, {}))

    def test_7_other_departments_stay_unseen(self):
        uids, transaction = self.images("dept", 1), dicom.uid_of("t", 13)
        self.house.add_peer("AE", "CT2", "MODALITY")
        self.house.sql("UPDATE peer SET departments = '{MR}' WHERE name = 'CT2'")
        a = self.connect("CT2")
        self.ask(a, transaction, uids)
        command, data = a.receive()
        a.answer(command)
        a.release()
        self.assertEqual(told(data), ([], {uids[0]: 0x0112}))


class Asking(story.Story):
    """Another archive is asked whether it keeps a study for good (job COMMITMENT_ASK); its answer comes on our
    association or on its own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.archive = dimse.Listener()
        cls.house.add_peer("AE", "ARCHIVE", "WORKSTATION")
        cls.house.sql("UPDATE peer SET host = '127.0.0.1', port = %d WHERE name = 'ARCHIVE'" % cls.archive.port)
        cls.study = dicom.uid_of("asked")
        cls.house.store(*dicom.make_study(cls.folder / "asked", cls.study, images=2))
        cls.uids = [dicom.uid_of(cls.study, 1, i) for i in (1, 2)]

    @classmethod
    def tearDownClass(cls):
        cls.archive.close()
        super().tearDownClass()

    def ask(self, peer="ARCHIVE", study=None, status=200):
        path = "/admin/api/dicom/commitments?peer=%s&study=%s" % (peer, study or self.study)
        answer = self.house.http("POST", path, "", HEADERS)
        self.assertStatus(answer, status)
        return answer.json.get("transactionUid")

    def asked(self, transaction):
        items = self.house.http("GET", "/admin/api/dicom/commitments?study=" + self.study).json["items"]
        return next(i for i in items if i["transactionUid"] == transaction)

    def request(self, transaction):
        return houses.wait_for(
            "the question",
            lambda: [d for _, d in self.archive.received(ACTION) if d[TRANSACTION] == transaction.encode()],
        )[0]

    def report(self, elements, status=0, calling="ARCHIVE"):
        a = dimse.connect(self.house.dicom_port, COMMITMENT, calling=calling, role=[(COMMITMENT, 0, 1)])
        self.assertEqual(a.event(COMMITMENT, COMMITMENT_INSTANCE, 2, elements)["status"], status)
        a.release()

    def test_1_answered_on_an_association_of_its_own(self):
        transaction = self.ask()
        data = self.request(transaction)
        self.assertEqual([r[UID].decode() for r in data[REFERENCED]], self.uids)
        houses.wait_for("it to be asked", lambda: self.asked(transaction)["state"] == "asked")
        failed = {CLASS: ("UI", dicom.CT), UID: ("UI", self.uids[1]), REASON: ("US", 0x0112)}
        elements = request(transaction, self.uids[:1])
        elements[FAILED] = ("SQ", [failed])
        self.report(elements, status=0x0112, calling="CT1")  # who was not asked does not answer
        self.report(elements)
        row = self.asked(transaction)
        self.assertEqual((row["state"], row["committed"], row["failed"]), ("answered", 1, 1))
        self.assertEqual(row["failedUids"], self.uids[1:])
        self.report(request("1.2.3.4", self.uids), status=0x0112)

    def test_2_answered_on_ours(self):
        self.archive.after = lambda a, command, data: a.event(
            COMMITMENT, COMMITMENT_INSTANCE, 1, request(data[TRANSACTION].decode(), self.uids)
        )
        transaction = self.ask()
        houses.wait_for("the answer", lambda: self.asked(transaction)["state"] == "answered")
        self.assertEqual(self.asked(transaction)["committed"], 2)
        self.archive.after = None

    def test_3_refused_and_unknown(self):
        self.archive.status = 0x0110
        transaction = self.ask()
        houses.wait_for("the refusal", lambda: self.asked(transaction)["state"] == "refused")
        self.assertIn("0110", self.asked(transaction)["lastError"])
        self.archive.status = 0
        self.ask(peer="NOBODY", status=404)
        self.ask(study="1.2.3", status=404)


class Notices(story.Story):
    """What peers are told without asking: performed steps as they came, and studies that are complete (IAN); and what
    they tell us."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.house.add_peer("AE", "CT1", "MODALITY")
        cls.peer = {}
        for name in ("MANAGER", "ARCHIVE"):
            cls.peer[name] = dimse.Listener()
            cls.house.add_peer("AE", name, "WORKSTATION")
            cls.house.sql(
                "UPDATE peer SET host = '127.0.0.1', port = %d WHERE name = '%s'" % (cls.peer[name].port, name)
            )

    @classmethod
    def tearDownClass(cls):
        for listener in cls.peer.values():
            listener.close()
        super().tearDownClass()

    def subscribe(self, peer, tells, method="PUT", status=204):
        path = "/admin/api/dicom/subscribers/%s/%s" % (peer, tells)
        self.assertStatus(self.house.http(method, path, "" if method == "PUT" else None, HEADERS), status)

    def step(self, kind, uid, elements, calling="CT1"):
        a = dimse.connect(self.house.dicom_port, dimse.MPPS, calling=calling)
        self.assertEqual(a.n(kind, dimse.MPPS, uid, elements)[0]["status"], 0)
        a.release()

    def begin(self, uid, study, calling="CT1", name="Doe^Jane"):
        item = {0x0020000D: ("UI", study), 0x00080050: ("SH", ""), 0x00400009: ("SH", "")}
        elements = {
            0x00080005: ("CS", "ISO_IR 100"),
            0x00080060: ("CS", "CT"),
            0x00100010: ("PN", name),
            0x00100020: ("LO", "P1"),
            STATE: ("CS", "IN PROGRESS"),
            0x00400270: ("SQ", [item]),
            0x00400340: ("SQ", []),
        }
        self.step(dimse.CREATE, uid, elements, calling)

    def complete(self, uid, images, calling="CT1"):
        refs = [{CLASS: ("UI", dicom.CT), UID: ("UI", i)} for i in images]
        series = {0x0020000E: ("UI", "1.2.3"), 0x00081140: ("SQ", refs)}
        self.step(dimse.SET, uid, {STATE: ("CS", "COMPLETED"), 0x00400340: ("SQ", [series])}, calling)

    def got(self, peer, instance):
        return [(c, d) for c, d in list(self.peer[peer].got) if c["sop_instance"] == instance]

    def announced(self, study):
        found = [(c, d) for c, d in list(self.peer["ARCHIVE"].got) if d and d.get(0x0020000D) == study.encode()]
        return [d for c, d in found if c["sop_class"] == AVAILABILITY]

    def test_1_performed_steps_are_handed_on_in_order(self):
        self.subscribe("NOBODY", "MPPS", status=404)
        self.subscribe("MANAGER", "GOSSIP", status=400)
        self.subscribe("MANAGER", "MPPS")
        self.subscribe("MANAGER", "MPPS")
        manager = self.peer["MANAGER"]
        manager.silent = True
        first, second = dicom.uid_of("handed", 1), dicom.uid_of("handed", 2)
        self.begin(first, dicom.uid_of("s", 1), name="M\u00fcller".encode("latin-1"))
        self.complete(first, ["1.2.3.4"])
        self.begin(second, dicom.uid_of("s", 2))
        rows = "SELECT 1 FROM outbox_destination WHERE kind = 'dicom-notice' AND attempts > 0"
        houses.wait_for("an attempt", lambda: self.house.sql(rows))
        self.house.kill()  # what waits survives
        self.house.start()
        manager.silent = False
        houses.wait_for("both steps", lambda: self.got("MANAGER", second))
        kinds = [(c["kind"], d[STATE]) for c, d in self.got("MANAGER", first)]
        self.assertEqual(kinds, [(dimse.CREATE, b"IN PROGRESS"), (dimse.SET, b"COMPLETED")])
        order = [c["sop_instance"] for c, _ in manager.got]
        self.assertEqual(order, [first, first, second])
        data = self.got("MANAGER", first)[0][1]
        self.assertEqual((data[0x00080005], data[0x00100010].decode()), (b"ISO_IR 192", "M\u00fcller"))
        items = self.house.http("GET", "/admin/api/dicom/subscribers").json["items"]
        self.assertEqual([(i["peer"], i["tells"]) for i in items], [("MANAGER", "MPPS")])
        # Nobody is told of what he said himself; and what he refuses for good holds nothing up.
        own, third = dicom.uid_of("handed", 3), dicom.uid_of("handed", 4)
        self.begin(own, dicom.uid_of("s", 3), calling="MANAGER")
        manager.status = 0x0110
        self.begin(third, dicom.uid_of("s", 4))
        houses.wait_for("the third", lambda: self.got("MANAGER", third))
        self.assertEqual(self.got("MANAGER", own), [])
        sent = houses.wait_for(
            "its event", lambda: [e for e in self.house.audit_events("NOTICE_SEND") if e["object"]["id"] == third]
        )
        self.assertEqual((sent[0]["outcome"], "0110" in sent[0]["detail"]), (8, True))
        self.subscribe("MANAGER", "MPPS", "DELETE")
        self.subscribe("MANAGER", "MPPS", "DELETE", status=404)

    def test_2_a_complete_study_is_announced(self):
        self.subscribe("ARCHIVE", "IAN")
        study, uid = dicom.uid_of("complete"), dicom.uid_of("complete", "step")
        images = [dicom.uid_of(study, 1, i) for i in (1, 2)]
        self.begin(uid, study)
        self.house.store(*dicom.make_study(self.folder / "complete", study, images=2), calling="CT1")
        self.complete(uid, images)
        data = houses.wait_for("the notification", lambda: self.announced(study))[0]
        instances = data[0x00081115][0][0x00081199]
        self.assertEqual([i[UID].decode() for i in instances], images)
        self.assertEqual({(i[0x00080056], i[0x00080054]) for i in instances}, {(b"ONLINE", b"ISOCENTRE")})
        self.assertEqual(data[0x00081111][0][UID].decode(), uid)
        sent = houses.wait_for(
            "its event", lambda: [e for e in self.house.audit_events("NOTICE_SEND") if e.get("study") == study]
        )
        self.assertEqual(sent[0]["outcome"], 0)

    def test_3_a_study_at_rest_is_announced_once(self):
        """Nobody tells that it is complete: it is, when nothing came for a while."""
        self.house.restart(sets=["fhir.subscription_settle_seconds=1"])
        study = dicom.uid_of("rest")
        self.house.store(*dicom.make_study(self.folder / "rest", study, images=1), calling="CT1")
        houses.wait_for("the notification", lambda: self.announced(study))
        more = dicom.uid_of("rest", "more")
        self.house.store(*dicom.make_study(self.folder / "more", more, images=3), calling="CT1")
        houses.wait_for("the other", lambda: self.announced(more))
        self.assertEqual(len(self.announced(study)), 1)
        self.assertEqual(len(self.announced(more)[-1][0x00081115][0][0x00081199]), 3)

    def test_4_others_tell_us(self):
        study, uid = dicom.uid_of("theirs"), dicom.uid_of("theirs", "notice")
        instance = {
            CLASS: ("UI", dicom.CT),
            UID: ("UI", "1.2.3.4"),
            0x00080056: ("CS", "NEARLINE"),
            0x00080054: ("AE", "ARCHIVE"),
        }
        elements = {
            0x0020000D: ("UI", study),
            0x00081111: ("SQ", []),
            0x00081115: ("SQ", [{0x0020000E: ("UI", "1.2.3"), 0x00081199: ("SQ", [instance, instance])}]),
        }
        a = dimse.connect(self.house.dicom_port, AVAILABILITY, calling="ARCHIVE")
        self.assertEqual(a.n(dimse.CREATE, AVAILABILITY, uid, elements)[0]["status"], 0)
        self.assertEqual(a.n(dimse.CREATE, AVAILABILITY, uid, elements)[0]["status"], 0x0111)
        for gone in (0x0020000D, 0x00081115):
            less = {k: v for k, v in elements.items() if k != gone}
            self.assertEqual(a.n(dimse.CREATE, AVAILABILITY, "1.2.9", less)[0]["status"], 0x0120)
        a.release()
        listed = self.house.http("GET", "/admin/api/dicom/notices?study=" + study).json["items"]
        self.assertEqual(
            [(n["peer"], n["availability"], n["retrieveAet"], n["instances"]) for n in listed],
            [("ARCHIVE", "NEARLINE", "ARCHIVE", 2)],
        )
        self.assertEqual(self.house.audit_events("NOTICE_RECEIVE")[0]["study"], study)


if __name__ == "__main__":
    story.main()
