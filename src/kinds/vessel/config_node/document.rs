//! A part of a file in memory: one text and one list, whatever the nesting.

use std::fmt;
use std::ops::Range;

/// Indentation beyond which nested blocks are printed no further in, so that deep nesting
/// prints in a size of its own order.
const DEEPEST_INDENT: usize = 32;

/// Values and blocks in their order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    text: String,
    items: Vec<Item>,
    /// Where in `items` the open blocks begin.
    open: Vec<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Item {
    Value {
        name: Range<usize>,
        value: Range<usize>,
    },
    /// A block, whose items end before `end`.
    Block { name: Range<usize>, end: usize },
}

/// The inside of a block, or of the whole document.
#[derive(Debug, Clone, Copy)]
pub struct Node<'a> {
    document: &'a Document,
    from: usize,
    to: usize,
}

/// What stands in a node.
enum Inside<'a> {
    Value(&'a str, &'a str),
    Block(&'a str, Node<'a>),
}

impl Document {
    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.items.clear();
        self.open.clear();
    }

    /// Bytes that are kept.
    pub(super) fn bytes(&self) -> usize {
        self.text.len() + self.items.len() * size_of::<Item>()
    }

    pub(super) fn value(&mut self, name: &str, value: &str) {
        let (name, value) = (self.keep(name), self.keep(value));
        self.items.push(Item::Value { name, value });
    }

    pub(super) fn open(&mut self, name: &str) {
        let name = self.keep(name);
        self.open.push(self.items.len());
        self.items.push(Item::Block { name, end: 0 });
    }

    /// Closes the latest block that is open; without one, nothing.
    pub(super) fn close(&mut self) {
        let ended = self.items.len();
        if let Some(Item::Block { end, .. }) = (self.open.pop()).map(|at| &mut self.items[at]) {
            *end = ended;
        }
    }

    fn keep(&mut self, text: &str) -> Range<usize> {
        let start = self.text.len();
        self.text.push_str(text);
        start..self.text.len()
    }

    /// All of it.
    pub fn root(&self) -> Node<'_> {
        Node {
            document: self,
            from: 0,
            to: self.items.len(),
        }
    }
}

impl<'a> Node<'a> {
    /// The first value of that name.
    pub fn value(self, name: &str) -> Option<&'a str> {
        self.values(name).next()
    }

    /// Every value of that name, in order.
    pub fn values(self, name: &str) -> impl Iterator<Item = &'a str> {
        self.inside().filter_map(move |one| match one {
            Inside::Value(own, value) if own == name => Some(value),
            _ => None,
        })
    }

    /// Every block of that name, in order.
    pub fn blocks(self, name: &str) -> impl Iterator<Item = Node<'a>> {
        self.inside().filter_map(move |one| match one {
            Inside::Block(own, node) if own == name => Some(node),
            _ => None,
        })
    }

    fn inside(self) -> impl Iterator<Item = Inside<'a>> {
        let Self { document, to, .. } = self;
        let mut at = self.from;
        std::iter::from_fn(move || {
            let item = document.items[..to].get(at)?;
            let text = |range: &Range<usize>| &document.text[range.clone()];
            match item {
                Item::Value { name, value } => {
                    at += 1;
                    Some(Inside::Value(text(name), text(value)))
                }
                Item::Block { name, end } => {
                    let from = at + 1;
                    // A block that was never closed goes on to the end.
                    at = if *end == 0 { to } else { *end };
                    let node = Node {
                        document,
                        from,
                        to: at,
                    };
                    Some(Inside::Block(text(name), node))
                }
            }
        })
    }
}

/// As the game writes it, but for the ends of lines.
impl fmt::Display for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut ends = Vec::new();
        let indent = |f: &mut fmt::Formatter<'_>, depth: usize| {
            (0..depth.min(DEEPEST_INDENT)).try_for_each(|_| f.write_str("\t"))
        };
        for at in 0..=self.items.len() {
            while ends.last() == Some(&at) {
                ends.pop();
                indent(f, ends.len())?;
                f.write_str("}\n")?;
            }
            match self.items.get(at) {
                None => {}
                Some(Item::Value { name, value }) => {
                    indent(f, ends.len())?;
                    let (name, value) = (&self.text[name.clone()], &self.text[value.clone()]);
                    writeln!(f, "{name} = {value}")?;
                }
                Some(Item::Block { name, end }) => {
                    for line in [&self.text[name.clone()], "{"] {
                        indent(f, ends.len())?;
                        writeln!(f, "{line}")?;
                    }
                    ends.push(if *end == 0 { self.items.len() } else { *end });
                }
            }
        }
        Ok(())
    }
}
