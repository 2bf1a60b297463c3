"""Work that waits for whoever takes it (UPS): put on the list, found, taken once, told of, ended or canceled; a Task
shows all of it in the same commit; who subscribed is told in order, at least once, whatever dies in between."""

import concurrent.futures
import pathlib
import sys

TREE = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(TREE / "tests" / "support"))

import dicom  # noqa: E402
import dimse  # noqa: E402
import house as houses  # noqa: E402
import story  # noqa: E402
from dimse import ACTION, CREATE, EVENT, GET, SET  # noqa: E402

PUSH, WATCH, PULL, QUERY = ("1.2.840.10008.5.1.4.34.6.%d" % n for n in (1, 2, 3, 5))
ALL, FILTERED = "1.2.840.10008.5.1.4.34.5", "1.2.840.10008.5.1.4.34.5.1"
STATE, READY, LABEL, LIST, PRIORITY = 0x00741000, 0x00404041, 0x00741204, 0x00741202, 0x00741200
PROGRESS, PERFORMED, TRANSACTION, STATIONS = 0x00741002, 0x00741216, 0x00081195, 0x00404025
RECEIVER, LOCK, REASON = 0x00741234, 0x00741230, 0x00741238
SEEN = 0x00741004


def code(value="QC1", meaning="Check it"):
    return [{0x00080100: ("SH", value), 0x00080102: ("SH", "99TEST"), 0x00080104: ("LO", meaning)}]


def new(label="Check CT", patient="U1", **more):
    """An N-CREATE with all that must be there; more: tag_00741200=("CS", "LOW"), None takes one away."""
    elements = {
        0x00080005: ("CS", "ISO_IR 100"),
        TRANSACTION: ("UI", ""),
        0x00100010: ("PN", "Work^Wanda"),
        0x00100020: ("LO", patient),
        0x00100030: ("DA", "19790412"),
        0x00100040: ("CS", "F"),
        0x00380010: ("LO", ""),
        0x00380014: ("SQ", []),
        0x00400400: ("LT", "please"),
        0x00404005: ("DT", "20261124101500+0000"),
        0x00404018: ("SQ", code()),
        0x00404021: ("SQ", []),
        STATIONS: ("SQ", []),
        0x00404026: ("SQ", []),
        0x00404027: ("SQ", []),
        READY: ("CS", "READY"),
        0x0040A370: ("SQ", []),
        STATE: ("CS", "SCHEDULED"),
        PROGRESS: ("SQ", []),
        PRIORITY: ("CS", "HIGH"),
        LIST: ("LO", "QC"),
        LABEL: ("LO", label),
        0x00741210: ("SQ", []),
        PERFORMED: ("SQ", []),
    }
    elements.update({int(k[4:], 16): v for k, v in more.items()})
    return {k: v for k, v in elements.items() if v}


def done(**more):
    item = {
        0x00404028: ("SQ", code("ST1", "Station one")),
        0x00404019: ("SQ", code()),
        0x00404050: ("DT", "20261124102000"),
        0x00404051: ("DT", "20261124103000"),
        0x00404033: ("SQ", []),
    }
    item.update({int(k[4:], 16): v for k, v in more.items()})
    return ("SQ", [{k: v for k, v in item.items() if v}])


def progress(percent):
    return ("SQ", [{SEEN: ("DS", str(percent))}])


