//! What is let in: every limit names the field that broke it.

use super::{ClaimRequest, NewJob, NewLogLine, NewResult, QueueError, Report};
use crate::job::{Failure, FailureCode, JobState, check_name, is_kind};
use serde_json::Value;

/// Characters of a job's name, a worker's name and a file's name.
const NAME: usize = 200;
/// Characters of a step, and of a failure's sentences.
const STEP: usize = 500;
const SENTENCE: usize = 2000;
const REFS: usize = 20;
/// Bytes of one reference.
const REF: usize = 200;
/// Bytes of an idempotency key.
const KEY: usize = 255;
/// Bytes of an input and of a checkpoint, as JSON.
const DATA: usize = 1024 * 1024;
/// Lines of one report.
const LINES: usize = 1000;
/// Bytes of a line; what is longer is cut.
const LINE: usize = 8 * 1024;
/// Bytes of a link.
const LINK: usize = 2000;
const KINDS: usize = 50;
/// Jobs of one page or one list of ids.
pub(super) const PAGE: u32 = 200;
/// Lines of one page.
pub(super) const LOG_PAGE: u32 = 1000;

pub(super) type Checked<T = ()> = Result<T, QueueError>;

pub(super) fn invalid<T>(field: &str, problem: impl Into<String>) -> Checked<T> {
    Err(QueueError::Invalid {
        field: field.to_owned(),
        problem: problem.into(),
    })
}

/// The parts of a new job that do not depend on its kind.
pub(super) fn new_job(new: &NewJob) -> Checked {
    if !is_kind(&new.kind) {
        return invalid(
            "type",
            "expected a slug such as scene: a-z, 0-9, _ and -, 40 bytes at most",
        );
    }
    if let Some(name) = &new.name {
        job_name("name", name)?;
    }
    refs("refs", &new.refs)?;
    if let Some(key) = &new.idempotency_key
        && (key.is_empty() || key.len() > KEY || key.chars().any(char::is_control))
    {
        return invalid(
            "Idempotency-Key",
            format!("expected 1 to {KEY} bytes without control characters"),
        );
    }
    data("input", &new.input)
}

fn job_name(field: &str, name: &str) -> Checked {
    line(field, name, NAME)?;
    check_name(name).or_else(|problem| invalid(field, problem))
}

pub(super) fn refs(field: &str, refs: &[String]) -> Checked {
    if refs.len() > REFS {
        return invalid(field, format!("{REFS} at most"));
    }
    for reference in refs {
        let parts = reference.split_once(':');
        let shaped = parts.is_some_and(|(kind, id)| is_kind(kind) && !id.is_empty());
        if !shaped || reference.len() > REF || reference.chars().any(char::is_control) {
            return invalid(field, format!("expected kind:ID, {REF} bytes at most"));
        }
    }
    Ok(())
}

pub(super) fn claim(request: &ClaimRequest) -> Checked {
    if request.kinds.is_empty() || request.kinds.len() > KINDS {
        return invalid("types", format!("expected 1 to {KINDS}"));
    }
    if !request.kinds.iter().all(|kind| is_kind(kind)) {
        return invalid("types", "expected slugs such as scene");
    }
    line("worker", &request.worker, NAME)?;
    if !(1..=3600).contains(&request.ttl_seconds) {
        return invalid("ttlSeconds", "expected 1 to 3600");
    }
    Ok(())
}

/// Checks a report and puts it in order: long lines are cut, a missing fix is the code's own.
pub(super) fn report(report: &mut Report) -> Checked {
    if let Some(progress) = &mut report.progress {
        if !(0.0..=1.0).contains(progress) {
            return invalid("progress", "expected a number from 0 to 1");
        }
        // No minus before a zero, which a row would not keep.
        *progress = progress.abs();
    }
    if let Some(step) = &report.step {
        line("currentStep", step, STEP)?;
    }
    if report.log.len() > LINES {
        return invalid("log", format!("{LINES} lines at most in one report"));
    }
    report.log.iter_mut().for_each(cut);
    if let Some(result) = &report.result {
        if report.state != Some(JobState::Completed) {
            return invalid("result", "comes with the state completed alone");
        }
        new_result(result)?;
    }
    if let Some(failure) = &mut report.failure {
        if report.state != Some(JobState::Failed) {
            return invalid("failure", "comes with the state failed alone");
        }
        new_failure(failure)?;
    }
    match &report.checkpoint {
        Some(checkpoint) => data("checkpoint", checkpoint),
        None => Ok(()),
    }
}

fn new_result(result: &NewResult) -> Checked {
    line("result.mediaType", &result.media_type, NAME)?;
    if !result.media_type.contains('/') {
        return invalid(
            "result.mediaType",
            "expected a media type such as video/mp4",
        );
    }
    if i64::try_from(result.bytes).is_err() {
        return invalid("result.bytes", "too large");
    }
    if let Some(name) = &result.download_name {
        line("result.downloadName", name, NAME)?;
    }
    link("result.page", result.page.as_deref())?;
    link("result.href", result.href.as_deref())
}

fn new_failure(failure: &mut Failure) -> Checked {
    if !is_code(&failure.code) {
        return invalid(
            "failure.code",
            "expected a code in snake_case, 40 bytes at most",
        );
    }
    paragraph("failure.summary", &failure.summary)?;
    if failure.fix.is_empty() {
        let code = FailureCode::parse(&failure.code).unwrap_or(FailureCode::ExitStatus);
        code.default_fix().clone_into(&mut failure.fix);
    }
    paragraph("failure.fix", &failure.fix)
}

fn is_code(code: &str) -> bool {
    is_kind(code) && !code.contains('-')
}

/// A text of one line: not empty, not too long, without control characters.
fn line(field: &str, text: &str, longest: usize) -> Checked {
    if text.trim().is_empty() {
        return invalid(field, "must not be empty");
    }
    if text.chars().count() > longest {
        return invalid(field, format!("{longest} characters at most"));
    }
    if text.chars().any(char::is_control) {
        return invalid(field, "must not hold control characters");
    }
    Ok(())
}

/// A text of several lines.
fn paragraph(field: &str, text: &str) -> Checked {
    let control = |c: char| c.is_control() && c != '\n' && c != '\t';
    if text.trim().is_empty() {
        return invalid(field, "must not be empty");
    }
    if text.chars().count() > SENTENCE {
        return invalid(field, format!("{SENTENCE} characters at most"));
    }
    if text.chars().any(control) {
        return invalid(field, "must not hold control characters");
    }
    Ok(())
}

/// A link that a page may offer: of this site, or over HTTP.
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
    if (own || web) && clean && link.len() <= LINK {
        Ok(())
    } else {
        invalid(field, "expected /path or an http(s) address")
    }
}

fn data(field: &str, value: &Value) -> Checked {
    if holds_nul(value) {
        return invalid(field, "must not hold NUL");
    }
    if value.to_string().len() > DATA {
        return invalid(field, "1 MiB at most");
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

/// A log line as it is kept: one line, of bounded length, without what would break a terminal
/// or a page; tabs and colours stay.
fn cut(line: &mut NewLogLine) {
    let end = line.text.trim_end_matches(['\r', '\n']).len();
    line.text.truncate(end);
    if line.text.len() > LINE {
        line.text
            .truncate(line.text.floor_char_boundary(LINE - '…'.len_utf8()));
        line.text.push('…');
    }
    let strange = |c: char| c.is_control() && c != '\t' && c != '\u{1b}';
    if line.text.contains(strange) {
        line.text = line.text.replace(strange, "\u{fffd}");
        line.text.truncate(line.text.floor_char_boundary(LINE));
    }
}
