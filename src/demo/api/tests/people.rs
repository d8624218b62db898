//! Profiles, contacts, privacy, blocking, profile photos: what changes and who hears of it.

use super::*;
use enums::{InputPrivacyKey, InputPrivacyRule, PrivacyKey, PrivacyRule};

const EVERYONE: InputPrivacyRule = InputPrivacyRule::InputPrivacyValueAllowAll;
const NOBODY: InputPrivacyRule = InputPrivacyRule::InputPrivacyValueDisallowAll;

/// Robin at keys 1 and 2, Mara at key 3.
struct Pair {
    stage: Stage,
    robin: i64,
    mara: i64,
}

impl Pair {
    fn new() -> Pair {
        let stage = Stage::lifelike();
        let robin = stage.sign_in(1, 0);
        stage.sign_in(2, 0);
        let mara = stage.sign_in(3, 1);
        Pair { stage, robin, mara }
    }

    fn input(&self, by: i64, user_id: i64) -> enums::InputUser {
        let access_hash = self.stage.api.world.lock().access_hash(by, Place::User(user_id));
        types::InputUser { user_id, access_hash }.into()
    }

    fn mara_by_robin(&self) -> types::User {
        self.user(1, self.robin, self.mara)
    }

    fn robin_by_mara(&self) -> types::User {
        self.user(3, self.mara, self.robin)
    }

    fn user(&self, key: i64, by: i64, of: i64) -> types::User {
        let request = functions::users::GetUsers { id: vec![self.input(by, of)] };
        full_user(self.stage.call(key, &request).unwrap().remove(0))
    }

    fn full(&self, key: i64, by: i64, of: i64) -> types::UserFull {
        let request = functions::users::GetFullUser { id: self.input(by, of) };
        let enums::users::UserFull::Full(full) = self.stage.call(key, &request).unwrap();
        let enums::UserFull::Full(full) = full.full_user;
        full
    }

    fn hush(&self) {
        self.stage.pushed.0.lock().unwrap().clear();
    }

    fn say(&self, key: InputPrivacyKey, rules: Vec<InputPrivacyRule>) {
        self.stage.call(1, &functions::account::SetPrivacy { key, rules }).unwrap();
    }

    fn upload(&self, id: i64, width: u32, height: u32) -> enums::InputFile {
        let picture = image::RgbImage::from_fn(width, height, |x, y| image::Rgb([x as u8, y as u8, id as u8]));
        let mut bytes = Vec::new();
        picture.write_with_encoder(image::codecs::png::PngEncoder::new(&mut bytes)).unwrap();
        let parts: Vec<&[u8]> = bytes.chunks(32 * 1024).collect();
        for (number, part) in parts.iter().enumerate() {
            let (file_id, file_part, bytes) = (id, number as i32, part.to_vec());
            assert_eq!(self.stage.call(1, &functions::upload::SaveFilePart { file_id, file_part, bytes }), Ok(true));
        }
        let (name, md5_checksum) = ("me.png".to_owned(), String::new());
        types::InputFile { id, parts: parts.len() as i32, name, md5_checksum }.into()
    }

    fn wear(&self, id: i64) -> Result<types::Photo, String> {
        let request = functions::photos::UploadProfilePhoto {
            fallback: false,
            bot: None,
            file: Some(self.upload(id, 400, 300)),
            video: None,
            video_start_ts: None,
            video_emoji_markup: None,
        };
        self.stage.call(1, &request).map(|answer| {
            let enums::photos::Photo::Photo(answer) = answer;
            photo(answer.photo)
        })
    }

    fn photos(&self, key: i64, by: i64, of: i64) -> Vec<i64> {
        let user_id = self.input(by, of);
        let request = functions::photos::GetUserPhotos { user_id, offset: 0, max_id: 0, limit: 100 };
        let photos = match self.stage.call(key, &request).unwrap() {
            enums::photos::Photos::Photos(answer) => answer.photos,
            enums::photos::Photos::Slice(answer) => answer.photos,
        };
        photos.into_iter().map(|one| photo(one).id).collect()
    }
}

