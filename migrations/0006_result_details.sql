-- What a kind records about a result is part of the result: a story's number of words stood in its last checkpoint,
-- which only its worker reads.
update jobs set artifact = json_set(artifact, '$.details', json_object('words',
  (select checkpoint ->> '$.words' from inputs where job = number)))
where kind = 'story' and external = 0 and state = 'completed' and artifact is not null
  and (select checkpoint ->> '$.words' from inputs where job = number) is not null;
