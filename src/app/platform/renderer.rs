//! What draws the window: the graphics card where there is one, else the processor.
//!
//! The libraries of a graphics card cost about 100 MB where there is none and a processor plays its part, so it is
//! decided before any of them is loaded, by looking and not by asking them.

use crate::preferences::RendererChoice;
use std::ffi::OsStr;
use std::path::Path;

/// iced takes what draws from this variable, and from nowhere else (`iced_renderer::fallback`): names with commas
/// between, of which the first that works is taken.
const VARIABLE: &str = "ICED_BACKEND";
const GPU: &str = "wgpu,tiny-skia";
const SOFTWARE: &str = "tiny-skia";

/// Decides for this process. To be called while it has no other thread.
#[allow(unsafe_code, reason = "iced reads the choice from the environment; no thread is there that could read with it")]
pub fn prepare(choice: RendererChoice) {
    let Some(renderer) = choose(std::env::var_os(VARIABLE).as_deref(), choice, || has_gpu(Path::new("/dev/dri")))
    else {
        return;
    };
    // SAFETY: nothing else runs yet that could read or write the environment at the same time.
    unsafe { std::env::set_var(VARIABLE, renderer) };
    // A chat needs no strong graphics card: the one that is awake will do.
    if renderer == GPU && std::env::var_os("WGPU_POWER_PREF").is_none() {
        // SAFETY: as above.
        unsafe { std::env::set_var("WGPU_POWER_PREF", "low") };
    }
}

/// Whether the graphics card was chosen for this process, by us or by somebody before us.
pub fn is_gpu() -> bool {
    std::env::var_os(VARIABLE).is_some_and(|said| said.as_encoded_bytes().starts_with(b"wgpu"))
}

/// What the variable is to say; `None` where somebody has said it already.
fn choose(said: Option<&OsStr>, choice: RendererChoice, has_gpu: impl Fn() -> bool) -> Option<&'static str> {
    match (said, choice) {
        (Some(said), _) if !said.is_empty() => None,
        (_, RendererChoice::Software) => Some(SOFTWARE),
        (_, RendererChoice::Gpu) => Some(GPU),
        (_, RendererChoice::Auto) => Some(if has_gpu() { GPU } else { SOFTWARE }),
    }
}

/// Whether there is a graphics card that this person may use: on Linux a `renderD*`, elsewhere always.
fn has_gpu(devices: &Path) -> bool {
    if !cfg!(target_os = "linux") {
        return true;
    }
    std::fs::read_dir(devices)
        .into_iter()
        .flatten()
        .flatten()
        .any(|entry| entry.file_name().as_encoded_bytes().starts_with(b"renderD") && may_use(&entry.path()))
}

/// Asked without opening it, which would wake it.
fn may_use(device: &Path) -> bool {
    #[cfg(unix)]
    return rustix::fs::access(device, rustix::fs::Access::READ_OK | rustix::fs::Access::WRITE_OK).is_ok();
    #[cfg(not(unix))]
    return device.exists();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_card_draws_where_there_is_one() {
        assert_eq!(choose(None, RendererChoice::Auto, || true), Some(GPU));
        assert_eq!(choose(None, RendererChoice::Auto, || false), Some(SOFTWARE));
    }

    #[test]
    fn a_choice_goes_before_what_is_there_and_the_environment_before_the_choice() {
        assert_eq!(choose(None, RendererChoice::Software, || true), Some(SOFTWARE));
        assert_eq!(choose(None, RendererChoice::Gpu, || false), Some(GPU));
        assert_eq!(choose(Some(OsStr::new("")), RendererChoice::Software, || true), Some(SOFTWARE));
        for choice in [RendererChoice::Auto, RendererChoice::Gpu, RendererChoice::Software] {
            assert_eq!(choose(Some(OsStr::new("tiny-skia")), choice, || true), None);
        }
    }

    #[test]
    fn without_a_card_that_answers_the_processor_draws() {
        assert!(GPU.split(',').next_back() == Some(SOFTWARE));
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_card_is_seen_by_its_device() {
        let room = tempfile::tempdir().unwrap();
        let devices = room.path().join("dri");
        assert!(!has_gpu(&devices), "no folder");
        std::fs::create_dir(&devices).unwrap();
        std::fs::write(devices.join("card0"), b"").unwrap();
        assert!(!has_gpu(&devices), "a screen without a card that draws");
        std::fs::write(devices.join("renderD128"), b"").unwrap();
        assert!(has_gpu(&devices));
    }
}
