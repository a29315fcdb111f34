//! The words of the studio's pages.

use super::Words;

pub const SKIP: Words = Words::new("Skip to the content", "Aller au contenu");
pub const NAVIGATION: Words = Words::new("Main", "Principale");
pub const CHARACTERS: Words = Words::new("Characters", "Personnages");
pub const STORIES: Words = Words::new("Stories", "Histoires");
pub const LEARN: Words = Words::new("Learn", "Apprendre");
pub const MY_JOBS: Words = Words::new("My jobs", "Mes tâches");
pub const SETTINGS: Words = Words::new("Settings", "Réglages");
pub const HOME: Words = Words::new("Home", "Accueil");
pub const TAGLINE: Words = Words::new(
    "Long work runs in the tray while you go on.",
    "Les travaux longs tournent dans le bac pendant que vous continuez.",
);

pub const NOT_FOUND: Words = Words::new("Nothing here", "Rien ici");
pub const NOT_FOUND_WHY: Words = Words::new(
    "What was here has gone, or the address is mistyped.",
    "Ce qui était ici a disparu, ou l’adresse est mal saisie.",
);
pub const BACK_HOME: Words = Words::new("Go to the studio", "Aller au studio");
