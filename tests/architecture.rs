//! The direction of imports, and what must not stand where. Reads the sources, not the binary.

#![allow(
    clippy::unwrap_used,
    reason = "a test may fail this way, its readers too"
)]

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
    ("browser", &["job", "live", "i18n", "routes", "settings"]),
    (
        "tray",
        &[
            "job", "live", "i18n", "routes", "settings", "browser", "queue", "studio",
        ],
    ),
    ("hydrate", &["i18n", "browser", "tray", "islands", "kinds"]),
    (
        "islands",
        &[
            "job", "live", "i18n", "routes", "settings", "browser", "tray",
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
    let mut sources = Vec::new();
    let mut folders = vec![src.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                sources.push(source(&src, path));
            }
        }
    }
    assert!(sources.len() > 20, "the sources were not found");
    sources
}

fn source(src: &Path, path: PathBuf) -> Source {
    let inside = path.strip_prefix(src).unwrap();
    let first = inside.components().next().unwrap().as_os_str();
    let text = std::fs::read_to_string(&path).unwrap();
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
