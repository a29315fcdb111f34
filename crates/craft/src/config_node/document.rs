//! A part of a file in memory: one text and one list, however deep the nesting.

use std::fmt;
use std::ops::Range;

/// Deeper blocks are not indented further. Otherwise the size of the printed text would grow with the square of
/// the depth.
const MAX_INDENT: usize = 32;

/// Values and blocks in the order of the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    text: String,
    items: Vec<Item>,
    /// Indices in `items` of the open blocks.
    open: Vec<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Item {
    Value {
        name: Range<usize>,
        value: Range<usize>,
    },
    /// A block, whose items end before the index `end`.
    Block { name: Range<usize>, end: usize },
}

/// The content of a block, or of the whole document.
#[derive(Debug, Clone, Copy)]
pub struct Node<'a> {
    document: &'a Document,
    from: usize,
    to: usize,
}

/// An item of a node.
enum Entry<'a> {
    Value(&'a str, &'a str),
    Block(&'a str, Node<'a>),
}

impl Document {
    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.items.clear();
        self.open.clear();
    }

    /// Bytes in memory.
    pub(super) fn bytes(&self) -> usize {
        self.text.len() + self.items.len() * size_of::<Item>()
    }

    pub(super) fn value(&mut self, name: &str, value: &str) {
        let (name, value) = (self.store(name), self.store(value));
        self.items.push(Item::Value { name, value });
    }

    pub(super) fn open(&mut self, name: &str) {
        let name = self.store(name);
        self.open.push(self.items.len());
        self.items.push(Item::Block { name, end: 0 });
    }

    /// Closes the innermost open block, if there is one.
    pub(super) fn close(&mut self) {
        let ended = self.items.len();
        if let Some(Item::Block { end, .. }) = (self.open.pop()).map(|at| &mut self.items[at]) {
            *end = ended;
        }
    }

    fn store(&mut self, text: &str) -> Range<usize> {
        let start = self.text.len();
        self.text.push_str(text);
        start..self.text.len()
    }

    /// The whole document as one node.
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

    /// The first value of that name as a number, unless it is infinite or not a number.
    pub fn number(self, name: &str) -> Option<f64> {
        let number = self.value(name)?.parse().ok();
        number.filter(|number: &f64| number.is_finite())
    }

    /// Every value of that name, in order.
    pub fn values(self, name: &str) -> impl Iterator<Item = &'a str> {
        self.entries().filter_map(move |one| match one {
            Entry::Value(own, value) if own == name => Some(value),
            _ => None,
        })
    }

    /// Every block of that name, in order.
    pub fn blocks(self, name: &str) -> impl Iterator<Item = Node<'a>> {
        self.entries().filter_map(move |one| match one {
            Entry::Block(own, node) if own == name => Some(node),
            _ => None,
        })
    }

    fn entries(self) -> impl Iterator<Item = Entry<'a>> {
        let Self { document, to, .. } = self;
        let mut at = self.from;
        std::iter::from_fn(move || {
            let item = document.items[..to].get(at)?;
            let text = |range: &Range<usize>| &document.text[range.clone()];
            match item {
                Item::Value { name, value } => {
                    at += 1;
                    Some(Entry::Value(text(name), text(value)))
                }
                Item::Block { name, end } => {
                    let from = at + 1;
                    // A block that was never closed reaches to the end.
                    at = if *end == 0 { to } else { *end };
                    let node = Node {
                        document,
                        from,
                        to: at,
                    };
                    Some(Entry::Block(text(name), node))
                }
            }
        })
    }
}

/// Writes it as the game does, with plain line feeds.
impl fmt::Display for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut ends = Vec::new();
        let indent = |f: &mut fmt::Formatter<'_>, depth: usize| {
            (0..depth.min(MAX_INDENT)).try_for_each(|_| f.write_str("\t"))
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
