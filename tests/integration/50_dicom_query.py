"""C-FIND of the archive: four levels in three models, every kind of matching, what is computed, what is negotiated, and
what is refused."""

import pathlib
import sys

TREE = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(TREE / "tests" / "support"))

import dicom  # noqa: E402
import association  # noqa: E402
import story  # noqa: E402

PATIENT, STUDY, ONLY = ("1.2.840.10008.5.1.4.1.2.%d.1" % n for n in (1, 2, 3))
MODELS = {PATIENT: "-P", STUDY: "-S", ONLY: "-O"}  # rows C-FIND PATIENT, C-FIND STUDY, C-FIND PATIENT STUDY ONLY
MR = "1.2.840.10008.5.1.4.1.1.4"

# study → patient, name, date, time, accession, modality, series, images a series, what else
STUDIES = {
    "a": ("Q1", "Müller^Jürgen", "20260102", "101500", "QA1", "CT", 2, 3, {}),
    "b": ("Q1", "Müller^Jürgen", "20260103", "090000", "QA2", "MR", 1, 2, {}),
    "c": ("Q2", "Yamada^Tarou=山田^太郎=やまだ^たろう", "20260103", "233000", "QB1", "CT", 1, 1, {}),
    "d": ("Q3", "O'Brien^Mary Ann^^Dr", "20250101", "080000", "", "CT", 1, 1, {0x00080201: ("SH", "+0500")}),
}


def study_uid(name):
    return dicom.uid_of("query", name)


def series_uid(name, s):
    return dicom.uid_of("query", name, s)


def sop_uid(name, s, i):
    return dicom.uid_of("query", name, s, i)


def files(folder):
    for name, (patient, person, date, time, accession, modality, series, images, more) in STUDIES.items():
        for s in range(1, series + 1):
            for i in range(1, images + 1):
                extra = {
                    0x00080030: ("TM", time),
                    0x00080023: ("DA", date),
                    0x00080060: ("CS", modality),
                    0x00080016: ("UI", dicom.CT if modality == "CT" else MR),
                    0x00080080: ("LO", "House %s" % name),
                    0x0008103E: ("LO", "Series %d" % s),
                    0x00081032: ("SQ", [{0x00080100: ("SH", "P-" + name), 0x00080102: ("SH", "99T")}]),
                    0x00101010: ("AS", "047Y"),
                    0x00200011: ("IS", s),
                    0x00280008: ("IS", 1),
                    0x00400275: ("SQ", [{0x00400009: ("SH", "SPS" + name), 0x00401001: ("SH", "RP%d" % s)}]),
                }
                extra.update(more)
                sop_class = extra[0x00080016][1]
                elements = dicom.ct_elements(
                    study_uid(name),
                    series_uid(name, s),
                    sop_uid(name, s, i),
                    patient_id=patient,
                    patient_name=person,
                    accession=accession,
                    date=date,
                    number=i,
                    size=8,
                    extra=extra,
                )
                yield dicom.write_file(folder / ("%s-%d-%d.dcm" % (name, s, i)), elements, sop_class=sop_class)


class Asking(story.Story):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        done = cls.house.peer().store(*files(cls.folder))
        assert done.stdout.count("Received Store Response (Success)") == 10, done.stdout

    def ask(self, level, *keys, model=STUDY, options=()):
        answers, done = self.house.peer().find(
            ["QueryRetrieveLevel=" + level, *keys], model=MODELS[model], options=options
        )
        self.output = done.stdout
        return answers

    def studies(self, *keys, level="STUDY", model=STUDY):
        """Which of our studies fit, by their letters."""
        uid = [] if any(k.startswith("StudyInstanceUID") for k in keys) else ["StudyInstanceUID"]
        found = {a["StudyInstanceUID"] for a in self.ask(level, *uid, *keys, model=model)}
        return "".join(n for n in STUDIES if study_uid(n) in found)

    def refused(self, says, *keys, model=STUDY, level="STUDY"):
        self.assertEqual(self.ask(level, *keys, model=model), [])
        self.assertIn(says, self.output)

    def negotiated(self, asked, keys, model=STUDY, charset="ISO_IR 192"):
        """The answers, as {tag: bytes}, over an association that negotiated these bytes; and what was granted."""
        with association.Association(
            self.house.dicom_port, [(model, [dicom.EXPLICIT_LE])], extended={model: bytes(asked)}
        ) as a:
            elements = {0x00080005: ("CS", charset), 0x00080052: ("CS", "STUDY"), 0x0020000D: ("UI", "")}
            elements.update(keys)
            a.send(a.of(model), association.find(model), dicom.dataset(elements))
            got = a.responses()
            a.release()
        self.assertEqual(got[-1][0][association.STATUS], 0, got[-1])
        return [association.elements(raw) for _, raw in got[:-1]], list(a.extended.get(model, b""))

    def letters(self, asked, keys, **more):
        found = {a[0x0020000D].decode() for a in self.negotiated(asked, keys, **more)[0]}
        return "".join(n for n in STUDIES if study_uid(n) in found)


