//! Where may a media type be broken over two lines?

use leptos::prelude::*;

use super::clamp::Clamped;

/// The longest media type: 127 characters on either side of the slash (RFC 6838, 4.2).
const LONGEST: usize = 255;

/// A media type with places to break it behind `/`, `.` and `+`; its text stays as it is. What is longer than a media
/// type can be is cut, and opens.
pub(super) fn breakable(media_type: &str) -> AnyView {
    if media_type.len() > LONGEST {
        return view! { <Clamped text=media_type.to_owned() /> }.into_any();
    }
    view::visible(media_type)
        .split_inclusive(['/', '.', '+'])
        .map(|part| view! { {part.to_owned()}<wbr /> })
        .collect_view()
        .into_any()
}
