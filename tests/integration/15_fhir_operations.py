"""Operations of FHIR: what a client reaches by $name, at system, type, instance and version."""

import pathlib
import sys

TREE = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(TREE / "tests" / "support"))

import story  # noqa: E402

FHIR_XML = "application/fhir+xml"


def parameters(**values):
    """A Parameters resource: name=("valueUri", "…"), name=("resource", {…}); a list gives several of that name."""
    rows = []
    for name, given in values.items():
        for kind, value in given if isinstance(given, list) else [given]:
            rows.append({"name": name.replace("__", "-"), kind: value})
    return {"resourceType": "Parameters", "parameter": rows}


def out(answer):
    """The parameters of an answer: name -> value (the last of that name)."""
    found = {}
    for p in answer.json.get("parameter", []):
        values = [v for k, v in p.items() if k.startswith("value") or k in ("resource", "part")]
        found[p["name"]] = values[0] if values else None
    return found


class Operations(story.Story):
    def make(self, resource):
        answer = self.house.fhir("POST", "/" + resource["resourceType"], resource)
        self.assertStatus(answer, 201)
        return answer.json

    def refused(self, answer, status):
        self.assertStatus(answer, status)
        self.assertEqual(answer.json["resourceType"], "OperationOutcome")
        return answer.json["issue"][0]

    def patient(self, family="Operation"):
        return self.make({"resourceType": "Patient", "name": [{"family": family}]})


class Framework(Operations):
    def test_1_what_is_no_operation_is_said_so(self):
        patient = self.patient()
        address = "/Patient/" + patient["id"]
        for method, path, status in (
            ("GET", "/$no-such", 404),
            ("POST", "/Patient/$no-such", 404),
            ("GET", address + "/$no-such", 404),
            ("GET", "/Nothing/$meta", 404),
            ("GET", "/Patient/unknown/$meta", 404),
            ("GET", "/Patient/in valid/$meta".replace(" ", "%20"), 404),
            ("POST", "/Patient/$meta-add", 404),  # offered, but for one document
            ("GET", address + "/$meta-add", 405),
            ("GET", address + "/$meta?colour=red", 400),
            ("GET", address + "/_history/0/$meta", 404),
            ("GET", address + "/_history/9/$meta", 404),
            ("DELETE", "/$meta", 405),
            ("GET", "/$", 404),
        ):
            self.refused(self.house.fhir(method, path), status)
        self.assertEqual(self.house.fhir("GET", address + "/$meta-add").headers["allow"], "POST")
        for path in ("/fhir/Patient/$no-such", "/fhir/Patient/unknown/_history/1/$meta"):
            self.refused(self.house.http("POST", path), 404)

    def test_2_parameters_are_what_the_operation_declares(self):
        address = "/Patient/%s/$meta-add" % self.patient()["id"]
        deep = {"name": "meta", "valueString": "x"}
        for _ in range(29):
            deep = {"name": "p", "part": [deep]}
        too_deep = deep
        for _ in range(40):
            too_deep = {"name": "p", "part": [too_deep]}
        meta = ("valueMeta", {"tag": [{"code": "x"}]})
        for body, status in (
            (parameters(), 400),
            (parameters(meta=("valueString", "x")), 400),
            (parameters(meta=[meta, meta]), 400),
            (parameters(meta=meta, other=("valueString", "x")), 400),
            (parameters(meta=("valueMeta", {"tag": "x"})), 400),
            (parameters(meta=("valueMeta", {"colour": "x"})), 400),
            (parameters(meta=("valueMeta", {"lastUpdated": "noon"})), 422),
            ({"resourceType": "Parameters", "parameter": {"name": "meta"}}, 400),
            ({"resourceType": "Parameters", "parameter": [7]}, 400),
            ({"resourceType": "Parameters", "parameter": [deep]}, 400),
            ({"resourceType": "Parameters", "parameter": [too_deep]}, 400),
            ({"resourceType": "Patient"}, 400),
            ({"resourceType": "Fish"}, 400),
            ([1], 400),
        ):
            self.refused(self.house.fhir("POST", address, body), status)
        self.refused(self.house.fhir("POST", address, "{"), 400)
        self.refused(self.house.fhir("POST", address), 400)
        self.refused(self.house.fhir("POST", address, "x", {"Content-Type": "text/plain"}), 415)
        self.refused(self.house.fhir("POST", address, parameters(meta=meta), {"Accept": "image/png"}), 406)
        lenient = self.house.fhir(
            "POST", address, parameters(meta=meta, other=("valueString", "x")), {"Prefer": "handling=lenient"}
        )
        self.assertStatus(lenient, 200)

    def test_3_the_gate_asks_for_what_the_row_says(self):
        address = "/Patient/" + self.patient()["id"]
        body = parameters(meta=("valueMeta", {"tag": [{"code": "x"}]}))
        self.house.add_user("reader", "RADIOGRAPHER")
        self.house.add_user("officer", "COMPLIANCE")
        self.refused(self.house.fhir("POST", address + "/$meta-add", body, user=None), 401)
        self.refused(self.house.fhir("POST", address + "/$meta-add", body, user="reader"), 403)
        self.assertStatus(self.house.fhir("GET", address + "/$meta", user="reader"), 200)
        self.refused(self.house.fhir("GET", address + "/$meta", user="officer"), 403)
        self.assertStatus(self.house.fhir("POST", address + "/$meta-add", body), 200)
        rows = self.house.sql(
            "SELECT kind, outcome FROM audit_event WHERE request = 'POST /fhir/{type}/{id}/$meta-add' "
            "AND object_id = '%s'" % address[1:]
        )
        self.assertEqual(rows, [["RESOURCE_UPDATE", "0"]])

    def test_4_capabilities_and_describe_list_them(self):
        statement = self.house.fhir("GET", "/metadata").json["rest"][0]
        by_type = {r["type"]: {o["name"] for o in r.get("operation", [])} for r in statement["resource"]}
        self.assertIn("meta", {o["name"] for o in statement["operation"]})
        self.assertIn("meta-add", by_type["Patient"])
        self.assertIn("| $meta-delete |", self.house.must("describe", "operations").stdout)


