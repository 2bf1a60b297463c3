"""What leaves in another transfer syntax than it is stored in, nothing lost: JPEG 2000 to who takes plain pixels only,
over several associations at once; plain pixels to who takes compressed ones only; sends of the outbox; WADO-RS. A
damaged object fails alone."""

import pathlib
import struct
import subprocess
import sys
import time

TREE = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(TREE / "tests" / "support"))

import account  # noqa: E402
import association  # noqa: E402
import dicom  # noqa: E402
import house as houses  # noqa: E402
import story  # noqa: E402

J2K = "1.2.840.10008.1.2.4.90"
# JPEG Lossless, JPEG-LS Lossless, JPEG 2000 Lossless, HTJ2K Lossless, RLE, deflated
COMPRESSED = ["1.2.840.10008.1.2.%s" % rest for rest in ("4.70", "4.80", "4.90", "4.201", "5", "1.99")]
GET = "1.2.840.10008.5.1.4.1.2.2.3"
IMAGES = 8
PACKED, PLAIN = dicom.uid_of("transcode", "packed"), dicom.uid_of("transcode", "plain")


def pixels(path):
    """Of a file in explicit little endian."""
    raw = pathlib.Path(path).read_bytes()
    return raw[raw.index(b"\xe0\x7f\x10\x00OW\0\0") + 12 :]


