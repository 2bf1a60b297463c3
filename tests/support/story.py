"""The base of an integration test: unittest cases that share one house, and the plain last line tests/run reads.

class Order(story.Story):
    options = {"site.timezone": "Africa/Johannesburg"}
    def test_order_shows_in_the_worklist(self):
        …  self.house …

story.main()
"""

import pathlib
import sys
import tempfile
import unittest

import house


class Story(unittest.TestCase):
    """One house a class; cases run in the order of their names and may build on each other."""

    profile = "demo"
    options = {}
    env = {}
    durable = True
    house = None

    @classmethod
    def setUpClass(cls):
        cls.house = house.House(cls.profile, cls.options, cls.env, cls.durable)
        cls.temporary = tempfile.TemporaryDirectory(prefix="isocentre-story-")
        cls.folder = pathlib.Path(cls.temporary.name)

    @classmethod
    def tearDownClass(cls):
        cls.temporary.cleanup()
        cls.house.stop()

    def assertStatus(self, answer, status):
        """status: one, or a tuple of those that will do."""
        self.assertIn(answer.status, status if isinstance(status, tuple) else (status,), answer.text[:2000])

    def assertAck(self, ack, code):
        self.assertEqual(ack.code, code, ack.text.replace("\r", "\n"))


class Documents(Story):
    """A story told in documents: each helper answers the document, and fails on another status."""

    def make(self, resource, status=201):
        answer = self.house.fhir("POST", "/" + resource["resourceType"], resource)
        self.assertStatus(answer, status)
        return answer.json

    def put(self, resource, status=200):
        answer = self.house.fhir("PUT", "/%s/%s" % (resource["resourceType"], resource["id"]), resource)
        self.assertStatus(answer, status)
        return answer.json

    def read(self, reference, status=200):
        answer = self.house.fhir("GET", "/" + reference)
        self.assertStatus(answer, status)
        return answer.json


class Finding(Documents):
    """A story told in searches."""

    def put(self, resource, status=(200, 201)):
        return super().put(resource, status)

    def bundle(self, path, status=200, **options):
        answer = self.house.fhir("GET", path, **options)
        self.assertStatus(answer, status)
        return answer.json

    def ids(self, path, mode="match"):
        """In the order they came."""
        found = [e for e in self.bundle(path).get("entry", []) if e["search"]["mode"] == mode]
        return [e["resource"].get("id") for e in found]

    def check(self, rows):
        """rows: a path, and the ids it finds in any order, with spaces between."""
        for path, want in rows:
            with self.subTest(path):
                self.assertEqual(sorted(self.ids(path)), sorted(want.split()))

    def refuse(self, *paths, statuses=(400, 404)):
        for path in paths:
            with self.subTest(path[:80]):
                answer = self.house.fhir("GET", path)
                self.assertStatus(answer, statuses)
                self.assertEqual(answer.json["resourceType"], "OperationOutcome")


def main():
    """Run the cases of the calling script; print "N passed, M failed"; exit accordingly."""
    house.end_cleanly()
    result = unittest.TextTestRunner(stream=sys.stdout, verbosity=2).run(
        unittest.defaultTestLoader.loadTestsFromModule(sys.modules["__main__"])
    )
    bad = [case for case, _ in result.failures + result.errors] + list(result.unexpectedSuccesses)
    cases = {getattr(c, "test_case", c).id() for c in bad if isinstance(c, unittest.TestCase)}
    others = sum(not isinstance(c, unittest.TestCase) for c in bad)  # setUpClass, tearDownClass
    passed, failed = result.testsRun - len(cases) - len(result.skipped), len(cases) + others
    print("%d passed, %d failed" % (passed, failed))
    sys.exit(1 if failed or passed < 1 else 0)
