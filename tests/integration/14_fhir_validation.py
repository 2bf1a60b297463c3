"""Documents must be what FHIR says: rules that hold on every write, and the place of each fault."""

import json
import pathlib
import sys

TREE = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(TREE / "tests" / "support"))

import story  # noqa: E402

XML = {"Content-Type": "application/fhir+xml"}
PLACE = "http://hl7.org/fhir/StructureDefinition/operationoutcome-issue-"


def place(issue):
    """(line, column) of an issue, by the extensions."""
    found = {e["url"].removeprefix(PLACE): e["valueInteger"] for e in issue.get("extension", [])}
    return found.get("line"), found.get("col")


def rules(answer):
    return [c["code"] for i in answer.json["issue"] for c in i.get("details", {}).get("coding", [])]


class Validation(story.Story):
    def fhir(self, method, path, body, status, headers=None):
        answer = self.house.fhir(method, path, body, headers)
        self.assertEqual(answer.status, status, answer.text)
        return answer

    def issue(self, answer):
        self.assertEqual(answer.json["resourceType"], "OperationOutcome")
        return answer.json["issue"][0]

    def post_text(self, path, text, status, headers=None, method="POST"):
        headers = {"Content-Type": "application/fhir+json", **(headers or {})}
        answer = self.house.http(method, path, text.encode(), headers)
        self.assertEqual(answer.status, status, answer.text)
        return answer


class Rules(Validation):
    LONELY = {"resourceType": "Patient", "contact": [{"gender": "male"}]}  # pat-1: a contact must be reachable

    def assertRefused(self, answer, rule, expression):
        issue = self.issue(answer)
        self.assertEqual(rules(answer)[0], rule)
        self.assertEqual((issue["severity"], issue["code"]), ("error", "invariant"))
        self.assertEqual(issue["expression"], [expression])
        self.assertIn("rule %s does not hold: " % rule, issue["diagnostics"])
        return issue

    def test_every_write_keeps_the_rules(self):
        broken = self.fhir("POST", "/Patient", self.LONELY, 422)
        issue = self.assertRefused(broken, "pat-1", "Patient.contact[0]")
        self.assertIn("contact's details", issue["diagnostics"])  # the text for people
        self.assertIn("name.exists() or", issue["diagnostics"])  # the expression
        named = {"resourceType": "Patient", "contact": [{"gender": "male", "name": {"text": "x"}}]}
        made = self.fhir("POST", "/Patient", named, 201).json
        address = "/Patient/" + made["id"]
        self.assertRefused(
            self.fhir("PUT", address, {**self.LONELY, "id": made["id"]}, 422), "pat-1", "Patient.contact[0]"
        )
        patch = [{"op": "remove", "path": "/contact/0/name"}]
        headers = {"Content-Type": "application/json-patch+json"}
        answer = self.fhir("PATCH", address, patch, 422, headers)
        self.assertRefused(answer, "pat-1", "Patient.contact[0]")
        for method, path, headers in (
            ("PUT", "/Patient?identifier=urn:v|1", {}),
            ("POST", "/Patient", {"If-None-Exist": "identifier=urn:v|1"}),
        ):
            self.assertRefused(self.fhir(method, path, self.LONELY, 422, headers), "pat-1", "Patient.contact[0]")
        self.assertEqual(self.house.fhir("GET", address).json["meta"]["versionId"], "1")

    def test_rules_of_datatypes_contained_and_bundles(self):
        order = {"resourceType": "ServiceRequest", "status": "active", "intent": "order", "subject": {"display": "x"}}
        period = {**order, "occurrencePeriod": {"start": "2026-02-01", "end": "2026-01-01"}}
        self.assertRefused(
            self.fhir("POST", "/ServiceRequest", period, 422), "per-1", "ServiceRequest.occurrence.ofType(Period)"
        )
        inner = {
            **order,
            "contained": [{"resourceType": "Organization", "id": "o", "active": True}],
            "performer": [{"reference": "#o"}],
        }
        self.assertRefused(self.fhir("POST", "/ServiceRequest", inner, 422), "org-1", "ServiceRequest.contained[0]")
        entry = {"fullUrl": "http://h/Patient/1", "resource": self.LONELY}
        bundle = {"resourceType": "Bundle", "type": "collection", "entry": [entry]}
        answer = self.fhir("POST", "/Bundle", bundle, 422)
        self.assertRefused(answer, "pat-1", "Bundle.entry[0].resource.contact[0]")

    def test_advice_refuses_nothing(self):
        self.fhir("POST", "/Patient", {"resourceType": "Patient"}, 201)  # dom-6: no narrative
        flag = {"resourceType": "ValueSet", "status": "draft", "name": "no name for programs"}  # vsd-0
        self.fhir("POST", "/ValueSet", flag, 201)


