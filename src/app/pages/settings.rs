//! What a reader can choose. It is kept on the server, by user.

use crate::app::Refusal;
use crate::app::parts::Heading;
use crate::app::request::{caller, studio};
use crate::islands::use_lang;
use crate::job::Scope;
use crate::words::{Lang, Words, pages as say};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::Title;

/// Keeps the choices and sends the reader back: the whole document changes with them.
#[server(prefix = "/forms", endpoint = "settings")]
pub async fn save_settings(lang: String, scope: String) -> Result<(), Refusal> {
    let (studio, caller) = (studio()?, caller()?);
    let mut settings = studio.settings(&caller).await?;
    settings.language = match lang.as_str() {
        "" => None,
        lang => {
            Some(Lang::parse(lang).ok_or_else(|| Refusal::invalid("lang", "must be en or fr"))?)
        }
    };
    settings.scope = [Scope::Mine, Scope::Studio]
        .into_iter()
        .find(|one| one.as_str() == scope)
        .ok_or_else(|| Refusal::invalid("scope", "must be mine or studio"))?;
    Ok(studio.set_settings(&caller, &settings).await?)
}

pub fn draw() -> AnyView {
    let lang = use_lang();
    let chosen = use_context::<crate::settings::Settings>().unwrap_or_default();
    let language = chosen.language.map_or("", Lang::as_str);
    let scope = chosen.scope.as_str();
    view! {
        <Title text=say::SETTINGS.say(lang) />
        <Heading text=say::SETTINGS.say(lang) lead=say::SETTINGS_LEAD.say(lang) />
        // A plain form: a new language is a new document.
        <form class="form panel-box settings" method="post" action=SaveSettings::PATH data-leaves>
            <fieldset>
                <legend>{say::LANGUAGE.say(lang)}</legend>
                {choice("lang", "", say::LANGUAGE_AUTO.say(lang), language)}
                {choice("lang", "en", "English", language)}
                {choice("lang", "fr", "Français", language)}
            </fieldset>
            <fieldset>
                <legend>{say::SCOPE.say(lang)}</legend>
                {[(Scope::Mine, say::SCOPE_MINE), (Scope::Studio, say::SCOPE_STUDIO)]
                    .map(|(one, words): (Scope, Words)| {
                        choice("scope", one.as_str(), words.say(lang), scope)
                    })
                    .collect_view()}
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

fn choice(
    name: &'static str,
    value: &'static str,
    words: &'static str,
    chosen: &'static str,
) -> AnyView {
    // A language is named in itself.
    let own = (name == "lang" && !value.is_empty()).then_some(value);
    view! {
        <label class="choice">
            <input type="radio" name=name value=value checked=value == chosen />
            <span lang=own>{words}</span>
        </label>
    }
    .into_any()
}
