//! The fields of a form, each with its label, its hint and what is wrong with it.

use leptos::prelude::*;

/// A label around its control. The control carries `id`, and `aria-describedby` with `-note`.
#[component]
pub fn Field(
    id: &'static str,
    label: &'static str,
    #[prop(optional)] hint: Option<&'static str>,
    error: Option<String>,
    children: Children,
) -> impl IntoView {
    let wrong = error.is_some();
    view! {
        <div class="field" class:wrong=wrong>
            <label for=id>{label}</label>
            {children()}
            <p class="note" id=format!("{id}-note")>
                <span class="hint">{hint}</span>
                <span class="error" role="alert">
                    {error}
                </span>
            </p>
        </div>
    }
}
