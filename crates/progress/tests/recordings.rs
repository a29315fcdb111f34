//! The parser on recordings of real programs that printed into a pipe.
//!
//! The recordings in `tests/recordings/` are of ffmpeg 5.1, rsync 3.5, curl 7.88, wget 1.21, git 2.47,
//! tqdm 4.67, pytest 9.2, cargo 1.95, ninja 1.13 and npm 11; only folders in paths were changed.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use progress::{Line, LineSplitter, Parser, Progress};
use std::convert::Infallible;
use std::ops::ControlFlow;
use std::path::Path;

/// All progress in a program's output, in order.
fn parse(bytes: &[u8]) -> Vec<Progress> {
    let (mut splitter, mut parser) = (LineSplitter::default(), Parser::default());
    let mut reports = Vec::new();
    for chunk in bytes.chunks(100) {
        let _: ControlFlow<Infallible> = splitter.push(chunk, |line| {
            reports.extend(parser.parse(&line).progress);
            ControlFlow::Continue(())
        });
    }
    let last = splitter.finish();
    reports.extend(last.and_then(|line| parser.parse(&line).progress));
    reports
}

fn recording(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/recordings");
    std::fs::read(folder.join(name)).unwrap()
}

fn is_directive(text: &str) -> bool {
    let line = Line {
        text: text.to_owned(),
        overwrites: false,
        transient: false,
    };
    Parser::default().parse(&line).is_directive
}

#[test]
fn real_programs_are_followed_from_start_to_end() {
    // The smallest number of reports, the highest first fraction, the lowest last fraction, and the last step.
    for (name, count, first, last, step) in [
        ("cargo.txt", 7, 0.0, 0.87, Some("Building")),
        ("curl.txt", 3, 0.0, 1.0, None),
        ("curl_bar.txt", 1, 1.0, 1.0, None),
        ("ffmpeg.txt", 10, 0.2, 0.99, None),
        ("git_clone.txt", 100, 0.01, 0.94, Some("Resolving deltas")),
        ("ninja.txt", 12, 0.1, 1.0, Some("Copying out11")),
        ("pytest.txt", 6, 0.17, 1.0, Some("test_5.py")),
        (
            "pytest_verbose.txt",
            10,
            0.1,
            1.0,
            Some("test_0.py::test_x"),
        ),
        ("rsync_progress.txt", 5, 0.34, 1.0, None),
        ("rsync_progress2.txt", 6, 0.0, 1.0, None),
        ("tqdm.txt", 30, 0.0, 1.0, Some("Encoding")),
        ("wget.txt", 50, 0.0, 1.0, None),
        ("wget_bar.txt", 5, 0.0, 1.0, Some("w.bin")),
    ] {
        let reports = parse(&recording(name));
        assert!(reports.len() >= count, "{name}: {reports:?}");
        assert!(reports[0].fraction <= first, "{name}: {:?}", reports[0]);
        let end = reports.last().unwrap();
        assert!(end.fraction >= last, "{name}: {end:?}");
        assert_eq!(end.step.as_deref(), step, "{name}");
        let forwards = reports
            .windows(2)
            .all(|two| two[0].fraction <= two[1].fraction);
        assert!(forwards, "{name}: {reports:?}");
    }
}

#[test]
fn output_without_progress_reports_none() {
    for name in [
        "npm.txt",
        "tqdm_without_total.txt",
        "ffmpeg_lavfi.txt",
        "ffmpeg_progress.txt",
    ] {
        assert_eq!(parse(&recording(name)), [], "{name}");
    }
}

#[test]
fn ffmpeg_is_measured_by_the_duration_of_a_directive() {
    let mut output = b"::duration 12\n".to_vec();
    output.extend(recording("ffmpeg_progress.txt"));
    let reports = parse(&output);
    assert!(reports.len() > 1, "{reports:?}");
    assert!(reports.last().unwrap().fraction > 0.99, "{reports:?}");
}

#[test]
fn after_a_progress_directive_nothing_else_is_read() {
    let reports = parse(
        b"90%\n::progress 0.4 Rendering scene\n99%\n::progress 55%\n::progress 0.2 Cleaning up\n",
    );
    let expected = [
        (0.9, None),
        (0.4, Some("Rendering scene")),
        (0.55, Some("Rendering scene")),
        (0.55, Some("Cleaning up")),
    ];
    let reports: Vec<_> = reports
        .iter()
        .map(|reports| (reports.fraction, reports.step.as_deref()))
        .collect();
    assert_eq!(reports, expected);
}

