/* DIMSE command sets between bytes and struct dicom_command. Written here and not left to DCMTK, whose reader
 * takes a command set of any size and nesting.
 * Threads: any. Cost: a table walk per field. */
#ifndef DICOM_SHIM_COMMAND_PRIV_H
#define DICOM_SHIM_COMMAND_PRIV_H

#include "base/buf.h"
#include "dicom/shim/association.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { COMMAND_SET_MAX = 16 * 1024 };

/* Parse a command set (implicit little endian, PS3.7 6.3.1). context_id and transfer_syntax are left alone.
 */
bool command_parse(struct str bytes, struct dicom_command *ret_command, struct err *e);
/* Append the command set with its group length. */
void command_write(const struct dicom_command *c, struct buf *ret_bytes);

#ifdef __cplusplus
}
#endif
#endif
