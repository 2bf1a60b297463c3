-- References that no search parameter finds have index rows, too (extraction 4). An empty record has nothing to index.
UPDATE search_extraction SET version = 4 WHERE NOT EXISTS (SELECT 1 FROM resource);
