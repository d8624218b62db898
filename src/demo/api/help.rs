//! What a client asks before anybody is signed in.

use super::{Ask, Fine};
use grammers_tl_types::{enums, functions, types};

/// The datacenters, under their real addresses, and the limits.
pub(crate) fn get_config(ask: &mut Ask<'_>, _: functions::help::GetConfig) -> Fine<enums::Config> {
    let dc_options = ask.api.datacenters.iter().map(|(id, address)| {
        types::DcOption {
            ipv6: address.is_ipv6(),
            media_only: false,
            tcpo_only: false,
            cdn: false,
            r#static: false,
            this_port_only: false,
            id: *id,
            ip_address: address.ip().to_string(),
            port: i32::from(address.port()),
            secret: None,
        }
        .into()
    });
    let date = ask.state.now();
    Ok(types::Config {
        default_p2p_contacts: true,
        preload_featured_stickers: false,
        revoke_pm_inbox: true,
        blocked_mode: false,
        force_try_ipv6: false,
        date,
        expires: date.saturating_add(3_600),
        test_mode: false,
        this_dc: ask.caller.dc,
        dc_options: dc_options.collect(),
        dc_txt_domain_name: "dc.invalid".to_owned(),
        chat_size_max: 200,
        megagroup_size_max: 200_000,
        forwarded_count_max: 100,
        online_update_period_ms: 210_000,
        offline_blur_timeout_ms: 5_000,
        offline_idle_timeout_ms: 30_000,
        online_cloud_timeout_ms: 300_000,
        notify_cloud_delay_ms: 30_000,
        notify_default_delay_ms: 1_500,
        push_chat_period_ms: 60_000,
        push_chat_limit: 2,
        edit_time_limit: 172_800,
        revoke_time_limit: i32::MAX,
        revoke_pm_time_limit: i32::MAX,
        rating_e_decay: 2_419_200,
        stickers_recent_limit: 200,
        channels_read_media_period: 604_800,
        tmp_sessions: None,
        call_receive_timeout_ms: 20_000,
        call_ring_timeout_ms: 90_000,
        call_connect_timeout_ms: 30_000,
        call_packet_timeout_ms: 10_000,
        me_url_prefix: "https://t.example/".to_owned(),
        autoupdate_url_prefix: None,
        gif_search_username: None,
        venue_search_username: None,
        img_search_username: None,
        static_maps_provider: None,
        caption_length_max: 1_024,
        message_length_max: super::sending::LONGEST as i32,
        webfile_dc_id: 4,
        suggested_lang_code: None,
        lang_pack_version: None,
        base_lang_pack_version: None,
        reactions_default: None,
        autologin_token: None,
    }
    .into())
}

pub(crate) fn get_nearest_dc(ask: &mut Ask<'_>, _: functions::help::GetNearestDc) -> Fine<enums::NearestDc> {
    let home = ask.api.datacenters.first().map_or(ask.caller.dc, |(id, _)| *id);
    Ok(types::NearestDc { country: "SE".to_owned(), this_dc: ask.caller.dc, nearest_dc: home }.into())
}

/// A few limits, as JSON.
pub(crate) fn get_app_config(_: &mut Ask<'_>, request: functions::help::GetAppConfig) -> Fine<enums::help::AppConfig> {
    const HASH: i32 = 1;
    if request.hash == HASH {
        return Ok(enums::help::AppConfig::NotModified);
    }
    let limits = [("dialogs_pinned_limit_default", 5.0), ("upload_max_fileparts_default", 4_000.0)];
    let value = limits
        .into_iter()
        .map(|(key, value)| {
            types::JsonObjectValue { key: key.to_owned(), value: types::JsonNumber { value }.into() }.into()
        })
        .collect();
    Ok(types::help::AppConfig { hash: HASH, config: types::JsonObject { value }.into() }.into())
}

/// Some countries and how their numbers are written.
const COUNTRIES: &[(&str, &str, &str, &str)] = &[
    ("BR", "Brazil", "55", "XX XXXXX XXXX"),
    ("CZ", "Czechia", "420", "XXX XXX XXX"),
    ("FR", "France", "33", "X XX XX XX XX"),
    ("DE", "Germany", "49", "XXX XXXXXXX"),
    ("GR", "Greece", "30", "XX XXXX XXXX"),
    ("IN", "India", "91", "XXXXX XXXXX"),
    ("IE", "Ireland", "353", "XX XXX XXXX"),
    ("JP", "Japan", "81", "XX XXXX XXXX"),
    ("KE", "Kenya", "254", "XXX XXX XXX"),
    ("PL", "Poland", "48", "XXX XXX XXX"),
    ("ES", "Spain", "34", "XXX XXX XXX"),
    ("SE", "Sweden", "46", "XX XXX XX XX"),
    ("TR", "Türkiye", "90", "XXX XXX XXXX"),
    ("GB", "United Kingdom", "44", "XXXX XXXXXX"),
    ("US", "USA", "1", "XXX XXX XXXX"),
];

pub(crate) fn get_countries_list(
    _: &mut Ask<'_>,
    request: functions::help::GetCountriesList,
) -> Fine<enums::help::CountriesList> {
    const HASH: i32 = 15;
    if request.hash == HASH {
        return Ok(enums::help::CountriesList::NotModified);
    }
    let countries = COUNTRIES.iter().map(|(iso2, name, code, pattern)| {
        let code = types::help::CountryCode {
            country_code: (*code).to_owned(),
            prefixes: None,
            patterns: Some(vec![(*pattern).to_owned()]),
        };
        types::help::Country {
            hidden: false,
            iso2: (*iso2).to_owned(),
            default_name: (*name).to_owned(),
            name: None,
            country_codes: vec![code.into()],
        }
        .into()
    });
    Ok(types::help::CountriesList { countries: countries.collect(), hash: HASH }.into())
}
