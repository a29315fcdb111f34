//! The texts of the tray and its panel. [`Translation::fill`] fills in their placeholders.

use super::{Lang, Translation};
use crate::job::{JobState, Text};

pub const JOBS: Translation = Translation::new("Jobs", "Tâches");
pub const NO_JOBS: Translation = Translation::new("No jobs", "Aucune tâche");
pub const ALL_JOBS: Translation = Translation::new("My jobs", "Mes tâches");
pub const SEEN_ALL: Translation = Translation::new("Mark all as seen", "Tout marquer comme vu");

pub const BELL: Translation =
    Translation::new("Notify me when it’s done:", "Me prévenir à la fin :");
pub const BELL_DEFAULT: Translation = Translation::new("Default", "Par défaut");
pub const BELL_ALWAYS: Translation = Translation::new("Always", "Toujours");
pub const BELL_FAILURES: Translation =
    Translation::new("Only if it fails", "Seulement en cas d’échec");
pub const BELL_NEVER: Translation = Translation::new("Never", "Jamais");
pub const BELL_ON: Translation =
    Translation::new("Notify me when it’s done", "Me prévenir à la fin");
pub const BELL_OFF: Translation = Translation::new(
    "Don’t notify me when it’s done",
    "Ne pas me prévenir à la fin",
);
pub const BELL_SAVE: Translation = Translation::new("Save", "Enregistrer");

pub const RUNNING: Translation = Translation::new("Running", "En cours");
pub const PAUSED: Translation = Translation::new("Paused", "En pause");
pub const QUEUED: Translation = Translation::new("Queued", "En attente");
pub const FINISHED: Translation = Translation::new("Recent", "Récentes");
pub const MORE: Translation = Translation::new("{n} more", "{n} de plus");

pub const COUNT_RUNNING: Translation = Translation::new("{n} running", "{n} en cours");
pub const COUNT_QUEUED: Translation = Translation::new("{n} queued", "{n} en attente");
pub const COUNT_PAUSED: Translation = Translation::new("{n} paused", "{n} en pause");
pub const COUNT_FAILED: Translation = Translation::new("{n} failed", "Échecs : {n}");
pub const COUNT_READY: Translation = Translation::new("{n} ready", "{n} prêtes");
pub const COUNT_READY_ONE: Translation = Translation::new("1 ready", "1 prête");
pub const LABEL_OFFLINE: Translation = Translation::new("not connected", "hors ligne");
pub const BUTTON_OFFLINE: Translation = Translation::new("Offline", "Hors ligne");
pub const AGE: Translation = Translation::new("{t} ago", "il y a {t}");
pub const OFFLINE_LINE: Translation = Translation::new(
    "Connection lost. Last update {t} ago; your jobs keep running.",
    "Connexion perdue. Dernière mise à jour il y a {t} ; vos tâches continuent.",
);

pub const EMPTY_HEAD: Translation = Translation::new("No jobs running", "Aucune tâche en cours");
pub const EMPTY_LINE: Translation = Translation::new(
    "Start something and keep working; it stays here until you have seen the result.",
    "Lancez une tâche et continuez ; elle reste ici jusqu’à ce que vous ayez vu le résultat.",
);

pub const ESTIMATING: Translation = Translation::new("estimating…", "estimation…");
pub const LEFT: Translation = Translation::new("{t} left", "{t} restantes");
pub const ANY_MOMENT: Translation = Translation::new("any moment", "imminent");
pub const EXPECTED: Translation = Translation::new("about {t}", "environ {t}");
pub const NEXT: Translation = Translation::new("Next in line", "Suivante");
pub const AHEAD_IN_QUEUE: Translation = Translation::new("{n} ahead", "{n} avant elle");
pub const READY_AGO: Translation = Translation::new("Ready {t}", "Prête {t}");
pub const CANCELLED_AGO: Translation = Translation::new("Cancelled {t}", "Annulée {t}");
pub const TOOK: Translation = Translation::new("took", "durée");
pub const STALLED: Translation =
    Translation::new("No update for {t}", "Aucune nouvelle depuis {t}");
pub const NEW: Translation = Translation::new("not seen yet", "pas encore vue");

