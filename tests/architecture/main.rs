//! The direction of imports, and what must not stand where. Reads the sources, not the binary.

#![allow(
    clippy::unwrap_used,
    reason = "a test may fail this way, its readers too"
)]

mod files;
mod names;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Which modules each module may name, after ARCHITECTURE.md. Nothing points back.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("job", &[]),
    ("live", &["job", "settings"]),
    ("i18n", &["job"]),
    ("routes", &["job"]),
    ("validation", &["job", "i18n"]),
    ("settings", &["job", "i18n", "validation"]),
    ("browser", &["job", "settings"]),
    ("navigation", &["routes", "browser"]),
    (
        "tray",
        &[
            "job",
            "live",
            "i18n",
            "routes",
            "settings",
            "browser",
            "navigation",
            "queue",
            "studio",
        ],
    ),
    (
        "hydrate",
        &[
            "i18n",
            "routes",
            "browser",
            "navigation",
            "tray",
            "islands",
            "kinds",
        ],
    ),
    (
        "islands",
        &[
            "job",
            "live",
            "i18n",
            "routes",
            "settings",
            "browser",
            "navigation",
            "tray",
        ],
    ),
    (
        "ui",
        &[
            "job",
            "i18n",
            "routes",
            "validation",
            "tray",
            "islands",
            "queue",
            "studio",
        ],
    ),
    (
        "app",
        &[
            "job",
            "live",
            "i18n",
            "routes",
            "validation",
            "settings",
            "tray",
            "islands",
            "ui",
            "kinds",
            "queue",
            "studio",
        ],
    ),
    ("store", &["job", "live", "i18n", "settings"]),
    (
        "studio",
        &["job", "live", "i18n", "validation", "settings", "store"],
    ),
    (
        "queue",
        &["job", "live", "i18n", "routes", "validation", "store"],
    ),
    ("worker", &["job", "live", "i18n", "validation", "queue"]),
    (
        "kinds",
        &[
            "job",
            "live",
            "i18n",
            "routes",
            "validation",
            "islands",
            "ui",
            "queue",
            "studio",
            "worker",
        ],
    ),
    (
        "mcp",
        &[
            "job",
            "live",
            "i18n",
            "routes",
            "validation",
            "queue",
            "studio",
        ],
    ),
    (
        "web",
        &[
            "job",
            "live",
            "i18n",
            "routes",
            "validation",
            "settings",
            "tray",
            "islands",
            "ui",
            "app",
            "queue",
            "studio",
            "mcp",
        ],
    ),
];

struct Source {
    path: PathBuf,
    /// The module below the crate's root that the file belongs to.
    module: String,
    /// Without comments.
    code: String,
}

