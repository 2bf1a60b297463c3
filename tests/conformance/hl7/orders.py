"""Nothing acknowledged is missing: thousands of orders on eight connections, the server killed at random moments.

Each order is sent again until it is accepted, as a RIS does. While orders come in, a scanner asks for the newest
accepted one again and again; at the end every accepted order must be in the worklist, once, and sending all of them
anew must change nothing."""

import functools
import os
import random
import subprocess
import threading
import time

import dicom
import hl7
import house
import story

ORDERS = int(os.environ.get("ISOCENTRE_ORDERS", "3000"))
CONNECTIONS, KILLS, PATIENTS, ANEW = 8, 3, 500, 1000


@functools.cache  # a resend differs in nothing
def message(i):
    patient = hl7.pid("P%05d" % (i % PATIENTS), "Doe^Number%05d" % (i % PATIENTS))
    return hl7.order(
        "N%06d" % i, patient, "A%06d" % i, study_uid=dicom.uid_of("orders", i), start="20270101080000", station="CT1"
    )


class Sender(threading.Thread):
    """One connection of the RIS: takes the next number, sends until AA, connects again when the line breaks."""

    def __init__(self, case, numbers):
        super().__init__(daemon=True)
        self.case, self.numbers, self.line, self.refused = case, numbers, None, []

    def send(self, raw):
        if not self.line:
            self.line = self.case.house.mllp(timeout=20)
        return self.line.send(raw)

    def deliver(self, i):
        raw = message(i)
        while True:
            try:
                ack = self.send(raw)
                break
            except (OSError, EOFError):
                self.line = None
                time.sleep(0.05)
        if ack.code == "AA" and ack.control_id == "N%06d" % i:
            self.case.accepted.append(i)
        else:
            self.refused.append(ack.text)

    def run(self):
        for i in self.numbers:
            self.deliver(i)


class Scanner(threading.Thread):
    """Asks for an order as soon as it is accepted, over and over; remembers what it was not shown."""

    def __init__(self, case):
        super().__init__(daemon=True)
        self.case, self.missing, self.asked, self.over = case, [], 0, False

    def run(self):
        while not self.over:
            if self.case.accepted:
                self.look(self.case.accepted[-1])

    def look(self, i):
        life = self.case.lives
        try:
            found = self.case.house.peer("CT1").worklist(AccessionNumber="A%06d" % i)
        except (AssertionError, subprocess.SubprocessError, OSError):
            return  # the server is being killed; the order is asked for at the end
        if found:
            self.asked += 1
        elif life == self.case.lives and self.case.house.ready():
            self.missing.append(i)


class Orders(story.Story):
    accepted, lives = [], 0

    def in_worklist(self):
        rows = self.house.sql("SELECT accession_number, count(*) FROM worklist GROUP BY 1")
        return {row[0]: int(row[1]) for row in rows}

    def send_all(self, count):
        """Distinct numbers for each connection."""
        self.accepted.clear()
        senders = [Sender(self, range(c, count, CONNECTIONS)) for c in range(CONNECTIONS)]
        for s in senders:
            s.start()
        return senders

    def wait(self, senders):
        for s in senders:
            s.join(600)
            self.assertFalse(s.is_alive(), "a sender is stuck")
            self.assertEqual(s.refused[:3], [])

    def test_1_accepted_orders_survive_kills(self):
        random.seed(4711)
        senders, scanner = self.send_all(ORDERS), Scanner(self)
        scanner.start()
        for k in range(KILLS):
            goal = int(ORDERS * (k + random.uniform(0.3, 1)) / (KILLS + 1))
            self.wait_accepted(goal)
            Orders.lives += 1
            self.house.kill()
            self.house.start()
        self.wait(senders)
        scanner.over = True
        scanner.join(60)
        self.assertEqual(scanner.missing, [])
        self.assertGreater(scanner.asked, 5)
        self.assertEqual(len(set(self.accepted)), ORDERS)
        self.assertEqual(self.in_worklist(), {"A%06d" % i: 1 for i in range(ORDERS)})

    def wait_accepted(self, goal):
        house.wait_for("%d accepted orders" % goal, lambda: len(self.accepted) >= goal, seconds=280)

    def test_2_a_scanner_is_shown_all_of_them(self):
        for thousand in range(0, ORDERS, 1000):
            found = self.house.peer("CT1").worklist(AccessionNumber="A%03d*" % (thousand // 1000))
            self.assertEqual(len({d["AccessionNumber"] for d in found}), min(1000, ORDERS - thousand))

    def test_3_sending_them_anew_changes_nothing(self):
        tables = ("resource", "resource_history", "worklist")
        counts = "SELECT " + ", ".join("(SELECT count(*) FROM %s)" % t for t in tables)
        before = self.house.sql(counts)
        anew = min(ANEW, ORDERS)
        self.wait(self.send_all(anew))
        self.assertEqual(len(self.accepted), anew)
        self.assertEqual(self.house.sql(counts), before)


story.main()
