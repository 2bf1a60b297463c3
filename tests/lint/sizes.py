"""One screen, one idea: lengths of functions, files, headers and folder READMEs; parameters; nesting.

Nesting counts the blocks that stand open inside a function: its own braces are 0, an `if` block in a `for` block is 2.
Braces of initialisers and struct definitions do not count; neither does an `else if`, which continues its chain.
"""

import json
import re
import subprocess

import tree

FUNCTION, PARAMETERS, NESTING, FILE, HEADER, README, WIDTH = 80, 6, 3, 800, 250, 100, 120
HEADINGS = ["Purpose", "Owns", "Flow", "Invariants and why", "To add a"]


def functions(paths):
    """(path, name, first line, last line, signature) of every function, by universal-ctags."""
    done = subprocess.run(
        [
            "ctags",
            "-L",
            "-",
            "--languages=C,C++",
            "--langmap=C:.c.h,C++:.cc",
            "--kinds-C=f",
            "--kinds-C++=f",
            "--fields=+neS",
            "--output-format=json",
            "-o",
            "-",
        ],
        cwd=tree.ROOT,
        input="\n".join(paths),
        text=True,
        capture_output=True,
        check=True,
    )
    for row in done.stdout.split("\n"):
        if row:
            tag = json.loads(row)
            yield tag["path"], tag["name"], tag["line"], tag.get("end", tag["line"]), tag.get("signature", "()")


def parameters(signature):
    """How many; commas inside a function pointer's own list do not count, nor does "...": it is no parameter."""
    depth, count, inner = 0, 1, signature[1:-1].strip()
    if inner in ("", "void"):
        return 0
    for c in inner:
        depth += (c in "([<") - (c in ")]>")
        count += c == "," and depth == 0
    return count - inner.endswith("...")


def opens_block(before):
    """Whether a brace after this text opens a block: not an initialiser, not a compound literal."""
    if not before.endswith(")"):
        return bool(re.search(r"(\belse|\bdo|[;{}:]|\btry|\bnoexcept)$", before))
    depth = 0
    for i in range(len(before) - 1, -1, -1):
        depth += (before[i] == ")") - (before[i] == "(")
        if depth == 0:
            word = re.search(r"(\w+)\s*$", before[:i])
            return bool(word) and word.group(1) not in ("return", "sizeof")
    return False


def nesting(body):
    """(deepest block, its line offset) of a function's text, literals and comments blanked."""
    stack, deepest, where, line = [], 0, 0, 0
    for i, c in enumerate(body):
        if c == "\n":
            line += 1
        elif c == "{":
            stack.append(not stack or stack[-1] and opens_block(body[:i].rstrip()))
            depth = sum(stack) - 1
            if depth > deepest:
                deepest, where = depth, line
        elif c == "}" and stack:
            stack.pop()
    return deepest, where


def check_functions():
    paths = tree.sources() + tree.matching(r"^tests/.*\.(c|h|cc)$")
    for path, name, first, last, signature in functions(paths):
        if last - first + 1 > FUNCTION:
            yield path, first, "%s has %d lines; %d are the limit" % (name, last - first + 1, FUNCTION)
        if parameters(signature) > PARAMETERS:
            yield path, first, "%s takes %d parameters; %d are the limit" % (name, parameters(signature), PARAMETERS)
        body = "\n".join(tree.code(path).split("\n")[first - 1 : last])
        deep, line = nesting(body[body.find("{") :] if "{" in body else "")
        if deep > NESTING:
            line += body[: body.find("{")].count("\n")
            yield path, first + line, "%s nests %d blocks deep; %d are the limit" % (name, deep, NESTING)


def check_files():
    for path in tree.matching(r"\.(c|cc|h|ts|tsx|py|sh|mjs|sql)$"):
        if tree.GENERATED.match(path):
            continue
        count = tree.text(path).count("\n")
        limit = HEADER if path.endswith(".h") else FILE
        if count > limit:
            yield path, 1, "has %d lines; %d are the limit" % (count, limit)


def check_width():
    """120 columns; tables (.def, .sql data) may be wider, and so may a line that is one long link."""
    for path in tree.matching(r"\.(c|cc|h|sh|py|txt|md)$|(^|/)(run|up|down|cli)$"):
        if tree.GENERATED.match(path):
            continue
        for number, line in tree.lines(path):
            if len(line) > WIDTH and not path.endswith(".md") and not re.match(r"\W*https?://\S+$", line):
                yield path, number, "is %d columns wide; %d are the limit" % (len(line), WIDTH)
            if line != line.rstrip() and not path.endswith(".md"):
                yield path, number, "ends in blanks"


def check_readmes():
    """Each room of the house has a README with the five headings."""
    rooms = {tree.folder(p) for p in tree.matching(r"^(server|hl7|fhir|dicom)/[^/]+/.*\.(c|cc)$")}
    for room in sorted(rooms):
        path = room + "/README.md"
        if path not in tree.files():
            yield path, 1, "is missing"
            continue
        found = re.findall(r"(?m)^#{1,3} (.*?)\s*$", tree.text(path))
        if tree.text(path).count("\n") > README:
            yield path, 1, "has more than %d lines" % README
        for heading in HEADINGS:
            if not any(f == heading or heading == "To add a" and f.startswith(heading) for f in found):
                yield path, 1, "lacks the heading '%s'" % heading
