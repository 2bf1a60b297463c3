"""A DICOM client of our own making, for commands that DCMTK's tools do not send: N-CREATE, N-SET, N-GET, N-ACTION and
the answers to N-EVENT-REPORT. It reads and writes bytes and shares nothing with the server. Listener waits for calls.
"""

import socket
import struct
import threading

import dicom

MPPS = "1.2.840.10008.3.1.2.3.3"
MPPS_RETRIEVE = "1.2.840.10008.3.1.2.3.4"
COMMITMENT = "1.2.840.10008.1.20.1"
COMMITMENT_INSTANCE = "1.2.840.10008.1.20.1.1"
AVAILABILITY = "1.2.840.10008.5.1.4.33"
VERIFICATION = "1.2.840.10008.1.1"
SYNTAX = dicom.EXPLICIT_LE
COMMAND, LAST = 1, 2
GET, SET, ACTION, CREATE, EVENT, RESPONSE = 0x0110, 0x0120, 0x0130, 0x0140, 0x0100, 0x8000
UID_FIELDS = {0x0002: "sop_class", 0x0003: "sop_class", 0x1000: "sop_instance", 0x1001: "sop_instance"}
NUMBERS = {0x0100: "kind", 0x0110: "id", 0x0120: "answers", 0x0800: "data_type", 0x0900: "status", 0x0903: "error_id"}
NUMBERS.update({0x1002: "event", 0x1008: "action"})


class Refused(Exception):
    pass


def command_bytes(elements):
    """Implicit little endian of {element: bytes}, with its group length."""
    body = b"".join(
        struct.pack("<HHI", 0, e, len(v) + len(v) % 2) + v + b"\0" * (len(v) % 2) for e, v in sorted(elements.items())
    )
    return struct.pack("<HHII", 0, 0, 4, len(body)) + body


def read_command(raw):
    found, at = {}, 0
    while at < len(raw):
        _, element, length = struct.unpack_from("<HHI", raw, at)
        value = raw[at + 8 : at + 8 + length]
        if element in UID_FIELDS:
            found[UID_FIELDS[element]] = value.rstrip(b"\0 ").decode()
        elif element in NUMBERS:
            found[NUMBERS[element]] = struct.unpack("<H", value)[0]
        elif element == 0x0902:
            found["comment"] = value.rstrip(b" \0").decode()
        at += 8 + length
    return found


def read_dataset(raw, at=0, end=None):
    """{tag: bytes}, a sequence as a list of such; explicit little endian."""
    found, end = {}, len(raw) if end is None else end
    while at < end:
        group, element, vr = struct.unpack_from("<HH2s", raw, at)
        if vr.decode() in dicom.LONG:
            length, at = struct.unpack_from("<I", raw, at + 8)[0], at + 12
        else:
            length, at = struct.unpack_from("<H", raw, at + 6)[0], at + 8
        tag = group << 16 | element
        if vr == b"SQ":
            found[tag], inner = [], at
            while inner < at + length:
                size = struct.unpack_from("<I", raw, inner + 4)[0]
                found[tag].append(read_dataset(raw, inner + 8, inner + 8 + size))
                inner += 8 + size
        else:
            found[tag] = raw[at : at + length].rstrip(b" \0")
        at += length
    return found


def roles(uid, scu, scp):
    return dicom.item(0x54, struct.pack(">H", len(uid)) + uid.encode() + bytes([scu, scp]))


class Association:
    """One association; classes are proposed in their order, contexts 1, 3, 5 …"""

    def __init__(self, sock):
        self.sock, self.next, self.contexts = sock, 1, {}

    # -- PDUs --

    def exactly(self, n):
        got = b""
        while len(got) < n:
            more = self.sock.recv(n - len(got))
            if not more:
                raise EOFError("the peer closed")
            got += more
        return got

    def pdu(self):
        kind, _, length = struct.unpack(">BBI", self.exactly(6))
        return kind, self.exactly(length)

    def put(self, kind, body):
        self.sock.sendall(struct.pack(">BBI", kind, 0, len(body)) + body)

    # -- messages --

    def message(self, context, fields, data=None, size=16000):
        fields[0x0800] = struct.pack("<H", 0x0101 if data is None else 1)
        self.fragments(context, command_bytes(fields), COMMAND, size)
        if data is not None:
            self.fragments(context, data, 0, size)

    def fragments(self, context, raw, kind, size):
        for at in range(0, max(len(raw), 1), size):
            piece = raw[at : at + size]
            flags = kind | (LAST if at + size >= len(raw) else 0)
            self.put(4, struct.pack(">IBB", len(piece) + 2, context, flags) + piece)

    def receive(self):
        """(command, data set or None); a release gives (None, None)."""
        command, whole, data = b"", False, b""
        while True:
            kind, body = self.pdu()
            if kind == 5:
                self.put(6, bytes(4))
                return None, None
            if kind != 4:
                raise EOFError("PDU %d" % kind)
            at = 0
            while at < len(body):
                length, context, flags = struct.unpack_from(">IBB", body, at)
                piece = body[at + 6 : at + 4 + length]
                at += 4 + length
                if flags & COMMAND:
                    command += piece
                else:
                    data += piece
                whole = bool(flags & LAST) and not flags & COMMAND
                if flags & LAST and flags & COMMAND:
                    found = read_command(command)
                    found["context"] = context
                    whole = found["data_type"] == 0x0101
            if whole:
                return found, read_dataset(data) if found["data_type"] != 0x0101 else None

    def ask(self, sop_class, fields, data=None):
        """Send a request; its response."""
        self.next += 1
        fields[0x0110] = struct.pack("<H", self.next)
        self.message(self.contexts[sop_class], fields, data)
        return self.receive()

    # -- requests --

    def n(self, kind, sop_class, instance, elements=None, context=None, raw=None, **more):
        requested = kind in (GET, SET, ACTION)
        fields = {0x0003 if requested else 0x0002: sop_class.encode(), 0x0100: struct.pack("<H", kind)}
        if instance:
            fields[0x1001 if requested else 0x1000] = instance.encode()
        if "action" in more:
            fields[0x1008] = struct.pack("<H", more["action"])
        if "attributes" in more:
            fields[0x1005] = b"".join(struct.pack("<HH", t >> 16, t & 0xFFFF) for t in more["attributes"])
        data = raw if raw is not None else None if elements is None else dicom.dataset(elements)
        return self.ask(context or sop_class, fields, data)

    def event(self, sop_class, instance, number, elements):
        """An N-EVENT-REPORT; its response."""
        context = self.contexts.get(sop_class, 1)
        self.next += 1
        fields = {
            0x0002: sop_class.encode(),
            0x0100: struct.pack("<H", EVENT),
            0x0110: struct.pack("<H", self.next),
            0x1000: instance.encode(),
            0x1002: struct.pack("<H", number),
        }
        self.message(context, fields, dicom.dataset(elements))
        return self.receive()[0]

    def answer(self, command, status=0):
        self.message(
            command["context"],
            {
                0x0002: command["sop_class"].encode(),
                0x0100: struct.pack("<H", command["kind"] | RESPONSE),
                0x0120: struct.pack("<H", command["id"]),
                0x0900: struct.pack("<H", status),
                0x1000: command["sop_instance"].encode(),
                0x1002: struct.pack("<H", command.get("event", 0)),
            },
        )

    def release(self):
        self.put(5, bytes(4))
        try:
            kind, _ = self.pdu()
        finally:
            self.sock.close()
        return kind == 6

    def abort(self):
        self.sock.close()


