//! The words of the studio's pages.

use super::{Lang, Translation, time};

pub const SKIP: Translation = Translation::new("Skip to the content", "Aller au contenu");
pub const NAVIGATION: Translation = Translation::new("Main", "Principale");
pub const CHARACTERS: Translation = Translation::new("Characters", "Personnages");
pub const STORIES: Translation = Translation::new("Stories", "Histoires");
pub const LEARN: Translation = Translation::new("Learn", "Apprendre");
pub const MY_JOBS: Translation = Translation::new("My jobs", "Mes travaux");
pub const SETTINGS: Translation = Translation::new("Settings", "Réglages");
pub const HOME: Translation = Translation::new("Home", "Accueil");
pub const TAGLINE: Translation = Translation::new(
    "Long work runs in the tray while you go on.",
    "Les travaux longs tournent dans le bac pendant que vous continuez.",
);

pub const NOT_FOUND: Translation = Translation::new("Nothing here", "Rien ici");
pub const NOT_FOUND_WHY: Translation = Translation::new(
    "What was here has gone, or the address is mistyped.",
    "Ce qui était ici a disparu, ou l’adresse est mal saisie.",
);
pub const BACK_HOME: Translation = Translation::new("Go to the studio", "Aller au studio");

pub const FAILED: Translation = Translation::new("This did not work", "Cela n’a pas marché");
pub const INVALID: Translation = Translation::new(
    "Something in the form needs another look.",
    "Quelque chose dans le formulaire est à revoir.",
);
pub const CONFLICT: Translation = Translation::new(
    "The job has moved on: that is no longer possible.",
    "Le travail a avancé : ce n’est plus possible.",
);
pub const UNAVAILABLE: Translation = Translation::new(
    "The server cannot read or save right now. Try again in a moment.",
    "Le serveur ne peut ni lire ni enregistrer pour l’instant. Réessayez dans un moment.",
);
pub const NO_ANSWER: Translation = Translation::new(
    "The server did not answer. Check the connection and try again.",
    "Le serveur n’a pas répondu. Vérifiez la connexion et réessayez.",
);

