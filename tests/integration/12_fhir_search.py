"""Search by every kind of parameter: values, modifiers, composites, chains, includes, order and pages."""

import pathlib
import sys
import threading
import urllib.parse

TREE = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(TREE / "tests" / "support"))

import story  # noqa: E402

LOINC = "http://loinc.org"
UCUM = "http://unitsofmeasure.org"


def quantity(value, code="mg"):
    return {"value": value, "system": UCUM, "code": code, "unit": code}


def concept(code, display=None, system=LOINC, text=None):
    coding = {"system": system, "code": code}
    if display:
        coding["display"] = display
    return {"coding": [coding], **({"text": text} if text else {})}


class Search(story.Finding):
    options = {"site.timezone": "Africa/Johannesburg"}

    def observation(self, id, code="1-1", **more):
        self.put({"resourceType": "Observation", "id": id, "status": "final", "code": concept(code), **more})

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        put = lambda r: cls.put(cls(), r)  # noqa: E731
        put({"resourceType": "Organization", "id": "ward", "name": "Ward", "partOf": {"display": "The hospital"}})
        put(
            {
                "resourceType": "Organization",
                "id": "lab",
                "name": "Laboratory",
                "partOf": {"reference": "Organization/ward"},
            }
        )
        put({"resourceType": "Practitioner", "id": "gp", "name": [{"family": "Doctor", "given": ["Gail"]}]})
        put(
            {
                "resourceType": "Patient",
                "id": "anna",
                "meta": {
                    "tag": [{"system": "urn:t", "code": "study-a"}],
                    "profile": ["http://p.example/base/patient|2"],
                },
                "identifier": [{"system": "urn:x", "value": "17", "type": concept("MR", system="urn:v2")}],
                "name": [{"family": "Ångström", "given": ["Anna"]}],
                "gender": "female",
                "birthDate": "1980-03",
                "managingOrganization": {"reference": "Organization/lab"},
                "generalPractitioner": [{"reference": "Practitioner/gp", "display": "Doctor Gail"}],
            }
        )
        put(
            {
                "resourceType": "Patient",
                "id": "bert",
                "identifier": [{"system": "urn:x", "value": "17,5"}],
                "name": [{"family": "Berg"}],
                "gender": "male",
                "birthDate": "1980-03-10",
                "managingOrganization": {"reference": "Organization/ward"},
                "generalPractitioner": [{"identifier": {"system": "urn:doc", "value": "9"}}],
            }
        )
        put({"resourceType": "Patient", "id": "cleo", "name": [{"family": "Angst"}]})

    def test_01_strings_tokens_and_escapes(self):
        self.check(
            [
                ("/Patient?family=angs", "anna cleo"),
                ("/Patient?family:exact=Angst", "cleo"),
                ("/Patient?family:contains=STROM", "anna"),
                ("/Patient?gender=male,female", "anna bert"),
                ("/Patient?gender=male&family=berg", "bert"),
                ("/Patient?gender:not=male", "anna cleo"),
                ("/Patient?gender:missing=true", "cleo"),
                ("/Patient?identifier=urn:x|17", "anna"),
                ("/Patient?identifier=17%5C,5", "bert"),
                ("/Patient?identifier=17,99", "anna"),
                ("/Patient?identifier:of-type=urn:v2|MR|17", "anna"),
                ("/Patient?_tag=urn:t|study-a", "anna"),
                ("/Patient?_tag:not=study-a", "bert cleo"),
                ("/Patient?_profile=http://p.example/base/patient", "anna"),
                ("/Patient?_profile=http://p.example/base/patient|2", "anna"),
                ("/Patient?_profile=http://p.example/base/patient|3", ""),
                ("/Patient?_profile:below=http://p.example/base", "anna"),
                ("/Patient?_profile:above=http://p.example/base/patient/more", "anna"),
                ("/Patient?_id=anna,bert,nobody", "anna bert"),
                ("/Patient?general-practitioner=gp", "anna"),
                ("/Patient?general-practitioner:Practitioner=gp", "anna"),
                ("/Patient?general-practitioner:identifier=urn:doc|9", "bert"),
                ("/Patient?general-practitioner:text=doctor", "anna"),
                ("/Patient?general-practitioner:missing=true", "cleo"),
                (
                    "/Patient?general-practitioner=http://127.0.0.1:%d/fhir/Practitioner/gp" % self.house.http_port,
                    "anna",
                ),
            ]
        )

    def test_02_dates_go_by_precision_and_zone(self):
        self.observation("t1", effectiveDateTime="2026-05-01T23:30:00Z")  # in Johannesburg that is May 2nd
        self.observation("t2", effectivePeriod={"start": "2026-05-01", "end": "2026-05-10"})
        self.observation("t3", effectivePeriod={"start": "2026-05-05"})
        self.check(
            [
                ("/Observation?date=2026-05-02", "t1"),
                ("/Observation?date=2026-05-01T23:30:00Z", "t1"),
                ("/Observation?date=2026-05", "t1 t2"),
                ("/Observation?date=gt2026-05-09", "t2 t3"),
                ("/Observation?date=sa2026-05-04", "t3"),
                ("/Observation?date=eb2026-05-03", "t1"),
                ("/Observation?date=ge2026-05-02&date=lt2026-05-03", "t1 t2"),
                ("/Observation?date=ne2026-05-02", "t2 t3"),
                ("/Patient?birthdate=1980-03", "anna bert"),
                ("/Patient?birthdate=1980-03-10", "bert"),
                ("/Patient?birthdate=lt1980-03-05", "anna"),
                ("/Patient?_lastUpdated=ge2020", "anna bert cleo"),
                ("/Patient?_lastUpdated=lt2020", ""),
            ]
        )

    def test_03_numbers_keep_their_figures(self):
        self.observation("q1", valueQuantity=quantity(100.4))
        self.observation("q2", valueQuantity=quantity(99.996))
        self.observation("q3", valueQuantity={**quantity(60), "comparator": "<"})
        self.observation(
            "q4",
            valueSampledData={
                "origin": quantity(0, "mV"),
                "period": 1,
                "dimensions": 1,
                "data": "1 5 E 9",
            },
        )
        self.check(
            [
                ("/Observation?value-quantity=100", "q1 q2"),
                ("/Observation?value-quantity=100.00", "q2"),
                ("/Observation?value-quantity=1e2||mg", "q1 q2"),
                ("/Observation?value-quantity=100|%s|mg" % UCUM, "q1 q2"),
                ("/Observation?value-quantity=100||kg", ""),
                ("/Observation?value-quantity=gt100", "q1"),
                ("/Observation?value-quantity=lt10||mg", "q3"),
                ("/Observation?value-quantity=gt8||mV", "q4"),
                ("/Observation?value-quantity=sa8||mV", ""),
                ("/Observation?value-quantity=ap95", "q1 q2"),
            ]
        )
        percent = {"unit": "%", "system": UCUM, "code": "%"}
        self.put(
            {
                "resourceType": "RiskAssessment",
                "id": "r",
                "status": "final",
                "subject": {"reference": "Patient/anna"},
                "prediction": [
                    {"probabilityRange": {"low": {"value": 10, **percent}, "high": {"value": 20, **percent}}}
                ],
            }
        )
        self.check(
            [
                ("/RiskAssessment?probability=gt15", "r"),
                ("/RiskAssessment?probability=lt15", "r"),
                ("/RiskAssessment?probability=eb15", ""),
                ("/RiskAssessment?probability=15", ""),
            ]
        )

    def test_04_composites_are_of_one_element(self):
        def part(code, value):
            return {"code": concept(code), "valueQuantity": quantity(value, "mm[Hg]")}

        self.observation("bp1", "85354-9", component=[part("8480-6", 150), part("8462-4", 80)])
        self.observation("bp2", "85354-9", component=[part("8480-6", 110), part("8462-4", 95)])
        self.observation("w", "29463-7", valueQuantity=quantity(80, "kg"))
        self.check(
            [
                ("/Observation?component-code-value-quantity=8480-6$gt140", "bp1"),
                ("/Observation?component-code-value-quantity=%s|8462-4$gt90" % LOINC, "bp2"),
                ("/Observation?component-code-value-quantity=8480-6$80", ""),
                ("/Observation?combo-code-value-quantity=29463-7$80,8462-4$80", "w bp1"),
                ("/Observation?code-value-quantity=29463-7$gt70|%s|kg" % UCUM, "w"),
                ("/Observation?code-value-quantity=85354-9$gt1", ""),
            ]
        )
        self.refuse(
            "/Observation?code-value-quantity=29463-7",
            "/Observation?code-value-quantity=a$1$2",
            "/Observation?code-value-quantity:not=a$1",
        )

    def test_05_near(self):
        for id, latitude, longitude in (("oslo", 59.91, 10.75), ("bergen", 60.39, 5.32), ("suva", -18.14, 178.44)):
            self.put(
                {
                    "resourceType": "Location",
                    "id": id,
                    "position": {"latitude": latitude, "longitude": longitude},
                }
            )
        self.check(
            [
                ("/Location?near=59.9|10.7|20|km", "oslo"),
                ("/Location?near=59.9|10.7|400|km", "oslo bergen"),
                ("/Location?near=59.9|10.7|200|[mi_i]", "oslo bergen"),
                ("/Location?near=59.9|10.7", "oslo"),
                ("/Location?near=-18.14|-179.9|250|km", "suva"),
            ]
        )
        self.refuse("/Location?near=x|1", "/Location?near=1", "/Location?near=91|0")

    def test_06_chains_and_what_refers_here(self):
        self.observation("c1", "c-1", subject={"reference": "Patient/anna"})
        self.observation(
            "c2", "c-2", subject={"reference": "Patient/bert"}, performer=[{"reference": "Practitioner/gp"}]
        )
        self.put(
            {
                "resourceType": "DiagnosticReport",
                "id": "rep",
                "status": "final",
                "code": concept("r"),
                "subject": {"reference": "Patient/bert"},
                "result": [{"reference": "Observation/c2"}],
            }
        )
        self.check(
            [
                ("/Observation?subject:Patient.family=angstrom", "c1"),
                ("/Observation?subject.family=angstrom", "c1"),
                ("/Observation?subject.gender:not=female", "c2"),
                ("/Observation?subject.birthdate=lt1980-03-05", "c1"),
                ("/Observation?patient.organization.partof.name=ward", "c1"),
                ("/Observation?patient.identifier=urn:x|17", "c1"),
                ("/Observation?patient._id=bert", "c2"),
                ("/Observation?patient._tag=study-a", "c1"),
                ("/Observation?patient.general-practitioner:Practitioner.family=doc", "c1"),
                ("/Patient?_has:Observation:patient:code=c-2", "bert"),
                ("/Patient?_has:Observation:patient:_has:DiagnosticReport:result:status=final", "bert"),
                ("/Patient?_has:Observation:patient:performer.family=doctor", "bert"),
                ("/DiagnosticReport?patient._has:Observation:patient:code=c-2", "rep"),
                ("/DiagnosticReport?result.patient.organization.name=ward", "rep"),
                ("/Organization?_has:Patient:organization:_has:Observation:patient:code=c-1", "lab"),
            ]
        )
        self.refuse(
            "/Patient?_has:AuditEvent:entity:agent-name=x",
            "/Observation?code.name=x",
            "/Observation?subject.nonsense=x",
            "/Observation?subject:Nothing.name=x",
            "/Organization?" + "partof." * 500 + "name=x",
            "/Organization?" + "_has:Organization:partof:" * 100 + "name=x",
        )

    def test_07_codes_of_value_sets_and_hierarchies(self):
        self.put(
            {
                "resourceType": "CodeSystem",
                "id": "cs",
                "url": "http://cs.example",
                "status": "active",
                "content": "complete",
                "concept": [{"code": "limb", "concept": [{"code": "leg", "concept": [{"code": "knee"}]}]}],
            }
        )
        self.put(
            {
                "resourceType": "ValueSet",
                "id": "vs",
                "url": "http://vs.example",
                "status": "active",
                "compose": {
                    "include": [{"system": "http://cs.example", "concept": [{"code": "leg"}, {"code": "knee"}]}]
                },
            }
        )
        for code in ("limb", "leg", "knee"):
            self.put(
                {
                    "resourceType": "Condition",
                    "id": code,
                    "subject": {"reference": "Patient/anna"},
                    "code": concept(code, "The " + code, "http://cs.example"),
                }
            )
        self.check(
            [
                ("/Condition?code:in=http://vs.example", "leg knee"),
                ("/Condition?code:in=ValueSet/vs", "leg knee"),
                ("/Condition?code:not-in=http://vs.example", "limb"),
                ("/Condition?code:below=http://cs.example|leg", "leg knee"),
                ("/Condition?code:above=http://cs.example|leg", "leg limb"),
                ("/Condition?code:text=the%20kn", "knee"),
                ("/Observation?subject:Patient._has:Condition:patient:code:in=http://vs.example", "c1"),
            ]
        )
        self.refuse(
            "/Condition?code:in=http://unknown.example", "/Condition?code:below=leg", "/Patient?gender:of-type=a"
        )

    def test_08_includes(self):
        def included(path):
            return sorted(self.ids(path, "include"))

        self.assertEqual(included("/Observation?_id=c1&_include=Observation:subject"), ["anna"])
        self.assertEqual(included("/Observation?_id=c1&_include=Observation:subject:Group"), [])
        self.assertEqual(
            included("/Observation?_id=c1&_include=Observation:subject&_include:iterate=Patient:organization"),
            ["anna", "lab"],
        )
        self.assertEqual(
            included(
                "/Observation?_id=c1&_include=Observation:subject&_include:iterate=Patient:organization"
                "&_include:recurse=Organization:partof"
            ),
            ["anna", "lab", "ward"],
        )
        self.assertEqual(included("/Observation?_id=c2&_include=*"), ["bert", "gp"])
        self.assertEqual(included("/Organization?_id=ward&_revinclude=Patient:organization"), ["bert"])
        self.assertEqual(
            included("/Organization?_id=ward&_revinclude:iterate=Organization:partof&_revinclude=*"), ["bert", "lab"]
        )
        both = self.ids("/Patient?_id=anna,bert&_include=Patient:organization&_include=Patient:*", "include")
        self.assertEqual(sorted(both), ["gp", "lab", "ward"])  # each once
        self.refuse("/Patient?_include=Patient:gender", "/Patient?_include:twice=*", "/Patient?_revinclude=Nothing:x")
        self.put({"resourceType": "Organization", "id": "ward", "name": "Renamed"})
        self.put(
            {
                "resourceType": "Patient",
                "id": "dora",
                "managingOrganization": {"reference": "Organization/ward/_history/1"},
            }
        )
        entry = self.bundle("/Patient?_id=dora&_include=Patient:organization")["entry"][1]["resource"]
        self.assertEqual((entry["meta"]["versionId"], entry["name"]), ("1", "Ward"))
        self.assertEqual(self.ids("/Patient?organization=Organization/ward"), ["dora", "bert"])

    def walked(self, path):
        """The ids of all pages from this one on."""
        ids = []
        while path:
            bundle = self.bundle(path)
            ids += [e["resource"]["id"] for e in bundle.get("entry", [])]
            following = [l["url"] for l in bundle["link"] if l["relation"] == "next"]
            path = following[0].split("/fhir", 1)[1] if following else None
        return ids

    def test_09_order_and_pages(self):
        for n in range(12):
            self.put(
                {
                    "resourceType": "Basic",
                    "id": "b%02d" % n,
                    "code": concept("k%d" % (n % 3)),
                    **({"created": "2026-01-%02d" % (n // 4 + 1)} if n % 4 else {}),
                }
            )

        def key(n):
            return (n % 4 == 0, -(n // 4)), n % 3, n

        want = ["b%02d" % n for n in sorted(range(12), key=lambda n: (key(n)[0] if n % 4 else (True, 0), n % 3, n))]
        self.assertEqual(self.ids("/Basic?_sort=-created,code,_id"), want)
        self.assertEqual(self.walked("/Basic?_sort=-created,code,_id&_count=5"), want)
        following = [l["url"] for l in self.bundle("/Basic?_count=5")["link"] if l["relation"] == "next"][0]
        cursor = urllib.parse.parse_qs(urllib.parse.urlparse(following).query)["_cursor"][0]
        quoted = urllib.parse.quote(cursor)
        self.refuse("/Basic?_sort=code&_cursor=" + quoted, "/Basic?code=k1&_cursor=" + quoted, "/Basic?_cursor=x")
        self.refuse("/Basic?_cursor=" + urllib.parse.quote(cursor[:-6] + "AAAA=="), "/Basic?_sort=nonsense")
        self.check(
            [("/Observation?_sort=value-quantity,-date,subject&_count=1000", " ".join(self.ids("/Observation")))]
        )
        self.assertEqual(self.ids("/Observation?_sort=-value-quantity&value-quantity=gt1||mg"), ["q1", "q2", "q3"])

    def test_09b_pages_by_the_beginning_of_a_text(self):
        """Each once, though two of its names begin so; what is deleted or of another type is on none."""
        named = [{"family": "Walkinshaw", "given": ["Walkira"]}, {"family": "WÁLKERT"}]
        for n in range(7):
            self.put({"resourceType": "Patient", "id": "w%d" % n, "name": named})
        self.put({"resourceType": "Practitioner", "id": "w7", "name": named})
        self.assertEqual(self.house.fhir("DELETE", "/Patient/w3").status, 204)
        want = ["w%d" % n for n in (6, 5, 4, 2, 1, 0)]
        self.assertEqual(self.walked("/Patient?name=walk&_count=2"), want)
        self.assertEqual(self.walked("/Patient?name=walk,zzzz&gender:missing=true&_count=4"), want)
        self.assertEqual(self.walked("/Patient?family=walkert&_count=5"), want)
        for id in want:
            self.assertEqual(self.house.fhir("DELETE", "/Patient/" + id).status, 204)
        self.assertEqual(self.walked("/Patient?name=walk"), [])

    def test_10_a_walk_meets_each_once_while_others_write(self):
        stop = threading.Event()

        def write():
            n = 0
            while not stop.is_set():
                self.put({"resourceType": "Basic", "id": "new%d" % n, "code": concept("new")})
                n += 1

        writer = threading.Thread(target=write)
        writer.start()
        try:
            walked, path = [], "/Basic?_count=2"
            while path:
                bundle = self.bundle(path)
                walked += [e["resource"]["id"] for e in bundle["entry"]]
                following = [l["url"] for l in bundle["link"] if l["relation"] == "next"]
                path = following[0].split("/fhir", 1)[1] if following else None
        finally:
            stop.set()
            writer.join()
        self.assertEqual(len(walked), len(set(walked)))
        self.assertEqual([i for i in walked if i.startswith("b")], ["b%02d" % n for n in range(11, -1, -1)])

    def test_11_counts_and_what_is_left_out(self):
        self.assertEqual(self.bundle("/Patient?_count=0")["total"], 4)
        self.assertNotIn("entry", self.bundle("/Patient?_count=0"))
        self.assertEqual(len(self.bundle("/Patient?_count=1000000000")["entry"]), 4)
        self.assertEqual(self.bundle("/Patient?_count=1&_total=accurate")["total"], 4)
        self.assertNotIn("total", self.bundle("/Patient?_count=1&_total=none"))
        self.refuse("/Patient?_count=-1", "/Patient?nonsense=1", "/Patient?gender=", "/Patient?gender:exact=male")
        self.refuse("/Patient?birthdate:missing=maybe", "/Patient?_query=x", "/Patient?_filter=x", "/Patient?_id:not=a")
        lenient = self.bundle(
            "/Patient?nonsense=1&gender:exact=x&_sort=what&_include=Patient:gender&name=&gender=male",
            headers={"Prefer": "handling=lenient"},
        )
        own = [l["url"] for l in lenient["link"] if l["relation"] == "self"][0]
        self.assertTrue(own.endswith("/fhir/Patient?gender=male"), own)
        outcome = [e["resource"] for e in lenient["entry"] if e["search"]["mode"] == "outcome"][0]
        for name in ("nonsense", "gender:exact", "_sort", "_include", "name"):
            self.assertIn(name, outcome["issue"][0]["diagnostics"])
        answer = self.house.http(
            "POST",
            "/fhir/Patient/_search?gender=male",
            b"family=berg",
            {"Content-Type": "application/x-www-form-urlencoded"},
        )
        self.assertEqual([e["resource"]["id"] for e in answer.json["entry"]], ["bert"])

    def test_12_the_statement_lists_them(self):
        types = {r["type"]: r for r in self.bundle("/metadata")["rest"][0]["resource"]}
        listed = {p["name"]: p["type"] for p in types["Observation"]["searchParam"]}
        self.assertEqual(listed["code-value-quantity"], "composite")
        self.assertEqual(listed["_tag"], "token")
        self.assertIn(
            {"name": "near", "type": "special"},
            [{"name": p["name"], "type": p["type"]} for p in types["Location"]["searchParam"]],
        )


if __name__ == "__main__":
    story.main()
