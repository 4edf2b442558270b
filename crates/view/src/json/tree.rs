//! Which value stands where in a JSON text, and which JSON pointer names it?
//!
//! Tolerant like the tokens it is made of: what is no JSON has a tree too, if an odd one. Nothing recurses.

use std::ops::Range;

use super::{
    rows::Page,
    token::{Kind, Token},
};

/// An object or an array.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Container {
    /// The token that opens it.
    pub open: u32,
    /// The token that closes it; the number of tokens where nothing does.
    pub close: u32,
    /// The container around it, by its place in the tree.
    pub parent: Option<u32>,
    /// The token of its name, where it is a member of an object.
    name: Option<u32>,
    /// Its place in the array around it.
    index: u32,
}

/// The objects and arrays of a text, in the order in which they open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tree {
    /// All of them.
    pub containers: Vec<Container>,
}

/// A value in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The JSON pointer that names it (RFC 6901).
    pub pointer: String,
    /// Where it begins, its name included where it has one.
    pub start: usize,
    /// The bytes of the value.
    pub value: Range<usize>,
}

/// A container that is open while the tokens are read.
struct Open {
    container: u32,
    array: bool,
    elements: u32,
    name: Option<u32>,
}

impl Tree {
    /// The tree of a page.
    pub fn of(page: &Page) -> Self {
        let mut containers: Vec<Container> = Vec::new();
        let mut open: Vec<Open> = Vec::new();
        let count = number(page.tokens.len());
        for (at, token) in page.tokens.iter().enumerate() {
            let at = number(at);
            match token.kind {
                Kind::Mark(mark @ (b'{' | b'[')) => {
                    let place = number(containers.len());
                    let around = open.last_mut();
                    let (parent, name, index) = match around {
                        Some(around) => (Some(around.container), around.name.take(), around.elements),
                        None => (None, None, 0),
                    };
                    containers.push(Container { open: at, close: count, parent, name, index });
                    open.push(Open { container: place, array: mark == b'[', elements: 0, name: None });
                }
                Kind::Mark(b'}' | b']') => {
                    if let Some(closed) = open.pop() {
                        containers[closed.container as usize].close = at;
                    }
                }
                Kind::Mark(b',') => {
                    if let Some(around) = open.last_mut() {
                        around.elements += 1;
                        around.name = None;
                    }
                }
                Kind::Mark(_) => {}
                _ => {
                    if let Some(around) = open.last_mut().filter(|around| !around.array) {
                        around.name = is_name(page, at as usize).then_some(at).or(around.name);
                    }
                }
            }
        }
        Self { containers }
    }

    /// The value at a byte: the innermost one that stands there, or whose name does. Of a bracket it is the whole
    /// object or array.
    pub fn at(&self, page: &Page, byte: usize) -> Option<Place> {
        let tokens = &page.tokens;
        let mut at =
            tokens.partition_point(|token| token.end as usize <= byte).min(tokens.len().checked_sub(1)?);
        // A colon belongs to the value behind it, a comma to the one before.
        match tokens[at].kind {
            Kind::Mark(b':') => at = (at + 1).min(tokens.len() - 1),
            Kind::Mark(b',') => at = at.saturating_sub(1),
            _ => {}
        }
        if is_name(page, at) {
            at = (at + 2).min(tokens.len() - 1);
        }
        if matches!(tokens[at].kind, Kind::Mark(b'{' | b'[' | b'}' | b']')) {
            let closed = self.inner(at)?;
            return Some(self.place(page, closed));
        }
        let Some(around) = self.inner(at) else {
            let value = tokens[at].range();
            return Some(Place { pointer: String::new(), start: value.start, value });
        };
        let parent = self.containers[around as usize];
        let mut pointer = self.pointer(page, around);
        let mut start = tokens[at].range().start;
        if matches!(tokens[parent.open as usize].kind, Kind::Mark(b'[')) {
            let index = self.children(page, parent).take_while(|(_, child)| *child < at).count();
            push(&mut pointer, &index.to_string());
        } else if let Some(name) = at.checked_sub(2).filter(|name| is_name(page, *name)) {
            push(&mut pointer, &text_of(page, tokens[name]));
            start = tokens[name].range().start;
        }
        Some(Place { pointer, start, value: tokens[at].range() })
    }

