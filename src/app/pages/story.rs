use leptos::prelude::*;
use leptos_meta::Title;

#[component]
pub fn Story() -> impl IntoView {
    view! {
        <Title text="Story" />
        <h1>"Story"</h1>
    }
}
