//! Which files of the scripts folder may run: programs, and files whose first line names an interpreter.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::Read;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::PermissionsExt;
use std::path::{Component, Path, PathBuf};

/// Maximum number of names that are listed.
const MAX_NAMES: usize = 100;
/// Maximum number of entries that are examined for the list, and the deepest nesting of folders.
const MAX_ENTRIES: usize = 2000;
const MAX_DEPTH: usize = 4;

/// The bytes of the first line that Linux reads (`BINPRM_BUF_SIZE`, include/uapi/linux/binfmts.h).
const FIRST_LINE_SIZE: usize = 256;
/// The first bytes of a Linux program.
const ELF_MAGIC: &[u8] = b"\x7fELF";

/// The operator's folder of scripts.
#[derive(Debug, Clone)]
pub struct ScriptsFolder(PathBuf);

/// Why a file may not run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ScriptError {
    #[error("must be a name in the scripts folder, without . and .. and nothing hidden")]
    Name,
    #[error("is not in the scripts folder")]
    Missing,
    #[error("leads outside the scripts folder")]
    Outside,
    #[error("is not a file")]
    NotAFile,
    #[error("is not executable: the operator can make it so with chmod +x")]
    NotExecutable,
    #[error("has no first line such as #!/bin/sh that names its interpreter")]
    NoInterpreter,
    #[error("cannot be read")]
    Unreadable,
}

/// A file that may run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Script {
    /// Its path without links.
    pub path: PathBuf,
    /// None for a program.
    interpreter: Option<Interpreter>,
}

/// The interpreter that a first line names.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Interpreter {
    /// By its path.
    File(OsString),
    /// By a name that `env` looks for in `PATH`.
    Named(OsString),
}

impl ScriptsFolder {
    pub fn new(root: PathBuf) -> Self {
        Self(root)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    /// The script with this name, which may be in a subfolder.
    pub fn find(&self, name: &str) -> Result<Script, ScriptError> {
        let plain = |part| matches!(part, Component::Normal(part) if !hidden(part));
        if name.is_empty() || !Path::new(name).components().all(plain) {
            return Err(ScriptError::Name);
        }
        let root = self.0.canonicalize().map_err(|_| ScriptError::Missing)?;
        let path = root
            .join(name)
            .canonicalize()
            .map_err(|_| ScriptError::Missing)?;
        if !path.starts_with(&root) {
            return Err(ScriptError::Outside);
        }
        let about = path.metadata().map_err(|_| ScriptError::Unreadable)?;
        if !about.is_file() {
            return Err(ScriptError::NotAFile);
        }
        if about.permissions().mode() & 0o111 == 0 {
            return Err(ScriptError::NotExecutable);
        }
        let first = first_line(&path).map_err(|_| ScriptError::Unreadable)?;
        let interpreter = match first.strip_prefix(b"#!") {
            Some(line) => Some(interpreter(line).ok_or(ScriptError::NoInterpreter)?),
            None if first.starts_with(ELF_MAGIC) => None,
            None => return Err(ScriptError::NoInterpreter),
        };
        Ok(Script { path, interpreter })
    }

    /// The names of the scripts, sorted; at most [`MAX_NAMES`].
    pub fn names(&self) -> Vec<String> {
        let (mut names, mut entries) = (Vec::new(), 0);
        let mut folders = vec![(PathBuf::new(), 0)];
        while let Some((folder, depth)) = folders.pop() {
            let Ok(listed) = std::fs::read_dir(self.0.join(&folder)) else {
                continue;
            };
            for entry in listed.filter_map(Result::ok) {
                entries += 1;
                if entries > MAX_ENTRIES || hidden(&entry.file_name()) {
                    continue;
                }
                let path = folder.join(entry.file_name());
                // Links to folders are not followed: they may form a loop.
                if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                    if depth < MAX_DEPTH {
                        folders.push((path, depth + 1));
                    }
                } else if let Some(name) = path.to_str()
                    && self.find(name).is_ok()
                {
                    names.push(name.to_owned());
                }
            }
        }
        names.sort_unstable();
        names.truncate(MAX_NAMES);
        names
    }
}

impl Script {
    /// The interpreter if it does not exist; `search` is the `PATH` that the script will have.
    pub fn missing_interpreter(&self, search: &OsStr) -> Option<&OsStr> {
        match self.interpreter.as_ref()? {
            Interpreter::File(path) => (!Path::new(path).exists()).then_some(path),
            Interpreter::Named(name) => {
                let mut folders = std::env::split_paths(search);
                (!folders.any(|folder| folder.join(name).exists())).then_some(name)
            }
        }
    }
}

fn hidden(name: &OsStr) -> bool {
    name.as_bytes().starts_with(b".")
}

fn first_line(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut first = Vec::with_capacity(FIRST_LINE_SIZE);
    let limit = u64::try_from(FIRST_LINE_SIZE).unwrap_or(u64::MAX);
    File::open(path)?.take(limit).read_to_end(&mut first)?;
    if let Some(end) = first.iter().position(|byte| *byte == b'\n') {
        first.truncate(end);
    }
    Ok(first)
}

