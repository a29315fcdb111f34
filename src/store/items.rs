//! A part of a list.

/// A part of a list, and the cursor of the next part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Items<T> {
    pub items: Vec<T>,
    /// The `after` of the next part; none at the end.
    pub next_cursor: Option<String>,
}

impl<T> Items<T> {
    /// The first `limit` items of a query that selected one more, which shows whether the list continues.
    pub(crate) fn up_to(limit: u32, mut items: Vec<T>, id: impl Fn(&T) -> &str) -> Self {
        let limit = limit as usize;
        let has_more = items.len() > limit;
        items.truncate(limit);
        let last = items.last().filter(|_| has_more);
        let next_cursor = last.map(|last| id(last).to_owned());
        Self { items, next_cursor }
    }
}