class Ups(story.Documents):
    def call(self, context, kind, uid, elements=None, calling="CT1", **more):
        a = dimse.connect(self.house.dicom_port, context, calling=calling)
        try:
            return a.n(kind, PUSH, uid, elements, context=context, **more)
        finally:
            a.release()

    def create(self, uid, status=0, elements=None, **more):
        answer, _ = self.call(PUSH, CREATE, uid, elements or new(**more))
        self.assertEqual(answer["status"], status, answer)
        return answer

    def move(self, uid, state, transaction, status=0, calling="CT1"):
        elements = {STATE: ("CS", state)}
        if transaction:
            elements[TRANSACTION] = ("UI", transaction)
        answer, _ = self.call(PULL, ACTION, uid, elements, action=1, calling=calling)
        self.assertEqual(answer["status"], status, answer)

    def set(self, uid, elements, transaction=None, status=0):
        if transaction:
            elements = {**elements, TRANSACTION: ("UI", transaction)}
        answer, _ = self.call(PULL, SET, uid, elements)
        self.assertEqual(answer["status"], status, answer)

    def cancel(self, uid, status=0, context=PUSH, **more):
        elements = {int(k[4:], 16): v for k, v in more.items()} or None
        answer, _ = self.call(context, ACTION, uid, elements, action=2)
        self.assertEqual(answer["status"], status, answer)

    def get(self, uid, status=0, **more):
        answer, data = self.call(WATCH, GET, uid, **more)
        self.assertEqual(answer["status"], status, answer)
        return data

    def subscribe(self, uid, action=3, lock="FALSE", status=0, receiver="WATCHER", **more):
        elements = {RECEIVER: ("AE", receiver), **{int(k[4:], 16): v for k, v in more.items()}}
        if lock:
            elements[LOCK] = ("CS", lock)
        answer, _ = self.call(WATCH, ACTION, uid, elements, action=action)
        self.assertEqual(answer["status"], status, answer)

    def find(self, keys, context=PULL):
        """Data sets of all answers."""
        a = dimse.connect(self.house.dicom_port, context)
        found = []
        try:
            fields = {0x0002: context.encode(), 0x0100: b"\x20\0", 0x0700: b"\0\0"}
            command, data = a.ask(context, fields, dicom.dataset(keys))
            while command["status"] in (0xFF00, 0xFF01):
                found.append(data)
                command, data = a.receive()
            self.assertEqual(command["status"], 0, command)
        finally:
            a.release()
        return found

    def found(self, **keys):
        keys = {int(k[4:], 16): v for k, v in keys.items()}
        return {d[0x00080018].rstrip(b"\0").decode() for d in self.find({0x00080018: ("UI", ""), **keys})}

    def task(self, uid):
        found = self.house.search("/Task?identifier=urn:oid:" + uid)
        self.assertEqual(len(found), 1)
        return found[0]

    def watcher(self, name="WATCHER", **more):
        peer = dimse.Listener(**more)
        self.house.add_peer("AE", name, "WORKSTATION")
        self.house.must("peer", "set", "AE", name, "host=127.0.0.1", "port=%d" % peer.port, "--config", self.house.conf)
        return peer


def told(peer, uid=None):
    """(event type, data set) in the order they came."""
    return [(c["event"], d) for c, d in peer.received(EVENT) if uid in (None, c["sop_instance"])]


def states(peer, uid):
    return [d[STATE].decode() for event, d in told(peer, uid) if event == 1]


