"""Images by FHIR: studies of any size in pages, R5, and the way from a study to its pixels."""

import pathlib
import sys

TREE = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(TREE / "tests" / "support"))

import dicom  # noqa: E402
import story  # noqa: E402

NEXT = "urn:isocentre:next-instances"


def next_page(study):
    """The address in meta.extension, below /fhir; None on the last page."""
    found = [x["valueUrl"] for x in study["meta"].get("extension", []) if x["url"] == NEXT]
    return found[0].split("/fhir", 1)[1] if found else None


def instances(study):
    return [i["uid"] for s in study.get("series", []) for i in s.get("instance", [])]


class Imaging(story.Story):
    options = {"site.timezone": "Africa/Johannesburg"}

    def get(self, path, status=200, **headers):
        answer = self.house.fhir("GET", path, headers=headers or None)
        self.assertStatus(answer, status)
        return answer

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.uid = dicom.uid_of("IMG1")
        files = dicom.make_study(cls.folder / "img1", cls.uid, patient_id="IMG-1", issuer="", series=3, images=5)
        cls.house.store(*files)
        cls.study = cls.house.search("/ImagingStudy?identifier=urn:dicom:uid|urn:oid:" + cls.uid)[0]
        cls.at = "/ImagingStudy/" + cls.study["id"]

    def test_11_series_without_instances(self):
        for path in (self.at, self.at + "?_elements=series", self.at + "/_history/" + self.study["meta"]["versionId"]):
            study = self.get(path).json
            self.assertEqual([s["numberOfInstances"] for s in study["series"]], [5, 5, 5])
            self.assertEqual(instances(study), [])
        self.assertEqual(instances(self.study), [])
        xml = self.get(self.at, Accept="application/fhir+xml").text
        self.assertNotIn("<instance>", xml)
        rows = self.house.sql("SELECT content FROM resource_history UNION ALL SELECT content FROM resource")
        self.assertEqual([r for r in rows if '"instance"' in r[0]], [])

    def test_12_instances_in_pages(self):
        whole = self.get(self.at + "?_elements=series.instance").json
        self.assertEqual(len(set(instances(whole))), 15)
        self.assertEqual((len(whole["series"]), next_page(whole)), (3, None))
        self.assertIn("SUBSETTED", [t["code"] for t in whole["meta"]["tag"]])
        first = self.get(self.at + "?_elements=identifier,series.instance&_count=4")
        self.assertIn('rel="next"', first.headers["link"])
        self.assertIn(next_page(first.json), first.headers["link"])
        page, seen, etags = first, [], set()
        for _ in range(4):
            seen += instances(page.json)
            etags.add(page.headers["etag"])
            self.assertTrue(page.json["identifier"])
            path = next_page(page.json)
            page = self.get(path) if path else None
        self.assertIsNone(page)
        self.assertEqual(sorted(seen), sorted(instances(whole)))
        self.assertEqual(etags, {'W/"%s"' % self.study["meta"]["versionId"]})
        for bad in ("_cursor=x", "_cursor=1", "_cursor=-1-2", "_count=0", "_count=x"):
            self.get(self.at + "?_elements=series.instance&" + bad, 400)
        beyond = self.get(self.at + "?_elements=series.instance&_cursor=9223372036854775807-1").json
        self.assertEqual(instances(beyond), [])

    def test_13_a_search_shows_the_first_instances(self):
        found = self.house.search("/ImagingStudy?_id=%s&_elements=series.instance.uid" % self.study["id"])
        self.assertEqual(len(instances(found[0])), 15)
        self.assertNotIn("sopClass", str(found[0]["series"][0]["instance"][0].get("number", "")))
        more = dicom.make_study(
            self.folder / "img2", dicom.uid_of("IMG2"), patient_id="IMG-1", issuer="", series=2, images=60
        )
        self.house.store(*more)
        found = self.house.search(
            "/ImagingStudy?identifier=urn:oid:%s&_elements=series.instance" % dicom.uid_of("IMG2")
        )
        self.assertEqual(len(instances(found[0])), 100)
        rest = self.get(next_page(found[0])).json
        self.assertEqual(len(instances(rest)), 20)
        self.assertEqual(len(set(instances(rest) + instances(found[0]))), 120)
        self.assertIsNone(next_page(rest))

    def test_14_a_new_image_is_a_new_version(self):
        before = self.get(self.at).headers["etag"]
        self.get(self.at, 304, **{"If-None-Match": before})
        one = [self.folder / "img3.dcm", self.uid, dicom.uid_of(self.uid, 1), dicom.uid_of(self.uid, 1, 99)]
        self.house.store(dicom.make_ct(*one, number=99, patient_id="IMG-1", issuer=""))
        after = self.get(self.at, 200, **{"If-None-Match": before})
        self.assertNotEqual(after.headers["etag"], before)
        self.assertEqual(after.json["numberOfInstances"], 16)
        put = self.house.fhir("PUT", self.at, {**after.json, "note": [{"text": "x"}]}, {"If-Match": before})
        self.assertStatus(put, 412)


if __name__ == "__main__":
    story.main()
