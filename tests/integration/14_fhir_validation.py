"""Documents must be what FHIR says: rules that hold on every write, and the place of each fault."""

import json
import pathlib
import sys

TREE = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(TREE / "tests" / "support"))

import dicom  # noqa: E402
import hl7  # noqa: E402
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


class Profiles(Validation):
    URL = "http://example.org/profiles/ward-patient"

    def structure(self, *elements, url=None, **more):
        rows = [{"id": "Patient", "path": "Patient", "min": 0, "max": "*", "definition": "d", "base": self.BASE}]
        for path, rest in elements:
            row = {"id": path, "path": path, "min": 0, "max": "*", "definition": "d"}
            rows.append({**row, "base": {**self.BASE, "path": path}, **rest})
        return {
            "resourceType": "StructureDefinition",
            "url": url or self.URL,
            "name": "WardPatient",
            "status": "active",
            "kind": "resource",
            "abstract": False,
            "type": "Patient",
            "baseDefinition": "http://hl7.org/fhir/StructureDefinition/Patient",
            "derivation": "constraint",
            "snapshot": {"element": rows},
            **more,
        }

    BASE = {"path": "Patient", "min": 0, "max": "*"}

    def claims(self, url=None, **more):
        return {"resourceType": "Patient", "meta": {"profile": [url or self.URL]}, **more}

    def told(self, answer):
        return [(i["severity"], (i.get("expression") or [""])[0]) for i in answer.json["issue"]]

    def test_1_a_claimed_profile_is_kept_from_its_first_to_its_last_version(self):
        outcome = {"Prefer": "return=OperationOutcome"}
        answer = self.fhir("POST", "/Patient", self.claims(), 201, outcome)  # nobody knows it yet
        self.assertIn("is not known here", answer.json["issue"][0]["diagnostics"])
        self.assertEqual(self.told(answer)[0], ("warning", "Patient"))
        definition = self.structure(("Patient.name", {"min": 1}))
        made = self.fhir("POST", "/StructureDefinition", definition, 201).json
        answer = self.fhir("POST", "/Patient", self.claims(), 422)
        self.assertEqual(self.told(answer), [("error", "Patient")])
        self.assertIn("'Patient.name' must be there at least 1", answer.json["issue"][0]["diagnostics"])
        self.assertEqual(place(answer.json["issue"][0]), (1, 1))
        patient = self.fhir("POST", "/Patient", self.claims(name=[{"text": "x"}]), 201).json
        patch = [{"op": "remove", "path": "/name"}]
        json_patch = {"Content-Type": "application/json-patch+json"}
        self.fhir("PATCH", "/Patient/" + patient["id"], patch, 422, json_patch)
        changed = {**made, **self.structure(("Patient.birthDate", {"min": 1, "max": "1"}))}
        self.fhir("PUT", "/StructureDefinition/" + made["id"], changed, 200)
        self.fhir("POST", "/Patient", self.claims(name=[{"text": "x"}]), 422)
        self.fhir("POST", "/Patient", self.claims(birthDate="1980"), 201)
        bundle = {"resourceType": "Bundle", "type": "collection"}
        bundle["entry"] = [{"fullUrl": "http://h/Patient/1", "resource": self.claims()}]
        answer = self.fhir("POST", "/Bundle", bundle, 422)
        self.assertEqual(self.told(answer), [("error", "Bundle.entry[0].resource")])
        self.fhir("DELETE", "/StructureDefinition/" + made["id"], None, 204)
        self.fhir("POST", "/Patient", self.claims(), 201)

    def test_2_constraints_slices_and_value_sets(self):
        value_set = {
            "resourceType": "ValueSet",
            "url": "http://example.org/wards",
            "status": "active",
            "compose": {"include": [{"system": "http://example.org/w", "concept": [{"code": "A"}, {"code": "B"}]}]},
        }
        self.fhir("POST", "/ValueSet", value_set, 201)
        slicing = {"discriminator": [{"type": "value", "path": "system"}], "rules": "closed"}
        rule = {"key": "ward-1", "severity": "error", "human": "a name or a number", "expression": "name.exists()"}
        bound = {"strength": "required", "valueSet": "http://example.org/wards"}
        url = "http://example.org/profiles/sliced"
        definition = self.structure(
            ("Patient.identifier", {"slicing": slicing}),
            ("Patient.identifier", {"id": "Patient.identifier:mrn", "sliceName": "mrn", "min": 1, "max": "1"}),
            (
                "Patient.identifier.system",
                {"id": "Patient.identifier:mrn.system", "fixedUri": "urn:mrn", "min": 1, "max": "1"},
            ),
            ("Patient.maritalStatus", {"max": "1", "binding": bound}),
            url=url,
        )
        definition["snapshot"]["element"][0]["constraint"] = [rule]
        self.fhir("POST", "/StructureDefinition", definition, 201)
        good = self.claims(
            url,
            name=[{"text": "x"}],
            identifier=[{"system": "urn:mrn", "value": "1"}],
            maritalStatus={"coding": [{"system": "http://example.org/w", "code": "B"}]},
        )
        self.fhir("POST", "/Patient", good, 201)
        for change, expression in (
            ({"name": None}, "Patient"),
            ({"identifier": [{"system": "urn:mrn"}, {"system": "urn:other"}]}, "Patient.identifier[1]"),
            ({"identifier": None}, "Patient"),
            ({"maritalStatus": {"coding": [{"system": "http://example.org/w", "code": "C"}]}}, "Patient.maritalStatus"),
        ):
            bad = {k: v for k, v in {**good, **change}.items() if v is not None}
            answer = self.fhir("POST", "/Patient", bad, 422)
            self.assertEqual(self.told(answer), [("error", expression)], answer.text)
        self.assertEqual(
            rules(self.fhir("POST", "/Patient", {k: v for k, v in good.items() if k != "name"}, 422)), ["ward-1"]
        )

    def test_3_validate_by_profile(self):
        url = "http://example.org/profiles/asked"
        self.fhir(
            "POST", "/StructureDefinition", self.structure(("Patient.photo", {"min": 1}), url=url, version="2"), 201
        )
        plain = {"resourceType": "Patient", "active": True}
        ask = lambda q, body=plain: self.fhir("POST", "/Patient/$validate" + q, body, 200)  # noqa: E731
        self.assertNotIn("error", dict(self.told(ask(""))))
        self.assertIn(("error", "Patient"), self.told(ask("?profile=" + url)))
        self.assertIn(("error", "Patient"), self.told(ask("?profile=%s%%7C2" % url)))
        self.assertIn(
            "not known", ask("?profile=%s%%7C3" % url).json["issue"][0]["diagnostics"] + ask("?profile=urn:x").text
        )
        core = "?profile=http://hl7.org/fhir/StructureDefinition/"
        self.assertNotIn("error", dict(self.told(ask(core + "Patient"))))
        self.assertIn("another type", ask(core + "Observation").text)
        rows = [{"name": "resource", "resource": plain}, {"name": "profile", "valueUri": url}]
        self.assertIn(("error", "Patient"), self.told(ask("", {"resourceType": "Parameters", "parameter": rows})))

    def test_4_profiles_that_can_not_be_used_harm_nobody(self):
        def store(url, **snapshot):
            self.fhir("POST", "/StructureDefinition", {**self.structure(url=url), **snapshot}, 201)
            return self.fhir("POST", "/Patient", self.claims(url), 201, {"Prefer": "return=OperationOutcome"})

        element = {"path": "Patient", "definition": "d", "min": 0, "max": "*", "base": self.BASE}
        differential = {"differential": {"element": [{"id": "Patient", "path": "Patient"}]}}
        definition = {k: v for k, v in self.structure(url="http://example.org/none").items() if k != "snapshot"}
        self.fhir("POST", "/StructureDefinition", {**definition, **differential}, 201)
        answer = self.fhir(
            "POST", "/Patient", self.claims("http://example.org/none"), 201, {"Prefer": "return=OperationOutcome"}
        )
        self.assertNotIn("can not be used", answer.text)  # a differential alone is a profile
        sliced = {"element": [{"id": "x", "path": "Patient.identifier", "sliceName": "s"}]}
        definition["url"] = "http://example.org/unsaid"
        self.fhir("POST", "/StructureDefinition", {**definition, "differential": sliced}, 201)
        answer = self.fhir(
            "POST", "/Patient", self.claims("http://example.org/unsaid"), 201, {"Prefer": "return=OperationOutcome"}
        )
        self.assertIn("does not say what tells the slices of 'Patient.identifier' apart", answer.text)
        many = [{**element, "id": "Patient"}]
        many += [{**element, "id": "Patient.x%d" % i, "path": "Patient.x%d" % i} for i in range(5000)]
        self.assertIn("larger than", store("http://example.org/large", snapshot={"element": many}).text)
        bomb = {"key": "b", "severity": "error", "human": "h"}
        bomb["expression"] = "descendants()" + ".select($this | %resource.descendants())" * 40 + ".count() > 0"
        rows = [{**element, "id": "Patient", "constraint": [bomb]}]
        url = "http://example.org/bomb"
        self.fhir("POST", "/StructureDefinition", {**self.structure(url=url), "snapshot": {"element": rows}}, 201)
        answer = self.fhir("POST", "/Patient", self.claims(url, name=[{"given": ["a"] * 300}]), 422)
        self.assertIn(answer.json["issue"][0]["code"], ("invariant", "too-costly"))

    def test_5_extensions_become_known(self):
        url = "http://example.org/ext/ward"
        definition = {**self.structure(url=url), "type": "Extension", "kind": "complex-type"}
        definition["baseDefinition"] = "http://hl7.org/fhir/StructureDefinition/Extension"
        definition["context"] = [{"type": "element", "expression": "Patient"}]
        definition["snapshot"]["element"][0].update({"id": "Extension", "path": "Extension"})
        patient = {**Operation.GOOD, "extension": [{"url": url, "valueString": "x"}]}
        ask = lambda: self.told(self.fhir("POST", "/Patient/$validate", patient, 200))  # noqa: E731
        self.assertEqual(ask(), [("warning", "Patient.extension[0]")])
        self.fhir("POST", "/StructureDefinition", definition, 201)
        self.assertEqual(ask(), [("information", "")])

    def test_6_a_differential_and_what_its_references_lead_to(self):
        def define(url, type, *elements, base=None):
            whole = self.structure(url=url, type=type, baseDefinition=base or self.CORE + type)
            del whole["snapshot"]
            whole["differential"] = {"element": [{"id": path, "path": path, **rest} for path, rest in elements]}
            self.fhir("POST", "/StructureDefinition", whole, 201)
            return url

        named = define("http://example.org/named", "Organization", ("Organization.name", {"min": 1}))
        to = {"type": [{"code": "Reference", "targetProfile": [named]}]}
        ward = define("http://example.org/ward", "Patient", ("Patient.managingOrganization", {"min": 1, **to}))
        url = define("http://example.org/room", "Patient", ("Patient.contact.name.family", {"min": 1}), base=ward)
        houses = {}
        for name in ("", "General"):
            body = {"resourceType": "Organization", **({"name": name} if name else {"identifier": [{"value": "1"}]})}
            made = self.fhir("POST", "/Organization", body, 201).json
            houses[name] = {"reference": "Organization/" + made["id"]}
        good = self.claims(url, managingOrganization=houses["General"], contact=[{"name": {"family": "x"}}])
        self.fhir("POST", "/Patient", good, 201)
        for change, expression in (
            ({"managingOrganization": houses[""]}, "Patient.managingOrganization"),
            ({"contact": [{"name": {"text": "x"}}]}, "Patient.contact[0].name"),
            ({"managingOrganization": {"display": "x"}, "active": None}, None),
        ):
            body = {k: v for k, v in {**good, **change}.items() if v is not None}
            answer = self.fhir("POST", "/Patient", body, 422 if expression else 201)
            if expression:
                self.assertEqual(self.told(answer), [("error", expression)], answer.text)

    CORE = "http://hl7.org/fhir/StructureDefinition/"

    def test_7_a_claim_that_is_added_is_checked(self):
        url = "http://example.org/profiles/added"
        self.fhir("POST", "/StructureDefinition", self.structure(("Patient.photo", {"min": 1}), url=url), 201)
        bare = self.fhir("POST", "/Patient", {"resourceType": "Patient"}, 201).json
        photo = self.fhir("POST", "/Patient", {"resourceType": "Patient", "photo": [{"title": "x"}]}, 201).json
        claim = {"name": "meta", "valueMeta": {"profile": [url], "tag": [{"code": "t"}]}}
        claim = {"resourceType": "Parameters", "parameter": [claim]}
        answer = self.fhir("POST", "/Patient/%s/$meta-add" % bare["id"], claim, 422)
        self.assertIn("'Patient.photo' must be there", answer.text)
        self.assertNotIn("profile", self.fhir("GET", "/Patient/" + bare["id"], None, 200).json["meta"])
        self.fhir("POST", "/Patient/%s/$meta-add" % photo["id"], claim, 200)
        self.fhir("PUT", "/Patient/" + photo["id"], {**bare, "id": photo["id"], "meta": {"profile": [url]}}, 422)
        self.fhir("POST", "/Patient/%s/$meta-delete" % photo["id"], claim, 200)
        self.fhir("PUT", "/Patient/" + photo["id"], {"resourceType": "Patient", "id": photo["id"]}, 200)


class Own(Validation):
    """What this server writes itself keeps the rules it asks of others."""

    def test_documents_made_of_messages(self):
        order = hl7.order("V1", hl7.pid("VAL1", "Doe^Jane"), "VAL-1", study_uid=dicom.uid_of("valid", 1))
        self.assertAck(self.house.send(order), "AA")
        report = hl7.report("V2", hl7.pid("VAL1", "Doe^Jane"), "VAL-1")
        self.assertAck(self.house.send(report), "AA")
        for kind in ("Patient", "ServiceRequest", "Task", "ImagingStudy", "DiagnosticReport"):
            found = self.house.search("/" + kind)
            self.assertTrue(found, kind)
            for resource in found:
                answer = self.fhir("GET", "/%s/%s/$validate" % (kind, resource["id"]), None, 200)
                faults = [i for i in answer.json["issue"] if i["severity"] in ("error", "fatal")]
                self.assertEqual(faults, [], json.dumps(resource))


story.main()
