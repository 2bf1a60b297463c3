"""Two server processes on one database: what one is told the other knows, and what both are asked at once ends well."""

import concurrent.futures
import pathlib
import sys

TREE = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(TREE / "tests" / "support"))

import house as houses  # noqa: E402
import story  # noqa: E402


class Nodes(story.Finding):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.entered = cls.house.node()
        cls.other = cls.entered.__enter__()

    @classmethod
    def tearDownClass(cls):
        cls.entered.__exit__(None, None, None)
        super().tearDownClass()

    def total(self, node, path):
        """None while the node does not search by it."""
        answer = node.fhir("GET", path + "&_summary=count")
        self.assertStatus(answer, (200, 400, 503))
        return answer.json["total"] if answer.status == 200 else None

    def test_1_a_parameter_of_one_is_the_others(self):
        colour = lambda text: {"extension": [{"url": "http://site.example/colour", "valueString": text}]}  # noqa: E731
        self.put({"resourceType": "Patient", "id": "before", **colour("green")})
        self.assertIsNone(self.total(self.other, "/Patient?colour=green"))
        self.put(
            {
                "resourceType": "SearchParameter",
                "id": "colour",
                "url": "http://site.example/SearchParameter/colour",
                "name": "colour",
                "status": "active",
                "description": "A parameter of the site",
                "code": "colour",
                "base": ["Patient"],
                "type": "string",
                "expression": "Patient.extension.where(url = 'http://site.example/colour').value",
            }
        )
        after = {"resourceType": "Patient", "id": "after", **colour("green")}
        self.assertStatus(self.other.fhir("PUT", "/Patient/after", after), 201)  # while it is being indexed
        for node in (self.house, self.other):
            houses.wait_for("both documents", lambda: self.total(node, "/Patient?colour=green") == 2)
        late = {"resourceType": "Patient", "id": "late", **colour("red")}
        self.assertStatus(self.other.fhir("PUT", "/Patient/late", late), 201)
        self.assertEqual(self.total(self.house, "/Patient?colour=red"), 1)
        self.assertStatus(self.other.fhir("DELETE", "/SearchParameter/colour"), 204)
        houses.wait_for("its end", lambda: self.total(self.house, "/Patient?colour=red") is None)
        self.assertStatus(self.house.fhir("GET", "/Patient?colour=red"), 400)

    def test_2_a_profile_of_one_is_the_others(self):
        url = "http://site.example/named"
        root = {"id": "Patient", "path": "Patient"}
        profile = {
            "resourceType": "StructureDefinition",
            "id": "named",
            "url": url,
            "name": "Named",
            "status": "active",
            "kind": "resource",
            "abstract": False,
            "type": "Patient",
            "baseDefinition": "http://hl7.org/fhir/StructureDefinition/Patient",
            "derivation": "constraint",
            "differential": {"element": [root, {"id": "Patient.name", "path": "Patient.name", "min": 1}]},
        }
        bare = {"resourceType": "Patient", "meta": {"profile": [url]}}
        self.assertStatus(self.other.fhir("POST", "/Patient", bare), 201)
        self.put(profile)
        self.assertStatus(self.other.fhir("POST", "/Patient", bare), 422)
        profile["differential"]["element"].pop()
        self.put(profile)
        self.assertStatus(self.other.fhir("POST", "/Patient", bare), 201)

    def test_3_merges_that_overlap(self):
        """Of merges of the same patients at once each is done or refused; nothing is lost, nobody waits for ever."""
        pairs = [(0, 1), (1, 2), (2, 0), (1, 0), (0, 2), (3, 1), (2, 3), (3, 0)]
        for round in range(3):
            ids = ["p%d-%d" % (round, n) for n in range(4)]
            for n, id in enumerate(ids):
                link = [{"type": "seealso", "other": {"reference": "Patient/" + ids[n - 1]}}] if n else []
                self.put({"resourceType": "Patient", "id": id, **({"link": link} if n else {})})
                subject = {"reference": "Patient/" + id}
                self.put({"resourceType": "Basic", "id": id, "code": {"text": "b"}, "subject": subject})

            def merge(n):
                source, target = (ids[i] for i in pairs[n])
                names = (("source-patient", source), ("target-patient", target))
                rows = [{"name": k, "valueReference": {"reference": "Patient/" + v}} for k, v in names]
                node = (self.house, self.other)[n % 2]
                return node.fhir("POST", "/Patient/$merge", {"resourceType": "Parameters", "parameter": rows})

            with concurrent.futures.ThreadPoolExecutor(len(pairs)) as pool:
                answers = list(pool.map(merge, range(len(pairs))))
            for answer in answers:
                self.assertStatus(answer, (200, 409, 422))
            gone = {
                id for id in ids if "replaced-by" in [k["type"] for k in self.read("Patient/" + id).get("link", [])]
            }
            self.assertEqual(len(gone), [a.status for a in answers].count(200))
            self.assertIn(len(gone), (1, 2, 3))
            for id in ids:
                self.assertNotIn(self.read("Basic/" + id)["subject"]["reference"].split("/")[1], gone)


if __name__ == "__main__":
    story.main()
