//! The limits of each request. An error names the field that exceeds its limit.

use super::{ClaimRequest, NewJob, NewLogLine, NewResult, QueueError, Report};
use crate::i18n::{FixMessage, Translate};
use crate::job::{Failure, FailureCode, JobState, is_kind};
use crate::routes::IDEMPOTENCY_KEY;
use crate::validation::{FieldError, Format, Rule, Unit, check_name};
use serde_json::Value;

/// Characters of a job's name, a worker's name and a file's name.
const MAX_NAME_CHARS: usize = 200;
/// Characters of a step, and of a failure's sentences.
const MAX_STEP_CHARS: usize = 500;
const MAX_SENTENCE_CHARS: usize = 2000;
const MAX_REFS: usize = 20;
/// Bytes of one reference.
const MAX_REF_BYTES: usize = 200;
/// Bytes of an idempotency key.
const MAX_KEY_BYTES: usize = 255;
/// Bytes of an input and of a checkpoint, as JSON.
const MAX_DATA_BYTES: usize = 1024 * 1024;
/// Lines of one report.
const MAX_LINES: usize = 1000;
/// Bytes of a log line; a longer one is cut.
const MAX_LINE_BYTES: usize = 8 * 1024;
/// Bytes of a link.
const MAX_LINK_BYTES: usize = 2000;
/// The largest size of a result, in bytes: the most that a signed column of the store holds (2^63 - 1).
const MAX_RESULT_BYTES: f64 = 9_223_372_036_854_775_807.0;
const MAX_KINDS: usize = 50;
/// Jobs of one page or one list of ids.
pub(super) const MAX_PAGE: u32 = 200;
/// Lines of one page.
pub(super) const MAX_LOG_PAGE: u32 = 1000;

pub(super) type Checked<T = ()> = Result<T, QueueError>;

pub(super) fn invalid<T>(field: &str, rule: Rule) -> Checked<T> {
    Err(FieldError::new(field, rule).into())
}

/// The parts of a new job that do not depend on its kind.
pub(super) fn new_job(new: &NewJob) -> Checked {
    if !is_kind(&new.kind) {
        return invalid(
            "type",
            Rule::Format {
                format: Format::Slug,
            },
        );
    }
    if let Some(name) = &new.name {
        job_name("name", name)?;
    }
    refs("refs", &new.refs)?;
    if let Some(key) = &new.idempotency_key
        && (key.is_empty() || key.len() > MAX_KEY_BYTES || key.chars().any(char::is_control))
    {
        let rule = Rule::Length {
            min: 1,
            max: MAX_KEY_BYTES,
            unit: Unit::Bytes,
        };
        return invalid(IDEMPOTENCY_KEY, rule);
    }
    data("input", &new.input)
}

fn job_name(field: &str, name: &str) -> Checked {
    line(field, name, MAX_NAME_CHARS)?;
    check_name(name).or_else(|rule| invalid(field, rule))
}

pub(super) fn refs(field: &str, refs: &[String]) -> Checked {
    if refs.len() > MAX_REFS {
        return invalid(field, too_long(MAX_REFS, Unit::Entries));
    }
    for reference in refs {
        let parts = reference.split_once(':');
        let shaped = parts.is_some_and(|(kind, id)| is_kind(kind) && !id.is_empty());
        if !shaped || reference.len() > MAX_REF_BYTES || reference.chars().any(char::is_control) {
            return invalid(
                field,
                Rule::Format {
                    format: Format::Reference,
                },
            );
        }
    }
    Ok(())
}

pub(super) fn claim(request: &ClaimRequest) -> Checked {
    if request.kinds.is_empty() || request.kinds.len() > MAX_KINDS {
        let rule = Rule::Length {
            min: 1,
            max: MAX_KINDS,
            unit: Unit::Entries,
        };
        return invalid("types", rule);
    }
    if !request.kinds.iter().all(|kind| is_kind(kind)) {
        return invalid(
            "types",
            Rule::Format {
                format: Format::Slug,
            },
        );
    }
    line("worker", &request.worker, MAX_NAME_CHARS)?;
    if !(1..=3600).contains(&request.ttl_seconds) {
        return invalid(
            "ttlSeconds",
            Rule::Range {
                min: 1.0,
                max: 3600.0,
            },
        );
    }
    Ok(())
}

/// Checks a report and completes it: long lines are cut, and a missing fix is filled in from the failure code.
pub(super) fn report(report: &mut Report) -> Checked {
    if let Some(progress) = &mut report.progress {
        if !(0.0..=1.0).contains(progress) {
            return invalid("progress", Rule::Range { min: 0.0, max: 1.0 });
        }
        // Turns -0.0 into 0.0: the row would not keep the sign.
        *progress = progress.abs();
    }
    if let Some(step) = &report.step {
        line("currentStep", step, MAX_STEP_CHARS)?;
    }
    if report.log.len() > MAX_LINES {
        return invalid("log", too_long(MAX_LINES, Unit::Entries));
    }
    report.log.iter_mut().for_each(cut);
    if let Some(result) = &report.result {
        if report.state != Some(JobState::Completed) {
            return invalid("result", only_with_state(JobState::Completed));
        }
        new_result(result)?;
    }
    if let Some(failure) = &mut report.failure {
        if report.state != Some(JobState::Failed) {
            return invalid("failure", only_with_state(JobState::Failed));
        }
        new_failure(failure)?;
    }
    match &report.checkpoint {
        Some(checkpoint) => data("checkpoint", checkpoint),
        None => Ok(()),
    }
}

