//! Codes, on every way on which they come.

use super::{let_in, number, secret};
use crate::api::{Ask, Fine, bad};
use crate::rpc::RpcError;
use crate::world::{
    Author, CODE, CodeWay, Draft, EMAIL_CODE, FLASH_NUMBER, Room, SentCode, State, TELEGRAM, cast, digits, pattern,
};
use grammers_tl_types::{enums, functions, types};

/// Says yes to any number that could be one, as Telegram does, but not to those of the barred.
pub(crate) fn send_code(ask: &mut Ask<'_>, request: functions::auth::SendCode) -> Fine<enums::auth::SentCode> {
    if request.api_id <= 0 || request.api_hash.is_empty() {
        return Err(bad("API_ID_INVALID"));
    }
    let phone = number(&request.phone_number)?;
    if let Some((_, code, name)) = cast::BARRED.iter().find(|(barred, ..)| *barred == phone) {
        return Err(RpcError::new(*code, *name));
    }
    let Some(account) = ask.state.account_by_phone(&phone) else {
        return sent(ask, phone, CodeWay::App.chain());
    };
    let home = ask.state.accounts.get(&account).map_or(ask.caller.dc, |account| account.dc);
    if home != ask.caller.dc {
        return Err(RpcError::new(303, format!("PHONE_MIGRATE_{home}")));
    }
    let way = current_way(ask.state, account);
    if way == CodeWay::App {
        tell_devices(ask, account);
    }
    sent(ask, phone, way.chain())
}

/// How codes come to the account now. An address that was given up is gone when its time has come.
fn current_way(state: &mut State, account: i64) -> CodeWay {
    let now = state.now();
    let Some(account) = state.accounts.get_mut(&account) else { return CodeWay::App };
    if account.email_gone_at.is_some_and(|at| at <= now) {
        account.email_gone_at = None;
        account.login_email = None;
        account.way = CodeWay::Sms;
    }
    account.way
}

/// The devices on which the account is signed in get the code as a message of Telegram's own. Those that there are only
/// in the story know it anyway.
fn tell_devices(ask: &mut Ask<'_>, account: i64) {
    if ask.state.keys_of(account).is_empty() {
        return;
    }
    let code = ask.state.accounts.get(&account).map(|account| account.code.clone()).unwrap_or_default();
    let text = format!(
        "Login code: {code}. Do not give this code to anyone, even if they say they are from Telegram!\n\nThis code can \
         be used to log in to your Telegram account. We never ask it for anything else."
    );
    let date = ask.state.now();
    let room = Room::Private(TELEGRAM.min(account), TELEGRAM.max(account));
    let (_, notices) = ask.state.post(room, Author::Person(TELEGRAM), date, Draft::text(text));
    ask.notices.extend(notices);
}