    /// The value that a JSON pointer names; of members with one name the last, which is the one that counts.
    pub fn find(&self, page: &Page, pointer: &str) -> Option<Place> {
        let mut at = 0_usize;
        let mut start = page.tokens.first()?.range().start;
        let mut steps = pointer.split('/');
        if !steps.next()?.is_empty() {
            return None;
        }
        for step in steps {
            let container = *self.containers.get(self.opened_by(at)?)?;
            let array = matches!(page.tokens[at].kind, Kind::Mark(b'['));
            let found = if array {
                let index: usize = step.parse().ok()?;
                self.children(page, container).nth(index)
            } else {
                let name = step.replace("~1", "/").replace("~0", "~");
                let named = |key: usize| text_of(page, page.tokens[key]) == name;
                self.children(page, container).filter(|(key, _)| key.is_some_and(named)).last()
            };
            let (name, value) = found?;
            at = value;
            start = page.tokens[name.unwrap_or(value)].range().start;
        }
        let value = match self.opened_by(at) {
            Some(container) => self.range(page, self.containers[container]),
            None => page.tokens[at].range(),
        };
        Some(Place { pointer: pointer.to_owned(), start, value })
    }

    /// The containers around a byte, the innermost first.
    pub fn around(&self, page: &Page, byte: usize) -> Vec<u32> {
        let at = page.tokens.partition_point(|token| token.end as usize <= byte);
        let mut around = Vec::new();
        let mut next = self.inner(at);
        while let Some(container) = next {
            around.push(container);
            next = self.containers[container as usize].parent;
        }
        around
    }

    /// The place of a container.
    fn place(&self, page: &Page, container: u32) -> Place {
        let of = self.containers[container as usize];
        let value = self.range(page, of);
        let start = of.name.map_or(value.start, |name| page.tokens[name as usize].range().start);
        Place { pointer: self.pointer(page, container), start, value }
    }

    /// The bytes from its opening bracket to its closing one.
    fn range(&self, page: &Page, container: Container) -> Range<usize> {
        let start = page.tokens[container.open as usize].range().start;
        let end = page.tokens.get(container.close as usize).or(page.tokens.last());
        start..end.map_or(start, |token| token.range().end)
    }

    /// The pointer of a container.
    fn pointer(&self, page: &Page, container: u32) -> String {
        let mut steps = Vec::new();
        let mut next = Some(container);
        while let Some(at) = next {
            let container = self.containers[at as usize];
            if container.parent.is_some() {
                steps.push(match container.name {
                    Some(name) => text_of(page, page.tokens[name as usize]),
                    None => container.index.to_string(),
                });
            }
            next = container.parent;
        }
        let mut pointer = String::new();
        for step in steps.iter().rev() {
            push(&mut pointer, step);
        }
        pointer
    }

    /// The innermost container in which a token stands; of a bracket the one that it opens or closes.
    fn inner(&self, token: usize) -> Option<u32> {
        let behind = self.containers.partition_point(|container| container.open as usize <= token);
        let mut next = behind.checked_sub(1).map(number);
        while let Some(at) = next {
            let container = self.containers[at as usize];
            if container.close as usize >= token {
                return next;
            }
            next = container.parent;
        }
        None
    }

    /// The place in the tree of the container that a token opens.
    fn opened_by(&self, token: usize) -> Option<usize> {
        self.containers.binary_search_by_key(&token, |container| container.open as usize).ok()
    }

    /// The children of a container: the token of the name, where there is one, and the first token of the value.
    fn children<'a>(
        &'a self,
        page: &'a Page,
        container: Container,
    ) -> impl Iterator<Item = (Option<usize>, usize)> + 'a {
        let end = (container.close as usize).min(page.tokens.len());
        let mut at = container.open as usize + 1;
        std::iter::from_fn(move || {
            while at < end && matches!(page.tokens[at].kind, Kind::Mark(b',' | b':' | b'}' | b']')) {
                at += 1;
            }
            let name = (at < end && is_name(page, at)).then_some(at);
            let value = if name.is_some() { at + 2 } else { at };
            if value >= end {
                return None;
            }
            at = match self.opened_by(value) {
                Some(opened) => self.containers[opened].close as usize + 1,
                None => value + 1,
            };
            Some((name, value))
        })
    }
}

/// Texts are at most 4 GiB, so that numbers of tokens fit.
fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// Whether a token is the name of a member, whatever it looks like.
fn is_name(page: &Page, token: usize) -> bool {
    let is_text = |token: &Token| page.text.as_bytes().get(token.start as usize) == Some(&b'"');
    page.tokens.get(token).is_some_and(is_text)
        && page.tokens.get(token + 1).is_some_and(|next| next.kind == Kind::Mark(b':'))
}

