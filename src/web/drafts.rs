//! What came of forms that people sent, kept for the page that they are sent back to: what was typed
//! into one that was refused, and once that another was accepted. It is lost with the process.

use crate::ui::request::SubmittedForm;
use axum::body::Bytes;
use axum::extract::Query;
use axum::http::{HeaderValue, Uri, header};
use axum::response::Response;
use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use url::form_urlencoded;

/// The parameter of an address that names a draft.
const PARAMETER: &str = "draft";
/// Drafts kept; the oldest goes first.
const MOST: usize = 100;
/// Bytes of a form that is kept: the longest story prompt in UTF-8, percent-encoded, four times.
const LONGEST: usize = 64 * 1024;

/// The latest drafts of all users.
#[derive(Debug, Default)]
pub struct Drafts(Mutex<VecDeque<Kept>>);

#[derive(Debug)]
struct Kept {
    id: String,
    user: String,
    draft: SubmittedForm,
    refused: bool,
}

impl Drafts {
    /// Keeps a form of a page, and names it in the address that its answer leads to.
    pub fn keep(&self, user: &str, form: &str, body: &Bytes, answer: &mut Response) {
        let fields: Vec<_> = form_urlencoded::parse(body).into_owned().collect();
        // Buttons have no nonce, and nothing to say.
        let told = body.len() <= LONGEST && fields.iter().any(|(name, _)| name == "nonce");
        let Some(back) = way_back(answer).filter(|_| told) else {
            return;
        };
        let refused = is_refused(&back);
        let id = uuid::Uuid::new_v4().simple().to_string();
        let Ok(back) = HeaderValue::from_str(&named(&back, &id)) else {
            return;
        };
        answer.headers_mut().insert(header::LOCATION, back);
        let mut all = self.all();
        all.truncate(MOST - 1);
        all.push_front(Kept {
            id,
            user: user.to_owned(),
            draft: SubmittedForm {
                path: form.to_owned(),
                fields: if refused { fields } else { Vec::new() },
            },
            refused,
        });
    }

    /// The draft of this user that an address names. That a form was accepted is told once.
    pub fn of(&self, user: &str, address: &Uri) -> Option<SubmittedForm> {
        let query = Query::<Vec<(String, String)>>::try_from_uri(address).ok()?;
        let (_, id) = query.iter().find(|(name, _)| name == PARAMETER)?;
        let mut all = self.all();
        let place = (all.iter()).position(|kept| kept.id == *id && kept.user == user)?;
        if all[place].refused {
            return Some(all[place].draft.clone());
        }
        all.remove(place).map(|kept| kept.draft)
    }

    fn all(&self) -> MutexGuard<'_, VecDeque<Kept>> {
        // Whoever panicked left whole drafts behind.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The address that a form's answer leads back to.
fn way_back(answer: &Response) -> Option<String> {
    let back = answer.headers().get(header::LOCATION)?.to_str().ok()?;
    Some(back.to_owned())
}

fn is_refused(back: &str) -> bool {
    let query = back.split_once('?').map_or("", |(_, query)| query);
    form_urlencoded::parse(query.as_bytes()).any(|(name, _)| name == "__err")
}

/// The address with the name of a draft, in place of the one before it.
fn named(address: &str, id: &str) -> String {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let mut pairs = form_urlencoded::Serializer::new(String::new());
    pairs.extend_pairs(
        form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| name != PARAMETER),
    );
    format!("{path}?{}", pairs.append_pair(PARAMETER, id).finish())
}

#[cfg(test)]
mod tests {
    use super::{Drafts, MOST};
    use axum::body::{Body, Bytes};
    use axum::http::{Response, Uri, header};

    fn answer(location: &str) -> Response<Body> {
        let answer = Response::builder().header(header::LOCATION, location);
        answer.body(Body::empty()).unwrap()
    }

    fn keep(drafts: &Drafts, back: &str, body: &'static str) -> Uri {
        let mut answer = answer(back);
        drafts.keep(
            "me",
            "/forms/x",
            &Bytes::from_static(body.as_bytes()),
            &mut answer,
        );
        answer.headers()[header::LOCATION]
            .to_str()
            .unwrap()
            .parse()
            .unwrap()
    }

    #[test]
    fn a_refused_form_is_found_by_the_address_that_it_led_to() {
        let drafts = Drafts::default();
        let back = keep(
            &drafts,
            "/stories?after=b&__path=%2Fforms%2Fx&__err=e&draft=old",
            "prompt=a+b%26c&cast=&nonce=1",
        );
        assert!(
            back.to_string()
                .starts_with("/stories?after=b&__path=%2Fforms%2Fx&__err=e&draft=")
        );
        assert!(!back.to_string().contains("old"));
        let draft = drafts.of("me", &back).unwrap();
        assert_eq!(draft.path, "/forms/x");
        assert_eq!(
            draft.fields,
            [
                ("prompt".to_owned(), "a b&c".to_owned()),
                ("cast".to_owned(), String::new()),
                ("nonce".to_owned(), "1".to_owned())
            ]
        );
        assert!(drafts.of("another", &back).is_none());
    }

    #[test]
    fn that_a_form_was_accepted_is_told_once() {
        let drafts = Drafts::default();
        let back = keep(&drafts, "/stories", "prompt=a&nonce=1");
        let told = drafts.of("me", &back).unwrap();
        assert_eq!((told.path.as_str(), told.fields.len()), ("/forms/x", 0));
        assert!(drafts.of("me", &back).is_none());
    }

    #[test]
    fn a_button_is_sent_back_as_it_came() {
        let drafts = Drafts::default();
        assert_eq!(keep(&drafts, "/jobs", "deed=pause").to_string(), "/jobs");
        assert!(drafts.all().is_empty());
    }

    #[test]
    fn the_oldest_go_first() {
        let drafts = Drafts::default();
        let first = keep(&drafts, "/stories?__err=e", "nonce=0");
        for _ in 0..MOST {
            keep(&drafts, "/stories?__err=e", "nonce=1");
        }
        assert!(drafts.of("me", &first).is_none());
        assert_eq!(drafts.all().len(), MOST);
    }
}
