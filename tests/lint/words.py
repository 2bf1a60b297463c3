"""What may not stand in the text: SQL outside schema/, unsafe calls, words that mark unfinished work."""

import re

import tree

SQL = re.compile(
    r"\b(SELECT\s+\S|INSERT\s+INTO\b|UPDATE\s+\w+\s+SET\b|DELETE\s+FROM\b|TRUNCATE\s+\w|"
    r"(CREATE|ALTER|DROP)\s+(TABLE|INDEX|ROLE|DATABASE)\b)"
)
SENT = re.compile(r"PQ(exec|send)\w*\(.*\"")  # any literal command, so BEGIN and LISTEN too
BANNED = re.compile(
    r"(?<![\w.>])(strcpy|strcat|sprintf|vsprintf|strtok|gets|gmtime|localtime|asctime|ctime|atoi|atol|atof|"
    r"system|popen|tmpnam|mktemp|alloca)\s*\("
)
MEMORY = re.compile(r"(?<![\w.>])(malloc|calloc|realloc|free|strdup|strndup)\s*\(")
# Written in pieces, so that this file passes its own check.
UNFINISHED = re.compile(
    r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X", "not impl" + "emented", "unimpl" + "emented"]) + r")\b"
)
# What a merge leaves where both sides changed a line.
CONFLICT = re.compile(r"^(<{7} |={7}$|>{7} )")

CLEANED = re.compile(r"(\w+)\s+CLEANUP\((\w+)\)(\s*=)?")


def check_clean_up():
    """What CLEANUP gives back is begun before a return can be reached: else what was never taken is given back."""
    for path in tree.sources(r"\.(c|cc)$"):
        code = tree.code(path)
        for body in re.finditer(r"^\{\n(.*?)^\}", code, re.S | re.M):
            for found in CLEANED.finditer(body.group(1)):
                name, _, begun = found.groups()
                rest = body.group(1)[found.end() :]
                first = re.search(r"&%s\b|\b%s\s*=" % (name, name), rest)
                leave = re.search(r"\breturn\b", rest)
                if not begun and leave and (not first or leave.start() < first.start()):
                    line = code.count("\n", 0, body.start(1) + found.start()) + 1
                    yield path, line, "'%s' may be given back before it was begun" % name


def check_code():
    for path in tree.sources(r"\.(c|cc|h)$"):
        strings = tree.blank(tree.text(path), strings=False).split("\n")
        for number, line in enumerate(tree.code(path).split("\n"), 1):
            literal = "".join(re.findall(r"\"(?:[^\"\\]|\\.)*\"", strings[number - 1]))
            if literal and (SQL.search(literal) or SENT.search(strings[number - 1])):
                yield path, number, "SQL lives in schema/ only"
            found = BANNED.search(line)
            if found and not path.endswith("banned.h"):
                yield path, number, "%s() is banned" % found.group(1)
            found = MEMORY.search(line)
            if found and tree.folder(path) != "server/base":
                yield path, number, "bare %s(); memory comes from server/base" % found.group(1)


def check_marks():
    for path in tree.matching(r"\.(c|cc|h|def|py|sh|sql|ts|tsx|mjs|txt|md|json|service)$|(^|/)(run|up|down|cli)$"):
        if path.endswith("package-lock.json") or tree.GENERATED.match(path):
            continue
        for number, line in tree.lines(path):
            found = UNFINISHED.search(line)
            if found:
                yield path, number, "'%s' marks unfinished work" % found.group(1)
            if CONFLICT.match(line):
                yield path, number, "a merge was not finished here"


def check():
    yield from check_code()
    yield from check_clean_up()
    yield from check_marks()
