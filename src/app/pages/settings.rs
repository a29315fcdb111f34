use leptos::prelude::*;
use leptos_meta::Title;

#[component]
pub fn Settings() -> impl IntoView {
    view! {
        <Title text="Settings" />
        <h1>"Settings"</h1>
    }
}