/// A code leaves on the first of these ways.
pub(super) fn sent(ask: &mut Ask<'_>, phone: String, ways: &'static [CodeWay]) -> Fine<enums::auth::SentCode> {
    let hash: String = secret::<9>()?.iter().map(|byte| format!("{byte:02x}")).collect();
    let now = ask.state.now();
    let times = ask.state.times;
    let code = SentCode { hash: hash.clone(), sent: now, expires: now.saturating_add(times.code), ways, email: None };
    let r#type = told(ask.state, &phone, code.way());
    ask.state.codes.insert(phone, code);
    let next_type = ways.get(1).and_then(|next| code_type(*next));
    let paced = is_paced(ways.first().copied().unwrap_or_default());
    let timeout = (paced && next_type.is_some()).then_some(times.resend);
    Ok(types::auth::SentCode { r#type, phone_code_hash: hash, next_type, timeout }.into())
}

/// Whether the next code has to wait a while: not for one that costs nothing.
fn is_paced(way: CodeWay) -> bool {
    !matches!(way, CodeWay::App | CodeWay::Email | CodeWay::EmailSetUp)
}

/// What the client learns of a way.
fn told(state: &State, phone: &str, way: CodeWay) -> enums::auth::SentCodeType {
    let account = state.account_by_phone(phone).and_then(|account| state.accounts.get(&account));
    let length = CODE.len() as i32;
    let beginning = |end: usize| account.and_then(|account| account.code.get(..end)).map(str::to_owned);
    match way {
        CodeWay::App => types::auth::SentCodeTypeApp { length }.into(),
        CodeWay::Sms => types::auth::SentCodeTypeSms { length }.into(),
        CodeWay::Call => types::auth::SentCodeTypeCall { length }.into(),
        CodeWay::FlashCall => types::auth::SentCodeTypeFlashCall { pattern: flash_pattern() }.into(),
        CodeWay::MissedCall => {
            let known = FLASH_NUMBER.len().saturating_sub(CODE.len());
            let prefix = format!("+{}", FLASH_NUMBER.get(..known).unwrap_or_default());
            types::auth::SentCodeTypeMissedCall { prefix, length }.into()
        }
        CodeWay::Email => types::auth::SentCodeTypeEmailCode {
            apple_signin_allowed: false,
            google_signin_allowed: false,
            email_pattern: account.and_then(|account| account.login_email.as_deref()).map(pattern).unwrap_or_default(),
            length: EMAIL_CODE.len() as i32,
            reset_available_period: account
                .is_some_and(|a| a.email_gone_at.is_none())
                .then_some(state.times.email_reset),
            reset_pending_date: account.and_then(|account| account.email_gone_at),
        }
        .into(),
        CodeWay::EmailSetUp => {
            types::auth::SentCodeTypeSetUpEmailRequired { apple_signin_allowed: false, google_signin_allowed: false }
                .into()
        }
        CodeWay::Fragment => {
            types::auth::SentCodeTypeFragmentSms { url: format!("https://fragment.com/number/{phone}"), length }.into()
        }
        CodeWay::Word => types::auth::SentCodeTypeSmsWord { beginning: beginning(1) }.into(),
        CodeWay::Phrase => types::auth::SentCodeTypeSmsPhrase { beginning: beginning(3) }.into(),
    }
}

fn flash_pattern() -> String {
    let known = FLASH_NUMBER.len().saturating_sub(CODE.len());
    format!("+{}{}", FLASH_NUMBER.get(..known).unwrap_or_default(), "X".repeat(CODE.len()))
}

fn code_type(way: CodeWay) -> Option<enums::auth::CodeType> {
    Some(match way {
        CodeWay::Sms | CodeWay::Word | CodeWay::Phrase => enums::auth::CodeType::Sms,
        CodeWay::Call => enums::auth::CodeType::Call,
        CodeWay::FlashCall => enums::auth::CodeType::FlashCall,
        CodeWay::MissedCall => enums::auth::CodeType::MissedCall,
        CodeWay::Fragment => enums::auth::CodeType::FragmentSms,
        CodeWay::App | CodeWay::Email | CodeWay::EmailSetUp => return None,
    })
}

/// A code again, by the next way.
pub(crate) fn resend_code(ask: &mut Ask<'_>, request: functions::auth::ResendCode) -> Fine<enums::auth::SentCode> {
    let phone = number(&request.phone_number)?;
    let code = good_code(ask, &phone, &request.phone_code_hash)?;
    let (way, rest) = code.ways.split_first().map_or((CodeWay::App, &[][..]), |(way, rest)| (*way, rest));
    if rest.is_empty() {
        return Err(RpcError::new(406, "SEND_CODE_UNAVAILABLE"));
    }
    let left = code.sent.saturating_add(ask.state.times.resend) - ask.state.now();
    if is_paced(way) && left > 0 {
        return Err(RpcError::new(420, format!("FLOOD_WAIT_{left}")));
    }
    sent(ask, phone, rest)
}

pub(crate) fn cancel_code(ask: &mut Ask<'_>, request: functions::auth::CancelCode) -> Fine<bool> {
    let phone = number(&request.phone_number)?;
    good_code(ask, &phone, &request.phone_code_hash)?;
    ask.state.codes.remove(&phone);
    Ok(true)
}

/// The code on its way under this hash.
pub(super) fn good_code(ask: &Ask<'_>, phone: &str, hash: &str) -> Fine<SentCode> {
    if hash.is_empty() {
        return Err(bad("PHONE_CODE_HASH_EMPTY"));
    }
    match ask.state.codes.get(phone) {
        Some(sent) if sent.hash == hash && sent.expires > ask.state.now() => Ok(sent.clone()),
        _ => Err(bad("PHONE_CODE_EXPIRED")),
    }
}

/// Checks the code. Then somebody is signed in, owes the password, or has no account yet.
pub(crate) fn sign_in(ask: &mut Ask<'_>, request: functions::auth::SignIn) -> Fine<enums::auth::Authorization> {
    let phone = number(&request.phone_number)?;
    let now = ask.state.now();
    let wrong = ask.state.wrong_codes.get(&phone).copied().unwrap_or_default();
    if wrong.until > now {
        return Err(RpcError::new(420, format!("FLOOD_WAIT_{}", wrong.until - now)));
    }
    let way = good_code(ask, &phone, &request.phone_code_hash)?.way();
    let given = match request.email_verification {
        Some(enums::EmailVerification::Code(code)) if way == CodeWay::Email => code.code,
        Some(_) => return Err(bad("EMAIL_TOKEN_INVALID")),
        None => request.phone_code.unwrap_or_default(),
    };
    if given.is_empty() {
        return Err(bad("PHONE_CODE_EMPTY"));
    }
    let account = ask.state.account_by_phone(&phone);
    if !is_right(ask.state, account, way, &given) {
        let times = ask.state.times;
        let entry = ask.state.wrong_codes.entry(phone).or_default();
        entry.count += 1;
        if entry.count >= times.wrong_codes {
            entry.count = 0;
            entry.until = now.saturating_add(times.wait);
        }
        return Err(bad("PHONE_CODE_INVALID"));
    }
    ask.state.wrong_codes.remove(&phone);
    let Some(account) = account else {
        return Ok(types::auth::AuthorizationSignUpRequired { terms_of_service: None }.into());
    };
    ask.state.codes.remove(&phone);
    let_in(ask, account)
}

/// Whether this is what came by this way.
fn is_right(state: &State, account: Option<i64>, way: CodeWay, given: &str) -> bool {
    let account = account.and_then(|id| state.accounts.get(&id));
    let code = account.map_or(CODE, |account| account.code.as_str());
    let words = |text: &str| text.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>();
    match way {
        CodeWay::Word | CodeWay::Phrase => words(given) == words(code),
        // Whose first code is a word, gets figures when it is asked for again.
        _ if account.is_some_and(|account| matches!(account.way, CodeWay::Word | CodeWay::Phrase)) => given == CODE,
        CodeWay::FlashCall => digits(given) == FLASH_NUMBER,
        CodeWay::Email => given == EMAIL_CODE,
        CodeWay::EmailSetUp => false,
        CodeWay::App | CodeWay::Sms | CodeWay::Call | CodeWay::MissedCall | CodeWay::Fragment => given == code,
    }
}

/// Only Telegram's own apps may make accounts.
pub(crate) fn sign_up(ask: &mut Ask<'_>, request: functions::auth::SignUp) -> Fine<enums::auth::Authorization> {
    let phone = number(&request.phone_number)?;
    good_code(ask, &phone, &request.phone_code_hash)?;
    if ask.state.account_by_phone(&phone).is_some() {
        return Err(bad("PHONE_NUMBER_OCCUPIED"));
    }
    Err(bad("PHONE_NUMBER_APP_SIGNUP_FORBIDDEN"))
}