fn full_user(user: enums::User) -> types::User {
    let enums::User::User(user) = user else { panic!("a user") };
    user
}

fn photo(photo: enums::Photo) -> types::Photo {
    let enums::Photo::Photo(photo) = photo else { panic!("a photo") };
    photo
}

fn photo_id(user: &types::User) -> Option<i64> {
    match &user.photo {
        Some(enums::UserProfilePhoto::Photo(photo)) => Some(photo.photo_id),
        _ => None,
    }
}

fn profile(first: Option<&str>, last: Option<&str>, about: Option<&str>) -> functions::account::UpdateProfile {
    let [first_name, last_name, about] = [first, last, about].map(|words| words.map(str::to_owned));
    functions::account::UpdateProfile { first_name, last_name, about }
}

fn renamed(updates: &[enums::Update], who: i64) -> Option<types::UpdateUserName> {
    updates.iter().find_map(|update| match update {
        enums::Update::UserName(update) if update.user_id == who => Some(update.clone()),
        _ => None,
    })
}

fn is_new(updates: &[enums::Update], who: i64) -> bool {
    updates.iter().any(|update| matches!(update, enums::Update::User(update) if update.user_id == who))
}

#[test]
fn a_new_name_is_told_to_those_who_see_it() {
    let pair = Pair::new();
    let user = full_user(pair.stage.call(1, &profile(Some(" Robyn "), Some("Vail"), Some("New words"))).unwrap());
    assert_eq!((user.first_name.as_deref(), user.last_name.as_deref()), (Some("Robyn"), Some("Vail")));
    for key in [2, 3] {
        let heard = pair.stage.heard(key);
        let update = renamed(&heard, pair.robin).unwrap();
        assert_eq!((update.first_name.as_str(), update.last_name.as_str()), ("Robyn", "Vail"));
        assert!(is_new(&heard, pair.robin));
    }
    assert_eq!(pair.robin_by_mara().first_name.as_deref(), Some("Robyn"));
    assert_eq!(pair.full(3, pair.mara, pair.robin).about.as_deref(), Some("New words"));
    // What is as before is told to nobody.
    pair.stage.call(1, &profile(Some("Robyn"), None, None)).unwrap();
    assert!(pair.stage.heard(3).is_empty());
    let refused = |request| pair.stage.call(1, &request).map(|_| ()).unwrap_err();
    assert_eq!(refused(profile(Some("  "), None, None)), "400 FIRSTNAME_INVALID");
    assert_eq!(refused(profile(Some(&"n".repeat(65)), None, None)), "400 FIRSTNAME_INVALID");
    assert_eq!(refused(profile(None, None, Some(&"w".repeat(71)))), "400 ABOUT_TOO_LONG");
}

#[test]
fn usernames_have_their_rules() {
    let pair = Pair::new();
    let check = |name: &str| pair.stage.call(1, &functions::account::CheckUsername { username: name.to_owned() });
    for bad in ["", "abcd", "1robin", "rob__in", "robin_", "robin-vale", &"r".repeat(33)] {
        assert_eq!(check(bad), Err("400 USERNAME_INVALID".to_owned()), "{bad}");
    }
    assert_eq!(check("lamp_robin"), Ok(true));
    assert_eq!(check("Mara_Lindqvist"), Ok(false));
    assert_eq!(check("astronomy_weekly_demo"), Ok(false));
    let update = |name: &str| {
        let request = functions::account::UpdateUsername { username: name.to_owned() };
        pair.stage.call(1, &request).map(|user| full_user(user).username)
    };
    assert_eq!(update("mara_lindqvist"), Err("400 USERNAME_OCCUPIED".to_owned()));
    assert_eq!(update("robin_vale"), Err("400 USERNAME_NOT_MODIFIED".to_owned()));
    assert_eq!(update("lamp_robin"), Ok(Some("lamp_robin".to_owned())));
    let enums::Username::Username(heard) = renamed(&pair.stage.heard(3), pair.robin).unwrap().usernames.remove(0);
    assert!(heard.username == "lamp_robin" && heard.active && !heard.editable);
    let resolve = |username: &str| {
        let username = username.to_owned();
        pair.stage.call(3, &functions::contacts::ResolveUsername { username, referer: None }).map(|_| ())
    };
    assert_eq!(resolve("lamp_robin"), Ok(()));
    assert_eq!(resolve("robin_vale"), Err("400 USERNAME_NOT_OCCUPIED".to_owned()));
    assert_eq!(update(""), Ok(None));
    assert!(renamed(&pair.stage.heard(2), pair.robin).is_some());
}

