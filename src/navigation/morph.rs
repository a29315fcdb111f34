//! Morphs an element into one of another document, leaving equal nodes untouched: islands, typed text, a film that
//! plays, the element with the focus.
//!
//! Elements with a key ([`KEY`]) or an `id` are recognised at any place among their siblings.

use crate::routes::attributes::{CHOSEN, KEY};
use std::iter::successors;
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlSelectElement, Node};

/// Whether an element stays as it is, with all that is in it.
pub type Keeps = fn(&Element) -> bool;

/// Makes `old`, which is in `document`, like `new`, which is in another one.
pub fn morph(document: &Document, old: &Node, new: &Node, keeps: Keeps) {
    if old.is_equal_node(Some(new)) {
        return;
    }
    if let (Some(old), Some(new)) = (old.dyn_ref::<Element>(), new.dyn_ref::<Element>()) {
        if !keeps(old) {
            attributes(old, new);
            children(document, old, new, keeps);
        }
    } else {
        old.set_node_value(new.node_value().as_deref());
    }
}

/// Places the children one after the other; `next` is the first old one that has no place yet. Comments matter only
/// inside of islands, and come and go with what is beside them.
fn children(document: &Document, old: &Element, new: &Element, keeps: Keeps) {
    remove_obsolete(old, new);
    let mut next = no_comment(old.first_child());
    let mut new_node = no_comment(new.first_child());
    while let Some(node) = new_node {
        new_node = no_comment(node.next_sibling());
        // Each fails only for a node that is not there.
        if let Some(known) = same(next.clone(), &node) {
            if key(&known).is_none() {
                next = remove_until(old, next, &known);
            }
            if next.as_ref() == Some(&known) {
                next = no_comment(known.next_sibling());
            } else {
                let _ = old.insert_before(&known, next.as_ref());
            }
            morph(document, &known, &node, keeps);
        } else if let Ok(fresh) = document.import_node_with_deep(&node, true) {
            let _ = old.insert_before(&fresh, next.as_ref());
        }
    }
    while let Some(node) = next {
        next = node.next_sibling();
        let _ = old.remove_child(&node);
    }
}

/// Removes the children whose key `new` does not have, so that none has to move past them: an element that is moved
/// loses the focus, and a film in it starts again.
fn remove_obsolete(old: &Element, new: &Element) {
    let new_keys: Vec<_> = child_elements(new)
        .filter_map(|child| key(&child))
        .collect();
    let all: Vec<_> = child_elements(old).collect();
    for child in all {
        if key(&child).is_some_and(|key| !new_keys.contains(&key)) {
            child.remove();
        }
    }
}

/// The children of an element that are elements, in order.
pub fn child_elements(parent: &Element) -> impl Iterator<Item = Element> {
    successors(parent.first_element_child(), Element::next_element_sibling)
}

/// The first node from `next` on that can become `new`.
fn same(next: Option<Node>, new: &Node) -> Option<Node> {
    let new_key = key(new);
    let mut one = next;
    while let Some(node) = one {
        if node.node_name() == new.node_name() && key(&node) == new_key {
            return Some(node);
        }
        one = node.next_sibling();
    }
    None
}

/// Removes the nodes without a key from `next` on, up to `end`; gives the first node that is left, which is `end` or
/// one with a key.
fn remove_until(parent: &Element, next: Option<Node>, end: &Node) -> Option<Node> {
    let mut first = None;
    let mut one = next;
    while let Some(node) = one.filter(|node| node != end) {
        one = node.next_sibling();
        if key(&node).is_some() {
            first = first.or(Some(node));
        } else {
            // Cannot fail: the node is attached.
            let _ = parent.remove_child(&node);
        }
    }
    first.or_else(|| Some(end.clone()))
}

fn no_comment(mut node: Option<Node>) -> Option<Node> {
    while let Some(comment) = node
        .as_ref()
        .filter(|node| node.node_type() == Node::COMMENT_NODE)
    {
        node = comment.next_sibling();
    }
    node
}

fn key(node: &Node) -> Option<String> {
    let element = node.dyn_ref::<Element>()?;
    element
        .get_attribute(KEY)
        .or_else(|| element.get_attribute("id"))
}

/// Changes the attributes, except those that the user controls: what they opened stays open, and what they selected
/// stays selected.
fn attributes(old: &Element, new: &Element) {
    let is_users = |name: &str| match old.tag_name().as_str() {
        "DETAILS" => name == "open",
        "OPTION" => name == "selected",
        "INPUT" => name == "checked",
        _ => false,
    };
    for name in names(old) {
        if !new.has_attribute(&name) && !is_users(&name) {
            // Fails only for an invalid name, and this one exists.
            let _ = old.remove_attribute(&name);
        }
    }
    for name in names(new).into_iter().filter(|name| !is_users(name)) {
        let value = new.get_attribute(&name).unwrap_or_default();
        if old.get_attribute(&name).as_ref() != Some(&value) {
            // A name that the parser accepted is valid.
            let _ = old.set_attribute(&name, &value);
            if name == CHOSEN
                && let Some(list) = old.dyn_ref::<HtmlSelectElement>()
            {
                list.set_value(&value);
            }
        }
    }
}

fn names(element: &Element) -> Vec<String> {
    (element.get_attribute_names().iter())
        .filter_map(|name| name.as_string())
        .collect()
}
