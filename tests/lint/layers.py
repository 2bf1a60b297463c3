"""Includes go down, and through the front door."""

import re

import tree

# Folder → layer. A file may include its own folder's headers and public headers of folders with a smaller number.
# Half layers order folders that share a floor: an audit event names a principal, so audit stands on auth.
LAYERS = {
    "server/base": 0,
    "server/config": 1,
    "server/metrics": 1,
    "hl7/codec": 1,
    "hl7/profile": 1.5,
    "fhir/model": 1,
    "fhir/fhirpath": 1.5,
    "fhir/patch": 1.7,
    "fhir/validate": 1.6,
    "fhir/r5": 1.7,
    "dicom/shim": 1,
    "dicom/image": 1.5,
    "fhir/terminology": 1.5,
    "server/db": 2,
    "server/http": 2,
    "server/tls": 2,
    "server/httpc": 2,
    "server/outbox": 2.5,
    "server/auth": 3,
    "server/audit": 3.5,
    "server/files": 3,
    "server/jobs": 3,
    "server/record": 3,
    "server/domain": 4,
    "server/gate": 5,
    "fhir/search": 5.4,
    "fhir/subscription": 5.5,
    "hl7/out": 5.5,
    "hl7/net": 6,
    "hl7/explain": 6.5,
    "hl7/door": 6.5,
    "fhir/rest": 6,
    "dicom/leave": 1.7,
    "dicom/out": 5.5,
    "dicom/net": 6,
    "dicom/web": 6,
    "dicom/rest": 6,
    "server/admin": 6,
    "server/app": 7,
}
SCHEMA = 2  # the generated schema/queries.h: for server/db and everything above it


def target(included, including):
    """The folder an include of our own leads to, or None."""
    first = included.split("/")[0]
    if "/" not in included:
        return tree.folder(including)
    for room in (tree.folder(included), "server/" + first):
        if room in LAYERS:
            return room
    return "schema" if first == "schema" else None


def includes(path):
    for number, line in tree.lines(path):
        found = re.match(r'\s*#\s*include\s+"([^"]+)"', line)
        if found:
            yield number, found.group(1)


def judge(path, included):
    """What is wrong with the include, or None."""
    own, other = tree.folder(path), target(included, path)
    if other is None:
        return "'%s' is no header of this house; foreign headers go in <>" % included
    if other == own:
        return None
    if other == "schema":
        return (
            None
            if LAYERS[own] >= SCHEMA
            else "%s (layer %g) is below the database and includes its queries" % (own, LAYERS[own])
        )
    if "_priv.h" in included:
        return "'%s' is private to %s" % (included, other)
    if LAYERS[other] >= LAYERS[own]:
        return "%s (layer %g) includes %s of %s (layer %g)" % (own, LAYERS[own], included, other, LAYERS[other])
    return None


def check():
    for path in tree.matching(r"^(server|hl7|fhir|dicom)/.*\.(c|h|cc|def)$"):
        if tree.folder(path) not in LAYERS:
            yield path, 1, "its folder has no layer; add it to DESIGN and to tests/lint/layers.py"
            continue
        for number, included in includes(path):
            if included.startswith("dcmtk/"):  # foreign.py's matter
                continue
            wrong = judge(path, included)
            if wrong:
                yield path, number, wrong
    for path in tree.matching(r"^tests/unit/.*\.c$"):
        own = "/".join(path.split("/")[2:4])
        for number, included in includes(path):
            if "_priv.h" in included and "/".join(included.split("/")[:-1]) not in path:
                yield path, number, "'%s' is private and this test does not belong to its folder (%s)" % (
                    included,
                    own,
                )
