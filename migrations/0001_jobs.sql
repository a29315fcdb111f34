-- Jobs and all that hangs on them. Times are milliseconds since 1970; texts of ours are JSON.

-- `change` is the number of the studio's latest change; every write to a job takes the next one.
create table studios (
  id text primary key,
  name text not null default '',
  change integer not null default 0
) strict, without rowid;

create table users (
  id text primary key,
  studio text not null references studios (id),
  name text not null,
  settings text,
  created_at integer not null
) strict, without rowid;

create index users_of_studio on users (studio);

create table jobs (
  -- In the order of submission, so that the oldest is claimed first.
  number integer primary key,
  id text not null unique,
  studio text not null,
  owner text not null,
  owner_name text not null,
  kind text not null,
  name text not null,
  name_text text,
  external integer not null,
  notify text not null,
  refs text not null,
  estimate_seconds real,
  created_at integer not null,
  -- What changes.
  change integer not null,
  version integer not null,
  state text not null,
  wanted text,
  attempt integer not null,
  progress real,
  step text,
  step_text text,
  -- The smoothed estimate, and what it promised at `updated_at`.
  eta text not null,
  eta_seconds real,
  elapsed_ms integer not null,
  stalled integer not null,
  started_at integer,
  finished_at integer,
  updated_at integer not null,
  -- When the latest report came that was no heartbeat.
  reported_at integer,
  next_action text,
  result text,
  failure text,
  failure_text text,
  -- Where the result lies.
  artifact text,
  -- Who holds the job, and until when.
  worker text,
  lease_token text,
  lease_until integer,
  lease_seconds integer not null,
  -- Leases lost since the latest checkpoint.
  leases_lost integer not null,
  next_log integer not null
) strict;

create unique index jobs_by_change on jobs (studio, change);
create unique index jobs_by_owner_change on jobs (studio, owner, change);
create index jobs_newest on jobs (studio, created_at, id);
create index jobs_newest_of_owner on jobs (studio, owner, created_at, id);
create index jobs_by_state on jobs (studio, state, created_at, id);
create index jobs_by_kind on jobs (studio, kind, created_at, id);
create index jobs_finished on jobs (studio, finished_at, owner) where finished_at is not null;
create index jobs_claimable on jobs (number, kind, studio) where state = 'queued' and external = 0;
create index jobs_leased on jobs (lease_until) where lease_token is not null;
create index jobs_reported on jobs (reported_at) where state = 'running' and stalled = 0;

-- What only its worker reads; apart, so that a report does not write a long input again.
create table inputs (
  job integer primary key references jobs (number) on delete cascade,
  input text not null,
  checkpoint text
) strict;

-- What a job belongs to, so that it can be asked for.
create table job_refs (
  reference text not null,
  job integer not null references jobs (number) on delete cascade,
  primary key (reference, job)
) strict, without rowid;

create table logs (
  job integer not null references jobs (number) on delete cascade,
  seq integer not null,
  at integer not null,
  stream text not null,
  text text not null,
  primary key (job, seq)
) strict, without rowid;

-- How past attempts ended.
create table attempts (
  job integer not null references jobs (number) on delete cascade,
  attempt integer not null,
  state text not null,
  started_at integer,
  finished_at integer not null,
  elapsed_ms integer not null,
  result text,
  failure text,
  failure_text text,
  primary key (job, attempt)
) strict, without rowid;

-- Which ends a user has seen; a later attempt's end is new again.
create table seen (
  user text not null,
  job integer not null references jobs (number) on delete cascade,
  attempt integer not null,
  primary key (user, job)
) strict, without rowid;

create table idempotency_keys (
  studio text not null,
  user text not null,
  key text not null,
  body_hash blob not null,
  job integer not null references jobs (number) on delete cascade,
  primary key (studio, user, key)
) strict, without rowid;
