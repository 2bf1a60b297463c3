/* What the shim's C++ files share: DCMTK set up once, and the guard that lets no exception out.
 * Threads: any. */
#ifndef DICOM_SHIM_SHIM_PRIV_H
#define DICOM_SHIM_SHIM_PRIV_H

#include <exception>
#include <new>

#include "dcmtk/config/osconfig.h"
#include "dcmtk/ofstd/ofcond.h"

/* The house's headers are C11; their inline functions use compound literals. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wpedantic"
extern "C" {
#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/log.h"
}
#pragma GCC diagnostic pop
#include "dicom/shim/shim.h"

/* Silence DCMTK's own log (its texts can hold values of patients), no reverse DNS, sane limits. Throws if the
 * data dictionary is missing, for nothing works without it. */
void shim_setup();

/* Run f, which returns bool; an exception becomes INTERNAL. */
template <class F> bool shim_run(struct err *e, F f) noexcept
{
    try {
        shim_setup();
        return f();
    } catch (const std::bad_alloc &) {
        return err_set(e, ERR_INTERNAL, "dicom library: out of memory");
    } catch (const std::exception &x) {
        return err_set(e, ERR_INTERNAL, "dicom library: %s", x.what());
    } catch (...) {
        return err_set(e, ERR_INTERNAL, "dicom library: unknown exception");
    }
}

/* The same for a reader without an error channel: an exception gives its default value. */
template <class T, class F> T shim_value(T otherwise, F f) noexcept
{
    try {
        shim_setup();
        return f();
    } catch (...) {
        log_error("dicom", "library: exception while reading a data set");
        return otherwise;
    }
}

#endif
