/* The archive's side of the record: instances become rows, rows become ImagingStudy. Threads: by operation; stores of
 * one study from several associations meet only in the counts at commit. */
#ifndef DOMAIN_STUDY_H
#define DOMAIN_STUDY_H

#include "domain/domain.h"
#include "domain/fields.h"

/* What becomes of another object under the SOP Instance UID of a stored one: option dicom.duplicates. */
enum study_duplicates { DUPLICATES_REJECT, DUPLICATES_KEEP, DUPLICATES_REPLACE, DUPLICATES_QUARANTINE };

/* What a header says beside its fields: JSON objects of archive_member names ("{}" for nothing), and of its image. */
struct rejection_said;
struct study_more {
    struct str study, series, instance;
    int rows, columns, frames, bits;
    struct str content_date, content_time;
    const struct rejection_said *rejection; /* of a rejection note, else NULL */
};
struct study_instance {          /* one received object */
    const struct fields *fields; /* patient, study, series and instance values of its header */
    const struct study_more *more;
    struct str transfer_syntax, file, calling_ae;
    int64_t size, pixel_offset;
    int header_size;
    unsigned char sha256[32]; /* of the data set as received */
    enum study_duplicates duplicates;
};
/* DUPLICATE: the same bytes are here already. The rest is of other bytes under the same SOP Instance UID: KEPT: those
 * stored before stay, these are dropped; REPLACED: these are stored, those set aside; QUARANTINED: these are. */
enum study_outcome { STUDY_STORED, STUDY_DUPLICATE, STUDY_KEPT, STUDY_REPLACED, STUDY_QUARANTINED };
/* In halves, so that the file's sync runs while PostgreSQL works. finish: the file is needed unless the outcome is
 * DUPLICATE or KEPT; CONFLICT: the same SOP Instance UID with other bytes, and no more is wanted of them. */
bool study_store_start(struct domain *d, const struct study_instance *i, struct err *e);
bool study_store_finish(struct domain *d, const struct study_instance *i, enum study_outcome *ret_outcome,
                        struct err *e);

struct study_row {
    int64_t key, bytes, imaging_study, order;
    struct str uid, patient_id, patient_issuer, patient_name, birth_date, sex, accession, accession_issuer, date, time,
        zone, number, description, referring, modalities /* joined with '\' */, link_state, link_rung;
    int series_count, instance_count, revision;
    clock_us changed;
};
bool study_get(struct domain *d, int64_t key, struct study_row *ret_row, bool *ret_found, struct err *e);

/* The archive's study behind an ImagingStudy document, if images have come. */
bool study_find_document(struct domain *d, int64_t imaging_study, struct study_row *ret_row, bool *ret_found,
                         struct err *e);

/* Take out what the archive tells of an ImagingStudy: status, modality, started, counts, series. */
void study_drop_live(struct fhir_node *study);
/* Which instances a rendered study shows: a page of them, series by series, within a series in the order they came. */
struct study_view {
    int limit;                /* at most */
    int64_t series, instance; /* those behind this one; 0, 0: from the first. Afterwards: the last one shown */
    bool more;                /* afterwards: there are others behind it */
};
/* An ImagingStudy as it is now: the document merged with the archive's rows. view NULL: series with their counts, no
 * instances; a study may have tens of thousands. doc->node is changed in place, doc->version becomes the version
 * clients see. */
bool study_render(struct domain *d, struct record_doc *doc, struct study_view *view, struct err *e);
/* Index values that come from the archive (status, modality, series, started) for this study's document. */
bool study_index(struct domain *d, const struct study_row *s, const struct record_doc *doc, struct err *e);
/* The same once images came or were hidden; nothing while the study has no document. */
bool study_index_again(struct domain *d, int64_t study_key, struct err *e);
/* After an ImagingStudy document was written by whatever way. */
bool study_project(struct domain *d, const struct record_doc *doc, struct err *e);
/* The same when its index rows are made anew. */
bool study_reindex(struct domain *d, const struct record_doc *doc, struct err *e);
/* The address that shows the study's images, from the site's pattern; "" when there is none. */
struct str study_viewer(struct domain *d, struct str uid, struct str accession, struct str patient_id);
/* The instant of a study's or series' date and time, NULL without a date. */
void study_instant(struct db_args *args, struct str date, struct str time, struct str zone);
/* A FHIR dateTime of DICOM date, time and zone; the site's zone when there is none. "" without a date. */
struct str study_time(struct arena *a, struct str date, struct str time, struct str zone);

#endif
