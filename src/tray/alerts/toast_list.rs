//! The toasts of a page, and how long each stays. Pure.

use crate::job::{Job, JobId, JobState};
use crate::settings::Settings;
use crate::tray::model::alert::AlertId;
use crate::tray::monotonic::Monotonic;
use std::sync::Arc;
use std::time::Duration;

/// Maximum number of toasts that are shown; a line says how many more there are.
pub const MAX_SHOWN: usize = 3;
/// Successes within this time may share a toast.
const BURST: Duration = Duration::from_secs(2);
/// Maximum number of successes of a burst that get a toast each.
const MAX_SINGLE: usize = 3;
/// How long the toast of a cancelled job offers to undo the cancel.
const UNDO: Duration = Duration::from_secs(5);

/// What a toast is about.
#[derive(Debug, Clone, PartialEq)]
pub enum ToastContent {
    /// One job that ended.
    Ended(Arc<Job>),
    /// Several jobs that succeeded at almost the same time, the latest last.
    Succeeded(Vec<Arc<Job>>),
    /// A job that the user has just cancelled here.
    Cancelled(Arc<Job>),
    /// A test of the user's alerts, without a job.
    Test,
}

/// One toast.
#[derive(Debug, Clone, PartialEq)]
pub struct Toast {
    /// Identifies the toast within this page.
    pub key: u32,
    pub content: ToastContent,
    /// Whether every job of the toast is shown.
    pub unfolded: bool,
    /// When its latest job was added.
    updated: Monotonic,
    /// How much longer the toast stays; none: until it is dismissed.
    left: Option<Duration>,
}

impl ToastContent {
    pub fn jobs(&self) -> &[Arc<Job>] {
        match self {
            Self::Ended(job) | Self::Cancelled(job) => std::slice::from_ref(job),
            Self::Succeeded(jobs) => jobs,
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
    /// Adds jobs that ended, at `now`.
    pub fn add(
        &mut self,
        jobs: impl IntoIterator<Item = Arc<Job>>,
        settings: &Settings,
        now: Monotonic,
    ) {
        for job in jobs {
            self.remove_job(&job.job_id);
            if job.state == JobState::Failed {
                self.push(ToastContent::Ended(job), settings.failure_toast(), now);
            } else {
                self.add_success(job, settings.success_toast(), now);
            }
        }
    }

    /// Offers to undo a cancel.
    pub fn add_undo(&mut self, job: Arc<Job>, now: Monotonic) {
        self.remove_job(&job.job_id);
        self.push(ToastContent::Cancelled(job), Some(UNDO), now);
    }

    /// Shows what a toast looks like.
    pub fn add_test(&mut self, settings: &Settings, now: Monotonic) {
        self.push(ToastContent::Test, Some(settings.success_toast()), now);
    }

    /// Shows every job of a toast.
    pub fn unfold(&mut self, key: u32) {
        let toast = self.toasts.iter_mut().find(|toast| toast.key == key);
        if let Some(toast) = toast {
            toast.unfolded = true;
        }
    }

    /// Removes a toast, and returns its jobs.
    pub fn dismiss(&mut self, key: u32) -> Vec<Arc<Job>> {
        let index = self.toasts.iter().position(|toast| toast.key == key);
        index.map_or_else(Vec::new, |index| {
            self.toasts.remove(index).content.jobs().to_vec()
        })
    }

    /// Removes a job from its toast, and the toast if it has no other job.
    pub fn remove_job(&mut self, id: &JobId) {
        self.retain(|job| job.job_id != *id);
    }

    /// Removes what another page dismissed.
    pub fn remove_alerts(&mut self, alerts: &[AlertId]) {
        self.retain(|job| !alerts.contains(&AlertId::of(job)));
    }

    /// Whether a toast is about a job.
    pub fn has(&self, id: &JobId) -> bool {
        let mut jobs = self.toasts.iter().flat_map(|toast| toast.content.jobs());
        jobs.any(|job| job.job_id == *id)
    }

    /// Counts down by the time in which the user could read the toasts. Returns the jobs of expired toasts.
    pub fn pass(&mut self, time: Duration) -> Vec<Arc<Job>> {
        let mut expired = Vec::new();
        self.toasts.retain_mut(|toast| {
            let Some(left) = &mut toast.left else {
                return true;
            };
            *left = left.saturating_sub(time);
            let stays = !left.is_zero();
            if !stays {
                expired.extend_from_slice(toast.content.jobs());
            }
            stays
        });
        expired
    }

    /// Whether any toast expires.
    pub fn has_expiring(&self) -> bool {
        self.toasts.iter().any(|toast| toast.left.is_some())
    }

    /// The latest toasts, the oldest of them first. Other items take `taken` of the places.
    pub fn shown(&self, taken: usize) -> &[Toast] {
        &self.toasts[self.hidden(taken)..]
    }

    /// The number of toasts that are not shown.
    pub fn hidden(&self, taken: usize) -> usize {
        let places = MAX_SHOWN.saturating_sub(taken);
        self.toasts.len().saturating_sub(places)
    }

    /// A success has a toast of its own, unless it is one of many.
    fn add_success(&mut self, job: Arc<Job>, stays: Duration, now: Monotonic) {
        let is_recent = |toast: &Toast| now.since(toast.updated) < BURST && toast.is_success();
        let is_shared = |toast: &Toast| matches!(toast.content, ToastContent::Succeeded(_));
        let recent = self.toasts.iter().filter(|toast| is_recent(toast));
        if recent.clone().count() < MAX_SINGLE && !recent.clone().any(is_shared) {
            return self.push(ToastContent::Ended(job), Some(stays), now);
        }
        let (mut all, mut shared) = (Vec::new(), None);
        self.toasts.retain_mut(|toast| {
            if !is_recent(toast) {
                return true;
            }
            match &mut toast.content {
                ToastContent::Succeeded(jobs) => {
                    shared = Some((toast.key, toast.unfolded));
                    all.append(jobs);
                }
                content => all.extend_from_slice(content.jobs()),
            }
            false
        });
        all.push(job);
        self.push(ToastContent::Succeeded(all), Some(stays), now);
        // It keeps its key, so that the toast that the user may be reading grows in place.
        if let Some((toast, (key, unfolded))) = self.toasts.last_mut().zip(shared) {
            toast.key = key;
            toast.unfolded = unfolded;
        }
    }

    fn push(&mut self, content: ToastContent, left: Option<Duration>, now: Monotonic) {
        let key = self.next_key;
        self.next_key = self.next_key.wrapping_add(1);
        self.toasts.push(Toast {
            key,
            content,
            unfolded: false,
            updated: now,
            left,
        });
    }

    fn retain(&mut self, keep: impl Fn(&Job) -> bool) {
        self.toasts.retain_mut(|toast| match &mut toast.content {
            ToastContent::Succeeded(jobs) => {
                jobs.retain(|job| keep(job));
                !jobs.is_empty()
            }
            content => content.jobs().iter().all(|job| keep(job)),
        });
    }
}

impl Toast {
    fn is_success(&self) -> bool {
        match &self.content {
            ToastContent::Ended(job) => job.state == JobState::Completed,
            ToastContent::Succeeded(_) => true,
            ToastContent::Cancelled(_) | ToastContent::Test => false,
        }
    }
}

#[cfg(test)]
mod tests;
