"""A DICOM association written byte by byte, for what DCMTK's tools do not say: extended negotiation, roles, cancels and
aborts at a chosen moment, broken identifiers.

    with Association(port, [(STUDY_FIND, [EXPLICIT_LE])], extended={STUDY_FIND: b"\\1\\1\\1"}) as a:
        a.send(a.of(STUDY_FIND), find(STUDY_FIND), dicom.dataset({0x00080052: ("CS", "STUDY")}))
        while True: context, command, data = a.receive()
"""

import socket
import struct

import dicom

STATUS, MESSAGE, ANSWERED = 0x0900, 0x0110, 0x0120
NUMBERS = (0x0100, MESSAGE, ANSWERED, 0x0700, 0x0800, STATUS, 0x1020, 0x1021, 0x1022, 0x1023, 0x1031)
PENDING, CANCELLED = 0xFF00, 0xFE00


def number(value):
    return struct.pack("<H", value)


def command_bytes(fields):
    """{element: int or str} of group 0000 as a command set."""
    body = b""
    for element in sorted(fields):
        value = fields[element]
        raw = number(value) if isinstance(value, int) else value.encode()
        raw += (b"\0" if element in (2, 3, 0x1000) else b" ") * (len(raw) % 2)
        body += struct.pack("<HHI", 0, element, len(raw)) + raw
    return struct.pack("<HHII", 0, 0, 4, len(body)) + body


def command_of(raw):
    fields, at = {}, 12  # behind the group length
    while at < len(raw):
        _, element, n = struct.unpack_from("<HHI", raw, at)
        value = raw[at + 8 : at + 8 + n]
        fields[element] = struct.unpack("<H", value)[0] if element in NUMBERS else value.rstrip(b"\0 ").decode()
        at += 8 + n
    return fields


def elements(raw):
    """{tag: value bytes} of a data set in explicit VR little endian; sequences as their bytes."""
    found, at = {}, 0
    while at + 8 <= len(raw):
        group, element, vr = struct.unpack_from("<HH2s", raw, at)
        long = vr.decode("latin1") in dicom.LONG
        n = struct.unpack_from("<I", raw, at + 8)[0] if long else struct.unpack_from("<H", raw, at + 6)[0]
        at += 12 if long else 8
        found[group << 16 | element] = raw[at : at + n].rstrip(b"\0 ")
        at += n
    return found


def request(kind, sop_class, message=1, **more):
    fields = {0x0002: sop_class, 0x0100: kind, MESSAGE: message, 0x0700: 0, 0x0800: 1}
    fields.update(more.get("fields", {}))
    return fields


def find(sop_class, message=1):
    return request(0x0020, sop_class, message)


def move(sop_class, destination, message=1):
    return request(0x0021, sop_class, message, fields={0x0600: destination})


def get(sop_class, message=1):
    return request(0x0010, sop_class, message)


def cancel(message=1):
    return {0x0100: 0x0FFF, ANSWERED: message, 0x0800: 0x0101}


