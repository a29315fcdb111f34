-- What jobs refer to. Times are milliseconds since 1970; art is SVG text; lists are JSON.
-- Ids begin with the kind and are UUID v7, so that they sort in the order in which they were made.

create table characters (
  id text primary key,
  studio text not null references studios (id),
  name text not null,
  role text not null,
  age integer,
  voice text not null,
  description text not null,
  tags text not null,
  palette text not null,
  art text not null,
  created_at integer not null,
  updated_at integer not null
) strict;

create index characters_of_studio on characters (studio, id);

create table scenes (
  id text primary key,
  studio text not null references studios (id),
  character text not null references characters (id) on delete cascade,
  -- Counts from 1 within the character.
  number integer not null,
  title text not null,
  description text not null,
  camera text not null,
  mood text not null,
  seconds real not null,
  width integer not null,
  height integer not null,
  fps integer not null,
  palette text not null,
  art text not null,
  created_at integer not null,
  unique (character, number)
) strict;

create index scenes_of_studio on scenes (studio, character, number);

-- Stories and segments have no table: each is a completed job, found by kind and state.
create index jobs_completed_of_kind on jobs (studio, kind, created_at, id) where state = 'completed';
