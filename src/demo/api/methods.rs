//! Which function answers which method.

use super::{Ask, Fine, malformed};
use super::{
    admin_log, albums, auth, bots, changing, channels, clearing, contacts, dialogs, drafts, folders, forwarding,
    groups, help, history, invites, meant, media, members, mentions, nothing, notify, password, peers, photos, pins,
    polls, privacy, profile, reactions, rights, saved, scheduled, search, sending, settings, stickers, stubs, threads,
    todo, ttl, updates, uploads,
};
use crate::rpc::{Answer, RpcError};
use grammers_tl_types::{Deserializable, Identifiable, RemoteCall, Serializable, functions};

/// Parses, calls, serializes.
fn run<R>(ask: &mut Ask<'_>, arguments: &[u8], method: fn(&mut Ask<'_>, R) -> Fine<R::Return>) -> Answer
where
    R: RemoteCall + Deserializable,
    R::Return: Serializable,
{
    let request = R::from_bytes(arguments).ok().or_else(|| meant::read(arguments)).ok_or_else(malformed)?;
    method(ask, request).map(|answer| answer.to_bytes())
}

macro_rules! methods {
    ($($answer:path: $($request:ident)::+;)*) => {
        /// Answers the method with this constructor.
        pub(crate) fn dispatch(ask: &mut Ask<'_>, id: u32, arguments: &[u8]) -> Answer {
            match id {
                $(functions::$($request)::+::CONSTRUCTOR_ID => run::<functions::$($request)::+>(ask, arguments, $answer),)*
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
    auth::sign_up: auth::SignUp;
    auth::reset_login_email: auth::ResetLoginEmail;
    auth::send_verify_email_code: account::SendVerifyEmailCode;
    auth::verify_email: account::VerifyEmail;
    auth::export_login_token: auth::ExportLoginToken;
    auth::import_login_token: auth::ImportLoginToken;
    auth::accept_login_token: auth::AcceptLoginToken;
    auth::log_out: auth::LogOut;
    auth::export_authorization: auth::ExportAuthorization;
    auth::import_authorization: auth::ImportAuthorization;
    auth::get_authorizations: account::GetAuthorizations;
    auth::reset_authorization: account::ResetAuthorization;
    auth::reset_authorizations: auth::ResetAuthorizations;
    auth::change_authorization_settings: account::ChangeAuthorizationSettings;
    password::get_password: account::GetPassword;
    password::check_password: auth::CheckPassword;
    password::get_password_settings: account::GetPasswordSettings;
    password::update_password_settings: account::UpdatePasswordSettings;
    password::confirm_password_email: account::ConfirmPasswordEmail;
    password::resend_password_email: account::ResendPasswordEmail;
    password::cancel_password_email: account::CancelPasswordEmail;
    password::request_password_recovery: auth::RequestPasswordRecovery;
    password::check_recovery_password: auth::CheckRecoveryPassword;
    password::recover_password: auth::RecoverPassword;

    peers::get_users: users::GetUsers;
    peers::get_full_user: users::GetFullUser;
    peers::get_chats: messages::GetChats;
    peers::get_full_chat: messages::GetFullChat;
    peers::get_channels: channels::GetChannels;
    peers::get_full_channel: channels::GetFullChannel;
    members::get_participants: channels::GetParticipants;
    members::get_participant: channels::GetParticipant;
    peers::get_contacts: contacts::GetContacts;
    peers::get_statuses: contacts::GetStatuses;
    peers::resolve_username: contacts::ResolveUsername;
    photos::get_user_photos: photos::GetUserPhotos;
    photos::upload_profile_photo: photos::UploadProfilePhoto;
    photos::update_profile_photo: photos::UpdateProfilePhoto;
    photos::delete_photos: photos::DeletePhotos;
    profile::update_profile: account::UpdateProfile;
    profile::check_username: account::CheckUsername;
    profile::update_username: account::UpdateUsername;
    privacy::get_privacy: account::GetPrivacy;
    privacy::set_privacy: account::SetPrivacy;
    privacy::get_global_privacy_settings: account::GetGlobalPrivacySettings;
    privacy::set_global_privacy_settings: account::SetGlobalPrivacySettings;
    contacts::add_contact: contacts::AddContact;
    contacts::accept_contact: contacts::AcceptContact;
    contacts::delete_contacts: contacts::DeleteContacts;
    contacts::delete_by_phones: contacts::DeleteByPhones;
    contacts::import_contacts: contacts::ImportContacts;
    contacts::resolve_phone: contacts::ResolvePhone;
    contacts::get_contact_ids: contacts::GetContactIds;
    contacts::block: contacts::Block;
    contacts::unblock: contacts::Unblock;
    contacts::replace_blocked: contacts::SetBlocked;
    contacts::get_blocked: contacts::GetBlocked;
    peers::get_peer_settings: messages::GetPeerSettings;

    groups::create_chat: messages::CreateChat;
    groups::add_chat_user: messages::AddChatUser;
    groups::delete_chat_user: messages::DeleteChatUser;
    groups::edit_chat_title: messages::EditChatTitle;
    groups::edit_chat_photo: messages::EditChatPhoto;
    groups::edit_chat_about: messages::EditChatAbout;
    groups::migrate_chat: messages::MigrateChat;
    rights::edit_chat_admin: messages::EditChatAdmin;
    rights::edit_default_banned_rights: messages::EditChatDefaultBannedRights;
    rights::edit_admin: channels::EditAdmin;
    rights::edit_banned: channels::EditBanned;
    channels::create_channel: channels::CreateChannel;
    channels::edit_title: channels::EditTitle;
    channels::edit_photo: channels::EditPhoto;
    channels::invite_to_channel: channels::InviteToChannel;
    channels::join_channel: channels::JoinChannel;
    channels::leave_channel: channels::LeaveChannel;
    channels::delete_channel: channels::DeleteChannel;
    channels::toggle_slow_mode: channels::ToggleSlowMode;
    channels::check_username: channels::CheckUsername;
    channels::update_username: channels::UpdateUsername;
    admin_log::get_admin_log: channels::GetAdminLog;
    invites::export_chat_invite: messages::ExportChatInvite;
    invites::check_chat_invite: messages::CheckChatInvite;
    invites::import_chat_invite: messages::ImportChatInvite;
    invites::get_exported_chat_invites: messages::GetExportedChatInvites;
    invites::get_exported_chat_invite: messages::GetExportedChatInvite;
    invites::edit_exported_chat_invite: messages::EditExportedChatInvite;
    invites::delete_exported_chat_invite: messages::DeleteExportedChatInvite;
    invites::get_chat_invite_importers: messages::GetChatInviteImporters;

    dialogs::get_dialogs: messages::GetDialogs;
    dialogs::get_pinned_dialogs: messages::GetPinnedDialogs;
    dialogs::get_peer_dialogs: messages::GetPeerDialogs;
    dialogs::toggle_dialog_pin: messages::ToggleDialogPin;
    dialogs::reorder_pinned_dialogs: messages::ReorderPinnedDialogs;
    dialogs::mark_dialog_unread: messages::MarkDialogUnread;
    dialogs::get_dialog_unread_marks: messages::GetDialogUnreadMarks;
    folders::get_dialog_filters: messages::GetDialogFilters;
    folders::update_dialog_filter: messages::UpdateDialogFilter;
    folders::update_dialog_filters_order: messages::UpdateDialogFiltersOrder;
    folders::get_suggested_dialog_filters: messages::GetSuggestedDialogFilters;
    folders::toggle_dialog_filter_tags: messages::ToggleDialogFilterTags;
    folders::edit_peer_folders: folders::EditPeerFolders;
    clearing::delete_history: messages::DeleteHistory;
    clearing::delete_channel_history: channels::DeleteHistory;
    saved::get_saved_dialogs: messages::GetSavedDialogs;
    saved::get_pinned_saved_dialogs: messages::GetPinnedSavedDialogs;
    saved::get_saved_history: messages::GetSavedHistory;
    saved::toggle_saved_dialog_pin: messages::ToggleSavedDialogPin;
    saved::reorder_pinned_saved_dialogs: messages::ReorderPinnedSavedDialogs;
    saved::delete_saved_history: messages::DeleteSavedHistory;
    saved::get_saved_reaction_tags: messages::GetSavedReactionTags;

    history::get_history: messages::GetHistory;
    history::get_messages: messages::GetMessages;
    history::get_channel_messages: channels::GetMessages;
    history::get_messages_views: messages::GetMessagesViews;
    history::export_message_link: channels::ExportMessageLink;
    threads::get_replies: messages::GetReplies;
    threads::get_forum_topics: messages::GetForumTopics;
    threads::get_forum_topics_by_id: messages::GetForumTopicsById;
    threads::get_discussion_message: messages::GetDiscussionMessage;
    threads::read_discussion: messages::ReadDiscussion;
    mentions::get_unread_mentions: messages::GetUnreadMentions;
    mentions::read_mentions: messages::ReadMentions;
    mentions::read_message_contents: messages::ReadMessageContents;
    mentions::read_channel_message_contents: channels::ReadMessageContents;
    mentions::get_outbox_read_date: messages::GetOutboxReadDate;
    mentions::get_message_read_participants: messages::GetMessageReadParticipants;
    search::get_search_counters: messages::GetSearchCounters;
    search::get_search_results_calendar: messages::GetSearchResultsCalendar;
    search::get_search_results_positions: messages::GetSearchResultsPositions;
    search::search: messages::Search;
    search::search_sent_media: messages::SearchSentMedia;
    search::get_recent_locations: messages::GetRecentLocations;
    search::search_global: messages::SearchGlobal;
    search::search_contacts: contacts::Search;

    sending::send_message: messages::SendMessage;
    sending::send_media: messages::SendMedia;
    sending::set_typing: messages::SetTyping;
    albums::send_multi_media: messages::SendMultiMedia;
    forwarding::forward_messages: messages::ForwardMessages;
    media::upload_media: messages::UploadMedia;
    media::get_web_page_preview: messages::GetWebPagePreview;
    media::get_web_page: messages::GetWebPage;
    drafts::save_draft: messages::SaveDraft;
    drafts::get_all_drafts: messages::GetAllDrafts;
    drafts::clear_all_drafts: messages::ClearAllDrafts;
    scheduled::get_scheduled_history: messages::GetScheduledHistory;
    scheduled::get_scheduled_messages: messages::GetScheduledMessages;
    scheduled::send_scheduled_messages: messages::SendScheduledMessages;
    scheduled::delete_scheduled_messages: messages::DeleteScheduledMessages;
    polls::send_vote: messages::SendVote;
    polls::get_poll_results: messages::GetPollResults;
    polls::get_poll_votes: messages::GetPollVotes;
    pins::update_pinned_message: messages::UpdatePinnedMessage;
    pins::unpin_all_messages: messages::UnpinAllMessages;
    todo::toggle_todo_completed: messages::ToggleTodoCompleted;
    todo::append_todo_list: messages::AppendTodoList;
    ttl::set_history_ttl: messages::SetHistoryTtl;
    ttl::set_default_history_ttl: messages::SetDefaultHistoryTtl;
    ttl::get_default_history_ttl: messages::GetDefaultHistoryTtl;
    ttl::toggle_no_forwards: messages::ToggleNoForwards;
    bots::get_bot_callback_answer: messages::GetBotCallbackAnswer;
    bots::get_inline_bot_results: messages::GetInlineBotResults;
    bots::send_inline_bot_result: messages::SendInlineBotResult;
    bots::start_bot: messages::StartBot;
    changing::get_message_edit_data: messages::GetMessageEditData;

    reactions::send_reaction: messages::SendReaction;
    reactions::get_messages_reactions: messages::GetMessagesReactions;
    reactions::get_message_reactions_list: messages::GetMessageReactionsList;
    reactions::get_available_reactions: messages::GetAvailableReactions;
    reactions::set_chat_available_reactions: messages::SetChatAvailableReactions;
    reactions::set_default_reaction: messages::SetDefaultReaction;
    reactions::get_top_reactions: messages::GetTopReactions;
    reactions::get_recent_reactions: messages::GetRecentReactions;
    reactions::clear_recent_reactions: messages::ClearRecentReactions;
    reactions::get_default_tag_reactions: messages::GetDefaultTagReactions;
    reactions::get_unread_reactions: messages::GetUnreadReactions;
    reactions::read_reactions: messages::ReadReactions;

    stickers::get_sticker_set: messages::GetStickerSet;
    stickers::get_all_stickers: messages::GetAllStickers;
    stickers::get_emoji_stickers: messages::GetEmojiStickers;
    stickers::get_mask_stickers: messages::GetMaskStickers;
    stickers::install_sticker_set: messages::InstallStickerSet;
    stickers::uninstall_sticker_set: messages::UninstallStickerSet;
    stickers::reorder_sticker_sets: messages::ReorderStickerSets;
    stickers::get_recent_stickers: messages::GetRecentStickers;
    stickers::save_recent_sticker: messages::SaveRecentSticker;
    stickers::clear_recent_stickers: messages::ClearRecentStickers;
    stickers::get_faved_stickers: messages::GetFavedStickers;
    stickers::fave_sticker: messages::FaveSticker;
    stickers::get_saved_gifs: messages::GetSavedGifs;
    stickers::save_gif: messages::SaveGif;
    stickers::get_custom_emoji_documents: messages::GetCustomEmojiDocuments;
    stickers::get_stickers: messages::GetStickers;
    stickers::get_featured_stickers: messages::GetFeaturedStickers;
    stickers::search_sticker_sets: messages::SearchStickerSets;
    changing::edit_message: messages::EditMessage;
    changing::delete_messages: messages::DeleteMessages;
    changing::delete_channel_messages: channels::DeleteMessages;
    changing::read_history: messages::ReadHistory;
    changing::read_channel_history: channels::ReadHistory;
    changing::received_messages: messages::ReceivedMessages;

    uploads::save_file_part: upload::SaveFilePart;
    uploads::save_big_file_part: upload::SaveBigFilePart;

    updates::get_state: updates::GetState;
    updates::get_difference: updates::GetDifference;
    updates::get_channel_difference: updates::GetChannelDifference;

    settings::update_status: account::UpdateStatus;
    settings::get_account_ttl: account::GetAccountTtl;
    settings::set_account_ttl: account::SetAccountTtl;
    settings::get_contact_sign_up_notification: account::GetContactSignUpNotification;
    settings::set_contact_sign_up_notification: account::SetContactSignUpNotification;
    notify::get_notify_settings: account::GetNotifySettings;
    notify::update_notify_settings: account::UpdateNotifySettings;
    notify::reset_notify_settings: account::ResetNotifySettings;
    notify::get_notify_exceptions: account::GetNotifyExceptions;
    notify::get_saved_ringtones: account::GetSavedRingtones;

    stubs::translate_text: messages::TranslateText;
    stubs::get_quick_replies: messages::GetQuickReplies;
    stubs::get_attach_menu_bots: messages::GetAttachMenuBots;
    stubs::get_emoji_keywords: messages::GetEmojiKeywords;
    stubs::get_emoji_keywords_difference: messages::GetEmojiKeywordsDifference;
    stubs::get_emoji_keywords_languages: messages::GetEmojiKeywordsLanguages;
    stubs::get_emoji_groups: messages::GetEmojiGroups;
    stubs::get_emoji_sticker_groups: messages::GetEmojiStickerGroups;
    stubs::get_available_effects: messages::GetAvailableEffects;
    stubs::get_featured_emoji_stickers: messages::GetFeaturedEmojiStickers;
    stubs::get_archived_stickers: messages::GetArchivedStickers;
    stubs::get_split_ranges: messages::GetSplitRanges;
    stubs::report_messages_delivery: messages::ReportMessagesDelivery;
    stubs::get_fact_check: messages::GetFactCheck;
    stubs::get_extended_media: messages::GetExtendedMedia;
    stubs::get_promo_data: help::GetPromoData;
    stubs::get_peer_colors: help::GetPeerColors;
    stubs::get_peer_profile_colors: help::GetPeerProfileColors;
    stubs::get_top_peers: contacts::GetTopPeers;
    stubs::get_sponsored_messages: messages::GetSponsoredMessages;
    stubs::get_terms_update: help::GetTermsOfServiceUpdate;

    nothing::get_default_emoji_statuses: account::GetDefaultEmojiStatuses;
    nothing::get_recent_emoji_statuses: account::GetRecentEmojiStatuses;
    nothing::get_channel_default_emoji_statuses: account::GetChannelDefaultEmojiStatuses;
    nothing::get_collectible_emoji_statuses: account::GetCollectibleEmojiStatuses;
    nothing::get_default_profile_photo_emojis: account::GetDefaultProfilePhotoEmojis;
    nothing::get_default_group_photo_emojis: account::GetDefaultGroupPhotoEmojis;
    nothing::get_default_background_emojis: account::GetDefaultBackgroundEmojis;
    nothing::get_channel_restricted_status_emojis: account::GetChannelRestrictedStatusEmojis;
    nothing::get_themes: account::GetThemes;
    nothing::get_chat_themes: account::GetChatThemes;
    nothing::get_wall_papers: account::GetWallPapers;
    nothing::get_premium_promo: help::GetPremiumPromo;
    nothing::get_stars_status: payments::GetStarsStatus;
    nothing::get_stars_topup_options: payments::GetStarsTopupOptions;
    nothing::get_star_gifts: payments::GetStarGifts;
    nothing::get_all_stories: stories::GetAllStories;
    nothing::get_peer_stories: stories::GetPeerStories;
    nothing::get_pinned_stories: stories::GetPinnedStories;
    nothing::get_stories_archive: stories::GetStoriesArchive;
    nothing::get_peer_max_ids: stories::GetPeerMaxIds;
    nothing::get_all_read_peer_stories: stories::GetAllReadPeerStories;
    nothing::get_paid_reaction_privacy: messages::GetPaidReactionPrivacy;
    nothing::get_birthdays: contacts::GetBirthdays;
    nothing::get_sponsored_peers: contacts::GetSponsoredPeers;
    nothing::get_connected_bots: account::GetConnectedBots;
    nothing::get_business_chat_links: account::GetBusinessChatLinks;
    nothing::get_web_authorizations: account::GetWebAuthorizations;
    nothing::get_reactions_notify_settings: account::GetReactionsNotifySettings;
    nothing::get_content_settings: account::GetContentSettings;
    nothing::get_timezones_list: help::GetTimezonesList;
    nothing::get_cdn_config: help::GetCdnConfig;
    nothing::get_app_update: help::GetAppUpdate;
    nothing::get_invite_text: help::GetInviteText;
    nothing::get_recent_me_urls: help::GetRecentMeUrls;
    nothing::get_user_info: help::GetUserInfo;
    nothing::save_app_log: help::SaveAppLog;
    nothing::dismiss_suggestion: help::DismissSuggestion;
    nothing::register_device: account::RegisterDevice;
    nothing::unregister_device: account::UnregisterDevice;
    nothing::update_device_locked: account::UpdateDeviceLocked;
    nothing::get_requirements_to_contact: users::GetRequirementsToContact;
    nothing::get_lang_pack: langpack::GetLangPack;
    nothing::get_lang_difference: langpack::GetDifference;
    nothing::get_lang_strings: langpack::GetStrings;
    nothing::get_languages: langpack::GetLanguages;
    nothing::get_saved_star_gifts: payments::GetSavedStarGifts;
}
