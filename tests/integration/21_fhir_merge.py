"""Two patient records become one, by FHIR and by HL7: everything goes to the survivor in one commit, whatever language
asks; and what a merge moved goes back, or it is said by name why it can not."""

import base64
import concurrent.futures
import json
import pathlib
import re
import sys

TREE = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(TREE / "tests" / "support"))

import dicom  # noqa: E402
import hl7  # noqa: E402
import house as houses  # noqa: E402
import story  # noqa: E402

AUTHORITY = "urn:isocentre:authority:CLINIC"


def parameters(**values):
    """source="Patient/1" … as a Parameters resource."""
    names = {"source": "source-patient", "target": "target-patient"}
    list_ = []
    for name, value in values.items():
        if name in names:
            list_.append({"name": names[name], "valueReference": {"reference": value}})
        elif isinstance(value, bool):
            list_.append({"name": name, "valueBoolean": value})
        elif value.get("resourceType"):
            list_.append({"name": name.replace("_", "-"), "resource": value})
        else:
            list_.append({"name": name.replace("_", "-"), "valueIdentifier": value})
    return {"resourceType": "Parameters", "parameter": list_}


def part(answer, name):
    return next(p["resource"] for p in answer["parameter"] if p["name"] == name)


def moved(answer):
    pairs = [{q["name"]: q for q in p["part"]} for p in answer["parameter"] if p["name"] == "moved"]
    return {p["what"]["valueString"]: p["count"]["valueInteger"] for p in pairs}


