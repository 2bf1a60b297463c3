"""FHIR documents changed by patches, as clients see it."""

import json
import pathlib
import sys

TREE = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(TREE / "tests" / "support"))

import story  # noqa: E402

PATCH = "application/json-patch+json"


class Interactions(story.Story):
    def make(self, value):
        body = {"resourceType": "Patient", "identifier": [{"system": "urn:x", "value": value}], "gender": "female"}
        answer = self.house.fhir("POST", "/Patient", body)
        self.assertStatus(answer, 201)
        return answer.json["id"]

    def patch(self, address, operations, **headers):
        more = {name.replace("_", "-"): value for name, value in headers.items()}
        text = operations if isinstance(operations, str) else json.dumps(operations)
        return self.house.fhir("PATCH", address, text.encode(), {"Content-Type": PATCH, **more})

    def assertRefused(self, answer, status):
        self.assertStatus(answer, status)
        self.assertEqual(answer.json["resourceType"], "OperationOutcome")

    def test_1_a_patch_is_a_new_version(self):
        at = "/Patient/" + self.make("p1")
        add = [{"op": "add", "path": "/birthDate", "value": "1980-01-02"}]
        answer = self.patch(at, add)
        self.assertStatus(answer, 200)
        self.assertEqual((answer.json["birthDate"], answer.json["meta"]["versionId"]), ("1980-01-02", "2"))
        self.assertEqual(answer.headers["etag"], 'W/"2"')
        self.assertEqual(self.house.fhir("GET", at).json, answer.json)
        self.assertEqual(self.patch(at, add).headers["etag"], 'W/"2"')  # nothing changed, nothing written
        drop = [{"op": "remove", "path": "/identifier/0"}]
        answer = self.patch(at, drop, If_Match='W/"2"', Prefer="return=minimal")
        self.assertStatus(answer, 200)
        self.assertEqual(answer.text, "")
        self.assertNotIn("identifier", self.house.fhir("GET", at).json)
        self.assertRefused(self.patch(at, add, If_Match='W/"2"'), 412)

    def test_2_by_criteria(self):
        at = "/Patient/" + self.make("p2")
        male = [{"op": "replace", "path": "/gender", "value": "male"}]
        self.assertStatus(self.patch("/Patient?identifier=urn:x|p2", male), 200)
        self.assertEqual(self.house.fhir("GET", at).json["gender"], "male")
        self.assertRefused(self.patch("/Patient?identifier=urn:x|nobody", male), 404)
        self.assertRefused(self.patch("/Patient", male), 400)
        self.make("p2-too")
        self.assertRefused(self.patch("/Patient?identifier=urn:x|p2,urn:x|p2-too", male), 412)

    def test_3_what_is_refused_changes_nothing(self):
        at = "/Patient/" + self.make("p3")
        before = self.house.fhir("GET", at).json
        for operations, status in (
            ([{"op": "replace", "path": "/gender", "value": "blue"}], 422),
            ([{"op": "add", "path": "/colour", "value": "blue"}], 400),
            ([{"op": "replace", "path": "/id", "value": "other"}], 422),
            ([{"op": "replace", "path": "/resourceType", "value": "Basic"}], 422),
            ([{"op": "replace", "path": "", "value": 7}], 422),
            ([{"op": "test", "path": "/gender", "value": "male"}], 422),
            ([{"op": "remove", "path": "/birthDate"}], 422),
            ([{"op": "add", "path": "/managingOrganization", "value": {"reference": "Organization/none"}}], 422),
            ([{"op": "fly", "path": "/gender"}], 400),
            ({"op": "remove", "path": "/gender"}, 400),
            ("[{]", 400),
            ("", 400),
            ([{"op": "test", "path": "/gender", "value": "female"}] * 100000, 413),
            ([{"op": "remove", "path": "/a" * 100000}], 422),
            ("[" * 100000, 400),
            (
                [
                    {"op": "copy", "from": "/identifier", "path": "/x"},
                    {"op": "copy", "from": "/x", "path": "/identifier/-"},
                ]
                * 100,
                (413, 422),
            ),
        ):
            answer = self.patch(at, operations)
            wanted = status if isinstance(status, tuple) else (status,)
            self.assertIn(answer.status, wanted, (str(operations)[:90], answer.text[:300]))
            self.assertEqual(answer.json["resourceType"], "OperationOutcome")
        self.assertEqual(self.house.fhir("GET", at).json, before)

    def test_4_addresses_and_types(self):
        at = "/Patient/" + self.make("p4")
        answer = self.house.fhir("PATCH", at, b"{}", {"Content-Type": "application/json"})
        self.assertRefused(answer, 415)
        self.assertEqual(answer.headers["accept-patch"], PATCH)
        self.assertRefused(self.patch("/Patient/none", []), 404)
        self.assertRefused(self.patch("/Nonsense/1", []), 404)
        self.assertRefused(self.patch("/AuditEvent/1", []), 405)
        self.assertStatus(self.house.fhir("DELETE", at), 204)
        self.assertRefused(self.patch(at, []), 410)
        answer = self.patch("/Patient/none", [], Accept="application/fhir+xml")
        self.assertIn("<OperationOutcome", answer.text)


if __name__ == "__main__":
    story.main()
