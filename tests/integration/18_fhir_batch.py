"""Bundles to the base: transactions that are all or nothing, batches entry by entry, what refers to what, and bundles
nobody should send."""

import base64
import concurrent.futures
import http.client
import json
import pathlib
import sys

TREE = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(TREE / "tests" / "support"))

import dicom  # noqa: E402
import story  # noqa: E402

ACSN = {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "ACSN"}]}


def entry(method, url, resource=None, name=None, **request):
    e = {"request": {"method": method, "url": url, **request}}
    if resource is not None:
        e["resource"] = resource
    if name:
        e["fullUrl"] = name
    return e


def bundle(kind, *entries):
    return {"resourceType": "Bundle", "type": kind, "entry": list(entries)}


def patient(value, **more):
    return {
        "resourceType": "Patient",
        "identifier": [{"system": "urn:oid:1.9.18", "value": value}],
        "name": [{"family": "Batch", "given": ["Berta"]}],
        **more,
    }


def observation(subject, **more):
    return {
        "resourceType": "Observation",
        "status": "final",
        "code": {"text": "dose"},
        "subject": {"reference": subject},
        **more,
    }


def basic(value, **more):
    return {
        "resourceType": "Basic",
        "code": {"text": "b"},
        "identifier": [{"system": "urn:b", "value": value}],
        **more,
    }


UUID = "urn:uuid:0f0f0f0f-0000-4000-8000-00000000000%d"


class Bundles(story.Story):
    def post(self, kind, *entries, status=200, headers=None):
        answer = self.house.fhir("POST", "", bundle(kind, *entries), headers)
        self.assertStatus(answer, status)
        return answer.json

    def fails(self, status, place, *entries, kind="transaction"):
        """Refused with this status, and the fault is at this place."""
        answer = self.house.fhir("POST", "", bundle(kind, *entries))
        self.assertStatus(answer, status)
        issue = answer.json["issue"][0]
        self.assertTrue(issue.get("expression", [""])[0].startswith(place), issue)
        return issue["diagnostics"]

    def count(self, query):
        return self.house.fhir("GET", query + ("&" if "?" in query else "?") + "_summary=count").json["total"]

    def where(self, made, n):
        """Type/id of what the n-th entry became."""
        return "/".join(made["entry"][n]["response"]["location"].split("/fhir/")[1].split("/")[:2])


