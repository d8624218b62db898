//! How the program reaches Telegram: the proxies, how each datacenter stands, and what waits for an answer.

use super::card::{card, heading, line, named};
use super::{Known, Message, Settings, proxies};
use crate::theme::Look;
use crate::widget::control::{self, Kind};
use crate::widget::icon::Icon;
use crate::widget::{Element, flow};
use crate::words::{Words, fl, number, wait};
use heliograph_telegram::{ConnectionReport, DatacenterReport, InFlight, RequestState, Standing, Trouble};
use iced::widget::{Column, column, container};
use iced::{Center, Fill};
use std::fmt::Write as _;
use std::time::Instant;

/// More requests than this say nothing more.
const MOST_SHOWN: usize = 30;

pub(super) fn view<'a>(
    settings: &'a Settings,
    known: Known<'a>,
    look: Look,
    words: &Words,
    tight: bool,
) -> Element<'a, Message> {
    let ways = proxies::view(settings, known, look, words, tight);
    if settings.line.is_none() {
        return ways;
    }
    let report = &settings.report;
    let now = Instant::now();
    let datacenters = report.datacenters.iter().map(|dc| datacenter(dc, look, words, now));
    let none = report.datacenters.is_empty().then(|| named(look, fl!(words, "connection-connecting"), None));
    let reconnect = control::button(look, fl!(words, "connection-now"))
        .kind(Kind::Ghost)
        .id("connection-now")
        .on_press(Message::ReconnectWanted);
    let copy = control::button(look, fl!(words, "connection-copy"))
        .kind(Kind::Ghost)
        .icon(Icon::Copy)
        .id("connection-copy")
        .on_press(Message::CopyWanted(diagnostics(report, now)));
    let buttons = flow::row(look, [reconnect.into(), copy.into()]).spacing(8).wrap(8);
    let mut waiting: Vec<Element<'a, Message>> = report
        .waits
        .iter()
        .map(|wanted| {
            let left = seconds(wanted.until, now);
            named(look, wanted.method.to_owned(), Some(fl!(words, "request-waiting", time = wait(left))))
        })
        .collect();
    waiting.extend(report.requests.iter().take(MOST_SHOWN).map(|request| in_flight(request, look, words, now)));
    let more = report.requests.len().saturating_sub(MOST_SHOWN);
    if more > 0 {
        waiting.push(named(look, fl!(words, "requests-more", count = more), None));
    }
    if waiting.is_empty() {
        waiting.push(named(look, fl!(words, "requests-none"), None));
    }
    let stand = column![
        heading(look, fl!(words, "connection-datacenters")),
        card(look, tight, datacenters.chain(none)),
        container(buttons).width(Fill).align_x(flow::start(look)),
        container(super::card::words(look, fl!(words, "connection-copy-means")).color(look.palette.muted)),
    ]
    .spacing(8);
    let requests = column![heading(look, fl!(words, "requests")), card(look, tight, waiting)].spacing(8);
    Column::new().push(ways).push(stand).push(requests).spacing(24).into()
}

fn datacenter<'a>(dc: &DatacenterReport, look: Look, words: &Words, now: Instant) -> Element<'a, Message> {
    let name = fl!(words, "connection-datacenter", number = dc.id);
    let name = if dc.home { number::beside(name, fl!(words, "connection-home")) } else { name };
    let traffic =
        fl!(words, "connection-traffic", received = number::bytes(dc.received), sent = number::bytes(dc.sent));
    let trouble = dc.trouble.map(|(trouble, at)| {
        let ago = u32::try_from(now.saturating_duration_since(at).as_secs()).unwrap_or(u32::MAX);
        fl!(words, "connection-last-trouble", what = said(trouble, words), time = wait(ago))
    });
    let means = match trouble {
        Some(trouble) => format!("{traffic}\n{trouble}"),
        None => traffic,
    };
    let standing = standing(dc, words, now);
    let standing = crate::widget::label::text(standing).size(look.name()).color(look.palette.text);
    let standing = container(standing).align_y(Center);
    line(look, name, Some(means), standing)
}

/// The best of its connections counts: one that stands carries everything.
fn standing(dc: &DatacenterReport, words: &Words, now: Instant) -> String {
    let any = |wanted: fn(&Standing) -> bool| dc.lanes.iter().map(|lane| lane.standing).find(wanted);
    if any(|standing| *standing == Standing::Online).is_some() {
        return fl!(words, "connection-online");
    }
    if any(|standing| *standing == Standing::Connecting).is_some() {
        return fl!(words, "connection-connecting");
    }
    match any(|standing| matches!(standing, Standing::Waiting(_))) {
        Some(Standing::Waiting(until)) => fl!(words, "connection-next-try", time = wait(seconds(until, now))),
        _ => fl!(words, "connection-idle"),
    }
}

