/* The information models of query and retrieve, and extended negotiation for them. */
#include "dicom/net/archive.h"

#include <string.h>

/* TO ADD A MODEL: 1 a row here  2 its rows in services.def */
static const struct {
    const char *root; /* SOP class without its last component: .1 find, .2 move, .3 get */
    struct archive_model model;
} models[] = {
    {"1.2.840.10008.5.1.4.1.2.1", {AT_PATIENT, AT_INSTANCE}},
    {"1.2.840.10008.5.1.4.1.2.2", {AT_STUDY, AT_INSTANCE}},
    {"1.2.840.10008.5.1.4.1.2.3", {AT_PATIENT, AT_STUDY}},
    {"1.2.840.10008.5.1.4.1.2.4", {AT_INSTANCE, AT_INSTANCE}}, /* Composite Instance Root */
    {"1.2.840.10008.5.1.4.1.2.5", {AT_INSTANCE, AT_INSTANCE}}, /* the same without bulk data */
};

const struct archive_model *archive_model(const char *sop_class)
{
    for (size_t i = 0; i < sizeof models / sizeof models[0]; i++) {
        size_t n = strlen(models[i].root);
        if (strncmp(sop_class, models[i].root, n) == 0 && sop_class[n] == '.' && strlen(sop_class) == n + 2)
            return &models[i].model;
    }
    return NULL;
}

/* By the last component of the class: what is done, byte by byte. Frames are not converted (PS3.4 C.3.5). */
static const char offered_find[EXTENSIONS] = {1, 1, 1, 1, 0, 1, 1};
static const char offered_retrieve[EXTENSIONS] = {1, 0};

static void grant(struct session *s, const char *sop_class, struct str asked)
{
    bool find = sop_class[strlen(sop_class) - 1] == '1';
    const char *offered = find ? offered_find : offered_retrieve;
    struct extension *x = &s->extension[s->extensions++];
    str_copy(x->sop_class, sizeof x->sop_class, str_of(sop_class));
    x->n = asked.n < EXTENSIONS ? asked.n : EXTENSIONS;
    for (size_t i = 0; i < x->n; i++)
        x->granted[i] = asked.p[i] == 1 && offered[i];
}

static const struct extension *granted(const struct session *s, const char *sop_class)
{
    for (size_t i = 0; i < s->extensions; i++)
        if (strcmp(s->extension[i].sop_class, sop_class) == 0)
            return &s->extension[i];
    return NULL;
}

bool archive_negotiate(struct session *s, struct err *e)
{
    size_t n;
    const struct dicom_context *contexts = dicom_association_contexts(s->association, &n);
    for (size_t i = 0; i < n && s->extensions < SESSION_EXTENSIONS; i++) {
        const char *sop_class = contexts[i].abstract_syntax;
        struct str asked = dicom_association_extension(s->association, sop_class);
        if (!asked.n || !archive_model(sop_class) || !service_find(sop_class, 0) || granted(s, sop_class))
            continue;
        grant(s, sop_class, asked);
        const struct extension *x = &s->extension[s->extensions - 1];
        if (!dicom_association_extend(s->association, sop_class, (struct str){x->granted, x->n}, e))
            return false;
    }
    return true;
}

bool archive_negotiated(const struct session *s, const struct service *service, enum archive_extension x)
{
    const struct extension *found = granted(s, service->sop_class);
    return found && x < found->n && found->granted[x];
}
