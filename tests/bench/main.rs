//! How fast, how small, how frugal is it, beside the clients of the field, in one run on one machine?
//!
//! `cargo xtask bench` builds what is measured as it is shipped, and runs this. Contestants take turns, so that what
//! else the machine does befalls them alike.
#![allow(clippy::cast_precision_loss, reason = "what is counted here is far below 2^52")]

mod browser;
mod names;
mod peers;
mod proxy;
mod scroll;
mod size;
mod store;
mod windows;
mod wires;

use std::{env, fs, io::Write, path::PathBuf, process::ExitCode};

use e2e::{figure, memory, peers::Peer, wire};
use serde_json::{Value, json};

use crate::figure::{Figure, Line};

/// What can be measured, in this order.
const IDS: [&str; 8] = ["P1", "P2", "P9", "P10", "P11", "P12", "P13", "P14"];

#[tokio::main]
async fn main() -> ExitCode {
    // cargo gives `--bench` to every bench.
    let words: Vec<String> = env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    if let Some(unknown) = words.iter().find(|word| !IDS.contains(&word.as_str())) {
        say(&format!("{unknown} is not measured here. There are: {}.", IDS.join(", ")));
        return ExitCode::from(2);
    }
    let chosen: Vec<&str> =
        IDS.into_iter().filter(|id| words.is_empty() || words.iter().any(|it| it == id)).collect();
    say(&format!("{}\n", machine()));
    let registry = match chosen.iter().any(|id| ["P1", "P2", "P9", "P13"].contains(id)) {
        true => store::filled().await,
        false => Err("it is not needed".to_owned()),
    };
    let mut figures = Vec::new();
    for id in chosen {
        let figure = measure(id, registry.as_ref()).await.unwrap_or_else(|why| {
            let mut figure = Figure::new(id, "");
            figure.lines.push(Line::missing("ociscope", why));
            figure
        });
        say(&figure.text());
        figures.push(figure);
    }
    keep(&figures)
}

async fn measure(id: &'static str, registry: Result<&Peer, &String>) -> Result<Figure, String> {
    let registry = || registry.map_err(String::clone);
    match id {
        "P1" => names::whole(registry()?).await,
        "P2" => names::first_rows(registry()?).await,
        "P9" => wires::manifest(registry()?).await,
        "P10" => wires::rows().await,
        "P11" => size::first_load(),
        "P12" => windows::start().await,
        "P13" => windows::rest(registry()?).await,
        _ => scroll::fling().await,
    }
}

/// What it was measured on.
fn machine() -> String {
    let cpu = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpu
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(": "))
        .map_or("an unknown processor", |(_, model)| model);
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let version = env::var("OCISCOPE_COMMIT").unwrap_or_else(|_| "an unknown commit".to_owned());
    format!("ociscope {version}, {cores} cores of {model}, {} runs each", figure::runs())
}

/// Writes the figures beside the build: as text and as JSON.
fn keep(figures: &[Figure]) -> ExitCode {
    let Some(folder) = env::var_os("OCISCOPE_BENCH").map(PathBuf::from) else { return ExitCode::SUCCESS };
    let all: Vec<Value> = figures.iter().map(Figure::json).collect();
    let json = json!({ "machine": machine(), "figures": all });
    let text: Vec<String> = figures.iter().map(Figure::text).collect();
    let text = format!("{}\n\n{}", machine(), text.join("\n"));
    let names = figures.iter().map(|figure| figure.id).collect::<Vec<_>>().join("-");
    let name = if figures.len() == IDS.len() { "all".to_owned() } else { names };
    let written = fs::create_dir_all(&folder)
        .and_then(|()| fs::write(folder.join(format!("{name}.txt")), text))
        .and_then(|()| fs::write(folder.join(format!("{name}.json")), format!("{json:#}\n")));
    match written {
        Ok(()) => {
            say(&format!("Kept in {}: {name}.txt and {name}.json.", folder.display()));
            ExitCode::SUCCESS
        }
        Err(error) => {
            say(&format!("{}: {error}", folder.display()));
            ExitCode::FAILURE
        }
    }
}

fn say(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}
