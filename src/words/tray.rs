//! The words of the tray and its panel. Gaps are filled with [`Words::fill`].

use super::{Lang, Words};
use crate::job::{JobState, Text};

pub const JOBS: Words = Words::new("Jobs", "Travaux");
pub const NO_JOBS: Words = Words::new("No jobs", "Aucun travail");
pub const ALL_JOBS: Words = Words::new("My jobs", "Mes travaux");
pub const SEEN_ALL: Words = Words::new("Mark all as seen", "Tout marquer comme vu");

pub const BELL: Words = Words::new("Tell me when it ends:", "Me prévenir à la fin :");
pub const BELL_DEFAULT: Words = Words::new("As in my settings", "Selon mes réglages");
pub const BELL_ALWAYS: Words = Words::new("Always", "Toujours");
pub const BELL_FAILURES: Words = Words::new("Only if it fails", "Seulement en cas d’échec");
pub const BELL_NEVER: Words = Words::new("Never", "Jamais");
pub const BELL_ON: Words = Words::new("Tell me when it ends", "Me prévenir à la fin");
pub const BELL_OFF: Words =
    Words::new("Do not tell me when it ends", "Ne pas me prévenir à la fin");
pub const BELL_KEEP: Words = Words::new("Keep this choice", "Garder ce choix");

pub const RUNNING: Words = Words::new("Running", "En cours");
pub const PAUSED: Words = Words::new("Paused", "En pause");
pub const QUEUED: Words = Words::new("Queued", "En attente");
pub const FINISHED: Words = Words::new("Just finished", "Vient de finir");
pub const MORE: Words = Words::new("{n} more", "{n} de plus");

pub const COUNT_RUNNING: Words = Words::new("{n} running", "{n} en cours");
pub const COUNT_QUEUED: Words = Words::new("{n} queued", "{n} en attente");
pub const COUNT_PAUSED: Words = Words::new("{n} paused", "{n} en pause");
pub const COUNT_FAILED: Words = Words::new("{n} failed", "{n} en échec");
pub const COUNT_READY: Words = Words::new("{n} ready", "{n} prêts");
pub const COUNT_READY_ONE: Words = Words::new("1 ready", "1 prêt");
pub const OFFLINE: Words = Words::new("not connected", "hors ligne");
pub const RECONNECTING: Words = Words::new("Reconnecting", "Reconnexion");
pub const OLD: Words = Words::new("{t} old", "il y a {t}");
pub const OFFLINE_LINE: Words = Words::new(
    "Not connected. What you see is {t} old; work goes on.",
    "Hors ligne. Vous voyez l’état d’il y a {t} ; le travail continue.",
);

pub const EMPTY_HEAD: Words = Words::new("Nothing is running", "Rien n’est en cours");
pub const EMPTY_LINE: Words = Words::new(
    "Start a scene or a story and keep working; it shows here until you have seen what came of it.",
    "Lancez une scène ou un récit et continuez ; vous le suivrez ici jusqu’à son résultat.",
);

pub const ESTIMATING: Words = Words::new("estimating…", "estimation…");
pub const LEFT: Words = Words::new("{t} left", "reste {t}");
pub const ANY_MOMENT: Words = Words::new("any moment", "imminent");
pub const EXPECTED: Words = Words::new("about {t}", "environ {t}");
pub const NEXT: Words = Words::new("Next", "Prochain");
pub const PLACE: Words = Words::new("{n} ahead", "{n} avant");
pub const READY_AGO: Words = Words::new("Ready {t}", "Prêt {t}");
pub const CANCELLED_AGO: Words = Words::new("Cancelled {t}", "Annulé {t}");
pub const TOOK: Words = Words::new("took", "durée");
pub const STALLED: Words = Words::new("No news for {t}", "Sans nouvelles depuis {t}");
pub const NEW: Words = Words::new("not seen yet", "pas encore vu");

