use leptos::prelude::*;
use leptos_meta::Title;

#[component]
pub fn Jobs() -> impl IntoView {
    view! {
        <Title text="Jobs" />
        <h1>"Jobs"</h1>
    }
}
