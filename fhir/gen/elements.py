"""Types and their elements, from the StructureDefinitions."""

from pool import Pool, long_literal, rows

FHIR_TYPE = "http://hl7.org/fhir/StructureDefinition/structuredefinition-fhir-type"
PROFILE = "http://hl7.org/fhir/StructureDefinition/"
SYSTEM = "http://hl7.org/fhirpath/System."

# Types whose fhir-type in the definitions is looser than the text of the specification.
REAL_TYPE = {"Resource.id": "id"}


# As in fhir/model/tables_priv.h.
ROWS_MAX, CHOICES_MAX = 320, 16


def upper_first(text):
    return text[0].upper() + text[1:]


class Type:
    def __init__(self, name, kind, abstract, base):
        self.name, self.kind, self.abstract, self.base = name, kind, abstract, base
        self.rows = []
        self.choices = 0


class Row:
    def __init__(self, name, order, element):
        self.name, self.order = name, order
        self.min = element["min"]
        self.array = element["max"] not in ("0", "1")
        self.attribute = "xmlAttr" in element.get("representation", [])
        self.summary = element.get("isSummary", False)
        self.modifier = element.get("isModifier", False)
        self.type, self.targets, self.binding, self.choice = "", [], 0, 0
        self.extensible = ""
        self.stem = name


class Model:
    def __init__(self, definitions, value_sets):
        self.value_sets = value_sets
        self.types = {}
        for definition in definitions:
            if definition.get("derivation") != "constraint" and definition["kind"] != "logical":
                self.read(definition)
        self.order = sorted(self.types)
        self.index = {name: i for i, name in enumerate(self.order)}

    # ---- reading ----
    def read(self, definition):
        name = definition["type"]
        base = definition.get("baseDefinition", PROFILE + name).removeprefix(PROFILE)
        top = Type(name, definition["kind"], definition["abstract"], base)
        self.types[name] = top
        if definition["kind"] == "primitive-type" or name == "xhtml":
            return
        for order, element in enumerate(definition["snapshot"]["element"][1:]):
            if element["max"] != "0":
                self.read_element(element, order)

    def read_element(self, element, order):
        path, _, name = element["path"].rpartition(".")
        owner = self.types[path]
        if name.endswith("[x]"):
            owner.choices += 1
            for choice in element["type"]:
                row = self.row(name[:-3] + upper_first(choice["code"]), order, element, choice)
                row.choice, row.stem = owner.choices, name[:-3]
                owner.rows.append(row)
        else:
            owner.rows.append(self.row(name, order, element, element.get("type", [{}])[0]))

    def row(self, name, order, element, choice):
        row = Row(name, order, element)
        row.type = self.type_name(element, choice)
        row.targets = sorted({t.removeprefix(PROFILE) for t in choice.get("targetProfile", [])})
        if "Resource" in row.targets or row.type == "canonical":
            row.targets = []
        binding = element.get("binding", {})
        if binding.get("strength") == "required":
            row.binding = self.value_sets.number(binding["valueSet"])
        if binding.get("strength") == "extensible" and row.type in ("code", "Coding", "CodeableConcept"):
            row.extensible = self.value_sets.extend(binding.get("valueSet", ""))
        return row

    def type_name(self, element, choice):
        path = element["path"]
        if "contentReference" in element:
            return element["contentReference"].removeprefix("#")
        code = choice["code"]
        if code in ("BackboneElement", "Element"):
            self.types[path] = Type(path, "backbone", False, code)
            return path
        if code.startswith(SYSTEM):
            declared = [x.get("valueUrl") for x in choice.get("extension", []) if x["url"] == FHIR_TYPE]
            return REAL_TYPE.get(element["base"]["path"], declared[0])
        return code

    # ---- looking up, for search.py ----
    def rows_named(self, type_name, name):
        """The rows a FHIRPath step means: one, or every form of a choice element."""
        if type_name not in self.types:
            return []
        return [r for r in self.types[type_name].rows if name in (r.name, r.stem)]

    # ---- writing ----
    def ids_header(self):
        plain = [n for n in self.order if self.types[n].kind != "backbone"]
        body = rows(" FHIR_T_%s = %d" % (n, self.index[n]) for n in plain)
        return (
            "#ifndef FHIR_TABLES_IDS_PRIV_H\n#define FHIR_TABLES_IDS_PRIV_H\n\n"
            "enum fhir_type_id {\n%s\n FHIR_TYPES = %d };\n\n#endif\n" % (body, len(self.order))
        )

    def element(self, names, row, target_lists):
        flags = 1 * row.array + 2 * row.attribute + 4 * row.summary + 8 * row.modifier + 16 * bool(row.extensible)
        targets = 0
        if row.targets:
            key = tuple(self.index[t] for t in row.targets)
            targets = target_lists.setdefault(key, 1 + sum(len(k) + 1 for k in target_lists))
        return "{%d,%d,%d,%d,%d,%d,%d,%d}" % (
            names.add(row.name),
            self.index[row.type],
            row.order,
            row.binding or self.value_sets.extension(row.extensible),
            targets,
            row.choice,
            row.min,
            flags,
        )

    def type_rows(self, names, target_lists):
        first, heads, body = 0, [], []
        for name in self.order:
            kind = self.types[name]
            by_name = sorted(kind.rows, key=lambda r: (len(r.name), r.name))
            form = (
                "FHIR_FORMAT_" + name
                if kind.kind == "primitive-type"
                else "FHIR_FORMAT_xhtml" if name == "xhtml" else "FHIR_FORMAT_NONE"
            )
            sort = {"resource": "RESOURCE", "backbone": "BACKBONE"}.get(kind.kind, "DATATYPE")
            sort = "PRIMITIVE" if not form.endswith("NONE") else "ABSTRACT" if kind.abstract else sort
            heads.append(
                "{%d,%d,%d,%d,%d,FHIR_SORT_%s,%s}"
                % (names.add(name), self.index[kind.base], first, len(by_name), kind.choices, sort, form)
            )
            if len(by_name) > ROWS_MAX or kind.choices > CHOICES_MAX:
                raise ValueError("%s is wider than tables_priv.h allows" % name)
            if by_name:
                body.append("/* %s */\n%s\n" % (name, rows(self.element(names, r, target_lists) for r in by_name)))
            first += len(by_name)
        return heads, body

    def source(self):
        names, target_lists = Pool(1 << 16), {}
        heads, body = self.type_rows(names, target_lists)
        resources = [n for n in self.order if self.types[n].kind == "resource" and not self.types[n].abstract]
        plain = sorted((n for n in self.order if self.types[n].kind != "backbone"), key=lambda n: (len(n), n))
        lists = ["0"] + [str(i + 1) for key in target_lists for i in (*key, -1)]
        self.names = names
        return "".join(
            [
                '#include "fhir/model/tables_priv.h"\n\n',
                long_literal(names.source("fhir_name_pool")),
                "\nconst struct fhir_type fhir_types[] = {\n%s\n};\n" % "\n".join(h + "," for h in heads),
                "\nconst struct fhir_elem fhir_elems[] = {\n%s};\n" % "".join(body),
                "\nconst uint16_t fhir_target_lists[] = {\n%s\n};\n" % rows(lists),
                "\nconst uint16_t fhir_resources[] = {\n%s\n};\n" % rows(str(self.index[n]) for n in resources),
                "\nconst int fhir_resource_count = %d;\n" % len(resources),
                "\nconst uint16_t fhir_types_by_name[] = {\n%s\n};\n" % rows(str(self.index[n]) for n in plain),
                "\nconst int fhir_type_name_count = %d;\n" % len(plain),
            ]
        )
