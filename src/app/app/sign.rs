//! The sign of the program: the sun on amber, drawn by code for the window's icon.

use iced::window;

/// The picture, `size` pixels each way, as RGBA.
fn pixels(size: u32) -> Vec<u8> {
    // All in units of the drawing, which is 44 wide like the sun of the sign-in card; 4 samples a pixel each way.
    const SAMPLES: u32 = 4;
    let unit = 44.0 / (size * SAMPLES) as f32;
    let mut rgba = Vec::with_capacity((size * size * 4) as usize);
    for y in 0..size {
        for x in 0..size {
            let (mut ground, mut light) = (0u32, 0u32);
            for sy in 0..SAMPLES {
                for sx in 0..SAMPLES {
                    let px = (x * SAMPLES + sx) as f32 * unit + unit / 2.0 - 22.0;
                    let py = (y * SAMPLES + sy) as f32 * unit + unit / 2.0 - 22.0;
                    if in_rounded_square(px, py) {
                        ground += 1;
                        light += u32::from(in_sun(px, py));
                    }
                }
            }
            let all = SAMPLES * SAMPLES;
            let of = |from: u32, to: u32| ((from * (ground - light) + to * light) / ground.max(1)) as u8;
            // Amber, and the sun in the colour of paper.
            rgba.extend([of(0xAD, 0xFF), of(0x64, 0xF8), of(0x10, 0xEC), (255 * ground / all) as u8]);
        }
    }
    rgba
}

fn in_rounded_square(x: f32, y: f32) -> bool {
    const HALF: f32 = 21.0;
    const RADIUS: f32 = 10.0;
    let (dx, dy) = ((x.abs() - (HALF - RADIUS)).max(0.0), (y.abs() - (HALF - RADIUS)).max(0.0));
    dx * dx + dy * dy <= RADIUS * RADIUS
}

/// The program waits for this picture when it starts, and asks a quarter of a million times: so without angles.
fn in_sun(x: f32, y: f32) -> bool {
    const DISC: f32 = 6.5;
    /// Where a ray begins and ends, and half its width.
    const RAY: (f32, f32, f32) = (10.0, 13.0, 1.2);
    let far = x * x + y * y;
    if far <= DISC * DISC {
        return true;
    }
    let in_ray = |along: f32, beside: f32| {
        let past_the_end = (RAY.0 - along).max(along - RAY.1).max(0.0);
        beside * beside + past_the_end * past_the_end <= RAY.2 * RAY.2
    };
    // All eight rays are the same: of these two one is the nearest.
    let (x, y) = (x.abs().max(y.abs()), x.abs().min(y.abs()));
    let slanted = std::f32::consts::FRAC_1_SQRT_2;
    in_ray(x, y) || in_ray((x + y) * slanted, (x - y) * slanted)
}

/// The icon of our windows.
pub(super) fn icon() -> Option<window::Icon> {
    const SIZE: u32 = 128;
    window::icon::from_rgba(pixels(SIZE), SIZE, SIZE).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_a_sun_on_amber_with_clear_corners() {
        let picture = pixels(64);
        let at = |x: usize, y: usize| &picture[(y * 64 + x) * 4..][..4];
        assert_eq!(at(0, 0)[3], 0);
        assert_eq!(at(32, 32), [0xFF, 0xF8, 0xEC, 255]);
        assert_eq!(at(6, 32), [0xAD, 0x64, 0x10, 255]);
        // Rays to all sides and to the corners, and nothing between them.
        for (x, y) in [(32, 15), (48, 32), (32, 48), (15, 32), (43, 20), (43, 43), (20, 43), (20, 20)] {
            assert_eq!(at(x, y), [0xFF, 0xF8, 0xEC, 255], "{x} {y}");
        }
        for (x, y) in [(38, 17), (46, 26), (38, 46), (26, 17)] {
            assert_eq!(at(x, y), [0xAD, 0x64, 0x10, 255], "{x} {y}");
        }
        assert!(icon().is_some());
    }
}
