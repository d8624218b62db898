//! An account's settings.

use super::{Ask, Fine};
use crate::world::Presence;
use grammers_tl_types::functions;

/// How long one is there without saying so again.
const ONLINE_SECONDS: i32 = 300;

pub(crate) fn update_status(ask: &mut Ask<'_>, request: functions::account::UpdateStatus) -> Fine<bool> {
    let me = ask.me()?;
    let now = ask.state.now();
    let presence =
        if request.offline { Presence::Offline(now) } else { Presence::Online(now.saturating_add(ONLINE_SECONDS)) };
    let notices = ask.state.set_presence(me, presence);
    ask.notices.extend(notices);
    Ok(true)
}
