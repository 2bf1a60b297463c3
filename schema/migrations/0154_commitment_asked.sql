-- What we asked other archives to be sure of, and what they said.
CREATE TABLE commitment_asked (
    transaction_uid text PRIMARY KEY,
    peer text NOT NULL,                        -- AE title
    department text NOT NULL DEFAULT '',
    study_uid text NOT NULL,
    state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'asked', 'answered', 'refused')),
    requested timestamptz NOT NULL DEFAULT now(),
    answered timestamptz,
    last_error text NOT NULL DEFAULT '',
    sop_class text[] NOT NULL,
    sop_uid text[] NOT NULL,
    reason integer[] NOT NULL                  -- of failure, 0: committed, -1: not answered
);
CREATE INDEX commitment_asked_requested ON commitment_asked (requested);
GRANT SELECT, INSERT, UPDATE ON commitment_asked TO isocentre_server;
