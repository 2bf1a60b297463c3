-- What peers asked to be sure of (Storage Commitment), what was found, and whether they were told.
CREATE TABLE commitment (
    commitment_id bigint PRIMARY KEY,
    peer text NOT NULL,                        -- AE title
    address text NOT NULL,                     -- it called from there
    access text NOT NULL DEFAULT '',           -- its row filter
    transaction_uid text NOT NULL,
    state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'checked', 'reported')),
    requested timestamptz NOT NULL DEFAULT now(),
    held_until timestamptz NOT NULL DEFAULT '-infinity', -- an association of the peer is open and will tell it
    reported timestamptz,
    last_error text NOT NULL DEFAULT '',
    sop_class text[] NOT NULL,
    sop_uid text[] NOT NULL,
    reason integer[] NOT NULL,                 -- of failure (0008,1197), 0: committed, -1: not looked at yet
    UNIQUE (peer, transaction_uid)
);
CREATE INDEX commitment_open ON commitment (peer) WHERE state <> 'reported';
GRANT SELECT, INSERT, UPDATE ON commitment TO isocentre_server;
