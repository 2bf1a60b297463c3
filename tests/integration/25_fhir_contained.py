"""Searching what resources contain (_contained, _containedType), and searches nobody should send."""

import pathlib
import sys

TREE = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(TREE / "tests" / "support"))

import house as houses  # noqa: E402
import story  # noqa: E402

ALONE = "/Medication?_contained=true&_containedType=contained"
TABLES = ("search_token", "search_string", "search_date", "search_number", "search_contained")


def medication(id, code, maker=None, **more):
    made = {"manufacturer": {"reference": "Organization/" + maker}} if maker else {}
    coding = [{"system": "urn:drugs", "code": code}]
    return {"resourceType": "Medication", "id": id, "code": {"coding": coding}, **made, **more}


def request(id, *contained):
    more = [{"reference": "#" + c["id"]} for c in contained[1:]]
    return {
        "resourceType": "MedicationRequest",
        "id": id,
        "status": "active",
        "intent": "order",
        "subject": {"reference": "Patient/ann"},
        "medicationReference": {"reference": "#m1"},
        "contained": list(contained),
        **({"supportingInformation": more} if more else {}),
    }


class Contained(story.Finding):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        put = lambda r: cls.put(cls(), r)  # noqa: E731
        put({"resourceType": "Organization", "id": "acme", "name": "Acme"})
        put({"resourceType": "Organization", "id": "best", "name": "Best"})
        put({"resourceType": "Patient", "id": "ann", "name": [{"family": "Ann"}]})
        put(medication("free", "A", "acme", status="active"))
        put(request("one", medication("m1", "A", "acme", status="active")))
        put(request("two", medication("m1", "B", "best", status="active"), medication("m2", "A", status="inactive")))

    def places(self, path, mode="match"):
        """What was found, each by its address behind the base."""
        found = [e for e in self.bundle(path).get("entry", []) if e["search"]["mode"] == mode]
        return [e["fullUrl"].split("/fhir/")[1] for e in found]

    def find(self, *rows):
        for path, want in rows:
            with self.subTest(path):
                self.assertEqual(sorted(self.places(path)), sorted(want.split()))

    def walk(self, path):
        """Page by page: how many there were, and what was on them."""
        pages, found, url = 0, [], path
        while url and pages < 20:
            bundle = self.bundle(url)
            found += [e["fullUrl"].split("/fhir/")[1] for e in bundle.get("entry", [])]
            url = next((l["url"].split("/fhir")[1] for l in bundle["link"] if l["relation"] == "next"), None)
            pages += 1
        return pages, found

    def test_1_only_who_asks_finds_them(self):
        one, two = "MedicationRequest/one", "MedicationRequest/two"
        self.find(
            ("/Medication?code=A", "Medication/free"),
            ("/Medication?code=A&_contained=false", "Medication/free"),
            ("/Medication?code=A&_contained=true", one + " " + two),
            ("/Medication?code=A&_contained=true&_containedType=container", one + " " + two),
            ("/Medication?code=A&_contained=both", "Medication/free %s %s" % (one, two)),
            ("/Medication?_contained=true", one + " " + two),
            (ALONE, "%s#m1 %s#m1 %s#m2" % (one, two, two)),
            (ALONE + "&code=urn:drugs|A", "%s#m1 %s#m2" % (one, two)),
            (ALONE + "&_id=m2", two + "#m2"),
            (ALONE.replace("true", "both") + "&code=A", "Medication/free %s#m1 %s#m2" % (one, two)),
            ("/MedicationRequest?_contained=true", ""),
        )
        entry = self.bundle(ALONE + "&code=B")["entry"][0]
        self.assertEqual(entry["resource"], medication("m1", "B", "best", status="active"))
        self.assertEqual(entry["search"]["mode"], "match")
        container = self.bundle("/Medication?code=B&_contained=true")["entry"][0]["resource"]
        self.assertEqual((container["resourceType"], container["id"]), ("MedicationRequest", "two"))
        posted = self.house.fhir(
            "POST",
            "/Medication/_search",
            b"_contained=true&_containedType=contained&code=B",
            headers={"Content-Type": "application/x-www-form-urlencoded"},
        )
        self.assertEqual(len(posted.json["entry"]), 1)

    def test_2_conditions_are_of_one_contained_resource(self):
        two = "MedicationRequest/two"
        self.find(
            (ALONE + "&code=B&status=inactive", ""),
            ("/Medication?_contained=true&code=B&status=inactive", ""),
            (ALONE + "&code=A&status=inactive", two + "#m2"),
            (ALONE + "&manufacturer:missing=true", two + "#m2"),
            (ALONE + "&code:not=A", two + "#m1"),
            (ALONE + "&manufacturer=Organization/best", two + "#m1"),
            (ALONE + "&manufacturer.name=acme", "MedicationRequest/one#m1"),
            ("/Medication?_contained=true&manufacturer:Organization.name=best", two),
        )

    def test_3_totals_order_and_pages(self):
        for path, total in ((ALONE, 3), ("/Medication?_contained=true", 2), (ALONE.replace("true", "both"), 4)):
            self.assertEqual(self.bundle(path + "&_summary=count")["total"], total)
            self.assertEqual(self.bundle(path + "&_total=accurate&_count=1")["total"], total)
            for order in ("", "&_sort=_id", "&_sort=-_id"):
                whole = self.places(path + order)
                self.assertEqual(len(whole), total)
                self.assertEqual(self.walk(path + order + "&_count=1"), (total, whole))
        sorted_ = self.places(ALONE + "&_sort=-code,manufacturer")
        self.assertEqual(sorted_[0], "MedicationRequest/two#m1")
        self.assertEqual(self.walk(ALONE + "&_sort=-code,manufacturer&_count=1"), (3, sorted_))
        self.assertEqual(len(self.places("/Medication?_contained=true&_sort=-_lastUpdated")), 2)
        page = self.bundle(ALONE + "&_count=1")
        cursor = next(l["url"] for l in page["link"] if l["relation"] == "next").split("_cursor=")[1]
        self.refuse("/Medication?_contained=true&_count=1&_cursor=" + cursor)  # another search's

    def test_4_includes_and_parts(self):
        path = ALONE + "&code=B&_include=Medication:manufacturer"
        self.assertEqual(self.places(path, "include"), ["Organization/best"])
        short = self.bundle(ALONE + "&code=B&_elements=code")["entry"][0]["resource"]
        self.assertEqual(set(short) - {"meta"}, {"resourceType", "id", "code"})
        plan = self.bundle(ALONE + "&code=B&__explain=true")
        self.assertIn("search_contained", str(plan))
        listed = {p["name"] for p in self.bundle("/metadata")["rest"][0]["searchParam"]}
        self.assertLessEqual({"_contained", "_containedType"}, listed)

    def test_5_what_has_no_meaning_is_refused(self):
        both = "_contained=both&_containedType=contained"
        self.refuse(
            "/Medication?_contained=maybe",
            "/Medication?_contained=",
            "/Medication?_contained=true&_contained=both",
            "/Medication?_contained=true&_containedType=all",
            "/Medication?_contained=true&nonsense=1",
            "/Medication?_contained=true&_include=Medication:manufacturer",
            "/Medication?_contained=true&_revinclude=MedicationRequest:medication",
            "/Medication?_contained=true&_elements=code",
            "/Medication?_contained=true&_sort=code",
            ALONE + "&_revinclude=MedicationRequest:medication",
            ALONE + "&_sort=_lastUpdated",
            "/Medication?%s&_lastUpdated=gt2020" % both,
            "/Medication?%s&_has:MedicationRequest:medication:status=active" % both,
            "/Medication?%s&_content=acme" % both,
            "/Medication?%s&_text=acme" % both,
            "/Medication?%s&_list=1" % both,
            "/AuditEvent?_contained=true",
            "/r5/ImagingStudy?_contained=true",
            statuses=(400,),
        )
        told = self.house.fhir("GET", "/Medication?%s&_content=acme" % both).json["issue"][0]["diagnostics"]
        self.assertIn("_content", told)
        lenient = self.bundle("/Medication?%s&_content=acme" % both, headers={"Prefer": "handling=lenient"})
        self.assertIn("_content", str([e for e in lenient["entry"] if e["search"]["mode"] == "outcome"]))
        criteria = {"If-None-Exist": "code=Z&_contained=true"}
        self.assertStatus(self.house.fhir("POST", "/Medication", medication("x", "Z"), headers=criteria), 400)

    def test_6_of_several_types(self):
        person = {"resourceType": "Practitioner", "id": "p1", "name": [{"family": "Inside"}]}
        self.put(request("three", medication("m1", "D"), person))
        three = "MedicationRequest/three"
        types = "/?_type=Practitioner,Patient&_contained=true"
        self.find(
            (types + "&name=inside", three),
            (types + "&name=inside&_containedType=contained", three + "#p1"),
            ("/Practitioner?name=inside", ""),
            (types + "&name=ann", ""),
            (types.replace("true", "both") + "&name=ann", "Patient/ann"),
        )
        self.assertStatus(self.house.fhir("DELETE", "/" + three), (200, 204))
        self.find((types + "&name=inside", ""))

    def test_7_who_may_not_see_the_container(self):
        self.house.add_user("ward", "RADIOLOGIST")
        self.house.sql("UPDATE app_user SET departments = '{ward}' WHERE login = 'ward'")
        self.house.sql("UPDATE resource SET department = 'ward' WHERE id NOT IN ('two')")
        self.house.sql("UPDATE resource SET department = 'elsewhere' WHERE id = 'two'")
        for path, want in ((ALONE, 1), ("/Medication?_contained=true", 1), ("/Medication?_contained=both", 2)):
            found = self.bundle(path + "&_total=accurate", user="ward")
            self.assertEqual((found["total"], len(found["entry"])), (want, want))
        self.house.sql("UPDATE resource SET department = ''")

    def test_8_they_follow_their_container(self):
        rows = "SELECT rid, id FROM search_contained WHERE container = (SELECT rid FROM resource WHERE id = 'two')"
        before = self.house.sql(rows + " ORDER BY id")
        self.put(request("two", medication("m1", "C"), medication("m2", "A", status="inactive")))
        self.assertEqual(self.house.sql(rows + " ORDER BY id"), before)  # a walk goes on behind them
        self.find((ALONE + "&code=B", ""), (ALONE + "&code=C", "MedicationRequest/two#m1"))
        self.put(request("two", medication("m1", "C")))
        self.find((ALONE + "&code=A", "MedicationRequest/one#m1"))
        twice = request("twice", medication("m1", "T1"), medication("m1", "T2"))
        answer = self.house.fhir("PUT", "/MedicationRequest/twice", twice)
        self.assertStatus(answer, 201)  # nothing forbids it; the first of them is found
        self.find((ALONE + "&code=T1", "MedicationRequest/twice#m1"), (ALONE + "&code=T2", ""))
        self.assertStatus(self.house.fhir("DELETE", "/MedicationRequest/two"), (200, 204))
        self.find((ALONE + "&code=C", ""), ("/Medication?_contained=true&code=C", ""))
        gone = self.house.sql(
            "SELECT count(*) FROM search_contained c JOIN resource r ON r.rid = c.container AND r.deleted"
        )
        self.assertEqual(gone[0][0], "0")

    def test_9_documents_of_an_older_release(self):
        for table in TABLES:
            self.house.sql("DELETE FROM " + table)
        self.house.sql("UPDATE search_extraction SET version = 4")
        self.find((ALONE, ""))
        self.house.restart()
        houses.wait_for(
            "the walk over old documents", lambda: self.places(ALONE + "&code=A") == ["MedicationRequest/one#m1"]
        )


