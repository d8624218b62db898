//! How memory is handed out. The C library of Linux keeps a store of it for each of up to eight threads a processor, and
//! what lies free in one serves no other: where many threads hand messages to each other, as here, a program grows to
//! twice of what it holds. Two are enough for us: few threads ask for memory at the same time.

/// Stores of memory.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const STORES: i32 = 2;

/// What is so large is given back to the system as soon as nobody holds it. Without it the C library learns to keep what is
/// ever larger.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const LARGE: i32 = 1 << 20;

/// So much may lie free at the end of a store.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const SPARE: i32 = 1 << 20;

/// Decides for this process. To be called while it has no other thread.
pub fn prepare() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    #[allow(unsafe_code, reason = "only the C library's own function can tell it")]
    for (what, value) in [(libc::M_ARENA_MAX, STORES), (libc::M_MMAP_THRESHOLD, LARGE), (libc::M_TRIM_THRESHOLD, SPARE)]
    {
        // SAFETY: it takes two numbers and touches nothing of ours.
        let done = unsafe { libc::mallopt(what, value) };
        tracing::debug!(what, done, "how memory is handed out");
    }
}
