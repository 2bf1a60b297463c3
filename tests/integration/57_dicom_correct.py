"""What is told of stored objects differently: corrections by people, merges, rules on arrival. Every search and
every way out says the same at once, the stored bytes stay, and undoing gives back what was."""

import hashlib
import json
import pathlib
import sys
import time

TREE = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(TREE / "tests" / "support"))

import dicom  # noqa: E402
import hl7  # noqa: E402
import story  # noqa: E402

ORIGINAL = "OriginalAttributesSequence."
FORMER = ORIGINAL + "ModifiedAttributesSequence."


class Correcting(story.Documents):
    def study(self, name, **more):
        uid = dicom.uid_of("correct", name)
        paths = dicom.make_study(self.folder / name, uid, size=8, **more)
        self.house.store(*paths)
        return uid

    def correct(self, uid, attributes, level="study", status=200, user="admin", **more):
        body = {"level": level, "attributes": attributes, "why": "it was typed wrong", **more}
        answer = self.house.http(
            "POST", "/admin/api/studies/%s/corrections" % uid, json.dumps(body).encode(), user=user
        )
        self.assertStatus(answer, status)
        return answer.json

    def undo(self, number, status=200):
        answer = self.house.http("POST", "/admin/api/corrections/%s/undo" % number, b"{}")
        self.assertStatus(answer, status)
        return answer.json

    def hashes(self):
        """Of the whole content store."""
        root = self.house.root / "files"
        return {n: hashlib.sha256((root / n).read_bytes()).hexdigest() for n in self.house.stored_files()}

    def find(self, uid, keys, level="STUDY", **more):
        asked = ["QueryRetrieveLevel=" + level, "StudyInstanceUID=" + uid, *keys]
        return self.house.peer("WS1").find(asked, model="-S", **more)[0]

    def wado(self, uid, series=1, image=1):
        series = dicom.uid_of(uid, series)
        path = "/dicom-web/studies/%s/series/%s/instances/%s"
        answer = self.house.http(
            "GET",
            path % (uid, series, dicom.uid_of(uid, int(series == dicom.uid_of(uid, 2)) + 1, image)),
            headers={"Accept": "application/dicom; transfer-syntax=*"},
        )
        self.assertStatus(answer, 200)
        to = self.folder / "wado.dcm"
        to.write_bytes(answer.body)
        return answer, dicom.dump(to)

    def got(self, uid):
        """What C-GET gives: dumps, by SOP Instance UID."""
        to = self.folder / ("got-%d" % len(list(self.folder.iterdir())))
        to.mkdir()
        done = dicom.tool(
            "getscu", "-v", "-S", "-aet", "WS1", "-aec", "ISOCENTRE", "-od", to, "127.0.0.1", self.house.dicom_port,
            "-k", "QueryRetrieveLevel=STUDY", "-k", "StudyInstanceUID=" + uid,
        )  # fmt: skip
        self.assertEqual(done.returncode, 0, done.stdout)
        return {d["SOPInstanceUID"]: d for d in map(dicom.dump, to.iterdir())}

    def qido(self, uid):
        answer = self.house.http("GET", "/dicom-web/studies?StudyInstanceUID=%s&includefield=all" % uid)
        self.assertStatus(answer, 200)
        return answer.json[0]

    def imaging(self, uid):
        return self.house.search("/ImagingStudy?identifier=urn:dicom:uid|urn:oid:" + uid)[0]

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.house.add_peer("AE", "WS1", "WORKSTATION")


