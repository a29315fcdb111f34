use super::{Connection, Face, Look, Status};
use crate::i18n::Lang;
use crate::job::Summary;

fn summary(running: u32, queued: u32, failed_unseen: u32, ready_unseen: u32) -> Summary {
    Summary {
        running,
        queued,
        failed_unseen,
        ready_unseen,
        progress: (running + queued > 0).then_some(0.734),
        ..Summary::default()
    }
}

#[test]
fn offline_wins_over_error_over_running_over_idle() {
    use Connection::{Connecting, Live, Offline};
    for (numbers, connection, status, look) in [
        ((0, 0, 0, 0), Live, Status::Idle, Look::Idle),
        ((0, 0, 0, 2), Live, Status::Idle, Look::Ready),
        ((1, 0, 0, 2), Live, Status::Running, Look::Running),
        ((0, 1, 0, 0), Live, Status::Running, Look::Running),
        ((1, 1, 1, 0), Live, Status::Error, Look::Error),
        ((1, 1, 1, 0), Connecting, Status::Error, Look::Error),
        ((0, 0, 0, 0), Connecting, Status::Idle, Look::Idle),
        ((1, 1, 1, 1), Offline, Status::Offline, Look::Offline),
        ((0, 0, 0, 0), Offline, Status::Offline, Look::Offline),
    ] {
        let (running, queued, failed, ready) = numbers;
        let summary = summary(running, queued, failed, ready);
        let face = Face::of(Lang::En, &summary, connection, 0.0);
        assert_eq!(
            (face.status, face.look),
            (status, look),
            "{numbers:?} {connection:?}"
        );
    }
}

#[test]
fn the_label_has_the_counts() {
    for (numbers, connection, label) in [
        (
            (2, 3, 0, 0),
            Connection::Live,
            "Jobs: 2 running, 3 queued, 73%",
        ),
        ((0, 0, 0, 0), Connection::Live, "Jobs: 0 running, 0 queued"),
        (
            (0, 0, 1, 1),
            Connection::Offline,
            "Jobs: 0 running, 0 queued, 1 failed, 1 ready, not connected",
        ),
    ] {
        let (running, queued, failed, ready) = numbers;
        let summary = summary(running, queued, failed, ready);
        assert_eq!(Face::of(Lang::En, &summary, connection, 0.0).label, label);
    }
}

#[test]
fn percent_is_rounded_down_and_whole_when_all_is_done_and_unseen() {
    for (progress, ready_unseen, percent) in [
        (Some(0.0), 0, 0),
        (Some(0.29), 0, 29),
        (Some(0.999), 5, 99),
        (Some(1.0), 0, 100),
        (None, 0, 0),
        (None, 1, 100),
    ] {
        let summary = Summary {
            ready_unseen,
            progress,
            ..Summary::default()
        };
        let face = Face::of(Lang::En, &summary, Connection::Live, 0.0);
        assert_eq!(face.percent, percent, "{progress:?}");
    }
}
