//! Sounds, made by the browser itself.

use super::timer::after;
use crate::settings::{Note, Wave};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsValue;
use web_sys::{AudioContext, AudioContextState, GainNode, OscillatorType};

/// A fade that nobody hears as a click, in seconds.
const FADE: f64 = 0.03;

thread_local! {
    static CONTEXT: RefCell<Option<AudioContext>> = const { RefCell::new(None) };
}

/// Whether this page can be heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audio {
    /// The browser makes no sounds; the server neither.
    Missing,
    /// It lets nobody be heard before the reader has touched the page.
    Blocked,
    Ready,
}

pub fn audio() -> Audio {
    if !super::has("AudioContext") {
        return Audio::Missing;
    }
    let state = CONTEXT.with_borrow(|context| context.as_ref().map(AudioContext::state));
    match state {
        Some(AudioContextState::Running) => Audio::Ready,
        _ => Audio::Blocked,
    }
}

/// How long a browser may take to let itself be heard.
const PATIENCE_MILLIS: u32 = 500;

/// To be called while the reader touches the page: from then on it can be heard. Calls `done` once
/// that is so, or clearly is not. Nothing on the server.
pub fn unlock_audio<F: FnOnce() + 'static>(done: F) {
    if !super::IN_PAGE {
        return;
    }
    let resumed = (audio() == Audio::Blocked).then(|| {
        CONTEXT.with_borrow_mut(|context| {
            if context.is_none() {
                *context = AudioContext::new().ok();
            }
            context.as_ref()?.resume().ok()
        })
    });
    let Some(resumed) = resumed.flatten() else {
        return done();
    };
    // A browser that refuses leaves the promise open.
    let done = Rc::new(Cell::new(Some(done)));
    let given_up = Rc::clone(&done);
    let call = move |done: &Cell<Option<_>>| done.take().map_or((), |done: F| done());
    after(PATIENCE_MILLIS, move || call(&given_up)).forget();
    wasm_bindgen_futures::spawn_local(async move {
        // Whether it can be heard says its state.
        let _ = wasm_bindgen_futures::JsFuture::from(resumed).await;
        call(&done);
    });
}

/// A sound on its way. It is heard to its end also when this is dropped.
#[derive(Debug)]
pub struct Playing {
    all: GainNode,
    now: f64,
}

impl Playing {
    /// Makes room for another sound.
    pub fn stop(self) {
        // Each fails only for a time that is not a number.
        let gain = self.all.gain();
        let now = self.all.context().current_time().max(self.now);
        let _ = gain.set_value_at_time(gain.value(), now);
        let _ = gain.linear_ramp_to_value_at_time(0.0, now + FADE);
    }
}

/// Plays notes at a volume of 0 to 1; none where nobody would hear them, and on the server.
pub fn play(notes: &[Note], volume: f32) -> Option<Playing> {
    if audio() != Audio::Ready {
        return None;
    }
    CONTEXT.with_borrow(|context| sounding(context.as_ref()?, notes, volume).ok())
}

fn sounding(context: &AudioContext, notes: &[Note], volume: f32) -> Result<Playing, JsValue> {
    let all = context.create_gain()?;
    all.gain().set_value(volume);
    all.connect_with_audio_node(&context.destination())?;
    let now = context.current_time();
    for note in notes {
        let tone = context.create_oscillator()?;
        tone.set_type(match note.wave {
            Wave::Sine => OscillatorType::Sine,
            Wave::Triangle => OscillatorType::Triangle,
            Wave::Square => OscillatorType::Square,
        });
        tone.frequency().set_value(note.pitch);
        let form = context.create_gain()?;
        let (start, level) = (now + note.start.as_secs_f64(), form.gain());
        let end = start + note.length.as_secs_f64();
        level.set_value_at_time(0.0, start)?;
        level.linear_ramp_to_value_at_time(note.level, start + note.attack.as_secs_f64())?;
        // To nothing there is no such way: this is far below what can be heard.
        level.exponential_ramp_to_value_at_time(0.0001, end)?;
        tone.connect_with_audio_node(&form)?;
        form.connect_with_audio_node(&all)?;
        tone.start_with_when(start)?;
        tone.stop_with_when(end)?;
    }
    Ok(Playing { all, now })
}