class Transactions(Bundles):
    def test_names_become_ids(self):
        made = self.post(
            "transaction",
            entry(
                "POST",
                "Observation",
                observation(
                    UUID % 1,
                    text={
                        "status": "generated",
                        "div": '<div xmlns="http://www.w3.org/1999/xhtml"><a href="%s">her</a> <a href="#x">x</a></div>'
                        % (UUID % 1),
                    },
                    identifier=[{"value": UUID % 1}],
                    derivedFrom=[{"reference": "http://other.example/fhir/DocumentReference/7"}],
                ),
                UUID % 2,
            ),
            entry("POST", "Patient", patient("n1"), UUID % 1),
            entry(
                "POST",
                "DocumentReference",
                {
                    "resourceType": "DocumentReference",
                    "status": "current",
                    "subject": {"reference": "Patient/p"},
                    "content": [{"attachment": {"contentType": "text/plain", "url": "urn:oid:1.2.3"}}],
                },
                "http://other.example/fhir/DocumentReference/7",
            ),
            entry("PUT", "Patient/named", patient("n2", id="named"), "http://other.example/fhir/Patient/p"),
            entry(
                "POST",
                "Binary",
                {"resourceType": "Binary", "contentType": "text/plain", "data": "aGk="},
                "urn:oid:1.2.3",
            ),
        )
        self.assertEqual(made["type"], "transaction-response")
        self.assertEqual([e["response"]["status"] for e in made["entry"]], ["201"] * 5)
        self.assertNotIn("resource", made["entry"][0])
        first = made["entry"][0]["response"]
        self.assertEqual(first["etag"], 'W/"1"')
        self.assertRegex(first["lastModified"], r"^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
        kept = self.house.fhir("GET", "/" + self.where(made, 0)).json
        who = self.where(made, 1)
        self.assertEqual(kept["subject"]["reference"], who)
        self.assertIn('href="%s"' % who, kept["text"]["div"])
        self.assertEqual(kept["identifier"][0]["value"], UUID % 1)  # a string is no link
        self.assertEqual(kept["derivedFrom"][0]["reference"], self.where(made, 2))
        text = self.house.fhir("GET", "/" + self.where(made, 2)).json
        self.assertEqual(text["subject"]["reference"], "Patient/named")
        self.assertEqual(text["content"][0]["attachment"]["url"], self.where(made, 4))
        told = [e for e in self.house.audit_events() if e.get("object", {}).get("id") == self.where(made, 3)]
        self.assertEqual([e["kind"] for e in told], ["RESOURCE_CREATE"])
        self.assertIn(5, [e.get("count") for e in self.house.audit_events("BUNDLE")])

    def test_all_or_nothing(self):
        before = self.count("/Patient")
        good = entry("POST", "Patient", patient("aon"))
        self.fails(422, "Bundle.entry[1].resource", good, entry("POST", "Observation", observation("Patient/nobody")))
        self.fails(400, "Bundle.entry[1].resource", good, entry("POST", "Patient", {"resourceType": "Patient", "x": 1}))
        bad = {"resourceType": "Patient", "gender": "x"}
        self.fails(422, "Bundle.entry[1].resource.gender", good, entry("POST", "Patient", bad))
        self.fails(404, "Bundle.entry[1]", good, entry("GET", "Patient/nobody"))
        self.fails(412, "Bundle.entry[1]", good, entry("PUT", "Basic/x", basic("x", id="x"), ifMatch='W/"3"'))
        self.fails(422, "Bundle.entry[1]", good, entry("POST", "Patient"))
        self.fails(400, "Bundle.entry[1].resource", good, entry("POST", "Basic", patient("z")))
        self.assertEqual(self.count("/Patient"), before)

    def test_circles_hold(self):
        made = self.post(
            "transaction",
            entry("POST", "Basic", basic("c1", subject={"reference": UUID % 2}), UUID % 1),
            entry("POST", "Basic", basic("c2", subject={"reference": UUID % 3}), UUID % 2),
            entry("POST", "Basic", basic("c3", subject={"reference": UUID % 1}), UUID % 3),
        )
        third = self.house.fhir("GET", "/" + self.where(made, 2)).json
        self.assertEqual(third["subject"]["reference"], self.where(made, 0))
        gone = [entry("DELETE", self.where(made, n)) for n in range(3)]
        said = self.fails(409, "Bundle.entry[0]", gone[0], gone[1])
        self.assertIn(self.where(made, 2), said)
        done = self.post("transaction", *gone)
        self.assertEqual([e["response"]["status"] for e in done["entry"]], ["204"] * 3)

    def test_order_of_phases(self):
        self.assertStatus(self.house.fhir("PUT", "/Basic/ph", basic("ph", id="ph")), 201)
        made = self.post(
            "transaction",
            entry("GET", "Basic?identifier=urn:b|ph"),
            entry("PATCH", "Basic/ph2", self.patch([{"op": "add", "path": "/language", "value": "de"}])),
            entry("PUT", "Basic/ph2", basic("ph", id="ph2")),
            entry("POST", "Basic", basic("ph")),
            entry("DELETE", "Basic/ph"),
            entry("GET", "Basic/ph2"),
            entry("GET", "Basic/ph2/_history"),
            status=400,
        )
        self.assertIn("same document", made["issue"][0]["diagnostics"])  # patched and put
        made = self.post(
            "transaction",
            entry("GET", "Basic?identifier=urn:b|ph"),
            entry("PUT", "Basic/ph2", basic("ph", id="ph2")),
            entry("POST", "Basic", basic("ph")),
            entry("DELETE", "Basic/ph"),
            entry("GET", "Basic/ph2"),
            entry("GET", "Basic/ph2/_history"),
            entry("GET", "Basic/ph2/_history/1"),
            entry("GET", "Basic/$meta"),
            entry("HEAD", "Basic/ph2"),
        )
        found = made["entry"][0]["resource"]
        self.assertEqual({r["resource"]["id"] for r in found["entry"]}, {"ph2", self.where(made, 2).split("/")[1]})
        self.assertEqual(made["entry"][4]["resource"]["id"], "ph2")
        self.assertEqual(made["entry"][5]["resource"]["type"], "history")
        self.assertEqual(made["entry"][6]["response"]["etag"], 'W/"1"')
        self.assertEqual(made["entry"][7]["resource"]["resourceType"], "Parameters")
        self.assertNotIn("resource", made["entry"][8])

    def patch(self, steps):
        data = base64.b64encode(json.dumps(steps).encode()).decode()
        return {"resourceType": "Binary", "contentType": "application/json-patch+json", "data": data}

    def test_patches(self):
        self.assertStatus(self.house.fhir("PUT", "/Basic/pa", basic("pa", id="pa")), 201)
        steps = [{"op": "add", "path": "/language", "value": "de"}]
        self.post("transaction", entry("PATCH", "Basic/pa", self.patch(steps), ifMatch='W/"1"'))
        self.fails(412, "Bundle.entry[0]", entry("PATCH", "Basic/pa", self.patch(steps), ifMatch='W/"1"'))
        by_path = {
            "resourceType": "Parameters",
            "parameter": [
                {
                    "name": "operation",
                    "part": [
                        {"name": "type", "valueCode": "replace"},
                        {"name": "path", "valueString": "Basic.language"},
                        {"name": "value", "valueCode": "fr"},
                    ],
                }
            ],
        }
        self.post("batch", entry("PATCH", "Basic?identifier=urn:b|pa", by_path))
        kept = self.house.fhir("GET", "/Basic/pa").json
        self.assertEqual((kept["language"], kept["meta"]["versionId"]), ("fr", "3"))
        self.fails(422, "Bundle.entry[0]", entry("PATCH", "Basic/pa", self.patch([{"op": "remove", "path": "/code"}])))

    def test_conditions(self):
        make = entry("POST", "Basic", basic("if"), UUID % 1, ifNoneExist="identifier=urn:b|if")
        refers = entry("POST", "Basic", basic("if-r", subject={"reference": UUID % 1}))
        first = self.post("transaction", make, refers)
        again = self.post("transaction", make, refers)
        self.assertEqual([e["response"]["status"] for e in again["entry"]], ["200", "201"])
        self.assertEqual(self.where(again, 0), self.where(first, 0))
        kept = self.house.fhir("GET", "/" + self.where(again, 1)).json
        self.assertEqual(kept["subject"]["reference"], self.where(first, 0))
        self.fails(412, "Bundle.entry[0]", entry("POST", "Basic", basic("q"), ifNoneExist="identifier=urn:b|if-r"))
        twice = entry("POST", "Basic", basic("tw"), ifNoneExist="identifier=urn:b|tw")
        self.fails(400, "Bundle.entry[1]", twice, twice)
        self.fails(400, "Bundle.entry[1]", entry("PUT", "Basic/s", basic("s", id="s")), entry("DELETE", "Basic/s"))
        put = entry("PUT", "Basic?identifier=urn:b|put", basic("put", created="2026-01-01"), UUID % 2)
        made = self.post("transaction", put, entry("POST", "Basic", basic("put-r", subject={"reference": UUID % 2})))
        self.assertEqual([e["response"]["status"] for e in made["entry"]], ["201", "201"])
        put["resource"]["created"] = "2026-01-02"
        self.assertEqual(self.post("transaction", put)["entry"][0]["response"]["etag"], 'W/"2"')
        same = self.post("transaction", entry("GET", self.where(made, 0), ifNoneMatch='W/"2"'))
        self.assertEqual(same["entry"][0]["response"]["status"], "304")
        self.post("transaction", entry("DELETE", "Basic?identifier=urn:b|put-r"))
        self.assertEqual(self.count("/Basic?identifier=urn:b|put-r"), 0)

    def test_conditional_references(self):
        made = self.post("transaction", entry("POST", "Patient", patient("cr")))
        by = "Patient?identifier=urn:oid:1.9.18|cr"
        done = self.post("transaction", *[entry("POST", "Observation", observation(by)) for _ in range(3)])
        kept = self.house.fhir("GET", "/" + self.where(done, 1)).json
        self.assertEqual(kept["subject"]["reference"], self.where(made, 0))
        self.fails(412, "Bundle.entry[0].resource.subject", entry("POST", "Observation", observation(by + "-no")))
        for twin in "12":
            body = patient("twin" + twin, name=[{"family": "Twins"}])
            self.assertStatus(self.house.fhir("POST", "/Patient", body), 201)
        alone = self.house.fhir("POST", "/Observation", observation(by))
        self.assertStatus(alone, 201)
        self.assertEqual(alone.json["subject"]["reference"], self.where(made, 0))
        self.assertStatus(self.house.fhir("POST", "/Observation", observation("Patient?family=Twins")), 412)
        self.assertStatus(self.house.fhir("POST", "/Observation", observation("Patient?nonsense=1")), 400)

    def test_what_is_preferred(self):
        one = entry("POST", "Basic", basic("pref"))
        whole = self.post("transaction", one, headers={"Prefer": "return=representation"})
        self.assertEqual(whole["entry"][0]["resource"]["identifier"][0]["value"], "pref")
        told = self.post("transaction", one, headers={"Prefer": "return=OperationOutcome"})
        self.assertEqual(told["entry"][0]["response"]["outcome"]["resourceType"], "OperationOutcome")
        xml = self.house.fhir("POST", "", bundle("transaction", one), {"Accept": "application/fhir+xml"})
        self.assertStatus(xml, 200)
        self.assertIn("<Bundle", xml.text)

    def test_who_may(self):
        self.house.add_user("reader", "RADIOGRAPHER")
        mixed = bundle("transaction", entry("GET", "Patient?_count=1"), entry("GET", "AuditEvent?_count=1"))
        answer = self.house.fhir("POST", "", mixed, user="reader")
        self.assertStatus(answer, 403)
        self.assertEqual(answer.json["issue"][0]["expression"], ["Bundle.entry[1]"])
        mixed["type"] = "batch"
        answer = self.house.fhir("POST", "", mixed, user="reader")
        self.assertStatus(answer, 200)
        self.assertEqual([e["response"]["status"] for e in answer.json["entry"]], ["200", "403"])

    def test_at_once(self):
        def send(n):
            return self.house.fhir(
                "POST",
                "",
                bundle(
                    "transaction",
                    entry("POST", "Basic", basic("race"), UUID % 1, ifNoneExist="identifier=urn:b|race"),
                    entry("POST", "Basic", basic("race-r", subject={"reference": UUID % 1})),
                ),
            ).status

        with concurrent.futures.ThreadPoolExecutor(12) as pool:
            self.assertEqual(set(pool.map(send, range(12))), {200})
        self.assertEqual(
            (self.count("/Basic?identifier=urn:b|race"), self.count("/Basic?identifier=urn:b|race-r")), (1, 12)
        )


class Batches(Bundles):
    def test_each_alone(self):
        made = self.post(
            "batch",
            entry("POST", "Patient", patient("b1")),
            entry("POST", "Patient", {"resourceType": "Patient", "gender": "nonsense"}),
            entry("GET", "Patient/nobody"),
            entry("GET", "Patient?identifier=urn:oid:1.9.18|b1"),
            entry("GET", "Patient?nonsense=1"),
            entry("DELETE", "Patient/nobody"),
            entry("GET", "metadata"),
            entry("GET", "Nonsense/1"),
        )
        self.assertEqual(made["type"], "batch-response")
        status = [e["response"]["status"] for e in made["entry"]]
        self.assertEqual(status, ["201", "422", "404", "200", "400", "204", "200", "404"])
        self.assertEqual(made["entry"][1]["response"]["outcome"]["issue"][0]["expression"], ["Patient.gender"])
        self.assertEqual(made["entry"][3]["resource"]["total"], 1)
        refused = [
            e
            for e in self.house.audit_events("RESOURCE_READ")
            if e["outcome"] and e.get("object", {}).get("id") == "Patient/nobody"
        ]
        self.assertTrue(refused)  # an entry's failure is an event, though the batch succeeded


class References(Bundles):
    def no_parameter_finds(self):
        """A reference in an element that nothing searches by holds its target, too."""
        basis = {"resourceType": "Organization", "id": "held", "name": "Held"}
        self.assertStatus(self.house.fhir("PUT", "/Organization/held", basis), 201)
        seen = {
            "resourceType": "Patient",
            "id": "holder",
            "identifier": [{"system": "urn:x:held", "value": "1", "assigner": {"reference": "Organization/held"}}],
        }
        self.assertStatus(self.house.fhir("PUT", "/Patient/holder", seen), 201)
        answer = self.house.fhir("DELETE", "/Organization/held")
        self.assertStatus(answer, 409)
        self.assertIn("Patient/holder", answer.text)
        del seen["identifier"][0]["assigner"]
        self.assertStatus(self.house.fhir("PUT", "/Patient/holder", seen), 200)
        self.assertStatus(self.house.fhir("DELETE", "/Organization/held"), 204)

    def test_what_is_referred_to_stays(self):
        made = self.post(
            "transaction",
            entry("POST", "Patient", patient("ri"), UUID % 1),
            entry("POST", "Observation", observation(UUID % 1)),
        )
        who, what = self.where(made, 0), self.where(made, 1)
        answer = self.house.fhir("DELETE", "/" + who)
        self.assertStatus(answer, 409)
        self.assertIn(what, answer.text)
        self.assertStatus(self.house.fhir("DELETE", "/Patient?identifier=urn:oid:1.9.18|ri"), 409)
        self.no_parameter_finds()
        done = self.post("transaction", entry("DELETE", who), entry("DELETE", what))
        self.assertEqual([e["response"]["status"] for e in done["entry"]], ["204", "204"])
        self.assertStatus(self.house.fhir("GET", "/" + who), 410)

    def test_versions(self):
        self.assertStatus(self.house.fhir("PUT", "/Basic/rv", basic("rv", id="rv")), 201)
        for version, status in (("1", 201), ("2", 422), ("x", 422), ("0", 422)):
            body = basic("rv-r", subject={"reference": "Basic/rv/_history/" + version})
            self.assertStatus(self.house.fhir("POST", "/Basic", body), status)
        for free in ("#c", "urn:uuid:0f0f0f0f-0000-4000-8000-0000000000ff", "http://other.example/fhir/Patient/1"):
            body = basic("rv-f", subject={"reference": free})
            if free == "#c":
                body["contained"] = [{"resourceType": "Patient", "id": "c"}]
            self.assertStatus(self.house.fhir("POST", "/Basic", body), 201)

    def test_delete_and_refer_at_once(self):
        """Whoever comes first, no reference leads to what is deleted."""
        for n in range(6):
            name = "rc%d" % n
            self.assertStatus(self.house.fhir("PUT", "/Basic/" + name, basic(name, id=name)), 201)
            calls = [lambda: self.house.fhir("DELETE", "/Basic/" + name).status] + [
                lambda: self.house.fhir("POST", "/Basic", basic("rr", subject={"reference": "Basic/" + name})).status
            ] * 3
            with concurrent.futures.ThreadPoolExecutor(4) as pool:
                gone, *refer = [f.result() for f in [pool.submit(c) for c in calls]]
            self.assertIn(gone, (204, 409))
            self.assertEqual(set(refer) - {201, 422}, set())
            self.assertEqual(gone == 409, 201 in refer, (gone, refer))


class Hostile(Bundles):
    def test_bad_entries(self):
        ok = entry("GET", "Patient?_count=0")
        for kind in ("transaction", "batch"):
            answer = self.house.fhir("POST", "", bundle(kind, ok, {"resource": basic("x")}))
            self.assertStatus(answer, 400)
            self.assertEqual(answer.json["issue"][0]["expression"], ["Bundle.entry[1]"])
            for method in ("OPTIONS", "TRACE", "", "get"):
                answer = self.house.fhir("POST", "", bundle(kind, ok, entry(method, "Patient/1")))
                self.assertIn(answer.status, (400, 422))
                self.assertIn("entry[1]", answer.text)
        for url in ("../../admin", "Patient/../..", "http://other.example/fhir/Patient/1", "", "/", "Patient/%zz",
                    "//x", "websocket", "_export/1", "javascript:alert(1)", "Patient/1?\u0001"):  # fmt: skip
            answer = self.house.fhir("POST", "", bundle("transaction", ok, entry("GET", url)))
            self.assertTrue(400 <= answer.status < 500, (url, answer.status, answer.text))
            self.assertIn("entry[1]", answer.text, url)
            answer = self.house.fhir("POST", "", bundle("batch", ok, entry("GET", url)))
            if answer.status == 200:
                self.assertTrue(400 <= int(answer.json["entry"][1]["response"]["status"]) < 500, url)
            else:
                self.assertTrue(400 <= answer.status < 500, (url, answer.text))
        inner = bundle("transaction", entry("POST", "Basic", basic("inner")))
        self.fails(400, "Bundle.entry[0]", entry("POST", "/", inner))
        self.assertEqual(self.count("/Basic?identifier=urn:b|inner"), 0)
        two = [entry("POST", "Basic", basic("dup"), UUID % 1) for _ in range(2)]
        self.fails(400, "Bundle.entry[1].fullUrl", *two)

    def test_other_bundles(self):
        for kind in ("history", "document", "message", "collection", "searchset", ""):
            answer = self.house.fhir("POST", "", {"resourceType": "Bundle", "type": kind})
            self.assertStatus(answer, 400)
            self.assertIn("Bundle.type", answer.text)
        for body in ({"resourceType": "Patient"}, [], {"resourceType": "Bundle", "type": "batch", "entry": {}}):
            answer = self.house.fhir("POST", "", body)
            self.assertTrue(400 <= answer.status < 500, answer.text)
        empty = self.house.fhir("POST", "", {"resourceType": "Bundle", "type": "transaction"})
        self.assertStatus(empty, 200)
        self.assertEqual(empty.json, {"resourceType": "Bundle", "type": "transaction-response"})

    def test_too_much(self):
        one = json.dumps(entry("GET", "Patient?_count=0"))
        text = '{"resourceType":"Bundle","type":"transaction","entry":[' + ",".join([one] * 100000) + "]}"
        self.assertStatus(self.house.fhir("POST", "", text), 413)
        big = {"resourceType": "Binary", "contentType": "text/plain", "data": base64.b64encode(b"x" * 7500000).decode()}
        made = self.post("transaction", entry("POST", "Binary", big))
        self.assertEqual(made["entry"][0]["response"]["status"], "201")
        again = [entry("GET", "Binary/" + self.where(made, 0).split("/")[1]) for _ in range(8)]
        self.assertIn("answers of the transaction", self.fails(422, "Bundle.entry[6]", *again))
        chain = [
            entry(
                "POST", "Basic", basic("chain", subject={"reference": "urn:oid:1.9.%d" % (n + 1)}), "urn:oid:1.9.%d" % n
            )
            for n in range(1500)
        ]
        del chain[-1]["resource"]["subject"]
        self.post("transaction", *chain)
        self.assertEqual(self.count("/Basic?identifier=urn:b|chain"), 1500)


class Report(Bundles):
    """IHE IMR, RAD-141: a report and all it stands on, in one transaction, the report first."""

    options = {"site.timezone": "Africa/Johannesburg"}

    def send(self, accession, uid):
        names = {n: "urn:uuid:0f0f0f0f-0000-4000-8000-0000000001%02d" % i for i, n in enumerate(
            ("report", "order", "study", "task", "patient", "page", "dose", "org", "doctor", "endpoint"))}  # fmt: skip
        refer = lambda n: {"reference": names[n]}  # noqa: E731
        person = patient(accession)
        uid_identifier = {"system": "urn:dicom:uid", "value": "urn:oid:" + uid}
        resources = {
            "report": {
                "resourceType": "DiagnosticReport",
                "status": "final",
                "code": {"text": "CT head"},
                "subject": refer("patient"),
                "basedOn": [refer("order")],
                "issued": "2026-11-24T10:00:00+02:00",
                "performer": [refer("org")],
                "resultsInterpreter": [refer("doctor")],
                "result": [refer("dose")],
                "imagingStudy": [refer("study")],
                "conclusion": "No bleeding.",
                "presentedForm": [{"contentType": "text/html", "url": names["page"], "size": 4, "hash": "AAAA"}],
            },
            "study": {
                "resourceType": "ImagingStudy",
                "status": "registered",
                "identifier": [uid_identifier],
                "subject": refer("patient"),
                "started": "2026-11-24T09:00:00+02:00",
                "basedOn": [refer("order")],
                "endpoint": [refer("endpoint")],
            },
            "task": {
                "resourceType": "Task",
                "status": "requested",
                "intent": "plan",
                "basedOn": [refer("order")],
                "for": refer("patient"),
                "description": "CT head",
                "restriction": {"period": {"start": "2026-12-01T09:00:00+02:00"}},
                "owner": {"identifier": {"value": "CT1"}},
                "input": [{"type": {"text": "modality"}, "valueCoding": {"code": "CT"}}],
            },
            "order": {
                "resourceType": "ServiceRequest",
                "status": "active",
                "intent": "order",
                "identifier": [{"type": ACSN, "value": accession}],
                "subject": refer("patient"),
                "code": {"text": "CT head"},
            },
            "dose": observation(names["patient"], partOf=[refer("study")]),
            "page": {"resourceType": "Binary", "contentType": "text/html", "data": base64.b64encode(b"<p/>").decode()},
            "org": {"resourceType": "Organization", "name": "Radiology"},
            "doctor": {"resourceType": "Practitioner", "name": [{"family": "Reader"}]},
            "endpoint": {
                "resourceType": "Endpoint",
                "status": "active",
                "connectionType": {
                    "system": "http://terminology.hl7.org/CodeSystem/endpoint-connection-type",
                    "code": "dicom-wado-rs",
                },
                "payloadType": [{"text": "DICOM"}],
                "address": "http://archive.example/dicom-web",
            },
        }
        entries = [entry("POST", r["resourceType"], r, names[n]) for n, r in resources.items()]
        by = "identifier=urn:oid:1.9.18|" + accession
        entries.append(entry("POST", "Patient", person, names["patient"], ifNoneExist=by))
        made = self.post("transaction", *entries)
        return {n: self.where(made, i) for i, n in enumerate([*resources, "patient"])}

    def read(self, where):
        answer = self.house.fhir("GET", "/" + where)
        self.assertStatus(answer, 200)
        return answer.json

    def test_shows_on_every_side(self):
        uid = "1.2.826.0.1.3680043.10.18.141"
        made = self.send("R141", uid)
        report = self.read(made["report"])
        self.assertEqual(report["imagingStudy"][0]["reference"], made["study"])
        self.assertEqual(report["presentedForm"][0]["url"], made["page"])
        linked = self.house.sql("SELECT state, rung FROM report_link WHERE report = '%s'" % made["report"])
        self.assertEqual(linked, [["linked", "study-uid"]])
        steps = self.house.peer().worklist(AccessionNumber="R141")
        self.assertEqual([s["PatientID"] for s in steps], ["R141"])
        self.house.store(*dicom.make_study(self.folder / "r141", uid, patient_id="R141", issuer="", accession="R141"))
        study = self.read(made["study"])
        self.assertEqual((study["status"], study["numberOfInstances"]), ("available", 3))
        found = self.house.search("/DiagnosticReport?imagingStudy.identifier=urn:oid:%s&based-on.identifier=R141" % uid)
        self.assertEqual(["DiagnosticReport/" + r["id"] for r in found], [made["report"]])


class Killed(Bundles):
    def test_nothing_is_half(self):
        arm = self.house.root / "armed"
        for point in ("record.put=kill:20@%s", "gate.before_commit=kill:1@%s"):
            arm.unlink(missing_ok=True)
            self.house.restart(failpoint=point % arm)
            arm.touch()
            things = [entry("POST", "Basic", basic("killed")) for _ in range(40)]
            with self.assertRaises((OSError, http.client.HTTPException)):
                self.house.fhir("POST", "", bundle("transaction", *things))
            self.house.wait_dead(30)
            arm.unlink(missing_ok=True)
            self.house.restart()
            self.assertEqual(self.count("/Basic?identifier=urn:b|killed"), 0)
            rows = self.house.sql(
                "SELECT count(*) FROM search_token t LEFT JOIN resource r USING (rid) WHERE r.rid IS NULL"
            )
            self.assertEqual(int(rows[0][0]), 0)


story.main()
