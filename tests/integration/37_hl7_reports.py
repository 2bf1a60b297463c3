"""Reports as they arrive: what a person decides of a link stands, documents can be fetched, and what was
wrong is taken back for everybody at once."""

import base64
import pathlib
import sys

TREE = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(TREE / "tests" / "support"))

import dicom  # noqa: E402
import hl7  # noqa: E402
import story  # noqa: E402


class Reports(story.Documents):
    # /admin/api/reports/{id}/unlink, /admin/api/reports/{id}/link and /admin/api/reports/{id}/relink: decide()

    def order(self, accession, patient, name="Doe^Jane"):
        content = hl7.order(
            "O-" + accession, hl7.pid(patient, name), accession, study_uid=dicom.uid_of("rep", accession)
        )
        self.assertAck(self.house.send(content), "AA")

    def report(self, accession, patient, name="Doe^Jane", control="R-", **more):
        self.assertAck(
            self.house.send(hl7.report(control + accession, hl7.pid(patient, name), accession, **more)), "AA"
        )
        return self.house.search("/DiagnosticReport?identifier=F-" + accession)[0]

    def request(self, accession):
        return "ServiceRequest/" + self.house.search("/ServiceRequest?identifier=" + accession)[0]["id"]

    def link(self, report):
        items = self.house.http("GET", "/admin/api/reports").json["items"]
        return [i["link"] for i in items if i["report"] == "DiagnosticReport/" + report["id"]][0]

    def decide(self, report, what, status=200, user="admin"):
        answer = self.house.http("POST", "/admin/api/reports/%s/%s" % (report["id"], what), user=user)
        self.assertStatus(answer, status)
        return answer

    def based_on(self, report):
        return [r["reference"] for r in self.read("DiagnosticReport/" + report["id"]).get("basedOn", [])]

    def test_1_a_person_takes_a_report_off_and_ties_it_to_another_order(self):
        self.order("RA1", "RP1")
        self.order("RA2", "RP1")
        report = self.report("RA1", "RP1")
        self.assertEqual(self.based_on(report), [self.request("RA1")])
        self.decide(report, "unlink")
        self.assertEqual(self.link(report)["state"], "unlinked")
        self.assertEqual(self.based_on(report), [])
        # the ladder does not undo it, neither by a new version nor by what arrives
        self.report("RA1", "RP1", control="R2-", status="C", lines=("Better words.",))
        self.assertEqual(self.based_on(report), [])
        self.decide(report, "link?order=" + self.request("RA2"))
        self.assertEqual(self.based_on(report), [self.request("RA2")])
        link = self.link(report)
        self.assertEqual((link["state"], link["rung"], link["evidence"]), ("linked", "person", "tied by a person"))
        self.decide(report, "relink")
        self.assertEqual(self.based_on(report), [self.request("RA1")])
        self.assertEqual(self.link(report)["rung"], "accession")
        events = self.house.audit_events("REPORT_LINK")
        self.assertEqual(len(events), 3)

    def test_2_what_a_person_may_not_decide(self):
        self.order("RA3", "RP3")
        self.order("RA4", "RP4", "Other^One")
        report = self.report("RA3", "RP3")
        self.assertIn("report-patient", self.decide(report, "link?order=" + self.request("RA4"), 422).text)
        self.decide(report, "link?order=ServiceRequest/none", 404)
        self.decide(report, "link", 400)
        self.decide({"id": "none"}, "unlink", 404)
        self.assertEqual(self.based_on(report), [self.request("RA3")])

    def test_3_held_until_the_patients_are_one(self):
        self.order("RA5", "RP5", "Real^Rita")
        report = self.report("RA5", "RP6", "Reel^Rita")
        self.assertEqual(self.link(report)["state"], "held")
        merge = hl7.message(hl7.msh("ADT^A40^ADT_A39", "RM5"), hl7.pid("RP5", "Real^Rita"), "MRG|RP6^^^CLINIC")
        self.assertAck(self.house.send(merge), "AA")
        self.assertEqual(self.link(report)["state"], "linked")
        self.assertEqual(self.based_on(report), [self.request("RA5")])

    def test_4_documents_can_be_fetched(self):
        self.order("RA7", "RP7")
        content = hl7.report("R-RA7", hl7.pid("RP7", "Doe^Jane"), "RA7").decode()
        pdf = b"%PDF-1.4\n%%EOF\n"
        content += "OBX|9|ED|PDF^Report^L||^Application^PDF^Base64^%s||||||F\r" % base64.b64encode(pdf).decode()
        self.assertAck(self.house.send(content.encode()), "AA")
        report = self.house.search("/DiagnosticReport?identifier=F-RA7")[0]
        form = [f for f in report["presentedForm"] if f.get("contentType") == "application/pdf"][0]
        answer = self.house.fhir("GET", "/" + form["url"], headers={"Accept": "application/pdf"})
        self.assertStatus(answer, 200)
        self.assertEqual(answer.body, pdf)
        self.report("RA7", "RP7", control="R2-", status="C", lines=("Only words now.",))
        again = self.house.search("/DiagnosticReport?identifier=F-RA7")[0]
        self.assertEqual(len(again["presentedForm"]), 2)  # what the correction does not mention stays

    def test_5_a_correction_without_an_impression_has_none(self):
        self.order("RA8", "RP8")
        content = hl7.report("R-RA8", hl7.pid("RP8", "Doe^Jane"), "RA8").decode()
        content += "OBX|9|TX|18748-4&IMP^Impression^LN||All well.||||||F\r"
        self.assertAck(self.house.send(content.encode()), "AA")
        self.assertEqual(self.house.search("/DiagnosticReport?identifier=F-RA8")[0]["conclusion"], "All well.")
        report = self.report("RA8", "RP8", control="R2-", status="C", lines=("Not well.",))
        self.assertNotIn("conclusion", report)
        self.assertEqual(report["status"], "corrected")

    def test_6_charges_are_kept_and_leave_their_event(self):
        ack = self.house.send(
            hl7.message(hl7.msh("DFT^P03", "R-DFT"), hl7.pid("RP9", "Doe^Jane"), "FT1|1|||20261124||CG|CT")
        )
        self.assertAck(ack, "AA")
        kept = self.house.http("GET", "/admin/api/messages").json["items"][0]
        self.assertEqual((kept["controlId"], kept["patientId"], kept["warningCount"]), ("R-DFT", "RP9", 1))
        self.assertEqual(len(self.house.audit_events("MESSAGE_KEEP")), 1)


story.main()
