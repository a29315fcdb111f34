-- A database of schema version 5, as the program of that version wrote it: a dump of its file, with the drawings
-- and all but one character and one scene left out.
BEGIN TRANSACTION;
CREATE TABLE _sqlx_migrations (
    version BIGINT PRIMARY KEY,
    description TEXT NOT NULL,
    installed_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    success BOOLEAN NOT NULL,
    checksum BLOB NOT NULL,
    execution_time BIGINT NOT NULL
);
INSERT INTO "_sqlx_migrations" VALUES(1,'jobs','2026-11-29 07:00:11',1,X'CA4C94F75F9C26D8E342616A802EB89622B0237B55ECFCCC8649268D85FA06744BCC63DC4A924D36A48F4859FC4C2C9F',2668177);
INSERT INTO "_sqlx_migrations" VALUES(2,'studio','2026-11-29 07:00:11',1,X'0405E7764DEE3E5C0B0EC3B2B4CA35FD21562BBB9856A4171DD947DEB7B016202654D93A45F84A8D4301CE64ECF322A6',1332436);
INSERT INTO "_sqlx_migrations" VALUES(3,'wished','2026-11-29 07:00:11',1,X'4C2F13B035D63559DF26726539BE16393FE7A1950D7F4F9D5F8A0F0070C4E17F7E43D0410FDD0ECD020297C4E8EDB5F2',680850);
INSERT INTO "_sqlx_migrations" VALUES(4,'past jobs','2026-11-29 07:00:11',1,X'128C624DBB0878D7E5414E1D71C9E45B2195A97CF88B2F8552D826D2C1BD649BB2D533EC986A271CDDC442DF4E1DA590',1172149);
INSERT INTO "_sqlx_migrations" VALUES(5,'told','2026-11-29 07:00:11',1,X'F1A5A622650B9811D754AE7F53C4A00A6889C4D425B28A7840F7B062B33714BB49C4B7F1928F1373BA7470493C54D974',692797);
CREATE TABLE attempts (
  job integer not null references jobs (number) on delete cascade,
  attempt integer not null,
  state text not null,
  started_at integer,
  finished_at integer not null,
  elapsed_ms integer not null,
  result text,
  failure text,
  failure_text text, whole text,
  primary key (job, attempt)
) strict, without rowid;
INSERT INTO "attempts" VALUES(3,1,'failed',1795935611232,1795935611233,1,NULL,'{"code":"out_of_space","summary":"The disk is full.","retryable":true,"fix":"Free disk space on the server, then retry."}','{"key":"failure.out_of_space","args":{}}','{"jobId":"scene_01a2261aa95f76b8868bdc447b79dd9c","type":"scene","name":"X121 — Generating Scene 1","state":"failed","wanted":null,"progress":null,"currentStep":"Initializing","estimateSeconds":53.48416,"etaSeconds":null,"elapsedSeconds":0.001,"stalled":false,"attempt":1,"version":3,"owner":{"id":"user_01a2261aa91975ff8ece71246b0d2a30","name":"Creator"},"notify":"default","refs":["scene:scene_01a2261aa91975ff8ece71261321b4d5","character:character_01a2261aa91975ff8ece712577cb0853"],"createdAt":"2026-11-29T07:00:11.231Z","startedAt":"2026-11-29T07:00:11.232Z","finishedAt":"2026-11-29T07:00:11.233Z","lastUpdatedAt":"2026-11-29T07:00:11.233Z","nextAction":{"action":"retry","label":"Retry","href":"/jobs/scene_01a2261aa95f76b8868bdc447b79dd9c","tool":"retry_job","arguments":{"job_id":"scene_01a2261aa95f76b8868bdc447b79dd9c"}},"failure":{"code":"out_of_space","summary":"The disk is full.","retryable":true,"fix":"Free disk space on the server, then retry."},"result":null,"nameText":{"key":"name.scene","args":{"character":"X121","number":"1"}},"stepText":{"key":"step.initializing","args":{}},"failureText":{"key":"failure.out_of_space","args":{}}}');
CREATE TABLE characters (
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
INSERT INTO "characters" VALUES('character_01a2261aa91975ff8ece712577cb0853','studio_01a2261aa91975ff8ece7123ef7e6654','X121','Repair robot who listens to broken things',121,'Soft and even, with a small chime before questions','Short','["robot","gentle","tinkerer"]','["#12323c","#1f6f78","#3fb8af","#ffb347","#f4efe1"]','<svg/>',1795935611161,1795935611161);
CREATE TABLE idempotency_keys (
  studio text not null,
  user text not null,
  key text not null,
  body_hash blob not null,
  job integer not null references jobs (number) on delete cascade,
  primary key (studio, user, key)
) strict, without rowid;
INSERT INTO "idempotency_keys" VALUES('studio_01a2261aa91975ff8ece7123ef7e6654','user_01a2261aa91975ff8ece71246b0d2a30','key-of-mice',X'63E52D6291A4DC684A5E7F51D2F871D96C2826571F9CCAD022E9979222D76D94',5);
INSERT INTO "idempotency_keys" VALUES('studio_01a2261aa91975ff8ece7123ef7e6654','user_01a2261aa91975ff8ece71246b0d2a30','key-of-story',X'4FDC5B62D4B8021FEF5EEBC49BC22D0821984359F0F6775A196BE92AE20AFCF2',1);
CREATE TABLE inputs (
  job integer primary key references jobs (number) on delete cascade,
  input text not null,
  checkpoint text
) strict;
INSERT INTO "inputs" VALUES(1,'{"cast":[],"chapters":2,"language":"en","prompt":"A lighthouse in the desert","seed":7,"title":"What Became of the Lighthouse"}','{"bytes":5604,"chapters":2,"words":966}');
INSERT INTO "inputs" VALUES(2,'{"fps":24,"height":720,"sceneId":"scene_01a2261aa91975ff8ece71261321b4d5","seconds":2.0,"seed":3377087665240740,"width":1280}',NULL);
INSERT INTO "inputs" VALUES(3,'{"fps":24,"height":720,"sceneId":"scene_01a2261aa91975ff8ece71261321b4d5","seconds":4.0,"seed":3377087665240740,"width":1280}','{"frame":3}');
INSERT INTO "inputs" VALUES(4,'{"title":"Not ours"}','{"words":5}');
INSERT INTO "inputs" VALUES(5,'{"cast":[],"chapters":5,"language":"en","prompt":"Two mice","seed":1476527708,"title":"The Mice and the Red Notebook"}',NULL);
INSERT INTO "inputs" VALUES(6,'{"cast":[],"chapters":5,"language":"en","prompt":"A bridge","seed":2421065536,"title":"What Became of the Bridge"}',NULL);
CREATE TABLE job_refs (
  reference text not null,
  job integer not null references jobs (number) on delete cascade,
  primary key (reference, job)
) strict, without rowid;
INSERT INTO "job_refs" VALUES('character:character_01a2261aa91975ff8ece712577cb0853',2);
INSERT INTO "job_refs" VALUES('character:character_01a2261aa91975ff8ece712577cb0853',3);
INSERT INTO "job_refs" VALUES('notebook:n1',4);
INSERT INTO "job_refs" VALUES('scene:scene_01a2261aa91975ff8ece71261321b4d5',2);
INSERT INTO "job_refs" VALUES('scene:scene_01a2261aa91975ff8ece71261321b4d5',3);
INSERT INTO "job_refs" VALUES('story:story_01a2261aa92a77a58c95b6d6b3c47822',1);
INSERT INTO "job_refs" VALUES('story:story_01a2261aaaa274bcb2bcf94997115b74',5);
INSERT INTO "job_refs" VALUES('story:story_01a2261aaaa573f68e7657464d1debf7',6);
CREATE TABLE jobs (
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
INSERT INTO "jobs" VALUES(1,'story_01a2261aa92a77a58c95b6d6b3c47822','studio_01a2261aa91975ff8ece7123ef7e6654','user_01a2261aa91975ff8ece71246b0d2a30','Creator','story','Story — What Became of the Lighthouse','{"key":"name.story","args":{"title":"What Became of the Lighthouse"}}',0,'always','["story:story_01a2261aa92a77a58c95b6d6b3c47822"]',0.01,1795935611178,5,5,'completed',NULL,1,1.0,'Writing chapter 2 of 2: Lio and the Spool of Wire','{"key":"step.writing_chapter","args":{"chapter":"2","chapters":"2","title":"Lio and the Spool of Wire"}}','{"speed":0.0,"samples":1,"progress":0.5,"elapsed":0.014}',NULL,17,0,1795935611188,1795935611205,1795935611205,1795935611205,'{"action":"read","label":"Read","href":"/stories/story_01a2261aa92a77a58c95b6d6b3c47822","tool":"get_job_result","arguments":{"job_id":"story_01a2261aa92a77a58c95b6d6b3c47822"}}','{"href":"/api/v1/jobs/story_01a2261aa92a77a58c95b6d6b3c47822/result","uri":"job://story_01a2261aa92a77a58c95b6d6b3c47822/result","mediaType":"text/markdown; charset=utf-8","bytes":5604,"page":"/stories/story_01a2261aa92a77a58c95b6d6b3c47822"}',NULL,NULL,'{"file":"story_01a2261aa92a77a58c95b6d6b3c47822.1.md","href":null,"media_type":"text/markdown; charset=utf-8","bytes":5604,"download_name":"what-became-of-the-lighthouse.md"}',NULL,NULL,NULL,0,0,3);
INSERT INTO "jobs" VALUES(2,'scene_01a2261aa95a7358951d5169dd3aff7a','studio_01a2261aa91975ff8ece7123ef7e6654','user_01a2261aa91975ff8ece71246b0d2a30','Creator','scene','X121 — Generating Scene 1','{"key":"name.scene","args":{"character":"X121","number":"1"}}',0,'default','["scene:scene_01a2261aa91975ff8ece71261321b4d5","character:character_01a2261aa91975ff8ece712577cb0853"]',26.94208,1795935611226,8,3,'completed',NULL,1,1.0,'Initializing','{"key":"step.initializing","args":{}}','{"speed":0.0,"samples":0,"progress":0.0,"elapsed":0.0}',NULL,1,0,1795935611228,1795935611229,1795935611229,1795935611229,'{"action":"watch","label":"Watch","href":"/segments/scene_01a2261aa95a7358951d5169dd3aff7a","tool":"get_job_result","arguments":{"job_id":"scene_01a2261aa95a7358951d5169dd3aff7a"}}','{"href":"/api/v1/jobs/scene_01a2261aa95a7358951d5169dd3aff7a/result","uri":"job://scene_01a2261aa95a7358951d5169dd3aff7a/result","mediaType":"video/mp4","bytes":1234,"page":"/segments/scene_01a2261aa95a7358951d5169dd3aff7a"}',NULL,NULL,'{"file":"scene_01a2261aa95a7358951d5169dd3aff7a.1.mp4","href":null,"media_type":"video/mp4","bytes":1234,"download_name":"scene-1.mp4"}',NULL,NULL,NULL,0,0,1);
INSERT INTO "jobs" VALUES(3,'scene_01a2261aa95f76b8868bdc447b79dd9c','studio_01a2261aa91975ff8ece7123ef7e6654','user_01a2261aa91975ff8ece71246b0d2a30','Creator','scene','X121 — Generating Scene 1','{"key":"name.scene","args":{"character":"X121","number":"1"}}',0,'default','["scene:scene_01a2261aa91975ff8ece71261321b4d5","character:character_01a2261aa91975ff8ece712577cb0853"]',53.48416,1795935611231,16,8,'running','paused',2,3.33333333333333314829e-01,'Rendering','{"key":"step.rendering_frame","args":{"frame":"3"}}','{"speed":0.7675438596491228,"samples":2,"progress":0.3333333333333333,"elapsed":0.306}',8.66571428571428770126e-01,308,0,1795935611239,NULL,1795935611547,1795935611545,NULL,NULL,NULL,NULL,NULL,'host:1','9e60af728e1c1f8f0d4ca19780e74801',1795935671545,60,0,3);
INSERT INTO "jobs" VALUES(4,'story_01a2261aaa9d7282aadb82478e229b78','studio_01a2261aa91975ff8ece7123ef7e6654','user_01a2261aa91975ff8ece71246b0d2a30','Creator','story','Essay <3',NULL,1,'never','["notebook:n1"]',NULL,1795935611549,18,2,'completed',NULL,1,1.0,'Initializing','{"key":"step.initializing","args":{}}','{"speed":0.0,"samples":0,"progress":0.0,"elapsed":0.0}',NULL,0,0,1795935611551,1795935611551,1795935611551,1795935611551,'{"action":"open","label":"Open","href":"https://example.org/essay","tool":"get_job_result","arguments":{"job_id":"story_01a2261aaa9d7282aadb82478e229b78"}}','{"href":"https://example.org/essay","uri":"job://story_01a2261aaa9d7282aadb82478e229b78/result","mediaType":"text/html","bytes":0,"page":"https://example.org/essay"}',NULL,NULL,'{"file":null,"href":"https://example.org/essay","media_type":"text/html","bytes":0,"download_name":"story_01a2261aaa9d7282aadb82478e229b78"}',NULL,NULL,NULL,0,0,1);
INSERT INTO "jobs" VALUES(5,'story_01a2261aaaa274bcb2bcf94997115b74','studio_01a2261aa91975ff8ece7123ef7e6654','user_01a2261aa91975ff8ece71246b0d2a30','Creator','story','Story — The Mice and the Red Notebook','{"key":"name.story","args":{"title":"The Mice and the Red Notebook"}}',0,'default','["story:story_01a2261aaaa274bcb2bcf94997115b74"]',0.025,1795935611554,19,1,'queued',NULL,1,0.0,'Initializing','{"key":"step.initializing","args":{}}','{"speed":0.0,"samples":0,"progress":0.0,"elapsed":0.0}',NULL,0,0,NULL,NULL,1795935611554,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,0,1);
INSERT INTO "jobs" VALUES(6,'story_01a2261aaaa573f68e7657464d1debf7','studio_01a2261aa91975ff8ece7123ef7e6654','user_01a2261aa91975ff8ece71246b0d2a30','Creator','story','Story — What Became of the Bridge','{"key":"name.story","args":{"title":"What Became of the Bridge"}}',0,'default','["story:story_01a2261aaaa573f68e7657464d1debf7"]',0.025,1795935611557,21,2,'cancelled',NULL,1,0.0,'Initializing','{"key":"step.initializing","args":{}}','{"speed":0.0,"samples":0,"progress":0.0,"elapsed":0.0}',NULL,0,0,NULL,1795935611559,1795935611559,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,0,1);
CREATE TABLE logs (
  job integer not null references jobs (number) on delete cascade,
  seq integer not null,
  at integer not null,
  stream text not null,
  text text not null,
  primary key (job, seq)
) strict, without rowid;
INSERT INTO "logs" VALUES(1,1,1795935611197,'stdout','Chapter 1 of 2: Concerning the Lighthouse (493 words)');
INSERT INTO "logs" VALUES(1,2,1795935611202,'stdout','Chapter 2 of 2: Lio and the Spool of Wire (473 words)');
INSERT INTO "logs" VALUES(3,1,1795935611233,'stderr','out of ink');
INSERT INTO "logs" VALUES(3,2,1795935611241,'stdout','frame 3');
CREATE TABLE scenes (
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
INSERT INTO "scenes" VALUES('scene_01a2261aa91975ff8ece71261321b4d5','studio_01a2261aa91975ff8ece7123ef7e6654','character_01a2261aa91975ff8ece712577cb0853',1,'The workshop at dawn','Short','push','calm',4.0,1280,720,24,'["#12323c","#20444d","#3fb8af","#ffb06a","#fff3cf"]','<svg/>',1795935611161);
CREATE TABLE seen (
  user text not null,
  job integer not null references jobs (number) on delete cascade,
  attempt integer not null,
  primary key (user, job)
) strict, without rowid;
INSERT INTO "seen" VALUES('user_01a2261aa91975ff8ece71246b0d2a30',1,1);
CREATE TABLE studios (
  id text primary key,
  name text not null default '',
  change integer not null default 0
) strict, without rowid;
INSERT INTO "studios" VALUES('studio_01a2261aa91975ff8ece7123ef7e6654','Studio',21);
CREATE TABLE told (
  user text not null,
  job integer not null references jobs (number) on delete cascade,
  attempt integer not null,
  primary key (user, job)
) strict, without rowid;
INSERT INTO "told" VALUES('user_01a2261aa91975ff8ece71246b0d2a30',1,1);
CREATE TABLE users (
  id text primary key,
  studio text not null references studios (id),
  name text not null,
  settings text,
  created_at integer not null
) strict, without rowid;
INSERT INTO "users" VALUES('user_01a2261aa91975ff8ece71246b0d2a30','studio_01a2261aa91975ff8ece7123ef7e6654','Creator','{"language":null,"scope":"studio","toastSeconds":5,"failureToastSeconds":null,"sound":false,"volume":60,"successSound":"chime","failureSound":"alarm","kindSounds":{},"desktop":false,"minimumSeconds":0,"mutedKinds":[],"mutedUntil":null}',1795935611161);
CREATE INDEX users_of_studio on users (studio);
CREATE UNIQUE INDEX jobs_by_change on jobs (studio, change);
CREATE UNIQUE INDEX jobs_by_owner_change on jobs (studio, owner, change);
CREATE INDEX jobs_newest on jobs (studio, created_at, id);
CREATE INDEX jobs_newest_of_owner on jobs (studio, owner, created_at, id);
CREATE INDEX jobs_by_state on jobs (studio, state, created_at, id);
CREATE INDEX jobs_by_kind on jobs (studio, kind, created_at, id);
CREATE INDEX jobs_finished on jobs (studio, finished_at, owner) where finished_at is not null;
CREATE INDEX jobs_claimable on jobs (number, kind, studio) where state = 'queued' and external = 0;
CREATE INDEX jobs_leased on jobs (lease_until) where lease_token is not null;
CREATE INDEX jobs_reported on jobs (reported_at) where state = 'running' and stalled = 0;
CREATE INDEX characters_of_studio on characters (studio, id);
CREATE INDEX scenes_of_studio on scenes (studio, character, number);
CREATE INDEX jobs_completed_of_kind on jobs (studio, kind, created_at, id) where state = 'completed';
CREATE INDEX jobs_wished on jobs (studio, owner, finished_at)
  where notify = 'always' and state in ('completed', 'failed');
COMMIT;
