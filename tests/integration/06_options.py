"""What each option does, seen from outside: a house is started with it and behaves accordingly."""

import concurrent.futures
import os
import pathlib
import socket
import sys
import threading
import time

TREE = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(TREE / "tests" / "support"))

import dicom  # noqa: E402
import dimse  # noqa: E402
import hl7  # noqa: E402
import house as houses  # noqa: E402
import receiver  # noqa: E402
import story  # noqa: E402

HEADERS = {"X-Requested-With": "isocentre"}


class Options(story.Story):
    """Each case starts the same house anew with options of its own."""

    def begin(self, **options):
        """options: names with __ for the dot."""
        self.house.restart(sets=["%s=%s" % (k.replace("__", "."), v) for k, v in options.items()])

    def order(self, accession, **more):
        return self.house.send(
            hl7.order(
                "ORM-" + accession,
                hl7.pid("P-" + accession, "Doe^Jane"),
                accession,
                study_uid=dicom.uid_of("options", accession),
                **more,
            )
        )

    def at_once(self, n, call):
        with concurrent.futures.ThreadPoolExecutor(n) as pool:
            return list(pool.map(lambda _: call(), range(n)))

    def connect(self, port, address="127.0.0.1", timeout=20):
        return socket.create_connection((address, port), timeout)

    # ---- the doors ----

    def test_addresses(self):
        self.house.terminate()
        self.house.start(
            sets=["http.address=127.0.0.2", "dicom.address=127.0.0.3", "hl7.address=127.0.0.4"], wait=False
        )
        doors = {
            "127.0.0.2": self.house.http_port,
            "127.0.0.3": self.house.dicom_port,
            "127.0.0.4": self.house.hl7_port,
        }

        def open_there():
            try:
                return all(self.connect(port, address).close() is None for address, port in doors.items())
            except OSError:
                return False

        houses.wait_for("the doors at their addresses", open_there)
        for port in doors.values():
            with self.assertRaises(OSError):
                self.connect(port).close()

    def test_http_connections(self):
        self.begin(http__connections=3)
        held = [self.connect(self.house.http_port) for _ in range(3)]
        for s in held:
            s.sendall(b"GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n")
            self.assertIn(b"200", s.recv(4096))
        with self.connect(self.house.http_port, timeout=1) as over:
            over.sendall(b"GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n")
            try:
                self.assertEqual(over.recv(4096), b"", "one more is not served while all are taken")
            except OSError:
                pass
        for s in held:
            s.close()
        houses.wait_for("a free connection", self.house.ready)

    def socket_threads(self):
        names = pathlib.Path("/proc/%d/task" % self.house.process.pid).glob("*/comm")
        return sum(name.read_text().startswith("MHD") for name in names)

    def test_http_threads(self):
        for n in (1, 6):
            self.begin(http__threads=n)
            houses.wait_for("%d threads that move bytes" % n, lambda n=n: self.socket_threads() == n)

    def waits_of(self, workers):
        """How long a request waits while another one sleeps a second in its transaction."""
        arm = self.house.root / ("sleep-%d" % workers)
        self.house.restart(failpoint="gate.before_commit=sleep:1@%s" % arm, sets=["http.workers=%d" % workers])
        arm.touch()
        slow = threading.Thread(target=self.house.fhir, args=("POST", "/Patient", {"resourceType": "Patient"}))
        slow.start()
        time.sleep(0.3)
        began = time.monotonic()
        self.assertStatus(self.house.http("GET", "/health/live", user=None), 200)
        waited = time.monotonic() - began
        slow.join()
        return waited

    def test_http_workers(self):
        self.assertGreater(self.waits_of(1), 0.4)
        self.assertLess(self.waits_of(4), 0.4)

    def test_dicom_associations(self):
        self.begin(dicom__associations=1)
        with self.connect(self.house.dicom_port) as held:
            held.sendall(dicom.associate())
            self.assertEqual(held.recv(1), b"\2")
            self.assertNotEqual(self.house.peer().echo().returncode, 0)
        houses.wait_for("a free association", lambda: self.house.peer().echo().returncode == 0)

    def test_dicom_aet(self):
        self.begin(dicom__aet="ANOTHER")
        self.assertEqual(self.house.peer(called="ANOTHER").echo().returncode, 0)
        self.assertNotEqual(self.house.peer(called="ISOCENTRE").echo().returncode, 0)
        self.assertEqual(self.house.http("GET", "/admin/api/status").json["aeTitle"], "ANOTHER")

    # ---- MLLP ----

    def closed_within(self, connection, seconds):
        """What came before the server closed; the time it took is checked."""
        began, got = time.monotonic(), b""
        connection.settimeout(seconds + 10)
        while chunk := connection.recv(65536):
            got += chunk
        self.assertLess(time.monotonic() - began, seconds + 5)
        return got, time.monotonic() - began

    def test_hl7_connections(self):
        self.begin(hl7__connections=2)
        held = [self.house.mllp(), self.house.mllp()]
        for n, connection in enumerate(held):
            self.assertAck(connection.send(hl7.order("C-%d" % n, hl7.pid("C1", "Doe^Jane"), "C%d" % n)), "AA")
        with self.connect(self.house.hl7_port) as over:
            self.assertEqual(self.closed_within(over, 0)[0], b"")
        held[0].close()

        def served():
            try:
                return self.order("C9").code == "AA"
            except (EOFError, OSError):
                return False

        houses.wait_for("a free connection", served)
        held[1].close()

    def test_hl7_idle_seconds(self):
        self.begin(hl7__idle_seconds=2)
        with self.connect(self.house.hl7_port) as idle:
            got, took = self.closed_within(idle, 2)
            self.assertEqual(got, b"")
            self.assertGreater(took, 1.5)

    def test_hl7_frame_seconds(self):
        self.begin(hl7__frame_seconds=2)
        before = len(self.house.audit_events("BAD_INPUT"))
        with self.connect(self.house.hl7_port) as slow:
            slow.sendall(hl7.START + hl7.msh("ORM^O01", "SLOW").encode() + b"\r")
            got, took = self.closed_within(slow, 2)
            self.assertIn(b"MSA|AR|SLOW", got)
            self.assertGreater(took, 1.5)
        self.assertEqual(len(self.house.audit_events("BAD_INPUT")), before + 1)

    def test_hl7_frame_max(self):
        self.begin(hl7__frame_max=2048)
        self.assertAck(self.order("FM1"), "AA")
        big = hl7.order("FM2", hl7.pid("FM", "Doe^Jane"), "FM2") + b"NTE|1||" + b"x" * 2048 + b"\r"
        with self.connect(self.house.hl7_port) as s:
            s.sendall(hl7.START + big + hl7.END)
            self.assertIn(b"MSA|AR|FM2", self.closed_within(s, 5)[0])

    def test_hl7_character_set(self):
        for charset, family in (("8859/5", "ШЫШ"), ("8859/1", "ÈËÈ")):
            self.begin(hl7__character_set=charset)
            name, control = "cs" + charset[-1], "CS" + charset[-1]
            lines = hl7.order(control, hl7.pid(name, "@^Jane"), control).replace(b"UNICODE UTF-8", b"")
            self.assertAck(self.house.send(lines.replace(b"|@^", b"|\xc8\xcb\xc8^")), "AA")
            patient = self.house.search("/Patient?identifier=" + name)[0]
            self.assertEqual(patient["name"][0]["family"], family)

    def test_hl7_missing_numbers(self):
        """hl7.missing_study_uid and hl7.missing_accession: what is done when the sender gives none."""
        self.begin(hl7__missing_study_uid="reject")
        ack = self.house.send(hl7.order("N1", hl7.pid("N1", "Doe^Jane"), "N1"))
        self.assertAck(ack, "AE")
        self.assertEqual(ack.condition, "101")
        self.begin(hl7__missing_study_uid="derive", hl7__missing_accession="filler")
        self.assertAck(
            self.house.send(
                hl7.order(
                    "N2",
                    hl7.pid("N2", "Doe^Jane"),
                    "",
                    placer="PL2",
                    filler="FI2",
                    requested_procedure="RP2",
                    step="S2",
                )
            ),
            "AA",
        )
        step = self.house.peer().worklist(AccessionNumber="FI2")[0]
        self.assertTrue(step["StudyInstanceUID"].startswith("2.25."))
        self.begin(hl7__missing_accession="reject")
        ack = self.house.send(
            hl7.order(
                "N3",
                hl7.pid("N3", "Doe^Jane"),
                "",
                placer="PL3",
                filler="FI3",
                study_uid=dicom.uid_of("N3"),
                requested_procedure="RP3",
                step="S3",
            )
        )
        self.assertAck(ack, "AE")

    # ---- the site ----

    def test_site_authorities(self):
        """site.patient_authority, site.accession_authority, site.name."""
        self.begin(site__patient_authority="HOSPITAL_A", site__accession_authority="RADIOLOGY_A", site__name="House A")
        self.assertAck(
            self.house.send(hl7.order("SA", "PID|1||SA||Doe^Jane||19790412|F", "SA", study_uid=dicom.uid_of("SA"))),
            "AA",
        )
        identifier = self.house.search("/Patient?identifier=SA")[0]["identifier"][0]
        self.assertEqual(identifier["assigner"]["display"], "HOSPITAL_A")
        self.assertEqual(identifier["system"], "urn:isocentre:authority:HOSPITAL_A")
        number = [
            i
            for i in self.house.search("/ServiceRequest?identifier=SA")[0]["identifier"]
            if i["type"]["coding"][0]["code"] == "ACSN"
        ][0]
        self.assertEqual(number["system"], "urn:isocentre:authority:RADIOLOGY_A")
        step = self.house.peer().worklist(AccessionNumber="SA", IssuerOfPatientID="")[0]
        self.assertEqual(step["IssuerOfPatientID"], "HOSPITAL_A")
        self.assertEqual(self.house.http("GET", "/admin/api/status").json["name"], "House A")

    def test_mpps_timeout_hours(self):
        """A performed step that is silent for so long ends; 0: it never does."""
        self.begin()
        self.assertAck(self.order("SILENT"), "AA")
        a = dimse.connect(self.house.dicom_port, dimse.MPPS)
        step = {
            0x00080060: ("CS", "CT"),
            0x00100020: ("LO", "P-SILENT"),
            0x00400252: ("CS", "IN PROGRESS"),
            0x00400270: ("SQ", [{0x0020000D: ("UI", dicom.uid_of("options", "SILENT"))}]),
        }
        self.assertEqual(a.n(dimse.CREATE, dimse.MPPS, "1.2.3.4.5", step)[0]["status"], 0)
        a.release()
        self.house.sql("UPDATE performed_step SET changed = now() - interval '50 hours'")
        for hours, status in ((0, "in-progress"), (60, "in-progress"), (40, "failed")):
            self.begin(mpps__timeout_hours=hours)
            self.house.sql("INSERT INTO job (name) VALUES ('PERFORMED_TIMEOUT')")
            done = "SELECT 1 FROM job WHERE name = 'PERFORMED_TIMEOUT' AND state <> 'done'"
            houses.wait_for("the rule", lambda d=done: not self.house.sql(d))
            task = self.house.search("/Task?patient.identifier=P-SILENT")[0]
            self.assertEqual(task["status"], status, hours)

    def test_workitem_keep_hours(self):
        """A workitem that was canceled five hours ago is on the list for six, and not for four."""
        push, uid = "1.2.840.10008.5.1.4.34.6.1", dicom.uid_of("options", "workitem")
        item = {
            0x00404005: ("DT", "20261124101500"),
            0x00404041: ("CS", "READY"),
            0x00741000: ("CS", "SCHEDULED"),
            0x00741200: ("CS", "LOW"),
            0x00741204: ("LO", "Check"),
        }
        here = "SELECT 1 FROM workitem WHERE sop_uid = '%s'" % uid
        for hours, kept in ((6, True), (4, False)):
            self.begin(workitem__keep_hours=hours)
            if kept:
                a = dimse.connect(self.house.dicom_port, push)
                self.assertEqual(a.n(dimse.CREATE, push, uid, item)[0]["status"], 0xB300)
                self.assertEqual(a.n(dimse.ACTION, push, uid, action=2)[0]["status"], 0)
                a.release()
                self.house.sql("UPDATE workitem SET ended = now() - interval '5 hours'")
            self.house.sql("INSERT INTO job (name) VALUES ('WORKITEM_FORGET')")
            todo = "SELECT 1 FROM job WHERE name = 'WORKITEM_FORGET' AND state <> 'done'"
            houses.wait_for("the rule", lambda d=todo: not self.house.sql(d))
            self.assertEqual(bool(self.house.sql(here)), kept, hours)

    def test_dicom_verify_mb_per_second(self):
        """Two objects of 4 MB at 1 MB a second: a run of some seconds looks at the first of them only."""
        self.begin(dicom__verify_mb_per_second=1)
        study = dicom.uid_of("verify")
        self.house.store(*dicom.make_study(self.folder / "verify", study, images=2, size=1448))
        uids = [dicom.uid_of(study, 1, i) for i in (1, 2)]
        items = [{0x00081150: ("UI", dicom.CT), 0x00081155: ("UI", u)} for u in uids]
        a = dimse.connect(self.house.dicom_port, dimse.COMMITMENT)
        data = {0x00081195: ("UI", "1.2.3"), 0x00081199: ("SQ", items)}
        instance = dimse.COMMITMENT_INSTANCE
        self.assertEqual(a.n(dimse.ACTION, dimse.COMMITMENT, instance, data, action=1)[0]["status"], 0)
        houses.wait_for("the first", lambda: self.house.sql("SELECT 1 FROM commitment WHERE reason = '{0,-1}'"))
        command, data = a.receive()
        a.answer(command)
        self.assertEqual(len(data[0x00081199]), 2)
        a.release()

    def test_worklist_stale_days(self):
        """The rule is seen: step and order on hold, a note that says why, an event; and RL brings the step back."""
        self.begin(worklist__stale_days=3)
        self.assertAck(self.order("STALE", start=hl7.now(-5 * 24 * 60)), "AA")
        self.assertAck(self.order("FRESH", start=hl7.now(-2 * 24 * 60)), "AA")
        self.house.sql("INSERT INTO job (name) VALUES ('STALE_STEPS')")
        task = houses.wait_for(
            "the step on hold", lambda: self.house.search("/Task?patient.identifier=P-STALE&status=on-hold")
        )
        self.assertIn("worklist.stale_days", task[0]["note"][0]["text"])
        self.assertEqual(self.house.peer().worklist(AccessionNumber="STALE"), [])
        self.assertEqual(len(self.house.peer().worklist(AccessionNumber="FRESH")), 1)
        expired = [e["accession"] for e in self.house.audit_events("STEP_EXPIRE")]
        self.assertEqual([a for a in expired if a != "SILENT"], ["STALE"])
        self.assertAck(self.order("STALE", control="RL", start=hl7.now(60)), "AA")
        self.assertEqual(len(self.house.peer().worklist(AccessionNumber="STALE")), 1)

    def test_log_level(self):
        self.begin(log__level="error")
        mark = len(self.house.log_text())
        self.house.peer("CT1", called="NOBODY").echo()
        self.assertEqual(self.house.log_text()[mark:], "")
        self.begin(log__level="debug")
        self.order("LOG")
        self.house.terminate()
        quiet, loud = mark, len(self.house.log_text()) - mark
        self.assertGreater(loud, 200, quiet)
        self.assertNotIn("Doe", self.house.log_text(), "never a name")

    # ---- database and storage ----

    def test_database_connections(self):
        self.begin(database__connections=6, http__workers=16)
        most, over = 0, threading.Event()

        def count():
            nonlocal most
            while not over.is_set():
                most = max(
                    most,
                    int(
                        self.house.sql("SELECT count(*) FROM pg_stat_activity WHERE usename = 'isocentre_server'")[0][0]
                    ),
                )

        watch = threading.Thread(target=count)
        watch.start()
        answers = self.at_once(30, lambda: self.house.fhir("GET", "/Patient?_count=1").status)
        over.set()
        watch.join()
        self.assertEqual(answers, [200] * 30)
        self.assertTrue(4 <= most <= 9, "%d: six, and three that listen, for jobs, the outbox and peers" % most)

    def test_database_statement_timeout_ms(self):
        self.begin(database__statement_timeout_ms=500)
        lock = threading.Thread(
            target=self.house.sql,
            args=("BEGIN; LOCK TABLE worklist IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(4); COMMIT",),
        )
        lock.start()
        houses.wait_for(
            "the lock",
            lambda: self.house.sql(
                "SELECT count(*) FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND relation = 'worklist'::regclass"
                " AND granted"
            )
            == [["1"]],
        )
        began = time.monotonic()
        answer = self.house.http("GET", "/admin/api/worklist?date=all")
        self.assertStatus(answer, 408)
        self.assertLess(time.monotonic() - began, 3)
        lock.join()
        self.assertStatus(self.house.http("GET", "/admin/api/worklist?date=all"), 200)

    def test_storage_reserve_mb(self):
        self.house.terminate()
        self.house.start(sets=["storage.reserve_mb=100000000"], wait=False)

        def unready():
            try:
                return self.house.http("GET", "/health/ready", user=None, timeout=5).status == 507
            except OSError:
                return False

        houses.wait_for("the refusal", unready)
        uid = dicom.uid_of("reserve")
        done = self.house.peer().store(dicom.make_ct(self.folder / "full.dcm", uid, uid + ".1", uid + ".1.1"))
        self.assertIn("refused: outofresources", done.stdout.lower())
        self.assertEqual(self.house.sql("SELECT count(*) FROM study WHERE study_uid = '%s'" % uid), [["0"]])

    def test_storage_path(self):
        other = self.house.root / "other"
        self.begin(storage__path=other)
        uid = dicom.uid_of("elsewhere")
        self.house.store(dicom.make_ct(self.folder / "there.dcm", uid, uid + ".1", uid + ".1.1"))
        self.assertEqual(len([p for p in other.rglob("*") if p.is_file() and p.stat().st_size]), 1)

    # ---- people ----

    def test_auth_session_absolute_seconds(self):
        """A session that is used all the time ends all the same; one unused ends earlier."""
        self.begin(auth__session_idle_seconds=10, auth__session_absolute_seconds=12)
        given = {"user": "admin", "password": houses.PASSWORD}
        cookies = []
        for _ in range(2):
            signed = self.house.http("POST", "/admin/api/session", given, HEADERS, user=None)
            cookies.append({"Cookie": signed.headers["set-cookie"].split(";")[0]})
        began = time.monotonic()

        def status(cookie):
            return self.house.http("GET", "/admin/api/session", headers=cookie, user=None).status

        while time.monotonic() - began < 10.5:
            self.assertEqual(status(cookies[0]), 200)
            time.sleep(1)
        self.assertEqual(status(cookies[1]), 401, "auth.session_idle_seconds")
        houses.wait_for("its end", lambda: status(cookies[0]) == 401, seconds=4)

    # ---- the trail ----

    def sealed(self):
        return int(self.house.sql("SELECT count(*) FROM audit_seal")[0][0])

    def checkpoints(self):
        return int(self.house.sql("SELECT count(*) FROM audit_checkpoint")[0][0])

    def read(self, n=1):
        for _ in range(n):
            self.assertStatus(self.house.fhir("GET", "/Patient?_count=1"), 200)

    def test_audit_seal_ms(self):
        self.begin(audit__seal_ms=60000)
        self.read()
        before = self.sealed()
        self.read(3)
        time.sleep(1)
        self.assertEqual(self.sealed(), before, "not yet")
        self.begin(audit__seal_ms=10)
        before = self.sealed()
        self.read(3)
        houses.wait_for("their seals", lambda: self.sealed() >= before + 3, seconds=2)

    def test_audit_checkpoint_rows(self):
        self.begin(audit__checkpoint_rows=5, audit__checkpoint_seconds=3600, audit__seal_ms=10)
        houses.wait_for("its first seals", lambda: self.sealed() > 0)
        before = self.checkpoints()
        self.read(2)
        time.sleep(0.5)
        self.assertLessEqual(self.checkpoints(), before + 1)
        middle = self.checkpoints()
        self.read(6)
        houses.wait_for("a checkpoint after five rows", lambda: self.checkpoints() > middle, seconds=3)

    def test_audit_checkpoint_seconds(self):
        self.begin(audit__checkpoint_rows=1000000, audit__checkpoint_seconds=2, audit__seal_ms=10)
        before = self.checkpoints()
        self.read()
        houses.wait_for("a checkpoint by time", lambda: self.checkpoints() > before, seconds=5)

    # ---- fhir ----

    def test_fhir_reference_integrity(self):
        stray = {
            "resourceType": "Basic",
            "code": {"text": "x"},
            "subject": {"reference": "Patient/nobody"},
        }
        self.begin(fhir__reference_integrity="true")
        self.assertStatus(self.house.fhir("POST", "/Basic", stray), 422)
        self.begin(fhir__reference_integrity="false")
        self.assertStatus(self.house.fhir("POST", "/Basic", stray), 201)

    def test_fhir_conditional_delete(self):
        self.begin(fhir__conditional_delete="multiple")
        twin = {"resourceType": "Basic", "code": {"text": "t"}, "identifier": [{"value": "twice"}]}
        made = [self.house.fhir("POST", "/Basic", twin) for _ in range(2)]
        self.assertStatus(self.house.fhir("DELETE", "/Basic?identifier=twice"), 204)
        for m in made:
            self.assertStatus(self.house.fhir("GET", "/Basic/" + m.json["id"]), 410)


