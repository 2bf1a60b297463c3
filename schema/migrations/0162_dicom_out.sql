-- DICOM that leaves: who is sent what by rule, what waits for each node, and what became of it.

-- A condition is a list of words with '*' for any characters, commas between; '' is any.
CREATE TABLE dicom_route (
    name text PRIMARY KEY CHECK (name ~ '^[!-~]{1,64}$'),
    destination text NOT NULL,                   -- AE title of a peer that has a port
    calling_ae text NOT NULL DEFAULT '',
    department text NOT NULL DEFAULT '',
    modality text NOT NULL DEFAULT '',
    sop_class text NOT NULL DEFAULT '',
    station_name text NOT NULL DEFAULT '',
    body_part text NOT NULL DEFAULT '',
    study_description text NOT NULL DEFAULT '',
    series_description text NOT NULL DEFAULT '',
    enabled integer NOT NULL DEFAULT 1,
    changed timestamptz NOT NULL DEFAULT now()
);

CREATE FUNCTION dicom_listed(p_list text, p_value text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $body$
    SELECT p_list = '' OR EXISTS (SELECT FROM unnest(string_to_array(p_list, ',')) AS word
        WHERE p_value LIKE replace(replace(replace(replace(trim(word), '\', '\\'), '%', '\%'), '_', '\_'), '*', '%'))
$body$;

CREATE TABLE dicom_queue (
    destination bigint PRIMARY KEY,              -- of outbox_destination too
    ae text NOT NULL UNIQUE
);

-- Instances of one study for one node, sent over one association after another until none waits.
CREATE TABLE dicom_send (
    send_id bigint PRIMARY KEY,
    destination bigint NOT NULL REFERENCES dicom_queue,
    number bigint NOT NULL,                      -- its place in the node's queue
    route text NOT NULL DEFAULT '',              -- '': somebody asked for it
    asked_by text NOT NULL DEFAULT '',
    study_uid text NOT NULL,
    department text NOT NULL DEFAULT '',
    created timestamptz NOT NULL DEFAULT now(),
    outcome text NOT NULL DEFAULT 'queued' CHECK (outcome IN ('queued', 'sent', 'failed', 'discarded')),
    total integer NOT NULL DEFAULT 0,
    completed integer NOT NULL DEFAULT 0,
    failed integer NOT NULL DEFAULT 0,
    attempts integer NOT NULL DEFAULT 0,         -- that did not reach the node
    ended timestamptz,
    reason text NOT NULL DEFAULT ''              -- of the last attempt or instance that did not end well
);
CREATE INDEX dicom_send_waiting ON dicom_send (destination, number) WHERE outcome = 'queued';
CREATE INDEX dicom_send_list ON dicom_send (send_id DESC);

-- What waits (status -1), and what the node refused; what it took has no row any more.
CREATE TABLE dicom_send_item (
    send_id bigint NOT NULL REFERENCES dicom_send,
    instance_key bigint NOT NULL,
    status integer NOT NULL DEFAULT -1,
    PRIMARY KEY (send_id, instance_key)
);

GRANT SELECT, INSERT, UPDATE, DELETE ON dicom_route, dicom_send_item TO isocentre_server;
GRANT SELECT, INSERT, UPDATE ON dicom_queue, dicom_send TO isocentre_server;
GRANT EXECUTE ON FUNCTION dicom_listed TO isocentre_server;
