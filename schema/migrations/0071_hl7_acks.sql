-- Enhanced mode writes two acknowledgements: the first ack_split bytes of message.ack are the commit acknowledgement, the
-- rest is the application's. 0 in original mode.
ALTER TABLE message ADD COLUMN ack_split integer NOT NULL DEFAULT 0;

-- The sequence number protocol (HL7 2.5.1 §2.10.1): what each sender's next message must say in MSH-13. NULL: whatever
-- it begins with.
CREATE TABLE hl7_sequence (
    sending_application text NOT NULL,
    sending_facility text NOT NULL,
    expected bigint,
    PRIMARY KEY (sending_application, sending_facility)
);

-- Cancels that came before their order: an order of that patient with one of these numbers is recorded as cancelled.
CREATE TABLE order_tombstone (
    kind text NOT NULL CHECK (kind IN ('filler', 'placer', 'accession')),
    value text NOT NULL,
    namespace text NOT NULL,
    patient_rid bigint NOT NULL REFERENCES resource,
    created timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (kind, value, namespace, patient_rid)
);
GRANT SELECT, INSERT, UPDATE ON hl7_sequence, order_tombstone TO isocentre_server;
