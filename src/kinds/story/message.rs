//! The texts of the kind, in each language.

crate::messages! {
    /// What a story's job is called, what it is doing, and why it failed.
    pub enum StoryMessage {
        "name.story" Name { title: String }
            en "Story — {title}"
            fr "Histoire — {title}",
        "step.writing_chapter" WritingChapter { chapter: u32, chapters: u32, title: String }
            en "Writing chapter {chapter} of {chapters}: {title}"
            fr "Écriture du chapitre {chapter} sur {chapters} : {title}",
        "failure.story_input" InvalidInput { problem: String }
            en "No story can be written from this input: {problem}"
            fr "Aucune histoire ne peut être écrite à partir de ces données : {problem}",
    }
}
