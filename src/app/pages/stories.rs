use leptos::prelude::*;
use leptos_meta::Title;

#[component]
pub fn Stories() -> impl IntoView {
    view! {
        <Title text="Stories" />
        <h1>"Stories"</h1>
    }
}