class Meta(Operations):
    def test_1_labels_are_added_and_deleted(self):
        patient = self.patient()
        address = "/Patient/" + patient["id"]
        tag, label = {"system": "urn:t", "code": "a", "display": "A"}, {"system": "urn:s", "code": "R"}
        given = {"profile": ["http://example.org/p"], "tag": [tag, {"code": "b"}], "security": [label]}
        answer = self.house.fhir("POST", address + "/$meta-add", parameters(meta=("valueMeta", given)))
        self.assertStatus(answer, 200)
        meta = out(answer)["return"]
        self.assertEqual((meta["profile"], meta["tag"], meta["security"]), (given["profile"], given["tag"], [label]))
        self.assertEqual(meta["versionId"], "2")
        again = self.house.fhir("POST", address + "/$meta-add", parameters(meta=("valueMeta", {"tag": [tag]})))
        self.assertEqual(out(again)["return"], meta)  # nothing new, no version
        gone = parameters(meta=("valueMeta", {"tag": [{"system": "urn:t", "code": "a"}], "security": [label]}))
        answer = self.house.fhir("POST", address + "/$meta-delete", gone)
        self.assertStatus(answer, 200)
        self.assertEqual(out(answer)["return"]["tag"], [{"code": "b"}])
        self.assertNotIn("security", out(answer)["return"])
        read = self.house.fhir("GET", address).json
        self.assertEqual(read["meta"], out(answer)["return"])
        self.assertEqual(read["name"], patient["name"])
        old = self.house.fhir("GET", address + "/_history/2/$meta")
        self.assertEqual(out(old)["return"]["tag"], given["tag"])
        stale = {"If-Match": 'W/"1"'}
        self.refused(self.house.fhir("POST", address + "/$meta-delete", gone, stale), 412)

    def test_2_what_is_in_use(self):
        body = {"resourceType": "Basic", "code": {"text": "x"}, "meta": {"tag": [{"system": "urn:t", "code": "basic"}]}}
        self.make(body)
        self.make(body)
        of_type = out(self.house.fhir("GET", "/Basic/$meta"))["return"]
        self.assertEqual(of_type, {"tag": [{"system": "urn:t", "code": "basic"}]})
        of_all = self.house.fhir("POST", "/$meta")
        self.assertIn({"system": "urn:t", "code": "basic"}, out(of_all)["return"]["tag"])
        self.assertNotIn("return", out(self.house.fhir("GET", "/Slot/$meta")))
        xml = self.house.http("GET", "/fhir/$meta", headers={"Accept": FHIR_XML})
        self.assertStatus(xml, 200)
        self.assertIn("<valueMeta>", xml.text)


