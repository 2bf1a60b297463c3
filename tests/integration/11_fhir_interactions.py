"""FHIR documents changed by patches, as clients see it."""

import json
import pathlib
import sys

TREE = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(TREE / "tests" / "support"))

import story  # noqa: E402

PATCH = "application/json-patch+json"
XML_PATCH = "application/xml-patch+xml"


def operation(kind, path, **parts):
    """One of a FHIRPath Patch: operation("add", "Patient", name="gender", value={"valueCode": "male"})."""
    rows = [{"name": "type", "valueCode": kind}, {"name": "path", "valueString": path}]
    for name, value in parts.items():
        if not isinstance(value, dict):
            value = {"valueInteger" if isinstance(value, int) else "valueString": value}
        rows.append({"name": name, **value})
    return {"name": "operation", "part": rows}


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
        for media_type in ("text/plain", "application/merge-patch+json", PATCH + ";charset=latin1", ""):
            answer = self.house.fhir("PATCH", at, b"[]", {"Content-Type": media_type})
            self.assertRefused(answer, 415)
            for offered in (PATCH, XML_PATCH, "application/fhir+json", "application/fhir+xml"):
                self.assertIn(offered, answer.headers["accept-patch"])
        self.assertRefused(self.patch("/Patient/none", []), 404)
        self.assertRefused(self.patch("/Nonsense/1", []), 404)
        self.assertRefused(self.patch("/AuditEvent/1", []), 405)
        self.assertStatus(self.house.fhir("DELETE", at), 204)
        self.assertRefused(self.patch(at, []), 410)
        answer = self.patch("/Patient/none", [], Accept="application/fhir+xml")
        self.assertIn("<OperationOutcome", answer.text)

    def fhirpath(self, address, *operations, **headers):
        body = {"resourceType": "Parameters"}
        if operations:
            body["parameter"] = list(operations)
        return self.house.fhir("PATCH", address, body, headers)

    def xml(self, address, text, **headers):
        text = '<diff xmlns:f="http://hl7.org/fhir">%s</diff>' % text
        return self.house.fhir("PATCH", address, text.encode(), {"Content-Type": XML_PATCH, **headers})

    def test_5_fhirpath_patch(self):
        at = "/Patient/" + self.make("p5")
        answer = self.fhirpath(
            at,
            operation("replace", "Patient.gender", value={"valueCode": "male"}),
            operation("add", "Patient", name="deceased", value={"valueBoolean": False}),
            operation(
                "add",
                "Patient",
                name="contact",
                value={
                    "part": [
                        {"name": "name", "valueHumanName": {"text": "n"}},
                        {"name": "gender", "valueCode": "other"},
                    ]
                },
            ),
            operation("insert", "Patient.identifier", index=0, value={"valueIdentifier": {"value": "first"}}),
            operation("move", "Patient.identifier", source=1, destination=0),
            operation("delete", "Patient.identifier.where(value = 'first')"),
            operation("delete", "Patient.name"),
        )
        self.assertStatus(answer, 200)
        told = answer.json
        self.assertEqual((told["gender"], told["deceasedBoolean"], told["meta"]["versionId"]), ("male", False, "2"))
        self.assertEqual(told["contact"], [{"name": {"text": "n"}, "gender": "other"}])
        self.assertEqual([i["value"] for i in told["identifier"]], ["p5"])
        self.assertEqual(self.fhirpath(at).headers["etag"], 'W/"2"')
        self.assertStatus(self.fhirpath("/Patient?identifier=urn:x|p5", operation("delete", "Patient.contact")), 200)
        self.assertStatus(self.fhirpath(at, **{"If-Match": 'W/"2"'}), 412)
        before = self.house.fhir("GET", at).json
        for operations, status in (
            ([operation("replace", "Patient.gender", value={"valueCode": "blue"})], 422),
            ([operation("replace", "Patient.birthDate", value={"valueDate": "1970-01-01"})], 422),
            ([operation("add", "Patient", name="colour", value={"valueCode": "blue"})], 422),
            ([operation("add", "Patient", name="gender", value={"valueCode": "male"})], 422),
            ([operation("replace", "Patient.id", value={"valueId": "other"})], 422),
            ([operation("insert", "Patient.identifier", index=7, value={"valueIdentifier": {"value": "x"}})], 422),
            ([operation("move", "Patient.identifier", source=0, destination=1)], 422),
            ([operation("delete", "Patient")], 422),
            ([operation("delete", "Patient.descendants()")], 422),
            ([operation("delete", "Patient..name")], 400),
            ([operation("fly", "Patient.name")], 400),
            ([operation("add", "Patient", name="gender")], 400),
            ([{"name": "other", "valueString": "x"}], 400),
            ([operation("delete", "(" * 16000)], 400),
            ([operation("delete", "Patient.name" + ".repeat(children())" * 60)], (200, 413, 422)),
        ):
            answer = self.fhirpath(at, *operations)
            self.assertIn(answer.status, status if isinstance(status, tuple) else (status,), (operations, answer.text))
            if answer.status != 200:
                self.assertEqual(answer.json["resourceType"], "OperationOutcome")
        self.assertEqual(self.house.fhir("GET", at).json, before)
        for body in (b"{}", b'{"resourceType":"Patient"}', b"[]", b"<", b""):
            self.assertRefused(self.house.fhir("PATCH", at, body, {"Content-Type": "application/fhir+json"}), 400)

    def test_6_xml_patch(self):
        at = "/Patient/" + self.make("p6")
        answer = self.xml(
            at,
            '<replace sel="f:Patient/f:gender/@value">male</replace>'
            '<add sel="f:Patient/f:identifier" pos="before"><f:active value="true"/></add>'
            '<add sel="f:Patient"><f:identifier><f:value value="second"/></f:identifier></add>'
            "<remove sel=\"f:Patient/f:identifier[f:value/@value='p6']/f:system\"/>",
        )
        self.assertStatus(answer, 200)
        told = answer.json
        self.assertEqual((told["gender"], told["active"]), ("male", True))
        self.assertEqual(told["identifier"], [{"value": "p6"}, {"value": "second"}])
        before = self.house.fhir("GET", at).json
        for text, status in (
            ('<replace sel="f:Patient/f:gender/@value">blue</replace>', 422),
            ('<remove sel="f:Patient/f:birthDate"/>', 422),
            ('<remove sel="f:Patient/f:identifier"/>', 422),
            ('<remove sel="f:Patient"/>', 422),
            ('<add sel="f:Patient"><f:colour value="blue"/></add>', 422),
            ('<add sel="f:Patient"><x xmlns="urn:x"/></add>', 422),
            ('<replace sel="f:Patient/f:id/@value">other</replace>', 422),
            ('<remove sel="g:Patient/g:id"/>', 400),
            ('<remove sel="//f:id"/>', 400),
            ('<remove sel="f:Patient/../f:id"/>', 400),
            ("<remove sel=\"document('file:///etc/passwd')\"/>", 400),
            ('<remove sel="f:Patient/f:identifier[count(//*)]"/>', 400),
            ("<fly/>", 400),
            ("<remove/>", 400),
            ("text", 400),
            ("<remove", 400),
            ('<remove sel="f:Patient/f:name"/>' * 20000, (413, 422)),
            ("<a>" * 5000 + "</a>" * 5000, 400),
        ):
            answer = self.xml(at, text)
            self.assertIn(answer.status, status if isinstance(status, tuple) else (status,), (text[:90], answer.text))
            self.assertEqual(answer.json["resourceType"], "OperationOutcome")
        bomb = '<!DOCTYPE diff [<!ENTITY a "x"><!ENTITY b SYSTEM "file:///etc/passwd">]><diff>&b;</diff>'
        answer = self.house.fhir("PATCH", at, bomb.encode(), {"Content-Type": XML_PATCH})
        self.assertRefused(answer, 400)
        self.assertEqual(self.house.fhir("GET", at).json, before)


