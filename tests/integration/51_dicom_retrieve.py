"""C-MOVE and C-GET: what is named arrives, bit by bit as it was stored; counters, statuses and lists of what did not;
destinations that are down, picky, slow or leave; cancels; the audit trail of it."""

import contextlib
import hashlib
import pathlib
import re
import struct
import subprocess
import sys

TREE = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(TREE / "tests" / "support"))

import account  # noqa: E402
import dicom  # noqa: E402
import association  # noqa: E402
import house as houses  # noqa: E402
import story  # noqa: E402

MODEL = "1.2.840.10008.5.1.4.1.2.%d.%d"
JPEG_LOSSLESS = "1.2.840.10008.1.2.4.70"
BIG_ENDIAN = "1.2.840.10008.1.2.2"
MANY = 60


def study_uid(name):
    return dicom.uid_of("retrieve", name)


def data_set(path):
    """The bytes behind the file meta information."""
    raw = pathlib.Path(path).read_bytes()
    return raw[144 + struct.unpack_from("<I", raw, 140)[0] :]


def by_uid(folder):
    """SOP Instance UID → hash of the data set, of every file in a folder."""
    found = {}
    for path in pathlib.Path(folder).iterdir():
        found[dicom.dump(path)["SOPInstanceUID"]] = hashlib.sha256(data_set(path)).hexdigest()
    return found


class Retrieving(story.Story):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.port, cls.other_port = houses.free_ports(2)
        for name, port in (("WS1", cls.port), ("DOWN", cls.other_port)):
            cls.house.add_peer("AE", name, "WORKSTATION")
            cls.house.sql("UPDATE peer SET host = '127.0.0.1', port = %d WHERE name = '%s'" % (port, name))
        cls.small = dicom.make_study(cls.folder / "small", study_uid("small"), series=2, images=2, patient_id="R1")
        cls.many = dicom.make_study(cls.folder / "many", study_uid("many"), images=MANY, patient_id="R2", size=8)
        cls.packed = cls.compressed(cls.folder / "packed.dcm")
        cls.house.store(*cls.small, *cls.many)
        done = cls.house.peer().store(cls.packed, options=["-xs"])
        assert "Response (Success)" in done.stdout, done.stdout

    @classmethod
    def compressed(cls, path):
        """An object of R1 whose pixels are a fragment; what is in it nobody here looks at."""
        elements = dicom.ct_elements(study_uid("packed"), dicom.new_uid(), dicom.uid_of("packed"), patient_id="R1")
        del elements[0x7FE00010]
        dicom.write_file(path, elements, transfer_syntax=JPEG_LOSSLESS)
        items = struct.pack("<HHIHHI", 0xFFFE, 0xE000, 0, 0xFFFE, 0xE000, 8) + b"\xff\xd8fragm\0"
        head = struct.pack("<HH2sHI", 0x7FE0, 0x0010, b"OB", 0, 0xFFFFFFFF)
        path.write_bytes(path.read_bytes() + head + items + struct.pack("<HHI", 0xFFFE, 0xE0DD, 0))
        return path

    @contextlib.contextmanager
    def destination(self, *options):
        """storescp as WS1; its folder. It keeps what it gets bit by bit."""
        folder = self.folder / ("ws-%d" % len(list(self.folder.iterdir())))
        folder.mkdir()
        log = open(folder.with_suffix(".log"), "w+")
        process = subprocess.Popen(
            ["storescp", "-v", "-aet", "WS1", "-od", str(folder), "-B", *options, str(self.port)],
            stdout=log,
            stderr=log,
            env=account.environment(),
        )
        try:
            houses.wait_for("storescp", lambda: dicom.tool("echoscu", "127.0.0.1", self.port).returncode == 0)
            yield folder
        finally:
            process.kill()
            process.wait()
            log.seek(0)
            self.heard = log.read()
            log.close()

    def move(self, *keys, level="STUDY", model="-S", to="WS1", options=()):
        argv = ["-d", model, "-aem", to, *options, "-aet", "CT1", "-aec", "ISOCENTRE", "127.0.0.1"]
        argv += [self.house.dicom_port, "-k", "QueryRetrieveLevel=" + level]
        for key in keys:
            argv += ["-k", key]
        done = dicom.tool("movescu", *argv)
        return done.stdout

    def counts(self, output):
        """(completed, failed, warning) of the final response."""
        return tuple(
            int(re.findall(r"%s Suboperations *: (\w+)" % name, output)[-1])
            for name in ("Completed", "Failed", "Warning")
        )

    def status(self, output):
        return re.findall(r"DIMSE Status *: 0x([0-9a-f]+)", output)[-1]

    def sent(self, *paths):
        return {dicom.dump(p)["SOPInstanceUID"]: hashlib.sha256(data_set(p)).hexdigest() for p in paths}

    def ask(self, sop_class, command, keys, on_store=None, contexts=(), scp=(), **more):
        """One request over our own association; the responses."""
        with association.Association(
            self.house.dicom_port, [(sop_class, [dicom.EXPLICIT_LE]), *contexts], scp=scp, **more
        ) as a:
            a.send(a.of(sop_class), command, dicom.dataset(keys))
            return a.responses(on_store)