class Everything(Operations):
    def entries(self, path, **options):
        answer = self.house.fhir("GET", path, **options)
        self.assertStatus(answer, 200)
        return answer.json

    def names(self, bundle, mode=None):
        return [
            "%s/%s" % (e["resource"]["resourceType"], e["resource"]["id"])
            for e in bundle.get("entry", [])
            if mode in (None, e["search"]["mode"])
        ]

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        put = lambda r: cls.house.fhir("PUT", "/%s/%s" % (r["resourceType"], r["id"]), r)  # noqa: E731
        to = lambda reference: {"reference": reference}  # noqa: E731
        code = {"text": "x"}
        for r in (
            {"resourceType": "Organization", "id": "o", "name": "Org"},
            {"resourceType": "Practitioner", "id": "doc", "active": True},
            {"resourceType": "Patient", "id": "p", "managingOrganization": to("Organization/o")},
            {"resourceType": "Patient", "id": "q"},
            {"resourceType": "Encounter", "id": "e", "status": "finished", "class": {"code": "AMB"},
             "subject": to("Patient/p"), "period": {"start": "2020-01-01", "end": "2020-01-02"}},
            {"resourceType": "Observation", "id": "x1", "status": "final", "code": code, "subject": to("Patient/p"),
             "encounter": to("Encounter/e"), "effectiveDateTime": "2020-01-01", "performer": [to("Practitioner/doc")]},
            {"resourceType": "Observation", "id": "x2", "status": "final", "code": code, "subject": to("Patient/p"),
             "effectiveDateTime": "2024-06-01"},
            {"resourceType": "Observation", "id": "y1", "status": "final", "code": code, "subject": to("Patient/q")},
            {"resourceType": "ImagingStudy", "id": "i", "status": "available", "subject": to("Patient/p")},
        ):
            answer = put(r)
            assert answer.status == 201, answer.text

    def test_1_of_a_patient(self):
        bundle = self.entries("/Patient/p/$everything")
        self.assertEqual(bundle["type"], "searchset")
        self.assertEqual(self.names(bundle)[0], "Patient/p")
        due = {"Patient/p", "Encounter/e", "Observation/x1", "Observation/x2", "ImagingStudy/i"}
        self.assertEqual(set(self.names(bundle, "match")), due)
        self.assertEqual(set(self.names(bundle, "include")), {"Organization/o", "Practitioner/doc"})

    def test_2_filters(self):
        found = self.names(self.entries("/Patient/p/$everything?_type=Observation,Practitioner"))
        self.assertEqual(set(found), {"Observation/x1", "Observation/x2", "Practitioner/doc"})
        found = self.names(self.entries("/Patient/p/$everything?start=2024&_type=Observation,Encounter"))
        self.assertEqual(found, ["Observation/x2"])
        found = self.names(self.entries("/Patient/p/$everything?end=2021-01-01&_type=Observation"))
        self.assertEqual(found, ["Observation/x1"])
        self.assertEqual(
            self.names(self.entries("/Patient/p/$everything?_since=2099-01-01T00:00:00Z"), "match"), ["Patient/p"]
        )
        for query in ("_type=Fish", "start=noon", "_count=0", "_count=x", "_cursor=x", "_since=x", "colour=red"):
            answer = self.house.fhir("GET", "/Patient/p/$everything?" + query)
            self.assertIn(answer.status, (400, 422), query)
            self.assertEqual(answer.json["resourceType"], "OperationOutcome")
        self.refused(self.house.fhir("GET", "/Patient/nobody/$everything"), 404)
        self.refused(self.house.fhir("GET", "/Observation/x1/$everything"), 404)

    def test_3_pages(self):
        seen, path = [], "/Patient/p/$everything?_count=1"
        while path:
            bundle = self.entries(path)
            seen += self.names(bundle, "match")
            path = next((link["url"] for link in bundle["link"] if link["relation"] == "next"), None)
            path = path and path[path.index("/fhir") + 5 :]
        self.assertEqual(len(seen), 5)
        self.assertEqual(len(set(seen)), 5)

    def test_4_of_an_encounter_and_of_all_patients(self):
        found = set(self.names(self.entries("/Encounter/e/$everything"), "match"))
        self.assertEqual(found, {"Encounter/e", "Observation/x1"})
        body = parameters(_count=("valueInteger", 100))
        answer = self.house.fhir("POST", "/Patient/$everything", body)
        self.assertStatus(answer, 200)
        due = {"Patient/p", "Patient/q", "Observation/x1", "Observation/y1"}
        self.assertLessEqual(due, set(self.names(answer.json)))