def connect(port, *classes, calling="CT1", called="ISOCENTRE", role=(), timeout=60):
    sock = socket.create_connection(("127.0.0.1", port), timeout=timeout)
    a = Association(sock)
    contexts = b""
    for i, uid in enumerate(classes):
        a.contexts[uid] = 2 * i + 1
        body = struct.pack(">BBBB", 2 * i + 1, 0, 0, 0) + dicom.item(0x30, uid.encode())
        contexts += dicom.item(0x20, body + dicom.item(0x40, SYNTAX.encode()))
    user = dicom.item(0x51, struct.pack(">I", 16384)) + dicom.item(0x52, b"1.2.3.4") + b"".join(roles(*r) for r in role)
    body = struct.pack(">HH", 1, 0) + called.encode().ljust(16) + calling.encode().ljust(16) + bytes(32)
    a.put(1, body + dicom.item(0x10, b"1.2.840.10008.3.1.1.1") + contexts + dicom.item(0x50, user))
    kind, answer = a.pdu()
    if kind != 2:
        raise Refused("PDU %d: %s" % (kind, answer[:4].hex()))
    return a


class Listener:
    """Takes associations, accepts what is proposed with explicit little endian, answers what it is told, keeps all.
    status: what N- requests are answered with; silent: no association is accepted."""

    def __init__(self, status=0):
        self.status, self.silent, self.got, self.lock = status, False, [], threading.Lock()
        self.after = None  # called with the association, a request and its data set, once that is answered
        self.sock = socket.create_server(("127.0.0.1", 0))
        self.port = self.sock.getsockname()[1]
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def run(self):
        while True:
            try:
                sock, _ = self.sock.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(sock,), daemon=True).start()

    def serve(self, sock):
        try:
            a = Association(sock)
            kind, body = a.pdu()
            if kind != 1 or self.silent:
                return
            self.accept(a, body)
            while True:
                command, data = a.receive()
                if command is None:
                    return
                if command["kind"] & RESPONSE:
                    continue
                with self.lock:
                    self.got.append((command, data))
                a.answer(command, self.status)
                if self.after:
                    self.after(a, command, data)
        except (EOFError, OSError):
            pass
        finally:
            sock.close()

    def accept(self, a, body):
        contexts, role, at = b"", b"", 68
        while at < len(body):
            kind, _, length = struct.unpack_from(">BBH", body, at)
            inner = body[at + 4 : at + 4 + length]
            at += 4 + length
            if kind == 0x20:
                ok = SYNTAX.encode() in inner
                contexts += dicom.item(
                    0x21, struct.pack(">BBBB", inner[0], 0, 0 if ok else 4, 0) + dicom.item(0x40, SYNTAX.encode())
                )
            if kind == 0x50:
                role = self.role_items(inner)
        user = dicom.item(0x51, struct.pack(">I", 16384)) + dicom.item(0x52, b"1.2.3.4") + role
        a.put(2, body[:68] + dicom.item(0x10, b"1.2.840.10008.3.1.1.1") + contexts + dicom.item(0x50, user))

    @staticmethod
    def role_items(inner):
        found, at = b"", 0
        while at < len(inner):
            kind, _, length = struct.unpack_from(">BBH", inner, at)
            if kind == 0x54:
                found += inner[at : at + 4 + length]
            at += 4 + length
        return found

    def received(self, kind):
        with self.lock:
            return [(c, d) for c, d in self.got if c["kind"] == kind]

    def close(self):
        """The thread ends before the number of its socket is another one's."""
        try:
            self.sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self.thread.join(10)
        self.sock.close()
