//! Which file imports which, read from the sources: `use` lines and paths in the code.
//!
//! A name that a front file re-exports (`pub use`) belongs to the file that declares it, so that `use super::Name`
//! counts as an import of the neighbour and not of the parent.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// A module's path below its crate, such as `["tray", "alerts"]`; empty for the crate's root.
type Module = Vec<String>;

/// The files of a crate by the modules they hold, and their code.
pub struct Files {
    code: BTreeMap<Module, String>,
    /// What each file re-exports: the name, and the path it comes from.
    reexports: BTreeMap<Module, BTreeMap<String, Module>>,
}

impl Files {
    /// Reads every file below a crate's `src`, from its root `lib.rs` or `main.rs`.
    pub fn read(src: &Path) -> Self {
        let code = rust_files(src)
            .into_iter()
            .map(|(path, text)| (module_of(src, &path), without_comments_and_tests(&text)))
            .collect();
        let mut files = Self {
            code,
            reexports: BTreeMap::new(),
        };
        for (module, code) in &files.code {
            let mut names = BTreeMap::new();
            for (is_public, path) in uses(code) {
                if is_public && let Some(name) = path.last() {
                    let target = absolute(module, &path, &files.code);
                    names.insert(name.clone(), target);
                }
            }
            files.reexports.insert(module.clone(), names);
        }
        files
    }

    /// The files that each file imports.
    pub fn imports(&self) -> BTreeMap<Module, BTreeSet<Module>> {
        let mut all = BTreeMap::new();
        for (module, code) in &self.code {
            let mut targets = BTreeSet::new();
            let private = uses(code)
                .into_iter()
                .filter(|(is_public, _)| !is_public)
                .map(|(_, path)| path);
            for path in private.chain(paths(code)) {
                let path = absolute(module, &path, &self.code);
                if let Some(target) = self.file_of(&path, 0)
                    && target != *module
                    && !target.is_empty()
                {
                    targets.insert(target);
                }
            }
            all.insert(module.clone(), targets);
        }
        all
    }

    /// The file that declares what a path names; none for another crate.
    fn file_of(&self, path: &[String], depth: usize) -> Option<Module> {
        let length = (0..=path.len())
            .rev()
            .find(|&length| self.code.contains_key(&path[..length]))?;
        let module = &path[..length];
        let Some(name) = path.get(length) else {
            return Some(module.to_vec());
        };
        match self.reexports.get(module).and_then(|names| names.get(name)) {
            Some(from) if depth < 8 && from != path => {
                let rest = path[length + 1..].iter().cloned();
                let target: Module = from.iter().cloned().chain(rest).collect();
                self.file_of(&target, depth + 1)
            }
            _ => Some(module.to_vec()),
        }
    }
}

/// Every Rust file below a folder, with its text.
pub fn rust_files(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    found.sort();
    found
}

/// The groups of files that import each other in a circle.
pub fn circles(imports: &BTreeMap<Module, BTreeSet<Module>>) -> Vec<Vec<String>> {
    let reach = |from: &Module| {
        let mut seen = BTreeSet::new();
        let mut open = vec![from];
        while let Some(module) = open.pop() {
            for next in imports.get(module).into_iter().flatten() {
                if seen.insert(next.clone()) {
                    open.push(next);
                }
            }
        }
        seen
    };
    let reached: BTreeMap<_, _> = imports
        .keys()
        .map(|module| (module, reach(module)))
        .collect();
    let mut circles = Vec::new();
    let mut done = BTreeSet::new();
    for (&module, targets) in &reached {
        if done.contains(module) || !targets.contains(module) {
            continue;
        }
        let together = targets
            .iter()
            .filter(|other| reached[other].contains(module));
        let circle: Vec<_> = together.cloned().collect();
        done.extend(circle.iter().cloned());
        circles.push(circle.iter().map(|module| module.join("::")).collect());
    }
    circles
}

fn module_of(src: &Path, path: &Path) -> Module {
    let inside: PathBuf = path.strip_prefix(src).unwrap().with_extension("");
    let mut module: Module = inside
        .iter()
        .map(|part| part.to_string_lossy().into_owned())
        .collect();
    if matches!(
        module.last().map(String::as_str),
        Some("mod" | "lib" | "main")
    ) {
        module.pop();
    }
    module
}

/// The code without comments and without its tests, which stand at the end of a file.
pub fn without_comments_and_tests(text: &str) -> String {
    let lines = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    let code = lines.collect::<Vec<_>>().join("\n");
    match code.find("#[cfg(test)]\nmod tests") {
        Some(at) => code[..at].to_owned(),
        None => code,
    }
}

/// Each path of each `use` line, with whether it is public.
fn uses(code: &str) -> Vec<(bool, Module)> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices("use ") {
        let before = code[..at].rsplit('\n').next().unwrap_or_default().trim();
        let is_public = before.starts_with("pub");
        if !(before.is_empty() || is_public) {
            continue;
        }
        let Some(end) = code[at..].find(';') else {
            continue;
        };
        for path in expand(&code[at + 4..at + end]) {
            found.push((is_public, path));
        }
    }
    found
}