class Moving(Retrieving):
    def test_every_level(self):
        """Rows C-MOVE PATIENT, C-MOVE STUDY, C-MOVE PATIENT STUDY ONLY."""
        series = "SeriesInstanceUID=" + dicom.uid_of(study_uid("small"), 2)
        study, images = "StudyInstanceUID=" + study_uid("small"), [
            dicom.uid_of(study_uid("small"), 2, i) for i in (1, 2)
        ]
        cases = [
            ("STUDY", "-S", [study], self.small),
            ("STUDY", "-P", ["PatientID=R1", study], self.small),
            ("STUDY", "-O", ["PatientID=R1", study], self.small),
            ("SERIES", "-S", [study, series], self.small[2:]),
            ("IMAGE", "-S", [study, series, "SOPInstanceUID=" + "\\".join(images)], self.small[2:]),
            ("IMAGE", "-S", [study, series, "SOPInstanceUID=" + images[0]], self.small[2:3]),
            (
                "STUDY",
                "-S",
                ["StudyInstanceUID=%s\\%s" % (study_uid("many"), study_uid("small"))],
                self.small + self.many,
            ),
        ]
        for level, model, keys, files in cases:
            with self.subTest((level, model)), self.destination() as folder:
                said = self.move(*keys, level=level, model=model)
                self.assertEqual(self.status(said), "0000", said[-2000:])
                self.assertEqual(self.counts(said), (len(files), 0, 0))
                self.assertEqual(by_uid(folder), self.sent(*files), "bit by bit")
        self.assertRegex(said, "0xff00", "pending responses came before")

    def test_what_the_receiver_is_told(self):
        with self.destination("-d") as folder:
            self.move("StudyInstanceUID=" + study_uid("small"))
            self.assertEqual(len(list(folder.iterdir())), 4)
        self.assertIn("Calling Application Name:    ISOCENTRE", self.heard)
        self.assertRegex(self.heard, r"Move Originator AE *: *CT1|Move Originator.*CT1")

    def test_nothing_named_is_nothing_sent(self):
        said = self.move("StudyInstanceUID=1.2.3.4")
        self.assertEqual((self.status(said), self.counts(said)), ("0000", (0, 0, 0)))

    def test_refusals(self):
        cases = [
            ("a801", dict(to="NOBODY"), ["StudyInstanceUID=" + study_uid("small")]),
            ("a801", dict(to="CT1"), ["StudyInstanceUID=" + study_uid("small")]),
            ("a900", {}, ["StudyInstanceUID"]),
            ("a900", {}, ["StudyInstanceUID=*"]),
            ("a900", {}, ["StudyInstanceUID=no uid"]),
            ("a900", dict(level="FRAME"), ["StudyInstanceUID=" + study_uid("small")]),
            ("a900", dict(level="PATIENT"), ["PatientID=R1"]),
            ("a900", dict(level="PATIENT", model="-P"), ["PatientID=R*"]),
            ("a900", dict(level="SERIES"), ["SeriesInstanceUID=" + dicom.uid_of(study_uid("small"), 2)]),
        ]
        for status, how, keys in cases:
            with self.subTest((status, how, keys)):
                self.assertEqual(self.status(self.move(*keys, **how)), status)

    def test_a_destination_that_is_down(self):
        said = self.move("StudyInstanceUID=" + study_uid("small"), to="DOWN")
        self.assertEqual((self.status(said), self.counts(said)), ("a702", (0, 4, 0)))
        for path in self.small:
            self.assertIn(dicom.dump(path)["SOPInstanceUID"], said, "each is in the list of failed ones")

    def test_a_destination_that_takes_no_jpeg(self):
        with self.destination() as folder:
            said = self.move("PatientID=R1", level="PATIENT", model="-P")
            self.assertEqual((self.status(said), self.counts(said)), ("b000", (4, 1, 0)))
            self.assertIn("its stream has no scan", said, "it would be decoded if it could be")
            self.assertIn(dicom.uid_of("packed"), said)
            self.assertEqual(by_uid(folder), self.sent(*self.small))

    def test_a_destination_that_takes_jpeg(self):
        with self.destination("+xs") as folder:
            said = self.move("StudyInstanceUID=" + study_uid("packed"))
            self.assertEqual(self.status(said), "0000", said[-2000:])
            self.assertEqual(by_uid(folder), self.sent(self.packed))

    def test_plain_syntaxes_are_converted(self):
        """Implicit little endian for who takes nothing else; in other bytes the same values."""
        with self.destination("+xi") as folder:
            said = self.move("StudyInstanceUID=" + study_uid("small"))
            self.assertEqual((self.status(said), self.counts(said)), ("0000", (4, 0, 0)), said[-2000:])
            got = {dicom.dump(p)["SOPInstanceUID"]: p for p in folder.iterdir()}
            for path in self.small:
                back = self.folder / "back.dcm"
                one = got[dicom.dump(path)["SOPInstanceUID"]]
                self.assertIn(b"1.2.840.10008.1.2\0", one.read_bytes()[:400])
                self.assertEqual(dicom.tool("dcmconv", "+te", "-g", one, back).returncode, 0)
                again = self.folder / "again.dcm"
                self.assertEqual(dicom.tool("dcmconv", "+te", "-g", path, again).returncode, 0)
                self.assertEqual(data_set(back), data_set(again))

    def test_big_endian_is_converted(self):
        big = self.folder / "big.dcm"
        elements = dicom.ct_elements(study_uid("big"), dicom.new_uid(), dicom.uid_of("big"), patient_id="R3")
        plain = dicom.write_file(self.folder / "plain.dcm", elements)
        self.assertEqual(dicom.tool("dcmconv", "+tb", plain, big).returncode, 0)
        done = self.house.peer().store(big, options=["-xb"])
        self.assertIn("Response (Success)", done.stdout)
        with self.destination("+xi") as folder:
            said = self.move("StudyInstanceUID=" + study_uid("big"))
            self.assertEqual(self.status(said), "0000", said[-2000:])
            back = self.folder / "back.dcm"
            self.assertEqual(dicom.tool("dcmconv", "+te", next(folder.iterdir()), back).returncode, 0)
            self.assertTrue(data_set(back).endswith(elements[0x7FE00010][1]), "the pixels' bytes are turned")

    def test_a_destination_that_leaves(self):
        with self.destination("--abort-during"):
            said = self.move("StudyInstanceUID=" + study_uid("small"))
            self.assertEqual(self.status(said), "a702", said[-2000:])
        with self.destination("--abort-after"):
            said = self.move("StudyInstanceUID=" + study_uid("small"))
            self.assertIn(self.status(said), ("a702", "b000"))
        with self.destination():
            self.assertEqual(self.status(self.move("StudyInstanceUID=" + study_uid("small"))), "0000")

    def test_cancel_in_the_middle(self):
        with self.destination("--sleep-after", "1") as folder:
            said = self.move("StudyInstanceUID=" + study_uid("many"), options=["--cancel", "1"])
            self.assertEqual(self.status(said), "fe00", said[-2000:])
            completed, failed, _ = self.counts(said)
            remaining = int(re.findall(r"Remaining Suboperations *: (\w+)", said)[-1])
            self.assertEqual((completed + remaining, failed), (MANY, 0))
            self.assertLess(completed, MANY)
            self.assertEqual(len(list(folder.iterdir())), completed)

    def test_a_requester_that_leaves(self):
        """What it asked for ends; the server goes on."""
        with self.destination("--sleep-after", "1") as folder:
            move = MODEL % (2, 2)
            with association.Association(self.house.dicom_port, [(move, [dicom.EXPLICIT_LE])]) as a:
                keys = {0x00080052: ("CS", "STUDY"), 0x0020000D: ("UI", study_uid("many"))}
                a.send(a.of(move), association.move(move, "WS1"), dicom.dataset(keys))
                self.assertEqual(a.receive()[1][association.STATUS], association.PENDING)
                a.abort()
            houses.wait_for(
                "the event of its end",
                lambda: [e for e in self.house.audit_events("INSTANCES_SENT") if e.get("study") == study_uid("many")],
            )
            self.assertLess(len(list(folder.iterdir())), MANY)

    def test_several_associations(self):
        self.house.restart(sets=("dicom.move_associations=3",))
        with self.destination("--fork", "--sleep-after", "0") as folder:
            said = self.move("StudyInstanceUID=" + study_uid("many"))
            self.assertEqual((self.status(said), self.counts(said)), ("0000", (MANY, 0, 0)), said[-2000:])
            self.assertEqual(by_uid(folder), self.sent(*self.many))
        self.assertEqual(self.heard.count("Association Received"), 3 + 1, "and one echo")
        self.house.restart()

    def test_the_trail(self):
        with self.destination():
            self.move("StudyInstanceUID=" + study_uid("small"))
        begun, sent = (self.house.audit_events(kind)[-1] for kind in ("TRANSFER_BEGIN", "INSTANCES_SENT"))
        for event in (begun, sent):
            self.assertEqual((event["study"], event["patient"], event["count"]), (study_uid("small"), "R1", 4))
            self.assertEqual(event["request"], "C-MOVE STUDY")
            self.assertIn("'WS1'", event["detail"])
        self.assertEqual((begun["event"], sent["event"], sent["outcome"]), ("110102", "110104", 0))

    def test_an_object_whose_file_is_gone(self):
        lost = dicom.make_study(self.folder / "lost", study_uid("lost"), images=2, patient_id="R4")
        self.house.store(*lost)
        name = self.house.sql("SELECT file FROM instance WHERE sop_uid = '%s'" % dicom.uid_of(study_uid("lost"), 1, 1))
        (self.house.root / "files" / name[0][0]).unlink()
        with self.destination() as folder:
            said = self.move("StudyInstanceUID=" + study_uid("lost"))
            self.assertEqual((self.status(said), self.counts(said)), ("b000", (1, 1, 0)))
            self.assertEqual(by_uid(folder), self.sent(lost[1]))

    def test_a_department_moves_its_own(self):
        self.house.add_peer("AE", "ELSEWHERE", "WORKSTATION")
        self.house.sql("UPDATE peer SET departments = '{ELSEWHERE}' WHERE name = 'ELSEWHERE'")
        move = MODEL % (2, 2)
        keys = {0x00080052: ("CS", "STUDY"), 0x0020000D: ("UI", study_uid("small"))}
        with self.destination() as folder:
            got = self.ask(move, association.move(move, "WS1"), keys, calling="ELSEWHERE")
            self.assertEqual((got[-1][0][association.STATUS], got[-1][0][0x1021]), (0, 0))
            self.assertEqual(list(folder.iterdir()), [])