pub const PAUSE: Words = Words::new("Pause", "Suspendre");
pub const RESUME: Words = Words::new("Resume", "Reprendre");
pub const CANCEL: Words = Words::new("Cancel", "Annuler");
pub const RETRY: Words = Words::new("Retry", "Réessayer");
pub const PAUSING: Words = Words::new("Pausing…", "Suspension…");
pub const CANCELLING: Words = Words::new("Cancelling…", "Annulation…");
pub const REFUSED: Words = Words::new(
    "That came too late: the job has already moved on.",
    "Trop tard : le travail a déjà changé d’état.",
);
pub const UNAVAILABLE: Words = Words::new(
    "The server cannot do that now. Try again in a moment.",
    "Le serveur ne peut pas le faire. Réessayez dans un instant.",
);

pub const ALL_DONE_AT: Words = Words::new("All done ≈ {t}", "Tout sera prêt ≈ {t}");
pub const ALL_DONE_IN: Words = Words::new("All done in about {t}", "Tout sera prêt dans {t} env.");
pub const SAID_READY: Words = Words::new("{name} is ready.", "{name} : prêt.");
pub const SAID_FAILED: Words = Words::new("{name} failed. {why}", "{name} : échec. {why}");
pub const SAID_MANY: Words = Words::new("{n} jobs finished.", "{n} travaux terminés.");

pub const WHOSE: Words = Words::new("Whose jobs", "Travaux de qui");
pub const MINE: Words = Words::new("Mine", "Miens");
pub const STUDIO: Words = Words::new("Studio", "Studio");
pub const SOUND: Words = Words::new("Sound", "Son");
pub const SOUND_BLOCKED: Words = Words::new(
    "Sound: blocked, click the page",
    "Son : bloqué, cliquez la page",
);
pub const SOUND_MISSING: Words = Words::new(
    "Sound: this browser cannot play any",
    "Son : ce navigateur ne peut pas en jouer",
);
pub const MUTED: Words = Words::new(
    "Muted: ends are only counted.",
    "Muet : les fins sont seulement comptées.",
);
pub const UNMUTE: Words = Words::new("Unmute", "Rétablir");

pub const TOASTS: Words = Words::new("What just ended ({key})", "Ce qui vient de finir ({key})");
pub const TOAST_READY: Words = Words::new("{name} is ready", "{name} : prêt");
pub const TOAST_FAILED: Words = Words::new("{name} failed", "{name} : échec");
pub const DONE_MANY: Words = Words::new("{n} jobs finished", "{n} travaux terminés");
pub const MORE_TOASTS: Words = Words::new("+{n} more", "+{n} de plus");
pub const DISMISS: Words = Words::new("Dismiss", "Fermer");
pub const AWAY: Words = Words::new("While you were away", "Pendant votre absence");
pub const TEST_TOAST: Words = Words::new(
    "This is where you hear of a job that ended.",
    "C’est ici que la fin d’un travail s’annonce.",
);
pub const UNDO: Words = Words::new("Undo", "Rétablir");
pub const CANCELLED_NAME: Words = Words::new("{name} was cancelled", "{name} : annulé");
pub const CANCEL_WHAT: Words = Words::new("Cancel {name}?", "Annuler {name} ?");
pub const CANCEL_RAN: Words = Words::new(
    "It has run for {t}, which would be lost.",
    "Il tourne depuis {t}, qui seraient perdus.",
);
pub const KEEP: Words = Words::new("Keep it", "Garder");
pub const CANCEL_NOW: Words = Words::new("Cancel it", "Annuler");

pub const SAVED: Words = Words::new("Saved", "Enregistré");
/// A state in one word.
pub const fn state(state: JobState) -> Words {
    match state {
        JobState::Queued => QUEUED,
        JobState::Running => RUNNING,
        JobState::Paused => PAUSED,
        JobState::Completed => Words::new("Ready", "Prêt"),
        JobState::Failed => Words::new("Failed", "Échec"),
        JobState::Cancelled => Words::new("Cancelled", "Annulé"),
    }
}

impl Words {
    /// The sentence with one gap filled.
    pub fn fill(self, lang: Lang, gap: &str, value: impl ToString) -> String {
        Text::new("").with(gap, value).fill(self.say(lang))
    }
}