class Merging(story.Documents):
    options = {"site.timezone": "Africa/Johannesburg"}

    def ids(self, query):
        return sorted(r["id"] for r in self.house.search(query))

    def patient(self, value, **more):
        return self.make(
            {
                "resourceType": "Patient",
                "identifier": [{"use": "usual", "system": "urn:oid:1.9.9", "value": value}],
                "name": [{"family": value.title(), "given": ["One"]}],
                **more,
            }
        )

    def operate(self, path, body, status=200):
        answer = self.house.fhir("POST", path, body)
        self.assertStatus(answer, status)
        return answer.json

    def merge(self, source, target, **more):
        return self.operate("/Patient/$merge", parameters(source=source, target=target, **more))

    def undo(self, identity, status=200, **more):
        return self.operate("/Patient/%s/$unmerge" % identity, parameters(**more), status)

    def assertRule(self, path, body, rule, status=422):
        answer = self.operate(path, body, status)
        coding = answer["issue"][0]["details"]["coding"][0]
        self.assertEqual((coding["system"], coding["code"]), ("urn:isocentre:rule", rule))
        return answer["issue"][0]

    def work(self, name):
        """A patient by HL7 with an order, images and a report; the references of all of them."""
        person = hl7.pid("MRN-" + name, "%s^Wanda" % name.title())
        uid = dicom.uid_of(name)
        self.assertAck(self.house.send(hl7.order("O" + name, person, "A" + name, study_uid=uid)), "AA")
        self.house.store(
            *dicom.make_study(self.folder / name, uid, patient_id="MRN-" + name, accession="A" + name, issuer="CLINIC")
        )
        self.assertAck(self.house.send(hl7.report("R" + name, person, "A" + name, study_uid=uid)), "AA")
        found = self.house.search("/Patient?identifier=MRN-" + name)
        self.assertEqual(len(found), 1)
        reference = "Patient/" + found[0]["id"]
        return reference, {
            kind: self.ids("/%s?%s=%s" % (kind, "patient" if kind == "Task" else "subject", reference))
            for kind in ("Task", "ServiceRequest", "ImagingStudy", "DiagnosticReport")
        }

    def documents(self, reference):
        return {
            kind: self.ids("/%s?%s=%s" % (kind, "patient" if kind == "Task" else "subject", reference))
            for kind in ("Task", "ServiceRequest", "ImagingStudy", "DiagnosticReport")
        }

    def contents(self):
        """Every document without its stamps: what it says."""
        rows = self.house.sql("SELECT type || '/' || id, content FROM resource WHERE NOT deleted ORDER BY rid")
        strip = lambda text: re.sub(r'"(versionId|lastUpdated)":"[^"]*",?', "", text)
        return {name: strip(text) for name, text in rows}

    def projections(self):
        return [
            self.house.sql("SELECT %s FROM %s ORDER BY 1, 2" % (columns, table))
            for table, columns in (
                ("worklist", "task, patient_id, patient_name, patient_rid, order_rid, accession_number"),
                ("study", "study_uid, patient_id, patient_name, patient_rid, order_rid, link_state, link_rung"),
                ("report_link", "report, state, rung, patient_rid, order_rid, study_uid"),
                ("patient_identifier", "namespace, value, rid, merged_from"),
            )
        ]

    def studies(self, patient):
        keys = ["QueryRetrieveLevel=STUDY", "PatientID=" + patient, "StudyInstanceUID="]
        return sorted(s["StudyInstanceUID"] for s in self.house.peer().find(keys, "-S")[0])

    def test_1_all_of_it_goes_and_comes_back(self):
        source, work = self.work("alba")
        target, own = self.work("berta")
        group = self.make(
            {
                "resourceType": "Group",
                "type": "person",
                "actual": True,
                "member": [{"entity": {"reference": target}}, {"entity": {"reference": source}}],
            }
        )
        before, rows = self.contents(), self.projections()
        preview = self.merge(source, target, preview=True)
        self.assertEqual((self.contents(), self.projections()), (before, rows))
        self.assertEqual(
            moved(preview),
            {
                **{kind: len(list_) for kind, list_ in work.items()},
                "DocumentReference": 1,  # of the report
                "Encounter": 1,
                "Group": 1,
                "worklist-step": 1,
                "study": 1,
                "report": 1,
                "identifier": 1,
            },
        )
        done = self.merge(source, target)
        self.assertEqual(moved(done), moved(preview))
        result = part(done, "result")
        self.assertEqual(result["id"], target.split("/")[1])
        self.assertEqual(result["link"], [{"other": {"reference": source}, "type": "replaces"}])
        self.assertEqual(part(preview, "result")["link"], result["link"])
        self.assertEqual(
            [(i["use"], i["value"]) for i in result["identifier"]], [("usual", "MRN-berta"), ("old", "MRN-alba")]
        )
        gone = self.read(source)
        self.assertEqual((gone["active"], gone["link"][0]["type"]), (False, "replaced-by"))
        self.assertEqual(gone["link"][0]["other"]["reference"], target)
        both = {kind: sorted(list_ + own[kind]) for kind, list_ in work.items()}
        self.assertEqual(self.documents(target), both)
        self.assertEqual(self.documents(source), both)  # who asks by the old record finds the survivor's work
        members = [m["entity"]["reference"] for m in self.read("Group/" + group["id"])["member"]]
        self.assertEqual(members, [target, target])
        steps = self.house.peer().worklist(AccessionNumber="Aalba")
        self.assertEqual([(s["PatientID"], s["PatientName"]) for s in steps], [("MRN-berta", "Berta^Wanda")])
        studies = self.studies("MRN-berta")
        self.assertEqual(studies, sorted(map(dicom.uid_of, ("alba", "berta"))))
        self.assertEqual(self.studies("MRN-alba"), [])
        everything = self.house.fhir("GET", "/%s/$everything" % source)
        self.assertStatus(everything, 200)
        self.assertIn(own["ServiceRequest"][0], everything.text)
        self.assertEqual(len(self.house.audit_events("PATIENT_MERGE")), 2)  # who looks for either record finds it
        self.undo_alba(source, target, before, rows)

    def undo_alba(self, source, target, before, rows):
        preview = self.undo(source.split("/")[1], preview=True)
        self.assertEqual(part(preview, "source")["id"], source.split("/")[1])
        self.assertNotIn("link", part(preview, "source"))
        self.assertEqual(self.read(source)["active"], False)
        self.undo(source.split("/")[1])
        self.assertEqual(self.contents(), before)
        self.assertEqual(self.projections(), rows)
        self.assertEqual(len(self.house.audit_events("PATIENT_UNMERGE")), 2)

    def test_2_what_came_later_stays(self):
        source, work = self.work("clara")
        target, own = self.work("dora")
        self.merge(source, target)
        late = hl7.order("OL2", hl7.pid("MRN-clara", "Clara^Wanda"), "ALATE", study_uid=dicom.uid_of("late"))
        self.assertAck(self.house.send(late), "AA")  # the old number leads to the survivor
        self.assertEqual([s["PatientID"] for s in self.house.peer().worklist(AccessionNumber="ALATE")], ["MRN-dora"])
        order = self.read("ServiceRequest/" + work["ServiceRequest"][0])
        self.put({**order, "note": [{"text": "seen"}]})
        self.undo(source.split("/")[1])
        self.assertEqual(self.documents(source), work)
        kept = self.read("ServiceRequest/" + work["ServiceRequest"][0])
        self.assertEqual((kept["note"][0]["text"], kept["subject"]["reference"]), ("seen", source))
        self.assertEqual(len(self.documents(target)["ServiceRequest"]), len(own["ServiceRequest"]) * 2)
        self.assertEqual([s["PatientID"] for s in self.house.peer().worklist(AccessionNumber="Aclara")], ["MRN-clara"])
        self.assertAck(self.house.send(hl7.order("OL3", hl7.pid("MRN-clara", "Clara^Wanda"), "ALATER")), "AA")
        self.assertEqual([s["PatientID"] for s in self.house.peer().worklist(AccessionNumber="ALATER")], ["MRN-clara"])

    def test_3_rules(self):
        one, two, three = (self.patient(v) for v in ("rule-1", "rule-2", "rule-3"))
        a, b, c = ("Patient/" + p["id"] for p in (one, two, three))
        self.assertRule("/Patient/$merge", parameters(source=a, target=a), "merge-self")
        self.assertRule("/Patient/$merge", parameters(source=a, target="Patient/nobody"), "merge-unknown")
        self.assertRule("/Patient/$merge", parameters(source="Group/1", target=a), "merge-unknown")
        self.assertRule("/Patient/%s/$unmerge" % one["id"], parameters(), "merge-none")
        self.operate("/Patient/$merge", parameters(source=a), 422)
        wrong = {"resourceType": "Patient", "id": one["id"], "active": True}
        self.assertRule("/Patient/$merge", parameters(source=a, target=b, result_patient=wrong), "merge-result")
        self.merge(a, b)
        self.assertRule("/Patient/$merge", parameters(source=a, target=c), "patient-merged")
        self.assertRule("/Patient/$merge", parameters(source=b, target=a), "patient-merged")
        self.assertStatus(self.house.fhir("PUT", "/" + a, {**one, "birthDate": "1980-01-01"}), 422)
        self.assertStatus(self.house.fhir("DELETE", "/" + a), 409)
        self.assertStatus(self.house.fhir("DELETE", "/" + b), 409)
        order = {
            "resourceType": "ServiceRequest",
            "status": "active",
            "intent": "order",
            "subject": {"reference": a},
        }
        refused = self.house.fhir("POST", "/ServiceRequest", order)
        self.assertStatus(refused, 422)
        self.assertEqual(refused.json["issue"][0]["details"]["coding"][0]["code"], "patient-merged")
        self.merge(b, c)  # a chain
        self.assertEqual(self.ids("/Patient?link=" + c), [two["id"]])
        made = self.make({**order, "subject": {"reference": c}})
        self.assertEqual(self.ids("/ServiceRequest?subject=" + a), [made["id"]])
        self.assertRule("/Patient/%s/$unmerge" % one["id"], parameters(), "merge-chain")
        self.undo(two["id"])
        self.undo(one["id"])
        self.assertEqual([self.read(p).get("link") for p in (a, b, c)], [None] * 3)
        self.assertStatus(self.house.fhir("DELETE", "/" + b), 204)
        self.assertRule("/Patient/$merge", parameters(source=a, target=b), "merge-deleted")

    def test_4_identifiers_and_result(self):
        one, two = self.patient("id-1"), self.patient("id-2", birthDate="1970-01-01")
        self.patient("id-3")
        wanted = {k: v for k, v in two.items() if k != "meta"}
        wanted["birthDate"] = "1971-02-03"
        body = parameters(
            source_patient_identifier={"system": "urn:oid:1.9.9", "value": "id-1"},
            target_patient_identifier={"value": "id-2"},
            result_patient=wanted,
        )
        done = self.operate("/Patient/$merge", body)
        self.assertEqual(part(done, "result")["birthDate"], "1971-02-03")
        self.assertEqual(self.read("Patient/" + two["id"])["link"][0]["other"]["reference"], "Patient/" + one["id"])
        self.undo(one["id"])
        self.assertEqual(self.read("Patient/" + two["id"])["birthDate"], "1970-01-01")
        again = {"resourceType": "Patient", "identifier": [{"use": "old", "system": "urn:x", "value": "twice"}]}
        for system in ("urn:oid:1.9.10", "urn:oid:1.9.11"):
            self.make({**again, "identifier": [{"system": system, "value": "twice"}]})
        body = parameters(source_patient_identifier={"value": "twice"}, target="Patient/" + two["id"])
        self.assertRule("/Patient/$merge", body, "merge-ambiguous")
        body = parameters(source_patient_identifier={"value": "never"}, target="Patient/" + two["id"])
        self.assertRule("/Patient/$merge", body, "merge-unknown")

    def test_5_undo_refuses_what_it_can_not_tell_apart(self):
        source, work = self.work("elsa")
        target, _ = self.work("frida")
        self.merge(source, target)
        order = self.read("ServiceRequest/" + work["ServiceRequest"][0])
        observation = self.make(
            {
                "resourceType": "Observation",
                "status": "final",
                "code": {"text": "after"},
                "subject": {"reference": target},
                "basedOn": [{"reference": "ServiceRequest/" + order["id"]}],
            }
        )
        issue = self.assertRule("/%s/$unmerge" % source, parameters(), "merge-entangled", 409)
        self.assertIn("Observation/" + observation["id"], issue["diagnostics"])
        self.assertStatus(self.house.fhir("DELETE", "/Observation/" + observation["id"]), 204)
        group = self.make({"resourceType": "Group", "type": "person", "actual": True})
        self.undo(source.split("/")[1])
        group["member"] = [{"entity": {"reference": source}}]
        group = self.put(group)
        self.merge(source, target)
        group = self.read("Group/" + group["id"])
        group.pop("member")
        self.put(group)
        issue = self.assertRule("/%s/$unmerge" % source, parameters(), "merge-changed", 409)
        self.assertIn("Group/" + group["id"], issue["diagnostics"])

    def test_6_a_merge_resolves_what_was_held(self):
        """Images under one number, the order under another: held, until it is said that both are one person."""
        self.assertAck(self.house.send(hl7.order("OHELD", hl7.pid("MRN-order", "Held^H"), "AHELD")), "AA")
        uid = dicom.uid_of("held")
        self.house.store(
            *dicom.make_study(self.folder / "held", uid, patient_id="MRN-images", accession="AHELD", issuer="CLINIC")
        )
        state = lambda: self.house.sql("SELECT link_state FROM study WHERE study_uid = '%s'" % uid)[0][0]
        self.assertEqual(state(), "held")
        images, order = ("Patient/" + self.ids("/Patient?identifier=MRN-" + name)[0] for name in ("images", "order"))
        before, rows = self.contents(), self.projections()
        self.merge(images, order)
        self.assertEqual(state(), "linked")
        self.undo(images.split("/")[1])
        self.assertEqual(state(), "held")
        self.assertEqual(self.contents(), before)
        self.assertEqual(self.projections(), rows)

    def test_6b_who_began_to_refer_is_waited_for(self):
        source, target = (self.patient(v)["id"] for v in ("late-source", "late-target"))
        hold = "SELECT 1 FROM resource WHERE type = 'Patient' AND id = '%s' FOR KEY SHARE" % source
        with concurrent.futures.ThreadPoolExecutor(1) as pool:
            with self.house.holding(hold):  # as a write does that names the source
                merge = pool.submit(self.merge, "Patient/" + source, "Patient/" + target)
                houses.wait_for("the merge at the lock", self.house.waiting)
                self.assertNotIn("link", self.read("Patient/" + source))
            merge.result()
        self.assertEqual(self.read("Patient/" + source)["link"][0]["type"], "replaced-by")

    def test_6c_orders_that_come_meanwhile_are_not_left_behind(self):
        source, target = (self.patient(v)["id"] for v in ("busy-source", "busy-target"))
        person = hl7.pid("busy-source", "Busy^One", authority="&1.9.9&ISO")

        def order(n):
            if n % 2:
                return self.house.send(hl7.order("BUSY%d" % n, person, "BUSY%d" % n)).code
            body = {"resourceType": "ServiceRequest", "status": "active", "intent": "order"}
            body["subject"] = {"reference": "Patient/" + source}
            return self.house.fhir("POST", "/ServiceRequest", body).status

        with concurrent.futures.ThreadPoolExecutor(9) as pool:
            orders = [pool.submit(order, n) for n in range(24)]
            merge = pool.submit(self.merge, "Patient/" + source, "Patient/" + target)
            ends = {o.result() for o in orders}
            merge.result()
        self.assertLessEqual(ends, {"AA", 201, 422})
        found = self.house.search("/ServiceRequest?_count=100&patient=" + source)
        subjects = {order["subject"]["reference"] for order in found}
        self.assertEqual(subjects, {"Patient/" + target})

    def adt(self, control, *pairs, trigger="ADT^A40^ADT_A39"):
        segments = [hl7.msh(trigger, control), "EVN||" + hl7.now()]
        for staying, going in pairs:
            segments.append(hl7.pid(staying, "Hana^Wanda"))
            segments.append(hl7.segment("MRG", {1: "%s^^^CLINIC^MR" % going if going else ""}))
        return self.house.send(hl7.message(*segments))

    def test_7_adt_a40(self):
        source, work = self.work("gina")
        target, own = self.work("hana")
        self.assertAck(self.adt("M1", ("MRN-hana", "MRN-gina")), "AA")
        self.assertEqual(self.read(source)["link"][0]["other"]["reference"], target)
        self.assertEqual(
            self.documents(target)["ServiceRequest"], sorted(work["ServiceRequest"] + own["ServiceRequest"])
        )
        self.assertEqual([s["PatientID"] for s in self.house.peer().worklist(AccessionNumber="Agina")], ["MRN-hana"])
        self.assertAck(self.adt("M2", ("MRN-hana", "MRN-gina")), "AA")  # said again: nothing to do
        ack = self.adt("M3", ("MRN-hana", "MRN-hana"))
        self.assertAck(ack, "AE")
        self.assertEqual((ack.find("ERR")[5], ack.find("ERR")[2]), ("merge-self", "MRG^1^1"))
        ack = self.adt("M4", ("MRN-gina", "MRN-hana"))
        self.assertAck(ack, "AE")
        self.assertEqual(ack.find("ERR")[5], "patient-merged")
        self.undo(source.split("/")[1])
        self.assertEqual(self.documents(source), work)

    def test_8_adt_of_many_and_of_the_unknown(self):
        self.assertAck(self.adt("N1", ("MRN-new", "MRN-never"), ("MRN-new", "MRN-nor")), "AA")
        new = self.house.search("/Patient?identifier=MRN-new")
        self.assertEqual([len(p["link"]) for p in new], [2])
        late = hl7.order("ON", hl7.pid("MRN-never", "Hana^Wanda"), "ANEVER")
        self.assertAck(self.house.send(late), "AA")
        self.assertEqual([s["PatientID"] for s in self.house.peer().worklist(AccessionNumber="ANEVER")], ["MRN-new"])
        ack = self.adt("N2", ("MRN-new", "MRN-more"), ("MRN-new", ""))
        self.assertAck(ack, "AE")
        self.assertEqual(ack.find("ERR")[2], "MRG^2^1")
        self.assertEqual(self.ids("/Patient?identifier=MRN-more"), [])  # all or nothing
        self.assertAck(self.house.send(hl7.message(hl7.msh("ADT^A34", "N3"), hl7.pid("MRN-new", "A^B"))), "AE")
        for control, trigger in (("N4", "ADT^A30"), ("N5", "ADT^A34"), ("N6", "ADT^A39")):
            self.assertAck(self.adt(control, ("MRN-new", "MRN-" + control), trigger=trigger), "AA")
            self.assertEqual(len(self.ids("/Patient?identifier=MRN-" + control)), 2)


