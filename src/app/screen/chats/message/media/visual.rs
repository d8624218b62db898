//! Photos, films, round messages and stickers: the place of each is there from the first frame.

use super::mosaic::mosaic;
use crate::media::still::{self, Still};
use crate::screen::chats::message::on_picture;
use crate::screen::chats::scene::Scene;
use crate::screen::chats::{Message, file, photo};
use crate::theme::Look;
use crate::widget::icon::Icon;
use crate::widget::label::text;
use crate::widget::{Element, control, flow};
use crate::words::{fl, number};
use heliograph_model::{Media, Message as Said, MessageId, Photo, Sticker, Video, VideoKind};
use iced::widget::{container, space, stack};
use iced::{Fill, Shrink};

/// The sign in the middle of a film.
const SIGN: f32 = 44.0;
/// The smallest picture that has room for a few words beside that.
const CHIP: (f32, f32) = (112.0, 100.0);

/// A name for a control of a message that is the same for as long as the message is.
fn id(what: &str, said: &Said) -> String {
    match said.id {
        MessageId::Server(number) => format!("{what}:{number}"),
        MessageId::Pending(number) => format!("{what}:pending-{number}"),
    }
}

fn frame(scene: &Scene<'_>, still: &Still, label: String, fills: bool) -> photo::Frame {
    photo::frame(scene.look, still.key.form, scene.pictures.get(still.key).cloned(), label).fill(fills)
}

/// A photo.
pub fn picture<'a>(scene: &Scene<'a>, said: &'a Said, photo: &'a Photo) -> Element<'a, Message> {
    shown(
        scene,
        said,
        &still::photo(photo, scene.state.marks.is_revealed(said)),
        fl!(scene.words, "media-photo"),
        false,
    )
}

/// A picture, or what covers it until it is pressed.
fn shown<'a>(scene: &Scene<'a>, said: &'a Said, still: &Still, label: String, fills: bool) -> Element<'a, Message> {
    let look = scene.look;
    let frame = frame(scene, still, label, fills);
    if !still.key.form.covered {
        return frame.into();
    }
    let words = fl!(scene.words, "spoiler");
    let cover = container(on_picture::chip(look, Some(Icon::EyeOff), words)).center(Fill);
    let press = pressed(look, still, fl!(scene.words, "spoiler-show"), stack![frame, cover], fills);
    press.id(id("reveal", said)).on_press(Message::Revealed(said.id)).into()
}

/// Something in the form of a picture that can be pressed.
fn pressed<'a>(
    look: Look,
    still: &Still,
    label: String,
    content: impl Into<Element<'a, Message>>,
    fills: bool,
) -> control::Row<'a, Message> {
    let radius = still.key.form.corners.into_iter().max().map_or(0.0, f32::from);
    let extent = if fills { Fill } else { Shrink };
    control::row(look, label, content).padding(0).radius(radius).width(extent).height(extent)
}

/// A film, a loop or a round message: its first picture, with a sign on it. Playing comes later; it is fetched and saved.
pub fn film<'a>(scene: &Scene<'a>, said: &'a Said, video: &'a Video) -> Element<'a, Message> {
    let still = still::video(video, scene.state.marks.is_revealed(said));
    let film = film_in(scene, said, video, &still, false);
    match file::status(scene, said, &video.document) {
        Some(status) => flow::column(scene.look, [film, container(status).padding([0, 6]).into()]).spacing(6).into(),
        None => film,
    }
}