class Places(Validation):
    def test_json(self):
        for text, status, line, column, expression in (
            ('{"resourceType":"Patient",\n  "gender": "f"}', 422, 2, 3, "Patient.gender"),
            ('{"resourceType":"Patient",\n\n "foo":1}', 400, 3, 2, "Patient"),
            (
                '{"resourceType":"Patient","name":[{},{"family":"a",\n"family":"b"}]}',
                400,
                2,
                1,
                "Patient.name[1].family",
            ),
            ('{"resourceType":"Patient","name":[{"given":["a",\n    tru]}]}', 400, 2, 5, "Patient.name[0].given[1]"),
            ('{"resourceType":"Patient",\n"contact":[\n{"gender":"male"}]}', 422, 3, 1, "Patient.contact[0]"),
            (
                '{"resourceType":"Patient",\n"deceasedDateTime":"2026-13"}',
                422,
                2,
                1,
                "Patient.deceased.ofType(dateTime)",
            ),
            (
                '{"resourceType":"Patient",\n"multipleBirthInteger":1e9999}',
                422,
                2,
                1,
                "Patient.multipleBirth.ofType(integer)",
            ),
        ):
            issue = self.issue(self.post_text("/fhir/Patient", text, status))
            self.assertEqual((place(issue), issue["expression"]), ((line, column), [expression]), text)
            self.assertEqual(issue["location"], ["Line[%d] Col[%d]" % (line, column)])

    def test_xml(self):
        head = '<Patient xmlns="http://hl7.org/fhir">\n'
        for text, status, line, column, expression in (
            (head + ' <!-- <gender> -->\n  <gender value="f"/></Patient>', 422, 3, 3, "Patient.gender"),
            (head + ' <name/>\n  <foo value="1"/></Patient>', 400, 3, 3, "Patient"),
            (head + '<contact>\n <gender value="male"/>\n</contact></Patient>', 422, 2, 1, "Patient.contact[0]"),
            (head + '<deceasedDateTime value="x"/></Patient>', 422, 2, 1, "Patient.deceased.ofType(dateTime)"),
            (head + "<name></Patient>", 400, 2, None, "Resource"),
        ):
            issue = self.issue(self.post_text("/fhir/Patient", text, status, XML))
            found = place(issue)
            self.assertEqual((found[0], issue["expression"][0][:7]), (line, expression[:7]), text)
            if column:
                self.assertEqual((found[1], issue["expression"]), (column, [expression]), text)

    def test_faults_found_late_have_their_place_too(self):
        order = (
            '{"resourceType":"MedicationRequest","status":"active","intent":"order",\n"subject":{"display":"x"},\n'
            ' "medicationReference":{"reference":"Medication/nowhere"}}'
        )
        issue = self.issue(self.post_text("/fhir/MedicationRequest", order, 422))
        self.assertEqual(place(issue), (3, 2))
        self.assertEqual(issue["expression"], ["MedicationRequest.medication.ofType(Reference)"])
        wrong = '{"resourceType":"Basic",\n "id":"other","code":{"text":"x"}}'
        issue = self.issue(self.post_text("/fhir/Basic/one", wrong, 400, method="PUT"))
        self.assertEqual((place(issue), issue["expression"]), ((2, 2), ["Basic.id"]))
        xml = (
            '<Basic xmlns="http://hl7.org/fhir">\n <code><text value="x"/></code>\n  <subject>\n'
            '<reference value="Patient/none"/></subject></Basic>'
        )
        issue = self.issue(self.post_text("/fhir/Basic", xml, 422, XML))
        self.assertEqual((place(issue), issue["expression"]), ((3, 3), ["Basic.subject"]))

    def test_a_hundred_faults_are_told_together(self):
        body = {"resourceType": "Patient", "contact": [{"gender": "male"}] * 500, "name": [{}] * 500}
        answer = self.fhir("POST", "/Patient", body, 400)
        self.assertEqual(len(answer.json["issue"]), 100)
        self.assertTrue(all(place(i)[0] for i in answer.json["issue"]))
        self.assertEqual(json.loads(answer.text)["resourceType"], "OperationOutcome")


