-- Bytes of messages age out, and what waits too long is told.

CREATE INDEX message_whole ON message (message_id) WHERE emptied IS NULL;

-- What is wrong now, by name: told once, until it is over.
CREATE TABLE alert (
    name text PRIMARY KEY,
    since timestamptz NOT NULL DEFAULT now()
);
GRANT SELECT, INSERT, DELETE ON alert TO isocentre_server;
