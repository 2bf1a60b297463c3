/* Fuzz target: a DIMSE command set and, from the same bytes, a file's meta information. */
#include "dicom/shim/command_priv.h"
#include "dicom/shim/part10.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str bytes = {(const char *)data, size};
    struct dicom_command command = {0};
    struct dicom_part10 meta;
    struct err e = {0};
    struct buf out CLEANUP(buf_release);
    buf_init(&out, COMMAND_SET_MAX);
    if (command_parse(bytes, &command, &e))
        command_write(&command, &out);
    dicom_part10_parse(bytes, &meta, &e);
    return 0;
}
