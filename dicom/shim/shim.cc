#include "shim_priv.h"

#include <mutex>
#include <stdexcept>

#include "dcmtk/dcmdata/dctk.h"
#include "dcmtk/dcmnet/dul.h"
#include "dcmtk/oflog/oflog.h"

namespace
{

void setup_once()
{
    OFLog::configure(OFLogger::OFF_LOG_LEVEL);
    dcmDisableGethostbyaddr.set(OFTrue);
    dcmConnectionTimeout.set(20);
    dcmAssociatePDUSizeLimit.set(512 * 1024);
    if (!dcmDataDict.isDictionaryLoaded())
        throw std::runtime_error("data dictionary not found (package libdcmtk17)");
}

} // namespace

void shim_setup()
{
    static std::once_flag once;
    std::call_once(once, setup_once);
}
