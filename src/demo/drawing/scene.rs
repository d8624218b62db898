//! What the pictures show: sky, sea, hills, a lighthouse, shapes. Each point's colour follows from the seed alone.

use crate::world::mix;

/// A picture that is not drawn yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Scene {
    pub seed: u64,
    pub style: Style,
}

/// Kinds of pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Style {
    /// For people: a round shape before a soft ground.
    Face,
    /// For groups and channels: rings, petals, stripes.
    Emblem,
    /// The sun over water.
    Sunrise,
    /// Hills behind hills.
    Hills,
    /// Stars.
    Night,
    /// A tower with a lamp.
    Lighthouse,
}

impl Style {
    /// All of them.
    #[cfg(test)]
    pub(crate) const ALL: [Style; 6] =
        [Style::Face, Style::Emblem, Style::Sunrise, Style::Hills, Style::Night, Style::Lighthouse];
    /// Those for photos in messages.
    pub(crate) const VIEWS: [Style; 4] = [Style::Sunrise, Style::Hills, Style::Night, Style::Lighthouse];
}

type Colour = [f32; 3];

/// Pairs of colours that go together: top, bottom, shape.
const GROUNDS: [[u32; 3]; 12] = [
    [0xF7C66B, 0xE58B4A, 0x7A3B2E],
    [0x8FB4E3, 0x4C6FB0, 0xF6F1E4],
    [0x9AD0B4, 0x4E8F6B, 0x1F4A3B],
    [0xE9B39A, 0xB0643C, 0xFFF2E2],
    [0xC9A9DA, 0x8A5A9E, 0x3C2349],
    [0x8FD0D3, 0x3F8C94, 0xF2F6EA],
    [0xD9D38C, 0x8A8F3E, 0x3E431C],
    [0xF0A8A0, 0xA2503F, 0xFFEDE6],
    [0xB9C6D8, 0x6B7690, 0x252C3D],
    [0xF3D9A4, 0xB5893A, 0x4C3410],
    [0xA9C9F2, 0x7A5A9E, 0xFCE3C0],
    [0xB7E0C8, 0x2A6F77, 0xF7E8C8],
];

impl Scene {
    /// Draws it: three bytes a pixel, rows from the top.
    pub(crate) fn pixels(self, width: u32, height: u32) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(width as usize * height as usize * 3);
        let aspect = width as f32 / height.max(1) as f32;
        // Edges are as soft as one pixel.
        let soft = 1.5 / height.max(1) as f32;
        let brush = Brush::new(self, aspect, soft);
        for y in 0..height {
            let v = (y as f32 + 0.5) / height as f32;
            for x in 0..width {
                let u = (x as f32 + 0.5) / width as f32;
                bytes.extend(brush.colour(u, v).map(|part| part.clamp(0.0, 255.0) as u8));
            }
        }
        bytes
    }
}

/// What is the same for all points of one picture.
struct Brush {
    style: Style,
    aspect: f32,
    soft: f32,
    seed: u64,
    top: Colour,
    bottom: Colour,
    shape: Colour,
    /// Numbers from 0 to 1 that place things.
    dice: [f32; 8],
}

impl Brush {
    fn new(scene: Scene, aspect: f32, soft: f32) -> Self {
        let mut dice = [0.0; 8];
        for (number, slot) in (0_u64..).zip(dice.iter_mut()) {
            *slot = unit(mix(scene.seed, 100 + number));
        }
        let ground = (mix(scene.seed, 99) % GROUNDS.len() as u64) as usize;
        let [top, bottom, shape] = GROUNDS.get(ground).copied().unwrap_or([0xF7C66B, 0xE58B4A, 0x7A3B2E]).map(colour);
        Self { style: scene.style, aspect, soft, seed: scene.seed, top, bottom, shape, dice }
    }

    fn colour(&self, u: f32, v: f32) -> Colour {
        match self.style {
            Style::Face => self.face(u, v),
            Style::Emblem => self.emblem(u, v),
            Style::Sunrise => self.sunrise(u, v),
            Style::Hills => self.hills(u, v),
            Style::Night => self.night(u, v),
            Style::Lighthouse => self.lighthouse(u, v),
        }
    }

    /// 1 inside, 0 outside of an edge at `distance` 0.
    fn inside(&self, distance: f32) -> f32 {
        (0.5 - distance / self.soft).clamp(0.0, 1.0)
    }

    fn ground(&self, u: f32, v: f32) -> Colour {
        let [tilt, ..] = self.dice;
        between(self.top, self.bottom, (v + (u - 0.5) * (tilt - 0.5)).clamp(0.0, 1.0))
    }

