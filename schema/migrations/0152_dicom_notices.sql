-- Who is told in DICOM: of performed steps (forwarded MPPS), of studies that are complete (IAN); and what others told us.
CREATE TABLE dicom_subscriber (
    destination bigint PRIMARY KEY,             -- of outbox_destination too
    peer text NOT NULL,                         -- AE title; its row in table peer says where it is called
    tells text NOT NULL CHECK (tells IN ('MPPS', 'IAN')),
    removed boolean NOT NULL DEFAULT false
);
CREATE UNIQUE INDEX dicom_subscriber_peer ON dicom_subscriber (peer, tells) WHERE NOT removed;

-- Messages of performed steps as they came, while somebody is to be told.
CREATE TABLE performed_message (
    message_id bigint PRIMARY KEY,
    sop_uid text NOT NULL,
    begins boolean NOT NULL,                    -- N-CREATE, else N-SET
    created timestamptz NOT NULL DEFAULT now(),
    dataset bytea NOT NULL                      -- explicit little endian, UTF-8
);
CREATE INDEX performed_message_created ON performed_message (created);

-- The state of a study a subscriber was told last.
CREATE TABLE dicom_announced (
    destination bigint NOT NULL REFERENCES dicom_subscriber,
    study_key bigint NOT NULL REFERENCES study,
    revision integer NOT NULL,
    PRIMARY KEY (destination, study_key)
);

-- Instance availability notifications of others.
CREATE TABLE availability_notice (
    notice_id bigint PRIMARY KEY,
    sop_uid text NOT NULL UNIQUE,
    department text NOT NULL DEFAULT '',
    peer text NOT NULL,
    received timestamptz NOT NULL DEFAULT now(),
    study_uid text NOT NULL,
    performed_uid text NOT NULL,                -- of the performed step it is about, '' for none
    availability text NOT NULL,                 -- of its first instance: ONLINE, NEARLINE, OFFLINE, UNAVAILABLE
    retrieve_ae text NOT NULL,
    instances integer NOT NULL,
    dataset bytea NOT NULL
);
CREATE INDEX availability_notice_study ON availability_notice (study_uid);

GRANT SELECT, INSERT, UPDATE ON dicom_subscriber, dicom_announced TO isocentre_server;
GRANT SELECT, INSERT, DELETE ON performed_message TO isocentre_server;
GRANT SELECT, INSERT ON availability_notice TO isocentre_server;
