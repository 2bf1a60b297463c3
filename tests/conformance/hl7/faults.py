"""Receivers that misbehave at random while orders keep coming: at the end nothing is lost, the order holds for each of
them, and what came twice is what was not answered well the first time.

faults.py [--minutes M] [--seed N]: ten seconds without --minutes; the seed is printed, to play a run again.
"""

import collections
import random
import socket
import sys
import threading
import time

import hl7
import house as houses
import receiver
import story

WISHES = {"minutes": "", "seed": ""}
ANSWER_SECONDS = 1  # 3 with --minutes: in an hour a busy machine stands still for longer than 1 now and then
BEHIND_MAX = 100  # orders wait while a receiver is so many behind


class Moody(receiver.Receiver):
    """Does one of its faults every third time, until it is calm. log: [when, control id, bytes, how answered]. What is
    read from a connection that the sender has closed by then was given up: it is no part of the order any more."""

    def __init__(self, seed, accepts, refuses, release=1):
        self.random, self.accepts, self.refuses = random.Random(seed), accepts, refuses
        self.calm, self.log, self.downs, self.done = False, [], [], collections.Counter()
        super().__init__(release)
        self.answer = self.choose

    def faults(self):
        others = [lambda m, code=code: (code, code) for code in self.refuses]
        return [self.stall, self.close, self.half, self.late, self.other, self.junk, self.twice, *others]

    def stall(self, m):
        return "stall", None

    def close(self, m):
        return "close", receiver.CLOSE

    def half(self, m):
        return "half", [hl7.START + b"MSH|^~\\&|PACS", receiver.CLOSE]

    def late(self, m):
        time.sleep(ANSWER_SECONDS * 1.3)
        return "late", self.accepts

    def other(self, m):
        return "other", hl7.START + receiver.acknowledgement(m, self.accepts, "NOT-" + m.control_id) + hl7.END

    def junk(self, m):
        return "junk", hl7.START + b"no acknowledgement" + hl7.END

    def twice(self, m):
        """Answered well, and then some more that nobody asked for."""
        return "twice", [self.accepts, hl7.START + receiver.acknowledgement(m, "AE") + hl7.END]

    def choose(self, m):
        entry = [time.monotonic(), m.control_id, m.raw, ""]
        self.log.append(entry)  # before a fault that takes its time
        if self.is_given_up(m):
            name, answer = "given up", receiver.CLOSE
        elif self.calm or self.random.random() > 0.3:
            name, answer = "well", self.accepts
        else:
            name, answer = self.random.choice(self.faults())(m)
        self.done[name] += 1
        entry[3] = name
        return answer

    @staticmethod
    def is_given_up(m):
        try:
            return m.channel.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
        except BlockingIOError:
            return False
        except OSError:
            return True

    def take(self, connection, message):
        message.channel = connection
        if self.release == 2 and not self.calm and not self.is_given_up(message) and self.random.random() < 0.1:
            self.refused = 1
            self.done["nak"] += 1
            self.log.append([time.monotonic(), message.control_id, message.raw, "nak"])
        super().take(connection, message)

    def away(self, until):
        """Nobody listens, now and then."""
        while time.monotonic() < until:
            time.sleep(self.random.uniform(0.5, 4))
            self.downs.append(time.monotonic())
            self.down()
            time.sleep(self.random.uniform(0.1, 1.5))
            self.up()
            self.downs.append(time.monotonic())
            self.done["away"] += 1


