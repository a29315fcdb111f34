//! A page's data on its way, there, or refused.

use crate::app::{Refusal, use_lang};
use crate::words::pages as say;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{
    components::A,
    hooks::{use_params_map, use_query_map},
};
use serde::{Serialize, de::DeserializeOwned};
use std::future::Future;

/// What a page can load: it travels from the server and is shown more than once.
pub trait Shown: Clone + Send + Sync + Serialize + DeserializeOwned + 'static {}
impl<T: Clone + Send + Sync + Serialize + DeserializeOwned + 'static> Shown for T {}

/// A server function's answer on its way.
pub trait Fetch<T>: Future<Output = Result<T, Refusal>> + Send + 'static {}
impl<T, F: Future<Output = Result<T, Refusal>> + Send + 'static> Fetch<T> for F {}

/// Loads what a page shows for the `id` in its address: on the server before the page is sent,
/// in the browser when the reader comes from another page.
pub fn loaded<T: Shown, F: Fetch<T>>(fetch: fn(String) -> F) -> Resource<Result<T, Refusal>> {
    let params = use_params_map();
    let id = move || params.with(|params| params.get("id").unwrap_or_default());
    Resource::new(id, fetch)
}

/// Loads a part of a list, which goes on `after` what the address says.
pub fn loaded_after<T: Shown, F: Fetch<T>>(fetch: fn(String) -> F) -> Resource<Result<T, Refusal>> {
    let query = use_query_map();
    let after = move || query.with(|query| query.get("after").unwrap_or_default());
    Resource::new(after, fetch)
}

/// Shows what was loaded, or why it was not. What is shown stays while it loads again.
#[component]
pub fn Loaded<T, V>(what: Resource<Result<T, Refusal>>, show: V) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
    V: Fn(T) -> AnyView + Copy + Send + Sync + 'static,
{
    let lang = use_lang();
    view! {
        <Transition fallback=move || {
            view! { <p class="loading">{say::LOADING.say(lang)}</p> }
        }>
            {move || Suspend::new(async move {
                match what.await {
                    Ok(data) => show(data),
                    Err(refusal) => refused(refusal),
                }
            })}
        </Transition>
    }
}

/// The page that stands where another could not be shown.
fn refused(refusal: Refusal) -> AnyView {
    let lang = use_lang();
    let heading = match refusal {
        Refusal::NotFound => say::NOT_FOUND,
        _ => say::FAILED,
    };
    view! {
        <Title text=heading.say(lang) />
        <Notice heading=heading.say(lang) why=refusal.say(lang)>
            <A href="/" attr:class="button">
                {say::BACK_HOME.say(lang)}
            </A>
        </Notice>
    }
    .into_any()
}

/// A quiet box that says why there is nothing, and what to do.
#[component]
pub fn Notice(
    heading: &'static str,
    why: &'static str,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <section class="notice">
            <h1>{heading}</h1>
            <p>{why}</p>
            {children.map(|children| children())}
        </section>
    }
    .into_any()
}
