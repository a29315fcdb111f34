-- Of which ends an assistant told its user; a later attempt's end is news again.
create table told (
  user text not null,
  job integer not null references jobs (number) on delete cascade,
  attempt integer not null,
  primary key (user, job)
) strict, without rowid;
