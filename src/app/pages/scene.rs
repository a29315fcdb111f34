use leptos::prelude::*;
use leptos_meta::Title;

#[component]
pub fn Scene() -> impl IntoView {
    view! {
        <Title text="Scene" />
        <h1>"Scene"</h1>
    }
}
