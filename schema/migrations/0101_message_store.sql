-- Finding messages by their words, giving refused ones once more, and keeping some from ageing out.

-- The words of messages, decoded, written behind their arrival so that the sender does not wait for it.
CREATE TABLE message_text (
    message_id bigint PRIMARY KEY REFERENCES message,
    words tsvector NOT NULL
);
CREATE INDEX message_text_words ON message_text USING gin (words);
-- How far that has come: messages in the order their transactions began, each when nothing older is unfinished.
CREATE TABLE message_walk (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    xid xid8 NOT NULL,
    message_id bigint NOT NULL
);
INSERT INTO message_walk (xid, message_id) VALUES ('0', 0);
GRANT SELECT, INSERT, DELETE ON message_text TO isocentre_server;
GRANT SELECT, UPDATE ON message_walk TO isocentre_server;

-- Refused messages given once more, many at a time, as the one who asked for it.
CREATE TABLE message_replay (
    run bigint PRIMARY KEY,
    asked timestamptz NOT NULL DEFAULT now(),
    who text NOT NULL,
    kind smallint NOT NULL,                    -- the principal as it was then: struct principal
    display text NOT NULL,
    address text NOT NULL,
    permissions bigint NOT NULL,
    roles integer NOT NULL,
    departments text NOT NULL
);
CREATE TABLE message_replay_item (
    run bigint NOT NULL REFERENCES message_replay,
    message_id bigint NOT NULL,
    ack_code text,                             -- NULL: not yet
    made bigint NOT NULL DEFAULT 0,            -- the message it became
    error text NOT NULL DEFAULT '',
    PRIMARY KEY (run, message_id)
);
CREATE INDEX message_replay_item_due ON message_replay_item (run, message_id) WHERE ack_code IS NULL;
GRANT SELECT, INSERT ON message_replay TO isocentre_server;
GRANT SELECT, INSERT, UPDATE ON message_replay_item TO isocentre_server;

-- Legal hold on all messages of a patient, as messages write the id.
CREATE TABLE message_hold (
    patient_id text PRIMARY KEY,
    reason text NOT NULL,
    who text NOT NULL,
    since timestamptz NOT NULL DEFAULT now()
);
GRANT SELECT, INSERT, DELETE ON message_hold TO isocentre_server;
