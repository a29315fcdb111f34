//! Finished work: files with ranges, under names that no browser misreads.

use super::WebState;
use super::problem::ApiError;
use super::rest::Named;
use crate::queue::{Artifact, FoundArtifact};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use tower::ServiceExt;
use tower_http::services::ServeFile;

/// Types that a browser may show in place: none of them can run anything.
const SHOWN: [&str; 9] = [
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

/// The artifact of a job, whole or in ranges.
pub async fn result(
    State(state): State<WebState>,
    Named(id): Named,
    request: Request,
) -> Result<Response, ApiError> {
    let FoundArtifact { artifact, path } = state.artifacts.find(&state.local, &id).await?;
    let Some(path) = path else {
        return elsewhere(&artifact);
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
        return Err(gone());
    }
    if let Ok(value) = HeaderValue::try_from(disposition(&artifact)) {
        response
            .headers_mut()
            .insert(header::CONTENT_DISPOSITION, value);
    }
    Ok(response)
}

/// A worker of the user's own may keep its result elsewhere.
fn elsewhere(artifact: &Artifact) -> Result<Response, ApiError> {
    let href = artifact.href.as_deref().ok_or_else(gone)?;
    Ok(Redirect::temporary(href).into_response())
}

fn gone() -> ApiError {
    ApiError::not_found("This job has no result.")
}

/// RFC 6266: a plain name for old clients, and the true one encoded.
fn disposition(artifact: &Artifact) -> String {
    let name = &artifact.download_name;
    let how = if SHOWN
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
    format!("{how}; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
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
        }
    }

    #[test]
    fn a_name_cannot_leave_its_quotes() {
        assert_eq!(
            disposition(&artifact("sc\u{e8}ne \"3\"\r\n.mp4", "video/mp4")),
            "inline; filename=\"sc_ne _3___.mp4\"; filename*=UTF-8''sc%C3%A8ne%20%223%22%0D%0A.mp4"
        );
    }

    #[test]
    fn what_could_run_is_only_downloaded() {
        for kind in ["text/html", "image/svg+xml", "application/pdf"] {
            assert!(
                disposition(&artifact("a", kind)).starts_with("attachment"),
                "{kind}"
            );
        }
    }
}
