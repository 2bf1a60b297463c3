"""Operating the house: its commands, the tables it prints about itself, what it says when it cannot start, what its
metrics count, and which act leaves which event in the audit trail."""

import pathlib
import re
import socket
import sys

TREE = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(TREE / "tests" / "support"))

import account  # noqa: E402
import dicom  # noqa: E402
import hl7  # noqa: E402
import house as houses  # noqa: E402
import story  # noqa: E402

HEADERS = {"X-Requested-With": "isocentre"}

# What `isocentre describe` prints: the tables it prints from, and what finds the visible name in one of their rows.
TABLES = {
    "options": (["server/config/options.def"], r'^OPTION\(\w+,\s*"([\w.]+)"'),
    "routes": (
        [
            "server/admin/routes.def",
            "fhir/rest/routes.def",
            "dicom/web/routes.def",
            "dicom/net/routes.def",
            "hl7/explain/routes.def",
            "hl7/door/routes.def",
        ],
        r'^ROUTE\(.*?"(/[^"]*)"',
    ),
    "triggers": (["hl7/net/triggers.def"], r'^TRIGGER\("([^"]+)"'),
    "services": (["dicom/net/services.def"], r'^SERVICE\("([^"]+)"'),
    "errors": (["server/base/errors.def"], r"^ERR\((\w+)"),
    "metrics": (["server/metrics/metrics.def"], r'^METRIC\(\w+,\s*"(\w+)"'),
    "roles": (["server/auth/roles.def"], r"^ROLE\((\w+)"),
    "permissions": (["server/auth/permissions.def"], r"^PERMISSION\((\w+)"),
    "audit-events": (["server/audit/events.def"], r"^EVENT\((\w+)"),
    "jobs": (["server/jobs/jobs.def"], r"^JOB\((\w+)"),
    "fields": (["server/domain/fields.def"], r"^FIELD\((\w+)"),
}


def names(paths, row):
    return [name for path in paths for name in re.findall("(?m)" + row, (TREE / path).read_text())]