class Out(receiver.Story):
    def begin(self, **options):
        self.house.restart(sets=["%s=%s" % (k.replace("__", "."), v) for k, v in options.items()])

    def test_hl7_senders(self):
        """A receiver that stalls holds one sender: with one there is none left for the others."""
        for n in (1, 2):
            self.begin(hl7__senders=n)
            stalled, other, go_on = receiver.Receiver(), receiver.Receiver(), threading.Event()
            stalled.answer = lambda m, go_on=go_on: go_on.wait(30) and "AA"
            self.destination("STALLED", stalled, send="ORDER", style="ORM")
            self.order("SA%d" % n)
            houses.wait_for("the stalled receiver", lambda s=stalled: s.messages)
            self.destination("OTHER", other, send="ORDER", style="ORM")
            self.order("SB%d" % n)
            if n == 1:
                houses.wait_for("it to be queued", lambda: self.state("OTHER")["waiting"] == 1)
                self.assertEqual(other.messages, [])
            else:
                houses.wait_for("the other receiver", lambda o=other: o.messages)
            go_on.set()
            self.settle()
            self.assertEqual((len(stalled.messages), len(other.messages)), (2, 1))
            self.remove("STALLED", "OTHER")

    def test_hl7_retry_max_seconds(self):
        away = receiver.Receiver()
        away.down()
        self.destination("AWAY", away, send="ORDER", style="ORM")
        for longest, least, most in ((1, 0, 1.3), (3600, 2.5, 3600)):
            self.begin(hl7__retry_max_seconds=longest)
            self.house.sql("UPDATE outbox_destination SET attempts = 0")
            self.order("RT%d" % longest)
            pause = houses.wait_for(
                "a third attempt",
                lambda: self.house.sql(
                    "SELECT extract(epoch FROM due - now()) FROM outbox_destination WHERE attempts = 3 AND due > now()"
                ),
            )
            self.assertTrue(least < float(pause[0][0]) < most, pause)
        self.remove("AWAY")


if __name__ == "__main__":
    story.main()
