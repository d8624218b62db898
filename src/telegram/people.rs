//! Who somebody is: ourselves, and whoever has a name that everyone can find
//! (core.telegram.org/method/contacts.resolveUsername).

use crate::Error;
use crate::background::Core;
use crate::convert::peer;
use grammers_tl_types as tl;
use heliograph_model::Peer;

/// Who is signed in, as the server knows them now.
pub(crate) async fn myself(core: &Core) -> Result<Peer, Error> {
    let request = tl::functions::users::GetUsers { id: vec![tl::enums::InputUser::UserSelf] };
    let users = core.invoke(&request).await?;
    let _ = core.learn(&users, &[]);
    let mut told = users.iter().filter_map(peer::user).map(|told| told.peer);
    told.find(Peer::is_self).ok_or_else(|| Error::Protocol("the server did not say who is signed in".into()))
}

/// Whose public name this is; `None` where nobody has it.
pub(crate) async fn resolve_username(core: &Core, name: &str) -> Result<Option<Peer>, Error> {
    let request = tl::functions::contacts::ResolveUsername { username: name.to_owned(), referer: None };
    let found = match core.invoke(&request).await {
        Ok(tl::enums::contacts::ResolvedPeer::Peer(found)) => found,
        Err(Error::Rpc { name, .. }) if name == "USERNAME_NOT_OCCUPIED" || name == "USERNAME_INVALID" => {
            return Ok(None);
        }
        Err(error) => return Err(error),
    };
    let _ = core.learn(&found.users, &found.chats);
    let id = peer::id(&found.peer);
    let told = found.users.iter().filter_map(peer::user).chain(found.chats.iter().filter_map(peer::chat));
    Ok(told.map(|told| told.peer).find(|peer| peer.id == id))
}
