//! A checkbox that switches one setting on.

use crate::ui::Form;
use leptos::prelude::*;

#[component]
pub fn Switch(
    form: Form,
    #[prop(into)] name: String,
    on: bool,
    label: &'static str,
) -> impl IntoView {
    let on = form.ticked(&name, on);
    view! {
        <label class="choice">
            <input type="checkbox" name=name value="true" checked=on />
            <span>{label}</span>
        </label>
    }
}
