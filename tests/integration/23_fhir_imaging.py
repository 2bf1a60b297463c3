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

    # ---- R5 ----

    def r5(self, method, path, resource=None, status=200, **headers):
        headers = {"Accept": "application/fhir+json; fhirVersion=5.0", **headers}
        if resource is not None:
            headers.setdefault("Content-Type", "application/fhir+json; fhirVersion=5.0")
        answer = self.house.http(method, "/fhir/r5" + path, resource, headers)
        self.assertStatus(answer, status)
        return answer

    def test_21_r5_metadata(self):
        answer = self.house.http("GET", "/fhir/r5/metadata", user=None)
        self.assertStatus(answer, 200)
        self.assertIn("fhirVersion=5.0", answer.headers["content-type"])
        self.assertEqual((answer.json["fhirVersion"], answer.json["format"][0]), ("5.0.0", "application/fhir+json"))
        rows = {r["type"]: r for r in answer.json["rest"][0]["resource"]}
        self.assertEqual(sorted(rows), ["ImagingSelection", "ImagingStudy"])
        values = {"date": "ge2020", "reference": "Patient/1", "token": "x"}
        for kind, row in rows.items():
            for p in row["searchParam"]:
                self.r5("GET", "/%s?%s=%s" % (kind, p["name"], values[p["type"]]))
        self.assertEqual({i["code"] for i in rows["ImagingStudy"]["interaction"]}, {"read", "vread", "search-type"})

    def test_22_r5_study(self):
        study = self.r5("GET", "/ImagingStudy/" + self.study["id"])
        self.assertIn("fhirVersion=5.0", study.headers["content-type"])
        self.assertEqual(study.headers["etag"], self.get(self.at).headers["etag"])
        self.assertEqual(study.json["modality"][0]["coding"][0]["code"], "CT")
        self.assertEqual(study.json["series"][0]["modality"]["coding"][0]["code"], "CT")
        self.assertEqual(instances(study.json), [])
        self.r5("GET", "/ImagingStudy/%s/_history/%s" % (self.study["id"], study.json["meta"]["versionId"]))
        page = self.r5("GET", "/ImagingStudy/%s?_elements=series.instance&_count=4" % self.study["id"]).json
        self.assertEqual((len(instances(page)), page["series"][0]["modality"]["coding"][0]["code"]), (4, "CT"))
        self.assertIn("/r5/ImagingStudy/", next_page(page))
        uid = "urn:dicom:uid|urn:oid:" + self.uid
        for path in ("?identifier=" + uid, "?modality=CT&identifier=" + uid, "?patient.identifier=IMG-1&_count=1000"):
            found = self.r5("GET", "/ImagingStudy" + path).json
            shown = [e for e in found["entry"] if e["resource"]["id"] == self.study["id"]]
            self.assertEqual(len(shown), 1, path)
            self.assertIn("/fhir/r5/ImagingStudy/", shown[0]["fullUrl"])
            self.assertIn("coding", shown[0]["resource"]["modality"][0])
            self.assertIn("/fhir/r5/ImagingStudy?", found["link"][0]["url"])
        self.r5("GET", "/ImagingStudy?_sort=-started,based-on")
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        found = self.r5("POST", "/ImagingStudy/_search", "identifier=" + uid, **form).json
        self.assertEqual(found["total"], 1)

    def test_23_what_r5_refuses(self):
        at = "/ImagingStudy/" + self.study["id"]
        for accept in ("application/fhir+xml", "application/fhir+json; fhirVersion=4.0"):
            self.r5("GET", at, status=406, Accept=accept)
        self.get(self.at, 406, Accept="application/fhir+json; fhirVersion=5.0")
        for path in ("/Patient", "/Patient/1", "/Basic", "/ImagingStudy/none", "/ImagingSelection/none"):
            self.r5("GET", path, status=404)
        for query in ("basedon=x", "interpreter=x", "_include=ImagingStudy:patient", "_sort=basedon", "_elements=no"):
            self.r5("GET", "/ImagingStudy?" + query, status=400)
        for query in ("derivedfrom=x", "_elements=code", "_summary=true", "_has:Basic:x:y=z"):
            self.r5("GET", "/ImagingSelection?" + query, status=400)
        self.r5("POST", "/ImagingStudy", {"resourceType": "ImagingStudy"}, 405)
        self.get("/ImagingSelection", 404)
        bodies = (b"", b"{", b"[]", b'{"resourceType":"Patient"}', b"[" * 5000)
        for body in bodies:
            self.r5("POST", "/ImagingSelection", body, 400, **{"Content-Type": "application/json"})
        self.r5("POST", "/ImagingSelection", b"{}", 415, **{"Content-Type": "application/fhir+xml"})
        self.r5("POST", "/ImagingSelection", b"{}", 415, **{"Content-Type": "application/json; fhirVersion=4.0"})

    def selection(self, **more):
        return {
            "resourceType": "ImagingSelection",
            "status": "available",
            "code": {"coding": [{"system": "http://dicom.nema.org/resources/ontology/DCM", "code": "113000"}]},
            "studyUid": self.uid,
            "derivedFrom": [{"reference": "ImagingStudy/" + self.study["id"]}],
            "instance": [
                {
                    "uid": dicom.uid_of(self.uid, 1, 1),
                    "imageRegion2D": [{"regionType": "circle", "coordinate": [10.5, 20, 30, 40]}],
                }
            ],
            **more,
        }

    def test_24_selections(self):
        patient = self.study["subject"]["reference"]
        wanted = self.selection(
            subject={"reference": patient}, issued="2026-11-24T10:00:00Z", identifier=[{"value": "K1"}]
        )
        made = self.r5("POST", "/ImagingSelection", wanted, 201)
        name = made.json["id"]
        self.assertTrue(made.headers["location"].endswith("/fhir/r5/ImagingSelection/%s/_history/1" % name))
        read = self.r5("GET", "/ImagingSelection/" + name)
        self.assertEqual({k: v for k, v in read.json.items() if k not in ("id", "meta")}, wanted)
        self.assertEqual(read.headers["etag"], made.headers["etag"])
        self.r5("GET", "/ImagingSelection/%s/_history/1" % name)
        found = (
            "derived-from=ImagingStudy/" + self.study["id"],
            "derived-from=" + self.study["id"],
            "derived-from.identifier=urn:dicom:uid|urn:oid:" + self.uid,
            "study-uid=" + self.uid,
            "patient=" + patient,
            "patient.identifier=IMG-1",
            "subject=" + patient,
            "identifier=K1",
            "status=available",
            "code=113000",
            "code=http://dicom.nema.org/resources/ontology/DCM|113000",
            "issued=2026-11-24",
            "issued=lt2026-11-25&_id=" + name,
        )
        for query in found:
            answer = self.r5("GET", "/ImagingSelection?" + query).json
            self.assertEqual([e["resource"]["id"] for e in answer.get("entry", [])], [name], query)
            self.assertEqual(answer["entry"][0]["resource"]["resourceType"], "ImagingSelection")
        for query in ("study-uid=1.2", "status=unknown", "issued=gt2026-11-25", "code=x", "_id=x", "body-structure=x"):
            self.assertEqual(self.r5("GET", "/ImagingSelection?" + query).json.get("entry", []), [], query)
        late = self.selection(
            subject={"reference": patient}, issued="2026-11-26T10:00:00Z", identifier=[{"value": "K9"}]
        )
        once = {"If-None-Exist": "identifier=K9"}
        first = self.r5("POST", "/ImagingSelection", late, 201, **once)
        again = self.r5("POST", "/ImagingSelection", late, 200, **once)
        self.assertEqual(again.json["id"], first.json["id"])
        self.assertEqual(again.headers["location"], first.headers["location"])
        self.r5("POST", "/ImagingSelection", late, 400, **{"If-None-Exist": "basedon=x"})
        self.r5("POST", "/ImagingSelection", late, 412, **{"If-None-Exist": "status=available"})
        for sort, ids in (("issued", [name, first.json["id"]]), ("-issued,_id", [first.json["id"], name])):
            found = self.r5("GET", "/ImagingSelection?_sort=" + sort).json
            self.assertEqual([e["resource"]["id"] for e in found["entry"]], ids)
            self.assertIn("_sort=" + sort, found["link"][0]["url"].replace("%2C", ","))
        self.r5("GET", "/ImagingSelection?_sort=basedon", status=400)
        self.assertStatus(self.house.fhir("DELETE", "/Basic/" + first.json["id"]), 204)
        other = self.house.fhir("POST", "/Basic", {"resourceType": "Basic", "code": {"text": "a note"}})
        self.assertStatus(other, 201)
        self.assertEqual(self.r5("GET", "/ImagingSelection").json["total"], 1)
        self.r5("GET", "/ImagingSelection/" + other.json["id"], status=404)
        events = [
            e
            for e in self.house.audit_events("RESOURCE_CREATE")
            if e.get("object") == "Basic/" + name or name in str(e)
        ]
        self.assertEqual(len(events), 1)

    def test_25_r4_shows_r4(self):
        name = self.r5("GET", "/ImagingSelection?identifier=K1").json["entry"][0]["resource"]["id"]
        basic = self.get("/Basic/" + name).json
        self.assertEqual(basic["resourceType"], "Basic")
        found = self.house.search(
            "/Basic?code=http://hl7.org/fhir/fhir-types|ImagingSelection&subject=" + basic["subject"]["reference"]
        )
        self.assertEqual([b["id"] for b in found], [name])
        self.assertStatus(
            self.house.http("GET", "/fhir/Basic/" + name, headers={"Accept": "application/fhir+xml"}), 200
        )
        rest = [x for x in basic["extension"] if not x["url"].endswith(".status")]
        broken = self.house.fhir("PUT", "/Basic/" + name, {**basic, "extension": rest})
        self.assertStatus(broken, 422)
        self.assertEqual(broken.json["issue"][0]["expression"], ["ImagingSelection.status"])
        code = [x for x in basic["extension"] if x["url"].endswith(".status")][0]
        changed = [*rest, {**code, "valueCode": "entered-in-error"}]
        self.assertStatus(self.house.fhir("PUT", "/Basic/" + name, {**basic, "extension": changed}), 200)
        self.assertEqual(self.r5("GET", "/ImagingSelection/" + name).json["status"], "entered-in-error")
        self.assertEqual(self.r5("GET", "/ImagingSelection?status=entered-in-error").json["total"], 1)
        self.assertStatus(self.house.fhir("DELETE", "/Basic/" + name), 204)
        self.r5("GET", "/ImagingSelection/" + name, status=410)
        self.assertEqual(self.r5("GET", "/ImagingSelection").json["total"], 0)

    def test_26_selections_that_are_none(self):
        for more, place in (
            ({"status": "final"}, "ImagingSelection.status"),
            ({"instance": [{"number": 1}]}, "ImagingSelection.instance[0].uid"),
            ({"studyUid": "a b"}, "ImagingSelection.studyUid"),
            ({"derivedFrom": [{"reference": "Patient/1"}]}, "ImagingSelection.derivedFrom[0]"),
        ):
            answer = self.r5("POST", "/ImagingSelection", self.selection(**more), 422)
            self.assertEqual(answer.json["issue"][0]["expression"], [place])
        missing = {"derivedFrom": [{"reference": "ImagingStudy/none"}]}
        self.r5("POST", "/ImagingSelection", self.selection(**missing), 422)
        long = {
            "derivedFrom": [
                {"reference": self.r5("GET", "/ImagingStudy?_id=" + self.study["id"]).json["entry"][0]["fullUrl"]}
            ]
        }
        made = self.r5("POST", "/ImagingSelection", self.selection(**long), 201)
        self.assertEqual(made.json["derivedFrom"][0]["reference"], "ImagingStudy/" + self.study["id"])


if __name__ == "__main__":
    story.main()