class Corrections(Correcting):
    def test_10_every_way_tells_the_same_and_undoing_gives_it_back(self):
        uid = self.study("all", series=2, images=2, patient_id="C1", accession="OLD1")
        self.study("aside", patient_id="C2", images=1)
        before, plain = self.hashes(), self.wado(uid)
        was = self.got(uid)
        tried = self.correct(uid, {"PatientName": "Roe^Ann"}, preview=True)
        self.assertEqual((tried["preview"], tried["studies"], tried["instances"]), (True, 1, 4))
        self.assertEqual(tried["differences"], [{"attribute": "PatientName", "from": "Doe^Jane", "to": "Roe^Ann"}])
        self.assertEqual(self.got(uid), was)
        made = self.correct(
            uid,
            {
                "PatientName": "Yamada^Tarou=山田^太郎",
                "PatientBirthDate": "19800203",
                "AccessionNumber": "NEW1",
                "IssuerOfAccessionNumberSequence.LocalNamespaceEntityID": "RIS2",
                "StudyDescription": "Abdomen",
                "StudyDate": "20251224",
                "ImageComments": "checked",
            },
        )
        asked = ["PatientName", "AccessionNumber=NEW1", "StudyDescription", "PatientBirthDate", "StudyDate"]
        found = self.find(uid, asked)
        self.assertEqual(len(found), 1)
        self.assertEqual(found[0]["PatientName"], "Yamada^Tarou=山田^太郎")
        self.assertEqual(
            (found[0]["StudyDescription"], found[0]["PatientBirthDate"], found[0]["StudyDate"]),
            ("Abdomen", "19800203", "20251224"),
        )
        self.assertEqual(self.find(uid, ["AccessionNumber=OLD1"]), [])
        self.assertEqual(self.qido(uid)["00080050"]["Value"], ["NEW1"])
        shown = self.imaging(uid)
        self.assertTrue(shown["started"].startswith("2025-12-24"), shown["started"])
        self.assertEqual(shown["description"], "Abdomen")
        self.assertIn("NEW1", [i["value"] for i in shown["identifier"]])
        objects = self.got(uid)
        self.assertEqual(len(objects), 4)
        for told in [*objects.values(), self.wado(uid)[1]]:
            self.assertEqual(told["PatientName"], "Yamada^Tarou=山田^太郎")
            self.assertEqual((told["AccessionNumber"], told["ImageComments"]), ("NEW1", "checked"))
            self.assertEqual(told["IssuerOfAccessionNumberSequence.LocalNamespaceEntityID"], "RIS2")
            self.assertEqual((told[FORMER + "PatientName"], told[FORMER + "AccessionNumber"]), ("Doe^Jane", "OLD1"))
            self.assertEqual(told[ORIGINAL + "ReasonForTheAttributeModification"], "CORRECT")
            self.assertEqual(told[ORIGINAL + "ModifyingSystem"], "ISOCENTRE")
        self.assertNotEqual(self.wado(uid)[0].headers["etag"], plain[0].headers["etag"])
        self.assertEqual(self.hashes(), before, "stored bytes")
        self.assertIn(uid, json.dumps(self.house.audit_events("STUDY_CORRECT")[-1]))
        self.undo(made["id"])
        self.assertEqual(self.got(uid), was)
        self.assertEqual(self.wado(uid)[0].body, plain[0].body)
        self.assertEqual(self.find(uid, ["AccessionNumber=OLD1", "PatientName"])[0]["PatientName"], "Doe^Jane")
        self.assertIn("OLD1", [i["value"] for i in self.imaging(uid)["identifier"]])
        self.undo(made["id"], status=404)

    def test_11_series_instance_and_two_on_top_of_each_other(self):
        uid = self.study("levels", series=2, images=2, patient_id="C3")
        series, image = dicom.uid_of(uid, 2), dicom.uid_of(uid, 2, 1)
        self.correct(uid, {"Modality": "MR", "SeriesDescription": "Leg"}, level="series", series=series)
        self.correct(uid, {"InstanceNumber": "7"}, level="instance", series=series, instance=image)
        self.assertEqual(
            [d["SeriesDescription"] for d in self.find(uid, ["Modality=MR", "SeriesDescription"], level="SERIES")],
            ["Leg"],
        )
        self.assertIn("MR", self.find(uid, ["ModalitiesInStudy"])[0]["ModalitiesInStudy"])
        told = self.got(uid)
        self.assertEqual(sorted(d["Modality"] for d in told.values()), ["CT", "CT", "MR", "MR"])
        self.assertEqual(told[image]["InstanceNumber"], "7")
        self.assertEqual(len(self.find(uid, ["SeriesInstanceUID=" + series, "InstanceNumber=7"], level="IMAGE")), 1)
        first = self.correct(uid, {"StudyDescription": "One"})["id"]
        second = self.correct(uid, {"StudyDescription": "Two"})["id"]
        self.undo(first)
        self.assertEqual(self.find(uid, ["StudyDescription"])[0]["StudyDescription"], "Two")
        self.assertEqual(told := self.got(uid)[image]["StudyDescription"], "Two", told)
        self.undo(second)
        self.assertEqual(self.find(uid, ["StudyDescription"])[0]["StudyDescription"], "CT head")
        listed = self.house.http("GET", "/admin/api/studies/%s/corrections" % uid).json["items"]
        self.assertEqual([("undone" in c, c["level"]) for c in listed[:2]], [(True, "study")] * 2)
        self.assertEqual(len(listed), 4)

    def test_12_a_patient_is_corrected_in_all_studies(self):
        one, two = self.study("p1", images=1, patient_id="C4"), self.study("p2", images=1, patient_id="C4")
        made = self.correct(one, {"PatientID": "C4X", "PatientSex": "M"}, level="patient")
        self.assertEqual((made["studies"], made["instances"]), (2, 2))
        for uid in (one, two):
            self.assertEqual(self.find(uid, ["PatientID", "PatientSex"])[0]["PatientSex"], "M")
            self.assertEqual([d["PatientID"] for d in self.got(uid).values()], ["C4X"])
            subject = self.read(self.imaging(uid)["subject"]["reference"])
            self.assertEqual(subject["identifier"][0]["value"], "C4X")
        self.undo(made["id"])
        self.assertEqual([d["PatientID"] for d in self.got(two).values()], ["C4"])

    def test_13_what_is_refused(self):
        uid = self.study("refused", images=1, patient_id="C5")
        for attributes, status in (
            ({"StudyInstanceUID": "1.2"}, 403),
            ({"Rows": "2"}, 403),
            ({"PixelData": "x"}, 403),
            ({"PatientBirthDate": "yesterday"}, 400),
            ({"StudyDescription": "\u001b$B"}, 400),
            ({"StudyDescription": "x" * 65}, 400),
            ({"Nothing": "x"}, 400),
            ({"SeriesDescription": "x"}, 400),
            ({"PatientName": {"a": 1}}, 400),
            ({}, 400),
        ):
            with self.subTest(attributes):
                self.correct(uid, attributes, status=status)
        self.correct(uid, {"PatientName": "A"}, status=400, why="")
        self.correct(uid, {"PatientName": "A"}, status=400, preveiw=True)
        self.correct(uid, {"PatientName": "A"}, level="instance", status=400)
        self.correct(uid, {"Modality": "MR"}, level="series", series="1.2.3", status=404)
        self.correct("1.2.3", {"PatientName": "A"}, status=404)
        self.undo(4711, status=404)
        self.house.add_user("technologist", "RADIOGRAPHER")
        self.correct(uid, {"PatientName": "A"}, status=403, user="technologist")
        self.assertEqual(self.house.sql("SELECT corrections FROM study WHERE study_uid = '%s'" % uid), [["0"]])

    def test_14_killed_on_the_way(self):
        uid = self.study("killed", images=1, patient_id="C6")
        for place in ("correction.put", "correction.undo"):
            with self.subTest(place):
                made = self.correct(uid, {"PatientName": "Roe^Ann"}) if place.endswith("undo") else None
                self.house.restart(failpoint=place + "=kill")
                with self.assertRaises(OSError):
                    if made:
                        self.undo(made["id"])
                    else:
                        self.correct(uid, {"PatientName": "Roe^Ann"})
                self.house.wait_dead()
                self.house.start()
                name = "Roe^Ann" if made else "Doe^Jane"
                self.assertEqual(self.find(uid, ["PatientName"])[0]["PatientName"], name)
                self.assertEqual([d["PatientName"] for d in self.got(uid).values()], [name])

    def test_15_a_merge_leaves_with_the_objects(self):
        uid = self.study("merged", images=1, patient_id="C7", patient_name="Old^Name")
        source = self.imaging(uid)["subject"]["reference"]
        target = self.make(
            {
                "resourceType": "Patient",
                "identifier": [{"use": "usual", "system": "urn:isocentre:authority:CLINIC", "value": "C8"}],
                "name": [{"family": "New", "given": ["Name"]}],
                "birthDate": "1970-05-06",
                "gender": "male",
            }
        )
        was = self.got(uid)
        names = [{"name": "source-patient", "valueReference": {"reference": source}},
                 {"name": "target-patient", "valueReference": {"reference": "Patient/" + target["id"]}}]  # fmt: skip
        self.assertStatus(
            self.house.fhir("POST", "/Patient/$merge", {"resourceType": "Parameters", "parameter": names}), 200
        )
        told = list(self.got(uid).values())[0]
        self.assertEqual(
            (told["PatientID"], told["PatientName"], told["PatientBirthDate"], told["PatientSex"]),
            ("C8", "New^Name", "19700506", "M"),
        )
        self.assertEqual((told[FORMER + "PatientID"], told[FORMER + "PatientName"]), ("C7", "Old^Name"))
        self.assertEqual(told[ORIGINAL + "ReasonForTheAttributeModification"], "COERCE")
        self.assertEqual(self.house.sql("SELECT corrections FROM study WHERE study_uid = '%s'" % uid), [["0"]])
        undone = self.house.fhir("POST", "/%s/$unmerge" % source, {"resourceType": "Parameters"})
        self.assertStatus(undone, 200)
        self.assertEqual(self.got(uid), was)

    def test_16_a_patient_update_leaves_with_the_objects(self):
        """PIR: studies tell what ADT^A08 says of their patient; an earlier correction gives way, a later one stays."""
        uid = self.study("updated", images=1, patient_id="C9", patient_name="Temporary^One")
        early = self.correct(uid, {"PatientName": "Guess^One"})["id"]
        pid = hl7.pid("C9", "Yamada^Tarou", birth_date="19810304")
        self.assertAck(self.house.send(hl7.message(hl7.msh("ADT^A08", "C9"), "EVN|x", pid)), "AA")
        told = list(self.got(uid).values())[0]
        self.assertEqual((told["PatientName"], told["PatientBirthDate"]), ("Yamada^Tarou", "19810304"))
        self.assertEqual(self.find(uid, ["PatientName"])[0]["PatientName"], "Yamada^Tarou")
        self.undo(early)
        self.assertEqual(self.find(uid, ["PatientName"])[0]["PatientName"], "Yamada^Tarou")
        late = self.correct(uid, {"PatientName": "Late^One"})["id"]
        self.assertEqual(list(self.got(uid).values())[0]["PatientName"], "Late^One")
        self.undo(late)
        self.assertEqual(list(self.got(uid).values())[0]["PatientName"], "Yamada^Tarou")


