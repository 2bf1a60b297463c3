"""HL7 v2 messages for tests: built field by field, sent over MLLP, acknowledgements taken apart."""

import datetime
import socket

START, END = b"\x0b", b"\x1c\r"


def now(offset_minutes=0):
    return (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(minutes=offset_minutes)).strftime(
        "%Y%m%d%H%M%S"
    )


def segment(name, fields):
    """segment("OBR", {4: "CTHEAD", 18: "A1"}) → "OBR||||CTHEAD|…|A1"."""
    values = [str(fields.get(i, "")) for i in range(1, max(fields, default=0) + 1)]
    return "|".join([name] + values)


def msh(
    trigger, control_id, application="RIS", facility="CLINIC", version="2.5.1", character_set="UNICODE UTF-8", **more
):
    """more: f15="AL" sets MSH-15."""
    fields = {
        3: application,
        4: facility,
        5: "ISOCENTRE",
        6: "RADIOLOGY",
        7: now(),
        9: trigger,
        10: control_id,
        11: "P",
        12: version,
        18: character_set,
    }
    fields.update({int(k[1:]): v for k, v in more.items()})
    values = [str(fields.get(i, "")) for i in range(3, max(fields) + 1)]
    return "|".join(["MSH", "^~\\&"] + values)


def message(*segments):
    """The bytes of a message; segments may be strings or bytes (other character sets)."""
    return b"".join((s if isinstance(s, bytes) else s.encode()) + b"\r" for s in segments)


def pid(patient_id, name, birth_date="19790412", sex="F", authority="CLINIC"):
    return segment("PID", {1: "1", 3: "%s^^^%s^MR" % (patient_id, authority), 5: name, 7: birth_date, 8: sex})


def order(
    control_id,
    patient,
    accession,
    study_uid="",
    control="NW",
    status="SC",
    start=None,
    station="CT1",
    modality="CT",
    placer=None,
    filler=None,
    requested_procedure=None,
    step=None,
    trigger="ORM^O01^ORM_O01",
    procedure="CTHEAD^CT head^L",
    application="RIS",
    facility="CLINIC",
):
    """An order message of one group; patient is a PID segment. ORM^O01 with ZDS when study_uid is given."""
    start = start or now(5)
    placer, filler = placer or "P-" + accession, filler or "F-" + accession
    timing = "^^^%s^^R" % start
    segments = [
        msh(trigger, control_id, application, facility),
        patient,
        segment("PV1", {1: "1", 2: "O", 8: "1234^Weber^Clara"}),
        segment(
            "ORC", {1: control, 2: placer + "^RIS", 3: filler + "^RIS", 5: status, 7: timing, 9: now(), 18: station}
        ),
        segment(
            "OBR",
            {
                1: "1",
                2: placer + "^RIS",
                3: filler + "^RIS",
                4: procedure + "^" + procedure,
                16: "1234^Weber^Clara",
                18: accession,
                19: requested_procedure or "RP-" + accession,
                20: step or "S-" + accession,
                21: station,
                24: modality,
                27: timing,
                44: procedure,
            },
        ),
    ]
    if study_uid:
        segments.append("ZDS|%s^RIS^Application^DICOM" % study_uid)
    return message(*segments)


def report(
    control_id,
    patient,
    accession="",
    study_uid="",
    status="F",
    lines=("Normal CT of the head.",),
    placer=None,
    filler=None,
    application="RIS",
    facility="CLINIC",
):
    """ORU^R01 with a text report; empty accession and study_uid leave those links out."""
    placer, filler = placer or "P-" + accession, filler or "F-" + accession
    segments = [
        msh("ORU^R01^ORU_R01", control_id, application, facility),
        patient,
        segment("PV1", {1: "1", 2: "O"}),
        segment("ORC", {1: "RE", 2: placer + "^RIS", 3: filler + "^RIS", 5: "CM"}),
        segment(
            "OBR",
            {
                1: "1",
                2: placer + "^RIS",
                3: filler + "^RIS",
                4: "CTHEAD^CT head^L",
                7: now(),
                18: accession,
                22: now(),
                24: "CT",
                25: status,
                32: "5678&Okafor&Ben",
            },
        ),
    ]
    values = ([("ST", "113014^DICOM Study^DCM", study_uid)] if study_uid else []) + [
        ("TX", "18748-4^Diagnostic imaging report^LN", line) for line in lines
    ]
    for i, (kind, code, value) in enumerate(values, 1):
        segments.append(segment("OBX", {1: i, 2: kind, 3: code, 5: value, 11: status}))
    return message(*segments)


class Ack:
    """An acknowledgement: code (MSA-1), control_id (MSA-2), segments, and the ERR fields that say what was wrong."""

    def __init__(self, raw):
        self.raw = raw
        self.text = raw.decode("utf-8", "replace")
        self.segments = [s.split("|") for s in self.text.split("\r") if s]
        msa = self.find("MSA")
        self.code, self.control_id = self.field(msa, 1), self.field(msa, 2)
        err = self.find("ERR")
        self.location, self.condition = self.field(err, 2), self.field(err, 3).split("^")[0]
        self.severity, self.user_text = self.field(err, 4), self.field(err, 8)

    def find(self, name):
        return next((s for s in self.segments if s[0] == name), [])

    @staticmethod
    def field(parts, n):
        return parts[n] if len(parts) > n else ""


class Connection:
    """An MLLP connection; send() waits for the acknowledgement."""

    def __init__(self, port, host="127.0.0.1", timeout=30):
        self.socket = socket.create_connection((host, port), timeout)
        self.rest = b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self.socket.close()

    def write(self, raw):
        self.socket.sendall(raw)

    def read(self):
        """The next frame's content; EOFError when the server closes first."""
        while END not in self.rest:
            part = self.socket.recv(65536)
            if not part:
                raise EOFError("connection closed before an acknowledgement")
            self.rest += part
        frame, _, self.rest = self.rest.partition(END)
        return frame.lstrip(START)

    def send(self, content):
        self.write(START + content + END)
        return Ack(self.read())


def send(port, content, **options):
    with Connection(port, **options) as connection:
        return connection.send(content)
