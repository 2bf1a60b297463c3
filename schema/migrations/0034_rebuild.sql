-- Rebuilding the archive's rows from the stored files can leave a series without instances: its row goes.
GRANT DELETE ON series TO isocentre_server;