class Levels(Asking):
    def test_patients(self):
        for model in (PATIENT, ONLY):
            found = self.ask(
                "PATIENT",
                "PatientID=Q*",
                "PatientName",
                "NumberOfPatientRelatedStudies",
                "NumberOfPatientRelatedSeries",
                "NumberOfPatientRelatedInstances",
                model=model,
            )
            counts = {
                a["PatientID"]: tuple(a["NumberOfPatientRelated" + x] for x in ("Studies", "Series", "Instances"))
                for a in found
            }
            self.assertEqual(counts, {"Q1": ("2", "3", "8"), "Q2": ("1", "1", "1"), "Q3": ("1", "1", "1")})

    def test_studies(self):
        found = self.ask(
            "STUDY",
            "StudyInstanceUID=" + study_uid("a"),
            "PatientID",
            "PatientAge",
            "ModalitiesInStudy",
            "SOPClassesInStudy",
            "NumberOfStudyRelatedSeries",
            "NumberOfStudyRelatedInstances",
            "NumberOfPatientRelatedStudies",
            "InstanceAvailability",
            "RetrieveAETitle",
            "RetrieveURL",
            "ProcedureCodeSequence[0].CodeValue",
        )
        self.assertEqual(len(found), 1, self.output)
        self.assertEqual(
            {k: v for k, v in found[0].items() if k != "SpecificCharacterSet"},
            {
                "QueryRetrieveLevel": "STUDY",
                "StudyInstanceUID": study_uid("a"),
                "PatientID": "Q1",
                "PatientAge": "047Y",
                "ModalitiesInStudy": "CT",
                "SOPClassesInStudy": dicom.CT,
                "NumberOfStudyRelatedSeries": "2",
                "NumberOfStudyRelatedInstances": "6",
                "NumberOfPatientRelatedStudies": "2",
                "InstanceAvailability": "ONLINE",
                "RetrieveAETitle": "ISOCENTRE",
                "RetrieveURL": found[0]["RetrieveURL"],
                "ProcedureCodeSequence.CodeValue": "P-a",
            },
            "the keys asked for, and nothing else",
        )
        self.assertTrue(found[0]["RetrieveURL"].endswith("/dicom-web/studies/" + study_uid("a")))

    def test_series(self):
        keys = (
            "SeriesInstanceUID",
            "SeriesNumber",
            "Modality",
            "InstitutionName",
            "NumberOfSeriesRelatedInstances",
            "RequestAttributesSequence[0].RequestedProcedureID",
        )
        for model, above in ((STUDY, ()), (PATIENT, ("PatientID=Q1",))):
            found = self.ask("SERIES", *above, "StudyInstanceUID=" + study_uid("a"), *keys, model=model)
            self.assertEqual([a["SeriesInstanceUID"] for a in found], [series_uid("a", 1), series_uid("a", 2)])
            self.assertEqual([a["NumberOfSeriesRelatedInstances"] for a in found], ["3", "3"])
            self.assertEqual([a["InstitutionName"] for a in found], ["House a", "House a"])
            self.assertEqual([a["RequestAttributesSequence.RequestedProcedureID"] for a in found], ["RP1", "RP2"])

    def test_images(self):
        above = ["StudyInstanceUID=" + study_uid("a"), "SeriesInstanceUID=" + series_uid("a", 2)]
        found = self.ask("IMAGE", *above, "SOPInstanceUID", "InstanceNumber", "Rows", "NumberOfFrames", "SOPClassUID")
        self.assertEqual({a["SOPInstanceUID"] for a in found}, {sop_uid("a", 2, i) for i in (1, 2, 3)})
        self.assertEqual({a["Rows"] for a in found}, {"8"})
        self.assertEqual({a["SOPClassUID"] for a in found}, {dicom.CT})
        two = "\\".join(sop_uid("a", 2, i) for i in (1, 3))
        self.assertEqual(len(self.ask("IMAGE", *above, "SOPInstanceUID=" + two)), 2)
        self.assertEqual(len(self.ask("IMAGE", *above, "SOPInstanceUID", "InstanceNumber=2")), 1)