pub const PAUSE: Translation = Translation::new("Pause", "Mettre en pause");
pub const RESUME: Translation = Translation::new("Resume", "Reprendre");
pub const CANCEL: Translation = Translation::new("Cancel", "Annuler");
pub const RETRY: Translation = Translation::new("Retry", "Réessayer");
pub const PAUSING: Translation = Translation::new("Pausing…", "Mise en pause…");
pub const CANCELLING: Translation = Translation::new("Cancelling…", "Annulation…");
pub const NOT_FOUND: Translation =
    Translation::new("This job no longer exists.", "Cette tâche n’existe plus.");
pub const TOO_LATE: Translation = Translation::new(
    "Too late: the job has already finished.",
    "Trop tard : la tâche est déjà terminée.",
);
pub const UNAVAILABLE: Translation = Translation::new(
    "The server can’t do that right now. Try again in a moment.",
    "Le serveur ne peut pas le faire pour l’instant. Réessayez dans un moment.",
);

pub const ALL_DONE_AT: Translation = Translation::new("All done around {t}", "Fin prévue vers {t}");
pub const ALL_DONE_IN: Translation =
    Translation::new("All done in about {t}", "Fin prévue dans {t} environ");
pub const ANNOUNCE_READY: Translation = Translation::new("{name} is ready.", "Prêt : {name}.");
pub const ANNOUNCE_FAILED: Translation =
    Translation::new("{name} failed. {why}", "Échec : {name}. {why}");
pub const ANNOUNCE_MANY: Translation =
    Translation::new("{n} jobs finished.", "{n} tâches terminées.");

pub const WHOSE: Translation = Translation::new("Whose jobs", "Tâches affichées");
pub const MINE: Translation = Translation::new("Mine", "Les miennes");
pub const STUDIO: Translation = Translation::new("Studio", "Studio");
pub const SOUND: Translation = Translation::new("Sound", "Son");
pub const SOUND_BLOCKED: Translation = Translation::new(
    "Sound blocked: click the page",
    "Son bloqué : cliquez dans la page",
);
pub const SOUND_MISSING: Translation = Translation::new(
    "Sound: not available in this browser",
    "Son : indisponible dans ce navigateur",
);
pub const MUTED: Translation = Translation::new(
    "Alerts are off. Results still appear here.",
    "Alertes coupées ; les résultats restent visibles ici.",
);
pub const UNMUTE: Translation = Translation::new("Unmute", "Réactiver");

pub const TOASTS: Translation = Translation::new("Notifications ({key})", "Notifications ({key})");
pub const TOAST_READY: Translation = Translation::new("{name} is ready", "Prêt : {name}");
pub const TOAST_FAILED: Translation = Translation::new("{name} failed", "Échec : {name}");
pub const DONE_MANY: Translation = Translation::new("{n} jobs finished", "{n} tâches terminées");
pub const MORE_TOASTS: Translation = Translation::new("+{n} more", "{n} de plus");
pub const DISMISS: Translation = Translation::new("Dismiss", "Fermer");
pub const AWAY: Translation = Translation::new("While you were away", "Pendant votre absence");
pub const TEST_TOAST: Translation =
    Translation::new("Job messages appear here.", "Les messages s’affichent ici.");
pub const UNDO: Translation = Translation::new("Undo", "Relancer");
pub const CANCELLED_NAME: Translation =
    Translation::new("{name} was cancelled", "Annulée : {name}");
pub const CANCEL_WHAT: Translation = Translation::new("Cancel {name}?", "Arrêter {name} ?");
pub const CANCEL_RAN: Translation = Translation::new(
    "It has been running for {t}. That work will be lost.",
    "Elle tourne depuis {t} ; ce travail sera perdu.",
);
pub const KEEP: Translation = Translation::new("Keep running", "Laisser tourner");
pub const CANCEL_NOW: Translation = Translation::new("Cancel job", "Arrêter la tâche");

pub const SAVED: Translation = Translation::new("Saved", "Enregistré");
/// A state in one word.
pub const fn state(state: JobState) -> Translation {
    match state {
        JobState::Queued => QUEUED,
        JobState::Running => RUNNING,
        JobState::Paused => PAUSED,
        JobState::Completed => Translation::new("Ready", "Prête"),
        JobState::Failed => Translation::new("Failed", "Échec"),
        JobState::Cancelled => Translation::new("Cancelled", "Annulée"),
    }
}

impl Translation {
    /// The sentence with one placeholder filled in.
    pub fn fill(self, lang: Lang, placeholder: &str, value: impl ToString) -> String {
        Text::new("").with(placeholder, value).fill(self.get(lang))
    }
}