class Association:
    """contexts: (abstract syntax, transfer syntaxes); scp: abstract syntaxes we take the SCP role for."""

    def __init__(self, port, contexts, called="ISOCENTRE", calling="CT1", extended=None, scp=()):
        self.contexts = {2 * i + 1: abstract for i, (abstract, _) in enumerate(contexts)}
        self.accepted, self.extended = {}, {}
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        body = struct.pack(">HH", 1, 0) + called.encode().ljust(16) + calling.encode().ljust(16) + bytes(32)
        body += dicom.item(0x10, b"1.2.840.10008.3.1.1.1")
        for i, (abstract, syntaxes) in enumerate(contexts):
            inner = dicom.item(0x30, abstract.encode()) + b"".join(dicom.item(0x40, s.encode()) for s in syntaxes)
            body += dicom.item(0x20, bytes([2 * i + 1, 0, 0, 0]) + inner)
        user = dicom.item(0x51, struct.pack(">I", 65536)) + dicom.item(0x52, b"1.2.3.4")
        for abstract in scp:
            user += dicom.item(0x54, struct.pack(">H", len(abstract)) + abstract.encode() + b"\0\1")
        for abstract, raw in (extended or {}).items():
            user += dicom.item(0x56, struct.pack(">H", len(abstract)) + abstract.encode() + raw)
        body += dicom.item(0x50, user)
        self.socket.sendall(struct.pack(">BBI", 1, 0, len(body)) + body)
        kind, answer = self.pdu()
        assert kind == 2, "the association was not accepted: PDU %d" % kind
        self.read_accept(answer[68:])

    def read_accept(self, rest):
        while rest:
            kind, _, n = struct.unpack_from(">BBH", rest)
            body, rest = rest[4 : 4 + n], rest[4 + n :]
            if kind == 0x21 and body[2] == 0:
                self.accepted[body[0]] = body[8:].decode().rstrip("\0")
            if kind == 0x50:
                rest = body + rest
            if kind == 0x56:
                uid = struct.unpack_from(">H", body)[0]
                self.extended[body[2 : 2 + uid].decode()] = body[2 + uid :]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def of(self, abstract):
        """The accepted context of an abstract syntax."""
        return next(c for c, name in self.contexts.items() if name == abstract and c in self.accepted)

    def exactly(self, n):
        raw = b""
        while len(raw) < n:
            more = self.socket.recv(n - len(raw))
            if not more:
                raise EOFError("the peer closed the connection")
            raw += more
        return raw

    def pdu(self):
        kind, _, n = struct.unpack(">BBI", self.exactly(6))
        return kind, self.exactly(n)

    @staticmethod
    def pdus(context, control, raw):
        """P-DATA-TF PDUs of a command (control 3) or a data set (2), which ends with them."""
        parts = [raw[at : at + 16000] for at in range(0, len(raw), 16000)] or [b""]
        pdus = b""
        for i, part in enumerate(parts):
            now = control if i == len(parts) - 1 else control & 1
            pdus += struct.pack(">BBIIBB", 4, 0, len(part) + 6, len(part) + 2, context, now) + part
        return pdus

    def send(self, context, fields, raw=None):
        self.socket.sendall(
            self.pdus(context, 3, command_bytes(fields)) + (self.pdus(context, 2, raw) if raw is not None else b"")
        )

    def receive(self):
        """(context, command fields, data set bytes or None); EOFError when the peer aborts or goes."""
        parts, fields, context = {1: b"", 0: b""}, None, None
        while True:
            kind, body = self.pdu()
            if kind != 4:
                raise EOFError("PDU %d" % kind)
            while body:
                n, context, control = struct.unpack_from(">IBB", body)
                parts[control & 1] += body[6 : 4 + n]
                body = body[4 + n :]
                if control == 3:
                    fields = command_of(parts[1])
                if control & 2 and (control == 2 or fields[0x0800] == 0x0101):
                    return context, fields, parts[0] if control == 2 else None

    def responses(self, on_store=None):
        """Every response to the request under way until the final one: [(fields, data)]. on_store(fields, data) gives
        the status of a C-STORE that comes in between, or None to abort."""
        found = []
        while True:
            context, fields, raw = self.receive()
            if fields[0x0100] == 0x0001:
                status = on_store(fields, raw)
                if status is None:
                    self.abort()
                    return found
                answer = {2: fields[2], 0x0100: 0x8001, ANSWERED: fields[MESSAGE], 0x0800: 0x0101, STATUS: status}
                answer[0x1000] = fields[0x1000]
                self.send(context, answer)
                continue
            found.append((fields, raw))
            if fields[STATUS] != PENDING:
                return found

    def release(self):
        self.socket.sendall(struct.pack(">BBII", 5, 0, 4, 0))
        assert self.pdu()[0] == 6

    def abort(self):
        self.socket.sendall(struct.pack(">BBIBBBB", 7, 0, 4, 0, 0, 0, 0))
        self.socket.close()
