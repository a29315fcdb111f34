use super::KIND;
use super::input::Input;
use super::message::WordCountMessage;
use crate::i18n::{Translate, Translation};
use crate::job::{Action, FailureCode, Stream};
use crate::queue::{Caller, KindSpec, Prepared, Preparing};
use crate::validation::{read_input, schema_of};
use crate::worker::{Finished, JobContext, JobHandler, Stop};
use futures::future::BoxFuture;
use serde_json::{Value, json};

/// Estimated seconds for a million bytes of text.
const SECONDS_PER_MILLION: f64 = 0.05;

/// Counts words.
pub struct WordCount;

impl KindSpec for WordCount {
    fn kind(&self) -> &'static str {
        KIND
    }

    fn label(&self) -> Translation {
        Translation::new("Word count", "Nombre de mots")
    }

    fn input_schema(&self) -> Value {
        schema_of::<Input>()
    }

    fn action(&self) -> Action {
        Action::Read
    }

    fn prepare<'a>(&'a self, _: &'a Caller, input: Value) -> Preparing<'a> {
        Box::pin(async move {
            let input: Input = read_input(&input)?;
            let name = WordCountMessage::Name {
                title: input.title.clone(),
            };
            #[expect(clippy::cast_precision_loss, reason = "an estimate")]
            let millions = input.text.len() as f64 / 1e6;
            Ok(Prepared {
                name: name.english(),
                name_text: Some(name.text()),
                estimate_seconds: Some(millions * SECONDS_PER_MILLION),
                refs: Vec::new(),
                input: json!(input),
            })
        })
    }
}

impl JobHandler for WordCount {
    fn run<'a>(&'a self, context: &'a dyn JobContext) -> BoxFuture<'a, Result<Finished, Stop>> {
        Box::pin(count(context))
    }
}

async fn count(context: &dyn JobContext) -> Result<Finished, Stop> {
    let input: Input = read_input(context.input()).map_err(std::io::Error::other)?;
    let paragraphs: Vec<_> = input.text.split("\n\n").collect();
    // The paragraphs and words that an interrupted run has counted.
    let saved = context.resume_from().cloned().unwrap_or_default();
    let (done, mut words): (usize, usize) = serde_json::from_value(saved).unwrap_or_default();
    for (index, paragraph) in paragraphs.iter().enumerate().skip(done) {
        let step = WordCountMessage::Counting {
            paragraph: index + 1,
            paragraphs: paragraphs.len(),
        };
        #[expect(clippy::cast_precision_loss, reason = "a fraction")]
        let progress = index as f64 / paragraphs.len() as f64;
        context.progress(progress, &step);
        let is_word = |word: &&str| word.contains(char::is_alphanumeric);
        words += paragraph.split_whitespace().filter(is_word).count();
        context.log(
            Stream::Stdout,
            &format!("paragraph {}: {words} words so far", index + 1),
        );
        // Saves the progress. Returns an error if the job was paused or cancelled.
        context.checkpoint(Some(json!([index + 1, words]))).await?;
    }
    if words == 0 {
        return Err(Stop::failed(
            FailureCode::InvalidInput,
            &WordCountMessage::NoWords,
        ));
    }
    let file = context.scratch().join("words.txt");
    tokio::fs::write(&file, format!("{words}\n")).await?;
    Ok(Finished {
        file,
        extension: "txt",
        media_type: "text/plain",
        download_name: "words.txt".to_owned(),
        details: None,
    })
}
