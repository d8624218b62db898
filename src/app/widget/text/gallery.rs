//! Words of every kind, drawn. `HELIOGRAPH_PICTURES=/tmp/pictures` keeps the sheets to be looked at.

use super::*;
use crate::theme::Theme as Which;
use crate::widget::bubble::bubble;
use crate::widget::stage::Stage;
use heliograph_model::EntityKind;
use iced::Fill;
use iced::widget::{column, container};

/// A text whose formatted words stand between "⟦kind|" and "⟧".
fn parse(marked: &str, kinds: &[EntityKind]) -> FormattedText {
    let mut text = String::new();
    let mut entities = Vec::new();
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut next = 0;
    for c in marked.chars() {
        match c {
            '⟦' => {
                open.push((text.len(), next));
                next += 1;
            }
            '⟧' => {
                let (start, kind) = open.pop().unwrap();
                entities.push(heliograph_model::Entity { start, end: text.len(), kind: kinds[kind].clone() });
            }
            c => text.push(c),
        }
    }
    entities.sort_by_key(|entity| (entity.start, usize::MAX - entity.end));
    FormattedText { text, entities }
}

fn samples() -> Vec<FormattedText> {
    use EntityKind::*;
    let quote = |collapsed| Quote { collapsed };
    vec![
        parse(
            "⟦Bold⟧, ⟦italic⟧, ⟦both⟧, ⟦struck⟧, ⟦under⟧, ⟦code⟧ and ⟦a secret that is long enough to go on in the next line⟧. \
             See ⟦keepers.example/align⟧, ⟦the log⟧, ⟦@ada⟧, ⟦#lamps⟧, ⟦/start⟧, ⟦+46 70 123 45 67⟧.",
            &[
                Bold,
                Italic,
                Bold,
                Strike,
                Underline,
                Code,
                Spoiler,
                Url,
                TextUrl("https://a.example".into()),
                Mention,
                Hashtag,
                BotCommand,
                Phone,
            ],
        ),
        parse(
            "The shutter, as it is now:\n⟦use std::time::Duration;\n\n/// Opens for so long.\nfn open(by: Duration) -> Result<(), Error> {\n    let mut left = 12.5; // degrees\n    println!(\"open {left}\");\n    Ok(())\n}⟧\nThat is all.",
            &[Pre("rust".into())],
        ),
        parse("⟦make install⟧", &[Pre(String::new())]),
        parse(
            "⟦Nobody has seen the ⟦north lens⟧ since Tuesday.⟧\nIt is in the ⟦shed⟧.",
            &[quote(false), Bold, Spoiler],
        ),
        parse(
            "⟦One. The first line of what was said, which is long enough to need more than one line here.\nTwo.\nThree.\nFour.\nFive.⟧\nAgreed.",
            &[quote(true)],
        ),
        parse("⟦سلام، این یک نقل قول است⟧\nمرحبا ⟦hello⟧ 12 👍", &[quote(false), Code]),
        parse("⟦Said with code:\n⟦let a = 1;⟧\nand more⟧", &[quote(false), Pre("js".into())]),
        FormattedText::plain("👩‍👩‍👧"),
        FormattedText::plain("👍🏽❤️"),
        FormattedText::plain("🎉🎉🎉"),
        FormattedText::plain("four 👍 of 😀 them ❤️ 🇺🇦"),
    ]
}

fn sheet<'a>(look: Look, samples: &'a [FormattedText], own: bool) -> Element<'a, ()> {
    let mut all = column![];
    for said in samples {
        let words = formatted(look, said, look.palette.hover).selectable().on_link(|_| ()).on_copy(|_| ());
        let time = iced::widget::text("12:07").size(look.time()).color(look.palette.muted);
        all = all.push(bubble(look, own).words(0.0, words).finish(time, None));
    }
    let ground = look.palette.wall;
    container(all).style(move |_: &Theme| container::background(ground)).width(Fill).height(Fill).into()
}

#[test]
#[ignore = "draws pictures to look at into $HELIOGRAPH_PICTURES"]
fn pictures() {
    let folder = std::path::PathBuf::from(std::env::var_os("HELIOGRAPH_PICTURES").unwrap());
    let samples = samples();
    let night = Look::of(Which { night: true, ..Look::day().palette.theme });
    for (name, look, width, own, choose) in [
        ("day", Look::day(), 600.0, false, false),
        ("night", night, 600.0, true, true),
        ("day-chosen", Look::day(), 600.0, true, true),
        ("night-150-narrow", night.with_text(1.5), 400.0, false, false),
    ] {
        let mut stage = Stage::new(width, 1500.0);
        let view = || sheet(look, &samples, own);
        let _ = stage.picture(view(), look);
        if choose {
            stage.operate(view(), Choose);
        }
        stage.picture(view(), look).save(&folder.join(format!("text-{name}.png")));
    }
}

/// Chooses most of every text.
struct Choose;

impl iced::advanced::widget::Operation for Choose {
    fn custom(&mut self, _id: Option<&iced::widget::Id>, _bounds: Rectangle, state: &mut dyn std::any::Any) {
        if let Some(state) = state.downcast_mut::<State>() {
            let len = state.len();
            state.select(Some(2..len));
        }
    }

    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn iced::advanced::widget::Operation)) {
        operate(self);
    }
}
