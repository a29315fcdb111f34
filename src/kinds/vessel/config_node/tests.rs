use super::{DEEPEST, Document, Event, LONGEST_LINE, Reader, trim};
use proptest::prelude::*;

/// A whole text as a document.
fn parse(text: &[u8]) -> Result<Document, String> {
    let mut document = Document::default();
    let mut reader = Reader::new(text);
    reader
        .block(&mut document)
        .map(|()| document)
        .map_err(|error| error.to_string())
}

/// Every event, in one line each.
fn events(text: &str) -> Vec<String> {
    let mut reader = Reader::new(text.as_bytes());
    let mut all = Vec::new();
    while let Some(event) = reader.next().unwrap() {
        all.push(match event {
            Event::Value { name, value } => format!("{name}={value}"),
            Event::Open(name) => format!("{name}{{"),
            Event::Close => "}".to_owned(),
        });
    }
    all
}

#[test]
fn text_is_read_as_the_game_reads_it() {
    for (text, expected) in [
        ("", &[][..]),
        ("a = b", &["a=b"]),
        ("\u{feff}a = b", &["a=b"]),
        ("a = b\r\nc=d\r\n", &["a=b", "c=d"]),
        ("\ta\t=\tb c \t", &["a=b c"]),
        ("a = b = c", &["a=b = c"]),
        ("a =", &["a="]),
        ("= a", &["=a"]),
        ("a = b // c", &["a=b"]),
        ("// a = b\n//\n", &[]),
        ("a = http://x", &["a=http:"]),
        ("A\n{\n}\n", &["A{", "}"]),
        ("A {\n}", &["A{", "}"]),
        ("A // of it\r\n\r\n// b\r\n{ }", &["A{", "}"]),
        ("A{B{a=b}c=d}", &["A{", "B{", "a=b", "}", "c=d", "}"]),
        ("{}", &["{", "}"]),
        ("A\nB\n{\n}", &["B{", "}"]),
        ("A\nb = c\n{\n}", &["b=c", "{", "}"]),
        ("A\n{\nnoise\n}\n{\n}", &["A{", "}", "{", "}"]),
        ("a = 1\na = 2\na = 1", &["a=1", "a=2", "a=1"]),
        ("ä = 日本 – 🚀", &["ä=日本 – 🚀"]),
    ] {
        assert_eq!(events(text), expected, "{text:?}");
    }
}

#[test]
fn what_is_wrong_is_said_with_its_line() {
    let long = "x".repeat(LONGEST_LINE + 2);
    for (text, problem) in [
        (
            &b"a = b\n}\n"[..],
            "line 2 closes a block that was never opened",
        ),
        (
            b"A\n{\nB\n{\n}\n",
            "the block that begins in line 2 is never closed",
        ),
        (b"a = \xff\n", "line 1 is not UTF-8"),
        (b"a = b\nc = d\0\n", "line 2 has bytes that are no text"),
        (b"\xff\xfea\0", "is UTF-16"),
        (b"\xfe\xff\0a", "is UTF-16"),
        (long.as_bytes(), "line 1 is longer than"),
    ] {
        let said = parse(text).unwrap_err();
        assert!(said.contains(problem), "{said}");
    }
}

#[test]
fn depth_exhausts_nothing() {
    for depth in [10_000, DEEPEST] {
        let mut text = "A{".repeat(depth);
        text.push_str("a=b");
        text.push_str(&"}".repeat(depth));
        let document = parse(text.as_bytes()).unwrap();
        let printed = document.to_string();
        assert_eq!(parse(printed.as_bytes()).unwrap(), document);
        drop(document);
    }
    let said = parse("A{".repeat(DEEPEST + 1).as_bytes()).unwrap_err();
    assert!(said.contains("blocks within blocks"), "{said}");
}

#[test]
fn a_node_gives_its_own_in_order_and_passes_over_what_is_within() {
    let document = parse(b"a=1\nB{a=2\nC{a=3}}\na=4\nB{a=5}").unwrap();
    let root = document.root();
    assert_eq!(root.values("a").collect::<Vec<_>>(), ["1", "4"]);
    let inner: Vec<_> = root.blocks("B").map(|block| block.value("a")).collect();
    assert_eq!(inner, [Some("2"), Some("5")]);
}

#[test]
fn what_comes_again_is_kept_again() {
    let document = parse(b"a=1\na=1\nB{}\na=2\nB{}\na=1").unwrap();
    let root = document.root();
    assert_eq!(root.values("a").collect::<Vec<_>>(), ["1", "1", "2", "1"]);
    assert_eq!(root.blocks("B").count(), 2);
}

#[test]
fn a_line_and_a_block_have_an_end() {
    let line = format!("a = {}", "x".repeat(LONGEST_LINE - 4));
    assert!(parse(format!("{line}\n").repeat(7).as_bytes()).is_ok());
    let said = parse(format!("{line}\n").repeat(9).as_bytes()).unwrap_err();
    assert!(said.contains("a block may have 8 MiB"), "{said}");
}

/// What may be written in a value: one line, trimmed, and neither brace nor comment.
fn written(pattern: &str) -> impl Strategy<Value = String> {
    let text = proptest::string::string_regex(pattern).unwrap();
    text.prop_filter("as it is read", |text| {
        trim(text) == text && !text.contains("//")
    })
}

#[derive(Debug, Clone)]
enum Step {
    Value(String, String),
    Open(String),
    Close,
}

fn step() -> impl Strategy<Value = Step> {
    let name = || written("[^\\pC={}]{1,12}");
    prop_oneof![
        4 => (name(), written("[^\\pC{}]{0,20}")).prop_map(|(name, value)| Step::Value(name, value)),
        2 => prop_oneof![name(), Just(String::new())].prop_map(Step::Open),
        2 => Just(Step::Close),
    ]
}

fn document() -> impl Strategy<Value = Document> {
    proptest::collection::vec(step(), 0..60).prop_map(|steps| {
        let mut document = Document::default();
        let mut depth = 0;
        for step in steps {
            match step {
                Step::Value(name, value) => document.value(&name, &value),
                Step::Open(name) => {
                    document.open(&name);
                    depth += 1;
                }
                Step::Close if depth > 0 => {
                    document.close();
                    depth -= 1;
                }
                Step::Close => {}
            }
        }
        (0..depth).for_each(|_| document.close());
        document
    })
}

proptest! {
    #[test]
    fn what_is_printed_reads_as_what_it_was(document in document()) {
        prop_assert_eq!(parse(document.to_string().as_bytes()), Ok(document));
    }

    #[test]
    fn what_was_read_prints_as_what_reads_the_same(text in "([a-c =/\n\r\t{}\u{feff}é]|//|\\{\n|\\}\n){0,80}") {
        if let Ok(document) = parse(text.as_bytes()) {
            let printed = document.to_string();
            prop_assert_eq!(parse(printed.as_bytes()), Ok(document.clone()));
            prop_assert_eq!(parse(printed.replace('\n', "\r\n").as_bytes()), Ok(document));
        }
    }

    #[test]
    fn no_bytes_stop_it(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = parse(&bytes);
    }
}
