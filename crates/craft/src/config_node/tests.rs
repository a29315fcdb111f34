use super::{Document, Event, MAX_DEPTH, MAX_LINE_BYTES, Reader, trim};
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
    while let Some(event) = reader.next_event().unwrap() {
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
fn a_damaged_file_is_rejected_with_the_line() {
    let long = "x".repeat(MAX_LINE_BYTES + 2);
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
        (
            b"a = b\nc = d\0\n",
            "line 2 contains bytes that are not text",
        ),
        (b"\xff\xfea\0", "is UTF-16"),
        (b"\xfe\xff\0a", "is UTF-16"),
        (long.as_bytes(), "line 1 is longer than"),
    ] {
        let error = parse(text).unwrap_err();
        assert!(error.contains(problem), "{error}");
    }
}

#[test]
fn deep_nesting_exhausts_no_stack() {
    for depth in [10_000, MAX_DEPTH] {
        let mut text = "A{".repeat(depth);
        text.push_str("a=b");
        text.push_str(&"}".repeat(depth));
        let document = parse(text.as_bytes()).unwrap();
        let printed = document.to_string();
        assert_eq!(parse(printed.as_bytes()).unwrap(), document);
        drop(document);
    }
    let error = parse("A{".repeat(MAX_DEPTH + 1).as_bytes()).unwrap_err();
    assert!(error.contains("nested too deeply"), "{error}");
}

#[test]
fn a_node_yields_its_own_values_in_order_and_skips_inner_blocks() {
    let document = parse(b"a=1\nB{a=2\nC{a=3}}\na=4\nB{a=5}").unwrap();
    let root = document.root();
    assert_eq!(root.values("a").collect::<Vec<_>>(), ["1", "4"]);
    let inner: Vec<_> = root.blocks("B").map(|block| block.value("a")).collect();
    assert_eq!(inner, [Some("2"), Some("5")]);
}

#[test]
fn repeated_names_are_all_kept() {
    let document = parse(b"a=1\na=1\nB{}\na=2\nB{}\na=1").unwrap();
    let root = document.root();
    assert_eq!(root.values("a").collect::<Vec<_>>(), ["1", "1", "2", "1"]);
    assert_eq!(root.blocks("B").count(), 2);
}

#[test]
fn a_block_may_have_eight_mebibytes() {
    let line = format!("a = {}", "x".repeat(MAX_LINE_BYTES - 4));
    assert!(parse(format!("{line}\n").repeat(7).as_bytes()).is_ok());
    let error = parse(format!("{line}\n").repeat(9).as_bytes()).unwrap_err();
    assert!(error.contains("larger than 8 MiB"), "{error}");
}

/// Text that a value can hold: one trimmed line without braces and comments.
fn value_text(pattern: &str) -> impl Strategy<Value = String> {
    let text = proptest::string::string_regex(pattern).unwrap();
    text.prop_filter("trimmed, without a comment", |text| {
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
    let name = || value_text("[^\\pC={}]{1,12}");
    prop_oneof![
        4 => (name(), value_text("[^\\pC{}]{0,20}")).prop_map(|(name, value)| Step::Value(name, value)),
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
    fn a_printed_document_reads_as_the_same_document(document in document()) {
        prop_assert_eq!(parse(document.to_string().as_bytes()), Ok(document));
    }

    #[test]
    fn a_read_document_prints_as_text_that_reads_the_same(text in "([a-c =/\n\r\t{}\u{feff}é]|//|\\{\n|\\}\n){0,80}") {
        if let Ok(document) = parse(text.as_bytes()) {
            let printed = document.to_string();
            prop_assert_eq!(parse(printed.as_bytes()), Ok(document.clone()));
            prop_assert_eq!(parse(printed.replace('\n', "\r\n").as_bytes()), Ok(document));
        }
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = parse(&bytes);
    }
}
