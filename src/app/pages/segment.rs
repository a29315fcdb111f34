use leptos::prelude::*;
use leptos_meta::Title;

#[component]
pub fn Segment() -> impl IntoView {
    view! {
        <Title text="Segment" />
        <h1>"Segment"</h1>
    }
}
