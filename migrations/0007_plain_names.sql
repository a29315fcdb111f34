-- Names that say what stands there.
alter table told rename to announced;
alter table attempts rename column whole to job_at_end;
drop index jobs_wished;
create index jobs_ended_with_notify_always on jobs (studio, owner, finished_at)
  where notify = 'always' and state in ('completed', 'failed');
