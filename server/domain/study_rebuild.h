/* The archive's rows of a study, rebuilt from the stored files in the caller's transaction. The files are the truth but
 * for whose the study is: a patient record that was merged stays merged. Threads: by operation. Cost: the header of
 * each file is read again. */
#ifndef DOMAIN_STUDY_REBUILD_H
#define DOMAIN_STUDY_REBUILD_H

#include "domain/study.h"
#include "files/files.h"

enum { REBUILD_INSTANCES_MAX = 50000, REBUILD_FAULTS_MAX = 50 };

struct study_file { /* what a stored file says of itself */
    struct fields fields;
    struct study_more more;
    struct str transfer_syntax;
    int64_t size, pixel_offset;
    int header_size;
};
/* Reads a file of the content store, as it was told when it came (view: what rules made of it, or ""); its texts live
 * in the arena. */
typedef bool (*study_file_read)(struct files *files, struct str name, struct str view, struct arena *a,
                                struct study_file *ret_file, struct err *e);

struct rebuild_result {
    int series, instances, faulty; /* faulty: files that could not be read, or are not what their rows say */
    struct {
        struct str sop_uid, what;
    } faults[REBUILD_FAULTS_MAX]; /* the first ones */
};
struct rebuild_request {
    int64_t study_key;
    struct files *files;
    study_file_read read;
};
/* A row whose file is faulty stays as it is. TOO_COSTLY over REBUILD_INSTANCES_MAX. */
bool study_rebuild(struct domain *d, const struct rebuild_request *r, struct rebuild_result *ret_result, struct err *e);

#endif
