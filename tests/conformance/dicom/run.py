"""Count what the parts find: `made` (the default) or `samples FOLDER`."""

import sys
import tempfile

import made
import samples


def main(argv):
    with tempfile.TemporaryDirectory() as folder:
        cases = samples.cases(argv[1], folder) if argv[:1] == ["samples"] else made.cases(folder)
        passed = failed = 0
        for name, why in cases:
            passed, failed = passed + (why is None), failed + (why is not None)
            if why is not None:
                print("FAILED %s: %s" % (name, why), flush=True)
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