#[test]
fn imports_point_in_one_direction() {
    let allowed: BTreeMap<_, BTreeSet<_>> = MAY_IMPORT
        .iter()
        .map(|(module, others)| (*module, others.iter().copied().collect()))
        .collect();
    let mut wrong = Vec::new();
    for source in sources() {
        if matches!(source.module.as_str(), "lib" | "bin") {
            continue;
        }
        let Some(allowed) = allowed.get(source.module.as_str()) else {
            wrong.push(format!(
                "{} has no place in the tree",
                source.path.display()
            ));
            continue;
        };
        for name in crate_names(&source.code) {
            let module = allowed_somewhere(&name);
            if module && name != source.module && !allowed.contains(name.as_str()) {
                wrong.push(format!("{} imports {name}", source.path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_table_itself_has_no_way_back() {
    for (module, others) in MAY_IMPORT {
        for (other, imports) in MAY_IMPORT {
            let both = others.contains(other) && imports.contains(module);
            assert!(!both, "{module} and {other} import each other");
        }
    }
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    let mut wrong = Vec::new();
    for src in crate_folders() {
        let imports = files::Files::read(&src).imports();
        let circles = files::circles(&imports);
        wrong.extend(
            circles
                .iter()
                .map(|circle| format!("{}: {}", src.display(), circle.join(", "))),
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Words that once stood for things which have a term of the field.
const BANNED_WORDS: [&str; 16] = [
    "tell",
    "told",
    "telling",
    "wish",
    "wished",
    "deed",
    "reckon",
    "reckoned",
    "refused",
    "refusal",
    "said",
    "catalogue",
    "promise",
    "promised",
    "manieth",
    "unwell",
];

/// Arguments of messages, whose names are in stored rows.
const STORED_ARGUMENTS: [&str; 1] = ["said"];

#[test]
fn no_name_uses_a_banned_word() {
    let mut wrong = Vec::new();
    for (path, code) in all_code() {
        for (keyword, name) in names::declared(&code) {
            if keyword == "field" && STORED_ARGUMENTS.contains(&name.as_str()) {
                continue;
            }
            if let Some(word) = names::words(&name)
                .iter()
                .find(|word| BANNED_WORDS.contains(&word.as_str()))
            {
                wrong.push(format!("{path}: {keyword} {name} ({word})"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Names that are always read with their module.
const READ_WITH_THEIR_MODULE: [&str; 2] = ["Input", "Error"];

#[test]
fn a_type_name_stands_once_in_a_crate() {
    let mut wrong = Vec::new();
    for src in crate_folders() {
        // Tests have neighbours of their own; the rule is about what ships.
        if src.ends_with("testkit/src") {
            continue;
        }
        let sources = code_below(&src);
        for (name, places) in names::repeated_types(&sources) {
            if !READ_WITH_THEIR_MODULE.contains(&name.as_str()) {
                wrong.push(format!("{name}: {}", places.join(", ")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_module_but_kinds_names_a_kind() {
    let kinds: Vec<_> = jobtray::kinds::names().collect();
    let mut wrong = Vec::new();
    for source in sources() {
        if matches!(source.module.as_str(), "kinds" | "lib" | "bin") {
            continue;
        }
        let code = source
            .code
            .split("#[cfg(test)]\nmod tests")
            .next()
            .unwrap_or_default();
        if source.path.ends_with("tests.rs") || source.path.ends_with("sample.rs") {
            continue;
        }
        for kind in &kinds {
            // In Rust, in SQL, and as the prefix of a reference; a path such as `/stories` names a page.
            let mut marks = vec![format!("\"{kind}\""), format!("'{kind}'")];
            if !matches!(source.module.as_str(), "store" | "studio") {
                marks.push(format!("\"{kind}:"));
            }
            let named: usize = marks.iter().map(|mark| code.matches(mark).count()).sum();
            // The studio's own scenes have ids and a class of that name.
            let own =
                code.matches("id(\"scene\")").count() + code.matches("class=\"scene\"").count();
            let own = if *kind == "scene" { own } else { 0 };
            if named > own {
                wrong.push(format!("{}: {kind}", source.path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn views_contain_no_gates() {
    for source in sources() {
        for view in views(&source.code) {
            assert!(!view.contains("cfg"), "{}: {view}", source.path.display());
        }
    }
}

#[test]
fn sql_stands_only_in_the_store() {
    for source in sources() {
        let speaks = source.code.contains("sqlx::") || source.code.contains("use sqlx");
        assert!(
            source.module == "store" || !speaks,
            "{} speaks to the database",
            source.path.display()
        );
    }
}

#[test]
fn no_file_hides_its_idea_behind_a_vague_name() {
    let vague = [
        "mod", "common", "util", "utils", "helper", "helpers", "manager",
    ];
    for source in sources() {
        let name = source.path.file_stem().unwrap().to_str().unwrap();
        assert!(!vague.contains(&name), "{}", source.path.display());
    }
}

#[test]
fn the_options_of_the_build_and_of_the_run_agree() {
    let run = leptos_section("Leptos.toml");
    let build = leptos_section("Cargo.toml");
    assert!(run.contains_key("output-name"), "{run:?}");
    for (key, value) in run {
        assert_eq!(build.get(&key), Some(&value), "{key}");
    }
}

fn leptos_section(file: &str) -> BTreeMap<String, String> {
    let text = std::fs::read_to_string(root().join(file)).unwrap();
    let section = text.split("[package.metadata.leptos]\n").nth(1).unwrap();
    section
        .lines()
        .take_while(|line| !line.starts_with('['))
        .filter_map(|line| line.split_once('='))
        .map(|(key, value)| (key.trim().to_owned(), value.trim().to_owned()))
        .collect()
}

fn allowed_somewhere(name: &str) -> bool {
    MAY_IMPORT.iter().any(|(module, _)| *module == name)
}

/// The first names after `crate::`, also in braces and outside `use`.
fn crate_names(code: &str) -> BTreeSet<String> {
    code.split("crate::")
        .skip(1)
        .flat_map(|rest| match rest.strip_prefix('{') {
            Some(list) => outermost(list),
            None => vec![rest.to_owned()],
        })
        .map(|path| first_name(&path))
        .collect()
}

/// The parts of a braced list, without what stands in its inner braces.
fn outermost(list: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut depth = 0;
    for c in list.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => parts.push(String::new()),
            _ if depth == 0 => parts.last_mut().unwrap().push(c),
            _ => {}
        }
    }
    parts
}

fn first_name(path: &str) -> String {
    path.trim_start()
        .chars()
        .take_while(|c| c.is_alphanumeric() || *c == '_')
        .collect()
}

#[test]
fn names_are_found_in_every_form_of_import() {
    let code = "use crate::{a::{x, y}, b};\nuse crate::c::z; fn f() { crate::d::g() }";
    let names: Vec<_> = crate_names(code).into_iter().collect();
    assert_eq!(names, ["a", "b", "c", "d"]);
}

/// What stands between the braces of each `view!`.
fn views(code: &str) -> Vec<&str> {
    let starts = code.match_indices("view! {");
    starts
        .map(|(at, mark)| {
            let view = &code[at + mark.len()..];
            let mut depth = 1;
            let end = view.find(|c| {
                depth += i32::from(c == '{') - i32::from(c == '}');
                depth == 0
            });
            &view[..end.unwrap_or(view.len())]
        })
        .collect()
}

fn sources() -> Vec<Source> {
    let src = root().join("src");
    let files = files::rust_files(&src).into_iter();
    let sources: Vec<_> = files
        .map(|(path, text)| source(&src, path, &text))
        .collect();
    assert!(sources.len() > 20, "the sources were not found");
    sources
}

fn source(src: &Path, path: PathBuf, text: &str) -> Source {
    let inside = path.strip_prefix(src).unwrap();
    let first = inside.components().next().unwrap().as_os_str();
    let code = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    Source {
        module: first.to_string_lossy().trim_end_matches(".rs").to_owned(),
        code: code.collect::<Vec<_>>().join("\n"),
        path,
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The `src` of the package and of every crate beside it.
fn crate_folders() -> Vec<PathBuf> {
    let crates = std::fs::read_dir(root().join("crates")).unwrap();
    let beside = crates.map(|entry| entry.unwrap().path().join("src"));
    let mut folders: Vec<_> = beside.filter(|src| src.is_dir()).collect();
    folders.push(root().join("src"));
    folders.sort();
    folders
}

/// Every file of Rust below a folder, by its path, without comments and without its module of tests.
fn code_below(folder: &Path) -> Vec<(String, String)> {
    let files = files::rust_files(folder).into_iter();
    let shipped = files.filter(|(path, _)| !path.ends_with("tests.rs"));
    shipped
        .map(|(path, text)| {
            let short = path.strip_prefix(root()).unwrap().display().to_string();
            (short, files::without_comments_and_tests(&text))
        })
        .collect()
}

/// The code of every crate, and of the tests.
fn all_code() -> Vec<(String, String)> {
    let mut all: Vec<_> = crate_folders()
        .iter()
        .flat_map(|src| code_below(src))
        .collect();
    for folder in ["tests", "benches", "examples"] {
        all.extend(code_below(&root().join(folder)));
    }
    all
}
