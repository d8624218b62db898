//! Accounts come, are shown in turn, and go.

use super::seat::{self, Seat};
use super::{Boot, Heliograph, Message, Place, at};
use crate::preferences::ApiCredentials;
use crate::screen::rail;
use crate::words::{Words, fl};
use heliograph_model::PeerId;
use iced::Task;
use std::sync::Arc;

impl Heliograph {
    /// Shows this account.
    pub(super) fn show(&mut self, id: seat::Id) -> Task<Message> {
        if id == self.current || self.seat(id).is_none_or(Seat::unwanted) {
            return Task::none();
        }
        let left = self.current;
        self.before = Some(left);
        self.current = id;
        // Nobody looks at what is behind. Where nobody was signed in, only what was done in the window led away.
        let mut turned = |id, front| {
            let seat = self.seats.iter_mut().find(|seat| seat.id() == id)?;
            Some(seat.turned(front))
        };
        let focused = turned(left, false).flatten().is_none_or(|(was, _)| was);
        let looks = turned(id, focused).flatten().map(|(_, task)| task.map(move |message| at(id, message)));
        Task::batch(looks.into_iter().chain([self.remember()]))
    }

    /// Shows the account at this place of the list.
    pub(super) fn show_nth(&mut self, place: usize) -> Task<Message> {
        let id = self.seats().nth(place).map(Seat::id);
        id.map_or_else(Task::none, |id| self.show(id))
    }

    /// Makes room for another account and shows where to sign in to it.
    pub(super) fn add(&mut self) -> Task<Message> {
        self.settings = None;
        // One who is about to sign in already is shown again.
        let empty = self.seats().find(|seat| seat.is_empty()).map(Seat::id);
        if let Some(empty) = empty {
            return self.show(empty);
        }
        let settings = &self.boot.settings;
        // As the other accounts have it: whoever chose where keys live, chose it for this one too.
        let like = self.seat(self.current).map(|seat| seat.place().key_storage);
        let place = Place::fresh(&self.boot.data_dir, &settings.servers, self.boot.key_storage.or(like));
        let id = self.next_id();
        let mut seat = Seat::new(id, place, self.boot.clone(), true);
        let opening = seat.open().map(move |message| at(id, message));
        self.seats.push(seat);
        Task::batch([opening, self.show(id)])
    }

    /// From a seat that is not open, or where nobody signed in, back to an account that is. Whether there is one.
    pub(super) fn way_back(&self) -> Option<&Seat> {
        let current = self.seat(self.current)?;
        if current.chats().is_some() {
            return None;
        }
        let before = self.before.and_then(|id| self.seat(id)).filter(|seat| seat.chats().is_some());
        before.or_else(|| self.seats().find(|seat| seat.chats().is_some()))
    }

    /// Goes there. A seat where nobody signed in goes.
    pub(super) fn go_back(&mut self) -> Task<Message> {
        let Some(back) = self.way_back().map(Seat::id) else { return Task::none() };
        let left = self.current;
        let shown = self.show(back);
        let goes =
            self.seats.iter_mut().find(|seat| seat.id() == left).is_some_and(|seat| seat.is_empty() && seat.unwant());
        if goes { Task::batch([shown, self.dissolve(left)]) } else { shown }
    }

    /// Logs out of this account. The others stay as they are; the last one makes room for who signs in next.
    pub(super) fn log_out(&mut self, id: seat::Id) -> Task<Message> {
        let other = self.before.filter(|before| *before != id && self.seat(*before).is_some());
        let other = other.or_else(|| self.seats().map(Seat::id).find(|other| *other != id));
        match other {
            Some(other) => {
                let shown = if id == self.current { self.show(other) } else { Task::none() };
                Task::batch([shown, self.dissolve(id)])
            }
            None => {
                let Some(seat) = self.seats.iter_mut().find(|seat| seat.id() == id) else { return Task::none() };
                seat.leave(fl!(Words, "sign-in-logged-out")).map(move |message| at(id, message))
            }
        }
    }

