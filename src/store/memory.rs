//! Memory that nobody holds any more goes back to the system. The C library of Linux keeps what lies free between two
//! things that are held, however much it is: after a peak, and little by little in a long life, a program is far larger
//! than what it holds.

/// Gives back whole pages that lie free. For moments in which little is going on: it takes a millisecond or two, in which
/// others wait for memory.
pub(crate) fn give_back() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    #[allow(unsafe_code, reason = "only the C library's own function can do it")]
    // SAFETY: it takes a number, may be called by any thread at any time, and touches nothing that is held.
    unsafe {
        let _ = libc::malloc_trim(0);
    }
}

#[cfg(test)]
#[cfg(all(target_os = "linux", target_env = "gnu"))]
mod tests {
    use super::*;

    /// Of this process, in MiB.
    fn resident() -> usize {
        let status = std::fs::read_to_string("/proc/self/status").unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:")).unwrap();
        line.trim().trim_end_matches(" kB").parse::<usize>().unwrap() / 1024
    }

    #[test]
    fn what_lies_free_between_what_is_held_goes_back() {
        let mut all: Vec<Option<Box<[u8; 1024]>>> = (0..400 * 1024).map(|_| Some(Box::new([1; 1024]))).collect();
        for (at, one) in all.iter_mut().enumerate() {
            if at % 256 != 0 {
                *one = None;
            }
        }
        let before = resident();
        give_back();
        let after = resident();
        // Other tests run beside this one; what is given back is far more than they hold.
        assert!(before >= 300 && after + 200 < before, "{before} MiB, then {after}");
        assert_eq!(all.iter().flatten().map(|one| usize::from(one[1023])).sum::<usize>(), 400 * 4);
    }
}
