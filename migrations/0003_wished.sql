-- Jobs of which their owner wants to hear in any case, which each answer to an assistant may ask for.
create index jobs_wished on jobs (studio, owner, finished_at)
  where notify = 'always' and state in ('completed', 'failed');
