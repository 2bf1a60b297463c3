"""Names that need no introduction: code systems and extensions of R4 itself, code systems of others."""

from pool import c_text, rows

# Code systems that R4 or radiology use and that no package defines.
OTHERS = {
    "http://snomed.info/sct",
    "http://loinc.org",
    "http://unitsofmeasure.org",
    "http://dicom.nema.org/resources/ontology/DCM",
    "http://radlex.org",
    "http://www.radlex.org",
    "http://www.rsna.org/RadLex_Playbook.aspx",
    "http://playbook.radlex.org/playbook/SearchRadlexAction",
    "http://hl7.org/fhir/sid/icd-9-cm",
    "http://hl7.org/fhir/sid/icd-10",
    "http://hl7.org/fhir/sid/icd-10-cm",
    "http://hl7.org/fhir/sid/icd-10-gm",
    "http://fhir.de/CodeSystem/bfarm/icd-10-gm",
    "http://fhir.de/CodeSystem/bfarm/ops",
    "http://hl7.org/fhir/sid/icf-nl",
    "http://hl7.org/fhir/sid/cvx",
    "http://hl7.org/fhir/sid/mvx",
    "http://hl7.org/fhir/sid/ndc",
    "http://hl7.org/fhir/sid/us-npi",
    "http://www.nlm.nih.gov/research/umls/rxnorm",
    "http://fdasis.nlm.nih.gov",
    "http://www.whocc.no/atc",
    "http://www.ama-assn.org/go/cpt",
    "http://www.genenames.org",
    "http://varnomen.hgvs.org",
    "http://www.omim.org",
    "http://www.iso.org/iso-11073-10101",
    "urn:iso:std:iso:11073:10101",
    "urn:iso:std:iso:3166",
    "urn:iso:std:iso:3166:-2",
    "urn:iso:std:iso:4217",
    "urn:iso-astm:E1762-95:2013",
    "urn:ietf:bcp:13",
    "urn:ietf:bcp:47",
    "urn:ietf:rfc:3986",
    "urn:dicom:uid",
}


# What most names begin with: they are kept behind it.
PREFIXES = [
    "http://hl7.org/fhir/StructureDefinition/",
    "http://hl7.org/fhir/",
    "http://terminology.hl7.org/CodeSystem/",
    "",
]


def group(name, urls):
    """Arrays of the names behind each prefix, sorted by bytes, and the list of these arrays."""
    out, heads = [], []
    for number, prefix in enumerate(PREFIXES):
        own = [u[len(prefix) :] for u in urls if next(p for p in PREFIXES if u.startswith(p)) == prefix]
        if not own:
            continue
        names = rows('"%s"' % c_text(n) for n in sorted(own, key=str.encode))
        out.append("\nstatic const char *const %s_%d[] = {\n%s\n};\n" % (name, number, names))
        heads.append('{"%s",%s_%d,%d}' % (c_text(prefix), name, number, len(own)))
    out.append("\nconst struct known_group %s[] = {\n%s\n{NULL,NULL,0}};\n" % (name, rows(heads)))
    return "".join(out)


def source(definitions, code_systems, value_sets):
    """value_sets: expansions; what they list codes of is a system R4 refers to."""
    extensions = {d["url"] for d in definitions if d.get("type") == "Extension"}
    systems = OTHERS | {s["url"] for s in code_systems if "url" in s}
    for value_set in value_sets:
        for entry in value_set.get("expansion", {}).get("contains", []):
            systems.add(entry.get("system", ""))
    head = '#include "fhir/validate/validate_priv.h"\n\n#include <stddef.h>\n'
    return head + group("known_systems", systems - {""}) + group("known_extensions", extensions)
