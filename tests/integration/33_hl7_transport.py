"""How HL7 comes in: over TLS with a certificate of its own, within one peer's limits, and from hostile peers."""

import os
import pathlib
import socket
import ssl
import sys
import time
import warnings

TREE = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(TREE / "tests" / "support"))

from authority import Authority  # noqa: E402
import dicom  # noqa: E402
import hl7  # noqa: E402
import house as houses  # noqa: E402
import story  # noqa: E402


def order(accession, application="RIS", facility="CLINIC", control_id=None, **more):
    return hl7.order(
        control_id or "T-" + accession,
        hl7.pid("P-" + accession, "Doe^Jane"),
        accession,
        study_uid=dicom.uid_of("transport", accession),
        application=application,
        facility=facility,
        **more,
    )


class Transport(story.Story):
    profile = "production"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        folder = cls.house.root / "tls"
        folder.mkdir()
        os.chmod(folder, 0o755)
        cls.ca, cls.stranger = Authority(folder, "clinic-ca"), Authority(folder, "stranger-ca")
        cls.server = cls.ca.issue("isocentre", "isocentre.example.org")
        cls.ris = cls.ca.issue("ris", "ris.example.org")
        cls.lab = cls.ca.issue("lab", "lab.example.org")
        cls.fake = cls.stranger.issue("ris-fake", "ris.example.org")
        cls.tls_port = houses.free_ports(1)[0]
        cls.house.write_conf(
            **{
                "hl7.tls_port": cls.tls_port,
                "hl7.tls_certificate": str(cls.server[0]),
                "hl7.tls_key": str(cls.server[1]),
                "hl7.tls_ca": str(cls.ca.certificate),
                "hl7.frame_seconds": 2,
                "hl7.connections": 40,
            }
        )
        for name in ("RIS|CLINIC", "LAB|CLINIC", "OPEN|CLINIC", "PAT*|*"):
            cls.house.add_peer("HL7", name, "RIS")
        cls.set("RIS|CLINIC", "certificate=subject:CN=ris,O=Clinic")
        cls.set("LAB|CLINIC", "certificate=dns:lab.example.org")
        cls.house.restart()

    @classmethod
    def set(cls, name, *pairs):
        cls.house.must("peer", "set", "HL7", name, *pairs, "--config", cls.house.conf)

    def refused(self):
        return len(self.house.audit_events("REFUSED"))

    def bad_input(self):
        return len(self.house.audit_events("BAD_INPUT"))

    def connect(self, own=None, ca=None):
        """An MLLP connection over TLS that shows this certificate."""
        context = ssl.create_default_context(cafile=str((ca or self.ca).certificate))
        if own:
            context.load_cert_chain(str(own[0]), str(own[1]))
        connection = hl7.Connection(self.tls_port)
        connection.socket = context.wrap_socket(connection.socket, server_hostname="isocentre.example.org")
        return connection

    # ---- TLS ----

    def test_1_mutual_tls(self):
        with self.connect(self.ris) as c:
            self.assertGreaterEqual(c.socket.version(), "TLSv1.2")
            self.assertAck(c.send(order("T1")), "AA")
            self.assertAck(c.send(order("T2")), "AA")
        with self.connect(self.lab) as c:
            self.assertAck(c.send(order("T3", "LAB")), "AA")
            self.assertAck(c.send(order("T4", "OPEN")), "AR")
        self.assertEqual(len(self.house.search("/ServiceRequest?identifier=T3")), 1)
        self.assertEqual(self.house.search("/ServiceRequest?identifier=T4"), [])

    def test_2_a_certificate_speaks_for_its_peer_only(self):
        before = self.refused()
        for own, application in ((self.lab, "RIS"), (self.ris, "LAB"), (self.ris, "NOBODY")):
            with self.connect(own) as c:
                self.assertAck(c.send(order("T5", application)), "AR")
        self.assertAck(self.house.send(order("T5")), "AR")  # the plain port shows no certificate at all
        self.assertEqual(self.refused(), before + 4)
        self.assertEqual(self.house.search("/ServiceRequest?identifier=T5"), [])

    def test_3_strangers_do_not_get_in(self):
        before = self.bad_input()
        for own in (self.fake, None):
            with self.assertRaises((OSError, EOFError)), self.connect(own) as c:
                c.send(order("T6"))
        houses.wait_for("both in the trail", lambda: self.bad_input() >= before + 2)
        with self.assertRaises(ssl.SSLError):
            self.connect(self.ris, self.stranger)
        weak = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        weak.check_hostname, weak.verify_mode = False, ssl.CERT_NONE
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            weak.minimum_version, weak.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
        with socket.create_connection(("127.0.0.1", self.tls_port)) as s, self.assertRaises(OSError):
            weak.wrap_socket(s)

    def test_4_without_certificate_when_optional(self):
        self.house.restart(sets=["hl7.tls_client=optional"])
        with self.connect() as c:
            self.assertAck(c.send(order("T7", "OPEN")), "AA")
            self.assertAck(c.send(order("T8", "RIS")), "AR")
        with self.assertRaises((OSError, EOFError)), self.connect(self.fake) as c:
            c.send(order("T8"))
        self.house.restart()

    def test_5_the_wrong_language_at_each_port(self):
        before = self.bad_input()
        with socket.create_connection(("127.0.0.1", self.tls_port)) as s:
            s.sendall(hl7.START + order("T9") + hl7.END)
            s.settimeout(10)
            self.assertNotIn(b"MSA", self.until_end(s))
        with socket.create_connection(("127.0.0.1", self.house.hl7_port)) as s:
            try:
                while True:
                    s.sendall(b"\x16\x03\x01" + bytes([200]) * 60000)
            except OSError:
                pass
        houses.wait_for("both in the trail", lambda: self.bad_input() >= before + 2)
        self.assertAck(self.house.send(order("T10", "OPEN")), "AA")

    @staticmethod
    def until_end(s):
        got = b""
        try:
            while part := s.recv(65536):
                got += part
        except OSError:
            pass
        return got

    def test_6_a_handshake_must_end_in_time(self):
        with socket.create_connection(("127.0.0.1", self.tls_port)) as s:
            s.settimeout(1)
            began = time.monotonic()
            for byte in b"\x16\x03\x01\x02\x00\x01" + bytes(60):
                try:
                    s.sendall(bytes([byte]))
                    if s.recv(100) == b"":
                        break
                except TimeoutError:
                    pass
                except OSError:
                    break
            self.assertLess(time.monotonic() - began, 20, "it is ended, however slowly bytes drip")

    # ---- one peer's limits ----

    def test_7_patterns(self):
        self.assertAck(self.house.send(order("U1", "PATIENTS", "WEST")), "AA")
        self.assertAck(self.house.send(order("U2", "XPAT", "WEST")), "AR")

    def test_7_size(self):
        self.set("PAT*|*", "frame_max=4000")
        self.assertAck(self.house.send(order("U3", "PAT")), "AA")
        long = order("U4", "PAT") + b"NTE|1||" + b"x" * 5000 + b"\r"
        self.assertAck(self.house.send(long), "AR")
        self.assertAck(self.house.send(order("U4", "OPEN") + b"NTE|1||" + b"x" * 5000 + b"\r"), "AA")
        with self.house.mllp() as c:  # refused before the end of it has come
            c.write(hl7.START + long)
            self.assertAck(hl7.Ack(c.read()), "AR")
        self.set("PAT*|*", "frame_max=0")

    def test_7_connections(self):
        self.set("PAT*|*", "connections=1")
        with self.house.mllp() as first, self.house.mllp() as second:
            self.assertAck(first.send(order("U5", "PAT")), "AA")
            self.assertAck(second.send(order("U6", "PAT")), "AR")
            self.assertAck(first.send(order("U7", "PAT")), "AA")
        self.set("PAT*|*", "connections=0")

    def test_7_rate_is_kept_by_reading_later(self):
        self.set("PAT*|*", "rate=10")
        with self.house.mllp() as c:
            began = time.monotonic()
            c.write(b"".join(hl7.START + order("R%d" % i, "PAT") + hl7.END for i in range(25)))
            codes = [hl7.Ack(c.read()).code for _ in range(25)]
            took = time.monotonic() - began
        self.assertEqual(codes, ["AA"] * 25, "none is dropped")
        self.assertGreater(took, 0.9, "one second's worth at once, the rest at ten a second")
        self.set("PAT*|*", "rate=0")

    def test_7_deadlines(self):
        self.set("PAT*|*", "frame_seconds=1", "idle_seconds=1")
        with self.house.mllp() as c:
            self.assertAck(c.send(order("U8", "PAT")), "AA")
            c.write(hl7.START + order("U9", "PAT")[:200])
            self.assertAck(hl7.Ack(c.read()), "AR")
        with self.house.mllp() as c:
            self.assertAck(c.send(order("U9", "PAT")), "AA")
            with self.assertRaises(EOFError):
                c.read()
        self.set("PAT*|*", "frame_seconds=0", "idle_seconds=0")

    def test_7_settings_are_checked(self):
        for pair in ("rate=fast", "colour=red", "certificate=mine"):
            done = self.house.command("peer", "set", "HL7", "PAT*|*", pair, "--config", self.house.conf)
            self.assertNotEqual(done.returncode, 0, pair)
        self.assertIn("peer set", [e.get("request") for e in self.house.audit_events("ADMIN_CHANGE")])

    def test_7_the_admin_api(self):
        peer = {"kind": "HL7", "name": "NEW|*", "address": "127.0.0.0/8", "roles": "RIS", "settings": {"rate": 50}}
        self.assertAck(self.house.send(order("U10", "NEW")), "AR")
        self.assertStatus(self.house.http("PUT", "/admin/api/peers", peer), 204)
        self.assertAck(self.house.send(order("U10", "NEW")), "AA")
        items = self.house.http("GET", "/admin/api/peers").json["items"]
        mine = [p for p in items if p["name"] == "NEW|*"]
        self.assertEqual((mine[0]["settings"]["rate"], mine[0]["roles"], mine[0]["enabled"]), (50, ["RIS"], True))
        for wrong in (
            {"settings": {"colour": "red"}},
            {"settings": {"rate": True}},
            {"roles": "KING"},
            {"address": "x"},
        ):
            answer = self.house.http("PUT", "/admin/api/peers", {**peer, **wrong})
            self.assertIn(answer.status, (400, 422), wrong)
        self.assertStatus(self.house.http("PUT", "/admin/api/peers", {**peer, "enabled": False}), 204)
        self.assertAck(self.house.send(order("U11", "NEW")), "AR")
        self.house.add_user("reporter", "RADIOLOGIST")
        self.assertStatus(self.house.http("GET", "/admin/api/peers", user="reporter"), 403)
        self.assertStatus(self.house.http("PUT", "/admin/api/peers", peer, user="reporter"), 403)

    # ---- hostile peers ----

    def threads(self):
        return len(os.listdir("/proc/%d/task" % self.house.process.pid))

    def memory_kb(self):
        status = pathlib.Path("/proc/%d/status" % self.house.process.pid).read_text()
        return int(status.split("VmRSS:")[1].split()[0])

    def test_8_thousands_of_connections(self):
        usual, taken = self.threads(), []
        for _ in range(5000):
            s = socket.create_connection(("127.0.0.1", self.house.hl7_port), timeout=20)
            taken.append(s)
            if len(taken) > 200:
                taken.pop(0).close()
        self.assertLess(self.threads(), usual + 60)
        for s in taken:
            s.close()
        houses.wait_for("their threads to end", lambda: self.threads() <= usual + 2)
        houses.wait_for("a seat", lambda: self.accepted("V1"))

    def accepted(self, accession):
        try:
            return self.house.send(order(accession, "OPEN")).code == "AA"
        except (OSError, EOFError):
            return False

    def test_8_hostile_bytes(self):
        good = order("V2", "OPEN")
        before = self.memory_kb()
        for bad in (
            hl7.START * 100000,
            hl7.START + b"\0" * 100000 + hl7.END,
            hl7.START + b"MSH" + b"|" * 300000 + hl7.END,
            hl7.START + b"MSH|^~\\&|" + b"A" * 300000,
            (hl7.START + b"\x1c") * 50000,
            hl7.START + b"MSH|^~\\&|OPEN|CLINIC\x1c",
            b"\x1c\r" * 50000,
        ):
            with socket.create_connection(("127.0.0.1", self.house.hl7_port), timeout=20) as s:
                try:
                    s.sendall(bad)
                    s.shutdown(socket.SHUT_WR)
                except OSError:
                    continue
                self.assertNotIn(b"MSA|AA", self.until_end(s), bad[:40])
        self.assertLess(self.memory_kb(), before + 200000)
        self.house.send(good.replace(b"Doe", b"D\0e"))
        self.assertAck(self.house.send(good), "AA")

    def test_9_a_peer_that_never_reads(self):
        with socket.create_connection(("127.0.0.1", self.house.hl7_port)) as s:
            s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            s.settimeout(0.5)
            try:
                for i in range(200):
                    s.sendall(hl7.START + order("W%d" % i, "OPEN") + hl7.END)
            except TimeoutError:
                pass
            self.assertAck(self.house.send(order("V3", "OPEN")), "AA")


story.main()
