//! The files that jobs have made, with ranges and safe download names.

use super::WebState;
use super::api_error::ApiError;
use super::job_path::JobPath;
use crate::queue::{Artifact, FoundArtifact};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use tower::ServiceExt;
use tower_http::services::ServeFile;

/// Media types that a browser may display: none of them can run scripts.
const INLINE: [&str; 9] = [
    "video/",
    "audio/",
    "image/png",
    "image/jpeg",
    "image/gif",
    "image/webp",
    "image/avif",
    "text/plain",
    "text/markdown",
];

/// The artifact of a job, whole or in ranges: `GET /api/v1/jobs/ID/result`.
pub async fn result(
    State(state): State<WebState>,
    JobPath(id): JobPath,
    request: Request,
) -> Result<Response, ApiError> {
    let FoundArtifact { artifact, path } = state.artifacts.find(&state.local, &id).await?;
    let Some(path) = path else {
        return redirect(&artifact);
    };
    let kind = artifact
        .media_type
        .parse()
        .unwrap_or(mime::APPLICATION_OCTET_STREAM);
    let Ok(served) = ServeFile::new_with_mime(&path, &kind)
        .oneshot(request)
        .await;
    let mut response = served.into_response();
    if response.status() == StatusCode::NOT_FOUND {
        tracing::error!(job = %id, path = %path.display(), "the file of an artifact is missing");
        return Err(no_result());
    }
    if let Ok(value) = HeaderValue::try_from(content_disposition(&artifact)) {
        response
            .headers_mut()
            .insert(header::CONTENT_DISPOSITION, value);
    }
    Ok(response)
}

/// An external worker may have given a link instead of a file.
fn redirect(artifact: &Artifact) -> Result<Response, ApiError> {
    let href = artifact.href.as_deref().ok_or_else(no_result)?;
    Ok(Redirect::temporary(href).into_response())
}

fn no_result() -> ApiError {
    ApiError::not_found("This job has no result.")
}

/// The `Content-Disposition` (RFC 6266): a plain name for old clients, and the exact one encoded.
fn content_disposition(artifact: &Artifact) -> String {
    let name = &artifact.download_name;
    let disposition = if INLINE
        .iter()
        .any(|kind| artifact.media_type.starts_with(kind))
    {
        "inline"
    } else {
        "attachment"
    };
    let plain: String = name
        .chars()
        .map(|c| match c {
            '"' | '\\' | '%' | '/' => '_',
            ' '..='~' => c,
            _ => '_',
        })
        .collect();
    let encoded: String = name
        .bytes()
        .map(|b| {
            if b.is_ascii_alphanumeric() || b"-._~".contains(&b) {
                char::from(b).to_string()
            } else {
                format!("%{b:02X}")
            }
        })
        .collect();
    format!("{disposition}; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn artifact(name: &str, media_type: &str) -> Artifact {
        Artifact {
            file: None,
            href: None,
            media_type: media_type.to_owned(),
            bytes: 0,
            download_name: name.to_owned(),
            details: None,
        }
    }

    #[test]
    fn a_download_name_cannot_end_its_quotes() {
        assert_eq!(
            content_disposition(&artifact("sc\u{e8}ne \"3\"\r\n.mp4", "video/mp4")),
            "inline; filename=\"sc_ne _3___.mp4\"; filename*=UTF-8''sc%C3%A8ne%20%223%22%0D%0A.mp4"
        );
    }

    #[test]
    fn media_types_that_can_run_scripts_are_downloaded() {
        for kind in ["text/html", "image/svg+xml", "application/pdf"] {
            assert!(
                content_disposition(&artifact("a", kind)).starts_with("attachment"),
                "{kind}"
            );
        }
    }
}
