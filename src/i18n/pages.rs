//! The texts of the studio's pages.

use super::{Lang, Translation};

pub const SKIP: Translation = Translation::new("Skip to the content", "Aller au contenu");
pub const NAVIGATION: Translation = Translation::new("Main", "Principale");
pub const CHARACTERS: Translation = Translation::new("Characters", "Personnages");
pub const LEARN: Translation = Translation::new("Learn", "Apprendre");
pub const MY_JOBS: Translation = Translation::new("My jobs", "Mes tâches");
pub const SETTINGS: Translation = Translation::new("Settings", "Réglages");
pub const HOME: Translation = Translation::new("Home", "Accueil");
pub const TAGLINE: Translation = Translation::new(
    "Jobs run in the background while you work.",
    "Vos tâches tournent en arrière-plan pendant que vous travaillez.",
);

pub const NOT_FOUND: Translation = Translation::new("Page not found", "Page introuvable");
pub const NOT_FOUND_WHY: Translation = Translation::new(
    "It may have been removed, or the address is wrong.",
    "Elle a peut-être été supprimée, ou l’adresse est incorrecte.",
);
pub const BACK_HOME: Translation = Translation::new("Back to home", "Retour à l’accueil");

pub const FAILED: Translation = Translation::new("Something went wrong", "L’opération a échoué");
pub const INVALID: Translation =
    Translation::new("Check the marked fields.", "Vérifiez les champs signalés.");
pub const CONFLICT: Translation = Translation::new(
    "Too late: the job has already changed.",
    "Trop tard : la tâche a déjà changé d’état.",
);
pub const UNAVAILABLE: Translation = Translation::new(
    "The server can’t read or save right now. Try again in a moment.",
    "Le serveur ne peut ni lire ni enregistrer pour l’instant. Réessayez dans un moment.",
);
pub const NO_ANSWER: Translation = Translation::new(
    "The server didn’t answer. Check your connection and try again.",
    "Le serveur n’a pas répondu. Vérifiez votre connexion et réessayez.",
);

pub const CHARACTERS_LEAD: Translation = Translation::new(
    "The cast of your scenes and stories.",
    "Les personnages de vos scènes et de vos histoires.",
);
pub const SCENES: Translation = Translation::new("Scenes", "Scènes");
pub const NO_SCENES: Translation = Translation::new("No scenes yet.", "Pas encore de scène.");
pub const DETAILS: Translation = Translation::new("Details", "Fiche");
pub const NAME: Translation = Translation::new("Name", "Nom");
pub const ROLE: Translation = Translation::new("Role", "Rôle");
pub const AGE: Translation = Translation::new("Age", "Âge");
pub const VOICE: Translation = Translation::new("Voice", "Voix");
pub const DESCRIPTION: Translation = Translation::new("Description", "Description");
pub const TAGS: Translation = Translation::new("Tags", "Étiquettes");
pub const TAGS_HINT: Translation =
    Translation::new("Separated by commas", "Séparées par des virgules");
pub const SAVE: Translation = Translation::new("Save", "Enregistrer");
pub const SAVING: Translation = Translation::new("Saving…", "Enregistrement…");
pub const SAVED: Translation = Translation::new("Saved", "Enregistré");
pub const MORE: Translation = Translation::new("Show more", "Afficher la suite");
pub const TRAIL: Translation = Translation::new("You are here", "Vous êtes ici");

/// `Scene 3`
pub fn scene_number(lang: Lang, number: u32) -> String {
    let noun = Translation::new("Scene", "Scène").get(lang);
    format!("{noun}\u{a0}{number}")
}

pub const CAMERA: Translation = Translation::new("Camera", "Caméra");
pub const MOOD: Translation = Translation::new("Mood", "Ambiance");
pub const LENGTH: Translation = Translation::new("Length", "Durée");
pub const SIZE: Translation = Translation::new("Size", "Taille");
pub const STARTING: Translation = Translation::new("Starting…", "Lancement…");
pub const STARTED: Translation = Translation::new(
    "Started. Follow it in the tray.",
    "Tâche lancée. Suivez-la en haut de la page.",
);

