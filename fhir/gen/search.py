"""Search parameters: FHIRPath expressions compiled to flat programs.

The expressions of R4 use few forms (README.md lists them); anything else stops the generator. A program is a list of
alternatives, each walking from the resource to values of one type.
"""

import re

from pool import Pool, c_text, long_literal, rows

KINDS = {
    k: "FHIR_SEARCH_" + k.upper()
    for k in ("token", "string", "date", "reference", "number", "quantity", "uri", "composite", "special")
}

# Parameters other specifications add. TO ADD A SEARCH PARAMETER: a row here, in the form of a SearchParameter.
ADDED = [
    {
        "url": "https://profiles.ihe.net/RAD/IMR/SearchParameter/DiagnosticReport-ImagingStudy",
        "code": "imagingStudy",
        "base": ["DiagnosticReport"],
        "type": "reference",
        "expression": "DiagnosticReport.imagingStudy",
        "target": ["ImagingStudy"],
    },
    {
        "url": "https://profiles.ihe.net/ITI/MHD/SearchParameter/DocumentReference-Creation",
        "code": "creation",
        "base": ["DocumentReference"],
        "type": "date",
        "expression": "DocumentReference.content.attachment.creation",
    },
]

STEP = re.compile(
    r"""\.?(?:
    (?P<as>(?:as|ofType)\((?P<as_type>\w+)\)) |
    (?P<resolve>where\(resolve\(\)\ is\ (?P<target>\w+)\)) |
    (?P<has>where\(hasExtension\('(?P<url>[^']+)'\)\)) |
    (?P<where>where\((?P<member>\w+)='(?P<value>[^']+)'\)) |
    (?P<index>\[(?P<number>\d+)\]) |
    (?P<name>\w+)
)""",
    re.X,
)
EXISTS = re.compile(r"(\w+)\.(\w+)\.exists\(\) and \1\.\2 != false")
CAST = re.compile(r"\((\S+) as (\w+)\)(.*)")


# An erratum of R4: the components of this composite name each other's definitions.
CROSSED = "http://hl7.org/fhir/SearchParameter/DocumentReference-relationship"

# Parameters of every type: rows of Resource, found where a type has none of its own.
COMMON = ("_profile", "_security", "_source", "_tag")


