"""Invariants: the FHIRPath conditions of types and of their elements, each where it is stated first."""

import re

from pool import c_text

# Checked in C (fhir/model, fhir/validate/contained.c): what holds for each element, or would cost the square of a size.
NATIVE = {"ele-1", "dom-2", "dom-3", "txt-1", "txt-2"}
# Expressions of the definitions that can not be meant as written: their key, and what is meant.
MEANT = {
    "que-7": "operator = 'exists' implies (answer is boolean)",
}
# The same in a time that grows with the size, not with its square: the expression, for all but logical models.
LINEAR = {
    "sdf-8": "element.first().path = %resource.type and element.tail().all(path.startsWith(%resource.type & '.'))",
    "sdf-8a": "element.first().path.startsWith(%resource.type)"
    " and element.tail().all(path.startsWith(%resource.type & '.'))",
}
ANY = {"ext-1": "Extension", "dom-4": "DomainResource", "dom-5": "DomainResource", "dom-6": "DomainResource"}


def literal(text, width=90):
    """A C literal, in pieces no wider than this."""
    pieces, line = [], ""
    for word in re.findall(r"[^\s/]+[\s/]*|[\s/]+", text):
        if line and len(c_text(line + word)) > width:
            pieces.append(line)
            line = ""
        line += word
    return ['"%s"' % c_text(piece) for piece in [*pieces, line]]


def fill(pieces, width=118):
    """One line after the other, as many pieces in each as fit."""
    lines = [""]
    for piece in pieces:
        if lines[-1] and len(lines[-1]) + 1 + len(piece) > width:
            lines.append("")
        lines[-1] += (" " if lines[-1] else "") + piece
    return "\n".join(lines)


class Invariants:
    def __init__(self, definitions, model):
        self.model, self.rows, seen = model, [], set()
        for definition in definitions:
            if definition.get("derivation") == "constraint" or definition["kind"] == "logical":
                continue
            for element in definition.get("snapshot", {}).get("element", []):
                for constraint in element.get("constraint", []):
                    self.read(element["path"], constraint, seen)
        self.rows.sort(key=lambda row: row[0])

    def read(self, path, constraint, seen):
        key = constraint["key"]
        if key in NATIVE:
            return
        path = ANY.get(key, path)
        text = MEANT.get(key, constraint["expression"])
        if key in LINEAR:
            text = "iif(%%resource.kind != 'logical', %s, %s)" % (LINEAR[key], text)
        if path not in self.model.types:  # of an element that has a type of its own: asked of what it is in
            path, _, name = path.rpartition(".")
            text = "%s.all(%s)" % (name.removesuffix("[x]"), text)
        if (path, key, text) in seen:
            return
        seen.add((path, key, text))
        human = " ".join(constraint["human"].split())
        self.rows.append((self.model.index[path], key, constraint["severity"] == "error", text, human, path))

    def source(self):
        body = ""
        for number, key, error, text, human, path in self.rows:
            head = '{%d, "%s", %s, /* %s */' % (number, key, "true" if error else "false", path)
            human, text = literal(human), literal(text)
            human[-1] += ","
            text[-1] += "},"
            body += fill([head, *human, *text]) + "\n"
        return (
            '#include "fhir/validate/validate_priv.h"\n\n'
            "const struct invariant_row invariant_rows[] = {\n%s};\n"
            "const int invariant_row_count = %d;\n" % (body, len(self.rows))
        )