def parts(parameter):
    return {p["name"]: p for p in parameter["part"]}


class Worklist(story.Story):
    """ServiceRequest/$worklist says what modalities see, and why they do not."""

    options = {"site.timezone": "Africa/Johannesburg"}

    def ask(self, order, query=""):
        answer = self.house.fhir("GET", "/ServiceRequest/%s/$worklist%s" % (order, query))
        self.assertStatus(answer, 200)
        return answer.json

    def broken(self, answer):
        """Names of the rules that do not hold."""
        names = []
        for step in (p for p in answer["parameter"] if p["name"] == "step"):
            for rule in (parts(r) for r in step["part"] if r["name"] == "rule"):
                if not rule["holds"]["valueBoolean"]:
                    names.append(rule["name"]["valueCode"])
                    self.assertTrue(rule["reason"]["valueString"])
        return names

    def visible(self, answer):
        return next(p["valueBoolean"] for p in answer["parameter"] if p["name"] == "visible")

    def find(self, calling, **keys):
        return len(self.house.peer(calling).worklist(AccessionNumber="AW1", **keys))

    def test_1_the_data_set_is_what_modalities_get(self):
        start = hl7.now(5)
        message = hl7.order("OW1", hl7.pid("MRN-W1", "Work^Lea"), "AW1", start=start, station="CT1")
        self.assertAck(self.house.send(message), "AA")
        orders = self.house.search("/ServiceRequest?identifier=AW1&_sort=_id")
        type(self).order = orders[0]["id"]
        answer = self.ask(self.order)
        self.assertEqual((self.visible(answer), self.broken(answer)), (True, []))
        step = next(p for p in answer["parameter"] if p["name"] == "step")
        binary = parts(step)["dataset"]["resource"]
        self.assertEqual(binary["contentType"], "application/dicom+json")
        told = json.loads(base64.b64decode(binary["data"]))
        got = self.house.peer().worklist(AccessionNumber="AW1")[0]
        self.assertEqual(told["00100020"]["Value"], [got["PatientID"]])
        self.assertEqual(told["00100010"]["Value"][0]["Alphabetic"], got["PatientName"])
        self.assertEqual(told["0020000D"]["Value"], [got["StudyInstanceUID"]])
        inner = told["00400100"]["Value"][0]
        name = "ScheduledProcedureStepSequence."
        self.assertEqual(inner["00400009"]["Value"], [got[name + "ScheduledProcedureStepID"]])
        self.assertEqual(inner["00400002"]["Value"], [got[name + "ScheduledProcedureStepStartDate"]])
        self.assertEqual(inner["00080060"]["Value"], ["CT"])

    def test_2_each_rule_by_name(self):
        for query, keys, rule in (
            ("?aet=CT1", {"ScheduledStationAETitle": "CT1"}, None),
            ("?aet=CT9", {"ScheduledStationAETitle": "CT9"}, "station-ae"),
            ("?modality=CT", {"Modality": "CT"}, None),
            ("?modality=MR", {"Modality": "MR"}, "modality"),
            ("?date=1999-01-02", {"ScheduledProcedureStepStartDate": "19990102"}, "date"),
            ("?status=SCHEDULED", {"ScheduledProcedureStepStatus": "SCHEDULED"}, None),
            ("?status=STARTED", {"ScheduledProcedureStepStatus": "STARTED"}, "step-status"),
        ):
            answer = self.ask(self.order, query)
            self.assertEqual(self.broken(answer), [rule] if rule else [], query)
            self.assertEqual(self.visible(answer), self.find("CT1", **keys) == 1, query)
        answer = self.ask(self.order, "?station-name=ELSEWHERE")
        self.assertEqual((self.broken(answer), self.visible(answer)), (["station-name"], True))
        for query in ("?date=2026", "?aet=%5C", "?aet=12345678901234567", "?other=1"):
            self.assertStatus(self.house.fhir("GET", "/ServiceRequest/%s/$worklist%s" % (self.order, query)), 400)

    def test_3_peers(self):
        self.house.add_peer("AE", "VIEWER1", "WORKSTATION")
        self.assertEqual(self.broken(self.ask(self.order, "?aet=VIEWER1")), ["peer-role", "station-ae"])
        self.house.add_peer("AE", "CTX", "MODALITY")
        self.house.sql("UPDATE peer SET departments = '{elsewhere}' WHERE name = 'CTX'")
        self.assertIn("department", self.broken(self.ask(self.order, "?aet=CTX")))
        self.house.sql("UPDATE peer SET enabled = false WHERE name = 'CTX'")
        self.assertIn("peer-enabled", self.broken(self.ask(self.order, "?aet=CTX")))

    def test_4_states_and_what_is_no_step(self):
        task = self.house.search("/Task?based-on:ServiceRequest.identifier=AW1")
        task = task[0] if task else self.house.search("/Task")[0]
        done = self.house.fhir(
            "PUT", "/Task/" + task["id"], {**task, "status": "in-progress", "businessStatus": {"text": "STARTED"}}
        )
        self.assertStatus(done, 200)
        answer = self.ask(self.order)
        self.assertEqual((self.broken(answer), self.visible(answer), self.find("CT1")), (["step-status"], False, 0))
        subject = self.house.search("/Patient?identifier=MRN-W1")[0]
        order = {"resourceType": "ServiceRequest", "status": "active", "intent": "order"}
        order["subject"] = {"reference": "Patient/" + subject["id"]}
        made = self.house.fhir("POST", "/ServiceRequest", order)
        self.assertStatus(made, 201)
        self.assertEqual(self.broken(self.ask(made.json["id"])), ["has-step"])
        task = {
            "resourceType": "Task",
            "status": "requested",
            "intent": "plan",
            "basedOn": [{"reference": "ServiceRequest/" + made.json["id"]}],
            "for": order["subject"],
        }
        self.assertStatus(self.house.fhir("POST", "/Task", task), 201)
        self.assertEqual(self.broken(self.ask(made.json["id"])), ["step-modality"])
        self.assertStatus(self.house.fhir("GET", "/ServiceRequest/none/$worklist"), 404)


