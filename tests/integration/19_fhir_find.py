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


class Find(story.Story):
    def put(self, resource):
        answer = self.house.fhir("PUT", "/%s/%s" % (resource["resourceType"], resource["id"]), resource)
        self.assertIn(answer.status, (200, 201), answer.text)
        return answer.json

    def bundle(self, path, status=200, **options):
        answer = self.house.fhir("GET", path, **options)
        self.assertStatus(answer, status)
        return answer.json

    def ids(self, path, mode="match"):
        found = [e for e in self.bundle(path).get("entry", []) if e["search"]["mode"] == mode]
        return sorted(e["resource"]["id"] for e in found)

    def check(self, rows):
        for path, want in rows:
            with self.subTest(path):
                self.assertEqual(self.ids(path), sorted(want.split()))

    def refuse(self, *paths, statuses=(400, 404)):
        for path in paths:
            with self.subTest(path[:80]):
                answer = self.house.fhir("GET", path)
                self.assertIn(answer.status, statuses, answer.text)
                self.assertEqual(answer.json["resourceType"], "OperationOutcome")

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
        hold = "BEGIN; UPDATE resource SET department = department WHERE id = 'old7'; SELECT pg_sleep(3); COMMIT"
        held = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'"
        writer = threading.Thread(target=self.house.sql, args=(hold,))
        writer.start()
        houses.wait_for("the writer", lambda: self.value(held) == "1")
        self.house.must("reindex", "Patient", "--config", self.house.conf)
        self.wait_total("/Patient?family=oldster", 450)
        writer.join()


if __name__ == "__main__":
    story.main()
