//! Settings are stored for each user of a studio.

use crate::stage::on_both_stores;
use jobtray::i18n::Lang;
use jobtray::job::{Scope, Timestamp};
use jobtray::queue::Caller;
use jobtray::settings::{Settings, Sound};
use jobtray::store;
use jobtray::studio::{Studio, StudioError};

fn custom() -> Settings {
    Settings {
        language: Some(Lang::Fr),
        scope: Scope::Studio,
        failure_toast_seconds: Some(30),
        kind_sounds: [("scene".to_owned(), Sound::Bell)].into_iter().collect(),
        muted_kinds: vec!["story".to_owned()],
        muted_until: Some(Timestamp(1_000)),
        ..Settings::default()
    }
}

#[test]
fn each_user_has_their_own_settings() {
    on_both_stores(|stage| async move {
        let studio = Studio::open(stage.store).await.unwrap();
        let me = studio.local_caller().await.unwrap();
        assert_eq!(studio.settings(&me).await.unwrap(), Settings::default());
        studio.set_settings(&me, &custom()).await.unwrap();
        assert_eq!(studio.settings(&me).await.unwrap(), custom());

        let elsewhere = Caller {
            studio: "another".to_owned(),
            ..me.clone()
        };
        let nobody = Caller {
            user: "nobody".to_owned(),
            ..me.clone()
        };
        for other in [elsewhere, nobody] {
            let read = studio.settings(&other).await;
            let written = studio.set_settings(&other, &Settings::default()).await;
            assert!(matches!(read, Err(StudioError::NotFound)), "{other:?}");
            assert!(matches!(written, Err(StudioError::NotFound)), "{other:?}");
        }
        assert_eq!(studio.settings(&me).await.unwrap(), custom());

        let none = Settings::default();
        studio.set_settings(&me, &none).await.unwrap();
        assert_eq!(studio.settings(&me).await.unwrap(), none);
    });
}

#[test]
fn concurrent_changes_are_all_kept() {
    on_both_stores(|stage| async move {
        let studio = Studio::open(stage.store).await.unwrap();
        let me = studio.local_caller().await.unwrap();
        let changes = (0..20).map(|n| {
            let (studio, me) = (studio.clone(), me.clone());
            tokio::spawn(async move {
                let change = move |settings: &mut Settings| {
                    settings.kind_sounds.insert(format!("kind{n}"), Sound::Soft);
                };
                studio.change_settings(&me, change).await.unwrap();
            })
        });
        for change in changes.collect::<Vec<_>>() {
            change.await.unwrap();
        }
        assert_eq!(studio.settings(&me).await.unwrap().kind_sounds.len(), 20);
    });
}

#[test]
fn a_value_out_of_range_is_named_and_not_stored() {
    on_both_stores(|stage| async move {
        let studio = Studio::open(stage.store).await.unwrap();
        let me = studio.local_caller().await.unwrap();
        let kinds = |names: &[String]| {
            (names.iter())
                .map(|name| (name.clone(), Sound::Soft))
                .collect()
        };
        let many: Vec<_> = (0..33).map(|n| format!("kind{n}")).collect();
        let defaults = Settings::default;
        for (settings, field) in [
            (
                Settings {
                    toast_seconds: 1,
                    ..defaults()
                },
                "toastSeconds",
            ),
            (
                Settings {
                    toast_seconds: 31,
                    ..defaults()
                },
                "toastSeconds",
            ),
            (
                Settings {
                    failure_toast_seconds: Some(0),
                    ..defaults()
                },
                "failureToastSeconds",
            ),
            (
                Settings {
                    failure_toast_seconds: Some(601),
                    ..defaults()
                },
                "failureToastSeconds",
            ),
            (
                Settings {
                    volume: 101,
                    ..defaults()
                },
                "volume",
            ),
            (
                Settings {
                    minimum_seconds: 3601,
                    ..defaults()
                },
                "minimumSeconds",
            ),
            (
                Settings {
                    kind_sounds: kinds(&many),
                    ..defaults()
                },
                "kindSounds",
            ),
            (
                Settings {
                    kind_sounds: kinds(&["<b>".to_owned()]),
                    ..defaults()
                },
                "kindSounds",
            ),
        ] {
            match studio.set_settings(&me, &settings).await {
                Err(StudioError::Invalid(error)) => assert_eq!(error.field, field),
                other => panic!("{field}: {other:?}"),
            }
        }
        assert_eq!(studio.settings(&me).await.unwrap(), defaults());
    });
}

#[tokio::test]
async fn settings_survive_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("jobs.db").display());
    let open = || async {
        let store = store::open(&url, folder.path()).await.unwrap();
        let studio = Studio::open(store).await.unwrap();
        let me = studio.local_caller().await.unwrap();
        (studio, me)
    };
    let (studio, me) = open().await;
    studio.set_settings(&me, &custom()).await.unwrap();
    drop(studio);
    let (studio, me) = open().await;
    assert_eq!(studio.settings(&me).await.unwrap(), custom());
}
