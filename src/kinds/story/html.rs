//! A story's Markdown as the HTML of its page.

use pulldown_cmark::{Event, Options, Parser, html};

/// The HTML of a story. Raw HTML in the text is shown as text. Of a link or picture only the text is kept, not the
/// address.
pub fn to_html(markdown: &str) -> String {
    let body = without_front_matter(markdown);
    let events = Parser::new_ext(body, Options::empty()).filter_map(|event| {
        use pulldown_cmark::{Tag, TagEnd};
        match event {
            Event::Html(raw) | Event::InlineHtml(raw) => Some(Event::Text(raw)),
            Event::Start(Tag::Link { .. } | Tag::Image { .. })
            | Event::End(TagEnd::Link | TagEnd::Image) => None,
            other => Some(other),
        }
    });
    let mut page = String::with_capacity(body.len() * 5 / 4);
    html::push_html(&mut page, events);
    page
}

/// The text after a leading block between two lines `---`.
fn without_front_matter(markdown: &str) -> &str {
    markdown
        .strip_prefix("---\n")
        .and_then(|rest| rest.split_once("\n---\n"))
        .map_or(markdown, |(_, body)| body)
}

#[cfg(test)]
mod tests {
    use super::to_html;

    #[test]
    fn chapters_become_headings_and_front_matter_is_left_out() {
        let html = to_html("---\ntitle: \"A\"\n---\n\n# A\n\n## One\n\nText *soft*.\n");
        assert!(!html.contains("title:"));
        assert!(html.contains("<h2>One</h2>"));
        assert!(html.contains("<em>soft</em>"));
    }

    #[test]
    fn raw_html_and_script_links_do_nothing() {
        let html = to_html(
            "<script>alert(1)</script>\n\nHi <img src=x onerror=alert(1)> [a](javascript:alert(1)) ![b](http://x)\n",
        );
        assert!(!html.contains("<script"), "{html}");
        assert!(!html.contains("<img"), "{html}");
        assert!(!html.contains("href"), "{html}");
        assert!(html.contains("&lt;script&gt;"), "{html}");
    }
}
