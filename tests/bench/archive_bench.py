"""The archive beside Orthanc on SQLite and on PostgreSQL, every peer in the same run with the same unmodified clients:
ingest, C-FIND, C-MOVE, C-GET, bytes of database an instance, memory. Orthanc as installed waits for delayed
acknowledgements; it is measured so for ingest, and with TCP_NODELAY on both ends for everything."""

import contextlib
import os
import pathlib
import shutil
import statistics
import subprocess
import tempfile
import time

import account
import archive_million
import dicom
import house
import ingest
import orthanc
import state

SMALL, LARGE = 128, 512  # pixels a side: files of 33 kB and of 525 kB
FULL = {SMALL: 1000, LARGE: 400, "as installed": 100, "studies": 1000, "retrieve": (100, 1000)}
QUICK = {SMALL: 80, LARGE: 24, "as installed": 8, "studies": 60, "retrieve": (10, 40)}
DATE = "20250601"  # of the studies C-FIND looks for
NODELAY = {"TCP_NODELAY": "1"}
LARGEST = """SELECT relname, pg_total_relation_size(oid) FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 2 DESC LIMIT 6"""
REPEAT = 20  # queries by patient on one association, so that the client's start weighs little
GOAL = {"ingest": 5, "as installed": 20}


class Peer(ingest.Peer):
    """One archive: where it listens, what it is measured at."""

    def __init__(self, name, port, aet="ISOCENTRE", client=None):
        super().__init__(name, port, aet, client)
        self.seconds = {}  # row → seconds of each round
        self.megabytes = self.bytes = None  # functions: resident memory, size of the database
        self.empty = self.held = 0

    def note(self, row, seconds):
        self.seconds.setdefault(row, []).append(seconds)

    def aim(self):
        return ["-aet", "BENCH", "-aec", self.aet, "127.0.0.1", str(self.port)]


