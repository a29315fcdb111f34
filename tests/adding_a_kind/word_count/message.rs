use crate::messages;

messages! {
    /// The texts of a word count, in each language.
    pub enum WordCountMessage {
        "name.word_count" Name { title: String }
            en "Word count — {title}"
            fr "Nombre de mots — {title}",
        "step.counting_words" Counting { paragraph: usize, paragraphs: usize }
            en "Counting paragraph {paragraph} of {paragraphs}"
            fr "Comptage du paragraphe {paragraph} sur {paragraphs}",
        "failure.word_count_empty" NoWords
            en "The text has no words."
            fr "Le texte ne contient aucun mot.",
    }
}
