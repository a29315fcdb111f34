//! A page and its path: one of the studio's own pages, or a page of a kind of job.

use super::PageError;
use crate::i18n::Translation;
use crate::studio::Scene;
use futures::future::BoxFuture;
use leptos::prelude::AnyView;

/// A rendered page, or why there is none.
pub type PageResult = Result<AnyView, PageError>;

/// The future of a page, while it reads what it shows.
pub type Rendering = BoxFuture<'static, PageResult>;

/// A page and the path that leads to it.
#[derive(Debug, Clone, Copy)]
pub struct Page {
    /// The path in the form of the server's router: `/stories`, or `/stories/{id}`.
    pub path: &'static str,
    /// The name of the page in the top navigation, if it has a link there.
    pub nav: Option<Translation>,
    render: Render,
}

#[derive(Debug, Clone, Copy)]
enum Render {
    Fixed(fn() -> Rendering),
    WithId(fn(String) -> Rendering),
}

/// The end of a path that names what the page shows.
const ID: &str = "{id}";

impl Page {
    /// A page at a path without parameters.
    #[must_use]
    pub const fn at(path: &'static str, render: fn() -> Rendering) -> Self {
        Self {
            path,
            nav: None,
            render: Render::Fixed(render),
        }
    }

    /// A page for each id, at a path that ends with `{id}`.
    #[must_use]
    pub const fn with_id(path: &'static str, render: fn(String) -> Rendering) -> Self {
        Self {
            path,
            nav: None,
            render: Render::WithId(render),
        }
    }

    /// The same page with a link of this name in the top navigation.
    #[must_use]
    pub const fn in_navigation(mut self, name: Translation) -> Self {
        self.nav = Some(name);
        self
    }

    /// Begins to render the page if this is its path.
    pub fn open(&self, path: &str) -> Option<Rendering> {
        match self.render {
            Render::Fixed(render) => (path == self.path).then(render),
            Render::WithId(render) => {
                let id = path.strip_prefix(self.path.strip_suffix(ID)?)?;
                let is_id = !id.is_empty() && !id.contains('/');
                is_id.then(|| render(id.to_owned()))
            }
        }
    }
}

/// What a kind of job adds to the pages that show a scene of the studio.
#[derive(Debug, Clone, Copy)]
pub struct SceneView {
    /// The heading above the form.
    pub heading: Translation,
    /// The form that starts a job for the scene.
    pub start_form: fn(&Scene) -> AnyView,
    /// A button that starts a job with the scene's own values.
    pub start_button: fn(&Scene) -> AnyView,
    /// The results of jobs for the scene.
    pub results: fn(Scene) -> Rendering,
}

#[cfg(test)]
mod tests {
    use super::Page;
    use leptos::prelude::*;

    const LIST: Page = Page::at("/stories", || Box::pin(async { Ok(().into_any()) }));
    const ITEM: Page = Page::with_id("/stories/{id}", |_| Box::pin(async { Ok(().into_any()) }));

    #[test]
    fn a_page_opens_at_its_own_path_only() {
        for (path, list, item) in [
            ("/stories", true, false),
            ("/stories/x_1", false, true),
            ("/stories/", false, false),
            ("/stories/a/b", false, false),
            ("/stories/a/", false, false),
            ("/storiesx", false, false),
            ("/api/stories", false, false),
            ("", false, false),
        ] {
            assert_eq!(LIST.open(path).is_some(), list, "{path}");
            assert_eq!(ITEM.open(path).is_some(), item, "{path}");
        }
    }
}
