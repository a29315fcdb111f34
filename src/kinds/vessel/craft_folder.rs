//! The folder where people put craft and save files for vessel jobs. Nothing here writes to it.

use std::fs::File;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// Maximum size of a craft or save file, in bytes.
pub const MAX_CRAFT_FILE_BYTES: u64 = 64 * 1024 * 1024;
/// Maximum length of the name of a file, in bytes.
pub const MAX_CRAFT_NAME_BYTES: usize = 200;
/// How many parts a name may have: `Ships/VAB/Kerbal X.craft` has three.
const MAX_DEPTH: usize = 3;
/// Maximum number of files in a list.
const MAX_FILES: usize = 500;
/// Maximum number of folder entries that are examined for a list.
const MAX_ENTRIES: usize = 5000;

/// The folder; cheap to clone.
#[derive(Debug, Clone)]
pub struct CraftFolder(Arc<Path>);

/// A file that can be read by its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CraftFile {
    /// Below the folder, with `/` between folders.
    pub name: String,
    pub bytes: u64,
}

/// The files in the folder, sorted by name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CraftList {
    pub files: Vec<CraftFile>,
    /// Whether the folder has more files or entries than were examined.
    pub cut: bool,
}

/// Why a file of the folder cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum CraftError {
    #[error(
        "must be the name of a .craft or .sfs file in the craft folder, {MAX_CRAFT_NAME_BYTES} bytes at most"
    )]
    Name,
    #[error("there is no such file in the craft folder")]
    Missing,
    #[error("leads outside the craft folder")]
    Outside,
    #[error("is larger than {} MiB", MAX_CRAFT_FILE_BYTES / (1024 * 1024))]
    TooLarge,
    #[error("cannot be read: {0}")]
    Io(#[from] io::Error),
}

impl CraftFolder {
    #[must_use]
    pub fn at(folder: &Path) -> Self {
        Self(Arc::from(folder))
    }

    /// The folder at this path.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// The craft and save files; none if the folder does not exist.
    pub fn list(&self) -> io::Result<CraftList> {
        let mut list = CraftList::default();
        let mut folders = vec![(PathBuf::new(), 1)];
        let mut examined = 0;
        while let Some((below, depth)) = folders.pop() {
            let entries = match std::fs::read_dir(self.0.join(&below)) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                // A folder that cannot be read does not hide the others.
                Err(_) if depth > 1 => continue,
                entries => entries?,
            };
            for entry in entries.filter_map(Result::ok) {
                examined += 1;
                if examined > MAX_ENTRIES || list.files.len() == MAX_FILES {
                    list.cut = true;
                    break;
                }
                let (Ok(kind), Ok(name)) = (entry.file_type(), entry.file_name().into_string())
                else {
                    continue;
                };
                let path = below.join(&name);
                if kind.is_dir() && depth < MAX_DEPTH {
                    folders.push((path, depth + 1));
                } else if let Some(name) = path.to_str().filter(|name| is_name(name))
                    && let Ok((_, bytes)) = self.find(name)
                {
                    let name = name.to_owned();
                    list.files.push(CraftFile { name, bytes });
                }
            }
        }
        list.files.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(list)
    }

    /// Opens a file by its name, and returns its length in bytes.
    pub fn open(&self, name: &str) -> Result<(File, u64), CraftError> {
        let (path, bytes) = self.find(name)?;
        Ok((File::open(path)?, bytes))
    }

    /// The real path of a file, and its length. A link that leads outside the folder is rejected.
    fn find(&self, name: &str) -> Result<(PathBuf, u64), CraftError> {
        if !is_name(name) {
            return Err(CraftError::Name);
        }
        let folder = self.0.canonicalize().map_err(missing)?;
        let path = folder.join(name).canonicalize().map_err(missing)?;
        if !path.starts_with(&folder) {
            return Err(CraftError::Outside);
        }
        let facts = path.metadata()?;
        // Reading a pipe or a device may block or never end.
        if !facts.is_file() {
            return Err(CraftError::Missing);
        }
        if facts.len() > MAX_CRAFT_FILE_BYTES {
            return Err(CraftError::TooLarge);
        }
        Ok((path, facts.len()))
    }
}

fn missing(error: io::Error) -> CraftError {
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => CraftError::Missing,
        _ => CraftError::Io(error),
    }
}

/// Whether a name is a relative path of plain names with the extension of a craft or save file.
fn is_name(name: &str) -> bool {
    let plain = |part: Component| matches!(part, Component::Normal(_));
    let path = Path::new(name);
    let ending = path.extension().and_then(|ending| ending.to_str());
    name.len() <= MAX_CRAFT_NAME_BYTES
        && !name.contains('\\')
        && !name.chars().any(char::is_control)
        && (1..=MAX_DEPTH).contains(&path.components().count())
        && path.components().all(plain)
        && ending.is_some_and(|ending| {
            ending.eq_ignore_ascii_case("craft") || ending.eq_ignore_ascii_case("sfs")
        })
}

