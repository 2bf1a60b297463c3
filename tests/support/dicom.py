"""DICOM for tests: files written byte by byte, and DCMTK's tools as peers that know nothing of this server."""

import hashlib
import pathlib
import re
import socket
import struct
import subprocess
import tempfile
import uuid

import account

CT = "1.2.840.10008.5.1.4.1.1.2"
IMPLICIT_LE = "1.2.840.10008.1.2"
EXPLICIT_LE = "1.2.840.10008.1.2.1"
LONG = ("OB", "OW", "OF", "OD", "OL", "SQ", "UC", "UN", "UR", "UT")
BINARY = {"US": "H", "SS": "h", "UL": "I", "SL": "i", "FL": "f", "FD": "d"}


def new_uid():
    return "2.25.%d" % uuid.uuid4().int


def uid_of(*parts):
    """The same UID for the same parts, on every run."""
    return "2.25.%d" % int.from_bytes(hashlib.sha256("/".join(map(str, parts)).encode()).digest()[:15], "big")


def value_bytes(vr, value):
    if isinstance(value, bytes):
        raw = value
    elif vr == "SQ":
        raw = b"".join(struct.pack("<HHI", 0xFFFE, 0xE000, len(item)) + item for item in map(dataset, value))
    elif vr in BINARY:
        many = value if isinstance(value, (list, tuple)) else [value]
        raw = b"".join(struct.pack("<" + BINARY[vr], v) for v in many)
    else:
        raw = str(value).encode()
    return raw + (b"\0" if vr in ("UI", "OB", "UN") else b" ") * (len(raw) % 2)


def element(tag, vr, value):
    raw = value_bytes(vr, value)
    head = struct.pack("<HH", tag >> 16, tag & 0xFFFF) + vr.encode()
    if vr in LONG:
        return head + b"\0\0" + struct.pack("<I", len(raw)) + raw
    return head + struct.pack("<H", len(raw)) + raw


def dataset(elements):
    """Explicit VR little endian bytes of {tag: (vr, value)}; a sequence's value is a list of such dicts."""
    return b"".join(element(tag, *elements[tag]) for tag in sorted(elements))


def write_file(path, elements, sop_class=CT, sop_uid=None, transfer_syntax=EXPLICIT_LE):
    sop_uid = sop_uid or elements[0x00080018][1]
    meta = dataset(
        {
            0x00020001: ("OB", b"\0\1"),
            0x00020002: ("UI", sop_class),
            0x00020003: ("UI", sop_uid),
            0x00020010: ("UI", transfer_syntax),
            0x00020012: ("UI", "2.25.1"),
            0x00020013: ("SH", "ISOTEST"),
        }
    )
    raw = b"\0" * 128 + b"DICM" + element(0x00020000, "UL", len(meta)) + meta + dataset(elements)
    pathlib.Path(path).parent.mkdir(parents=True, exist_ok=True)
    pathlib.Path(path).write_bytes(raw)
    return path


def ct_elements(
    study_uid,
    series_uid,
    sop_uid,
    patient_id="P1",
    patient_name="Doe^Jane",
    accession="",
    size=64,
    number=1,
    date="20260102",
    birth_date="19790412",
    sex="F",
    station="CT1",
    issuer="CLINIC",
    **more
):
    elements = {
        0x00080005: ("CS", "ISO_IR 192"),
        0x00080008: ("CS", "ORIGINAL\\PRIMARY\\AXIAL"),
        0x00080016: ("UI", CT),
        0x00080018: ("UI", sop_uid),
        0x00080020: ("DA", date),
        0x00080030: ("TM", "101500"),
        0x00080050: ("SH", accession),
        0x00080060: ("CS", "CT"),
        0x00080070: ("LO", "Isocentre tests"),
        0x00080090: ("PN", ""),
        0x00081010: ("SH", station),
        0x00081030: ("LO", "CT head"),
        0x00100010: ("PN", patient_name),
        0x00100020: ("LO", patient_id),
        0x00100021: ("LO", issuer),
        0x00100030: ("DA", birth_date),
        0x00100040: ("CS", sex),
        0x0020000D: ("UI", study_uid),
        0x0020000E: ("UI", series_uid),
        0x00200010: ("SH", "1"),
        0x00200011: ("IS", "1"),
        0x00200013: ("IS", number),
        0x00280002: ("US", 1),
        0x00280004: ("CS", "MONOCHROME2"),
        0x00280010: ("US", size),
        0x00280011: ("US", size),
        0x00280100: ("US", 16),
        0x00280101: ("US", 16),
        0x00280102: ("US", 15),
        0x00280103: ("US", 1),
        0x00281052: ("DS", "0"),
        0x00281053: ("DS", "1"),
        0x7FE00010: ("OW", struct.pack("<h", number) * (size * size)),
    }
    elements.update(more.get("extra", {}))
    return elements


