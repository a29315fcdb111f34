//! What jobs made and said, as an assistant can take it: text as text, media as bytes up to a limit.

use super::Mcp;
use super::refusal::Refused;
use super::telling::Telling;
use crate::job::{Job, LogLine, Stream};
use crate::queue::{Artifact, Caller, FoundArtifact, QueueError};
use crate::routes::job_result;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use rmcp::model::ResourceContents;
use std::fmt::Write;

/// Bytes of text that stand in a tool's answer: about 16,000 tokens, which an assistant can still read.
const SHORT_TEXT: u64 = 64 * 1024;
/// Bytes of a result that come whole; a larger one is a link. Clients hold an answer in memory, as base64.
const WHOLE: u64 = 4 * 1024 * 1024;

/// The beginning of a text.
pub struct Text {
    pub text: String,
    pub goes_on: bool,
}

/// What a job made, where it is text: as much as an assistant reads at once.
pub async fn short_text(mcp: &Mcp, caller: &Caller, job: &Job) -> Result<Option<Text>, Refused> {
    let Some(found) = find(mcp, caller, job).await? else {
        return Ok(None);
    };
    if !is_text(&found.artifact.media_type) {
        return Ok(None);
    }
    let Some(bytes) = read(&found, SHORT_TEXT).await? else {
        return Ok(None);
    };
    let goes_on = found.artifact.bytes > SHORT_TEXT;
    // The end may stand in the middle of a letter.
    let end = match std::str::from_utf8(&bytes) {
        Err(error) if goes_on && error.error_len().is_none() => error.valid_up_to(),
        _ => bytes.len(),
    };
    Ok(Some(Text {
        text: String::from_utf8_lossy(&bytes[..end]).into_owned(),
        goes_on,
    }))
}

/// All of what a job made, or where it is.
pub async fn whole(
    mcp: &Mcp,
    caller: &Caller,
    job: &Job,
    uri: &str,
) -> Result<ResourceContents, Refused> {
    let Some(found) = find(mcp, caller, job).await? else {
        let says = format!(
            "There is no result. {}",
            Telling::new(&mcp.shared.site).job(job)
        );
        return Err(Refused::new("not_found", says));
    };
    let artifact = &found.artifact;
    let media_type = artifact.media_type.clone();
    if artifact.bytes > WHOLE {
        return Ok(elsewhere(mcp, job, artifact, uri));
    }
    let Some(bytes) = read(&found, WHOLE).await? else {
        return Ok(elsewhere(mcp, job, artifact, uri));
    };
    let contents = match String::from_utf8(bytes) {
        Ok(text) if is_text(&media_type) => ResourceContents::text(text, uri),
        Ok(text) => ResourceContents::blob(BASE64_STANDARD.encode(text), uri),
        Err(error) => ResourceContents::blob(BASE64_STANDARD.encode(error.into_bytes()), uri),
    };
    Ok(contents.with_mime_type(media_type))
}

/// A result that is too large for an answer, or that lies with somebody else.
fn elsewhere(mcp: &Mcp, job: &Job, artifact: &Artifact, uri: &str) -> ResourceContents {
    let own = job_result(&job.job_id);
    let href = Telling::new(&mcp.shared.site).link(artifact.href.as_ref().unwrap_or(&own));
    let (size, media_type) = (artifact.bytes, &artifact.media_type);
    let says = format!("{href}\n\nThe result ({media_type}, {size} bytes) is downloaded there.\n");
    ResourceContents::text(says, uri).with_mime_type("text/plain")
}

async fn find(mcp: &Mcp, caller: &Caller, job: &Job) -> Result<Option<FoundArtifact>, Refused> {
    match mcp.shared.artifacts.find(caller, &job.job_id).await {
        Ok(found) => Ok(Some(found)),
        Err(QueueError::NotFound) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// The first bytes of a finished file; none where the file is not ours.
async fn read(found: &FoundArtifact, most: u64) -> Result<Option<Vec<u8>>, Refused> {
    found.read(most).await.map_err(|error| {
        tracing::error!(path = ?found.path, %error, "the file of an artifact cannot be read");
        Refused::new("not_found", "The file of this result is missing on the server; retry_job cannot bring it back, a new job can.")
    })
}

fn is_text(media_type: &str) -> bool {
    let kind = media_type.split(';').next().unwrap_or_default().trim();
    kind.starts_with("text/") || kind == "application/json" || kind.ends_with("+json")
}

/// Log lines as a text, one a line.
pub fn log_text(lines: &[LogLine]) -> String {
    let mut text = String::new();
    for line in lines {
        let stream = match line.stream {
            Stream::Stdout => "stdout",
            Stream::Stderr => "stderr",
        };
        // Writing into a string does not fail.
        let _ = writeln!(text, "{} {stream} {}", line.at, line.text);
    }
    text
}
