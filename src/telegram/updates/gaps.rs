//! How gaps are asked for: one question at a time each, and for less around what cannot be read.

use crate::connection::InvokeError;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::task::JoinHandle;

/// A question on its way, in a task of its own: it is sent and its answer read while the stream goes on. Nobody asks any
/// more when this is dropped.
pub(super) struct Asked<T>(JoinHandle<T>);

impl<T: Send + 'static> Asked<T> {
    /// Asks after this pause.
    pub fn after(pause: Duration, question: impl Future<Output = T> + Send + 'static) -> Self {
        Self(tokio::spawn(async move {
            if !pause.is_zero() {
                tokio::time::sleep(pause).await;
            }
            question.await
        }))
    }
}

impl<T> Future for Asked<T> {
    /// Without an answer it fell over what came.
    type Output = Result<T, InvokeError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.0).poll(context).map_err(|_| InvokeError::Dropped)
    }
}

impl<T> Drop for Asked<T> {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Where something in an answer cannot be read, so much is asked for at once instead; then a quarter, until it is alone.
const NARROW: i32 = 64;

/// So much that cannot be read is skipped in one go. A server of which we understand nothing is none to follow.
const MOST_SKIPPED: u32 = 100;

/// How much of what was missed is asked for at once: less and less around what cannot be read.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Narrowing {
    limit: Option<i32>,
    skipped: u32,
}

/// What to do about an answer that cannot be read.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Ask for less.
    Less,
    /// It is alone now: go past it.
    Skip,
    GiveUp,
}

impl Narrowing {
    /// How much to ask for; as much as ever without one.
    pub fn limit(&self) -> Option<i32> {
        self.limit
    }

    /// Counts an answer that cannot be read.
    pub fn unreadable(&mut self) -> Step {
        match self.limit {
            None => self.limit = Some(NARROW),
            Some(1) if self.skipped >= MOST_SKIPPED => return Step::GiveUp,
            Some(1) => {
                self.skipped += 1;
                return Step::Skip;
            }
            Some(limit) => self.limit = Some(limit / 4),
        }
        Step::Less
    }

    /// Counts one that can be.
    pub fn readable(&mut self) {
        self.limit = self.limit.map(|limit| limit.saturating_mul(4)).filter(|limit| *limit <= NARROW);
    }
}
