//! Rebuilds the crate when a migration is added: `sqlx::migrate!` cannot watch the folder itself.

fn main() {
    println!("cargo:rerun-if-changed=migrations");
}
