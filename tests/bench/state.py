"""A state directory of its own, started by server/up as a user would start it: release build, durable settings."""

import base64
import http.client
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile

import account
import house
import postgres

HOUSE = pathlib.Path(os.environ["ISOCENTRE_HOUSE"])
PROGRAMS = HOUSE / "build" / "release" / "bench"


def consumed(pid, ended=False):
    """Processor seconds of a process, with those of its children that have ended; 0 when it is gone."""
    try:
        fields = pathlib.Path("/proc/%d/stat" % pid).read_text().rsplit(")", 1)[1].split()
    except FileNotFoundError:
        return 0
    return sum(map(int, fields[11 : 15 if ended else 13])) / os.sysconf("SC_CLK_TCK")


class State:
    def __init__(self, keep=False):
        account.ensure()
        self.keep = keep
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="isocentre-bench-", dir="/var/tmp"))
        self.scratch = self.root.with_name(self.root.name + "-scratch")
        self.scratch.mkdir()
        os.chmod(self.root, 0o755)
        os.chmod(self.scratch, 0o755)
        account.give(self.root)
        account.give(self.scratch)
        self.http_port, self.dicom_port, self.hl7_port = house.free_ports(3)
        self.started = []

    def __enter__(self):
        try:
            self.up()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for process in self.started:
            self.end(process)
        subprocess.run([HOUSE / "server" / "down", "--state", self.root], stdout=subprocess.DEVNULL)
        if self.keep:
            print("state: %s" % self.root)
            return
        shutil.rmtree(self.root, ignore_errors=True)
        shutil.rmtree(self.scratch, ignore_errors=True)

    def up(self):
        sets = {"http.port": self.http_port, "dicom.port": self.dicom_port, "hl7.port": self.hl7_port}
        argv = [HOUSE / "server" / "up", "--state", self.root, "--profile", "demo", "--no-install", "--no-build"]
        for name, value in sets.items():
            argv += ["--set", "%s=%s" % (name, value)]
        done = subprocess.run(argv, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit("server/up failed: " + done.stderr + done.stdout)
        self.password = (self.root / "secrets" / "admin-password").read_text().strip()

    def down(self):
        subprocess.run([HOUSE / "server" / "down", "--state", self.root], stdout=subprocess.DEVNULL, check=True)

    # ---- the server ----

    @property
    def pid(self):
        return int((self.root / "isocentre.pid").read_text())

    def status_mb(self, field):
        text = pathlib.Path("/proc/%d/status" % self.pid).read_text()
        return int(re.search(field + r":\s+(\d+)", text).group(1)) / 1024

    def resident_mb(self):
        return self.status_mb("VmRSS")

    def forget_peak(self):
        """The peak of resident memory counts from now."""
        pathlib.Path("/proc/%d/clear_refs" % self.pid).write_text("5")

    def peak_mb(self):
        return self.status_mb("VmHWM")

    def cpu_seconds(self):
        """(server, PostgreSQL with all its processes): seconds of processor time since they started."""
        postmaster = int((self.root / "pg" / "postmaster.pid").read_text().split()[0])
        ended = consumed(postmaster, ended=True)
        children = pathlib.Path("/proc/%d/task/%d/children" % (postmaster, postmaster)).read_text().split()
        return consumed(self.pid), ended + sum(consumed(int(c)) for c in children)

    @property
    def authorization(self):
        return "Basic " + base64.b64encode(("admin:" + self.password).encode()).decode()

    def http(self, method, path, body=None, headers=None, timeout=600):
        """The open answer of one request."""
        connection = http.client.HTTPConnection("127.0.0.1", self.http_port, timeout=timeout)
        connection.request(method, path, body, {"Authorization": self.authorization, **(headers or {})})
        return connection.getresponse()

    def fhir(self, method, path, resource=None):
        kind = "application/fhir+json"
        body = json.dumps(resource) if resource is not None else None
        answer = self.http(method, "/fhir" + path, body, {"Accept": kind, "Content-Type": kind})
        text = answer.read()
        if answer.status >= 300:
            raise SystemExit("%s /fhir%s: %d %s" % (method, path, answer.status, text[:500]))
        return json.loads(text)

    # ---- the cluster ----

    def conninfo(self, user="isocentre_server", database="isocentre"):
        return "host=%s dbname=%s user=%s" % (self.root / "pg", database, user)

    def sql(self, text, user="postgres", database="isocentre"):
        return postgres.Cluster(self.root / "pg").psql(text, user, database)

    def pgbench(self, script, clients, seconds, variables=None):
        """Transactions per second of a script, prepared, without the time it takes to connect."""
        path = self.scratch / "script.sql"
        path.write_text(script)
        done = subprocess.run(
            account.command(
                [str(postgres.binaries() / "pgbench"), "-n", "-M", "prepared", "-c", str(clients), "-j", "2"]
                + ["-D%s=%s" % pair for pair in (variables or {}).items()]
                + ["-T", str(seconds), "-f", str(path), self.conninfo("isocentre_owner")]
            ),
            cwd="/",
            env=account.environment(),
            capture_output=True,
            text=True,
        )
        found = re.search(r"tps = ([\d.]+)", done.stdout)
        if done.returncode or not found:
            raise SystemExit("pgbench: " + done.stderr[-2000:])
        return float(found.group(1))

    # ---- other programs ----

    def start(self, argv, env=None):
        """A program as the unprivileged account; ended with the state."""
        log = open(self.scratch / (pathlib.Path(str(argv[0])).name + ".log"), "ab")
        process = subprocess.Popen(
            account.command([str(a) for a in argv]),
            cwd=self.scratch,
            env=account.environment(**(env or {})),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        self.started.append(process)
        return process

    def end(self, process):
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        if process in self.started:
            self.started.remove(process)

    def program(self, name):
        """A program of this folder, where the account may run it."""
        copy = self.scratch / name
        if not copy.exists():
            shutil.copy(PROGRAMS / name, copy)
        return copy
