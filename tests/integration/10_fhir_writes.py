"""Conditional writes, what happens when many write at once, and references that must hold."""

import concurrent.futures
import pathlib
import sys

TREE = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(TREE / "tests" / "support"))

import story  # noqa: E402


def thing(value, **more):
    return {"resourceType": "Basic", "code": {"text": "w"}, "identifier": [{"system": "urn:w", "value": value}], **more}


class Writes(story.Story):
    def at_once(self, n, call):
        with concurrent.futures.ThreadPoolExecutor(n) as pool:
            return list(pool.map(call, range(n)))

    def found(self, value):
        return self.house.search("/Basic?identifier=urn:w|" + value)

    def create(self, value, status, **more):
        headers = {"If-None-Exist": "identifier=urn:w|" + value}
        answer = self.house.fhir("POST", "/Basic", thing(value, **more), headers)
        self.assertStatus(answer, status)
        return answer

    def test_conditional_create(self):
        made = self.create("cc", 201).json
        again = self.create("cc", 200)
        self.assertEqual(again.json["id"], made["id"])
        self.assertEqual(again.headers["etag"], 'W/"1"')
        self.assertStatus(self.house.fhir("POST", "/Basic", thing("cc")), 201)
        self.create("cc", 412)
        self.assertEqual(len(self.found("cc")), 2)

    def test_criteria_that_are_none(self):
        for criteria in ("", "_count=1", "_sort=_id", "nonsense=1", "identifier=x&_include=*", "identifier=", "%zz=1"):
            answer = self.house.fhir("POST", "/Basic", thing("none"), {"If-None-Exist": criteria})
            self.assertEqual(answer.status, 400, (criteria, answer.text))
            self.assertEqual(answer.json["resourceType"], "OperationOutcome")
        many = "&".join("identifier=%d" % i for i in range(500))
        self.assertStatus(self.house.fhir("POST", "/Basic", thing("none"), {"If-None-Exist": many}), 400)
        self.assertEqual(self.found("none"), [])
        for method in ("PUT", "DELETE"):
            body = thing("none") if method == "PUT" else None
            self.assertStatus(self.house.fhir(method, "/Basic", body), 400)
            self.assertStatus(self.house.fhir(method, "/Basic?_format=json", body), 400)
            self.assertStatus(self.house.fhir(method, "/Basic?nonsense=1", body), 400)
        self.assertStatus(self.house.fhir("DELETE", "/AuditEvent?type=rest"), 405)

    def test_conditional_update(self):
        put = lambda body, q="identifier=urn:w|cu": self.house.fhir("PUT", "/Basic?" + q, body)  # noqa: E731
        made = put(thing("cu"))
        self.assertStatus(made, 201)
        changed = put(thing("cu", created="2026-01-01"))
        self.assertStatus(changed, 200)
        self.assertEqual((changed.json["id"], changed.json["meta"]["versionId"]), (made.json["id"], "2"))
        self.assertStatus(put(thing("cu", created="2026-01-02", id=made.json["id"])), 200)
        self.assertStatus(put(thing("cu", id="other")), 400)
        own = put(thing("cu2", id="of-my-own"), "identifier=urn:w|cu2")
        self.assertStatus(own, 201)
        self.assertEqual(own.json["id"], "of-my-own")
        taken = put(thing("cu3", id="of-my-own"), "identifier=urn:w|cu3")
        self.assertStatus(taken, 409)
        self.assertStatus(self.house.fhir("POST", "/Basic", thing("cu")), 201)
        self.assertStatus(put(thing("cu")), 412)

    def test_conditional_delete(self):
        delete = lambda: self.house.fhir("DELETE", "/Basic?identifier=urn:w|cd")  # noqa: E731
        self.assertStatus(delete(), 204)
        made = self.create("cd", 201).json
        self.assertStatus(delete(), 204)
        self.assertStatus(self.house.fhir("GET", "/Basic/" + made["id"]), 410)
        for _ in range(2):
            self.assertStatus(self.house.fhir("POST", "/Basic", thing("cd")), 201)
        self.assertStatus(delete(), 412)
        self.assertEqual(len(self.found("cd")), 2)

    def test_forty_creates_give_one(self):
        def create(_):
            return self.house.fhir("POST", "/Basic", thing("forty"), {"If-None-Exist": "identifier=urn:w|forty"})

        answers = self.at_once(40, create)
        self.assertEqual(sorted(a.status for a in answers), [200] * 39 + [201])
        self.assertEqual(len({a.json["id"] for a in answers}), 1)
        self.assertEqual(len(self.found("forty")), 1)

    def test_updates_at_once_are_consecutive(self):
        def put(i):
            body = thing("many", id="many", created="2026-01-%02d" % (i + 1))
            return self.house.fhir("PUT", "/Basic/many", body)

        answers = self.at_once(20, put)
        self.assertEqual(sorted(a.status for a in answers), [200] * 19 + [201])
        self.assertEqual(sorted(int(a.json["meta"]["versionId"]) for a in answers), list(range(1, 21)))

    def test_metadata_says_so(self):
        rest = self.house.fhir("GET", "/metadata").json["rest"][0]
        row = [r for r in rest["resource"] if r["type"] == "Basic"][0]
        self.assertEqual(
            (row["conditionalCreate"], row["conditionalUpdate"], row["conditionalDelete"]), (True, True, "single")
        )
        self.assertEqual(len({i["code"] for i in row["interaction"]}), len(row["interaction"]))


if __name__ == "__main__":
    story.main()
