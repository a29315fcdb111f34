//! The settings page. The server stores the settings of each user; a live page saves each change at once.

mod alert_test;
mod mute;
mod save;
mod sounds;
mod switch;

use crate::i18n::{Lang, Translation, pages as messages};
use crate::islands::{Island, Live, use_lang};
use crate::job::Scope;
use crate::settings::{FAILURE_SECONDS, MAX_MINIMUM, Settings, TOAST_SECONDS};
use crate::ui::request;
use crate::ui::{Control, Field, Form, FormState, Heading, PostForm};
use alert_test::{alert_test, remedies};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::Title;
use mute::mute_section;
use save::SaveSettings;
use sounds::sounds;
use switch::Switch;

pub fn draw() -> AnyView {
    let lang = use_lang();
    let settings = use_context::<Settings>().unwrap_or_default();
    let form = Form::to(SaveSettings::PATH);
    let (general, toasts, sounds, mute) = (
        general(lang, form, &settings),
        toasts(lang, form, &settings),
        sounds(lang, form, &settings),
        mute_section(lang, &settings),
    );
    view! {
        <Title text=messages::SETTINGS.get(lang) />
        <Heading text=messages::SETTINGS.get(lang) lead=messages::SETTINGS_LEAD.get(lang) />
        <PostForm form class="form settings" leaves=true>
            <Section title=messages::SETTINGS_TRAY id="settings-tray">
                {general}
            </Section>
            <Section title=messages::SETTINGS_TOASTS id="settings-toasts">
                {toasts}
            </Section>
            <Section title=messages::SETTINGS_SOUND id="settings-sound">
                {sounds}
            </Section>
            <Section title=messages::SETTINGS_DESKTOP id="settings-desktop">
                <Switch form name="desktop" on=settings.desktop label=messages::DESKTOP_ON.get(lang) />
                <p class="hint">{messages::DESKTOP_HINT.get(lang)}</p>
                <div class="remedy" role="status">{remedies()}</div>
            </Section>
            <div class="form-end">
                <button class="button primary save" type="submit">
                    {messages::SAVE.get(lang)}
                </button>
                <FormState form sending=messages::SAVING.get(lang)>
                    {form.accepted().then(|| messages::SAVED.get(lang))}
                </FormState>
            </div>
        </PostForm>
        {mute}
        {alert_test(lang)}
        <Live island=Island::Settings />
        <p class="aside">{messages::THEME_HINT.get(lang)}</p>
    }
    .into_any()
}

#[component]
fn Section(title: Translation, id: &'static str, children: Children) -> impl IntoView {
    view! {
        <section class="panel-box" aria-labelledby=id>
            <h2 id=id>{title.get(use_lang())}</h2>
            {children()}
        </section>
    }
}

fn general(lang: Lang, form: Form, settings: &Settings) -> AnyView {
    let language = settings.language.map_or("", Lang::as_str);
    let scope = settings.scope.as_str();
    view! {
        <fieldset>
            <legend>{messages::LANGUAGE.get(lang)}</legend>
            {choice(form, "lang", "", messages::LANGUAGE_AUTO.get(lang), language)}
            {choice(form, "lang", "en", "English", language)}
            {choice(form, "lang", "fr", "Français", language)}
        </fieldset>
        <fieldset>
            <legend>{messages::SCOPE.get(lang)}</legend>
            {[(Scope::Mine, messages::SCOPE_MINE), (Scope::Studio, messages::SCOPE_STUDIO)]
                .map(|(one, label): (Scope, Translation)| {
                    choice(form, "scope", one.as_str(), label.get(lang), scope)
                })
                .collect_view()}
        </fieldset>
    }
    .into_any()
}

fn toasts(lang: Lang, form: Form, settings: &Settings) -> AnyView {
    let failure = settings.failure_toast_seconds;
    view! {
        <div class="pair">
            <Field
                form
                name="toast_seconds"
                label=messages::TOAST_SECONDS.get(lang)
                required=true
                own=settings.toast_seconds.to_string()
                control=seconds(*TOAST_SECONDS.start(), *TOAST_SECONDS.end())
            />
            <Field
                form
                name="failure_toast_seconds"
                label=messages::FAILURE_SECONDS.get(lang)
                hint=messages::FAILURE_SECONDS_HINT.get(lang)
                own=failure.map(|seconds| seconds.to_string()).unwrap_or_default()
                control=seconds(*FAILURE_SECONDS.start(), *FAILURE_SECONDS.end())
            />
        </div>
        <Field
            form
            name="minimum_seconds"
            label=messages::MINIMUM_SECONDS.get(lang)
            hint=messages::MINIMUM_SECONDS_HINT.get(lang)
            required=true
            own=settings.minimum_seconds.to_string()
            control=seconds(0, MAX_MINIMUM)
        />
        {muted_kinds(lang, form, settings)}
    }
    .into_any()
}

fn seconds(from: u16, to: u16) -> Control {
    Control::Number {
        from: from.to_string().into(),
        to: to.to_string().into(),
        whole: true,
    }
}

/// The kinds of jobs whose successes appear in the tray only.
fn muted_kinds(lang: Lang, form: Form, settings: &Settings) -> AnyView {
    let kinds = request::kinds().into_iter().map(|(kind, label)| {
        let (name, label) = (format!("muted_kinds[{kind}]"), label.get(lang));
        view! { <Switch form name on=settings.mutes(kind) label /> }
    });
    view! {
        <details open=!settings.muted_kinds.is_empty()>
            <summary id="muted-kinds">{messages::MUTED_KINDS.get(lang)}</summary>
            <p class="hint">{messages::MUTED_KINDS_HINT.get(lang)}</p>
            <div class="kinds" role="group" aria-labelledby="muted-kinds">
                {kinds.collect_view()}
            </div>
        </details>
    }
    .into_any()
}

fn choice(
    form: Form,
    name: &'static str,
    value: &'static str,
    label: &'static str,
    own: &'static str,
) -> AnyView {
    let checked = form.typed(name, own) == value;
    // The name of each language is written in that language.
    let spoken = (name == "lang" && !value.is_empty()).then_some(value);
    view! {
        <label class="choice">
            <input type="radio" name=name value=value checked=checked />
            <span lang=spoken>{label}</span>
        </label>
    }
    .into_any()
}
