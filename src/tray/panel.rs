//! The panel under the button.

use super::Tray;
use leptos::prelude::*;

/// Every job of the tray, row by row.
#[component]
pub fn TrayPanel() -> impl IntoView {
    let tray = expect_context::<Tray>();
    view! {
        <section id="job-tray-panel" popover="auto">
            <For
                each=move || tray.jobs.get()
                key=|job| job.job_id.clone()
                children=|job| {
                    view! {
                        <article
                            data-job-id=job.job_id.as_str().to_owned()
                            data-state=job.state.as_str()
                        >
                            {job.name.clone()}
                        </article>
                    }
                }
            />
        </section>
    }
}