fn in_flight<'a>(request: &InFlight, look: Look, words: &Words, now: Instant) -> Element<'a, Message> {
    let since = u32::try_from(now.saturating_duration_since(request.since).as_secs()).unwrap_or(u32::MAX);
    let state = match request.state {
        RequestState::Queued => fl!(words, "request-queued"),
        RequestState::Sent => fl!(words, "request-sent", time = wait(since)),
        RequestState::Retrying(count) => fl!(words, "request-retrying", count = count),
        RequestState::Waiting(until) => fl!(words, "request-waiting", time = wait(seconds(until, now))),
    };
    let means = number::beside(fl!(words, "connection-datacenter", number = request.datacenter), state);
    let cancel = control::icon_button(look, Icon::Cross, fl!(words, "cancel"))
        .id(format!("request-cancel:{}", request.id))
        .on_press(Message::CallOffWanted(request.id));
    line(look, request.method.to_owned(), Some(means), cancel)
}

fn seconds(until: Instant, now: Instant) -> u32 {
    u32::try_from(until.saturating_duration_since(now).as_secs_f32().ceil() as u64).unwrap_or(u32::MAX)
}

fn said(trouble: Trouble, words: &Words) -> String {
    match trouble {
        Trouble::NoAddress => fl!(words, "trouble-no-address"),
        Trouble::Unreachable => fl!(words, "trouble-unreachable"),
        Trouble::Refused => fl!(words, "trouble-refused"),
        Trouble::Silent => fl!(words, "trouble-silent"),
        Trouble::Cut => fl!(words, "trouble-cut"),
        Trouble::Nonsense => fl!(words, "trouble-nonsense"),
        Trouble::NoKey => fl!(words, "trouble-no-key"),
        Trouble::KeyForgotten => fl!(words, "trouble-key-forgotten"),
        Trouble::TooMany => fl!(words, "trouble-too-many"),
        Trouble::Status(code) => fl!(words, "trouble-status", code = code),
        Trouble::Rejected(code) => fl!(words, "trouble-rejected", code = code),
        Trouble::Fault => fl!(words, "trouble-fault"),
    }
}

/// What helps somebody else to see what is wrong, in English. It is made of numbers and the names of methods alone: no
/// addresses, proxies, names, texts or keys can get in.
fn diagnostics(report: &ConnectionReport, now: Instant) -> String {
    let mut said = format!("Heliograph {} on {}\n", env!("CARGO_PKG_VERSION"), std::env::consts::OS);
    let _ = writeln!(said, "proxy: {}", if report.proxy.is_some() { "yes" } else { "no" });
    for dc in &report.datacenters {
        let home = if dc.home { " (home)" } else { "" };
        let DatacenterReport { id, in_flight, received, sent, .. } = dc;
        let _ = writeln!(said, "datacenter {id}{home}: {received} received, {sent} sent, {in_flight} in flight");
        for lane in &dc.lanes {
            let kind = if lane.files { "files" } else { "requests" };
            let standing = match lane.standing {
                Standing::Idle => "idle".to_owned(),
                Standing::Connecting => "connecting".to_owned(),
                Standing::Online => "online".to_owned(),
                Standing::Waiting(until) => format!("next try in {} s", seconds(until, now)),
            };
            let _ = writeln!(said, "  {kind}: {standing}, {} requests", lane.load);
        }
        if let Some((trouble, at)) = dc.trouble {
            let _ = writeln!(said, "  {} s ago: {trouble}", now.saturating_duration_since(at).as_secs());
        }
    }
    for wanted in &report.waits {
        let _ = writeln!(said, "wait {} s: {} at {}", seconds(wanted.until, now), wanted.method, wanted.datacenter);
    }
    for InFlight { method, datacenter, since, bytes, state, priority, .. } in &report.requests {
        let state = match state {
            RequestState::Queued => "queued".to_owned(),
            RequestState::Sent => "sent".to_owned(),
            RequestState::Retrying(count) => format!("retry {count}"),
            RequestState::Waiting(until) => format!("waits {} s", seconds(*until, now)),
        };
        let age = now.saturating_duration_since(*since).as_millis();
        let _ = writeln!(said, "{method} at {datacenter}: {state}, {age} ms, {bytes} bytes, {priority:?}");
    }
    said
}

#[cfg(test)]
mod tests;