/// How the camera moves.
pub fn camera(word: &str) -> Translation {
    match word {
        "push" => Translation::new("Push in", "Travelling avant"),
        "pull" => Translation::new("Pull out", "Travelling arrière"),
        "pan_left" => Translation::new("Pan left", "Panoramique à gauche"),
        "pan_right" => Translation::new("Pan right", "Panoramique à droite"),
        "rise" => Translation::new("Rise", "Montée"),
        _ => Translation::new("Static shot", "Plan fixe"),
    }
}

pub const RUNNING_NOW: Translation = Translation::new("Running now", "En cours");
pub const CONTINUE: Translation =
    Translation::new("Continue where you left off", "Reprendre où vous en étiez");
pub const RECENT: Translation = Translation::new("Recent results", "Derniers résultats");
pub const NO_RECENT: Translation = Translation::new(
    "Your results will appear here.",
    "Vos résultats s’afficheront ici.",
);

pub const STATUS: Translation = Translation::new("Status", "État");
pub const RESULT_PENDING: Translation = Translation::new("Not ready yet", "Pas encore prêt");
pub const RESULT_PENDING_WAIT: Translation = Translation::new(
    "Your result will appear here. You can leave this page.",
    "Votre résultat s’affichera ici. Vous pouvez quitter cette page.",
);
pub const NO_RESULT: Translation = Translation::new(
    "The job finished without a result.",
    "La tâche s’est terminée sans résultat.",
);
pub const CREATED_BY: Translation = Translation::new("Started by", "Lancée par");
pub const JOB_AND_LOG: Translation = Translation::new("Job and log", "Tâche et journal");

pub const LANGUAGE: Translation = Translation::new("Language", "Langue");

pub const JOBS_LEAD: Translation = Translation::new(
    "Everything you started, newest first.",
    "Toutes vos tâches, de la plus récente à la plus ancienne.",
);
pub const HISTORY: Translation = Translation::new("History", "Historique");
pub const FILTER: Translation = Translation::new("Filter by state", "Filtrer par état");
pub const ALL: Translation = Translation::new("All", "Toutes");
pub const NO_JOBS: Translation = Translation::new("No jobs here.", "Aucune tâche ici.");
pub const JOB_DETAILS: Translation = Translation::new("Details", "Détails");
pub const LOG: Translation = Translation::new("Log", "Journal");
pub const NO_LOG: Translation =
    Translation::new("No output yet.", "Rien dans le journal pour l’instant.");
pub const INPUT: Translation = Translation::new("Input", "Paramètres");
pub const SEE_RESULT: Translation = Translation::new("See the result", "Voir le résultat");
pub const KIND: Translation = Translation::new("Type", "Type");
pub const ATTEMPT: Translation = Translation::new("Attempt", "Tentative");
pub const RAN_FOR: Translation = Translation::new("Run time", "Durée d’exécution");
pub const CREATED: Translation = Translation::new("Created", "Créée");
pub const BEGAN: Translation = Translation::new("Started", "Démarrée");
pub const ENDED: Translation = Translation::new("Finished", "Terminée");
pub const CODE: Translation = Translation::new("Error code", "Code d’erreur");
pub const JOB_ID: Translation = Translation::new("Job ID", "Identifiant");

pub const LEARN_LEAD: Translation = Translation::new(
    "Coming soon: a teacher to talk to, with podcasts and quizzes made in the background.",
    "Bientôt disponible : un professeur à qui parler, avec des podcasts et des quiz créés en arrière-plan.",
);
pub const PLAN_CHAT: (Translation, Translation) = (
    Translation::new("Ask anything", "Posez vos questions"),
    Translation::new(
        "The teacher answers right away and keeps talking while jobs run.",
        "Le professeur répond aussitôt et continue pendant que les tâches tournent.",
    ),
);
pub const PLAN_PODCAST: (Translation, Translation) = (
    Translation::new("Listen", "Écoutez"),
    Translation::new(
        "Two voices explain a topic, made from your own notes.",
        "Deux voix expliquent un sujet à partir de vos notes.",
    ),
);
pub const PLAN_QUIZ: (Translation, Translation) = (
    Translation::new("Test yourself", "Testez-vous"),
    Translation::new(
        "A quiz on what you have just learned.",
        "Un quiz sur ce que vous venez d’apprendre.",
    ),
);
pub const SETTINGS_LEAD: Translation =
    Translation::new("Saved to your account.", "Enregistrés dans votre compte.");
