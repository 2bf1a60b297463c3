"""Around a FHIR search: the part of a resource that was asked for, whichever interaction gives it, and how long a
search may take."""

import concurrent.futures
import pathlib
import sys

TREE = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(TREE / "tests" / "support"))

import story  # noqa: E402

PATIENT = {
    "resourceType": "Patient",
    "id": "part",
    "text": {"status": "generated", "div": '<div xmlns="http://www.w3.org/1999/xhtml">Ann</div>'},
    "identifier": [{"system": "urn:oid:1.7", "value": "PART"}],
    "name": [{"family": "Part", "given": ["Ann"]}],
    "gender": "female",
    "contact": [{"name": {"family": "Next"}, "gender": "male"}],
    "maritalStatus": {"text": "single"},
}
OBSERVATION = {
    "resourceType": "Observation",
    "id": "part",
    "status": "final",
    "code": {"text": "weight"},
    "subject": {"reference": "Patient/part"},
    "note": [{"text": "standing"}],
    "valueQuantity": {"value": 70},
}


class Around(story.Story):
    def get(self, path, status=200):
        answer = self.house.fhir("GET", path)
        self.assertStatus(answer, status)
        return answer.json

    def keys(self, resource):
        self.assertIn("SUBSETTED", [t["code"] for t in resource["meta"].get("tag", [])])
        return set(resource) - {"resourceType", "id", "meta"}

    def test_1_parts_of_a_resource(self):
        for resource in (PATIENT, OBSERVATION):
            path = "/%s/%s" % (resource["resourceType"], resource["id"])
            self.assertStatus(self.house.fhir("PUT", path, resource), 201)
        wanted = (
            ("_summary=true", {"identifier", "name", "gender"}),
            ("_summary=text", {"text"}),
            ("_summary=data", set(PATIENT) - {"resourceType", "id", "text"}),
            ("_elements=gender,Observation.code", {"gender"}),
            ("_elements=contact.name", {"contact"}),
        )
        for query, keys in wanted:
            for path in ("/Patient/part", "/Patient/part/_history/1"):
                self.assertEqual(self.keys(self.get("%s?%s" % (path, query))), keys, query)
            for path in ("/Patient/part/_history?", "/Patient?_id=part&"):
                bundle = self.get(path + query)
                self.assertEqual([self.keys(e["resource"]) for e in bundle["entry"]], [keys], path + query)
            form = self.house.fhir(
                "POST",
                "/Patient/_search",
                ("_id=part&" + query).encode(),
                {"Content-Type": "application/x-www-form-urlencoded"},
            )
            self.assertStatus(form, 200)
            self.assertEqual([self.keys(e["resource"]) for e in form.json["entry"]], [keys], query)
        contact = self.get("/Patient/part?_elements=contact.name")["contact"]
        self.assertEqual(contact, [{"name": {"family": "Next"}}])
        whole = self.get("/Patient/part?_summary=false")
        self.assertNotIn("tag", whole["meta"])
        part = self.get("/Observation/part?_elements=value")
        self.assertEqual(self.keys(part), {"status", "code", "valueQuantity"})  # mandatory ones stay
        included = self.get("/Observation?_id=part&_include=Observation:subject&_summary=true")
        self.assertEqual([e["search"]["mode"] for e in included["entry"]], ["match", "include"])
        self.assertNotIn("contact", included["entry"][1]["resource"])
        count = self.get("/Patient?_id=part&_summary=count")
        self.assertEqual((count["total"], "entry" in count), (1, False))
        xml = self.house.fhir("GET", "/Patient/part?_elements=gender&_format=xml")
        self.assertStatus(xml, 200)
        self.assertIn("SUBSETTED", xml.text)
        self.assertNotIn("Part", xml.text)

    def test_2_contradictions_are_refused(self):
        for path in (
            "/Patient?_summary=true&_elements=name",
            "/Patient?_summary=count&_elements=name",
            "/Patient?_summary=text&_include=Patient:organization",
            "/Patient?_summary=some",
            "/Patient?_elements=nothing",
            "/Patient?_count=1&_count=2",
            "/Patient/part?_summary=count",
            "/Patient/part?_elements=nothing",
            "/Patient?_elements=" + ",".join(["name"] * 1000),
        ):
            answer = self.house.fhir("GET", path)
            self.assertStatus(answer, 400)
            self.assertEqual(answer.json["resourceType"], "OperationOutcome")

    def test_3_an_administrator_sees_the_plan(self):
        plan = self.get("/Patient?family=Quisling&_sort=birthdate&__explain=true")
        self.assertEqual(plan["resourceType"], "Parameters")
        values = {}
        for p in plan["parameter"]:
            values.setdefault(p["name"], []).append(p["valueString"])
        self.assertIn("search_string", values["sql"][0])
        self.assertRegex(values["sql"][0], r"\$\d")
        self.assertIn("cost=", values["plan"][0])
        self.assertNotIn("quisling", str(plan).lower())
        self.house.add_user("reader", "RADIOLOGIST")
        answer = self.house.fhir("GET", "/Patient?family=x&__explain=true", user="reader")
        self.assertStatus(answer, 403)
        for path in ("/Patient?__explain=maybe", "/AuditEvent?__explain=true"):
            self.assertStatus(self.house.fhir("GET", path), 400)

    def test_4_a_slow_search_ends_with_advice(self):
        self.house.restart(sets=["fhir.search_timeout_ms=200"])
        path = "/Patient?family=Part&gender=female"
        with self.house.holding("LOCK TABLE search_string"):
            with concurrent.futures.ThreadPoolExecutor(20) as pool:
                answers = list(pool.map(lambda _: self.house.fhir("GET", path), range(40)))
            for answer in answers:
                self.assertStatus(answer, 503)
                self.assertTrue(int(answer.headers["retry-after"]) > 0)
                issue = answer.json["issue"][0]
                self.assertEqual(issue["code"], "timeout")
                self.assertIn("family, gender", issue["diagnostics"])
                self.assertIn("200 ms", issue["diagnostics"])
        self.assertEqual([p["id"] for p in self.house.search(path)], ["part"])  # no worker hangs
        with self.house.holding("LOCK TABLE resource"):
            for path in ("/$meta", "/Patient/$meta", "/Patient/part/$everything", "/Patient/_history"):
                answer = self.house.fhir("GET", path)
                self.assertStatus(answer, 503)
                self.assertIn("took longer than 200 ms", answer.text)
        self.assertStatus(self.house.fhir("GET", "/Patient/$meta"), 200)


if __name__ == "__main__":
    story.main()
