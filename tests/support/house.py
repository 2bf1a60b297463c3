"""A started isocentre with its own PostgreSQL, on free ports, for one story.

    with house.House(options={"site.timezone": "Africa/Johannesburg"}) as h:
        assert h.send(hl7.order("M1", hl7.pid("P1", "Doe^Jane"), "A1", study_uid=uid)).code == "AA"
        assert h.peer().worklist(AccessionNumber="A1")[0]["PatientID"] == "P1"
        assert h.fhir("GET", "/Patient?identifier=P1").json["total"] == 1

Leaving the block stops the server and fails when it did not end cleanly or a sanitizer reported anything.
"""

import atexit
import base64
import contextlib
import http.client
import json
import os
import pathlib
import random
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time

import account
import dicom
import hl7
import postgres

TREE = pathlib.Path(__file__).resolve().parent.parent.parent
BUILD = pathlib.Path(os.environ.get("ISOCENTRE_TEST_BUILD", TREE / "build" / "debug"))
SANITIZERS = {
    "ASAN_OPTIONS": "detect_leaks=1:halt_on_error=1:detect_stack_use_after_return=1",
    "UBSAN_OPTIONS": "print_stacktrace=1:halt_on_error=1",
    "TSAN_OPTIONS": "halt_on_error=1",
}
REPORT = re.compile(
    r"ERROR: AddressSanitizer|runtime error:|ERROR: LeakSanitizer|WARNING: ThreadSanitizer|stack smashing"
)
PASSWORD = "correct-horse-7"
WAIT = float(os.environ.get("ISOCENTRE_TEST_WAIT", "60"))


def free_ports(n):
    """n different ports nobody listens on, of this lane's range: no client's socket and no other lane takes them."""
    first = 12000 + 9000 * int(os.environ.get("ISOCENTRE_TEST_LANE", "0"))
    ports = []
    while len(ports) < n:
        port = random.randrange(first, first + 9000)
        with socket.socket() as s:
            try:
                s.bind(("127.0.0.1", port))
            except OSError:
                continue
        if port not in ports:
            ports.append(port)
    return ports


def home():
    """The folder houses are made in."""
    return os.environ.get("ISOCENTRE_TEST_HOUSES") or postgres.template()


def executable():
    """The built server; a copy when the account may not enter the tree (a clone below /root)."""
    built = BUILD / "isocentre"
    if not built.exists():
        raise RuntimeError("there is no %s; tests/run builds it" % built)
    account.ensure()
    reachable = subprocess.run(account.command(["test", "-x", str(built)]), cwd="/").returncode == 0
    if reachable:
        return built
    copy = postgres.template() / "isocentre"
    if not copy.exists() or copy.stat().st_mtime < built.stat().st_mtime:
        shutil.copy(built, copy)
    return copy


def conf_text(options):
    """A configuration file; options are dotted names, values str, int or bool."""

    def literal(value):
        if isinstance(value, bool):
            return "true" if value else "false"
        return str(value) if isinstance(value, int) else '"%s"' % str(value).replace("\\", "\\\\").replace('"', '\\"')

    groups = {}
    for name, value in options.items():
        group, _, key = name.rpartition(".")
        groups.setdefault(group, []).append("%s = %s;" % (key, literal(value)))
    lines = groups.pop("", [])
    for group, rows in groups.items():
        lines += ["%s:" % group, "{"] + ["    " + row for row in rows] + ["};"]
    return "\n".join(lines) + "\n"


def wait_for(what, condition, seconds=None, step=0.05):
    """The condition's first true value; AssertionError naming what was waited for."""
    end = time.monotonic() + (seconds or WAIT)
    while True:
        found = condition()
        if found:
            return found
        if time.monotonic() > end:
            raise AssertionError("waited in vain for " + what)
        time.sleep(step)


def sweep(folder):
    """End what houses below the folder left running because their test was killed; remove them."""
    for root in pathlib.Path(folder).glob("house-*"):
        for pid in root.glob("**/server.pid"):
            if str(root) in command_line(pid.read_text()):
                os.kill(int(pid.read_text()), signal.SIGKILL)
        cluster = postgres.Cluster(root / "pg")
        if cluster.running():
            cluster.stop("immediate")
        shutil.rmtree(root, ignore_errors=True)


def command_line(pid):
    try:
        return pathlib.Path("/proc/%s/cmdline" % pid).read_text()
    except OSError:
        return ""


