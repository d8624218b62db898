//! The first step: the country and the number.

use super::asking::Asked;
use super::{Half, Message, SignIn, api};
use crate::screen::card::note;
use crate::theme::Look;
use crate::widget::Element;
use crate::widget::control::{self, Button, Kind};
use crate::widget::icon::Icon;
use crate::words::{Words, fl};
use heliograph_telegram::Error;
use iced::Fill;
use iced::widget::{Column, space};

impl SignIn {
    pub(super) fn phone_step(&self, look: Look, words: Words) -> Column<'_, Message> {
        let example = self.country.map(|country| format!("+{} {}", country.code, country.example()));
        let field = control::field(look, fl!(words, "sign-in-phone"), &self.phone)
            .id("phone")
            .placeholder(example.unwrap_or_else(|| fl!(words, "sign-in-phone-example")))
            .error(self.trouble_with_field())
            .on_input(Message::PhoneChanged)
            .on_submit(Message::Submitted);
        let typed = self.phone.chars().filter(char::is_ascii_digit).count();
        let begun = self.country.map_or(0, |country| country.code.len());
        let go_on = self.submit_button(look, words, fl!(words, "continue"), typed > begun).id("continue");
        let mut content = Column::new();
        if let Some(notice) = &self.notice {
            content = content.push(space().height(18)).push(note(look, Icon::LogOut, notice.clone()));
        }
        content = content
            .push(space().height(18))
            .push(self.country_field(look, words))
            .push(space().height(18))
            .push(field)
            .push(self.other_problem(look))
            .push(space().height(22))
            .push(go_on)
            .push(space().height(10));
        // One place for what else there is to do, so that nothing moves when the button's work begins.
        content = match self.asked() {
            Some(Asked::Code) => content.push(self.cancel_button(look, words)),
            _ if self.refusal() == Some(&Error::ApiRefused) => content.push(
                control::button(look, fl!(words, "sign-in-api-change"))
                    .id("api-change")
                    .kind(Kind::Ghost)
                    .width(Fill)
                    .on_press(Message::Api(api::Message::ChangePressed)),
            ),
            _ => content.push(self.demo_button(look, words)),
        };
        content = content.push(self.proxy_button(look, words)).push(self.connection_line(look, words));
        if let Some(demo) = &self.demo {
            let hint = fl!(words, "sign-in-demo-hint", phone = demo.phone.clone(), code = demo.code.clone());
            content = content.push(space().height(14)).push(note(look, Icon::Star, hint));
        }
        content
    }

    /// Into the sample account, or to it.
    pub(super) fn demo_button(&self, look: Look, words: Words) -> Button<'_, Message> {
        let label = match self.demo {
            Some(_) => fl!(words, "sign-in-demo-account"),
            None => fl!(words, "sign-in-demo-try"),
        };
        control::button(look, label)
            .id("demo-account")
            .kind(Kind::Ghost)
            .width(Fill)
            .busy(self.work.is_some())
            .on_press(Message::DemoPressed)
    }

    /// To another way to Telegram, for those who cannot reach it otherwise.
    fn proxy_button(&self, look: Look, words: Words) -> Button<'_, Message> {
        control::button(look, fl!(words, "sign-in-proxy"))
            .id("sign-in-proxy")
            .kind(Kind::Ghost)
            .width(Fill)
            .on_press(Message::ProxyPressed)
    }

    /// To the other half, where there is room for one.
    pub(super) fn half_button(&self, look: Look, words: Words) -> Element<'_, Message> {
        let label = match self.half {
            Half::Number => fl!(words, "sign-in-by-qr"),
            Half::Qr => fl!(words, "sign-in-by-number"),
        };
        control::button(look, label)
            .id("other-half")
            .kind(Kind::Ghost)
            .width(Fill)
            .on_press(Message::HalfPressed)
            .into()
    }
}