class Few(story.Finding):
    """What few documents fit is paged by the index alone: what is contained must not shorten a page."""

    def observation(self, id, **more):
        when = {"status": "final", "code": {"text": "x"}, "effectiveDateTime": "2024-02-03T10:00:00Z"}
        value = {"valueQuantity": {"value": 1.25, "system": "urn:u", "code": "mg"}}
        return {"resourceType": "Observation", "id": id, **when, **value, **more}

    def test_pages(self):
        def walk(path):
            found, url = [], path
            while url:
                bundle = self.bundle(url)
                found += [e["resource"]["id"] for e in bundle.get("entry", [])]
                url = next((l["url"].split("/fhir")[1] for l in bundle["link"] if l["relation"] == "next"), None)
            return found

        inside = [self.observation("c%d" % i) for i in range(5)]
        for i in range(4):
            self.put(self.observation("o%d" % i))
            around = {"resourceType": "DiagnosticReport", "id": "r%d" % i, "status": "final", "code": {"text": "x"}}
            self.put({**around, "contained": inside, "result": [{"reference": "#" + c["id"]} for c in inside]})
        self.put(self.observation("later", effectiveDateTime="2024-02-04", valueQuantity={"value": 1.3}))
        self.put(self.observation("gone"))
        self.assertStatus(self.house.fhir("DELETE", "/Observation/gone"), (200, 204))
        self.put({"resourceType": "Patient", "id": "born", "birthDate": "2024-02-03"})
        self.put(
            self.observation(
                "of", effectiveDateTime="2024-03-03", valueQuantity={"value": 7}, subject={"reference": "Patient/born"}
            )
        )
        self.assertEqual(walk("/Observation?subject:Patient.birthdate=2024-02-03"), ["of"])
        self.assertEqual(walk("/Patient?_has:Observation:subject:date=2024-03-03"), ["born"])
        want = ["o3", "o2", "o1", "o0"]
        for criterion in ("date=2024-02-03", "date=2024-02-03T10:00:00Z,2024-02-03", "value-quantity=1.25|urn:u|mg"):
            path = "/Observation?%s" % criterion
            for count in (1, 2, 3, 4, 50):
                with self.subTest(path, count=count):
                    self.assertEqual(walk(path + "&_count=%d" % count), want)
            self.assertEqual(self.bundle(path)["total"], 4)
            self.assertEqual(sorted(walk(path + "&_count=1&_sort=_id")), sorted(want))
            self.assertEqual(walk(path + "&status=final&_count=1"), want)
            self.assertEqual(len(walk(path + "&_contained=both&_containedType=contained&_count=3")), 24)
            plan = str(self.bundle(path + "&__explain=true"))
            self.assertIn("f.rid", plan)


