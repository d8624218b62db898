//! Pictures that were looked at and kept: a test draws the same again and compares.
//!
//! `HELIOGRAPH_SNAPSHOTS=renew cargo test …` writes them anew, to be looked at before they are committed. Where what is
//! drawn differs, it and a picture of the differences are written to `target/snapshots`.

use super::Picture;
use image::RgbImage;
use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};

/// So much of a picture may differ.
const TOLERANCE: f64 = 0.001;
/// A colour differs when one of its parts differs by more.
const COLOR: u8 = 24;
/// A colour further than this from all that were kept is another one: the squares of its parts, added.
const FAR: u32 = 60 * 60 * 3;
/// So much of any small square may differ: a sign that is gone would be lost in the whole.
const SQUARE: (u32, f64) = (24, 0.10);

/// The snapshots of one test.
pub(crate) struct Snapshots {
    folder: PathBuf,
    renew: bool,
    seen: BTreeSet<String>,
    wrong: Vec<String>,
}

impl Snapshots {
    /// Those in this folder of the program's source.
    pub(crate) fn new(folder: &str) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        let renew = std::env::var_os("HELIOGRAPH_SNAPSHOTS").is_some_and(|wish| wish == "renew");
        Self { folder, renew, seen: BTreeSet::new(), wrong: Vec::new() }
    }

    /// Compares one, or writes it.
    pub(crate) fn check(&mut self, name: &str, picture: &Picture) {
        let _ = self.seen.insert(format!("{name}.png"));
        let drawn = opaque(picture);
        let path = self.folder.join(format!("{name}.png"));
        if self.renew {
            std::fs::create_dir_all(&self.folder).unwrap();
            return save(&drawn, &path);
        }
        let why = match image::open(&path) {
            Err(error) => format!("{name}: {error}"),
            Ok(kept) => match difference(&kept.into_rgb8(), &drawn) {
                Ok(()) => return,
                Err((why, differences)) => {
                    if let Some(differences) = differences {
                        save(&differences, &target(&format!("{name}-difference.png")));
                    }
                    format!("{name}: {why}")
                }
            },
        };
        let now = target(&format!("{name}.png"));
        save(&drawn, &now);
        self.wrong.push(format!("{why} (as it is now: {})", now.display()));
    }

    /// Fails where one differs, is missing, or is there and was not drawn.
    pub(crate) fn finish(self) {
        let kept = std::fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let names = kept.map(|entry| entry.file_name().to_string_lossy().into_owned());
        let mut wrong = self.wrong;
        for name in names.filter(|name| name.ends_with(".png") && !self.seen.contains(name)) {
            if self.renew {
                std::fs::remove_file(self.folder.join(name)).unwrap();
            } else {
                wrong.push(format!("{name}: nothing draws it any more"));
            }
        }
        assert!(wrong.is_empty(), "{}\nHELIOGRAPH_SNAPSHOTS=renew writes them anew.", wrong.join("\n"));
    }
}

fn target(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/snapshots");
    std::fs::create_dir_all(&folder).unwrap();
    folder.join(name)
}

/// The colours of the pixels.
fn opaque(picture: &Picture) -> RgbImage {
    let size = picture.size();
    let bytes = picture.pixels().chunks_exact(4).flat_map(|pixel| pixel.first_chunk::<3>().copied().unwrap()).collect();
    RgbImage::from_raw(size.width, size.height, bytes).unwrap()
}

/// A few colours that stand for all: those that are there most often, then those of which there are most alike.
fn palette(picture: &RgbImage) -> Vec<[u8; 3]> {
    let mut exact: HashMap<[u8; 3], u32> = HashMap::new();
    for (color, count) in runs(picture) {
        *exact.entry(color).or_default() += count;
    }
    let mut alike: HashMap<[u8; 3], u32> = HashMap::new();
    let mut often: Vec<_> = exact.into_iter().collect();
    often.sort_unstable_by_key(|(color, count)| (u32::MAX - count, *color));
    let rest = often.split_off(often.len().min(96));
    for (color, count) in rest {
        *alike.entry(color.map(|part| part & 0xf0 | 0x08)).or_default() += count;
    }
    let mut alike: Vec<_> = alike.into_iter().collect();
    alike.sort_unstable_by_key(|(color, count)| (u32::MAX - count, *color));
    often.into_iter().chain(alike).map(|(color, _)| color).take(256).collect()
}

/// Colours beside each other that are the same, and how many.
fn runs(picture: &RgbImage) -> impl Iterator<Item = ([u8; 3], u32)> {
    let pixels = picture.as_raw().as_chunks::<3>().0;
    pixels.chunk_by(|one, other| one == other).map(|run| (run[0], run.len() as u32))
}

