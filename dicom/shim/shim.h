/* DICOM for the rest of the house: the one door to DCMTK, in plain C. No DCMTK type and no exception crosses
 * it. guard.h checks bytes before anything parses them; dataset.h reads, builds and writes data sets;
 * association.h is the network; uid.h, charset.h and part10.h are the small tools. Owner: each header says
 * who owns what. Threads: any number, one at a time per object. Cost: per header. */
#ifndef DICOM_SHIM_SHIM_H
#define DICOM_SHIM_SHIM_H

#include "dicom/shim/association.h"
#include "dicom/shim/charset.h"
#include "dicom/shim/convert.h"
#include "dicom/shim/dataset.h"
#include "dicom/shim/guard.h"
#include "dicom/shim/htj2k.h"
#include "dicom/shim/jpeg.h"
#include "dicom/shim/part10.h"
#include "dicom/shim/range.h"
#include "dicom/shim/scu.h"
#include "dicom/shim/uid.h"

#endif