#[test]
fn contacts_are_kept_under_their_names_and_let_go() {
    let pair = Pair::new();
    let contact = |first: &str| functions::contacts::AddContact {
        add_phone_privacy_exception: false,
        id: pair.input(pair.robin, pair.mara),
        first_name: first.to_owned(),
        last_name: "of the lenses".to_owned(),
        phone: String::new(),
        note: None,
    };
    assert_eq!(pair.stage.call(1, &contact("")).map(|_| ()), Err("400 CONTACT_NAME_EMPTY".to_owned()));
    let updates = updates_in(pair.stage.call(1, &contact("Marlene")).unwrap());
    assert!(updates.iter().any(|update| matches!(update, enums::Update::PeerSettings(_))));
    assert!(renamed(&pair.stage.heard(2), pair.mara).is_some_and(|update| update.first_name == "Marlene"));
    // Only the account itself calls her so.
    assert!(pair.stage.heard(3).is_empty());
    let mara = pair.mara_by_robin();
    assert!(mara.contact && mara.first_name.as_deref() == Some("Marlene") && mara.phone.is_some());
    assert_eq!(pair.user(3, pair.mara, pair.mara).first_name.as_deref(), Some("Mara"));
    assert_eq!(pair.stage.place(pair.robin, "Marlene of the lenses"), Place::User(pair.mara));
    let ids = pair.stage.call(1, &functions::contacts::GetContactIds { hash: 0 }).unwrap();
    assert!(ids.contains(&(pair.mara as i32)));

    let delete = functions::contacts::DeleteContacts { id: vec![pair.input(pair.robin, pair.mara)] };
    assert!(!updates_in(pair.stage.call(1, &delete).unwrap()).is_empty());
    let mara = pair.mara_by_robin();
    assert!(!mara.contact && mara.first_name.as_deref() == Some("Mara") && mara.phone.is_none());
    let settings = pair.full(1, pair.robin, pair.mara).settings;
    let enums::PeerSettings::Settings(settings) = settings;
    assert!(settings.add_contact && settings.block_contact);
    let own = functions::contacts::AddContact { id: enums::InputUser::UserSelf, ..contact("Me") };
    assert_eq!(pair.stage.call(1, &own).map(|_| ()), Err("400 CONTACT_ID_INVALID".to_owned()));
}

#[test]
fn people_are_found_by_their_number_if_they_let_themselves() {
    let pair = Pair::new();
    let phone = pair.stage.api.world.lock().phone_of(pair.robin).to_owned();
    let resolve = || {
        let answer = pair.stage.call(3, &functions::contacts::ResolvePhone { phone: format!("+{phone}") });
        answer.map(|found| {
            let enums::contacts::ResolvedPeer::Peer(found) = found;
            found.peer
        })
    };
    assert_eq!(resolve(), Ok(Place::User(pair.robin).peer()));
    let import = || {
        let (first_name, last_name) = ("R".to_owned(), String::new());
        let contact =
            types::InputPhoneContact { client_id: 7, phone: phone.clone(), first_name, last_name, note: None };
        let request = functions::contacts::ImportContacts { contacts: vec![contact.into()] };
        let enums::contacts::ImportedContacts::Contacts(answer) = pair.stage.call(3, &request).unwrap();
        (answer.imported.len(), answer.users.len())
    };
    assert_eq!(import(), (1, 1));
    assert_eq!(pair.robin_by_mara().first_name.as_deref(), Some("R"));
    let gone = functions::contacts::DeleteByPhones { phones: vec![phone.clone()] };
    assert_eq!(pair.stage.call(3, &gone), Ok(true));
    assert!(!pair.robin_by_mara().contact);
    pair.say(InputPrivacyKey::AddedByPhone, vec![NOBODY]);
    assert_eq!(resolve(), Err("400 PHONE_NOT_OCCUPIED".to_owned()));
    assert_eq!(import(), (0, 0));
}

