use super::Undo;
use crate::store::error::StoreError;
use crate::store::sqlite::Sqlite;
use futures::future::join_all;

async fn limit_pages(store: &Sqlite, pragma: &'static str) {
    let set = store.writer.write(Undo::Savepoint, move |tx| {
        Box::pin(async move {
            sqlx::raw_sql(pragma).execute(&mut **tx).await?;
            Ok(())
        })
    });
    set.await.unwrap();
}

async fn insert_studio(store: &Sqlite, bytes: usize) -> Result<(), StoreError> {
    let name = "x".repeat(bytes);
    store
        .writer
        .write(Undo::Savepoint, move |tx| {
            Box::pin(async move {
                let id = uuid::Uuid::now_v7().to_string();
                sqlx::query("insert into studios (id, name) values (?, ?)")
                    .bind(id)
                    .bind(name)
                    .execute(&mut **tx)
                    .await?;
                Ok(())
            })
        })
        .await
}

async fn inserted_studios(store: &Sqlite) -> i64 {
    sqlx::query_scalar("select count(*) from studios where name like 'x%'")
        .fetch_one(&store.readers)
        .await
        .unwrap()
}

#[tokio::test]
async fn a_full_disk_fails_the_whole_group_and_service_returns() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("full.db").display());
    let store = Sqlite::open(&url, folder.path()).await.unwrap();
    limit_pages(&store, "pragma max_page_count = 150").await;
    // Some of them would fit alone; they share their group's fate.
    let answers = join_all((0..8).map(|_| insert_studio(&store, 300_000))).await;
    let good = answers.iter().filter(|answer| answer.is_ok()).count();
    assert!(good < answers.len());
    for answer in answers.iter().filter(|answer| answer.is_err()) {
        assert!(
            matches!(answer, Err(StoreError::Unavailable(_))),
            "{answer:?}"
        );
    }
    assert_eq!(
        inserted_studios(&store).await,
        i64::try_from(good).unwrap(),
        "no false success"
    );
    limit_pages(&store, "pragma max_page_count = 1000000").await;
    insert_studio(&store, 300_000).await.unwrap();
    assert_eq!(
        inserted_studios(&store).await,
        i64::try_from(good).unwrap() + 1
    );
}

#[tokio::test]
async fn a_failed_write_is_undone_alone() {
    let store = Sqlite::open("memory:", std::path::Path::new(""))
        .await
        .unwrap();
    let fails = store.writer.write::<(), _>(Undo::Savepoint, |tx| {
        Box::pin(async move {
            sqlx::query("insert into studios (id, name) values ('a', 'x')")
                .execute(&mut **tx)
                .await?;
            tx.changed("a", 1);
            Err(StoreError::Corrupt("on purpose".to_owned()))
        })
    });
    let panics = store.writer.write::<(), _>(Undo::Savepoint, |_| {
        Box::pin(async { panic!("on purpose") })
    });
    let (failed, panicked, inserted) = tokio::join!(fails, panics, insert_studio(&store, 1));
    assert!(failed.is_err() && panicked.is_err());
    inserted.unwrap();
    assert_eq!(inserted_studios(&store).await, 1);
}

#[tokio::test]
async fn change_numbers_grow_through_failed_writes_and_groups() {
    let store = Sqlite::open("memory:", std::path::Path::new(""))
        .await
        .unwrap();
    let next = |fails: bool| {
        store.writer.write(Undo::Savepoint, move |tx| {
            Box::pin(async move {
                let change = tx.next_change("a").await?;
                if fails {
                    return Err(StoreError::Corrupt("on purpose".to_owned()));
                }
                Ok(change)
            })
        })
    };
    let mut numbers = Vec::new();
    for _ in 0..3 {
        // The first to write to a new studio fails, and takes its row with it.
        let group = [true, false, false, true, false].map(next);
        numbers.extend(join_all(group).await.into_iter().flatten());
        let row: i64 = sqlx::query_scalar("select change from studios where id = 'a'")
            .fetch_one(&store.readers)
            .await
            .unwrap();
        assert_eq!(numbers.last(), Some(&row.unsigned_abs()));
    }
    assert_eq!(numbers.len(), 9);
    assert!(numbers.windows(2).all(|two| two[0] < two[1]), "{numbers:?}");
}
