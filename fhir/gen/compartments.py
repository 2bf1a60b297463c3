"""CompartmentDefinitions → which parameters tie a type to the centre of a compartment."""
from pool import c_text


class Compartments:
    def __init__(self, definitions, params):
        self.rows = []
        for d in sorted((d for d in definitions if d["id"] != "example"), key=lambda d: d["code"]):
            for resource in sorted(d["resource"], key=lambda r: r["code"]):
                names = [n for n in resource.get("param", []) if n != "{def}"]
                for name in names:
                    if params.table[resource["code"]][name][1] != "reference":
                        raise ValueError("%s.%s is no reference" % (resource["code"], name))
                if names or "param" in resource:
                    self.rows.append((d["code"], resource["code"], ",".join(names)))

    def source(self):
        rows = "".join('{"%s","%s","%s"},\n' % tuple(c_text(t) for t in row) for row in self.rows)
        return (
            '#include "fhir/model/tables_priv.h"\n\n'
            "const struct fhir_compartment_row fhir_compartment_rows[] = {\n%s};\n"
            "const int fhir_compartment_row_count = %d;\n" % (rows, len(self.rows))
        )
