//! Sounds, synthesised by the browser (the Web Audio API).

use super::timer::after;
use crate::settings::{Note, Wave};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;
use wasm_bindgen::JsValue;
use web_sys::{AudioContext, AudioContextState, GainNode, OscillatorType};

/// The length of a fade-out, in seconds: just long enough not to be heard as a click.
const FADE: f64 = 0.03;

/// Whether the page can play sounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audio {
    /// No Web Audio support, or on the server.
    Missing,
    /// The browser plays nothing until the user has clicked or typed in the page.
    Blocked,
    Ready,
}

/// How long a browser may take to resume its audio.
const RESUME_TIMEOUT: Duration = Duration::from_millis(500);

/// The sound output of a page. Clones share its one audio context: a browser allows few of them, and only one that was
/// resumed during a click or a key press makes sounds.
#[derive(Debug, Clone, Default)]
pub struct AudioOutput(Rc<RefCell<Option<AudioContext>>>);

impl AudioOutput {
    /// The output of a page; none on the server.
    pub fn of_page() -> Option<Self> {
        super::IN_PAGE.then(Self::default)
    }

    /// Whether the page can play sounds now.
    pub fn state(&self) -> Audio {
        if !super::has("AudioContext") {
            return Audio::Missing;
        }
        match self.0.borrow().as_ref().map(AudioContext::state) {
            Some(AudioContextState::Running) => Audio::Ready,
            _ => Audio::Blocked,
        }
    }

    /// Lets the page play sounds from now on; to be called while the user clicks or types. Calls `done` once it can, or
    /// once it clearly cannot.
    pub fn unlock<F: FnOnce() + 'static>(&self, done: F) {
        let resumed = (self.state() == Audio::Blocked).then(|| {
            let mut context = self.0.borrow_mut();
            if context.is_none() {
                *context = AudioContext::new().ok();
            }
            context.as_ref()?.resume().ok()
        });
        let Some(resumed) = resumed.flatten() else {
            return done();
        };
        // A browser that blocks audio never settles the promise.
        let done = Rc::new(Cell::new(Some(done)));
        let timed_out = Rc::clone(&done);
        let call = move |done: &Cell<Option<_>>| done.take().map_or((), |done: F| done());
        after(RESUME_TIMEOUT, move || call(&timed_out)).forget();
        wasm_bindgen_futures::spawn_local(async move {
            // Whether it worked is in the state of the context.
            let _ = wasm_bindgen_futures::JsFuture::from(resumed).await;
            call(&done);
        });
    }

    /// Plays notes at a gain of 0 to 1; none where the page cannot play sounds.
    pub fn play(&self, notes: &[Note], gain: f32) -> Option<Playing> {
        if self.state() != Audio::Ready {
            return None;
        }
        schedule(self.0.borrow().as_ref()?, notes, gain).ok()
    }
}

/// A sound that is playing. Dropping it does not stop it.
#[derive(Debug)]
pub struct Playing {
    master: GainNode,
    started: f64,
}

impl Playing {
    /// Fades the sound out.
    pub fn stop(self) {
        // Each fails only for a time that is not a number.
        let gain = self.master.gain();
        let now = self.master.context().current_time().max(self.started);
        let _ = gain.set_value_at_time(gain.value(), now);
        let _ = gain.linear_ramp_to_value_at_time(0.0, now + FADE);
    }
}

/// Schedules the notes, each with its attack and its decay.
fn schedule(context: &AudioContext, notes: &[Note], gain: f32) -> Result<Playing, JsValue> {
    let master = context.create_gain()?;
    master.gain().set_value(gain);
    master.connect_with_audio_node(&context.destination())?;
    let started = context.current_time();
    for note in notes {
        let tone = context.create_oscillator()?;
        tone.set_type(match note.wave {
            Wave::Sine => OscillatorType::Sine,
            Wave::Triangle => OscillatorType::Triangle,
            Wave::Square => OscillatorType::Square,
        });
        tone.frequency().set_value(note.pitch);
        let envelope = context.create_gain()?;
        let (start, level) = (started + note.start.as_secs_f64(), envelope.gain());
        let end = start + note.length.as_secs_f64();
        level.set_value_at_time(0.0, start)?;
        level.linear_ramp_to_value_at_time(note.level, start + note.attack.as_secs_f64())?;
        // An exponential ramp cannot end at 0; this is far below what can be heard.
        level.exponential_ramp_to_value_at_time(0.0001, end)?;
        tone.connect_with_audio_node(&envelope)?;
        envelope.connect_with_audio_node(&master)?;
        tone.start_with_when(start)?;
        tone.stop_with_when(end)?;
    }
    Ok(Playing { master, started })
}
