"""Each check finds what it must: a small tree with one sin a file, and the same tree without them."""

import pathlib
import subprocess
import sys
import tempfile

import foreign
import layers
import rows
import sizes
import tree
import words

LONG = "int long_one(void)\n{\n" + "    x();\n" * 90 + "}\n"
DEEP = (
    "int deep(int a)\n{\n    for (;;) {\n        if (a) {\n            while (a[0]) {\n                if (a) {\n"
    "                    x();\n                }\n            }\n        }\n    }\n}\n"
)
LEVEL = (
    "int level(int a)\n{\n    struct point p = {{1, 2}, {{{{3, 4}}}}}, *q = (struct point[]){{{{{1}}}}};\n"
    "    for (;;) {\n        if (a) {\n            x();\n        }\n    }\n}\n"
)
SEVEN = "int seven(int a, int b, int c, int d, int e, int f, int g)\n{\n    return a;\n}\n"
SIX = "int six(int a, int b, int (*c)(int, int), int d, int e, int f)\n{\n    return a;\n}\n"

# (check, path, text, part of the finding; None: nothing may be found)
CASES = [
    (layers.check, "server/db/a.c", '#include "server/auth/auth.h"\n', "includes"),
    (layers.check, "server/db/b.c", '#include "auth/auth.h"\n', "layer 3"),
    (layers.check, "server/auth/c.c", '#include "db/db.h"\n#include "auth_priv.h"\n', None),
    (layers.check, "server/auth/d.c", '#include "db/db_priv.h"\n', "private"),
    (layers.check, "hl7/net/e.c", '#include "fhir/rest/rest.h"\n', "layer 6"),
    (layers.check, "server/config/f.c", '#include "schema/queries.h"\n', "below the database"),
    (layers.check, "server/attic/g.c", "int x;\n", "no layer"),
    (foreign.check, "server/db/a.c", "#include <openssl/evp.h>\n", "server/tls only"),
    (foreign.check, "server/tls/b.c", "#include <openssl/evp.h>\n#include <string.h>\n", None),
    (foreign.check, "dicom/net/c.c", '#include "dcmtk/dcmnet/assoc.h"\n', "dicom/shim only"),
    (foreign.check, "tests/unit/tls/test_x.c", "#include <openssl/evp.h>\n", None),
    (foreign.check, "tests/unit/db/test_x.c", "#include <openssl/evp.h>\n", "server/tls only"),
    (foreign.check, "server/db/d.c", "#include <uv.h>\n", "no home"),
    (foreign.check, "hl7/codec/e.cc", "int x;\n", "C++"),
    (words.check_code, "server/db/a.c", 'char *q = "SELECT 1 FROM t";\n', "SQL"),
    (words.check_code, "server/db/b.c", 'void f(void) { PQexec(c, "BEGIN"); }\n', "SQL"),
    (words.check_code, "server/db/c.c", '/* SELECT 1 FROM t */ char *q = "we select one";\n', None),
    (words.check_code, "server/db/d.c", "void f(void) { free(p); }\n", "free"),
    (words.check_code, "server/db/e.c", "void f(void) { mem_free(p); } /* free(p) */\n", None),
    (
        words.check_clean_up,
        "server/db/g.c",
        "int f(void)\n{\n    struct buf b CLEANUP(buf_release);\n    if (g())\n        return 1;\n"
        "    buf_init(&b, 9);\n    return 0;\n}\n",
        "begun",
    ),
    (
        words.check_clean_up,
        "server/db/h.c",
        "int f(void)\n{\n    struct buf b CLEANUP(buf_release);\n    buf_init(&b, 9);\n    return 0;\n}\n",
        None,
    ),
    (words.check_code, "server/base/f.c", "void f(void) { strcpy(a, b); }\n", "banned"),
    (words.check_marks, "server/base/g.c", "/* TO" + "DO later */\n", "unfinished"),
    (words.check_marks, "server/base/README.md", "<" * 7 + " HEAD\n", "a merge was not finished"),
    (sizes.check_functions, "server/base/a.c", LONG, "93 lines"),
    (sizes.check_functions, "server/base/b.c", DEEP, "nests 4"),
    (sizes.check_functions, "server/base/c.c", LEVEL, None),
    (sizes.check_functions, "server/base/d.c", SEVEN, "7 parameters"),
    (sizes.check_functions, "server/base/e.c", SIX, None),
    (sizes.check_files, "server/base/a.h", "\n" * 251, "251 lines"),
    (sizes.check_files, "fhir/model/tables_types.c", "\n" * 2000, None),
    (sizes.check_width, "server/base/a.c", "x" * 121 + "\n", "121 columns"),
    (sizes.check_width, "server/base/b.c", "int x; \n", "blanks"),
    (sizes.check_readmes, "server/base/a.c", "int x;\n", "missing"),
    (rows.check, "server/base/errors.def", 'ERR(LONELY, 500, "x")\n', "LONELY"),
    (rows.check, "server/jobs/jobs.def", 'JOB(USED, 60, 3, "x (a)")\n', None),
    (rows.check, "fhir/rest/routes.def", 'ROUTE(GET, "/fhir/{type}/{id}", PERM_X, fhir_read)\n', None),
    (rows.check, "dicom/web/routes.def", 'ROUTE(GET, "/wado/{id}", PERM_X, wado_read)\n', "/wado/{id}"),
]
TESTED = "USED is tested; GET /fhir/Patient/1\n"


def findings(check, path, text):
    """What the check says of a tree that holds this one file and a test."""
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for name, content in ((path, text), ("tests/unit/test_x.c", "/* " + TESTED + " */\n")):
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(content)
        subprocess.run(["git", "init", "-q"], cwd=root, check=True)
        tree.ROOT = root
        for cached in (tree.files, tree.text, tree.code):
            cached.cache_clear()
        return ["%s:%d: %s" % row for row in check()]


def main():
    failed = 0
    for check, path, text, expected in CASES:
        found = findings(check, path, text)
        good = any(expected in f for f in found) if expected else not found
        failed += not good
        if not good:
            print("%s.%s of %s: wanted %s, found %s" % (check.__module__, check.__name__, path, expected, found))
    print("lint self test: %d passed, %d failed" % (len(CASES) - failed, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
