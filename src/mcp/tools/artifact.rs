//! The files that jobs made, as much of them as an answer can hold.

use super::error::{ToolError, ToolErrorCode};
use crate::job::JobId;
use crate::mcp::context::McpContext;
use crate::queue::{Caller, FoundArtifact, QueueError};

/// Maximum size of the text in an answer of a tool, in bytes: about 16,000 tokens, which an assistant can still read.
const TEXT_BYTES: u64 = 64 * 1024;

/// The beginning of a text.
pub struct TextBeginning {
    pub text: String,
    /// Whether the artifact is longer than this.
    pub truncated: bool,
}

/// The result of a job, if it is a text file on this server: as much as an assistant can read at once.
pub async fn read_text(
    context: &McpContext,
    caller: &Caller,
    id: &JobId,
) -> Result<Option<TextBeginning>, ToolError> {
    let Some(found) = find(context, caller, id).await? else {
        return Ok(None);
    };
    if !is_text(&found.artifact.media_type) {
        return Ok(None);
    }
    let Some(bytes) = read(&found, TEXT_BYTES).await? else {
        return Ok(None);
    };
    let truncated = found.artifact.bytes > TEXT_BYTES;
    // The limit may split a character.
    let end = match std::str::from_utf8(&bytes) {
        Err(error) if truncated && error.error_len().is_none() => error.valid_up_to(),
        _ => bytes.len(),
    };
    Ok(Some(TextBeginning {
        text: String::from_utf8_lossy(&bytes[..end]).into_owned(),
        truncated,
    }))
}

/// The artifact of a job, if it has one.
pub async fn find(
    context: &McpContext,
    caller: &Caller,
    id: &JobId,
) -> Result<Option<FoundArtifact>, ToolError> {
    match context.artifacts.find(caller, id).await {
        Ok(found) => Ok(Some(found)),
        Err(QueueError::NotFound) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// The first bytes of an artifact, `limit` at most; none if the file is not ours.
pub async fn read(found: &FoundArtifact, limit: u64) -> Result<Option<Vec<u8>>, ToolError> {
    found.read(limit).await.map_err(|error| {
        tracing::error!(path = ?found.path, %error, "cannot read the file of an artifact");
        ToolError::new(
            ToolErrorCode::NotFound,
            "The file of this result is missing on the server. retry_job cannot bring it back; a new job can.",
        )
    })
}

pub fn is_text(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    essence.starts_with("text/") || essence == "application/json" || essence.ends_with("+json")
}