/// The picture in these colours only: the number of each, or of none where the nearest is far.
fn in_colors(picture: &RgbImage, palette: &[[u8; 3]]) -> Vec<Option<u8>> {
    let mut known: HashMap<[u8; 3], Option<u8>> = HashMap::new();
    let distance = |one: &[u8; 3], other: &[u8; 3]| {
        one.iter().zip(other).map(|(one, other)| u32::from(one.abs_diff(*other)).pow(2)).sum::<u32>()
    };
    let mut out = Vec::with_capacity(picture.as_raw().len() / 3);
    for (color, count) in runs(picture) {
        let number = *known.entry(color).or_insert_with(|| {
            let nearest = palette.iter().enumerate().min_by_key(|(_, other)| distance(&color, other));
            nearest.filter(|(_, nearest)| distance(&color, nearest) < FAR).map(|(number, _)| number as u8)
        });
        out.resize(out.len() + count as usize, number);
    }
    out
}

/// Writes a picture in few colours: it is small then, and nobody sees it.
fn save(picture: &RgbImage, path: &Path) {
    let palette = palette(picture);
    let file = std::io::BufWriter::new(std::fs::File::create(path).unwrap());
    let mut encoder = png::Encoder::new(file, picture.width(), picture.height());
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(palette.concat());
    encoder.set_compression(png::Compression::High);
    encoder.set_filter(png::Filter::NoFilter);
    let pixels: Vec<u8> = in_colors(picture, &palette).into_iter().map(Option::unwrap_or_default).collect();
    encoder.write_header().unwrap().write_image_data(&pixels).unwrap();
}

/// Why two pictures are not the same, with a picture of where they differ.
fn difference(kept: &RgbImage, drawn: &RgbImage) -> Result<(), (String, Option<RgbImage>)> {
    if kept.dimensions() != drawn.dimensions() {
        let ((w, h), (x, y)) = (kept.dimensions(), drawn.dimensions());
        return Err((format!("it is {x} by {y} pixels and was {w} by {h}"), None));
    }
    let (width, height) = kept.dimensions();
    // In the colours of the one that was kept, which are few.
    let colors = palette(kept);
    let (before, now) = (in_colors(kept, &colors), in_colors(drawn, &colors));
    let far = |one: Option<u8>, other: Option<u8>| match (one, other) {
        (Some(one), Some(other)) => {
            let (one, other) = (colors[usize::from(one)], colors[usize::from(other)]);
            one.iter().zip(other).any(|(one, other)| one.abs_diff(other) > COLOR)
        }
        _ => one != other,
    };
    let mut squares = vec![0_u32; (width.div_ceil(SQUARE.0) * height.div_ceil(SQUARE.0)) as usize];
    let mut wrong = Vec::new();
    for (index, (before, now)) in before.iter().zip(&now).enumerate().filter(|(_, (before, now))| before != now) {
        if far(*before, *now) {
            let (x, y) = (index as u32 % width, index as u32 / width);
            squares[(y / SQUARE.0 * width.div_ceil(SQUARE.0) + x / SQUARE.0) as usize] += 1;
            wrong.push((x, y));
        }
    }
    let part = wrong.len() as f64 / f64::from(width * height);
    let worst = f64::from(squares.into_iter().max().unwrap_or(0)) / f64::from(SQUARE.0 * SQUARE.0);
    if part <= TOLERANCE && worst <= SQUARE.1 {
        return Ok(());
    }
    let mut shown = drawn.clone();
    shown.pixels_mut().for_each(|pixel| pixel.0 = pixel.0.map(|part| 160 + part / 4));
    for (x, y) in wrong {
        shown.put_pixel(x, y, image::Rgb([220, 30, 60]));
    }
    Err((format!("{:.3} % differ, in one place {:.0} %", part * 100.0, worst * 100.0), Some(shown)))
}

mod tests {
    use super::*;

    #[test]
    fn a_little_may_differ_but_no_sign_may_go() {
        let white = RgbImage::from_pixel(200, 200, image::Rgb([255; 3]));
        let mut other = white.clone();
        for place in 0..6 {
            other.put_pixel(place * 30, place * 30, image::Rgb([0; 3]));
        }
        assert!(difference(&white, &other).is_ok(), "six pixels of 40,000, far from each other");
        let mut sign = RgbImage::from_pixel(2000, 200, image::Rgb([255; 3]));
        let before = sign.clone();
        for place in 0..100 {
            sign.put_pixel(50 + place % 10, 50 + place / 10, image::Rgb([0; 3]));
        }
        assert!(difference(&before, &sign).is_err(), "a sign is gone, though that is little of the whole");
        assert!(difference(&white, &before).is_err(), "another size");
        let soft = RgbImage::from_pixel(200, 200, image::Rgb([250; 3]));
        assert!(difference(&white, &soft).is_ok(), "what nobody sees");
    }
}
