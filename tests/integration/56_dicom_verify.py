"""Is what is stored still what was received? Every object is read again; files that changed are named."""

import pathlib
import sys

TREE = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(TREE / "tests" / "support"))

import dicom  # noqa: E402
import story  # noqa: E402

COUNT = 260  # more than the command takes at once


class Verify(story.Story):
    durable = False

    def verify(self):
        return self.house.command("verify", "--config", self.house.conf)

    def test_1_what_is_whole_and_what_is_not(self):
        study = dicom.uid_of("verify")
        with dicom.Caller(self.house.dicom_port, [(dicom.CT, dicom.EXPLICIT_LE)], "CT1") as caller:
            for i in range(COUNT):
                uid = "%s.1.%d" % (study, i + 1)
                elements = dicom.ct_elements(study, study + ".1", uid, number=i + 1)
                self.assertEqual(caller.store(0, uid, dicom.dataset(elements)), 0)
        done = self.verify()
        self.assertEqual(done.returncode, 0, done.stderr)
        size = self.house.sql("SELECT sum(size) FROM instance")[0][0]
        self.assertEqual(done.stdout, "%d objects of %s bytes, 0 damaged\n" % (COUNT, size))
        self.assertEqual(self.house.audit_events("ALERT"), [])

        files = dict(self.house.sql("SELECT sop_uid, file FROM instance"))
        changed, short, missing = ["%s.1.%d" % (study, n) for n in (2, 3, COUNT)]
        before = {uid: (self.house.root / "files" / files[uid]) for uid in (changed, short, missing)}
        whole = {uid: path.read_bytes() for uid, path in before.items()}
        before[changed].write_bytes(whole[changed][:-1] + bytes([whole[changed][-1] ^ 1]))
        before[short].write_bytes(whole[short][:-1])
        before[missing].unlink()
        done = self.verify()
        self.assertEqual(done.returncode, 1, done.stdout)
        told = ["damaged: %s, file %s" % (uid, files[uid]) for uid in (changed, short, missing)]
        self.assertEqual(done.stdout.splitlines(), told + ["%d objects of %s bytes, 3 damaged" % (COUNT, size)])
        self.assertIn("isocentre: 3 stored objects are not what was received", done.stderr)
        alerts = self.house.audit_events("ALERT")
        self.assertEqual(len(alerts), 1)
        self.assertEqual((alerts[0]["door"], alerts[0]["count"]), ("cli", 3))

        for uid in (changed, short):
            before[uid].write_bytes(whole[uid])
        done = self.verify()
        self.assertEqual(done.stdout.splitlines()[0], "damaged: %s, file %s" % (missing, files[missing]))
        self.assertEqual(self.house.command("verify", "more", "--config", self.house.conf).returncode, 1)


story.main()
