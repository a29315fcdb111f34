//! The outcome of forms that were submitted without scripts, for the page that they redirect to: the fields
//! of a rejected form, or, once, that a form was accepted. Kept in memory only.

use crate::routes::FORM_ERROR;
use crate::ui::request::SubmittedForm;
use axum::body::Bytes;
use axum::extract::Query;
use axum::http::{HeaderValue, Uri, header};
use axum::response::Response;
use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use url::form_urlencoded;

/// The query parameter with the id of a form.
const PARAMETER: &str = "draft";
/// Forms that are kept; the oldest is dropped first.
const MAX_FORMS: usize = 100;
/// The largest form that is kept, in bytes: four times the longest story prompt in UTF-8, percent-encoded.
const MAX_BYTES: usize = 64 * 1024;

/// The latest forms of all users.
#[derive(Debug, Default)]
pub struct SubmittedForms(Mutex<VecDeque<Kept>>);

#[derive(Debug)]
struct Kept {
    id: String,
    user: String,
    form: SubmittedForm,
    rejected: bool,
}

impl SubmittedForms {
    /// Keeps a form, and puts its id into the address that the response redirects to.
    pub fn keep(&self, user: &str, path: &str, body: &Bytes, response: &mut Response) {
        let fields: Vec<_> = form_urlencoded::parse(body).into_owned().collect();
        // Buttons have no nonce and no outcome to show.
        let is_kept = body.len() <= MAX_BYTES && fields.iter().any(|(name, _)| name == "nonce");
        let Some(target) = redirect_target(response).filter(|_| is_kept) else {
            return;
        };
        let rejected = is_rejected(&target);
        let id = uuid::Uuid::new_v4().simple().to_string();
        let Ok(target) = HeaderValue::from_str(&with_form_id(&target, &id)) else {
            return;
        };
        response.headers_mut().insert(header::LOCATION, target);
        let mut all = self.all();
        all.truncate(MAX_FORMS - 1);
        all.push_front(Kept {
            id,
            user: user.to_owned(),
            form: SubmittedForm {
                path: path.to_owned(),
                fields: if rejected { fields } else { Vec::new() },
            },
            rejected,
        });
    }

    /// The form of this user whose id is in the address. An accepted form is returned once.
    pub fn find(&self, user: &str, address: &Uri) -> Option<SubmittedForm> {
        let query = Query::<Vec<(String, String)>>::try_from_uri(address).ok()?;
        let (_, id) = query.iter().find(|(name, _)| name == PARAMETER)?;
        let mut all = self.all();
        let place = (all.iter()).position(|kept| kept.id == *id && kept.user == user)?;
        if all[place].rejected {
            return Some(all[place].form.clone());
        }
        all.remove(place).map(|kept| kept.form)
    }

    fn all(&self) -> MutexGuard<'_, VecDeque<Kept>> {
        // A panic cannot leave an entry half written.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Where a response redirects to.
fn redirect_target(response: &Response) -> Option<String> {
    let target = response.headers().get(header::LOCATION)?.to_str().ok()?;
    Some(target.to_owned())
}

/// Whether the address has an error that a server function put there.
fn is_rejected(target: &str) -> bool {
    let query = target.split_once('?').map_or("", |(_, query)| query);
    form_urlencoded::parse(query.as_bytes()).any(|(name, _)| name == FORM_ERROR)
}

/// The address with the id of a form, which replaces that of an earlier one.
fn with_form_id(address: &str, id: &str) -> String {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let mut pairs = form_urlencoded::Serializer::new(String::new());
    pairs.extend_pairs(
        form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| name != PARAMETER),
    );
    format!("{path}?{}", pairs.append_pair(PARAMETER, id).finish())
}

#[cfg(test)]
mod tests {
    use super::{MAX_FORMS, SubmittedForms};
    use axum::body::{Body, Bytes};
    use axum::http::{Response, Uri, header};

    fn redirect(location: &str) -> Response<Body> {
        let response = Response::builder().header(header::LOCATION, location);
        response.body(Body::empty()).unwrap()
    }

    fn keep(forms: &SubmittedForms, target: &str, body: &'static str) -> Uri {
        let mut response = redirect(target);
        forms.keep(
            "me",
            "/forms/x",
            &Bytes::from_static(body.as_bytes()),
            &mut response,
        );
        response.headers()[header::LOCATION]
            .to_str()
            .unwrap()
            .parse()
            .unwrap()
    }

    #[test]
    fn a_rejected_form_is_found_by_the_address_that_it_redirects_to() {
        let forms = SubmittedForms::default();
        let back = keep(
            &forms,
            "/stories?after=b&__path=%2Fforms%2Fx&__err=e&draft=old",
            "prompt=a+b%26c&cast=&nonce=1",
        );
        assert!(
            back.to_string()
                .starts_with("/stories?after=b&__path=%2Fforms%2Fx&__err=e&draft=")
        );
        assert!(!back.to_string().contains("old"));
        let form = forms.find("me", &back).unwrap();
        assert_eq!(form.path, "/forms/x");
        assert_eq!(
            form.fields,
            [
                ("prompt".to_owned(), "a b&c".to_owned()),
                ("cast".to_owned(), String::new()),
                ("nonce".to_owned(), "1".to_owned())
            ]
        );
        assert!(forms.find("another", &back).is_none());
    }

    #[test]
    fn an_accepted_form_is_found_once() {
        let forms = SubmittedForms::default();
        let back = keep(&forms, "/stories", "prompt=a&nonce=1");
        let form = forms.find("me", &back).unwrap();
        assert_eq!((form.path.as_str(), form.fields.len()), ("/forms/x", 0));
        assert!(forms.find("me", &back).is_none());
    }

    #[test]
    fn a_form_without_a_nonce_is_not_kept() {
        let forms = SubmittedForms::default();
        assert_eq!(keep(&forms, "/jobs", "command=pause").to_string(), "/jobs");
        assert!(forms.all().is_empty());
    }

    #[test]
    fn the_oldest_form_is_dropped_first() {
        let forms = SubmittedForms::default();
        let first = keep(&forms, "/stories?__err=e", "nonce=0");
        for _ in 0..MAX_FORMS {
            keep(&forms, "/stories?__err=e", "nonce=1");
        }
        assert!(forms.find("me", &first).is_none());
        assert_eq!(forms.all().len(), MAX_FORMS);
    }
}
