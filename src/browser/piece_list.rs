//! A list of pieces that is drawn again and again: what did not change is not touched, and what is known to
//! move is set without a look at the rest.

use super::document::document;
use super::morph::{elements, morph};
use super::piece::{Moving, Piece};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use web_sys::Element;

/// Elements made anew in one drawing, which are as many rows as the panel shows without scrolling; what is left
/// waits for the next one, so that a hundred jobs that end at once do not hold up the page.
const NEW_AT_ONCE: usize = 8;

/// What a drawing came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Drawing {
    /// More changed than what is known to move.
    pub other: bool,
    /// Some of it is left for the next drawing.
    pub unfinished: bool,
}

/// Pieces as they stand in an element.
#[derive(Debug)]
pub struct PieceList {
    root: Element,
    drawn: Vec<Drawn>,
}

#[derive(Debug)]
struct Drawn {
    piece: Piece,
    element: Element,
}

impl PieceList {
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

    /// Makes it these pieces: those of a known key stay, move and change as little as they can. Of many new
    /// ones the first are made, and the others are left out as long as `unfinished` is true.
    pub fn draw(&mut self, pieces: Vec<Piece>) -> Drawing {
        let stay = (self.drawn.iter().zip(&pieces))
            .take_while(|(drawn, piece)| drawn.piece.key == piece.key)
            .count();
        let mut pieces = pieces.into_iter();
        let mut made = MadeElements::default();
        for drawn in &mut self.drawn[..stay] {
            if let Some(piece) = pieces.next() {
                drawn.change(piece, &mut made);
            }
        }
        let moved = self.drawn.len() > stay || pieces.len() > 0;
        if moved {
            self.place(stay, pieces.collect(), &mut made);
        }
        Drawing {
            other: moved || made.new > 0,
            unfinished: made.left,
        }
    }

    /// Puts pieces one after the other, behind the first `stay`.
    fn place(&mut self, stay: usize, pieces: Vec<Piece>, made: &mut MadeElements) {
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
            let found = (known.remove(&piece.key)).or_else(|| Drawn::new(&piece, made));
            let Some(mut drawn) = found else { continue };
            let follower = next.as_ref().and_then(Element::next_element_sibling);
            if follower.as_ref() == Some(&drawn.element)
                && let Some(late) = next.replace(drawn.element.clone())
            {
                // It has moved down: it alone leaves its place, and all behind it stay in theirs.
                late.remove();
            }
            if next.as_ref() == Some(&drawn.element) {
                next = drawn.element.next_element_sibling();
            } else {
                // It fails only for an element that is not there.
                let _ = (self.root).insert_before(&drawn.element, next.as_deref());
            }
            drawn.change(piece, made);
            self.drawn.push(drawn);
        }
    }
}

/// How much one drawing made anew.
#[derive(Default)]
struct MadeElements {
    new: usize,
    left: bool,
}

impl MadeElements {
    /// An element of the piece, while there is room for one in this drawing.
    fn element(&mut self, piece: &Piece) -> Option<Element> {
        if self.new >= NEW_AT_ONCE {
            self.left = true;
            return None;
        }
        self.new += 1;
        parse(&piece.html())
    }
}

impl Drawn {
    fn new(piece: &Piece, made: &mut MadeElements) -> Option<Self> {
        Some(Self {
            element: made.element(piece)?,
            piece: piece.clone(),
        })
    }

    /// Makes it this piece; one that would have to be made anew when there is no room stays as it was.
    fn change(&mut self, piece: Piece, made: &mut MadeElements) {
        let same = Arc::ptr_eq(&self.piece.frame, &piece.frame) || self.piece.frame == piece.frame;
        if same {
            let changed =
                (piece.moving.iter().zip(&self.piece.moving)).filter(|(new, old)| new != old);
            for (moving, _) in changed {
                self.set(moving);
            }
        } else if let Some((document, new)) = document().zip(made.element(&piece)) {
            morph(&document, &self.element, &new, |_| false);
        } else {
            return;
        }
        self.piece = piece;
    }

    fn set(
        &self,
        Moving {
            at,
            attribute,
            value,
        }: &Moving,
    ) {
        let Ok(Some(element)) = self.element.query_selector(at) else {
            return;
        };
        // An attribute of ours can be set and taken away.
        let _ = match (attribute, value) {
            (None, value) => {
                element.set_text_content(value.as_deref());
                Ok(())
            }
            (Some(name), Some(value)) => element.set_attribute(name, value),
            (Some(name), None) => element.remove_attribute(name),
        };
    }
}

fn parse(html: &str) -> Option<Element> {
    let holder = document()?.create_element("div").ok()?;
    holder.set_inner_html(html);
    holder.first_element_child()
}
