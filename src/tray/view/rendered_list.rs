//! A list of items that is rendered again and again. Items that did not change are left alone, and of an item whose
//! template did not change only the live values are compared.

use super::list_item::{ListItem, LiveValue};
use crate::browser::document;
use crate::navigation::morph::{child_elements, morph};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use web_sys::Element;

/// Maximum number of elements that one rendering creates: as many rows as the panel shows without scrolling. The rest
/// waits for the next rendering, so that a hundred jobs that end at once do not block the page.
const MAX_CREATED: usize = 8;

/// What a rendering did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RenderOutcome {
    /// More than live values changed.
    pub restructured: bool,
    /// The rest is left for the next rendering.
    pub unfinished: bool,
}

/// Items as the children of an element.
#[derive(Debug)]
pub struct RenderedList {
    root: Element,
    rendered: Vec<RenderedItem>,
}

#[derive(Debug)]
struct RenderedItem {
    item: ListItem,
    element: Element,
}

impl RenderedList {
    /// Adopts the children of an element, which the server rendered from these items; renders them if it did not.
    pub fn hydrate(root: Element, items: Vec<ListItem>) -> Self {
        if root.child_element_count() as usize != items.len() {
            root.set_inner_html(&ListItem::all(&items));
        }
        let rendered = (items.into_iter().zip(child_elements(&root)))
            .map(|(item, element)| RenderedItem { item, element })
            .collect();
        Self { root, rendered }
    }

    /// Renders these items: an element with a known key stays, and moves and changes as little as it can. Elements are
    /// created for the first new items only, and the rest is left out for as long as the rendering is unfinished.
    pub fn render(&mut self, items: Vec<ListItem>) -> RenderOutcome {
        let in_place = (self.rendered.iter().zip(&items))
            .take_while(|(rendered, item)| rendered.item.key == item.key)
            .count();
        let mut items = items.into_iter();
        let mut created = CreatedElements::default();
        for rendered in &mut self.rendered[..in_place] {
            if let Some(item) = items.next() {
                rendered.update(item, &mut created);
            }
        }
        let moved = self.rendered.len() > in_place || items.len() > 0;
        if moved {
            self.place(in_place, items.collect(), &mut created);
        }
        RenderOutcome {
            restructured: moved || created.count > 0,
            unfinished: created.is_full,
        }
    }

    /// Inserts items in order after the first `in_place`.
    fn place(&mut self, in_place: usize, items: Vec<ListItem>, created: &mut CreatedElements) {
        let new_keys: HashSet<_> = items.iter().map(|item| item.key.clone()).collect();
        let mut known = HashMap::new();
        for rendered in self.rendered.drain(in_place..) {
            if new_keys.contains(&rendered.item.key) {
                known.insert(rendered.item.key.clone(), rendered);
            } else {
                rendered.element.remove();
            }
        }
        let mut next = match self.rendered.last() {
            Some(last) => last.element.next_element_sibling(),
            None => self.root.first_element_child(),
        };
        for item in items {
            let found = (known.remove(&item.key)).or_else(|| RenderedItem::new(&item, created));
            let Some(mut rendered) = found else { continue };
            let after_next = next.as_ref().and_then(Element::next_element_sibling);
            if after_next.as_ref() == Some(&rendered.element)
                && let Some(moved_down) = next.replace(rendered.element.clone())
            {
                // A single removed element; the following ones need no move.
                moved_down.remove();
            }
            if next.as_ref() == Some(&rendered.element) {
                next = rendered.element.next_element_sibling();
            } else {
                // It fails only for a sibling that is not there.
                let _ = (self.root).insert_before(&rendered.element, next.as_deref());
            }
            rendered.update(item, created);
            self.rendered.push(rendered);
        }
    }
}

/// The elements that one rendering created.
#[derive(Default)]
struct CreatedElements {
    count: usize,
    /// The limit was reached.
    is_full: bool,
}

impl CreatedElements {
    /// Creates the element of an item, while there is room for one in this rendering.
    fn create(&mut self, item: &ListItem) -> Option<Element> {
        if self.count >= MAX_CREATED {
            self.is_full = true;
            return None;
        }
        self.count += 1;
        parse(&item.html())
    }
}

impl RenderedItem {
    fn new(item: &ListItem, created: &mut CreatedElements) -> Option<Self> {
        Some(Self {
            element: created.create(item)?,
            item: item.clone(),
        })
    }

    /// Updates the element. Left unchanged if it needs a new element and the limit is reached.
    fn update(&mut self, item: ListItem, created: &mut CreatedElements) {
        let same_template =
            Arc::ptr_eq(&self.item.template, &item.template) || self.item.template == item.template;
        if same_template {
            let changed =
                (item.values.iter().zip(&self.item.values)).filter(|(new, old)| new != old);
            for (value, _) in changed {
                self.set(value);
            }
        } else if let Some((document, new)) = document().zip(created.create(&item)) {
            morph(&document, &self.element, &new, |_| false);
        } else {
            return;
        }
        self.item = item;
    }

    fn set(
        &self,
        LiveValue {
            selector,
            attribute,
            value,
        }: &LiveValue,
    ) {
        let Ok(Some(element)) = self.element.query_selector(selector) else {
            return;
        };
        // Fails only for an invalid attribute name; ours are constants.
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
