//! What later starts ask of this window, and links from outside.

use super::{Heliograph, Message};
use crate::link::{self, Link};
use crate::platform::instance::{Instance, Request};
use crate::widget::control::Toast;
use crate::words::{Words, fl};
use futures::{Stream, StreamExt, stream};
use iced::{Subscription, Task, window};
use std::hash::{Hash, Hasher};

impl Heliograph {
    /// Another start has ended in favour of this window.
    pub(super) fn called(&mut self, request: Request) -> Task<Message> {
        let raised = self.window.map_or_else(Task::none, |window| {
            Task::batch([
                window::minimize(window, false),
                window::gain_focus(window),
                // Where nobody may take the focus, one can at least ask for a look.
                window::request_user_attention(window, Some(window::UserAttention::Informational)),
            ])
        });
        let wanted =
            request.account.and_then(|id| self.seats().find(|seat| seat.place().id == id).map(|seat| seat.id()));
        let shown = wanted.map_or_else(Task::none, |id| {
            self.settings = None;
            self.show(id)
        });
        self.links.extend(request.links);
        Task::batch([raised, shown, self.open_links()])
    }

    /// Opens the links that wait, once there is an account to open them in.
    pub(super) fn open_links(&mut self) -> Task<Message> {
        self.ask_for_proxies();
        let current = self.current;
        let mut tasks = Vec::new();
        while self.seat(current).is_some_and(|seat| seat.chats().is_some()) {
            let Some(link) = self.links.pop_front() else { break };
            match link::parse(&link) {
                Some(Link::Name(name)) => {
                    self.settings = None;
                    let Some(seat) = self.seats.iter_mut().find(|seat| seat.id() == current) else { break };
                    let action = seat.open_name(name);
                    tasks.push(self.after_seat(current, action));
                }
                Some(Link::Proxy(_) | Link::Other) | None => self.say(fl!(Words, "link-other-kind")),
            }
        }
        Task::batch(tasks)
    }

    /// Links to proxies need no account: whoever needs one has none yet. The person is asked before anything happens.
    fn ask_for_proxies(&mut self) {
        let links = std::mem::take(&mut self.links);
        for link in links {
            match link::parse(&link) {
                Some(Link::Proxy(proxy)) => self.settings = Some(self.new_settings().asking(&proxy)),
                _ => self.links.push_back(link),
            }
        }
    }

    /// Says something over whatever is shown.
    pub(super) fn say(&mut self, words: String) {
        self.toasts.push(Toast::new(words));
    }
}

/// The requests of later starts: there is one window, so they are the same stream all the time.
struct Calls(Instance);

impl Hash for Calls {
    fn hash<H: Hasher>(&self, state: &mut H) {
        "calls".hash(state);
    }
}

/// What later starts ask for.
pub(super) fn calls(instance: &Instance) -> Subscription<Request> {
    Subscription::run_with(Calls(instance.clone()), requests)
}

fn requests(calls: &Calls) -> impl Stream<Item = Request> + use<> {
    match calls.0.requests() {
        Some(mut requests) => stream::poll_fn(move |context| requests.poll_recv(context)).left_stream(),
        None => stream::pending().right_stream(),
    }
}