class History(story.Story):
    """What happened to a document, to all of a type, to everything: GET …/_history."""

    def basic(self, identifier, text="a", **headers):
        body = {"resourceType": "Basic", "id": identifier, "code": {"text": text}}
        return self.house.fhir("PUT", "/Basic/" + identifier, body, headers)

    def page(self, address):
        answer = self.house.fhir("GET", address)
        self.assertStatus(answer, 200)
        return answer.json

    def walk(self, address, between=lambda: None):
        """All entries, page by page."""
        entries = []
        while address:
            bundle = self.page(address)
            entries += bundle.get("entry", [])
            following = [link["url"] for link in bundle["link"] if link["relation"] == "next"]
            address = following[0].split("/fhir", 1)[1] if following else None
            between()
        return entries

    @staticmethod
    def told(entries):
        """(method, url, status) of each entry."""
        return [(e["request"]["method"], e["request"]["url"], e["response"]["status"]) for e in entries]

    @staticmethod
    def key(entry):
        return entry["fullUrl"], entry["response"]["etag"]

    def test_1_each_version_tells_how_it_was_made(self):
        made = self.house.fhir("POST", "/Basic", {"resourceType": "Basic", "code": {"text": "a"}}).json
        at = "Basic/" + made["id"]
        made["code"]["text"] = "b"
        self.assertStatus(self.house.fhir("PUT", "/" + at, made), 200)
        text = json.dumps([{"op": "replace", "path": "/code/text", "value": "c"}])
        self.assertStatus(self.house.fhir("PATCH", "/" + at, text, {"Content-Type": PATCH}), 200)
        self.assertStatus(self.house.fhir("DELETE", "/" + at), 204)
        self.assertStatus(self.house.fhir("PUT", "/" + at, made), 201)
        bundle = self.page("/%s/_history" % at)
        self.assertEqual((bundle["type"], bundle["total"]), ("history", 5))
        self.assertEqual(
            self.told(bundle["entry"]),
            [
                ("PUT", at, "201"),
                ("DELETE", at, "204"),
                ("PATCH", at, "200"),
                ("PUT", at, "200"),
                ("POST", "Basic", "201"),
            ],
        )
        self.assertNotIn("resource", bundle["entry"][1])
        self.assertEqual(bundle["entry"][4]["resource"]["code"]["text"], "a")
        self.assertEqual(bundle["entry"][4]["response"]["etag"], 'W/"1"')
        self.assertEqual(self.told(self.walk("/%s/_history?_count=2" % at)), self.told(bundle["entry"]))
        for path in ("/Basic/_history", "/_history"):
            self.assertEqual(self.told(self.page(path)["entry"]), self.told(bundle["entry"]))
        self.assertStatus(self.basic("own"), 201)
        self.assertEqual(self.told(self.page("/Basic/own/_history")["entry"]), [("PUT", "Basic/own", "201")])

    def test_2_a_walk_meets_everything_once_while_others_write(self):
        for i in range(7):
            self.basic("walk-%d" % (i % 3), str(i))
        for path in ("/Basic/_history?_count=2", "/_history?_count=3"):
            before = [self.key(e) for e in self.walk(path)]
            self.assertEqual(len(before), len(set(before)))
            count = [0]

            def write():
                count[0] += 1
                self.basic("walk-%d" % (count[0] % 3), path + str(count[0]))
                self.basic("new-%d%s" % (count[0], path[1]), "x")

            during = [self.key(e) for e in self.walk(path, write)]
            self.assertEqual(during, before)
            self.assertGreater(len(self.walk(path)), len(before))

    def test_3_since_and_at(self):
        entries = self.page("/Basic/_history?_count=1000")["entry"]
        times = [e["response"]["lastModified"] for e in entries]
        self.assertEqual(times, sorted(times, reverse=True))
        middle = times[len(times) // 2]
        since = self.page("/Basic/_history?_count=1000&_since=" + middle)["entry"]
        self.assertEqual(
            [self.key(e) for e in since], [self.key(e) for e in entries if e["response"]["lastModified"] >= middle]
        )
        self.assertEqual(self.page("/_history?_since=2999-01-01").get("entry"), None)
        # what was current at an instant: one version of each document that was there
        instant = times[1]
        shown = self.page("/Basic/_history?_count=1000&_at=" + instant)["entry"]
        urls = [e["fullUrl"] for e in shown]
        self.assertEqual(len(urls), len(set(urls)))
        newest = {}
        for entry in entries:
            if entry["response"]["lastModified"] <= instant:
                newest.setdefault(entry["fullUrl"], entry["response"]["etag"])
        self.assertEqual({e["fullUrl"]: e["response"]["etag"] for e in shown}, newest)
        today = self.page("/Basic/_history?_count=1000&_at=" + times[0][:10])["entry"]
        self.assertEqual(len(today), len(entries))
        self.assertNotIn("entry", self.page("/Basic/_history?_at=lt" + times[-1][:10]))
        self.assertEqual(len(self.page("/Basic/_history?_count=1000&_at=ge" + times[-1])["entry"]), len(entries))

    def test_4_parameters(self):
        for path in ("/Basic/own/_history", "/Basic/_history", "/_history"):
            all_of_it = len(self.walk(path + "?_count=1000"))
            empty = self.page(path + "?_count=0")
            self.assertEqual((empty["total"], empty.get("entry")), (all_of_it, None))
            self.assertEqual(self.page(path + "?_summary=count")["total"], all_of_it)
            first = self.page(path + "?_count=1&_elements=code&_sort=-_lastUpdated")["entry"][0]
            self.assertEqual(first["resource"]["meta"]["tag"][0]["code"], "SUBSETTED")
            huge = self.page(path + "?_count=1000000000")
            self.assertEqual(len(huge["entry"]), min(all_of_it, 1000))
            self.assertIn("meta", huge)
            for query in (
                "_count=-1",
                "_count=x",
                "_since=yesterday",
                "_at=2020-13",
                "_at=ne2020",
                "_cursor=1",
                "_cursor=1.2.3.4",
                "_cursor=a.b.c",
                "_sort=code",
                "_list=1",
                "code=x",
                "_count=1&_count=2",
                "_summary=text&_elements=code",
            ):
                answer = self.house.fhir("GET", path + "?" + query)
                self.assertStatus(answer, 400)
                self.assertEqual(answer.json["resourceType"], "OperationOutcome")
            lenient = self.house.fhir("GET", path + "?code=x&_count=1", headers={"Prefer": "handling=lenient"})
            self.assertStatus(lenient, 200)
            self.assertNotIn("code", lenient.json["link"][0]["url"])
        for path, status in (
            ("/AuditEvent/_history", 405),
            ("/AuditEvent/x/_history", 405),
            ("/Nonsense/_history", 404),
            ("/Basic/none/_history", 404),
        ):
            self.assertStatus(self.house.fhir("GET", path), status)
        xml = self.house.fhir("GET", "/_history?_count=1", headers={"Accept": "application/fhir+xml"})
        self.assertIn('<type value="history"/>', xml.text)

    def test_5_what_is_hidden_has_no_history(self):
        self.house.sql("UPDATE resource SET department = 'CT' WHERE id = 'own'")
        self.house.sql("UPDATE app_user SET departments = '{MR}' WHERE login = 'admin'")
        self.house.restart()
        self.assertStatus(self.house.fhir("GET", "/Basic/own/_history"), 404)
        for path in ("/Basic/_history?_count=1000", "/_history?_count=1000"):
            self.assertFalse([e for e in self.page(path).get("entry", []) if e["fullUrl"].endswith("/own")])


if __name__ == "__main__":
    story.main()
