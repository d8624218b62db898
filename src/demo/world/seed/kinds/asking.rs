//! Polls, places, people, dice, links, buttons, and what this version has no view for.

use super::super::{Body, DAY, HOUR};
use super::Kinds;
use crate::world::polls::{Poll, Vote};
use grammers_tl_types::{enums, types};

/// What a poll is like.
#[derive(Clone, Copy, Default)]
struct Manner {
    public: bool,
    multiple: bool,
    quiz: bool,
    closed: bool,
    /// The main account has voted for this answer.
    voted: Option<usize>,
    closes_in: Option<i32>,
}

impl Kinds<'_> {
    fn poll(&mut self, who: usize, question: &str, answers: &[(&str, i32)], manner: Manner) {
        let body = self.seeder.poll(self.person(who), question, answers);
        let main = self.person(0);
        let others = [self.person(2), self.person(3)];
        let date = self.date;
        let close_date = manner.closes_in.map(|seconds| self.seeder.now.saturating_add(seconds));
        let Body::Poll(id) = body else { return };
        let change = |poll: &mut Poll| {
            poll.public = manner.public;
            poll.multiple = manner.multiple;
            poll.quiz = manner.quiz;
            poll.closed = manner.closed;
            poll.close_date = close_date;
            if manner.quiz {
                poll.correct = vec![1];
                let text = "Sound is slower than light: count the seconds and divide by three.".to_owned();
                let bold = types::MessageEntityBold { offset: 0, length: 5 }.into();
                poll.solution = Some(types::TextWithEntities { text, entities: vec![bold] });
            }
            let options: Vec<Vec<u8>> = poll.answers.iter().map(|answer| answer.option.clone()).collect();
            for (number, who) in others.into_iter().enumerate() {
                let options = options.get(number).cloned().into_iter().collect();
                poll.votes.push(Vote { who, options, date });
            }
            if let Some(option) = manner.voted.and_then(|voted| options.get(voted)) {
                poll.votes.push(Vote { who: main, options: vec![option.clone()], date });
            }
        };
        if let Some(poll) = self.seeder.state.polls.get_mut(&id) {
            change(poll);
        }
        self.send(who, "", body);
    }

    pub(super) fn polls(&mut self) {
        let answers = [("Soup", 14), ("Stew", 21), ("Bread, and whatever is under the bread when it is warm", 6)];
        let plain = Manner::default();
        self.poll(1, "What is for dinner?", &answers, plain);
        self.poll(2, "And tomorrow?", &answers, Manner { voted: Some(1), ..plain });
        self.poll(3, "Who comes? (Everybody sees it.)", &answers, Manner { public: true, ..plain });
        self.poll(4, "Which days? (Several.)", &answers, Manner { multiple: true, public: true, ..plain });
        self.poll(5, "What was for lunch?", &answers, Manner { closed: true, voted: Some(0), ..plain });
        let thunder = [("Five kilometres", 3), ("One kilometre", 8), ("Very far", 2)];
        let quiz = Manner { quiz: true, ..plain };
        self.poll(1, "Three seconds after the flash there is thunder. How far is it?", &thunder, quiz);
        self.poll(2, "Nine seconds?", &thunder, Manner { voted: Some(0), ..quiz });
        self.poll(3, "And right away?", &thunder, Manner { voted: Some(1), closed: true, ..quiz });
        self.poll(4, "A poll that closes in a day", &answers, Manner { closes_in: Some(DAY), ..plain });
        self.poll(0, "One of my own, without a vote", &[("Yes", 0), ("No", 0)], plain);
    }

    pub(super) fn places_and_people(&mut self) {
        let noor = self.person(4);
        let contact = |first: &str, last: &str, phone: &str, person: i64| Body::Contact {
            first: first.to_owned(),
            last: last.to_owned(),
            phone: phone.to_owned(),
            person,
        };
        self.send(1, "", contact("Noor", "Haddad", "15550100105", noor));
        self.send(0, "", contact("Harbour", "office", "+1 555 010 0190", 0));
        self.send(2, "", Body::Geo { long: -3.6, lat: 54.49 });
        let venue = types::MessageMediaVenue {
            geo: types::GeoPoint { long: 13.43, lat: 54.68, access_hash: 0, accuracy_radius: None }.into(),
            title: "Café at the old light".to_owned(),
            address: "Leuchtturmweg 1, the red door".to_owned(),
            provider: "demo".to_owned(),
            venue_id: "1".to_owned(),
            venue_type: "food/cafe".to_owned(),
        };
        self.send(3, "", Body::Venue(Box::new(venue)));
        self.send(4, "", Body::Live { long: 2.35, lat: 48.85, period: HOUR });
        self.send(5, "", Body::Live { long: -70.2, lat: -33.4, period: i32::MAX });
        for (who, (emoji, value)) in
            [("🎲", 5), ("🎯", 6), ("🏀", 4), ("⚽", 3), ("🎳", 1), ("🎰", 64)].into_iter().enumerate()
        {
            self.send(who, "", Body::Dice { emoji: emoji.to_owned(), value });
        }
    }

    fn link(&mut self, who: usize, text: &str, page: types::WebPage, large: Option<bool>, above: bool) {
        let letter = self.send(who, text, Body::Page(Box::new(page)));
        if let Some(details) = self.seeder.details(letter) {
            details.large_preview = large;
            details.invert_media = above;
        }
    }

    fn page(&mut self, url: &str, title: &str, about: &str, picture: Option<(u32, u32)>) -> types::WebPage {
        let photo = picture.map(|(width, height)| {
            let id = self.seeder.photo(crate::drawing::Style::Lighthouse, width, height, false, self.date);
            types::PhotoEmpty { id }.into()
        });
        let words = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        types::WebPage {
            has_large_media: picture.is_some(),
            video_cover_photo: false,
            id: self.seeder.file_id(),
            url: url.to_owned(),
            display_url: url.trim_start_matches("https://").to_owned(),
            hash: 0,
            r#type: Some("article".to_owned()),
            site_name: words("Keepers' essays"),
            title: words(title),
            description: words(about),
            photo,
            embed_url: None,
            embed_type: None,
            embed_width: None,
            embed_height: None,
            duration: None,
            author: words("Vera Holm"),
            document: None,
            cached_page: None,
            attributes: None,
        }
    }

    pub(super) fn previews(&mut self) {
        let url = "https://essays.example/on-keeping-a-light";
        let about = "What it takes to keep a light through a winter: oil, clockwork, patience, and somebody who reads \
                     aloud. With drawings of the lens, of the gallery, and of eleven knots.";
        let page = self.page(url, "On keeping a light", about, Some((1280, 720)));
        self.link(1, url, page, None, false);
        let page = self.page(url, "On keeping a light, large", about, Some((1280, 720)));
        self.link(2, url, page, Some(true), false);
        let page = self.page(url, "Above the words", about, Some((900, 900)));
        self.link(3, &format!("Under their preview: {url}"), page, Some(true), true);
        let page = self.page("https://keepers.example/rota", "Rota", "Who keeps which night.", None);
        self.link(0, "No picture: https://keepers.example/rota", page, None, false);
        let mut video = self.page("https://films.example/lens", "The lens goes up", "", Some((1280, 720)));
        video.r#type = Some("video".to_owned());
        video.duration = Some(212);
        self.link(4, "A film: https://films.example/lens", video, None, false);
        let mut photo = self.page("https://pictures.example/7", "", "", Some((853, 1280)));
        photo.r#type = Some("photo".to_owned());
        (photo.site_name, photo.author) = (None, None);
        self.link(5, "https://pictures.example/7", photo, None, false);
        let pending = types::WebPagePending { id: 77, url: Some("https://slow.example/".to_owned()), date: self.date };
        let media = types::MessageMediaWebPage {
            force_large_media: false,
            force_small_media: false,
            manual: false,
            safe: false,
            webpage: pending.into(),
        };
        self.send(1, "Still being looked for: https://slow.example/", Body::Raw(Box::new(media.into())));
    }

    pub(super) fn buttons(&mut self) {
        let button = |text: &str, kind: enums::InlineButtonType| {
            types::KeyboardInlineButton { style: None, text: text.to_owned(), r#type: kind }.into()
        };
        let callback = |data: &str| {
            types::InlineButtonTypeCallback { requires_password: false, data: data.as_bytes().to_vec() }.into()
        };
        let user_id = self.person(1);
        let url = "https://keepers.example/rota".to_owned();
        let rows: Vec<Vec<enums::KeyboardInlineButton>> = vec![
            vec![button("Say hello", callback("toast")), button("Ask me first", callback("alert"))],
            vec![button("Open a page", callback("url")), button("Count", callback("edit"))],
            vec![button("An address ↗", types::InlineButtonTypeUrl { url: url.clone() }.into())],
            vec![
                button("Copy", types::InlineButtonTypeCopy { copy_text: "7.4 kn NNE".to_owned() }.into()),
                button("Web app", types::InlineButtonTypeWebView { url: url.clone() }.into()),
                button("Who?", types::InlineButtonTypeUserProfile { user_id }.into()),
            ],
            vec![
                button(
                    "Search here",
                    types::InlineButtonTypeSwitchInline { same_peer: true, query: "rye".to_owned(), peer_types: None }
                        .into(),
                ),
                button("Sign in", types::InlineButtonTypeUrlAuth { fwd_text: None, url, button_id: 1 }.into()),
            ],
            vec![button("A button whose words do not fit beside each other however one turns them", callback("toast"))],
        ];
        let rows = rows.into_iter().map(|buttons| types::KeyboardInlineButtonRow { buttons }.into()).collect();
        let letter = self.say(1, "Buttons of every kind.");
        self.seeder.with_markup(letter, types::ReplyInlineMarkup { force_reply: false, rows }.into());
        let key = |text: &str, kind: enums::ButtonType| {
            types::KeyboardButton { style: None, text: text.to_owned(), r#type: kind }.into()
        };
        let rows: Vec<Vec<enums::KeyboardButton>> = vec![
            vec![key("North", enums::ButtonType::Default), key("South", enums::ButtonType::Default)],
            vec![key("My number", enums::ButtonType::RequestPhone), key("Here", enums::ButtonType::RequestGeoLocation)],
            vec![key("Make a poll", types::ButtonTypeRequestPoll { quiz: None }.into())],
        ];
        let rows = rows.into_iter().map(|buttons| types::KeyboardButtonRow { buttons }.into()).collect();
        let markup = types::ReplyKeyboardMarkup {
            resize: true,
            single_use: true,
            selective: false,
            persistent: false,
            force_reply: false,
            rows,
            placeholder: Some("Which way?".to_owned()),
        };
        let letter = self.say(2, "A keyboard in place of the keyboard.");
        self.seeder.with_markup(letter, markup.into());
        let hide = self.say(2, "And away with it.");
        self.seeder.with_markup(hide, types::ReplyKeyboardHide { selective: false }.into());
    }

    pub(super) fn unknown(&mut self) {
        let photo = || types::PhotoEmpty { id: 1 }.into();
        let game = types::Game {
            id: 1,
            access_hash: 1,
            short_name: "tide".to_owned(),
            title: "Catch the tide".to_owned(),
            description: "It always wins.".to_owned(),
            photo: photo(),
            document: None,
        };
        let invoice = types::MessageMediaInvoice {
            shipping_address_requested: false,
            test: true,
            title: "A lens, second hand".to_owned(),
            description: "Some scratches.".to_owned(),
            photo: None,
            receipt_msg_id: None,
            currency: "EUR".to_owned(),
            total_amount: 129_900,
            start_param: "lens".to_owned(),
            extended_media: None,
        };
        let giveaway = types::MessageMediaGiveaway {
            only_new_subscribers: false,
            winners_are_visible: true,
            channels: vec![self.channel],
            countries_iso2: None,
            prize_description: None,
            quantity: 3,
            months: Some(3),
            stars: None,
            until_date: self.date,
        };
        let paid = types::MessageMediaPaidMedia { stars_amount: 50, extended_media: Vec::new() };
        let item = |id, text: &str| {
            let title = types::TextWithEntities { text: text.to_owned(), entities: Vec::new() }.into();
            types::TodoItem { id, title }.into()
        };
        let list = types::TodoList {
            others_can_append: true,
            others_can_complete: true,
            title: types::TextWithEntities { text: "Before winter".to_owned(), entities: Vec::new() }.into(),
            list: vec![item(1, "Oil the hinges"), item(2, "Count the lamps"), item(3, "Read the log")],
        };
        let done = vec![(2, self.person(2), self.date)];
        self.send(1, "", Body::Raw(Box::new(types::MessageMediaGame { game: game.into() }.into())));
        self.send(2, "", Body::Raw(Box::new(invoice.into())));
        self.send(3, "", Body::Raw(Box::new(giveaway.into())));
        self.send(4, "", Body::Raw(Box::new(paid.into())));
        self.send(5, "", Body::Todo { list: Box::new(list), done });
        self.send(0, "", Body::Raw(Box::new(enums::MessageMedia::Unsupported)));
    }
}