def make_ct(path, study_uid, series_uid, sop_uid, **more):
    """A valid CT image; see ct_elements for what can be said of it. extra={tag: (vr, value)} adds or replaces."""
    return write_file(path, ct_elements(study_uid, series_uid, sop_uid, **more), sop_uid=sop_uid)


def make_study(folder, study_uid, series=1, images=3, **more):
    """Files of a study with well-known UIDs; the list of their paths."""
    paths = []
    for s in range(1, series + 1):
        for i in range(1, images + 1):
            series_uid = uid_of(study_uid, s)
            paths.append(
                make_ct(
                    pathlib.Path(folder) / ("ct-%d-%d.dcm" % (s, i)),
                    study_uid,
                    series_uid,
                    uid_of(study_uid, s, i),
                    number=i,
                    **more
                )
            )
    return paths


def item(kind, body):
    return struct.pack(">BBH", kind, 0, len(body)) + body


def associate(calling=b"CT1", called=b"ISOCENTRE", abstract=CT, syntax=IMPLICIT_LE):
    """An A-ASSOCIATE-RQ with one presentation context."""
    context = struct.pack(">BBBB", 1, 0, 0, 0) + item(0x30, abstract.encode()) + item(0x40, syntax.encode())
    user = item(0x51, struct.pack(">I", 16384)) + item(0x52, b"1.2.3.4")
    body = struct.pack(">HH", 1, 0) + called.ljust(16) + calling.ljust(16) + bytes(32)
    body += item(0x10, b"1.2.840.10008.3.1.1.1") + item(0x20, context) + item(0x50, user)
    return struct.pack(">BBI", 1, 0, len(body)) + body


def tool(name, *argv, timeout=120):
    """Run a DCMTK tool; stdout and stderr together in .stdout."""
    return subprocess.run(
        [name] + [str(a) for a in argv],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=account.environment(),
        timeout=timeout,
        text=True,
        errors="replace",
    )


class Peer:
    """DCMTK's tools calling one server."""

    def __init__(self, port, called="ISOCENTRE", calling="CT1", host="127.0.0.1"):
        self.port, self.called, self.calling, self.host = port, called, calling, host

    def aim(self):
        return ["-aet", self.calling, "-aec", self.called, self.host, self.port]

    def echo(self):
        return tool("echoscu", "-v", *self.aim())

    def store(self, *paths, options=()):
        return tool("storescu", "-v", *options, *self.aim(), *paths)

    def find(self, keys, model="-W", options=()):
        """(answers, output): each answer a dict keyword → value, as in {"PatientID": "P1"}; items join with dots."""
        with tempfile.TemporaryDirectory() as folder:
            argv = ["-v", model, *options, "-X", "-od", folder, *self.aim()]
            for key in keys:
                argv += ["-k", key]
            done = tool("findscu", *argv)
            answers = [dump(path) for path in sorted(pathlib.Path(folder).glob("rsp*.dcm"))]
        return answers, done

    def worklist(self, patient="PatientName", **keys):
        """The modality worklist with the usual return keys; keys override: worklist(AccessionNumber="A1")."""
        step = {
            "ScheduledStationAETitle": "",
            "ScheduledProcedureStepStartDate": "",
            "ScheduledProcedureStepStartTime": "",
            "Modality": "",
            "ScheduledProcedureStepID": "",
            "ScheduledProcedureStepDescription": "",
            "ScheduledProcedureStepStatus": "",
        }
        root = {
            "PatientName": "",
            "PatientID": "",
            "PatientBirthDate": "",
            "PatientSex": "",
            "AccessionNumber": "",
            "RequestedProcedureID": "",
            "RequestedProcedureDescription": "",
            "StudyInstanceUID": "",
        }
        for name, value in keys.items():
            (step if name in step else root)[name] = value
        wanted = ["%s=%s" % pair for pair in root.items()] + [
            "ScheduledProcedureStepSequence[0].%s=%s" % pair for pair in step.items()
        ]
        return self.find(wanted)[0]


