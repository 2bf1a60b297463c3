-- Conformance profiles of HL7 senders: every version of each, at most one active for a sender.
CREATE TABLE hl7_profile (
    profile_id  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name        text NOT NULL,
    version     int NOT NULL,
    application text NOT NULL,                  -- MSH-3
    facility    text NOT NULL DEFAULT '',       -- MSH-4; '': any
    state       text NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'active', 'retired')),
    document    text NOT NULL,                  -- JSON, as it was given
    changed     timestamptz NOT NULL DEFAULT now(),
    changed_by  text NOT NULL,
    UNIQUE (name, version)
);
CREATE UNIQUE INDEX hl7_profile_active ON hl7_profile (application, facility) WHERE state = 'active';
GRANT SELECT, INSERT, UPDATE ON hl7_profile TO isocentre_server;
