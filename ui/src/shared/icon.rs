//! Which picture stands beside these words?
//!
//! Inline, so that no request is made for them and `currentColor` works. 16 px grid, 1.5 px stroke.

use leptos::prelude::*;

/// An icon. Decorative: words stand beside it, or its button has a label.
#[component]
pub(crate) fn Icon(
    /// Its name in `assets/icons.svg`, without `i-`; `sun` and `moon` besides.
    name: &'static str,
) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.5"
            stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
            {shape(name)}
        </svg>
    }
}

fn shape(name: &str) -> AnyView {
    match name {
        "registry" => view! { <rect x="2.25" y="2.75" width="11.5" height="4.5" rx="1.25"/><rect x="2.25" y="8.75" width="11.5" height="4.5" rx="1.25"/><path d="M4.9 5h.01M4.9 11h.01M8.5 5h2.75M8.5 11h2.75"/> }.into_any(),
        "repo" => view! { <path d="M8 1.75 13.5 4.7v6.6L8 14.25 2.5 11.3V4.7z"/><path d="M2.75 4.9 8 7.7l5.25-2.8M8 7.7v6.3"/> }.into_any(),
        "tag" => view! { <path d="M8.6 2.25h4.15a1 1 0 0 1 1 1V7.4L7.9 13.25a1 1 0 0 1-1.4 0L2.75 9.5a1 1 0 0 1 0-1.4z"/><path d="M10.9 5.1h.01"/> }.into_any(),
        "index" => view! { <rect x="5.25" y="2.25" width="8.5" height="8.5" rx="1.5"/><path d="M2.25 5.5v6.75a1.5 1.5 0 0 0 1.5 1.5h6.75"/> }.into_any(),
        "image" => view! { <rect x="2.25" y="2.25" width="11.5" height="11.5" rx="1.75"/><path d="M2.5 6.1h11M2.5 9.9h11"/> }.into_any(),
        "layers" => view! { <path d="m8 2 5.75 2.9L8 7.8 2.25 4.9z"/><path d="m2.25 8 5.75 2.9L13.75 8M2.25 11.1 8 14l5.75-2.9"/> }.into_any(),
        "signature" => view! { <circle cx="8" cy="6" r="3.75"/><path d="m5.6 9.1-1 4.9L8 12.4l3.4 1.6-1-4.9M6.5 6.1l1.1 1.1 2-2.2"/> }.into_any(),
        "sbom" => view! { <rect x="2.75" y="1.75" width="10.5" height="12.5" rx="1.5"/><path d="M5.4 5.25h.01M5.4 8h.01M5.4 10.75h.01M7.75 5.25h2.9M7.75 8h2.9M7.75 10.75h2.9"/> }.into_any(),
        "provenance" => view! { <circle cx="4" cy="3.75" r="1.75"/><circle cx="12" cy="12.25" r="1.75"/><path d="M4 5.5v3.25a3.5 3.5 0 0 0 3.5 3.5h2.75M8.25 10.25l2 2-2 2"/> }.into_any(),
        "vex" => view! { <path d="M8 1.75 13 3.6v3.9c0 3.2-2.1 5.6-5 6.75C5.1 13.1 3 10.7 3 7.5V3.6z"/><path d="m6.3 6.1 3.4 3.4M9.7 6.1 6.3 9.5"/> }.into_any(),
        "chart" => view! { <circle cx="8" cy="8" r="3"/><path d="M8 1.75V5M8 11v3.25M1.75 8H5M11 8h3.25M3.6 3.6l2.3 2.3M10.1 10.1l2.3 2.3M12.4 3.6l-2.3 2.3M5.9 10.1l-2.3 2.3"/> }.into_any(),
        "wasm" => view! { <path d="M3.25 2.25H6a2 2 0 0 0 4 0h2.75a1 1 0 0 1 1 1v9.5a1 1 0 0 1-1 1h-9.5a1 1 0 0 1-1-1v-9.5a1 1 0 0 1 1-1z"/><path d="m4.9 8 .9 3.25L6.75 8.5l.95 2.75.9-3.25"/> }.into_any(),
        "report" => view! { <rect x="2.75" y="2.75" width="10.5" height="11.5" rx="1.5"/><path d="M6 1.75h4v2H6zM5.5 9l1.75 1.75L10.75 7"/> }.into_any(),
        "other" => view! { <path d="M8 2.25 13.75 8 8 13.75 2.25 8z"/> }.into_any(),
        "config" => view! { <path d="M2.25 4.75h6M12 4.75h1.75M2.25 11.25H4M7.75 11.25h6"/><circle cx="10" cy="4.75" r="1.75"/><circle cx="5.9" cy="11.25" r="1.75"/> }.into_any(),
        "file" => view! { <path d="M9.25 1.75H4.5a1.25 1.25 0 0 0-1.25 1.25v10a1.25 1.25 0 0 0 1.25 1.25h7A1.25 1.25 0 0 0 12.75 13V5.25z"/><path d="M9.25 1.75v3.5h3.5"/> }.into_any(),
        "folder" => view! { <path d="M1.75 12V4a1.25 1.25 0 0 1 1.25-1.25h3.1L7.75 4.5H13A1.25 1.25 0 0 1 14.25 5.75V12A1.25 1.25 0 0 1 13 13.25H3A1.25 1.25 0 0 1 1.75 12z"/> }.into_any(),
        "search" => view! { <circle cx="7" cy="7" r="4.75"/><path d="m10.5 10.5 3.5 3.5"/> }.into_any(),
        "copy" => view! { <rect x="5.25" y="5.25" width="8.5" height="8.5" rx="1.5"/><path d="M10.75 2.9a1.2 1.2 0 0 0-1-.65h-6a1.5 1.5 0 0 0-1.5 1.5v6c0 .4.25.8.65 1"/> }.into_any(),
        "check" => view! { <path d="m2.75 8.5 3.5 3.5 7-7.5"/> }.into_any(),
        "x" => view! { <path d="m3.5 3.5 9 9M12.5 3.5l-9 9"/> }.into_any(),
        "right" => view! { <path d="m6 3.5 4.5 4.5L6 12.5"/> }.into_any(),
        "down" => view! { <path d="M3.5 6 8 10.5 12.5 6"/> }.into_any(),
        "up" => view! { <path d="M3.5 10 8 5.5 12.5 10"/> }.into_any(),
        "arrow" => view! { <path d="M2.25 8h11.25M9.5 4l4 4-4 4"/> }.into_any(),
        "back" => view! { <path d="M13.75 8H2.5M6.5 4l-4 4 4 4"/> }.into_any(),
        "lock" => view! { <rect x="3" y="7" width="10" height="7" rx="1.5"/><path d="M5.25 7V4.75a2.75 2.75 0 0 1 5.5 0V7"/> }.into_any(),
        "unlock" => view! { <rect x="3" y="7" width="10" height="7" rx="1.5"/><path d="M5.25 7V4.75a2.75 2.75 0 0 1 5.3-1"/> }.into_any(),
        "link" => view! { <path d="M6.75 9.25a2.75 2.75 0 0 0 3.9 0l2.3-2.3a2.75 2.75 0 0 0-3.9-3.9L8.1 4M9.25 6.75a2.75 2.75 0 0 0-3.9 0l-2.3 2.3a2.75 2.75 0 0 0 3.9 3.9L7.9 12"/> }.into_any(),
        "broken" => view! { <path d="M9.2 11.2 7 13.1a2.75 2.75 0 0 1-3.9-3.9l1.7-1.8M6.8 4.8 9 2.9a2.75 2.75 0 0 1 3.9 3.9l-1.7 1.8M2.5 4.5l2 .5M4.5 2.5 5 4.5M13.5 11.5l-2-.5M11.5 13.5l-.5-2"/> }.into_any(),
        "external" => view! { <path d="M9 2.25h4.75V7M13.5 2.5 7.5 8.5M11.75 9.5v2.75a1.5 1.5 0 0 1-1.5 1.5h-6.5a1.5 1.5 0 0 1-1.5-1.5v-6.5a1.5 1.5 0 0 1 1.5-1.5H6.5"/> }.into_any(),
        "refresh" => view! { <path d="M13.5 6.5A5.75 5.75 0 0 0 3.2 5M2.5 9.5A5.75 5.75 0 0 0 12.8 11M13.75 2.75V6.5H10M2.25 13.25V9.5H6"/> }.into_any(),
        "filter" => view! { <path d="M1.75 3.75h12.5M4.25 8h7.5M6.5 12.25h3"/> }.into_any(),
        "pulse" => view! { <path d="M1.5 8.5h2.75L6 3.25l3.5 9.5 1.9-5.25.9 1h2.2"/> }.into_any(),
        "clock" => view! { <circle cx="8" cy="8" r="6.25"/><path d="M8 4.5V8l2.5 1.75"/> }.into_any(),
        "download" => view! { <path d="M8 2.25v7.5M4.75 6.75 8 10l3.25-3.25M2.25 10.75v1.5a1.5 1.5 0 0 0 1.5 1.5h8.5a1.5 1.5 0 0 0 1.5-1.5v-1.5"/> }.into_any(),
        "plus" => view! { <path d="M8 2.75v10.5M2.75 8h10.5"/> }.into_any(),
        "minus" => view! { <path d="M2.75 8h10.5"/> }.into_any(),
        "menu" => view! { <path d="M2.25 4.25h11.5M2.25 8h11.5M2.25 11.75h11.5"/> }.into_any(),
        "pin" => view! { <path d="M5.5 2.25h5l-.75 4 2 2.5H4.25l2-2.5zM8 8.75v5"/> }.into_any(),
        "theme" => view! { <circle cx="8" cy="8" r="5.75"/><path d="M8 2.25v11.5a5.75 5.75 0 0 0 0-11.5z" fill="currentColor"/> }.into_any(),
        "terminal" => view! { <rect x="1.75" y="2.75" width="12.5" height="10.5" rx="1.5"/><path d="m4.5 6 2 2-2 2M8.5 10.25h3"/> }.into_any(),
        "help" => view! { <circle cx="8" cy="8" r="6.25"/><path d="M6.1 6.1a1.95 1.95 0 1 1 2.7 1.8c-.5.25-.8.6-.8 1.2M8 11.4h.01"/> }.into_any(),
        "gear" => view! { <circle cx="8" cy="8" r="2.25"/><path d="M8 1.75v2M8 12.25v2M1.75 8h2M12.25 8h2M3.6 3.6 5 5M11 11l1.4 1.4M12.4 3.6 11 5M5 11l-1.4 1.4"/> }.into_any(),
        "panel" => view! { <rect x="1.75" y="2.75" width="12.5" height="10.5" rx="1.5"/><path d="M10 3v10"/> }.into_any(),
        "key" => view! { <circle cx="5" cy="11" r="2.75"/><path d="M7 9 13.25 2.75M10.5 5.5l2 2M12.5 3.5l1 1"/> }.into_any(),
        "pinned" => view! { <path d="M5.5 2.25h5l-.75 4 2 2.5H4.25l2-2.5z" fill="currentColor"/><path d="M8 8.75v5"/> }.into_any(),
        "eye-off" => view! { <path d="M2.5 2.5l11 11M6.4 4.1A6.6 6.6 0 0 1 8 3.9c3.2 0 5.3 2.3 6.25 4.1a8.6 8.6 0 0 1-1.9 2.4M4.3 5.4A8.4 8.4 0 0 0 1.75 8C2.7 9.8 4.8 12.1 8 12.1a6.6 6.6 0 0 0 2.7-.6M6.6 6.7a2 2 0 0 0 2.7 2.8"/> }.into_any(),
        "merge" => view! { <path d="M2.5 4h3.25c1 0 1.5.5 2 1.25L9.5 8.5c.5.8 1 1.25 2 1.25h2M2.5 12h3.25c.8 0 1.3-.3 1.7-.85M11.5 7.5l2.25 2.25L11.5 12"/> }.into_any(),
        "grid" => view! { <rect x="2.25" y="2.25" width="4.75" height="4.75" rx="1"/><rect x="9" y="2.25" width="4.75" height="4.75" rx="1"/><rect x="2.25" y="9" width="4.75" height="4.75" rx="1"/><rect x="9" y="9" width="4.75" height="4.75" rx="1"/> }.into_any(),
        "sev-error" => view! { <path d="M5.2 1.5h5.6l3.7 3.7v5.6l-3.7 3.7H5.2l-3.7-3.7V5.2z" fill="currentColor" stroke="none"/><path d="M5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4" class="on-severity"/> }.into_any(),
        "sev-warning" => view! { <path d="M6.95 2.1a1.2 1.2 0 0 1 2.1 0l5.5 10a1.2 1.2 0 0 1-1.05 1.8H2.5a1.2 1.2 0 0 1-1.05-1.8z" fill="currentColor" stroke="none"/><path d="M8 6v3.2M8 11.5h.01" class="on-severity" stroke-width="1.6"/> }.into_any(),
        "sev-info" => view! { <circle cx="8" cy="8" r="6.5" fill="currentColor" stroke="none"/><path d="M8 7.4v3.7M8 4.9h.01" class="on-severity" stroke-width="1.7"/> }.into_any(),
        "sev-ok" => view! { <circle cx="8" cy="8" r="6" /><path d="m5.3 8.2 1.9 1.9 3.6-4"/> }.into_any(),
        "more" => view! { <path d="M3.5 8h.01M8 8h.01M12.5 8h.01" stroke-width="2"/> }.into_any(),
        "sun" => view! { <circle cx="8" cy="8" r="2.9"/><path d="M8 1.5v1.6M8 12.9v1.6M1.5 8h1.6M12.9 8h1.6M3.4 3.4l1.15 1.15M11.45 11.45l1.15 1.15M12.6 3.4l-1.15 1.15M4.55 11.45 3.4 12.6"/> }.into_any(),
        "moon" => view! { <path d="M13.6 9.6A5.9 5.9 0 0 1 6.4 2.4a5.9 5.9 0 1 0 7.2 7.2z"/> }.into_any(),
        _ => ().into_any(),
    }
}