class Faults(receiver.Story):
    options = {"hl7.retry_max_seconds": 1}

    def rows(self, name):
        """control id → place in the queue, of all that was sent; and how many there are of each outcome."""
        found = self.house.sql(
            "SELECT control_id, outcome, accession FROM hl7_sent JOIN hl7_destination USING (destination)"
            " WHERE name = '%s' ORDER BY number" % name
        )
        return {r[0]: i for i, r in enumerate(found)}, collections.Counter(r[1] for r in found), [r[2] for r in found]

    def keep_ordering(self, until):
        """Orders, some of them changed at once, until the time is over; the accessions that were accepted."""
        accepted = []
        with self.house.mllp() as c:
            while time.monotonic() < until:
                accession = "F%d" % len(accepted)
                order = hl7.order("O-" + accession, hl7.pid("P" + accession, "Doe^Jane"), accession)
                self.assertAck(c.send(order), "AA")
                accepted.append(accession)
                time.sleep(0.1)
                while len(accepted) % 20 == 0 and self.behind() > BEHIND_MAX and time.monotonic() < until:
                    time.sleep(0.5)
        return accepted

    def behind(self):
        """Orders that the slowest receiver was not told of."""
        waiting = "SELECT count(*) FROM hl7_sent WHERE outcome = 'queued' GROUP BY destination ORDER BY 1 DESC LIMIT 1"
        return int(([*self.house.sql(waiting), ["0"]])[0][0])

    def judge(self, name, to, accepted):
        place, outcomes, told = self.rows(name)
        self.assertEqual(told, accepted, "each accepted order is told once, in its order")
        self.assertEqual(dict(outcomes), {"accepted": len(accepted)})
        came = [place[control] for _, control, _, answered in to.log if answered != "given up"]
        self.assertEqual(sorted(set(came)), list(range(len(accepted))), "nothing is lost")
        self.assertEqual(came, sorted(came), "the order holds, what is said again too")
        said, well, before = {}, {}, ""
        for at, control, raw, answered in to.log:
            self.assertEqual(said.setdefault(control, raw), raw, "said again with the very same bytes")
            excused = any(well.get(control, (at,))[0] - 0.1 <= down <= at for down in to.downs)
            excused = excused or well.get(control, ("", ""))[1] == "twice"  # whose rest was in the way
            excused = excused or answered == "given up"
            self.assertTrue(control not in well or excused, "%s came again though it was answered well" % control)
            if answered in ("well", "twice"):
                well[control] = (at, before)
            before = answered

    def test_faults(self):
        minutes = float(WISHES["minutes"] or 1 / 6)
        seed = int(WISHES["seed"] or random.randrange(10**6))
        print("seed %d" % seed, flush=True)
        until = time.monotonic() + minutes * 60
        told = {
            "ORIGINAL": (Moody(seed, "AA", ["CE", "CR"]), {}),
            "COMMIT": (Moody(seed + 1, "CA", ["CE", "CR"]), {"acknowledge": "commit"}),
            "RELEASE2": (Moody(seed + 2, "AA", [], 2), {"release": 2}),
            "EACH": (Moody(seed + 3, "AA", []), {"keep_open": False}),
        }
        for name, (to, settings) in told.items():
            self.destination(name, to, send="ORDER", style="ORM", answer_seconds=ANSWER_SECONDS, **settings)
            threading.Thread(target=to.away, args=(until,), daemon=True).start()
        accepted = self.keep_ordering(until)
        time.sleep(2)
        for to, _ in told.values():
            to.calm = True
        waiting = "SELECT count(*) FROM hl7_sent WHERE outcome = 'queued'"
        noted = "SELECT count(*) FROM change_note"
        houses.wait_for(
            "all to be delivered",
            lambda: self.house.sql(noted) == [["0"]] and self.house.sql(waiting) == [["0"]],
            seconds=60 + len(accepted),
            step=0.2,
        )
        for name, (to, _) in told.items():
            with self.subTest(name):
                self.judge(name, to, accepted)
            print("%s: %d orders, %d arrivals: %s" % (name, len(accepted), len(to.log), dict(to.done)), flush=True)


if __name__ == "__main__":
    if "--minutes" in sys.argv:
        ANSWER_SECONDS = 3
    for i, word in enumerate(sys.argv):
        if word[2:] in WISHES and i + 1 < len(sys.argv):
            WISHES[word[2:]] = sys.argv[i + 1]
    del sys.argv[1:]
    story.main()
