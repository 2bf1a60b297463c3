"""Finding documents: index rows made anew while the record is in use."""

import pathlib
import sys
import threading

TREE = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(TREE / "tests" / "support"))

import dicom  # noqa: E402
import house as houses  # noqa: E402
import hl7  # noqa: E402
import story  # noqa: E402

# Documents as an older release would have left them: stored, and not in the index.
UNINDEXED = """INSERT INTO resource (rid, type, id, version, updated, content)
SELECT n, 'Patient', 'old' || n, 1, now(), '{"resourceType":"Patient","id":"old' || n || '","meta":{"versionId":"1",'
    || '"lastUpdated":"2024-01-01T00:00:00.000Z"},"name":[{"family":"Oldster"}]}' FROM generate_series(1, %d) n"""
TABLES = ("search_token", "search_string", "search_date", "search_number")


class Find(story.Finding):
    def total(self, path):
        return self.bundle(path + "&_summary=count")["total"]

    def wait_total(self, path, want):
        houses.wait_for("%d of %s" % (want, path), lambda: self.total(path) == want)

    def value(self, text):
        return self.house.sql(text)[0][0]

    def index_rows(self):
        """Every index row, in an order of its own."""
        return {t: self.house.sql("SELECT t.*::text FROM (SELECT * FROM %s) t ORDER BY 1" % t) for t in TABLES}

    def clear_index(self):
        for table in TABLES:
            self.house.sql("DELETE FROM %s" % table)


class Reindex(Find):
    def indexed(self, kind):
        """The newest walk of a kind has ended."""
        text = "SELECT finished IS NOT NULL FROM search_work WHERE kind = '%s' ORDER BY work_id DESC LIMIT 1"
        houses.wait_for("the walk '%s'" % kind, lambda: self.value(text % kind) == "t")

    def test_1_an_upgrade_survives_a_kill(self):
        self.house.sql(UNINDEXED % 450)
        self.house.sql("UPDATE search_extraction SET version = 1")
        self.assertEqual(self.total("/Patient?family=oldster"), 0)
        self.house.terminate()
        self.house.start(failpoint="reindex.batch=kill:3", wait=False)
        self.assertEqual(self.house.wait_dead(), -9)
        state = "SELECT seen || '/' || total || '/' || (finished IS NULL) FROM search_work"
        self.assertEqual(self.value(state), "200/450/true")
        self.assertEqual(self.value("SELECT count(DISTINCT rid) FROM search_string"), "200")
        self.house.start()  # searches are answered from the first moment on
        self.assertIn(self.total("/Patient?family=oldster"), range(200, 451))
        self.wait_total("/Patient?family=oldster", 450)
        self.indexed("upgrade")
        self.assertEqual(self.value(state), "450/450/false")
        self.assertEqual(self.value("SELECT count(DISTINCT rid) FROM search_string"), "450")
        self.assertEqual(self.value("SELECT version > 1 FROM search_extraction"), "t")
        status = self.house.must("status", "--config", self.house.conf).stdout
        self.assertIn("reindex upgrade of all types: 450 of 450 documents, done", status)
        self.assertIn("reindex: upgrade of all types: 450 of 450 documents, done", self.house.log_text())
        self.assertIn("isocentre_reindex_left 0", self.house.http("GET", "/metrics").text)
        self.house.restart()  # nothing is left to do
        self.assertEqual(self.value("SELECT count(*) FROM search_work"), "1")

    def test_2_by_hand_with_what_only_the_archive_knows(self):
        study = dicom.uid_of("find", 1)
        self.house.send(hl7.order("FIND-1", hl7.pid("FIND1", "Find^Ann"), "ACC-F1", study_uid=study))
        folder = self.house.root / "find"
        folder.mkdir()
        images = dicom.make_study(folder, study, series=2, images=1, patient_id="FIND1", accession="ACC-F1")
        self.house.store(*images)
        asked = "/ImagingStudy?modality=CT&status=available&identifier=urn:oid:" + study
        self.wait_total(asked, 1)
        before = self.index_rows()
        self.clear_index()
        self.assertEqual(self.total(asked), 0)
        self.house.must("reindex", "ImagingStudy", "--config", self.house.conf)
        self.indexed("asked")
        self.assertEqual(self.total(asked), 1)
        self.assertEqual(self.total("/Patient?family=oldster"), 0)  # of one type only
        self.house.must("reindex", "--config", self.house.conf)
        self.wait_total("/Patient?family=oldster", 450)
        self.indexed("asked")
        self.assertEqual(self.index_rows(), before)
        self.assertEqual(len([e for e in self.house.audit_events("ADMIN_CHANGE") if "reindex" in str(e)]), 2)
        wrong = self.house.command("reindex", "Patients", "--config", self.house.conf)
        self.assertEqual(wrong.returncode, 1)
        self.assertIn("resource type", wrong.stderr)

    def test_3_a_document_being_written_is_waited_for(self):
        self.clear_index()
        with self.house.holding("UPDATE resource SET department = department WHERE id = 'old7'"):
            self.house.must("reindex", "Patient", "--config", self.house.conf)
            houses.wait_for("the walk at that document", self.house.waiting)
            self.assertLess(self.total("/Patient?family=oldster"), 450)
        self.wait_total("/Patient?family=oldster", 450)


