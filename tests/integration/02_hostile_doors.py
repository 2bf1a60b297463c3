"""Bad input at each door: a clear error, an audit row, and the next good request works."""

import json
import pathlib
import socket
import struct
import sys

TREE = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(TREE / "tests" / "support"))

import dicom  # noqa: E402
import hl7  # noqa: E402
import house as houses  # noqa: E402
import story  # noqa: E402


def element(group, number, value):
    value += b"\0" * (len(value) % 2)
    return struct.pack("<HHI", group, number, len(value)) + value


def store_command(sop_uid, sop_class=dicom.CT):
    body = (
        element(0, 2, sop_class.encode())
        + element(0, 0x100, struct.pack("<H", 1))
        + element(0, 0x110, struct.pack("<H", 1))
        + element(0, 0x700, struct.pack("<H", 0))
        + element(0, 0x800, struct.pack("<H", 0))
        + element(0, 0x1000, sop_uid.encode())
    )
    return element(0, 0, struct.pack("<I", len(body))) + body


def data_pdu(context, command, payload, last=True):
    pdv = struct.pack(">IBB", len(payload) + 2, context, (1 if command else 0) | (2 if last else 0)) + payload
    return struct.pack(">BBI", 4, 0, len(pdv)) + pdv


class Doors(story.Story):
    def setUp(self):
        self.before = len(self.bad_input())

    def bad_input(self):
        return self.house.audit_events("BAD_INPUT")

    def audited(self, at_least=1):
        houses.wait_for("an audit row", lambda: len(self.bad_input()) >= self.before + at_least)

    # ---- MLLP ----

    def good_order(self, accession):
        ack = self.house.send(
            hl7.order("ORM-" + accession, hl7.pid("P1", "Doe^Jane"), accession, study_uid=dicom.uid_of(accession))
        )
        self.assertAck(ack, "AA")

    def raw(self, content, wait=True):
        """Unframed bytes on a connection of their own; what comes back until the server closes or answers."""
        with socket.create_connection(("127.0.0.1", self.house.hl7_port), timeout=20) as s:
            s.sendall(content)
            if not wait:
                return b""
            s.shutdown(socket.SHUT_WR)
            got = b""
            try:
                while chunk := s.recv(65536):
                    got += chunk
            except OSError:
                pass
            return got

    def test_mllp_frames(self):
        good = hl7.order("F1", hl7.pid("P1", "Doe^Jane"), "F1", study_uid=dicom.uid_of("F1"))
        self.assertIn(b"MSA|AA|F1", self.raw(b"\xef\xbb\xbfjunk\r\n" + hl7.START + good + hl7.END))
        self.assertIn(b"MSA|AR", self.raw(hl7.START + b"this is no message" + hl7.END))
        self.audited()
        huge = good[:-1] + b"\rNTE|1||" + b"x" * (17 << 20) + b"\r"
        answer = self.raw(hl7.START + huge + hl7.END)
        self.assertTrue(answer == b"" or b"MSA|AR" in answer, answer[:300])
        self.raw(hl7.START + good[:100], wait=False)  # cut off
        self.raw(hl7.START * 3 + b"MSH|", wait=False)
        self.good_order("F2")

    def test_mllp_messages(self):
        cases = {
            b"MSH|^~\\&|A|B|C|D|20260101||ZZZ^Z99|U1|P|2.5\r": b"MSA|AR|U1",
            b"MSH|^~\\&|A|B|C|D|20260101||ORM^O01||P|2.5\r": b"MSA|A",
            b"MSH|^~\\&|A|B|C|D|20260101||ORM^O01|U2|P|2.5\rPID|1\r": b"MSA|AE|U2",
            b"MSH|\r": b"MSA|AR",
            b"MSH|^~\\&|A|B|C|D|20260101||ORM^O01|U3|P|2.5\rPID|1||P1||" + b"^" * 100000 + b"\r": b"MSA|AE|U3",
        }
        for message, due in cases.items():
            ack = self.house.send(message)
            self.assertIn(due, ack.raw, message[:80])
            self.assertNotIn(b"MSA|AA", ack.raw)
        self.good_order("M9")

    def test_mllp_bad_values_name_their_field(self):
        cases = [
            ("1.2.not-a-uid", {}, "ZDS^1^1"),
            (dicom.uid_of("V"), {"start": "20261399"}, "ORC^1^7"),
        ]
        for uid, more, location in cases:
            ack = self.house.send(hl7.order("V-" + location, hl7.pid("P1", "Doe^Jane"), "V1", study_uid=uid, **more))
            self.assertAck(ack, "AE")
            self.assertTrue(ack.location.startswith(location), ack.text)
        self.assertEqual(self.house.search("/ServiceRequest?identifier=V1"), [])

    # ---- DICOM ----

    def dimse(self, content, wait=1.0):
        """Raw bytes at the DICOM port; what comes back within the wait."""
        got = b""
        with socket.create_connection(("127.0.0.1", self.house.dicom_port), timeout=10) as s:
            s.sendall(content)
            s.settimeout(wait)
            try:
                while chunk := s.recv(65536):
                    got += chunk
            except OSError:
                pass
        return got

    def good_store(self, name):
        path = dicom.make_ct(self.folder / name, dicom.uid_of(name), dicom.uid_of(name, 1), dicom.uid_of(name, 1, 1))
        self.house.store(path)

    def test_dicom_truncated_pdus(self):
        whole = dicom.associate()
        for cut in (1, 5, 6, 40, 74, len(whole) - 1):
            self.dimse(whole[:cut], wait=0.2)
        for junk in (
            b"GET / HTTP/1.1\r\n\r\n",
            b"\x01\x00" + b"\xff" * 4,
            b"\x04\x00\x00\x00\x00\x04abcd",
            b"\0" * 200,
        ):
            self.dimse(junk, wait=0.5)
        self.audited()
        accepted = self.dimse(whole + data_pdu(1, True, b"\xff" * 40), wait=1)
        self.assertEqual(accepted[:1], b"\x02")
        self.dimse(whole + struct.pack(">BBI", 4, 0, 0xFFFFFFF0) + b"x" * 100, wait=0.5)
        self.dimse(whole + data_pdu(99, True, store_command("1.2.3")), wait=0.5)
        self.dimse(whole + struct.pack(">BBI", 7, 0, 4) + b"\0\0\0\0", wait=0.2)
        self.good_store("after-truncated")

    def stored_with(self, sop_uid, dataset):
        """The status of the C-STORE response to a crafted data set."""
        parts = [dataset[at : at + 16000] for at in range(0, len(dataset), 16000)]
        pdus = [data_pdu(1, False, part, part is parts[-1]) for part in parts]
        answer = self.dimse(dicom.associate() + data_pdu(1, True, store_command(sop_uid)) + b"".join(pdus), wait=2)
        at = answer.find(struct.pack("<HHI", 0, 0x900, 2))
        return struct.unpack("<H", answer[at + 8 : at + 10])[0] if at >= 0 else None

    def header(self, sop_uid):
        uid = dicom.uid_of("hostile").encode()
        return (
            element(8, 0x16, dicom.CT.encode())
            + element(8, 0x18, sop_uid.encode())
            + element(0x10, 0x20, b"P1")
            + element(0x20, 0xD, uid)
            + element(0x20, 0xE, uid)
        )

    def test_dicom_deep_nesting(self):
        nest = struct.pack("<HHI", 0x8, 0x1140, 0xFFFFFFFF) + struct.pack("<HHI", 0xFFFE, 0xE000, 0xFFFFFFFF)
        status = self.stored_with("1.2.3.1", self.header("1.2.3.1") + nest * 20000)
        self.assertNotIn(status, (0, None))
        self.audited()
        self.good_store("after-nesting")

    def test_dicom_lies_about_lengths(self):
        for n, tail in enumerate(
            (
                struct.pack("<HHI", 0x10, 0x10, 0x7FFFFFF0) + b"x",
                b"\x10",
                struct.pack("<HHI", 0x8, 0x1140, 100) + b"\0" * 10,
            )
        ):
            self.assertNotIn(self.stored_with("1.2.3.2", self.header("1.2.3.2") + tail), (0, None), n)
        self.good_store("after-lengths")

    def test_dicom_path_tricks_in_uids(self):
        for uid in ("../../../tmp/evil", "1.2.3/../4", "1.2.3\\4", "..", "1.2.%n%n"):
            self.assertNotIn(self.stored_with(uid, self.header(uid)), (0, None), uid)
        self.assertEqual(self.house.sql("SELECT count(*) FROM instance WHERE sop_uid LIKE '%/%'"), [["0"]])
        self.assertFalse(pathlib.Path("/tmp/evil").exists())
        self.good_store("after-paths")

    def test_dicom_identity_of_command_and_dataset(self):
        self.assertNotIn(self.stored_with("1.2.3.4", self.header("1.2.3.5")), (0, None))

    # ---- HTTP ----

    def post(self, body, kind="application/fhir+json", path="/fhir/Patient"):
        return self.house.http("POST", path, body, {"Content-Type": kind})

    def outcome(self, answer, low=400, high=499):
        self.assertTrue(low <= answer.status <= high, "%d %s" % (answer.status, answer.text[:500]))
        self.assertEqual(json.loads(answer.text)["resourceType"], "OperationOutcome")

    def test_http_bodies(self):
        deep = b'{"resourceType":"Patient","a":' * 5000
        cases = [
            (b"", "application/fhir+json"),
            (b"{", "application/fhir+json"),
            (b"[" * 200000, "application/fhir+json"),
            (deep, "application/fhir+json"),
            (b'{"resourceType":"Nonsense"}', "application/fhir+json"),
            (b'{"resourceType":"Patient","resourceType":"Patient"}', "application/fhir+json"),
            (b'{"resourceType":"Patient","nickname":"x"}', "application/fhir+json"),
            (b'{"resourceType":"Patient","gender":"martian"}', "application/fhir+json"),
            (b'{"resourceType":"Patient","birthDate":"yesterday"}', "application/fhir+json"),
            (b'{"resourceType":"Patient","name":[{"family":"\xff\xfe"}]}', "application/fhir+json"),
            (b"<Patient", "application/fhir+xml"),
            (
                b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><Patient xmlns="http://hl7.org/fhir">'
                b'<id value="&e;"/></Patient>',
                "application/fhir+xml",
            ),
            (
                b'<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
                b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
                b'<Patient xmlns="http://hl7.org/fhir"><id value="&c;"/></Patient>',
                "application/fhir+xml",
            ),
            (b"<Patient xmlns='http://hl7.org/fhir'>" + b"<contained>" * 50000, "application/fhir+xml"),
            (b'{"resourceType":"Patient"}', "text/csv"),
            (b"\0\1\2", "application/octet-stream"),
        ]
        for body, kind in cases:
            self.outcome(self.post(body, kind))
        self.outcome(self.post(b"x" * (20 << 20)), 413, 413)
        self.assertStatus(self.post(b'{"resourceType":"Patient","name":[{"family":"Fine"}]}'), 201)

    def test_http_addresses(self):
        for path in (
            "/fhir/../../etc/passwd",
            "/fhir/Patient/..%2f..%2fetc",
            "/fhir/%00",
            "/ui/../../etc/passwd",
            "/ui/..%2f..%2fetc/passwd",
            "/fhir/Patient/" + "x" * 500,
            "/fhir/Patient?_count=1e9",
            "/fhir/Patient?nonsense=1",
            "/fhir/Patient?birthdate=tomorrow",
            "/fhir/Nonsense",
            "/fhir/Patient?_sort=x",
            "/dicom-web/studies/../..",
            "/dicom-web/studies?nonsense=1",
            "/dicom-web/studies?limit=-1",
            "/dicom-web/studies/1.2/series/../instances/x",
            "/admin/api/messages/0",
            "/admin/api/messages/x",
            "/admin/api/studies?limit=1e9",
            "/admin/api/audit?from=never",
            "/nothing",
        ):
            answer = self.house.http("GET", path)
            self.assertTrue(400 <= answer.status <= 499, "%s: %d %s" % (path, answer.status, answer.text[:300]))
            self.assertNotIn("root:", answer.text)
        self.assertEqual(self.house.http("BREW", "/fhir/Patient").status, 405)
        self.assertEqual(self.house.fhir("GET", "/Patient", headers={"Accept": "image/png"}).status, 406)
        self.assertStatus(self.house.fhir("GET", "/Patient?_count=1"), 200)

    def test_http_without_a_user(self):
        for path in ("/fhir/Patient", "/dicom-web/studies", "/admin/api/status", "/metrics"):
            self.assertEqual(self.house.http("GET", path, user=None).status, 401, path)
            self.assertEqual(self.house.http("GET", path, password="wrong").status, 401, path)
        self.assertStatus(self.house.http("GET", "/health/live", user=None), 200)
        self.assertGreaterEqual(len(self.house.audit_events("REFUSED")), 4)


if __name__ == "__main__":
    story.main()
