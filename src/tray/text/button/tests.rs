use super::ButtonContent;
use crate::i18n::Lang;
use crate::job::Summary;
use crate::tray::model::status::Connection;
use std::time::Duration;

fn content(totals: &Summary, connection: Connection) -> ButtonContent {
    ButtonContent::new(Lang::En, totals, connection, Duration::ZERO)
}

#[test]
fn the_label_has_the_counts() {
    for (counts, connection, label) in [
        (
            [2, 3, 0, 0],
            Connection::Live,
            "Jobs: 2 running, 3 queued, 73%",
        ),
        ([0, 0, 0, 0], Connection::Live, "Jobs: 0 running, 0 queued"),
        (
            [0, 0, 1, 1],
            Connection::Offline,
            "Jobs: 0 running, 0 queued, 1 failed, 1 ready, not connected",
        ),
    ] {
        let [running, queued, failed_unseen, ready_unseen] = counts;
        let totals = Summary {
            running,
            queued,
            failed_unseen,
            ready_unseen,
            progress: (running + queued > 0).then_some(0.734),
            ..Summary::default()
        };
        assert_eq!(content(&totals, connection).label, label);
    }
}

#[test]
fn percent_is_rounded_down_and_100_when_all_is_done_and_unseen() {
    for (progress, ready_unseen, percent) in [
        (Some(0.0), 0, 0),
        (Some(0.29), 0, 29),
        (Some(0.999), 5, 99),
        (Some(1.0), 0, 100),
        (None, 0, 0),
        (None, 1, 100),
    ] {
        let totals = Summary {
            ready_unseen,
            progress,
            ..Summary::default()
        };
        let content = content(&totals, Connection::Live);
        assert_eq!(content.percent, percent, "{progress:?}");
    }
}