class Operation(Validation):
    """$validate"""

    def validate(self, path, body, status=200, method="POST", **headers):
        answer = self.fhir(method, path, body, status, headers)
        self.assertEqual(answer.json["resourceType"], "OperationOutcome")
        return [(i["severity"], i["code"], (i.get("expression") or [""])[0]) for i in answer.json["issue"]]

    def wrapped(self, resource, **more):
        rows = [{"name": "resource", "resource": resource}] if resource else []
        for name, value in more.items():
            rows.append({"name": name, "valueUri" if name == "profile" else "valueCode": value})
        return {"resourceType": "Parameters", "parameter": rows}

    GOOD = {
        "resourceType": "Patient",
        "text": {"status": "generated", "div": '<div xmlns="http://www.w3.org/1999/xhtml">x</div>'},
        "active": True,
    }

    def test_1_nothing_wrong(self):
        before = len(self.house.search("/Patient"))
        for body in (self.GOOD, self.wrapped(self.GOOD), self.wrapped(self.GOOD, mode="create")):
            answer = self.fhir("POST", "/Patient/$validate", body, 200)
            self.assertEqual(
                answer.json["issue"], [{"severity": "information", "code": "informational", "diagnostics": "No issues"}]
            )
        xml = '<Patient xmlns="http://hl7.org/fhir"><active value="true"/></Patient>'
        answer = self.post_text("/fhir/Patient/$validate", xml, 200, {**XML, "Accept": "application/fhir+xml"})
        self.assertIn("<OperationOutcome", answer.text)
        self.assertIn("dom-6", answer.text)
        self.assertEqual(len(self.house.search("/Patient")), before)  # nothing was written

    def test_2_all_faults_at_once(self):
        self.assertEqual(
            self.validate(
                "/Patient/$validate",
                {
                    **self.GOOD,
                    "text": {"status": "generated", "div": "<div xmlns='http://www.w3.org/1999/xhtml'><script/></div>"},
                    "birthDate": "1980-13-01",
                    "gender": "f",
                    "managingOrganization": {"reference": "Task/1"},
                    "contact": [{"gender": "male"}],
                    "foo": 1,
                },
            ),
            [
                ("error", "value", "Patient.text.div"),
                ("error", "value", "Patient.birthDate"),
                ("error", "code-invalid", "Patient.gender"),
                ("error", "value", "Patient.managingOrganization"),
                ("error", "invariant", "Patient.contact[0]"),
                ("error", "structure", "Patient"),
                ("error", "business-rule", "Patient.managingOrganization"),
            ],
        )
        text = '{"resourceType":"Patient",\n"active":true,\n"name":[{"family":"a","family":"b"}],\n"active":false}'
        answer = self.post_text("/fhir/Patient/$validate", text, 200)
        twice = [i for i in answer.json["issue"] if "twice" in i["diagnostics"]]
        self.assertEqual([place(i) for i in twice], [(3, 23), (4, 1)])
        self.assertEqual([i["expression"][0] for i in twice], ["Patient.name[0].family", "Patient.active"])
        for text in ('{"resourceType":"Patient",\n"active":tru}', '{"resourceType":"Nothing"}', "[]"):
            answer = self.post_text("/fhir/Patient/$validate", text, 200)
            self.assertEqual([(i["severity"], i["code"]) for i in answer.json["issue"]], [("error", "structure")])

    def test_3_modes(self):
        made = self.fhir("POST", "/Patient", self.GOOD, 201).json
        address = "/Patient/%s/$validate" % made["id"]
        fine = [("information", "informational", "")]
        self.assertEqual(self.validate(address, None, method="GET"), fine)
        self.assertEqual(self.validate(address, self.wrapped(made, mode="update")), fine)
        other = {**made, "id": "other"}
        self.assertEqual(self.validate(address, self.wrapped(other, mode="update"))[0][:2], ("error", "invalid"))
        nameless = {k: v for k, v in made.items() if k != "id"}
        self.assertEqual(self.validate("/Patient/$validate", self.wrapped(nameless, mode="update"))[0][1], "required")
        self.assertEqual(self.validate(address, self.wrapped(made, mode="create"))[0][1], "business-rule")
        self.assertEqual(self.validate("/Task/$validate", made)[0][1], "invalid")
        self.assertEqual(self.validate(address, self.wrapped(None, mode="delete")), fine)
        basic = {"resourceType": "Basic", "code": {"text": "x"}, "subject": {"reference": "Patient/" + made["id"]}}
        basic = self.fhir("POST", "/Basic", basic, 201).json
        answer = self.fhir("GET", address + "?mode=delete", None, 200)
        self.assertIn("Basic/" + basic["id"], answer.json["issue"][0]["diagnostics"])
        self.assertEqual(answer.json["issue"][0]["code"], "conflict")
        self.validate("/Patient/$validate", self.wrapped(self.GOOD, mode="nonsense"), 400)
        self.validate("/Patient/$validate", self.wrapped(None, mode="delete"), 400)
        self.validate("/Patient/$validate", None, 400, method="GET")
        self.validate("/Patient/nobody/$validate", None, 404, method="GET")
        self.assertEqual(self.house.fhir("GET", "/Patient/" + made["id"]).json["meta"]["versionId"], "1")

    def test_4_names_nobody_knows_only_warn(self):
        patient = {
            **self.GOOD,
            "extension": [
                {"url": "http://example.org/unknown", "valueString": "x"},
                {"url": "http://hl7.org/fhir/StructureDefinition/patient-birthPlace", "valueAddress": {"city": "x"}},
            ],
            "maritalStatus": {"coding": [{"system": "http://example.org/codes", "code": "M"}]},
        }
        found = [
            ("warning", "not-found", "Patient.extension[0]"),
            ("warning", "not-found", "Patient.maritalStatus.coding[0]"),
            ("warning", "code-invalid", "Patient.maritalStatus"),
        ]
        self.assertEqual(self.validate("/Patient/$validate", patient), found)
        answer = self.fhir("POST", "/Patient", patient, 201, {"Prefer": "return=OperationOutcome"})
        told = [(i["severity"], i["code"], i["expression"][0]) for i in answer.json["issue"]]
        self.assertEqual(told, found)
        self.assertTrue(all(place(i)[0] for i in answer.json["issue"]))
        codes = {
            "resourceType": "CodeSystem",
            "url": "http://example.org/codes",
            "status": "active",
            "content": "complete",
        }
        self.fhir("POST", "/CodeSystem", codes, 201)
        self.assertEqual(self.validate("/Patient/$validate", patient), found[:1] + found[2:])
        bare = {**self.GOOD, "maritalStatus": {"text": "married"}}
        self.assertEqual(self.validate("/Patient/$validate", bare)[0][0], "information")
        required = {**self.GOOD, "gender": "f"}
        self.fhir("POST", "/Patient", required, 422)

    def test_5_many_unknown_names_are_bounded(self):
        many = [{"url": "http://example.org/%d" % i, "valueString": "x"} for i in range(3000)]
        self.assertEqual(len(self.validate("/Patient/$validate", {**self.GOOD, "extension": many})), 100)


story.main()
