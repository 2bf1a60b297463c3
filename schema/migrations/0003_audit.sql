-- The audit trail: events as they happen, seals that chain them, checkpoints that sign the chain.
-- The server may add and read, nothing else. The triggers repeat that for the tables' owner; a superuser can pass
-- both, and then the chain and the checkpoints kept outside the database show it.

CREATE TABLE audit_event (
    id             bigserial PRIMARY KEY,
    -- The transaction that wrote it. All events of transactions older than the oldest one still running are known
    -- for good, so sealing in the order (xid, id) up to there can never be overtaken.
    xid            xid8 NOT NULL DEFAULT pg_current_xact_id(),
    recorded       timestamptz NOT NULL,
    kind           text NOT NULL,      -- a name from server/audit/events.def
    outcome        smallint NOT NULL,  -- PS3.15 EventOutcomeIndicator: 0, 4, 8, 12
    principal      text,
    principal_kind text,
    address        text,
    door           text NOT NULL,
    request        text,
    object_type    text,
    object_id      text,
    patient        text,
    study_uid      text,
    accession      text,
    content        bytea NOT NULL      -- the exact bytes that are hashed: JSON in UTF-8, keys in a fixed order
);
CREATE INDEX audit_event_order ON audit_event (xid, id);
CREATE INDEX audit_event_time ON audit_event USING brin (recorded) WITH (pages_per_range = 16, autosummarize = on);
CREATE INDEX audit_event_patient ON audit_event (patient, recorded) WHERE patient IS NOT NULL;
CREATE INDEX audit_event_study ON audit_event (study_uid, recorded) WHERE study_uid IS NOT NULL;
CREATE INDEX audit_event_principal ON audit_event (principal, recorded);

-- hash = SHA-256("isocentre seal 1" || prev_hash || seq || event_id || SHA-256(event content)), the numbers as 8 bytes,
-- highest first. seq begins at 1 and has no gaps; the first prev_hash is 32 zero bytes. That prev_hash is unique
-- means that the chain cannot fork, even if two sealers ran.
CREATE TABLE audit_seal (
    seq       bigint PRIMARY KEY CHECK (seq > 0),
    event_id  bigint NOT NULL UNIQUE,
    prev_hash bytea NOT NULL UNIQUE CHECK (octet_length(prev_hash) = 32),
    hash      bytea NOT NULL CHECK (octet_length(hash) = 32)
);

CREATE TABLE audit_key (
    key_id     text PRIMARY KEY,  -- the first 16 hexadecimal digits of the public key's SHA-256
    public_key bytea NOT NULL CHECK (octet_length(public_key) = 32),  -- Ed25519
    first_used timestamptz NOT NULL DEFAULT now()
);

-- The signature is over the line that the file checkpoints.log holds: "isocentre checkpoint 1 SEQ HASH TIME KEY".
CREATE TABLE audit_checkpoint (
    seq       bigint PRIMARY KEY,
    hash      bytea NOT NULL CHECK (octet_length(hash) = 32),
    signed_at timestamptz NOT NULL,
    key_id    text NOT NULL,
    signature bytea NOT NULL
);

CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit trail is append-only' USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_event
    FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_seal
    FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_key
    FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_checkpoint
    FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only();

-- id and xid are not among the columns the server may fill in: it cannot slip an event in between older ones.
GRANT SELECT ON audit_event, audit_seal, audit_key, audit_checkpoint TO isocentre_server;
GRANT INSERT (recorded, kind, outcome, principal, principal_kind, address, door, request, object_type, object_id,
              patient, study_uid, accession, content) ON audit_event TO isocentre_server;
GRANT INSERT ON audit_seal, audit_key, audit_checkpoint TO isocentre_server;
GRANT USAGE ON SEQUENCE audit_event_id_seq TO isocentre_server;
