#!/usr/bin/env python3
"""FHIR R4 definitions to C tables.

usage: gen.py EXAMPLES_PACKAGE EXPANSIONS_PACKAGE OUTPUT_DIR

Reads the unpacked npm packages hl7.fhir.r4.examples and hl7.fhir.r4.expansions and writes the tables of fhir/model.
The output depends on the input alone, so a second run gives the same bytes. README.md says what the tables hold.
"""

import glob
import json
import os
import sys

sys.dont_write_bytecode = True
import codes  # noqa: E402
import compartments  # noqa: E402
import elements  # noqa: E402
import invariants  # noqa: E402
import known  # noqa: E402
import search  # noqa: E402

HEAD = """/* Made by fhir/gen/gen.py from the FHIR R4 (4.0.1) definitions, which are CC0.
 * Do not edit: change the generator. */
"""


def load(folder, pattern):
    """All resources of a package whose file name fits the pattern, in file order."""
    found = []
    for path in sorted(glob.glob(os.path.join(folder, pattern))):
        with open(path, encoding="utf-8") as file:
            found.append(json.load(file))
    return found


def write(folder, name, text):
    with open(os.path.join(folder, name), "w", encoding="utf-8", newline="\n") as file:
        file.write(HEAD + text)


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__.strip().splitlines()[2])
    examples, expansions, out = sys.argv[1:]
    expanded = load(expansions, "ValueSet-*.json")
    value_sets = codes.CodeSets(expanded)
    definitions = load(examples, "StructureDefinition-*.json")
    model = elements.Model(definitions, value_sets)
    params = search.Params(load(examples, "SearchParameter-*.json"), model)
    write(out, "tables_ids_priv.h", model.ids_header())
    write(out, "tables_types.c", model.source())
    write(out, "tables_codes.c", value_sets.source())
    write(out, "tables_search.c", params.source())
    write(out, "tables_known.c", known.source(definitions, load(examples, "CodeSystem-*.json"), expanded))
    rooms = compartments.Compartments(load(examples, "CompartmentDefinition-*.json"), params)
    write(out, "tables_compartments.c", rooms.source())
    write(out, "tables_invariants.c", invariants.Invariants(definitions, model).source())


if __name__ == "__main__":
    main()
