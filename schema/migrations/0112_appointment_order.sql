-- Appointments whose order is not here yet, by the numbers it will have.
CREATE TABLE appointment_order (
    rid bigint NOT NULL REFERENCES resource,
    kind text NOT NULL CHECK (kind IN ('filler', 'placer')),
    value text NOT NULL,
    PRIMARY KEY (rid, kind)
);
CREATE INDEX appointment_order_value ON appointment_order (value);
GRANT SELECT, INSERT, UPDATE, DELETE ON appointment_order TO isocentre_server;
