use leptos::prelude::*;
use leptos_meta::Title;

#[component]
pub fn Character() -> impl IntoView {
    view! {
        <Title text="Character" />
        <h1>"Character"</h1>
    }
}
