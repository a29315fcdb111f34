//! The toasts that stand in a page, and how long. Pure: times come in, in milliseconds.

use crate::job::{Job, JobId, JobState};
use crate::settings::Settings;
use crate::tray::model::state::Alert;
use std::sync::Arc;

/// More are behind a line that says how many.
pub const SHOWN: usize = 3;
/// Successes within this time may be told as one.
const BURST_MILLIS: f64 = 2_000.0;
/// So many successes of a burst are told one by one.
const SINGLY: usize = 3;
/// How long a job that was cancelled can be taken up again by one click.
const UNDO_MILLIS: f64 = 5_000.0;

/// What a toast is about.
#[derive(Debug, Clone, PartialEq)]
pub enum About {
    /// One job that ended.
    End(Arc<Job>),
    /// Several that were done at nearly the same time, the latest last.
    Done(Vec<Arc<Job>>),
    /// A job that the user has just cancelled.
    Cancelled(Arc<Job>),
    /// None: the user tries how they are told.
    Test,
}

/// One toast.
#[derive(Debug, Clone, PartialEq)]
pub struct Toast {
    /// Of this page alone.
    pub key: u32,
    pub about: About,
    /// Somebody wanted to see all that it sums up.
    pub unfolded: bool,
    /// When it last grew.
    told: f64,
    /// Milliseconds that it still stays; none: until it is dismissed.
    left: Option<f64>,
}

impl About {
    pub fn jobs(&self) -> &[Arc<Job>] {
        match self {
            Self::End(job) | Self::Cancelled(job) => std::slice::from_ref(job),
            Self::Done(jobs) => jobs,
            Self::Test => &[],
        }
    }
}

/// All toasts of a page, the oldest first.
#[derive(Debug, Clone, Default)]
pub struct ToastList {
    toasts: Vec<Toast>,
    next_key: u32,
}

impl ToastList {
    /// Tells ends, at `now`.
    pub fn tell(
        &mut self,
        jobs: impl IntoIterator<Item = Arc<Job>>,
        settings: &Settings,
        now: f64,
    ) {
        let stays = f64::from(settings.toast_seconds) * 1000.0;
        for job in jobs {
            self.forget(&job.job_id);
            if job.state == JobState::Failed {
                let stays = settings.failure_toast_seconds;
                let stays = stays.map(|seconds| f64::from(seconds) * 1000.0);
                self.push(About::End(job), stays, now);
            } else {
                self.succeed(job, stays, now);
            }
        }
    }

    /// Offers to take a cancelled job up again.
    pub fn offer_undo(&mut self, job: Arc<Job>, now: f64) {
        self.forget(&job.job_id);
        self.push(About::Cancelled(job), Some(UNDO_MILLIS), now);
    }

    /// Shows how an end is told.
    pub fn test(&mut self, settings: &Settings, now: f64) {
        let stays = f64::from(settings.toast_seconds) * 1000.0;
        self.push(About::Test, Some(stays), now);
    }

    /// A success stands alone, unless it is one of many.
    fn succeed(&mut self, job: Arc<Job>, stays: f64, now: f64) {
        let recent = |toast: &Toast| now - toast.told < BURST_MILLIS && toast.is_success();
        let together = self.toasts.iter().filter(|toast| recent(toast));
        let many = together
            .clone()
            .any(|toast| matches!(toast.about, About::Done(_)));
        if !many && together.count() < SINGLY {
            return self.push(About::End(job), Some(stays), now);
        }
        let (mut all, mut known) = (Vec::new(), None);
        self.toasts.retain_mut(|toast| {
            if !recent(toast) {
                return true;
            }
            match &mut toast.about {
                About::Done(jobs) => {
                    // It grows, and stays the toast that somebody may be reading.
                    known = Some((toast.key, toast.unfolded));
                    all.append(jobs);
                }
                about => all.extend_from_slice(about.jobs()),
            }
            false
        });
        all.push(job);
        self.push(About::Done(all), Some(stays), now);
        if let Some((grown, (key, unfolded))) = self.toasts.last_mut().zip(known) {
            grown.key = key;
            grown.unfolded = unfolded;
        }
    }

    /// Somebody wants to see what a toast sums up.
    pub fn unfold(&mut self, key: u32) {
        let toast = self.toasts.iter_mut().find(|toast| toast.key == key);
        if let Some(toast) = toast {
            toast.unfolded = true;
        }
    }

    fn push(&mut self, about: About, left: Option<f64>, told: f64) {
        let key = self.next_key;
        self.next_key = self.next_key.wrapping_add(1);
        self.toasts.push(Toast {
            key,
            about,
            unfolded: false,
            told,
            left,
        });
    }

    /// Takes a toast away; the jobs that it told of.
    pub fn dismiss(&mut self, key: u32) -> Vec<Arc<Job>> {
        let at = self.toasts.iter().position(|toast| toast.key == key);
        at.map_or_else(Vec::new, |at| self.toasts.remove(at).about.jobs().to_vec())
    }

    /// Nothing is to be told of a job any more.
    pub fn forget(&mut self, id: &JobId) {
        self.retain(|job| job.job_id != *id);
    }

    /// Whether one tells of a job.
    pub fn has(&self, id: &JobId) -> bool {
        let tells = |toast: &Toast| toast.about.jobs().iter().any(|job| job.job_id == *id);
        self.toasts.iter().any(tells)
    }

    /// Another page has told these ends to somebody.
    pub fn told(&mut self, alerts: &[String]) {
        self.retain(|job| !alerts.contains(&Alert::id_of(job)));
    }

    fn retain(&mut self, keep: impl Fn(&Job) -> bool) {
        self.toasts.retain_mut(|toast| match &mut toast.about {
            About::Done(jobs) => {
                jobs.retain(|job| keep(job));
                !jobs.is_empty()
            }
            about => about.jobs().iter().all(|job| keep(job)),
        });
    }

    /// So much time passes in front of somebody; gives the jobs of those that leave.
    pub fn pass(&mut self, millis: f64) -> Vec<Arc<Job>> {
        let mut gone = Vec::new();
        self.toasts.retain_mut(|toast| {
            let Some(left) = &mut toast.left else {
                return true;
            };
            *left -= millis;
            let stays = *left > 0.0;
            if !stays {
                gone.extend_from_slice(toast.about.jobs());
            }
            stays
        });
        gone
    }

    /// Whether any leaves by itself.
    pub fn is_passing(&self) -> bool {
        self.toasts.iter().any(|toast| toast.left.is_some())
    }

    /// The latest few, the oldest of them first. `taken`: so many places are taken by other things.
    pub fn shown(&self, taken: usize) -> &[Toast] {
        &self.toasts[self.hidden(taken)..]
    }

    /// How many are not shown.
    pub fn hidden(&self, taken: usize) -> usize {
        self.toasts.len().saturating_sub(SHOWN - taken.min(SHOWN))
    }
}

impl Toast {
    fn is_success(&self) -> bool {
        match &self.about {
            About::End(job) => job.state == JobState::Completed,
            About::Done(_) => true,
            About::Cancelled(_) | About::Test => false,
        }
    }
}

#[cfg(test)]
mod tests;
