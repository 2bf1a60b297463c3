#include "shim_priv.h"

#include <cstring>

#include <sys/random.h>

#include "dcmtk/dcmdata/dcuid.h"
#include "dcmtk/dcmdata/dcxfer.h"

static const struct {
    const char *uid, *name;
    bool encapsulated;
} extra[] = {
#define SYNTAX(uid, name, encapsulated) {uid, name, encapsulated},
#include "transfer_syntaxes.def"
#undef SYNTAX
};

static bool component_ok(struct str part, bool lenient, struct err *e)
{
    if (part.n == 0)
        return err_set(e, ERR_INVALID, "UID has an empty component");
    for (size_t i = 0; i < part.n; i++)
        if (part.p[i] < '0' || part.p[i] > '9')
            return err_set(e, ERR_INVALID, "UID holds something else than digits and dots");
    if (!lenient && part.n > 1 && part.p[0] == '0')
        return err_set(e, ERR_INVALID, "UID has a component with a leading zero");
    return true;
}

extern "C" bool dicom_uid_check(struct str uid, bool lenient, struct err *e)
{
    if (uid.n == 0)
        return err_set(e, ERR_INVALID, "UID is empty");
    if (uid.n >= DICOM_UID_SIZE)
        return err_set(e, ERR_INVALID, "UID has more than 64 characters");
    struct str rest = uid, part = {nullptr, 0};
    while (str_next(&rest, '.', &part))
        if (!component_ok(part, lenient, e))
            return false;
    return true;
}

extern "C" bool dicom_uid_new(char ret_uid[DICOM_UID_SIZE], struct err *e)
{
    unsigned char u[16];
    if (getrandom(u, sizeof u, 0) != ssize_t(sizeof u))
        return err_errno(e, ERR_INTERNAL, "read random bytes for a UID");
    u[6] = (u[6] & 0x0f) | 0x40; /* a version 4 UUID (RFC 9562) */
    u[8] = (u[8] & 0x3f) | 0x80;
    char digits[40];
    size_t at = sizeof digits;
    digits[--at] = '\0';
    bool more = true;
    while (more) { /* divide the 128 bits by ten until nothing is left */
        unsigned carry = 0;
        more = false;
        for (unsigned char &byte : u) {
            carry = carry << 8 | byte;
            byte = static_cast<unsigned char>(carry / 10);
            carry %= 10;
            more = more || byte;
        }
        digits[--at] = char('0' + carry);
    }
    memcpy(ret_uid, "2.25.", 5);
    memcpy(ret_uid + 5, digits + at, sizeof digits - at);
    return true;
}

extern "C" const char *dicom_uid_name(const char *uid)
{
    for (const auto &x : extra)
        if (strcmp(x.uid, uid) == 0)
            return x.name;
    return dcmFindNameOfUID(uid, nullptr);
}

extern "C" bool dicom_uid_is_storage(const char *uid)
{
    return dcmIsaStorageSOPClassUID(uid, ESSC_All);
}

/* DCMTK's numbers are dense from 0; the last is not public, big endian implicit is no real syntax. */
static bool real(E_TransferSyntax x)
{
    return x != EXS_BigEndianImplicit && DcmXfer(x).getXferID()[0] != '\0';
}

extern "C" bool dicom_transfer_syntax_known(const char *uid)
{
    for (const auto &x : extra)
        if (strcmp(x.uid, uid) == 0)
            return true;
    E_TransferSyntax x = DcmXfer(uid).getXfer();
    return x != EXS_Unknown && real(x);
}

extern "C" bool dicom_transfer_syntax_encapsulated(const char *uid)
{
    for (const auto &x : extra)
        if (strcmp(x.uid, uid) == 0)
            return x.encapsulated;
    return DcmXfer(uid).isEncapsulated();
}

extern "C" const char *dicom_storage_class(size_t i)
{
    return i < size_t(numberOfDcmAllStorageSOPClassUIDs) ? dcmAllStorageSOPClassUIDs[i] : nullptr;
}

extern "C" const char *dicom_usual_storage_class(size_t i)
{
    return i < size_t(numberOfDcmShortSCUStorageSOPClassUIDs) ? dcmShortSCUStorageSOPClassUIDs[i] : nullptr;
}

extern "C" const char *dicom_transfer_syntax(size_t i)
{
    for (int x = 0; x <= EXS_PrivateGE_LEI_WithBigEndianPixelData; x++)
        if (real(E_TransferSyntax(x)) && i-- == 0)
            return DcmXfer(E_TransferSyntax(x)).getXferID();
    return i < sizeof extra / sizeof *extra ? extra[i].uid : nullptr;
}
