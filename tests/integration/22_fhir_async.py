"""Prefer: respond-async: requests that are taken now and answered later, for who asked and nobody else."""

import pathlib
import sys

TREE = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(TREE / "tests" / "support"))

import house as houses  # noqa: E402
import story  # noqa: E402

LATER = {"Prefer": "respond-async"}


class Later(story.Story):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for i in range(3):
            body = {"resourceType": "Basic", "id": "b%d" % i, "code": {"text": "x"}}
            assert cls.house.fhir("PUT", "/Basic/b%d" % i, body).status == 201
        cls.house.add_user("other", "ADMINISTRATOR")

    def ask(self, method, path, body=None, **headers):
        """The address an answer will be at, below /fhir."""
        answer = self.house.fhir(method, path, body, {**LATER, **headers})
        self.assertStatus(answer, 202)
        self.assertIn("OperationOutcome", answer.text)
        self.assertIn("respond-async", answer.headers["preference-applied"])
        return answer.headers["content-location"].split("/fhir", 1)[1]

    def result(self, address, **options):
        def done():
            answer = self.house.fhir("GET", address, **options)
            if answer.status == 202:
                self.assertIn(answer.headers["x-progress"], ("waiting", "running"))
                self.assertEqual(answer.headers["retry-after"], "1")
            return answer if answer.status != 202 else None

        return houses.wait_for("the answer at " + address, done)

    def entry(self, address):
        answer = self.result(address)
        self.assertStatus(answer, 200)
        self.assertEqual((answer.json["type"], len(answer.json["entry"])), ("batch-response", 1))
        self.assertIn("expires", answer.headers)
        return answer.json["entry"][0]

    def test_1_searches_histories_operations(self):
        for method, path, body, headers in (
            ("GET", "/Basic?_id=b1", None, {}),
            ("POST", "/Basic/_search", "_id=b1&_format=xml", {"Content-Type": "application/x-www-form-urlencoded"}),
        ):
            entry = self.entry(self.ask(method, path, body, **headers))
            self.assertEqual(entry["response"]["status"], "200")
            self.assertEqual([e["resource"]["id"] for e in entry["resource"]["entry"]], ["b1"])
            self.assertIn("/Basic?_id=b1", entry["resource"]["link"][0]["url"])
        for path in ("/Basic/_history", "/Basic/b1/_history", "/_history?_count=1"):
            self.assertEqual(self.entry(self.ask("GET", path))["resource"]["type"], "history")
        self.assertEqual(self.entry(self.ask("GET", "/Basic/b1/$meta"))["resource"]["resourceType"], "Parameters")
        events = self.house.audit_events("RESOURCE_SEARCH")
        self.assertTrue(any(e["who"]["name"] == "admin" and e.get("query") == "_id=b1" for e in events))

    def test_2_forms_and_failures(self):
        address = self.ask("GET", "/Basic?_id=b1&_format=xml")
        self.entry(address)
        xml = self.house.fhir("GET", address + "?_format=xml")
        self.assertIn("application/fhir+xml", xml.headers["content-type"])
        self.assertIn('<type value="batch-response"/>', xml.text)
        entry = self.entry(self.ask("GET", "/Basic?nonsense=1"))
        self.assertEqual(entry["response"]["status"], "400")
        self.assertEqual(entry["response"]["outcome"]["resourceType"], "OperationOutcome")
        self.assertNotIn("resource", entry)
        refused = self.house.fhir("GET", "/Basic", headers={**LATER, "Accept": "text/html"})
        self.assertStatus(refused, 406)
        # what is quick by nature is done at once
        self.assertStatus(self.house.fhir("GET", "/Basic/b1", headers=LATER), 200)
        self.assertStatus(self.house.fhir("POST", "/Basic", {"resourceType": "Basic", "code": {}}, LATER), 400)
        self.assertStatus(self.house.fhir("GET", "/Basic", headers=LATER, user=None), 401)

    def test_3_for_who_asked_only(self):
        address = self.ask("GET", "/Basic")
        for method in ("GET", "DELETE"):
            self.assertStatus(self.house.fhir(method, address, user="other"), 404)
        self.entry(address)
        self.assertStatus(self.house.fhir("DELETE", address), 202)
        for method in ("GET", "DELETE"):
            self.assertStatus(self.house.fhir(method, address), 404)
            self.assertStatus(self.house.fhir(method, "/_async/none"), 404)

    def test_4_a_write_is_done_once(self):
        meta = {
            "resourceType": "Parameters",
            "parameter": [{"name": "meta", "valueMeta": {"tag": [{"code": "later"}]}}],
        }
        entry = self.entry(self.ask("POST", "/Basic/b2/$meta-add", meta))
        self.assertEqual(entry["response"]["status"], "200")
        self.assertEqual(self.house.fhir("GET", "/Basic/b2").json["meta"]["versionId"], "2")
        # the server dies after the work's commit, before the job is marked done
        arm = self.house.root / "arm"
        self.house.restart(failpoint="gate.after_commit=kill:2@%s" % arm)
        arm.touch()
        meta["parameter"][0]["valueMeta"]["tag"][0]["code"] = "again"
        address = self.ask("POST", "/Basic/b2/$meta-add", meta)
        self.house.wait_dead()
        self.house.start()
        self.assertEqual(self.entry(address)["response"]["status"], "200")
        self.jobs_end()
        document = self.house.fhir("GET", "/Basic/b2").json
        self.assertEqual(document["meta"]["versionId"], "3")
        self.assertEqual({t["code"] for t in document["meta"]["tag"]}, {"later", "again"})

    def jobs_end(self):
        """Every job has run to its end; those of a dead server are taken over at once."""
        self.house.sql("UPDATE job SET locked_until = now() WHERE state = 'running'")
        left = "SELECT count(*) FROM job WHERE name = 'ASYNC' AND state IN ('waiting', 'running')"
        houses.wait_for("the jobs' end", lambda: self.house.sql(left) == [["0"]])

    def test_5_survives_a_crash(self):
        address = self.ask("GET", "/Basic?_id=b0")
        self.house.kill()
        self.house.start()
        self.house.sql("UPDATE job SET locked_until = now() WHERE state = 'running'")
        self.assertEqual(self.entry(address)["resource"]["entry"][0]["resource"]["id"], "b0")

    def test_6_what_was_cancelled_writes_nothing(self):
        before = self.house.fhir("GET", "/Basic/b0").headers["etag"]
        meta = {"resourceType": "Parameters", "parameter": [{"name": "meta", "valueMeta": {"tag": [{"code": "t"}]}}]}
        with self.house.holding("SELECT 1 FROM resource WHERE id = 'b0' FOR UPDATE"):
            address = self.ask("POST", "/Basic/b0/$meta-add", meta)
            houses.wait_for("its work", self.house.waiting)
            self.assertStatus(self.house.fhir("DELETE", address), 202)
        self.assertStatus(self.house.fhir("GET", address), 404)
        self.jobs_end()
        self.assertEqual(self.house.fhir("GET", "/Basic/b0").headers["etag"], before)

    def test_6b_what_was_cancelled_ends(self):
        search = {"request": {"method": "GET", "url": "Patient?family=x"}}
        bundle = {"resourceType": "Bundle", "type": "batch", "entry": [search] * 20}
        for method, path, body in (("GET", "/Patient?family=x", None), ("POST", "", bundle)):
            with self.house.holding("LOCK TABLE search_string"):
                address = self.ask(method, path, body)
                houses.wait_for("its work", self.house.waiting)
                self.assertStatus(self.house.fhir("DELETE", address), 202)
                houses.wait_for("its end", lambda: not self.house.waiting())
                self.jobs_end()

    def test_7_a_bundle_that_was_cut_off_is_not_done_again(self):
        self.house.sql(
            "INSERT INTO async_request (async_id, owner, kind, display, address, permissions, roles, departments, "
            "method, target, content_type, prefer, body, state) SELECT 'cut', owner, kind, display, address, "
            "permissions, roles, departments, 'POST', '/fhir', 'application/fhir+json', '', '{}', 'running' "
            "FROM async_request WHERE owner = 'admin' LIMIT 1; INSERT INTO job (name, payload) VALUES ('ASYNC', 'cut')"
        )
        entry = self.entry("/_async/cut")
        self.assertEqual(entry["response"]["status"], "503")
        self.assertIn("look what was done", entry["response"]["outcome"]["issue"][0]["diagnostics"])

    def test_8_one_caller_does_not_fill_the_queue(self):
        self.house.sql(
            "INSERT INTO async_request (async_id, owner, kind, display, address, permissions, roles, departments, "
            "method, target, content_type, prefer, body) SELECT 'w' || i, owner, kind, display, address, permissions, "
            "roles, departments, 'GET', '/fhir/Basic', '', '', '' FROM (SELECT * FROM async_request WHERE owner = "
            "'admin' LIMIT 1) one, generate_series(1, 50) i"
        )
        refused = self.house.fhir("GET", "/Basic", headers=LATER)
        self.assertStatus(refused, 429)
        self.assertIn("retry-after", refused.headers)
        self.assertStatus(self.house.fhir("GET", "/Basic", headers=LATER, user="other"), 202)


if __name__ == "__main__":
    story.main()
