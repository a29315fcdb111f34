//! Locks that the tabs of one browser share (the Web Locks API). A tab that closes or crashes releases its locks.

use super::document::window;
use super::timer::after;
use js_sys::{Array, Function, Object, Promise, Reflect};
use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};

/// Whether the browser has locks. It has on secure origins, loopback among them; false on the server.
pub fn locks_available() -> bool {
    lock_manager().is_some()
}

/// Waits for a lock and then calls `act`, which returns for how long the lock is still held. Never calls
/// on the server, nor where the browser has no locks.
pub fn with_lock(name: &str, act: Box<dyn FnOnce() -> Duration>) {
    let act = Closure::once_into_js(move |_lock: JsValue| -> JsValue {
        let time = act();
        if time.is_zero() {
            return JsValue::UNDEFINED;
        }
        Promise::new(&mut |release: Function, _| {
            after(time, move || {
                // Resolving a promise does not fail.
                let _ = release.call0(&JsValue::UNDEFINED);
            })
            .forget();
        })
        .into()
    });
    request(name, &Object::new(), &act);
}

/// Holds a lock together with other tabs, until the guard is dropped. Does nothing on the server.
pub fn hold_shared_lock(name: &'static str) -> LockGuard {
    let state = Rc::new(RefCell::new(LockState::Requested));
    let granted = Rc::clone(&state);
    let hold = Closure::once_into_js(move |_lock: JsValue| -> JsValue {
        // The guard may have been dropped before the lock was granted.
        if matches!(*granted.borrow(), LockState::Released) {
            return JsValue::UNDEFINED;
        }
        Promise::new(&mut |release: Function, _| {
            *granted.borrow_mut() = LockState::Held(release);
        })
        .into()
    });
    let options = Object::new();
    // Setting a property of a fresh object cannot fail.
    let _ = Reflect::set(&options, &"mode".into(), &"shared".into());
    request(name, &options, &hold);
    LockGuard(state)
}

/// A shared lock; dropping the guard releases it.
#[derive(Debug)]
pub struct LockGuard(Rc<RefCell<LockState>>);

#[derive(Debug)]
enum LockState {
    Requested,
    /// Calling the function releases the lock.
    Held(Function),
    Released,
}

impl Drop for LockGuard {
    fn drop(&mut self) {
        if let LockState::Held(release) = self.0.replace(LockState::Released) {
            // Resolving a promise does not fail.
            let _ = release.call0(&JsValue::UNDEFINED);
        }
    }
}

/// Whether any tab holds a lock; false where the browser has no locks.
pub async fn is_lock_held(name: &str) -> bool {
    let held = async {
        let locks = lock_manager()?;
        let query: Function = Reflect::get(&locks, &"query".into())
            .ok()?
            .dyn_into()
            .ok()?;
        let pending: Promise = query.call0(&locks).ok()?.dyn_into().ok()?;
        let state = wasm_bindgen_futures::JsFuture::from(pending).await.ok()?;
        let held = Reflect::get(&state, &"held".into()).ok()?;
        let named = |lock: JsValue| {
            let lock_name = Reflect::get(&lock, &"name".into()).ok()?;
            (lock_name.as_string()? == name).then_some(())
        };
        Array::from(&held).iter().find_map(named)
    };
    held.await.is_some()
}

fn request(name: &str, options: &Object, callback: &JsValue) {
    let Some(locks) = lock_manager() else {
        return;
    };
    let request = Reflect::get(&locks, &"request".into());
    if let Ok(request) = request.and_then(JsValue::dyn_into::<Function>)
        && let Ok(released) = request.call3(&locks, &name.into(), options, callback)
    {
        super::ignore(released);
    }
}

/// `navigator.locks`, reached by name: the types of web-sys would double the code.
fn lock_manager() -> Option<JsValue> {
    let locks = Reflect::get(&window()?.navigator(), &"locks".into()).ok()?;
    locks.is_object().then_some(locks)
}
