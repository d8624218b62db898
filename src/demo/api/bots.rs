//! Bots that answer buttons and inline questions.

use super::{Ask, Fine, bad};
use crate::world::{Author, Body, Draft, LetterId, Place, Room};
use grammers_tl_types::{enums, functions, types};

/// The keyboard under what the bakery says.
pub(crate) fn order_keyboard() -> enums::ReplyMarkup {
    let button = |text: &str, data: &str| {
        types::KeyboardInlineButton {
            style: None,
            text: text.to_owned(),
            r#type: types::InlineButtonTypeCallback { requires_password: false, data: data.as_bytes().to_vec() }.into(),
        }
        .into()
    };
    let link = types::KeyboardInlineButton {
        style: None,
        text: "Opening hours".to_owned(),
        r#type: types::InlineButtonTypeUrl { url: "https://bakery.example/hours".to_owned() }.into(),
    };
    let rows = vec![
        types::KeyboardInlineButtonRow { buttons: vec![button("On my way", "coming"), button("Tomorrow", "tomorrow")] }
            .into(),
        types::KeyboardInlineButtonRow { buttons: vec![link.into()] }.into(),
    ];
    types::ReplyInlineMarkup { force_reply: false, rows }.into()
}

/// The keyboard of the pilot, whose buttons each do something else.
pub(crate) fn pilot_keyboard() -> enums::ReplyMarkup {
    let button = |(text, data): (&str, &str)| {
        types::KeyboardInlineButton {
            style: None,
            text: text.to_owned(),
            r#type: types::InlineButtonTypeCallback { requires_password: false, data: data.as_bytes().to_vec() }.into(),
        }
        .into()
    };
    let rows = [
        [("Say hello", "toast"), ("Ask me first", "alert")].as_slice(),
        [("Open a page", "url"), ("Count", "edit")].as_slice(),
        [("Say nothing", "silent"), ("Do not answer", "late")].as_slice(),
    ];
    let rows = rows
        .into_iter()
        .map(|row| types::KeyboardInlineButtonRow { buttons: row.iter().copied().map(button).collect() }.into());
    types::ReplyInlineMarkup { force_reply: false, rows: rows.collect() }.into()
}

/// What a bot answers to the buttons that only show what buttons can do.
fn shown(ask: &mut Ask<'_>, number: LetterId, data: &[u8]) -> Option<Fine<types::messages::BotCallbackAnswer>> {
    let answer = |alert, message: Option<&str>, url: Option<&str>| types::messages::BotCallbackAnswer {
        alert,
        has_url: url.is_some(),
        native_ui: true,
        message: message.map(str::to_owned),
        url: url.map(str::to_owned),
        cache_time: 0,
    };
    Some(Ok(match data {
        b"toast" => answer(false, Some("Hello from the pilot 👋"), None),
        b"alert" => answer(true, Some("The tide will not wait for you.\nDo you want to go on?"), None),
        b"url" => answer(false, None, Some("https://keepers.example/pilot")),
        b"silent" => answer(false, None, None),
        b"late" => return Some(Err(bad("BOT_RESPONSE_TIMEOUT"))),
        b"edit" => {
            let (text, entities) = ask.state.letters.get(number).map(|l| (l.text.clone(), l.entities.clone()))?;
            let (words, count) = text.rsplit_once(' ').unwrap_or((text.as_str(), ""));
            let changed = match count.parse::<u32>() {
                Ok(count) => format!("{words} {}", count.saturating_add(1)),
                Err(_) => format!("{text} 1"),
            };
            let notices = ask.state.edit(number, changed, entities);
            ask.answer_notices(notices);
            answer(false, None, None)
        }
        _ => return None,
    }))
}

