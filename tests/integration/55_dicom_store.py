"""What is stored, and how: every transfer syntax as it came, private classes, two objects under one UID, and kills."""

import concurrent.futures
import hashlib
import pathlib
import struct
import sys
import zlib

TREE = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(TREE / "tests" / "support"))

import dicom  # noqa: E402
import house as houses  # noqa: E402
import story  # noqa: E402

ROOT = "1.2.840.10008.1.2"
PLAIN = [ROOT, ROOT + ".1", ROOT + ".2", ROOT + ".1.99"]
ENCAPSULATED = [
    ROOT + ".4.%s" % n
    for n in (
        "50 51 57 70 80 81 90 91 92 93 100 101 102 103 104 105 106 100.1 101.1 102.1 103.1 104.1 105.1 106.1 "
        "110 111 112 201 202 203"
    ).split()
] + [ROOT + ".5", ROOT + ".8.1"]
CLASSES = [
    "1.2.840.10008.5.1.4.1.1.2",
    "1.2.840.10008.5.1.4.1.1.2.1",
    "1.2.840.10008.5.1.4.1.1.66.4",
    "1.2.840.10008.5.1.4.1.1.104.1",
    "1.2.840.10008.5.1.4.1.1.88.67",
    "1.2.840.10008.5.1.4.1.1.77.1.6",
    "1.2.840.10008.5.1.4.1.1.481.5",
    "1.2.840.10008.5.1.4.1.1.12.2",
    "1.2.840.10008.5.1.4.1.1.9.1.1",
]
PRIVATE = "1.3.46.670589.11.0.0.12.1"


def big_endian(elements):
    """The data set of plain texts and numbers of 16 bits in explicit VR big endian."""
    out = b""
    for tag in sorted(elements):
        vr, value = elements[tag]
        raw = dicom.value_bytes(vr, value)
        if vr in ("US", "OW"):
            raw = b"".join(raw[i : i + 2][::-1] for i in range(0, len(raw), 2))
        out += struct.pack(">HH", tag >> 16, tag & 0xFFFF) + vr.encode()
        out += b"\0\0" + struct.pack(">I", len(raw)) if vr in dicom.LONG else struct.pack(">H", len(raw))
        out += raw
    return out


def implicit(elements):
    out = b""
    for tag in sorted(elements):
        raw = dicom.value_bytes(*elements[tag])
        out += struct.pack("<HHI", tag >> 16, tag & 0xFFFF, len(raw)) + raw
    return out


def fragments(elements, salt):
    """Pixel data as an empty offset table and two fragments of what no decoder would take."""
    head = dicom.dataset({tag: elements[tag] for tag in elements if tag != 0x7FE00010})
    parts = [hashlib.sha512(salt.encode() + bytes([i])).digest() * 50 for i in range(2)]
    body = struct.pack("<HHI", 0xFFFE, 0xE000, 0)
    body += b"".join(struct.pack("<HHI", 0xFFFE, 0xE000, len(p)) + p for p in parts)
    return (
        head
        + struct.pack("<HH2sHI", 0x7FE0, 0x0010, b"OB", 0, 0xFFFFFFFF)
        + body
        + struct.pack("<HHI", 0xFFFE, 0xE0DD, 0)
    )


def in_syntax(elements, syntax):
    if syntax == ROOT:
        return implicit(elements)
    if syntax == ROOT + ".2":
        return big_endian(elements)
    if syntax == ROOT + ".1.99":
        packer = zlib.compressobj(wbits=-15)
        raw = packer.compress(dicom.dataset(elements)) + packer.flush()
        return raw + b"\0" * (len(raw) % 2)
    return fragments(elements, syntax) if syntax in ENCAPSULATED else dicom.dataset(elements)