pub const LANGUAGE_AUTO: Translation = Translation::new(
    "Automatic (browser language)",
    "Automatique (langue du navigateur)",
);
pub const SCOPE: Translation = Translation::new("Show in the tray", "Afficher dans le suivi");
pub const SCOPE_MINE: Translation = Translation::new("My jobs", "Mes tâches");
pub const SCOPE_STUDIO: Translation = Translation::new("The whole studio", "Tout le studio");
pub const THEME_HINT: Translation = Translation::new(
    "Theme and motion follow your system.",
    "Le thème et les animations suivent votre système.",
);
pub const SETTINGS_TRAY: Translation = Translation::new("General", "Général");
pub const SETTINGS_TOASTS: Translation =
    Translation::new("Messages in the app", "Messages dans l’application");
pub const SETTINGS_SOUND: Translation = Translation::new("Sound", "Son");
pub const SETTINGS_DESKTOP: Translation =
    Translation::new("Desktop notifications", "Notifications du bureau");
pub const SETTINGS_MUTE: Translation = Translation::new("Do not disturb", "Ne pas déranger");
pub const TOAST_SECONDS: Translation = Translation::new(
    "Hide success messages after (seconds)",
    "Masquer les succès après (secondes)",
);
pub const FAILURE_SECONDS: Translation = Translation::new(
    "Hide failure messages after (seconds)",
    "Masquer les échecs après (secondes)",
);
pub const FAILURE_SECONDS_HINT: Translation = Translation::new(
    "Leave empty to keep them.",
    "Laisser vide pour les garder affichés.",
);
pub const MINIMUM_SECONDS: Translation = Translation::new(
    "Only alert me about jobs longer than (seconds)",
    "M’alerter seulement pour les tâches de plus de (secondes)",
);
pub const MINIMUM_SECONDS_HINT: Translation = Translation::new(
    "Shorter jobs appear in the tray only. Failures always alert you.",
    "Les tâches plus courtes n’apparaissent que dans le suivi. Les échecs vous alertent toujours.",
);
pub const MUTED_KINDS: Translation = Translation::new(
    "Job types without success alerts",
    "Types de tâches sans alerte de succès",
);
pub const MUTED_KINDS_HINT: Translation = Translation::new(
    "Successes appear in the tray only. Failures, and jobs whose bell is set to Always, still alert you.",
    "Les succès n’apparaissent que dans le suivi. Les échecs vous alertent toujours, de même qu’une tâche dont la cloche est réglée sur « Toujours ».",
);
pub const SOUND_ON: Translation = Translation::new(
    "Play a sound when a job finishes",
    "Jouer un son à la fin d’une tâche",
);
pub const VOLUME: Translation = Translation::new("Volume", "Volume");
pub const SUCCESS_SOUND: Translation = Translation::new("On success", "En cas de succès");
pub const FAILURE_SOUND: Translation = Translation::new("On failure", "En cas d’échec");
pub const KIND_SOUNDS: Translation =
    Translation::new("Sound per job type", "Son par type de tâche");
pub const DEFAULT_SOUND: Translation = Translation::new("Default", "Par défaut");
pub const PREVIEW: Translation = Translation::new("Preview", "Écouter");
pub const DESKTOP_ON: Translation = Translation::new(
    "Notify me when jobtray is in the background",
    "M’avertir quand jobtray est en arrière-plan",
);
pub const DESKTOP_HINT: Translation = Translation::new(
    "Your browser will ask for permission.",
    "Votre navigateur vous demandera l’autorisation.",
);
pub const NOT_MUTED: Translation = Translation::new("Alerts are on.", "Les alertes sont actives.");
pub const MUTED_UNTIL: Translation =
    Translation::new("Alerts are off until", "Alertes coupées jusqu’au");