/// Somebody pressed a button: the bot says so in the answer and marks the message.
pub(crate) fn get_bot_callback_answer(
    ask: &mut Ask<'_>,
    request: functions::messages::GetBotCallbackAnswer,
) -> Fine<enums::messages::BotCallbackAnswer> {
    let place = ask.own_place(&request.peer)?;
    let me = ask.me()?;
    let (number, letter) = ask.state.letter_at(me, place, request.msg_id).ok_or_else(|| bad("MESSAGE_ID_INVALID"))?;
    let Some(enums::ReplyMarkup::ReplyInlineMarkup(markup)) = &letter.details.markup else {
        return Err(bad("MESSAGE_ID_INVALID"));
    };
    let data = request.data.unwrap_or_default();
    let pressed = markup.rows.iter().any(|row| {
        let enums::KeyboardInlineButtonRow::Row(row) = row;
        row.buttons.iter().any(|button| {
            let enums::KeyboardInlineButton::Button(button) = button;
            matches!(&button.r#type, enums::InlineButtonType::Callback(callback) if callback.data == data)
        })
    });
    if !pressed {
        return Err(bad("DATA_INVALID"));
    }
    if let Some(answer) = shown(ask, number, &data) {
        return Ok(answer?.into());
    }
    let letter = ask.state.letters.get(number).ok_or_else(|| bad("MESSAGE_ID_INVALID"))?;
    let (words, answer) = match data.as_slice() {
        b"coming" => ("You are on your way.", "See you soon"),
        _ => ("Kept until tomorrow.", "We keep it for you"),
    };
    let text = letter.text.lines().next().unwrap_or_default().to_owned();
    let entities = letter.entities.clone();
    let changed = format!("{text}\n{words}");
    if changed != letter.text {
        let notices = ask.state.edit(number, changed, entities);
        ask.answer_notices(notices);
    }
    Ok(types::messages::BotCallbackAnswer {
        alert: false,
        has_url: false,
        native_ui: true,
        message: Some(answer.to_owned()),
        url: None,
        cache_time: 0,
    }
    .into())
}

/// Somebody starts a bot: it greets, with buttons.
pub(crate) fn start_bot(ask: &mut Ask<'_>, request: functions::messages::StartBot) -> Fine<enums::Updates> {
    let bot = ask.person(&request.bot)?;
    if !ask.state.people.get(&bot).is_some_and(|person| person.bot) {
        return Err(bad("BOT_INVALID"));
    }
    let me = ask.me()?;
    let mut draft = Draft::text(if request.start_param.is_empty() {
        "/start".to_owned()
    } else {
        format!("/start {}", request.start_param)
    });
    draft.entities = Vec::new();
    let answer = super::sending::send(ask, Place::User(bot), vec![(draft, request.random_id)], Default::default())?;
    let room = Room::of(me, Place::User(bot));
    let mut greeting = Draft::text("Good morning. Your bread is ready to collect.");
    greeting.details.markup = Some(order_keyboard());
    let date = ask.state.now();
    let (_, notices) = ask.state.post(room, Author::Person(bot), date, greeting);
    ask.answer_notices(notices);
    Ok(answer)
}

/// The breads, as inline results.
pub(crate) fn get_inline_bot_results(
    ask: &mut Ask<'_>,
    request: functions::messages::GetInlineBotResults,
) -> Fine<enums::messages::BotResults> {
    let bot = ask.person(&request.bot)?;
    if !ask.state.people.get(&bot).is_some_and(|person| person.bot) {
        return Err(bad("BOT_INLINE_DISABLED"));
    }
    let query = request.query.to_lowercase();
    let results =
        BREADS.iter().enumerate().filter(|(_, bread)| bread.to_lowercase().contains(&query)).map(|(place, bread)| {
            types::BotInlineResult {
                id: place.to_string(),
                r#type: "article".to_owned(),
                title: Some((*bread).to_owned()),
                description: Some("Fresh before seven.".to_owned()),
                url: None,
                thumb: None,
                content: None,
                send_message: types::BotInlineMessageText {
                    no_webpage: true,
                    invert_media: false,
                    message: format!("One {bread}, please"),
                    entities: None,
                    reply_markup: None,
                }
                .into(),
            }
            .into()
        });
    let results = results.collect();
    let view = ask.view()?;
    let users = vec![view.user(bot)];
    Ok(types::messages::BotResults {
        gallery: false,
        query_id: bot,
        next_offset: None,
        switch_pm: None,
        switch_webview: None,
        results,
        cache_time: 300,
        users,
    }
    .into())
}

const BREADS: &[&str] = &["Rye", "Plait", "Sunflower roll", "Flatbread"];

pub(crate) fn send_inline_bot_result(
    ask: &mut Ask<'_>,
    request: functions::messages::SendInlineBotResult,
) -> Fine<enums::Updates> {
    let place = ask.place(&request.peer)?;
    let bread = request.id.parse::<usize>().ok().and_then(|id| BREADS.get(id));
    let bread = bread.ok_or_else(|| bad("RESULT_ID_INVALID"))?;
    if !ask.state.people.get(&request.query_id).is_some_and(|person| person.bot) {
        return Err(bad("QUERY_ID_INVALID"));
    }
    let (reply_to, details) = super::sending::answered(ask, place, request.reply_to.as_ref())?;
    let draft = Draft { reply_to, details, body: Body::Text, ..Draft::text(format!("One {bread}, please")) };
    let manner = super::sending::Manner { schedule: request.schedule_date, clear_draft: request.clear_draft };
    super::sending::send(ask, place, vec![(draft, request.random_id)], manner)
}
