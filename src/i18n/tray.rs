//! The words of the tray and its panel. Gaps are filled with [`Translation::fill`].

use super::{Lang, Translation};
use crate::job::{JobState, Text};

pub const JOBS: Translation = Translation::new("Jobs", "Travaux");
pub const NO_JOBS: Translation = Translation::new("No jobs", "Aucun travail");
pub const ALL_JOBS: Translation = Translation::new("My jobs", "Mes travaux");
pub const SEEN_ALL: Translation = Translation::new("Mark all as seen", "Tout marquer comme vu");

pub const BELL: Translation = Translation::new("Tell me when it ends:", "Me prévenir à la fin :");
pub const BELL_DEFAULT: Translation = Translation::new("As in my settings", "Selon mes réglages");
pub const BELL_ALWAYS: Translation = Translation::new("Always", "Toujours");
pub const BELL_FAILURES: Translation =
    Translation::new("Only if it fails", "Seulement en cas d’échec");
pub const BELL_NEVER: Translation = Translation::new("Never", "Jamais");
pub const BELL_ON: Translation = Translation::new("Tell me when it ends", "Me prévenir à la fin");
pub const BELL_OFF: Translation =
    Translation::new("Do not tell me when it ends", "Ne pas me prévenir à la fin");
pub const BELL_KEEP: Translation = Translation::new("Keep this choice", "Garder ce choix");

pub const RUNNING: Translation = Translation::new("Running", "En cours");
pub const PAUSED: Translation = Translation::new("Paused", "En pause");
pub const QUEUED: Translation = Translation::new("Queued", "En attente");
pub const FINISHED: Translation = Translation::new("Just finished", "Vient de finir");
pub const MORE: Translation = Translation::new("{n} more", "{n} de plus");

pub const COUNT_RUNNING: Translation = Translation::new("{n} running", "{n} en cours");
pub const COUNT_QUEUED: Translation = Translation::new("{n} queued", "{n} en attente");
pub const COUNT_PAUSED: Translation = Translation::new("{n} paused", "{n} en pause");
pub const COUNT_FAILED: Translation = Translation::new("{n} failed", "{n} en échec");
pub const COUNT_READY: Translation = Translation::new("{n} ready", "{n} prêts");
pub const COUNT_READY_ONE: Translation = Translation::new("1 ready", "1 prêt");
pub const OFFLINE: Translation = Translation::new("not connected", "hors ligne");
pub const RECONNECTING: Translation = Translation::new("Reconnecting", "Reconnexion");
pub const OLD: Translation = Translation::new("{t} old", "il y a {t}");
pub const OFFLINE_LINE: Translation = Translation::new(
    "Not connected. What you see is {t} old; work goes on.",
    "Hors ligne. Vous voyez l’état d’il y a {t} ; le travail continue.",
);

pub const EMPTY_HEAD: Translation = Translation::new("Nothing is running", "Rien n’est en cours");
pub const EMPTY_LINE: Translation = Translation::new(
    "Start a scene or a story and keep working; it shows here until you have seen what came of it.",
    "Lancez une scène ou un récit et continuez ; vous le suivrez ici jusqu’à son résultat.",
);

pub const ESTIMATING: Translation = Translation::new("estimating…", "estimation…");
pub const LEFT: Translation = Translation::new("{t} left", "reste {t}");
pub const ANY_MOMENT: Translation = Translation::new("any moment", "imminent");
pub const EXPECTED: Translation = Translation::new("about {t}", "environ {t}");
pub const NEXT: Translation = Translation::new("Next", "Prochain");
pub const PLACE: Translation = Translation::new("{n} ahead", "{n} avant");
pub const READY_AGO: Translation = Translation::new("Ready {t}", "Prêt {t}");
pub const CANCELLED_AGO: Translation = Translation::new("Cancelled {t}", "Annulé {t}");
pub const TOOK: Translation = Translation::new("took", "durée");
pub const STALLED: Translation = Translation::new("No news for {t}", "Sans nouvelles depuis {t}");
pub const NEW: Translation = Translation::new("not seen yet", "pas encore vu");

