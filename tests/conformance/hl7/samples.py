"""Messages of other systems, file by file: each is accepted, or refused with a reason; none harms the server.

tests/conformance/hl7/run samples FOLDER"""

import pathlib
import sys

import story

FOLDER = pathlib.Path(sys.argv.pop()) if len(sys.argv) > 1 else None


class Samples(story.Story):
    def test_each_is_answered_with_a_reason(self):
        paths = sorted(p for p in FOLDER.rglob("*") if p.suffix.lower() in (".hl7", ".txt"))
        self.assertTrue(paths, "no messages in %s" % FOLDER)
        for path in paths:
            with self.subTest(path.name):
                raw = path.read_bytes().replace(b"\r\n", b"\r").replace(b"\n", b"\r")
                ack = self.house.send(raw)
                print("%-28s %s %s %s" % (path.name, ack.code, ack.location, ack.user_text))
                self.assertIn(ack.code, ("AA", "AE", "AR"))
                self.assertTrue(ack.code == "AA" or ack.user_text)


story.main()
