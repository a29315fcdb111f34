//! Statements with many columns, written with each value beside its column, so that the two lists cannot get out of
//! step.

/// `insert!("insert into logs" { job: job, seq: 1 })` binds its values to `insert into logs (job, seq) values (?, ?)`.
macro_rules! insert {
    ($head:literal { $first:ident: $first_value:expr $(, $column:ident: $value:expr)* $(,)? }) => {
        sqlx::query::<sqlx::Sqlite>(concat!(
            $head,
            " (", stringify!($first) $(, ", ", stringify!($column))*, ") values (?",
            $($crate::store::sqlite::statement::parameter!($column),)* ")",
        ))
        .bind($first_value)
        $(.bind($value))*
    };
}

/// `update!("update jobs set" { step: step, progress: 0.5 } "where id = ?")` binds its values to
/// `update jobs set step = ?, progress = ? where id = ?`; the caller binds what the condition needs.
macro_rules! update {
    ($head:literal { $first:ident: $first_value:expr $(, $column:ident: $value:expr)* $(,)? } $condition:literal) => {
        sqlx::query::<sqlx::Sqlite>(concat!(
            $head, " ", stringify!($first), " = ?",
            $(", ", stringify!($column), " = ?",)*
            " ", $condition,
        ))
        .bind($first_value)
        $(.bind($value))*
    };
}

/// The parameter of one more column.
macro_rules! parameter {
    ($column:ident) => {
        ", ?"
    };
}

pub(super) use {insert, parameter, update};