pub const PAUSE: Translation = Translation::new("Pause", "Suspendre");
pub const RESUME: Translation = Translation::new("Resume", "Reprendre");
pub const CANCEL: Translation = Translation::new("Cancel", "Annuler");
pub const RETRY: Translation = Translation::new("Retry", "Réessayer");
pub const PAUSING: Translation = Translation::new("Pausing…", "Suspension…");
pub const CANCELLING: Translation = Translation::new("Cancelling…", "Annulation…");
pub const REFUSED: Translation = Translation::new(
    "That came too late: the job has already moved on.",
    "Trop tard : le travail a déjà changé d’état.",
);
pub const UNAVAILABLE: Translation = Translation::new(
    "The server cannot do that now. Try again in a moment.",
    "Le serveur ne peut pas le faire. Réessayez dans un instant.",
);

pub const ALL_DONE_AT: Translation = Translation::new("All done ≈ {t}", "Tout sera prêt ≈ {t}");
pub const ALL_DONE_IN: Translation =
    Translation::new("All done in about {t}", "Tout sera prêt dans {t} env.");
pub const SAID_READY: Translation = Translation::new("{name} is ready.", "{name} : prêt.");
pub const SAID_FAILED: Translation =
    Translation::new("{name} failed. {why}", "{name} : échec. {why}");
pub const SAID_MANY: Translation = Translation::new("{n} jobs finished.", "{n} travaux terminés.");

pub const WHOSE: Translation = Translation::new("Whose jobs", "Travaux de qui");
pub const MINE: Translation = Translation::new("Mine", "Miens");
pub const STUDIO: Translation = Translation::new("Studio", "Studio");
pub const SOUND: Translation = Translation::new("Sound", "Son");
pub const SOUND_BLOCKED: Translation = Translation::new(
    "Sound: blocked, click the page",
    "Son : bloqué, cliquez la page",
);
pub const SOUND_MISSING: Translation = Translation::new(
    "Sound: this browser cannot play any",
    "Son : ce navigateur ne peut pas en jouer",
);
pub const MUTED: Translation = Translation::new(
    "Muted: ends are only counted.",
    "Muet : les fins sont seulement comptées.",
);
pub const UNMUTE: Translation = Translation::new("Unmute", "Rétablir");

pub const TOASTS: Translation =
    Translation::new("What just ended ({key})", "Ce qui vient de finir ({key})");
pub const TOAST_READY: Translation = Translation::new("{name} is ready", "{name} : prêt");
pub const TOAST_FAILED: Translation = Translation::new("{name} failed", "{name} : échec");
pub const DONE_MANY: Translation = Translation::new("{n} jobs finished", "{n} travaux terminés");
pub const MORE_TOASTS: Translation = Translation::new("+{n} more", "+{n} de plus");
pub const DISMISS: Translation = Translation::new("Dismiss", "Fermer");
pub const AWAY: Translation = Translation::new("While you were away", "Pendant votre absence");
pub const TEST_TOAST: Translation = Translation::new(
    "This is where you hear of a job that ended.",
    "C’est ici que la fin d’un travail s’annonce.",
);
pub const UNDO: Translation = Translation::new("Undo", "Rétablir");
pub const CANCELLED_NAME: Translation = Translation::new("{name} was cancelled", "{name} : annulé");
pub const CANCEL_WHAT: Translation = Translation::new("Cancel {name}?", "Annuler {name} ?");
pub const CANCEL_RAN: Translation = Translation::new(
    "It has run for {t}, which would be lost.",
    "Il tourne depuis {t}, qui seraient perdus.",
);
pub const KEEP: Translation = Translation::new("Keep it", "Garder");
pub const CANCEL_NOW: Translation = Translation::new("Cancel it", "Annuler");

pub const SAVED: Translation = Translation::new("Saved", "Enregistré");
/// A state in one word.
pub const fn state(state: JobState) -> Translation {
    match state {
        JobState::Queued => QUEUED,
        JobState::Running => RUNNING,
        JobState::Paused => PAUSED,
        JobState::Completed => Translation::new("Ready", "Prêt"),
        JobState::Failed => Translation::new("Failed", "Échec"),
        JobState::Cancelled => Translation::new("Cancelled", "Annulé"),
    }
}

impl Translation {
    /// The sentence with one gap filled.
    pub fn fill(self, lang: Lang, gap: &str, value: impl ToString) -> String {
        Text::new("").with(gap, value).fill(self.get(lang))
    }
}
