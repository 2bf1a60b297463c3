"""Every visible name is tested: each row of the tables below is named by some file under tests/."""

import re

import tree

TABLES = re.compile(
    r"/(routes|triggers|services|options|errors|metrics|roles|permissions|events|jobs|fields|operations|rules)\.def$"
)
ROW = re.compile(r"(?m)^([A-Z][A-Z_]+)\(((?:[^()\"]|\"(?:[^\"\\]|\\.)*\"|\([^()]*\))*)\)")
PATHS = re.compile(r"\{[^}]*\}")


def rows(path):
    """(line, names) of each row: its identifier, and its visible string if that is a path, trigger, dotted name."""
    source = tree.text(path)
    for found in ROW.finditer(tree.blank(source, strings=False)):
        arguments = [a.strip() for a in re.findall(r"\"(?:[^\"\\]|\\.)*\"|[^,\"]+", found.group(2)) if a.strip()]
        visible = [a[1:-1] for a in arguments if re.match(r"\"[\w./{}$^| -]*[./^$-][\w./{}$^| -]*\"$", a)]
        names = [
            a
            for a in arguments[:1]
            if re.match(r"[A-Za-z]\w*$", a) and a not in ("GET", "POST", "PUT", "DELETE", "PATCH")
        ]
        handler = [a for a in arguments[-1:] if re.match(r"[a-z]\w+$", a)]
        yield source.count("\n", 0, found.start()) + 1, names + visible[:1] + handler


def pattern(name):
    """How a test would name it: {id} is anything, an upper-case name may carry its prefix or be in lower case."""
    if name.startswith("$"):
        return re.compile(re.escape(name) + r"(?![\w-])")
    if "/" in name or "." in name or "^" in name:
        return re.compile("[^/\\s\"'?]+".join(re.escape(piece) for piece in PATHS.split(name)))
    return re.compile(r"(?:\b|_)(?:%s|%s)\b" % (re.escape(name), re.escape(name.lower())))


def check():
    tests = "\n".join(tree.text(p) for p in tree.matching(r"^tests/") if not p.startswith("tests/lint/"))
    for path in tree.matching(TABLES.pattern):
        for line, names in rows(path):
            if names and not any(pattern(name).search(tests) for name in names):
                yield path, line, "no test names the row '%s'" % names[0]
