/* SOP class extended negotiation (PS3.7 D.3.3.5): what the peer asked for, and what it is answered. */
#include "association_priv.h"

#include <cstring>

extern "C" struct str dicom_association_extension(const struct dicom_association *a, const char *sop_class)
{
    SOPClassExtendedNegotiationSubItemList *asked = nullptr;
    struct str none = {"", 0};
    if (!a->asc)
        return none;
    ASC_getRequestedExtNegList(a->asc->params, &asked);
    if (!asked)
        return none;
    for (const SOPClassExtendedNegotiationSubItem *item : *asked)
        if (item->serviceClassAppInfo && strcmp(item->sopClassUID.c_str(), sop_class) == 0)
            return {reinterpret_cast<const char *>(item->serviceClassAppInfo), item->serviceClassAppInfoLength};
    return none;
}

static SOPClassExtendedNegotiationSubItem *item_make(const char *sop_class, struct str information)
{
    auto *item = new SOPClassExtendedNegotiationSubItem;
    item->sopClassUID = sop_class;
    item->sopClassUIDLength = static_cast<unsigned short>(strlen(sop_class));
    item->serviceClassAppInfo = new unsigned char[information.n];
    memcpy(item->serviceClassAppInfo, information.p, information.n);
    item->serviceClassAppInfoLength = static_cast<unsigned short>(information.n);
    item->itemLength = static_cast<unsigned short>(2 + item->sopClassUIDLength + information.n);
    return item;
}

/* The list belongs to DCMTK's parameters, which free it with its members. */
extern "C" bool dicom_association_extend(struct dicom_association *a, const char *sop_class, struct str information,
                                         struct err *e)
{
    return shim_run(e, [&] {
        if (a->state != STATE_READ)
            return err_set(e, ERR_INTERNAL, "extend an association: none was read");
        SOPClassExtendedNegotiationSubItemList *accepted = nullptr;
        ASC_getAcceptedExtNegList(a->asc->params, &accepted);
        if (!accepted) {
            accepted = new SOPClassExtendedNegotiationSubItemList;
            ASC_setAcceptedExtNegList(a->asc->params, accepted);
        }
        accepted->push_back(item_make(sop_class, information));
        return true;
    });
}