pub const CHARACTERS_LEAD: Translation = Translation::new(
    "Who plays in your scenes and stories.",
    "Qui joue dans vos scènes et vos histoires.",
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
pub const SEED: Translation = Translation::new("Seed", "Graine");
pub const SEED_HINT: Translation =
    Translation::new("Same seed, same film", "Même graine, même film");
pub const SEED_ANY: Translation = Translation::new("Any", "Au choix");
pub const SECONDS: Translation = Translation::new("Seconds", "Secondes");
pub const GENERATE_HEAD: Translation = Translation::new("Make a segment", "Créer un segment");
pub const STARTING: Translation = Translation::new("Starting…", "Lancement…");
pub const STARTED: Translation = Translation::new(
    "Started. Follow it in the tray.",
    "Lancé. Suivez-le dans le bac.",
);
pub const SEGMENTS: Translation = Translation::new("Finished segments", "Segments terminés");
pub const NO_SEGMENTS: Translation = Translation::new(
    "Nothing was made of this scene yet. The first segment will stand here.",
    "Rien n’a encore été fait de cette scène. Le premier segment sera ici.",
);

/// How the camera moves.
pub fn camera(word: &str) -> Translation {
    match word {
        "push" => Translation::new("Push in", "Travelling avant"),
        "pull" => Translation::new("Pull out", "Travelling arrière"),
        "pan_left" => Translation::new("Pan left", "Panoramique à gauche"),
        "pan_right" => Translation::new("Pan right", "Panoramique à droite"),
        "rise" => Translation::new("Rise", "Montée"),
        _ => Translation::new("Hold", "Plan fixe"),
    }
}

/// `Generate Scene 3`
pub fn generate_scene(lang: Lang, number: u32) -> String {
    let verb = Translation::new("Generate", "Générer la").get(lang);
    let noun = Translation::new("Scene", "scène").get(lang);
    format!("{verb} {noun}\u{a0}{number}")
}

pub const RUNNING_NOW: Translation = Translation::new("Now", "Maintenant");
pub const NOTHING_RUNS: Translation = Translation::new(
    "Nothing is running. Start something below and keep working.",
    "Rien n’est en cours. Lancez quelque chose ci-dessous et continuez.",
);
pub const CONTINUE: Translation = Translation::new("Continue where you were", "Reprendre");
pub const RECENT: Translation = Translation::new("Recent results", "Derniers résultats");
pub const NO_RECENT: Translation = Translation::new(
    "What you make will stand here.",
    "Ce que vous créez sera ici.",
);

pub const STANDING: Translation = Translation::new("Where it stands", "Où il en est");
pub const MAKING: Translation = Translation::new("Not ready yet", "Pas encore prêt");
pub const MAKING_WAIT: Translation = Translation::new(
    "The result will stand here as soon as the work is done. You can go on elsewhere.",
    "Le résultat sera ici dès que le travail est fini. Vous pouvez continuer ailleurs.",
);
pub const MAKING_ENDED: Translation = Translation::new(
    "The work ended without a result.",
    "Le travail s’est terminé sans résultat.",
);
pub const FRAMES: Translation = Translation::new("Frame rate", "Cadence");
pub const FILE: Translation = Translation::new("File", "Fichier");
pub const TOOK: Translation = Translation::new("Took", "Durée du calcul");
pub const MADE_BY: Translation = Translation::new("Made by", "Créé par");
pub const FINISHED: Translation = Translation::new("Finished", "Terminé");
pub const PREVIOUS: Translation = Translation::new("← Previous", "← Précédent");
pub const NEXT: Translation = Translation::new("Next →", "Suivant →");
pub const OPEN_SCENE: Translation = Translation::new("Open the scene", "Ouvrir la scène");
pub const JOB_AND_LOG: Translation = Translation::new("Job and log", "Travail et journal");
pub const AGAIN: Translation = Translation::new("Render again", "Refaire le rendu");

pub const STORIES_LEAD: Translation = Translation::new(
    "Written in chapters from your own idea.",
    "Écrites en chapitres à partir de votre idée.",
);
pub const NO_STORIES: Translation = Translation::new(
    "No stories yet. Tell what one should be about, and go on while it is written.",
    "Pas encore d’histoire. Dites de quoi elle parlera et continuez pendant qu’elle s’écrit.",
);
pub const WRITE_HEAD: Translation = Translation::new("Write a story", "Écrire une histoire");
pub const WRITE: Translation = Translation::new("Write it", "L’écrire");
pub const PROMPT: Translation = Translation::new("Idea", "Idée");
pub const PROMPT_HINT: Translation = Translation::new(
    "One or two sentences are enough",
    "Une ou deux phrases suffisent",
);
pub const CAST: Translation = Translation::new("Cast", "Personnages");
pub const CHAPTERS: Translation = Translation::new("Chapters", "Chapitres");
pub const LANGUAGE: Translation = Translation::new("Language", "Langue");
pub const CONTENTS: Translation = Translation::new("Contents", "Sommaire");

pub const JOBS_LEAD: Translation = Translation::new(
    "Everything you started, newest first.",
    "Tout ce que vous avez lancé, du plus récent au plus ancien.",
);
pub const HISTORY: Translation = Translation::new("History", "Historique");
pub const FILTER: Translation = Translation::new("By state", "Par état");
pub const ALL: Translation = Translation::new("All", "Tous");
pub const NO_JOBS: Translation = Translation::new("No jobs here.", "Aucun travail ici.");
pub const FACTS: Translation = Translation::new("Facts", "Données");
pub const LOG: Translation = Translation::new("Log", "Journal");
pub const NO_LOG: Translation =
    Translation::new("Nothing was logged yet.", "Le journal est encore vide.");
pub const INPUT: Translation = Translation::new("What was asked", "Ce qui était demandé");
pub const SEE_RESULT: Translation = Translation::new("See the result", "Voir le résultat");
pub const KIND: Translation = Translation::new("Kind", "Type");
pub const ATTEMPT: Translation = Translation::new("Attempt", "Essai");
pub const RAN_FOR: Translation = Translation::new("Ran for", "A tourné");
pub const CREATED: Translation = Translation::new("Submitted", "Soumis");
pub const BEGAN: Translation = Translation::new("Started", "Commencé");
pub const ENDED: Translation = Translation::new("Ended", "Terminé");
pub const CODE: Translation = Translation::new("Failure", "Échec");
pub const JOB_ID: Translation = Translation::new("Job", "Travail");

pub const LEARN_LEAD: Translation = Translation::new(
    "A teacher to talk to, with podcasts and quizzes made in the background. It is not here yet.",
    "Un professeur à qui parler, avec des podcasts et des quiz faits en arrière-plan. Pas encore là.",
);
pub const PLAN_CHAT: (Translation, Translation) = (
    Translation::new("Ask anything", "Posez vos questions"),
    Translation::new(
        "The teacher answers at once, and goes on while longer work runs.",
        "Le professeur répond aussitôt et continue pendant les travaux plus longs.",
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
    Translation::new("Try yourself", "Testez-vous"),
    Translation::new(
        "A quiz on what you have just learned.",
        "Un quiz sur ce que vous venez d’apprendre.",
    ),
);
pub const LEARN_NOW: Translation = Translation::new(
    "Until then, scenes and stories are ready to be made.",
    "D’ici là, scènes et histoires vous attendent.",
);
pub const SETTINGS_LEAD: Translation = Translation::new(
    "Yours, on every device.",
    "Les vôtres, sur chaque appareil.",
);
pub const LANGUAGE_AUTO: Translation =
    Translation::new("As the browser asks", "Comme le demande le navigateur");
pub const SCOPE: Translation = Translation::new("The tray shows", "Le bac montre");
pub const SCOPE_MINE: Translation = Translation::new("My jobs", "Mes travaux");
pub const SCOPE_STUDIO: Translation = Translation::new("The whole studio", "Tout le studio");
pub const SETTINGS_LATER: Translation = Translation::new(
    "Colours follow your system: light or dark, motion or none.",
    "Les couleurs suivent votre système : clair ou sombre, avec ou sans animation.",
);
pub const SETTINGS_TRAY: Translation = Translation::new("Language and tray", "Langue et bac");
pub const SETTINGS_TOASTS: Translation = Translation::new("On the page", "Sur la page");
pub const SETTINGS_SOUND: Translation = Translation::new("Sound", "Son");
pub const SETTINGS_DESKTOP: Translation = Translation::new("On the desktop", "Sur le bureau");
pub const SETTINGS_MUTE: Translation = Translation::new("Quiet time", "Temps calme");
pub const TOAST_SECONDS: Translation = Translation::new(
    "A success stays, in seconds",
    "Un succès reste, en secondes",
);
pub const FAILURE_SECONDS: Translation =
    Translation::new("A failure stays, in seconds", "Un échec reste, en secondes");
pub const FAILURE_SECONDS_HINT: Translation = Translation::new(
    "Empty: until you dismiss it.",
    "Vide : jusqu’à ce que vous le fermiez.",
);
pub const MINIMUM_SECONDS: Translation = Translation::new(
    "Tell me of work that took at least, in seconds",
    "M’annoncer un travail d’au moins, en secondes",
);
pub const MINIMUM_SECONDS_HINT: Translation = Translation::new(
    "Shorter successes show in the tray alone. Failures are always told.",
    "Les succès plus courts restent dans le bac. Les échecs sont toujours annoncés.",
);
pub const MUTED_KINDS: Translation = Translation::new(
    "Kinds of work that end quietly",
    "Types de travail qui finissent sans bruit",
);
pub const MUTED_KINDS_HINT: Translation = Translation::new(
    "Their successes show in the tray alone. Failures are told as ever, and so is a job whose bell says always.",
    "Leurs succès restent dans le bac. Les échecs sont annoncés comme d’habitude, de même qu’un travail dont la cloche dit toujours.",
);
pub const SOUND_ON: Translation = Translation::new(
    "Play a sound when my job ends",
    "Jouer un son à la fin de mon travail",
);
pub const VOLUME: Translation = Translation::new("Volume", "Volume");
pub const SUCCESS_SOUND: Translation = Translation::new("When it is done", "En cas de succès");
pub const FAILURE_SOUND: Translation = Translation::new("When it failed", "En cas d’échec");
pub const KIND_SOUNDS: Translation = Translation::new(
    "A sound of its own for a kind of work",
    "Un son propre à un type de travail",
);
pub const LIKE_ALL: Translation = Translation::new("Like all others", "Comme les autres");
pub const PREVIEW: Translation = Translation::new("Listen", "Écouter");
pub const DESKTOP_ON: Translation = Translation::new(
    "Notify me while no page of jobtray has the focus",
    "M’avertir quand aucune page de jobtray n’est active",
);
pub const DESKTOP_HINT: Translation = Translation::new(
    "Your browser asks for your consent when you switch this on.",
    "Votre navigateur demande votre accord quand vous l’activez.",
);
pub const NOT_MUTED: Translation = Translation::new(
    "Ends are told as chosen above.",
    "Les fins sont annoncées comme choisi plus haut.",
);
pub const MUTED_UNTIL: Translation = Translation::new(
    "Counted and not told until",
    "Comptées sans être annoncées jusqu’au",
);
pub const MUTE_HOUR: Translation = Translation::new("Mute for 1 hour", "Silence pendant 1 heure");
pub const MUTE_MORNING: Translation =
    Translation::new("Until tomorrow 8:00", "Jusqu’à demain 8:00");
pub const MUTE_OPEN: Translation = Translation::new("Until I unmute", "Jusqu’à nouvel ordre");

pub const TEST: Translation = Translation::new("Test my alerts", "Tester mes alertes");
pub const TEST_TITLE: Translation =
    Translation::new("Does it reach you?", "Est-ce que cela vous parvient ?");
pub const TEST_LINE: Translation = Translation::new(
    "Shows a toast, plays your sound and notifies you, and says what is in the way.",
    "Affiche une annonce, joue votre son, vous avertit, et dit ce qui l’empêche.",
);
pub const TESTED_TOAST: Translation = Translation::new(
    "On the page: shown in the corner.",
    "Sur la page : affiché dans le coin.",
);
pub const TESTED_MUTED: Translation = Translation::new(
    "Quiet time: real ends are not told before it is over. Unmute above to hear them.",
    "Temps calme : rien n’est annoncé avant sa fin. Rétablissez les annonces ci-dessus.",
);
pub const TESTED_SOUND: Translation = Translation::new("Sound: played.", "Son : joué.");
pub const TESTED_SILENT: Translation = Translation::new(
    "Sound: the volume is 0. Turn it up above.",
    "Son : le volume est à 0. Montez-le ci-dessus.",
);
pub const TESTED_SOUND_OFF: Translation = Translation::new(
    "Sound: switched off. Switch it on above.",
    "Son : désactivé. Activez-le ci-dessus.",
);
pub const TESTED_SOUND_BLOCKED: Translation = Translation::new(
    "Sound: blocked by the browser. Allow sound for this site in its settings, then click again.",
    "Son : bloqué par le navigateur. Autorisez le son pour ce site, puis cliquez à nouveau.",
);
pub const TESTED_SOUND_MISSING: Translation = Translation::new(
    "Sound: this browser cannot make any. Use desktop notifications instead.",
    "Son : ce navigateur ne peut pas en jouer. Utilisez les notifications du bureau.",
);
pub const TESTED_DESKTOP: Translation = Translation::new(
    "Desktop: sent. If you saw nothing, allow your browser in the system’s notification settings.",
    "Bureau : envoyé. Sinon, autorisez le navigateur dans les notifications du système.",
);
pub const TESTED_DESKTOP_OFF: Translation = Translation::new(
    "Desktop: switched off. Switch it on above.",
    "Bureau : désactivé. Activez-le ci-dessus.",
);
pub const DESKTOP_UNASKED: Translation = Translation::new(
    "Desktop: your browser has not asked you yet. Switch it off and on again.",
    "Bureau : le navigateur n’a pas encore demandé. Désactivez puis réactivez.",
);
pub const DESKTOP_DENIED: Translation = Translation::new(
    "Desktop: denied. A page cannot ask again: allow notifications for this site beside the browser’s address, then reload.",
    "Bureau : refusé. Une page ne peut pas redemander : autorisez les notifications de ce site près de l’adresse, puis rechargez.",
);
pub const DESKTOP_INSECURE: Translation = Translation::new(
    "Desktop: not possible over an insecure connection. Open jobtray by https, or by 127.0.0.1 on its own machine.",
    "Bureau : impossible sur une connexion non sûre. Ouvrez jobtray en https, ou par 127.0.0.1 sur sa machine.",
);
pub const DESKTOP_MISSING: Translation = Translation::new(
    "Desktop: this browser shows no notifications. On a phone, add jobtray to the home screen first.",
    "Bureau : ce navigateur n’a pas de notifications. Sur un téléphone, ajoutez d’abord jobtray à l’écran d’accueil.",
);

/// `25 frames a second`
pub fn per_second(lang: Lang, frames: u32) -> String {
    let unit = Translation::new("frames/s", "images/s").get(lang);
    format!("{frames}\u{a0}{unit}")
}

/// `9 chapters`
pub fn chapters(lang: Lang, amount: u32) -> String {
    let (one, many) = (
        Translation::new("chapter", "chapitre"),
        Translation::new("chapters", "chapitres"),
    );
    time::count(lang, amount.into(), one, many)
}

/// `1,234 words`
pub fn words(lang: Lang, amount: u32) -> String {
    let (one, many) = (
        Translation::new("word", "mot"),
        Translation::new("words", "mots"),
    );
    time::count(lang, amount.into(), one, many)
}