class Transcode(story.Story):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (cls.port,) = houses.free_ports(1)
        cls.house.add_peer("AE", "WS1", "WORKSTATION")
        cls.house.sql("UPDATE peer SET host = '127.0.0.1', port = %d WHERE name = 'WS1'" % cls.port)
        originals = dicom.make_study(cls.folder / "packed", PACKED, images=IMAGES, patient_id="T1")
        cls.originals = {dicom.dump(p)["SOPInstanceUID"]: p for p in originals}
        packed = [cls.transcoded(J2K, p, p.with_suffix(".j2k")) for p in originals]
        raw = bytearray(packed[0].read_bytes())
        middle = raw.index(b"\xff\x4f\xff\x51") + 4
        raw[middle : middle + 40] = b"\xff" * 40
        packed[0].write_bytes(raw)
        cls.damaged = dicom.dump(originals[0])["SOPInstanceUID"]
        cls.house.peer().store(*packed, options=["-xv"])
        cls.plain = dicom.make_study(cls.folder / "plain", PLAIN, images=1, patient_id="T2")[0]
        cls.house.store(cls.plain)
        assert cls.house.sql("SELECT count(*) FROM instance") == [[str(IMAGES + 1)]]

    @classmethod
    def transcoded(cls, syntax, path, out):
        argv = [houses.executable(), "dicom", "transcode", syntax, str(path), "--out", str(out)]
        subprocess.run(list(map(str, argv)), check=True, env=account.environment())
        return out

    def receiver(self, *options):
        """storescp as WS1, and its folder."""
        folder = self.folder / ("got-%d" % time.monotonic_ns())
        folder.mkdir()
        process = subprocess.Popen(
            ["storescp", "--fork", "-aet", "WS1", "-od", str(folder), *options, str(self.port)],
            env=account.environment(),
        )
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        houses.wait_for("storescp", lambda: dicom.tool("echoscu", "127.0.0.1", self.port).returncode == 0)
        return folder

    def moves(self, n):
        """So many C-MOVEs of the packed study at once; what their requesters were told."""
        argv = "-d -S -aem WS1 -aet CT1 -aec ISOCENTRE 127.0.0.1 %d -k QueryRetrieveLevel=STUDY" % self.house.dicom_port
        pipe = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True, "env": account.environment()}
        moving = [
            subprocess.Popen(["movescu", *argv.split(), "-k", "StudyInstanceUID=" + PACKED], **pipe) for _ in range(n)
        ]
        return [m.communicate(timeout=100)[0] for m in moving]

    def same_pixels(self, folder):
        got = {dicom.dump(p)["SOPInstanceUID"]: p for p in folder.iterdir()}
        self.assertEqual(set(got), set(self.originals) - {self.damaged}, "the damaged one fails alone")
        for uid, path in got.items():
            self.assertEqual(pixels(path), pixels(self.originals[uid]))

    def test_1_plain_pixels_for_who_takes_no_other(self):
        """Decoders are children of a server of many threads: four requests at once."""
        folder = self.receiver()
        for said in self.moves(4):
            self.assertIn("0xb000", said)
            self.assertIn(self.damaged, said, "it is told as failed")
        self.same_pixels(folder)

    def test_2_as_stored_for_who_takes_that(self):
        folder = self.receiver("+xv")
        self.assertIn("0x0000: Success", self.moves(1)[0])
        self.assertEqual({dicom.dump(p)["SOPInstanceUID"] for p in folder.iterdir()}, set(self.originals))

    def test_3_a_send_of_the_outbox(self):
        folder = self.receiver()
        self.assertStatus(self.house.http("POST", "/admin/api/dicom/peers/WS1/send", {"study": PACKED}), 202)
        send = lambda: self.house.http("GET", "/admin/api/dicom/sends?outcome=failed").json["items"]  # noqa: E731
        self.assertIn("C000", str(houses.wait_for("the send to end", send)[0]))
        self.same_pixels(folder)

    def test_4_compressed_for_who_takes_no_plain_pixels(self):
        keys = {0x00080052: ("CS", "STUDY"), 0x0020000D: ("UI", PLAIN)}
        for i, syntax in enumerate(COMPRESSED):
            got = []
            contexts = [(GET, [dicom.EXPLICIT_LE]), (dicom.CT, [syntax])]
            with association.Association(self.house.dicom_port, contexts, scp=[dicom.CT]) as a:
                a.send(a.of(GET), association.get(GET), dicom.dataset(keys))
                answers = a.responses(lambda fields, raw: got.append(raw) or 0)
            self.assertEqual((answers[-1][0][association.STATUS], len(got)), (0, 1), syntax)
            path = self.folder / ("got-%d.dcm" % i)
            dicom.write_file(path, {}, sop_uid=dicom.dump(self.plain)["SOPInstanceUID"], transfer_syntax=syntax)
            path.write_bytes(path.read_bytes() + got[0])
            back = self.transcoded(dicom.EXPLICIT_LE, path, path.with_suffix(".plain"))
            self.assertEqual(pixels(back), pixels(self.plain), syntax)

    def fetch(self, study, uid, accept):
        address = "/dicom-web/studies/%s/series/%s/instances/%s" % (study, dicom.uid_of(study, 1), uid)
        return self.house.http("GET", address, headers={"Accept": accept})

    def syntax(self, answer):
        self.assertStatus(answer, 200)
        self.assertEqual(int(answer.headers["content-length"]), len(answer.body))
        meta = struct.unpack("<I", answer.body[140:144])[0]
        header = answer.body[144 : 144 + meta]
        at = header.index(b"\x02\x00\x10\x00UI")
        return header[at + 8 : at + 8 + struct.unpack("<H", header[at + 6 : at + 8])[0]].rstrip(b"\0").decode()

    def test_5_over_http(self):
        """Explicit little endian unless the client says otherwise (PS3.18 8.7.3.5.2)."""
        uid = next(u for u in self.originals if u != self.damaged)
        single = "application/dicom"
        plain = self.fetch(PACKED, uid, single)
        self.assertEqual(self.syntax(plain), dicom.EXPLICIT_LE)
        self.assertEqual(plain.body[-len(pixels(self.originals[uid])) :], pixels(self.originals[uid]))
        stored = self.fetch(PACKED, uid, single + "; transfer-syntax=*")
        self.assertEqual(self.syntax(stored), J2K)
        self.assertNotEqual(stored.headers["etag"], plain.headers["etag"])
        rle = self.fetch(PACKED, uid, single + "; transfer-syntax=" + COMPRESSED[4])
        self.assertEqual(self.syntax(rle), COMPRESSED[4])
        lossy = "; transfer-syntax=1.2.840.10008.1.2.4.50"
        self.assertStatus(self.fetch(PACKED, uid, single + lossy), 406)
        either = self.fetch(PACKED, uid, single + lossy + ", " + single + ";q=0.5")
        self.assertEqual(self.syntax(either), dicom.EXPLICIT_LE)
        parts = self.fetch(PACKED, uid, 'multipart/related; type="application/dicom"')
        self.assertStatus(parts, 200)
        self.assertIn(("transfer-syntax=" + dicom.EXPLICIT_LE).encode(), parts.body[:400])
        self.assertStatus(self.fetch(PACKED, self.damaged, single), 406)
        self.assertEqual(self.syntax(self.fetch(PACKED, self.damaged, single + "; transfer-syntax=*")), J2K)


if __name__ == "__main__":
    story.main()
