/* Canonical texts ↔ FHIR values, one pair of functions a form. */
#include "domain/fields.h"

#include <string.h>

#include "base/buf.h"

enum { TEXT_MAX = 1 << 20 };

struct pair {
    const char *field, *fhir;
};

static const struct pair sexes[] = {{"M", "male"}, {"F", "female"}, {"O", "other"}};
/* Reading takes the first row that fits, so asap comes back as HIGH and urgent is how HIGH is written. */
static const struct pair priorities[] = {{"STAT", "stat"},       {"HIGH", "urgent"},    {"HIGH", "asap"},
                                         {"ROUTINE", "routine"}, {"MEDIUM", "routine"}, {"LOW", "routine"}};
/* Coding schemes: DICOM PS3.16 table 8-1 designators and HL7 table 0396 names of the same systems. */
static const struct pair schemes[] = {{"DCM", "http://dicom.nema.org/resources/ontology/DCM"},
                                      {"LN", "http://loinc.org"},
                                      {"SCT", "http://snomed.info/sct"},
                                      {"SRT", "http://snomed.info/srt"},
                                      {"I10", "http://hl7.org/fhir/sid/icd-10"},
                                      {"I10C", "http://hl7.org/fhir/sid/icd-10-cm"},
                                      {"I9C", "http://hl7.org/fhir/sid/icd-9-cm"},
                                      {"C4", "http://www.ama-assn.org/go/cpt"},
                                      {"RADLEX", "http://radlex.org"}};
static const char local_scheme[] = "urn:isocentre:scheme:";

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static struct str to_fhir(const struct pair *p, size_t n, struct str field)
{
    for (size_t i = 0; i < n; i++)
        if (str_is(field, p[i].field))
            return str_of(p[i].fhir);
    return STR_NONE;
}

static struct str to_field(const struct pair *p, size_t n, struct str fhir)
{
    for (size_t i = 0; i < n; i++)
        if (str_is(fhir, p[i].fhir))
            return str_of(p[i].field);
    return STR_NONE;
}

struct name_parts name_split(struct str name)
{
    struct str part[5] = {STR_NONE}, group = str_sub(name, 0, str_find(name, '='));
    for (int i = 0; i < 5 && str_next(&group, '^', &part[i]); i++)
        ;
    return (struct name_parts){str_trim(part[0]), str_trim(part[1]), str_trim(part[2]), str_trim(part[3]),
                               str_trim(part[4])};
}

static struct str join(struct arena *a, const struct str *part, int n, const char *separator)
{
    struct buf b;
    buf_init(&b, TEXT_MAX);
    while (n && !part[n - 1].n)
        n--;
    for (int i = 0; i < n; i++) {
        if (i)
            buf_puts(&b, separator);
        buf_str(&b, part[i]);
    }
    struct str s = arena_str(a, buf_view(&b));
    buf_release(&b);
    return s;
}

struct str name_join(struct arena *a, const struct name_parts *p)
{
    struct str part[5] = {p->family, p->given, p->middle, p->prefix, p->suffix};
    return join(a, part, 5, "^");
}

/* ---- names ---- */

static struct str read_human_name(struct arena *a, const struct fhir_node *n)
{
    struct name_parts p = {fhir_text(n, "family"), fhir_text(n, "given[0]"), fhir_text(n, "given[1]"),
                           fhir_text(n, "prefix[0]"), fhir_text(n, "suffix[0]")};
    struct str other = fhir_text(n, "extension[url=urn:isocentre:name-representations].valueString");
    struct str name = name_join(a, &p);
    return other.n ? arena_printf(a, "%.*s=%.*s", STR_ARG(name), STR_ARG(other)) : name;
}

static bool write_human_name(struct arena *a, struct fhir_node *document, const char *path, struct str text,
                             struct err *e)
{
    fhir_remove(document, path);
    if (!text.n)
        return true;
    struct name_parts p = name_split(text);
    const struct str value[] = {p.family, p.given, p.middle, p.prefix, p.suffix};
    static const char *const step[] = {"family", "given[0]", "given[1]", "prefix[0]", "suffix[0]"};
    if (p.middle.n && !p.given.n)
        return err_set(e, ERR_INVALID, "a name with a middle but no given name");
    for (size_t i = 0; i < COUNT(step); i++) {
        const char *full = arena_printf(a, "%s.%s", path, step[i]).p;
        if (value[i].n && !fhir_set(a, document, full, value[i], e))
            return false;
    }
    size_t group = str_find(text, '=');
    const char *other = arena_printf(a, "%s.extension[url=urn:isocentre:name-representations].valueString", path).p;
    return group == text.n || fhir_set(a, document, other, str_sub(text, group + 1, text.n), e);
}

/* A person as a reference's display: "Family, Given, Middle, Prefix, Suffix" without empty ends. */
static struct str name_display(struct arena *a, struct str name)
{
    struct name_parts p = name_split(name);
    struct str part[5] = {p.family, p.given, p.middle, p.prefix, p.suffix};
    return join(a, part, 5, ", ");
}

static struct str display_name(struct arena *a, struct str display)
{
    struct str part[5] = {STR_NONE}, rest = display;
    for (int i = 0; i < 5 && str_next(&rest, ',', &part[i]); i++)
        part[i] = str_trim(part[i]);
    return join(a, part, 5, "^");
}

/* ---- codes, lists ---- */

