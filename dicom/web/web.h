/* DICOMweb (PS3.18): QIDO-RS and WADO-RS as rows of one route table. Threads: handlers run on HTTP workers and share
 * nothing. Cost: a search is one SELECT, a retrieval one SELECT and a file descriptor. */
#ifndef DICOM_WEB_WEB_H
#define DICOM_WEB_WEB_H

#include "gate/http.h"

extern const struct gate_route dicom_web_routes[];
extern const int dicom_web_route_count;

#endif
