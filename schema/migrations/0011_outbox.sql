-- What leaves this server by itself: who listens, what changed, what is to be sent to whom, in order and numbered.

-- One row a receiver, whatever its kind (a FHIR subscription; later an HL7 peer).
create table outbox_destination (
    destination bigint primary key,
    kind text not null,                          -- whose sender takes it
    open boolean not null default true,
    last_number bigint not null default 0,       -- given to the newest event
    sent_number bigint not null default 0,       -- taken by the receiver, with all before it
    attempts integer not null default 0,         -- failed ones in a row
    due timestamptz not null default now(),      -- when there is something to do; infinity: never
    locked_by text,
    locked_until timestamptz,                    -- the node that has it renews this; later anybody may take it over
    failing_since timestamptz,
    last_error text,
    last_sent timestamptz
);
create index outbox_destination_due on outbox_destination (due) where open;

-- Numbered without gaps per destination. Content is not copied: rid and version name it in the record.
create table outbox (
    destination bigint not null references outbox_destination on delete cascade,
    number bigint not null,
    reason text not null,                        -- 'create', 'update', or what the kind calls it
    type text not null,
    id text not null,
    version integer not null,
    created timestamptz not null default now(),
    primary key (destination, number)
);

-- Types somebody wants to hear about. Every node keeps them in memory.
create table outbox_listener (
    destination bigint not null references outbox_destination on delete cascade,
    type text not null,
    primary key (destination, type)
);

-- Changes not yet looked at, written in the change's own transaction. Notes of one resource are in the order of
-- its versions, because both are made under its lock.
create table change_note (
    seq bigint primary key default nextval('change_seq'),
    xid xid8 not null default pg_current_xact_id(),
    rid bigint not null,
    type text not null,
    version integer not null,
    deleted boolean not null,
    failed boolean not null default false        -- looking at it failed; kept for people
);

-- Studies that grow: told again when nothing has come for a while.
create table study_growth (
    rid bigint primary key,                      -- of the ImagingStudy
    due timestamptz not null
);
create index study_growth_due on study_growth (due);

create table subscription (
    rid bigint primary key,
    id text not null,
    topic text not null default '',              -- '' for criteria of R4
    type text not null,
    criteria text not null default '',           -- search text, '' for none
    channel text not null check (channel in ('rest-hook', 'websocket')),
    endpoint text not null default '',
    headers text[] not null default '{}',        -- with their secrets; the document has none
    payload text not null default '',
    content text not null default '' check (content in ('', 'empty', 'id-only', 'full-resource')),
    heartbeat integer not null default 0,
    timeout integer not null default 0,
    max_count integer not null default 0,
    ends timestamptz,
    access text not null default '',             -- row filter of who made it
    creator text not null default '',
    status text not null check (status in ('requested', 'active', 'error', 'off')),
    since bigint not null default 0,             -- changes numbered up to here were before it
    activated boolean not null default false
);

-- Once is once: reports already told as final with images.
create table topic_fired (
    topic text not null,
    rid bigint not null,
    primary key (topic, rid)
);

create table subscription_token (
    hash text primary key,
    rid bigint not null,
    expires timestamptz not null
);

grant select, insert, update, delete on outbox_destination, outbox, outbox_listener, change_note, study_growth,
    subscription, topic_fired, subscription_token to isocentre_server;
