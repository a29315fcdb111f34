//! What a person may do to a job, as forms that work with and without scripts.

use super::Tray;
use super::actions::{ActionError, ChangeJob, Deed, SeeJobs};
use super::button::PANEL;
use super::icons::{self, Icon};
use crate::browser;
use crate::job::{Job, JobId, JobState, Wish};
use crate::live::Message;
use crate::words::{Lang, Words, tray as say};
use leptos::form::ActionForm;
use leptos::prelude::*;
use std::sync::Arc;

/// What all forms of a page submit to.
#[derive(Clone, Copy)]
pub struct Actions {
    change: ServerAction<ChangeJob>,
    see: ServerAction<SeeJobs>,
    /// Why the latest one did nothing.
    pub refusal: RwSignal<Option<ActionError>>,
}

impl Actions {
    pub(super) fn new() -> Self {
        Self {
            change: ServerAction::new(),
            see: ServerAction::new(),
            refusal: RwSignal::new(None),
        }
    }

    /// Takes each answer into the tray: it holds the job as it is now, also when no socket does.
    pub(super) fn follow(self, tray: Tray) {
        let answer = self.change.value();
        Effect::new(move || match answer.get() {
            Some(Ok(job)) => {
                self.refusal.set(None);
                keep_focus(&job.job_id);
                tray.take(job);
            }
            Some(Err(error)) => self.refusal.set(Some(error)),
            None => {}
        });
        let seen = self.see.value();
        Effect::new(move || {
            if let Some(Ok(job_ids)) = seen.get() {
                tray.apply(Message::Seen { job_ids });
            }
        });
    }

    pub(super) fn see(self, ids: &[JobId]) {
        self.see.dispatch(SeeJobs {
            job_ids: spaced(ids),
        });
    }
}

/// The pressed button is gone once its job has moved on: its row keeps the keyboard.
fn keep_focus(id: &JobId) {
    let selector = format!("#{PANEL} [data-job-id='{}'] .job-deeds button", id.as_str());
    browser::after(0, move || browser::focus_if_lost(&selector)).forget();
}

/// What a job's state allows a person to do.
pub fn allowed(state: JobState, wanted: Option<Wish>) -> Vec<Deed> {
    let mut deeds = Vec::new();
    match (state, wanted) {
        (JobState::Failed | JobState::Cancelled, _) => deeds.push(Deed::Retry),
        (JobState::Completed, _) | (_, Some(Wish::Cancelled)) => {}
        (JobState::Paused, _) | (_, Some(Wish::Paused)) => {
            deeds.extend([Deed::Resume, Deed::Cancel]);
        }
        (JobState::Queued | JobState::Running, None) => deeds.extend([Deed::Pause, Deed::Cancel]),
    }
    deeds
}

/// The buttons of a job. `described` is the id of the element that names it: each button's own
/// name is the bare word, so that a person can say it.
#[component]
pub fn JobButtons(
    #[prop(into)] job: Signal<Arc<Job>>,
    #[prop(into)] described: String,
    /// Words beside the pictures, where there is room.
    #[prop(optional)]
    labelled: bool,
) -> impl IntoView {
    let lang = use_context::<Lang>().unwrap_or_default();
    let change = expect_context::<Tray>().actions.change;
    let what = Memo::new(move |_| job.with(|job| (job.job_id.clone(), job.state, job.wanted)));
    move || {
        let (id, state, wanted) = what.get();
        let described = described.clone();
        allowed(state, wanted)
            .into_iter()
            .map(move |deed| {
                let (words, icon) = drawn(deed);
                let (id, described) = (id.as_str().to_owned(), described.clone());
                view! {
                    <ActionForm action=change>
                        <input type="hidden" name="job_id" value=id />
                        <input type="hidden" name="deed" value=deed.as_str() />
                        <button
                            class="deed"
                            class:labelled=labelled
                            type="submit"
                            data-deed=deed.as_str()
                            aria-label=words.say(lang)
                            aria-describedby=described
                            title=words.say(lang)
                        >
                            <Icon path=icon />
                            {labelled.then(|| view! { <span>{words.say(lang)}</span> })}
                        </button>
                    </ActionForm>
                }
            })
            .collect_view()
    }
}

/// Takes the mark of news from all that ended.
#[component]
pub fn SeeAll() -> impl IntoView {
    let tray = expect_context::<Tray>();
    let lang = use_context::<Lang>().unwrap_or_default();
    view! {
        <ActionForm action=tray.actions.see>
            <input
                type="hidden"
                name="job_ids"
                value=move || tray.unseen.with(|ids| spaced(ids))
            />
            <button class="quiet" type="submit">
                {say::SEEN_ALL.say(lang)}
            </button>
        </ActionForm>
    }
}

fn drawn(deed: Deed) -> (Words, &'static str) {
    match deed {
        Deed::Pause => (say::PAUSE, icons::PAUSE),
        Deed::Resume => (say::RESUME, icons::RESUME),
        Deed::Cancel => (say::CANCEL, icons::CANCEL),
        Deed::Retry => (say::RETRY, icons::RETRY),
    }
}

fn spaced(ids: &[JobId]) -> String {
    let ids: Vec<_> = ids.iter().map(JobId::as_str).collect();
    ids.join(" ")
}