class Commands(story.Story):
    def fails(self, *argv, status=1, says=""):
        """The command ends with this status and one sentence that says why."""
        done = self.house.command(*argv)
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        self.assertIn(says, done.stderr)
        if status == 1:
            self.assertTrue(done.stderr.startswith("isocentre: "), done.stderr)
            self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
        return done

    def changes(self):
        return self.house.audit_events("ADMIN_CHANGE")

    def test_describe_prints_every_row(self):
        for table, (paths, row) in TABLES.items():
            with self.subTest(table):
                rows = self.house.must("describe", table).stdout.strip().split("\n")
                due = names(paths, row)
                self.assertGreater(len(due), 2)
                self.assertEqual(len(rows) - 2, len(due), "a line for each row, under a head of two")
                cells = [[cell.strip() for cell in line.split("|")] for line in rows[2:]]
                for name in due:
                    self.assertTrue(any(name in line for line in cells), name)
        services = self.house.must("describe", "services").stdout
        for line in ("| C-FIND MWL | 1.2.840.10008.5.1.4.31 |", "| C-FIND STUDY | 1.2.840.10008.5.1.4.1.2.2.1 |"):
            self.assertIn(line, services)

    def test_describe_example_config_can_be_read_back(self):
        text = self.house.must("describe", "example-config").stdout
        path = self.folder / "example.conf"
        path.write_text(re.sub(r"(?m)^( *)# (\w+ = .*;)$", r"\1\2", text))  # every default, said aloud
        account.give(path)
        self.folder.chmod(0o755)
        self.assertEqual(self.house.must("check-config", path).stdout, "%s is fine\n" % path)

    def test_what_it_does_not_know(self):
        self.fails("nonsense", status=2)
        self.fails("user", status=2)
        self.fails(status=2)
        self.fails("serve", "--nonsense", "1", status=2, says="--nonsense")
        self.fails("serve", "--config", status=2, says="--config")
        self.fails("describe", "nonsense")
        self.fails("describe")
        usage = self.house.must("help").stdout
        for words in re.findall(
            r'(?m)^COMMAND\(\w+,\s*"([a-z0-9 -]+)"', (TREE / "server/app/commands.def").read_text()
        ):
            self.assertIn("isocentre " + words, usage)
        self.assertRegex(self.house.must("version").stdout, r"^isocentre \d+\.\d+\.\d+\n$")

    def test_check_config_names_file_and_line(self):
        path = self.folder / "wrong.conf"
        self.folder.chmod(0o755)
        cases = [
            ('site:\n{\n    name = "x";\n    nonsense = 1;\n};\n', 4, "site.nonsense"),
            ('http:\n{\n    port = "8042";\n};\n', 3, "http.port"),
            ("http:\n{\n    port = 70000;\n};\n", 3, "http.port"),
            ('log:\n{\n\n    level = "loud";\n};\n', 4, "log.level"),
            ("database:\n{\n    connections = 1;\n};\n", 3, "database.connections"),
            ("http:\n{\n    port = ;\n};\n", 3, ""),
        ]
        for text, line, option in cases:
            path.write_text(text)
            account.give(path)
            done = self.fails("check-config", path, says="%s:%d" % (path, line))
            self.assertIn(option, done.stderr)
            self.fails("serve", "--config", path, says="%s:%d" % (path, line))
        self.fails("check-config", self.folder / "absent.conf", says="absent.conf")
        self.fails("serve", "--config", self.house.conf, "--set", "site.timezone=Nowhere/Land", says="site.timezone")
        self.assertIn("is fine", self.house.must("check-config", self.house.conf).stdout)

    def test_users_are_made_and_disabled_and_the_trail_says_so(self):
        before = len(self.changes())
        self.house.add_user("greta", "RADIOLOGIST", "COMPLIANCE")
        self.assertEqual(self.house.http("GET", "/fhir/Patient", user="greta").status, 200)
        self.house.must("user", "disable", "greta", "--config", self.house.conf)
        houses.wait_for(
            "the account to close",
            lambda: self.house.http("GET", "/fhir/Patient", user="greta").status == 401,
            seconds=15,
        )
        made, closed = self.changes()[before:]
        self.assertEqual((made["request"], made["object"]["id"]), ("user add", "greta"))
        self.assertIn("RADIOLOGIST,COMPLIANCE", made["detail"])
        self.assertEqual((closed["request"], closed["object"]["id"]), ("user disable", "greta"))
        self.assertEqual(made["door"], "cli")
        self.assertTrue(made["who"]["name"])

    def test_a_change_that_fails_leaves_nothing(self):
        before = len(self.changes())
        password = self.house.root / "secrets" / "admin.password"
        conf = ("--config", self.house.conf)
        self.fails("user", "add", "x", "--role", "KING", "--password-file", password, *conf, says="KING")
        self.fails("user", "add", "x", "--role", "RIS", "--password-file", "/nowhere", *conf, says="/nowhere")
        self.fails("user", "add", "x", *conf, says="--role")
        self.fails("user", "disable", "nobody", *conf, says="no such user")
        self.fails("user", "disable", *conf)
        self.fails("peer", "add", "FAX", "CT9", "--role", "MODALITY", *conf)
        self.fails("peer", "add", "AE", "CT9", "--role", "MODALITY", "--address", "not an address", *conf)
        self.fails("peer", "add", "AE", *conf, says="peer add")
        self.assertEqual(len(self.changes()), before)
        self.assertEqual(self.house.sql("SELECT count(*) FROM app_user WHERE login = 'x'"), [["0"]])
        self.assertEqual(self.house.sql("SELECT count(*) FROM peer WHERE name = 'CT9'"), [["0"]])

    def test_a_peer_from_one_address(self):
        before = len(self.changes())
        self.house.add_peer("AE", "FARAWAY", "MODALITY", address="192.0.2.7")
        made = self.changes()[before:]
        self.assertEqual([(e["request"], e["object"]["id"]) for e in made], [("peer add", "FARAWAY")])
        self.assertEqual(self.house.sql("SELECT host(address) FROM peer WHERE name = 'FARAWAY'"), [["192.0.2.7"]])

    def test_migrating_again_changes_nothing(self):
        done = self.house.must("migrate", "--config", self.house.conf)
        self.assertRegex(done.stdout, r"^0 of \d+ migrations applied now\n$")

    def test_what_keeps_it_from_starting(self):
        conf = ("serve", "--config", self.house.conf)
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            free = {"http": 0, "dicom": 0, "hl7": 0}
            for door in free:
                sets = [s for k in free for s in ("--set", "%s.port=%d" % (k, port if k == door else 0))]
                self.fails(*conf, *sets, says="%s.port %d" % (door, port))
        self.fails(*conf, "--set", "database.url=host=/nowhere dbname=x", says="database.url")
        self.fails(*conf, "--set", "audit.key_file=/nowhere/key.pem", says="/nowhere/key.pem")
        self.fails(*conf, "--set", "storage.path=/proc/nowhere", says="/proc/nowhere")
        self.fails(*conf, "--set", "hl7.character_set=KLINGON", says="KLINGON")


