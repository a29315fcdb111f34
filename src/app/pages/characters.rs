use leptos::prelude::*;
use leptos_meta::Title;

#[component]
pub fn Characters() -> impl IntoView {
    view! {
        <Title text="Characters" />
        <h1>"Characters"</h1>
    }
}
