//! Turns among the tabs of one browser: one has it, and when that tab ends the next one gets it.

use super::timer::after;
use js_sys::{Array, Function, Object, Promise, Reflect};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};

/// Whether the browser gives turns: it does on secure origins, loopback among them. False on the server.
pub fn has_turns() -> bool {
    locks().is_some()
}

/// Waits for the turn of that name and then calls `act`, which says for how many milliseconds
/// the turn is kept after it. Never on the server, and where the browser has no turns.
pub fn in_turn(name: &str, act: Box<dyn FnOnce() -> u32>) {
    let act = Closure::once_into_js(move |_lock: JsValue| -> JsValue {
        let millis = act();
        if millis == 0 {
            return JsValue::UNDEFINED;
        }
        Promise::new(&mut |done: Function, _| {
            after(millis, move || {
                // To say that it is over does not fail.
                let _ = done.call0(&JsValue::UNDEFINED);
            })
            .forget();
        })
        .into()
    });
    request(name, &Object::new(), &act);
}

/// Takes the turn of that name beside others who do, until the answer is dropped.
pub fn hold_shared(name: &'static str) -> Held {
    let turn = Rc::new(RefCell::new(Turn::Asked));
    let state = Rc::clone(&turn);
    let hold = Closure::once_into_js(move |_lock: JsValue| -> JsValue {
        // It may be granted only after it was let go.
        if matches!(*state.borrow(), Turn::Over) {
            return JsValue::UNDEFINED;
        }
        Promise::new(&mut |end: Function, _| *state.borrow_mut() = Turn::Held(end)).into()
    });
    let options = Object::new();
    // Setting a property of a fresh object cannot fail.
    let _ = Reflect::set(&options, &"mode".into(), &"shared".into());
    request(name, &options, &hold);
    Held(turn)
}

/// Where a shared turn stands.
#[derive(Debug)]
enum Turn {
    Asked,
    /// Calling it ends the turn.
    Held(Function),
    Over,
}

/// A shared turn; dropping it lets go.
#[derive(Debug)]
pub struct Held(Rc<RefCell<Turn>>);

impl Drop for Held {
    fn drop(&mut self) {
        if let Turn::Held(end) = self.0.replace(Turn::Over) {
            // To say that it is over does not fail.
            let _ = end.call0(&JsValue::UNDEFINED);
        }
    }
}

/// Whether any tab holds the turn of that name; false where the browser has no turns.
pub async fn is_held(name: &str) -> bool {
    let held = async {
        let locks = locks()?;
        let query: Function = Reflect::get(&locks, &"query".into())
            .ok()?
            .dyn_into()
            .ok()?;
        let asked: Promise = query.call0(&locks).ok()?.dyn_into().ok()?;
        let state = wasm_bindgen_futures::JsFuture::from(asked).await.ok()?;
        let held = Reflect::get(&state, &"held".into()).ok()?;
        let named = |lock: JsValue| {
            let is = Reflect::get(&lock, &"name".into()).ok()?;
            (is.as_string()? == name).then_some(())
        };
        Array::from(&held).iter().find_map(named)
    };
    held.await.is_some()
}

fn request(name: &str, options: &Object, act: &JsValue) {
    let Some(locks) = locks() else {
        return;
    };
    let request = Reflect::get(&locks, &"request".into());
    if let Ok(request) = request.and_then(JsValue::dyn_into::<Function>)
        && let Ok(over) = request.call3(&locks, &name.into(), options, act)
    {
        super::ignore(over);
    }
}

/// Reached by name: web-sys's own types would be as much code again.
fn locks() -> Option<JsValue> {
    let window = super::IN_PAGE.then(web_sys::window)??;
    let locks = Reflect::get(&window.navigator(), &"locks".into()).ok()?;
    locks.is_object().then_some(locks)
}
