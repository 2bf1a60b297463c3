-- Objects set aside: what came under the SOP Instance UID of another object (dicom.duplicates), and what such an object
-- took the place of. Their files stay until a person lets them go.
CREATE TABLE instance_quarantine (
    quarantine_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    reason text NOT NULL CHECK (reason IN ('duplicate', 'replaced')),
    put timestamptz NOT NULL DEFAULT now(),
    sop_uid text NOT NULL,
    sop_class text NOT NULL,
    study_uid text NOT NULL,
    department text NOT NULL,
    transfer_syntax text NOT NULL,
    size bigint NOT NULL,
    header_size integer NOT NULL,
    pixel_offset bigint NOT NULL,
    sha256 bytea NOT NULL,
    file text NOT NULL UNIQUE,
    calling_ae text NOT NULL
);
CREATE INDEX instance_quarantine_uid ON instance_quarantine (sop_uid);
GRANT SELECT, INSERT, DELETE ON instance_quarantine TO isocentre_server;
GRANT DELETE ON instance, study TO isocentre_server;
