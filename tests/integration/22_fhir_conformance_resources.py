"""What the server is made of, as resources: search parameters, operations and types, from the tables the code runs on,
among those people store themselves."""

import pathlib
import sys

TREE = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(TREE / "tests" / "support"))

import story  # noqa: E402

SPEC = "http://hl7.org/fhir/"


class Definitions(story.Story):
    def get(self, path, status=200, **options):
        answer = self.house.fhir("GET", path, **options)
        self.assertStatus(answer, status)
        return answer.json if status == 200 else answer

    def walk(self, path):
        """Every id of a search, page after page, and the number of pages."""
        ids, pages = [], 0
        while path:
            bundle = self.get(path)
            ids += [e["resource"]["id"] for e in bundle.get("entry", [])]
            pages += 1
            following = [link["url"] for link in bundle["link"] if link["relation"] == "next"]
            path = following[0].split("/fhir", 1)[1] if following else None
        return ids, pages

    def test_1_what_the_statement_names_is_there(self):
        statement = self.get("/metadata")
        rest = statement["rest"][0]
        patient = next(r for r in rest["resource"] if r["type"] == "Patient")
        for parameter in patient["searchParam"]:
            if "definition" not in parameter:
                continue
            found = self.house.search("/SearchParameter?url=" + parameter["definition"])
            self.assertEqual(len(found), 1, parameter)
            self.assertEqual((found[0]["code"], found[0]["type"]), (parameter["name"], parameter["type"]))
            self.assertTrue({"Patient", "Resource", "DomainResource"} & set(found[0]["base"]))
        for operation in patient["operation"] + rest["operation"]:
            found = self.house.search("/OperationDefinition?url=" + operation["definition"])
            self.assertEqual([f["code"] for f in found], [operation["name"]])
        own = [o["definition"] for o in patient["operation"] if o["name"] == "merge"][0]
        self.assertEqual(self.get("/" + own.split("/fhir/")[1])["code"], "merge")
        found = self.house.search("/StructureDefinition?url=" + patient["profile"])
        self.assertEqual([f["type"] for f in found], ["Patient"])

    def test_2_types(self):
        patient = self.get("/StructureDefinition/Patient")
        elements = {e["path"]: e for e in patient["snapshot"]["element"]}
        self.assertEqual(elements["Patient.deceased[x]"]["type"], [{"code": "boolean"}, {"code": "dateTime"}])
        self.assertEqual((elements["Patient.name"]["min"], elements["Patient.name"]["max"]), (0, "*"))
        gender = elements["Patient.gender"]["binding"]
        self.assertEqual(
            (gender["strength"], gender["valueSet"]), ("required", SPEC + "ValueSet/administrative-gender")
        )
        target = elements["Patient.managingOrganization"]["type"][0]["targetProfile"]
        self.assertEqual(target, [SPEC + "StructureDefinition/Organization"])
        self.assertEqual(elements["Patient.id"]["base"]["path"], "Resource.id")
        self.assertEqual((elements["Patient.link.other"]["min"], elements["Patient.link"]["isModifier"]), (1, True))
        paths = [e["path"] for e in patient["snapshot"]["element"]]
        self.assertLess(paths.index("Patient.contact.name"), paths.index("Patient.communication"))
        item = self.get("/StructureDefinition/Questionnaire")["snapshot"]["element"]
        self.assertEqual(
            [e["contentReference"] for e in item if e["path"] == "Questionnaire.item.item"], ["#Questionnaire.item"]
        )
        for name, kind in (("Patient", "resource"), ("HumanName", "complex-type"), ("positiveInt", "primitive-type")):
            self.assertEqual(self.get("/StructureDefinition/" + name)["kind"], kind)
            done = self.house.fhir("POST", "/StructureDefinition/$validate", self.get("/StructureDefinition/" + name))
            self.assertStatus(done, 200)
            self.assertNotIn("error", [i["severity"] for i in done.json["issue"]])

    def test_3_searches(self):
        for path, ids in (
            ("/SearchParameter?code=birthdate&base=Patient", ["individual-birthdate"]),
            ("/SearchParameter?url=" + SPEC + "SearchParameter/individual-birthdate", ["individual-birthdate"]),
            ("/SearchParameter?_id=individual-birthdate,Patient-link", ["Patient-link", "individual-birthdate"]),
            ("/SearchParameter?base=Patient&type=date", ["Patient-death-date", "individual-birthdate"]),
            ("/SearchParameter?name:exact=birthdate", ["individual-birthdate"]),
            ("/SearchParameter?code=nothing", []),
            ("/StructureDefinition?name=Imaging", ["ImagingStudy"]),
            ("/StructureDefinition?kind=primitive-type&name=positive", ["positiveInt"]),
            ("/StructureDefinition?type=Patient&abstract=false", ["Patient"]),
            ("/StructureDefinition?url:below=" + SPEC + "StructureDefinition/Patient", ["Patient"]),
            ("/OperationDefinition?code=worklist", ["ServiceRequest-worklist"]),
            ("/OperationDefinition?code=reindex", ["ImagingStudy-reindex"]),
            ("/StructureDefinition?name:missing=true", []),
        ):
            bundle = self.get(path)
            self.assertEqual([e["resource"]["id"] for e in bundle.get("entry", [])], ids, path)
            self.assertEqual(bundle["total"], len(ids), path)
        self.get("/SearchParameter?nothing=1", 400)
        self.get("/SearchParameter?_cursor=builtin-x", 400)
        self.get("/SearchParameter?_cursor=builtin-99999", 400)
        self.assertGreater(self.get("/SearchParameter?_summary=count")["total"], 1000)
        merged = self.get("/OperationDefinition/ImagingStudy-reindex")
        self.assertEqual((merged["type"], merged["instance"]), (True, True))

    def test_4_stored_ones_stand_among_them(self):
        mine = []
        for i in range(5):
            made = self.house.fhir(
                "POST",
                "/StructureDefinition",
                {
                    "resourceType": "StructureDefinition",
                    "url": "http://site.example/profile/%d" % i,
                    "name": "Mine%d" % i,
                    "status": "draft",
                    "kind": "resource",
                    "abstract": False,
                    "type": "Patient",
                    "baseDefinition": SPEC + "StructureDefinition/Patient",
                    "derivation": "constraint",
                    "differential": {"element": [{"id": "Patient", "path": "Patient"}]},
                },
            )
            self.assertStatus(made, 201)
            mine.append(made.json["id"])
        everything, _ = self.walk("/StructureDefinition?_count=1000")
        built_in = [i for i in everything if i not in mine]
        self.assertEqual(sorted(everything[-5:]), sorted(mine))
        self.assertEqual(built_in, sorted(built_in))
        for count in (7, 50, len(built_in), len(built_in) + 2):
            walked, pages = self.walk("/StructureDefinition?_count=%d" % count)
            self.assertEqual(walked, everything, count)
            self.assertEqual(pages, -(-len(everything) // count))
        both, pages = self.walk("/StructureDefinition?type=Patient&_count=2&_sort=name")
        self.assertEqual((both, pages), (["Patient"] + mine, 3))
        self.assertEqual(self.get("/StructureDefinition?type=Patient&_total=accurate&_count=2")["total"], 6)
        self.assertEqual(self.get("/StructureDefinition?status=draft")["total"], 5)
        part = self.get("/StructureDefinition?type=Patient&_elements=url&_count=1")["entry"][0]["resource"]
        self.assertNotIn("snapshot", part)

    def test_5_they_are_read_only(self):
        document = self.get("/StructureDefinition/Patient")
        patch = [{"op": "replace", "path": "/status", "value": "draft"}]
        for method, body, headers in (
            ("PUT", document, {}),
            ("DELETE", None, {}),
            ("PATCH", patch, {"Content-Type": "application/json-patch+json"}),
        ):
            answer = self.house.fhir(method, "/StructureDefinition/Patient", body, headers)
            self.assertStatus(answer, 422)
            self.assertEqual(answer.json["issue"][0]["details"]["coding"][0]["code"], "built-in")
        self.assertEqual(self.get("/StructureDefinition/Patient"), document)

    def test_6_forms(self):
        answer = self.house.fhir("GET", "/StructureDefinition/Patient", headers={"Accept": "application/fhir+xml"})
        self.assertStatus(answer, 200)
        self.assertIn('<path value="Patient.deceased[x]"', answer.text)
        answer = self.house.fhir("GET", "/SearchParameter/Patient-link")
        etag = answer.headers["etag"]
        again = self.house.fhir("GET", "/SearchParameter/Patient-link", headers={"If-None-Match": etag})
        self.assertStatus(again, 304)
        self.assertEqual(self.get("/SearchParameter/Patient-link/_history/1")["code"], "link")
        self.get("/SearchParameter/Patient-link/_history/2", 404)
        self.get("/SearchParameter/Patient-nothing", 404)

    def test_7_compartments(self):
        self.assertEqual(len(self.house.search("/CompartmentDefinition")), 5)
        patient = self.get("/CompartmentDefinition/patient")
        rows = {r["code"]: r.get("param", []) for r in patient["resource"]}
        self.assertIn("subject", rows["ServiceRequest"])
        self.assertNotIn("Organization", rows)
        found = self.house.search("/CompartmentDefinition?code=Encounter&resource=Observation")
        self.assertEqual([f["id"] for f in found], ["encounter"])


class Translate(story.Story):
    """ConceptMap/$translate: what a code is in another system."""

    def target(self, code, equivalence="equivalent"):
        return {"code": code, "equivalence": equivalence}

    def make(self, url, *groups):
        resource = {"resourceType": "ConceptMap", "url": url, "status": "active", "group": list(groups)}
        made = self.house.fhir("POST", "/ConceptMap", resource)
        self.assertStatus(made, 201)
        return made.json["id"]

    def ask(self, query, status=200):
        answer = self.house.fhir("GET", "/ConceptMap/" + query)
        self.assertStatus(answer, status)
        if status != 200:
            return None
        result = next(p["valueBoolean"] for p in answer.json["parameter"] if p["name"] == "result")
        found = []
        for match in (p["part"] for p in answer.json["parameter"] if p["name"] == "match"):
            parts = {p["name"]: p for p in match}
            coding = parts.get("concept", {}).get("valueCoding", {})
            found.append((coding.get("system"), coding.get("code"), parts["equivalence"]["valueCode"]))
        return result, found

    def test_1_maps(self):
        other = {"source": "urn:a", "target": "urn:c", "element": [{"code": "z", "target": [self.target("Z9")]}]}
        self.make("urn:map:2", other)
        first = {
            "source": "urn:a",
            "target": "urn:b",
            "element": [
                {"code": "x", "target": [self.target("X1"), self.target("X2", "wider")]},
                {"code": "n", "target": [self.target("N1", "disjoint")]},
                {"code": "m", "target": [{"equivalence": "unmatched", "comment": "none"}]},
            ],
            "unmapped": {"mode": "other-map", "url": "urn:map:2"},
        }
        second = {
            "source": "urn:a2",
            "target": "urn:b",
            "element": [{"code": "q", "target": [self.target("X1")]}],
            "unmapped": {"mode": "fixed", "code": "U"},
        }
        identity = self.make("urn:map:1", first, second)
        for query, expected in (
            (
                "?url=urn:map:1&code=x&system=urn:a",
                (True, [("urn:b", "X1", "equivalent"), ("urn:b", "X2", "wider")]),
            ),
            ("?url=urn:map:1&code=z&system=urn:a", (True, [("urn:c", "Z9", "equivalent")])),
            ("?url=urn:map:1&code=none&system=urn:a", (False, [])),
            ("?url=urn:map:1&code=n&system=urn:a", (False, [("urn:b", "N1", "disjoint")])),
            ("?url=urn:map:1&code=m&system=urn:a", (False, [(None, None, "unmatched")])),
            ("?url=urn:map:1&code=else&system=urn:a2", (True, [("urn:b", "U", "inexact")])),
            ("?url=urn:map:1&code=x&system=urn:a&targetsystem=urn:z", (False, [])),
            (
                "?url=urn:map:1&code=X1&system=urn:b&reverse=true",
                (True, [("urn:a", "x", "equivalent"), ("urn:a2", "q", "equivalent")]),
            ),
        ):
            self.assertEqual(self.ask("$translate" + query), expected, query)
            self.assertEqual(self.ask(identity + "/$translate?" + query.split("&", 1)[1]), expected, query)

    def test_2_what_can_not_be_asked(self):
        self.ask("$translate?url=urn:none&code=x", 404)
        self.ask("$translate?code=x", 400)
        self.ask("$translate?url=urn:map:1", 400)
        self.ask("none/$translate?code=x", 404)
        loop = {
            "source": "urn:l",
            "target": "urn:m",
            "element": [{"code": "x"}],
            "unmapped": {"mode": "other-map", "url": "urn:map:loop"},
        }
        self.make("urn:map:loop", loop)
        self.ask("$translate?url=urn:map:loop&code=y&system=urn:l", 422)


if __name__ == "__main__":
    story.main()
