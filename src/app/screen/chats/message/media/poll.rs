//! Polls and quizzes: what is asked, what can be answered, and how many have.

use super::shares::shares;
use crate::screen::chats::Message;
use crate::screen::chats::marks::{Ballot, COUNTED};
use crate::screen::chats::scene::Scene;
use crate::theme::{Look, fonts};
use crate::widget::avatar::avatar;
use crate::widget::control::{self, Kind};
use crate::widget::icon::{Icon, icon};
use crate::widget::label::text;
use crate::widget::text::{formatted, line};
use crate::widget::{Element, flow};
use crate::words::{self, Words, fl, number};
use heliograph_model::{Message as Said, Poll, PollAnswer};
use iced::widget::{column, container, space};
use iced::{Center, Color, Fill, Length, Padding, Theme, border};

/// How wide a poll is, at 100 % text.
const WIDTH: f32 = 320.0;
/// The mark before an answer, at 100 % text.
const MARK: f32 = 36.0;
/// So many of those who voted last are shown.
const FACES: usize = 3;

/// How an answer stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    /// It was not chosen, and is not known to be right.
    Plain,
    /// We chose it.
    Ours,
    /// It is the right one of a quiz.
    Right,
    /// We chose it, and another one is right.
    Wrong,
}

fn standing(poll: &Poll, answer: &PollAnswer) -> Standing {
    match (poll.quiz, answer.correct, answer.chosen) {
        (true, true, _) => Standing::Right,
        (true, false, true) => Standing::Wrong,
        (false, _, true) => Standing::Ours,
        _ => Standing::Plain,
    }
}

/// Whether it can still be answered: the server closes it, or its time is over.
fn is_over(poll: &Poll, now: i64) -> bool {
    poll.closed || poll.closes.is_some_and(|closes| closes <= now)
}

/// A poll as it stands.
pub fn view<'a>(scene: &Scene<'a>, said: &'a Said, poll: &'a Poll) -> Element<'a, Message> {
    let Scene { look, words, .. } = *scene;
    let palette = look.palette;
    let over = is_over(poll, scene.now);
    let ballot = scene.state.marks.ballot(said);
    let question =
        text(poll.question.text.trim()).size(look.body()).font(fonts::SEMIBOLD).color(palette.text).width(Fill);
    let kind = line(look.second(), palette.muted).push(kind(&words, poll, over), None, None);
    let head = flow::row(look, [kind.fill().align_x(flow::start(look)).into()])
        .push(faces(scene, poll))
        .spacing(8)
        .align_y(Center);
    let answers = poll.answers.iter().enumerate();
    let answers: Vec<Element<'a, Message>> = if over || poll.voted() {
        let shares = shares(poll);
        answers.map(|(place, answer)| result(look, poll, answer, shares.get(place).copied().unwrap_or(0))).collect()
    } else {
        answers.map(|(place, answer)| choice(scene, said, poll, place, answer, ballot)).collect()
    };
    let mut all = column![question, head, column(answers).spacing(2)].spacing(4).align_x(flow::start(look));
    if let Some(solution) = poll.solution.as_ref().filter(|_| scene.state.marks.is_explained(said)) {
        all = all.push(explanation(look, solution));
    }
    container(all.push(foot(scene, said, poll, over, ballot))).width(look.size(WIDTH)).into()
}

fn kind(words: &Words, poll: &Poll, over: bool) -> String {
    match (over, poll.quiz, poll.public) {
        (true, ..) => fl!(words, "poll-closed"),
        (_, true, true) => fl!(words, "media-quiz"),
        (_, true, false) => fl!(words, "poll-quiz-anonymous"),
        (_, false, true) => fl!(words, "media-poll"),
        (_, false, false) => fl!(words, "poll-anonymous"),
    }
}

/// A few of those who voted, small.
fn faces<'a>(scene: &Scene<'a>, poll: &Poll) -> Option<Element<'a, Message>> {
    let look = scene.look;
    let known = poll.recent.iter().filter_map(|id| scene.state.peers.get(id)).take(FACES);
    let faces: Vec<_> = known.map(|peer| avatar(look, peer, scene.face(peer), 20.0)).collect();
    (!faces.is_empty()).then(|| flow::row(look, faces).spacing(2).into())
}