def series(text):
    """{(metric, labels as text): value} of a Prometheus page."""
    found = {}
    for line in text.split("\n"):
        if line and not line.startswith("#"):
            name, _, value = line.rpartition(" ")
            metric, _, labels = name.partition("{")
            found[metric, labels.rstrip("}")] = float(value)
    return found


class Metrics(story.Story):
    """The story, once; what /metrics says after it, less what it said before."""

    def scrape(self):
        answer = self.house.http("GET", "/metrics")
        self.assertStatus(answer, 200)
        self.assertTrue(answer.headers["content-type"].startswith("text/plain; version=0.0.4"))
        return series(answer.text)

    def tell(self):
        uid, patient = dicom.uid_of("metrics"), hl7.pid("M1", "Doe^Jane")
        self.assertAck(self.house.send(hl7.order("M-O", patient, "M1", study_uid=uid)), "AA")
        self.assertAck(self.house.send(b"MSH|^~\\&|A|B|C|D|20260101||ZZZ^Z99|M-Z|P|2.5\r"), "AR")
        self.assertEqual(self.house.peer().echo().returncode, 0)
        self.assertEqual(len(self.house.peer().worklist(AccessionNumber="M1")), 1)
        paths = dicom.make_study(self.folder, uid, images=2, patient_id="M1")
        self.house.store(*paths)
        self.house.peer().find(["QueryRetrieveLevel=STUDY", "StudyInstanceUID=" + uid], model="-S")
        for status, control in (("P", "M-R1"), ("F", "M-R2")):
            self.assertAck(self.house.send(hl7.report(control, patient, "M1", status=status)), "AA")
        self.assertEqual(len(self.house.search("/Patient?identifier=M1")), 1)
        self.assertEqual(self.house.fhir("GET", "/Patient/absent").status, 404)
        return 2

    def test_1_what_the_story_counts(self):
        before = self.scrape()
        images = self.tell()
        houses.wait_for("the trail to be sealed", lambda: self.scrape()["isocentre_audit_unsealed", ""] == 0)
        after = self.scrape()

        def grown(metric, labels=""):
            return after.get((metric, labels), 0) - before.get((metric, labels), 0)

        counters = {
            "HTTP_REQUESTS": ("isocentre_http_requests_total", 'route="GET /fhir/{type}",status="2xx"', 1),
            "HTTP_REQUESTS that failed": (
                "isocentre_http_requests_total",
                'route="GET /fhir/{type}/{id}",status="4xx"',
                1,
            ),
            "HTTP_SECONDS": ("isocentre_http_seconds_count", 'route="GET /fhir/{type}"', 1),
            "HL7_MESSAGES": ("isocentre_hl7_messages_total", 'trigger="ORM^O01",ack="AA"', 1),
            "HL7_SECONDS": ("isocentre_hl7_seconds_count", 'trigger="ORU^R01"', 2),
            "DIMSE_OPERATIONS": ("isocentre_dimse_operations_total", 'service="C-STORE",status="0000"', images),
            "DIMSE_SECONDS": ("isocentre_dimse_seconds_count", 'service="C-FIND MWL"', 1),
            "INSTANCES_STORED": ("isocentre_instances_stored_total", "", images),
            "AUDIT_EVENTS": ("isocentre_audit_events_total", 'event="INSTANCE_STORE"', images),
            "AUDIT_EVENTS of reads": ("isocentre_audit_events_total", 'event="WORKLIST_QUERY"', 1),
            "AUDIT_EVENTS of refusals": ("isocentre_audit_events_total", 'event="REPORT_CREATE"', 2),
            "REPORTS_LINKED, once for both versions": ("isocentre_reports_linked_total", 'rung="accession"', 1),
        }
        for row, (metric, labels, due) in counters.items():
            self.assertEqual(grown(metric, labels), due, row)
        refused = [k for k in after if k[0] == "isocentre_hl7_messages_total" and 'ack="AR"' in k[1]]
        self.assertEqual(sum(grown(*k) for k in refused), 1)
        stored = sum((self.house.root / "files" / name).stat().st_size for name in self.house.stored_files())
        self.assertEqual(grown("isocentre_instance_bytes_total"), stored, "INSTANCE_BYTES")
        within = sum(v for k, v in after.items() if k[0] == "isocentre_http_seconds_bucket" and 'le="60.0000"' in k[1])
        self.assertGreater(within, 0)

    def test_2_what_is_open_now(self):
        gauges = ("isocentre_associations_open", "isocentre_mllp_connections_open")
        self.assertEqual([self.scrape()[g, ""] for g in gauges], [0, 0])
        with self.house.mllp() as connection:
            connection.write(hl7.START)
            houses.wait_for("MLLP_CONNECTIONS_OPEN", lambda: self.scrape()[gauges[1], ""] == 1)
        houses.wait_for("its end", lambda: self.scrape()[gauges[1], ""] == 0)
        with socket.create_connection(("127.0.0.1", self.house.dicom_port)) as s:
            s.sendall(dicom.associate())
            self.assertEqual(s.recv(1), b"\2")
            houses.wait_for("ASSOCIATIONS_OPEN", lambda: self.scrape()[gauges[0], ""] == 1)
        houses.wait_for("its end", lambda: self.scrape()[gauges[0], ""] == 0)
        now = self.scrape()
        busy = now["isocentre_db_connections_busy", ""]  # DB_CONNECTIONS: committers and sealer hold theirs
        self.assertTrue(1 <= busy <= 24, busy)
        free = now["isocentre_storage_free_bytes", ""]  # STORAGE_FREE
        self.assertGreater(free, 1 << 20)
        self.assertGreater(now["process_resident_memory_bytes", ""], 1 << 20)

    def test_3_quirks_of_senders(self):
        before = self.scrape()
        message = hl7.order("M-Q", hl7.pid("M2", "Doe^Jane"), "M2", study_uid=dicom.uid_of("quirk"))
        with self.house.mllp() as connection:
            connection.write(b"junk" + hl7.START + message.replace(b"\r", b"\n") + hl7.END)
            self.assertIn(b"MSA|AA|M-Q", connection.read())
        houses.wait_for(
            "HL7_QUIRKS",
            lambda: sum(v - before.get(k, 0) for k, v in self.scrape().items() if k[0] == "isocentre_hl7_quirks_total")
            >= 2,
        )

    def test_4_jobs_run(self):
        def done(job):
            return self.scrape().get(("isocentre_jobs_total", 'job="%s",outcome="done"' % job), 0)

        for job in ("REPORT_RELINK", "FILES_SWEEP", "SESSION_SWEEP"):
            houses.wait_for("a run of " + job, lambda: done(job) >= 1)

    def test_5_the_tail_that_is_not_sealed_yet(self):
        self.house.restart(sets=["audit.seal_ms=60000"])
        self.house.search("/Patient?identifier=M1")
        self.assertGreaterEqual(self.scrape()["isocentre_audit_unsealed", ""], 1)
        self.house.restart()
        houses.wait_for("AUDIT_UNSEALED to be 0", lambda: self.scrape()["isocentre_audit_unsealed", ""] == 0)


