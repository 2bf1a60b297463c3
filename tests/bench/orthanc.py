"""Debian's Orthanc as a peer: as installed on SQLite, or with its index in a database of the bench's cluster."""

import json
import os
import pathlib
import socket

import account
import house

PROGRAM = "/usr/sbin/Orthanc"
PLUGINS = pathlib.Path("/usr/share/orthanc/plugins")
POSTGRESQL = PLUGINS / "libOrthancPostgreSQLIndex.so"
AET = "ORTHANC"


def installed():
    return os.path.exists(PROGRAM)


def resident_mb(process):
    text = pathlib.Path("/proc/%d/status" % process.pid).read_text()
    return int(text.split("VmRSS:")[1].split()[0]) / 1024


def wait_port(port):
    def try_port():
        with socket.socket() as s:
            return s.connect_ex(("127.0.0.1", port)) == 0

    house.wait_for("port %d" % port, try_port, 30)


def with_postgresql(s, conf):
    """The index in a database of its own beside ours, under the same settings; the files stay files."""
    s.sql("CREATE DATABASE orthanc OWNER isocentre_server", database="postgres")
    conf["Plugins"] = [str(POSTGRESQL)]
    conf["PostgreSQL"] = {
        "EnableIndex": True,
        "EnableStorage": False,
        "ConnectionUri": s.conninfo(database="orthanc"),
        "Lock": False,
    }


def start(s, name, nodelay=False, postgresql=False, sink=None):
    """(process, port, folder). sink: the port C-MOVE finds the title BENCH at."""
    http, port = house.free_ports(2)
    folder = s.scratch / name
    folder.mkdir()
    account.give(folder)
    conf = {
        "Name": "bench",
        "StorageDirectory": str(folder),
        "IndexDirectory": str(folder),
        "HttpPort": http,
        "DicomPort": port,
        "DicomAet": AET,
        "RemoteAccessAllowed": False,
        "Plugins": [],
    }
    if sink:
        conf["DicomModalities"] = {"bench": ["BENCH", "127.0.0.1", sink]}
        conf["DicomAlwaysAllowGet"] = True
    if postgresql:
        with_postgresql(s, conf)
    file = folder.with_suffix(".json")
    file.write_text(json.dumps(conf))
    process = s.start([PROGRAM, file], {"TCP_NODELAY": "1"} if nodelay else {})
    wait_port(port)
    return process, port, folder
