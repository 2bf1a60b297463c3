"""Operations of FHIR: what a client reaches by $name, at system, type, instance and version."""

import json
import pathlib
import sys

TREE = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(TREE / "tests" / "support"))

import house  # noqa: E402
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


class Operations(story.Documents):
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
            ("DELETE", "/$meta", 404),  # a delete by criteria, of no type
            ("GET", "/$", 404),
        ):
            self.refused(self.house.fhir(method, path), status)
        self.assertEqual(self.house.fhir("GET", address + "/$meta-add").headers["allow"], "POST, OPTIONS")
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


SYSTEM = "http://example.org/colours"


class Terminology(Operations):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        concepts = [
            {
                "code": "red",
                "display": "Red",
                "definition": "like blood",
                "designation": [{"language": "de", "value": "Rot"}],
                "property": [{"code": "warm", "valueBoolean": True}],
                "concept": [{"code": "pink", "display": "Pink"}, {"code": "dark-red", "display": "Dark red"}],
            },
            {"code": "blue", "display": "Blue", "property": [{"code": "inactive", "valueBoolean": True}]},
        ]
        for r in (
            {"resourceType": "CodeSystem", "id": "colours", "url": SYSTEM, "name": "Colours", "status": "active",
             "content": "complete", "concept": concepts},
            cls.value_set("all", include=[{"system": SYSTEM}]),
            cls.value_set("loop-a", include=[{"valueSet": ["http://example.org/vs/loop-b"]}]),
            cls.value_set("loop-b", include=[{"valueSet": ["http://example.org/vs/loop-a"]}]),
        ):
            answer = cls.house.fhir("PUT", "/%s/%s" % (r["resourceType"], r["id"]), r)
            assert answer.status == 201, answer.text

    @staticmethod
    def value_set(name, **compose):
        url = "http://example.org/vs/" + name
        return {"resourceType": "ValueSet", "id": name, "url": url, "status": "active", "compose": compose}

    def codes(self, answer):
        self.assertStatus(answer, 200)
        return [c["code"] for c in answer.json["expansion"].get("contains", [])]

    def filtered(self, *filters):
        rows = [{"property": p, "op": op, "value": v} for p, op, v in filters]
        body = self.value_set("posted", include=[{"system": SYSTEM, "filter": rows}])
        return self.house.fhir("POST", "/ValueSet/$expand", body)

    def test_1_expand(self):
        fhir, url = self.house.fhir, "/ValueSet/$expand?url=http://example.org/vs/all"
        answer = fhir("GET", url)
        self.assertEqual(self.codes(answer), ["red", "pink", "dark-red", "blue"])
        expansion = answer.json["expansion"]
        self.assertEqual((expansion["total"], expansion["contains"][0]["display"]), (4, "Red"))
        self.assertIn("timestamp", expansion)
        self.assertEqual(self.codes(fhir("GET", "/ValueSet/all/$expand?activeOnly=true")), ["red", "pink", "dark-red"])
        page = fhir("GET", url + "&offset=1&count=2")
        self.assertEqual(self.codes(page), ["pink", "dark-red"])
        self.assertEqual((page.json["expansion"]["total"], page.json["expansion"]["offset"]), (4, 1))
        self.assertEqual(self.codes(fhir("GET", url + "&filter=DARK")), ["dark-red"])
        named = fhir("GET", url + "&includeDesignations=true&count=1").json["expansion"]["contains"][0]
        self.assertEqual(named["designation"], [{"language": "de", "value": "Rot"}])
        bound = fhir("GET", "/ValueSet/$expand?url=http://hl7.org/fhir/ValueSet/administrative-gender")
        self.assertEqual(set(self.codes(bound)), {"male", "female", "other", "unknown"})
        red = {"system": SYSTEM, "concept": [{"code": "red"}]}
        without = self.value_set("x", include=[{"system": SYSTEM}], exclude=[red])
        self.assertEqual(
            self.codes(fhir("POST", "/ValueSet/$expand", parameters(valueSet=("resource", without)))),
            ["pink", "dark-red", "blue"],
        )
        listed = [{"code": "red"}, {"code": "x"}]
        both = [{"system": SYSTEM, "concept": listed, "valueSet": ["http://example.org/vs/all"]}]
        self.assertEqual(self.codes(fhir("POST", "/ValueSet/$expand", self.value_set("y", include=both))), ["red"])

    def test_2_filters(self):
        for filters, due in (
            ([("concept", "is-a", "red")], ["red", "pink", "dark-red"]),
            ([("concept", "descendent-of", "red")], ["pink", "dark-red"]),
            ([("concept", "is-not-a", "red")], ["blue"]),
            ([("warm", "=", "true")], ["red"]),
            ([("warm", "exists", "false")], ["pink", "dark-red", "blue"]),
            ([("code", "in", "pink,blue")], ["pink", "blue"]),
            ([("code", "not-in", "pink,blue")], ["red", "dark-red"]),
            ([("code", "regex", "d?a?.*red"), ("concept", "descendent-of", "red")], ["dark-red"]),
        ):
            self.assertEqual(self.codes(self.filtered(*filters)), due, filters)

    def test_3_what_costs_too_much_is_refused(self):
        expand = lambda body: self.house.fhir("POST", "/ValueSet/$expand", body)  # noqa: E731
        TOO_COSTLY = "too-costly"
        for pattern in ("(a{1,250}){1,250}", "(x+x+)+" * 20, r"(.*)\1"):
            self.assertEqual(self.refused(self.filtered(("code", "regex", pattern)), 422)["code"], TOO_COSTLY)
        self.assertStatus(self.filtered(("code", "regex", "(((a*)*)*)*b")), 200)
        self.refused(self.filtered(("code", "regex", "(")), 422)
        listed = [{"code": "c%d" % i} for i in range(60000)]
        many = self.value_set("many", include=[{"system": "urn:many", "concept": listed}])
        self.assertEqual(self.refused(expand(many), 422)["code"], TOO_COSTLY)
        listed = [{"code": str(i)} for i in range(900000)]
        million = self.value_set("million", include=[{"system": "urn:m", "concept": listed}])
        self.assertIn(expand(million).status, (413, 422))
        imports = [{"valueSet": ["http://example.org/vs/all"]}] * 200000
        self.assertEqual(self.refused(expand(self.value_set("imports", include=imports)), 422)["code"], TOO_COSTLY)
        self.refused(expand(self.value_set("own", include=[{"valueSet": ["http://example.org/vs/loop-a"]}])), 422)
        self.refused(self.house.fhir("GET", "/ValueSet/loop-a/$expand"), 422)
        self.refused(expand(self.value_set("z", include=[{"system": "urn:nobody-knows"}])), 422)
        self.refused(self.house.fhir("GET", "/ValueSet/$expand?url=urn:nobody-knows"), 404)
        self.refused(self.house.fhir("GET", "/ValueSet/$expand"), 400)
        self.refused(self.house.fhir("GET", "/ValueSet/nobody/$expand"), 404)
        self.refused(self.house.fhir("GET", "/ValueSet/all/$expand?count=-1"), 400)
        self.refused(self.house.fhir("GET", "/ValueSet/all/$expand?count=many"), 400)

    def test_4_validate_code(self):
        ask = lambda query, t="ValueSet": self.house.fhir("GET", "/%s/$validate-code?%s" % (t, query))  # noqa: E731
        url = "url=http://example.org/vs/all&"
        for query, due in (
            ("code=pink&system=" + SYSTEM, True),
            ("code=pink&display=Pink&system=" + SYSTEM, True),
            ("code=pink&display=Rosa&system=" + SYSTEM, False),
            ("code=green&system=" + SYSTEM, False),
            ("code=pink&system=urn:other", False),
        ):
            answer = ask(url + query)
            self.assertStatus(answer, 200)
            self.assertEqual(out(answer)["result"], due, query)
        concept = {"coding": [{"system": "urn:other", "code": "x"}, {"system": SYSTEM, "code": "red"}]}
        body = parameters(codeableConcept=("valueCodeableConcept", concept))
        answer = self.house.fhir("POST", "/ValueSet/all/$validate-code", body)
        self.assertEqual((out(answer)["result"], out(answer)["display"]), (True, "Red"))
        body = parameters(coding=("valueCoding", {"system": SYSTEM, "code": "grey"}))
        self.assertEqual(out(self.house.fhir("POST", "/ValueSet/all/$validate-code", body))["result"], False)
        self.assertEqual(out(ask("url=%s&code=blue" % SYSTEM, "CodeSystem"))["result"], True)
        self.assertEqual(out(ask("url=%s&code=green" % SYSTEM, "CodeSystem"))["result"], False)
        self.refused(ask("url=urn:nobody-knows&code=x", "CodeSystem"), 404)
        self.refused(ask(url), 400)
        self.refused(ask("url=urn:nobody-knows&code=x&system=y"), 404)

    def test_5_lookup_and_subsumes(self):
        look = lambda query: self.house.fhir("GET", "/CodeSystem/$lookup?" + query)  # noqa: E731
        answer = look("system=%s&code=red" % SYSTEM)
        self.assertStatus(answer, 200)
        found = out(answer)
        self.assertEqual((found["name"], found["display"], found["definition"]), ("Colours", "Red", "like blood"))
        self.assertEqual(found["property"][0]["valueCode"], "warm")
        self.assertNotIn("property", out(look("system=%s&code=red&property=other" % SYSTEM)))
        self.assertStatus(look("system=http://hl7.org/fhir/administrative-gender&code=male"), 200)
        self.refused(look("system=%s&code=green" % SYSTEM), 404)
        self.refused(look("system=urn:nobody-knows&code=x"), 404)
        self.refused(look("code=x"), 400)
        for a, b, due in (
            ("red", "pink", "subsumes"),
            ("pink", "red", "subsumed-by"),
            ("red", "red", "equivalent"),
            ("pink", "blue", "not-subsumed"),
        ):
            answer = self.house.fhir("GET", "/CodeSystem/$subsumes?system=%s&codeA=%s&codeB=%s" % (SYSTEM, a, b))
            self.assertEqual(out(answer), {"outcome": due})


