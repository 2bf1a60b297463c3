-- Histories of a type and of the whole record: newest first, from an index, with the method each version was made by.

-- POST, PUT, PATCH or DELETE as a client asked; empty where nobody did (messages, images) and in older rows.
ALTER TABLE resource ADD COLUMN method text NOT NULL DEFAULT '';
ALTER TABLE resource_history ADD COLUMN method text NOT NULL DEFAULT '';
-- The same as its document's, so that an index can tell it.
ALTER TABLE resource_history ADD COLUMN type text;
UPDATE resource_history h SET type = r.type FROM resource r WHERE r.rid = h.rid;
ALTER TABLE resource_history ALTER COLUMN type SET NOT NULL;

CREATE INDEX resource_updated ON resource (updated, rid);
CREATE INDEX resource_history_updated ON resource_history (updated, rid, version);
CREATE INDEX resource_history_type_updated ON resource_history (type, updated, rid, version);