/// `a::{b, c::{d, e}}` as `a::b`, `a::c::d`, `a::c::e`; aliases are dropped.
fn expand(tree: &str) -> Vec<Module> {
    let tree = tree.trim();
    let Some(open) = tree.find('{') else {
        let path = tree.split(" as ").next().unwrap_or_default();
        let parts = path.split("::").map(|part| part.trim().to_owned());
        return vec![
            parts
                .filter(|part| {
                    !part.is_empty() && part != "self" || part == "self" && path.starts_with("self")
                })
                .collect(),
        ];
    };
    let prefix: Module = tree[..open]
        .split("::")
        .map(|part| part.trim().to_owned())
        .filter(|part| !part.is_empty())
        .collect();
    let inner = tree[open + 1..]
        .rsplit_once('}')
        .map_or("", |(inner, _)| inner);
    let mut parts = vec![String::new()];
    let mut depth = 0;
    for c in inner.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        parts.last_mut().unwrap().push(c);
    }
    let parts = parts.iter().filter(|part| !part.trim().is_empty());
    parts
        .flat_map(|part| expand(part))
        .map(|path| {
            let path = if path == ["self"] { Vec::new() } else { path };
            prefix.iter().cloned().chain(path).collect()
        })
        .collect()
}

/// Paths in the code outside of `use` lines: `crate::a::b`, `super::a`.
fn paths(code: &str) -> Vec<Module> {
    let mut found = Vec::new();
    for start in ["crate::", "super::"] {
        for (at, _) in code.match_indices(start) {
            let line = code[..at].rsplit('\n').next().unwrap_or_default();
            let before = code[..at].chars().next_back();
            if line.contains("use ")
                || before.is_some_and(|c| c == ':' || c == '$' || c == '(' && line.contains("pub("))
            {
                continue;
            }
            let path: String = code[at..]
                .chars()
                .take_while(|c| c.is_alphanumeric() || matches!(c, '_' | ':'))
                .collect();
            found.push(
                path.split("::")
                    .filter(|part| !part.is_empty())
                    .map(str::to_owned)
                    .collect(),
            );
        }
    }
    found
}

/// A path from the root of the crate. A path of another crate gets the prefix `extern`, which names no file.
fn absolute(module: &[String], path: &[String], files: &BTreeMap<Module, String>) -> Module {
    let mut base = module.to_vec();
    match path.first().map(String::as_str) {
        Some("crate") => return path[1..].to_vec(),
        Some("self") => return base.into_iter().chain(path[1..].iter().cloned()).collect(),
        Some("super") => {
            let ups = path.iter().take_while(|part| *part == "super").count();
            base.truncate(base.len().saturating_sub(ups));
            return base
                .into_iter()
                .chain(path[ups..].iter().cloned())
                .collect();
        }
        Some(first) => {
            base.push(first.to_owned());
            if files.contains_key(&base) {
                return base.into_iter().chain(path[1..].iter().cloned()).collect();
            }
        }
        None => {}
    }
    std::iter::once("extern".to_owned())
        .chain(path.iter().cloned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(sources: &[(&str, &str)]) -> Files {
        let folder = std::env::temp_dir().join(format!(
            "jobtray-files-{}-{:p}",
            std::process::id(),
            sources
        ));
        for (name, text) in sources {
            let path = folder.join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let files = Files::read(&folder);
        std::fs::remove_dir_all(&folder).unwrap();
        files
    }

    #[test]
    fn a_circle_of_three_files_is_found() {
        let files = files(&[
            ("lib.rs", "pub mod a; pub mod b; pub mod c;"),
            ("a.rs", "use crate::b::B;\npub struct A;"),
            ("b.rs", "use crate::{c::{C, D}, x};\npub struct B;"),
            ("c.rs", "fn f() { crate::a::g() }\npub struct C;"),
        ]);
        assert_eq!(circles(&files.imports()), [["a", "b", "c"]]);
    }

    #[test]
    fn a_name_that_a_parent_re_exports_belongs_to_its_own_file() {
        let files = files(&[
            ("lib.rs", "pub mod a;"),
            ("a.rs", "mod b;\nmod c;\npub use b::B;\npub use c::C;"),
            ("a/b.rs", "pub struct B;"),
            ("a/c.rs", "use super::B;\npub struct C;"),
        ]);
        assert_eq!(circles(&files.imports()), Vec::<Vec<String>>::new());
    }

    #[test]
    fn a_parent_that_calls_a_child_which_imports_it_is_a_circle() {
        let files = files(&[
            ("lib.rs", "pub mod a;"),
            ("a.rs", "mod b;\nuse b::run;\npub struct A;"),
            ("a/b.rs", "use super::A;\npub fn run(_: A) {}"),
        ]);
        assert_eq!(circles(&files.imports()), [["a", "a::b"]]);
    }
}
