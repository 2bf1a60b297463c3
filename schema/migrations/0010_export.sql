-- Bulk exports: what was asked, the cut of the record it shows, and the files that hold it.

CREATE TABLE export (
    export_id text PRIMARY KEY,              -- 256 random bits
    owner text NOT NULL,                     -- who asked; nobody else sees it
    access text NOT NULL,                    -- the row filter of the one who asked
    request text NOT NULL,                   -- address of the kick-off
    centre text NOT NULL DEFAULT '',         -- 'Patient': only what belongs to patients
    patients text[],                         -- of a Group; NULL for all
    types text[],                            -- NULL for all
    since timestamptz,
    state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'running', 'done', 'failed', 'cancelled')),
    cut pg_snapshot NOT NULL DEFAULT pg_current_snapshot(), -- versions this sees are exported, later ones are not
    asked timestamptz NOT NULL DEFAULT now(),
    seen bigint NOT NULL DEFAULT 0,          -- documents looked at so far
    expected bigint NOT NULL DEFAULT 0
);
CREATE INDEX export_asked ON export (asked);

CREATE TABLE export_file (
    export_id text NOT NULL REFERENCES export ON DELETE CASCADE,
    place integer NOT NULL,
    type text NOT NULL,
    file text NOT NULL UNIQUE,               -- in the content store
    lines bigint NOT NULL,
    PRIMARY KEY (export_id, place)
);

GRANT SELECT, INSERT, UPDATE, DELETE ON export, export_file TO isocentre_server;
