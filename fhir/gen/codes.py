"""Required and extensible bindings: the codes a value set has."""

from pool import Pool, long_literal, rows

# Bound as required, but endless or cut short in the expansions: left to the format of the type.
UNBOUNDED = {
    "http://hl7.org/fhir/ValueSet/mimetypes",
    "http://hl7.org/fhir/ValueSet/ucum-units",
    "http://loinc.org/vs/LL379-9",
}


def flat(contains):
    for entry in contains:
        if not entry.get("abstract"):
            yield entry.get("system", ""), entry["code"]
        yield from flat(entry.get("contains", []))


# Of extensible bindings: no full list either.
OPEN = UNBOUNDED | {
    "http://hl7.org/fhir/ValueSet/age-units",
    "http://hl7.org/fhir/ValueSet/consent-content-class",
    "http://hl7.org/fhir/ValueSet/designation-use",
    "http://hl7.org/fhir/ValueSet/distance-units",
    "http://hl7.org/fhir/ValueSet/duration-units",
}


class CodeSets:
    def __init__(self, value_sets):
        self.expansions = {v["url"]: v for v in value_sets}
        self.names = Pool(1 << 16)
        self.systems = [""]
        self.sets = []  # (url, [(system number, code offset)])
        self.numbers = {}
        self.extensible = []  # urls; their sets come behind the required ones

    def number(self, canonical):
        """1 and up: the position of a value set in the tables; 0: not enforced."""
        url = canonical.split("|")[0]
        if url in UNBOUNDED:
            return 0
        if url not in self.numbers:
            self.sets.append((url, self.codes(url)))
            self.numbers[url] = len(self.sets)
        return self.numbers[url]

    def extend(self, canonical):
        """The url of a value set that warns, "" when its codes are not known in full."""
        url = canonical.split("|")[0]
        if url in OPEN or url not in self.expansions:
            return ""
        if url not in self.extensible:
            self.extensible.append(url)
        return url

    def extension(self, url):
        """Its position in the tables, once all definitions were read; 0 for none."""
        if not url:
            return 0
        return self.numbers.get(url) or 1 + len(self.sets) + self.extensible.index(url)

    def codes(self, url):
        found = set(flat(self.expansions[url].get("expansion", {}).get("contains", [])))
        if not found:
            raise ValueError("value set %s has no expansion" % url)
        ordered = sorted(found, key=lambda entry: (len(entry[1].encode()), entry[1].encode(), entry[0]))
        return [(self.system(system), self.names.add(code)) for system, code in ordered]

    def system(self, url):
        if url not in self.systems:
            self.systems.append(url)
        return self.systems.index(url)

    def source(self):
        required = len(self.sets)
        sets = self.sets + [(url, self.codes(url)) for url in self.extensible]
        out = ['#include "fhir/model/tables_priv.h"\n\n', long_literal(self.names.source("fhir_code_pool"))]
        systems = Pool(1 << 16)
        offsets = [systems.add(s) for s in self.systems]
        out.append("\n" + long_literal(systems.source("fhir_system_pool")))
        urls = Pool(1 << 16)
        heads, body, first = [], [], 0
        for url, entries in sets:
            heads.append("{%d,%d,%d}" % (urls.add(url), first, len(entries)))
            body.append("/* %s */\n%s\n" % (url, rows("{%d,%d}" % (o, offsets[s]) for s, o in entries)))
            first += len(entries)
        out.append("\n" + long_literal(urls.source("fhir_value_set_pool")))
        out.append("\nconst struct fhir_code fhir_codes[] = {\n%s};\n" % "".join(body))
        out.append("\nconst struct fhir_code_set fhir_code_sets[] = {\n%s\n};\n" % rows(heads))
        out.append("const int fhir_required_set_count = %d;\n" % required)
        return "".join(out)