    /// A head and shoulders in one colour, a hat or a halo now and then.
    fn face(&self, u: f32, v: f32) -> Colour {
        let [_, size, lean, hat, glow, ..] = self.dice;
        let mut point = self.ground(u, v);
        let x = u - 0.5 - (lean - 0.5) * 0.08;
        let radius = 0.15 + 0.04 * size;
        let halo = self.inside(length(x, v - 0.40) - radius * (1.5 + glow));
        point = between(point, lighter(self.top), halo * 0.45);
        let shoulders = length(x / 1.25, (v - 1.02) / 1.1) - 0.36;
        point = between(point, self.shape, self.inside(shoulders));
        let head = length(x, v - 0.40) - radius;
        point = between(point, between(self.shape, self.bottom, 0.25), self.inside(head));
        if hat > 0.55 {
            let brim = (v - (0.40 - radius * 0.55)).abs() - 0.018;
            let brim = brim.max(x.abs() - radius * 1.45);
            let crown = length(x, v - (0.40 - radius * 0.62)) - radius * 0.85;
            let crown = crown.max(v - (0.40 - radius * 0.5));
            point = between(point, darker(self.bottom), self.inside(brim).max(self.inside(crown)));
        }
        point
    }

    /// Rings, petals or stripes about the middle.
    fn emblem(&self, u: f32, v: f32) -> Colour {
        let [_, kind, count, turn, ..] = self.dice;
        let point = self.ground(u, v);
        let (x, y) = (u - 0.5, v - 0.5);
        let distance = length(x, y);
        let angle = y.atan2(x) + turn * 6.0;
        let mark = if kind < 0.33 {
            let rings = 2.0 + (count * 3.0).floor();
            let wave = (distance * rings * 2.0 / 0.36).fract() - 0.5;
            self.inside(distance - 0.36) * self.inside(wave.abs() * 0.36 / rings - 0.04)
        } else if kind < 0.66 {
            let petals = 3.0 + (count * 5.0).floor();
            self.inside(distance - 0.2 - 0.15 * (angle * petals).cos())
        } else {
            let stripes = 3.0 + (count * 4.0).floor();
            let along = x * turn.cos() + y * turn.sin();
            self.inside(distance - 0.36) * self.inside(((along * stripes / 0.36).fract().abs() - 0.5) * 0.1)
        };
        let heart = self.inside(distance - 0.08);
        between(between(point, self.shape, mark * 0.9), lighter(self.top), heart)
    }

    fn sky(&self, v: f32) -> Colour {
        let [warm, ..] = self.dice;
        let high = between(colour(0x2F3A57), colour(0x5A86C4), warm);
        let low = between(colour(0xF7C66B), colour(0xF2D6B8), warm);
        let middle = between(colour(0xE58B4A), colour(0xA9C6E4), warm);
        if v < 0.5 { between(high, middle, v * 2.0) } else { between(middle, low, (v - 0.5) * 2.0) }
    }

    fn sunrise(&self, u: f32, v: f32) -> Colour {
        let [_, across, up, size, ..] = self.dice;
        let horizon = 0.62;
        let sun = (0.2 + 0.6 * across, horizon - 0.04 - 0.22 * up);
        let x = (u - sun.0) * self.aspect;
        if v < horizon {
            let mut point = self.sky(v / horizon);
            let distance = length(x, v - sun.1);
            point = between(point, colour(0xFFE9B8), (0.10 / (distance + 0.10)).powi(2) * 0.8);
            between(point, colour(0xFFF6DC), self.inside(distance - 0.05 - 0.03 * size))
        } else {
            let depth = (v - horizon) / (1.0 - horizon);
            let water = between(self.sky(0.9 - 0.6 * depth), colour(0x20384C), 0.35 + 0.4 * depth);
            let ripple = ((v * 90.0 / (0.4 + depth)).sin() + (v * 41.0 + u * 9.0).sin()) * 0.5;
            let path = (1.0 - (x.abs() / (0.05 + 0.25 * depth)).min(1.0)) * (0.45 + 0.35 * ripple);
            between(water, colour(0xFFE2A8), path.clamp(0.0, 0.85))
        }
    }

    fn hills(&self, u: f32, v: f32) -> Colour {
        let mut point = self.sky(v);
        let [_, sun, ..] = self.dice;
        let distance = length((u - sun) * self.aspect, v - 0.22);
        point = between(point, colour(0xFFF6DC), self.inside(distance - 0.06) * 0.9);
        for (number, phase) in (0_u8..5).zip(self.dice.iter().skip(2)) {
            let near = f32::from(number) / 4.0;
            let base = 0.45 + 0.13 * f32::from(number);
            let ridge = base
                + 0.06 * (u * self.aspect * (3.0 + 2.0 * phase) + phase * 20.0).sin()
                + 0.025 * (u * self.aspect * (9.0 + 5.0 * phase) + phase * 50.0).sin();
            let far = between(self.top, colour(0xC9D3DC), 0.5);
            point = between(point, between(far, darker(self.bottom), near), self.inside(ridge - v));
        }
        point
    }

