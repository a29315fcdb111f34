//! The reader of progress on what real programs printed into a pipe, byte by byte as it came.
//!
//! The captures in `tests/progress/` are of ffmpeg 5.1, rsync 3.5, curl 7.88, wget 1.21, git 2.47,
//! tqdm 4.67, pytest 9.2, cargo 1.95, ninja 1.13 and npm 11; of paths only the folder was changed.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use jobtray::progress::{Line, Lines, Progress, Reader};
use std::convert::Infallible;
use std::ops::ControlFlow;
use std::path::Path;

/// Everything that a program's output says about its progress, in order.
fn read(bytes: &[u8]) -> Vec<Progress> {
    let (mut lines, mut reader, mut said) = (Lines::default(), Reader::default(), Vec::new());
    for piece in bytes.chunks(100) {
        let _: ControlFlow<Infallible> = lines.feed(piece, |line| {
            said.extend(reader.read(&line).progress);
            ControlFlow::Continue(())
        });
    }
    said.extend(lines.end().and_then(|line| reader.read(&line).progress));
    said
}

fn captured(name: &str) -> Vec<Progress> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/progress");
    read(&std::fs::read(folder.join(name)).unwrap())
}

#[test]
fn real_programs_are_followed_from_start_to_end() {
    // How many reports at least, the first one at most, the last one at least, and its step.
    for (name, reports, first, last, step) in [
        ("cargo.txt", 7, 0.0, 0.87, Some("Building")),
        ("curl.txt", 3, 0.0, 1.0, None),
        ("curl_bar.txt", 1, 1.0, 1.0, None),
        ("ffmpeg.txt", 10, 0.2, 0.99, None),
        ("ffmpeg_progress.txt", 0, 0.0, 0.0, None),
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
        let said = captured(name);
        if reports == 0 {
            assert_eq!(said, [], "{name}");
            continue;
        }
        assert!(said.len() >= reports, "{name}: {said:?}");
        assert!(said[0].fraction <= first, "{name}: {:?}", said[0]);
        let end = said.last().unwrap();
        assert!(end.fraction >= last, "{name}: {end:?}");
        assert_eq!(end.step.as_deref(), step, "{name}");
        let forwards = said
            .windows(2)
            .all(|two| two[0].fraction <= two[1].fraction);
        assert!(forwards, "{name}: {said:?}");
    }
}

#[test]
fn a_program_that_says_nothing_of_its_progress_is_not_guessed_at() {
    for name in ["npm.txt", "tqdm_without_total.txt", "ffmpeg_lavfi.txt"] {
        assert_eq!(captured(name), [], "{name}");
    }
}

#[test]
fn ffmpeg_is_measured_by_the_duration_that_a_script_gives() {
    let mut output = b"::duration 12\n".to_vec();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/progress");
    output.extend(std::fs::read(folder.join("ffmpeg_progress.txt")).unwrap());
    let said = read(&output);
    assert!(said.len() > 1, "{said:?}");
    assert!(said.last().unwrap().fraction > 0.99, "{said:?}");
}

#[test]
fn our_own_line_says_how_far_and_what_and_then_nothing_else_counts() {
    let said = read(
        b"90%\n::progress 0.4 Rendering scene\n99%\n::progress 55%\n::progress 0.2 Cleaning up\n",
    );
    let expected = [
        (0.9, None),
        (0.4, Some("Rendering scene")),
        (0.55, Some("Rendering scene")),
        (0.55, Some("Cleaning up")),
    ];
    let said: Vec<_> = said
        .iter()
        .map(|said| (said.fraction, said.step.as_deref()))
        .collect();
    assert_eq!(said, expected);
}

#[test]
fn each_program_is_read_by_rules_of_its_own() {
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
        let said = read(printed.as_bytes());
        let last = said.last().map(|said| said.fraction);
        assert_eq!(last, expected, "{printed}");
    }
}

#[test]
fn what_is_no_number_of_ours_is_a_line_as_any_other() {
    for text in [
        "::progress -0.1",
        "::progress inf",
        "::duration inf",
        "::duration NaN",
    ] {
        assert_eq!(
            read(format!("{text}\ntime=00:00:05.00 bitrate=1\n").as_bytes()),
            []
        );
        let line = Line {
            text: text.to_owned(),
            redrawn: false,
            stays: true,
        };
        assert!(!Reader::default().read(&line).ours, "{text}");
    }
}

#[test]
fn our_own_line_is_for_the_reader_alone_unless_it_is_wrong() {
    for (text, ours) in [
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
        let line = Line {
            text: text.to_owned(),
            redrawn: false,
            stays: true,
        };
        assert_eq!(Reader::default().read(&line).ours, ours, "{text}");
    }
}

#[test]
fn line_ends_of_another_system_make_no_line_a_bar() {
    assert_eq!(read(b"Humidity 42%\r\nHumidity 43%\r\n"), []);
    assert_eq!(read(b"\rHumidity 42%\rHumidity 43%\r").len(), 2);
}

#[test]
fn a_bar_that_starts_again_says_nothing_until_it_is_further() {
    let fractions: Vec<_> = read(b"50%\n10%\n50%\n60%\n")
        .iter()
        .map(|said| said.fraction)
        .collect();
    assert_eq!(fractions, [0.5, 0.6]);
    assert_eq!(read(b"[ 50%] a\n[ 10%] b\n").len(), 1);
}

#[test]
fn colours_do_not_hide_progress_and_a_step_is_one_clean_short_line() {
    let long = "x".repeat(5000);
    let said =
        read(format!("\x1b[32m42%\x1b[0m\n::progress 0.5 a\x07\x1b[1mb {long}\n").as_bytes());
    assert!((said[0].fraction - 0.42).abs() < 1e-9);
    let step = said[1].step.as_deref().unwrap();
    assert!(step.starts_with("ab x") && step.ends_with('…'), "{step}");
    assert_eq!(step.chars().count(), 120);
}