/// What a string says; the raw text of what is no string.
fn text_of(page: &Page, token: Token) -> String {
    let raw = &page.text[token.range()];
    serde_json::from_str(raw).unwrap_or_else(|_| raw.trim_matches('"').to_owned())
}

fn push(pointer: &mut String, step: &str) {
    pointer.push('/');
    pointer.push_str(&step.replace('~', "~0").replace('/', "~1"));
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TEXT: &str = r#"{"a": [10, {"b/c": "x", "d~": {}}, [ ]], "e": "f", "a": 7}"#;

    fn tree(text: &str) -> (Page, Tree) {
        let page = Page::json(text.to_owned());
        let tree = Tree::of(&page);
        (page, tree)
    }

    #[test]
    fn each_byte_belongs_to_the_value_that_stands_there() {
        let (page, tree) = tree(TEXT);
        let at = |part: &str| {
            let place = tree.at(&page, TEXT.find(part).unwrap()).unwrap();
            (place.pointer, TEXT[place.value].to_owned(), place.start)
        };
        let array = r#"[10, {"b/c": "x", "d~": {}}, [ ]]"#;
        assert_eq!(at("{\"a\""), (String::new(), TEXT.to_owned(), 0));
        assert_eq!(at("\"a\""), ("/a".to_owned(), array.to_owned(), 1));
        assert_eq!(at("10"), ("/a/0".to_owned(), "10".to_owned(), 7));
        assert_eq!(at("\"x\""), ("/a/1/b~1c".to_owned(), "\"x\"".to_owned(), 12));
        assert_eq!(at("{}"), ("/a/1/d~0".to_owned(), "{}".to_owned(), 24));
        assert_eq!(at("[ ]"), ("/a/2".to_owned(), "[ ]".to_owned(), 35));
        assert_eq!(
            at(", \"e\""),
            ("/a".to_owned(), array.to_owned(), 1),
            "a comma belongs to the value before"
        );
        assert_eq!(at("\"f\"").0, "/e");
    }

    #[test]
    fn a_pointer_leads_to_its_value() {
        let (page, tree) = tree(TEXT);
        let find = |pointer: &str| tree.find(&page, pointer).map(|place| TEXT[place.value].to_owned());
        assert_eq!(find("").as_deref(), Some(TEXT));
        assert_eq!(find("/e").as_deref(), Some("\"f\""));
        assert_eq!(find("/a").as_deref(), Some("7"), "of two members with one name the last counts");
        assert_eq!((find("/x"), find("e"), find("/e/0")), (None, None, None));
        let (page, tree) = super::tests::tree(r#"[[1,[2,3]],{"~1":{"":true}}]"#);
        let find = |pointer: &str| tree.find(&page, pointer).map(|place| page.text[place.value].to_owned());
        assert_eq!(find("/0/1/1").as_deref(), Some("3"));
        assert_eq!(find("/1/~01/").as_deref(), Some("true"));
        assert_eq!((find("/0/2"), find("/-")), (None, None));
    }

    #[test]
    fn the_containers_around_a_byte_come_from_within() {
        let (page, tree) = tree(r#"{"a":[{"b":1}]}"#);
        assert_eq!(tree.around(&page, 11), [2, 1, 0]);
        assert_eq!(tree.around(&page, 0), [0]);
    }

    proptest! {
        #[test]
        fn any_text_has_a_tree_and_each_pointer_names_a_value(
            text in "[\\[\\]{}:,\"\\\\a1~/ \\n]{0,60}", byte in 0_usize..70,
        ) {
            let (page, tree) = tree(&text);
            if let Some(place) = tree.at(&page, byte) {
                prop_assert!(text.get(place.value.clone()).is_some(), "{:?}", place);
                let _ = tree.find(&page, &place.pointer);
                let _ = tree.around(&page, byte);
            }
        }

        #[test]
        fn the_pointer_of_a_byte_leads_back_to_its_value(
            list in proptest::collection::vec(proptest::collection::vec(0_u32..100, 0..4), 0..5),
            byte in 0_usize..60,
        ) {
            let text = serde_json::json!({ "x": list, "y": { "z": list } }).to_string();
            let (page, tree) = tree(&text);
            let place = tree.at(&page, byte.min(text.len() - 1)).unwrap();
            prop_assert_eq!(tree.find(&page, &place.pointer), Some(place));
        }
    }
}
