"""What IHE's actors ask: reports with their chains (IMR), patients by identifier and by likeness (PIXm, PDQm),
documents (MHD), the way to pixels (WIA, IID), and bulk exports of a part."""

import base64
import json
import pathlib
import sys
import urllib.parse

TREE = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(TREE / "tests" / "support"))

import dicom  # noqa: E402
import hl7  # noqa: E402
import house  # noqa: E402
import story  # noqa: E402

XML = {"Accept": "application/fhir+xml"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Ihe(story.Documents):
    options = {"site.timezone": "Africa/Johannesburg"}

    @classmethod
    def setUpClass(cls):
        cls.options = {**cls.options, "viewer.url": "http://viewer.test/show?requestType=STUDY&studyUID={study}"}
        super().setUpClass()
        h = cls.house
        cls.uid = dicom.uid_of("IHE1")
        patient = hl7.pid("IHE-P1", "Mohr^Alice")
        assert h.send(hl7.order("IHE-O1", patient, "IHE-A1", study_uid=cls.uid)).code == "AA"
        h.store(*dicom.make_study(cls.folder / "ihe1", cls.uid, patient_id="IHE-P1", accession="IHE-A1"))
        assert h.send(hl7.report("IHE-R1", patient, "IHE-A1", lines=("Nothing found.",))).code == "AA"
        cls.report = h.search("/DiagnosticReport?identifier=IHE-A1")[0]
        cls.patient = h.search("/Patient?identifier=IHE-P1")[0]
        cls.study = h.search("/ImagingStudy?identifier=urn:oid:" + cls.uid)[0]

    def get(self, path, status=200, **headers):
        answer = self.house.fhir("GET", path, headers=headers or None)
        self.assertStatus(answer, status)
        return answer

    # ---- IMR, RAD-143 ----

    def test_11_reports_as_imr_asks(self):
        order = self.report["basedOn"][0]["reference"]
        queries = (
            "patient=Patient/" + self.patient["id"],
            "patient=" + self.patient["id"],
            "patient.identifier=IHE-P1",
            "patient.name.given=alice",
            "patient.name.family=mohr",
            "patient.name.family:exact=Mohr",
            "patient.given=alice",
            "basedOn=" + order,
            "based-on=" + order,
            "basedOn.identifier=IHE-A1",
            "based-on.identifier=IHE-A1",
            "imagingStudy=ImagingStudy/" + self.study["id"],
            "imagingStudy.identifier=urn:dicom:uid|urn:oid:" + self.uid,
            "imagingStudy.modality=CT&patient.identifier=IHE-P1",
            "imagingStudy.started=ge2000-01-01&patient.identifier=IHE-P1",
            "status=final&patient.identifier=IHE-P1",
            "subject=Patient/%s&status=final" % self.patient["id"],
        )
        for query in queries:
            found = self.house.search("/DiagnosticReport?" + query)
            self.assertEqual([r["id"] for r in found], [self.report["id"]], query)
            form = self.house.fhir("POST", "/DiagnosticReport/_search", query.encode(), FORM)
            self.assertStatus(form, 200)
            self.assertEqual([r["id"] for r in form.resources()], [self.report["id"]], query)
            xml = self.house.http("GET", "/fhir/DiagnosticReport?" + query, headers=XML)
            self.assertStatus(xml, 200)
            self.assertIn('<id value="%s"/>' % self.report["id"], xml.text)
        for query in (
            "patient.name.given=bob",
            "basedOn.identifier=x",
            "imagingStudy.modality=MR",
            "status=preliminary",
        ):
            self.assertEqual(self.house.search("/DiagnosticReport?patient.identifier=IHE-P1&" + query), [], query)
        for query in ("patient.name.suffix=x", "basedOn.nonsense=x", "imagingStudy.status.x=y", "basedon=x"):
            self.get("/DiagnosticReport?" + query, 400)

    def test_12_what_comes_with_a_report(self):
        at = "/DiagnosticReport?patient.identifier=IHE-P1&_include="
        found = self.get(
            at + "DiagnosticReport:imagingStudy&_include=DiagnosticReport:based-on&_sort=-issued&_count=5"
        ).json
        kinds = sorted(e["resource"]["resourceType"] for e in found["entry"])
        self.assertEqual(kinds, ["DiagnosticReport", "ImagingStudy", "ServiceRequest"])
        small = self.get("/DiagnosticReport?patient.identifier=IHE-P1&_summary=true").json
        self.assertNotIn("presentedForm", small["entry"][0]["resource"])

    # ---- PIXm ----

    def pix(self, status=200, **parameters):
        query = urllib.parse.urlencode(parameters, doseq=True)
        return self.get("/Patient/$ihe-pix?" + query, status).json

    def test_21_identifiers_of_one_patient(self):
        red, blue = "urn:oid:1.3.6.1.4.1.21367.13.20.1000", "urn:oid:1.3.6.1.4.1.21367.13.20.3000"
        made = self.make(
            {
                "resourceType": "Patient",
                "identifier": [{"system": red, "value": "IHERED-994"}, {"system": blue, "value": "IHEBLUE-994"}],
                "name": [{"family": "Mohr", "given": ["Alissa"]}],
            }
        )
        both = self.pix(sourceIdentifier=red + "|IHERED-994")
        self.assertEqual(both["resourceType"], "Parameters")
        named = {p["name"]: p for p in both["parameter"]}
        self.assertEqual(named["targetIdentifier"]["valueIdentifier"]["value"], "IHEBLUE-994")
        self.assertEqual(named["targetId"]["valueReference"]["reference"], "Patient/" + made["id"])
        self.assertEqual(len(both["parameter"]), 2)
        one = self.pix(sourceIdentifier=red + "|IHERED-994", targetSystem=blue)
        self.assertEqual([p["name"] for p in one["parameter"]], ["targetIdentifier"])
        base = self.house.http("GET", "/fhir/metadata").json["implementation"]["url"]
        own = self.pix(sourceIdentifier="%s|Patient/%s" % (base, made["id"]), targetSystem=[red, blue])
        self.assertEqual(len(own["parameter"]), 2)
        here = self.pix(sourceIdentifier=blue + "|IHEBLUE-994", targetSystem=base)
        self.assertEqual([p["name"] for p in here["parameter"]], ["targetId"])
        xml = self.house.http("GET", "/fhir/Patient/$ihe-pix?_format=xml&sourceIdentifier=%s%%7CIHERED-994" % red)
        self.assertStatus(xml, 200)
        self.assertIn("<Parameters", xml.text)

    def test_22_failures_as_the_profile_has_them(self):
        red = "urn:oid:1.3.6.1.4.1.21367.13.20.1000"
        for status, code, text, parameters in (
            (404, "not-found", "sourceIdentifier Patient Identifier not found", {"sourceIdentifier": red + "|none"}),
            (
                400,
                "code-invalid",
                "sourceIdentifier Assigning Authority not found",
                {"sourceIdentifier": "urn:oid:9.9|1"},
            ),
            (
                403,
                "code-invalid",
                "targetSystem not found",
                {"sourceIdentifier": red + "|IHERED-994", "targetSystem": "urn:x"},
            ),
        ):
            issue = self.pix(status, **parameters)["issue"][0]
            self.assertEqual((issue["code"], issue["diagnostics"]), (code, text))
        for bad in ({}, {"sourceIdentifier": "x"}, {"sourceIdentifier": "|x"}, {"sourceIdentifier": red + "|"}):
            self.pix(400, **bad)
        base = self.house.http("GET", "/fhir/metadata").json["implementation"]["url"]
        self.pix(404, sourceIdentifier=base + "|Patient/none")
        self.assertStatus(self.house.fhir("POST", "/Patient/$ihe-pix", {"resourceType": "Parameters"}), 405)

    # ---- PDQm ----

    def match(self, patient, status=200, **parameters):
        body = {"resourceType": "Parameters", "parameter": [{"name": "resource", "resource": patient}]}
        for name, value in parameters.items():
            kind = "valueBoolean" if isinstance(value, bool) else "valueInteger"
            body["parameter"].append({"name": name, kind: value})
        answer = self.house.fhir("POST", "/Patient/$match", body)
        self.assertStatus(answer, status)
        return answer.json

    def test_31_patient_search_as_pdqm_asks(self):
        for query in (
            "family=Mohr&given=Alice",
            "identifier=IHE-P1",
            "_id=" + self.patient["id"],
            "name=mohr&given=alice",
        ):
            self.assertIn(self.patient["id"], [p["id"] for p in self.house.search("/Patient?" + query)], query)

    def test_32_matches_with_score_and_grade(self):
        red = "urn:oid:1.3.6.1.4.1.21367.13.20.7000"
        person = {
            "resourceType": "Patient",
            "identifier": [{"system": red, "value": "M-1"}],
            "name": [{"family": "Müller", "given": ["Anna"]}],
            "birthDate": "1970-03-04",
            "gender": "female",
        }
        made = self.make(person)
        other = self.make({**person, "identifier": [{"system": red, "value": "M-2"}], "birthDate": "1971-01-01"})
        grade = lambda e: e["search"]["extension"][0]["valueCode"]
        found = self.match(person)
        self.assertEqual((found["type"], found["entry"][0]["resource"]["id"]), ("searchset", made["id"]))
        self.assertEqual((grade(found["entry"][0]), found["entry"][0]["search"]["score"]), ("certain", 1))
        plain = self.house.fhir("POST", "/Patient/$match", person)
        self.assertEqual(plain.json["entry"][0]["resource"]["id"], made["id"])
        nameless = {k: v for k, v in person.items() if k != "identifier"}
        found = self.match(nameless)
        self.assertEqual([e["resource"]["id"] for e in found["entry"]], [made["id"], other["id"]])
        self.assertEqual([grade(e) for e in found["entry"]], ["probable", "possible"])
        scores = [e["search"]["score"] for e in found["entry"]]
        self.assertTrue(1 >= scores[0] > scores[1] > 0)
        self.assertEqual(len(self.match(nameless, count=1)["entry"]), 1)
        self.assertEqual(self.match(nameless, onlyCertainMatches=True)["total"], 0)
        self.assertEqual(self.match(person, onlyCertainMatches=True)["total"], 1)
        wrong = {**person, "identifier": [{"system": red, "value": "M-9"}]}
        self.assertEqual(self.match(wrong, onlyCertainMatches=True)["total"], 0)
        self.assertEqual(self.match({**nameless, "name": [{"family": "Nobody", "given": ["N"]}]})["total"], 0)
        self.match({"resourceType": "Patient", "gender": "female"}, 422)
        self.match(nameless, 400, count=0)
        self.assertStatus(self.house.fhir("POST", "/Patient/$match", {"resourceType": "Parameters"}), 400)

    # ---- MHD ----

    def documents(self, query):
        return self.house.search("/DocumentReference?" + query)

    def test_41_a_report_is_a_document(self):
        at = "patient=%s&status=current" % self.patient["id"]
        found = self.documents(at)
        self.assertEqual(len(found), 1)
        document = found[0]
        self.assertEqual(
            (document["docStatus"], document["subject"]["reference"]), ("final", "Patient/" + self.patient["id"])
        )
        attachment = document["content"][0]["attachment"]
        for accept in ("text/plain", "text/plain, */*;q=0.1"):
            got = self.house.http("GET", "/fhir/" + attachment["url"], headers={"Accept": accept})
            self.assertStatus(got, 200)
            self.assertIn("Nothing found.", got.text)
        binary = self.get("/" + attachment["url"]).json
        self.assertEqual(base64.b64decode(binary["data"]), got.body)
        self.assertEqual(binary["securityContext"]["reference"], "DiagnosticReport/" + self.report["id"])
        code = self.report["code"].get("coding", [{}])[0].get("code")
        for query in filter(
            None,
            (
                "patient.identifier=IHE-P1",
                "identifier=IHE-A1",
                "identifier=urn:isocentre:report|" + self.report["id"],
                "date=ge2020-01-01",
                "related=ImagingStudy/" + self.study["id"],
                "related=" + self.report["basedOn"][0]["reference"],
                "category=RAD",
                code and "type=" + code,
                "contenttype=text/plain",
                "format=urn:ihe:iti:xds:2017:mimeTypeSufficient",
            ),
        ):
            self.assertEqual([d["id"] for d in self.documents(at + "&" + query)], [document["id"]], query)
        for query in ("event=x", "facility=x", "setting=x", "security-label=x", "author.family=x", "author.given=x"):
            self.assertEqual(self.documents(at + "&" + query), [], query)
        self.documents(at + "&period=ge2000&creation=ge2000")
        xml = self.house.http("GET", "/fhir/DocumentReference?" + at, headers=XML)
        self.assertStatus(xml, 200)
        form = self.house.fhir("POST", "/DocumentReference/_search", at.encode(), FORM)
        self.assertEqual(len(form.resources()), 1)
        for path in (
            "/Binary/%s.9" % self.report["id"],
            "/Binary/%s.0" % self.report["id"],
            "/Binary/none.1",
            "/Binary/.1",
        ):
            self.get(path, 404)

    def test_42_a_document_follows_its_report(self):
        report = {
            "resourceType": "DiagnosticReport",
            "status": "preliminary",
            "code": {"text": "MR knee"},
            "subject": {"reference": "Patient/" + self.patient["id"]},
            "issued": "2026-11-24T10:00:00Z",
            "effectiveDateTime": "2026-11-24T09:00:00Z",
            "presentedForm": [
                {
                    "contentType": "application/pdf",
                    "data": base64.b64encode(b"%PDF-1.4 x").decode(),
                    "creation": "2026-11-23T10:00:00Z",
                    "title": "Report",
                }
            ],
        }
        made = self.make(report)
        at = "/DocumentReference/" + made["id"]
        self.get(at, 404)
        made = self.house.fhir("PUT", "/DiagnosticReport/" + made["id"], {**made, "status": "final"}).json
        first = self.get(at).json
        self.assertEqual((first["docStatus"], first["date"]), ("final", "2026-11-24T10:00:00Z"))
        self.assertEqual(self.house.fhir("PUT", at, first).json["meta"]["versionId"], "1")
        got = self.house.http(
            "GET", "/fhir/" + first["content"][0]["attachment"]["url"], headers={"Accept": "application/pdf"}
        )
        self.assertEqual((got.status, got.body), (200, b"%PDF-1.4 x"))
        self.assertEqual([d["id"] for d in self.documents("creation=2026-11-23")], [made["id"]])
        self.assertEqual([d["id"] for d in self.documents("period=2026-11-24&_id=" + made["id"])], [made["id"]])
        made = self.house.fhir("PUT", "/DiagnosticReport/" + made["id"], {**made, "status": "corrected"}).json
        self.assertEqual(self.get(at).json["docStatus"], "amended")
        made = self.house.fhir("PUT", "/DiagnosticReport/" + made["id"], {**made, "status": "entered-in-error"}).json
        self.assertEqual(self.get(at).json["status"], "entered-in-error")
        self.assertStatus(self.house.fhir("DELETE", "/DiagnosticReport/" + made["id"]), 204)
        self.get(at, 410)
        self.get("/Binary/%s.1" % made["id"], 404)

    def test_43_lists_of_documents(self):
        document = self.documents("patient=" + self.patient["id"])[0]
        made = self.make(
            {
                "resourceType": "List",
                "identifier": [{"system": "urn:ietf:rfc:3986", "value": "urn:oid:1.2.3.77"}],
                "status": "current",
                "mode": "working",
                "code": {
                    "coding": [
                        {"system": "https://profiles.ihe.net/ITI/MHD/CodeSystem/MHDlistTypes", "code": "submissionset"}
                    ]
                },
                "subject": {"reference": "Patient/" + self.patient["id"]},
                "date": "2026-11-24T10:00:00Z",
                "entry": [{"item": {"reference": "DocumentReference/" + document["id"]}}],
            }
        )
        at = "/List?code=submissionset&status=current&"
        for query in (
            "patient=" + self.patient["id"],
            "patient.identifier=IHE-P1",
            "identifier=urn:oid:1.2.3.77",
            "date=2026-11-24",
        ):
            self.assertEqual([x["id"] for x in self.house.search(at + query)], [made["id"]], query)
        self.assertEqual(self.house.search(at + "source.family=x"), [])

    # ---- WIA, IID ----

    def endpoint(self, kind):
        study = self.get("/ImagingStudy/" + self.study["id"]).json
        wanted = [e["reference"].lstrip("#") for e in study["endpoint"]]
        found = [c for c in study["contained"] if c["id"] in wanted and c["connectionType"]["code"] == kind]
        self.assertEqual(len(found), 1)
        return found[0]

    def test_51_from_a_study_to_its_pixels(self):
        endpoint = self.endpoint("dicom-wado-rs")
        self.assertEqual(endpoint["payloadMimeType"], ["application/dicom"])
        study = self.get("/ImagingStudy/%s?_elements=series.instance" % self.study["id"]).json
        series = study["series"][0]
        path = "/studies/%s/series/%s/instances/%s" % (self.uid, series["uid"], series["instance"][0]["uid"])
        address = urllib.parse.urlparse(endpoint["address"])
        self.assertEqual(address.port, self.house.http_port)
        got = self.house.http("GET", address.path + path, headers={"Accept": "application/dicom"})
        self.assertStatus(got, 200)
        self.assertEqual(got.body[128:132], b"DICM")

    def test_52_where_people_look(self):
        shown = "http://viewer.test/show?requestType=STUDY&studyUID=" + self.uid
        self.assertEqual(self.endpoint("ihe-iid")["address"], shown)
        forms = self.get("/DiagnosticReport/" + self.report["id"]).json["presentedForm"]
        self.assertEqual([f["url"] for f in forms if f.get("contentType") == "text/html"], [shown])
        r5 = self.house.http("GET", "/fhir/r5/ImagingStudy/" + self.study["id"]).json
        self.assertEqual(
            [c["connectionType"][0]["coding"][0]["code"] for c in r5["contained"]], ["dicom-wado-rs", "ihe-iid"]
        )

    # ---- bulk exports of a part ----

    def export(self, query, status=202):
        answer = self.house.fhir("GET", "/$export?" + query, headers={"Prefer": "respond-async"})
        self.assertStatus(answer, status)
        return urllib.parse.urlparse(answer.headers["content-location"]).path if status == 202 else answer

    def lines(self, path):
        done = house.wait_for("the export", lambda: self.done(path))
        out = {}
        for f in done.json["output"]:
            text = self.house.http("GET", urllib.parse.urlparse(f["url"]).path).text
            out[f["type"]] = [json.loads(line) for line in text.splitlines()]
        return out

    def done(self, path):
        answer = self.house.http("GET", path)
        return answer if answer.status == 200 else None

    def test_61_type_filters_and_elements(self):
        quote = urllib.parse.quote
        female, anna = quote("Patient?gender=female"), quote("Patient?given=Alissa,Nobody")
        both = self.lines(self.export("_type=Patient,ServiceRequest&_typeFilter=%s&_typeFilter=%s" % (female, anna)))
        self.assertEqual(sorted({p["name"][0]["family"] for p in both["Patient"]}), ["Mohr", "Müller"])
        self.assertTrue(all(p.get("gender") == "female" or "Alissa" in str(p["name"]) for p in both["Patient"]))
        self.assertTrue(both["ServiceRequest"])
        joined = self.lines(self.export("_type=Patient&_typeFilter=%s,%s" % (female, anna)))
        self.assertEqual(len(joined["Patient"]), len(both["Patient"]))
        chained = self.lines(
            self.export("_type=DiagnosticReport&_typeFilter=" + quote("DiagnosticReport?patient.identifier=IHE-P1"))
        )
        self.assertEqual({r["id"] for r in chained["DiagnosticReport"]}, {self.report["id"]})
        cut = self.lines(self.export("_type=Patient&_elements=id,gender"))
        self.assertEqual({k for p in cut["Patient"] for k in p} - {"gender"}, {"resourceType", "id", "meta"})
        self.assertIn("SUBSETTED", str(cut["Patient"][0]["meta"]))
        for bad in ("Patient", "Nothing?x=y", "Patient?nonsense=x", "Observation?code=x", "Patient?"):
            self.export("_type=Patient&_typeFilter=" + quote(bad), 400)

    def test_62_a_job_that_gave_up(self):
        path = self.export("_type=Patient")
        house.wait_for("the export", lambda: self.done(path))
        name = path.rsplit("/", 1)[1]
        self.house.sql("UPDATE export SET state = 'running' WHERE export_id = '%s'" % name)
        self.assertEqual(self.house.http("GET", path).status, 202)
        self.house.sql("UPDATE job SET state = 'dead', finished = now() WHERE payload = '%s'" % name)
        answer = self.house.http("GET", path)
        self.assertEqual((answer.status, answer.json["resourceType"]), (503, "OperationOutcome"))


if __name__ == "__main__":
    story.main()