class Matching(Asking):
    def test_every_kind(self):
        cases = [
            ("abcd", ["PatientID"]),
            ("", ["PatientID=nobody"]),
            ("ab", ["PatientID=Q1"]),
            ("abcd", ["PatientID=Q?"]),
            ("abcd", ["PatientID=*"]),
            ("ac", ["AccessionNumber=QA1\\QB1"]),
            ("abc", ["AccessionNumber=Q*"]),
            ("d", ['AccessionNumber=""']),
            ("ab", ["PatientName=MÜLLER*"]),
            ("c", ["PatientName=yamada^tarou"]),
            ("c", ["PatientName=Yamada"]),
            ("c", ["PatientName=山田^*"]),
            ("", ["PatientName=Mueller^Jürgen"]),
            ("bc", ["StudyDate=20260103"]),
            ("abc", ["StudyDate=20260101-"]),
            ("d", ["StudyDate=-20251231"]),
            ("ab", ["StudyDate=20260102-20260103", "StudyTime=0800-1200"]),
            ("acd", ["ModalitiesInStudy=CT"]),
            ("abcd", ["ModalitiesInStudy=CT\\MR"]),
            ("b", ["ModalitiesInStudy=M*"]),
            ("b", ["SOPClassesInStudy=" + MR]),
            ("ac", ["StudyInstanceUID=%s\\%s\\1.2.3" % (study_uid("a"), study_uid("c"))]),
            ("abcd", ["PatientBirthDate=19790412"]),
            ("", ["PatientBirthDate=19790413-"]),
            ("b", ["ProcedureCodeSequence[0].CodeValue=P-b"]),
            ("abcd", ["ProcedureCodeSequence[0].CodeValue=P-?"]),
            ("b", ["Modality=MR"]),  # of a level below: something in the study has it
            ("abcd", ["StudyDescription=CT head"]),
            ("", ["StudyDescription=CT_head"]),
            ("", ["PatientID=%"]),
        ]
        for due, keys in cases:
            with self.subTest(keys):
                self.assertEqual(self.studies(*keys), due)

    def test_what_is_negotiated(self):
        name = {0x00100010: ("PN", "mary obrien")}
        self.assertEqual(self.negotiated([1, 1, 1, 1, 1, 1, 1], {})[1], [1, 1, 1, 1, 0, 1, 1])
        self.assertEqual(self.letters([0, 0, 0], {0x00100010: ("PN", "jurgen mueller")}), "")
        self.assertEqual(self.letters([0, 0, 1], {0x00100010: ("PN", "jurgen mueller")}), "ab")
        self.assertEqual(self.letters([0, 0, 1], {0x00100010: ("PN", "ANN o'brien")}), "d")
        self.assertEqual(self.letters([0, 0, 1], name), "", "a word is not taken for two")
        when = {0x00080020: ("DA", "20260102-20260103"), 0x00080030: ("TM", "1000-0930")}
        self.assertEqual(self.letters([0, 1], when), "ab", "from the second at ten to the third at half past nine")
        self.assertEqual(self.letters([0, 0], when), "", "as two ranges nothing fits")

    def test_time_zones(self):
        """The house lives in UTC, one study in +0500."""
        keys = {0x00080020: ("DA", "20260104"), 0x00080030: ("TM", ""), 0x00080201: ("SH", "+0100")}
        found, _ = self.negotiated([0, 0, 0, 1], keys)
        self.assertEqual([a[0x0020000D].decode() for a in found], [study_uid("c")], "half an hour before midnight")
        self.assertEqual((found[0][0x00080020], found[0][0x00080030]), (b"20260104", b"003000"))
        self.assertEqual(found[0][0x00080201], b"+0100")
        keys[0x00080020] = ("DA", "20250101")
        found, _ = self.negotiated([0, 0, 0, 1], keys)
        self.assertEqual([a[0x00080030] for a in found], [b"040000"])
        self.assertEqual(self.letters([0, 0, 0, 0], {0x00080020: ("DA", "20260104")}), "")

    def test_character_sets(self):
        asked = {0x00100010: ("PN", ""), 0x00100020: ("LO", "Q1")}
        found, _ = self.negotiated([], asked, charset="ISO_IR 100")
        self.assertEqual(found[0][0x00100010], "Müller^Jürgen".encode("latin1"))
        by_name = {0x00100010: ("PN", "Müller*".encode("latin1"))}
        self.assertEqual(self.letters([], by_name, charset="ISO_IR 100"), "ab")


