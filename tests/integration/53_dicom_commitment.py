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
from dimse import ACTION, COMMITMENT, COMMITMENT_INSTANCE, EVENT  # noqa: E402

TRANSACTION, REFERENCED, FAILED, REASON = 0x00081195, 0x00081199, 0x00081198, 0x00081197
CLASS, UID = 0x00081150, 0x00081155


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

    def report(self, transaction):
        """What the scanner's own listener was told of a transaction, once it was."""
        return houses.wait_for(
            "the report of " + transaction,
            lambda: [x for x in self.scanner.received(EVENT) if x[1][TRANSACTION] == transaction.encode()],
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
        houses.wait_for("no address", lambda: "no address" in self.state(transaction)[1])
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
            self.assertEqual(told(self.report(transaction)[1]), (uids, {}))
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


if __name__ == "__main__":
    story.main()
