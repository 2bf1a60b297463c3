-- An order that arrives looks for the reports that wait for it, by each of its numbers. There may be many that wait.
CREATE INDEX report_link_filler ON report_link (filler_order) WHERE state <> 'linked' AND filler_order <> '';
CREATE INDEX report_link_placer ON report_link (placer_order) WHERE state <> 'linked' AND placer_order <> '';
