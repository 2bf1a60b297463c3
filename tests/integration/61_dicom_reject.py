"""Rejection notes (IHE IOCM): what a note names shows nowhere from its commit on, until a person decides."""

import concurrent.futures
import json
import pathlib
import struct
import sys

TREE = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(TREE / "tests" / "support"))

import dicom  # noqa: E402
import story  # noqa: E402

KOS = "1.2.840.10008.5.1.4.1.1.88.59"


def evidence(study, series, uids):
    refs = [{0x00081150: ("UI", dicom.CT), 0x00081155: ("UI", uid)} for uid in uids]
    return {0x0020000D: ("UI", study), 0x00081115: ("SQ", [{0x0020000E: ("UI", series), 0x00081199: ("SQ", refs)}])}


class Reject(story.Story):
    def study(self, name):
        study = dicom.uid_of("reject", name)
        return study, study + ".1"

    def image(self, name, number, series=None, pixels=0):
        study, first = self.study(name)
        uid = "%s.%d" % (series or first, number)
        elements = dicom.ct_elements(study, series or first, uid, number=number)
        elements[0x7FE00010] = ("OW", struct.pack("<h", pixels) * 4096)
        return uid, elements

    def caller(self):
        contexts = [(dicom.CT, dicom.EXPLICIT_LE), (KOS, dicom.EXPLICIT_LE)]
        return dicom.Caller(self.house.dicom_port, contexts, "CT1")

    def store(self, name, *numbers, **more):
        with self.caller() as c:
            for number in numbers:
                uid, elements = self.image(name, number, **more)
                self.assertEqual(c.store(0, uid, dicom.dataset(elements)), 0)

    def note(self, name, numbers, code="113001", label="note", more=(), status=0, series=None, **header):
        """Store a note that names these images of the study, and what `more` lists as evidence."""
        study, first = self.study(name)
        uid = "%s.9.%d" % (study, sum(label.encode()))
        elements = dicom.ct_elements(study, study + ".9", uid, **header)
        elements = {tag: elements[tag] for tag in elements if tag < 0x00280000 and tag != 0x00080008}
        elements[0x00080016] = ("UI", KOS)
        elements[0x00080060] = ("CS", "KO")
        elements[0x0040A040] = ("CS", "CONTAINER")
        title = {0x00080100: ("SH", code), 0x00080102: ("SH", "DCM"), 0x00080104: ("LO", "Rejected")}
        elements[0x0040A043] = ("SQ", [title])
        named = ["%s.%d" % (series or first, n) for n in numbers]
        items = [evidence(study, series or first, named)] if named else []
        elements[0x0040A375] = ("SQ", items + list(more))
        with self.caller() as c:
            self.assertEqual(c.store(1, uid, dicom.dataset(elements)), status)
        return uid

    def web(self, name, tail):
        return self.house.http("GET", "/dicom-web/studies/%s%s" % (self.study(name)[0], tail))

    def counts(self, name):
        """Series, instances, modalities of the index, checked against the rows that show."""
        sql = (
            "SELECT s.series_count, s.instance_count, array_to_string(s.modalities, '+'), s.instance_count = "
            "(SELECT count(*) FROM instance i JOIN series e USING (series_key) WHERE e.study_key = s.study_key), "
            "(SELECT count(*) FROM series e WHERE e.study_key = s.study_key AND e.instance_count > 0) = s.series_count "
            "FROM study s WHERE s.study_uid = '%s'"
        )
        row = self.house.sql(sql % self.study(name)[0])[0]
        self.assertEqual(row[3:], ["t", "t"], name)
        return int(row[0]), int(row[1]), "+".join(sorted(row[2].split("+")))

    def shown(self, name):
        sql = (
            "SELECT i.sop_uid FROM instance i JOIN series e USING (series_key) JOIN study s USING (study_key) "
            "WHERE s.study_uid = '%s' AND i.sop_class = '%s' ORDER BY i.number::int"
        )
        return [int(r[0].rsplit(".", 1)[1]) for r in self.house.sql(sql % (self.study(name)[0], dicom.CT))]

    def items(self, name):
        return self.house.http("GET", "/admin/api/dicom/rejections?study=" + self.study(name)[0]).json["items"]

    def decide(self, note, what, status=200):
        address = {
            "restore": "/admin/api/dicom/rejections/{uid}/restore",
            "apply": "/admin/api/dicom/rejections/{uid}/apply",
        }[what]
        answer = self.house.http("POST", address.replace("{uid}", note), b"{}")
        self.assertStatus(answer, status)
        return answer.json

    def imaging_study(self, name):
        path = "/fhir/ImagingStudy?identifier=urn:oid:" + self.study(name)[0]
        return self.house.http("GET", path).json["entry"][0]["resource"]

    # ---- what a note does ----

    def test_10_each_title_hides_everywhere(self):
        for code in ("113001", "113037", "113038", "113039"):
            self.store(code, 1, 2, 3)
            before = self.imaging_study(code)
            self.note(code, [1, 3], code)
            self.assertEqual(self.shown(code), [2], code)
            self.assertEqual(self.counts(code), (2, 2, "CT+KO"), code)
            after = self.imaging_study(code)
            self.assertEqual((after["numberOfSeries"], after["numberOfInstances"]), (2, 2), code)
            self.assertNotEqual(after["meta"]["versionId"], before["meta"]["versionId"], code)
        self.assertEqual(len(self.house.audit_events("INSTANCES_REJECT")), 4)

    def test_10b_on_the_wire(self):
        name, (study, series) = "113037", self.study("113037")
        path = "/series/%s/instances/%s.%%d" % (series, series)
        self.assertEqual([self.web(name, path % n).status for n in (1, 2)], [404, 200])
        images = ["QueryRetrieveLevel=IMAGE", "StudyInstanceUID=" + study, "SeriesInstanceUID=" + series]
        peer = dicom.Peer(self.house.dicom_port)
        answers = peer.find(images + ["SOPInstanceUID", "InstanceNumber"], model="-S")[0]
        self.assertEqual([a["SOPInstanceUID"] for a in answers], [series + ".2"])
        answers = peer.find(
            ["QueryRetrieveLevel=STUDY", "StudyInstanceUID=" + study, "NumberOfStudyRelatedInstances"], model="-S"
        )[0]
        self.assertEqual([a["NumberOfStudyRelatedInstances"] for a in answers], ["2"])
        keys = ["-k", "QueryRetrieveLevel=STUDY", "-k", "StudyInstanceUID=" + study]
        dicom.tool("getscu", "-S", "-od", self.folder, *peer.aim(), *keys)
        got = sorted(dicom.dump(path).get("SOPInstanceUID", "") for path in self.folder.iterdir())
        self.assertEqual(got, sorted([series + ".2", "%s.9.%d" % (study, sum(b"note"))]), "the note is served")
        found = self.house.http("GET", "/dicom-web/studies?StudyInstanceUID=" + study).json
        self.assertEqual(found[0]["00201208"]["Value"], [2])

    def test_11_a_whole_series(self):
        study = self.study("series")[0]
        self.store("series", 1, 2)
        self.store("series", 1, series=study + ".2")
        self.note("series", [1], series=study + ".2")
        self.assertEqual(self.counts("series"), (2, 3, "CT+KO"))
        answer = self.imaging_study("series")
        self.assertNotIn(study + ".2", [s["uid"] for s in answer["series"]])

    def test_11b_a_correction_does_not_bring_a_modality_back(self):
        self.store("gone", 1)
        self.note("gone", [1])
        self.assertEqual(self.counts("gone"), (1, 1, "KO"))
        study = self.study("gone")[0]
        body = {"level": "series", "series": study + ".9", "why": "a better name"}
        body["attributes"] = {"SeriesDescription": "Rejected images"}
        answer = self.house.http("POST", "/admin/api/studies/%s/corrections" % study, json.dumps(body).encode())
        self.assertStatus(answer, 200)
        self.assertEqual(self.counts("gone"), (1, 1, "KO"))

    def test_12_other_titles_hide_nothing(self):
        self.store("other", 1)
        self.note("other", [1], "113000")
        self.assertEqual((self.shown("other"), self.items("other")), ([1], []))

    def test_13_images_that_come_behind_their_note(self):
        self.note("late", [1, 2])
        self.store("late", 1, 2, 3)
        self.assertEqual((self.shown("late"), self.counts("late")), ([3], (2, 2, "CT+KO")))
        self.store("late", 1)
        self.assertEqual(self.shown("late"), [3], "sent once more it stays hidden")
        self.store("late", 2, pixels=7)
        self.assertEqual(self.shown("late"), [3])
        sql = "SELECT count(*) FROM instance_quarantine WHERE sop_uid = '%s'"
        self.assertEqual(self.house.sql(sql % self.image("late", 2)[0]), [["1"]], "other bytes are set aside")
        self.assertEqual((self.items("late")[0]["named"], self.items("late")[0]["hidden"]), (2, 2))

    # ---- a person decides ----

    def test_20_restored_and_applied_again(self):
        self.store("back", 1, 2)
        rows = "SELECT to_jsonb(i)::text FROM instance i WHERE sop_uid LIKE '%s.%%' ORDER BY instance_key"
        sql = rows % self.study("back")[1]
        was = self.house.sql(sql)
        note = self.note("back", [1, 2])
        self.assertEqual(self.decide(note, "restore"), {"instances": 2})
        self.assertEqual(self.house.sql(sql), was, "the rows are what they were")
        self.assertEqual(self.counts("back"), (2, 3, "CT+KO"))
        self.assertEqual(self.items("back")[0]["state"], "restored")
        self.decide(note, "restore", 409)
        self.assertEqual(self.decide(note, "apply"), {"instances": 2})
        self.assertEqual(self.shown("back"), [])
        self.decide("1.2.3", "restore", 404)
        event = self.house.audit_events("INSTANCES_RESTORE")[-1]
        self.assertNotEqual(event["who"]["name"], "CT1")

    def test_21_two_notes_for_one_image(self):
        self.store("twice", 1)
        first, second = (self.note("twice", [1], label=label) for label in ("a", "b"))
        self.assertEqual(self.decide(first, "restore"), {"instances": 0})
        self.assertEqual(self.shown("twice"), [])
        self.assertEqual(self.decide(second, "restore"), {"instances": 1})
        self.assertEqual(self.shown("twice"), [1])

    # ---- hostile notes ----

    def test_30_what_is_not_the_notes_to_hide(self):
        self.store("mine", 1)
        self.store("yours", 1)
        study, series = self.study("yours")
        self.note("mine", [], more=[evidence(study, series, [series + ".1"])])
        mine = self.study("mine")
        self.note("mine", [], label="lie", more=[evidence(mine[0], series, [series + ".1"])])
        self.assertEqual((self.shown("mine"), self.shown("yours")), ([1], [1]))
        self.assertEqual(sorted(i["elsewhere"] for i in self.items("mine")), [0, 1])
        held = self.note("mine", [1], label="patient", patient_id="P2", patient_name="Roe^Richard")
        self.assertEqual(self.shown("mine"), [1], "another patient's note is held")
        self.assertEqual(self.decide(held, "apply"), {"instances": 1})
        self.assertEqual(self.shown("mine"), [])

    def test_31_itself_another_note_and_no_uid(self):
        self.store("self", 1)
        study = self.study("self")[0]
        first = self.note("self", [1])
        second = "%s.9.%d" % (study, sum(b"two"))
        odd = [first, second, "no uid", "", "1.2." + "9" * 70]
        self.note("self", [], label="two", more=[evidence(study, study + ".9", odd)])
        self.assertEqual((self.shown("self"), self.counts("self")), ([], (1, 2, "KO")))

    def test_32_as_many_references_as_are_read(self):
        """A note of more is refused, for what it names would go on showing."""
        self.store("many", 1, 2)
        study, series = self.study("many")
        uids = ["1.2.3.%d" % n for n in range(100000)] + [series + ".1"]
        before = self.house.resident_mb()
        self.note("many", [], more=[evidence(study, series, uids)], label="a", status=0xA700)
        self.assertEqual((self.shown("many"), self.items("many")), ([1, 2], []))
        self.note("many", [], more=[evidence(study, series, uids[50000:])], label="b")
        self.assertEqual(self.shown("many"), [2])
        self.assertLess(self.house.resident_mb() - before, 300)

    # ---- at the same time; killed ----

    def test_40_sixteen_associations_and_the_note(self):
        for name in ("race1", "race2", "race3"):
            with concurrent.futures.ThreadPoolExecutor(17) as pool:
                work = [pool.submit(self.store, name, *range(1 + 4 * k, 5 + 4 * k)) for k in range(16)]
                work.append(pool.submit(self.note, name, list(range(1, 65, 2))))
                for w in work:
                    w.result()
            self.assertEqual(self.shown(name), list(range(2, 65, 2)))
            self.assertEqual(self.counts(name), (2, 33, "CT+KO"))

    def test_41_killed_in_the_middle(self):
        for n, point in enumerate(("rejection.hidden", "store.before_response")):
            name = "kill%d" % n
            self.store(name, 1, 2)
            self.house.restart(failpoint=point + "=kill:1")
            with self.assertRaises((EOFError, OSError)):
                self.note(name, [1])
            self.house.wait_dead()
            self.house.start()
            committed = n == 1
            self.assertEqual(self.shown(name), [2] if committed else [1, 2], point)
            self.assertEqual(len(self.items(name)), int(committed), "the note and what it hides are one")
            self.note(name, [1])
            self.assertEqual((self.shown(name), self.counts(name)), ([2], (2, 2, "CT+KO")), point)
        self.assertEqual(self.house.audit_verify().returncode, 0)


story.main()
