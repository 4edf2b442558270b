//! Journeys: what a person does from the first screen on, in Chromium and in the desktop window alike.

mod browse;
mod keys;
mod links;
mod read;
mod real;
mod states;
mod trouble;