/// An answer that can be given.
fn choice<'a>(
    scene: &Scene<'a>,
    said: &'a Said,
    poll: &Poll,
    place: usize,
    answer: &'a PollAnswer,
    ballot: Option<&Ballot>,
) -> Element<'a, Message> {
    let look = scene.look;
    let ticked = ballot.is_some_and(|ballot| ballot.ticked.contains(&place));
    let sending = ballot.is_some_and(|ballot| ballot.sending);
    let size = look.size(18.0).round();
    let mark: Element<'a, Message> = match (sending && ticked, ticked) {
        (true, _) => control::spinner(look, size, look.palette.accent),
        (false, ticked) => self::mark(look, size, poll.multiple, ticked),
    };
    let mark = container(mark).center_x(look.size(MARK)).center_y(look.size(20.0).round());
    let row = flow::row(look, [mark.into(), self::words(look, answer)]).width(Fill);
    let press = said.id.server().filter(|_| !sending && !scene.away).map(|_| Message::AnswerChosen(said.id, place));
    let padding = flow::padding(look, 7.0, 8.0, 7.0, 0.0);
    control::row(look, answer.text.text.clone(), row)
        .padding(padding)
        .radius(8.0)
        .id(format!("answer:{}:{place}", said.id.server().unwrap_or(0)))
        .on_press_maybe(press)
        .into()
}

/// The words of an answer.
fn words<'a>(look: Look, answer: &'a PollAnswer) -> Element<'a, Message> {
    container(formatted(look, &answer.text, look.palette.hover)).width(Fill).align_x(flow::start(look)).into()
}

/// A round mark where one answer can be given, a square one where several can.
fn mark<'a>(look: Look, size: f32, square: bool, ticked: bool) -> Element<'a, Message> {
    let palette = look.palette;
    let radius = if square { 5.0 } else { size / 2.0 };
    let sign = ticked.then(|| icon(Icon::Check, (size * 0.75).round(), palette.on_accent));
    let style = move |_: &Theme| container::Style {
        background: ticked.then_some(palette.accent.into()),
        border: border::rounded(radius).color(if ticked { palette.accent } else { palette.faint }).width(1.5),
        ..container::Style::default()
    };
    container(sign.unwrap_or_else(|| space().into())).center(size).style(style).into()
}

/// An answer with how many gave it.
fn result<'a>(look: Look, poll: &Poll, answer: &'a PollAnswer, share: u32) -> Element<'a, Message> {
    let palette = look.palette;
    let (color, sign) = match standing(poll, answer) {
        Standing::Plain => (palette.accent, None),
        Standing::Ours => (palette.accent, Some((Icon::Check, palette.accent_text))),
        Standing::Right => (palette.ok, Some((Icon::Check, palette.ok))),
        Standing::Wrong => (palette.danger, Some((Icon::Cross, palette.danger))),
    };
    let share_words = text(number::percent(share as f32 / 100.0))
        .size(look.name())
        .font(fonts::SEMIBOLD)
        .color(palette.text)
        .line_height(iced::Pixels(look.size(20.0).round()))
        .wrapping(iced::widget::text::Wrapping::None);
    let share_words = container(share_words).width(look.size(MARK + 6.0));
    let share_words = share_words.align_x(flow::start(look));
    let words = self::words(look, answer);
    let size = look.size(16.0).round();
    let sign = container(sign.map_or_else(|| space().width(size).into(), |(sign, color)| icon(sign, size, color)))
        .center_y(look.size(20.0).round());
    let row = flow::row(look, [share_words.into(), words, sign.into()]).spacing(2).width(Fill);
    let bar = container(bar(look, share, color)).padding(flow::padding(look, 0.0, size, 0.0, look.size(MARK + 8.0)));
    container(column![row, bar].spacing(3)).padding(Padding { top: 4.0, bottom: 5.0, ..Padding::ZERO }).into()
}

/// A bar as long as the part; a dot where there is nothing.
fn bar<'a>(look: Look, share: u32, color: Color) -> Element<'a, Message> {
    let height = look.size(4.0).round().max(3.0);
    let fill = move |color: Color| {
        move |_: &Theme| container::Style { border: border::rounded(height / 2.0), ..container::background(color) }
    };
    if share == 0 {
        return container(space().width(height).height(height)).style(fill(look.palette.quiet)).into();
    }
    let share = u16::try_from(share.min(100)).unwrap_or(100);
    let full = container(space().height(height)).width(Length::FillPortion(share)).style(fill(color));
    let rest = (share < 100).then(|| space().width(Length::FillPortion(100 - share)));
    flow::row(look, [full.into()]).push(rest).width(Fill).into()
}