class Coercing(Correcting):
    def rule(self, name, acts, status=204, **conditions):
        answer = self.house.http(
            "PUT", "/admin/api/dicom/coercions/" + name, json.dumps({"acts": acts, **conditions}).encode()
        )
        self.assertStatus(answer, status)
        return answer

    def tried(self, body, headers=None, query="", status=200):
        answer = self.house.http("POST", "/admin/api/dicom/coercions/try" + query, body, headers=headers)
        self.assertStatus(answer, status)
        return answer.json

    def noticed(self):
        """Rules are read again after two seconds."""
        time.sleep(2.1)

    def test_20_a_dry_run_is_what_then_happens(self):
        plain = self.study("plain", images=1, patient_id="K1")
        self.assertEqual(self.house.sql("SELECT count(*) FROM coercion"), [["0"]])
        self.rule(
            "house",
            [
                {"set": "InstitutionName", "value": "診療所"},
                {"default": "BodyPartExamined", "value": "HEAD"},
                {"default": "StudyDescription", "value": "never"},
                {"remove": "Manufacturer"},
                {"copy": "PatientID", "to": "AccessionNumber"},
                {"map": "PatientSex", "values": {"F": "O", "M": "F"}},
                {"set": "IssuerOfAccessionNumberSequence.LocalNamespaceEntityID", "value": "RIS9"},
            ],
            callingAE="CT*",
            attributes={"Modality": "MR, CT", "StudyDescription": "*head*"},
        )
        self.rule("others", [{"set": "PatientName", "value": "Nobody"}], callingAE="MR*")
        self.noticed()
        file = dicom.make_study(self.folder / "coming", dicom.uid_of("correct", "coming"), images=1, patient_id="K2")[0]
        headers = {"Content-Type": "application/dicom"}
        dry = self.tried(file.read_bytes()[:8192], headers, "?callingAE=CT1")
        self.assertEqual(dry["rules"], "house 1")
        expected = {
            "InstitutionName": (None, "診療所"),
            "BodyPartExamined": (None, "HEAD"),
            "Manufacturer": ("Isocentre tests", None),
            "AccessionNumber": ("", "K2"),
            "PatientSex": ("F", "O"),
            "LocalNamespaceEntityID": (None, "RIS9"),
        }
        self.assertEqual({c["attribute"]: (c.get("from"), c.get("to")) for c in dry["changes"]}, expected)
        self.assertEqual(self.tried(file.read_bytes()[:8192], headers, "?callingAE=XA1")["changes"], [])
        uid = self.study("coming", images=3, patient_id="K2")
        again = self.tried(json.dumps({"instance": dicom.uid_of(uid, 1, 1)}).encode())
        self.assertEqual(again, dry)
        for told in [*self.got(uid).values(), self.wado(uid)[1]]:
            self.assertEqual((told["InstitutionName"], told["BodyPartExamined"]), ("診療所", "HEAD"))
            self.assertNotIn("Manufacturer", told)
            self.assertEqual((told["AccessionNumber"], told["PatientSex"]), ("K2", "O"))
            self.assertEqual(told[FORMER + "Manufacturer"], "Isocentre tests")
            self.assertEqual(told[ORIGINAL + "ReasonForTheAttributeModification"], "COERCE")
        self.assertEqual(len(self.find(uid, ["AccessionNumber=K2", "PatientSex=O"])), 1)
        series = self.find(uid, ["BodyPartExamined=HEAD", "InstitutionName"], level="SERIES")
        self.assertEqual([s["InstitutionName"] for s in series], ["診療所"])
        self.assertEqual(self.qido(uid)["00080050"]["Value"], ["K2"])
        self.assertEqual(self.house.sql("SELECT count(*), min(rules) FROM coercion"), [["1", "house 1"]])
        sent = dicom.dump(file)
        kept = [dicom.dump(self.house.root / "files" / n) for n in self.house.stored_files()]
        self.assertIn(sent, kept, "as it came")
        self.assertNotIn(ORIGINAL + "ModifyingSystem", list(self.got(plain).values())[0])
        made = self.correct(uid, {"AccessionNumber": "K3"})
        self.assertEqual(self.got(uid)[dicom.uid_of(uid, 1, 1)]["AccessionNumber"], "K3")
        rebuilt = self.house.fhir("POST", "/ImagingStudy/%s/$reindex" % self.imaging(uid)["id"])
        self.assertStatus(rebuilt, 200)
        self.assertIn("instances", rebuilt.text)
        self.assertEqual(len(self.find(uid, ["AccessionNumber=K3", "PatientSex=O"])), 1, "made anew from the files")
        self.undo(made["id"])
        self.assertEqual(len(self.find(uid, ["AccessionNumber=K2"])), 1)
        listed = self.house.http("GET", "/admin/api/dicom/coercions").json["items"]
        self.assertEqual([(r["name"], r["version"]) for r in listed], [("house", 1), ("others", 1)])
        for name in ("house", "others"):
            self.assertStatus(self.house.http("DELETE", "/admin/api/dicom/coercions/" + name), 204)
        self.assertStatus(self.house.http("DELETE", "/admin/api/dicom/coercions/house"), 404)

    def test_21_hostile_rules(self):
        good = [{"set": "InstitutionName", "value": "A"}]
        for acts in (
            [],
            {},
            "x",
            [{"set": "SOPInstanceUID", "value": "1.2"}],
            [{"set": "PixelData", "value": "x"}],
            [{"remove": "StudyInstanceUID"}],
            [{"copy": "PixelData", "to": "PatientID"}],
            [{"copy": "PatientID", "to": "SeriesInstanceUID"}],
            [{"map": "PatientSex", "values": {}}],
            [{"map": "PatientSex", "values": {"F": "female"}}],
            [{"set": "PatientBirthDate", "value": "soon"}],
            [{"set": "PatientName"}],
            [{"burn": "PatientName"}],
            [["set"]],
            [None],
            good * 51,
        ):
            with self.subTest(str(acts)[:60]):
                self.assertIn(self.rule("bad", acts, status=(400, 403)).status, (400, 403))
        self.rule("bad", good, status=400, attributes={"Nothing": "x"})
        self.rule("bad", good, status=400, attributes={"Modality": ["CT"]})
        self.rule("bad", good, status=400, wish="x")
        self.rule("bad,", good, status=400)
        self.tried(b"no file", {"Content-Type": "application/dicom"}, status=400)
        self.tried(b'{"instance":"1.2.3"}', status=404)
        # One that is kept and does not fit what comes: its act is left out, the object is stored.
        self.rule("long", [{"copy": "PatientComments", "to": "AccessionNumber"}, {"set": "StudyID", "value": "S9"}])
        self.noticed()
        uid = self.study("long", images=1, extra={0x00104000: ("LT", "x" * 900)})
        told = list(self.got(uid).values())[0]
        self.assertEqual((told["StudyID"], told["AccessionNumber"]), ("S9", ""))
        self.assertStatus(self.house.http("DELETE", "/admin/api/dicom/coercions/long"), 204)


if __name__ == "__main__":
    story.main()
