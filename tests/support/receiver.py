"""An HL7 receiver (MLLP server) that keeps what it gets and answers as it is told to.

receiver = Receiver()                   # answers AA
receiver.answer = lambda m: "AE"        # a code, bytes to say instead, a list of these, None: silence, CLOSE
receiver.messages                       # Message, in the order of arrival
"""

import json
import socket
import ssl
import threading

import dicom
import hl7
import house as houses
import story

START, END = b"\x0b", b"\x1c\r"
CLOSE = object()  # close the connection instead of an answer


class Message:
    """A received message: raw bytes, segments, and field("OBR-18.1")."""

    def __init__(self, raw, connection, encoding="utf-8"):
        self.raw, self.connection = raw, connection
        self.text = raw.decode(encoding, "replace")
        self.segments = [s.split("|") for s in self.text.split("\r") if s]

    def all(self, name):
        return [s for s in self.segments if s[0] == name]

    def names(self):
        return [s[0] for s in self.segments]

    def field(self, place, nth=0):
        """ "OBR-18.1": the text of a component (escapes left in); "OBR-18" the whole field."""
        name, _, rest = place.partition("-")
        rows = self.all(name)
        if len(rows) <= nth:
            return ""
        number, _, component = rest.partition(".")
        number = int(number) - (1 if name == "MSH" else 0)
        value = rows[nth][number] if len(rows[nth]) > number else ""
        if component:
            parts = value.split("~")[0].split("^")
            value = parts[int(component) - 1] if len(parts) >= int(component) else ""
        return value

    @property
    def type(self):
        return "^".join(self.field("MSH-9").split("^")[:2])

    @property
    def control_id(self):
        return self.field("MSH-10")


def acknowledgement(message, code, control_id=None, text=""):
    msa = "MSA|%s|%s%s" % (code, control_id or message.control_id, "|" + text if text else "")
    msh = "MSH|^~\\&|PACS|CLINIC|ISOCENTRE||20261124||ACK|R%s|P|2.5.1" % message.control_id
    return (msh + "\r" + msa + "\r").encode()


class Receiver:
    """release 2 commits each block by a byte; tls: (certificate, key, CA for clients or None), files."""

    def __init__(self, release=1, tls=None, encoding="utf-8"):
        self.messages, self.connections, self.commits, self.refused = [], 0, 0, 0
        self.answer = lambda message: "AA"
        self.release, self.encoding, self.port, self.listener, self.context = release, encoding, 0, None, None
        self.open = []
        if tls:
            self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.context.load_cert_chain(tls[0], tls[1])
            if tls[2]:
                self.context.load_verify_locations(tls[2])
                self.context.verify_mode = ssl.CERT_REQUIRED
        self.up()

    def up(self):
        self.listener = socket.socket()
        self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.listener.bind(("127.0.0.1", self.port))
        self.listener.listen(16)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, args=(self.listener,), daemon=True).start()

    def down(self):
        """Nobody listens any more, and what was open is closed."""
        if self.listener.fileno() < 0:
            return
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for c in self.open:
            try:
                c.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def accept(self, listener):
        while True:
            try:
                connection, _ = listener.accept()
                if self.context:
                    connection = self.context.wrap_socket(connection, server_side=True)
            except ssl.SSLError:
                continue
            except OSError:
                return
            self.connections += 1
            self.open.append(connection)
            threading.Thread(target=self.serve, args=(connection, self.connections), daemon=True).start()

    def serve(self, connection, number):
        rest = b""
        try:
            while True:
                while END not in rest:
                    part = connection.recv(65536)
                    if not part:
                        return
                    rest += part
                frame, _, rest = rest.partition(END)
                content = frame.lstrip(START)
                if content in (b"\x06", b"\x15"):
                    self.commits += 1
                else:
                    self.take(connection, Message(content, number, self.encoding))
        except OSError:
            pass
        finally:
            connection.close()

    def take(self, connection, message):
        self.messages.append(message)
        if self.release == 2:
            self.refused -= 1
            connection.sendall(START + (b"\x15" if self.refused >= 0 else b"\x06") + END)
            if self.refused >= 0:
                return
        answers = self.answer(message)
        for answer in answers if isinstance(answers, list) else [answers]:
            if answer is CLOSE:
                raise OSError
            if isinstance(answer, str):
                answer = START + acknowledgement(message, answer) + END
            if answer:
                connection.sendall(answer)

    # ---- what came ----

    def of(self, trigger):
        return [m for m in self.messages if m.type == trigger]

    def about(self, accession):
        """Orders and reports of an accession number, in the order of arrival."""
        return [m for m in self.messages if accession in (m.field("OBR-18.1"), m.field("IPC-1.1"))]


class Story(story.Documents):
    """A house, and receivers of it."""

    durable = False

    def destination(self, name, to, **settings):
        """settings: send="ORDER,PATIENT", style="OMI" …"""
        settings = {"host": "127.0.0.1", "port": to.port, **settings}
        words = ["%s=%s" % (k, str(v).lower() if isinstance(v, bool) else v) for k, v in settings.items()]
        self.house.must("hl7", "destination", "add", name, *words, "--config", self.house.conf)

    def remove(self, *names):
        for name in names:
            self.house.must("hl7", "destination", "remove", name, "--config", self.house.conf)

    def state(self, name):
        listed = json.loads(self.house.must("hl7", "destination", "list", "--config", self.house.conf).stdout)
        return next(d for d in listed if d["name"] == name)

    def order(self, accession, patient="P1", name="Doe^Jane", **more):
        more.setdefault("study_uid", dicom.uid_of("study", accession))
        message = hl7.order("ORM-%s-%s" % (accession, hl7.now()), hl7.pid(patient, name), accession, **more)
        self.assertAck(self.house.send(message), "AA")
        return message

    def report(self, accession, status, patient="P1", **more):
        control = "ORU-%s-%s" % (accession, status)
        self.assertAck(
            self.house.send(hl7.report(control, hl7.pid(patient, "Doe^Jane"), accession, status=status, **more)),
            "AA",
        )

    def await_one(self, to, what, condition):
        """The first message that fits."""
        return houses.wait_for(what, lambda: next((m for m in to.messages if condition(m)), None))

    def events(self, name, where="true"):
        """[event, trigger] of what was sent to a destination, in order."""
        return self.house.sql(
            "SELECT event, trigger FROM hl7_sent JOIN hl7_destination USING (destination)"
            " WHERE name = '%s' AND %s ORDER BY number" % (name, where)
        )

    def settle(self):
        """Nothing is left to look at, nothing waits."""
        houses.wait_for(
            "everything to be told",
            lambda: self.house.sql(
                "SELECT (SELECT count(*) FROM change_note) + (SELECT count(*) FROM hl7_sent WHERE outcome = 'queued')"
            )
            == [["0"]],
        )

    def task(self, accession):
        request = self.house.search("/ServiceRequest?identifier=" + accession)[0]
        procedures = self.house.search("/ServiceRequest?based-on=ServiceRequest/" + request["id"]) or [request]
        return self.house.search("/Task?based-on=ServiceRequest/" + procedures[0]["id"])[0]

    def move(self, accession, status, **more):
        """PUT the step with another status."""
        task = {**self.task(accession), "status": status, **more}
        task.pop("businessStatus", None)
        return self.put(task)