class Params:
    def __init__(self, definitions, model):
        self.model = model
        self.kinds = {d["url"]: d["type"] for d in definitions}
        self.names = Pool(1 << 16)
        self.table = {}  # type: {code: row}
        for definition in definitions + ADDED:
            if definition["url"] == CROSSED:
                first, second = definition["component"]
                first["definition"], second["definition"] = second["definition"], first["definition"]
            if self.wanted(definition):
                self.read(definition)

    def wanted(self, d):
        """Core parameters only: those of extensions have an extension() path or no expression."""
        expression = d.get("expression", "")
        bases = set(d.get("base", []))
        if "Resource" in bases:
            return d["code"] in COMMON
        if not bases or "DomainResource" in bases or "/example" in d["url"]:
            return False
        return ".extension(" not in expression and bool(expression or d["type"] in ("special", "composite"))

    def read(self, d):
        for base in d["base"]:
            parts = [p.strip() for p in d.get("expression", "").split(" | ") if self.belongs(p.strip(), base, d)]
            program = []
            for part in parts:
                program += self.compile(part, base, d.get("component") if d["type"] == "composite" else None)
            row = (d["code"], d["type"], d["url"], " | ".join(parts), ",".join(sorted(d.get("target", []))), program)
            known = self.table.setdefault(base, {}).get(d["code"])
            if known and known[2] != row[2]:
                raise ValueError("two parameters %s of %s: %s %s" % (d["code"], base, known, row))
            self.table[base][d["code"]] = row

    @staticmethod
    def belongs(part, base, d):
        return re.match(r"\(?%s\b" % base, part) is not None or (len(d["base"]) == 1 and "." not in part)

    # ---- one alternative: a list of words; a composite's holds the programs of its components ----
    def component(self, c, kind):
        program, text = [], c["expression"].replace("as(DateTime)", "as(dateTime)")
        if text.startswith("%resource."):
            kind = kind.split(".")[0]
            text = text.removeprefix("%resource.")
            program = [["FHIR_OP_ROOT", *words] for words in self.compile(text, kind)]
        else:
            for part in text.split(" | "):
                program += self.compile(part, kind)
        return KINDS[self.kinds[c["definition"]]], tuple(w for words in program for w in words)

    def compile(self, part, base, components=None):
        match = EXISTS.fullmatch(part)
        if match:
            forms = self.model.rows_named(base, match[2])
            return [["FHIR_OP_NOT_FALSE", str(len(forms)), *(str(self.names.add(r.name)) for r in forms)]]
        match = CAST.fullmatch(part)
        if match:
            part = "%s.as(%s)%s" % match.groups()
        text = "" if part == base else part.removeprefix(base + ".")
        paths = [([], base, None)]  # words, type, row reached
        while text:
            match = STEP.match(text)
            if not match:
                raise ValueError("no form for '%s' of %s" % (part, base))
            paths = [q for p in paths for q in self.step(p, match)]
            text = text[match.end() :]
        if not paths:
            raise ValueError("'%s' of %s reaches nothing" % (part, base))
        if not components:
            return [[*words, "FHIR_OP_LEAF", str(self.model.index[kind])] for words, kind, _ in paths]
        return [
            [*words, "FHIR_OP_COMPOSITE", str(len(components)), *(self.component(c, kind) for c in components)]
            for words, kind, _ in paths
        ]

    def step(self, path, match):
        words, kind, row = path
        if match["as"]:
            return [path] if kind == match["as_type"] else []
        if match["resolve"]:
            if kind != "Reference":
                return []
            return [([*words, "FHIR_OP_RESOLVE", str(self.names.add(match["target"]))], kind, row)]
        if match["has"]:
            return [([*words, "FHIR_OP_HAS_EXTENSION", str(self.names.add(match["url"]))], kind, row)]
        if match["where"]:
            pair = [str(self.names.add(match["member"])), str(self.names.add(match["value"]))]
            return [([*words, "FHIR_OP_EQUALS", *pair], kind, row)]
        if match["index"]:
            return [([*words, "FHIR_OP_INDEX", match["number"]], kind, row)]
        return [
            ([*words, "FHIR_OP_STEP", str(self.names.add(r.name))], r.type, r)
            for r in self.model.rows_named(kind, match["name"])
        ]

    # ---- writing ----
    def source(self):
        programs, starts, params, ranges = ["FHIR_OP_END"], {}, [], []
        for base in sorted(self.table, key=lambda b: self.model.index[b]):
            ranges.append("{%d,%d,%d}" % (self.model.index[base], len(params), len(self.table[base])))
            for code in sorted(self.table[base]):
                params.append(self.param(self.table[base][code], programs, starts))
        return "".join(
            [
                '#include "fhir/model/tables_priv.h"\n\n',
                long_literal(self.names.source("fhir_search_pool")),
                "\nconst uint16_t fhir_programs[] = {\n%s\n};\n" % rows(programs),
                "\nconst struct fhir_search_param fhir_search_params[] = {\n%s};\n" % "".join(params),
                "\nconst struct fhir_search_range fhir_search_ranges[] = {\n%s\n};\n" % rows(ranges),
                "\nconst int fhir_search_range_count = %d;\n" % len(ranges),
            ]
        )

    @classmethod
    def place(cls, words, programs, starts):
        """Where a program starts: those of components come first, as their places are words of it."""
        if not words:
            return 0
        if words not in starts:
            flat = []
            for word in words:
                known = isinstance(word, tuple)
                flat += [word[0], str(cls.place(word[1], programs, starts))] if known else [word]
            starts[words] = len(programs)
            programs += [*flat, "FHIR_OP_END"]
        return starts[words]

    @classmethod
    def param(cls, row, programs, starts):
        code, kind, url, expression, targets, program = row
        place = cls.place(tuple(w for alternative in program for w in alternative), programs, starts)
        quote = lambda s: '"%s"' % c_text(s)
        return "{%s,%s,\n %s,\n %s,\n %s,fhir_programs+%d},\n" % (
            quote(code),
            KINDS[kind],
            quote(url),
            quote(expression),
            quote(targets) if targets else "0",
            place,
        )