/// The interpreter in the rest of a first line: `/bin/sh -e`, `/usr/bin/env python3`, `/usr/bin/env -S node -r x`.
fn interpreter(line: &[u8]) -> Option<Interpreter> {
    let mut words = line
        .split(u8::is_ascii_whitespace)
        .filter(|word| !word.is_empty());
    let path = OsStr::from_bytes(words.next()?);
    if Path::new(path).file_name() != Some(OsStr::new("env")) {
        return Some(Interpreter::File(path.to_owned()));
    }
    // Options of env, and variables that it sets, come before the name.
    let mut named = words.filter(|word| !word.starts_with(b"-") && !word.contains(&b'='));
    let name = named.next().map(OsStr::from_bytes);
    Some(match name {
        Some(name) if !name.as_bytes().contains(&b'/') => Interpreter::Named(name.to_owned()),
        other => Interpreter::File(other.unwrap_or(path).to_owned()),
    })
}

#[cfg(test)]
mod tests {
    use super::{ScriptError, ScriptsFolder};
    use std::ffi::OsStr;
    use std::os::unix::fs::{PermissionsExt, symlink};
    use tempfile::TempDir;

    const SHELL: &str = "#!/bin/sh\n";

    fn folder(files: &[(&str, &str, u32)]) -> (TempDir, ScriptsFolder) {
        let dir = tempfile::tempdir().unwrap();
        for (name, text, mode) in files {
            let path = dir.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, text).unwrap();
            std::fs::set_permissions(&path, PermissionsExt::from_mode(*mode)).unwrap();
        }
        let folder = ScriptsFolder::new(dir.path().to_owned());
        (dir, folder)
    }

    #[test]
    fn only_programs_inside_the_folder_may_run() {
        let (dir, folder) = folder(&[
            ("a.sh", SHELL, 0o755),
            ("sub/b.sh", SHELL, 0o700),
            ("program", "\x7fELF…", 0o755),
            ("plain.sh", SHELL, 0o644),
            ("notes.txt", "hello", 0o755),
            ("empty", "", 0o755),
            ("bare", "#!\n", 0o755),
            (".git/hooks/x", SHELL, 0o755),
        ]);
        symlink("/bin/sh", dir.path().join("out")).unwrap();
        symlink("/bin", dir.path().join("bin")).unwrap();
        symlink("sub/b.sh", dir.path().join("in")).unwrap();
        symlink("nowhere", dir.path().join("dangling")).unwrap();
        for (name, error) in [
            ("a.sh", None),
            ("sub/b.sh", None),
            ("in", None),
            ("program", None),
            ("", Some(ScriptError::Name)),
            (".", Some(ScriptError::Name)),
            ("..", Some(ScriptError::Name)),
            ("../a.sh", Some(ScriptError::Name)),
            ("sub/../a.sh", Some(ScriptError::Name)),
            ("/bin/sh", Some(ScriptError::Name)),
            (".git/hooks/x", Some(ScriptError::Name)),
            ("missing", Some(ScriptError::Missing)),
            ("dangling", Some(ScriptError::Missing)),
            ("out", Some(ScriptError::Outside)),
            ("bin/sh", Some(ScriptError::Outside)),
            ("sub", Some(ScriptError::NotAFile)),
            ("plain.sh", Some(ScriptError::NotExecutable)),
            ("notes.txt", Some(ScriptError::NoInterpreter)),
            ("empty", Some(ScriptError::NoInterpreter)),
            ("bare", Some(ScriptError::NoInterpreter)),
        ] {
            assert_eq!(folder.find(name).err(), error, "{name}");
        }
        assert_eq!(folder.names(), ["a.sh", "in", "program", "sub/b.sh"]);
    }

    #[test]
    fn a_missing_interpreter_is_named() {
        for (line, missing) in [
            ("#!/bin/sh -e\n", None),
            ("#! /bin/sh\n", None),
            ("#!/usr/bin/env sh\n", None),
            ("#!/usr/bin/env -S A=1 sh -e\n", None),
            ("#!/usr/bin/env /bin/sh\n", None),
            ("#!/opt/nowhere/sh\n", Some("/opt/nowhere/sh")),
            ("#!/usr/bin/env no-such-program\n", Some("no-such-program")),
        ] {
            let (_dir, folder) = folder(&[("x", line, 0o755)]);
            let script = folder.find("x").unwrap();
            let found = script.missing_interpreter(OsStr::new("/usr/bin:/bin"));
            assert_eq!(found, missing.map(OsStr::new), "{line}");
        }
    }

    #[test]
    fn a_list_of_names_has_a_greatest_length_and_depth() {
        let names: Vec<_> = (0..101).map(|one| format!("{one:03}.sh")).collect();
        let files = names.iter().map(|name| (name.as_str(), SHELL, 0o755));
        let (_dir, many) = folder(&files.collect::<Vec<_>>());
        assert_eq!(many.names(), names[..100]);
        let deep = ["1/2/3/4/x.sh", "1/2/3/4/5/x.sh"];
        let (_dir, folder) = folder(&deep.map(|name| (name, SHELL, 0o755)));
        assert_eq!(folder.names(), deep[..1]);
        assert!(folder.find(deep[1]).is_ok());
    }
}