#[test]
fn each_known_program_is_read_by_its_own_rules() {
    let time = "time=00:00:05.00 bitrate=42%\n";
    let files = "receiving incremental file list\n";
    for (printed, expected) in [
        (format!("Duration: 00:00:04.00, x\n{time}"), Some(1.0)),
        (
            format!("Duration: 00:00:10.00, x\nDuration: 00:00:50.00, x\n{time}"),
            Some(0.5),
        ),
        (
            "::duration 10\ntime=-00:00:00.04 bitrate=1\n".to_owned(),
            Some(0.0),
        ),
        (format!("::duration 0\n{time}"), None),
        (time.to_owned(), None),
        (time.replace("42%", "1 done 42%"), None),
        ("ffmpeg version 5.1\n42%\n".to_owned(), None),
        ("Receiving objects:  50% (1/2)\n".to_owned(), Some(0.4)),
        ("Updating files: 100% (2/2)\n".to_owned(), Some(1.0)),
        (
            "remote: Writing objects:  42% (420/1000)\n".to_owned(),
            None,
        ),
        ("1,000 42% 1.00MB/s 0:00:01\n".to_owned(), Some(0.42)),
        ("1,000 142% 1.00MB/s 0:00:01\n".to_owned(), None),
        (format!("{files}1,000 42% 1.00MB/s 0:00:01\n"), None),
        (
            format!("{files}1,000 100% 1.00MB/s 0:00:01 (xfr#1, to-chk=3/4)\n"),
            Some(0.25),
        ),
        (
            format!("{files}1,000 100% 1.00MB/s 0:00:01 (xfr#1, to-chk=5/4)\n"),
            None,
        ),
        ("% Total    % Received\n42 files\n".to_owned(), None),
        (
            "% Total    % Received\n42 2 3 4 5 6 7 8 9 10 11 12\n".to_owned(),
            Some(0.42),
        ),
        (
            "% Total    % Received\n142 2 3 4 5 6 7 8 9 10 11 12\n".to_owned(),
            None,
        ),
        ("Rendering\t42%\n".to_owned(), Some(0.42)),
        ("1000000000000000/2000000000000000\n".to_owned(), None),
    ] {
        let reports = parse(printed.as_bytes());
        let last = reports.last().map(|reports| reports.fraction);
        assert_eq!(last, expected, "{printed}");
    }
}

#[test]
fn a_directive_with_an_invalid_number_has_no_effect() {
    for text in [
        "::progress -0.1",
        "::progress inf",
        "::duration inf",
        "::duration NaN",
    ] {
        assert_eq!(
            parse(format!("{text}\ntime=00:00:05.00 bitrate=1\n").as_bytes()),
            []
        );
        assert!(!is_directive(text), "{text}");
    }
}

#[test]
fn only_a_valid_directive_is_marked_as_one() {
    for (text, expected) in [
        ("::progress 0.4", true),
        ("::progress 40% x", true),
        ("::progress 1.5 x", false),
        ("::progress NaN", false),
        ("::progress", false),
        ("::progressive 0.4", false),
        ("::duration 93.5", true),
        ("::duration soon", false),
        ("say ::progress 0.4", false),
    ] {
        assert_eq!(is_directive(text), expected, "{text}");
    }
}

#[test]
fn a_windows_line_end_does_not_make_a_line_a_bar() {
    assert_eq!(parse(b"Humidity 42%\r\nHumidity 43%\r\n"), []);
    assert_eq!(parse(b"\rHumidity 42%\rHumidity 43%\r").len(), 2);
}

#[test]
fn a_bar_that_starts_again_is_silent_until_it_passes_its_maximum() {
    let fractions: Vec<_> = parse(b"50%\n10%\n50%\n60%\n")
        .iter()
        .map(|reports| reports.fraction)
        .collect();
    assert_eq!(fractions, [0.5, 0.6]);
    assert_eq!(parse(b"[ 50%] a\n[ 10%] b\n").len(), 1);
}

#[test]
fn control_sequences_are_removed_and_a_long_step_is_cut() {
    let long = "x".repeat(5000);
    let reports =
        parse(format!("\x1b[32m42%\x1b[0m\n::progress 0.5 a\x07\x1b[1mb {long}\n").as_bytes());
    assert!((reports[0].fraction - 0.42).abs() < 1e-9);
    let step = reports[1].step.as_deref().unwrap();
    assert!(step.starts_with("ab x") && step.ends_with('…'), "{step}");
    assert_eq!(step.chars().count(), 120);
}
