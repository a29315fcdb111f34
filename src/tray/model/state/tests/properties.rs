//! Properties of any sequence of messages.

use super::{TrayState, changes, next, part, state};
use crate::job::sample::job;
use crate::job::{Job, JobState};
use JobState::{Cancelled, Completed, Failed, Queued, Running};
use proptest::prelude::*;

proptest! {
    /// However long the jobs are and whichever ends first: a completion moves the overall progress only by what remained of
    /// that job, and a job that ends without a result leaves the batch.
    #[test]
    fn the_end_of_a_job_moves_progress_by_its_own_work(
        works in prop::collection::vec((1.0_f64..1000.0, 0.0_f64..1.0, 0_u8..3), 1..12),
    ) {
        let jobs: Vec<_> = (1..).zip(&works).map(|(n, (work, progress, _))| Job {
            estimate_seconds: Some(*work),
            progress: Some(*progress),
            ..job(n, Running)
        }).collect();
        let mut state = state(jobs.clone());
        // The work and the part of it that is done, of each job in the batch.
        let mut batch: Vec<_> = works.iter().map(|(work, progress, _)| Some((*work, *progress))).collect();
        let mut before = state.totals().progress.unwrap();
        for (at, (job, (_, _, how))) in jobs.iter().zip(&works).enumerate() {
            let end = [Completed, Failed, Cancelled][usize::from(*how)];
            state.apply(changes(at as u64 + 11, vec![next(job, end)]));
            batch[at] = batch[at].filter(|_| end == Completed).map(|(work, _)| (work, 1.0));
            let Some(now) = state.totals().progress else { break };
            let (done, all) = batch.iter().flatten().fold((0.0, 0.0), |(done, all), (work, part)| {
                (done + work * part, all + work)
            });
            prop_assert!((now - done / all).abs() < 1e-9, "{now} is not {}", done / all);
            prop_assert!(end != Completed || now >= before - 1e-12, "{now} < {before}");
            before = now;
        }
        prop_assert_eq!(state.totals().progress, None, "idle when all have ended");
    }

    /// Five subscribers that lose their connection at different moments, receive changes twice and snapshots in
    /// parts, all end with the same jobs.
    #[test]
    fn five_subscribers_agree(
        steps in prop::collection::vec((0_usize..6, 0_usize..6), 1..60),
        breaks in prop::collection::vec(prop::collection::vec(any::<bool>(), 60), 5),
        part_size in 1_usize..4,
    ) {
        // The server's rows: each job with the number of its latest change.
        let mut rows: Vec<(u64, Job)> = (1..=6).map(|n| (u64::from(n), job(n, Queued))).collect();
        let mut subscribers = vec![(state(vec![]), 0_u64); 5];
        for (step, (which, to)) in steps.iter().enumerate() {
            let cursor = step as u64 + 100;
            let (change, job) = &mut rows[*which];
            *change = cursor;
            *job = next(job, JobState::ALL[*to]);
            for (subscriber, breaks) in subscribers.iter_mut().zip(&breaks) {
                if breaks[step % breaks.len()] {
                    continue;
                }
                deliver(subscriber, &rows, cursor, part_size);
            }
        }
        for subscriber in &mut subscribers {
            deliver(subscriber, &rows, 1000, part_size);
            for (_, job) in &rows {
                prop_assert_eq!(&**subscriber.0.job(&job.job_id).unwrap(), job);
            }
        }
        let (first, rest) = subscribers.split_first().unwrap();
        for other in rest {
            prop_assert_eq!(first.0.totals().running, other.0.totals().running);
            prop_assert_eq!(first.0.jobs().count(), other.0.jobs().count());
        }
    }

    /// The panel computes its rows again only when an update says that they changed.
    #[test]
    fn rows_stay_as_they_are_unless_the_update_says_otherwise(
        steps in prop::collection::vec((0..5_u32, 0..5_usize, 0.0..100.0_f64), 1..60)
    ) {
        let mut jobs: Vec<Job> = (0..5).map(|n| job(n, Queued)).collect();
        let mut state = state(jobs.clone());
        for ((at, to, eta), cursor) in steps.into_iter().zip(11..) {
            let job = &mut jobs[at as usize];
            // Half of the steps are reports of progress.
            let to = [job.state, job.state, Running, Completed, Failed][to];
            *job = Job { eta_seconds: Some(eta), progress: Some(eta / 100.0), ..next(job, to) };
            let before = (state.rows(), state.unseen());
            let update = state.apply(changes(cursor, vec![job.clone()]));
            if !update.rows_changed {
                prop_assert_eq!(before, (state.rows(), state.unseen()));
            }
        }
    }
}

/// Sends what the server would send: a snapshot in parts to a new subscriber, else the changes since its cursor, twice.
fn deliver(subscriber: &mut (TrayState, u64), rows: &[(u64, Job)], cursor: u64, part_size: usize) {
    let (state, since) = subscriber;
    if *since == 0 {
        let parts: Vec<_> = rows.chunks(part_size).collect();
        for (at, jobs) in parts.iter().enumerate() {
            let jobs = jobs.iter().map(|(_, job)| job.clone()).collect();
            state.apply(part("e", cursor, jobs, at + 1 < parts.len()));
        }
    } else {
        for _ in 0..2 {
            let changed = rows.iter().filter(|(change, _)| change > since);
            state.apply(changes(
                cursor,
                changed.map(|(_, job)| job.clone()).collect(),
            ));
        }
    }
    *since = cursor;
}
