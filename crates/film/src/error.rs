//! Why a film could not be made.

/// What went wrong on the way to a film.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the scene's art cannot be drawn: {0}")]
    Art(String),
    #[error("a picture of this size cannot be made")]
    Size,
    #[error("the encoder failed: {0}")]
    Encode(String),
    #[error("the film's file cannot be written: {0}")]
    Mp4(String),
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

impl From<mp4_atom::Error> for Error {
    fn from(error: mp4_atom::Error) -> Self {
        match error {
            mp4_atom::Error::Io(error) => Self::Io(error),
            error => Self::Mp4(error.to_string()),
        }
    }
}
