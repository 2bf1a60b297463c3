/* Acknowledgements, written and read (HL7 2.5.1 §2.9, §2.14.1 ACK; 2.3.1 and 2.4 forms by the version of the
 * message). Threads: any. */
#ifndef HL7_ACK_H
#define HL7_ACK_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "hl7/codec/message.h"

enum { HL7_MSA_TEXT_MAX = 80, HL7_CONTROL_ID_TEXT = 21 };

/* One ERR segment. */
struct hl7_fault {
    struct str location; /* ERL text "PID^1^3" as err.path has it; empty: not at a place */
    int condition;       /* HL7 table 0357, conditions.def */
    char severity;       /* 'E', 'W' or 'I' (table 0516) */
    struct str text;     /* for the user, ERR-8 */
    struct str rule;     /* name of the workflow's rule that forbids it, ERR-5; empty: none */
    struct str value;    /* what the receiver gave there itself, ERR-6; empty: nothing */
};

struct hl7_ack {
    const char *code;                   /* MSA-1: AA AE AR CA CE CR (table 0008) */
    struct str text;                    /* MSA-3; cut at 80 characters */
    struct str control_id;              /* MSH-10 of the acknowledgement; empty: made up */
    const char *application, *facility; /* MSH-3, MSH-4 where the message names no receiver; NULL: "ISOCENTRE", none */
    struct str sequence;                /* MSA-4; empty: none */
    const char *accept_ack;             /* MSH-15 of the acknowledgement itself, then its MSH-16 is NE; NULL: neither */
    const struct hl7_fault *faults;
    size_t n_faults;
    const char *type;    /* MSH-9 of an answer that says more: "ORR^O02^ORR_O02"; NULL: ACK */
    struct str segments; /* what it says, behind MSA and ERR: UTF-8, delimiters of the message, each ended by CR */
};

/* Append the acknowledgement of m to out, in the character set of m, without framing. Fields of more than
 * 1000 bytes are not echoed, ERR-8 is cut at 250 characters and at most 100 faults are told, so no message is
 * too odd to answer. m may have its MSH only, or be NULL: then nobody is addressed and MSA-2 is empty.
 * *ret_replaced (may be NULL) counts characters the set lacks. */
bool hl7_ack_write(const struct hl7_message *m, const struct hl7_ack *ack, struct buf *out, size_t *ret_replaced,
                   struct err *e);
/* The acknowledgement an error calls for (errors.def): code, one fault, text. `e`, *fault and *ret_ack live
 * together. */
void hl7_ack_of_err(const struct err *e, struct hl7_fault *fault, struct hl7_ack *ret_ack);
/* The same for a commit acknowledgement of enhanced mode: AA → CA, AE → CE, AR → CR. */
const char *hl7_ack_commit_code(const char *code);
/* A control id that this process has not used: at most 20 characters. */
void hl7_control_id(char ret_text[HL7_CONTROL_ID_TEXT]);
/* Words of a condition of table 0357, or of 207 if unknown. */
const char *hl7_condition_text(int condition);

/* What a peer answered. */
struct hl7_reply {
    char code[3];          /* "AA", "AE", "AR", "CA", "CE", "CR" */
    bool accepted;         /* AA or CA */
    bool commit;           /* CA, CE or CR: the application has not answered yet */
    struct str control_id; /* MSA-2: the message that is answered */
    struct str text;       /* MSA-3, else ERR-8, else the words of ERR-3 or ERR-1 */
    struct str condition;  /* ERR-3.1, else the code in ERR-1; empty if none */
    struct str location;   /* ERR-2 or the place in ERR-1, raw */
};

/* STRUCTURE without MSA, CODE_INVALID when MSA-1 is none of the six. */
bool hl7_ack_parse(const struct hl7_message *m, struct arena *a, struct hl7_reply *ret_reply, struct err *e);

#endif
