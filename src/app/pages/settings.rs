//! What a reader can choose: the language, kept in a cookie of the browser.

use crate::app::parts::Heading;
use crate::app::{Refusal, use_lang};
use crate::words::{Lang, pages as say};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::Title;

/// Keeps the language and sends the reader back: the whole document changes with it.
#[server(prefix = "/forms", endpoint = "language")]
#[allow(clippy::unused_async, reason = "server functions are async")]
pub async fn set_language(lang: String) -> Result<(), Refusal> {
    use axum::http::{HeaderName, HeaderValue, header};
    let lang = Lang::parse(&lang).ok_or_else(|| Refusal::invalid("lang", "must be en or fr"))?;
    let cookie = format!(
        "lang={}; Path=/; Max-Age=31536000; SameSite=Lax",
        lang.as_str()
    );
    let name: HeaderName = header::SET_COOKIE;
    if let (Some(response), Ok(cookie)) = (
        use_context::<leptos_axum::ResponseOptions>(),
        HeaderValue::from_str(&cookie),
    ) {
        response.append_header(name, cookie);
    }
    Ok(())
}

#[component]
pub fn Settings() -> impl IntoView {
    let lang = use_lang();
    let choice = move |one: Lang, name: &'static str| {
        view! {
            <label class="choice">
                <input type="radio" name="lang" value=one.as_str() checked=one == lang />
                <span lang=one.as_str()>{name}</span>
            </label>
        }
    };
    view! {
        <Title text=say::SETTINGS.say(lang) />
        <Heading text=say::SETTINGS.say(lang) lead=say::SETTINGS_LEAD.say(lang) />
        // A plain form: a new language is a new document.
        <form class="form panel-box settings" method="post" action=SetLanguage::url()>
            <fieldset>
                <legend>{say::LANGUAGE.say(lang)}</legend>
                {choice(Lang::En, "English")}
                {choice(Lang::Fr, "Français")}
            </fieldset>
            <div class="form-end">
                <button class="button primary" type="submit">
                    {say::SAVE.say(lang)}
                </button>
            </div>
        </form>
        <p class="aside">{say::SETTINGS_LATER.say(lang)}</p>
    }
    .into_any()
}