def client(peer, argv):
    """(seconds, what it said); a client that fails ends the bench."""
    began = time.monotonic()
    done = subprocess.run(
        argv + peer.aim(),
        env=account.environment(**peer.client),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    if done.returncode:
        raise SystemExit("%s to %s: %s" % (argv[0], peer.name, done.stdout[-1000:]))
    return time.monotonic() - began, done.stdout


@contextlib.contextmanager
def in_memory():
    """A folder whose disk measures nothing."""
    memory = "/dev/shm" if os.path.isdir("/dev/shm") else None
    folder = pathlib.Path(tempfile.mkdtemp(prefix="isocentre-bench-", dir=memory))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


# ---- ingest ----


def ingest_row(peers, side, associations, objects, row):
    """The same files to every peer in turn."""
    with in_memory() as folder:
        folders = ingest.prepare(folder, objects, associations, side)
        os.sync()
        for peer in peers:
            peer.note(row, ingest.send(peer, folders) / objects)
            peer.held += objects


def ingests(peers, installed, numbers, rounds):
    for side, what in ((SMALL, "33 kB"), (LARGE, "525 kB")):
        for associations in (1, 4):
            row = "ingest %s, %d association%s" % (what, associations, "s" * (associations > 1))
            for _ in range(rounds):
                ingest_row(peers, side, associations, numbers[side], row)
            if installed:
                ingest_row([installed], side, associations, numbers["as installed"], row)
            ours = statistics.median(peers[0].seconds[row])
            show(peers, row, lambda s: "%.1f/s" % (1 / s), GOAL["ingest"])
            if installed:
                theirs = statistics.median(installed.seconds[row])
                told = "%-34s %s %.1f/s; ratio %.1f (goal %d)"
                print(told % ("", installed.name, 1 / theirs, theirs / ours, GOAL["as installed"]), flush=True)


# ---- what is found and fetched ----


def fill(peers, numbers):
    """Studies of one small image each for C-FIND, and one study for each size that is retrieved: their UIDs."""
    wanted = {}
    with in_memory() as folder:
        for n in range(numbers["studies"]):
            path = folder / "find" / ("%d.dcm" % n)
            dicom.make_ct(
                path, *(dicom.new_uid() for _ in range(3)), size=8, patient_id="FIND-%d" % n, date=DATE, number=1
            )
        for many in numbers["retrieve"]:
            wanted[many], series = dicom.new_uid(), dicom.new_uid()
            for n in range(many):
                path = folder / str(many) / ("%d.dcm" % n)
                dicom.make_ct(path, wanted[many], series, dicom.new_uid(), size=SMALL, number=n, patient_id="MOVE")
        for peer in peers:
            ingest.send(peer, sorted(folder.iterdir()))
            peer.held += numbers["studies"] + sum(wanted)
    return wanted


def find(peer, keys, answers, repeat=1):
    """Seconds of one C-FIND of studies with that many answers; of the client's start its share."""
    argv = ["findscu", "-v", "-S", "--repeat", str(repeat), "-k", "QueryRetrieveLevel=STUDY"]
    argv += ["-k", "StudyInstanceUID", "-k", "PatientName"]
    for key in ["StudyTime", "AccessionNumber", "StudyDescription", "ModalitiesInStudy", *keys]:
        argv += ["-k", key]
    seconds, said = client(peer, argv)
    got = said.count("(Pending)")
    if got != answers * repeat:
        raise SystemExit("%s gave %d studies instead of %d" % (peer.name, got, answers * repeat))
    return seconds / repeat


def finds(peers, studies, rounds):
    rows = {
        "C-FIND by patient": (["PatientID=FIND-%d" % (studies // 2), "StudyDate"], 1, REPEAT),
        "C-FIND of %d studies" % studies: (["PatientID", "StudyDate=" + DATE], studies, 1),
    }
    for row, asked in rows.items():
        for _ in range(rounds):
            for peer in peers:
                peer.note(row, find(peer, *asked))
        show(peers, row)


def arrived(peer, folder, images):
    got = len(list(folder.iterdir()))
    if got != images:
        raise SystemExit("%s sent %d objects of %d" % (peer.name, got, images))


def move(peer, study, images, sink):
    """C-MOVE to a storescp of ours: seconds until the final response."""
    with in_memory() as folder:
        argv = ["storescp", "-aet", "BENCH", "-od", str(folder), str(sink)]
        receiver = subprocess.Popen(argv, env=account.environment(**peer.client))
        try:
            orthanc.wait_port(sink)
            level = ["-k", "QueryRetrieveLevel=STUDY", "-k", "StudyInstanceUID=" + study]
            seconds, _ = client(peer, ["movescu", "-S", "-aem", "BENCH", *level])
            arrived(peer, folder, images)
        finally:
            receiver.terminate()
            receiver.wait()
    return seconds


def get(peer, study, images, _):
    with in_memory() as folder:
        level = ["-k", "QueryRetrieveLevel=STUDY", "-k", "StudyInstanceUID=" + study]
        seconds, _ = client(peer, ["getscu", "-S", "-od", str(folder), *level])
        arrived(peer, folder, images)
    return seconds


def retrieves(peers, wanted, rounds, sink):
    for name, fetch in (("C-MOVE", move), ("C-GET", get)):
        for images, study in wanted.items():
            row = "%s of %d images" % (name, images)
            for _ in range(rounds):
                for peer in peers:
                    peer.note(row, fetch(peer, study, images, sink))
            show(peers, row)


# ---- what is told ----


def show(peers, row, text=lambda s: "%.1f ms" % (s * 1000), goal=3):
    medians = [statistics.median(peer.seconds[row]) for peer in peers]
    told = "   ".join("%s %s" % (peer.name, text(m)) for peer, m in zip(peers, medians))
    ratio = "; ratio to the better %.2f (goal %d)" % (min(medians[1:]) / medians[0], goal) if medians[1:] else ""
    print("%-34s %s%s" % (row, told, ratio), flush=True)


def costs(s, peers):
    each = [(peer.bytes() - peer.empty) / peer.held for peer in peers]
    print("%-34s %s" % ("database bytes an instance", "   ".join("%s %.0f" % (p.name, n) for p, n in zip(peers, each))))
    sizes = s.sql(LARGEST)
    told = ", ".join("%s %.0f" % (name, int(size) / peers[0].held) for name, size in sizes)
    print("    of ours, the largest tables with their indexes: " + told)
    memory = "   ".join("%s %.0f MB" % (p.name, p.megabytes()) for p in peers)
    print("%-34s %s   (without PostgreSQL's processes)" % ("resident memory", memory))


# ---- who takes part ----


def database_size(s, name):
    return int(s.sql("SELECT pg_database_size('%s')" % name)[0][0])


def isocentre(s, sink):
    argv = [state.HOUSE / "server" / "cli", "--state", s.root, "peer", "add", "AE", "BENCH"]
    argv += ["--role", "MODALITY,WORKSTATION"]
    done = subprocess.run([*argv, "host=127.0.0.1", "port=%d" % sink], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit("peer add: " + done.stderr)
    peer = Peer("isocentre", s.dicom_port)
    peer.megabytes, peer.bytes = s.resident_mb, lambda: database_size(s, "isocentre")
    return peer


def of_orthanc(s, name, sink, nodelay, postgresql=False):
    process, port, folder = orthanc.start(s, name.replace(" ", "-"), nodelay, postgresql, sink)
    peer = Peer(name, port, orthanc.AET, NODELAY if nodelay else {})
    peer.megabytes = lambda: orthanc.resident_mb(process)
    peer.bytes = (
        (lambda: database_size(s, "orthanc"))
        if postgresql
        else (lambda: sum(f.stat().st_size for f in folder.glob("index*")))
    )
    return peer


def take_part(s, sink):
    """(those compared in every row, Orthanc as installed or None)."""
    peers = [isocentre(s, sink)]
    if not orthanc.installed():
        print("Orthanc is not installed: tests/bench/run archive --install")
        return peers, None
    peers.append(of_orthanc(s, "Orthanc SQLite", sink, True))
    if orthanc.POSTGRESQL.exists():
        peers.append(of_orthanc(s, "Orthanc PostgreSQL", sink, True, True))
    else:
        print("orthanc-postgresql is not installed: tests/bench/run archive --install")
    return peers, of_orthanc(s, "Orthanc as installed", sink, False)


def run(s, options):
    numbers, rounds = (QUICK, 1) if options.quick else (FULL, options.rounds)
    sink = house.free_ports(1)[0]
    if options.million:
        archive_million.run(s, isocentre(s, sink), options.quick)
        return
    peers, installed = take_part(s, sink)
    for peer in peers:
        peer.empty = peer.bytes()
    ingests(peers, installed, numbers, rounds)
    wanted = fill(peers, numbers)
    finds(peers, numbers["studies"], rounds)
    retrieves(peers, wanted, rounds, sink)
    costs(s, peers)