#[test]
fn who_is_blocked_says_nothing_and_sees_little() {
    let pair = Pair::new();
    let peer = pair.stage.input(pair.robin, Place::User(pair.mara));
    let back = pair.stage.input(pair.mara, Place::User(pair.robin));
    pair.say(InputPrivacyKey::StatusTimestamp, vec![EVERYONE]);
    pair.hush();
    let block = functions::contacts::Block { my_stories_from: false, id: peer.clone() };
    assert_eq!(pair.stage.call(1, &block), Ok(true));
    assert!(pair.stage.heard(2).iter().any(|update| matches!(update,
        enums::Update::PeerBlocked(update) if update.blocked && update.peer_id == Place::User(pair.mara).peer())));
    assert!(!pair.stage.heard(3).iter().any(|update| matches!(update, enums::Update::PeerBlocked(_))));
    assert!(pair.full(1, pair.robin, pair.mara).blocked);

    let refused = |key, peer: &enums::InputPeer| {
        pair.stage.call(key, &message(peer.clone(), "hello", 71 + key)).map(|_| ()).unwrap_err()
    };
    assert_eq!(refused(1, &peer), "400 YOU_BLOCKED_USER");
    assert_eq!(refused(3, &back), "400 USER_IS_BLOCKED");
    let seen = pair.robin_by_mara();
    assert!(seen.photo.is_none() && seen.status == Some(enums::UserStatus::Empty));
    assert_eq!(pair.full(3, pair.mara, pair.robin).about, None);
    assert!(pair.photos(3, pair.mara, pair.robin).is_empty());
    // The other way round nothing changed.
    assert!(photo_id(&pair.mara_by_robin()).is_some());

    let list = functions::contacts::GetBlocked { my_stories_from: false, offset: 0, limit: 10 };
    let enums::contacts::Blocked::Blocked(blocked) = pair.stage.call(1, &list).unwrap() else { panic!("all") };
    assert_eq!((blocked.blocked.len(), blocked.users.len()), (1, 1));
    let unblock = functions::contacts::Unblock { my_stories_from: false, id: peer.clone() };
    assert_eq!(pair.stage.call(1, &unblock), Ok(true));
    assert!(pair.stage.call(3, &message(back, "again", 99)).is_ok());
    let own = functions::contacts::Block { my_stories_from: false, id: enums::InputPeer::PeerSelf };
    assert_eq!(pair.stage.call(1, &own), Err("400 CONTACT_ID_INVALID".to_owned()));
}