    fn night(&self, u: f32, v: f32) -> Colour {
        let [tilt, moon, up, ..] = self.dice;
        let mut point = between(colour(0x0E1430), colour(0x3A3F6B), v);
        let band = ((u - 0.5) * (tilt - 0.3) + v - 0.45).abs();
        point = between(point, colour(0x6A6FA8), (0.4 - band).max(0.0) * 0.7);
        // One star at most in each cell of a grid.
        let (columns, rows) = (26.0 * self.aspect, 26.0);
        let (column, row) = ((u * columns).floor(), (v * rows).floor());
        let cell = mix(self.seed, (column as u64) << 16 | row as u64);
        if cell % 5 < 2 {
            let x = (u * columns - column - 0.2 - 0.6 * unit(mix(cell, 1))) / rows;
            let y = (v * rows - row - 0.2 - 0.6 * unit(mix(cell, 2))) / rows;
            let size = 0.0012 + 0.0022 * unit(mix(cell, 3));
            point = between(point, colour(0xFFF3DC), self.inside(length(x, y) - size) * 0.95);
        }
        let moon = ((u - 0.15 - 0.7 * moon) * self.aspect, v - 0.15 - 0.2 * up);
        let disc =
            self.inside(length(moon.0, moon.1) - 0.055) * (1.0 - self.inside(length(moon.0 - 0.025, moon.1) - 0.048));
        point = between(point, colour(0xFFF1CC), disc);
        let ridge = 0.84 + 0.05 * (u * self.aspect * 4.0 + tilt * 9.0).sin();
        between(point, colour(0x0A0D1C), self.inside(ridge - v))
    }

    fn lighthouse(&self, u: f32, v: f32) -> Colour {
        let [_, across, beam, stripes, ..] = self.dice;
        let foot = (0.3 + 0.4 * across) * self.aspect;
        let x = u * self.aspect - foot;
        let horizon = 0.74;
        let mut point = if v < horizon {
            self.sky(v / horizon)
        } else {
            let depth = (v - horizon) / (1.0 - horizon);
            let swell = ((v * 60.0).sin() + (u * 14.0 + v * 33.0).sin()) * 0.06;
            between(colour(0x4D7A8C), colour(0x1E3F52), (depth + swell).clamp(0.0, 1.0))
        };
        let lamp = 0.27;
        // The beam widens away from the lamp, to one side.
        let side = if beam > 0.5 { x } else { -x };
        if side > 0.0 {
            let spread = (v - lamp - side * 0.08).abs() - 0.02 - side * 0.16;
            point = between(point, colour(0xFFF3C4), self.inside(spread / 4.0) * (0.55 - side * 0.4).max(0.0));
        }
        // An island under the tower; the sea on both sides.
        let rock = horizon + 0.27 - 0.31 * (-(x * x) / 0.1).exp() + 0.01 * (u * 40.0).sin();
        let tower = x.abs() - (0.028 + 0.03 * ((v - lamp) / 0.45));
        if v > lamp + 0.03 && v < horizon {
            let band = ((v - lamp) * (8.0 + 6.0 * stripes)).fract() < 0.5;
            let paint = if band { colour(0xC4523F) } else { colour(0xF6F1E6) };
            let shade = between(paint, darker(paint), (x / 0.06 + 0.5).clamp(0.0, 1.0) * 0.5);
            point = between(point, shade, self.inside(tower));
        }
        let gallery = (v - lamp - 0.035).abs() - 0.008;
        point = between(point, colour(0x2B2F38), self.inside(gallery.max(x.abs() - 0.05)));
        let glass = (v - lamp).abs() - 0.03;
        point = between(point, colour(0xFFE9A8), self.inside(glass.max(x.abs() - 0.022)));
        let roof = (v - lamp + 0.03).abs() - 0.03;
        let roof = roof.max(x.abs() - 0.032 * ((v - lamp + 0.065) / 0.035).clamp(0.0, 1.0)).max(v - lamp + 0.03);
        point = between(point, colour(0xA2402F), self.inside(roof));
        between(point, colour(0x3A3732), self.inside(rock - v))
    }
}

fn unit(number: u64) -> f32 {
    (number >> 40) as f32 / (1_u64 << 24) as f32
}

fn length(x: f32, y: f32) -> f32 {
    (x * x + y * y).sqrt()
}

fn colour(rgb: u32) -> Colour {
    [16, 8, 0].map(|shift| ((rgb >> shift) & 0xff) as f32)
}

fn between(from: Colour, to: Colour, how_far: f32) -> Colour {
    let [r, g, b] = from;
    let [to_r, to_g, to_b] = to;
    [r + (to_r - r) * how_far, g + (to_g - g) * how_far, b + (to_b - b) * how_far]
}

fn lighter(from: Colour) -> Colour {
    between(from, [255.0; 3], 0.55)
}

fn darker(from: Colour) -> Colour {
    between(from, [0.0; 3], 0.45)
}