class Around(Find):
    """Compartments, and searches of several types."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        put = lambda r: cls.put(cls(), r)  # noqa: E731
        put({"resourceType": "Practitioner", "id": "doc", "name": [{"family": "Doc"}]})
        put({"resourceType": "Device", "id": "scanner"})
        tag = {"tag": [{"system": "urn:t", "code": "trial"}]}
        for id in ("ann", "bob"):
            subject = {"reference": "Patient/" + id}
            put(
                {
                    "resourceType": "Patient",
                    "id": id,
                    "name": [{"family": id}],
                    **({"meta": tag} if id == "ann" else {}),
                }
            )
            put({"resourceType": "RelatedPerson", "id": id, "patient": subject})
            encounter = {"status": "finished", "class": {"code": "AMB"}, "subject": subject}
            put({"resourceType": "Encounter", "id": id, **encounter})
            observation = {"status": "final", "subject": subject, "encounter": {"reference": "Encounter/" + id}}
            performer = {"performer": [{"reference": "Practitioner/doc"}], "device": {"reference": "Device/scanner"}}
            put({"resourceType": "Observation", "id": id, "code": {"text": "weight"}, **observation, **performer})
            late = {**observation, "status": "preliminary", "meta": tag}
            put({"resourceType": "Observation", "id": id + "-2", "code": {"text": "height"}, **late})
            put({"resourceType": "DiagnosticReport", "id": id, "code": {"text": "report"}, **observation})
        put(
            {
                "resourceType": "Patient",
                "id": "ann-old",
                "link": [{"type": "seealso", "other": {"reference": "Patient/ann"}}],
            }
        )

    def types(self, path):
        found = self.bundle(path).get("entry", [])
        return sorted("/".join((e["resource"]["resourceType"], e["resource"]["id"])) for e in found)

    def test_1_compartments(self):
        self.check(
            (
                ("/Patient/ann/Observation", "ann ann-2"),
                ("/Patient/ann/Observation?status=final", "ann"),
                ("/Patient/ann/Observation?status=final&_sort=-_lastUpdated", "ann"),
                ("/Patient/ann/Observation?_tag=trial", "ann-2"),
                ("/Patient/ann/Observation?_sort=-code&status=final", "ann"),
                ("/Patient/ann/Observation?encounter.status=finished&subject:Patient.name=ann", "ann ann-2"),
                ("?_type=Observation&subject:Patient.name=bob", "bob bob-2"),
                ("/Patient/ann/Observation?status:missing=true", ""),
                ("/Patient/ann/Patient", "ann ann-old"),
                ("/Encounter/bob/Observation", "bob bob-2"),
                ("/Encounter/bob/Encounter", "bob"),
                ("/Practitioner/doc/Observation", "ann bob"),
                ("/Device/scanner/Observation?code:text=weight", "ann bob"),
                ("/RelatedPerson/ann/RelatedPerson", "ann"),
                ("/RelatedPerson/ann/Observation", ""),
            )
        )
        everything = "DiagnosticReport/ann Encounter/ann Observation/ann Observation/ann-2 Patient/ann Patient/ann-old "
        self.assertEqual(self.types("/Patient/ann/*"), (everything + "RelatedPerson/ann").split())
        self.assertEqual(
            self.types("/Patient/ann/*?_type=Encounter,RelatedPerson"), ["Encounter/ann", "RelatedPerson/ann"]
        )
        self.assertEqual(self.types("/Patient/ann/*?_tag=trial"), ["Observation/ann-2", "Patient/ann"])
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        posted = self.house.fhir("POST", "/Patient/ann/Observation/_search", b"status=final", form)
        self.assertStatus(posted, 200)
        self.assertEqual([e["resource"]["id"] for e in posted.json["entry"]], ["ann"])
        self_link = [x["url"] for x in posted.json["link"] if x["relation"] == "self"][0]
        self.assertTrue(self_link.endswith("/fhir/Patient/ann/Observation?status=final"), self_link)
        searched = [e for e in self.house.audit_events("RESOURCE_SEARCH") if e.get("patient") == "ann"]
        self.assertTrue(searched)

    def walk(self, path):
        seen, pages = [], 0
        while path:
            page = self.bundle(path)
            seen += ["/".join((e["resource"]["resourceType"], e["resource"]["id"])) for e in page.get("entry", [])]
            links = [x["url"] for x in page["link"] if x["relation"] == "next"]
            path = links[0].split("/fhir", 1)[1] if links else None
            pages += 1
        return seen, pages

    def test_2_several_types_page_by_page(self):
        for path in ("/Patient/ann/*?_count=2", "?_type=Patient,Observation,Encounter&_count=2&_sort=_lastUpdated"):
            seen, pages = self.walk(path)
            self.assertEqual(len(seen), len(set(seen)), path)
            self.assertGreater(pages, 3, path)
            if path[0] == "?":
                self.assertEqual(len(seen), 9)
        whole, _ = self.walk("?_count=3")
        self.assertEqual(len(whole), 15)
        self.assertEqual(self.types("?_id=ann&_type=Patient,Encounter"), ["Encounter/ann", "Patient/ann"])
        self.assertEqual(self.types("/?_id=bob&_type=Patient"), ["Patient/bob"])
        self.assertEqual(self.types("?_tag=urn:t|trial"), ["Observation/ann-2", "Observation/bob-2", "Patient/ann"])
        self.assertEqual(self.types("?_tag:missing=false&_type=Patient"), ["Patient/ann"])
        reports = self.types("?_type=Observation,DiagnosticReport&status=final&patient=ann")
        self.assertEqual(reports, ["DiagnosticReport/ann", "Observation/ann"])
        self.assertEqual(self.bundle("?_type=Patient,Observation&_lastUpdated=gt2020&_summary=count")["total"], 7)
        self.assertEqual(self.bundle("?_type=Patient&_lastUpdated=lt2020&_total=accurate")["total"], 0)
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        posted = self.house.fhir("POST", "/_search", b"_type=Patient&_id=bob", form)
        self.assertStatus(posted, 200)
        self.assertEqual([e["resource"]["id"] for e in posted.json["entry"]], ["bob"])
        included = self.bundle("?_type=Observation,Encounter&_id=bob&_include=Observation:subject")
        self.assertEqual(len(included["entry"]), 3)

    def test_3_refused_in_bounded_time(self):
        chain = ".".join(["subject"] * 500) + ".name"
        has = ":".join(["_has:Observation:subject"] * 500) + ":code"
        self.refuse(
            "/Patient/nobody/Observation",
            "/Patient/ann/Organization",
            "/Patient/ann/Nothing",
            "/Organization/ann/Observation",
            "/Patient/ann/*?birthdate=2020",
            "/Patient/ann/*?_type=Organization",
            "/Patient/ann/Observation?nothing=1",
            "/Patient/ann/Observation?_type=Patient,Nothing",
            "/Patient/ann/Observation?_count=1e9",
            "/Patient/ann/AuditEvent",
            "?_type=Nothing",
            "?_type=",
            "?_type=AuditEvent",
            "?_type=Patient&_type=Patient",
            "?_type=Patient,Observation&birthdate=2020",
            "?family=ann",
            "?_count=1e9",
            "?_sort=name",
            "?_type=Patient,Group&name.given=x",
            "?_cursor=AAAA",
            "/Patient?_type=Patient",
            "/Observation?%s=x" % chain,
            "/Patient?%s=x" % has,
            "?%s=x" % chain,
        )
        self.assertStatus(self.house.fhir("GET", "?_type=Nothing", headers={"Prefer": "handling=lenient"}), 400)

    def test_4_the_row_filter_holds(self):
        self.house.sql("UPDATE resource SET department = 'elsewhere' WHERE id LIKE 'bob%'")
        self.house.add_user("ward", "RADIOLOGIST")
        self.house.sql("UPDATE app_user SET departments = '{ward}' WHERE login = 'ward'")
        self.house.sql("UPDATE resource SET department = 'ward' WHERE id NOT LIKE 'bob%'")
        ward = lambda path, status: self.bundle(path, status, user="ward")  # noqa: E731
        self.assertEqual(ward("?_type=Patient,Observation&_summary=count", 200)["total"], 4)
        self.assertEqual(ward("/Practitioner/doc/Observation?_summary=count", 200)["total"], 1)
        self.assertEqual(ward("/Patient/bob/*", 404), ward("/Patient/bob/*", 404))
        self.house.sql("UPDATE resource SET department = ''")


def parameter(id, code, expression, kind="string", **more):
    return {
        "resourceType": "SearchParameter",
        "id": id,
        "url": "http://site.example/SearchParameter/" + id,
        "name": id.replace("-", ""),
        "status": "active",
        "description": "A parameter of the site",
        "code": code,
        "base": ["Patient"],
        "type": kind,
        "expression": expression,
        **more,
    }


class Custom(Find):
    """SearchParameter resources of the site."""

    def ready(self, type, *codes):
        def look():
            statement = self.house.fhir("GET", "/metadata").json
            row = [r for r in statement["rest"][0]["resource"] if r["type"] == type][0]
            return {p["name"] for p in row["searchParam"]} >= set(codes)

        houses.wait_for("%s of %s in the CapabilityStatement" % (codes, type), look)

    def listed(self, type, code):
        row = [r for r in self.bundle("/metadata")["rest"][0]["resource"] if r["type"] == type][0]
        return [p for p in row["searchParam"] if p["name"] == code]

    def test_1_indexed_while_in_use(self):
        colour = [
            {
                "url": "http://site.example/eyes",
                "valueCodeableConcept": {"coding": [{"system": "urn:c", "code": "blue", "display": "Sky blue"}]},
            }
        ]
        self.put(
            {"resourceType": "Patient", "id": "eyes", "extension": colour, "contact": [{"name": {"family": "Kin"}}]}
        )
        self.put({"resourceType": "Patient", "id": "none", "birthDate": "1980-05-05"})
        expression = "Patient.extension('http://site.example/eyes').value.ofType(CodeableConcept)"
        answer = self.house.fhir(
            "PUT", "/SearchParameter/eye-colour", parameter("eye-colour", "eye-colour", expression, "token")
        )
        self.assertStatus(answer, 201)
        early = self.house.fhir("GET", "/Patient?eye-colour=blue")
        self.assertIn(early.status, (503, 200), early.text)
        if early.status == 503:
            self.assertRegex(early.text, "being indexed: [0-9]+ %")
        self.put({"resourceType": "Patient", "id": "meanwhile", "extension": colour})
        self.ready("Patient", "eye-colour")
        self.put(
            {
                "resourceType": "Observation",
                "id": "o",
                "status": "final",
                "code": {"text": "x"},
                "subject": {"reference": "Patient/eyes"},
            }
        )
        self.check(
            (
                ("/Patient?eye-colour=blue", "eyes meanwhile"),
                ("/Patient?eye-colour=urn:c|blue", "eyes meanwhile"),
                ("/Patient?eye-colour=urn:x|blue", ""),
                ("/Patient?eye-colour:not=blue", "none"),
                ("/Patient?eye-colour:missing=true", "none"),
                ("/Patient?eye-colour:text=sky", "eyes meanwhile"),
                ("/Patient?eye-colour=blue&_sort=eye-colour&_id=eyes", "eyes"),
                ("/Observation?subject:Patient.eye-colour=blue", "o"),
            )
        )
        self.assertEqual(
            self.listed("Patient", "eye-colour")[0]["definition"], "http://site.example/SearchParameter/eye-colour"
        )
        self.refuse("/Observation?eye-colour=blue", "/Patient?eye-colour:below=blue")

    def test_2_kinds(self):
        self.put(parameter("p-kin", "kin", "Patient.contact.name.family"))
        self.put(parameter("p-decade", "decade", "Patient.birthDate", "date"))
        self.put(parameter("p-count", "contacts", "Patient.contact.count()", "number"))
        self.put(parameter("p-ref", "linked", "Patient.link.other", "reference", target=["Patient"]))
        self.put(
            {
                "resourceType": "Patient",
                "id": "linking",
                "link": [{"type": "seealso", "other": {"reference": "Patient/eyes"}}],
            }
        )
        self.ready("Patient", "kin", "decade", "contacts", "linked")
        self.check(
            (
                ("/Patient?kin=kin", "eyes"),
                ("/Patient?kin:exact=Kin", "eyes"),
                ("/Patient?kin:contains=i", "eyes"),
                ("/Patient?decade=lt1981", "none"),
                ("/Patient?contacts=1", "eyes"),
                ("/Patient?linked=eyes", "linking"),
                ("/Patient?linked.kin=kin", "linking"),
                ("/Patient?_has:Patient:linked:gender:missing=true", "eyes"),
                ("/Patient?_has:Patient:linked:gender:missing=false", ""),
                ("/Patient?_has:Patient:linked:_id=linking", "eyes"),
            )
        )
        both = self.bundle("/Patient?_id=linking&_include=Patient:linked")
        self.assertEqual([e["resource"]["id"] for e in both["entry"]], ["linking", "eyes"])

    def test_3_changed_retired_deleted(self):
        self.put(parameter("p-kin", "kin", "Patient.name.family"))  # another expression
        self.put({"resourceType": "Patient", "id": "named", "name": [{"family": "Kindred"}]})
        houses.wait_for("the new meaning", lambda: self.house.fhir("GET", "/Patient?kin=kin").status == 200)
        self.check((("/Patient?kin=kin", "named"),))
        self.put(parameter("p-kin", "kin", "Patient.name.family", status="retired"))
        self.refuse("/Patient?kin=kin", statuses=(400,))
        self.assertStatus(self.house.fhir("DELETE", "/SearchParameter/eye-colour"), 204)
        self.refuse("/Patient?eye-colour=blue", statuses=(400,))
        self.assertEqual(self.listed("Patient", "eye-colour"), [])
        self.assertEqual(self.value("SELECT count(*) FROM search_parameter WHERE code IN ('kin', 'eye-colour')"), "0")
        self.assertEqual(self.value("SELECT count(*) FROM search_string WHERE value = 'sky blue'"), "0")

    def test_4_refused(self):
        for id, more in (
            ("bad-code", {"code": "birthdate"}),
            ("bad-own", {"code": "_id"}),
            ("bad-letters", {"code": "a:b"}),
            ("bad-expression", {"expression": "Patient.name.("}),
            ("bad-function", {"expression": "Patient.name.nothing()"}),
            ("bad-none", {"expression": None}),
            ("bad-type", {"type": "composite"}),
            ("bad-base", {"base": ["AuditEvent"]}),
            ("bad-all", {"base": ["Resource"]}),
            ("bad-twice", {"code": "decade"}),
        ):
            body = {**parameter(id, "mine", "Patient.name"), **more}
            body = {k: v for k, v in body.items() if v is not None}
            answer = self.house.fhir("PUT", "/SearchParameter/" + id, body)
            self.assertIn(answer.status, (400, 422), id + answer.text)
            if id in ("bad-code", "bad-twice", "bad-function"):
                self.assertEqual(answer.status, 422)
                self.assertIn("search-parameter", answer.text)
            self.assertEqual(answer.json["resourceType"], "OperationOutcome")
        self.assertStatus(
            self.house.fhir("PUT", "/SearchParameter/draft", parameter("draft", "birthdate", "x", status="draft")), 201
        )
        slow = "(" * 20 + "Patient.descendants()" + ".descendants())" * 20
        self.put(parameter("slow", "slow", slow))
        self.ready("Patient", "slow")  # what can not be evaluated finds nothing, and stops nobody
        self.put({"resourceType": "Patient", "id": "after"})
        self.check((("/Patient?slow=x", ""), ("/Patient?_id=after", "after")))

    def test_5_every_process_knows(self):
        self.house.restart()
        self.check((("/Patient?decade=lt1981", "none"), ("/Patient?linked=eyes", "linking")))
        self.assertTrue(self.listed("Patient", "decade"))
        # what the site made stays the site's: a process that starts with it does not take it for its own
        found = self.bundle("/SearchParameter?code=decade")["entry"]
        self.assertEqual([e["resource"]["url"] for e in found], ["http://site.example/SearchParameter/p-decade"])
        mine = found[0]["resource"]
        self.put({**mine, "description": "Changed"})
        self.assertStatus(self.house.fhir("DELETE", "/SearchParameter/" + mine["id"]), 204)


class Words(Find):
    """_text, _content, _list, :text, and codes of ValueSets that only terminology can tell."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        put = lambda r: cls.put(cls(), r)  # noqa: E731
        div = '<div xmlns="http://www.w3.org/1999/xhtml"><p class="cardiac">%s</p></div>'
        for id, narrative, note in (
            ("knee", "Fracture of the left kn\u00e9e &amp; ankle", "seen by Moreau"),
            ("head", "Normal head scan", "no fracture"),
            ("skull", "Skull base fracture, head", "urgent"),
        ):
            code = {"coding": [{"system": "urn:s", "code": id, "display": "Imaging (%s) left-sided" % id}]}
            text = {"status": "generated", "div": div % narrative}
            report = {"resourceType": "Observation", "id": id, "status": "final", "code": code}
            put({**report, "text": text, "note": [{"text": note}]})
        put({"resourceType": "Patient", "id": "p", "name": [{"family": "van der Moreau"}]})
        entries = [{"item": {"reference": "Observation/" + i}} for i in ("knee", "skull")] + [
            {"item": {"reference": "Patient/p"}}
        ]
        put({"resourceType": "List", "id": "l", "status": "current", "mode": "working", "entry": entries})
        concepts = [{"code": "bone", "concept": [{"code": "knee"}, {"code": "skull"}]}, {"code": "head"}]
        system = {"resourceType": "CodeSystem", "id": "s", "url": "urn:s", "status": "active", "content": "complete"}
        put({**system, "hierarchyMeaning": "is-a", "concept": concepts})
        below = {"include": [{"system": "urn:s", "filter": [{"property": "concept", "op": "is-a", "value": "bone"}]}]}
        put({"resourceType": "ValueSet", "id": "bones", "url": "urn:v:bones", "status": "active", "compose": below})
        other = {
            "include": [{"valueSet": ["urn:v:bones"]}],
            "exclude": [{"system": "urn:s", "concept": [{"code": "knee"}]}],
        }
        put({"resourceType": "ValueSet", "id": "other", "url": "urn:v:other", "status": "active", "compose": other})
        round = {"include": [{"valueSet": ["urn:v:round"]}]}
        put({"resourceType": "ValueSet", "id": "round", "url": "urn:v:round", "status": "active", "compose": round})

    def test_1_words(self):
        self.check(
            (
                ("/Observation?_text=fracture", "knee skull"),
                ("/Observation?_text=KNEE", "knee"),
                ("/Observation?_text=kn%C3%A9e", "knee"),
                ("/Observation?_text=fracture%20head", "skull"),
                ("/Observation?_text=fracture%20AND%20head", "skull"),
                ("/Observation?_text=knee%20or%20normal", "knee head"),
                ("/Observation?_text=%22head%20scan%22", "head"),
                ("/Observation?_text=%22scan%20head%22", ""),
                ("/Observation?_text=fracture%20-knee", "skull"),
                ("/Observation?_text=knee,normal", "knee head"),
                ("/Observation?_text=cardiac", ""),
                ("/Observation?_text=moreau", ""),
                ("/Observation?_content=moreau", "knee"),
                ("/Observation?_content=fracture&_text=normal", "head"),
                ("/Observation?_content=urgent%20skull", "skull"),
                ("/Observation?_content=nothing", ""),
                ("?_content=moreau", "knee p"),
                ("/Patient?_content=moreau", "p"),
            )
        )
        self.put({"resourceType": "Observation", "id": "new", "status": "final", "code": {"text": "hip"}})
        self.check((("/Observation?_content=hip", "new"),))
        self.assertStatus(self.house.fhir("DELETE", "/Observation/new"), 204)
        self.check((("/Observation?_content=hip", ""),))
        self.refuse("/Observation?_text:exact=a", "/Observation?_content=" + "x" * 1500, "/AuditEvent?_text=a")

    def test_2_lists(self):
        self.check(
            (
                ("/Observation?_list=l", "knee skull"),
                ("/Observation?_list=List/l&_text=head", "skull"),
                ("/Patient?_list=l", "p"),
                ("/Patient?_list=unknown", ""),
                ("?_list=l", "knee p skull"),
            )
        )
        self.refuse("/Observation?_list=$current-problems", "/Observation?_list=a/b", "/Observation?_list:not=l")

    def test_3_beginnings_of_words(self):
        self.check(
            (
                ("/Observation?code:text=kne", "knee"),
                ("/Observation?code:text=imaging", "head knee skull"),
                ("/Observation?code:text=sided", "head knee skull"),
                ("/Observation?code:text=nee", ""),
                ("/Patient?name:text=more", "p"),
                ("/Patient?name:text=der%20mor", "p"),
                ("/Patient?name:text=oreau", ""),
            )
        )

    def test_5_relationship_of_documents(self):
        """R4 crosses the definitions of its components; the first is the kind of relation, the second the document."""
        content = {"status": "current", "content": [{"attachment": {"url": "http://x.example/a"}}]}
        self.put({"resourceType": "DocumentReference", "id": "first", **content})
        relates = [{"code": "replaces", "target": {"reference": "DocumentReference/first"}}]
        self.put({"resourceType": "DocumentReference", "id": "second", "relatesTo": relates, **content})
        self.check(
            (
                ("/DocumentReference?relationship=replaces$DocumentReference/first", "second"),
                ("/DocumentReference?relationship=appends$DocumentReference/first", ""),
                ("/DocumentReference?relationship=replaces$DocumentReference/second", ""),
            )
        )

    def test_4_codes_by_terminology(self):
        self.check(
            (
                ("/Observation?code:in=urn:v:bones", "knee skull"),
                ("/Observation?code:not-in=urn:v:bones", "head"),
                ("/Observation?code:in=other", "skull"),
                ("/Observation?code:in=ValueSet/bones", "knee skull"),
                ("/Observation?code:below=urn:s|bone", "knee skull"),
                ("/Observation?status:in=http://hl7.org/fhir/ValueSet/observation-status", "head knee skull"),
            )
        )
        self.refuse("/Observation?code:in=urn:v:round", "/Observation?code:in=urn:v:unknown", statuses=(400, 404, 422))


if __name__ == "__main__":
    story.main()