class Story(Ups):
    def test_1_put_on_the_list(self):
        uid = dicom.uid_of("ups", 1)
        self.create(uid)
        task = self.task(uid)
        self.assertEqual((task["status"], task["intent"], task["priority"]), ("requested", "order", "urgent"))
        self.assertEqual((task["description"], task["groupIdentifier"]["value"]), ("Check CT", "QC"))
        self.assertEqual(task["code"]["coding"][0]["code"], "QC1")
        self.assertTrue(task["restriction"]["period"]["start"].startswith("2026-11-24T"))
        patient = self.read(task["for"]["reference"])
        self.assertEqual((patient["name"][0]["family"], patient["birthDate"]), ("Work", "1979-04-12"))
        self.create(uid, 0x0111)
        self.assertEqual(self.house.audit_events("STEP_PERFORM")[-2]["who"]["name"], "CT1")
        # The house names the list and fills in what may be empty; it says so.
        other = self.create("", 0xB300, new(tag_00741202=("LO", ""), tag_00404021=None))["sop_instance"]
        data = self.get(other)
        self.assertEqual((data[LIST], data[0x00404021], data[STATE]), (b"ISOCENTRE", [], b"SCHEDULED"))
        self.assertNotIn(TRANSACTION, data)
        self.assertIn(0x00404010, data)
        data = self.get(other, 1, attributes=[LABEL, 0x00104000, TRANSACTION])
        self.assertEqual(set(data) - {0x00080005}, {LABEL})
        self.get("1.2.3.404", 0xC307)

    def test_2_what_is_not_right(self):
        uid = dicom.uid_of("ups", 2)
        self.create(uid, 0xC309, new(tag_00741000=("CS", "IN PROGRESS")))
        for tag in (PRIORITY, LABEL, READY, 0x00404005, STATE):
            self.create(uid, 0x0120, new(**{"tag_%08x" % tag: None}))
            self.create(uid, 0x0121, new(**{"tag_%08x" % tag: ("LO" if tag == LABEL else "CS", "")}))
        self.create(uid, 0x0106, new(tag_00741200=("CS", "URGENT")))
        self.create(uid, 0x0106, new(tag_00404041=("CS", "MAYBE")))
        self.create(uid, 0x0106, new(tag_00404005=("DT", "20261399")))
        self.create(uid, 0x0106, new(tag_00741202=("LO", "A" * 300)))
        self.create("1.2..3", 0x0117)
        giant = new(tag_00404021=("SQ", [{0x00081155: ("UI", "1.2.%d" % i)} for i in range(60000)]))
        answer, _ = self.call(PUSH, CREATE, uid, giant)
        self.assertEqual(answer["status"], 0x0213)
        deep = b""
        for _ in range(3000):
            deep = dicom.element(0x00404021, "SQ", b"\xfe\xff\x00\xe0" + len(deep).to_bytes(4, "little") + deep)
        answer, _ = self.call(PUSH, CREATE, uid, raw=deep)
        self.assertIn(answer["status"], (0x0110, 0x0213))
        self.assertEqual(self.call(PULL, ACTION, uid, {STATE: ("CS", "SCHEDULED")}, action=9)[0]["status"], 0x0123)
        self.assertEqual(self.call(PUSH, ACTION, uid, {STATE: ("CS", "COMPLETED")}, action=1)[0]["status"], 0x0123)
        self.assertEqual(self.found(tag_00080018=("UI", uid)), set())
        self.house.add_peer("AE", "RISAE", "RIS")
        self.assertEqual(self.call(PUSH, CREATE, uid, new(), calling="RISAE")[0]["status"], 0x0124)
        self.assertTrue(self.house.alive())

    def test_3_the_state_table(self):
        """PS3.4 table CC.1.1-2, row by row: rules workitem-begin, workitem-claim, workitem-taken, workitem-open,
        workitem-final, workitem-result, workitem-completed."""
        uid, mine, other = dicom.uid_of("ups", 3), dicom.uid_of("mine"), dicom.uid_of("other")
        for state in ("IN PROGRESS", "COMPLETED", "CANCELED"):
            self.move(uid, state, mine, 0xC307)
        self.cancel(uid, 0xC307)
        self.set(uid, {LABEL: ("LO", "x")}, status=0xC307)
        self.create(uid)
        self.move(uid, "SCHEDULED", mine, 0xC303)
        self.move(uid, "IN PROGRESS", None, 0xC301)
        self.move(uid, "COMPLETED", mine, 0xC310)
        self.move(uid, "CANCELED", mine, 0xC310)
        self.move(uid, "COMPLETED", None, 0xC301)
        self.move(uid, "PAUSED", mine, 0x0106)
        self.set(uid, {LABEL: ("LO", "Check CT again")})  # anybody may, until it is taken
        self.set(uid, {LABEL: ("LO", "x")}, mine, 0xC310)
        self.assertEqual(self.task(uid)["description"], "Check CT again")
        self.move(uid, "IN PROGRESS", mine)
        task = self.task(uid)
        self.assertEqual((task["status"], task["owner"]["display"]), ("in-progress", "CT1"))
        self.move(uid, "IN PROGRESS", mine, 0xC302)
        self.move(uid, "IN PROGRESS", other, 0xC302)
        self.move(uid, "IN PROGRESS", None, 0xC301)
        self.move(uid, "SCHEDULED", mine, 0xC303)
        for transaction in (None, other):
            self.set(uid, {LABEL: ("LO", "x")}, transaction, 0xC301)
            self.move(uid, "COMPLETED", transaction, 0xC301)
            self.move(uid, "CANCELED", transaction, 0xC301)
        self.set(uid, {STATE: ("CS", "COMPLETED")}, mine, 0x0106)
        self.set(uid, {LABEL: ("LO", "")}, mine, 0x0121)
        self.cancel(uid, 0xC312)  # nobody listens: rule workitem-performer
        self.move(uid, "COMPLETED", mine, 0xC304)
        for tag in ("00404028", "00404019", "00404050", "00404051", "00404033"):
            self.set(uid, {PERFORMED: done(**{"tag_" + tag: None})}, mine)
            self.move(uid, "COMPLETED", mine, 0xC304)
        self.set(uid, {PERFORMED: done()}, mine)
        self.move(uid, "COMPLETED", mine)
        self.assertEqual(self.task(uid)["status"], "completed")
        self.assertEqual(self.get(uid)[PERFORMED][0][0x00404051], b"20261124103000")
        self.move(uid, "COMPLETED", mine, 0xB306)
        self.move(uid, "COMPLETED", other, 0xC301)
        self.move(uid, "CANCELED", mine, 0xC300)
        self.move(uid, "IN PROGRESS", mine, 0xC300)
        self.set(uid, {LABEL: ("LO", "x")}, mine, 0xC300)
        self.cancel(uid, 0xC311)

    def test_4_canceled(self):
        early, late, mine = dicom.uid_of("ups", 4), dicom.uid_of("ups", 5), dicom.uid_of("mine")
        self.create(early)
        self.cancel(early, context=WATCH, tag_00741238=("LT", "patient went home"))
        task = self.task(early)
        self.assertEqual((task["status"], task["statusReason"]["text"]), ("cancelled", "patient went home"))
        item = self.get(early)[PROGRESS][0]
        self.assertEqual((item[REASON], item[0x0074100E][0][0x00080100]), (b"patient went home", b"110513"))
        self.assertTrue(item[0x00404052])
        self.cancel(early, 0xB304)
        self.move(early, "CANCELED", mine, 0xB304)
        self.move(early, "COMPLETED", mine, 0xC300)
        self.create(late)
        self.move(late, "IN PROGRESS", mine)
        self.move(late, "CANCELED", mine)
        self.assertEqual(self.task(late)["status"], "cancelled")
        self.assertTrue(self.get(late)[PROGRESS][0][0x00404052])

    def test_5_found(self):
        a, b = dicom.uid_of("find", 1), dicom.uid_of("find", 2)
        self.create(a, label="Sort^M\u00fcller".encode("latin-1"), patient="F1", tag_00741202=("LO", "FIND"))
        more = {"tag_00404005": ("DT", "20270101090000"), "tag_00404018": ("SQ", code("AI2"))}
        more["tag_00741202"] = ("LO", "FIND")
        self.create(b, label="Segment", patient="F2", **more)
        here = {"tag_00741202": ("LO", "FIND")}
        for keys, want in (
            ({}, {a, b}),
            ({"tag_00741204": ("LO", "Seg*")}, {b}),
            ({"tag_00741204": ("LO", "S*")}, {a, b}),
            ({"tag_00100020": ("LO", "F1")}, {a}),
            ({"tag_00100010": ("PN", "work^w*")}, {a, b}),
            ({"tag_00404005": ("DT", "20261201-")}, {b}),
            ({"tag_00404005": ("DT", "-20261201")}, {a}),
            ({"tag_00404005": ("DT", "20261124-20270102")}, {a, b}),
            ({"tag_00404018": ("SQ", [{0x00080100: ("SH", "AI2")}])}, {b}),
            ({"tag_00404018": ("SQ", [{0x00080100: ("SH", "AI?"), 0x00080102: ("SH", "99X")}])}, set()),
            ({"tag_00741000": ("CS", "IN PROGRESS")}, set()),
            ({"tag_00741200": ("CS", "HIGH")}, {a, b}),
            ({"tag_00080018": ("UI", a + "\\" + dicom.uid_of("none"))}, {a}),
        ):
            with self.subTest(keys):
                self.assertEqual(self.found(**{**here, **keys}), want)
        asked = {LABEL: ("LO", ""), 0x00080016: ("UI", ""), STATE: ("CS", "")}
        asked[0x00404018] = ("SQ", [{0x00080100: ("SH", "")}])
        asked.update({0x00080005: ("CS", "ISO_IR 100"), 0x00100020: ("LO", "F1"), 0x00081195: ("UI", "")})
        for context in (PULL, WATCH, QUERY):
            (data,) = self.find(asked, context)
            self.assertEqual(data[LABEL], "Sort^M\u00fcller".encode("latin-1"))
            self.assertEqual((data[0x00404018], data[STATE]), ([{0x00080100: b"QC1"}], b"SCHEDULED"))
            self.assertEqual(data[0x00080016].rstrip(b"\0").decode(), PUSH)
            self.assertNotIn(TRANSACTION, data)

    def test_6_forty_take_it_at_once(self):
        uid = dicom.uid_of("race")
        self.create(uid)

        def claim(n):
            transaction = dicom.uid_of("claim", n)
            elements = {STATE: ("CS", "IN PROGRESS"), TRANSACTION: ("UI", transaction)}
            return self.call(PULL, ACTION, uid, elements, action=1)[0]["status"], transaction

        with concurrent.futures.ThreadPoolExecutor(40) as pool:
            answers = list(pool.map(claim, range(40)))
        self.assertEqual(sorted(s for s, _ in answers), [0] + [0xC302] * 39)
        winner = [t for s, t in answers if s == 0][0]
        self.set(uid, {PERFORMED: done()}, winner)
        self.move(uid, "COMPLETED", winner)

    def test_7_its_task(self):
        uid, taken = dicom.uid_of("task", 1), dicom.uid_of("task", 2)
        self.create(uid)
        task = self.task(uid)
        self.put({**task, "status": "completed"}, 422)  # rule workitem-task
        self.put({**task, "status": "cancelled"})
        self.assertEqual(self.get(uid)[STATE], b"CANCELED")
        self.move(uid, "IN PROGRESS", dicom.uid_of("mine"), 0xC300)
        self.create(taken)
        self.move(taken, "IN PROGRESS", dicom.uid_of("mine"))
        task = self.task(taken)
        self.put({**task, "status": "cancelled"}, 422)
        self.put({**task, "note": [{"text": "seen"}]})
        self.assertEqual(self.house.fhir("DELETE", "/Task/" + task["id"]).status, 409)


