"""Private PostgreSQL clusters for tests: unix socket only, made by copying a cluster that initdb made once a run."""

import atexit
import glob
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

import account

ROLES = """
CREATE ROLE isocentre_owner LOGIN;
CREATE ROLE isocentre_server LOGIN;
CREATE DATABASE isocentre OWNER isocentre_owner;
"""


def binaries():
    def version(path):
        return int(re.search(r"/(\d+)/bin/", path).group(1))

    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"), key=version)
    if not found:
        raise RuntimeError("no PostgreSQL: install the package postgresql-15")
    return pathlib.Path(found[-1]).parent


def run(argv, **options):
    return subprocess.run(
        account.command([str(a) for a in argv]),
        env=account.environment(),
        cwd="/",
        stdin=options.pop("stdin", subprocess.DEVNULL),
        check=True,
        **options
    )


def settings(sockets, durable):
    switch = "on" if durable else "off"
    return "\n".join(
        [
            "listen_addresses = ''",
            "unix_socket_directories = '%s'" % sockets,
            "max_connections = 100",
            "shared_buffers = 64MB",
            "jit = off",
            "timezone = 'UTC'",
            "log_timezone = 'UTC'",
            "fsync = " + switch,
            "synchronous_commit = " + switch,
            "full_page_writes = " + switch,
            "max_wal_size = 1GB",
            "autovacuum_naptime = 5min",
            "",
        ]
    )


def initdb(folder):
    """A cluster with the roles and an empty database `isocentre`, stopped."""
    who = account.ensure().pw_name
    run(
        [
            binaries() / "initdb",
            "-D",
            folder,
            "-U",
            "postgres",
            "--data-checksums",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--lc-collate=C",
            "--auth=peer",
            "--no-instructions",
            "--no-sync",
        ],
        stdout=subprocess.DEVNULL,
    )
    (folder / "pg_hba.conf").write_text("local all all peer map=house\n")
    (folder / "pg_ident.conf").write_text(
        "".join("house %s %s\n" % (who, role) for role in ("postgres", "isocentre_owner", "isocentre_server"))
    )
    with open(folder / "postgresql.conf", "a") as f:
        f.write("include_if_exists 'test.conf'\n")
    cluster = Cluster(folder, durable=False)
    cluster.start()
    cluster.psql(ROLES, user="postgres", database="postgres")
    cluster.stop()


def template():
    """The folder the clusters are copied from: ISOCENTRE_TEST_TEMPLATE, or one that lives as long as this process."""
    given = os.environ.get("ISOCENTRE_TEST_TEMPLATE")
    folder = pathlib.Path(given) if given else pathlib.Path(tempfile.mkdtemp(prefix="isocentre-template-", dir="/tmp"))
    if not given:
        os.environ["ISOCENTRE_TEST_TEMPLATE"] = str(folder)
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        os.chmod(folder, 0o755)
        account.ensure()
        account.give(folder)
    if not (folder / "pg").exists():
        account.give(folder)
        initdb(folder / "pg")
    return folder


class Cluster:
    """One cluster. Its socket lies in its own folder, whose path must stay short."""

    def __init__(self, folder, durable=True):
        self.folder = pathlib.Path(folder)
        self.durable = durable
        self.log = self.folder.parent / (self.folder.name + ".log")

    def copy_template(self):
        run(["cp", "-a", template() / "pg", self.folder])
        return self

    def conninfo(self, user="isocentre_owner", database="isocentre"):
        return "host=%s dbname=%s user=%s" % (self.folder, database, user)

    def start(self):
        conf = self.folder / "test.conf"
        conf.write_text(settings(self.folder, self.durable))
        account.give(conf)
        self.log.touch()
        account.give(self.log)
        run(
            [binaries() / "pg_ctl", "start", "-w", "-t", "60", "-D", self.folder, "-l", self.log],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        return self

    def stop(self, mode="fast"):
        """mode: fast, or immediate for what a power cut leaves behind."""
        run(
            [binaries() / "pg_ctl", "stop", "-w", "-t", "60", "-D", self.folder, "-m", mode],
            stdout=subprocess.DEVNULL,
        )

    def running(self):
        return (self.folder / "postmaster.pid").exists()

    def psql(self, text, user="postgres", database="isocentre"):
        """Rows as lists of strings; NULL reads as "\\N"."""
        argv = [
            binaries() / "psql",
            "-X",
            "-q",
            "-A",
            "-t",
            "-v",
            "ON_ERROR_STOP=1",
            "-P",
            "null=\\N",
            "-F",
            "\x1f",
            "-R",
            "\x1e",
            self.conninfo(user, database),
        ]
        done = subprocess.run(
            account.command([str(a) for a in argv]),
            input=text.encode(),
            cwd="/",
            env=account.environment(),
            capture_output=True,
        )
        if done.returncode:
            raise RuntimeError("psql: %s" % done.stderr.decode().strip())
        out = done.stdout.decode().rstrip("\n")
        return [row.split("\x1f") for row in out.split("\x1e") if row] if out else []