#[cfg(test)]
mod tests {
    use super::{CraftError, CraftFolder, MAX_CRAFT_FILE_BYTES, MAX_CRAFT_NAME_BYTES};
    use std::os::unix::fs::symlink;

    #[test]
    fn only_files_of_the_folder_are_opened_and_listed() {
        let outside = tempfile::tempdir().unwrap();
        std::fs::write(outside.path().join("secret.craft"), "ship = x").unwrap();
        let inside = tempfile::tempdir().unwrap();
        let at = |name: &str| inside.path().join(name);
        std::fs::create_dir_all(at("Ships/VAB/deeper")).unwrap();
        for name in [
            "a.craft",
            "Ships/VAB/b.craft",
            "Ships/VAB/deeper/c.craft",
            "notes.txt",
        ] {
            std::fs::write(at(name), "ship = x").unwrap();
        }
        symlink(outside.path().join("secret.craft"), at("link.craft")).unwrap();
        symlink(outside.path(), at("door")).unwrap();
        symlink(at("a.craft"), at("same.craft")).unwrap();
        let large = std::fs::File::create(at("large.sfs")).unwrap();
        large.set_len(MAX_CRAFT_FILE_BYTES + 1).unwrap();
        let folder = CraftFolder::at(inside.path());
        let list = folder.list().unwrap();
        let names: Vec<_> = list.files.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, ["Ships/VAB/b.craft", "a.craft", "same.craft"]);
        assert!(!list.cut);
        let outside = outside.path().join("secret.craft").display().to_string();
        for (name, problem) in [
            ("a.craft", ""),
            ("A.craft", "there is no such file"),
            ("", "must be the name"),
            (".", "must be the name"),
            ("../secret.craft", "must be the name"),
            (outside.as_str(), "must be the name"),
            ("Ships\\VAB\\b.craft", "must be the name"),
            ("notes.txt", "must be the name"),
            ("a.craft\0", "must be the name"),
            (&"x".repeat(250), "must be the name"),
            ("Ships/VAB/deeper/c.craft", "must be the name"),
            ("link.craft", "leads out"),
            ("door/secret.craft", "leads out"),
            ("large.sfs", "is larger than 64 MiB"),
            ("a.craft/b.craft", "there is no such file"),
        ] {
            let found = folder.open(name);
            let message = found.err().map(|error| error.to_string());
            assert!(
                message.clone().unwrap_or_default().starts_with(problem),
                "{name}: {message:?}"
            );
            assert_eq!(message.is_none(), problem.is_empty(), "{name}: {message:?}");
        }
    }

    #[test]
    fn a_folder_that_is_not_there_has_nothing() {
        let folder = CraftFolder::at(std::path::Path::new("/nonexistent/craft"));
        assert_eq!(folder.list().unwrap().files, []);
        assert!(matches!(folder.open("a.craft"), Err(CraftError::Missing)));
    }

    #[test]
    fn a_file_is_plain_and_within_limits_whatever_the_case_of_its_ending() {
        let inside = tempfile::tempdir().unwrap();
        let folder = CraftFolder::at(inside.path());
        std::fs::create_dir(inside.path().join("folder.craft")).unwrap();
        for (name, bytes) in [("A.CRAFT", 1), ("b.Sfs", MAX_CRAFT_FILE_BYTES)] {
            let file = std::fs::File::create(inside.path().join(name)).unwrap();
            file.set_len(bytes).unwrap();
            assert_eq!(folder.open(name).unwrap().1, bytes);
        }
        let longest = format!("{}.craft", "x".repeat(MAX_CRAFT_NAME_BYTES - 6));
        for name in ["folder.craft", &longest] {
            let found = folder.open(name);
            assert!(matches!(found, Err(CraftError::Missing)), "{found:?}");
        }
        assert_eq!(folder.list().unwrap().files.len(), 2);
    }

    #[test]
    fn a_list_says_where_it_ends_before_the_folder_does() {
        let inside = tempfile::tempdir().unwrap();
        for file in 0..=500 {
            let name = format!("{file}.craft");
            std::fs::File::create(inside.path().join(name)).unwrap();
            let cut = match file {
                499 => false,
                500 => true,
                _ => continue,
            };
            let list = CraftFolder::at(inside.path()).list().unwrap();
            assert_eq!((list.files.len(), list.cut), (500, cut));
        }
    }
}