fn film_in<'a>(
    scene: &Scene<'a>,
    said: &'a Said,
    video: &'a Video,
    still: &Still,
    fills: bool,
) -> Element<'a, Message> {
    let Scene { look, words, .. } = *scene;
    let label = match video.kind {
        VideoKind::Film => fl!(words, "media-video"),
        VideoKind::Round => fl!(words, "media-round-video"),
        VideoKind::Loop => fl!(words, "media-animation"),
    };
    if still.key.form.covered {
        return shown(scene, said, still, label, fills);
    }
    let act = file::act(scene, said);
    let place = still.key.form.size();
    let size = look.size(SIGN).round().min(place.height * 0.6).min(place.width * 0.4);
    let (sign, told) = match (act.part, act.icon) {
        (Some(part), icon) => (on_picture::progress(look, icon, part, size), progress(scene, said, video)),
        // What is there to be fetched looks as what it is: something to play.
        (None, Icon::Download) => (on_picture::sign(look, Icon::Play, size), told(scene, video)),
        (None, icon) => (on_picture::sign(look, icon, size), told(scene, video)),
    };
    let middle = container(sign).center(Fill);
    // A small picture has room for the sign only.
    let told = (place.width >= look.size(CHIP.0) && place.height >= look.size(CHIP.1)).then_some(told);
    let told: Element<'a, Message> = told.map_or_else(|| space().into(), |told| on_picture::chip(look, None, told));
    let told = match video.kind {
        // Nothing of a circle is at its corners.
        VideoKind::Round => container(told).center_x(Fill).align_bottom(Fill).padding(10),
        _ => container(told).width(Fill).align_x(flow::start(look)).padding(6),
    };
    let frame = frame(scene, still, label, fills);
    let spoken = act.label;
    let press = pressed(look, still, spoken, stack![frame, middle, told], fills);
    press.id(act.id).on_press_maybe(act.message).into()
}

/// How long a film is; loops have no end, they are named.
fn told(scene: &Scene<'_>, video: &Video) -> String {
    match video.kind {
        VideoKind::Loop => fl!(scene.words, "media-animation"),
        _ => number::length(video.duration),
    }
}

fn progress(scene: &Scene<'_>, said: &Said, video: &Video) -> String {
    match scene.file(said) {
        crate::download::State::Running { done, total } => {
            let total = total.max(video.document.file.size).max(done);
            number::bytes_of(done, total)
        }
        _ => told(scene, video),
    }
}

/// A sticker: a still one as it is, a moving one as it stands; its emoji where there is neither.
pub fn sticker<'a>(scene: &Scene<'a>, sticker: &'a Sticker) -> Element<'a, Message> {
    let Scene { look, words, .. } = *scene;
    let still = still::sticker(sticker);
    let label = match sticker.emoji.is_empty() {
        true => fl!(words, "media-sticker"),
        false => number::beside(fl!(words, "media-sticker"), sticker.emoji.clone()),
    };
    let nothing = scene.pictures.get(still.key).is_none() && (still.file.is_none() || scene.pictures.failed(still.key));
    if !nothing {
        return frame(scene, &still, label, false).clear().into();
    }
    let size = still.key.form.size();
    let emoji: Element<'a, Message> = match sticker.emoji.is_empty() {
        true => text(label).size(look.body()).color(look.palette.muted).into(),
        false => super::card::emoji(&sticker.emoji, look.size(96.0)),
    };
    container(emoji).center_x(size.width).center_y(size.height).into()
}

/// The pictures and films of an album, and below them what their downloads have to say.
pub fn album<'a>(scene: &Scene<'a>, messages: &[&'a Said]) -> Element<'a, Message> {
    let look = scene.look;
    let stills = still::of_album(messages, |said| scene.state.marks.is_revealed(said));
    let cells = stills.iter().map(|(said, still)| match &said.media {
        Some(Media::Video(video)) => film_in(scene, said, video, still, true),
        _ => shown(scene, said, still, fl!(scene.words, "media-photo"), true),
    });
    let grid = mosaic(look, still::album_sizes(messages), cells.collect()).into();
    let told = messages.iter().filter_map(|said| {
        let document = said.media.as_ref().and_then(Media::document)?;
        Some(container(file::status(scene, said, document)?).padding([0, 6]).into())
    });
    let told: Vec<Element<'a, Message>> = told.collect();
    if told.is_empty() { grid } else { flow::column(look, std::iter::once(grid).chain(told)).spacing(6).into() }
}
