//! The UI of both hosts: the same wasm file talks to the desktop window and to the web host.

// A component's macro makes public types of it.
#![allow(unreachable_pub, reason = "the macro of a component writes `pub`")]
#![allow(clippy::needless_pass_by_value, reason = "a component owns its properties, a handler its event")]

mod app;
mod client;
mod consent;
mod home;
mod keys;
mod later;
mod links;
mod logins;
mod object;
mod omnibox;
mod palette;
mod panic_page;
mod query;
mod registries;
mod repositories;
mod routes;
mod settings;
mod shared;
mod shell;
mod tags;
mod tour;

fn main() {
    panic_page::install();
    // The first language of the reader's for which there is a file; else the one that is spoken anyway.
    let languages = leptos::prelude::window().navigator().languages();
    let _ = languages.iter().filter_map(|tag| tag.as_string()).any(|tag| view::speak(&tag));
    leptos::mount::mount_to_body(app::App);
}
