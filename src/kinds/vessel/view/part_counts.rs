//! A list of parts in one line.

use craft::PartCount;

/// `2 × Reliant, Terrier`
pub fn part_counts(counts: &[PartCount]) -> String {
    /// Maximum number of parts that one line names.
    const NAMED: usize = 8;
    let named = counts.iter().take(NAMED).map(|one| match one.count {
        1 => one.title.clone(),
        count => format!("{count}\u{a0}× {}", one.title),
    });
    let mut named: Vec<_> = named.collect();
    if counts.len() > NAMED {
        named.push("…".to_owned());
    }
    named.join(", ")
}
