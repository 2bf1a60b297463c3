-- HL7 messages that leave: who gets them, and every one with what became of it.

-- Whose act a change was, so that nobody is told of what he did himself: set for the transaction by outbox_origin.
alter table change_note add column origin text not null default coalesce(current_setting('isocentre.origin', true), '');
-- A paused destination collects and sends nothing.
alter table outbox_destination add column paused boolean not null default false;

create table hl7_destination (
    destination bigint primary key,              -- of outbox_destination too
    name text not null,
    settings text not null,                      -- JSON: hl7/out/settings.def
    created timestamptz not null default now(),
    changed timestamptz not null default now(),
    removed boolean not null default false       -- its messages stay
);
create unique index hl7_destination_name on hl7_destination (name) where not removed;

create table hl7_sent (
    message_id bigint primary key,
    destination bigint not null references hl7_destination,
    number bigint not null,                      -- its place in the destination's queue
    control_id text not null,                    -- MSH-10
    trigger text not null,                       -- MSH-9: 'ORM^O01'
    event text not null,                         -- hl7/out/events.def, or FORWARD
    source text not null,                        -- 'Task/…', or 'message/…' of what was forwarded
    source_version integer not null default 0,
    department text not null default '',
    patient_id text not null default '',
    accession text not null default '',
    created timestamptz not null default now(),
    outcome text not null default 'queued'
        check (outcome in ('queued', 'accepted', 'dead', 'resubmitted', 'discarded')),
    attempts integer not null default 0,
    attempted timestamptz,                       -- the last of them
    answered timestamptz,
    ack_code text not null default '',
    reason text not null default '',             -- of the last attempt that did not end well
    warnings text[] not null default '{}',
    replaces bigint,                             -- the message this one was made from
    raw bytea not null,
    ack bytea not null default ''
);
create index hl7_sent_queue on hl7_sent (destination, number);
create index hl7_sent_dead on hl7_sent (destination, message_id) where outcome = 'dead';
create index hl7_sent_control on hl7_sent (control_id);

grant select, insert, update on hl7_destination, hl7_sent to isocentre_server;