#[test]
fn privacy_changes_what_others_see() {
    let pair = Pair::new();
    let get = || {
        let request = functions::account::GetPrivacy { key: InputPrivacyKey::PhoneNumber };
        let enums::account::PrivacyRules::Rules(rules) = pair.stage.call(1, &request).unwrap();
        rules.rules
    };
    assert_eq!(get(), [PrivacyRule::PrivacyValueAllowContacts]);
    let mara = || types::InputPrivacyValueDisallowUsers { users: vec![pair.input(pair.robin, pair.mara)] };
    // Whatever order they come in, the rule that names somebody goes first.
    pair.say(InputPrivacyKey::PhoneNumber, vec![EVERYONE, mara().into()]);
    let named = types::PrivacyValueDisallowUsers { users: vec![pair.mara] };
    assert_eq!(get(), [named.into(), PrivacyRule::PrivacyValueAllowAll]);
    let heard = pair.stage.heard(2);
    assert!(heard.iter().any(|update| matches!(update,
        enums::Update::Privacy(update) if update.key == PrivacyKey::PhoneNumber && update.rules.len() == 2)));
    assert!(is_new(&pair.stage.heard(3), pair.robin));
    assert_eq!(pair.robin_by_mara().phone, None);
    pair.say(InputPrivacyKey::PhoneNumber, vec![EVERYONE]);
    assert!(pair.robin_by_mara().phone.is_some());

    assert!(photo_id(&pair.robin_by_mara()).is_some());
    pair.say(InputPrivacyKey::ProfilePhoto, vec![NOBODY]);
    assert!(photo_id(&pair.robin_by_mara()).is_none());
    assert!(pair.full(3, pair.mara, pair.robin).profile_photo.is_none());
    pair.say(InputPrivacyKey::About, vec![NOBODY]);
    assert_eq!(pair.full(3, pair.mara, pair.robin).about, None);
    assert!(pair.full(1, pair.robin, pair.robin).about.is_some());
    let none = functions::account::SetPrivacy { key: InputPrivacyKey::About, rules: Vec::new() };
    assert_eq!(pair.stage.call(1, &none).map(|_| ()), Err("400 PRIVACY_VALUE_INVALID".to_owned()));
}

#[test]
fn who_hides_when_he_was_there_does_not_see_it_of_others() {
    let pair = Pair::new();
    let online = functions::account::UpdateStatus { offline: false };
    let offline = functions::account::UpdateStatus { offline: true };
    let came = |updates: &[enums::Update]| updates.iter().any(|update| matches!(update, enums::Update::UserStatus(_)));
    pair.stage.call(1, &offline).unwrap();
    pair.stage.call(3, &online).unwrap();
    pair.hush();
    pair.stage.call(1, &online).unwrap();
    assert!(came(&pair.stage.heard(3)));
    assert!(matches!(pair.robin_by_mara().status, Some(enums::UserStatus::Online(_))));
    assert!(matches!(pair.mara_by_robin().status, Some(enums::UserStatus::Online(_))));
    pair.say(InputPrivacyKey::StatusTimestamp, vec![NOBODY]);
    pair.hush();
    pair.stage.call(1, &offline).unwrap();
    assert!(!came(&pair.stage.heard(3)));
    let hidden = |by_me| Some(types::UserStatusRecently { by_me }.into());
    assert_eq!(pair.robin_by_mara().status, hidden(false));
    assert_eq!(pair.mara_by_robin().status, hidden(true));
}

