-- Index rows made anew while the server serves: what is to be done, how far it is.

-- kind: upgrade (rows of an older extraction), asked (isocentre reindex). Documents behind place, up to last, are still
-- to come; place moves in the transaction that writes their rows.
CREATE TABLE search_work (
    work_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind text NOT NULL,
    type text NOT NULL DEFAULT '',      -- of the documents; empty: every type
    version integer NOT NULL DEFAULT 0, -- upgrade: the extraction that will have been reached
    place bigint NOT NULL DEFAULT 0,
    last bigint NOT NULL,
    seen bigint NOT NULL DEFAULT 0,
    total bigint NOT NULL,
    started timestamptz NOT NULL DEFAULT now(),
    finished timestamptz
);
CREATE UNIQUE INDEX search_work_open ON search_work (kind, type, version) WHERE finished IS NULL;
GRANT SELECT, INSERT, UPDATE, DELETE ON search_work TO isocentre_server;