fn new_result(result: &NewResult) -> Checked {
    line("result.mediaType", &result.media_type, MAX_NAME_CHARS)?;
    if !result.media_type.contains('/') {
        return invalid(
            "result.mediaType",
            Rule::Format {
                format: Format::MediaType,
            },
        );
    }
    if i64::try_from(result.bytes).is_err() {
        let rule = Rule::Maximum {
            max: MAX_RESULT_BYTES,
        };
        return invalid("result.bytes", rule);
    }
    if let Some(name) = &result.download_name {
        line("result.downloadName", name, MAX_NAME_CHARS)?;
    }
    link("result.page", result.page.as_deref())?;
    link("result.href", result.href.as_deref())
}

fn new_failure(failure: &mut Failure) -> Checked {
    if !is_code(&failure.code) {
        return invalid(
            "failure.code",
            Rule::Format {
                format: Format::FailureCode,
            },
        );
    }
    paragraph("failure.summary", &failure.summary)?;
    if failure.fix.is_empty() {
        let code = FailureCode::parse(&failure.code).unwrap_or(FailureCode::ExitStatus);
        let fix = FixMessage::from(code);
        failure.fix = fix.english();
        failure.fix_text = Some(fix.text());
    }
    paragraph("failure.fix", &failure.fix)
}

fn too_long(max: usize, unit: Unit) -> Rule {
    Rule::TooLong { max, unit }
}

fn only_with_state(state: JobState) -> Rule {
    Rule::OnlyWith {
        field: "state".to_owned(),
        value: state.as_str().to_owned(),
    }
}

fn is_code(code: &str) -> bool {
    is_kind(code) && !code.contains('-')
}

/// Checks a text of one line: not empty, not too long, without control characters.
fn line(field: &str, text: &str, longest: usize) -> Checked {
    if text.trim().is_empty() {
        return invalid(field, Rule::NotEmpty);
    }
    if text.chars().count() > longest {
        return invalid(field, too_long(longest, Unit::Characters));
    }
    if text.chars().any(char::is_control) {
        return invalid(field, Rule::ControlCharacters);
    }
    Ok(())
}

/// Checks a text of several lines.
fn paragraph(field: &str, text: &str) -> Checked {
    let control = |c: char| c.is_control() && c != '\n' && c != '\t';
    if text.trim().is_empty() {
        return invalid(field, Rule::NotEmpty);
    }
    if text.chars().count() > MAX_SENTENCE_CHARS {
        return invalid(field, too_long(MAX_SENTENCE_CHARS, Unit::Characters));
    }
    if text.chars().any(control) {
        return invalid(field, Rule::ControlCharacters);
    }
    Ok(())
}

/// Checks a link that a page may show: a path of this site, or an http(s) address.
fn link(field: &str, link: Option<&str>) -> Checked {
    let Some(link) = link else { return Ok(()) };
    let own = link.starts_with('/') && !link.starts_with("//") && !link.contains('\\');
    let scheme = link
        .split_once("://")
        .map(|(scheme, rest)| (scheme.to_ascii_lowercase(), rest));
    let web = scheme.is_some_and(|(scheme, rest)| {
        matches!(scheme.as_str(), "http" | "https") && !rest.is_empty()
    });
    let clean = !link.chars().any(|c| c.is_control() || c.is_whitespace());
    if (own || web) && clean && link.len() <= MAX_LINK_BYTES {
        Ok(())
    } else {
        invalid(
            field,
            Rule::Format {
                format: Format::Link,
            },
        )
    }
}

fn data(field: &str, value: &Value) -> Checked {
    if holds_nul(value) {
        return invalid(field, Rule::ControlCharacters);
    }
    if value.to_string().len() > MAX_DATA_BYTES {
        return invalid(field, too_long(1, Unit::Mebibytes));
    }
    Ok(())
}

fn holds_nul(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('\0'),
        Value::Array(items) => items.iter().any(holds_nul),
        Value::Object(fields) => fields
            .iter()
            .any(|(name, value)| name.contains('\0') || holds_nul(value)),
        _ => false,
    }
}

/// Cuts a log line to its limit and replaces control characters that would break a terminal or a page; tabs and
/// colours stay.
fn cut(line: &mut NewLogLine) {
    let end = line.text.trim_end_matches(['\r', '\n']).len();
    line.text.truncate(end);
    if line.text.len() > MAX_LINE_BYTES {
        line.text.truncate(
            line.text
                .floor_char_boundary(MAX_LINE_BYTES - '…'.len_utf8()),
        );
        line.text.push('…');
    }
    let strange = |c: char| c.is_control() && c != '\t' && c != '\u{1b}';
    if line.text.contains(strange) {
        line.text = line.text.replace(strange, "\u{fffd}");
        line.text
            .truncate(line.text.floor_char_boundary(MAX_LINE_BYTES));
    }
}
