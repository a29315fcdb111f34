//! The words of the studio's pages.
