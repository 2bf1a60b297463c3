-- Work that somebody put on a list for whoever takes it (DICOM: unified procedure steps; each is a Task); who is told.
CREATE TABLE workitem (
    workitem_rid bigint PRIMARY KEY REFERENCES resource, -- its Task
    sop_uid text NOT NULL UNIQUE,
    department text NOT NULL DEFAULT '',
    state text NOT NULL CHECK (state IN ('SCHEDULED', 'IN PROGRESS', 'COMPLETED', 'CANCELED')),
    transaction_uid text NOT NULL DEFAULT '',   -- shown by who took it, with everything it says of it from then on
    performer text NOT NULL DEFAULT '',         -- AE title of who took it
    readiness text NOT NULL,
    patient_id text NOT NULL,
    worklist_label text NOT NULL,
    created timestamptz NOT NULL DEFAULT now(),
    changed timestamptz NOT NULL DEFAULT now(),
    ended timestamptz,
    character_set text NOT NULL,                -- the data set came in it
    dataset bytea NOT NULL                      -- in explicit little endian and UTF-8
);
CREATE INDEX workitem_open ON workitem (state, workitem_rid);
CREATE INDEX workitem_patient ON workitem (patient_id) WHERE patient_id <> '';
CREATE INDEX workitem_ended ON workitem (ended) WHERE ended IS NOT NULL;

ALTER TABLE dicom_subscriber DROP CONSTRAINT dicom_subscriber_tells_check;
ALTER TABLE dicom_subscriber ADD CONSTRAINT dicom_subscriber_tells_check CHECK (tells IN ('MPPS', 'IAN', 'UPS'));

-- Who is told of one; locked: it is kept until the subscriber lets go.
CREATE TABLE workitem_subscription (
    destination bigint NOT NULL REFERENCES dicom_subscriber,
    workitem_rid bigint NOT NULL REFERENCES workitem ON DELETE CASCADE,
    locked boolean NOT NULL,
    PRIMARY KEY (destination, workitem_rid)
);
CREATE INDEX workitem_subscription_item ON workitem_subscription (workitem_rid);

-- Who is told of those to come: of all (no filter), or of those that match.
CREATE TABLE workitem_global (
    destination bigint NOT NULL REFERENCES dicom_subscriber,
    access text NOT NULL,                       -- the row filter of who asked for it
    locked boolean NOT NULL,
    filter bytea NOT NULL                       -- keys as a data set; empty: everything
);
CREATE UNIQUE INDEX workitem_global_once ON workitem_global (destination, md5(filter));

-- What subscribers are told; an event of the outbox names one.
CREATE TABLE workitem_message (
    message_id bigint PRIMARY KEY,
    sop_uid text NOT NULL,
    event integer NOT NULL,                     -- event type of PS3.4 table CC.2.4-1
    state text NOT NULL,
    readiness text NOT NULL,
    created timestamptz NOT NULL DEFAULT now(),
    dataset bytea NOT NULL                      -- what the event says besides; may be empty
);
CREATE INDEX workitem_message_created ON workitem_message (created);

GRANT SELECT, INSERT, UPDATE, DELETE ON workitem, workitem_subscription, workitem_global TO isocentre_server;
GRANT SELECT, INSERT, DELETE ON workitem_message TO isocentre_server;