class Hostile(story.Finding):
    """Each is answered, at once and with what is wrong with it."""

    def test_searches_without_measure(self):
        many = ",".join("v%d" % i for i in range(10000))
        self.refuse(
            "/Organization?" + "partof." * 500 + "name=x",
            "/Organization?" + "_has:Organization:partof:" * 300 + "name=x",
            "/Organization?name=x&_count=-1",
            "/Organization?name=x&_count=1e9",
            "/Organization?_contained=true&_contained=true",
            "/Organization?" + "&".join("name=%d" % i for i in range(61)),
            statuses=(400, 414, 431),
        )
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        bodies = (
            "name=" + many,
            "_id=" + many,
            "identifier=" + many,
            "partof=" + many,
            "_list=" + many,
            "_content=" + "word " * 5000,
            "_sort=" + many,
            "_elements=" + many,
            "_include=" + many,
            "&".join("name=x%d" % i for i in range(10000)),
            "partof." * 500 + "name=x",
            "_contained=both&_has:Organization:partof:name=x&_list=1&_sort=-_lastUpdated&_include=*&_revinclude=*",
        )
        for body in bodies:
            with self.subTest(body[:60]):
                answer = self.house.fhir("POST", "/Organization/_search", body.encode(), headers=form)
                self.assertStatus(answer, 400)
                self.assertEqual(answer.json["resourceType"], "OperationOutcome")
        most = self.bundle("/Organization?_count=1000000000")
        self.assertEqual(most["total"], 0)


if __name__ == "__main__":
    story.main()
