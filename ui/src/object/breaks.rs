//! Where may a media type be broken over two lines?

use leptos::prelude::*;

/// A media type with places to break it behind `/`, `.` and `+`; its text stays as it is.
pub(super) fn breakable(media_type: &str) -> impl IntoView + use<> {
    view::visible(media_type)
        .split_inclusive(['/', '.', '+'])
        .map(|part| view! { {part.to_owned()}<wbr /> })
        .collect_view()
}