class Store(story.Story):
    def image(self, name, pixels=1, **more):
        study = dicom.uid_of("store", name)
        return study + ".1.1", dicom.ct_elements(study, study + ".1", study + ".1.1", number=pixels, **more)

    def caller(self, contexts=((dicom.CT, dicom.EXPLICIT_LE),), calling="CT1"):
        return dicom.Caller(self.house.dicom_port, list(contexts), calling)

    def send(self, name, pixels=1, calling="CT1", **more):
        uid, elements = self.image(name, **more)
        elements[0x00200013] = ("IS", 1)
        elements[0x7FE00010] = ("OW", struct.pack("<h", pixels) * 4096)
        with self.caller(calling=calling) as c:
            return c.store(0, uid, dicom.dataset(elements))

    def fetched(self, uid):
        """The stored data set, without its file header, as WADO-RS gives it."""
        study = uid.rsplit(".", 2)[0]
        answer = self.house.http(
            "GET",
            "/dicom-web/studies/%s/series/%s.1/instances/%s" % (study, study, uid),
            headers={"Accept": "application/dicom; transfer-syntax=*"},
        )
        self.assertStatus(answer, 200)
        length = struct.unpack("<I", answer.body[140:144])[0]
        return answer.body[144 + length :]

    def conflicts(self):
        return self.house.audit_events("INSTANCE_CONFLICT")

    # ---- as it came ----

    def test_10_every_transfer_syntax_as_it_came(self):
        asked = [(dicom.CT, syntax) for syntax in PLAIN + ENCAPSULATED]
        with self.caller(asked) as c:
            self.assertEqual(c.accepted, list(range(len(asked))), [asked[i][1] for i, r in c.results.items() if r])
            for i, (_, syntax) in enumerate(asked):
                uid, elements = self.image(syntax)
                elements = {tag: v for tag, v in elements.items() if v[0] not in ("IS",) or tag != 0}
                data = in_syntax(elements, syntax)
                self.assertEqual(c.store(i, uid, data), 0, syntax)
                self.assertEqual(self.fetched(uid), data, syntax)
        rows = self.house.sql("SELECT transfer_syntax FROM instance ORDER BY instance_key")
        self.assertEqual([r[0] for r in rows], PLAIN + ENCAPSULATED)

    def test_11_classes(self):
        with self.caller([(c, dicom.EXPLICIT_LE) for c in CLASSES + [PRIVATE, "1.2.840.10008.5.1.4.99"]]) as c:
            self.assertEqual(c.accepted, list(range(len(CLASSES))))
            for i, sop_class in enumerate(CLASSES):
                uid, elements = self.image(sop_class, extra={0x00080016: ("UI", sop_class)})
                self.assertEqual(c.store(i, uid, dicom.dataset(elements)), 0, sop_class)

    def test_12_private_classes_by_option(self):
        uid, elements = self.image("private", extra={0x00080016: ("UI", PRIVATE)})
        self.house.must(
            "peer", "add", "AE", "PHIL", "--role", "MODALITY", "private_classes=1", "--config", self.house.conf
        )
        for calling, sets in (("PHIL", []), ("CT1", ["dicom.private_classes=true"])):
            self.house.restart(sets=sets)
            with self.caller(
                [(PRIVATE, dicom.EXPLICIT_LE), ("1.2.840.10008.5.1.4.99", dicom.EXPLICIT_LE)], calling
            ) as c:
                self.assertEqual(c.accepted, [0], "what a standard names and we do not know is no private class")
                self.assertEqual(c.store(0, uid, dicom.dataset(elements)), 0)
        self.assertEqual(self.fetched(uid), dicom.dataset(elements))

    # ---- two objects, one UID ----

    def state(self, name):
        uid = dicom.uid_of("store", name) + ".1.1"
        stored = self.house.sql("SELECT encode(sha256, 'hex'), file FROM instance WHERE sop_uid = '%s'" % uid)
        aside = self.house.sql("SELECT reason, file FROM instance_quarantine WHERE sop_uid = '%s' ORDER BY 1" % uid)
        for _, file in stored + aside:
            self.assertIn(file, {str(f) for f in self.house.stored_files()})
        return self.fetched(uid)[-2:], [reason for reason, _ in aside]

    def test_20_the_same_object_twice_is_one(self):
        files = len(self.house.stored_files())
        self.assertEqual([self.send("same") for _ in range(3)], [0, 0, 0])
        self.assertEqual(len(self.house.stored_files()), files + 1)
        self.assertEqual(self.conflicts(), [])

    def test_21_reject(self):
        self.assertEqual((self.send("reject", 1), self.send("reject", 2)), (0, 0x0111))
        self.assertEqual(self.state("reject"), (b"\1\0", []))
        event = self.conflicts()[-1]
        self.assertEqual((event["outcome"], event["who"]["name"]), (4, "CT1"))

    def test_22_the_policies_of_a_peer(self):
        cases = (("keep", b"\1\0", []), ("replace", b"\2\0", ["replaced"]), ("quarantine", b"\1\0", ["duplicate"]))
        for policy, pixels, aside in cases:
            node = policy.upper()
            self.house.must(
                "peer", "add", "AE", node, "--role", "MODALITY", "duplicates=" + policy, "--config", self.house.conf
            )
            before = len(self.conflicts())
            self.assertEqual([self.send(policy, n, node) for n in (1, 2, 2)], [0, 0, 0], policy)
            self.assertEqual(self.state(policy), (pixels, aside), policy)
            self.assertGreater(len(self.conflicts()), before, policy)
            self.assertEqual(self.conflicts()[-1]["who"]["name"], node)
            counts = (
                "SELECT s.series_count, s.instance_count, s.bytes = (SELECT sum(i.size) FROM instance i JOIN series e "
                "USING (series_key) WHERE e.study_key = s.study_key) FROM study s WHERE study_uid = '%s'"
            )
            self.assertEqual(self.house.sql(counts % dicom.uid_of("store", policy)), [["1", "1", "t"]], policy)
        items = self.house.http("GET", "/admin/api/dicom/quarantine").json["items"]
        self.assertEqual([i["reason"] for i in items], ["duplicate", "replaced"])

    def test_23_the_policy_of_the_house(self):
        self.house.restart(sets=["dicom.duplicates=quarantine"])
        self.assertEqual((self.send("house", 1), self.send("house", 2)), (0, 0))
        self.assertEqual(self.state("house"), (b"\1\0", ["duplicate"]))

    def test_24_a_stolen_uid_leaves_no_empty_study(self):
        uid, elements = self.image("victim")
        for policy in ("KEEP", "QUARANTINE", "REPLACE"):
            thief = dicom.uid_of("store", "thief", policy)
            with self.caller(calling=policy) as c:
                self.send("victim")
                elements[0x0020000D], elements[0x0020000E] = ("UI", thief), ("UI", thief + ".1")
                due = 0x0111 if policy == "REPLACE" else 0
                self.assertEqual(c.store(0, uid, dicom.dataset(elements)), due, policy)
            self.assertEqual(self.house.sql("SELECT 1 FROM study WHERE study_uid = '%s'" % thief), [], policy)

    # ---- kills and floods ----

    def test_30_killed_while_an_object_takes_anothers_place(self):
        for n, point in enumerate(("files.sync", "gate.before_commit", "gate.after_commit", "store.before_response")):
            name = "kill%d" % n
            self.assertEqual(self.send(name, 1, "REPLACE"), 0)
            self.house.restart(failpoint=point + "=kill:1")
            with self.assertRaises((EOFError, OSError)):
                self.send(name, 2, "REPLACE")
            self.house.wait_dead()
            self.house.start()
            done = n >= 2
            self.assertEqual(self.state(name), (b"\2\0" if done else b"\1\0", ["replaced"] if done else []), point)
            self.assertEqual(self.send(name, 2, "REPLACE"), 0, point)
            self.assertEqual(self.state(name), (b"\2\0", ["replaced"]), point)
        self.assertEqual(self.house.audit_verify().returncode, 0)

    def test_31_fifteen_hundred_aborted_associations(self):
        request = dicom.associate()
        abort = struct.pack(">BBIBBBB", 7, 0, 4, 0, 0, 0, 0)

        def once(_):
            try:
                with dicom.socket.create_connection(("127.0.0.1", self.house.dicom_port), 30) as s:
                    s.sendall(request)
                    s.recv(1)
                    s.sendall(abort)
            except OSError:
                pass

        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            list(pool.map(once, range(300)))
            before = self.house.resident_mb()
            list(pool.map(once, range(1500)))
        self.assertLess(self.house.resident_mb() - before, 40)
        self.assertEqual(self.send("after"), 0)


story.main()
