//! The kinds of job that the suite starts.

use futures::future::BoxFuture;
use jobtray::i18n::Translation;
use jobtray::job::{Action, FailureCode, Stream};
use jobtray::queue::{Caller, KindSpec, Prepared, Preparing, QueueError};
use jobtray::validation::{FieldError, Rule};
use jobtray::worker::{Finished, JobContext, JobHandler, Stop};
use serde_json::{Value, json};
use std::time::Duration;

/// How often a job checks for a pause or a cancel.
const STEP: Duration = Duration::from_millis(50);

pub enum SuiteKind {
    /// Runs for the seconds of its input, and is named by its label.
    SlowCompute,
    /// Runs for a second and fails.
    FailingJob,
}

impl SuiteKind {
    /// The name of the kind, and of the suite's tool that starts it.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::SlowCompute => "slow_compute",
            Self::FailingJob => "failing_job",
        }
    }
}

impl KindSpec for SuiteKind {
    fn kind(&self) -> &'static str {
        self.name()
    }

    fn label(&self) -> Translation {
        Translation::new("Conformance", "Conformité")
    }

    fn input_schema(&self) -> Value {
        json!({
            "type": "object",
            "properties": {
                "seconds": { "type": "number", "minimum": 0, "maximum": 600 },
                "label": { "type": "string" },
            },
        })
    }

    fn action(&self) -> Action {
        Action::Read
    }

    fn prepare<'a>(&'a self, _: &'a Caller, input: Value) -> Preparing<'a> {
        let seconds = input["seconds"].as_f64().unwrap_or(1.0);
        let prepared = if (0.0..=600.0).contains(&seconds) {
            Ok(Prepared {
                name: input["label"].as_str().unwrap_or(self.name()).to_owned(),
                name_text: None,
                estimate_seconds: Some(seconds),
                refs: Vec::new(),
                input: json!({ "seconds": seconds }),
            })
        } else {
            Err(QueueError::from(FieldError::new(
                "input.seconds",
                Rule::Range {
                    min: 0.0,
                    max: 600.0,
                },
            )))
        };
        Box::pin(std::future::ready(prepared))
    }
}

impl JobHandler for SuiteKind {
    fn run<'a>(&'a self, context: &'a dyn JobContext) -> BoxFuture<'a, Result<Finished, Stop>> {
        Box::pin(async move {
            let seconds = context.input()["seconds"].as_f64().unwrap_or_default();
            let end = tokio::time::Instant::now() + Duration::from_secs_f64(seconds);
            while tokio::time::Instant::now() < end {
                tokio::time::sleep(STEP).await;
                context.checkpoint(None).await?;
            }
            if matches!(self, Self::FailingJob) {
                return Err(Stop::Failed {
                    code: FailureCode::UpstreamRejected,
                    summary: "It fails, as it was asked to.".to_owned(),
                    text: None,
                });
            }
            context.log(Stream::Stdout, "computed");
            let file = context.scratch().join("computed");
            std::fs::write(&file, format!("Computed for {seconds} s.\n"))?;
            Ok(Finished {
                file,
                extension: "txt",
                media_type: "text/plain",
                download_name: "computed.txt".to_owned(),
                details: None,
            })
        })
    }
}
