-- The states of steps a DICOM node is shown when it asks for none, commas between ('SCHEDULED,READY,STARTED'); '': the house's.
ALTER TABLE peer ADD COLUMN worklist_statuses text NOT NULL DEFAULT '';
