//! What a run has not reported yet: log lines in order, and the newest progress.

use crate::i18n::{Sentence, Translate};
use crate::job::{Stream, Timestamp};
use crate::queue::{NewLogLine, Report};
use std::collections::VecDeque;

/// Lines in one report: small enough to share a commit with others.
const LINES_A_REPORT: usize = 500;

/// Maximum number of lines that are kept while the store cannot write; the oldest are dropped first.
const MAX_LINES: usize = 10_000;

#[derive(Default)]
pub(super) struct Pending {
    lines: VecDeque<NewLogLine>,
    left_out: usize,
    progress: Option<f64>,
    step: Option<Sentence>,
}

impl Pending {
    pub(super) fn log(&mut self, stream: Stream, text: &str, at: Timestamp) {
        if self.lines.len() == MAX_LINES {
            self.lines.pop_front();
            self.left_out += 1;
        }
        self.lines.push_back(NewLogLine {
            stream,
            text: text.to_owned(),
            at: Some(at),
        });
    }

    /// Replaces the previous progress; NaN is ignored.
    pub(super) fn progress(&mut self, progress: f64, step: &dyn Translate) {
        if !progress.is_nan() {
            self.progress = Some(progress.clamp(0.0, 1.0));
            self.step(step);
        }
    }

    pub(super) fn step(&mut self, step: &dyn Translate) {
        self.step = Some(step.into());
    }

    pub(super) fn is_empty(&self) -> bool {
        self.lines.is_empty() && self.progress.is_none() && self.step.is_none()
    }

    /// Takes the next report; lines that do not fit stay.
    pub(super) fn take(&mut self) -> Report {
        let mut report = Report::default();
        if self.left_out > 0 {
            report.log.push(NewLogLine {
                stream: Stream::Stderr,
                text: format!("({} lines left out)", self.left_out),
                at: None,
            });
            self.left_out = 0;
        }
        let count = self.lines.len().min(LINES_A_REPORT);
        report.log.extend(self.lines.drain(..count));
        report.progress = self.progress.take();
        if let Some(step) = self.step.take() {
            report.step = Some(step.english);
            report.step_text = Some(step.text);
        }
        report
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::JobMessage;

    const AT: Timestamp = Timestamp(0);

    fn texts(report: &Report) -> Vec<&str> {
        report.log.iter().map(|line| line.text.as_str()).collect()
    }

    #[test]
    fn the_newest_progress_wins_and_is_reported_once() {
        let mut pending = Pending::default();
        pending.progress(0.1, &JobMessage::Initializing);
        pending.progress(0.2, &JobMessage::Panicked);
        let report = pending.take();
        assert_eq!(report.progress, Some(0.2));
        assert_eq!(report.step_text, Some(JobMessage::Panicked.text()));
        assert_eq!(report.step, Some(JobMessage::Panicked.english()));
        assert_eq!(pending.take(), Report::default());
    }

    #[test]
    fn a_step_alone_leaves_progress_unknown() {
        let mut pending = Pending::default();
        pending.step(&JobMessage::Initializing);
        assert!(!pending.is_empty());
        let report = pending.take();
        assert_eq!(
            (report.progress, report.step_text),
            (None, Some(JobMessage::Initializing.text()))
        );
        assert!(pending.is_empty());
    }

    #[test]
    fn progress_stays_within_its_bounds() {
        let mut pending = Pending::default();
        pending.progress(7.0, &JobMessage::Initializing);
        pending.progress(f64::NAN, &JobMessage::Panicked);
        assert_eq!(pending.take().progress, Some(1.0));
    }

    #[test]
    fn a_flood_of_lines_keeps_order_over_several_reports() {
        let mut pending = Pending::default();
        for line in 0..=LINES_A_REPORT {
            pending.log(Stream::Stdout, &line.to_string(), AT);
        }
        assert_eq!(texts(&pending.take()).len(), LINES_A_REPORT);
        assert_eq!(texts(&pending.take()), [LINES_A_REPORT.to_string()]);
        assert!(pending.is_empty());
    }

    #[test]
    fn lines_that_gave_way_are_counted() {
        let mut pending = Pending::default();
        for line in 0..MAX_LINES + 3 {
            pending.log(Stream::Stdout, &line.to_string(), AT);
        }
        assert_eq!(texts(&pending.take())[..2], ["(3 lines left out)", "3"]);
    }
}
