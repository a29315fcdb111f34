use leptos::prelude::*;
use leptos_meta::Title;

#[component]
pub fn Learn() -> impl IntoView {
    view! {
        <Title text="Learn" />
        <h1>"Learn"</h1>
    }
}