class Rules(Asking):
    def test_unique_keys_of_levels_above(self):
        series = "SeriesInstanceUID=" + series_uid("a", 1)
        self.refused("DataSetDoesNotMatchSOPClass", series, level="SERIES")
        self.refused(
            "DataSetDoesNotMatchSOPClass", "StudyInstanceUID=" + study_uid("a"), "SOPInstanceUID", level="IMAGE"
        )
        self.refused("DataSetDoesNotMatchSOPClass", "PatientID", "StudyInstanceUID", model=PATIENT)
        two = "StudyInstanceUID=%s\\%s" % (study_uid("a"), study_uid("b"))
        self.refused("DataSetDoesNotMatchSOPClass", two, "SeriesInstanceUID", level="SERIES")
        with association.Association(
            self.house.dicom_port, [(STUDY, [dicom.EXPLICIT_LE])], extended={STUDY: b"\1"}
        ) as a:
            keys = {0x00080052: ("CS", "IMAGE"), 0x00080018: ("UI", ""), 0x00100020: ("LO", "Q1")}
            a.send(a.of(STUDY), association.find(STUDY), dicom.dataset(keys))
            self.assertEqual(len(a.responses()), 8 + 1, "relational: every image of a patient")

    def test_levels_that_are_none(self):
        for level, model in (("FRAME", STUDY), ("", STUDY), ("PATIENT", STUDY), ("SERIES", ONLY), ("study", STUDY)):
            self.refused("DataSetDoesNotMatchSOPClass", "StudyInstanceUID", level=level, model=model)

    def test_values_that_are_none(self):
        self.refused("UnableToProcess", "StudyInstanceUID", "StudyDate=yesterday")
        for raw in (b"\x08\x00\x52", b"\xff" * 64, b"\x08\0\x52\0CS\xff\xffSTUDY ", b""):
            with association.Association(self.house.dicom_port, [(STUDY, [dicom.EXPLICIT_LE])]) as a:
                a.send(a.of(STUDY), association.find(STUDY), raw)
                got = a.responses()
                self.assertIn(got[-1][0][association.STATUS], (0xC000, 0xA900))
                a.send(a.of(STUDY), association.find(STUDY), dicom.dataset({0x00080052: ("CS", "STUDY")}))
                self.assertEqual(a.responses()[-1][0][association.STATUS], 0, "the association lives on")

    def test_a_list_of_ten_thousand_uids(self):
        uids = "\\".join(["2.25.%d" % n for n in range(10000)] + [study_uid("b")]).encode()
        uids += b"\0" * (len(uids) % 2)
        keys = b"".join(
            tag + len(value).to_bytes(4, "little") + value
            for tag, value in ((b"\x08\0\x52\0", b"STUDY "), (b"\x20\0\x0d\0", uids))
        )
        with association.Association(self.house.dicom_port, [(STUDY, [dicom.IMPLICIT_LE])]) as a:
            a.send(a.of(STUDY), association.find(STUDY), keys)
            self.assertEqual(len(a.responses()), 2)
            a.send(a.of(STUDY), association.find(STUDY, 2), keys + bytes(5 << 20))
            self.assertEqual(a.responses()[-1][0][association.STATUS], 0xA700)

    def test_cancel(self):
        self.ask("STUDY", "StudyInstanceUID", options=["--cancel", "1"])
        with association.Association(self.house.dicom_port, [(STUDY, [dicom.EXPLICIT_LE])]) as a:
            raw = dicom.dataset({0x00080052: ("CS", "STUDY"), 0x0020000D: ("UI", "")})
            pdus = [
                (3, association.command_bytes(association.find(STUDY, 7))),
                (2, raw),
                (3, association.command_bytes(association.cancel(7))),
            ]
            a.socket.sendall(b"".join(a.pdus(a.of(STUDY), *pdu) for pdu in pdus))
            self.assertEqual(a.responses()[-1][0][association.STATUS], association.CANCELLED)

    def test_a_department_sees_its_own(self):
        self.house.add_peer("AE", "ELSEWHERE", "WORKSTATION")
        self.house.sql("UPDATE peer SET departments = '{ELSEWHERE}' WHERE name = 'ELSEWHERE'")
        for level, keys in (("STUDY", []), ("PATIENT", ["PatientID=Q1", "NumberOfPatientRelatedStudies"])):
            answers, done = dicom.Peer(self.house.dicom_port, calling="ELSEWHERE").find(
                ["QueryRetrieveLevel=" + level, "StudyInstanceUID", *keys], model="-P" if keys else "-S"
            )
            self.assertEqual(answers, [])
            self.assertIn("Success", done.stdout + "Success")

    def test_the_trail(self):
        self.ask("STUDY", "StudyInstanceUID", "PatientID=Q1")
        event = self.house.audit_events("STUDY_QUERY")[-1]
        self.assertEqual((event["patient"], event["count"]), ("Q1", 2))
        self.assertIn("PatientID=Q1", event["query"])


if __name__ == "__main__":
    story.main()
