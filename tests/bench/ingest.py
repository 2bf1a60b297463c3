"""1000 CT images of 512 KiB from unmodified storescu: isocentre, a bare durable receiver, and Debian's Orthanc."""

import os
import pathlib
import shutil
import statistics
import subprocess
import tempfile
import time

import account
import dicom
import house
import orthanc

OBJECTS, SIDE = 1000, 512
ORTHANC_OBJECTS = 200  # as installed it needs about a tenth of a second an object; scaled


class Peer:
    """Something storescu can send to."""

    def __init__(self, name, port, aet="ISOCENTRE", client=None, objects=OBJECTS):
        self.name, self.port, self.aet = name, port, aet
        self.client, self.objects = client or {}, objects
        self.rates = {1: [], 4: []}

    def rate(self, associations):
        return statistics.median(self.rates[associations])


def prepare(folder, objects, associations, size=SIDE):
    """One folder a study, one study an association; every UID is new."""
    folders = []
    for a in range(associations):
        where = pathlib.Path(folder) / str(a)
        where.mkdir()
        study, series = dicom.new_uid(), dicom.new_uid()
        for i in range(objects // associations):
            dicom.make_ct(
                where / ("%04d.dcm" % i), study, series, dicom.new_uid(), size=size, number=i, patient_id="BENCH-%d" % a
            )
        folders.append(where)
    return folders


def send(peer, folders):
    """Seconds from the first connection to the last release."""
    argv = ["storescu", "+sd", "-aet", "BENCH", "-aec", peer.aet, "127.0.0.1", str(peer.port)]
    env = account.environment(**peer.client)
    began = time.monotonic()
    senders = [
        subprocess.Popen(
            argv + [str(f)], env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        for f in folders
    ]
    said = [s.communicate()[0] for s in senders]
    seconds = time.monotonic() - began
    for sender, text in zip(senders, said):
        if sender.returncode:
            raise SystemExit("storescu to %s: %s" % (peer.name, text.decode(errors="replace")[-1000:]))
    return seconds


def measure(peer, associations):
    memory = "/dev/shm" if os.path.isdir("/dev/shm") else None
    folder = tempfile.mkdtemp(prefix="isocentre-bench-", dir=memory)
    try:
        folders = prepare(folder, peer.objects, associations)
        os.sync()
        peer.rates[associations].append(peer.objects / send(peer, folders))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


# ---- the peers ----


def start_floor(s):
    port = house.free_ports(1)[0]
    folder = s.scratch / "floor-files"
    folder.mkdir()
    account.give(folder)
    s.sql("CREATE DATABASE floor OWNER isocentre_server", database="postgres")
    s.sql(
        "CREATE TABLE floor_object (sop_uid text PRIMARY KEY, size bigint NOT NULL, file text NOT NULL)",
        "isocentre_server",
        "floor",
    )
    sql = shutil.copy(pathlib.Path(__file__).with_name("floor.sql"), s.scratch)
    s.start([s.program("floor"), port, folder, s.conninfo(database="floor"), sql])
    orthanc.wait_port(port)
    return Peer("floor (write, sync, commit)", port)


def start_orthanc(s, nodelay):
    process, port, _ = orthanc.start(s, "orthanc-nodelay" if nodelay else "orthanc", nodelay)
    name = "Orthanc, TCP_NODELAY on both ends" if nodelay else "Orthanc as installed"
    env = {"TCP_NODELAY": "1"} if nodelay else {}
    return process, Peer(name, port, orthanc.AET, env, OBJECTS if nodelay else ORTHANC_OBJECTS)


def report(peer):
    scaled = "" if peer.objects == OBJECTS else "   (measured with %d, scaled)" % peer.objects
    print(
        "%-36s one association %7.1f/s (1000 in %6.2f s)   four %7.1f/s (%6.2f s)%s"
        % (peer.name, peer.rate(1), 1000 / peer.rate(1), peer.rate(4), 1000 / peer.rate(4), scaled),
        flush=True,
    )


def ratios(ours, peer, goal):
    print(
        "isocentre / %-36s one %6.2f   four %6.2f   (goal %s)"
        % (peer.name, ours.rate(1) / peer.rate(1), ours.rate(4) / peer.rate(4), goal),
        flush=True,
    )


def run(s, options):
    ours = Peer("isocentre", s.dicom_port)
    peers = [ours]
    if "floor" in options.peers:
        peers.append(start_floor(s))
    for associations in (1, 4):
        for _ in range(options.rounds):
            for peer in peers:
                measure(peer, associations)
    for peer in peers:
        report(peer)
        print("    each round: one %s   four %s" % tuple(" ".join("%.0f" % r for r in peer.rates[n]) for n in (1, 4)))
    if len(peers) > 1:
        ratios(ours, peers[1], "0.8")
    if "orthanc" in options.peers:
        beside_orthanc(s, ours)


def beside_orthanc(s, ours):
    if not orthanc.installed():
        print("Orthanc is not installed: tests/bench/run ingest --install")
        return
    for nodelay, goal in ((False, "20"), (True, "4")):
        process, peer = start_orthanc(s, nodelay)
        for associations in (1, 4):
            measure(peer, associations)
        s.end(process)
        report(peer)
        ratios(ours, peer, goal)