class Getting(Retrieving):
    def get(self, *keys, level="STUDY", model="-S", options=()):
        folder = self.folder / ("got-%d" % len(list(self.folder.iterdir())))
        folder.mkdir()
        argv = ["-d", model, "-B", "-od", folder, *options, "-aet", "CT1", "-aec", "ISOCENTRE", "127.0.0.1"]
        argv += [self.house.dicom_port, "-k", "QueryRetrieveLevel=" + level]
        for key in keys:
            argv += ["-k", key]
        return folder, dicom.tool("getscu", *argv).stdout

    def test_every_level(self):
        """Rows C-GET PATIENT, C-GET STUDY, C-GET PATIENT STUDY ONLY."""
        study, series = "StudyInstanceUID=" + study_uid("small"), "SeriesInstanceUID=" + dicom.uid_of(
            study_uid("small"), 1
        )
        cases = [
            ("STUDY", "-S", [study], self.small),
            ("STUDY", "-O", ["PatientID=R1", study], self.small),
            ("SERIES", "-P", ["PatientID=R1", study, series], self.small[:2]),
            (
                "IMAGE",
                "-S",
                [study, series, "SOPInstanceUID=" + dicom.uid_of(study_uid("small"), 1, 1)],
                self.small[:1],
            ),
            ("PATIENT", "-P", ["PatientID=R2"], self.many),
        ]
        for level, model, keys, files in cases:
            with self.subTest((level, model)):
                folder, said = self.get(*keys, level=level, model=model)
                self.assertEqual(by_uid(folder), self.sent(*files), said[-2000:])
        begun = self.house.audit_events("TRANSFER_BEGIN")[-1]
        self.assertEqual((begun["request"], begun["count"]), ("C-GET PATIENT", MANY))
        metrics = self.house.http("GET", "/metrics").text
        sent = re.search(r'isocentre_instances_sent_total{service="C-GET PATIENT"} (\d+)', metrics)  # INSTANCES_SENT
        self.assertGreaterEqual(int(sent.group(1)), MANY)

    def test_what_the_client_can_not_take(self):
        """A JPEG object to who takes plain syntaxes only, and a class it has no role for."""
        get = MODEL % (1, 3)
        keys = {0x00080052: ("CS", "PATIENT"), 0x00100020: ("LO", "R1")}
        got = []
        answers = self.ask(
            get,
            association.get(get),
            keys,
            lambda fields, raw: got.append(fields[0x1000]) or 0,
            contexts=[(dicom.CT, [dicom.IMPLICIT_LE])],
            scp=[dicom.CT],
        )
        self.assertEqual(answers[-1][0][association.STATUS], 0xB000)
        self.assertEqual((answers[-1][0][0x1021], answers[-1][0][0x1022], len(got)), (4, 1, 4))
        self.assertEqual(association.elements(answers[-1][1])[0x00080058].decode(), dicom.uid_of("packed"))
        answers = self.ask(get, association.get(get), keys, contexts=[(dicom.CT, [dicom.EXPLICIT_LE])])
        self.assertEqual((answers[-1][0][association.STATUS], answers[-1][0][0x1022]), (0xA702, 5))

    def test_a_client_that_would_rather_have_jpeg(self):
        """In one context with a plain syntax: the plain one is accepted, for in it more can be sent."""
        get, got = MODEL % (2, 3), {}
        answers = self.ask(
            get,
            association.get(get),
            {0x00080052: ("CS", "STUDY"), 0x0020000D: ("UI", study_uid("small"))},
            lambda fields, raw: got.update({fields[0x1000]: hashlib.sha256(raw).hexdigest()}) or 0,
            contexts=[(dicom.CT, [JPEG_LOSSLESS, dicom.EXPLICIT_LE])],
            scp=[dicom.CT],
        )
        self.assertEqual(answers[-1][0][association.STATUS], 0)
        self.assertEqual(got, self.sent(*self.small))

    def test_warnings_and_refusals_of_the_client(self):
        get = MODEL % (2, 3)
        statuses = iter([0, 0xB007, 0xA700, 0x0110])
        answers = self.ask(
            get,
            association.get(get),
            {0x00080052: ("CS", "STUDY"), 0x0020000D: ("UI", study_uid("small"))},
            lambda fields, raw: next(statuses),
            contexts=[(dicom.CT, [dicom.EXPLICIT_LE])],
            scp=[dicom.CT],
        )
        fields = answers[-1][0]
        self.assertEqual(fields[association.STATUS], 0xB000)
        self.assertEqual((fields[0x1021], fields[0x1022], fields[0x1023]), (1, 2, 1))

    def test_cancel_and_leave(self):
        get = MODEL % (2, 3)
        keys = {0x00080052: ("CS", "STUDY"), 0x0020000D: ("UI", study_uid("many"))}
        with association.Association(
            self.house.dicom_port, [(get, [dicom.EXPLICIT_LE]), (dicom.CT, [dicom.EXPLICIT_LE])], scp=[dicom.CT]
        ) as a:

            def take(fields, raw):
                if len(taken) == 5:
                    a.send(a.of(get), association.cancel(9))
                taken.append(fields[0x1000])
                return 0

            taken = []
            a.send(a.of(get), association.get(get, 9), dicom.dataset(keys))
            answers = a.responses(take)
            self.assertEqual(answers[-1][0][association.STATUS], association.CANCELLED)
            self.assertEqual((answers[-1][0][0x1021], len(taken)), (6, 6))
            self.assertEqual(answers[-1][0][0x1020], MANY - 6)
            a.send(a.of(get), association.get(get), dicom.dataset(keys))
            a.responses(lambda fields, raw: None)  # aborts
        self.assertTrue(self.house.ready())

    def test_by_instance(self):
        """Rows C-GET INSTANCE, C-GET INSTANCE WITHOUT BULK, C-MOVE INSTANCE."""
        uids = [dicom.uid_of(study_uid("small"), 1, 1), dicom.uid_of("packed")]
        keys = {0x00080052: ("CS", "IMAGE"), 0x00080018: ("UI", "\\".join(uids))}
        for number, sop_class in ((4, MODEL % (4, 3)), (5, MODEL % (5, 3))):
            got = {}
            answers = self.ask(
                sop_class,
                association.get(sop_class),
                keys,
                lambda fields, raw: got.update({fields[0x1000]: raw}) or 0,
                contexts=[(dicom.CT, [dicom.EXPLICIT_LE]), (dicom.CT, [JPEG_LOSSLESS])],
                scp=[dicom.CT],
            )
            self.assertEqual(answers[-1][0][association.STATUS], 0, answers)
            self.assertEqual(sorted(got), sorted(uids))
            self.assertEqual([0x7FE00010 in association.elements(got[u]) for u in uids[:1]], [number == 4])
            if number == 4:
                self.assertEqual(got[uids[0]], data_set(self.small[0]))
                self.assertEqual(got[uids[1]], data_set(self.packed))
            else:
                self.assertEqual(association.elements(got[uids[1]])[0x00100020], b"R1")
        move = MODEL % (4, 2)
        with self.destination() as folder:
            answers = self.ask(
                move, association.move(move, "WS1"), {0x00080052: ("CS", "IMAGE"), 0x00080018: ("UI", uids[0])}
            )
            self.assertEqual(answers[-1][0][association.STATUS], 0)
            self.assertEqual(list(by_uid(folder)), uids[:1])


if __name__ == "__main__":
    story.main()