class Watched(Ups):
    """Subscriptions: PS3.4 table CC.2.3-2, and the events of CC.2.4."""

    def test_1_one_is_watched(self):
        peer, uid, mine = self.watcher(), dicom.uid_of("w", 1), dicom.uid_of("mine")
        self.create(uid)
        self.subscribe(uid, receiver="NOBODY", status=0xC308)  # rule workitem-receiver
        self.subscribe(uid, lock=None, status=0x0120)
        self.subscribe(uid, lock="PERHAPS", status=0x0106)
        self.subscribe("1.2.3.404", status=0xC307)
        self.subscribe(uid, action=5, lock=None, status=0xC314)
        self.subscribe(uid)
        self.move(uid, "IN PROGRESS", mine)
        self.set(uid, {PROGRESS: progress(30)}, mine)
        self.set(uid, {STATIONS: ("SQ", code("ST2"))}, mine)
        self.set(uid, {READY: ("CS", "INCOMPLETE")}, mine)
        self.cancel(uid, tag_00741238=("LT", "too late"), tag_0074100C=("LO", "Wanda"))
        self.set(uid, {PERFORMED: done()}, mine)
        self.move(uid, "COMPLETED", mine)
        houses.wait_for("the last event", lambda: "COMPLETED" in states(peer, uid))
        events = told(peer, uid)
        self.assertEqual([event for event, _ in events], [1, 1, 3, 5, 1, 2, 1])
        self.assertEqual(states(peer, uid), ["SCHEDULED", "IN PROGRESS", "IN PROGRESS", "COMPLETED"])
        self.assertEqual(events[2][1][PROGRESS][0][SEEN], b"30")
        self.assertEqual(events[3][1][STATIONS][0][0x00080100], b"ST2")
        self.assertEqual(events[4][1][READY], b"INCOMPLETE")
        asked = events[5][1]
        self.assertEqual((asked[0x00741236], asked[REASON], asked[0x0074100C]), (b"CT1", b"too late", b"Wanda"))
        command, _ = peer.received(EVENT)[0]
        self.assertEqual(command["sop_class"], PUSH)
        sent = [e for e in self.house.audit_events("NOTICE_SEND") if e["request"] == "N-EVENT-REPORT UPS"]
        self.assertEqual(len(sent), 7)
        peer.close()

    def test_2_all_are_watched(self):
        peer, before, after, last = self.watcher("GLOBAL"), *(dicom.uid_of("g", n) for n in range(3))
        self.create(before)
        self.subscribe(ALL, lock="TRUE", receiver="GLOBAL")
        houses.wait_for("how it stands", lambda: states(peer, before) == ["SCHEDULED"])
        self.create(after, tag_00404025=("SQ", code("ST3")))
        houses.wait_for("a new one, assigned", lambda: [e for e, _ in told(peer, after)] == [1, 5])
        self.cancel(after)
        houses.wait_for("both steps", lambda: states(peer, after) == ["SCHEDULED", "IN PROGRESS", "CANCELED"])
        self.subscribe(ALL, action=5, lock=None, receiver="GLOBAL")  # nothing new, what it has goes on
        self.create(last)
        self.cancel(before)
        self.cancel(last)
        houses.wait_for("still told", lambda: states(peer, before)[-1] == "CANCELED")
        # What ended is kept while it is locked, and leaves by rule workitem.keep_hours once it is not.
        self.house.sql("UPDATE workitem SET ended = now() - interval '200 hours' WHERE ended IS NOT NULL")
        self.run_job("WORKITEM_FORGET")
        houses.wait_for("an old one to leave", lambda: not self.found(tag_00080018=("UI", last)))
        self.assertEqual(self.found(tag_00080018=("UI", before)), {before})
        self.subscribe(ALL, action=4, lock=None, receiver="GLOBAL")
        self.run_job("WORKITEM_FORGET")
        houses.wait_for("the unlocked ones to leave", lambda: not self.found(tag_00080018=("UI", before)))
        self.assertEqual(self.task(before)["status"], "cancelled")
        self.get(before, 0xC307)
        self.assertEqual(told(peer, last), [])
        peer.close()

    def run_job(self, name):
        self.house.sql("INSERT INTO job (name) VALUES ('%s')" % name)

    def test_3_some_are_watched(self):
        peer, match, other = self.watcher("SOME"), dicom.uid_of("s", 1), dicom.uid_of("s", 2)
        keys = {"tag_00741202": ("LO", "AI*"), "tag_00404018": ("SQ", [{0x00080100: ("SH", "AI")}])}
        self.subscribe(FILTERED, receiver="SOME", **keys)
        ai = {"tag_00404018": ("SQ", code("AI"))}
        self.create(other, tag_00741202=("LO", "QC"), **ai)
        self.create(match, tag_00741202=("LO", "AI-LUNG"), **ai)
        houses.wait_for("the one that matches", lambda: states(peer, match) == ["SCHEDULED"])
        self.assertEqual(told(peer, other), [])
        self.subscribe(FILTERED, action=4, lock=None, receiver="SOME")
        self.cancel(match)
        self.create(dicom.uid_of("s", 3), tag_00741202=("LO", "AI-LUNG"), **ai)
        self.assertEqual(len(told(peer)), 1)
        peer.close()


