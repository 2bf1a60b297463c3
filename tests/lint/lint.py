"""The rules of the house, checked without exceptions. Findings read path:line: sentence; the last line counts.
TO ADD A CHECK: 1 a module with check(), which yields (path, line, sentence)  2 its row in CHECKS  3 a case in
tests/lint/self_test.py that it must find
"""

import sys

import compilers
import foreign
import layers
import rows
import scripts
import sizes
import words

CHECKS = {
    "layers": layers.check,
    "functions": sizes.check_functions,
    "files": sizes.check_files,
    "widths": sizes.check_width,
    "readmes": sizes.check_readmes,
    "foreign headers": foreign.check,
    "code": words.check_code,
    "clean-up": words.check_clean_up,
    "unfinished work": words.check_marks,
    "rows tested": rows.check,
    "scripts": scripts.check,
    "compilers": compilers.check,
}


def main(names):
    failed = 0
    for name, check in CHECKS.items():
        if names and name not in names:
            continue
        findings = sorted(set(check()))
        for path, line, sentence in findings:
            print("%s:%d: %s" % (path, line, sentence))
        failed += bool(findings)
        print("%s: %s" % (name, "%d findings" % len(findings) if findings else "fine"))
    print("lint: %d passed, %d failed" % ((len(names) or len(CHECKS)) - failed, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
