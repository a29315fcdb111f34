//! A list of pieces of HTML that is drawn again and again: what did not change is not touched.

use super::document::document;
use super::morph::{elements, morph};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use web_sys::Element;

/// One element of a list, as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// What tells it from all others of its list.
    pub key: Arc<str>,
    /// Exactly one element.
    pub html: Arc<str>,
}

impl Piece {
    pub fn new(key: impl Into<Arc<str>>, html: impl Into<Arc<str>>) -> Self {
        Self {
            key: key.into(),
            html: html.into(),
        }
    }

    /// What a document says where the pieces stand.
    pub fn all(pieces: &[Self]) -> String {
        pieces.iter().map(|piece| &*piece.html).collect()
    }
}

/// Pieces as they stand in an element.
#[derive(Debug)]
pub struct Pieces {
    root: Element,
    drawn: Vec<Drawn>,
}

#[derive(Debug)]
struct Drawn {
    piece: Piece,
    element: Element,
}

impl Pieces {
    /// Takes up what stands in an element, which is these pieces; they are drawn where it is not.
    pub fn take_up(root: Element, pieces: Vec<Piece>) -> Self {
        if root.child_element_count() as usize != pieces.len() {
            root.set_inner_html(&Piece::all(&pieces));
        }
        let drawn = (pieces.into_iter().zip(elements(&root)))
            .map(|(piece, element)| Drawn { piece, element })
            .collect();
        Self { root, drawn }
    }

    /// Makes it these pieces: those of a known key stay, move and change as little as they can.
    pub fn draw(&mut self, pieces: Vec<Piece>) {
        let stay = (self.drawn.iter().zip(&pieces))
            .take_while(|(drawn, piece)| drawn.piece.key == piece.key)
            .count();
        let mut pieces = pieces.into_iter();
        for drawn in &mut self.drawn[..stay] {
            if let Some(piece) = pieces.next() {
                drawn.change(piece);
            }
        }
        if self.drawn.len() > stay || pieces.len() > 0 {
            self.place(stay, pieces.collect());
        }
    }

    /// Puts pieces one after the other, behind the first `stay`.
    fn place(&mut self, stay: usize, pieces: Vec<Piece>) {
        let wanted: HashSet<_> = pieces.iter().map(|piece| piece.key.clone()).collect();
        let mut known = HashMap::new();
        for drawn in self.drawn.drain(stay..) {
            if wanted.contains(&drawn.piece.key) {
                known.insert(drawn.piece.key.clone(), drawn);
            } else {
                drawn.element.remove();
            }
        }
        let mut next = match self.drawn.last() {
            Some(last) => last.element.next_element_sibling(),
            None => self.root.first_element_child(),
        };
        for piece in pieces {
            let found = known.remove(&piece.key).or_else(|| Drawn::new(&piece));
            let Some(mut drawn) = found else { continue };
            if next.as_ref() == Some(&drawn.element) {
                next = drawn.element.next_element_sibling();
            } else {
                // It fails only for an element that is not there.
                let _ = (self.root).insert_before(&drawn.element, next.as_deref());
            }
            drawn.change(piece);
            self.drawn.push(drawn);
        }
    }
}

impl Drawn {
    fn new(piece: &Piece) -> Option<Self> {
        Some(Self {
            element: parse(&piece.html)?,
            piece: piece.clone(),
        })
    }

    fn change(&mut self, piece: Piece) {
        if !Arc::ptr_eq(&self.piece.html, &piece.html)
            && self.piece.html != piece.html
            && let Some((document, new)) = document().zip(parse(&piece.html))
        {
            morph(&document, &self.element, &new, |_| false);
        }
        self.piece = piece;
    }
}

fn parse(html: &str) -> Option<Element> {
    let holder = document()?.create_element("div").ok()?;
    holder.set_inner_html(html);
    holder.first_element_child()
}