class Durable(Ups):
    """What was answered is kept, and told of, whatever dies; the restart is told too."""

    def test_killed(self):
        peer, mine = self.watcher(), dicom.uid_of("mine")
        self.subscribe(ALL)
        for place, status in (("before_commit", 0), ("after_commit", 0xC302)):
            uid = dicom.uid_of("killed", place)
            self.create(uid)
            self.house.restart(failpoint="gate.%s=kill:1" % place)
            with self.assertRaises((EOFError, OSError)):
                self.move(uid, "IN PROGRESS", mine)
            self.house.wait_dead()
            self.house.start()
            self.move(uid, "IN PROGRESS", mine, status)
            houses.wait_for("its events", lambda: states(peer, uid)[-1:] == ["IN PROGRESS"])
            self.assertEqual(sorted(set(states(peer, uid))), ["IN PROGRESS", "SCHEDULED"])
        restarted = [d for event, d in told(peer, ALL) if event == 4]
        self.assertGreaterEqual(len(restarted), 2)
        self.assertEqual((restarted[0][0x00741242], restarted[0][0x00741244]), (b"RESTARTED", b"WARM START"))
        # Away while things happen: told in order once it is back.
        peer.silent = True
        uid = dicom.uid_of("away")
        self.create(uid)
        self.move(uid, "IN PROGRESS", mine)
        self.set(uid, {PERFORMED: done()}, mine)
        self.move(uid, "COMPLETED", mine)
        peer.silent = False
        houses.wait_for("all of it", lambda: states(peer, uid)[-1:] == ["COMPLETED"])
        self.assertEqual(states(peer, uid), ["SCHEDULED", "IN PROGRESS", "COMPLETED"])
        peer.close()


if __name__ == "__main__":
    story.main()
