//! Desktop notifications.

use super::document::window;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    MessageEvent, Notification, NotificationOptions, NotificationPermission,
    ServiceWorkerRegistration,
};

/// The service worker that shows notifications where pages may not: on phones.
const SERVICE_WORKER: &str = "/notifications.js";

/// Whether a page may show notifications.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Permission {
    /// No notification support, or on the server.
    Missing,
    /// The page did not come over a secure connection.
    Insecure,
    /// The user was not asked yet.
    Unasked,
    Granted,
    /// The user denied it. Only they can change that, in the browser's own settings.
    Denied,
}

/// The current permission.
pub fn permission() -> Permission {
    let Some(window) = window() else {
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

/// Asks the user, who has just clicked, and calls `done` with their answer. Never calls on the server.
pub fn ask_permission(done: impl FnOnce(Permission) + 'static) {
    if !super::has("Notification") {
        return;
    }
    spawn_local(async move {
        if let Ok(pending) = Notification::request_permission() {
            // `permission` has the answer.
            let _ = JsFuture::from(pending).await;
        }
        done(permission());
    });
}

/// The content of a notification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DesktopNotification {
    pub title: String,
    pub body: String,
    /// The address of its icon.
    pub icon: &'static str,
    /// A later notification with the same tag replaces it.
    pub tag: String,
    /// Where a click leads: a path of ours, or an address of another site.
    pub href: String,
}

/// Shows a notification, and calls `clicked` with its `href` when it is clicked. Does nothing on the server, nor where
/// it is not permitted.
pub fn notify(content: DesktopNotification, clicked: Rc<dyn Fn(&str)>) {
    if permission() != Permission::Granted {
        return;
    }
    let options = NotificationOptions::new();
    options.set_body(&content.body);
    options.set_tag(&content.tag);
    options.set_icon(content.icon);
    options.set_data(&content.href.as_str().into());
    match Notification::new_with_options(&content.title, &options) {
        Ok(shown) => on_click(&shown, content.href, clicked),
        Err(_) => spawn_local(async move {
            // A browser that rejects both shows nothing; the tray still has the job.
            let _ = show_by_service_worker(&content.title, &options, clicked).await;
        }),
    }
}

fn on_click(shown: &Notification, href: String, clicked: Rc<dyn Fn(&str)>) {
    let notification = shown.clone();
    let call = Closure::once_into_js(move || {
        if let Some(window) = window() {
            // A window that may not come to the front stays where it is.
            let _ = window.focus();
        }
        notification.close();
        clicked(&href);
    });
    shown.set_onclick(Some(call.unchecked_ref()));
}

/// Shows a notification by the service worker, which posts the address back when it is clicked.
async fn show_by_service_worker(
    title: &str,
    options: &NotificationOptions,
    clicked: Rc<dyn Fn(&str)>,
) -> Result<(), JsValue> {
    let window = window().ok_or(JsValue::NULL)?;
    let workers = window.navigator().service_worker();
    // Returns the registration that exists, if there is one.
    JsFuture::from(workers.register(SERVICE_WORKER)).await?;
    let ready: ServiceWorkerRegistration = JsFuture::from(workers.ready()?).await?.dyn_into()?;
    let call = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        if let Some(href) = event.data().as_string() {
            clicked(&href);
        }
    });
    // The browser collects it when the next notification replaces it.
    workers.set_onmessage(Some(call.into_js_value().unchecked_ref()));
    JsFuture::from(ready.show_notification_with_options(title, options)?).await?;
    Ok(())
}