def dump(path):
    """A dataset as dcmdump tells it: keyword → text; inside sequences "Sequence.Keyword"."""
    text = tool("dcmdump", "-Un", "+L", path).stdout
    found, parents = {}, []
    for line in text.split("\n"):
        row = re.match(r"( *)\(([0-9a-f]{4}),([0-9a-f]{4})\) (\w\w) (.*?)\s*# +[\w/]+, *\d+ (\w+)", line)
        if not row:
            continue
        depth, vr, value, keyword = len(row.group(1)) // 2, row.group(4), row.group(5), row.group(6)
        if row.group(2) in ("fffe", "0002", "7fe0"):
            continue
        parents = parents[: (depth + 1) // 2]
        name = ".".join(parents + [keyword])
        if vr == "SQ":
            parents.append(keyword)
        elif value.startswith("["):
            found[name] = value[1 : value.rindex("]")].rstrip(" \0")
        elif value.startswith("="):
            found[name] = value[1:]
        else:
            found[name] = "" if value.startswith("(no value") else value
    return found


def short(group, number, value):
    """An element of a command set."""
    value += b"\0" * (len(value) % 2)
    return struct.pack("<HHI", group, number, len(value)) + value


class Caller:
    """A caller of our own, for what DCMTK's tools do not say: any SOP class, any transfer syntax, any bytes."""

    def __init__(self, port, contexts, calling="CT1", called="ISOCENTRE", timeout=30):
        """contexts: pairs of SOP class and transfer syntax; .accepted has the indices of those that were."""
        proposed = b""
        for i, (abstract, syntax) in enumerate(contexts):
            body = (
                struct.pack(">BBBB", 2 * i + 1, 0, 0, 0) + item(0x30, abstract.encode()) + item(0x40, syntax.encode())
            )
            proposed += item(0x20, body)
        user = item(0x51, struct.pack(">I", 16384)) + item(0x52, b"1.2.3.4")
        body = struct.pack(">HH", 1, 0) + called.encode().ljust(16) + calling.encode().ljust(16) + bytes(32)
        body += item(0x10, b"1.2.840.10008.3.1.1.1") + proposed + item(0x50, user)
        self.contexts, self.accepted, self.results = contexts, [], {}
        self.socket = socket.create_connection(("127.0.0.1", port), timeout)
        self.socket.sendall(struct.pack(">BBI", 1, 0, len(body)) + body)
        self.kind, answer = self.pdu()
        if self.kind == 2:
            self.read_results(answer[68:])

    def read_results(self, items):
        while items:
            kind, n = items[0], struct.unpack(">H", items[2:4])[0]
            if kind == 0x21:
                index = (items[4] - 1) // 2
                self.results[index] = items[6]
                if items[6] == 0:
                    self.accepted.append(index)
            items = items[4 + n :]

    def take(self, n):
        got = b""
        while len(got) < n:
            more = self.socket.recv(n - len(got))
            if not more:
                raise EOFError("the server closed")
            got += more
        return got

    def pdu(self):
        head = self.take(6)
        return head[0], self.take(struct.unpack(">I", head[2:])[0])

    def send(self, context, command, payload):
        for at in range(0, max(len(payload), 1), 16000):
            piece = payload[at : at + 16000]
            last = 2 if at + 16000 >= len(payload) else 0
            pdv = struct.pack(">IBB", len(piece) + 2, context, (1 if command else 0) | last) + piece
            self.socket.sendall(struct.pack(">BBI", 4, 0, len(pdv)) + pdv)

    def store(self, index, sop_uid, data, sop_class=None):
        """C-STORE these bytes over the context of this index; the status."""
        sop_class = sop_class or self.contexts[index][0]
        body = (
            short(0, 2, sop_class.encode())
            + short(0, 0x100, struct.pack("<H", 1))
            + short(0, 0x110, struct.pack("<H", 1))
            + short(0, 0x700, struct.pack("<H", 0))
            + short(0, 0x800, struct.pack("<H", 0))
            + short(0, 0x1000, sop_uid.encode())
        )
        self.send(2 * index + 1, True, short(0, 0, struct.pack("<I", len(body))) + body)
        self.send(2 * index + 1, False, data)
        kind, answer = self.pdu()
        if kind != 4:
            raise EOFError("PDU %d instead of an answer" % kind)
        at = answer.index(struct.pack("<HHI", 0, 0x900, 2)) + 8
        return struct.unpack("<H", answer[at : at + 2])[0]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()
