//! What a user chose is kept by user, within the studio.

use crate::stage::on_both;
use jobtray::job::Scope;
use jobtray::queue::Caller;
use jobtray::settings::Settings;
use jobtray::store;
use jobtray::studio::{Studio, StudioError};
use jobtray::words::Lang;

fn chosen() -> Settings {
    Settings {
        language: Some(Lang::Fr),
        scope: Scope::Studio,
    }
}

#[test]
fn settings_are_the_users_own() {
    on_both(|stage| async move {
        let studio = Studio::open(stage.store).await.unwrap();
        let me = studio.local_caller().await.unwrap();
        assert_eq!(studio.settings(&me).await.unwrap(), Settings::default());
        studio.set_settings(&me, &chosen()).await.unwrap();
        assert_eq!(studio.settings(&me).await.unwrap(), chosen());

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
        assert_eq!(studio.settings(&me).await.unwrap(), chosen());

        let none = Settings::default();
        studio.set_settings(&me, &none).await.unwrap();
        assert_eq!(studio.settings(&me).await.unwrap(), none);
    });
}

#[tokio::test]
async fn settings_are_there_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("jobs.db").display());
    let open = || async {
        let store = store::open(&url, folder.path()).await.unwrap();
        let studio = Studio::open(store).await.unwrap();
        let me = studio.local_caller().await.unwrap();
        (studio, me)
    };
    let (studio, me) = open().await;
    studio.set_settings(&me, &chosen()).await.unwrap();
    drop(studio);
    let (studio, me) = open().await;
    assert_eq!(studio.settings(&me).await.unwrap(), chosen());
}