class Documents(Operations):
    def test_1_convert(self):
        patient = {"resourceType": "Patient", "active": True, "name": [{"family": "Convert"}]}
        xml = self.house.fhir("POST", "/$convert", patient, {"Accept": FHIR_XML})
        self.assertStatus(xml, 200)
        self.assertIn('<family value="Convert"', xml.text)
        back = self.house.http("POST", "/fhir/$convert", xml.text, {"Content-Type": FHIR_XML})
        self.assertEqual(back.json, patient)
        self.refused(self.house.fhir("POST", "/$convert", {"resourceType": "Patient", "active": "x"}), 400)
        self.refused(self.house.fhir("POST", "/$convert"), 400)

    def test_2_document(self):
        patient = self.patient()
        subject = {"reference": "Patient/" + patient["id"]}
        author = self.make({"resourceType": "Practitioner", "active": True})
        seen = self.make(
            {"resourceType": "Observation", "status": "final", "code": {"text": "x"}, "subject": subject}
        )
        composition = self.make(
            {
                "resourceType": "Composition",
                "status": "final",
                "type": {"text": "letter"},
                "subject": subject,
                "date": "2026-01-01",
                "author": [{"reference": "Practitioner/" + author["id"]}],
                "title": "Letter",
                "section": [{"title": "s", "entry": [{"reference": "Observation/" + seen["id"]}]}],
            }
        )
        address = "/Composition/%s/$document" % composition["id"]
        answer = self.house.fhir("GET", address)
        self.assertStatus(answer, 200)
        bundle = answer.json
        self.assertEqual((bundle["type"], bundle["entry"][0]["resource"]), ("document", composition))
        self.assertTrue(bundle["identifier"]["value"].startswith("urn:uuid:"))
        self.assertIn("timestamp", bundle)
        self.assertEqual(
            {e["resource"]["resourceType"] for e in bundle["entry"]},
            {"Composition", "Patient", "Practitioner", "Observation"},
        )
        self.refused(self.house.fhir("GET", address + "?persist=true"), 400)
        kept = self.house.fhir("POST", address, parameters(persist=("valueBoolean", True)))
        self.assertStatus(kept, 200)
        read = self.house.fhir("GET", "/Bundle/" + kept.json["id"])
        self.assertStatus(read, 200)
        self.assertEqual(read.json["entry"], bundle["entry"])
        self.house.add_user("viewer", "RADIOGRAPHER")
        self.refused(self.house.fhir("POST", address + "?persist=true", user="viewer"), 403)
        self.assertStatus(self.house.fhir("GET", address, user="viewer"), 200)
        self.refused(self.house.fhir("GET", "/Composition/nothing/$document"), 404)


if __name__ == "__main__":
    story.main()