LIVE = []  # houses nobody has left yet


def discard_live(*_):
    for h in LIVE[:]:
        h.discard()


def end_cleanly():
    """For a test's main(): SIGTERM and an interrupt take running houses down too."""

    def interrupted(*_):
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, interrupted)
    postgres.template()  # whose folder is removed at exit, so after the houses in it
    atexit.register(discard_live)


class Answer:
    """An HTTP answer: status, headers (names in lower case), body bytes, text, json."""

    def __init__(self, response):
        self.status = response.status
        self.headers = {k.lower(): v for k, v in response.getheaders()}
        self.body = response.read()

    @property
    def text(self):
        return self.body.decode("utf-8", "replace")

    @property
    def json(self):
        return json.loads(self.body)

    def resources(self):
        """The matches of a searchset Bundle."""
        return [
            e["resource"] for e in self.json.get("entry", []) if e.get("search", {}).get("mode", "match") == "match"
        ]


class House:
    """profile and options as in isocentre.conf; env for the server; durable=False only where nothing is killed."""

    def __init__(self, profile="demo", options=None, env=None, durable=True, start=True):
        account.ensure()
        postgres.template()
        LIVE.append(self)
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="house-", dir=home()))
        os.chmod(self.root, 0o755)
        for name in (".", "files", "log", "secrets"):
            (self.root / name).mkdir(exist_ok=True)
            account.give(self.root / name)
        self.log = self.root / "log" / "isocentre.log"
        self.env = dict(env or {})
        self.process = None
        self.http_port, self.dicom_port, self.hl7_port = free_ports(3)
        self.database = postgres.Cluster(self.root / "pg", durable)
        self.conf = self.root / "isocentre.conf"
        self.options = {
            "profile": profile,
            "http.port": self.http_port,
            "dicom.port": self.dicom_port,
            "hl7.port": self.hl7_port,
            "database.url": self.database.conninfo("isocentre_server"),
            "database.owner_url": self.database.conninfo(),
            "storage.path": str(self.root / "files"),
            "state.path": str(self.root),
            "storage.reserve_mb": 1,
            "audit.key_file": str(self.root / "secrets" / "audit.key"),
            "ui.path": str(self.ui_path()),
        }
        self.options.update(options or {})
        try:
            self.database.copy_template().start()
            self.write_conf()
            self.must("audit", "keygen", self.options["audit.key_file"])
            self.must("migrate", "--config", self.conf)
            self.add_user("admin", "ADMINISTRATOR")
            if start:
                self.start()
        except BaseException:
            self.discard()
            raise

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        if kind:
            self.discard()
        else:
            self.stop()

    @staticmethod
    def ui_path():
        """web-admin as built, where the account can read it; an empty folder when it was not built."""
        target = postgres.template() / "ui"
        built = TREE / "web-admin" / "dist"
        if not target.exists():
            if built.exists():
                shutil.copytree(built, target)
            else:
                target.mkdir()
        return target

    # ---- the process ----

    def write_conf(self, **changes):
        """changes: option names with __ for the dot: write_conf(site__timezone="UTC")."""
        self.options.update({k.replace("__", "."): v for k, v in changes.items()})
        self.conf.write_text(conf_text(self.options))
        account.give(self.conf)

    def environment(self, **more):
        return account.environment(**{**SANITIZERS, **self.env, **more})

    def command(self, *argv, timeout=120, stdin=None):
        """Run `isocentre argv…` as the account; the completed process with text stdout and stderr."""
        return subprocess.run(
            account.command([str(executable())] + [str(a) for a in argv]),
            cwd="/",
            text=True,
            errors="replace",
            env=self.environment(),
            input=stdin,
            capture_output=True,
            timeout=timeout,
        )

    def must(self, *argv, **options):
        done = self.command(*argv, **options)
        assert done.returncode == 0, "isocentre %s: exit %d: %s%s" % (
            " ".join(map(str, argv)),
            done.returncode,
            done.stdout,
            done.stderr,
        )
        return done

    def start(self, failpoint=None, sets=(), wait=True):
        """failpoint: "files.sync=kill:1". sets: ("log.level=debug", …). wait=False returns before it is ready."""
        argv = [str(executable()), "serve", "--config", str(self.conf)]
        for pair in sets:
            argv += ["--set", pair]
        env = self.environment(**({"ISOCENTRE_FAILPOINT": failpoint} if failpoint else {}))
        self.log.touch()
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                account.command(argv),
                cwd="/",
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        (self.root / "server.pid").write_text(str(self.process.pid))
        if wait:
            self.wait_ready()
        return self

    def ready(self):
        try:
            return self.http("GET", "/health/ready", user=None, timeout=5).status == 200
        except OSError:
            return False

    def wait_ready(self):
        def look():
            assert self.process.poll() is None, "the server stopped while starting:\n" + self.log_tail()
            return self.ready()

        try:
            wait_for("/health/ready", look)
        except AssertionError as e:
            raise AssertionError("%s\n%s" % (e, self.log_tail())) from None

    def alive(self):
        return self.process is not None and self.process.poll() is None

    def kill(self):
        """SIGKILL, as a crash would."""
        self.process.kill()
        self.process.wait()

    def wait_dead(self, seconds=None):
        """The exit status once the process has ended by itself; -9 after a kill failpoint."""
        wait_for("the server's end", lambda: self.process.poll() is not None, seconds)
        return self.process.returncode

    def restart(self, failpoint=None, sets=()):
        if self.alive():
            self.terminate()
        return self.start(failpoint, sets)

    def terminate(self, seconds=None):
        """SIGTERM; the exit status must be 0."""
        self.process.send_signal(signal.SIGTERM)
        try:
            status = self.process.wait(seconds or WAIT)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise AssertionError("the server did not stop on SIGTERM:\n" + self.log_tail()) from None
        assert status == 0, "the server ended with status %d:\n%s" % (status, self.log_tail())

    def log_text(self):
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def log_tail(self, lines=40):
        return "\n".join(self.log_text().split("\n")[-lines:])

    def check_log(self):
        """No sanitizer said anything."""
        found = REPORT.search(self.log_text())
        assert not found, (
            "the server's log holds a sanitizer report:\n" + self.log_text()[max(0, found.start() - 200) :][:6000]
        )

    def stop(self):
        """The clean end of a story: server, report check, cluster, files."""
        try:
            if self.alive():
                self.terminate()
            self.check_log()
        finally:
            self.discard()

    def discard(self):
        """Leave nothing behind, whatever happened. The log stays when ISOCENTRE_TEST_LOGS names a folder."""
        if self.alive():
            self.process.kill()
            self.process.wait()
        if self.database.running():
            try:
                self.database.stop("immediate")
            except subprocess.CalledProcessError:
                pass
        if os.environ.get("ISOCENTRE_TEST_LOGS") and self.log.exists():
            shutil.copy(self.log, pathlib.Path(os.environ["ISOCENTRE_TEST_LOGS"]) / (self.root.name + ".log"))
        shutil.rmtree(self.root, ignore_errors=True)
        if self in LIVE:
            LIVE.remove(self)

    @contextlib.contextmanager
    def node(self):
        """Another server process on the same database and files."""
        node = Node(self)
        try:
            yield node
            node.terminate()
            node.check_log()
        finally:
            node.discard()

    def resident_mb(self):
        text = pathlib.Path("/proc/%d/status" % self.process.pid).read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", text).group(1)) / 1024

    # ---- its callers ----

    def add_user(self, login, *roles, password=PASSWORD):
        path = self.root / "secrets" / (login + ".password")
        path.write_text(password)
        account.give(path)
        os.chmod(path, 0o600)
        self.must(
            "user",
            "add",
            login,
            "--role",
            ",".join(roles),
            "--display",
            login,
            "--password-file",
            path,
            "--config",
            self.conf,
        )

    def add_peer(self, kind, name, role, address=None):
        """kind AE or HL7; an HL7 name reads APPLICATION|FACILITY."""
        where = ["--address", address] if address else []
        self.must("peer", "add", kind, name, *where, "--role", role, "--config", self.conf)

    def http(self, method, path, body=None, headers=None, user="admin", password=PASSWORD, timeout=60):
        """One request; user=None sends no credentials. body: bytes, str, or what json.dumps takes."""
        headers = dict(headers or {})
        if user is not None:
            headers.setdefault(
                "Authorization", "Basic " + base64.b64encode(("%s:%s" % (user, password)).encode()).decode()
            )
        if body is not None and not isinstance(body, (bytes, str)):
            body = json.dumps(body)
            headers.setdefault("Content-Type", "application/json")
        connection = http.client.HTTPConnection("127.0.0.1", self.http_port, timeout=timeout)
        try:
            connection.request(method, path, body.encode() if isinstance(body, str) else body, headers)
            return Answer(connection.getresponse())
        finally:
            connection.close()

    def fhir(self, method, path, resource=None, headers=None, **options):
        """path below /fhir: fhir("GET", "/Patient/1"), fhir("POST", "/Patient", {…})."""
        headers = {"Accept": "application/fhir+json", **(headers or {})}
        if resource is not None:
            headers.setdefault("Content-Type", "application/fhir+json")
        return self.http(method, "/fhir" + path, resource, headers, **options)

    def search(self, path, **options):
        """The resources a FHIR search finds; it must answer 200."""
        answer = self.fhir("GET", path, **options)
        assert answer.status == 200, "GET /fhir%s: %d %s" % (path, answer.status, answer.text[:2000])
        return answer.resources()

    def send(self, content, **options):
        """An HL7 message over its own MLLP connection; the acknowledgement."""
        return hl7.send(self.hl7_port, content, **options)

    def mllp(self, **options):
        return hl7.Connection(self.hl7_port, **options)

    def peer(self, calling="CT1", called=None):
        """DCMTK's tools calling this server as an AE title."""
        return dicom.Peer(self.dicom_port, called or self.options.get("dicom.aet", "ISOCENTRE"), calling)

    def store(self, *paths, calling="CT1"):
        """storescu; it must succeed."""
        done = self.peer(calling).store(*paths)
        assert done.returncode == 0, "storescu: " + done.stdout[-3000:]
        return done

    def sql(self, text, user="postgres"):
        """Rows as lists of strings, asked by the superuser unless told otherwise."""
        return self.database.psql(text, user)

    @contextlib.contextmanager
    def holding(self, statement):
        """Another transaction has run the statement and keeps its locks until the block ends; then it is undone."""
        sleep = "SELECT pg_sleep(61)"
        held = "SELECT pid FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND query LIKE '%pg_sleep(61)%'"

        def hold():
            with contextlib.suppress(RuntimeError):  # it is ended in the middle of its sleep
                self.sql("BEGIN; %s; %s" % (statement, sleep))

        holder = threading.Thread(target=hold)
        holder.start()
        try:
            wait_for("the lock", lambda: self.sql(held))
            yield
        finally:
            self.sql("SELECT pg_terminate_backend(pid) FROM (%s) AS holder" % held)
            holder.join()

    def waiting(self):
        """How many of the server's transactions wait for another one's locks."""
        text = "SELECT count(*) FROM pg_stat_activity WHERE usename = 'isocentre_server' AND wait_event_type = 'Lock'"
        return int(self.sql(text)[0][0])

    def audit_events(self, kind=None):
        """The audit trail, oldest first, as dicts of the content that is hashed."""
        rows = self.sql("SELECT convert_from(content, 'UTF8') FROM audit_event ORDER BY id")
        events = [json.loads(row[0]) for row in rows]
        return [e for e in events if kind is None or e.get("kind") == kind]

    def audit_verify(self):
        return self.command("audit", "verify", "--config", self.conf)

    def stored_files(self):
        """Names of the content store that hold bytes."""
        root = self.root / "files"
        return sorted(str(p.relative_to(root)) for p in root.rglob("*") if p.is_file() and p.stat().st_size)


class Node(House):
    """A second server of a house, with doors of its own; the house's commands work on it too. Made by House.node()."""

    def __init__(self, of):
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="node-", dir=of.root))
        os.chmod(self.root, 0o755)
        (self.root / "log").mkdir()
        for name in (".", "log"):
            account.give(self.root / name)
        self.log = self.root / "log" / "isocentre.log"
        self.env, self.database, self.process = of.env, of.database, None
        self.http_port, self.dicom_port, self.hl7_port = free_ports(3)
        self.conf = self.root / "isocentre.conf"
        ports = {"http.port": self.http_port, "dicom.port": self.dicom_port, "hl7.port": self.hl7_port}
        self.options = {**of.options, **ports, "state.path": str(self.root)}
        LIVE.append(self)
        self.write_conf()
        self.start()

    def discard(self):
        """The database is the house's."""
        if self.alive():
            self.process.kill()
            self.process.wait()
        if self in LIVE:
            LIVE.remove(self)
