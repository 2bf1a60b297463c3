/* The configuration: options.def as a typed struct, filled from defaults, then the file, then --set. The file
 * has libconfig's form: group: { key = value; };
 * Owner: config_load's caller, until config_free. Threads: const after start, read by any. Cost: once at start. */
#ifndef CONFIG_CONFIG_H
#define CONFIG_CONFIG_H

#include "base/buf.h"
#include "base/err.h"

/* Values of ENUM options: their place among the choices of options.def. log_level is an enum log_level. */
enum config_profile { PROFILE_PRODUCTION, PROFILE_DEMO };
enum config_dicom_tls_client { DICOM_TLS_CLIENT_REQUIRED, DICOM_TLS_CLIENT_OPTIONAL };
enum config_hl7_tls_client { HL7_TLS_CLIENT_REQUIRED, HL7_TLS_CLIENT_OPTIONAL };
enum config_missing_study_uid { MISSING_STUDY_UID_GENERATE, MISSING_STUDY_UID_DERIVE, MISSING_STUDY_UID_REJECT };
enum config_conditional_delete { CONDITIONAL_DELETE_SINGLE, CONDITIONAL_DELETE_MULTIPLE };
enum config_missing_accession { MISSING_ACCESSION_GENERATE, MISSING_ACCESSION_FILLER, MISSING_ACCESSION_REJECT };

#define CONFIG_FIELD_STRING(field) char *field; /* never NULL, "" when unset */
#define CONFIG_FIELD_PATH(field) char *field;
#define CONFIG_FIELD_AET(field) char *field;
#define CONFIG_FIELD_ADDRESS(field) char *field;
#define CONFIG_FIELD_INT(field) int field;
#define CONFIG_FIELD_BOOL(field) bool field;
#define CONFIG_FIELD_ENUM(field) int field;

struct config {
#define OPTION(field, option, type, fallback, min, max, choices, doc) CONFIG_FIELD_##type(field)
#include "config/options.def"
#undef OPTION
};

/* path may be NULL: defaults and sets only. sets are "option=value". INVALID, with the text beginning
 * "file:line: " or "--set: ". */
bool config_load(const char *path, const char *const *sets, int set_count, struct config **ret_config, struct err *e);
void config_free(struct config *c); /* NULL is fine */

/* A Markdown table of all options. */
void config_describe(struct buf *b);
/* The example file: every option as a comment with its default. It is config/isocentre.conf.example. */
void config_example(struct buf *b);
/* What is in force, one "option = value" a line, without the passwords inside URLs. */
void config_print(const struct config *c, struct buf *b);

#endif
