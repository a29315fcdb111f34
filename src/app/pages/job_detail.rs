use leptos::prelude::*;
use leptos_meta::Title;

#[component]
pub fn JobDetail() -> impl IntoView {
    view! {
        <Title text="JobDetail" />
        <h1>"JobDetail"</h1>
    }
}