static struct str read_code(struct arena *a, const struct fhir_node *coding)
{
    struct str system = fhir_text(coding, "system");
    struct str scheme = to_field(schemes, COUNT(schemes), system);
    if (!scheme.n && str_starts(system, local_scheme))
        scheme = str_sub(system, sizeof local_scheme - 1, system.n);
    struct str part[3] = {fhir_text(coding, "code"), scheme.n ? scheme : system, fhir_text(coding, "display")};
    return part[0].n ? join(a, part, 3, "^") : STR_NONE;
}

bool fields_code_write(struct arena *a, struct fhir_node *document, const char *path, struct str text, struct err *e)
{
    struct str part[3] = {STR_NONE}, rest = text;
    fhir_remove(document, path);
    for (int i = 0; i < 3 && str_next(&rest, '^', &part[i]); i++)
        part[i] = str_trim(part[i]);
    if (!part[0].n)
        return true;
    struct str system = to_fhir(schemes, COUNT(schemes), part[1]);
    if (!system.n && part[1].n)
        system =
            str_find(part[1], ':') < part[1].n ? part[1] : arena_printf(a, "%s%.*s", local_scheme, STR_ARG(part[1]));
    const struct str value[] = {system, part[0], part[2]};
    static const char *const step[] = {"system", "code", "display"};
    for (size_t i = 0; i < COUNT(step); i++)
        if (value[i].n && !fhir_set(a, document, arena_printf(a, "%s.%s", path, step[i]).p, value[i], e))
            return false;
    return true;
}

/* Secondary identifiers as "value^namespace\…". */
static struct str read_ids(struct arena *a, const struct fhir_node *document)
{
    struct str part[32];
    int n = 0;
    const struct fhir_node *list = fhir_member(document, "identifier");
    for (const struct fhir_node *i = list ? list->first : NULL; i && n < 32; i = i->next)
        if (str_is(fhir_text(i, "use"), "secondary"))
            part[n++] =
                arena_printf(a, "%.*s^%.*s", STR_ARG(fhir_text(i, "value")), STR_ARG(fhir_text(i, "assigner.display")));
    return join(a, part, n, "\\");
}

static bool write_ids(struct arena *a, struct fhir_node *document, struct str text, struct err *e)
{
    struct str one;
    (void)e;
    for (int i = 0; i < 32 && fhir_at(document, "identifier[use=secondary]"); i++)
        fhir_remove(document, "identifier[use=secondary]");
    struct fhir_node *list = (struct fhir_node *)(uintptr_t)fhir_member(document, "identifier");
    if (!list)
        list = fhir_add_array(a, document, "identifier");
    while (text.n && str_next(&text, '\\', &one)) {
        size_t at = str_find(one, '^');
        struct fhir_node *id = fhir_add_object(a, list, NULL);
        fhir_add_string(a, id, "use", STR("secondary"));
        fhir_add_string(a, id, "value", str_sub(one, 0, at));
        if (at + 1 < one.n) {
            struct fhir_node *assigner = fhir_add_object(a, id, "assigner");
            fhir_add_string(a, assigner, "display", str_sub(one, at + 1, one.n));
        }
    }
    return true;
}

/* ---- by form ---- */

static bool at_name_element(const char *path)
{
    return strcmp(path, "name[0]") == 0;
}

struct str field_read(struct arena *a, enum field name, const struct fhir_node *document)
{
    const struct field_row *r = field_row(name);
    if (!document)
        return STR_NONE;
    switch (r->form) {
    case FORM_NAME:
        if (at_name_element(r->path))
            return read_human_name(a, fhir_at(document, r->path));
        return display_name(a, fhir_text(document, r->path));
    case FORM_CODE:
        return read_code(a, fhir_at(document, r->path));
    case FORM_LIST:
        return read_ids(a, document);
    case FORM_SEX:
        return to_field(sexes, COUNT(sexes), fhir_text(document, r->path));
    case FORM_PRIORITY:
        return to_field(priorities, COUNT(priorities), fhir_text(document, r->path));
    case FORM_UID: {
        struct str uid = fhir_text(document, r->path);
        return str_starts(uid, "urn:oid:") ? str_sub(uid, 8, uid.n) : uid;
    }
    default:
        return fhir_text(document, r->path);
    }
}

bool field_write(struct arena *a, enum field name, struct fhir_node *document, struct str text, struct err *e)
{
    const struct field_row *r = field_row(name);
    switch (r->form) {
    case FORM_NAME:
        if (at_name_element(r->path))
            return write_human_name(a, document, r->path, text, e);
        return fhir_set(a, document, r->path, name_display(a, text), e);
    case FORM_CODE:
        return fields_code_write(a, document, r->path, text, e);
    case FORM_LIST:
        return write_ids(a, document, text, e);
    case FORM_SEX:
        text = text.n ? to_fhir(sexes, COUNT(sexes), text) : text;
        return fhir_set(a, document, r->path, text.n ? text : STR("unknown"), e);
    case FORM_PRIORITY:
        return fhir_set(a, document, r->path, to_fhir(priorities, COUNT(priorities), text), e);
    case FORM_UID:
        return fhir_set(a, document, r->path, text.n ? arena_printf(a, "urn:oid:%.*s", STR_ARG(text)) : text, e);
    default:
        return fhir_set(a, document, r->path, text, e);
    }
}