ASYNC = {"Prefer": "respond-async"}


class Export(Operations):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        rows = [{"resourceType": "Patient", "id": "p%d" % i} for i in range(3)]
        for i in range(240):
            subject = {"reference": "Patient/p%d" % (i % 3)}
            rows.append({"resourceType": "Basic", "id": "b%d" % i, "code": {"text": "x"}, "subject": subject})
        rows.append({"resourceType": "Organization", "id": "o", "name": "Zoë\nline"})
        member = [{"entity": {"reference": "Patient/p1"}}]
        rows.append({"resourceType": "Group", "id": "g", "type": "person", "actual": True, "member": member})
        for r in rows:
            answer = cls.house.fhir("PUT", "/%s/%s" % (r["resourceType"], r["id"]), r)
            assert answer.status == 201, answer.text

    def start(self, path, **options):
        answer = self.house.fhir("GET", path, headers=ASYNC, **options)
        self.assertStatus(answer, 202)
        self.assertIn("EXPORT", {e["kind"] for e in self.house.audit_events()})
        location = answer.headers["content-location"]
        return location[location.index("/fhir") :]

    def manifest(self, location):
        def look():
            answer = self.house.http("GET", location)
            self.assertIn(answer.status, (200, 202), answer.text)
            if answer.status == 202:
                self.assertIn("x-progress", answer.headers)
                self.assertIn("retry-after", answer.headers)
            return answer.status == 200 and answer.json

        return house.wait_for("the export", look, 150)  # a killed node's work is taken over after its lease

    def pull(self, location):
        """type -> ids of all lines of all files."""
        found = {}
        for row in self.manifest(location)["output"]:
            answer = self.house.http("GET", row["url"][row["url"].index("/fhir") :])
            self.assertStatus(answer, 200)
            self.assertEqual(answer.headers["content-type"], "application/fhir+ndjson")
            lines = [json.loads(line) for line in answer.text.split("\n") if line]
            self.assertEqual({r["resourceType"] for r in lines}, {row["type"]})
            self.assertEqual(len(lines), row["count"])
            found.setdefault(row["type"], []).extend(r["id"] for r in lines)
        return found

    def test_1_everything(self):
        location = self.start("/$export")
        late = self.make({"resourceType": "Basic", "code": {"text": "after the cut"}})
        manifest = self.manifest(location)
        self.assertTrue(manifest["requiresAccessToken"])
        self.assertTrue(manifest["request"].endswith("/fhir/$export"))
        self.assertIn("transactionTime", manifest)
        found = self.pull(location)
        self.assertEqual(sorted(found["Basic"]), sorted("b%d" % i for i in range(240)))
        self.assertNotIn(late["id"], found["Basic"])
        others = {t: len(ids) for t, ids in found.items() if t != "Basic"}
        self.assertEqual(others, {"Patient": 3, "Organization": 1, "Group": 1})
        self.house.add_user("other", "RADIOLOGIST")
        url = manifest["output"][0]["url"]
        for path in (location, url[url.index("/fhir") :]):
            self.refused(self.house.http("GET", path, user="other"), 404)
            self.refused(self.house.http("GET", path, user=None), 401)
        self.refused(self.house.http("GET", location + "/99.Basic.ndjson"), 404)
        self.refused(self.house.http("DELETE", location, user="other"), 404)
        self.assertStatus(self.house.http("DELETE", location), 202)
        self.refused(self.house.http("GET", location), 404)
        self.refused(self.house.http("GET", url[url.index("/fhir") :]), 404)
        rows = self.house.sql("SELECT count(*) FROM audit_event WHERE kind = 'EXPORT' AND outcome = 0")
        self.assertGreaterEqual(int(rows[0][0]), 6)
        self.house.command("describe", "jobs")  # JOB_EXPORT, JOB_EXPORT_SWEEP

    def test_2_of_patients_a_group_a_type_a_time(self):
        found = self.pull(self.start("/Patient/$export"))
        self.assertEqual({t: len(ids) for t, ids in found.items()}, {"Patient": 3, "Basic": 240, "Group": 1})
        found = self.pull(self.start("/Group/g/$export"))
        self.assertEqual(found["Patient"], ["p1"])
        self.assertEqual(len(found["Basic"]), 80)
        found = self.pull(self.start("/$export?_type=Patient,Organization&_outputFormat=application/fhir%2Bndjson"))
        self.assertEqual(set(found), {"Patient", "Organization"})
        self.assertEqual(self.pull(self.start("/$export?_since=2099-01-01T00:00:00Z")), {})

    def test_3_refusals(self):
        get = lambda path, headers=ASYNC: self.house.fhir("GET", path, headers=headers)  # noqa: E731
        self.refused(get("/$export", {}), 400)
        for query in ("_outputFormat=text/csv", "_type=Fish", "_since=noon", "_typeFilter=Patient%3Fid=1", "x=y"):
            self.assertIn(get("/$export?" + query).status, (400, 422), query)
        self.refused(get("/Group/nobody/$export"), 404)
        self.refused(get("/Observation/$export"), 404)
        self.refused(self.house.http("GET", "/fhir/_export/nothing"), 404)
        self.refused(self.house.http("DELETE", "/fhir/_export/nothing"), 404)

    def test_4_a_restart_takes_it_up_again(self):
        location = self.start("/$export?_type=Basic")
        self.house.kill()
        self.house.start()
        self.assertEqual(len(set(self.pull(location)["Basic"])), 241)


if __name__ == "__main__":
    story.main()
