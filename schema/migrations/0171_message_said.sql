-- When the newest message that was applied to a document was said by its sender: an older one that comes later is
-- recorded and not applied. Orders, reports and visits keep this themselves; here are patients and appointments.
CREATE TABLE message_said (
    rid bigint PRIMARY KEY,
    said bigint NOT NULL -- microseconds since 1970
);
GRANT SELECT, INSERT, UPDATE ON message_said TO isocentre_server;