pub const MUTE_HOUR: Translation = Translation::new("Mute for 1 hour", "Couper pendant 1 h");
pub const MUTE_MORNING: Translation =
    Translation::new("Until tomorrow, 8:00", "Jusqu’à demain, 8 h");
pub const MUTE_OPEN: Translation =
    Translation::new("Until I turn it back on", "Jusqu’à ce que je les réactive");

pub const TEST: Translation = Translation::new("Test my alerts", "Tester mes alertes");
pub const TEST_TITLE: Translation = Translation::new("Test your alerts", "Tester vos alertes");
pub const TEST_LINE: Translation = Translation::new(
    "Sends a sample message, sound and notification, and tells you what blocks them.",
    "Envoie un exemple de message, de son et de notification, et signale ce qui les bloque.",
);
pub const TESTED_TOAST: Translation = Translation::new(
    "Message: shown in the corner of the page.",
    "Message : affiché dans le coin de la page.",
);
pub const TESTED_MUTED: Translation = Translation::new(
    "Do not disturb is on: jobs won’t alert you until it ends.",
    "Le mode Ne pas déranger est actif : aucune alerte avant sa fin.",
);
pub const TESTED_SOUND: Translation = Translation::new("Sound: played.", "Son : joué.");
pub const TESTED_SILENT: Translation = Translation::new(
    "Sound: the volume is 0. Turn it up above.",
    "Son : le volume est à 0. Montez-le ci-dessus.",
);
pub const TESTED_SOUND_OFF: Translation = Translation::new(
    "Sound: switched off. Switch it on above.",
    "Son : désactivé. Activez-le ci-dessus.",
);
pub const TESTED_SOUND_BLOCKED: Translation = Translation::new(
    "Sound: blocked by the browser. Allow sound for this site in its settings, then click again.",
    "Son : bloqué par le navigateur. Autorisez le son pour ce site, puis cliquez à nouveau.",
);
pub const TESTED_SOUND_MISSING: Translation = Translation::new(
    "Sound: this browser cannot play any. Use desktop notifications instead.",
    "Son : ce navigateur ne peut pas en jouer. Utilisez les notifications du bureau.",
);
pub const TESTED_DESKTOP: Translation = Translation::new(
    "Desktop: sent. If you saw nothing, allow your browser in the system’s notification settings.",
    "Bureau : notification envoyée. Si vous n’avez rien vu, autorisez votre navigateur dans les réglages de notifications du système.",
);
pub const TESTED_DESKTOP_OFF: Translation = Translation::new(
    "Desktop: switched off. Switch it on above.",
    "Bureau : désactivé. Activez-le ci-dessus.",
);
pub const DESKTOP_NOT_ASKED: Translation = Translation::new(
    "Desktop: your browser hasn’t asked for permission yet. Switch it off and on again.",
    "Bureau : autorisation pas encore demandée. Désactivez puis réactivez.",
);
pub const DESKTOP_DENIED: Translation = Translation::new(
    "Desktop: blocked. Allow notifications in your browser’s site settings (icon by the address), then reload.",
    "Bureau : bloqué. Autorisez les notifications dans les réglages du site (icône près de l’adresse), puis rechargez.",
);
pub const DESKTOP_INSECURE: Translation = Translation::new(
    "Desktop: not available over an insecure connection. Open jobtray over https, or at 127.0.0.1 on the machine it runs on.",
    "Bureau : indisponible sur une connexion non sécurisée. Ouvrez jobtray en https, ou à l’adresse 127.0.0.1 sur la machine où il tourne.",
);
pub const DESKTOP_MISSING: Translation = Translation::new(
    "Desktop: this browser has no notifications. On a phone, add jobtray to the home screen first.",
    "Bureau : ce navigateur n’a pas de notifications. Sur un téléphone, ajoutez d’abord jobtray à l’écran d’accueil.",
);