class Trail(story.Story):
    """Each kind of event by the act it stands for: the last event of the kind, and what it must say."""

    profile = "production"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.house.add_peer("AE", "CT1", "MODALITY")
        cls.house.add_peer("AE", "VIEW1", "WORKSTATION")
        cls.house.add_peer("HL7", "RIS|CLINIC", "RIS")

    def after(self, act, kind, **due):
        """The one new event of the kind that the act leaves."""
        before = len(self.house.audit_events(kind))
        result = act()
        events = self.house.audit_events(kind)[before:]
        self.assertEqual(len(events), 1, "%s: %s" % (kind, events))
        for key, value in due.items():
            found = events[0]
            for part in key.split("__"):
                found = found.get(part) if isinstance(found, dict) else None
            self.assertEqual(found, value, "%s.%s of %s" % (kind, key, events[0]))
        return result

    def make(self, resource, kind="RESOURCE_CREATE"):
        answer = self.after(
            lambda: self.house.fhir("POST", "/" + resource["resourceType"], resource),
            kind,
            outcome=0,
            action="C",
            door="http",
            who__name="admin",
            object__type=resource["resourceType"],
        )
        self.assertStatus(answer, 201)
        return answer.json

    def test_1_resources(self):
        patient = self.make({"resourceType": "Patient", "name": [{"family": "Trail"}]})
        address = "/Patient/" + patient["id"]
        said = {"outcome": 0, "object__id": "Patient/" + patient["id"]}
        fhir = self.house.fhir
        for method, path, kind, action in (
            ("GET", address, "RESOURCE_READ", "R"),
            ("GET", address + "/_history", "RESOURCE_READ", "R"),
            ("GET", address + "/_history/1", "RESOURCE_READ", "R"),
        ):
            answer = self.after(lambda: fhir(method, path), kind, action=action, **said)
            self.assertStatus(answer, 200)
        patient["active"] = True
        self.assertStatus(self.after(lambda: fhir("PUT", address, patient), "RESOURCE_UPDATE", action="U", **said), 200)
        self.assertStatus(self.after(lambda: fhir("DELETE", address), "RESOURCE_DELETE", action="D", **said), 204)
        self.assertStatus(self.after(lambda: fhir("GET", address), "RESOURCE_READ", outcome=4), 410)
        for path in ("/Patient/_history", "/_history"):
            self.assertStatus(self.after(lambda p=path: fhir("GET", p), "RESOURCE_SEARCH", action="E", outcome=0), 200)
        self.after(
            lambda: self.house.search("/Patient?family=Trail"), "RESOURCE_SEARCH", query="family=Trail", outcome=0
        )
        form = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/fhir+json"}
        found = self.after(
            lambda: self.house.http("POST", "/fhir/Patient/_search", "family=Nobody", form),
            "RESOURCE_SEARCH",
            query="family=Nobody",
        )
        self.assertStatus(found, 200)
        made = {"resourceType": "Patient", "id": "chosen-by-client"}
        self.assertStatus(self.after(lambda: fhir("PUT", "/Patient/chosen-by-client", made), "RESOURCE_CREATE"), 201)

    def test_2_capabilities_name_every_interaction(self):
        rest = self.house.fhir("GET", "/metadata", user=None).json["rest"][0]
        patient = [r for r in rest["resource"] if r["type"] == "Patient"][0]
        codes = {i["code"] for i in patient["interaction"]}
        due = {"read", "vread", "update", "patch", "delete", "create", "search-type"}
        due |= {"history-instance", "history-type"}
        self.assertEqual(codes, due)

    def test_3_messages(self):
        send, patient = self.house.send, hl7.pid("T1", "Trail^Tom")

        def adt(control, person):
            return hl7.message(hl7.msh("ADT^A08^ADT_A01", control), "EVN|A08|" + hl7.now(), person, "PV1|1|O")

        self.assertAck(self.after(lambda: send(adt("T-A1", patient)), "PATIENT_CREATE", outcome=0, door="mllp"), "AA")
        renamed = hl7.pid("T1", "Trail^Tommy")
        self.assertAck(self.after(lambda: send(adt("T-A2", renamed)), "PATIENT_UPDATE", outcome=0, action="U"), "AA")
        order = hl7.order("T-O1", renamed, "T1", study_uid=dicom.uid_of("trail"))
        self.assertAck(self.after(lambda: send(order), "ORDER_CREATE", who__name="RIS|CLINIC", accession="T1"), "AA")
        self.assertAck(self.after(lambda: send(order), "MESSAGE_REPLAY", outcome=0), "AA")
        change = hl7.order("T-O2", renamed, "T1", study_uid=dicom.uid_of("trail"), control="XO", station="CT2")
        self.assertAck(self.after(lambda: send(change), "ORDER_UPDATE", accession="T1"), "AA")
        self.assertAck(
            self.after(lambda: send(hl7.report("T-R1", renamed, "T1")), "REPORT_CREATE", accession="T1"), "AA"
        )
        bad = hl7.order("T-O3", renamed, "THIS-ACCESSION-IS-TOO-LONG")
        self.assertAck(self.after(lambda: send(bad), "ORDER_UPDATE", outcome=4), "AE")
        self.assertAck(self.after(lambda: send(b"no message"), "BAD_INPUT", door="mllp"), "AR")
        stranger = hl7.order("T-O4", renamed, "T4", application="STRANGER")
        self.assertAck(self.after(lambda: send(stranger), "REFUSED", door="mllp", outcome=4), "AR")

    def test_4_dimse(self):
        uid, peer = dicom.uid_of("trail"), self.house.peer
        self.after(lambda: peer().echo(), "ECHO", outcome=0, who__name="CT1", door="dimse")
        self.after(lambda: peer().worklist(AccessionNumber="T1"), "WORKLIST_QUERY", outcome=0, count=1)
        path = dicom.make_study(self.folder, uid, images=1, patient_id="T1", patient_name="Trail^Tommy")[0]
        self.after(lambda: peer().store(path), "INSTANCE_STORE", outcome=0, study=uid)
        keys = ["QueryRetrieveLevel=STUDY", "StudyInstanceUID=" + uid]
        self.after(lambda: peer("VIEW1").find(keys, model="-S"), "STUDY_QUERY", outcome=0, count=1)
        get = [
            "getscu",
            "-S",
            "-od",
            self.folder,
            "-aet",
            "VIEW1",
            "-aec",
            "ISOCENTRE",
            "127.0.0.1",
            self.house.dicom_port,
        ]
        for key in keys:
            get += ["-k", key]
        for kind in ("TRANSFER_BEGIN", "INSTANCES_SENT"):
            self.after(lambda: dicom.tool(*get), kind, outcome=0, study=uid, count=1)
        self.after(lambda: peer("STRANGER").echo(), "REFUSED", door="dimse", who__name="STRANGER")
        series_uid, sop_uid = dicom.uid_of(uid, 1), dicom.uid_of(uid, 1, 1)
        address = "/dicom-web/studies/%s/series/%s/instances/%s" % (uid, series_uid, sop_uid)
        self.assertStatus(self.after(lambda: self.house.http("GET", address), "INSTANCE_READ", study=uid), 200)

    def test_5_people(self):
        http = self.house.http
        given = {"user": "admin", "password": houses.PASSWORD}
        signed = self.after(
            lambda: http("POST", "/admin/api/session", given, HEADERS, user=None), "LOGIN", outcome=0, who__name="admin"
        )
        self.assertStatus(signed, 200)
        cookie = {"Cookie": signed.headers["set-cookie"].split(";")[0], **HEADERS}
        self.assertStatus(
            self.after(
                lambda: http("DELETE", "/admin/api/session", headers=cookie, user=None), "LOGOUT", who__name="admin"
            ),
            204,
        )
        message = "/admin/api/messages/" + self.house.sql("SELECT max(message_id) FROM message")[0][0]
        for path, kind in (
            ("/admin/api/status", "ADMIN_READ"),
            ("/admin/api/messages", "MESSAGE_READ"),
            (message, "MESSAGE_READ"),
            ("/admin/api/audit", "AUDIT_READ"),
            ("/fhir/AuditEvent?_count=1", "AUDIT_READ"),
            ("/admin/api/studies", "STUDY_QUERY"),
            ("/admin/api/worklist?date=all", "WORKLIST_QUERY"),
            ("/admin/api/reports", "RESOURCE_SEARCH"),
        ):
            self.after(lambda: http("GET", path), kind, door="http", who__name="admin")
        self.assertStatus(self.after(lambda: http("POST", "/admin/api/audit/verify", "", HEADERS), "AUDIT_READ"), 200)
        self.after(lambda: http("GET", "/fhir/Patient", password="wrong"), "REFUSED", outcome=4, who__name="admin")
        self.after(lambda: http("GET", "/fhir/Patient/%ff%fe"), "BAD_INPUT", door="http")
        before = len(self.house.audit_events())
        for path in ("/health/live", "/health/ready", "/metrics", "/"):
            http("GET", path)
        self.assertEqual(len(self.house.audit_events()), before, "NONE: these leave no event")

    def test_6_start_and_stop(self):
        self.after(lambda: self.house.terminate(), "SERVER_STOP", outcome=0, action="E")
        self.after(lambda: self.house.start(), "SERVER_START", outcome=0, action="E")

    def test_7_every_kind_was_seen_and_the_chain_holds(self):
        seen = {e["kind"] for e in self.house.audit_events()}
        # 39_hl7_explain tries messages out;
        # 15_fhir_operations exports, 16_fhir_subscriptions has a subscriber, 21_fhir_merge merges
        elsewhere = {
            "ALERT",
            "INSTANCE_CONFLICT",  # 55_dicom_store
            "INSTANCES_REJECT",  # 61_dicom_reject
            "INSTANCES_RESTORE",  # 61_dicom_reject
            "INSTANCE_SEND",  # 54_dicom_peers
            "MESSAGE_DRY_RUN",
            "MESSAGE_RESUBMIT",
            "MESSAGE_CHANGE",
            "MESSAGE_KEEP",
            "REPORT_LINK",  # 37_hl7_reports
            "PATIENT_LINK",  # these two: 40_hl7_corrections
            "STUDY_LINK",
            "STEP_EXPIRE",  # 06_options
            "STEP_PERFORM",  # these three: 52_dicom_mpps
            "STEP_READ",
            "STUDY_CORRECT",  # 57_dicom_correct
            "COMMITMENT_REQUEST",  # these two: 53_dicom_commitment
            "COMMITMENT_REPORT",
            "NOTICE_SEND",  # these two: 53_dicom_commitment
            "NOTICE_RECEIVE",
            "STEP_TIE",
            "MESSAGE_SEND",  # these two: 32_hl7_out_faults
            "MESSAGE_DEAD",
            "BUNDLE",
            "EXPORT",
            "SUBSCRIBER_NOTIFY",
            "PATIENT_MERGE",
            "PATIENT_UNMERGE",
        }
        self.assertEqual(set(names(*TABLES["audit-events"])) - seen - elsewhere, {"NONE"})
        self.house.terminate()
        checkpoint = self.house.root / "secrets" / "checkpoints.log"
        done = self.house.command(
            "audit",
            "verify",
            "--config",
            self.house.conf,
            "--checkpoint",
            checkpoint,
            "--public-key",
            str(self.house.options["audit.key_file"]) + ".pub",
        )
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn('"verdict":0', done.stdout)
        self.house.sql(
            "ALTER TABLE audit_event DISABLE TRIGGER append_only;"
            "UPDATE audit_event SET principal = 'nobody' WHERE kind = 'LOGIN'"
        )
        done = self.house.audit_verify()
        self.assertEqual(done.returncode, 1, "somebody changed a row: " + done.stdout)


if __name__ == "__main__":
    story.main()