class Reindex(story.Story):
    """What the archive says of a study comes back from its files, whatever happened to the rows."""

    def numbers(self, answer):
        return {p["name"]: p["valueInteger"] for p in answer["parameter"] if "valueInteger" in p}

    def operate(self, path, status=200):
        answer = self.house.fhir("POST", path)
        self.assertStatus(answer, status)
        return answer.json

    def rows(self):
        keep = "study_uid, patient_id, patient_name, accession_number, study_date, description, modalities::text"
        return [
            self.house.sql("SELECT %s, series_count, instance_count, bytes FROM study ORDER BY study_uid" % keep),
            self.house.sql("SELECT series_uid, modality, number, description, instance_count FROM series ORDER BY 1"),
            self.house.sql(
                "SELECT i.sop_uid, s.series_uid, i.sop_class, i.transfer_syntax, i.number, i.size, i.header_size,"
                " i.pixel_offset FROM instance i JOIN series s ON s.series_key = i.series_key ORDER BY 1"
            ),
        ]

    def store(self, name, **more):
        uid = dicom.uid_of(name)
        self.house.store(*dicom.make_study(self.folder / name, uid, series=2, patient_id="MRN-" + name, **more))
        return uid, self.house.search("/ImagingStudy?identifier=urn:dicom:uid|urn:oid:" + uid)[0]["id"]

    def test_1_rows_come_back(self):
        uid, identity = self.store("rx")
        before = self.rows()
        shown = self.house.fhir("GET", "/ImagingStudy/" + identity).json
        self.house.sql(
            "UPDATE study SET description = 'wrong', modalities = '{XX}', instance_count = 1, study_date = ''"
        )
        self.house.sql(
            "UPDATE instance SET number = '99', pixel_offset = 7, series_key = (SELECT min(series_key) FROM series)"
        )
        self.house.sql("UPDATE series SET modality = 'XX', description = 'wrong'")
        answer = self.operate("/ImagingStudy/%s/$reindex" % identity)
        self.assertEqual(self.numbers(answer), {"studies": 1, "series": 2, "instances": 6, "faulty": 0})
        self.assertEqual(self.rows(), before)
        again = self.house.fhir("GET", "/ImagingStudy/" + identity).json
        self.assertGreater(int(again["meta"]["versionId"]), int(shown["meta"]["versionId"]))
        for one in (shown, again):
            one.pop("meta")
        self.assertEqual(again, shown)
        self.assertEqual(len(self.house.search("/ImagingStudy?modality=CT")), 1)

    def test_2_faulty_files_are_told_and_their_rows_stay(self):
        before = self.rows()
        file = self.house.sql("SELECT file, sop_uid FROM instance ORDER BY instance_key LIMIT 1")[0]
        path = self.house.root / "files" / file[0]
        kept = path.read_bytes()
        identity = self.house.search("/ImagingStudy")[0]["id"]
        for damage in (lambda: path.write_bytes(b"no image"), lambda: path.write_bytes(kept[:-9]), path.unlink):
            damage()
            answer = self.operate("/ImagingStudy/%s/$reindex" % identity)
            self.assertEqual(self.numbers(answer)["faulty"], 1)
            self.assertIn(file[1], json.dumps(answer))
            self.assertEqual(self.rows(), before)
        path.write_bytes(kept)
        self.assertEqual(self.numbers(self.operate("/ImagingStudy/%s/$reindex" % identity))["faulty"], 0)

    def test_3_many_in_steps(self):
        for i in range(4):
            self.store("rm%d" % i)
        before, seen, cursor = self.rows(), 0, ""
        for step in range(5):
            answer = self.operate("/ImagingStudy/$reindex?_count=2" + cursor)
            numbers = self.numbers(answer)
            seen += numbers["studies"]
            self.assertEqual(numbers["remaining"], 5 - seen)
            if not numbers["remaining"]:
                break
            cursor = "&_cursor=" + next(p["valueString"] for p in answer["parameter"] if p["name"] == "cursor")
        self.assertEqual((seen, self.rows()), (5, before))
        for query in ("?_count=0", "?_cursor=x", "?_cursor=-1", "?_count=x"):
            self.operate("/ImagingStudy/$reindex" + query, 400)

    def test_4_what_is_not_there(self):
        self.operate("/ImagingStudy/none/$reindex", 404)
        made = self.house.fhir(
            "POST",
            "/ImagingStudy",
            {"resourceType": "ImagingStudy", "status": "registered", "subject": {"display": "x"}},
        )
        self.assertStatus(made, 201)
        self.operate("/ImagingStudy/%s/$reindex" % made.json["id"], 422)

    def test_5_a_merged_study_stays_merged(self):
        def patient(name):
            return {
                "name": name,
                "valueReference": {
                    "reference": "Patient/" + self.house.search("/Patient?identifier=MRN-" + name_of[name])[0]["id"]
                },
            }

        name_of = {"source-patient": "rm0", "target-patient": "rm1"}
        merged = self.house.fhir(
            "POST", "/Patient/$merge", {"resourceType": "Parameters", "parameter": [patient(n) for n in name_of]}
        )
        self.assertStatus(merged, 200)
        before = self.rows()
        self.operate("/ImagingStudy/$reindex")
        self.assertEqual(self.rows(), before)


if __name__ == "__main__":
    story.main()
