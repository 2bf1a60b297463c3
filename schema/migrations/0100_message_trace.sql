-- What a message wrote, from which of its places, and by what it is found.

-- The transaction ties it to the versions of documents that were written with it (resource.xid, resource_history.xid);
-- 0 in rows of before.
ALTER TABLE message ADD COLUMN xid xid8 NOT NULL DEFAULT '0'::xid8;
ALTER TABLE message ALTER COLUMN xid SET DEFAULT pg_current_xact_id();
ALTER TABLE message
    ADD COLUMN wrote text[] NOT NULL DEFAULT '{}',       -- Type/id/version
    ADD COLUMN trace bytea,                              -- of message_trace
    ADD COLUMN placer_order text NOT NULL DEFAULT '',
    ADD COLUMN filler_order text NOT NULL DEFAULT '',
    ADD COLUMN others text[] NOT NULL DEFAULT '{}',      -- numbers of its further groups
    ADD COLUMN original bigint,                          -- the message this one was made of
    ADD COLUMN resubmitted_by text NOT NULL DEFAULT '',
    ADD COLUMN settled text NOT NULL DEFAULT '' CHECK (settled IN ('', 'resubmitted', 'dismissed')),
    ADD COLUMN held boolean NOT NULL DEFAULT false,      -- legal hold: its bytes stay
    ADD COLUMN emptied timestamptz;                      -- when its bytes went

CREATE INDEX message_xid ON message (xid, message_id);
CREATE INDEX message_patient ON message (patient_id, message_id) WHERE patient_id <> '';
CREATE INDEX message_accession ON message (accession, message_id) WHERE accession <> '';
CREATE INDEX message_placer ON message (placer_order, message_id) WHERE placer_order <> '';
CREATE INDEX message_filler ON message (filler_order, message_id) WHERE filler_order <> '';
CREATE INDEX message_others ON message USING gin (others) WHERE others <> '{}';
CREATE INDEX message_dead ON message (message_id) WHERE outcome = 'refused' AND settled = '';
CREATE INDEX message_original ON message (original) WHERE original IS NOT NULL;
GRANT UPDATE (settled, held, raw, ack, emptied) ON message TO isocentre_server;

-- Where values were taken from: a line for each, "group FIELD place location transform". Messages of one form share it.
CREATE TABLE message_trace (
    hash bytea PRIMARY KEY,
    rows text NOT NULL
);
GRANT SELECT, INSERT ON message_trace TO isocentre_server;
