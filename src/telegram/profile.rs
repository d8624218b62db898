//! What the server knows of ourselves.

use crate::Error;
use crate::background::Core;
use grammers_tl_types as tl;

/// Our own phone number, digits only; `None` where the server does not say it.
pub(crate) async fn own_phone(core: &Core) -> Result<Option<String>, Error> {
    let users = core.invoke(&tl::functions::users::GetUsers { id: vec![tl::enums::InputUser::UserSelf] }).await?;
    Ok(users.into_iter().find_map(|user| match user {
        tl::enums::User::User(user) if user.is_self => user.phone.filter(|phone| !phone.is_empty()),
        _ => None,
    }))
}