#[test]
fn a_new_photo_is_seen_by_others_in_both_sizes() {
    let pair = Pair::new();
    let before = pair.photos(1, pair.robin, pair.robin);
    let new = pair.wear(501).unwrap();
    assert!(is_new(&pair.stage.heard(2), pair.robin) && is_new(&pair.stage.heard(3), pair.robin));
    assert_eq!(photo_id(&pair.robin_by_mara()), Some(new.id));
    assert_eq!(pair.photos(3, pair.mara, pair.robin), [vec![new.id], before.clone()].concat());
    for (big, side) in [(false, 160), (true, 640)] {
        let peer = pair.stage.input(pair.mara, Place::User(pair.robin));
        let location = types::InputPeerPhotoFileLocation { big, peer, photo_id: new.id }.into();
        let (offset, limit) = (0, 1024 * 1024);
        let request = functions::upload::GetFile { precise: false, cdn_supported: false, location, offset, limit };
        let enums::upload::File::File(file) = pair.stage.call(3, &request).unwrap() else { panic!("a file") };
        let picture = image::load_from_memory(&file.bytes).unwrap();
        assert_eq!((picture.width(), picture.height()), (side, side));
        let size = new.sizes.iter().find_map(|size| match size {
            enums::PhotoSize::Size(size) if size.w == side as i32 => Some(size.size as usize),
            _ => None,
        });
        assert_eq!(size, Some(file.bytes.len()));
    }
    let id = enums::InputPhoto::Photo(types::InputPhoto {
        id: new.id,
        access_hash: new.access_hash,
        file_reference: new.file_reference.clone(),
    });
    let wear = |id| functions::photos::UpdateProfilePhoto { fallback: false, bot: None, id };
    pair.stage.call(1, &wear(enums::InputPhoto::Empty)).unwrap();
    assert_eq!(photo_id(&pair.robin_by_mara()), None);
    pair.stage.call(1, &wear(id.clone())).unwrap();
    assert_eq!(photo_id(&pair.robin_by_mara()), Some(new.id));
    // When it is deleted the one before is shown again.
    assert_eq!(pair.stage.call(1, &functions::photos::DeletePhotos { id: vec![id] }), Ok(vec![new.id]));
    assert_eq!(pair.photos(3, pair.mara, pair.robin), before);
    assert_eq!(photo_id(&pair.robin_by_mara()), before.first().copied());
    let small = functions::photos::UploadProfilePhoto {
        fallback: false,
        bot: None,
        file: Some(pair.upload(502, 100, 400)),
        video: None,
        video_start_ts: None,
        video_emoji_markup: None,
    };
    assert_eq!(pair.stage.call(1, &small).map(|_| ()), Err("400 PHOTO_CROP_SIZE_SMALL".to_owned()));
}

#[test]
fn what_nobody_has_is_answered_empty() {
    let pair = Pair::new();
    let stage = &pair.stage;
    let enums::payments::StarsStatus::Status(stars) =
        stage.call(1, &functions::payments::GetStarsStatus { ton: false, peer: enums::InputPeer::PeerSelf }).unwrap();
    assert_eq!(stars.balance, types::StarsAmount { amount: 0, nanos: 0 }.into());
    let stories = |state| functions::stories::GetAllStories { next: false, hidden: false, state };
    let enums::stories::AllStories::Stories(first) = stage.call(1, &stories(None)).unwrap() else { panic!("stories") };
    let again = stage.call(1, &stories(Some(first.state))).unwrap();
    assert!(matches!(again, enums::stories::AllStories::NotModified(_)));
    assert!(stage.call(1, &functions::help::GetPremiumPromo {}).is_ok());
    assert!(stage.call(1, &functions::account::GetDefaultEmojiStatuses { hash: 0 }).is_ok());
    assert!(stage.call(1, &functions::account::GetThemes { format: "tdesktop".to_owned(), hash: 0 }).is_ok());
    let ttl = |days| functions::account::SetAccountTtl { ttl: types::AccountDaysTtl { days }.into() };
    assert_eq!(stage.call(1, &ttl(5)), Err("400 TTL_DAYS_INVALID".to_owned()));
    assert_eq!(stage.call(1, &ttl(180)), Ok(true));
    let enums::AccountDaysTtl::Ttl(kept) = stage.call(2, &functions::account::GetAccountTtl {}).unwrap();
    assert_eq!(kept.days, 180);
}

#[test]
fn who_was_away_learns_of_it_in_the_difference() {
    let pair = Pair::new();
    let enums::updates::State::State(state) = pair.stage.call(3, &functions::updates::GetState {}).unwrap();
    pair.stage.call(1, &profile(Some("Robyn"), None, None)).unwrap();
    let difference = functions::updates::GetDifference {
        pts: state.pts,
        pts_limit: None,
        pts_total_limit: None,
        date: state.date,
        qts: state.qts,
        qts_limit: None,
    };
    let enums::updates::Difference::Difference(missed) = pair.stage.call(3, &difference).unwrap() else {
        panic!("a difference")
    };
    assert!(renamed(&missed.other_updates, pair.robin).is_some());
}
