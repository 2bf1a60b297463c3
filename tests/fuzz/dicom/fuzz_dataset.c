/* Fuzz target: a data set of any transfer syntax through guard, DCMTK, text, JSON and back to bytes. The
 * first byte picks the syntax. */
#include "dicom/shim/shim.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void use(struct dicom_dataset *ds)
{
    struct err e = {0};
    struct buf out CLEANUP(buf_release);
    buf_init(&out, 64 * 1024 * 1024);
    dicom_item_json(dicom_dataset_root(ds), NULL, &out, &e);
    buf_reset(&out);
    if (dicom_dataset_set_charset(ds, "ISO_IR 192", &e))
        dicom_dataset_write(ds, DICOM_EXPLICIT_LE, &out, &e);
    dicom_dataset_free(ds);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const syntaxes[] = {DICOM_IMPLICIT_LE, DICOM_EXPLICIT_LE, DICOM_EXPLICIT_BE,
                                           DICOM_DEFLATED_LE};
    struct err e = {0};
    if (size < 1)
        return 0;
    struct str bytes = {(const char *)data + 1, size - 1};
    struct dicom_dataset *ds = dicom_dataset_parse(bytes, syntaxes[data[0] % 4], &e);
    if (ds)
        use(ds);
    return 0;
}