    /// Takes a seat away and removes what was kept there.
    fn dissolve(&mut self, id: seat::Id) -> Task<Message> {
        let Some(place) = self.seats.iter().position(|seat| seat.id() == id) else { return Task::none() };
        let seat = self.seats.remove(place);
        if self.before == Some(id) {
            self.before = None;
        }
        self.leaving += 1;
        let gone = seat.dissolve();
        Task::future(async move {
            gone.await;
            Message::Left
        })
    }

    /// The account of a seat is open, or somebody has signed in to it.
    pub(super) fn known(&mut self, id: seat::Id, me: Option<PeerId>) -> Task<Message> {
        let Some(seat) = self.seat(id) else { return Task::none() };
        if seat.unwanted() {
            return self.dissolve(id);
        }
        let Some(me) = me else {
            // Somebody began to add an account, and the program ended before they had signed in.
            let left_over = id != self.current && seat.left_over();
            return if left_over { self.dissolve(id) } else { self.proceed(id, None) };
        };
        let current = self.current;
        let twice = self.seats.iter().find(|other| other.id() != id && other.me() == Some(me));
        let Some(other) = twice else {
            let shown = self.proceed(id, Some(me));
            return Task::batch([shown, self.remember(), self.open_links()]);
        };
        let notice = fl!(Words, "accounts-twice", name = rail::title(Words, &other.entry(current)));
        if id != current {
            return self.dissolve(id);
        }
        let Some(seat) = self.seats.iter_mut().find(|seat| seat.id() == id) else { return Task::none() };
        seat.leave(notice).map(move |message| at(id, message))
    }

    fn proceed(&mut self, id: seat::Id, me: Option<PeerId>) -> Task<Message> {
        let Some(seat) = self.seats.iter_mut().find(|seat| seat.id() == id) else { return Task::none() };
        let action = seat.proceed(me);
        self.after_seat(id, action)
    }

    /// What a seat needs.
    pub(super) fn after_seat(&mut self, id: seat::Id, action: seat::Action) -> Task<Message> {
        match action {
            seat::Action::Run(task) => task.map(move |message| at(id, message)),
            seat::Action::Known(me) => self.known(id, me),
            seat::Action::Failed => self.dissolve(id),
            seat::Action::Api(own) => self.use_api(own),
            seat::Action::Settings(page) => self.settings_page_wanted(page),
            seat::Action::ListWidth(width) => self.choices.widen(width).map(Message::Kept),
            seat::Action::Proxy(proxy) => {
                self.settings = Some(self.new_settings().asking(&proxy));
                Task::none()
            }
            seat::Action::Say(words) => {
                self.say(words);
                Task::none()
            }
        }
    }

    /// Keeps the person's own api_id and api_hash; whoever signs in from now on does it as that program.
    fn use_api(&mut self, own: ApiCredentials) -> Task<Message> {
        let mut boot = Boot::clone(&self.boot);
        boot.settings.api_id = own.id;
        boot.settings.api_hash.clone_from(&own.hash);
        self.boot = Arc::new(boot);
        let boot = self.boot.clone();
        let anew = self.seats.iter_mut().map(|seat| {
            let id = seat.id();
            seat.begin_anew(boot.clone()).map(move |message| at(id, message))
        });
        let anew = Task::batch(anew);
        let mut preferences = self.choices.preferences().clone();
        preferences.api = Some(own);
        Task::batch([anew, self.choices.change(preferences).map(Message::Kept)])
    }

    /// The next start shows the account that was shown last.
    fn remember(&mut self) -> Task<Message> {
        let Some(seat) = self.seat(self.current).filter(|seat| seat.me().is_some()) else { return Task::none() };
        let id = seat.place().id.clone();
        let mut preferences = self.choices.preferences().clone();
        if preferences.last_account.as_ref() == Some(&id) {
            return Task::none();
        }
        preferences.last_account = Some(id);
        self.choices.change(preferences).map(Message::Kept)
    }

    /// The accounts, in the order of the menu.
    pub(super) fn seats(&self) -> impl Iterator<Item = &Seat> {
        self.seats.iter().filter(|seat| !seat.unwanted())
    }

    /// One of them.
    pub(super) fn seat(&self, id: seat::Id) -> Option<&Seat> {
        self.seats.iter().find(|seat| seat.id() == id)
    }

    fn next_id(&mut self) -> seat::Id {
        self.last_id += 1;
        seat::Id(self.last_id)
    }
}