/// Why the right answer is right.
fn explanation<'a>(look: Look, solution: &'a heliograph_model::FormattedText) -> Element<'a, Message> {
    let palette = look.palette;
    let sign = icon(Icon::Info, look.size(16.0).round(), palette.accent_text);
    let words = container(formatted(look, solution, palette.hover).on_link(Message::Led)).width(Fill);
    let style = move |_: &Theme| container::Style {
        border: border::rounded(8.0),
        ..container::background(palette.accent_soft)
    };
    let sign = container(sign).center_y(look.size(20.0).round());
    container(flow::row(look, [sign.into(), words.into()]).spacing(8)).padding([8, 10]).style(style).into()
}

/// How many have voted, how long it goes on, and what else can be done.
fn foot<'a>(
    scene: &Scene<'a>,
    said: &'a Said,
    poll: &'a Poll,
    over: bool,
    ballot: Option<&Ballot>,
) -> Element<'a, Message> {
    let Scene { look, words, .. } = *scene;
    let total = poll.total.unwrap_or(0);
    let voters = match (poll.quiz, total) {
        (_, 0) if over => fl!(words, "poll-nobody"),
        (true, count) => fl!(words, "quiz-voters", count = count),
        (false, count) => fl!(words, "poll-voters", count = count),
    };
    let left = poll.closes.filter(|_| !over).map(|closes| {
        let left = u32::try_from(closes - scene.now).unwrap_or(0);
        let time = if i64::from(left) <= COUNTED { number::length(left) } else { words::wait(left) };
        fl!(words, "poll-closes", time = time)
    });
    let told = match left {
        _ if scene.away && !over && !poll.voted() => fl!(words, "needs-connection"),
        Some(left) => number::beside(voters, left),
        None => voters,
    };
    let told = text(told).size(look.second()).color(look.palette.muted).width(Fill);
    let number = said.id.server().unwrap_or(0);
    let vote = (poll.multiple && !over && !poll.voted()).then(|| {
        let ready = ballot.is_some_and(|ballot| !ballot.ticked.is_empty());
        control::button(look, fl!(words, "poll-vote"))
            .kind(Kind::Primary)
            .compact()
            .id(format!("vote:{number}"))
            .busy(ballot.is_some_and(|ballot| ballot.sending))
            .on_press_maybe((ready && !scene.away).then_some(Message::VoteWanted(said.id)))
    });
    let explain = poll.solution.as_ref().map(|_| {
        control::button(look, fl!(words, "poll-explanation"))
            .kind(Kind::Ghost)
            .compact()
            .id(format!("explain:{number}"))
            .on_press(Message::ExplanationWanted(said.id))
    });
    let foot = flow::row(look, [told.into()]).push(explain).push(vote).spacing(8).align_y(Center);
    container(foot).padding(Padding { top: 4.0, ..Padding::ZERO }).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use heliograph_model::FormattedText;
    use std::sync::Arc;

    fn answer(chosen: bool, correct: bool) -> PollAnswer {
        let text = FormattedText::plain("x");
        PollAnswer { text, option: Arc::from([1_u8]), voters: None, chosen, correct }
    }

    fn poll(quiz: bool, closes: Option<i64>) -> Poll {
        Poll {
            id: 1,
            question: FormattedText::plain("?"),
            answers: Vec::new(),
            quiz,
            multiple: false,
            public: true,
            closed: false,
            total: None,
            closes,
            solution: None,
            recent: Vec::new(),
        }
    }

    #[test]
    fn right_and_wrong_are_told_in_quizzes_only() {
        let of = |quiz, chosen, correct| standing(&poll(quiz, None), &answer(chosen, correct));
        assert_eq!(of(true, true, true), Standing::Right);
        assert_eq!(of(true, false, true), Standing::Right);
        assert_eq!(of(true, true, false), Standing::Wrong);
        assert_eq!(of(false, true, false), Standing::Ours);
        assert_eq!(of(false, false, false), Standing::Plain);
    }

    #[test]
    fn a_poll_is_over_when_its_time_is() {
        assert!(!is_over(&poll(false, None), 10));
        assert!(!is_over(&poll(false, Some(11)), 10));
        assert!(is_over(&poll(false, Some(10)), 10), "the server's word may come later");
    }
}
