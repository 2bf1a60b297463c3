/* The HL7 v2 codec, all of it: bytes of a connection to frames (mllp.h), frames to messages (message.h, batch.h),
 * character sets (charset.h), dates (dtm.h), messages to bytes (writer.h) and acknowledgements (ack.h). No
 * sockets, no database, no knowledge of any trigger event. Include this, or only the part needed. */
#ifndef HL7_CODEC_H
#define HL7_CODEC_H

#include "hl7/codec/ack.h"
#include "hl7/codec/batch.h"
#include "hl7/codec/charset.h"
#include "hl7/codec/dtm.h"
#include "hl7/codec/message.h"
#include "hl7/codec/mllp.h"
#include "hl7/codec/quirks.h"
#include "hl7/codec/writer.h"

#endif
