//! Notices that the machine has slept, without waking up to find out.
//!
//! While it sleeps, the clock that our timers run on stands still: without a sign from outside, half an hour of sleep would look
//! like no time at all, and a connection that died meanwhile like one that is merely quiet.

use tokio::sync::watch;

/// Hears of it. Where the system does not tell, nothing is ever heard; the lanes look at their clocks themselves now and then.
pub(super) struct Wakings(Option<watch::Receiver<u64>>);

impl Wakings {
    /// From now on.
    pub fn start() -> Self {
        #[cfg(target_os = "linux")]
        return Self(clock::jumps());
        #[cfg(not(target_os = "linux"))]
        Self(None)
    }

    /// Returns when the machine woke up, or somebody set its clock.
    pub async fn next(&mut self) {
        if let Some(jumps) = &mut self.0
            && jumps.changed().await.is_ok()
        {
            return;
        }
        self.0 = None;
        std::future::pending().await
    }
}

#[cfg(target_os = "linux")]
mod clock {
    use rustix::io::Errno;
    use rustix::time::{
        Itimerspec, TimerfdClockId, TimerfdFlags, TimerfdTimerFlags, Timespec, timerfd_create, timerfd_settime,
    };
    use std::os::fd::OwnedFd;
    use std::sync::LazyLock;
    use tokio::sync::watch;

    /// One thread for the program; it sleeps in the kernel for as long as the clock goes its way.
    static JUMPS: LazyLock<Option<watch::Receiver<u64>>> = LazyLock::new(|| {
        let timer = timer().inspect_err(|error| tracing::debug!("the kernel does not tell of sleep: {error}")).ok()?;
        let (sender, receiver) = watch::channel(0);
        let wait = move || {
            while jumped(&timer) {
                sender.send_modify(|jumps| *jumps += 1);
            }
        };
        std::thread::Builder::new().name("clock".into()).stack_size(64 * 1024).spawn(wait).ok()?;
        Some(receiver)
    });

    pub fn jumps() -> Option<watch::Receiver<u64>> {
        let mut receiver = JUMPS.clone()?;
        receiver.mark_unchanged();
        Some(receiver)
    }

    /// A timer that is not for its time, but for being cancelled when the wall clock jumps, which it also does when the
    /// machine wakes up (timerfd_create(2), TFD_TIMER_CANCEL_ON_SET).
    fn timer() -> Result<OwnedFd, Errno> {
        let timer = timerfd_create(TimerfdClockId::Realtime, TimerfdFlags::CLOEXEC)?;
        let never = Timespec { tv_sec: i64::MAX / 1_000_000_000, tv_nsec: 0 };
        let none = Timespec { tv_sec: 0, tv_nsec: 0 };
        let flags = TimerfdTimerFlags::ABSTIME | TimerfdTimerFlags::CANCEL_ON_SET;
        timerfd_settime(&timer, flags, &Itimerspec { it_interval: none, it_value: never })?;
        Ok(timer)
    }

    /// Blocks until the clock jumps; `false` when the timer is of no use.
    fn jumped(timer: &OwnedFd) -> bool {
        loop {
            match rustix::io::read(timer, &mut [0_u8; 8][..]) {
                Err(Errno::CANCELED) => return true,
                Err(Errno::INTR) => {}
                _ => return false,
            }
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        /// A clock cannot be set in a test; that the kernel accepts such a timer and does not fire it by itself can be seen.
        #[test]
        fn the_timer_is_armed_for_jumps_alone() {
            let timer = timer().unwrap();
            let left = rustix::time::timerfd_gettime(&timer).unwrap();
            assert!(left.it_value.tv_sec > 60 * 60 * 24 * 365, "{}", left.it_value.tv_sec);
            assert!(!jumps().unwrap().has_changed().unwrap());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[tokio::test]
    async fn each_waking_is_heard_once_and_silence_is_no_waking() {
        let (sender, receiver) = watch::channel(0);
        let mut wakings = Wakings(Some(receiver));
        sender.send_modify(|jumps| *jumps += 1);
        tokio::time::timeout(Duration::from_secs(30), wakings.next()).await.unwrap();
        assert!(tokio::time::timeout(Duration::from_millis(20), wakings.next()).await.is_err());
        drop(sender);
        assert!(tokio::time::timeout(Duration::from_millis(20), wakings.next()).await.is_err());
    }
}
