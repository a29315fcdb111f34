//! Renders SVG to pixels. Nothing outside the text is read: no files, no URLs, no system fonts.

use crate::error::Error;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{self, ImageHrefResolver, Options, Tree, fontdb, roxmltree};
use std::sync::{Arc, LazyLock};

/// The fonts of title cards, loaded once for the process.
static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    for face in [
        dejavu::sans::regular(),
        dejavu::sans::bold(),
        dejavu::sans::extra_light(),
    ] {
        fonts.load_font_data(face.to_vec());
    }
    Arc::new(fonts)
});

/// Checks that an SVG can be drawn, without drawing it, for a caller that accepts art from users.
pub fn check_svg(svg: &str) -> Result<(), Error> {
    parse(svg).map(|_| ())
}

/// Parses an SVG. Images that it links to are left out.
pub fn parse(svg: &str) -> Result<Tree, Error> {
    let options = Options {
        font_family: "DejaVu Sans".to_owned(),
        fontdb: FONTS.clone(),
        image_href_resolver: ImageHrefResolver {
            resolve_string: Box::new(|_, _| None),
            ..ImageHrefResolver::default()
        },
        ..Options::default()
    };
    usvg::Tree::from_str(svg, &options).map_err(|error| Error::Art(error.to_string()))
}

/// The same SVG without the elements whose id matches.
pub fn without_ids(svg: &str, matches: impl Fn(&str) -> bool) -> Result<String, Error> {
    let document =
        roxmltree::Document::parse(svg).map_err(|error| Error::Art(error.to_string()))?;
    let mut rest = String::with_capacity(svg.len());
    let mut at = 0;
    for node in document.descendants().filter(roxmltree::Node::is_element) {
        let range = node.range();
        // An element inside one that was cut is already gone.
        if range.start >= at && node.attribute("id").is_some_and(&matches) {
            rest.push_str(&svg[at..range.start]);
            at = range.end;
        }
    }
    rest.push_str(&svg[at..]);
    Ok(rest)
}

/// Whether some element has an id with this ending.
pub fn has_id_ending(svg: &str, ending: &str) -> bool {
    roxmltree::Document::parse(svg).is_ok_and(|document| {
        document
            .descendants()
            .any(|node| node.attribute("id").is_some_and(|id| id.ends_with(ending)))
    })
}

/// How a picture fits a frame of another shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// Fills the frame. What does not fit is cut off.
    Cover,
    /// Stays whole, inside the frame.
    Contain,
}

/// Draws an SVG at a size, centred.
pub fn raster(tree: &Tree, width: u32, height: u32, fit: Fit) -> Result<Pixmap, Error> {
    let mut pixmap = Pixmap::new(width, height).ok_or(Error::Size)?;
    let size = tree.size();
    #[expect(clippy::cast_precision_loss)]
    let (box_width, box_height) = (width as f32, height as f32);
    let (across, down) = (box_width / size.width(), box_height / size.height());
    let scale = match fit {
        Fit::Cover => across.max(down),
        Fit::Contain => across.min(down),
    };
    let transform = Transform::from_row(
        scale,
        0.0,
        0.0,
        scale,
        (box_width - size.width() * scale) / 2.0,
        (box_height - size.height() * scale) / 2.0,
    );
    resvg::render(tree, transform, &mut pixmap.as_mut());
    Ok(pixmap)
}

#[cfg(test)]
mod tests {
    use super::{Fit, has_id_ending, parse, raster, without_ids};

    const ART: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">
        <g id="a-far"><rect width="10" height="10" fill="#f00"/><g id="b-mid"/></g><g id="c-mid"><rect width="5" height="10" fill="#00f"/></g></svg>"##;

    #[test]
    fn elements_are_cut_out_by_id() {
        let mid = without_ids(ART, |id| id.ends_with("-far")).unwrap();
        assert!(!mid.contains("#f00") && mid.contains("#00f"), "{mid}");
        assert!(has_id_ending(&mid, "-mid") && !has_id_ending(&mid, "-far"));
        assert_eq!(without_ids(ART, |_| false).unwrap(), ART);
    }

    #[test]
    fn a_picture_covers_its_frame_or_stays_whole() {
        let tree = parse(ART).unwrap();
        let alpha = |fit| {
            raster(&tree, 20, 10, fit)
                .unwrap()
                .pixel(0, 0)
                .unwrap()
                .alpha()
        };
        assert_eq!((alpha(Fit::Cover), alpha(Fit::Contain)), (255, 0));
    }

    #[test]
    fn linked_files_are_never_read() {
        let svg = r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><image href="/etc/passwd" width="4" height="4"/></svg>"#;
        assert!(!parse(svg).unwrap().root().has_children());
        assert!(parse("<svg").is_err());
    }
}
