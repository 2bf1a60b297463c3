-- Who may come in: people, their sessions, and peers (DICOM AE titles, HL7 senders).

-- A person with a password of ours. Everyone else comes from the directory (LDAP) and has no row here.
CREATE TABLE app_user (
    login         text PRIMARY KEY CHECK (login <> '' AND octet_length(login) <= 95),  -- ASCII letters in lower case
    display       text NOT NULL DEFAULT '',
    password_hash text NOT NULL CHECK (password_hash LIKE '$argon2id$%'),
    roles         text[] NOT NULL,
    departments   text[] NOT NULL DEFAULT '{}',  -- what this person may see; empty: everything
    disabled      boolean NOT NULL DEFAULT false,
    -- Wrong passwords since the last right one, from wherever they came.
    failed_count  integer NOT NULL DEFAULT 0,
    locked_until  timestamptz,
    -- Grows with each change of password, roles or state; a session opened under another version is dead.
    version       bigint NOT NULL DEFAULT 1,
    created       timestamptz NOT NULL DEFAULT now(),
    changed       timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE session (
    hash          text PRIMARY KEY CHECK (length(hash) = 64),  -- SHA-256 of the id in hexadecimal; the id is not kept
    login         text NOT NULL,
    user_version  bigint,         -- app_user.version at sign-in; NULL for a person from the directory
    display       text NOT NULL DEFAULT '',
    roles         text[] NOT NULL,
    departments   text[] NOT NULL DEFAULT '{}',
    roles_checked timestamptz NOT NULL DEFAULT now(),  -- when the directory was last asked about this person
    created       timestamptz NOT NULL DEFAULT now(),
    last_seen     timestamptz NOT NULL DEFAULT now(),
    absolute_end  timestamptz NOT NULL
);
CREATE INDEX session_login ON session (login);
CREATE INDEX session_last_seen ON session (last_seen);

CREATE TABLE peer (
    kind          text NOT NULL CHECK (kind IN ('AE', 'HL7')),
    name          text NOT NULL CHECK (name <> '' AND octet_length(name) <= 95),  -- AE title, or APPLICATION|FACILITY
    address       inet,           -- one address or a network; NULL: from anywhere
    roles         text[] NOT NULL,
    departments   text[] NOT NULL DEFAULT '{}',
    character_set text NOT NULL DEFAULT '',
    enabled       boolean NOT NULL DEFAULT true,
    changed       timestamptz NOT NULL DEFAULT now()
);
-- One row a name and address; NULL counts as one address here.
CREATE UNIQUE INDEX peer_key ON peer (kind, name, (coalesce(address, '::/0'::inet)));

GRANT SELECT, INSERT, UPDATE ON app_user TO isocentre_server;
GRANT SELECT, INSERT, UPDATE, DELETE ON session TO isocentre_server;
GRANT SELECT, INSERT, UPDATE, DELETE ON peer TO isocentre_server;
