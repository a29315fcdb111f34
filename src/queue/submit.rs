//! Submits a job: checks and names it, inserts it, and returns at once.

use super::{Caller, KindSpec, NewJob, Prepared, Queue, QueueError, limits};
use crate::i18n::{JobMessage, Translate};
use crate::job::{Eta, Job, JobId, JobState, Owner};
use crate::store::{IdempotencyKey, NewRecord, Record};
use crate::validation::Rule;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

/// How long an idempotency key is kept. Clients retry sooner than that.
const KEY_LIFE: Duration = Duration::from_hours(24);

impl Queue {
    /// Creates a job and returns at once. The same idempotency key and body create one job, for 24 h.
    pub async fn submit(&self, caller: &Caller, new: NewJob) -> Result<Job, QueueError> {
        limits::new_job(&new)?;
        let key = new.idempotency_key.as_ref().map(|key| IdempotencyKey {
            key: key.clone(),
            body_hash: body_hash(&new),
        });
        // A known key is answered before the input is checked: what the input refers to may have been deleted.
        if let Some(key) = &key
            && let Some(job) = self.store.find_by_key(caller, key).await?
        {
            return Ok(job);
        }
        let prepared = self.prepare(caller, &new).await?;
        let mut record = self.record(caller, &new, &prepared);
        let external = record.external;
        let spec = self.kinds.find(&new.kind).filter(|_| !external);
        let own = spec.and_then(|spec| spec.own_ref(&record.job.job_id));
        record.job.refs.extend(own);
        let job = self
            .store
            .insert(NewRecord {
                record,
                input: prepared.input,
                key,
            })
            .await?;
        if !external {
            self.wake();
        }
        Ok(job)
    }

    /// Deletes the idempotency keys older than 24 h, of every studio; their jobs stay. Returns how many.
    pub async fn delete_old_keys(&self) -> Result<u64, QueueError> {
        let before = self.now().before(KEY_LIFE);
        Ok(self.store.delete_keys(before).await?)
    }

    async fn prepare(&self, caller: &Caller, new: &NewJob) -> Result<Prepared, QueueError> {
        let mut prepared = if new.external {
            free(new)
        } else {
            let spec = self.spec(&new.kind)?;
            spec.prepare(caller, new.input.clone()).await?
        };
        for reference in &new.refs {
            if !prepared.refs.contains(reference) {
                prepared.refs.push(reference.clone());
            }
        }
        limits::refs("refs", &prepared.refs)?;
        Ok(prepared)
    }

    fn spec(&self, kind: &str) -> Result<&Arc<dyn KindSpec>, QueueError> {
        let Some(spec) = self.kinds.find(kind) else {
            return limits::invalid("type", Rule::NotFound);
        };
        match spec.available() {
            Ok(()) => Ok(spec),
            Err(reason) => {
                let kind = kind.to_owned();
                limits::invalid("type", Rule::KindOff { kind, reason })
            }
        }
    }

    fn record(&self, caller: &Caller, new: &NewJob, prepared: &Prepared) -> Record {
        let now = self.now();
        let own_name = new.name.clone();
        Record {
            number: 0,
            studio: caller.studio.clone(),
            change: 0,
            external: new.external,
            eta: Eta::default(),
            reported_at: None,
            artifact: None,
            lease: None,
            leases_lost: 0,
            next_log: 1,
            job: Job {
                job_id: JobId::new(&new.kind, Uuid::now_v7()),
                kind: new.kind.clone(),
                name_text: prepared.name_text.clone().filter(|_| own_name.is_none()),
                name: own_name.unwrap_or_else(|| prepared.name.clone()),
                state: JobState::Queued,
                wanted: None,
                progress: Some(0.0),
                current_step: Some(JobMessage::Initializing.english()),
                step_text: Some(JobMessage::Initializing.text()),
                estimate_seconds: prepared.estimate_seconds,
                eta_seconds: None,
                elapsed_seconds: 0.0,
                stalled: false,
                attempt: 1,
                version: 1,
                owner: Owner {
                    id: caller.user.clone(),
                    name: caller.name.clone(),
                },
                notify: new.notify,
                refs: prepared.refs.clone(),
                created_at: now,
                started_at: None,
                finished_at: None,
                last_updated_at: now,
                next_action: None,
                failure: None,
                result: None,
                failure_text: None,
            },
        }
    }
}

/// An external job may have any input, and is named after its kind.
fn free(new: &NewJob) -> Prepared {
    let words = new.kind.replace(['_', '-'], " ");
    let mut letters = words.chars();
    let name = letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default();
    Prepared {
        input: new.input.clone(),
        name,
        name_text: None,
        estimate_seconds: None,
        refs: Vec::new(),
    }
}

/// The hash of a request without its key. `serde_json` sorts the fields of objects, so their order does not matter.
fn body_hash(new: &NewJob) -> Vec<u8> {
    let body: Value = json!([
        new.kind,
        new.name,
        new.input,
        new.notify,
        new.refs,
        new.external
    ]);
    Sha256::digest(body.to_string()).to_vec()
}
