//! Notifications of the desktop.

use super::pages::visit;
use crate::routes::FAVICON;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    MessageEvent, Notification, NotificationOptions, NotificationPermission,
    ServiceWorkerRegistration,
};

/// What shows notifications where a page may not do it by itself: on phones.
const WORKER: &str = "/notifications.js";

/// Whether a page may show notifications.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Permission {
    /// The browser has none; the server neither.
    Missing,
    /// The page did not come over a safe connection.
    Insecure,
    /// The reader was not asked yet.
    Unasked,
    Granted,
    /// The reader said no, which only they can take back, in the browser's own settings.
    Denied,
}

pub fn permission() -> Permission {
    let Some(window) = super::IN_PAGE.then(web_sys::window).flatten() else {
        return Permission::Missing;
    };
    if !super::has("Notification") {
        return if window.is_secure_context() {
            Permission::Missing
        } else {
            Permission::Insecure
        };
    }
    match Notification::permission() {
        NotificationPermission::Granted => Permission::Granted,
        NotificationPermission::Denied if !window.is_secure_context() => Permission::Insecure,
        NotificationPermission::Denied => Permission::Denied,
        _ => Permission::Unasked,
    }
}

/// Asks the reader, who has just clicked, and calls `done` with what they said. Never calls on the
/// server.
pub fn ask_permission(done: impl FnOnce(Permission) + 'static) {
    if !super::has("Notification") {
        return;
    }
    spawn_local(async move {
        if let Ok(asked) = Notification::request_permission() {
            // What came of it says `permission`.
            let _ = JsFuture::from(asked).await;
        }
        done(permission());
    });
}

/// What a notification says, and where a click on it leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    pub title: String,
    pub body: String,
    /// A later one with the same tag takes its place.
    pub tag: String,
    /// A path of ours, or a page of another site.
    pub href: String,
}

/// Shows a notification; a click on it goes to the page that it is about. Nothing on the server, and
/// where it is not permitted.
pub fn notify(notice: Notice) {
    if permission() != Permission::Granted {
        return;
    }
    let options = NotificationOptions::new();
    options.set_body(&notice.body);
    options.set_tag(&notice.tag);
    options.set_icon(FAVICON);
    options.set_data(&notice.href.as_str().into());
    match Notification::new_with_options(&notice.title, &options) {
        Ok(shown) => on_click(&shown, notice.href),
        Err(_) => spawn_local(async move {
            // A browser that refuses both shows none; the tray keeps what it would have said.
            let _ = by_worker(&notice.title, &options).await;
        }),
    }
}

fn on_click(shown: &Notification, href: String) {
    let notification = shown.clone();
    let clicked = Closure::once_into_js(move || {
        if let Some(window) = web_sys::window() {
            // A window that may not come to the front stays behind.
            let _ = window.focus();
        }
        notification.close();
        visit(&href);
    });
    shown.set_onclick(Some(clicked.unchecked_ref()));
}

async fn by_worker(title: &str, options: &NotificationOptions) -> Result<(), JsValue> {
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let workers = window.navigator().service_worker();
    // One that is there already is given again.
    JsFuture::from(workers.register(WORKER)).await?;
    let ready: ServiceWorkerRegistration = JsFuture::from(workers.ready()?).await?.dyn_into()?;
    let clicked = Closure::<dyn Fn(MessageEvent)>::new(|event: MessageEvent| {
        if let Some(href) = event.data().as_string() {
            visit(&href);
        }
    });
    workers.set_onmessage(Some(clicked.as_ref().unchecked_ref()));
    clicked.forget();
    JsFuture::from(ready.show_notification_with_options(title, options)?).await?;
    Ok(())
}
