//! Which function answers which method.

use super::{Ask, Fine, malformed};
use super::{
    auth, changing, dialogs, help, history, password, peers, search, sending, settings, stubs, updates, uploads,
};
use crate::rpc::{Answer, RpcError};
use grammers_tl_types::{Cursor, Deserializable, Identifiable, RemoteCall, Serializable, functions};

/// Parses, calls, serializes.
fn run<R>(ask: &mut Ask<'_>, rest: &mut Cursor<'_>, method: fn(&mut Ask<'_>, R) -> Fine<R::Return>) -> Answer
where
    R: RemoteCall + Deserializable,
    R::Return: Serializable,
{
    let request = R::deserialize(rest).map_err(|_| malformed())?;
    method(ask, request).map(|answer| answer.to_bytes())
}

macro_rules! methods {
    ($($answer:path: $($request:ident)::+;)*) => {
        /// Answers the method with this constructor.
        pub(crate) fn dispatch(ask: &mut Ask<'_>, id: u32, rest: &mut Cursor<'_>) -> Answer {
            match id {
                $(functions::$($request)::+::CONSTRUCTOR_ID => run::<functions::$($request)::+>(ask, rest, $answer),)*
                _ => Err(RpcError::new(400, "METHOD_NOT_FOUND")),
            }
        }

        /// All that is answered.
        #[cfg(test)]
        pub(crate) const KNOWN: &[u32] = &[$(functions::$($request)::+::CONSTRUCTOR_ID),*];
    };
}

methods! {
    help::get_config: help::GetConfig;
    help::get_nearest_dc: help::GetNearestDc;
    help::get_app_config: help::GetAppConfig;
    help::get_countries_list: help::GetCountriesList;

    auth::send_code: auth::SendCode;
    auth::resend_code: auth::ResendCode;
    auth::cancel_code: auth::CancelCode;
    auth::sign_in: auth::SignIn;
    auth::log_out: auth::LogOut;
    auth::export_authorization: auth::ExportAuthorization;
    auth::import_authorization: auth::ImportAuthorization;
    password::get_password: account::GetPassword;
    password::check_password: auth::CheckPassword;
    settings::get_authorizations: account::GetAuthorizations;

    peers::get_users: users::GetUsers;
    peers::get_full_user: users::GetFullUser;
    peers::get_chats: messages::GetChats;
    peers::get_full_chat: messages::GetFullChat;
    peers::get_channels: channels::GetChannels;
    peers::get_full_channel: channels::GetFullChannel;
    peers::get_participants: channels::GetParticipants;
    peers::get_participant: channels::GetParticipant;
    peers::get_contacts: contacts::GetContacts;
    peers::get_statuses: contacts::GetStatuses;
    peers::resolve_username: contacts::ResolveUsername;
    peers::get_user_photos: photos::GetUserPhotos;
    peers::get_peer_settings: messages::GetPeerSettings;

    dialogs::get_dialogs: messages::GetDialogs;
    dialogs::get_pinned_dialogs: messages::GetPinnedDialogs;
    dialogs::get_peer_dialogs: messages::GetPeerDialogs;
    dialogs::get_dialog_filters: messages::GetDialogFilters;
    dialogs::toggle_dialog_pin: messages::ToggleDialogPin;
    dialogs::mark_dialog_unread: messages::MarkDialogUnread;

    history::get_history: messages::GetHistory;
    history::get_messages: messages::GetMessages;
    history::get_channel_messages: channels::GetMessages;
    history::get_messages_views: messages::GetMessagesViews;
    search::search: messages::Search;
    search::search_global: messages::SearchGlobal;
    search::search_contacts: contacts::Search;

    sending::send_message: messages::SendMessage;
    sending::send_media: messages::SendMedia;
    sending::set_typing: messages::SetTyping;
    changing::edit_message: messages::EditMessage;
    changing::delete_messages: messages::DeleteMessages;
    changing::delete_channel_messages: channels::DeleteMessages;
    changing::read_history: messages::ReadHistory;
    changing::read_channel_history: channels::ReadHistory;
    changing::read_message_contents: messages::ReadMessageContents;
    changing::read_channel_message_contents: channels::ReadMessageContents;
    changing::received_messages: messages::ReceivedMessages;

    uploads::save_file_part: upload::SaveFilePart;
    uploads::save_big_file_part: upload::SaveBigFilePart;

    updates::get_state: updates::GetState;
    updates::get_difference: updates::GetDifference;
    updates::get_channel_difference: updates::GetChannelDifference;

    settings::update_status: account::UpdateStatus;
    settings::get_notify_settings: account::GetNotifySettings;
    settings::update_notify_settings: account::UpdateNotifySettings;

    stubs::get_all_drafts: messages::GetAllDrafts;
    stubs::save_draft: messages::SaveDraft;
    stubs::get_promo_data: help::GetPromoData;
    stubs::get_peer_colors: help::GetPeerColors;
    stubs::get_peer_profile_colors: help::GetPeerProfileColors;
    stubs::get_available_reactions: messages::GetAvailableReactions;
    stubs::get_top_peers: contacts::GetTopPeers;
    stubs::get_sponsored_messages: messages::GetSponsoredMessages;
    stubs::get_terms_update: help::GetTermsOfServiceUpdate;
}
