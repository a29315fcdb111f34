-- The whole job as it stood when its next attempt began: a past attempt never changes, however it is read.
-- Attempts from before this migration have none.
alter table attempts add column whole text;
