-- What the floor keeps of an object: the least any archive must.
INSERT INTO floor_object (sop_uid, size, file) VALUES ($1, $2::bigint, $3)
