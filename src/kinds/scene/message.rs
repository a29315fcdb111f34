//! The texts of scene jobs, in each language.

use crate::messages;

messages! {
    /// What a scene job is called, what it does, and why it fails.
    pub enum SceneMessage {
        "name.scene" Name { character: String, number: u32 }
            en "{character} — Generating Scene {number}"
            fr "{character} — Génération de la scène {number}",
        "step.drawing_layers" DrawingLayers
            en "Drawing the layers"
            fr "Dessin des calques",
        "step.rendering_frame" RenderingFrame { frame: u32, frames: u32 }
            en "Rendering frame {frame} of {frames}"
            fr "Rendu de l’image {frame} sur {frames}",
        "step.writing_film" WritingFilm
            en "Writing the film"
            fr "Écriture du film",
        "failure.scene_art" Art { problem: String }
            en "The scene’s art cannot be drawn: {problem}"
            fr "L’illustration de la scène ne peut pas être dessinée : {problem}",
        "failure.scene_gone" Gone
            en "The scene or its character no longer exists."
            fr "La scène ou son personnage n’existe plus.",
    }
}
